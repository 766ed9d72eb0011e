// SPDX-License-Identifier: GPL-2.0
/* want-gcc: macro "membar_compiler_mb" passed 1 arguments, but takes just 0 */
/* want-clang: too many arguments provided to function-like macro invocation */
/* want-clang: membar_compiler_mb */
/* errors: 2 */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_compiler_mb(MEMBAR_FULL);
}
