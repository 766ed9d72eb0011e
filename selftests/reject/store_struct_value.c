// SPDX-License-Identifier: GPL-2.0
/* want-gcc: incompatible types when initializing */
/* want-clang: with an expression of incompatible type */
#include "membar.h"

struct pair {
	u32 a, b;
};

void reject(void);

void reject(void)
{
	struct pair v = { 1, 2 };
	u32 x = 1;

	membar_store(&x, v, MEMBAR_RELAXED);
}
