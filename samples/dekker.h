/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The core of Dekker's lock between two threads: each stores that it wants the
 * lock, then loads whether the other one wants it.
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
 * Broken: acquire and release fences, even both together, allow the load to take
 * effect before the store, and both threads get the lock.
 */
static inline bool dekker_trylock_broken(struct dekker *d, int me)
{
	WRITE_ONCE(d->want[me], 1);
	/* Pairs with nothing: neither orders a store against a later load. */
	membar_smp_mb(MEMBAR_RELEASE);
	membar_smp_mb(MEMBAR_ACQUIRE);
	return dekker_look(d, me);
}

static inline bool dekker_trylock(struct dekker *d, int me)
{
	WRITE_ONCE(d->want[me], 1);
	/*
	 * Store our request before loading the other one.  Pairs with the same
	 * barrier in the other thread.
	 */
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
