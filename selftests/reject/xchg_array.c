// SPDX-License-Identifier: GPL-2.0
/* want: membar_xchg(&x, ..., MEMBAR_FULL): not a pointer to an integer, enum, bool or pointer of at most 64 bits */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x[2] = { 1, 2 };

	membar_xchg(&x, 2, MEMBAR_FULL);
}
