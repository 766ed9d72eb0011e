// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit suite membar_stress: the files of the stress harness that decide, but
 * run nothing.  What a name means, what the contract says of it, and that the
 * counting finds what a search of all combinations finds, no more and no less.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../selftests/stress/stress.h"
#include "stress_kunit.h"

/*
 * Names
 * =====
 */

struct name_case {
	const char *name;
	const char *full;	/* all edges spelled, or NULL if refused */
	const char *reason;	/* what the refusal says */
};

static const struct name_case name_cases[] = {
	{ "SB", "SB+po+po" },
	{ "SB+pos", "SB+po+po" },
	{ "SB+mbs", "SB+mb+mb" },
	{ "SB+po+mb", "SB+po+mb" },
	{ "MP+wmb+rmb", "MP+wmb+rmb" },
	{ "MP+sr+la", "MP+sr+la" },
	{ "MP+virt_rel+dma_acq", "MP+virt_rel+dma_acq" },
	{ "2+2W", "2+2W+po+po" },
	{ "2+2W+mandatory_wmbs", "2+2W+mandatory_wmb+mandatory_wmb" },
	{ "R+po+fadd", "R+po+fadd" },
	{ "RWC+rmb+mb", "RWC+rmb+mb" },
	{ "W+RWC+wmb+la+mb", "W+RWC+wmb+la+mb" },
	{ "Z6.0+xchg+data+cmpxchg", "Z6.0+xchg+data+cmpxchg" },
	{ "LB+addr+ctrl", "LB+addr+ctrl" },
	{ "IRIW+la+la", "IRIW+la+la" },
	{ "CoWW", "CoWW+po" },
	{ "CoRR+rmb", "CoRR+rmb" },
	{ "", NULL, "no such shape" },
	{ "sb+po+po", NULL, "no such shape: 'sb+po+po'" },
	{ "SBx+po+po", NULL, "no such shape" },
	{ "+po+po", NULL, "no such shape" },
	{ "W", NULL, "no such shape" },
	{ "2", NULL, "no such shape" },
	{ "SB+", NULL, "SB takes 2 edges, not 1" },
	{ "SB+po", NULL, "SB takes 2 edges, not 1" },
	{ "SB+po+po+po", NULL, "SB takes 2 edges, not 3" },
	{ "SB+po+po+", NULL, "SB takes 2 edges, not 3" },
	{ "WRC+po+po+po", NULL, "WRC takes 2 edges, not 3" },
	{ "SB+s", NULL, "SB takes 2 edges" },
	{ "SB++", NULL, "no such edge: ''" },
	{ "SB+po+mbs", NULL, "no such edge: 'mbs'" },
	{ "SB+po+MB", NULL, "no such edge: 'MB'" },
	{ "SB+po+smp_mb", NULL, "no such edge: 'smp_mb'" },
	{ "SB+dma_+po", NULL, "no such edge: 'dma_'" },
	{ "SB+po+*", NULL, "no '*'" },
	{ "MP+la+po", NULL, "goes W to W and cannot carry 'la'" },
	{ "MP+po+sr", NULL, "goes R to R and cannot carry 'sr'" },
	{ "MP+po+data", NULL, "thread 1 of MP" },
	{ "SB+addrs", NULL, "cannot carry" },
};

static void name_case_desc(const struct name_case *c, char *desc)
{
	strscpy(desc, *c->name ? c->name : "(empty)", KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(name, name_cases, name_case_desc);

static void name_is_read_as_meant(struct kunit *test)
{
	const struct name_case *c = test->param_value;
	struct membar_why why = { };
	char full[MEMBAR_NAME_LEN];
	struct membar_test t;
	int err;

	err = membar_test_parse(c->name, &t, &why);
	if (!c->full) {
		KUNIT_EXPECT_EQ(test, err, -EINVAL);
		KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(why.text, c->reason),
					  "said: %s", why.text);
		return;
	}

	KUNIT_ASSERT_EQ_MSG(test, err, 0, "%s", why.text);
	KUNIT_EXPECT_EQ(test, membar_test_name(&t, full, sizeof(full)),
			(int)strlen(c->full));
	KUNIT_EXPECT_STREQ(test, full, c->full);
}

/*
 * Each shape, with the outcome that it asks about, and whether the reads alone
 * decide it.
 */
struct shape_case {
	const char *name;
	const char *target;
	bool perpetual;
};

static const struct shape_case shape_cases[] = {
	{ "SB", "0:y=0 1:x=0", true },
	{ "MP", "1:y=1 1:x=0", true },
	{ "LB", "0:x=1 1:y=1", true },
	{ "S", "1:y=1 x=2", false },
	{ "R", "1:x=0 y=2", false },
	{ "2+2W", "x=2 y=2", false },
	{ "WRC", "1:x=1 2:y=1 2:x=0", true },
	{ "RWC", "1:x=1 1:y=0 2:x=0", true },
	{ "ISA2", "1:y=1 2:z=1 2:x=0", true },
	{ "W+RWC", "1:y=1 1:z=0 2:x=0", true },
	{ "Z6.0", "1:y=1 2:x=0 z=2", false },
	{ "Z6.1", "2:z=1 x=2 y=2", false },
	{ "Z6.2", "1:y=1 2:z=1 x=2", false },
	{ "Z6.3", "2:z=1 2:x=0 y=2", false },
	{ "Z6.4", "1:z=0 2:x=0 y=2", false },
	{ "Z6.5", "2:x=0 y=2 z=2", false },
	{ "WWC", "1:x=2 2:y=1 x=2", false },
	{ "WRW+2W", "1:x=2 x=2 y=2", false },
	{ "WRW+WR", "1:x=1 2:x=0 y=2", false },
	{ "WRR+2W", "1:x=2 1:y=0 x=2", false },
	{ "3.SB", "0:y=0 1:z=0 2:x=0", true },
	{ "3.LB", "0:x=1 1:y=1 2:z=1", true },
	{ "3.2W", "x=2 y=2 z=2", false },
	{ "IRIW", "1:x=1 1:y=0 3:y=1 3:x=0", true },
	{ "IRRWIW", "1:x=2 1:y=0 3:y=1 x=2", false },
	{ "IRWIW", "1:x=2 3:y=2 x=2 y=2", false },
	{ "CoRR", "1:x=1 1:x=0", true },
	{ "CoWW", "x=2", false },
	{ "CoRW1", "0:x=1", true },
	{ "CoWR", "0:x=1 x=2", false },
};

static void shape_case_desc(const struct shape_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(shape, shape_cases, shape_case_desc);

static const struct membar_shape *shape_of(struct kunit *test)
{
	const struct shape_case *c = test->param_value;
	struct membar_test t;

	KUNIT_ASSERT_EQ(test, membar_test_parse(c->name, &t, NULL), 0);
	return t.shape;
}

/* "SHAPE+*+*...": every test of a shape. */
static void star_name(const struct membar_shape *shape, char *name, size_t size)
{
	unsigned int t;
	int n;

	n = scnprintf(name, size, "%s", shape->name);
	for (t = 0; t < MEMBAR_MAX_THREADS; t++)
		if (membar_thread_has_edge(shape, t))
			n += scnprintf(name + n, size - n, "+*");
}

static void name_of_each_test_is_read_back(struct kunit *test)
{
	const struct membar_shape *shape = shape_of(test);
	struct membar_pattern pattern;
	struct membar_test t, back;
	char name[MEMBAR_NAME_LEN];
	unsigned int n = 0, want = 1, thread;

	star_name(shape, name, sizeof(name));
	KUNIT_ASSERT_EQ(test, membar_pattern_parse(name, &pattern, NULL), 0);

	membar_pattern_first(&pattern, &t);
	do {
		n++;
		membar_test_name(&t, name, sizeof(name));
		KUNIT_ASSERT_EQ_MSG(test, membar_test_parse(name, &back, NULL),
				    0, "%s", name);
		KUNIT_EXPECT_TRUE_MSG(test, membar_test_equal(&t, &back), "%s",
				      name);
	} while (membar_pattern_next(&pattern, &t));

	for (thread = 0; thread < MEMBAR_MAX_THREADS; thread++)
		want *= hweight64(pattern.edges[thread]);
	KUNIT_EXPECT_EQ(test, n, want);
}

static void wildcard_of_a_flavour(struct kunit *test)
{
	struct membar_pattern pattern;
	struct membar_test t;
	unsigned int n = 1;

	KUNIT_ASSERT_EQ(test, membar_pattern_parse("SB+dma_*+po", &pattern,
						   NULL), 0);
	membar_pattern_first(&pattern, &t);
	KUNIT_EXPECT_EQ(test, membar_edges[t.edge[0]].flavour,
			MEMBAR_FLAVOUR_DMA);
	while (membar_pattern_next(&pattern, &t)) {
		KUNIT_EXPECT_EQ(test, membar_edges[t.edge[0]].flavour,
				MEMBAR_FLAVOUR_DMA);
		KUNIT_EXPECT_EQ(test, t.edge[1], MEMBAR_EDGE_PO);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, 5);
}

/* A bare star is each edge that speaks of CPUs, if it fits, and no other. */
static void wildcard_of_all_edges(struct kunit *test)
{
	struct membar_pattern pattern;
	unsigned int e;
	u64 want = 0;

	for (e = 0; e < MEMBAR_NR_EDGES; e++)
		if (membar_edges[e].flavour == MEMBAR_NR_FLAVOURS ||
		    membar_edges[e].flavour == MEMBAR_FLAVOUR_SMP)
			want |= BIT_ULL(e);
	KUNIT_EXPECT_EQ(test, hweight64(want), 14);

	/* From a read to a write every edge fits. */
	KUNIT_ASSERT_EQ(test, membar_pattern_parse("LB+*+po", &pattern, NULL),
			0);
	KUNIT_EXPECT_EQ(test, pattern.edges[0], want);
	KUNIT_EXPECT_EQ(test, pattern.edges[1], BIT_ULL(MEMBAR_EDGE_PO));

	/* From a write to a read, none that a read begins or a write ends. */
	KUNIT_ASSERT_EQ(test, membar_pattern_parse("SB+*+*", &pattern, NULL),
			0);
	want &= ~(BIT_ULL(MEMBAR_EDGE_LA) | BIT_ULL(MEMBAR_EDGE_SR) |
		  BIT_ULL(MEMBAR_EDGE_ADDR) | BIT_ULL(MEMBAR_EDGE_DATA) |
		  BIT_ULL(MEMBAR_EDGE_CTRL));
	KUNIT_EXPECT_EQ(test, pattern.edges[0], want);
	KUNIT_EXPECT_EQ(test, pattern.edges[1], want);
}

/*
 * Requests
 * ========
 */

static int parse(const char *text, struct membar_request *request,
		 struct membar_why *why)
{
	return membar_request_parse(text, strlen(text), request, why);
}

static void request_defaults(struct kunit *test)
{
	struct membar_request r;

	KUNIT_ASSERT_EQ(test, parse("SB+mb+mb\n", &r, NULL), 0);
	KUNIT_EXPECT_STREQ(test, r.tests, "SB+mb+mb");
	KUNIT_EXPECT_EQ(test, r.nr_cpus, 0);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 1000);
	KUNIT_EXPECT_EQ(test, r.patience_ms, 20000);
	KUNIT_EXPECT_EQ(test, r.engine, MEMBAR_ENGINE_AUTO);
	KUNIT_EXPECT_EQ(test, r.seed, 1);
	KUNIT_EXPECT_EQ(test, r.size, 0);
	KUNIT_EXPECT_EQ(test, r.stride, 128);
	KUNIT_EXPECT_FALSE(test, r.outline);
	KUNIT_EXPECT_FALSE(test, r.oversubscribe);
	KUNIT_EXPECT_TRUE(test, r.wait);
}

/* What is as small or as large as it may be; one more is refused below. */
static void request_at_the_limits(struct kunit *test)
{
	static const char least[] =
		"SB duration_ms=1 patience_ms=0 size=16 stride=4 seed=0 cpus=4294967295";
	static const char most[] =
		"SB size=1048576 stride=4096 engine=perpetual cpus=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15";
	struct membar_request r;

	KUNIT_ASSERT_EQ(test, parse(least, &r, NULL), 0);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 1);
	KUNIT_EXPECT_EQ(test, r.patience_ms, 0);
	KUNIT_EXPECT_EQ(test, r.size, 16);
	KUNIT_EXPECT_EQ(test, r.stride, 4);
	KUNIT_EXPECT_EQ(test, r.seed, 0);
	KUNIT_EXPECT_EQ(test, r.nr_cpus, 1);
	KUNIT_EXPECT_EQ(test, r.cpus[0], U32_MAX);

	KUNIT_ASSERT_EQ(test, parse(most, &r, NULL), 0);
	KUNIT_EXPECT_EQ(test, r.size, 1048576);
	KUNIT_EXPECT_EQ(test, r.stride, 4096);
	KUNIT_EXPECT_EQ(test, r.engine, MEMBAR_ENGINE_PERPETUAL);
	KUNIT_EXPECT_EQ(test, r.nr_cpus, MEMBAR_MAX_CPUS);
	KUNIT_EXPECT_EQ(test, r.cpus[15], 15);
}

