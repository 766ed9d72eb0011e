// SPDX-License-Identifier: GPL-2.0
/* want-gcc: used struct type value where scalar is required */
/* want-clang: statement requires expression of scalar type */
#include "membar.h"

void reject(void);

void reject(void)
{
	struct membar_flag x = MEMBAR_FLAG_INIT(true);

	if (x)
		membar_smp_mb(MEMBAR_FULL);
}
