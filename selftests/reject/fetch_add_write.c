// SPDX-License-Identifier: GPL-2.0
/* want: membar_fetch_add(&x, ..., MEMBAR_WRITE): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1;

	membar_fetch_add(&x, 2, MEMBAR_WRITE);
}
