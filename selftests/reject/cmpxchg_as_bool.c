// SPDX-License-Identifier: GPL-2.0
/* want-gcc: used struct type value where scalar is required */
/* want-clang: statement requires expression of scalar type */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1;

	if (membar_cmpxchg(&x, 1, 2, MEMBAR_FULL))
		x = 3;
}
