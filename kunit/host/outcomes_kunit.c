// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of what a batch has shown: the shares that the workers count, where they count
 * them, and the variables that get their initial values back.  The case writes the
 * values that the loops would have left.  They run on the host only: tools/stress-host
 * kunit.
 */
#include <kunit/test.h>

#include "worker.h"

static const struct membar_account good = {
	.whole = true, .sound = true, .counts = true, .running = 100, .together = 50,
};

static int begin(struct kunit *test)
{
	forget_run();
	clock_ns = 0;
	return 0;
}

static void forget(struct kunit *test)
{
	forget_run();
	KUNIT_EXPECT_EQ(test, nr_blocks, 0);
}

static void make(struct kunit *test, enum membar_engine engine)
{
	make_run(engine);
	KUNIT_ASSERT_NOT_NULL(test, run);
}

static struct membar_batch *batch_of(u64 number)
{
	return &run->batches[number % MEMBAR_NR_BATCHES];
}

/* All outcomes of the worker, "0:3 7:1" for three of number 0 and one of 7. */
static const char *outcomes_in(const u64 *hist)
{
	static char text[512];
	unsigned int o, n = 0;

	*text = '\0';
	for (o = 0; o < MEMBAR_NR_OUTCOMES; o++)
		if (hist[o])
			n += snprintf(text + n, sizeof(text) - n, "%s%u:%llu",
				      n ? " " : "", o, hist[o]);
	return text;
}

static void expect_counted(struct kunit *test, unsigned int t, u64 number,
			   const char *wanted)
{
	membar_count_batch(&run->worker[t], number, &good);
	KUNIT_EXPECT_STREQ(test, outcomes_in(run->worker[t].hist), wanted);
	KUNIT_EXPECT_STREQ(test, outcomes_in(run->worker[t].left_out), "");
}

/*
 * Accounts
 * ========
 */

static void accounts_of_a_batch(struct kunit *test)
{
	static const struct membar_span spans[2][3] = {
		{ { 10, 50, true, true }, { 20, 60, true, true },
		  { 25, 40, true, true } },
		{ { 100, 200, true, true }, { 150, 300, true, true },
		  { 300, 400, true, true } },
	};
	struct membar_account account;
	unsigned int t;

	name_test("WRC");
	make(test, MEMBAR_ENGINE_ARRAY);
	for (t = 0; t < 3; t++) {
		run->worker[t].span[0] = spans[0][t];
		run->worker[t].span[1] = spans[1][t];
	}
	membar_account_of(run, 2, &account);
	KUNIT_EXPECT_EQ(test, account.running, 50);
	KUNIT_EXPECT_EQ(test, account.skew, 15);
	KUNIT_EXPECT_EQ(test, account.together, 15);
	KUNIT_EXPECT_TRUE(test, account.counts);

	membar_account_of(run, 3, &account);
	KUNIT_EXPECT_EQ(test, account.running, 300);
	KUNIT_EXPECT_EQ(test, account.skew, 200);
	KUNIT_EXPECT_EQ(test, account.together, 0);
	KUNIT_EXPECT_FALSE(test, account.counts);
	/* Of an invariant's threads two have to run at once. */
	run->need = 2;
	membar_account_of(run, 3, &account);
	KUNIT_EXPECT_EQ(test, account.together, 50);
	KUNIT_EXPECT_TRUE(test, account.counts);

	run->worker[2].span[1].whole = false;
	membar_account_of(run, 3, &account);
	KUNIT_EXPECT_FALSE(test, account.whole);
	membar_account_of(run, 2, &account);
	KUNIT_EXPECT_TRUE(test, account.whole);
}

/*
 * Array
 * =====
 */

static u32 *variable(u64 number, unsigned int loc, unsigned int instance)
{
	const struct membar_layout *layout = membar_layout_of(run, number);

	return run->set[number % 2].memory[layout - run->layout] +
	       loc * layout->loc + instance * layout->step;
}

/* Instance 1 to 5, in the order of the visit, had outcome 1 to 5 of two reads. */
static void leave_reads(u64 number, u64 before)
{
	const struct membar_set *set = &run->set[number % 2];
	u32 i, r, value;

	for (i = 1; i <= 5; i++) {
		for (r = 0; r < 2; r++) {
			value = i >> 2 * r & 3;
			set->read[r][i] = value ? number << 2 | value :
						  before << 2 | 3;
		}
	}
}

