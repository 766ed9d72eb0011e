/* SPDX-License-Identifier: GPL-2.0 */
/* One CPU runs all threads; a test may play the others when somebody looks. */
#ifndef _MEMBAR_THREADS_LINUX_ATOMIC_H
#define _MEMBAR_THREADS_LINUX_ATOMIC_H

#include <stdbool.h>

typedef struct {
	unsigned int counter;
} atomic_t;

unsigned int atomic_read_acquire(const atomic_t *v);

static inline void atomic_set(atomic_t *v, int i)
{
	v->counter = i;
}

static inline unsigned int atomic_inc_return(atomic_t *v)
{
	return ++v->counter;
}

static inline bool atomic_dec_and_test(atomic_t *v)
{
	return !--v->counter;
}

#endif /* _MEMBAR_THREADS_LINUX_ATOMIC_H */
