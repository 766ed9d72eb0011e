// SPDX-License-Identifier: GPL-2.0
/*
 * Requests: what each word of the line means, and the engine and the size of a
 * batch that follow from it.  Cases of the suite membar_stress.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../selftests/stress/stress.h"
#include "stress_kunit.h"

int stress_parse(const char *text, struct membar_request *request,
		 struct membar_why *why)
{
	return membar_request_parse(text, strlen(text), request, why);
}

void request_defaults(struct kunit *test)
{
	struct membar_request r;

	KUNIT_ASSERT_EQ(test, stress_parse("SB+mb+mb\n", &r, NULL), 0);
	KUNIT_EXPECT_STREQ(test, r.tests, "SB+mb+mb");
	KUNIT_EXPECT_EQ(test, r.nr_cpus, 0);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 1000);
	KUNIT_EXPECT_EQ(test, r.patience_ms, 20000);
	KUNIT_EXPECT_EQ(test, r.engine, MEMBAR_ENGINE_AUTO);
	KUNIT_EXPECT_EQ(test, r.seed, 0);
	KUNIT_EXPECT_EQ(test, r.size, 0);
	KUNIT_EXPECT_EQ(test, r.stride, 0);
	KUNIT_EXPECT_FALSE(test, r.outline);
	KUNIT_EXPECT_FALSE(test, r.oversubscribe);
	KUNIT_EXPECT_TRUE(test, r.wait);
}

/* What is as small or as large as it may be; one more is refused below. */
void request_at_the_limits(struct kunit *test)
{
	static const char least[] =
		"SB duration_ms=1 patience_ms=0 size=16 stride=4 seed=0 cpus=4294967295";
	static const char most[] =
		"SB shard=1024/1024 size=1048576 stride=4096 engine=perpetual cpus=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15";
	struct membar_request r;

	KUNIT_ASSERT_EQ(test, stress_parse(least, &r, NULL), 0);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 1);
	KUNIT_EXPECT_EQ(test, r.patience_ms, 0);
	KUNIT_EXPECT_EQ(test, r.size, 16);
	KUNIT_EXPECT_EQ(test, r.stride, 4);
	KUNIT_EXPECT_EQ(test, r.seed, 0);
	KUNIT_EXPECT_EQ(test, r.nr_cpus, 1);
	KUNIT_EXPECT_EQ(test, r.cpus[0], U32_MAX);

	KUNIT_ASSERT_EQ(test, stress_parse(most, &r, NULL), 0);
	KUNIT_EXPECT_EQ(test, r.shard, 1024);
	KUNIT_EXPECT_EQ(test, r.shards, 1024);
	KUNIT_EXPECT_EQ(test, r.size, 1048576);
	KUNIT_EXPECT_EQ(test, r.stride, 4096);
	KUNIT_EXPECT_EQ(test, r.engine, MEMBAR_ENGINE_PERPETUAL);
	KUNIT_EXPECT_EQ(test, r.nr_cpus, MEMBAR_MAX_CPUS);
	KUNIT_EXPECT_EQ(test, r.cpus[15], 15);
}

/* Lists of CPUs as the kernel's parameters have them, and how they are shown. */
void request_for_cpus(struct kunit *test)
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
		{ "SB cpus=0-2:2/2", "0-2", { 0, 1, 2 }, 3 },
		{ "SB cpus=0-4294967295:1/4294967295", "0,4294967295",
		  { 0, U32_MAX }, 2 },
	};
	char shown[MEMBAR_CPUS_LEN];
	struct membar_request r;
	struct membar_why why;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lists); i++) {
		KUNIT_EXPECT_EQ_MSG(test, 0, stress_parse(lists[i].line, &r, &why),
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

void request_in_any_order(struct kunit *test)
{
	static const char text[] =
		" wait=0  seed=18446744073709551615\tMP stride=64 test=SB,LB oversubscribe=1 outline=1 cpus=3,0 size=16 engine=array duration_ms=3600000 all";
	struct membar_request r;

	KUNIT_ASSERT_EQ(test, stress_parse(text, &r, NULL), 0);
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

void request_can_be_pasted_back(struct kunit *test)
{
	static const char text[] =
		"test=SB+mb+mb,MP cpus=2-4,0-1,9 duration_ms=7 patience_ms=3 engine=perpetual seed=9 size=64 stride=128 outline=1 oversubscribe=0 wait=1";
	char *name = kunit_kzalloc(test, MEMBAR_REQUEST_LEN, GFP_KERNEL);
	struct membar_request r;

	KUNIT_ASSERT_NOT_NULL(test, name);
	KUNIT_ASSERT_EQ(test, stress_parse(text, &r, NULL), 0);
	membar_request_name(&r, name, MEMBAR_REQUEST_LEN);
	KUNIT_EXPECT_STREQ(test, name, text);

	KUNIT_ASSERT_EQ(test, stress_parse("campaign=smoke", &r, NULL), 0);
	KUNIT_EXPECT_STREQ(test, r.tests, "smoke");
	KUNIT_ASSERT_EQ(test, stress_parse("campaign=public shard=3/16 budget_s=60",
					   &r, NULL), 0);
	membar_request_name(&r, name, MEMBAR_REQUEST_LEN);
	KUNIT_EXPECT_STREQ(test, name,
			   "test=public shard=3/16 budget_s=60 patience_ms=0 engine=auto seed=0 outline=0 oversubscribe=0 wait=1");
}

/* All tests of a campaign fit its budget, however many they are. */
void request_for_a_budget(struct kunit *test)
{
	struct membar_request r;

	KUNIT_ASSERT_EQ(test, stress_parse("all budget_s=60", &r, NULL), 0);
	membar_request_fit(&r, 240);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 250);
	KUNIT_EXPECT_EQ(test, r.patience_ms, 0);
	KUNIT_EXPECT_EQ(test, r.budget_s, 0);

	KUNIT_ASSERT_EQ(test, stress_parse("all budget_s=1 patience_ms=9", &r, NULL), 0);
	membar_request_fit(&r, 1500);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 1);
	KUNIT_EXPECT_EQ(test, r.patience_ms, 9);

	KUNIT_ASSERT_EQ(test, stress_parse("all budget_s=604800", &r, NULL), 0);
	membar_request_fit(&r, 1);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 3600000);

	KUNIT_ASSERT_EQ(test, stress_parse("all duration_ms=5", &r, NULL), 0);
	membar_request_fit(&r, 7);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 5);
}

