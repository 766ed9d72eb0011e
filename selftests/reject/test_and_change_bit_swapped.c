// SPDX-License-Identifier: GPL-2.0
/* want: membar_test_and_change_bit(1, ..., MEMBAR_FULL): not a pointer to unsigned long */
/* To clang a pointer that becomes a number is an error too. */
/* errors-gcc: 1 */
/* errors-clang: 2 */
#include "membar.h"

void reject(void);

void reject(void)
{
	unsigned long x = 0;

	membar_test_and_change_bit(1, &x, MEMBAR_FULL);
}
