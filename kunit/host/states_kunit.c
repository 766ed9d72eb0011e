// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of the outcomes of litmus files: what is observed, in which words, and what
 * the log for litmus7 says of them.  They run on the host only: tools/stress-host
 * kunit.
 */
#include <kunit/test.h>

#include "run.h"
#include "states.h"
#include "print.h"

static struct membar_places places;

struct sample {
	const char *text;
	const char *printed;
};

static void describe_sample(const struct sample *s, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%.100s", s->text);
}

/* Parses what follows the threads of a file. */
static int parse_end(const char *text)
{
	char file[8192];

	snprintf(file, sizeof(file),
		 "C t\n{}\nP0(int *x, int *y) { int r0; int r1; }\n"
		 "P1(int *x, int *y) { int r0; }\n%s", text);
	return parse(file) ?: membar_places_find(&program, &places, &why);
}

/*
 * What is observed
 * ================
 */

/* The places, and how many of them are registers of the two threads. */
static const struct sample observed[] = {
	{ "exists (x=1)", "x 0 0" },
	{ "exists (0:r0=1 /\\ x=0:r1 /\\ 0:r0=x)", "0:r0 x 0:r1 2 0" },
	{ "exists (x=1:r0 /\\ not (y=0:r0))", "x 1:r0 y 0:r0 1 1" },
	{ "exists true", "0 0" },
	{ "locations [y; 1:r0; x; y] exists (x=1)", "x y 1:r0 0 1" },
	{ "filter (1:r0=1 /\\ 0:r1=1) exists (0:r0=1)", "0:r0 1:r0 0:r1 2 1" },
	{ "locations [x] filter (0:r1=y) exists (0:r0=1)", "0:r0 x 0:r1 2 0" },
};

KUNIT_ARRAY_PARAM(observed, observed, describe_sample);

static void places_in_their_order(struct kunit *test)
{
	const struct sample *s = test->param_value;
	unsigned int i;

	memset(&places, 0xa5, sizeof(places));
	KUNIT_ASSERT_EQ(test, 0, parse_end(s->text));
	out[0] = '\0';
	for (i = 0; i < places.nr; i++) {
		add_place(&places.place[i]);
		add(" ");
	}
	add("%u %u", places.registers[0], places.registers[1]);
	KUNIT_EXPECT_STREQ(test, out, s->printed);
}

/* A variable is no register of a thread, nor of anything after the threads. */
static void places_and_no_more(struct kunit *test)
{
	static struct {
		struct membar_places places;
		u8 after[256];
	} guarded;
	unsigned int i;

	KUNIT_ASSERT_EQ(test, 0, parse_end("exists (x=1 /\\ 0:r0=1)"));
	memset(&guarded, 0xa5, sizeof(guarded));
	KUNIT_ASSERT_EQ(test, 0, membar_places_find(&program, &guarded.places,
						    NULL));
	KUNIT_EXPECT_EQ(test, 0, memcmp(&guarded.places, &places, sizeof(places)));
	for (i = 0; i < sizeof(guarded.after); i++)
		KUNIT_EXPECT_EQ(test, guarded.after[i], 0xa5);
}

/* A file with @nr registers between @before and @after, each with @between. */
static int parse_registers(const char *before, unsigned int nr,
			   const char *between, const char *after)
{
	char text[2048] = "C t\n{}\nP0(int *x) { int r0;";
	unsigned int i;

	for (i = 1; i < 31; i++)
		sprintf(text + strlen(text), " int r%u;", i);
	sprintf(text + strlen(text), " }\nP1(int *y) { }\n%s", before);
	for (i = 0; i < nr; i++)
		sprintf(text + strlen(text), "%s 0:r%u", i ? between : "", i);
	strcat(text, after);
	return parse(text) ?: membar_places_find(&program, &places, &why);
}

static void places_have_a_limit(struct kunit *test)
{
	static const struct {
		const char *before, *between, *after;
	} rows[] = {
		{ "locations [y;", ";", "] exists (x=1)" },
		{ "locations [y;", ";", "] filter (y=x) exists (x=0:r0)" },
		{ "exists (x=", " /\\ y=", ")" },
		{ "filter (y=", " /\\ x=", ") exists (x=1)" },
		{ "locations [x] filter (x=", " /\\ x=", ") exists (y=1)" },
	};
	static const char too_many[] = "more than 32 values are observed";
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KUNIT_EXPECT_EQ(test, 0, parse_registers(rows[i].before, 30,
							 rows[i].between,
							 rows[i].after));
		KUNIT_EXPECT_EQ(test, places.nr, MEMBAR_MAX_PLACES);
		KUNIT_EXPECT_EQ(test, -EINVAL,
				parse_registers(rows[i].before, 31,
						rows[i].between, rows[i].after));
		KUNIT_EXPECT_STREQ(test, why.text, too_many);
		KUNIT_EXPECT_EQ(test, -EINVAL,
				membar_places_find(&program, &places, NULL));
	}
}

