// SPDX-License-Identifier: GPL-2.0
/* want: order not accepted; use one of MEMBAR_RELAXED MEMBAR_RELEASE */
#include "membar.h"

void reject(void);

void reject(void)
{
	struct membar_flag x = MEMBAR_FLAG_INIT(true);

	membar_flag_store(&x, false, MEMBAR_FULL);
}
