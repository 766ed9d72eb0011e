// SPDX-License-Identifier: GPL-2.0
/*
 * Which batches of the stress harness count, and what they say together.  Cases
 * of the suite membar_stress.
 */
#include <kunit/test.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../selftests/stress/run.h"
#include "stress_kunit.h"

#define NR_SPANS	4

/* Spans that are whole and sound; those of no length are left out. */
struct overlap_case {
	u64 time[NR_SPANS][2];
	unsigned int need;
	u64 together;
	u64 running;
	u64 skew;
};

static const struct overlap_case overlap_cases[] = {
	/* Two threads: beside one another, one in the other, after it. */
	{ { { 10, 30 }, { 20, 40 } }, 2, 10, 30, 10 },
	{ { { 20, 40 }, { 10, 30 } }, 2, 10, 30, 10 },
	{ { { 10, 40 }, { 20, 30 } }, 2, 10, 30, 10 },
	{ { { 10, 20 }, { 10, 20 } }, 2, 10, 10, 0 },
	{ { { 10, 20 }, { 20, 30 } }, 2, 0, 20, 10 },
	{ { { 10, 20 }, { 30, 40 } }, 2, 0, 30, 20 },
	/* Three, all at once or in pairs. */
	{ { { 10, 40 }, { 20, 50 }, { 30, 60 } }, 3, 10, 50, 20 },
	{ { { 10, 40 }, { 20, 50 }, { 30, 60 } }, 2, 30, 50, 20 },
	{ { { 10, 30 }, { 20, 50 }, { 40, 60 } }, 3, 0, 50, 30 },
	{ { { 10, 30 }, { 20, 50 }, { 40, 60 } }, 2, 20, 50, 30 },
	{ { { 10, 20 }, { 30, 40 }, { 50, 60 } }, 2, 0, 50, 40 },
	/* Two pairs that never meet. */
	{ { { 10, 30 }, { 20, 30 }, { 50, 70 }, { 50, 60 } }, 2, 20, 60, 40 },
	{ { { 10, 30 }, { 20, 30 }, { 50, 70 }, { 50, 60 } }, 3, 0, 60, 40 },
};

static unsigned int make_spans(const struct overlap_case *c,
			       struct membar_span *span)
{
	unsigned int t;

	for (t = 0; t < NR_SPANS && c->time[t][1]; t++)
		span[t] = (struct membar_span){
			.start = c->time[t][0], .end = c->time[t][1],
			.whole = true, .sound = true,
		};
	return t;
}

void account_of_each_overlap(struct kunit *test)
{
	struct membar_span span[NR_SPANS];
	const struct overlap_case *c;
	struct membar_account a;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(overlap_cases); i++) {
		c = &overlap_cases[i];
		membar_account_make(span, make_spans(c, span), c->need, &a);
		KUNIT_EXPECT_EQ_MSG(test, a.together, c->together, "case %u", i);
		KUNIT_EXPECT_EQ_MSG(test, a.running, c->running, "case %u", i);
		KUNIT_EXPECT_EQ_MSG(test, a.skew, c->skew, "case %u", i);
		KUNIT_EXPECT_EQ_MSG(test, a.counts, c->together > 0, "case %u", i);
	}

	/* A single thread, whatever the clock says. */
	span[0].end = span[0].start;
	membar_account_make(span, 1, 1, &a);
	KUNIT_EXPECT_TRUE(test, a.counts);
	KUNIT_EXPECT_EQ(test, a.running, 0);
}

/* In how many of the moments 0 to 31 at least @need run, one by one. */
static u64 moments(const struct membar_span *span, unsigned int nr,
		   unsigned int need)
{
	unsigned int t, running;
	u64 now, sum = 0;

	for (now = 0; now < 32; now++) {
		running = 0;
		for (t = 0; t < nr; t++)
			running += span[t].start <= now && now < span[t].end;
		sum += running >= need;
	}
	return sum;
}

