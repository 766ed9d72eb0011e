// SPDX-License-Identifier: GPL-2.0
/* want: expected expression */
/* errors-gcc: 5 */
/* errors-clang: 2 */
/* want: membar_smp_mb(struct membar_full) */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_smp_mb(struct membar_full);
}
