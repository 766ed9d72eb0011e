// SPDX-License-Identifier: GPL-2.0
/* want-gcc: incompatible types */
/* want-clang: incompatible type */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_atomic(u32) x = MEMBAR_ATOMIC_INIT(1);
	u32 v;

	v = x;
	membar_store(&v, 1, MEMBAR_RELAXED);
}
