// SPDX-License-Identifier: GPL-2.0
/*
 * The fences as a kernel without further options lowers them.
 */
#define KCSAN_KUNIT_FENCES	kcsan_kunit_inline
#include "kcsan_kunit_fences.h"
