// SPDX-License-Identifier: GPL-2.0
/* want: membar_fetch_add(&x, ..., MEMBAR_FULL): not a pointer to an integer, enum or pointer of at most 64 bits */
#include "membar.h"

struct pair {
	u32 a, b;
};

void reject(void);

void reject(void)
{
	struct pair x = { 1, 2 };

	membar_fetch_add(&x, 1, MEMBAR_FULL);
}
