// SPDX-License-Identifier: GPL-2.0
/* want: membar_cond_load(..., 0): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 w = 1;

	membar_cond_load(&w, VAL, 0);
}
