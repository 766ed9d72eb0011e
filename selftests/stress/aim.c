// SPDX-License-Identifier: GPL-2.0
/*
 * The choice of the aim of each batch: how its variables are laid out, and
 * which thread begins late.
 *
 * The outcome that a test asks about may show only where a certain thread is a
 * little late, as that of R does.  The delay that it needs depends on the CPUs,
 * on whether one cache line holds one of the variables or all of them, and on
 * whether a near cache has it.  So the search tries all aims, keeps the one that showed
 * most for a while, and tries all of them again.
 *
 * Nothing here runs a test, so all of it is tested on the host.
 */
#include "run.h"

/* Batches for which one aim is tried. */
#define TRIAL			2
/* How many searches long the best aim is kept, if it showed anything. */
#define HOLD			8
/* One of this many batches of the perpetual engine has its variables apart. */
#define APART			4

static unsigned int nr_aims(const struct membar_aiming *a)
{
	return a->nr_groups * MEMBAR_NR_STARTS;
}

/* Whether somebody is late that the test does not have. */
static bool is_idle(const struct membar_aiming *a, unsigned int aim)
{
	unsigned int t;

	if (membar_aim_turns(aim, MEMBAR_SAYS_GO))
		return !membar_aim_paced(aim);
	for (t = a->nr_threads; t < MEMBAR_MAX_THREADS; t++)
		if (membar_aim_turns(aim, t))
			return true;
	return false;
}

/* Batches of a search, for which an aim is kept that shows nothing. */
static unsigned int search_length(const struct membar_aiming *a)
{
	unsigned int aim, nr = 0;

	for (aim = 0; aim < nr_aims(a); aim++)
		nr += !is_idle(a, aim);
	return TRIAL * nr;
}

void membar_aiming_begin(struct membar_aiming *a, unsigned int nr_threads,
			 unsigned int nr_groups, struct membar_aims known)
{
	memset(a, 0, sizeof(*a));
	a->nr_threads = nr_threads;
	a->nr_groups = nr_groups;
	a->holding = true;
	/* Another run may have had more groups. */
	if (known.best < nr_aims(a))
		a->found.best = known.best;
	if (known.paced < nr_aims(a))
		a->found.paced = known.paced;
	/* What is known comes before a search. */
	if (a->found.best || a->found.paced)
		a->left = search_length(a);
}
MEMBAR_EXPORT_TO_KUNIT(membar_aiming_begin);

/* The aim after the one in use; 0 after the last one. */
static unsigned int next_aim(const struct membar_aiming *a)
{
	unsigned int aim = a->now + 1;

	while (aim < nr_aims(a) && is_idle(a, aim))
		aim++;
	return aim < nr_aims(a) ? aim : 0;
}

/* The aim from @first on that showed most in a nanosecond. */
static unsigned int best_aim(const struct membar_aiming *a, unsigned int first)
{
	unsigned int i, best = first;

	for (i = first + 1; i < MEMBAR_NR_AIMS; i++)
		if (a->seen[i] * a->spent[best] > a->seen[best] * a->spent[i])
			best = i;
	return best;
}

/* The search is over: use the best aim until the next search. */
static void end_search(struct membar_aiming *a)
{
	const unsigned int best = best_aim(a, 0);
	const unsigned int paced = best_aim(a, MEMBAR_FIRST_PACED);
	unsigned int i;

	a->left = search_length(a);
	a->shows = a->seen[best];
	if (a->shows) {
		a->found.best = best;
		a->left *= HOLD;
	}
	if (a->seen[paced])
		a->found.paced = paced;
	/*
	 * Older observations count less, so an aim that had luck is replaced.
	 */
	for (i = 0; i < MEMBAR_NR_AIMS; i++) {
		a->seen[i] /= 2;
		a->spent[i] /= 2;
	}
	a->holding = true;
}

/*
 * A test that has shown nothing yet may have a barrier that never works.  Its outcome
 * then shows where that of its control did, which has no barrier at all.  Or the
 * barrier fails rarely: one instance without it is among others that have it, and shows
 * most if its threads begin it together.  So the two aims are used in turn.
 */
static unsigned int held_aim(const struct membar_aiming *a)
{
	if (a->shows || !a->found.paced || a->left / TRIAL % 2)
		return a->found.best;
	return a->found.paced;
}

unsigned int membar_aiming_next(struct membar_aiming *a)
{
	if (a->left) {
		a->left--;
		return a->holding ? held_aim(a) : a->now;
	}
	a->left = TRIAL;
	if (a->holding) {
		/* The first aim is next again since the end of the last search. */
		a->holding = false;
		return 0;
	}
	a->now = next_aim(a);
	if (a->now)
		return a->now;
	end_search(a);
	return held_aim(a);
}
MEMBAR_EXPORT_TO_KUNIT(membar_aiming_next);

struct membar_aims membar_aiming_found(const struct membar_aiming *a)
{
	const unsigned int best = best_aim(a, 0);
	const unsigned int paced = best_aim(a, MEMBAR_FIRST_PACED);
	struct membar_aims found = a->found;

	/* A short run ends before its first search does. */
	if (!found.best && a->seen[best])
		found.best = best;
	if (!found.paced && a->seen[paced])
		found.paced = paced;
	return found;
}
MEMBAR_EXPORT_TO_KUNIT(membar_aiming_found);

unsigned int membar_aim_of_layout(u64 number)
{
	return number % APART ? MEMBAR_NR_STARTS : 0;
}
MEMBAR_EXPORT_TO_KUNIT(membar_aim_of_layout);
