// SPDX-License-Identifier: GPL-2.0
/*
 * Counting what a batch of the array engine left in its variables.  Cases of
 * the suite membar_stress.
 */
#include <kunit/test.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../selftests/stress/run.h"
#include "stress_kunit.h"

#define NR	MEMBAR_NR_OUTCOMES
#define STEP	3
#define TAG	1000
#define BEFORE	998

/**
 * struct left - a batch in which instance n showed outcome n
 * @array: as it is counted
 * @plan: of its shape
 * @order: visits the last instance first
 * @read: what the reads returned, by visit
 * @final: the final values, by instance
 * @hist: what was counted
 */
struct left {
	struct membar_array array;
	struct membar_plan plan;
	u32 order[NR + 1];
	u32 read[MEMBAR_MAX_READS][NR + 1];
	u32 final[MEMBAR_NR_LOCS][NR * STEP];
	u64 hist[MEMBAR_NR_OUTCOMES];
};

/* A read that returned the initial value found the one of an earlier batch. */
static u32 returned(u32 value)
{
	return value ? membar_tagged(TAG, value) : membar_tagged(BEFORE, 2);
}

static void leave(struct left *l, const struct membar_shape *shape)
{
	unsigned int n, i, outcome;

	memset(l, 0, sizeof(*l));
	membar_plan_make(shape, &l->plan);
	l->array = (struct membar_array){
		.nr = NR, .tag = TAG, .before = BEFORE, .order = l->order,
		.step = STEP,
	};
	for (i = 0; i < l->plan.nr_reads; i++)
		l->array.read[i] = l->read[i];
	for (i = 0; i < l->plan.nr_finals; i++)
		l->array.final[i] = l->final[i];
	for (n = 1; n <= NR; n++) {
		outcome = NR - n;
		l->order[n] = outcome;
		for (i = 0; i < l->plan.nr_reads; i++, outcome >>= 2)
			l->read[i][n] = returned(outcome & 3);
		for (i = 0; i < l->plan.nr_finals; i++, outcome >>= 2)
			l->final[i][l->order[n] * STEP] =
				membar_tagged(TAG, outcome & 3);
	}
}

static struct left *alloc_left(struct kunit *test)
{
	struct left *l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, l);
	return l;
}

/* How many instances show an outcome: what the plan does not have is cut off. */
static u64 expected(const struct left *l, unsigned int outcome)
{
	const unsigned int bits = 2 * (l->plan.nr_reads + l->plan.nr_finals);

	return outcome >> bits ? 0 : NR >> bits;
}

static void expect_each_outcome(struct kunit *test, const struct left *l,
				const char *name)
{
	unsigned int outcome;

	for (outcome = 0; outcome < MEMBAR_NR_OUTCOMES; outcome++)
		KUNIT_EXPECT_EQ_MSG(test, l->hist[outcome],
				    expected(l, outcome), "%s: outcome %u",
				    name, outcome);
}

void array_of_each_outcome(struct kunit *test)
{
	struct left *l = alloc_left(test);
	unsigned int s;

	for (s = 0; s < membar_nr_shapes; s++) {
		leave(l, &membar_shapes[s]);
		KUNIT_EXPECT_TRUE(test, membar_count_array(&l->plan, &l->array,
							   1, 1, l->hist));
		expect_each_outcome(test, l, membar_shapes[s].name);
	}
}

/* Each thread counts every n-th instance, and together they count them all. */
void array_in_shares(struct kunit *test)
{
	struct left *l = alloc_left(test);
	unsigned int by, from;

	for (by = 2; by <= MEMBAR_MAX_THREADS; by++) {
		leave(l, &membar_shapes[0]);
		for (from = 1; from <= by; from++)
			KUNIT_EXPECT_TRUE(test,
					  membar_count_array(&l->plan,
							     &l->array, from,
							     by, l->hist));
		expect_each_outcome(test, l, "shares");
	}
	/* The first share of three, and nothing of the others. */
	leave(l, &membar_shapes[0]);
	l->array.nr = 4;
	membar_count_array(&l->plan, &l->array, 1, 3, l->hist);
	KUNIT_EXPECT_EQ(test, l->hist[(NR - 1) % 16], 1);
	KUNIT_EXPECT_EQ(test, l->hist[(NR - 2) % 16], 0);
	KUNIT_EXPECT_EQ(test, l->hist[(NR - 4) % 16], 1);
}

/* Values of any other batch are reported, the rest is counted as it is. */
void array_with_strange_values(struct kunit *test)
{
	static const u32 strange[] = { TAG - 1, TAG + 1, BEFORE - 1, 0 };
	struct left *l = alloc_left(test);
	unsigned int i, s;

	for (s = 0; s < membar_nr_shapes; s++) {
		for (i = 0; i < ARRAY_SIZE(strange); i++) {
			leave(l, &membar_shapes[s]);
			if (!l->plan.nr_reads)
				break;
			/* Outcome 0, of which no read has a tag of TAG. */
			l->read[0][NR] = membar_tagged(strange[i], 1);
			KUNIT_EXPECT_FALSE(test,
					   membar_count_array(&l->plan,
							      &l->array, 1, 1,
							      l->hist));
			expect_each_outcome(test, l, membar_shapes[s].name);
			/* The share of others is sound. */
			KUNIT_EXPECT_EQ(test, l->array.nr % 2, 0);
			KUNIT_EXPECT_TRUE(test,
					  membar_count_array(&l->plan,
							     &l->array, 1, 2,
							     l->hist));
		}
		for (i = 0; i < ARRAY_SIZE(strange) + 1; i++) {
			const u32 tag = i ? strange[i - 1] : BEFORE;

			leave(l, &membar_shapes[s]);
			if (!l->plan.nr_finals)
				break;
			/* A final value is always of this batch. */
			l->final[0][0] = membar_tagged(tag, 0);
			KUNIT_EXPECT_FALSE(test,
					   membar_count_array(&l->plan,
							      &l->array, 1, 1,
							      l->hist));
			expect_each_outcome(test, l, membar_shapes[s].name);
		}
	}
}

/* Two batches that follow one another never have the same tag. */
void array_tags(struct kunit *test)
{
	const u64 last = MEMBAR_TAG_MASK;

	KUNIT_EXPECT_EQ(test, membar_tag_of(1), 1);
	KUNIT_EXPECT_EQ(test, membar_tag_of(last), (u32)last);
	KUNIT_EXPECT_EQ(test, membar_tag_of(last + 1), 0);
	KUNIT_EXPECT_EQ(test, membar_tag_of(last + 2), 1);
	KUNIT_EXPECT_EQ(test, membar_tagged(membar_tag_of(last), 3), U32_MAX);
	KUNIT_EXPECT_EQ(test, membar_tagged(5, 2), 22);
}
