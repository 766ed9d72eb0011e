// SPDX-License-Identifier: GPL-2.0
/* want: membar_dec_and_test(&x, MEMBAR_FULL): not a pointer to an integer or enum of at most 64 bits */
#include "membar.h"

void reject(void);

void reject(void)
{
	__int128 x = 1;

	membar_dec_and_test(&x, MEMBAR_FULL);
}
