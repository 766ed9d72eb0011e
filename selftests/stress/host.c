// SPDX-License-Identifier: GPL-2.0
/*
 * The pure files as a program, for tools/stress-host.  Not part of the module.
 */
#include <stdlib.h>

#include "host.h"
#include "stress.h"

static int verdict_of_names(void)
{
	struct membar_test test;
	struct membar_why why;
	char line[4096];
	int bad = 0;

	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (is_litmus_file(line)) {
			if (verdict_of_file(line))
				bad = 1;
			continue;
		}
		if (membar_test_parse(line, &test, &why)) {
			printf("%s invalid\n", line);
			fprintf(stderr, "%s: %s\n", line, why.text);
			bad = 1;
			continue;
		}
		printf("%s %s\n", line,
		       membar_contract_names[membar_test_contract(&test)]);
	}
	return bad;
}

static int list_tests(void)
{
	struct membar_pattern pattern;
	char name[MEMBAR_NAME_LEN];
	struct membar_test test;
	unsigned int s, t;
	int n;

	for (s = 0; s < membar_nr_shapes; s++) {
		n = snprintf(name, sizeof(name), "%s", membar_shapes[s].name);
		for (t = 0; t < MEMBAR_MAX_THREADS; t++)
			if (membar_thread_has_edge(&membar_shapes[s], t))
				n += snprintf(name + n, sizeof(name) - n, "+*");
		if (membar_pattern_parse(name, &pattern, NULL))
			return 1;
		membar_pattern_first(&pattern, &test);
		do {
			membar_test_name(&test, name, sizeof(name));
			puts(name);
		} while (membar_pattern_next(&pattern, &test));
	}
	return 0;
}

/*
 * @edge in those threads of the bit set @threads, and a full barrier in the
 * others; false if it does not fit there.
 */
static bool put_edge(struct membar_test *test, enum membar_edge edge,
		     unsigned int threads)
{
	unsigned int t;

	for (t = 0; t < MEMBAR_MAX_THREADS; t++) {
		test->edge[t] = MEMBAR_EDGE_PO;
		if (!membar_thread_has_edge(test->shape, t))
			continue;
		test->edge[t] = threads & BIT(t) ? edge : MEMBAR_EDGE_SMP_FULL;
		if (!membar_edge_fits(test->shape, t, test->edge[t]))
			return false;
	}
	return true;
}

/* Whether the outcome is forbidden with the edge, and without it is not. */
static bool edge_decides(struct membar_test *test, enum membar_edge edge,
			 unsigned int threads)
{
	struct membar_test without = *test;

	return put_edge(test, edge, threads) &&
	       put_edge(&without, MEMBAR_EDGE_PO, threads) &&
	       membar_test_contract(test) == MEMBAR_FORBIDDEN &&
	       membar_test_contract(&without) == MEMBAR_ALLOWED;
}

/*
 * Each edge's cell with the tests of two threads that it decides, in as many
 * threads as it can: nothing else keeps those from being their controls.
 */
static int list_needs(void)
{
	struct membar_test test = { };
	unsigned int e, s, threads;
	char name[MEMBAR_NAME_LEN];

	for (e = MEMBAR_EDGE_PO + 1; e < MEMBAR_NR_EDGES; e++) {
		/* Without one of its cells it has the other one. */
		if (membar_edges[e].other)
			continue;
		printf("%s", membar_edges[e].cell);
		for (s = 0; s < membar_nr_shapes; s++) {
			test.shape = &membar_shapes[s];
			if (membar_shape_threads(test.shape) != 2)
				continue;
			for (threads = 3; threads; threads--)
				if (edge_decides(&test, e, threads))
					break;
			if (!threads)
				continue;
			membar_test_name(&test, name, sizeof(name));
			printf(" %s", name);
		}
		putchar('\n');
	}
	return 0;
}

/*
 * Whether one frame shows @outcome, by definition: @iteration holds one
 * iteration of each thread.
 */
static unsigned int frame_outcome(const struct membar_plan *plan,
				  const u32 *const *log, const u32 *iteration)
{
	unsigned int r, outcome = 0;

	for (r = 0; r < plan->nr_reads; r++)
		if (log[r][iteration[plan->read[r].thread]] >=
		    iteration[plan->read[r].writer])
			outcome |= 1 << (2 * r);
	return outcome;
}

#define BRUTE_N	7

