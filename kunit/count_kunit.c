// SPDX-License-Identifier: GPL-2.0
/*
 * The counting of outcomes finds what a search of all combinations finds, no more
 * and no less.  Cases of the suite membar_stress.
 */
#include <kunit/test.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../selftests/stress/stress.h"
#include "stress_kunit.h"

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

void count_is_that_of_brute_force(struct kunit *test)
{
	const struct membar_shape *shape = stress_shape_of(test);
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

void count_can_be_shared_out(struct kunit *test)
{
	const struct membar_shape *shape = stress_shape_of(test);
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
void count_of_a_strong_run_is_zero(struct kunit *test)
{
	const struct membar_shape *shape = stress_shape_of(test);
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

void log_that_falls_is_unsound(struct kunit *test)
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

void log_keeps_what_was_read(struct kunit *test)
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