/* What is asked for decides, but only among the engines that can run the test. */
void request_picks_an_engine(struct kunit *test)
{
	const struct membar_plan walks = {
		.nr_threads = 2, .walk = MEMBAR_WALK_RING,
	};
	const struct membar_plan final = {
		.nr_threads = 2, .walk = MEMBAR_WALK_NONE,
	};
	const struct membar_job alone = { .control = MEMBAR_NO_CONTROL };
	struct membar_job job = alone;
	struct membar_request r;
	unsigned int e;

	KUNIT_ASSERT_EQ(test, stress_parse("SB cpus=0,1", &r, NULL), 0);
	KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &walks),
			MEMBAR_ENGINE_PERPETUAL);
	KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &final),
			MEMBAR_ENGINE_ARRAY);
	/* A test that compares itself with another one, and that one. */
	job.control = 0;
	KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &walks),
			MEMBAR_ENGINE_BOTH);
	KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &final),
			MEMBAR_ENGINE_ARRAY);
	job = alone;
	job.is_control = true;
	KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &walks),
			MEMBAR_ENGINE_BOTH);
	/* Threads that share a CPU cannot begin together. */
	r.nr_cpus = 1;
	KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &walks),
			MEMBAR_ENGINE_PERPETUAL);
	r.nr_cpus = 2;
	for (e = MEMBAR_ENGINE_PERPETUAL; e <= MEMBAR_ENGINE_BOTH; e++) {
		r.engine = e;
		KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &walks), e);
		KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &final), e);
		job.translation = (const void *)&job;
		KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &walks),
				MEMBAR_ENGINE_PROGRAM);
		job.invariant = MEMBAR_INV_u32_add;
		KUNIT_EXPECT_EQ(test, membar_request_engine(&r, &job, &walks),
				MEMBAR_ENGINE_INVARIANT);
		job = alone;
	}
}

/* Each reason for which a test does not run, and that there is none without it. */
void request_that_cannot_run(struct kunit *test)
{
	struct membar_plan plan = { .nr_threads = 2, .walk = MEMBAR_WALK_NONE };
	struct membar_request r;

	KUNIT_ASSERT_EQ(test, stress_parse("R cpus=0,1 engine=perpetual", &r, NULL), 0);
	KUNIT_EXPECT_STREQ(test,
			   membar_request_obstacle(&r, MEMBAR_ENGINE_PROGRAM,
						   &plan),
			   "litmus files have no engine=perpetual");
	KUNIT_EXPECT_STREQ(test,
			   membar_request_obstacle(&r, MEMBAR_ENGINE_PERPETUAL,
						   &plan),
			   "final values need engine=array");
	KUNIT_EXPECT_STREQ(test,
			   membar_request_obstacle(&r, MEMBAR_ENGINE_BOTH, &plan),
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

void request_picks_a_batch(struct kunit *test)
{
	static const struct {
		enum membar_engine engine;
		u32 own;
		u32 shared;
		u32 largest;
	} engines[] = {
		{ MEMBAR_ENGINE_PERPETUAL, 16384, 524288, 1048576 },
		{ MEMBAR_ENGINE_ARRAY, 256, 16384, 16384 },
		{ MEMBAR_ENGINE_PROGRAM, 512, 16384, 16384 },
		{ MEMBAR_ENGINE_INVARIANT, 4096, 4096, 1048576 },
	};
	enum membar_engine e;
	struct membar_request r;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(engines); i++) {
		e = engines[i].engine;
		KUNIT_ASSERT_EQ(test, stress_parse("SB", &r, NULL), 0);
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

void request_picks_a_stride(struct kunit *test)
{
	static const enum membar_engine engines[] = {
		MEMBAR_ENGINE_PERPETUAL, MEMBAR_ENGINE_ARRAY,
		MEMBAR_ENGINE_PROGRAM,
	};
	struct membar_request r;
	enum membar_engine e;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(engines); i++) {
		e = engines[i];
		KUNIT_ASSERT_EQ(test, stress_parse("SB", &r, NULL), 0);
		KUNIT_EXPECT_EQ(test, membar_request_stride(&r, e, false),
				e == MEMBAR_ENGINE_PERPETUAL ? 128 : 64);
		KUNIT_EXPECT_EQ(test, membar_request_stride(&r, e, true), 128);
		KUNIT_ASSERT_EQ(test, stress_parse("SB stride=32", &r, NULL), 0);
		KUNIT_EXPECT_EQ(test, membar_request_stride(&r, e, false), 32);
		KUNIT_EXPECT_EQ(test, membar_request_stride(&r, e, true), 32);
	}
}

void request_with_nul_bytes_refused(struct kunit *test)
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

void request_too_long_refused(struct kunit *test)
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
