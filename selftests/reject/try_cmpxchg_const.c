// SPDX-License-Identifier: GPL-2.0
/* want: membar_try_cmpxchg(&x, ..., MEMBAR_FULL): the pointer is to const */
#include "membar.h"

void reject(void);

void reject(void)
{
	const u32 x = 1;
	u32 old = 1;

	membar_try_cmpxchg(&x, &old, 2, MEMBAR_FULL);
}
