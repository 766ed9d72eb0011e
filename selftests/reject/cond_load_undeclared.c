// SPDX-License-Identifier: GPL-2.0
/* want: undeclared */
/* errors-gcc: 1 */
/* clang says so wherever the kernel's macro names it: */
/* errors-clang: 13 */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_cond_load(&unknown, VAL, MEMBAR_ACQUIRE);
}
