/* SPDX-License-Identifier: GPL-2.0 */
/*
 * In place of membar.h, for the loops on the host: each access, barrier and operation
 * is an event, with its name and order.
 */
#ifndef _MEMBAR_HOST_LOOPS_MEMBAR_H
#define _MEMBAR_HOST_LOOPS_MEMBAR_H

#include <stdint.h>

#include "arch/table.h"

uint32_t load_of(const uint32_t *p, const char *what);
void store_of(uint32_t *p, uint32_t v, const char *what);
void event_of(const char *what, const uint32_t *p, uint32_t v, uint32_t u);
void plain_write_of(uint32_t *p, uint32_t v);

#define membar_load(p, order)		load_of(p, "load " #order)
#define membar_store(p, v, order)	store_of(p, v, "store " #order)
#define membar_mb(order)		event_of("mb " #order, 0, 0, 0)
#define membar_smp_mb(order)		event_of("smp_mb " #order, 0, 0, 0)
#define membar_dma_mb(order)		event_of("dma_mb " #order, 0, 0, 0)
#define membar_virt_mb(order)		event_of("virt_mb " #order, 0, 0, 0)
#define membar_xchg(p, v, order)	event_of("xchg " #order, p, v, 0)
#define membar_cmpxchg(p, old, new, order)				\
	event_of("cmpxchg " #order, p, old, new)
#define membar_fetch_add(p, v, order)	event_of("fetch_add " #order, p, v, 0)

/* What the kernel's headers have, too. */
#define noinline			__attribute__((noinline))
/* There are two hundred loops, and a compiler takes its time over all in line. */
#undef __always_inline
#define __always_inline			inline
#define barrier()			event_of("barrier", 0, 0, 0)
#define WRITE_ONCE(x, v)		plain_write_of(&(x), v)

#endif /* _MEMBAR_HOST_LOOPS_MEMBAR_H */
