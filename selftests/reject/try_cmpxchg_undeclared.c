// SPDX-License-Identifier: GPL-2.0
/* want: undeclared */
/* errors-gcc: 1 */
/* It is named twice, and clang says so each time: */
/* errors-clang: 2 */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1;

	membar_try_cmpxchg(&x, &unknown, 2, MEMBAR_FULL);
}
