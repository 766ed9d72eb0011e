// SPDX-License-Identifier: GPL-2.0
/* want: membar_store_mb(&x, x): not a pointer to an integer, enum, bool or pointer no wider than long */
#include "membar.h"

struct pair {
	u32 a, b;
};

void reject(void);

void reject(void)
{
	struct pair x = { 1, 2 };

	membar_store_mb(&x, x);
}