/* Lists of CPUs as the kernel's parameters have them, and how they are shown. */
static void request_for_cpus(struct kunit *test)
{
	static const struct {
		const char *line, *shown;
		u32 cpus[MEMBAR_MAX_CPUS];
		unsigned int nr;
	} lists[] = {
		{ "SB cpus=7", "7", { 7 }, 1 },
		{ "SB cpus=0-3,8", "0-3,8", { 0, 1, 2, 3, 8 }, 5 },
		{ "SB cpus=8,0-1", "8,0-1", { 8, 0, 1 }, 3 },
		{ "SB cpus=3,2,1", "3,2,1", { 3, 2, 1 }, 3 },
		{ "SB cpus=5-5,7", "5,7", { 5, 7 }, 2 },
		{ "SB cpus=0-9:2/4", "0-1,4-5,8-9", { 0, 1, 4, 5, 8, 9 }, 6 },
		{ "SB cpus=0-8:1/4", "0,4,8", { 0, 4, 8 }, 3 },
		{ "SB cpus=0-4294967295:1/4294967295", "0,4294967295",
		  { 0, U32_MAX }, 2 },
	};
	char shown[MEMBAR_CPUS_LEN];
	struct membar_request r;
	struct membar_why why;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lists); i++) {
		KUNIT_EXPECT_EQ_MSG(test, 0, parse(lists[i].line, &r, &why),
				    "%s: %s", lists[i].line, why.text);
		KUNIT_EXPECT_EQ_MSG(test, r.nr_cpus, lists[i].nr, "%s",
				    lists[i].line);
		KUNIT_EXPECT_EQ_MSG(test, 0, memcmp(r.cpus, lists[i].cpus,
						    lists[i].nr * sizeof(u32)),
				    "%s", lists[i].line);
		membar_cpus_name(r.cpus, r.nr_cpus, shown, sizeof(shown));
		KUNIT_EXPECT_STREQ(test, shown, lists[i].shown);
	}
	membar_cpus_name(NULL, 0, shown, sizeof(shown));
	KUNIT_EXPECT_STREQ(test, shown, "");
}

static void request_in_any_order(struct kunit *test)
{
	static const char text[] =
		" wait=0  seed=18446744073709551615\tMP stride=64 test=SB,LB oversubscribe=1 outline=1 cpus=3,0 size=16 engine=array duration_ms=3600000 all";
	struct membar_request r;

	KUNIT_ASSERT_EQ(test, parse(text, &r, NULL), 0);
	KUNIT_EXPECT_STREQ(test, r.tests, "MP,SB,LB,all");
	KUNIT_EXPECT_EQ(test, r.nr_cpus, 2);
	KUNIT_EXPECT_EQ(test, r.cpus[0], 3);
	KUNIT_EXPECT_EQ(test, r.cpus[1], 0);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 3600000);
	KUNIT_EXPECT_EQ(test, r.patience_ms, 3600000);
	KUNIT_EXPECT_EQ(test, r.engine, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_EQ(test, r.seed, U64_MAX);
	KUNIT_EXPECT_EQ(test, r.size, 16);
	KUNIT_EXPECT_EQ(test, r.stride, 64);
	KUNIT_EXPECT_TRUE(test, r.outline);
	KUNIT_EXPECT_TRUE(test, r.oversubscribe);
	KUNIT_EXPECT_FALSE(test, r.wait);
}

static void request_can_be_pasted_back(struct kunit *test)
{
	static const char text[] =
		"test=SB+mb+mb,MP cpus=2-4,0-1,9 duration_ms=7 patience_ms=3 engine=perpetual seed=9 size=64 stride=128 outline=1 oversubscribe=0 wait=1";
	char *name = kunit_kzalloc(test, MEMBAR_REQUEST_LEN, GFP_KERNEL);
	struct membar_request r;

	KUNIT_ASSERT_NOT_NULL(test, name);
	KUNIT_ASSERT_EQ(test, parse(text, &r, NULL), 0);
	membar_request_name(&r, name, MEMBAR_REQUEST_LEN);
	KUNIT_EXPECT_STREQ(test, name, text);

	KUNIT_ASSERT_EQ(test, parse("campaign=public shard=3/16 budget_s=60",
				    &r, NULL), 0);
	membar_request_name(&r, name, MEMBAR_REQUEST_LEN);
	KUNIT_EXPECT_STREQ(test, name,
			   "test=public shard=3/16 budget_s=60 patience_ms=0 engine=auto seed=1 stride=128 outline=0 oversubscribe=0 wait=1");
}

/* All tests of a campaign fit its budget, however many they are. */
static void request_for_a_budget(struct kunit *test)
{
	struct membar_request r;

	KUNIT_ASSERT_EQ(test, parse("all budget_s=60", &r, NULL), 0);
	membar_request_fit(&r, 240);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 250);
	KUNIT_EXPECT_EQ(test, r.patience_ms, 0);
	KUNIT_EXPECT_EQ(test, r.budget_s, 0);

	KUNIT_ASSERT_EQ(test, parse("all budget_s=1 patience_ms=9", &r, NULL), 0);
	membar_request_fit(&r, 1500);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 1);
	KUNIT_EXPECT_EQ(test, r.patience_ms, 9);

	KUNIT_ASSERT_EQ(test, parse("all budget_s=604800", &r, NULL), 0);
	membar_request_fit(&r, 1);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 3600000);

	KUNIT_ASSERT_EQ(test, parse("all duration_ms=5", &r, NULL), 0);
	membar_request_fit(&r, 7);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 5);
}

