/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lets the pure files (names, request, verdict, count) build in user space.
 *
 * In the kernel this is an ordinary list of includes.  Outside it, the few
 * kernel names that the pure files use are spelled with the C library, so that
 * their answers can be compared with herd7 without booting anything.
 */
#ifndef _MEMBAR_STRESS_SHIM_H
#define _MEMBAR_STRESS_SHIM_H

#ifdef __KERNEL__

#include <linux/bitops.h>
#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kconfig.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/types.h>

#include "membar.h"

/* The suites that test these files are modules of their own. */
#if IS_ENABLED(CONFIG_MEMBAR_STRESS_KUNIT_TEST) || \
	IS_ENABLED(CONFIG_MEMBAR_CAMPAIGN_KUNIT_TEST)
# define MEMBAR_EXPORT_TO_KUNIT(symbol)	EXPORT_SYMBOL_GPL(symbol)
#else
# define MEMBAR_EXPORT_TO_KUNIT(symbol)	static_assert(1)
#endif

/* For what takes long enough that others want the CPU meanwhile. */
#define membar_offer_cpu()	cond_resched()

#else /* !__KERNEL__ */

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef int32_t s32;
typedef long long s64;
typedef unsigned long long u64;

#define MEMBAR_EXPORT_TO_KUNIT(symbol)	static_assert(1, "")
#define membar_offer_cpu()	do { } while (0)
#define ARRAY_SIZE(a)		(sizeof(a) / sizeof((a)[0]))
#define BIT(n)			(1UL << (n))
#define BIT_ULL(n)		(1ULL << (n))
#define U32_MAX			UINT32_MAX
#define U64_MAX			UINT64_MAX
#define likely(x)		__builtin_expect(!!(x), 1)
#define max(a, b)		((a) > (b) ? (a) : (b))
#define min(a, b)		((a) < (b) ? (a) : (b))
#define clamp_t(type, v, low, high)					\
	max((type)(low), min((type)(v), (type)(high)))
#define __ffs64(v)		((unsigned int)__builtin_ctzll(v))
#define hweight64(v)		((unsigned int)__builtin_popcountll(v))
#define div64_s64(a, b)		((a) / (b))
#define __printf(f, a)		__attribute__((format(printf, f, a)))

#define scnprintf(buf, size, ...) ({					\
	int __n = snprintf(buf, size, __VA_ARGS__);			\
									\
	__n < (int)(size) ? __n : (int)(size) - 1;			\
})

#include "arch/table.h"

#endif /* __KERNEL__ */
#endif /* _MEMBAR_STRESS_SHIM_H */
