/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Peterson's lock between two threads: each stores that it is interested, gives
 * the turn to the other one, and then waits while the other one is interested and
 * has the turn.
 * Litmus tests: sample-peterson, sample-peterson-broken.
 */
#ifndef _MEMBAR_SAMPLE_PETERSON_H
#define _MEMBAR_SAMPLE_PETERSON_H

#include "membar.h"

struct peterson {
	u32 interested[2];
	u32 turn;
};

/* Call this after peterson_ask() until it returns true. */
static inline bool peterson_may_enter(struct peterson *p, int me)
{
	if (READ_ONCE(p->interested[!me]) && READ_ONCE(p->turn) != me)
		return false;
	/* Pairs with the release in peterson_unlock(). */
	membar_smp_mb(MEMBAR_ACQUIRE);
	return true;
}

/*
 * Broken: the release fence orders the two stores only for a thread that reads
 * the turn.  A thread that overwrites the turn may still miss that the other one
 * is interested (shape R).
 */
static inline void peterson_ask_broken(struct peterson *p, int me)
{
	WRITE_ONCE(p->interested[me], 1);
	/* Pairs with nothing: the other thread does not read this turn. */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(p->turn, !me);
	/* Pairs with the same barrier in the other thread. */
	membar_smp_mb(MEMBAR_FULL);
}

static inline void peterson_ask(struct peterson *p, int me)
{
	WRITE_ONCE(p->interested[me], 1);
	/*
	 * Store the interest before the turn.  Pairs with the second barrier of
	 * the other thread.
	 */
	membar_smp_mb(MEMBAR_FULL);
	WRITE_ONCE(p->turn, !me);
	/*
	 * Store the turn before loading the other thread's interest.  Pairs with
	 * the first barrier of the other thread.
	 */
	membar_smp_mb(MEMBAR_FULL);
}

static inline void peterson_unlock(struct peterson *p, int me)
{
	/* Pairs with the acquire in peterson_may_enter(). */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(p->interested[me], 0);
}

#endif /* _MEMBAR_SAMPLE_PETERSON_H */
