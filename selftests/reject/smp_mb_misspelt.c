// SPDX-License-Identifier: GPL-2.0
/* want: did you mean 'MEMBAR_ACQUIRE' */
/* want: membar_smp_mb */
/* want-gcc: membar_smp_mb(MEMBAR_AQUIRE): order not accepted; use one of MEMBAR_FULL MEMBAR_READ MEMBAR_WRITE MEMBAR_ACQUIRE MEMBAR_RELEASE */
/* errors-gcc: 2 */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_smp_mb(MEMBAR_AQUIRE);
}