static void shares_of_an_array(struct kunit *test)
{
	name_test("MP");
	make(test, MEMBAR_ENGINE_ARRAY);
	batch_of(7)->before = 5;
	leave_reads(7, 5);
	expect_counted(test, 0, 7, "1:1 3:1 5:1");
	expect_counted(test, 1, 7, "2:1 4:1");
	KUNIT_EXPECT_EQ(test, run->worker[0].unsound, 0);
	KUNIT_EXPECT_EQ(test, run->worker[1].unsound, 0);
	/* Read 0 saw 1 and read 1 saw 0 in one of them. */
	KUNIT_EXPECT_EQ(test, run->worker[0].seen, 1);
	KUNIT_EXPECT_EQ(test, run->worker[1].seen, 0);
	KUNIT_EXPECT_EQ(test, run->worker[0].sample[0].observed, 3);
	KUNIT_EXPECT_EQ(test, run->worker[1].sample[0].observed, 2);

	/* The other set; the tag of the batch before is not known there. */
	batch_of(8)->before = 6;
	leave_reads(8, 5);
	run->set[0].read[1][5] = 8 << 2;
	expect_counted(test, 0, 8, "1:3 3:2 5:1");
	KUNIT_EXPECT_EQ(test, run->worker[0].unsound, 1);
	KUNIT_EXPECT_EQ(test, run->worker[0].seen, 3);
	batch_of(8)->before = 5;
	expect_counted(test, 0, 8, "1:5 3:3 5:1");
	expect_counted(test, 1, 8, "2:2 4:2");
	KUNIT_EXPECT_EQ(test, run->worker[0].unsound, 1);
	KUNIT_EXPECT_EQ(test, run->worker[1].unsound, 0);

	/* Tags have 30 bits, as numbers have in which they differ. */
	batch_of(0x40000009)->before = 0x40000005;
	leave_reads(0x40000009, 0x40000005);
	expect_counted(test, 1, 0x40000009, "2:3 4:3");
	KUNIT_EXPECT_EQ(test, run->worker[1].unsound, 0);
}

/* As many reads, and as many final values, as a test can have. */
static void longest_outcomes(struct kunit *test)
{
	unsigned int i, k;

	name_test("IRIW");
	make(test, MEMBAR_ENGINE_ARRAY);
	for (k = 0; k < 4; k++)
		for (i = 1; i <= 5; i++)
			run->set[1].read[k][i] = 7 << 2 | k;
	expect_counted(test, 0, 7, "228:2");
	expect_counted(test, 1, 7, "228:1");

	name_test("3.2W");
	make(test, MEMBAR_ENGINE_ARRAY);
	for (k = 0; k < 3; k++)
		for (i = 0; i < 5; i++)
			*variable(7, k, i) = 7 << 2 | (k + 1);
	expect_counted(test, 1, 7, "57:2");
}

/* The final values of variables are part of the outcome, in either layout. */
static void finals_of_an_array(struct kunit *test)
{
	static const char *const shares[] = { "5:1 7:1 10:1", "6:1 9:1" };
	static const u8 outcome[] = { 5, 6, 7, 9, 10 };
	unsigned int l, t, i;
	u64 number;

	name_test("2+2W");
	request.seed = 3;
	for (l = 0; l < MEMBAR_NR_LAYOUTS; l++) {
		make(test, MEMBAR_ENGINE_ARRAY);
		number = 12 + l;
		batch_of(number)->aim = l * MEMBAR_NR_STARTS;
		for (i = 1; i <= 5; i++) {
			*variable(number, MEMBAR_X, run->order[i]) =
				number << 2 | (outcome[i - 1] & 3);
			*variable(number, MEMBAR_Y, run->order[i]) =
				number << 2 | outcome[i - 1] >> 2;
		}
		for (t = 0; t < 2; t++) {
			expect_counted(test, t, number, shares[t]);
			KUNIT_EXPECT_EQ(test, run->worker[t].unsound, 0);
			KUNIT_EXPECT_EQ(test, run->worker[t].seen, !t);
		}
		*variable(number, MEMBAR_Y, run->order[2]) += 4;
		membar_count_batch(&run->worker[0], number, &good);
		KUNIT_EXPECT_EQ(test, run->worker[0].unsound, 0);
		membar_count_batch(&run->worker[1], number, &good);
		KUNIT_EXPECT_EQ(test, run->worker[1].unsound, 1);
	}
}

/*
 * Perpetual
 * =========
 */