/* A 1 where the condition holds, for x and y of 00, 01, 10 and 11. */
static const struct sample conditions[] = {
	{ "exists (x=1)", "0011" },
	{ "exists (y=1)", "0101" },
	{ "exists (x!=1)", "1100" },
	{ "exists (x=1 /\\ y=1)", "0001" },
	{ "exists (x=1 \\/ y=1)", "0111" },
	{ "exists (x=1 => y=1)", "1101" },
	{ "exists true", "1111" },
	{ "exists false", "0000" },
	{ "exists (x=0 /\\ y=1 \\/ x=1 /\\ y=0)", "0110" },
	{ "exists (x=0 /\\ (y=1 \\/ x=1) /\\ y=0)", "0000" },
	{ "exists not (x=1 /\\ y=1 \\/ false)", "1110" },
	{ "filter (y=0) exists (x=1)", "0011" },
	{ "exists (0:r0=0:r1)", "1001" },
	{ "exists (0:r0=0:r1 /\\ 0:r0=1)", "0001" },
};

KUNIT_ARRAY_PARAM(condition, conditions, describe_sample);

static void conditions_hold(struct kunit *test)
{
	const struct sample *s = test->param_value;
	s64 value[MEMBAR_MAX_PLACES];
	unsigned int i, k, bit;

	KUNIT_ASSERT_EQ(test, 0, parse_end(s->text));
	out[0] = '\0';
	for (i = 0; i < 4; i++) {
		for (k = 0; k < places.nr; k++) {
			/* x and register 0 are the first of two. */
			bit = places.place[k].thread == MEMBAR_PLACE_VAR ?
			      places.place[k].index :
			      places.place[k].index - 2;
			value[k] = i >> (1 - bit) & 1;
		}
		add("%d", membar_condition_holds(&program, &program.condition,
						 &places, value));
	}
	KUNIT_EXPECT_STREQ(test, out, s->printed);
	/* For x and y of 11; a filter that is not there holds always. */
	KUNIT_EXPECT_EQ(test, membar_condition_holds(&program, &program.filter,
						     &places, value),
			!program.filter.nr);
}

static void names_of_places(struct kunit *test)
{
	static const struct {
		struct membar_place place;
		s64 value;
		const char *name;
	} rows[] = {
		{ { MEMBAR_PLACE_VAR, 0 }, 1, "x=1" },
		{ { MEMBAR_PLACE_VAR, 1 }, -5, "y=-5" },
		{ { 0, 3 }, 0, "0:r1=0" },
		{ { 1, 2 }, MEMBAR_ADDRESS_BASE, "1:r0=x" },
		{ { 1, 2 }, MEMBAR_ADDRESS_BASE + MEMBAR_ADDRESS_STEP, "1:r0=y" },
	};
	unsigned int i, size;
	char *name;
	int n;

	KUNIT_ASSERT_EQ(test, 0, parse_end("exists true"));
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const int len = strlen(rows[i].name);

		for (size = 1; size <= MEMBAR_PLACE_LEN; size++) {
			name = malloc(size);
			n = membar_place_name(&program, &rows[i].place,
					      rows[i].value, name, size);
			KUNIT_EXPECT_EQ(test, n, (int)size <= len ?
					(int)size - 1 : len);
			KUNIT_EXPECT_EQ(test, strncmp(name, rows[i].name, n), 0);
			KUNIT_EXPECT_EQ(test, name[n], '\0');
			free(name);
		}
	}
}

/*
 * The control
 * ===========
 */

static const struct sample weakened[] = {
	{ "r0 = READ_ONCE(*x); WRITE_ONCE(*x, 1); r1 = *x; *x = 2;",
	  "load relaxed old [x] to r0 | store relaxed [x] (1) | load [x] to r1 | store [x] (2)" },
	{ "r0 = smp_load_acquire(x); smp_store_release(x, 1);",
	  "load relaxed old [x] to r0 | store relaxed [x] (1)" },
	{ "smp_store_mb(*x, 1);", "store relaxed [x] (1) | fence compiler smp" },
	{ "r0 = xchg(x, 1); r1 = xchg_acquire(x, 2);",
	  "rmw relaxed xchg second old [x] (1) to r0 | rmw relaxed xchg second old [x] (2) to r1" },
	{ "r0 = xchg_release(x, 1); r1 = xchg_relaxed(x, 2); atomic_inc(x);",
	  "rmw relaxed xchg second old [x] (1) to r0 | rmw relaxed xchg second old [x] (2) to r1 | rmw noreturn inc add [x] (1)" },
	{ "smp_mb(); dma_rmb(); rcu_read_lock(); synchronize_rcu();",
	  "fence compiler smp | fence compiler dma unpromised | fence compiler | fence compiler" },
	{ "spin_lock(x); r0 = spin_is_locked(x); r1 = spin_trylock(x); spin_unlock(x);",
	  "fence compiler [x] | is_locked old [x] to r0 | trylock stored [x] to r1 | fence compiler [x]" },
	{ "r0 = srcu_read_lock(x); srcu_read_unlock(x, r0); synchronize_srcu(x);",
	  "srcu_lock old [x] to r0 | fence compiler [x] (r0) | fence compiler [x]" },
	{ "if (r0) *x = r0; else r0 = 1;",
	  "if (r0) until 2 | store [x] (r0), else until 4 | set (1) to r0, end" },
};

