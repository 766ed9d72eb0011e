// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule atomic_fence_misplaced. */
#include "example.h"

static void wrong_before_set(struct item *item)
{
	item->payload = 1;
	/* The payload before the users. */
	smp_mb__before_atomic();
	atomic_set(&item->users, 1);
}

static bool wrong_before_read(struct item *item)
{
	item->payload = 1;
	/* The payload before the look at the users. */
	smp_mb__before_atomic();
	if (atomic_read(&item->users))
		return true;
	return false;
}

static void wrong_after_set(struct item *item)
{
	atomic_set(&item->users, 1);
	/* The users before the payload. */
	smp_mb__after_atomic();
	item->payload = 1;
}

static void wrong_typed(struct item *item)
{
	membar_before_atomic();
	membar_store(&item->state, 1, MEMBAR_RELAXED);
	membar_store(&item->payload, 1, MEMBAR_RELAXED);
	membar_after_atomic();
}

static void right_both_sides(struct item *item)
{
	item->payload = 1;
	/* The payload before the users. */
	smp_mb__before_atomic();
	atomic_inc(&item->users);
	/* The users before the look at the state. */
	smp_mb__after_atomic();
	item->payload = READ_ONCE(item->state);
}

static void right_bit(struct item *item)
{
	/* All that was done before the bit. */
	smp_mb__before_atomic();
	clear_bit(0, &item->bits);
}

static void right_conditional(struct item *item)
{
	/* Where it fails, cmpxchg() orders nothing. */
	smp_mb__before_atomic();
	if (atomic_cmpxchg(&item->users, 0, 1))
		return;
	item->payload = 1;
}

static void right_typed(struct item *item)
{
	membar_before_atomic();
	membar_add(&item->state, 1, MEMBAR_RELAXED);
	membar_after_atomic();
}
