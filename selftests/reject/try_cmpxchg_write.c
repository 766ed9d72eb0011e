// SPDX-License-Identifier: GPL-2.0
/* want: membar_try_cmpxchg(&x, ..., MEMBAR_WRITE): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1, old = 1;

	membar_try_cmpxchg(&x, &old, 2, MEMBAR_WRITE);
}
