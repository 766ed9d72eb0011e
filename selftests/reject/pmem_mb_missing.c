// SPDX-License-Identifier: GPL-2.0
/* want: membar_pmem_mb(): order not accepted; use one of MEMBAR_WRITE */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_pmem_mb();
}
