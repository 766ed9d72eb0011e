// SPDX-License-Identifier: GPL-2.0
/* want: did you mean 'MEMBAR_FULL' */
/* want: membar_mb */
/* want-gcc: membar_mb(MEMBAR_FUL): order not accepted; use one of MEMBAR_FULL MEMBAR_READ MEMBAR_WRITE MEMBAR_ACQUIRE MEMBAR_RELEASE */
/* errors-gcc: 2 */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_mb(MEMBAR_FUL);
}
