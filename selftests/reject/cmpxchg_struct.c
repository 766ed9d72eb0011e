// SPDX-License-Identifier: GPL-2.0
/* want: membar_cmpxchg(&x, ..., MEMBAR_FULL): not a pointer to an integer, enum, bool or pointer of at most 64 bits */
#include "membar.h"

struct pair {
	u32 a, b;
};

void reject(void);

void reject(void)
{
	struct pair x = { 1, 2 };

	membar_cmpxchg(&x, x, x, MEMBAR_FULL);
}
