// SPDX-License-Identifier: GPL-2.0
/*
 * The same atomic operations as calls into membar.ko.
 */
#define MEMBAR_OUTLINE
#define ATOMIC_KUNIT_ROWS	atomic_kunit_outline
#define ATOMIC_KUNIT_BITOPS	atomic_kunit_outline_bitops
#include "atomic_kunit_ops.h"

#define ATOMIC_KUNIT_STORE_MB(w, ...) {					\
	w words[3] = { };						\
									\
	membar_store_mb(&words[1], 0x5a);				\
	fine &= !words[0] && words[1] == 0x5a && !words[2];		\
}

/* It takes no order, so that no row has it. */
bool atomic_kunit_outline_store_mb(void)
{
	bool fine = true;

	MEMBAR_FOR_EACH_NATIVE_WIDTH(ATOMIC_KUNIT_STORE_MB)
	return fine;
}
