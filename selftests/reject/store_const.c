// SPDX-License-Identifier: GPL-2.0
/* want: membar_store(&x, ..., MEMBAR_RELAXED): the pointer is to const */
#include "membar.h"

void reject(void);

void reject(void)
{
	const u32 x = 1;

	membar_store(&x, 2, MEMBAR_RELAXED);
}
