/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every fence of the table as a function, in an array.  Included by files that
 * differ in how the fences are lowered, with KCSAN_KUNIT_FENCES set to the name
 * of the array.
 */
#include "kcsan_kunit.h"

#define KCSAN_KUNIT_DEFINE(FLAVOUR, entry, ORDER, order, ...)		\
	static noinline void fence_##entry##_##order(void)		\
	{								\
		membar_##entry(MEMBAR_##ORDER);				\
	}
MEMBAR_FOR_EACH_BARRIER(KCSAN_KUNIT_DEFINE)
#undef KCSAN_KUNIT_DEFINE

const struct kcsan_kunit_fence KCSAN_KUNIT_FENCES[KCSAN_KUNIT_NR_FENCES] = {
#define KCSAN_KUNIT_ROW(FLAVOUR, entry, ORDER, order, kernel, PRIOR, LATER) \
	{								\
		.name = #entry ":" #order,				\
		.prior = MEMBAR_##PRIOR,				\
		.exact = BIT(MEMBAR_ORDER_##ORDER) & KCSAN_KUNIT_EXACT,	\
		.fn = fence_##entry##_##order,				\
	},
	MEMBAR_FOR_EACH_BARRIER(KCSAN_KUNIT_ROW)
#undef KCSAN_KUNIT_ROW
};
