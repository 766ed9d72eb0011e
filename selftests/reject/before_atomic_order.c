// SPDX-License-Identifier: GPL-2.0
/* want-gcc: macro "membar_before_atomic" passed 1 arguments, but takes just 0 */
/* want-clang: too many arguments provided to function-like macro invocation */
/* want-clang: membar_before_atomic */
/* errors: 2 */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_before_atomic(MEMBAR_FULL);
}
