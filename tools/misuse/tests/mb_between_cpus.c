// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule mb_between_cpus. */
#include "example.h"

static void wrong_write(struct item *item)
{
	item->payload = 1;
	/* The payload before the flag. */
	wmb();
	WRITE_ONCE(item->ready, true);
}

static bool wrong_full(struct item *item)
{
	WRITE_ONCE(item->state, 1);
	/* The state before the look at the flag. */
	mb();
	return READ_ONCE(item->ready);
}

static void wrong_typed(struct item *item)
{
	item->payload = 1;
	membar_mb(MEMBAR_WRITE);
	WRITE_ONCE(item->ready, true);
}

static void right_write(struct item *item)
{
	item->payload = 1;
	/* The payload before the flag. */
	smp_wmb();
	WRITE_ONCE(item->ready, true);
	membar_smp_mb(MEMBAR_WRITE);
}