/* What is asked for decides, but only among the engines that can run the test. */
static void request_picks_an_engine(struct kunit *test)
{
	const struct membar_plan walks = { .walk = MEMBAR_WALK_RING };
	const struct membar_plan final = { .walk = MEMBAR_WALK_NONE };
	struct membar_job job = { };
	struct membar_request r;
	unsigned int e;

	KUNIT_ASSERT_EQ(test, parse("SB", &r, NULL), 0);
	KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &walks),
			MEMBAR_ENGINE_PERPETUAL);
	KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &final),
			MEMBAR_ENGINE_ARRAY);
	for (e = MEMBAR_ENGINE_PERPETUAL; e <= MEMBAR_ENGINE_ARRAY; e++) {
		r.engine = e;
		KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &walks), e);
		KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &final), e);
		job.translation = (const void *)&job;
		KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &walks),
				MEMBAR_ENGINE_PROGRAM);
		job.invariant = MEMBAR_INV_u32_add;
		KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &walks),
				MEMBAR_ENGINE_INVARIANT);
		job = (struct membar_job){ };
	}
}

/* Each reason for which a test does not run, and that there is none without it. */
static void request_that_cannot_run(struct kunit *test)
{
	struct membar_plan plan = { .nr_threads = 2, .walk = MEMBAR_WALK_NONE };
	struct membar_request r;

	KUNIT_ASSERT_EQ(test, parse("R cpus=0,1 engine=perpetual", &r, NULL), 0);
	KUNIT_EXPECT_STREQ(test,
			   membar_request_obstacle(&r, MEMBAR_ENGINE_PROGRAM,
						   &plan),
			   "litmus files have no engine=perpetual");
	KUNIT_EXPECT_STREQ(test,
			   membar_request_obstacle(&r, MEMBAR_ENGINE_PERPETUAL,
						   &plan),
			   "final values need engine=array");
	KUNIT_EXPECT_TRUE(test, !membar_request_obstacle(&r,
							 MEMBAR_ENGINE_ARRAY,
							 &plan));
	plan.walk = MEMBAR_WALK_RING;
	KUNIT_EXPECT_TRUE(test,
			  !membar_request_obstacle(&r, MEMBAR_ENGINE_PERPETUAL,
						   &plan));
	plan.nr_threads = 3;
	KUNIT_EXPECT_STREQ(test,
			   membar_request_obstacle(&r, MEMBAR_ENGINE_PERPETUAL,
						   &plan),
			   "more threads than CPUs and not oversubscribe=1");
	r.oversubscribe = true;
	KUNIT_EXPECT_TRUE(test,
			  !membar_request_obstacle(&r, MEMBAR_ENGINE_PERPETUAL,
						   &plan));
	r.engine = MEMBAR_ENGINE_ARRAY;
	KUNIT_EXPECT_TRUE(test, !membar_request_obstacle(&r,
							 MEMBAR_ENGINE_PROGRAM,
							 &plan));
}

static void request_picks_a_batch(struct kunit *test)
{
	static const struct {
		enum membar_engine engine;
		u32 own;
		u32 shared;
		u32 largest;
	} engines[] = {
		{ MEMBAR_ENGINE_PERPETUAL, 16384, 524288, 1048576 },
		{ MEMBAR_ENGINE_ARRAY, 64, 16384, 16384 },
		{ MEMBAR_ENGINE_PROGRAM, 64, 16384, 16384 },
		{ MEMBAR_ENGINE_INVARIANT, 4096, 4096, 1048576 },
	};
	enum membar_engine e;
	struct membar_request r;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(engines); i++) {
		e = engines[i].engine;
		KUNIT_ASSERT_EQ(test, parse("SB", &r, NULL), 0);
		KUNIT_EXPECT_EQ(test, membar_request_batch_size(&r, e, false),
				engines[i].own);
		KUNIT_EXPECT_EQ(test, membar_request_batch_size(&r, e, true),
				engines[i].shared);
		r.size = 100;
		KUNIT_EXPECT_EQ(test, membar_request_batch_size(&r, e, true),
				100);
		r.size = 1048576;
		KUNIT_EXPECT_EQ(test, membar_request_batch_size(&r, e, false),
				engines[i].largest);
	}
}

struct refused_case {
	const char *text;
	const char *reason;
};

static const struct refused_case refused_cases[] = {
	{ "", "no test is named" },
	{ "\n", "no test is named" },
	{ "   ", "no test is named" },
	{ "duration_ms=5", "no test is named" },
	{ "SB tests=MP", "unknown key 'tests'" },
	{ "SB =1", "unknown key ''" },
	{ "SB Seed=1", "unknown key 'Seed'" },
	{ "SB seed", "" },	/* a bare word is a test: refused later */
	{ "SB test=", "bad value '' for test" },
	{ "test=SB test=MP", "test is given twice" },
	{ "SB seed=1 seed=1", "seed is given twice" },
	{ "SB seed=", "bad value '' for seed" },
	{ "SB seed=-1", "bad value '-1' for seed" },
	{ "SB seed=+1", "bad value '+1' for seed" },
	{ "SB seed=0x10", "bad value '0x10' for seed" },
	{ "SB seed=18446744073709551616", "for seed" },
	{ "SB seed=18446744073709551620", "for seed" },
	{ "SB seed=1=2", "bad value '1=2' for seed" },
	{ "SB seed=1:", "bad value '1:' for seed" },
	{ "SB seed=1/", "bad value '1/' for seed" },
	{ "SB duration_ms=0", "for duration_ms" },
	{ "SB duration_ms=3600001", "for duration_ms" },
	{ "SB duration_ms=10x", "bad value '10x' for duration_ms" },
	{ "SB duration_ms=99999999999999999999", "for duration_ms" },
	{ "SB patience_ms=3600001", "for patience_ms" },
	{ "SB budget_s=0", "for budget_s" },
	{ "SB budget_s=604801", "for budget_s" },
	{ "SB budget_s=9 duration_ms=9", "budget_s and duration_ms are both given" },
	{ "SB duration_ms=9 budget_s=9", "budget_s and duration_ms are both given" },
	{ "campaign=SB", "bad value 'SB' for campaign" },
	{ "campaign=", "bad value '' for campaign" },
	{ "SB shard=1", "bad value '1' for shard" },
	{ "SB shard=0/2", "bad value '0/2' for shard" },
	{ "SB shard=3/2", "bad value '3/2' for shard" },
	{ "SB shard=1/1025", "bad value '1/1025' for shard" },
	{ "SB shard=1/2/3", "bad value '1/2/3' for shard" },
	{ "SB shard=/2", "for shard" },
	{ "SB shard=1/", "for shard" },
	{ "SB patience_ms=", "for patience_ms" },
	{ "SB engine=", "for engine" },
	{ "SB engine=fast", "bad value 'fast' for engine" },
	{ "SB size=15", "for size" },
	{ "SB size=1048577", "for size" },
	{ "SB stride=0", "for stride" },
	{ "SB stride=3", "for stride" },
	{ "SB stride=6", "for stride" },
	{ "SB stride=4097", "for stride" },
	{ "SB stride=4100", "for stride" },
	{ "SB engine=invariant", "for engine" },
	{ "SB outline=2", "for outline" },
	{ "SB outline=01", "for outline" },
	{ "SB oversubscribe=yes", "for oversubscribe" },
	{ "SB wait=", "for wait" },
	{ "SB cpus=", "for cpus" },
	{ "SB cpus=0,", "for cpus" },
	{ "SB cpus=,0", "for cpus" },
	{ "SB cpus=0,0", "CPU 0 is in cpus= twice" },
	{ "SB cpus=0,1,1", "CPU 1 is in cpus= twice" },
	{ "SB cpus=0-3,2", "CPU 2 is in cpus= twice" },
	{ "SB cpus=1-0", "bad value '1-0' for cpus" },
	{ "SB cpus=0-", "bad value '0-' for cpus" },
	{ "SB cpus=-3", "bad value '-3' for cpus" },
	{ "SB cpus=0-3-5", "bad value '0-3-5' for cpus" },
	{ "SB cpus=0-3:", "for cpus" },
	{ "SB cpus=0-3:1", "for cpus" },
	{ "SB cpus=0-3:0/2", "for cpus" },
	{ "SB cpus=0-3:3/2", "for cpus" },
	{ "SB cpus=0-3:1/0", "for cpus" },
	{ "SB cpus=0:1/2", "for cpus" },
	{ "SB cpus=0-4294967296", "for cpus" },
	{ "SB cpus=0;1", "for cpus" },
	{ "SB cpus=4294967296", "for cpus" },
	{ "SB cpus=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16",
	  "more than 16 CPUs in cpus=" },
	{ "SB cpus=0-16", "more than 16 CPUs in cpus=" },
	{ "SB cpus=0-4294967295", "more than 16 CPUs in cpus=" },
	{ "SB engine=array size=16385",
	  "size=16385 is more than the 16384 that engine=array can have" },
	{ "SB\nMP", "more than one line" },
	{ "SB\n\n", "more than one line" },
};

