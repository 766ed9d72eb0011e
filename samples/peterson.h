/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Peterson's lock between two parties: I am interested, after you; then wait
 * while the other one is interested and it is the other one's turn.
 * Litmus tests: sample-peterson, sample-peterson-broken.
 */
#ifndef _MEMBAR_SAMPLE_PETERSON_H
#define _MEMBAR_SAMPLE_PETERSON_H

#include "membar.h"

struct peterson {
	u32 interested[2];
	u32 turn;
};

/* To be called after peterson_ask() until it says true. */
static inline bool peterson_may_enter(struct peterson *p, int me)
{
	if (READ_ONCE(p->interested[!me]) && READ_ONCE(p->turn) != me)
		return false;
	/* Pairs with the release in peterson_unlock(). */
	membar_smp_mb(MEMBAR_ACQUIRE);
	return true;
}

/*
 * Broken: the release fence holds for who reads the turn.  Who overwrites it
 * may still miss that the other one is interested (shape R).
 */
static inline void peterson_ask_broken(struct peterson *p, int me)
{
	WRITE_ONCE(p->interested[me], 1);
	/* Pairs with nothing: the other side judges by its own store. */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(p->turn, !me);
	/* Pairs with the other party's. */
	membar_smp_mb(MEMBAR_FULL);
}

static inline void peterson_ask(struct peterson *p, int me)
{
	WRITE_ONCE(p->interested[me], 1);
	/* Interest before politeness; pairs with the other party's second. */
	membar_smp_mb(MEMBAR_FULL);
	WRITE_ONCE(p->turn, !me);
	/* Politeness before the look; pairs with the other party's first. */
	membar_smp_mb(MEMBAR_FULL);
}

static inline void peterson_unlock(struct peterson *p, int me)
{
	/* Pairs with the acquire in peterson_may_enter(). */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(p->interested[me], 0);
}

#endif /* _MEMBAR_SAMPLE_PETERSON_H */
