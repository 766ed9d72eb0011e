/* SPDX-License-Identifier: GPL-2.0 */
/* For tools/stress-host kunit. */
#ifndef _MEMBAR_HOST_LINUX_ATOMIC_H
#define _MEMBAR_HOST_LINUX_ATOMIC_H

typedef struct {
	int counter;
} atomic_t;

#define atomic_inc(v)		((void)(v)->counter++)

#endif /* _MEMBAR_HOST_LINUX_ATOMIC_H */
