/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the functions that run one operation each convert their arguments, and
 * record that each of them is evaluated once.
 */
#ifndef _MEMBAR_ATOMIC_KUNIT_ARGS_H
#define _MEMBAR_ATOMIC_KUNIT_ARGS_H

#include <linux/types.h>

#define TO_UNSIGNED(type, x)	((type)(x))
#define TO_SIGNED(type, x)	((type)(x))
#define TO_BOOL(type, x)	((type)(x))
#define TO_CHAR(type, x)	((type)(x))
#define TO_POINTER(type, x)	((type)(unsigned long)(x))
#define FROM_UNSIGNED(x)	((u64)(x))
#define FROM_SIGNED(x)		((u64)(s64)(x))
#define FROM_BOOL(x)		((u64)(x))
#define FROM_CHAR(x)		((u64)(x))
#define FROM_POINTER(x)		((u64)(unsigned long)(x))

/* Operands of arithmetic: a pointer's are bytes. */
#define DELTA_UNSIGNED(type, x)	TO_UNSIGNED(type, x)
#define DELTA_SIGNED(type, x)	TO_SIGNED(type, x)
#define DELTA_POINTER(type, x)	((long)(x))

/*
 * The arguments, each of which leaves its own mark when it is evaluated.  In a
 * call, because the order of their evaluation is unspecified.
 */
static inline void mark(unsigned int *ticks, unsigned int which)
{
	*ticks += which;
}

#define MARKED(which, x)	(mark(ticks, which), x)
#define ARG_P(type)							\
	MARKED(0x1, (type *)p)
#define ARG_A(class, type)	MARKED(0x10, TO_##class(type, a))
#define ARG_B(class, type)	MARKED(0x100, TO_##class(type, b))
#define ARG_D(class, type)	MARKED(0x10, DELTA_##class(type, a))

#define ONCE_load		0x1
#define ONCE_void		0x1
#define ONCE_void_v		0x11
#define ONCE_value		0x1
#define ONCE_value_v		0x11
#define ONCE_value_au		0x111
#define ONCE_bool		0x1
#define ONCE_bool_v		0x11
#define ONCE_bool_au		0x111
#define ONCE_result		0x1
#define ONCE_cmpxchg		0x111
#define ONCE_try_cmpxchg	0x111

#endif /* _MEMBAR_ATOMIC_KUNIT_ARGS_H */
