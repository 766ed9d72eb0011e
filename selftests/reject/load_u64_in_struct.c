// SPDX-License-Identifier: GPL-2.0
/* arch: i386 */
/* want: membar_load(&p->value, MEMBAR_RELAXED): the pointer is to const, misaligned (use __aligned() or membar_atomic()), or to another address space */
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
