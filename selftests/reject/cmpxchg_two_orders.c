// SPDX-License-Identifier: GPL-2.0
/* want: membar_cmpxchg(&x, ..., MEMBAR_ACQUIRE, MEMBAR_RELAXED): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1;

	membar_cmpxchg(&x, 1, 2, MEMBAR_ACQUIRE, MEMBAR_RELAXED);
}
