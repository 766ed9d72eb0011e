// SPDX-License-Identifier: GPL-2.0
/* want-gcc: invalid operands to binary + */
/* want-clang: invalid operands to binary expression */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_atomic(u32) x = MEMBAR_ATOMIC_INIT(1);
	u32 v = x + 1;

	membar_store(&v, 1, MEMBAR_RELAXED);
}
