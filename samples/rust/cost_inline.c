// SPDX-License-Identifier: GPL-2.0
/*
 * The measured operations of membar_rust_main.rs, in C and in line.  Each has a
 * function that executes it so many times, and one for its disassembly.  The
 * difference to the times of the Rust code is the cost of a call.
 */
#include <linux/types.h>

#include "membar.h"

#define COST_INLINE(name, operation)					\
	void membar_rust_inline_##name(u32 *p, unsigned long rounds);	\
	void membar_rust_inline_##name(u32 *p, unsigned long rounds)	\
	{								\
		while (rounds--) {					\
			operation;					\
			membar_compiler_mb();				\
		}							\
	}								\
									\
	void membar_rust_inline_##name##_once(u32 *p);			\
	void membar_rust_inline_##name##_once(u32 *p)			\
	{								\
		operation;						\
	}

COST_INLINE(nothing, (void)p)
COST_INLINE(smp_mb_full, membar_smp_mb(MEMBAR_FULL))
COST_INLINE(smp_mb_read, membar_smp_mb(MEMBAR_READ))
COST_INLINE(smp_mb_acquire, membar_smp_mb(MEMBAR_ACQUIRE))
COST_INLINE(dma_mb_release, membar_dma_mb(MEMBAR_RELEASE))
COST_INLINE(virt_mb_full, membar_virt_mb(MEMBAR_FULL))
COST_INLINE(load_relaxed, membar_load(p, MEMBAR_RELAXED))
COST_INLINE(load_acquire, membar_load(p, MEMBAR_ACQUIRE))
COST_INLINE(store_release, membar_store(p, 1, MEMBAR_RELEASE))
COST_INLINE(xchg_acquire, membar_xchg(p, 1, MEMBAR_ACQUIRE))
COST_INLINE(fetch_add_full, membar_fetch_add(p, 1, MEMBAR_FULL))
