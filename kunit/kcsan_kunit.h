/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the KCSAN suite knows of a fence.
 */
#ifndef _MEMBAR_KCSAN_KUNIT_H
#define _MEMBAR_KCSAN_KUNIT_H

#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/types.h>

#include "membar.h"

#define KCSAN_KUNIT_ONE(...)	+ 1
#define KCSAN_KUNIT_EXACT	(BIT(MEMBAR_ORDER_READ) | BIT(MEMBAR_ORDER_WRITE))
#define KCSAN_KUNIT_NR_FENCES	(0 MEMBAR_FOR_EACH_BARRIER(KCSAN_KUNIT_ONE))

/**
 * struct kcsan_kunit_fence - one fence of the table
 * @name: text form
 * @prior: which accesses may not be delayed past it
 * @exact: others may; more than is promised would hide races
 * @fn: the fence alone, instrumented
 */
struct kcsan_kunit_fence {
	const char *name;
	u8 prior;
	bool exact;
	void (*fn)(void);
};

extern const struct kcsan_kunit_fence
	kcsan_kunit_inline[KCSAN_KUNIT_NR_FENCES];
extern const struct kcsan_kunit_fence
	kcsan_kunit_native[KCSAN_KUNIT_NR_FENCES];
extern const struct kcsan_kunit_fence
	kcsan_kunit_outline[KCSAN_KUNIT_NR_FENCES];

#endif /* _MEMBAR_KCSAN_KUNIT_H */
