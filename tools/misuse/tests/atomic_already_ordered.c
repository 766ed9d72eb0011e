// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule atomic_already_ordered. */
#include "example.h"

static void wrong_before(struct item *item)
{
	item->payload = 1;
	/* The payload before the users. */
	smp_mb();
	if (atomic_dec_and_test(&item->users))
		wake(item);
}

static void wrong_after(struct item *item)
{
	if (!test_and_clear_bit(0, &item->bits))
		return;
	/* The bit before the payload. */
	smp_mb__after_atomic();
	item->payload = 1;
}

static void wrong_inside(struct item *item)
{
	u32 old;

	if (test_and_set_bit(0, &item->bits)) {
		/* The bit before the payload. */
		smp_rmb();
		wake(item);
	}
	old = xchg(&item->state, 1);
	/* The state before the payload. */
	smp_mb();
	item->payload = old;
}

static void wrong_typed(struct item *item)
{
	membar_smp_mb(MEMBAR_FULL);
	membar_fetch_add(&item->state, 1, MEMBAR_FULL);
	membar_after_atomic();
}

static void right_relaxed(struct item *item)
{
	item->payload = 1;
	/* The payload before the users. */
	smp_mb();
	if (!atomic_dec_return_relaxed(&item->users))
		wake(item);
	membar_xchg(&item->state, 1, MEMBAR_RELAXED);
	membar_after_atomic();
}

static void right_no_value(struct item *item)
{
	atomic_inc(&item->users);
	/* The users before the state. */
	smp_mb__after_atomic();
	item->payload = READ_ONCE(item->state);
}

static void right_conditional(struct item *item)
{
	cmpxchg(&item->state, 0, 1);
	/* Where it fails, cmpxchg() orders nothing. */
	smp_mb();
	item->payload = 1;
}

static void right_second_condition(struct item *item)
{
	if (!test_and_clear_bit(0, &item->bits) || !READ_ONCE(item->ready))
		return;
	/* The look at ready before the payload. */
	smp_rmb();
	use(item->payload);
}
