// SPDX-License-Identifier: GPL-2.0
/* want: membar_cond_load(x, ...): not a pointer to an integer, enum, bool or pointer no wider than long */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1;

	membar_cond_load(x, VAL, MEMBAR_ACQUIRE);
}
