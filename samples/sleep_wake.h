/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sleep and wake: the sleeper stores that it sleeps, then looks for work; the
 * waker stores the work, then checks whether the other one sleeps.  See the
 * kernel's memory-barriers.txt.
 * Litmus tests: sample-sleep-wake, sample-sleep-wake-broken (shape SB).
 */
#ifndef _MEMBAR_SAMPLE_SLEEP_WAKE_H
#define _MEMBAR_SAMPLE_SLEEP_WAKE_H

#include "membar.h"

struct sleeper {
	u32 asleep;
	u32 work;
};

/* Return: true if there is no work and the caller may sleep. */
static inline bool sleeper_may_sleep(struct sleeper *s)
{
	/* Store the state first; pairs with the fence in sleeper_wake(). */
	membar_store_mb(&s->asleep, 1);
	return !READ_ONCE(s->work);
}

/*
 * Broken: the release fence orders the work against later stores, but not
 * against the load of the sleeper's state.  The sleeper may sleep without being
 * woken.
 */
static inline bool sleeper_wake_broken(struct sleeper *s)
{
	WRITE_ONCE(s->work, 1);
	/* Pairs with nothing: it would have to order a store against a load. */
	membar_smp_mb(MEMBAR_RELEASE);
	return READ_ONCE(s->asleep);
}

/* Return: true if the caller has to wake the sleeper. */
static inline bool sleeper_wake(struct sleeper *s)
{
	WRITE_ONCE(s->work, 1);
	/* Store the work first; pairs with sleeper_may_sleep(). */
	membar_smp_mb(MEMBAR_FULL);
	return READ_ONCE(s->asleep);
}

#endif /* _MEMBAR_SAMPLE_SLEEP_WAKE_H */
