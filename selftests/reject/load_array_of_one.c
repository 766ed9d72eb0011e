// SPDX-License-Identifier: GPL-2.0
/* want: membar_load(&x, MEMBAR_RELAXED): not a pointer to an integer, enum, bool or pointer of at most 64 bits */
#include "membar.h"

void reject(void);

void reject(void)
{
	void *x[1] = { NULL };

	membar_load(&x, MEMBAR_RELAXED);
}
