/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A sequence count: readers try again if a writer was active meanwhile.
 * Litmus tests: sample-seqlock, sample-seqlock-broken.
 */
#ifndef _MEMBAR_SAMPLE_SEQCOUNT_H
#define _MEMBAR_SAMPLE_SEQCOUNT_H

#include "membar.h"

/**
 * struct seqcount_pair - two words that change together
 * @seq: odd while the words change
 * @x: the first word
 * @y: the second word
 */
struct seqcount_pair {
	u32 seq;
	u32 x;
	u32 y;
};

/*
 * Broken: a store-release orders only the accesses before it, and the new words
 * are stored after it.  A reader may see them with the old, even count.
 */
static inline void seqcount_write_broken(struct seqcount_pair *p, u32 x, u32 y)
{
	u32 seq = p->seq;

	/* Pairs with nothing: it would have to order the stores after it. */
	smp_store_release(&p->seq, seq + 1);
	WRITE_ONCE(p->x, x);
	WRITE_ONCE(p->y, y);
	/* Store the words before the even count; pairs with seqcount_read(). */
	smp_store_release(&p->seq, seq + 2);
}

static inline void seqcount_write(struct seqcount_pair *p, u32 x, u32 y)
{
	u32 seq = p->seq;

	WRITE_ONCE(p->seq, seq + 1);
	/* Odd count first; pairs with the second fence in seqcount_read(). */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(p->x, x);
	WRITE_ONCE(p->y, y);
	/* Words first; pairs with the first fence in seqcount_read(). */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(p->seq, seq + 2);
}

/* Return: false if the caller has to try again. */
static inline bool seqcount_read(struct seqcount_pair *p, u32 *x, u32 *y)
{
	u32 seq = READ_ONCE(p->seq);

	if (seq & 1)
		return false;
	/* Load the count first; pairs with the writer's second release. */
	membar_smp_mb(MEMBAR_ACQUIRE);
	*x = READ_ONCE(p->x);
	*y = READ_ONCE(p->y);
	/*
	 * Load the words before the count again, which an acquire load cannot
	 * order.  Pairs with the writer's first release.
	 */
	membar_smp_mb(MEMBAR_ACQUIRE);
	return READ_ONCE(p->seq) == seq;
}

#endif /* _MEMBAR_SAMPLE_SEQCOUNT_H */
