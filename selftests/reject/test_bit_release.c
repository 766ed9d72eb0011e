// SPDX-License-Identifier: GPL-2.0
/* want: membar_test_bit(&x, ..., MEMBAR_RELEASE): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE */
#include "membar.h"

void reject(void);

void reject(void)
{
	unsigned long x = 0;

	membar_test_bit(&x, 1, MEMBAR_RELEASE);
}
