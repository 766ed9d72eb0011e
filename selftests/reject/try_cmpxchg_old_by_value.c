// SPDX-License-Identifier: GPL-2.0
/* want: membar_try_cmpxchg(&x, old, ..., MEMBAR_FULL): the second is not a pointer to the type of the first */
#include "membar.h"

void reject(void);

void reject(void)
{
	void *x = NULL, *old = NULL;

	membar_try_cmpxchg(&x, old, NULL, MEMBAR_FULL);
}
