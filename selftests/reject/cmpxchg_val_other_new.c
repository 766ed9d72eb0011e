// SPDX-License-Identifier: GPL-2.0
/* want: incompatible */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 word = 1;
	u64 *x = NULL;

	membar_cmpxchg_val(&x, NULL, &word, MEMBAR_FULL);
}
