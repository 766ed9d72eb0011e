// SPDX-License-Identifier: GPL-2.0
/* want: membar_inc(&x, MEMBAR_RELAXED, MEMBAR_ACQUIRE): order not accepted; use one of MEMBAR_RELAXED */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1;

	membar_inc(&x, MEMBAR_RELAXED, MEMBAR_ACQUIRE);
}
