// SPDX-License-Identifier: GPL-2.0
/*
 * The fences as calls into membar.ko.
 */
#define MEMBAR_OUTLINE
#define KCSAN_KUNIT_FENCES	kcsan_kunit_outline
#include "kcsan_kunit_fences.h"