KUNIT_ARRAY_PARAM(weakened, weakened, describe_sample);

static void weak_program_has_no_order(struct kunit *test)
{
	static struct membar_program weak;
	const struct sample *s = test->param_value;
	char text[1024];

	/* Of both threads. */
	snprintf(text, sizeof(text), "C t\n(* Result: Never *)\n{}\n"
		 "P0(int *x) { int r0; int r1; %s }\n"
		 "P1(int *x) { int r0; int r1; %s }\nexists (x=1)\n",
		 s->text, s->text);
	KUNIT_ASSERT_EQ(test, 0, parse(text));
	membar_program_weaken(&program, &weak);
	program.stated = MEMBAR_OBS_NONE;
	KUNIT_EXPECT_EQ(test, weak.stated, MEMBAR_OBS_NONE);
	KUNIT_EXPECT_EQ(test, 0, memcmp(weak.node, program.node, sizeof(weak.node)));
	KUNIT_EXPECT_EQ(test, 0, strcmp(weak.name, program.name));
	program = weak;
	out[0] = '\0';
	add_ops(0);
	KUNIT_EXPECT_STREQ(test, out, s->printed);
	out[0] = '\0';
	add_ops(1);
	KUNIT_EXPECT_STREQ(test, out, s->printed);
}

/* Eight threads of as many operations as there can be. */
static void weak_program_of_full_size(struct kunit *test)
{
	static struct membar_program weak;
	char text[16384] = "C t\n{}\n";
	unsigned int t, i;

	for (t = 0; t < MEMBAR_PROGRAM_THREADS; t++) {
		sprintf(text + strlen(text), "P%u(int *a_name_of_some_length) {", t);
		for (i = 0; i < MEMBAR_PROGRAM_OPS; i++)
			strcat(text, " smp_mb();");
		strcat(text, " }\n");
	}
	strcat(text, "exists true\n");
	KUNIT_ASSERT_EQ_MSG(test, 0, parse(text), "%s", why.text);
	membar_program_weaken(&program, &weak);
	for (t = 0; t < MEMBAR_PROGRAM_THREADS; t++)
		for (i = 0; i < MEMBAR_PROGRAM_OPS; i++)
			KUNIT_EXPECT_EQ(test, weak.thread[t].op[i].fence,
					MEMBAR_FENCE_COMPILER);
	for (t = 0; t < MEMBAR_PROGRAM_THREADS; t++)
		KUNIT_EXPECT_EQ(test, 0, memcmp(weak.thread[t].reg,
						program.thread[t].reg,
						sizeof(weak.thread[t].reg)));
	KUNIT_EXPECT_EQ(test, 0, memcmp(weak.var, program.var, sizeof(weak.var)));
}

/*
 * The log
 * =======
 */

/* The condition, as litmus7 and herd7 write it. */
static const struct sample logged[] = {
	{ "exists (x=1)", "Condition exists ([x]=1) is NOT validated" },
	{ "~exists (x=1 /\\ y=2)", "Condition ~exists (([x]=1 /\\ [y]=2)) is validated" },
	{ "forall (0:r0=1 \\/ not (1:r0=-1))",
	  "Condition forall ((0:r0=1 \\/ ~(1:r0=-1))) is validated" },
	{ "exists (x=y /\\ 0:r0=1:r0)",
	  "Condition exists (([x]=y /\\ 0:r0=1:r0)) is NOT validated" },
	{ "exists (x=1 /\\ (y=2 \\/ x=3) /\\ true)",
	  "Condition exists ((([x]=1 /\\ ([y]=2 \\/ [x]=3)) /\\ true)) is NOT validated" },
	{ "exists ((x=1 \\/ y=2) /\\ (x=3 \\/ y=4))",
	  "Condition exists ((([x]=1 \\/ [y]=2) /\\ ([x]=3 \\/ [y]=4))) is NOT validated" },
	{ "exists (not (not false))", "Condition exists (~(~(false))) is NOT validated" },
	{ "exists (not (x=1 /\\ not (y=2)) \\/ x=3)",
	  "Condition exists ((~(([x]=1 /\\ ~([y]=2))) \\/ [x]=3)) is NOT validated" },
	{ "exists (x=1 \\/ not (y=2 \\/ not (x=3 /\\ y=4)))",
	  "Condition exists (([x]=1 \\/ ~(([y]=2 \\/ ~(([x]=3 /\\ [y]=4)))))) is NOT validated" },
	{ "exists (x=1 => y=2)", "Condition exists ((~([x]=1) \\/ [y]=2)) is NOT validated" },
	{ "exists (y=x)", "Condition exists ([y]=x) is NOT validated" },
	{ "filter (x=1) exists (y=2)", "Condition exists ([y]=2) is NOT validated" },
};

