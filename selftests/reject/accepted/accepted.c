// SPDX-License-Identifier: GPL-2.0
/*
 * Every right use of what the sources beside this directory use wrongly.  It
 * must compile without a word: a header that refuses all would pass otherwise.
 */
#include "membar.h"

#define WRAPPED(order)	membar_smp_mb(order)

#define ACCEPT_CELL(FLAVOUR, entry, ORDER, ...)	membar_##entry(MEMBAR_##ORDER);

void accept_barriers(u8 *b, u32 *w, unsigned long *l, void **p);

void accept_barriers(u8 *b, u32 *w, unsigned long *l, void **p)
{
	const struct membar_acquire acquire = MEMBAR_ACQUIRE;
	struct membar_full full = MEMBAR_FULL;

	MEMBAR_FOR_EACH_BARRIER(ACCEPT_CELL)
	MEMBAR_FOR_EACH_PMEM_BARRIER(ACCEPT_CELL)
	membar_smp_mb(acquire);
	membar_smp_mb(full);
	membar_smp_mb((full));
	WRAPPED(MEMBAR_RELEASE);
	if (*w)
		membar_smp_mb(MEMBAR_READ);
	else
		membar_smp_mb(MEMBAR_WRITE);
	for (*w = 0; *w < 2; membar_smp_mb(MEMBAR_FULL), (*w)++)
		;
	membar_compiler_mb();
	membar_before_atomic();
	membar_after_atomic();
	membar_io_stop_wc();
	membar_store_mb(b, 1);
	membar_store_mb(w, 1);
	membar_store_mb(l, 1);
	membar_store_mb(p, w);
	*b = membar_cond_load(b, VAL, MEMBAR_RELAXED);
	*w = membar_cond_load(w, VAL == 3, MEMBAR_ACQUIRE);
	*p = membar_cond_load(p, VAL, MEMBAR_ACQUIRE);
	membar_barrier(MEMBAR_FLAVOUR_SMP, MEMBAR_ORDER_READ);
}
