// SPDX-License-Identifier: GPL-2.0
/* arch: i386 */
/* want: 64 bits on a 4-byte boundary; use __aligned(8) or membar_atomic() */
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
