// SPDX-License-Identifier: GPL-2.0
/* want: incompatible */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1;
	u64 old = 1;

	membar_try_cmpxchg(&x, &old, 2, MEMBAR_FULL);
}
