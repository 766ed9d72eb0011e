// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule wmb_before_release. */
#include "example.h"

static void wrong_release(struct item *item)
{
	item->payload = 1;
	/* The payload before the flag. */
	smp_wmb();
	/* The flag, last. */
	smp_store_release(&item->ready, true);
}

static void wrong_pointer(struct item *item, struct item *new)
{
	new->payload = 1;
	/* The payload before the pointer. */
	smp_wmb();
	rcu_assign_pointer(item->next, new);
}

static void wrong_typed(struct item *item)
{
	item->payload = 1;
	membar_smp_mb(MEMBAR_WRITE);
	membar_store(&item->ready, true, MEMBAR_RELEASE);
}

static void right_relaxed(struct item *item)
{
	item->payload = 1;
	/* The payload before the flag. */
	smp_wmb();
	WRITE_ONCE(item->ready, true);
	membar_smp_mb(MEMBAR_WRITE);
	membar_store(&item->state, 1, MEMBAR_RELAXED);
}

static void right_full(struct item *item)
{
	item->payload = READ_ONCE(item->state);
	/* All before the flag, and before the reads after it. */
	smp_mb();
	/* The flag, last. */
	smp_store_release(&item->ready, true);
}
