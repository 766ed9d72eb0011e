// SPDX-License-Identifier: GPL-2.0
/* want-gcc: storage size of 'x' isn't known */
/* want-clang: variable has incomplete type */
#include "membar.h"

void reject(void);

void reject(void)
{
	membar_atomic(u128) x;
}
