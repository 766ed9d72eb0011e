// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule repeated_barrier. */
#include "example.h"

static void wrong_same(struct item *item)
{
	item->payload = 1;
	/* The payload before the state. */
	smp_mb();
	/* Again. */
	smp_mb();
	WRITE_ONCE(item->state, 1);
}

static void wrong_part_first(struct item *item)
{
	item->payload = 1;
	/* The payload before the state. */
	smp_wmb();
	/* All before the state. */
	mb();
	WRITE_ONCE(item->state, 1);
}

static void wrong_atomic(struct item *item)
{
	atomic_inc(&item->users);
	/* The users before the state. */
	smp_mb__after_atomic();
	/* Again. */
	smp_mb();
	WRITE_ONCE(item->state, 1);
}

static void wrong_typed(struct item *item)
{
	item->payload = 1;
	membar_smp_mb(MEMBAR_FULL);
	membar_smp_mb(MEMBAR_WRITE);
	WRITE_ONCE(item->state, 1);
}

static void right_two_kinds(struct item *item)
{
	/* Reads. */
	smp_rmb();
	/* Writes. */
	smp_wmb();
	membar_smp_mb(MEMBAR_ACQUIRE);
	membar_smp_mb(MEMBAR_RELEASE);
}

static void right_two_observers(struct item *item)
{
	/* For the device. */
	dma_wmb();
	/* For the other CPU. */
	smp_mb();
	WRITE_ONCE(item->state, 1);
}

static void right_between(struct item *item)
{
	/* The payload before the state. */
	smp_mb();
	item->state = 1;
	/* The state before the look. */
	smp_mb();
}

static void right_magic(struct item *item)
{
	item->payload = 1;
	/* Twice on purpose, as arch/alpha does before draina(). */
	mb();
	/* Again. */
	mb();
	item->state = 1;
}
