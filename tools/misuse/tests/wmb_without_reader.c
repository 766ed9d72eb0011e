// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule wmb_without_reader. Nothing here reads. */
#include "example.h"

static void wrong_writer(struct item *item)
{
	item->unread = 0;
	/* The payload first. */
	smp_wmb();
	item->unread = 1;
}

static void wrong_typed(struct item *item)
{
	item->unread = 0;

	/* The payload first. */
	membar_smp_mb(MEMBAR_WRITE);
	item->unread = 1;
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

static void right_other_file(struct item *item)
{
	item->payload = 1;
	/* The reader is in plain_flag.c. */
	smp_wmb();
	item->ready = true;
}

static void right_doorbell(struct item *item)
{
	item->unread = 0;
	/* The device reads after the doorbell. */
	smp_wmb();
	item_ring_doorbell(item);
}

static void right_table(struct item *item)
{
	item->unread = 0;
	/* The hardware follows the entry. */
	smp_wmb();
	set_pmd(&item->unread, 1);
}
