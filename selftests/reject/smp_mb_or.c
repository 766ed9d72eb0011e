// SPDX-License-Identifier: GPL-2.0
/* want-gcc: invalid operands to binary | */
/* want-gcc: membar_smp_mb(MEMBAR_ACQUIRE | MEMBAR_RELEASE): order not accepted; use one of MEMBAR_FULL MEMBAR_READ MEMBAR_WRITE MEMBAR_ACQUIRE MEMBAR_RELEASE */
/* errors-gcc: 2 */
/* want-clang: invalid operands to binary expression */
/* want-clang: membar_smp_mb(MEMBAR_ACQUIRE | MEMBAR_RELEASE) */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_smp_mb(MEMBAR_ACQUIRE | MEMBAR_RELEASE);
}
