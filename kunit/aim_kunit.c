// SPDX-License-Identifier: GPL-2.0
/*
 * The search for the start and the layout that show most.  Cases of the suite
 * membar_stress.
 */
#include <kunit/test.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../selftests/stress/run.h"
#include "stress_kunit.h"

/* Batches for each aim of a search, and searches for which the best is kept. */
#define TRIAL	2
#define HOLD	8

void aim_delays_one_thread_at_most(struct kunit *test)
{
	unsigned int aim, t, late, turns, none = 0;

	for (aim = 0; aim < MEMBAR_NR_AIMS; aim++) {
		for (late = 0, t = 0; t <= MEMBAR_SAYS_GO; t++) {
			turns = membar_aim_turns(aim, t);
			late += !!turns;
			if (!turns)
				continue;
			KUNIT_EXPECT_EQ_MSG(test, turns & (turns - 1), 0,
					    "aim %u", aim);
			KUNIT_EXPECT_LT_MSG(test, turns,
					    membar_aim_paced(aim) ? 1025 : 2049,
					    "aim %u", aim);
			KUNIT_EXPECT_LT_MSG(test,
					    membar_aim_paced(aim) ? 7 : 31,
					    turns, "aim %u", aim);
		}
		none += !late;
		KUNIT_EXPECT_LT_MSG(test, late, 2, "aim %u", aim);
	}
	/* One of each group. */
	KUNIT_EXPECT_EQ(test, none, MEMBAR_NR_GROUPS);
	KUNIT_EXPECT_EQ(test, membar_aim_turns(1, 0), 32);
	KUNIT_EXPECT_EQ(test, membar_aim_turns(2, 0), 64);
	KUNIT_EXPECT_EQ(test, membar_aim_turns(MEMBAR_NR_DELAYS + 1, 1), 32);
	aim = MEMBAR_FIRST_PACED;
	KUNIT_EXPECT_EQ(test, membar_aim_turns(aim + 1, 0), 8);
	aim += MEMBAR_SAYS_GO * MEMBAR_NR_DELAYS;
	KUNIT_EXPECT_EQ(test, membar_aim_turns(aim + 1, MEMBAR_SAYS_GO), 16);
	KUNIT_EXPECT_EQ(test, membar_aim_turns(aim + MEMBAR_NR_DELAYS,
					       MEMBAR_SAYS_GO), 1024);
	KUNIT_EXPECT_EQ(test, aim + MEMBAR_NR_DELAYS + 1,
			MEMBAR_FIRST_PACED + MEMBAR_NR_STARTS);
}

void aim_of_each_layout(struct kunit *test)
{
	unsigned int n, apart = 0;

	for (n = 1; n <= 32; n++) {
		KUNIT_EXPECT_FALSE(test, membar_aim_paced(membar_aim_of_layout(n)));
		KUNIT_EXPECT_EQ(test, membar_aim_turns(membar_aim_of_layout(n), 0),
				0);
		apart += membar_aim_layout(membar_aim_of_layout(n)) ==
			 MEMBAR_APART;
	}
	KUNIT_EXPECT_EQ(test, apart, 8);
}

/* A search in memory that had other data before. */
static struct membar_aiming *begin_with(struct kunit *test,
					unsigned int nr_threads,
					unsigned int nr_groups,
					struct membar_aims known)
{
	struct membar_aiming *a = kunit_kcalloc(test, 1, sizeof(*a),
						GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, a);
	memset(a, 0xa5, sizeof(*a));
	membar_aiming_begin(a, nr_threads, nr_groups, known);
	return a;
}

/* The same, and nothing is known. */
static struct membar_aiming *begin(struct kunit *test, unsigned int nr_threads,
				   unsigned int nr_groups)
{
	return begin_with(test, nr_threads, nr_groups, (struct membar_aims){ });
}

/* How many aims a search has. */
static unsigned int nr_tried(unsigned int nr_threads, unsigned int nr_groups)
{
	const unsigned int late = nr_threads > MEMBAR_MAX_THREADS ?
				  MEMBAR_MAX_THREADS : nr_threads;

	/* The last two groups can delay the thread that says go, too. */
	return nr_groups * (1 + late * MEMBAR_NR_DELAYS) +
	       (nr_groups - MEMBAR_NR_UNPACED) * MEMBAR_NR_DELAYS;
}

/* Batches of a search: one in which an aim is chosen, and TRIAL more. */
static unsigned int search_length(unsigned int nr_threads,
				  unsigned int nr_groups)
{
	return nr_tried(nr_threads, nr_groups) * (TRIAL + 1);
}