KUNIT_ARRAY_PARAM(logged, logged, describe_sample);

static struct membar_session session;
static struct membar_job job;
static struct membar_result result;
static char report[16384];

/* The log of the file that has been parsed, from its first test on. */
static const char *log_of_file(void)
{
	struct seq_file m = { .buf = report, .size = sizeof(report) };
	const char *begin;

	session.jobs = &job;
	session.results = &result;
	session.nr_jobs = 1;
	session.current_job = 1;
	session.request.nr_cpus = 2;
	session.request.cpus[1] = 1;
	job.program = &program;
	job.places = &places;
	job.hash = 0x123456789abcdefULL;
	result.engine = MEMBAR_ENGINE_ARRAY;
	result.nr_threads = 2;
	result.nsecs = 12345678901ULL;
	membar_report_log(&m, &session);
	report[m.count] = '\0';
	begin = strstr(report, "\n\nTest ");
	return begin ? begin + 2 : report;
}

static void log_has_the_condition(struct kunit *test)
{
	const struct sample *s = test->param_value;
	const char *begin, *end;
	struct membar_states *states;

	KUNIT_ASSERT_EQ(test, 0, parse_end(s->text));
	states = kunit_kzalloc(test, MEMBAR_STATES_SIZE(places.nr), GFP_KERNEL);
	states->width = places.nr;
	memset(&result, 0, sizeof(result));
	result.states = states;
	result.observed = 1;
	begin = strstr(log_of_file(), "Condition ");
	KUNIT_ASSERT_NOT_NULL(test, begin);
	end = strchr(begin, '\n');
	out[0] = '\0';
	add("%.*s", (int)(end - begin), begin);
	KUNIT_EXPECT_STREQ(test, out, s->printed);
}

/* As many terms as a condition can have: nothing after the last one is read. */
static void condition_of_full_size(struct kunit *test)
{
	char text[2048] = "exists (not (x=1)";
	s64 value[MEMBAR_MAX_PLACES] = { 1 };
	struct membar_states *states;
	unsigned int i;

	for (i = 1; i < MEMBAR_PROGRAM_TERMS / 2; i++)
		strcat(text, " /\\ x=1");
	strcat(text, ")");
	KUNIT_ASSERT_EQ_MSG(test, 0, parse_end(text), "%s", why.text);
	KUNIT_ASSERT_EQ(test, program.nr_terms, MEMBAR_PROGRAM_TERMS);
	KUNIT_EXPECT_FALSE(test, membar_condition_holds(&program,
							&program.condition,
							&places, value));
	states = kunit_kzalloc(test, MEMBAR_STATES_SIZE(places.nr), GFP_KERNEL);
	memset(&result, 0, sizeof(result));
	result.states = states;
	result.observed = 1;
	KUNIT_EXPECT_TRUE(test, strstr(log_of_file(), "~([x]=1) /\\ [x]=1) /\\ "));
}

/*
 * Two states and others; with each quantifier all, some or none of the outcomes are
 * those that the test asks about.
 */
