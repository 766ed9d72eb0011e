// SPDX-License-Identifier: GPL-2.0
/* want-gcc: void value not ignored as it ought to be */
/* want-clang: incompatible type 'void' */
/* want: membar_smp_mb(MEMBAR_FULL) */
#include "membar.h"

void reject(void);

void reject(void)
{
	int x = membar_smp_mb(MEMBAR_FULL);

	(void)x;
}
