// SPDX-License-Identifier: GPL-2.0
/* want: membar_add_unless(&x, ..., MEMBAR_FULL): not a pointer to an integer or enum of at most 64 bits */
#include "membar.h"

void reject(void);

void reject(void)
{
	char *x = NULL;

	membar_add_unless(&x, 1, 2, MEMBAR_FULL);
}
