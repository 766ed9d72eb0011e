/* SPDX-License-Identifier: GPL-2.0 */
/* A lock for one thread, which may find it taken. */
#ifndef _MEMBAR_HOST_LINUX_SPINLOCK_H
#define _MEMBAR_HOST_LINUX_SPINLOCK_H

#include "../note.h"

/* Whoever has it gives it back when it was asked for so often, if not 0. */
typedef struct {
	bool taken;
	unsigned int tries;
	bool initialized;
} spinlock_t;

#define __acquire(x)		((void)0)
#define __release(x)		((void)0)
#define cpu_relax()		((void)0)

#define spin_lock_init(l)	((void)((l)->initialized = true))
#define spin_lock(l)		((void)((l)->taken = true))
#define spin_is_locked(l)	((l)->taken)

static inline bool spin_trylock(spinlock_t *l)
{
	if (l->tries && !--l->tries)
		l->taken = false;
	if (l->taken)
		return false;
	note("spin_lock");
	return l->taken = true;
}

static inline void spin_unlock(spinlock_t *l)
{
	note("spin_unlock");
	l->taken = false;
}

#endif /* _MEMBAR_HOST_LINUX_SPINLOCK_H */
