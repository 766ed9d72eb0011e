// SPDX-License-Identifier: GPL-2.0
/* arch: i386 */
/* want: membar_load(&p->value, MEMBAR_RELAXED): 64 bits on a 4-byte boundary; use __aligned(8) or membar_atomic() */
#include "membar.h"

struct pair {
	u32 before;
	u64 value;
};

u64 reject(struct pair *p);

u64 reject(struct pair *p)
{
	return membar_load(&p->value, MEMBAR_RELAXED);
}
