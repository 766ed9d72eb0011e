// SPDX-License-Identifier: GPL-2.0
/* want: pointer type mismatch */
/* gcc is asked for its alignment too: */
/* errors-gcc: 2 */
#include "membar.h"

void reject(void);

void reject(void)
{
	u64 x = 1;

	membar_atomic_inc(membar_atomic_from_ptr(u32, &x), MEMBAR_RELAXED);
}