static void refused_case_desc(const struct refused_case *c, char *desc)
{
	size_t i;

	strscpy(desc, c->text[strspn(c->text, " ")] ? c->text : "(blank)",
		KUNIT_PARAM_DESC_SIZE);
	for (i = 0; desc[i]; i++)
		if (desc[i] == '\n')
			desc[i] = '/';
}

KUNIT_ARRAY_PARAM(refused, refused_cases, refused_case_desc);

static void request_refused_with_a_reason(struct kunit *test)
{
	const struct refused_case *c = test->param_value;
	struct membar_request r;
	struct membar_why why = { };
	struct membar_job job;

	if (!*c->reason) {
		KUNIT_ASSERT_EQ(test, parse(c->text, &r, &why), 0);
		KUNIT_EXPECT_EQ(test, membar_campaign_make(r.tests, &job, 1,
							   &why), -EINVAL);
		return;
	}
	KUNIT_EXPECT_EQ(test, parse(c->text, &r, &why), -EINVAL);
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(why.text, c->reason),
				  "said: %s", why.text);
}

static void request_with_nul_bytes_refused(struct kunit *test)
{
	static const char text[] = "SB\0+mb+mb";
	struct membar_request r;
	struct membar_why why = { };

	KUNIT_EXPECT_EQ(test, membar_request_parse(text, sizeof(text), &r,
						   &why), -EINVAL);
	KUNIT_EXPECT_STREQ(test, why.text, "a NUL byte");
	KUNIT_EXPECT_EQ(test, membar_request_parse("SB", 3, &r, &why),
			-EINVAL);
}

static void request_too_long_refused(struct kunit *test)
{
	char *text = kunit_kzalloc(test, MEMBAR_REQUEST_LEN + 2, GFP_KERNEL);
	struct membar_request r;
	struct membar_why why = { };

	KUNIT_ASSERT_NOT_NULL(test, text);
	memset(text, ' ', MEMBAR_REQUEST_LEN + 1);
	memcpy(text, "SB", 2);

	/* The longest that is read, with and without its newline. */
	KUNIT_EXPECT_EQ(test, membar_request_parse(text, MEMBAR_REQUEST_LEN - 1,
						   &r, &why), 0);
	text[MEMBAR_REQUEST_LEN - 1] = '\n';
	KUNIT_EXPECT_EQ(test, membar_request_parse(text, MEMBAR_REQUEST_LEN,
						   &r, &why), 0);
	text[MEMBAR_REQUEST_LEN - 1] = ' ';
	KUNIT_EXPECT_EQ(test, membar_request_parse(text, MEMBAR_REQUEST_LEN,
						   &r, &why), -EINVAL);
	KUNIT_EXPECT_STREQ(test, why.text, "more than 767 characters");

	/* A list of tests that is too long for its place. */
	memset(text, 'x', MEMBAR_REQUEST_LEN - 1);
	KUNIT_EXPECT_EQ(test, membar_request_parse(text, MEMBAR_REQUEST_LEN - 1,
						   &r, &why), -EINVAL);
	KUNIT_EXPECT_STREQ(test, why.text, "too many tests");

	/* One that just fits, in one word and in two. */
	KUNIT_EXPECT_EQ(test, membar_request_parse(text, MEMBAR_LIST_LEN - 1,
						   &r, &why), 0);
	KUNIT_EXPECT_EQ(test, strlen(r.tests), MEMBAR_LIST_LEN - 1);
	KUNIT_EXPECT_EQ(test, membar_request_parse(text, MEMBAR_LIST_LEN,
						   &r, &why), -EINVAL);
	text[100] = ' ';
	KUNIT_EXPECT_EQ(test, membar_request_parse(text, MEMBAR_LIST_LEN - 1,
						   &r, &why), 0);
	KUNIT_EXPECT_EQ(test, strlen(r.tests), MEMBAR_LIST_LEN - 1);
	KUNIT_EXPECT_EQ(test, r.tests[100], ',');
	KUNIT_EXPECT_EQ(test, membar_request_parse(text, MEMBAR_LIST_LEN,
						   &r, &why), -EINVAL);
}

/*
 * Contract
 * ========
 *
 * What herd7 says of each name under the kernel's memory model; the checks of
 * selftests/litmus ask it again, and of thousands more.
 */

struct contract_case {
	const char *name;
	enum membar_contract contract;
};

#define ALLOWED(name)		{ name, MEMBAR_ALLOWED }
#define FORBIDDEN(name)		{ name, MEMBAR_FORBIDDEN }
#define UNPROMISED(name)	{ name, MEMBAR_UNPROMISED }

static const struct contract_case contract_cases[] = {
	ALLOWED("SB+po+po"), ALLOWED("SB+mb+po"), ALLOWED("SB+rel+acq"),
	ALLOWED("SB+rmb+wmb"), FORBIDDEN("SB+mb+mb"),
	FORBIDDEN("SB+xchg+fadd"), FORBIDDEN("SB+cmpxchg+mb"),
	FORBIDDEN("SB+virt_mb+mandatory_mb"), UNPROMISED("SB+dma_mb+mb"),
	ALLOWED("SB+dma_mb+po"),
	/* The fence has the access before it, and not the one after. */
	ALLOWED("SB+wmb+mb"), ALLOWED("SB+rel+mb"), ALLOWED("LB+rmb+mb"),
	ALLOWED("MP+mb+rel"), ALLOWED("MP+rmb+mb"),

	ALLOWED("MP+po+po"), ALLOWED("MP+wmb+po"), ALLOWED("MP+po+rmb"),
	ALLOWED("MP+rmb+wmb"), ALLOWED("MP+wmb+ctrl"),
	FORBIDDEN("MP+wmb+rmb"), FORBIDDEN("MP+rel+acq"),
	FORBIDDEN("MP+sr+la"), FORBIDDEN("MP+wmb+addr"),
	FORBIDDEN("MP+mb+la"), UNPROMISED("MP+dma_wmb+dma_rmb"),

	ALLOWED("LB+po+po"), ALLOWED("LB+ctrl+po"), ALLOWED("LB+wmb+rmb"),
	FORBIDDEN("LB+data+ctrl"), FORBIDDEN("LB+addr+acq"),
	FORBIDDEN("LB+rel+sr"), FORBIDDEN("LB+la+mb"),

	ALLOWED("S+wmb+po"), FORBIDDEN("S+wmb+data"), FORBIDDEN("S+sr+la"),
	ALLOWED("R+wmb+mb"), ALLOWED("R+rel+mb"), FORBIDDEN("R+mb+mb"),
	ALLOWED("2+2W+po+po"), FORBIDDEN("2+2W+mb+mb"),

	ALLOWED("WRC+po+acq"), ALLOWED("WRC+data+rmb"),
	ALLOWED("WRC+wmb+rmb"), FORBIDDEN("WRC+rel+acq"),
	FORBIDDEN("WRC+sr+rmb"), FORBIDDEN("WRC+mb+addr"),
	ALLOWED("RWC+rmb+mb"), ALLOWED("RWC+acq+mb"), FORBIDDEN("RWC+mb+mb"),
	ALLOWED("ISA2+wmb+data+la"), FORBIDDEN("ISA2+rel+rel+acq"),
	FORBIDDEN("ISA2+sr+sr+la"), FORBIDDEN("ISA2+mb+data+rmb"),
	ALLOWED("W+RWC+wmb+acq+mb"), FORBIDDEN("W+RWC+sr+mb+mb"),
	ALLOWED("W+RWC+rel+acq+mb"),
	ALLOWED("Z6.0+sr+sr+mb"), FORBIDDEN("Z6.0+mb+mb+mb"),
	FORBIDDEN("Z6.2+rel+rel+rel"), ALLOWED("Z6.2+wmb+po+data"),
	FORBIDDEN("Z6.1+mb+mb+mb"),
	ALLOWED("Z6.3+mb+mb+ctrl"), ALLOWED("Z6.3+mb+rel+rmb"),
	FORBIDDEN("Z6.3+mb+wmb+mb"), FORBIDDEN("Z6.3+mb+mb+addr"),
	ALLOWED("Z6.4+rel+mb+mb"), FORBIDDEN("Z6.4+mb+mb+mb"),
	ALLOWED("Z6.5+mb+rel+mb"), FORBIDDEN("Z6.5+mb+mb+mb"),
	ALLOWED("WWC+data+acq"), ALLOWED("WWC+acq+mb"),
	FORBIDDEN("WWC+sr+data"), FORBIDDEN("WWC+rel+addr"),
	ALLOWED("WRW+2W+rel+mb"), FORBIDDEN("WRW+2W+mb+mb"),
	ALLOWED("WRW+WR+rel+mb"), FORBIDDEN("WRW+WR+mb+xchg"),
	ALLOWED("WRR+2W+acq+mb"), FORBIDDEN("WRR+2W+mb+mb"),
	ALLOWED("3.SB+mb+mb+po"), FORBIDDEN("3.SB+mb+mb+mb"),
	FORBIDDEN("3.LB+data+data+data"), ALLOWED("3.LB+data+data+po"),
	FORBIDDEN("3.2W+mb+mb+mb"),
	ALLOWED("IRIW+rmb+rmb"), ALLOWED("IRIW+acq+acq"),
	ALLOWED("IRIW+mb+rmb"), FORBIDDEN("IRIW+mb+mb"),
	ALLOWED("IRRWIW+mb+rel"), FORBIDDEN("IRRWIW+mb+mb"),
	ALLOWED("IRWIW+rel+rel"), FORBIDDEN("IRWIW+mb+fadd"),

	FORBIDDEN("CoRR+po"), FORBIDDEN("CoWW+po"), FORBIDDEN("CoRW1+po"),
	FORBIDDEN("CoWR+po"),
};

