/* SPDX-License-Identifier: GPL-2.0 */
/* For the interpreter: what is called is noted, with numbers. */
#ifndef _MEMBAR_HOST_LINUX_SRCU_H
#define _MEMBAR_HOST_LINUX_SRCU_H

#include "../note.h"

/* The index that the next reader gets, and which one it is. */
struct srcu_struct {
	int index;
	int number;
};

#define init_srcu_struct(s)		((s)->index = 0)
#define cleanup_srcu_struct(s)		((void)(s))

static inline int srcu_read_lock(struct srcu_struct *s)
{
	note("srcu_read_lock %d", s->index);
	return s->index;
}

#define srcu_read_unlock(s, i)		note("srcu_read_unlock %d", (int)(i))
#define synchronize_srcu(s)		note("synchronize_srcu of %d", (s)->number)
#define synchronize_srcu_expedited(s)					\
	note("synchronize_srcu_expedited of %d", (s)->number)

#endif /* _MEMBAR_HOST_LINUX_SRCU_H */