static const struct {
	const char *end;
	u64 seen;
	const char *printed;
} logs[] = {
	{ "exists (x=y /\\ 0:r0=1)", 0,
	  "Test t Allowed\n"
	  "Histogram (3 states)\n"
	  "4       *>[x]=y; 0:r0=1; \n"
	  "3       :>[x]=-7; 0:r0=549755813888; \n"
	  "2       :>\n"
	  "No\n"
	  "\n"
	  "Witnesses\n"
	  "Positive: 0, Negative: 9\n"
	  "Condition exists (([x]=y /\\ 0:r0=1)) is NOT validated\n"
	  "Hash=0123456789abcdef\n"
	  "Observation t Never 0 9\n"
	  "Time t 12.34\n"
	  "membar: pass, engine array, CPUs 0-1\n"
	  "\n" },
	{ "exists (x=y /\\ 0:r0=1)", 4,
	  "Test t Allowed\n"
	  "Histogram (3 states)\n"
	  "4       *>[x]=y; 0:r0=1; \n"
	  "3       :>[x]=-7; 0:r0=549755813888; \n"
	  "2       :>\n"
	  "Ok\n"
	  "\n"
	  "Witnesses\n"
	  "Positive: 4, Negative: 5\n"
	  "Condition exists (([x]=y /\\ 0:r0=1)) is validated\n"
	  "Hash=0123456789abcdef\n"
	  "Observation t Sometimes 4 5\n"
	  "Time t 12.34\n"
	  "membar: blind, engine array, CPUs 0-1, oversubscribed\n"
	  "\n" },
	{ "exists (x=y /\\ 0:r0=1)", 9,
	  "Test t Allowed\n"
	  "Histogram (3 states)\n"
	  "4       *>[x]=y; 0:r0=1; \n"
	  "3       :>[x]=-7; 0:r0=549755813888; \n"
	  "2       :>\n"
	  "Ok\n"
	  "\n"
	  "Witnesses\n"
	  "Positive: 9, Negative: 0\n"
	  "Condition exists (([x]=y /\\ 0:r0=1)) is validated\n"
	  "Hash=0123456789abcdef\n"
	  "Observation t Always 9 0\n"
	  "Time t 12.34\n"
	  "membar: FAIL, engine array, CPUs 0-1\n"
	  "\n" },
	{ "~exists (x=y /\\ 0:r0=1)", 0,
	  "Test t Forbidden\n"
	  "Histogram (3 states)\n"
	  "4       *>[x]=y; 0:r0=1; \n"
	  "3       :>[x]=-7; 0:r0=549755813888; \n"
	  "2       :>\n"
	  "Ok\n"
	  "\n"
	  "Witnesses\n"
	  "Positive: 0, Negative: 9\n"
	  "Condition ~exists (([x]=y /\\ 0:r0=1)) is validated\n"
	  "Hash=0123456789abcdef\n"
	  "Observation t Never 0 9\n"
	  "Time t 12.34\n"
	  "membar: seen, engine array, CPUs 0-1, oversubscribed\n"
	  "\n" },
	{ "~exists (x=y /\\ 0:r0=1)", 4,
	  "Test t Forbidden\n"
	  "Histogram (3 states)\n"
	  "4       *>[x]=y; 0:r0=1; \n"
	  "3       :>[x]=-7; 0:r0=549755813888; \n"
	  "2       :>\n"
	  "No\n"
	  "\n"
	  "Witnesses\n"
	  "Positive: 4, Negative: 5\n"
	  "Condition ~exists (([x]=y /\\ 0:r0=1)) is NOT validated\n"
	  "Hash=0123456789abcdef\n"
	  "Observation t Sometimes 4 5\n"
	  "Time t 12.34\n"
	  "membar: not seen, engine array, CPUs 0-1\n"
	  "\n" },
	{ "~exists (x=y /\\ 0:r0=1)", 9,
	  "Test t Forbidden\n"
	  "Histogram (3 states)\n"
	  "4       *>[x]=y; 0:r0=1; \n"
	  "3       :>[x]=-7; 0:r0=549755813888; \n"
	  "2       :>\n"
	  "No\n"
	  "\n"
	  "Witnesses\n"
	  "Positive: 9, Negative: 0\n"
	  "Condition ~exists (([x]=y /\\ 0:r0=1)) is NOT validated\n"
	  "Hash=0123456789abcdef\n"
	  "Observation t Always 9 0\n"
	  "Time t 12.34\n"
	  "membar: info, engine array, CPUs 0-1, oversubscribed\n"
	  "\n" },
	{ "forall (x=y /\\ 0:r0=1)", 0,
	  "Test t Required\n"
	  "Histogram (3 states)\n"
	  "4       *>[x]=y; 0:r0=1; \n"
	  "3       :>[x]=-7; 0:r0=549755813888; \n"
	  "2       :>\n"
	  "Ok\n"
	  "\n"
	  "Witnesses\n"
	  "Positive: 9, Negative: 0\n"
	  "Condition forall (([x]=y /\\ 0:r0=1)) is validated\n"
	  "Hash=0123456789abcdef\n"
	  "Observation t Always 9 0\n"
	  "Time t 12.34\n"
	  "membar: skip, engine array, CPUs 0-1\n"
	  "\n" },
	{ "forall (x=y /\\ 0:r0=1)", 5,
	  "Test t Required\n"
	  "Histogram (3 states)\n"
	  "4       *>[x]=y; 0:r0=1; \n"
	  "3       :>[x]=-7; 0:r0=549755813888; \n"
	  "2       :>\n"
	  "No\n"
	  "\n"
	  "Witnesses\n"
	  "Positive: 4, Negative: 5\n"
	  "Condition forall (([x]=y /\\ 0:r0=1)) is NOT validated\n"
	  "Hash=0123456789abcdef\n"
	  "Observation t Sometimes 4 5\n"
	  "Time t 12.34\n"
	  "membar: pass, engine array, CPUs 0-1, oversubscribed\n"
	  "\n" },
	{ "forall (x=y /\\ 0:r0=1)", 9,
	  "Test t Required\n"
	  "Histogram (3 states)\n"
	  "4       *>[x]=y; 0:r0=1; \n"
	  "3       :>[x]=-7; 0:r0=549755813888; \n"
	  "2       :>\n"
	  "No\n"
	  "\n"
	  "Witnesses\n"
	  "Positive: 0, Negative: 9\n"
	  "Condition forall (([x]=y /\\ 0:r0=1)) is NOT validated\n"
	  "Hash=0123456789abcdef\n"
	  "Observation t Never 0 9\n"
	  "Time t 12.34\n"
	  "membar: blind, engine array, CPUs 0-1\n"
	  "\n" },
};

