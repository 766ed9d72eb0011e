// SPDX-License-Identifier: GPL-2.0
/* want: membar_smp_mb(MEMBAR_READ, MEMBAR_WRITE): order not accepted; use one of MEMBAR_FULL MEMBAR_READ MEMBAR_WRITE MEMBAR_ACQUIRE MEMBAR_RELEASE */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_smp_mb(MEMBAR_READ, MEMBAR_WRITE);
}
