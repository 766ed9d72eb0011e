// SPDX-License-Identifier: GPL-2.0
/* want: undeclared */
/* errors-gcc: 1 */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_cond_load(&unknown, VAL, MEMBAR_ACQUIRE);
}
