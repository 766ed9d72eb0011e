// SPDX-License-Identifier: GPL-2.0
/* want-gcc: cannot take address of bit-field */
/* want-clang: address of bit-field requested */
/* errors: 2 */
#include "membar.h"

struct bits {
	u32 low : 4, high : 4;
};

void reject(void);

void reject(void)
{
	struct bits x = { 1, 2 };

	membar_load(&x.low, MEMBAR_RELAXED);
}
