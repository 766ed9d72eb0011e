// SPDX-License-Identifier: GPL-2.0
/* The order that stands in the value's place is no number either. */
/* errors: 2 */
/* want: membar_fetch_add(&x, ..., ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1;

	membar_fetch_add(&x, MEMBAR_FULL);
}