/* Of 8 iterations the first two threads count two each, and the last one the rest. */
static void shares_of_logs(struct kunit *test)
{
	static const u32 read[3][8] = {
		{ 0, 0, 1, 1, 3, 4, 4, 8 }, { 0, 2, 2, 3, 3, 3, 7, 7 },
		{ 1, 1, 2, 2, 6, 6, 6, 6 },
	};
	static const u32 from[] = { 1, 3, 5 }, to[] = { 2, 4, 8 };
	u64 hist[MEMBAR_NR_OUTCOMES], left, all = 0;
	struct membar_log *log;
	struct membar_worker *w;
	unsigned int r, t;
	char wanted[512];
	u32 i;

	name_test("WRC");
	request.size = 8;
	make(test, MEMBAR_ENGINE_PERPETUAL);
	for (r = 0; r < 3; r++) {
		log = &run->set[1].log[r];
		membar_log_open(log);
		for (i = 1; i <= 8; i++)
			membar_log_add(log, i, read[r][i - 1]);
		membar_log_close(log, 8);
	}
	for (t = 0; t < 3; t++) {
		memset(hist, 0, sizeof(hist));
		left = membar_count_perpetual(&plan, run->set[1].log, 8,
					      from[t], to[t], hist);
		KUNIT_EXPECT_TRUE(test, left > 0);
		all += left;
		snprintf(wanted, sizeof(wanted), "%s", outcomes_in(hist));
		expect_counted(test, t, 9, wanted);
		w = &run->worker[t];
		KUNIT_EXPECT_EQ(test, w->sample[0].observed, left);
		KUNIT_EXPECT_EQ(test, w->sample[0].seen, hist[plan.target]);
		KUNIT_EXPECT_EQ(test, w->seen, hist[plan.target]);
		KUNIT_EXPECT_EQ(test, w->unsound, 0);
	}
	memset(hist, 0, sizeof(hist));
	KUNIT_EXPECT_EQ(test, all,
			membar_count_perpetual(&plan, run->set[1].log, 8, 1, 8, hist));
}

/*
 * Invariants
 * ==========
 */

/* Only the first worker counts a batch, as kept or as broken. */
static void batches_of_an_invariant(struct kunit *test)
{
	struct membar_account account = good;
	struct membar_worker *w;
	unsigned int t;

	name_invariant(MEMBAR_INV_u32_add, 3);
	make(test, MEMBAR_ENGINE_INVARIANT);
	batch_of(2)->broken = 4;
	for (t = 1; t < 3; t++) {
		expect_counted(test, t, 1, "");
		expect_counted(test, t, 2, "");
		KUNIT_EXPECT_EQ(test, run->worker[t].sample[0].observed, 0);
	}
	w = &run->worker[0];
	expect_counted(test, 0, 1, "0:1");
	KUNIT_EXPECT_EQ(test, w->seen, 0);
	expect_counted(test, 0, 2, "0:1 1:1");
	KUNIT_EXPECT_EQ(test, w->seen, 1);
	expect_counted(test, 0, 2, "0:1 1:2");
	KUNIT_EXPECT_EQ(test, w->seen, 2);
	KUNIT_EXPECT_EQ(test, w->sample[0].observed, 3);
	KUNIT_EXPECT_EQ(test, w->sample[0].seen, 2);

	/* Its threads can tell even of one that was cut short. */
	account.whole = false;
	account.counts = false;
	membar_count_batch(w, 2, &account);
	KUNIT_EXPECT_EQ(test, w->seen, 2);
	KUNIT_EXPECT_EQ(test, w->stray, 1);
	KUNIT_EXPECT_STREQ(test, outcomes_in(w->left_out), "1:1");
	membar_count_batch(w, 1, &account);
	KUNIT_EXPECT_EQ(test, w->stray, 1);
	KUNIT_EXPECT_STREQ(test, outcomes_in(w->left_out), "0:1 1:1");
	KUNIT_EXPECT_EQ(test, w->sample[0].observed, 3);
}

/*
 * Litmus files
 * ============
 */

#define FILE_TEXT(end)							\
	"C t\n{ x=6; p=&x; }\n"						\
	"P0(int *x, int *y, int **p) { int r0; int *r1; "		\
	"r0 = READ_ONCE(*x); r1 = READ_ONCE(*p); }\n"			\
	"P1(int *x, int *y, int *z, int **p) { int r0; int r2; "		\
	"WRITE_ONCE(*x, 1); WRITE_ONCE(*p, y); r0 = READ_ONCE(*y); "	\
	"r2 = r0 + 1; WRITE_ONCE(*z, r2); }\n"				\
	"locations [1:r2; 0:r1; p]\n" end

/* In the order of the text of its condition and its "locations". */
enum {
	R00,
	X,
	R10,
	R12,
	R01,
	P,
	NR_PLACES,
};

#define EXISTS		"exists (0:r0=1 /\\ x=7 /\\ 1:r0=0)\n"
#define NR_VARS		4

