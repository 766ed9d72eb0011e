// SPDX-License-Identifier: GPL-2.0
/* want: membar_cond_load(..., MEMBAR_FULL): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 w = 1;

	membar_cond_load(&w, VAL, MEMBAR_FULL);
}
