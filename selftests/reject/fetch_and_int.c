// SPDX-License-Identifier: GPL-2.0
/* want: membar_fetch_and(x, ..., MEMBAR_FULL): not a pointer to an integer or enum of at most 64 bits */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1;

	membar_fetch_and(x, 1, MEMBAR_FULL);
}
