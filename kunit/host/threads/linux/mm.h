/* SPDX-License-Identifier: GPL-2.0 */
/* Memory that is counted, and not always there: threads.c. */
#ifndef _MEMBAR_THREADS_LINUX_MM_H
#define _MEMBAR_THREADS_LINUX_MM_H

#include <linux/slab.h>
#include <stddef.h>

/* Which one of the next allocations fails; none if it is 0. */
extern unsigned int failing_allocation;

/* All of it has the same byte at first. */
void *threads_alloc(size_t size, int byte);
void threads_free(const void *p);

#define kvmalloc(size, flags)		threads_alloc(size, 0xa5)
#define kvzalloc(size, flags)		threads_alloc(size, 0)
#define kvcalloc(n, size, flags)	threads_alloc((size_t)(n) * (size), 0)
#define kvfree(p)			threads_free(p)

#endif /* _MEMBAR_THREADS_LINUX_MM_H */
