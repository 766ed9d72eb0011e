// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule mb_after_state. */
#include "example.h"

static void wrong_state(struct item *item)
{
	set_current_state(TASK_UNINTERRUPTIBLE);
	/* The state before the condition. */
	smp_mb();
	if (!READ_ONCE(item->ready))
		schedule();
}

static void wrong_typed(struct item *item)
{
	prepare_to_wait(&item->next, NULL, TASK_INTERRUPTIBLE);
	membar_smp_mb(MEMBAR_FULL);
	if (!READ_ONCE(item->ready))
		schedule();
}

static void right_plain_state(struct item *item)
{
	__set_current_state(TASK_UNINTERRUPTIBLE);
	/* The state before the condition. */
	smp_mb();
	if (!READ_ONCE(item->ready))
		schedule();
}

static void right_between(struct item *item)
{
	set_current_state(TASK_UNINTERRUPTIBLE);
	item->state = 1;
	/* The item's state before the condition. */
	smp_mb();
	if (!READ_ONCE(item->ready))
		schedule();
}