static void contract_case_desc(const struct contract_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(contract, contract_cases, contract_case_desc);

static void contract_as_herd7_says(struct kunit *test)
{
	const struct contract_case *c = test->param_value;
	struct membar_test t;

	KUNIT_ASSERT_EQ(test, membar_test_parse(c->name, &t, NULL), 0);
	KUNIT_EXPECT_EQ(test, membar_test_contract(&t), c->contract);
}

/* Full order everywhere forbids each shape; none of them forbids itself. */
static void contract_of_each_shape(struct kunit *test)
{
	const struct membar_shape *shape = shape_of(test);
	const bool coherence = !strncmp(shape->name, "Co", 2);
	struct membar_test t = { .shape = shape };
	unsigned int thread;

	KUNIT_EXPECT_EQ(test, membar_test_contract(&t),
			coherence ? MEMBAR_FORBIDDEN : MEMBAR_ALLOWED);
	for (thread = 0; thread < MEMBAR_MAX_THREADS; thread++)
		if (membar_thread_has_edge(shape, thread))
			t.edge[thread] = MEMBAR_EDGE_SMP_FULL;
	KUNIT_EXPECT_EQ(test, membar_test_contract(&t), MEMBAR_FORBIDDEN);
}

/*
 * No edge orders more than a full barrier: what is forbidden stays so when any
 * one edge of it is made full.
 */
static void contract_is_monotone(struct kunit *test)
{
	const struct membar_shape *shape = shape_of(test);
	struct membar_pattern pattern;
	struct membar_test t, stronger;
	char name[MEMBAR_NAME_LEN];
	unsigned int thread;

	star_name(shape, name, sizeof(name));
	KUNIT_ASSERT_EQ(test, membar_pattern_parse(name, &pattern, NULL), 0);
	membar_pattern_first(&pattern, &t);
	do {
		if (membar_test_contract(&t) != MEMBAR_FORBIDDEN)
			continue;
		membar_test_name(&t, name, sizeof(name));
		for (thread = 0; thread < MEMBAR_MAX_THREADS; thread++) {
			if (!membar_thread_has_edge(shape, thread))
				continue;
			stronger = t;
			stronger.edge[thread] = MEMBAR_EDGE_SMP_FULL;
			KUNIT_EXPECT_EQ_MSG(test,
					    membar_test_contract(&stronger),
					    MEMBAR_FORBIDDEN,
					    "%s, thread %u made full", name,
					    thread);
		}
	} while (membar_pattern_next(&pattern, &t));
}

static void verdict_of_each_contract(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_FORBIDDEN, 0, 1000),
			MEMBAR_PASS);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_FORBIDDEN, 0, 10),
			MEMBAR_PASS);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_FORBIDDEN, 0, 9),
			MEMBAR_BLIND);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_FORBIDDEN, 0, 0),
			MEMBAR_BLIND);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_FORBIDDEN, 1, 0),
			MEMBAR_FAIL);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_FORBIDDEN, 1, 1000),
			MEMBAR_FAIL);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_ALLOWED, 1, 0),
			MEMBAR_SEEN);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_ALLOWED, 0, 1000),
			MEMBAR_NOT_SEEN);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_UNPROMISED, 1, 1000),
			MEMBAR_INFO);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_UNPROMISED, 0, 0),
			MEMBAR_INFO);
}

/* The cases that are not simply those above. */
struct judge_case {
	const char *name;
	enum membar_contract contract;
	struct membar_evidence evidence;
	enum membar_verdict verdict;
	const char *reason;
};

static const char alone[] = "its threads never ran together";

static const struct judge_case judge_cases[] = {
	{ "pass", MEMBAR_FORBIDDEN,
	  { .batches = 1, .observed = 1, .control_seen = 1, .expected = 10 },
	  MEMBAR_PASS, "" },
	{ "blind", MEMBAR_FORBIDDEN, { .batches = 1, .observed = 1 },
	  MEMBAR_BLIND, "" },
	{ "too little", MEMBAR_FORBIDDEN,
	  { .batches = 1, .observed = 1, .control_seen = 1000, .expected = 9 },
	  MEMBAR_BLIND, "9 expected, 10 would be enough" },
	{ "far too little", MEMBAR_FORBIDDEN,
	  { .batches = 1, .observed = 1, .control_seen = 1 },
	  MEMBAR_BLIND, "0 expected, 10 would be enough" },
	{ "fail", MEMBAR_FORBIDDEN,
	  { .batches = 1, .observed = 1, .seen = 1, .control_seen = 1 },
	  MEMBAR_FAIL, "" },
	{ "seen", MEMBAR_ALLOWED,
	  { .batches = 1, .observed = 1, .seen = 1 }, MEMBAR_SEEN, "" },
	{ "not seen", MEMBAR_ALLOWED, { .batches = 1, .observed = 1 },
	  MEMBAR_NOT_SEEN, "" },
	{ "info", MEMBAR_UNPROMISED,
	  { .batches = 1, .observed = 1, .seen = 1, .control_seen = 1 },
	  MEMBAR_INFO, "" },
	{ "never ran", MEMBAR_FORBIDDEN,
	  { .control_seen = 1, .expected = 99 }, MEMBAR_SKIP, "" },
	{ "never ran, allowed", MEMBAR_ALLOWED, { }, MEMBAR_SKIP, "" },
	{ "incoherent", MEMBAR_FORBIDDEN,
	  { .batches = 2, .unsound = 1, .observed = 1, .expected = 99 },
	  MEMBAR_FAIL, "incoherent log" },
	{ "incoherent, allowed", MEMBAR_ALLOWED,
	  { .batches = 1, .unsound = 1, .seen = 1 },
	  MEMBAR_FAIL, "incoherent log" },
	{ "not together", MEMBAR_FORBIDDEN,
	  { .batches = 3, .control_seen = 1 }, MEMBAR_BLIND, alone },
	{ "not together, blind", MEMBAR_FORBIDDEN, { .batches = 3 },
	  MEMBAR_BLIND, alone },
	{ "not together, allowed", MEMBAR_ALLOWED, { .batches = 3 },
	  MEMBAR_NOT_SEEN, alone },
	{ "not together, yet seen", MEMBAR_FORBIDDEN,
	  { .batches = 3, .stray = 1, .expected = 99 },
	  MEMBAR_FAIL, "seen in batches that do not count" },
	{ "seen here and there", MEMBAR_FORBIDDEN,
	  { .batches = 3, .observed = 3, .seen = 1, .stray = 1 },
	  MEMBAR_FAIL, "" },
	{ "gave up", MEMBAR_FORBIDDEN,
	  { .batches = 3, .observed = 3, .stray = 1, .stuck = 1 },
	  MEMBAR_FAIL, "a thread gave up waiting for another one" },
};

static void judge_case_desc(const struct judge_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(judge, judge_cases, judge_case_desc);

static void judge_looks_at_all_evidence(struct kunit *test)
{
	const struct judge_case *c = test->param_value;
	char reason[64] = "";

	KUNIT_EXPECT_EQ(test, membar_judge(c->contract, &c->evidence, reason,
					   sizeof(reason)), c->verdict);
	KUNIT_EXPECT_STREQ(test, reason, c->reason);
}

struct enough_case {
	struct membar_so_far so_far;
	bool enough;
};

static const struct enough_case enough_cases[] = {
	/* A control that trips goes on until that is no accident. */
	{ { .seen = 1, .together = 800, .duration = 800 }, false },
	{ { .seen = 9, .together = 800, .duration = 800 }, false },
	{ { .seen = 10, .duration = 800 }, true },
	/* One that does not trip, until its threads have had the time. */
	{ { .together = 0, .duration = 800 }, false },
	{ { .together = 99, .duration = 800 }, false },
	{ { .together = 100, .duration = 800 }, true },
	/* A forbidden test, until it would have shown. */
	{ { .has_control = true, .control_seen = 1, .expected = 9,
	    .together = 800, .duration = 800 }, false },
	{ { .has_control = true, .control_seen = 1, .expected = 10,
	    .duration = 800 }, true },
	/* It fails: no more is needed. */
	{ { .has_control = true, .control_seen = 1, .seen = 1,
	    .duration = 800 }, true },
	/* Without evidence that it could show, it goes on in vain. */
	{ { .has_control = true, .duration = 800 }, true },
};

/* When a test whose time is up may end. */
static void enough_by_kind_of_test(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(enough_cases); i++)
		KUNIT_EXPECT_EQ_MSG(test, membar_enough(&enough_cases[i].so_far),
				    enough_cases[i].enough, "case %u", i);
}