static long *file_variable(u64 number, unsigned int v, unsigned int n)
{
	const struct membar_layout *layout = membar_layout_of(run, number);

	return (long *)(run->set[number % 3].memory[layout - run->layout] +
			v * layout->loc + run->order[n] * layout->step);
}

static unsigned int var_of(const char *name)
{
	unsigned int v = 0;

	while (strcmp(job.program->var[v].name, name))
		v++;
	return v;
}

/* The values of an instance, as its threads would have left them. */
static void leave_values(u64 number, unsigned int n, const long *value)
{
	const unsigned int s = number % 3;

	*file_variable(number, var_of("x"), n) = value[X];
	*file_variable(number, var_of("p"), n) = value[P];
	run->worker[0].frame[s].record[n * 2] = value[R00];
	run->worker[0].frame[s].record[n * 2 + 1] = value[R01];
	run->worker[1].frame[s].record[n * 2] = value[R10];
	run->worker[1].frame[s].record[n * 2 + 1] = value[R12];
}

static void make_file(struct kunit *test, const char *text)
{
	read_file(text);
	make(test, MEMBAR_ENGINE_PROGRAM);
	memset(run->batches, 0, sizeof(run->batches));
	KUNIT_ASSERT_EQ(test, job.places->nr, NR_PLACES);
	KUNIT_ASSERT_EQ(test, job.program->nr_vars, NR_VARS);
}

static void expect_state(struct kunit *test, unsigned int t, unsigned int s,
			 const s64 *value, bool asked)
{
	const struct membar_states *states = run->worker[t].states;
	unsigned int i;

	KUNIT_ASSERT_LT(test, s, states->nr);
	KUNIT_EXPECT_EQ(test, states->asked[s], asked);
	for (i = 0; i < NR_PLACES; i++)
		KUNIT_EXPECT_EQ_MSG(test, states->value[s * NR_PLACES + i],
				    value[i], "%u of %u: %lld", i, s,
				    states->value[s * NR_PLACES + i]);
}

/* Five instances in a random order, in each layout and each set. */
static void states_of_a_file(struct kunit *test)
{
	static const long left[5][NR_PLACES] = {
		{ 1, 7, 0, 1, 11, 12 }, { 0, 7, 0, 1, -1, 12 },
		{ 1, 7, 0, 1, 11, 12 }, { 1, 7, 0, 2, 11, 12 },
		{ 0, 6, -9, 1, 0, 0 },
	};
	const struct membar_worker *w;
	s64 value[5][NR_PLACES];
	unsigned int l, i, k;
	u64 number;

	request.seed = 9;
	for (number = 1; number <= 6; number++) {
		make_file(test, FILE_TEXT(EXISTS));
		l = number / 4;
		batch_of(number)->aim = l * MEMBAR_NR_STARTS + 2;
		for (i = 0; i < 5; i++) {
			leave_values(number, i + 1, left[i]);
			for (k = 0; k < NR_PLACES; k++)
				value[i][k] = left[i][k];
		}
		/* The values of other batches and other layouts do not count. */
		batch_of(number + 1)->aim = !l * MEMBAR_NR_STARTS;
		leave_values(number + 1, 1, left[4]);

		expect_counted(test, 0, number, "0:2 1:1");
		expect_counted(test, 1, number, "0:1 1:1");
		expect_state(test, 0, 0, value[0], true);
		expect_state(test, 0, 1, value[4], false);
		expect_state(test, 1, 0, value[1], false);
		expect_state(test, 1, 1, value[3], true);
		w = run->worker;
		KUNIT_EXPECT_EQ(test, w[0].seen, 2);
		KUNIT_EXPECT_EQ(test, w[1].seen, 1);
		KUNIT_EXPECT_EQ(test, w[0].sample[l * MEMBAR_NR_STARTS + 2].observed, 3);
		KUNIT_EXPECT_EQ(test, w[1].sample[l * MEMBAR_NR_STARTS + 2].observed, 2);
		KUNIT_EXPECT_EQ(test, w[1].sample[l * MEMBAR_NR_STARTS + 2].seen, 1);
		/* Known states are counted and asked about in the same way. */
		expect_counted(test, 0, number, "0:4 1:2");
		expect_counted(test, 1, number, "0:2 1:2");
		KUNIT_EXPECT_EQ(test, w[0].states->nr, 2);
		KUNIT_EXPECT_EQ(test, w[0].seen, 4);
		KUNIT_EXPECT_EQ(test, w[1].seen, 2);
	}
}

