// SPDX-License-Identifier: GPL-2.0
/* want: membar_set_bit(&x, ..., MEMBAR_RELAXED, MEMBAR_FULL): order not accepted; use one of MEMBAR_RELAXED */
#include "membar.h"

void reject(void);

void reject(void)
{
	unsigned long x = 1;

	membar_set_bit(&x, 1, MEMBAR_RELAXED, MEMBAR_FULL);
}
