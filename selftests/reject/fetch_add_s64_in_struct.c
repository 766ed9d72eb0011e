// SPDX-License-Identifier: GPL-2.0
/* arch: i386 */
/* want: the pointer is to const, misaligned (use __aligned() or membar_atomic()), or to another address space */
#include "membar.h"

struct pair {
	u32 before;
	s64 value;
};

s64 reject(struct pair *p);

s64 reject(struct pair *p)
{
	return membar_fetch_add(&p->value, 1, MEMBAR_FULL);
}