/* The address of a variable of the instance is that; all else is a number. */
static void addresses_of_a_file(struct kunit *test)
{
	const struct membar_layout *layout;
	long loc, step, base, offsets[NR_VARS + 12];
	s64 wanted[NR_PLACES] = { };
	long left[NR_PLACES] = { };
	unsigned int l, i, v;
	u64 number;

	request.stride = 8;
	for (l = 0; l < MEMBAR_NR_LAYOUTS; l++) {
		make_file(test, FILE_TEXT(EXISTS));
		number = 1 + l;
		batch_of(number)->aim = l * MEMBAR_NR_STARTS;
		layout = &run->layout[l];
		loc = 4 * layout->loc;
		step = 4 * layout->step;
		/* The third instance is neither the first nor the last one. */
		base = (long)file_variable(number, 0, 3);
		for (v = 0; v < NR_VARS; v++)
			offsets[v] = v * loc;
		offsets[v++] = -loc;
		offsets[v++] = NR_VARS * loc;
		offsets[v++] = 1;
		offsets[v++] = loc + 4;
		offsets[v++] = 2 * loc - 1;
		offsets[v++] = step;
		offsets[v++] = -step;
		offsets[v++] = (NR_VARS - 1) * loc + step;
		offsets[v++] = (NR_VARS - 1) * loc + 1;
		offsets[v++] = -base;
		offsets[v++] = -base - 1;
		offsets[v++] = -base + 5;
		for (i = 0; i < ARRAY_SIZE(offsets); i++) {
			left[P] = base + offsets[i];
			left[R01] = left[P];
			leave_values(number, 3, left);
			wanted[P] = i < NR_VARS ? membar_address_of(i) : left[P];
			wanted[R01] = wanted[P];
			run->batch_size = 3;
			run->worker[0].frame[number % 3].bad[1] = true;
			run->worker[0].states->nr = 0;
			membar_count_batch(&run->worker[0], number, &good);
			KUNIT_EXPECT_EQ_MSG(test, run->worker[0].states->nr, 1,
					    "%u", i);
			expect_state(test, 0, 0, wanted, false);
		}
		run->batch_size = 5;
	}
}

/* Bad instances do not count, and neither do those that the filter refuses. */
static void instances_left_out(struct kunit *test)
{
	static const long left[] = { 1, 7, 0, 1, 0, 0 };
	unsigned int n;

	make_file(test, FILE_TEXT("filter (0:r0=1)\n" EXISTS));
	for (n = 1; n <= 5; n++)
		leave_values(4, n, left);
	run->worker[0].frame[1].bad[1] = true;
	run->worker[1].frame[1].bad[5] = true;
	run->worker[1].frame[1].bad[2] = true;
	run->worker[1].frame[0].bad[3] = true;
	expect_counted(test, 0, 4, "0:1");
	expect_counted(test, 1, 4, "0:1");
	KUNIT_EXPECT_EQ(test, run->worker[0].sample[0].observed, 1);
	KUNIT_EXPECT_EQ(test, run->worker[0].seen, 1);

	run->worker[0].frame[1].record[3 * 2] = 0;
	expect_counted(test, 0, 4, "0:1");
	run->worker[1].frame[1].bad[5] = false;
	expect_counted(test, 0, 4, "0:2");
	KUNIT_EXPECT_EQ(test, run->worker[0].states->nr, 1);
	KUNIT_EXPECT_EQ(test, run->worker[0].sample[0].observed, 2);
}

/* With "forall" the states in question are those of which it does not hold. */
static void states_that_are_asked(struct kunit *test)
{
	static const long holds[] = { 1, 7, 0, 1, 0, 0 };
	static const long fails[] = { 1, 8, 0, 1, 0, 0 };
	s64 value[NR_PLACES];
	unsigned int n, i;

	make_file(test, FILE_TEXT("forall (0:r0=1 /\\ x=7 /\\ 1:r0=0)\n"));
	for (n = 1; n <= 5; n++)
		leave_values(1, n, n == 3 ? fails : holds);
	expect_counted(test, 0, 1, "0:2 1:1");
	KUNIT_EXPECT_EQ(test, run->worker[0].seen, 1);
	for (i = 0; i < NR_PLACES; i++)
		value[i] = fails[i];
	expect_state(test, 0, 1, value, true);
}

