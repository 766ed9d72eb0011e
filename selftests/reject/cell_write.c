// SPDX-License-Identifier: GPL-2.0
/* want-gcc: assignment of read-only variable */
/* want-clang: cannot assign to variable 'x' with nested const-qualified data member */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_atomic(u32) x = MEMBAR_ATOMIC_INIT(1);

	x = 1;
}
