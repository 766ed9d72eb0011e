// SPDX-License-Identifier: GPL-2.0
/* want: membar_store(&x, ..., MEMBAR_RELEASE): the pointer is to const */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 word = 1;
	u32 *const x = &word;

	membar_store(&x, NULL, MEMBAR_RELEASE);
}
