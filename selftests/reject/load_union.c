// SPDX-License-Identifier: GPL-2.0
/* want: membar_load(&x, MEMBAR_ACQUIRE): not a pointer to an integer, enum, bool or pointer of at most 64 bits */
#include "membar.h"

union either {
	u32 a, b;
};

void reject(void);

void reject(void)
{
	union either x = { 1 };

	membar_load(&x, MEMBAR_ACQUIRE);
}
