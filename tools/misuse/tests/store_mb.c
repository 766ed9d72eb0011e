// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule store_mb. */
#include "example.h"

static bool wrong_pair(struct item *item)
{
	WRITE_ONCE(item->state, 1);
	/* The state before the look at the flag. */
	smp_mb();
	return READ_ONCE(item->ready);
}

static bool wrong_typed(struct item *item)
{
	membar_store(&item->state, 1, MEMBAR_RELAXED);
	membar_smp_mb(MEMBAR_FULL);
	return READ_ONCE(item->ready);
}

static bool right_store_mb(struct item *item)
{
	/* The state before the look at the flag. */
	smp_store_mb(item->state, 1);
	return READ_ONCE(item->ready);
}

static void right_write(struct item *item)
{
	WRITE_ONCE(item->payload, 1);
	/* The payload before the flag. */
	smp_wmb();
	WRITE_ONCE(item->ready, true);
}