/*
 * Campaigns
 * =========
 */

static struct membar_job *alloc_jobs(struct kunit *test)
{
	struct membar_job *jobs = kunit_kcalloc(test, MEMBAR_MAX_JOBS,
						sizeof(*jobs), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, jobs);
	return jobs;
}

/*
 * Each control comes earlier and is allowed: of an invariant its twin, of a
 * litmus test the same shape without order, or the twin of that.
 */
static void check_control(struct kunit *test, const struct membar_job *jobs,
			  int j)
{
	const struct membar_job *job = &jobs[j], *control;
	struct membar_test bare;

	if (!job->invariant && !job->twin)
		KUNIT_EXPECT_EQ(test, job->contract,
				membar_test_contract(&job->test));
	if (job->contract == MEMBAR_ALLOWED) {
		KUNIT_EXPECT_EQ(test, job->control, MEMBAR_NO_CONTROL);
		return;
	}
	KUNIT_EXPECT_FALSE(test, job->twin);
	KUNIT_ASSERT_NE(test, job->control, MEMBAR_NO_CONTROL);
	KUNIT_ASSERT_LT(test, job->control, j);
	control = &jobs[job->control];
	KUNIT_EXPECT_EQ(test, control->contract, MEMBAR_ALLOWED);
	KUNIT_EXPECT_EQ(test, control->control, MEMBAR_NO_CONTROL);
	KUNIT_EXPECT_EQ(test, control->invariant, job->invariant);
	if (job->invariant) {
		KUNIT_EXPECT_TRUE(test, control->twin);
		return;
	}
	membar_test_control(&job->test, &bare);
	KUNIT_EXPECT_TRUE(test, membar_test_equal(&control->test, &bare));
	KUNIT_EXPECT_EQ(test, control->twin,
			membar_test_contract(&bare) == MEMBAR_FORBIDDEN);
}

static void check_controls(struct kunit *test, const struct membar_job *jobs,
			   int nr)
{
	int j;

	for (j = 0; j < nr; j++)
		check_control(test, jobs, j);
}

static void campaign_puts_the_control_first(struct kunit *test)
{
	struct membar_job *jobs = alloc_jobs(test);
	int nr;

	nr = membar_campaign_make("SB+mb+mb,SB+xchg+mb,MP+wmb+po,SB,SB+mbs",
				  jobs, MEMBAR_MAX_JOBS, NULL);
	KUNIT_ASSERT_EQ(test, nr, 4);
	check_controls(test, jobs, nr);
	KUNIT_EXPECT_EQ(test, jobs[0].contract, MEMBAR_ALLOWED);
	KUNIT_EXPECT_EQ(test, jobs[1].control, 0);
	KUNIT_EXPECT_EQ(test, jobs[2].control, 0);
	KUNIT_EXPECT_EQ(test, jobs[3].control, MEMBAR_NO_CONTROL);
}

static void campaign_all_and_smoke(struct kunit *test)
{
	struct membar_job *jobs = alloc_jobs(test);
	struct membar_why why = { };
	unsigned int s;
	int nr, j;

	nr = membar_campaign_make("smoke", jobs, MEMBAR_MAX_JOBS, &why);
	KUNIT_ASSERT_GT_MSG(test, nr, 0, "%s", why.text);
	check_controls(test, jobs, nr);

	nr = membar_campaign_make("all", jobs, MEMBAR_MAX_JOBS, &why);
	KUNIT_ASSERT_GT_MSG(test, nr, 0, "%s", why.text);
	check_controls(test, jobs, nr);
	for (s = 0; s < membar_nr_shapes; s++) {
		for (j = 0; j < nr; j++)
			if (jobs[j].test.shape == &membar_shapes[s])
				break;
		KUNIT_EXPECT_LT_MSG(test, j, nr, "%s is not in it",
				    membar_shapes[s].name);
	}
}

static bool same_job(const struct membar_job *a, const struct membar_job *b)
{
	return a->invariant == b->invariant && a->twin == b->twin &&
	       membar_test_equal(&a->test, &b->test);
}

static unsigned int times_in(const struct membar_job *job,
			     const struct membar_job *jobs, int nr)
{
	unsigned int n = 0;
	int j;

	for (j = 0; j < nr; j++)
		n += same_job(job, &jobs[j]);
	return n;
}

/*
 * Run apart, the shares have every test of the whole once.  A control is once in
 * each share that has one of its tests, and one share has it for itself.
 */
static void check_shards(struct kunit *test, const char *name, u32 shards)
{
	struct membar_job *whole = alloc_jobs(test), *share = alloc_jobs(test);
	u8 *seen = kunit_kzalloc(test, MEMBAR_MAX_JOBS, GFP_KERNEL);
	int nr = membar_campaign_make(name, whole, MEMBAR_MAX_JOBS, NULL);
	unsigned int wrong = 0, n;
	int j, left;
	u32 shard;

	KUNIT_ASSERT_NOT_NULL(test, seen);
	KUNIT_ASSERT_GT_MSG(test, nr, 0, "%s", name);
	for (shard = 1; shard <= shards; shard++) {
		memcpy(share, whole, nr * sizeof(*share));
		left = membar_campaign_shard(share, nr, shard, shards);
		check_controls(test, share, left);
		for (j = 0; j < nr; j++) {
			n = times_in(&whole[j], share, left);
			wrong += n > 1;
			if (whole[j].control != MEMBAR_NO_CONTROL)
				seen[j] += n;
			else
				seen[j] |= n;
		}
		/* Whatever is in the share is in the whole. */
		for (j = 0; j < left; j++)
			wrong += times_in(&share[j], whole, nr) != 1;
	}
	for (j = 0; j < nr; j++)
		wrong += seen[j] != 1;
	KUNIT_EXPECT_EQ_MSG(test, wrong, 0, "%s in %u shards", name, shards);
}

static void campaign_in_shards(struct kunit *test)
{
	check_shards(test, "all", 1);
	check_shards(test, "all", 2);
	check_shards(test, "all", 7);
	check_shards(test, "litmus", 200);
	check_shards(test, "SB+mbs", 3);
}

/* Every test of two threads with edges of smp barriers is in it, once. */
static void campaign_public(struct kunit *test)
{
	static const char *const names[] = {
		"SB+*+*", "MP+*+*", "LB+*+*", "S+*+*", "R+*+*", "2+2W+*+*",
		"3.LB+datas", "SB+dma_mbs", "spsc_ring",
	};
	struct membar_job *jobs = alloc_jobs(test), *some = alloc_jobs(test);
	struct membar_why why = { };
	unsigned int i, wrong = 0;
	int nr, k, j;

	nr = membar_campaign_make("public", jobs, MEMBAR_MAX_JOBS, &why);
	KUNIT_ASSERT_GT_MSG(test, nr, 0, "%s", why.text);
	check_controls(test, jobs, nr);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		k = membar_campaign_make(names[i], some, MEMBAR_MAX_JOBS, NULL);
		KUNIT_ASSERT_GT_MSG(test, k, 0, "%s", names[i]);
		for (j = 0; j < k; j++)
			wrong += times_in(&some[j], jobs, nr) != 1;
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
	nr = membar_campaign_shard(jobs, nr, 3, 16);
	check_controls(test, jobs, nr);
	/* A sixteenth, and the controls of it. */
	KUNIT_EXPECT_TRUE_MSG(test, nr > 80 && nr < 180, "%d tests", nr);
}

/* Each invariant comes after its twin, which may be asked for by its name. */
static void campaign_of_invariants(struct kunit *test)
{
	struct membar_job *jobs = alloc_jobs(test);
	char name[MEMBAR_NAME_LEN];
	int nr;

	nr = membar_campaign_make("u32_fetch_add,busted_u32_fetch_add,spsc_ring,SB+mb+mb",
				  jobs, MEMBAR_MAX_JOBS, NULL);
	KUNIT_ASSERT_EQ(test, nr, 6);
	check_controls(test, jobs, nr);
	KUNIT_EXPECT_EQ(test, jobs[1].control, 0);
	KUNIT_EXPECT_EQ(test, jobs[3].control, 2);
	membar_job_name(&jobs[0], name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, "busted_u32_fetch_add");
	membar_job_name(&jobs[1], name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, "u32_fetch_add");
	membar_job_name(&jobs[5], name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, "SB+mb+mb");

	nr = membar_campaign_make("SB,busted_u32_add,u32_add,u32_add,MP", jobs,
				  MEMBAR_MAX_JOBS, NULL);
	KUNIT_EXPECT_EQ(test, nr, 4);
	KUNIT_EXPECT_TRUE(test, jobs[1].twin);
	KUNIT_EXPECT_EQ(test, jobs[2].control, 1);
	check_controls(test, jobs, nr);

	nr = membar_campaign_make("atomics", jobs, MEMBAR_MAX_JOBS, NULL);
	KUNIT_ASSERT_EQ(test, nr, 2 * (MEMBAR_NR_INVARIANTS - 1));
	check_controls(test, jobs, nr);
}

