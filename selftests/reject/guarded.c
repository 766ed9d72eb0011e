// SPDX-License-Identifier: GPL-2.0
/* want: passing pointer to variable 'counter' requires holding mutex 'lock' */
/* want: passing pointer to variable 'bits' requires holding mutex 'lock' */
/* errors: 4 */
/* option: -Wthread-safety -Werror=thread-safety-pointer */
/*
 * A variable that a lock guards, used without the lock, where the compiler looks
 * for that (CONFIG_WARN_CONTEXT_ANALYSIS).  With the lock the same calls are right.
 */
#define WARN_CONTEXT_ANALYSIS
#include "membar.h"

static struct __attribute__((capability("mutex"))) {
	int unused;
} lock;
static u32 counter __attribute__((guarded_by(lock)));
static unsigned long bits __attribute__((guarded_by(lock)));

u32 without_the_lock(void);
u32 without_the_lock(void)
{
	membar_store(&counter, 1, MEMBAR_RELEASE);
	membar_inc(&counter, MEMBAR_RELAXED);
	membar_set_bit(&bits, 1, MEMBAR_RELAXED);
	return membar_load(&counter, MEMBAR_ACQUIRE);
}

u32 with_the_lock(void) __attribute__((requires_capability(lock)));
u32 with_the_lock(void)
{
	membar_store(&counter, 1, MEMBAR_RELEASE);
	membar_inc(&counter, MEMBAR_RELAXED);
	membar_set_bit(&bits, 1, MEMBAR_RELAXED);
	return membar_load(&counter, MEMBAR_ACQUIRE);
}
