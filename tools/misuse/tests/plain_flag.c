// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule plain_flag. */
#include "example.h"

static u32 wrong_test(struct item *item)
{
	if (!item->ready)
		return 0;
	/* The flag before the payload. */
	smp_rmb();
	return item->payload;
}

static u32 wrong_inside(struct item *item)
{
	if (item->state == 1) {
		/* The state before the payload. */
		smp_rmb();
		return item->payload;
	}
	return 0;
}

static u32 wrong_loop(struct item *item)
{
	while (!item->ready)
		cpu_relax();
	/* The flag before the payload. */
	smp_rmb();
	return item->payload;
}

static u32 wrong_typed(struct item *item)
{
	if (!item->ready)
		return 0;
	membar_smp_mb(MEMBAR_READ);
	return item->payload;
}

static u32 right_marked(struct item *item)
{
	if (!READ_ONCE(item->ready))
		return 0;
	/* The flag before the payload. */
	smp_rmb();
	return item->payload;
}

static u32 right_acquire(struct item *item)
{
	/* The flag before the payload. */
	if (!smp_load_acquire(&item->ready))
		return 0;
	return item->payload;
}

static u32 right_atomic(struct item *item)
{
	if (!atomic_read(&item->users))
		return 0;
	/* The users before the payload. */
	smp_rmb();
	return item->payload;
}

static u32 right_pointer(struct item *item)
{
	struct item *next = item->next;

	/* The item before its payload, which the address orders, too. */
	smp_rmb();
	item = next->next;
	/* Again. */
	smp_rmb();
	return item->payload;
}

static u32 right_own_field(struct item *item)
{
	u32 state = item->state;

	/* Only this function writes the state; the barrier is for the users. */
	smp_rmb();
	if (item->users)
		state++;
	item->state = state;
	return state;
}
