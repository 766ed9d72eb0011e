// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule sleeper_without_mb. */
#include "example.h"

static void wrong_plain(struct item *item)
{
	item->ready = true;
	/* The flag before the look at the queue. */
	if (waitqueue_active(&item->queue))
		wake_up(&item->queue);
}

static void wrong_marked(struct item *item)
{
	WRITE_ONCE(item->ready, true);
	/* The flag before the look at the queue. */
	if (waitqueue_active(&item->queue))
		wake_up(&item->queue);
}

static void wrong_typed(struct item *item)
{
	membar_store(&item->ready, true, MEMBAR_RELEASE);
	/* The flag before the look at the queue. */
	if (waitqueue_active(&item->queue))
		wake_up(&item->queue);
}

static void right_barrier(struct item *item)
{
	item->ready = true;
	/* A barrier. */
	smp_mb();
	/* The flag before the look at the queue. */
	if (waitqueue_active(&item->queue))
		wake_up(&item->queue);
}

static void right_helper(struct item *item)
{
	WRITE_ONCE(item->ready, true);
	if (wq_has_sleeper(&item->queue))
		wake_up(&item->queue);
}

static void right_no_look(struct item *item)
{
	WRITE_ONCE(item->ready, true);
	wake_up(&item->queue);
}
