// SPDX-License-Identifier: GPL-2.0
/* want: membar_add(&x, ..., MEMBAR_ACQUIRE): order not accepted; use one of MEMBAR_RELAXED */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1;

	membar_add(&x, 2, MEMBAR_ACQUIRE);
}
