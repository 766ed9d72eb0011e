// SPDX-License-Identifier: GPL-2.0
/* want: MEMBAR_DEFINE_ATOMIC(one, struct one): not an integer, enum, bool or pointer */
#include "membar.h"

struct one {
	u32 a;
};

MEMBAR_DEFINE_ATOMIC(one, struct one);