/* Of coherence: the control is the bare shape with its accesses exchanged. */
static void campaign_of_coherence(struct kunit *test)
{
	struct membar_job *jobs = alloc_jobs(test);
	char name[MEMBAR_NAME_LEN];
	int nr;

	nr = membar_campaign_make("CoRR+mb,CoRR,CoWR,busted_CoWR", jobs, 9, NULL);
	KUNIT_ASSERT_EQ(test, nr, 5);
	check_controls(test, jobs, nr);
	membar_job_name(&jobs[0], name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, "busted_CoRR+po");
	KUNIT_EXPECT_EQ(test, jobs[1].control, 0);
	KUNIT_EXPECT_EQ(test, jobs[2].control, 0);
	membar_job_name(&jobs[3], name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, "busted_CoWR+po");
}

/* Those that are about one thread and another have two, others all there are. */
static void threads_of_invariants(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_u32_add, 1), 2);
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_u32_add, 2), 2);
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_u32_add, 16), 16);
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_u32_add, 17), 16);
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_bit_lock, 3), 3);
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_seqlock, 9), 2);
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_spsc_ring_order, 9),
			2);
}

static void campaign_refuses_what_is_wrong(struct kunit *test)
{
	struct membar_job *jobs = alloc_jobs(test);
	struct membar_why why = { };

	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB,,MP", jobs, 9, &why),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB,", jobs, 9, &why),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB,XX+po", jobs, 9, &why),
			-EINVAL);
	KUNIT_EXPECT_STREQ(test, why.text, "no such shape: 'XX+po'");
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB+*+*", jobs, 9, &why),
			-EINVAL);
	KUNIT_EXPECT_STREQ(test, why.text, "more than 9 tests");
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB,MP", jobs, 2, &why), 2);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB,busted_u32_add", jobs, 1,
						   &why), -EINVAL);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB,u32_add", jobs, 2, &why),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("busted_SB", jobs, 9, &why),
			-EINVAL);
	KUNIT_EXPECT_STREQ(test, why.text, "no such test: 'busted_SB'");
	KUNIT_EXPECT_EQ(test, membar_campaign_make("busted_", jobs, 9, &why),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB+mbs", jobs, 1, &why),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB+po+mandatory_rmb+mandatory_rmb+mandatory_rmb+mandatory_rmb+mandatory_rmb",
						   jobs, 9, &why), -EINVAL);
}

/*
 * Counting
 * ========
 */

#define BRUTE_N	7
#define ROUNDS	500

/* What each read returned, by iteration and as the engine notes it. */
struct logs {
	u32 value[MEMBAR_MAX_READS][BRUTE_N + 1];
	struct membar_stretch stretch[MEMBAR_MAX_READS][MEMBAR_LOG_ROOM(BRUTE_N)];
	struct membar_log log[MEMBAR_MAX_READS];
	u32 n;
};

static void note_logs(struct logs *l, unsigned int nr_reads)
{
	unsigned int r;
	u32 i;

	for (r = 0; r < nr_reads; r++) {
		l->log[r].stretch = l->stretch[r];
		membar_log_open(&l->log[r]);
		for (i = 1; i <= l->n; i++)
			membar_log_add(&l->log[r], i, l->value[r][i]);
		membar_log_close(&l->log[r], l->n);
	}
}

/* A generator of one's own: the same logs on every machine. */
static u32 next_random(u64 *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return *state >> 33;
}

/* Rising values between 0 and n, as coherence demands. */
static void random_logs(struct logs *l, unsigned int nr_reads, u64 *state)
{
	unsigned int r;
	u32 i, j, v;

	l->n = 1 + next_random(state) % BRUTE_N;
	for (r = 0; r < nr_reads; r++) {
		l->value[r][0] = 0;
		for (i = 1; i <= l->n; i++) {
			v = next_random(state) % (l->n + 1);
			for (j = i; j > 1 && l->value[r][j - 1] > v; j--)
				l->value[r][j] = l->value[r][j - 1];
			l->value[r][j] = v;
		}
	}
	note_logs(l, nr_reads);
}

/*
 * What one frame shows, by definition: a read saw its writer's iteration if it
 * returned that iteration's value or a later one.
 */
static unsigned int frame_outcome(const struct membar_plan *plan,
				  const struct logs *l, const u32 *iteration)
{
	unsigned int r, outcome = 0;

	for (r = 0; r < plan->nr_reads; r++)
		if (l->value[r][iteration[plan->read[r].thread]] >=
		    iteration[plan->read[r].writer])
			outcome |= 1 << (2 * r);
	return outcome;
}

/* The next combination of iterations, like an odometer. */
static bool next_frame(const struct membar_plan *plan, u32 n, u32 *iteration)
{
	unsigned int t;

	for (t = 0; t < plan->nr_threads; t++) {
		if (++iteration[t] <= n)
			return true;
		iteration[t] = 1;
	}
	return false;
}

/*
 * How many iterations of the starting thread are part of a frame with the
 * target outcome, and which outcomes there are at all.
 */
static u64 brute_force(const struct membar_plan *plan, const struct logs *l,
		       bool *exists)
{
	u32 iteration[MEMBAR_MAX_THREADS] = { 1, 1, 1, 1 };
	bool hit[BRUTE_N + 1] = { };
	unsigned int outcome;
	u64 hits = 0;
	u32 i;

	memset(exists, 0, MEMBAR_NR_OUTCOMES * sizeof(*exists));
	do {
		outcome = frame_outcome(plan, l, iteration);
		exists[outcome] = true;
		if (outcome == plan->target)
			hit[iteration[plan->start]] = true;
	} while (next_frame(plan, l->n, iteration));

	for (i = 1; i <= l->n; i++)
		hits += hit[i];
	return hits;
}

static void count_is_that_of_brute_force(struct kunit *test)
{
	const struct membar_shape *shape = shape_of(test);
	u64 state = 1, total, added, want, targets = 0;
	struct membar_plan plan;
	unsigned int round, o;
	struct logs *l;
	u64 *hist;
	bool *exists;

	membar_plan_make(shape, &plan);
	if (plan.walk == MEMBAR_WALK_NONE)
		kunit_skip(test, "final values decide it");

	l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);
	hist = kunit_kcalloc(test, MEMBAR_NR_OUTCOMES, sizeof(*hist),
			     GFP_KERNEL);
	exists = kunit_kcalloc(test, MEMBAR_NR_OUTCOMES, sizeof(*exists),
			       GFP_KERNEL);
	KUNIT_ASSERT_TRUE(test, l && hist && exists);

	for (round = 0; round < ROUNDS; round++) {
		random_logs(l, plan.nr_reads, &state);
		memset(hist, 0, MEMBAR_NR_OUTCOMES * sizeof(*hist));
		added = membar_count_perpetual(&plan, l->log, l->n, 1, l->n,
					       hist);
		want = brute_force(&plan, l, exists);
		KUNIT_ASSERT_EQ_MSG(test, hist[plan.target], want, "round %u",
				    round);
		targets += want;

		for (total = 0, o = 0; o < MEMBAR_NR_OUTCOMES; o++) {
			total += hist[o];
			KUNIT_ASSERT_TRUE_MSG(test, !hist[o] || exists[o],
					      "outcome %u did not happen", o);
		}
		KUNIT_ASSERT_EQ(test, total, added);
		KUNIT_ASSERT_LE(test, total,
				(u64)l->n << (plan.nr_reads - 1));
	}
	/* A search that never finds anything proves nothing. */
	KUNIT_EXPECT_GT(test, targets, 0);
}

static void count_can_be_shared_out(struct kunit *test)
{
	const struct membar_shape *shape = shape_of(test);
	struct membar_plan plan;
	u64 *whole, *parts;
	unsigned int round;
	struct logs *l;
	u64 state = 2;
	u32 cut;

	membar_plan_make(shape, &plan);
	if (plan.walk == MEMBAR_WALK_NONE)
		kunit_skip(test, "final values decide it");

	l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);
	whole = kunit_kcalloc(test, MEMBAR_NR_OUTCOMES, sizeof(*whole),
			      GFP_KERNEL);
	parts = kunit_kcalloc(test, MEMBAR_NR_OUTCOMES, sizeof(*parts),
			      GFP_KERNEL);
	KUNIT_ASSERT_TRUE(test, l && whole && parts);

	for (round = 0; round < ROUNDS; round++) {
		random_logs(l, plan.nr_reads, &state);
		cut = next_random(&state) % (l->n + 1);
		membar_count_perpetual(&plan, l->log, l->n, 1, l->n, whole);
		membar_count_perpetual(&plan, l->log, l->n, 1, cut, parts);
		membar_count_perpetual(&plan, l->log, l->n, cut + 1, l->n,
				       parts);
		KUNIT_ASSERT_EQ(test, memcmp(whole, parts,
					     MEMBAR_NR_OUTCOMES * sizeof(*whole)),
				0);
	}
}

/*
 * A run that is sequentially consistent, whatever the shape: the threads take
 * turns, one whole iteration each, and nothing weak may be counted.
 */
