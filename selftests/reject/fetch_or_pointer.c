// SPDX-License-Identifier: GPL-2.0
/* want: membar_fetch_or(&x, ..., MEMBAR_FULL): not a pointer to an integer or enum of at most 64 bits */
#include "membar.h"

void reject(void);

void reject(void)
{
	void *x = NULL;

	membar_fetch_or(&x, 1, MEMBAR_FULL);
}
