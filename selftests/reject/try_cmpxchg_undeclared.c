// SPDX-License-Identifier: GPL-2.0
/* want: undeclared */
/* errors-gcc: 1 */
/* clang says so wherever the kernel's macro names it: */
/* errors-clang: 10 */
#include "membar.h"

void reject(void);

void reject(void)
{
	u32 x = 1;

	membar_try_cmpxchg(&x, &unknown, 2, MEMBAR_FULL);
}
