// SPDX-License-Identifier: GPL-2.0
/*
 * The fences as CONFIG_MEMBAR_NATIVE_ACQ_REL lowers them.
 */
#define MEMBAR_NATIVE_ACQ_REL
#define KCSAN_KUNIT_FENCES	kcsan_kunit_native
#include "kcsan_kunit_fences.h"
