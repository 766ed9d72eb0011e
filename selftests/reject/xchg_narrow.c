// SPDX-License-Identifier: GPL-2.0
/* want: membar_xchg(&x, ..., MEMBAR_FULL): no such operation of 8 and 16 bits in this kernel */
/* As where the kernel has none. */
#define MEMBAR_NO_NARROW_CMPXCHG
#include "membar.h"

void reject(void);

void reject(void)
{
	u16 x = 1;
	u32 wide = 1;

	membar_xchg(&wide, 2, MEMBAR_FULL);
	membar_xchg(&x, 2, MEMBAR_FULL);
}