void account_is_that_of_a_search(struct kunit *test)
{
	struct membar_span span[MEMBAR_MAX_CPUS];
	unsigned int round, nr, need, t;
	struct membar_account a;
	u64 state = 1, want;

	for (round = 0; round < 2000; round++) {
		nr = 2 + round % (MEMBAR_MAX_CPUS - 1);
		for (t = 0; t < nr; t++) {
			state = state * 6364136223846793005ULL +
				1442695040888963407ULL;
			span[t] = (struct membar_span){
				.start = state >> 60,
				.whole = true, .sound = true,
			};
			span[t].end = span[t].start + (state >> 56 & 15);
		}
		need = round % 2 ? 2 : nr;
		want = moments(span, nr, need);
		membar_account_make(span, nr, need, &a);
		KUNIT_EXPECT_EQ_MSG(test, a.together, want, "round %u", round);
		KUNIT_EXPECT_EQ_MSG(test, a.counts, want > 0, "round %u", round);
	}
}

void account_of_what_was_cut_short(struct kunit *test)
{
	struct membar_span span[NR_SPANS];
	struct membar_account a;
	unsigned int nr, t;

	nr = make_spans(&overlap_cases[0], span);
	for (t = 0; t < nr; t++) {
		span[t].whole = false;
		membar_account_make(span, nr, 2, &a);
		KUNIT_EXPECT_FALSE(test, a.whole);
		KUNIT_EXPECT_FALSE(test, a.counts);
		span[t].whole = true;

		span[t].sound = false;
		membar_account_make(span, nr, 2, &a);
		KUNIT_EXPECT_FALSE(test, a.sound);
		KUNIT_EXPECT_FALSE(test, a.counts);
		span[t].sound = true;
	}
	membar_account_make(span, nr, 2, &a);
	KUNIT_EXPECT_TRUE(test, a.whole && a.sound && a.counts);
}

void result_leaves_out_what_does_not_count(struct kunit *test)
{
	struct membar_account counts = {
		.counts = true, .running = 30, .together = 10, .skew = 5,
	}, idle = { .running = 70, .together = 20, .skew = 9 };
	struct membar_result *r = kunit_kzalloc(test, sizeof(*r), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, r);
	membar_result_add(r, &counts, 100);
	membar_result_add(r, &idle, 100);
	counts.skew = 7;
	membar_result_add(r, &counts, 100);
	KUNIT_EXPECT_EQ(test, r->batches, 3);
	KUNIT_EXPECT_EQ(test, r->idle_batches, 1);
	KUNIT_EXPECT_EQ(test, r->iterations, 200);
	KUNIT_EXPECT_EQ(test, r->overlap, 20);
	KUNIT_EXPECT_EQ(test, r->running, 130);
	KUNIT_EXPECT_EQ(test, r->max_skew, 9);
}

