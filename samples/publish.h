/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Publish and subscribe by pointer: the ordering part of RCU.
 * Litmus tests: sample-rcu-publish, sample-rcu-publish-broken (shape MP, with
 * an address dependency).
 */
#ifndef _MEMBAR_SAMPLE_PUBLISH_H
#define _MEMBAR_SAMPLE_PUBLISH_H

#include "membar.h"

struct publication {
	u32 text;
};

/* Broken: a reader may see the pointer before the text that it points to. */
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
	/* Store the text first; pairs with the dependency in subscribe(). */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(*shelf, new);
}

/* The address of the second load depends on the first one, which orders them. */
static inline u32 subscribe(struct publication **shelf)
{
	return READ_ONCE(READ_ONCE(*shelf)->text);
}

#endif /* _MEMBAR_SAMPLE_PUBLISH_H */