/* States without a place are counted together, and still asked about. */
static void states_without_a_place(struct kunit *test)
{
	long left[] = { 1, 7, 0, 1, 0, 0 };
	unsigned int n;

	request.size = 600;
	make_file(test, FILE_TEXT(EXISTS));
	for (n = 1; n <= 600; n++) {
		left[R12] = n;
		left[R00] = n % 4 == 1;
		leave_values(1, n, left);
	}
	membar_count_batch(&run->worker[0], 1, &good);
	KUNIT_EXPECT_EQ(test, run->worker[0].states->nr, 255);
	KUNIT_EXPECT_EQ(test, run->worker[0].hist[254], 1);
	KUNIT_EXPECT_EQ(test, run->worker[0].hist[255], 300 - 255);
	KUNIT_EXPECT_EQ(test, run->worker[0].seen, 150);
	KUNIT_EXPECT_EQ(test, run->worker[0].sample[0].observed, 300);
}

/*
 * Initial values
 * ==============
 */

#define DIRT	0x5a5a5a5a5a5a5a5aL

/* Whether @t gives variable @v of the n-th instance its initial value. */
static bool restores(unsigned int t, unsigned int v, unsigned int n)
{
	const u8 reader = job.translation->reader[v];

	return reader == MEMBAR_NO_READER ? (n - 1) % 2 == t : reader == t;
}

/* By the workers of a bit set. */
static void expect_restored(struct kunit *test, u64 number, unsigned int workers)
{
	const unsigned int v_x = var_of("x"), v_p = var_of("p");
	unsigned int n, v, t;
	long value, wanted;

	for (n = 1; n <= 5; n++) {
		for (v = 0; v < NR_VARS; v++) {
			wanted = DIRT;
			for (t = 0; t < 2; t++)
				if (workers & BIT(t) && restores(t, v, n))
					wanted = v == v_x ? 6 : v != v_p ? 0 :
						 (long)file_variable(number, v_x, n);
			value = *file_variable(number, v, n);
			KUNIT_EXPECT_TRUE_MSG(test, value == wanted,
					      "variable %u of %u: %lx", v, n,
					      value);
		}
	}
}

/* Words of a batch's variables that are not as dirty as they were. */
static unsigned int clean_words(unsigned int s, unsigned int l)
{
	unsigned int i, nr = 0;

	for (i = 0; i < run->layout[l].size; i++)
		nr += run->set[s].memory[l][i] != (u32)DIRT;
	return nr;
}

static void restored_variables(struct kunit *test)
{
	unsigned int s, l, other, nr, n, t;
	u64 number;

	request.seed = 1;
	for (number = 1; number <= 6; number++) {
		make_file(test, FILE_TEXT(EXISTS));
		/* P0 reads the one, and nobody the other. */
		KUNIT_EXPECT_EQ(test, job.translation->reader[var_of("x")], 0);
		KUNIT_EXPECT_EQ(test, job.translation->reader[var_of("z")],
				MEMBAR_NO_READER);
		s = number % 3;
		l = number / 4;
		batch_of(number)->aim = l * MEMBAR_NR_STARTS;
		for (other = 0; other < 6; other++)
			memset(run->set[other / 2].memory[other % 2], 0x5a,
			       4 * run->layout[other % 2].size);
		/* One begins, and the other one follows. */
		t = number % 2;
		membar_restore(&run->worker[t], number);
		expect_restored(test, number, BIT(t));
		membar_restore(&run->worker[!t], number);
		expect_restored(test, number, BIT(0) | BIT(1));
		/* Two words of each variable, and no other. */
		for (other = 0; other < 6; other++) {
			nr = clean_words(other / 2, other % 2);
			KUNIT_EXPECT_EQ(test, nr, other / 2 == s &&
					other % 2 == l ? 2 * 5 * NR_VARS : 0);
		}
	}
	/* The first thread to read decides. */
	read_file("C t\n{ }\nP0(int *x) { WRITE_ONCE(*x, 1); }\n"
		  "P1(int *x) { int r0; r0 = READ_ONCE(*x); }\nexists (1:r0=1)\n");
	make(test, MEMBAR_ENGINE_PROGRAM);
	for (n = 1; n <= 5; n++)
		*file_variable(1, 0, n) = DIRT;
	for (t = 0; t < 2; t++) {
		membar_restore(&run->worker[t], 1);
		for (n = 1; n <= 5; n++)
			KUNIT_EXPECT_EQ(test, *file_variable(1, 0, n),
					t ? 0 : DIRT);
	}
}

