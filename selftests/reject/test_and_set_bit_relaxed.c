// SPDX-License-Identifier: GPL-2.0
/* want: membar_test_and_set_bit(&x, ..., MEMBAR_RELAXED): order not accepted; use one of MEMBAR_ACQUIRE MEMBAR_FULL */
#include "membar.h"

void reject(void);

void reject(void)
{
	unsigned long x = 0;

	membar_test_and_set_bit(&x, 1, MEMBAR_RELAXED);
}
