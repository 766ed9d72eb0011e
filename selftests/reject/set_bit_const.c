// SPDX-License-Identifier: GPL-2.0
/* want: membar_set_bit(&x, ..., MEMBAR_RELAXED): the pointer is to const */
#include "membar.h"

void reject(void);

void reject(void)
{
	const unsigned long x = 0;

	membar_set_bit(&x, 1, MEMBAR_RELAXED);
}
