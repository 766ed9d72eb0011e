/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For a module of klitmus7: smp_mb__after_spinlock(), which nothing else there
 * uses, becomes a fence that does not work in one execution of WEAK_EVERY on a
 * CPU.  MEMBAR_BREAK_EVERY does the same in the stress module.
 */
#ifndef _WEAK_FENCE_H
#define _WEAK_FENCE_H

#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <asm/barrier.h>

static DEFINE_PER_CPU(unsigned int, weak_executions) __maybe_unused;

#undef smp_mb__after_spinlock
#if WEAK_EVERY == 1
# define smp_mb__after_spinlock()	barrier()
#else
# define smp_mb__after_spinlock()	do {				\
	if (raw_cpu_inc_return(weak_executions) % WEAK_EVERY == 0)	\
		barrier();						\
	else								\
		/* Pairs with itself in the test's other threads. */	\
		smp_mb();						\
} while (0)
#endif

#endif /* _WEAK_FENCE_H */
