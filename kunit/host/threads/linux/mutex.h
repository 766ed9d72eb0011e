/* SPDX-License-Identifier: GPL-2.0 */
/* Locks that know who has them: threads.c. */
#ifndef _MEMBAR_THREADS_LINUX_MUTEX_H
#define _MEMBAR_THREADS_LINUX_MUTEX_H

#include <stdbool.h>

struct task_struct;

struct mutex {
	bool locked;
	struct task_struct *owner;
};

#define DEFINE_MUTEX(name)	struct mutex name

void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

#endif /* _MEMBAR_THREADS_LINUX_MUTEX_H */
