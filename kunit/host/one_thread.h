/* SPDX-License-Identifier: GPL-2.0 */
/*
 * In place of membar.h, for the interpreter on the host: the barriers and operations
 * of arch/table.h, for one thread.  Each is noted with its order.
 */
#ifndef _MEMBAR_HOST_ONE_THREAD_H
#define _MEMBAR_HOST_ONE_THREAD_H

#include <linux/compiler.h>
#include <linux/kconfig.h>

#include "kunit/atomic_model.h"
#include "kunit/host/orders.h"
#include "note.h"

/* A macro would not be pasted as the name that the table has. */
#undef bool
typedef _Bool bool;

#define ktime_get_ns()		(clock_ns += CLOCK_STEP)

#define BITS_PER_LONG		(8 * __SIZEOF_LONG__)

static inline const char *name_of(enum membar_order order)
{
	static const char *const names[] = {
		"FULL", "READ", "WRITE", "ACQUIRE", "RELEASE", "RELAXED",
	};

	return names[order];
}

#define membar_mb(order)	note("mb %s", name_of(order))
#define membar_smp_mb(order)	note("smp_mb %s", name_of(order))
#define membar_dma_mb(order)	note("dma_mb %s", name_of(order))
#define membar_virt_mb(order)	note("virt_mb %s", name_of(order))
#define membar_compiler_mb()	note("compiler_mb")
#define membar_before_atomic()	note("before_atomic")
#define membar_after_atomic()	note("after_atomic")
#define smp_mb__after_spinlock()		note("after_spinlock")
#define smp_mb__after_unlock_lock()		note("after_unlock_lock")
#define smp_mb__after_srcu_read_unlock()	note("after_srcu_unlock")

static inline void membar_store_mb(long *p, long v)
{
	note("store_mb");
	*p = v;
}

/* What each operation does, by the model with which KUnit compares membar.h. */
#define MODEL(op, stops, next, result)					\
static inline long model_##op(long *p, unsigned long v,			\
			      unsigned long u, enum membar_order order)	\
{									\
	const unsigned long x __attribute__((unused)) = *p;		\
									\
	note("%s %s", #op, name_of(order));				\
	if (!(stops))							\
		*p = (next);						\
	return (result);						\
}
#define NARROW(e)		((long)(e))
#define SIGNED(e)		((long)(e))
#define ROW(op, operands, stops, next, returns, result)			\
	MODEL(op, stops, next, result)
ATOMIC_MODEL(ROW)
#undef ROW
MODEL(load, true, x, x)
MODEL(store, false, v, 0)
MODEL(xchg, false, v, x)
MODEL(cmpxchg, x != u, v, x)
MODEL(try_cmpxchg, x != u, v, x == u)

#define FORM_void(op)							\
static inline void membar_##op(long *p, enum membar_order order)	\
{									\
	model_##op(p, 0, 0, order);					\
}
#define FORM_void_v(op)							\
static inline void membar_##op(long *p, long v, enum membar_order order) \
{									\
	model_##op(p, v, 0, order);					\
}
#define FORM_value(op)							\
static inline long membar_##op(long *p, enum membar_order order)	\
{									\
	return model_##op(p, 0, 0, order);				\
}
#define FORM_value_v(op)						\
static inline long membar_##op(long *p, long v, enum membar_order order) \
{									\
	return model_##op(p, v, 0, order);				\
}
#define FORM_value_au(op)						\
static inline long membar_##op(long *p, long a, long u,			\
			       enum membar_order order)			\
{									\
	return model_##op(p, a, u, order);				\
}
#define FORM_cmpxchg(op)						\
static inline long membar_##op##_val(long *p, long old, long new,	\
				     enum membar_order order)		\
{									\
	return model_##op(p, new, old, order);				\
}
#define FORM_try_cmpxchg(op)						\
static inline bool membar_##op(long *p, long *old, long new,		\
			       enum membar_order order)			\
{									\
	const long found = *p;						\
	const bool done = model_##op(p, new, *old, order);		\
									\
	*old = found;							\
	return done;							\
}
#define FORM_load		FORM_value
#define FORM_bool		FORM_value
#define FORM_bool_v		FORM_value_v
#define FORM_bool_au		FORM_value_au
#define FORM_result		FORM_value

#define ROW(op, form, ...)	FORM_##form(op)
MEMBAR_FOR_EACH_ATOMIC_OP(ROW)
#undef ROW

#endif /* _MEMBAR_HOST_ONE_THREAD_H */
