/* SPDX-License-Identifier: GPL-2.0 */
/* For tests that play several threads. */
#ifndef _MEMBAR_THREADS_LINUX_SPINLOCK_H
#define _MEMBAR_THREADS_LINUX_SPINLOCK_H

typedef struct {
	unsigned int taken;
} spinlock_t;

void cpu_relax(void);

#endif /* _MEMBAR_THREADS_LINUX_SPINLOCK_H */
