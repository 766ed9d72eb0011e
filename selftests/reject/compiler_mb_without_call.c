// SPDX-License-Identifier: GPL-2.0
/* want: undeclared */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_compiler_mb;
}