/* Each worker forgets the bad instances of its share, and no others. */
static void impossible_instances(struct kunit *test)
{
	unsigned int t, n, s, share;
	bool *bad;

	make_file(test, FILE_TEXT(EXISTS));
	for (t = 0; t < 2; t++)
		for (s = 0; s < 3; s++)
			memset(run->worker[t].frame[s].bad, true, 6);
	for (share = 0; share < 2; share++) {
		membar_restore(&run->worker[share], 5);
		for (t = 0; t < 2; t++) {
			for (s = 0; s < 3; s++) {
				bad = run->worker[t].frame[s].bad;
				for (n = 0; n <= 5; n++)
					KUNIT_EXPECT_EQ_MSG(test, bad[n], s != 2 || !n ||
							    (!share && n % 2 == 0),
							    "%u in %u of %u", n, s, t);
			}
		}
	}
}

/*
 * Batches
 * =======
 */

/* Where a batch is counted, if at all; of MP, whose first worker has seen once. */
static const struct {
	bool sound;
	bool whole;
	bool counts;
	u64 seen;
	u64 stray;
} rows[] = {
	{ true, true, true, 1, 0 },
	{ true, true, false, 0, 1 },
	{ true, false, false, 0, 0 },
	{ false, true, false, 0, 0 },
	{ false, false, false, 0, 0 },
};

static void batches_that_count(struct kunit *test)
{
	struct membar_account account;
	struct membar_worker *w;
	unsigned int i, aim = MEMBAR_NR_STARTS + 3;

	name_test("MP");
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		make(test, MEMBAR_ENGINE_ARRAY);
		batch_of(7)->before = 5;
		batch_of(7)->aim = aim;
		leave_reads(7, 5);
		account = good;
		account.sound = rows[i].sound;
		account.whole = rows[i].whole;
		account.counts = rows[i].counts;
		membar_count_batch(&run->worker[0], 7, &account);
		membar_count_batch(&run->worker[1], 7, &account);
		w = &run->worker[0];
		KUNIT_EXPECT_EQ(test, w->seen, rows[i].seen);
		KUNIT_EXPECT_EQ(test, w->stray, rows[i].stray);
		KUNIT_EXPECT_STREQ(test, outcomes_in(w->hist),
				   rows[i].seen ? "1:1 3:1 5:1" : "");
		KUNIT_EXPECT_STREQ(test, outcomes_in(w->left_out),
				   rows[i].stray ? "1:1 3:1 5:1" : "");
		KUNIT_EXPECT_EQ(test, w->sample[aim].observed, 3 * rows[i].seen);
		KUNIT_EXPECT_EQ(test, w->sample[aim].seen, rows[i].seen);
		KUNIT_EXPECT_EQ(test, run->aiming.seen[aim], rows[i].seen);
		KUNIT_EXPECT_EQ(test, !!w->first_seen,
				rows[i].seen || rows[i].stray);
		KUNIT_EXPECT_EQ(test, run->worker[1].first_seen, 0);
	}
	/* The aims follow what the first worker sees. */
	make(test, MEMBAR_ENGINE_ARRAY);
	batch_of(7)->aim = aim;
	leave_reads(7, 0);
	run->set[1].read[0][2] = 7 << 2 | 1;
	membar_count_batch(&run->worker[1], 7, &good);
	KUNIT_EXPECT_EQ(test, run->worker[1].seen, 1);
	KUNIT_EXPECT_EQ(test, run->worker[1].sample[aim].seen, 1);
	KUNIT_EXPECT_EQ(test, run->aiming.seen[aim], 0);
	membar_count_batch(&run->worker[0], 7, &good);
	membar_count_batch(&run->worker[0], 7, &good);
	KUNIT_EXPECT_EQ(test, run->aiming.seen[aim], 2);
	KUNIT_EXPECT_EQ(test, run->worker[0].sample[aim].seen, 2);
}

/* The time of the first one stays. */
static void first_of_all(struct kunit *test)
{
	struct membar_account account = good;
	struct membar_worker *w;

	name_test("MP");
	make(test, MEMBAR_ENGINE_ARRAY);
	w = &run->worker[0];
	leave_reads(8, 0);
	clock_ns = 5000;
	run->set[0].read[0][1] = 8 << 2;
	membar_count_batch(w, 8, &good);
	KUNIT_EXPECT_EQ(test, w->first_seen, 0);
	KUNIT_EXPECT_EQ(test, clock_ns, 5000);
	leave_reads(7, 0);
	account.counts = false;
	membar_count_batch(w, 7, &account);
	KUNIT_EXPECT_EQ(test, w->first_seen, 5000 + CLOCK_STEP);
	membar_count_batch(w, 7, &account);
	membar_count_batch(w, 7, &good);
	KUNIT_EXPECT_EQ(test, w->first_seen, 5000 + CLOCK_STEP);
	KUNIT_EXPECT_EQ(test, w->stray, 2);
	KUNIT_EXPECT_EQ(test, w->seen, 1);
}

