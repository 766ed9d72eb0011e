// SPDX-License-Identifier: GPL-2.0
/* want: membar_test_and_clear_bit(&x, ..., MEMBAR_ACQUIRE): order not accepted; use one of MEMBAR_FULL */
#include "membar.h"

void reject(void);

void reject(void)
{
	unsigned long x = 0;

	membar_test_and_clear_bit(&x, 1, MEMBAR_ACQUIRE);
}
