/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Publish and subscribe by pointer, the half of RCU that is about ordering.
 * Litmus tests: sample-rcu-publish, sample-rcu-publish-broken (shape MP, with
 * an address dependency).
 */
#ifndef _MEMBAR_SAMPLE_PUBLISH_H
#define _MEMBAR_SAMPLE_PUBLISH_H

#include "membar.h"

struct publication {
	u32 text;
};

/* Broken: the pointer may be seen before what it points to is there. */
static inline void publish_broken(struct publication **shelf,
				  struct publication *new, u32 text)
{
	WRITE_ONCE(new->text, text);
	WRITE_ONCE(*shelf, new);
}

static inline void publish(struct publication **shelf,
			   struct publication *new, u32 text)
{
	WRITE_ONCE(new->text, text);
	/* Text before pointer; pairs with the dependency in subscribe(). */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(*shelf, new);
}

/* The address depends on the first load, which orders the second. */
static inline u32 subscribe(struct publication **shelf)
{
	return READ_ONCE(READ_ONCE(*shelf)->text);
}

#endif /* _MEMBAR_SAMPLE_PUBLISH_H */
