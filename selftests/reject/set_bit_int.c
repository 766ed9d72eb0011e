// SPDX-License-Identifier: GPL-2.0
/* want: membar_set_bit(&x, ..., MEMBAR_RELAXED): not a pointer to unsigned long */
#include "membar.h"

void reject(void);

void reject(void)
{
	unsigned int x = 0;

	membar_set_bit(&x, 1, MEMBAR_RELAXED);
}
