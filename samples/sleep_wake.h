/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sleep and wake: say that you sleep, then look for work; say that there is
 * work, then look who sleeps.  See the kernel's memory-barriers.txt.
 * Litmus tests: sample-sleep-wake, sample-sleep-wake-broken (shape SB).
 */
#ifndef _MEMBAR_SAMPLE_SLEEP_WAKE_H
#define _MEMBAR_SAMPLE_SLEEP_WAKE_H

#include "membar.h"

struct sleeper {
	u32 asleep;
	u32 work;
};

/* True: there is nothing to do, so it may sleep. */
static inline bool sleeper_may_sleep(struct sleeper *s)
{
	/* The state before the look; pairs with the fence in sleeper_wake(). */
	membar_store_mb(&s->asleep, 1);
	return !READ_ONCE(s->work);
}

/*
 * Broken: the release fence keeps the work before later stores, but not before
 * the look at the sleeper.  The one sleeps, the other does not wake it.
 */
static inline bool sleeper_wake_broken(struct sleeper *s)
{
	WRITE_ONCE(s->work, 1);
	/* Pairs with nothing: it has to order a store against a load. */
	membar_smp_mb(MEMBAR_RELEASE);
	return READ_ONCE(s->asleep);
}

/* True: there is somebody to be woken. */
static inline bool sleeper_wake(struct sleeper *s)
{
	WRITE_ONCE(s->work, 1);
	/* The work before the look; pairs with sleeper_may_sleep(). */
	membar_smp_mb(MEMBAR_FULL);
	return READ_ONCE(s->asleep);
}

#endif /* _MEMBAR_SAMPLE_SLEEP_WAKE_H */
