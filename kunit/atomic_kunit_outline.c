// SPDX-License-Identifier: GPL-2.0
/*
 * The same atomic operations as calls into membar.ko.
 */
#define MEMBAR_OUTLINE
#define ATOMIC_KUNIT_ROWS	atomic_kunit_outline
#define ATOMIC_KUNIT_BITOPS	atomic_kunit_outline_bitops
#include "atomic_kunit_ops.h"