static void closed_batches(struct kunit *test)
{
	struct membar_account account = good;

	name_test("SB");
	make(test, MEMBAR_ENGINE_ARRAY);
	*variable(1, MEMBAR_X, 0) = 99;
	run->apart = true;
	membar_close_batch(run, 1, &account);
	KUNIT_EXPECT_FALSE(test, run->apart);
	KUNIT_EXPECT_EQ(test, run->shortest, 100);
	KUNIT_EXPECT_EQ(test, result.together, 50);
	KUNIT_EXPECT_EQ(test, result.batches, 1);
	KUNIT_EXPECT_EQ(test, result.iterations, 5);
	KUNIT_EXPECT_EQ(test, result.overlap, 50);
	KUNIT_EXPECT_EQ(test, progress.iterations, 5);
	KUNIT_EXPECT_EQ(test, *variable(1, MEMBAR_X, 0), 99);

	/* Of one that was interrupted no more counts than four times the shortest. */
	account.running = 1000;
	account.together = 399;
	membar_close_batch(run, 2, &account);
	KUNIT_EXPECT_EQ(test, run->shortest, 100);
	KUNIT_EXPECT_EQ(test, result.together, 50 + 399);
	account.together = 900;
	membar_close_batch(run, 3, &account);
	KUNIT_EXPECT_EQ(test, result.together, 50 + 399 + 400);
	KUNIT_EXPECT_EQ(test, result.overlap, 50 + 399 + 900);

	/* One whose threads did not overlap. */
	account.counts = false;
	account.running = 20;
	membar_close_batch(run, 4, &account);
	KUNIT_EXPECT_TRUE(test, run->apart);
	KUNIT_EXPECT_EQ(test, run->shortest, 100);
	KUNIT_EXPECT_EQ(test, result.together, 849);
	KUNIT_EXPECT_EQ(test, result.idle_batches, 1);
	KUNIT_EXPECT_EQ(test, result.batches, 4);
	KUNIT_EXPECT_EQ(test, progress.iterations, 15);

	/* A batch may be the shortest itself. */
	account.counts = true;
	account.together = 100;
	membar_close_batch(run, 5, &account);
	KUNIT_EXPECT_EQ(test, run->shortest, 20);
	KUNIT_EXPECT_EQ(test, result.together, 849 + 80);
	KUNIT_EXPECT_FALSE(test, run->apart);
}

/* In the perpetual engine all variables of the batch become zero again. */
static void variables_of_closed_batches(struct kunit *test)
{
	const struct membar_layout *layout;
	unsigned int s, l, i, nr;
	u64 number;

	name_test("SB");
	for (number = 1; number <= 4; number++) {
		make(test, MEMBAR_ENGINE_PERPETUAL);
		batch_of(number)->aim = number / 3 * MEMBAR_NR_STARTS;
		for (s = 0; s < 2; s++)
			for (l = 0; l < 2; l++)
				memset(run->set[s].memory[l], 1,
				       4 * run->layout[l].size);
		membar_close_batch(run, number, &good);
		for (s = 0; s < 2; s++) {
			for (l = 0; l < 2; l++) {
				layout = &run->layout[l];
				for (i = nr = 0; i < layout->size; i++)
					nr += !run->set[s].memory[l][i];
				KUNIT_EXPECT_EQ(test, nr, s == number % 2 &&
						l == number / 3 ? layout->size : 0);
			}
		}
	}
}

static struct kunit_case outcomes_cases[] = {
	KUNIT_CASE(accounts_of_a_batch),
	KUNIT_CASE(shares_of_an_array),
	KUNIT_CASE(longest_outcomes),
	KUNIT_CASE(finals_of_an_array),
	KUNIT_CASE(shares_of_logs),
	KUNIT_CASE(batches_of_an_invariant),
	KUNIT_CASE(states_of_a_file),
	KUNIT_CASE(addresses_of_a_file),
	KUNIT_CASE(instances_left_out),
	KUNIT_CASE(states_that_are_asked),
	KUNIT_CASE(states_without_a_place),
	KUNIT_CASE(restored_variables),
	KUNIT_CASE(impossible_instances),
	KUNIT_CASE(batches_that_count),
	KUNIT_CASE(first_of_all),
	KUNIT_CASE(closed_batches),
	KUNIT_CASE(variables_of_closed_batches),
	{}
};

static struct kunit_suite outcomes_suite = {
	.name = "membar_outcomes",
	.init = begin,
	.exit = forget,
	.test_cases = outcomes_cases,
};

kunit_test_suite(outcomes_suite);
