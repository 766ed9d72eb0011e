// SPDX-License-Identifier: GPL-2.0
/* want: membar_fetch_add(&x, ..., MEMBAR_FULL): the pointer is to const */
#include "membar.h"

void reject(void);

void reject(void)
{
	const u32 x = 1;

	membar_fetch_add(&x, 1, MEMBAR_FULL);
}
