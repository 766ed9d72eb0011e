// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule wmb_without_reader. Nothing here reads. */
#include "example.h"

static void wrong_writer(struct item *item)
{
	item->payload = 1;
	/* The payload first. */
	smp_wmb();
	item->ready = true;
}

static void wrong_typed(struct item *item)
{
	item->payload = 1;

	/* The payload first. */
	membar_smp_mb(MEMBAR_WRITE);
	item->ready = true;
}

static void right_elsewhere(struct item *item)
{
	item->payload = 1;
	/* Pairs with the barrier in item_take(). */
	smp_wmb();
	item->ready = true;
}

static void right_release(struct item *item)
{
	item->payload = 1;
	/* The payload first. */
	smp_store_release(&item->ready, true);
}
