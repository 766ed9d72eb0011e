/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The core of Dekker's lock between two parties: say that you want in, then
 * look whether the other one does.
 * Litmus tests: sample-dekker, sample-dekker-broken (shape SB).
 */
#ifndef _MEMBAR_SAMPLE_DEKKER_H
#define _MEMBAR_SAMPLE_DEKKER_H

#include "membar.h"

struct dekker {
	u32 want[2];
};

static inline bool dekker_look(struct dekker *d, int me)
{
	if (!READ_ONCE(d->want[!me]))
		return true;
	WRITE_ONCE(d->want[me], 0);
	return false;
}

/*
 * Broken: acquire and release fences, even both, let the look overtake the
 * store, and both get in.
 */
static inline bool dekker_trylock_broken(struct dekker *d, int me)
{
	WRITE_ONCE(d->want[me], 1);
	/* Pair with nothing: neither orders a store against a later load. */
	membar_smp_mb(MEMBAR_RELEASE);
	membar_smp_mb(MEMBAR_ACQUIRE);
	return dekker_look(d, me);
}

static inline bool dekker_trylock(struct dekker *d, int me)
{
	WRITE_ONCE(d->want[me], 1);
	/* The wish before the look; pairs with the other party's. */
	membar_smp_mb(MEMBAR_FULL);
	if (!dekker_look(d, me))
		return false;
	/* Pairs with the release in dekker_unlock(). */
	membar_smp_mb(MEMBAR_ACQUIRE);
	return true;
}

static inline void dekker_unlock(struct dekker *d, int me)
{
	/* Pairs with the acquire in dekker_trylock(). */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(d->want[me], 0);
}

#endif /* _MEMBAR_SAMPLE_DEKKER_H */
