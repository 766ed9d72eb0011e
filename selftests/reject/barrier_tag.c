// SPDX-License-Identifier: GPL-2.0
/* want: incompatible type */
/* want: membar_barrier */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_barrier(MEMBAR_FLAVOUR_SMP, MEMBAR_FULL);
}