/* Iterations of the starting thread that are part of a frame with the target. */
static u64 brute_force(const struct membar_plan *plan, const u32 *const *log,
		       u32 n)
{
	u32 it[MEMBAR_MAX_THREADS] = { 1, 1, 1, 1 };
	bool hit[BRUTE_N + 1] = { };
	unsigned int t;
	u64 hits = 0;
	u32 i;

	for (;;) {
		if (frame_outcome(plan, log, it) == plan->target)
			hit[it[plan->start]] = true;
		for (t = 0; t < plan->nr_threads; t++) {
			if (++it[t] <= n)
				break;
			it[t] = 1;
		}
		if (t == plan->nr_threads)
			break;
	}
	for (i = 1; i <= n; i++)
		hits += hit[i];
	return hits;
}

static void random_values(u32 *log, u32 n)
{
	u32 i, j, v;

	for (i = 1; i <= n; i++)
		log[i] = rand() % (n + 1);
	for (i = 1; i <= n; i++)
		for (j = i + 1; j <= n; j++)
			if (log[j] < log[i]) {
				v = log[i];
				log[i] = log[j];
				log[j] = v;
			}
}

static void note(struct membar_log *log, const u32 *values, u32 n)
{
	u32 i;

	membar_log_open(log);
	for (i = 1; i <= n; i++)
		membar_log_add(log, i, values[i]);
	membar_log_close(log, n);
}

static int count_against_brute_force(unsigned int seed)
{
	u64 hist[MEMBAR_NR_OUTCOMES], split[MEMBAR_NR_OUTCOMES], want, total;
	u32 logs[MEMBAR_MAX_READS][BRUTE_N + 2];
	struct membar_stretch room[MEMBAR_MAX_READS][MEMBAR_LOG_ROOM(BRUTE_N)];
	struct membar_log log[MEMBAR_MAX_READS];
	const u32 *value[MEMBAR_MAX_READS];
	unsigned int s, r, round, o, failed = 0, passed = 0;
	struct membar_plan plan;
	u64 targets;
	u32 n, cut;

	srand(seed);
	for (s = 0; s < membar_nr_shapes; s++) {
		membar_plan_make(&membar_shapes[s], &plan);
		if (plan.walk == MEMBAR_WALK_NONE)
			continue;
		targets = 0;
		for (round = 0; round < 3000; round++) {
			n = 1 + rand() % BRUTE_N;
			for (r = 0; r < plan.nr_reads; r++) {
				random_values(logs[r], n);
				value[r] = logs[r];
				log[r].stretch = room[r];
				note(&log[r], logs[r], n);
				if (!membar_log_sound(&log[r], n))
					failed++;
			}
			memset(hist, 0, sizeof(hist));
			memset(split, 0, sizeof(split));
			membar_count_perpetual(&plan, log, n, 1, n, hist);
			cut = rand() % (n + 1);
			membar_count_perpetual(&plan, log, n, 1, cut, split);
			membar_count_perpetual(&plan, log, n, cut + 1, n, split);
			want = brute_force(&plan, value, n);
			for (total = 0, o = 0; o < MEMBAR_NR_OUTCOMES; o++)
				total += hist[o];
			targets += want;
			if (hist[plan.target] != want ||
			    total > (u64)n << (plan.nr_reads - 1) ||
			    memcmp(hist, split, sizeof(hist))) {
				failed++;
				printf("%s: n %u: counted %llu, there are %llu\n",
				       membar_shapes[s].name, n,
				       (unsigned long long)hist[plan.target],
				       (unsigned long long)want);
				break;
			}
		}
		passed += round == 3000;
		printf("%s: %llu target outcomes, all counted\n",
		       membar_shapes[s].name, (unsigned long long)targets);
	}
	printf("%u passed, %u failed\n", passed, failed);
	return failed != 0;
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "verdict"))
		return verdict_of_names();
	if (argc == 2 && !strcmp(argv[1], "states"))
		return states_of_files();
	if (argc == 2 && !strcmp(argv[1], "tests"))
		return list_tests();
	if (argc == 2 && !strcmp(argv[1], "needs"))
		return list_needs();
	if (argc >= 2 && !strcmp(argv[1], "count"))
		return count_against_brute_force(argc > 2 ? atoi(argv[2]) : 1);
	fprintf(stderr, "usage: stress-host verdict | states | tests | needs | count [SEED]\n");
	return 2;
}