void expected_by_the_rate_of_the_control(struct kunit *test)
{
	struct membar_sample *control, *sample;

	control = kunit_kcalloc(test, MEMBAR_NR_AIMS, sizeof(*control),
				GFP_KERNEL);
	sample = kunit_kcalloc(test, MEMBAR_NR_AIMS, sizeof(*sample),
			       GFP_KERNEL);
	KUNIT_ASSERT_TRUE(test, control && sample);
	KUNIT_EXPECT_EQ(test, membar_expected(control, sample), 0);

	/* One in ten, and no outcome of the test's own counts for anything. */
	control[0] = (struct membar_sample){ .observed = 100, .seen = 10 };
	sample[0] = (struct membar_sample){ .observed = 70, .seen = 70 };
	KUNIT_EXPECT_EQ(test, membar_expected(control, sample), 7);
	sample[0].observed = 79;
	KUNIT_EXPECT_EQ(test, membar_expected(control, sample), 7);

	/* Where only one of them looked nothing is to be expected. */
	control[1] = (struct membar_sample){ .observed = 100, .seen = 100 };
	sample[2].observed = 1000000;
	KUNIT_EXPECT_EQ(test, membar_expected(control, sample), 7);

	/* Each aim has its own rate: all of them here, the last one too. */
	sample[1].observed = 50;
	KUNIT_EXPECT_EQ(test, membar_expected(control, sample), 57);
	control[MEMBAR_NR_AIMS - 1] =
		(struct membar_sample){ .observed = 3, .seen = 1 };
	sample[MEMBAR_NR_AIMS - 1].observed = 6;
	KUNIT_EXPECT_EQ(test, membar_expected(control, sample), 59);

	/* An hour at some gigahertz: the product has more than 64 bits. */
	control[0] = (struct membar_sample){
		.observed = 1ULL << 44, .seen = 3ULL << 42,
	};
	sample[0].observed = 1ULL << 45;
	KUNIT_EXPECT_EQ(test, membar_expected(control, sample),
			(3ULL << 43) + 52);
	control[0].seen = 1;
	KUNIT_EXPECT_EQ(test, membar_expected(control, sample), 2 + 52);
}

/* The same with the jobs of a campaign, as the session has them. */
void judge_of_each_job(struct kunit *test)
{
	struct membar_job *jobs = kunit_kcalloc(test, 4, sizeof(*jobs), GFP_KERNEL);
	struct membar_result *r = kunit_kcalloc(test, 4, sizeof(*r), GFP_KERNEL);

	KUNIT_ASSERT_TRUE(test, jobs && r);
	KUNIT_ASSERT_EQ(test, membar_campaign_make("SB+mb+mb,MP+mb+mb", jobs, 4,
						   NULL), 4);
	r[0].batches = 2;
	r[0].observed = 100;
	r[0].seen = 20;
	r[0].sample[1] = (struct membar_sample){ .observed = 100, .seen = 20 };
	membar_judge_job(jobs, r, 0);
	KUNIT_EXPECT_EQ(test, r[0].verdict, MEMBAR_SEEN);
	KUNIT_EXPECT_EQ(test, r[0].expected, 0);

	r[1].batches = 2;
	r[1].observed = 50;
	r[1].sample[1].observed = 50;
	membar_judge_job(jobs, r, 1);
	KUNIT_EXPECT_EQ(test, r[1].verdict, MEMBAR_PASS);
	KUNIT_EXPECT_EQ(test, r[1].expected, 10);
	KUNIT_EXPECT_STREQ(test, r[1].reason, "");

	r[1].sample[1].observed = 49;
	membar_judge_job(jobs, r, 1);
	KUNIT_EXPECT_EQ(test, r[1].verdict, MEMBAR_BLIND);
	KUNIT_EXPECT_STREQ(test, r[1].reason, "9 expected, 10 would be enough");

	/* Another shape, with a control that has shown nothing. */
	r[2].batches = 2;
	r[2].observed = 100;
	r[2].sample[0].observed = 100;
	r[3] = r[2];
	membar_judge_job(jobs, r, 2);
	membar_judge_job(jobs, r, 3);
	KUNIT_EXPECT_EQ(test, r[2].verdict, MEMBAR_NOT_SEEN);
	KUNIT_EXPECT_EQ(test, r[3].verdict, MEMBAR_BLIND);
	KUNIT_EXPECT_STREQ(test, r[3].reason, "");
	r[3].stray = 1;
	membar_judge_job(jobs, r, 3);
	KUNIT_EXPECT_EQ(test, r[3].verdict, MEMBAR_FAIL);
	r[3].stray = 0;
	r[3].unsound = 1;
	membar_judge_job(jobs, r, 3);
	KUNIT_EXPECT_EQ(test, r[3].verdict, MEMBAR_FAIL);
	r[3].batches = 0;
	membar_judge_job(jobs, r, 3);
	KUNIT_EXPECT_EQ(test, r[3].verdict, MEMBAR_SKIP);
}
