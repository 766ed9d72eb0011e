/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MEMBAR_BARRIER_KUNIT_H
#define _MEMBAR_BARRIER_KUNIT_H

#include <linux/compiler.h>
#include <linux/jiffies.h>

/*
 * Whether a plain load is executed again after @barrier.  The timer interrupt
 * changes jiffies, which the compiler does not know.  Once jiffies, read as the
 * volatile that it is, has changed, a plain load after the barrier must return the
 * new value; without a barrier the compiler may use the result of the earlier load.
 * The plain loads read jiffies_64, the same memory under another name, because the
 * compiler may use the value of a volatile load for a plain load of the same object.
 * The race with the timer interrupt is intended.
 */
#define barrier_kunit_reloads(barrier) ({				\
	/* The tick is the other side of the race. */			\
	const u64 before = data_race(jiffies_64);			\
	const unsigned long start = jiffies;				\
	bool ticked;							\
									\
	do {								\
		ticked = time_after(jiffies, start);			\
		barrier;						\
	} while (!ticked);						\
	/* And of this one. */						\
	data_race(jiffies_64) != before;				\
})

/* Whether calls into a checker keep the compiler from combining the two loads. */
static inline bool barrier_kunit_instrumented(void)
{
	return IS_ENABLED(CONFIG_KASAN) || IS_ENABLED(CONFIG_KCSAN) ||
	       IS_ENABLED(CONFIG_KMSAN) || IS_ENABLED(CONFIG_KCOV);
}

#endif /* _MEMBAR_BARRIER_KUNIT_H */
