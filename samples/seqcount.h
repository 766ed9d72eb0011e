/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A sequence count: readers look again if a writer was at work meanwhile.
 * Litmus tests: sample-seqlock, sample-seqlock-broken.
 */
#ifndef _MEMBAR_SAMPLE_SEQCOUNT_H
#define _MEMBAR_SAMPLE_SEQCOUNT_H

#include "membar.h"

/**
 * struct seqcount_pair - two words that change together
 * @seq: odd while they change
 * @x: one
 * @y: the other
 */
struct seqcount_pair {
	u32 seq;
	u32 x;
	u32 y;
};

/*
 * Broken: a store-release keeps what comes before it before it, and the new
 * words come after.  They may be seen under the old, even count.
 */
static inline void seqcount_write_broken(struct seqcount_pair *p, u32 x, u32 y)
{
	u32 seq = p->seq;

	/* Pairs with nothing: it has to order what comes after. */
	smp_store_release(&p->seq, seq + 1);
	WRITE_ONCE(p->x, x);
	WRITE_ONCE(p->y, y);
	/* Words before the even count; pairs with seqcount_read(). */
	smp_store_release(&p->seq, seq + 2);
}

static inline void seqcount_write(struct seqcount_pair *p, u32 x, u32 y)
{
	u32 seq = p->seq;

	WRITE_ONCE(p->seq, seq + 1);
	/* Odd count before words; pairs with seqcount_read()'s second fence. */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(p->x, x);
	WRITE_ONCE(p->y, y);
	/* Words before even count; pairs with seqcount_read()'s first fence. */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(p->seq, seq + 2);
}

/* False: try again. */
static inline bool seqcount_read(struct seqcount_pair *p, u32 *x, u32 *y)
{
	u32 seq = READ_ONCE(p->seq);

	if (seq & 1)
		return false;
	/* Count before words; pairs with the writer's second release. */
	membar_smp_mb(MEMBAR_ACQUIRE);
	*x = READ_ONCE(p->x);
	*y = READ_ONCE(p->y);
	/*
	 * Words before the second look, which no acquire load can do.  Pairs
	 * with the writer's first release.
	 */
	membar_smp_mb(MEMBAR_ACQUIRE);
	return READ_ONCE(p->seq) == seq;
}

#endif /* _MEMBAR_SAMPLE_SEQCOUNT_H */