static void count_of_a_strong_run_is_zero(struct kunit *test)
{
	const struct membar_shape *shape = shape_of(test);
	struct membar_plan plan;
	struct logs *l;
	unsigned int r;
	u64 *hist;
	u32 i;

	membar_plan_make(shape, &plan);
	if (plan.walk == MEMBAR_WALK_NONE)
		kunit_skip(test, "final values decide it");

	l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);
	hist = kunit_kcalloc(test, MEMBAR_NR_OUTCOMES, sizeof(*hist),
			     GFP_KERNEL);
	KUNIT_ASSERT_TRUE(test, l && hist);

	l->n = BRUTE_N;
	for (r = 0; r < plan.nr_reads; r++) {
		/* Earlier threads have made this round already; CoRW1 has not. */
		for (i = 1; i <= l->n; i++)
			l->value[r][i] = plan.read[r].writer <
					 plan.read[r].thread ? i : i - 1;
	}
	note_logs(l, plan.nr_reads);
	membar_count_perpetual(&plan, l->log, l->n, 1, l->n, hist);
	KUNIT_EXPECT_EQ(test, hist[plan.target], 0);
}

static bool values_sound(struct logs *l, u32 a, u32 b, u32 c, u32 d)
{
	l->n = 4;
	l->value[0][1] = a;
	l->value[0][2] = b;
	l->value[0][3] = c;
	l->value[0][4] = d;
	note_logs(l, 1);
	return membar_log_sound(&l->log[0], l->n);
}

static void log_that_falls_is_unsound(struct kunit *test)
{
	struct logs *l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, l);
	KUNIT_EXPECT_TRUE(test, values_sound(l, 0, 1, 1, 3));
	KUNIT_EXPECT_TRUE(test, values_sound(l, 0, 0, 0, 0));
	KUNIT_EXPECT_TRUE(test, values_sound(l, 4, 4, 4, 4));
	KUNIT_EXPECT_FALSE(test, values_sound(l, 0, 1, 0, 3));
	KUNIT_EXPECT_FALSE(test, values_sound(l, 2, 1, 1, 1));
	KUNIT_EXPECT_FALSE(test, values_sound(l, 0, 3, 3, 2));
	KUNIT_EXPECT_FALSE(test, values_sound(l, 0, 1, 1, 5));
}

static void log_keeps_what_was_read(struct kunit *test)
{
	struct logs *l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);
	const struct membar_stretch *s;

	KUNIT_ASSERT_NOT_NULL(test, l);
	s = l->stretch[0];
	values_sound(l, 0, 2, 2, 3);
	KUNIT_ASSERT_EQ(test, l->log[0].nr, 3);
	KUNIT_EXPECT_EQ(test, s[0].from, 1);
	KUNIT_EXPECT_EQ(test, s[0].value, 0);
	KUNIT_EXPECT_EQ(test, s[1].from, 2);
	KUNIT_EXPECT_EQ(test, s[1].value, 2);
	KUNIT_EXPECT_EQ(test, s[2].from, 4);
	KUNIT_EXPECT_EQ(test, s[2].value, 3);
	KUNIT_EXPECT_EQ(test, s[3].from, 5);

	/* All different: the most that there has to be room for. */
	values_sound(l, 1, 2, 3, 4);
	KUNIT_EXPECT_EQ(test, l->log[0].nr + 1, MEMBAR_LOG_ROOM(4));
}

static void plan_asks_for_the_right_outcome(struct kunit *test)
{
	const struct shape_case *c = test->param_value;
	char name[MEMBAR_NAME_LEN];
	struct membar_plan plan;

	membar_plan_make(shape_of(test), &plan);
	membar_outcome_name(&plan, plan.target, name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, c->target);
	KUNIT_EXPECT_EQ(test, plan.walk != MEMBAR_WALK_NONE, c->perpetual);
	KUNIT_EXPECT_EQ(test, (unsigned int)ARRAY_SIZE(shape_cases), membar_nr_shapes);
}

/* A name that is too long for its place is cut, and nothing behind it touched. */
static void names_are_cut_to_their_place(struct kunit *test)
{
	struct membar_request r;
	struct membar_plan plan;
	struct membar_test t;
	char name[16];

	memset(name, '#', sizeof(name));
	KUNIT_ASSERT_EQ(test, membar_test_parse("SB+mb+xchg", &t, NULL), 0);
	KUNIT_EXPECT_EQ(test, membar_test_name(&t, name, 8), 7);
	KUNIT_EXPECT_STREQ(test, name, "SB+mb+x");
	KUNIT_EXPECT_EQ(test, name[8], '#');
	KUNIT_EXPECT_EQ(test, membar_test_name(&t, name, 4), 3);

	memset(name, '#', sizeof(name));
	membar_plan_make(t.shape, &plan);
	KUNIT_EXPECT_EQ(test, membar_outcome_name(&plan, 0, name, 8), 7);
	KUNIT_EXPECT_STREQ(test, name, "0:y=0 1");
	KUNIT_EXPECT_EQ(test, name[8], '#');

	memset(name, '#', sizeof(name));
	KUNIT_ASSERT_EQ(test, parse("SB cpus=1,2", &r, NULL), 0);
	KUNIT_EXPECT_EQ(test, membar_request_name(&r, name, 15), 14);
	KUNIT_EXPECT_STREQ(test, name, "test=SB cpus=1");
	KUNIT_EXPECT_EQ(test, name[15], '#');
}

static struct kunit_case stress_cases[] = {
	KUNIT_CASE_PARAM(name_is_read_as_meant, name_gen_params),
	KUNIT_CASE_PARAM(name_of_each_test_is_read_back, shape_gen_params),
	KUNIT_CASE(wildcard_of_a_flavour),
	KUNIT_CASE(wildcard_of_all_edges),
	KUNIT_CASE(request_defaults),
	KUNIT_CASE(request_at_the_limits),
	KUNIT_CASE(request_for_cpus),
	KUNIT_CASE(request_in_any_order),
	KUNIT_CASE(request_can_be_pasted_back),
	KUNIT_CASE(request_for_a_budget),
	KUNIT_CASE(request_picks_an_engine),
	KUNIT_CASE(request_that_cannot_run),
	KUNIT_CASE(request_picks_a_batch),
	KUNIT_CASE_PARAM(request_refused_with_a_reason, refused_gen_params),
	KUNIT_CASE(request_with_nul_bytes_refused),
	KUNIT_CASE(request_too_long_refused),
	KUNIT_CASE_PARAM(contract_as_herd7_says, contract_gen_params),
	KUNIT_CASE_PARAM(contract_of_each_shape, shape_gen_params),
	KUNIT_CASE_PARAM(contract_is_monotone, shape_gen_params),
	KUNIT_CASE(verdict_of_each_contract),
	KUNIT_CASE_PARAM(judge_looks_at_all_evidence, judge_gen_params),
	KUNIT_CASE(enough_by_kind_of_test),
	KUNIT_CASE(campaign_puts_the_control_first),
	KUNIT_CASE(campaign_all_and_smoke),
	KUNIT_CASE(campaign_in_shards),
	KUNIT_CASE(campaign_public),
	KUNIT_CASE(campaign_of_invariants),
	KUNIT_CASE(campaign_of_coherence),
	KUNIT_CASE(threads_of_invariants),
	KUNIT_CASE(campaign_refuses_what_is_wrong),
	KUNIT_CASE_PARAM(plan_asks_for_the_right_outcome, shape_gen_params),
	KUNIT_CASE_PARAM(count_is_that_of_brute_force, shape_gen_params),
	KUNIT_CASE_PARAM(count_can_be_shared_out, shape_gen_params),
	KUNIT_CASE_PARAM(count_of_a_strong_run_is_zero, shape_gen_params),
	KUNIT_CASE(log_that_falls_is_unsound),
	KUNIT_CASE(log_keeps_what_was_read),
	KUNIT_CASE(names_are_cut_to_their_place),
	KUNIT_CASE(array_of_each_outcome),
	KUNIT_CASE(array_in_shares),
	KUNIT_CASE(array_with_strange_values),
	KUNIT_CASE(array_tags),
	KUNIT_CASE(aim_delays_one_thread_at_most),
	KUNIT_CASE(aim_of_each_layout),
	KUNIT_CASE(aiming_tries_every_aim),
	KUNIT_CASE(aiming_keeps_the_best),
	KUNIT_CASE(aiming_compares_rates),
	KUNIT_CASE(aiming_that_sees_nothing),
	KUNIT_CASE(aiming_forgets),
	KUNIT_CASE(account_of_each_overlap),
	KUNIT_CASE(account_is_that_of_a_search),
	KUNIT_CASE(account_of_what_was_cut_short),
	KUNIT_CASE(result_leaves_out_what_does_not_count),
	KUNIT_CASE(expected_by_the_rate_of_the_control),
	KUNIT_CASE(judge_of_each_job),
	KUNIT_CASE(report_ktap),
	KUNIT_CASE(report_histogram),
	KUNIT_CASE(report_json),
	KUNIT_CASE(report_log),
	KUNIT_CASE(report_progress),
	KUNIT_CASE(report_of_other_states),
	KUNIT_CASE(report_of_an_error),
	KUNIT_CASE(report_of_a_refusal_after_results),
	KUNIT_CASE(report_of_what_is_valid),
	{}
};

static struct kunit_suite stress_suite = {
	.name = "membar_stress",
	.test_cases = stress_cases,
};

kunit_test_suite(stress_suite);

MODULE_DESCRIPTION("KUnit tests of the stress harness's pure parts");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
