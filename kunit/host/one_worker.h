/* SPDX-License-Identifier: GPL-2.0 */
/*
 * In place of the kernel, for the workers of a test on the host: memory that is
 * counted, and accesses and barriers during which a case plays the other CPUs.
 */
#ifndef _MEMBAR_HOST_ONE_WORKER_H
#define _MEMBAR_HOST_ONE_WORKER_H

/* How many barriers there were: turns of an empty loop, and fences. */
extern unsigned int nr_turns;
extern unsigned int nr_fences;
/* Called before each look at a variable that others write. */
extern void (*before_look)(const void *p);

static inline void look_at(const void *p)
{
	if (before_look)
		before_look(p);
}

#define barrier()		((void)nr_turns++)
#define smp_mb()		((void)nr_fences++)
#define READ_ONCE(x)		(look_at((const void *)&(x)), *(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v)	(*(volatile __typeof__(x) *)&(x) = (v))

#include "one_thread.h"

#include <linux/mm.h>
#include <linux/srcu.h>

/*
 * Memory
 * ======
 */

#define GFP_KERNEL		1
#define __GFP_RETRY_MAYFAIL	2
#define __GFP_NOWARN		4
#define PAGE_SIZE		4096UL

/* How many blocks, and srcu_structs, nobody has given back. */
extern unsigned int nr_blocks;
extern unsigned int nr_srcu_structs;
/* In pages, as the kernel estimates it. */
extern long available_memory;

void *take_block(size_t n, size_t size, unsigned int flags);
void give_back_block(const void *p);
/* Of a block that is in use. */
size_t size_of_block(const void *p);
unsigned int flags_of_block(const void *p);
int make_srcu(struct srcu_struct *s);
void end_srcu(struct srcu_struct *s);

#undef kvzalloc
#undef kvfree
#undef init_srcu_struct
#undef cleanup_srcu_struct
#define kvcalloc(n, size, flags)	take_block(n, size, flags)
#define kvzalloc(size, flags)		take_block(1, size, flags)
#define kzalloc(size, flags)		take_block(1, size, flags)
#define kvfree(p)			give_back_block(p)
#define kfree(p)			give_back_block(p)
#define si_mem_available()		available_memory
#define init_srcu_struct(s)		make_srcu(s)
#define cleanup_srcu_struct(s)		end_srcu(s)
#define round_up(n, to)			(((n) + (to) - 1) / (to) * (to))

#endif /* _MEMBAR_HOST_ONE_WORKER_H */
