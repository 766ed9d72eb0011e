// SPDX-License-Identifier: GPL-2.0
/* want: membar_fetch_add(x, ..., MEMBAR_FULL): the pointer is to const, misaligned (use __aligned() or membar_atomic()), or to another address space */
#include "membar.h"

void reject(void);

void reject(void)
{
	static u32 __seg_gs *x;

	membar_fetch_add(x, 1, MEMBAR_FULL);
}
