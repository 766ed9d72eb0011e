// SPDX-License-Identifier: GPL-2.0
/*
 * The atomic operations in line, for the suite membar_atomic.
 */
#define ATOMIC_KUNIT_ROWS	atomic_kunit_inline
#define ATOMIC_KUNIT_BITOPS	atomic_kunit_inline_bitops
#include "atomic_kunit_ops.h"