static void log_of_each_observation(struct kunit *test)
{
	const s64 first[] = { MEMBAR_ADDRESS_BASE + MEMBAR_ADDRESS_STEP, 1 };
	const s64 second[] = { -7, 1LL << 39 };
	struct membar_states *states;
	unsigned int i;

	states = kunit_kzalloc(test, MEMBAR_STATES_SIZE(2), GFP_KERNEL);
	for (i = 0; i < ARRAY_SIZE(logs); i++) {
		KUNIT_ASSERT_EQ(test, 0, parse_end(logs[i].end));
		KUNIT_ASSERT_EQ(test, places.nr, 2);
		memset(states, 0, MEMBAR_STATES_SIZE(2));
		states->width = 2;
		membar_states_add(states, first, true);
		membar_states_add(states, second, false);
		memset(&result, 0, sizeof(result));
		result.states = states;
		result.observed = 9;
		result.seen = logs[i].seen;
		result.hist[0] = 4;
		result.hist[1] = 3;
		result.hist[MEMBAR_OTHER_STATES] = 2;
		result.oversubscribed = i % 2;
		result.verdict = i % MEMBAR_NR_VERDICTS;
		KUNIT_EXPECT_STREQ(test, log_of_file(), logs[i].printed);
	}
}

/* Named tests have the final values of variables after their reads. */
static const struct {
	const char *name;
	const char *state;
	const char *condition;
} outcomes[] = {
	{ "R+po+po", "3       *>1:r0=0; [y]=2;\n", "exists (1:r0=0 /\\ [y]=2) is" },
	{ "MP+po+po", "3       *>1:r0=1; 1:r1=0;\n", "exists (1:r0=1 /\\ 1:r1=0) is" },
	{ "SB+po+po", "3       *>0:r0=0; 1:r0=0;\n", "exists (0:r0=0 /\\ 1:r0=0) is" },
	{ "WRC+po+po", "3       *>1:r0=1; 2:r0=1; 2:r1=0;\n",
	  "exists (1:r0=1 /\\ 2:r0=1 /\\ 2:r1=0) is" },
	{ "2+2W+po+po", "3       *>[x]=2; [y]=2;\n", "exists ([x]=2 /\\ [y]=2) is" },
};

static void log_of_named_tests(struct kunit *test)
{
	struct membar_job named = { };
	struct membar_pattern pattern;
	struct membar_plan plan;
	unsigned int i;

	session.jobs = &named;
	session.results = &result;
	session.nr_jobs = 1;
	session.current_job = 1;
	for (i = 0; i < ARRAY_SIZE(outcomes); i++) {
		struct seq_file m = { .buf = report, .size = sizeof(report) };

		KUNIT_ASSERT_EQ(test, 0, membar_pattern_parse(outcomes[i].name,
							      &pattern, NULL));
		membar_pattern_first(&pattern, &named.test);
		membar_job_plan(&named, &plan);
		memset(&result, 0, sizeof(result));
		result.observed = 3;
		result.seen = 3;
		result.hist[plan.target] = 3;
		membar_report_log(&m, &session);
		report[m.count] = '\0';
		KUNIT_EXPECT_TRUE_MSG(test, strstr(report, outcomes[i].state),
				      "%s: %s", outcomes[i].name, report);
		KUNIT_EXPECT_TRUE_MSG(test, strstr(report, outcomes[i].condition),
				      "%s: %s", outcomes[i].name, report);
		KUNIT_EXPECT_FALSE(test, strstr(report, "BROKEN"));
	}
}

/* Nothing was seen yet, or nothing is there. */
static void log_of_nothing(struct kunit *test)
{
	struct seq_file m = { .buf = report, .size = sizeof(report) };

	KUNIT_ASSERT_EQ(test, 0, parse_end("exists (x=1)"));
	memset(&result, 0, sizeof(result));
	KUNIT_EXPECT_FALSE(test, strstr(log_of_file(), "Test "));
	session.nr_jobs = 0;
	membar_report_log(&m, &session);
	KUNIT_EXPECT_EQ(test, m.count, (size_t)0);
}

/*
 * A file's control, the file itself, one that did not run, and one without control
 * that has seen no state that is asked about.
 */
static struct membar_job file_jobs[] = {
	{ .program = &program, .places = &places, .twin = true,
	  .contract = MEMBAR_ALLOWED, .control = MEMBAR_NO_CONTROL },
	{ .program = &program, .places = &places, .stated = true, .note = "a note",
	  .contract = MEMBAR_FORBIDDEN },
	{ .program = &program, .places = &places, .note = "another note",
	  .contract = MEMBAR_UNKNOWN, .control = MEMBAR_NO_CONTROL },
	{ .program = &program, .places = &places,
	  .contract = MEMBAR_FORBIDDEN, .control = MEMBAR_NO_CONTROL },
};

