// SPDX-License-Identifier: GPL-2.0
/* want-gcc: wrong type argument to increment */
/* want-clang: cannot increment value of type */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_atomic(u32) x = MEMBAR_ATOMIC_INIT(1);

	x++;
}