static void check_search(struct kunit *test, unsigned int nr_threads,
			 unsigned int nr_groups)
{
	struct membar_aiming *a = begin(test, nr_threads, nr_groups);
	u32 *used = kunit_kcalloc(test, MEMBAR_NR_AIMS, sizeof(*used),
				  GFP_KERNEL);
	unsigned int i, t, aims = 0;

	KUNIT_ASSERT_NOT_NULL(test, used);
	for (i = 0; i < search_length(nr_threads, nr_groups); i++) {
		const unsigned int aim = membar_aiming_next(a);

		KUNIT_ASSERT_LT(test, aim, MEMBAR_NR_AIMS);
		KUNIT_EXPECT_FALSE(test, a->holding);
		used[aim]++;
	}
	for (i = 0; i < MEMBAR_NR_AIMS; i++) {
		aims += !!used[i];
		KUNIT_EXPECT_TRUE_MSG(test, !used[i] || used[i] == TRIAL + 1,
				      "aim %u: %u times", i, used[i]);
		KUNIT_EXPECT_TRUE_MSG(test, !used[i] ||
				      nr_groups > MEMBAR_NR_UNPACED ||
				      !membar_aim_paced(i), "aim %u", i);
		KUNIT_EXPECT_TRUE_MSG(test, !used[i] || membar_aim_paced(i) ||
				      !membar_aim_turns(i, MEMBAR_SAYS_GO),
				      "aim %u", i);
		for (t = nr_threads; t < MEMBAR_MAX_THREADS; t++)
			KUNIT_EXPECT_FALSE(test, used[i] &&
					   membar_aim_turns(i, t));
	}
	KUNIT_EXPECT_EQ(test, aims, nr_tried(nr_threads, nr_groups));
	/* The search is over, and the aim that was given is used. */
	KUNIT_EXPECT_EQ(test, membar_aiming_next(a), 0);
	KUNIT_EXPECT_TRUE(test, a->holding);
}

void aiming_tries_every_aim(struct kunit *test)
{
	static const unsigned int groups[] = {
		MEMBAR_NR_UNPACED, MEMBAR_NR_GROUPS,
	};
	unsigned int nr_threads;

	for (nr_threads = 1; nr_threads <= MEMBAR_MAX_THREADS; nr_threads++)
		check_search(test, nr_threads, groups[nr_threads % 2]);
	check_search(test, 2, MEMBAR_NR_GROUPS);
	check_search(test, MEMBAR_MAX_THREADS + 3, MEMBAR_NR_GROUPS);
}

/* Go through a search in which @aim shows @seen outcomes in each batch. */
static void search(struct membar_aiming *a, unsigned int aim, u64 seen)
{
	unsigned int i, now;

	for (i = 0; i < search_length(a->nr_threads, a->nr_groups); i++) {
		now = membar_aiming_next(a);
		a->spent[now] += 1000;
		if (now == aim)
			a->seen[now] += seen;
	}
}

/* For how many batches the best aim is kept after a search, and which it is. */
static unsigned int kept(struct kunit *test, struct membar_aiming *a,
			 unsigned int *aim)
{
	unsigned int n;

	*aim = membar_aiming_next(a);
	KUNIT_EXPECT_TRUE(test, a->holding);
	for (n = 1; n < 100000; n++) {
		const unsigned int now = membar_aiming_next(a);

		if (!a->holding) {
			KUNIT_EXPECT_EQ(test, now, 0);
			break;
		}
		KUNIT_EXPECT_EQ(test, now, *aim);
	}
	return n;
}

void aiming_keeps_the_best(struct kunit *test)
{
	const unsigned int aims[] = {
		0, 1, MEMBAR_NR_DELAYS + 3, MEMBAR_NR_STARTS,
		3 * MEMBAR_NR_STARTS + 2 * MEMBAR_NR_DELAYS,
		2 * MEMBAR_NR_STARTS + MEMBAR_NR_DELAYS,
	};
	struct membar_aiming *a;
	unsigned int i, n, aim;

	for (i = 0; i < ARRAY_SIZE(aims); i++) {
		a = begin(test, 2, MEMBAR_NR_GROUPS);
		search(a, aims[i], 1);
		KUNIT_EXPECT_EQ(test, kept(test, a, &aim),
				HOLD * TRIAL * nr_tried(2, MEMBAR_NR_GROUPS) + 1);
		KUNIT_EXPECT_EQ(test, aim, aims[i]);
		KUNIT_EXPECT_EQ(test, a->found.best, aims[i]);
		/* The next search begins with the first aim again. */
		for (n = 0; n < TRIAL; n++)
			KUNIT_EXPECT_EQ(test, membar_aiming_next(a), 0);
		KUNIT_EXPECT_EQ(test, membar_aiming_next(a), 1);
	}
}