static struct membar_result file_results[] = {
	{ .verdict = MEMBAR_SEEN, .engine = MEMBAR_ENGINE_ARRAY, .nr_threads = 2,
	  .batch_size = 7, .batches = 1, .iterations = 9, .observed = 9, .seen = 3,
	  .nsecs = 1000000, .hist = { 4, 3, [MEMBAR_OTHER_STATES] = 2 } },
	{ .verdict = MEMBAR_BLIND, .engine = MEMBAR_ENGINE_ARRAY, .nr_threads = 2,
	  .batch_size = 7, .batches = 1, .iterations = 8, .observed = 8,
	  .expected = 1, .hist = { 8 } },
	{ .verdict = MEMBAR_SKIP, .reason = "why" },
	{ .verdict = MEMBAR_BLIND, .engine = MEMBAR_ENGINE_ARRAY, .nr_threads = 2,
	  .batches = 1 },
};

static const char file_ktap[] =
	"1..4\n"
	"# busted_t: contract allowed, verdict seen, seen 3 of 9 outcomes, 9000/s, engine array, batch 7, CPUs 0-1, overlap 0%, skew 0 ns\n"
	"ok 1 busted_t\n"
	"# t: contract forbidden (stated), verdict blind, seen 0 of 8 outcomes, expected 1, 0/s, engine array, batch 7, CPUs 0-1, overlap 0%, skew 0 ns, a note\n"
	"ok 2 t # SKIP blind: not seen, nor was its control busted_t\n"
	"ok 3 t # SKIP why\n"
	"# t: contract forbidden, verdict blind, seen 0 of 0 outcomes, 0/s, engine array, batch 0, CPUs 0-1, overlap 0%, skew 0 ns\n"
	"ok 4 t # SKIP blind: not seen, and it has no control\n"
	"# pass:0 blind:2 FAIL:0 seen:1 not seen:0 info:0 skip:1\n";
static const char file_histogram[] =
	"busted_t seen\n"
	"             4   x=-7 0:r0=549755813888\n"
	"             3 * x=y 0:r0=1\n"
	"             2   all others\n"
	"t blind\n"
	"             8   x=-7 0:r0=549755813888\n"
	"             0 * x=y 0:r0=1\n"
	"t skip\n"
	"t blind\n";
static const char file_json[] =
	"\"jobs\":4,\n"
	"\"results\":[\n"
	"{\"test\":\"busted_t\",\"cells\":[],\"contract\":\"allowed\",\"stated\":false,\"verdict\":\"seen\",\"reason\":\"\",\"control\":\"\",\"expected\":0,\"cpus\":\"0-1\",\"engine\":\"array\",\"batch\":7,\"oversubscribed\":false,\"iterations\":9,\"per_second\":9000,\"observed\":9,\"seen\":3,\"seen_per_second\":3000,\"first_seen_ns\":0,\"stray\":0,\"stuck\":0,\"batches\":1,\"idle_batches\":0,\"unsound\":0,\"overlap_percent\":0,\"max_skew_ns\":0,\"together_ns\":0,\"extended\":false,\"nsecs\":1000000,\"late_thread\":0,\"late_turns\":0,\"go_turns\":0,\"side_by_side\":false,\"paced\":false,\"target\":\"x=y 0:r0=1\",\"outcomes\":{\"x=-7 0:r0=549755813888\":4,\"x=y 0:r0=1\":3,\"all others\":2}},\n"
	"{\"test\":\"t\",\"cells\":[],\"contract\":\"forbidden\",\"stated\":true,\"verdict\":\"blind\",\"reason\":\"a note\",\"control\":\"busted_t\",\"expected\":1,\"cpus\":\"0-1\",\"engine\":\"array\",\"batch\":7,\"oversubscribed\":false,\"iterations\":8,\"per_second\":0,\"observed\":8,\"seen\":0,\"seen_per_second\":0,\"first_seen_ns\":0,\"stray\":0,\"stuck\":0,\"batches\":1,\"idle_batches\":0,\"unsound\":0,\"overlap_percent\":0,\"max_skew_ns\":0,\"together_ns\":0,\"extended\":false,\"nsecs\":0,\"late_thread\":0,\"late_turns\":0,\"go_turns\":0,\"side_by_side\":false,\"paced\":false,\"target\":\"x=y 0:r0=1\",\"outcomes\":{\"x=-7 0:r0=549755813888\":8}},\n"
	"{\"test\":\"t\",\"cells\":[],\"contract\":\"unknown\",\"stated\":false,\"verdict\":\"skip\",\"reason\":\"why\",\"control\":\"\",\"expected\":0,\"cpus\":\"\",\"engine\":\"auto\",\"batch\":0,\"oversubscribed\":false,\"iterations\":0,\"per_second\":0,\"observed\":0,\"seen\":0,\"seen_per_second\":0,\"first_seen_ns\":0,\"stray\":0,\"stuck\":0,\"batches\":0,\"idle_batches\":0,\"unsound\":0,\"overlap_percent\":0,\"max_skew_ns\":0,\"together_ns\":0,\"extended\":false,\"nsecs\":0,\"late_thread\":0,\"late_turns\":0,\"go_turns\":0,\"side_by_side\":false,\"paced\":false,\"target\":\"\",\"outcomes\":{}},\n"
	"{\"test\":\"t\",\"cells\":[],\"contract\":\"forbidden\",\"stated\":false,\"verdict\":\"blind\",\"reason\":\"\",\"control\":\"\",\"expected\":0,\"cpus\":\"0-1\",\"engine\":\"array\",\"batch\":0,\"oversubscribed\":false,\"iterations\":0,\"per_second\":0,\"observed\":0,\"seen\":0,\"seen_per_second\":0,\"first_seen_ns\":0,\"stray\":0,\"stuck\":0,\"batches\":1,\"idle_batches\":0,\"unsound\":0,\"overlap_percent\":0,\"max_skew_ns\":0,\"together_ns\":0,\"extended\":false,\"nsecs\":0,\"late_thread\":0,\"late_turns\":0,\"go_turns\":0,\"side_by_side\":false,\"paced\":false,\"target\":\"\",\"outcomes\":{}}\n"
	"]}\n";

