// SPDX-License-Identifier: GPL-2.0
/* want: membar_load(&x, MEMBAR_RELAXED): not a pointer to an integer, enum, bool or pointer of at most 64 bits */
#include "membar.h"

void reject(void);

void reject(void)
{
	u16 x[2] = { 1, 2 };

	membar_load(&x, MEMBAR_RELAXED);
}
