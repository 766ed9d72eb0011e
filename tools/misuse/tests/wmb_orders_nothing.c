// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule wmb_orders_nothing. */
#include "example.h"

static void wrong_unlock(struct item *item)
{
	spin_lock(&item->queue);
	item->payload = 1;
	/* The payload before the unlock. */
	smp_wmb();
	spin_unlock(&item->queue);
}

static void wrong_wake(struct item *item)
{
	item->ready = true;
	/* The flag before the wakeup. */
	smp_wmb();
	wake_up_interruptible(&item->queue);
}

static void wrong_twice(struct item *item, bool all)
{
	item->ready = true;
	if (all) {
		/* The flag before the wakeup. */
		smp_wmb();
		wake_up_all(&item->queue);
	}
	/* Again. */
	smp_wmb();
	wake_up(&item->queue);
}

static void wrong_typed(struct item *item)
{
	mutex_lock(&item->queue);
	item->payload = 1;
	membar_smp_mb(MEMBAR_WRITE);
	mutex_unlock(&item->queue);
}

static void right_store(struct item *item)
{
	spin_lock(&item->queue);
	item->payload = 1;
	/* Pairs with the read side in item_take(). */
	smp_wmb();
	WRITE_ONCE(item->state, 1);
	spin_unlock(&item->queue);
}

static void right_store_after(struct item *item)
{
	item->payload = 1;
	/* Pairs with the read side in item_take(). */
	smp_wmb();
	wake_up(&item->queue);
	item->state = 1;
}

static void right_mb(struct item *item)
{
	spin_lock(&item->queue);
	item->state = 1;
	/* The state before reads after the unlock. */
	smp_mb();
	spin_unlock(&item->queue);
}
