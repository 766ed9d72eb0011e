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

static void wrong_counted(struct item *item)
{
	item->users--;
	/* The count before the look at the queue. */
	if (waitqueue_active(&item->queue)) {
		item->bits = 0;
		wake_up(&item->queue);
	}
}

static void right_local(struct item *item)
{
	struct queue *queue;
	struct item copy;

	queue = &item->queue;
	/* The pointer is seen by nobody else. */
	if (waitqueue_active(queue))
		wake_up(queue);
	copy.state = 1;
	/* Nor is the copy. */
	if (waitqueue_active(queue))
		copy.users = 1;
	item->state = copy.state + copy.users;
}

static void right_lock_of_queue(struct item *item)
{
	spin_lock(&item->queue.head);
	item->users--;
	/* The sleeper has joined the queue, or has to wait until the end. */
	if (waitqueue_active(&item->queue))
		wake_up_locked(&item->queue);
	clear_bit(0, &item->bits);
	/* The same. */
	if (waitqueue_active(&item->queue)) {
		item->state = 1;
		__wake_up_locked_key(&item->queue, 0, NULL);
	}
	spin_unlock(&item->queue.head);
}

static void right_comment(struct item *item)
{
	item->ready = true;
	/* Synchronized by the mutex of the item. */
	if (waitqueue_active(&item->queue))
		wake_up(&item->queue);
	item->users--;
	/*
	 * The sleeper looks at the users under the mutex of the item, which the
	 * caller holds: under that lock the check finds it.
	 */
	if (waitqueue_active(&item->queue))
		wake_up(&item->queue);
}