/* The report of the session, from its results on. */
static const char *report_of(void (*show)(struct seq_file *m,
					  const struct membar_session *s),
			     const char *begin)
{
	struct seq_file m = { .buf = report, .size = sizeof(report) };

	show(&m, &session);
	report[m.count] = '\0';
	begin = strstr(report, begin);
	return begin ?: report;
}

static void report_of_a_file(struct kunit *test)
{
	const s64 first[] = { -7, 1LL << 39 };
	const s64 second[] = { MEMBAR_ADDRESS_BASE + MEMBAR_ADDRESS_STEP, 1 };
	struct membar_states *states, *none;

	states = kunit_kzalloc(test, MEMBAR_STATES_SIZE(2), GFP_KERNEL);
	none = kunit_kzalloc(test, MEMBAR_STATES_SIZE(2), GFP_KERNEL);
	KUNIT_ASSERT_EQ(test, 0, parse_end("exists (x=y /\\ 0:r0=1)"));
	KUNIT_ASSERT_EQ(test, places.nr, 2);
	states->width = 2;
	membar_states_add(states, first, false);
	membar_states_add(states, second, true);
	file_results[0].states = states;
	file_results[1].states = states;
	file_results[3].states = none;
	memset(&session, 0, sizeof(session));
	session.jobs = file_jobs;
	session.results = file_results;
	session.nr_jobs = ARRAY_SIZE(file_jobs);
	session.current_job = ARRAY_SIZE(file_jobs);
	session.request.nr_cpus = 2;
	session.request.cpus[1] = 1;
	KUNIT_EXPECT_STREQ(test, report_of(membar_report_ktap, "1..4\n"),
			   file_ktap);
	KUNIT_EXPECT_STREQ(test, report_of(membar_report_histogram, "busted_t "),
			   file_histogram);
	KUNIT_EXPECT_STREQ(test, report_of(membar_report_json, "\"jobs\":"),
			   file_json);
}

/* States that differ in the first value only, and in the last one only. */
static void states_of_other_values(struct kunit *test)
{
	struct membar_states *states;
	s64 value[3] = { };
	unsigned int i;

	states = kunit_kzalloc(test, MEMBAR_STATES_SIZE(3), GFP_KERNEL);
	states->width = 3;
	for (i = 0; i < 8; i++) {
		value[0] = i & 1;
		value[1] = i >> 1 & 1;
		value[2] = i >> 2;
		KUNIT_EXPECT_EQ(test, membar_states_find(states, value), -1);
		KUNIT_EXPECT_EQ(test, membar_states_add(states, value, false), i);
		KUNIT_EXPECT_EQ(test, membar_states_find(states, value), (int)i);
		KUNIT_EXPECT_EQ(test, membar_states_add(states, value, false), i);
	}
	KUNIT_EXPECT_EQ(test, states->nr, 8);
	states->width = 0;
	KUNIT_EXPECT_EQ(test, membar_states_find(states, value), 0);
}

static struct kunit_case states_cases[] = {
	KUNIT_CASE_PARAM(places_in_their_order, observed_gen_params),
	KUNIT_CASE(places_and_no_more),
	KUNIT_CASE(places_have_a_limit),
	KUNIT_CASE_PARAM(conditions_hold, condition_gen_params),
	KUNIT_CASE(names_of_places),
	KUNIT_CASE_PARAM(weak_program_has_no_order, weakened_gen_params),
	KUNIT_CASE(weak_program_of_full_size),
	KUNIT_CASE(report_of_a_file),
	KUNIT_CASE(states_of_other_values),
	KUNIT_CASE_PARAM(log_has_the_condition, logged_gen_params),
	KUNIT_CASE(condition_of_full_size),
	KUNIT_CASE(log_of_each_observation),
	KUNIT_CASE(log_of_named_tests),
	KUNIT_CASE(log_of_nothing),
	{}
};

static struct kunit_suite states_suite = {
	.name = "membar_states",
	.test_cases = states_cases,
};

kunit_test_suite(states_suite);

MODULE_DESCRIPTION("KUnit suite of the outcomes of litmus files");
MODULE_LICENSE("GPL");
