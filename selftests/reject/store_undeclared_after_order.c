// SPDX-License-Identifier: GPL-2.0
/* want: membar_store(&x, ..., MEMBAR_RELEASE, nobody): order not accepted; use one of MEMBAR_RELAXED MEMBAR_RELEASE */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1;

	membar_store(&x, 2, MEMBAR_RELEASE, nobody);
}
