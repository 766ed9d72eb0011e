// SPDX-License-Identifier: GPL-2.0
/* want-gcc: used struct type value where scalar is required */
/* want-clang: statement requires expression of scalar type */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_atomic(u32) x = MEMBAR_ATOMIC_INIT(1);

	if (x)
		membar_smp_mb(MEMBAR_FULL);
}
