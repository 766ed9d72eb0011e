// SPDX-License-Identifier: GPL-2.0
/* want-gcc: macro "membar_smp_mb" passed 2 arguments, but takes just 1 */
/* want-clang: too many arguments provided to function-like macro invocation */
/* want-clang: membar_smp_mb */
/* errors: 2 */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_smp_mb(MEMBAR_READ, MEMBAR_WRITE);
}