/* Two outcomes in a long time are fewer than one in a short time. */
void aiming_compares_rates(struct kunit *test)
{
	struct membar_aiming *a = begin(test, 2, MEMBAR_NR_UNPACED);
	unsigned int aim;

	search(a, 3, 1);
	a->seen[4] = 2 * a->seen[3];
	a->spent[4] = 3 * a->spent[3];
	kept(test, a, &aim);
	KUNIT_EXPECT_EQ(test, aim, 3);

	a = begin(test, 2, MEMBAR_NR_UNPACED);
	search(a, 3, 1);
	a->seen[4] = 2 * a->seen[3];
	kept(test, a, &aim);
	KUNIT_EXPECT_EQ(test, aim, 4);
}

/* For as long as a search takes, what is known is in use. */
static void use_known(struct kunit *test, struct membar_aiming *a,
		      struct membar_aims known)
{
	const unsigned int nr = nr_tried(a->nr_threads, a->nr_groups);
	unsigned int n, aim, paced = 0;

	for (n = 0; n < TRIAL * nr; n++) {
		aim = membar_aiming_next(a);
		KUNIT_EXPECT_TRUE(test, a->holding);
		KUNIT_EXPECT_TRUE(test, aim == known.best ||
				  (known.paced && aim == known.paced));
		paced += aim == known.paced;
	}
	/* If there are two, in turn; of an odd number of turns the last is paced. */
	if (known.paced && known.paced != known.best)
		KUNIT_EXPECT_EQ(test, paced, TRIAL * ((nr + 1) / 2));
}

/* What is known is used at once, but only for as long as a search takes. */
void aiming_that_sees_nothing(struct kunit *test)
{
	static const struct membar_aims known[] = {
		{ 9, 0 }, { 0, MEMBAR_FIRST_PACED + 3 },
		{ 9, MEMBAR_FIRST_PACED + 3 },
		{ MEMBAR_FIRST_PACED, MEMBAR_FIRST_PACED },
	};
	struct membar_aiming *a;
	unsigned int i, aim;

	for (i = 0; i < ARRAY_SIZE(known); i++) {
		a = begin_with(test, 3, MEMBAR_NR_GROUPS, known[i]);
		use_known(test, a, known[i]);
		search(a, 0, 0);
		/* The batch that ends the search uses it already. */
		aim = membar_aiming_next(a);
		KUNIT_EXPECT_TRUE(test, aim == known[i].best ||
				  aim == known[i].paced);
		use_known(test, a, known[i]);
		KUNIT_EXPECT_EQ(test, membar_aiming_next(a), 0);
		KUNIT_EXPECT_EQ(test, membar_aiming_next(a), 0);
		KUNIT_EXPECT_FALSE(test, a->holding);
		KUNIT_EXPECT_EQ(test, a->found.best, known[i].best);
		KUNIT_EXPECT_EQ(test, a->found.paced, known[i].paced);
	}
}

/* The paced aim that showed most is found even where another one showed more. */
void aiming_finds_paced(struct kunit *test)
{
	const unsigned int paced = MEMBAR_FIRST_PACED + 2;
	struct membar_aiming *a = begin(test, 2, MEMBAR_NR_GROUPS);
	unsigned int aim;

	search(a, 3, 9);
	KUNIT_EXPECT_EQ(test, a->found.paced, 0);
	a->seen[paced] = 2;
	a->seen[paced - 1] = 1;
	a->seen[MEMBAR_FIRST_PACED] = 1;
	kept(test, a, &aim);
	KUNIT_EXPECT_EQ(test, aim, 3);
	KUNIT_EXPECT_EQ(test, a->found.best, 3);
	KUNIT_EXPECT_EQ(test, a->found.paced, paced);
}

/* The first of the paced aims is one of them. */
void aiming_finds_the_first_paced(struct kunit *test)
{
	struct membar_aiming *a = begin(test, 2, MEMBAR_NR_GROUPS);
	unsigned int aim;

	search(a, MEMBAR_FIRST_PACED, 1);
	kept(test, a, &aim);
	KUNIT_EXPECT_EQ(test, aim, MEMBAR_FIRST_PACED);
	KUNIT_EXPECT_EQ(test, a->found.paced, MEMBAR_FIRST_PACED);
}

/* A run that ends in its first search has found what showed most so far. */
void aiming_that_ends_soon(struct kunit *test)
{
	const unsigned int paced = MEMBAR_FIRST_PACED + 2;
	const unsigned int tried[] = { 0, 3, MEMBAR_FIRST_PACED, paced };
	const struct membar_aims known = { 9, paced + 1 };
	struct membar_aiming *a = begin(test, 2, MEMBAR_NR_GROUPS);
	struct membar_aims found = membar_aiming_found(a);
	unsigned int i;

	KUNIT_EXPECT_EQ(test, found.best, 0);
	KUNIT_EXPECT_EQ(test, found.paced, 0);
	for (i = 0; i < ARRAY_SIZE(tried); i++)
		a->spent[tried[i]] = 1000;
	a->seen[3] = 9;
	found = membar_aiming_found(a);
	KUNIT_EXPECT_EQ(test, found.best, 3);
	KUNIT_EXPECT_EQ(test, found.paced, 0);
	a->seen[paced] = 1;
	found = membar_aiming_found(a);
	KUNIT_EXPECT_EQ(test, found.best, 3);
	KUNIT_EXPECT_EQ(test, found.paced, paced);
	/* The search itself goes on as before. */
	KUNIT_EXPECT_EQ(test, a->found.best, 0);
	KUNIT_EXPECT_EQ(test, a->found.paced, 0);

	/* It does not replace what another run found. */
	a = begin_with(test, 2, MEMBAR_NR_GROUPS, known);
	for (i = 0; i < ARRAY_SIZE(tried); i++)
		a->spent[tried[i]] = 1000;
	a->seen[3] = 1;
	a->seen[paced] = 1;
	found = membar_aiming_found(a);
	KUNIT_EXPECT_EQ(test, found.best, known.best);
	KUNIT_EXPECT_EQ(test, found.paced, known.paced);
}

/* What another run found may be in a group that this one does not search. */
void aiming_of_other_groups(struct kunit *test)
{
	const unsigned int first = MEMBAR_FIRST_PACED;
	const struct membar_aims last = { first - 1, first - 1 };
	const struct membar_aims paced = { first, first };
	struct membar_aiming *a = begin_with(test, 2, MEMBAR_NR_UNPACED, last);

	KUNIT_EXPECT_EQ(test, a->found.best, first - 1);
	KUNIT_EXPECT_EQ(test, a->found.paced, first - 1);
	a = begin_with(test, 2, MEMBAR_NR_UNPACED, paced);
	KUNIT_EXPECT_EQ(test, a->found.best, 0);
	KUNIT_EXPECT_EQ(test, a->found.paced, 0);
	KUNIT_EXPECT_EQ(test, a->left, 0);
	a = begin_with(test, 2, MEMBAR_NR_GROUPS, paced);
	KUNIT_EXPECT_EQ(test, a->found.best, first);
	KUNIT_EXPECT_EQ(test, a->found.paced, first);
}

void aim_layouts(struct kunit *test)
{
	static const enum membar_aim_layout layout[MEMBAR_NR_GROUPS] = {
		MEMBAR_APART, MEMBAR_TOGETHER, MEMBAR_APART, MEMBAR_TOGETHER,
	};
	unsigned int aim;

	for (aim = 0; aim < MEMBAR_NR_AIMS; aim++) {
		const unsigned int group = aim / MEMBAR_NR_STARTS;

		KUNIT_EXPECT_EQ(test, membar_aim_layout(aim), layout[group]);
		KUNIT_EXPECT_EQ(test, membar_aim_paced(aim), group >= 2);
	}
}

/* Each search counts half as much as the next one. */
void aiming_forgets(struct kunit *test)
{
	struct membar_aiming *a = begin(test, 1, MEMBAR_NR_UNPACED);
	unsigned int aim;
	u64 seen, spent;

	search(a, 2, 2);
	seen = a->seen[2];
	spent = a->spent[1];
	kept(test, a, &aim);
	KUNIT_EXPECT_EQ(test, aim, 2);
	KUNIT_EXPECT_EQ(test, a->seen[2], seen / 2);
	KUNIT_EXPECT_EQ(test, a->spent[0], spent / 2);
	KUNIT_EXPECT_EQ(test, a->spent[1], spent / 2);
	KUNIT_EXPECT_EQ(test, a->spent[2 * MEMBAR_NR_STARTS - 1], 0);
}
