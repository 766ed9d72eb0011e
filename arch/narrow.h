/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Read-modify-write operations of 8 and 16 bits.
 *
 * Included by membar.h after the exchanges by width, which these operations use.
 * The kernel has no read-modify-write operation narrower than atomic_t, so
 * these are loops over its cmpxchg(). The other operations are derived from
 * them.
 */
#ifndef _MEMBAR_ARCH_NARROW_H
#define _MEMBAR_ARCH_NARROW_H

#if !defined(MEMBAR_NO_NARROW_CMPXCHG) && !defined(MEMBAR_OUTLINE)
#define MEMBAR_DEFINE_NARROW_READ(w)					\
static __always_inline w __membar_##w##_read(const w *p)		\
{									\
	return READ_ONCE(*p);						\
}

MEMBAR_DEFINE_NARROW_READ(u8)
MEMBAR_DEFINE_NARROW_READ(u16)

#undef MEMBAR_DEFINE_NARROW_READ

/* Replaces old by @new unless @stop, and returns @ret. */
#define MEMBAR_DEFINE_NARROW(w, op, type, stop, new, ret)		\
static __always_inline type						\
__membar_##w##_##op(w *p, w v, w u, enum membar_order order)		\
{									\
	w old = __membar_##w##_read(p), next;				\
									\
	do {								\
		if (stop)						\
			break;						\
		next = new;						\
	} while (!__membar_##w##_try_cmpxchg(p, &old, &next, order));	\
	return ret;							\
}

#define MEMBAR_DEFINE_NARROW_OPS(w, s)					\
	MEMBAR_DEFINE_NARROW(w, fetch_add, w, false, old + v, old)	\
	MEMBAR_DEFINE_NARROW(w, fetch_and, w, false, old & v, old)	\
	MEMBAR_DEFINE_NARROW(w, fetch_or, w, false, old | v, old)	\
	MEMBAR_DEFINE_NARROW(w, fetch_xor, w, false, old ^ v, old)	\
	MEMBAR_DEFINE_NARROW(w, add_return, w, false, old + v, old + v)	\
	MEMBAR_DEFINE_NARROW(w, add_negative, bool, false, old + v,	\
			     (s)(old + v) < 0)				\
	MEMBAR_DEFINE_NARROW(w, fetch_add_unless, w, old == u, old + v, old) \
	MEMBAR_DEFINE_NARROW(w, add_unless, bool, old == u, old + v, old != u) \
	MEMBAR_DEFINE_NARROW(w, inc_unless_negative, bool, (s)old < 0,	\
			     old + 1, (s)old >= 0)			\
	MEMBAR_DEFINE_NARROW(w, dec_unless_positive, bool, (s)old > 0,	\
			     old - 1, (s)old <= 0)			\
	MEMBAR_DEFINE_NARROW(w, dec_if_positive, int, (s)old <= 0,	\
			     old - 1, (s)old - 1)

MEMBAR_DEFINE_NARROW_OPS(u8, s8)
MEMBAR_DEFINE_NARROW_OPS(u16, s16)

#undef MEMBAR_DEFINE_NARROW_OPS
#undef MEMBAR_DEFINE_NARROW

#define __membar_narrow(op, v, u)					\
	__builtin_choose_expr(sizeof(__membar_t) == 1,			\
			      __membar_u8_##op, __membar_u16_##op)	\
		((void *)__membar_p, v, u, __membar_order_value)
#else
# define __membar_narrow(op, v, u)	0
#endif /* MEMBAR_NO_NARROW_CMPXCHG */

#define __membar_narrow_add(v)			__membar_narrow(fetch_add, v, 0)
#define __membar_narrow_sub(v)			__membar_narrow(fetch_add, -(v), 0)
#define __membar_narrow_inc()			__membar_narrow(fetch_add, 1, 0)
#define __membar_narrow_dec()			__membar_narrow(fetch_add, -1, 0)
#define __membar_narrow_and(v)			__membar_narrow(fetch_and, v, 0)
#define __membar_narrow_or(v)			__membar_narrow(fetch_or, v, 0)
#define __membar_narrow_xor(v)			__membar_narrow(fetch_xor, v, 0)
#define __membar_narrow_andnot(v)		__membar_narrow(fetch_and, ~(v), 0)
#define __membar_narrow_add_return(v)		__membar_narrow(add_return, v, 0)
#define __membar_narrow_sub_return(v)		__membar_narrow(add_return, -(v), 0)
#define __membar_narrow_inc_return()		__membar_narrow(add_return, 1, 0)
#define __membar_narrow_dec_return()		__membar_narrow(add_return, -1, 0)
#define __membar_narrow_fetch_add(v)		__membar_narrow(fetch_add, v, 0)
#define __membar_narrow_fetch_sub(v)		__membar_narrow(fetch_add, -(v), 0)
#define __membar_narrow_fetch_inc()		__membar_narrow(fetch_add, 1, 0)
#define __membar_narrow_fetch_dec()		__membar_narrow(fetch_add, -1, 0)
#define __membar_narrow_fetch_and(v)		__membar_narrow(fetch_and, v, 0)
#define __membar_narrow_fetch_or(v)		__membar_narrow(fetch_or, v, 0)
#define __membar_narrow_fetch_xor(v)		__membar_narrow(fetch_xor, v, 0)
#define __membar_narrow_fetch_andnot(v)		__membar_narrow(fetch_and, ~(v), 0)
#define __membar_narrow_sub_and_test(v)		!__membar_narrow(add_return, -(v), 0)
#define __membar_narrow_dec_and_test()		!__membar_narrow(add_return, -1, 0)
#define __membar_narrow_inc_and_test()		!__membar_narrow(add_return, 1, 0)
#define __membar_narrow_add_negative(v)		__membar_narrow(add_negative, v, 0)
#define __membar_narrow_add_unless(a, u)	__membar_narrow(add_unless, a, u)
#define __membar_narrow_fetch_add_unless(a, u)	\
	__membar_narrow(fetch_add_unless, a, u)
#define __membar_narrow_inc_not_zero()		__membar_narrow(add_unless, 1, 0)
#define __membar_narrow_inc_unless_negative()	\
	__membar_narrow(inc_unless_negative, 0, 0)
#define __membar_narrow_dec_unless_positive()	\
	__membar_narrow(dec_unless_positive, 0, 0)
#define __membar_narrow_dec_if_positive()	\
	__membar_narrow(dec_if_positive, 0, 0)

#endif /* _MEMBAR_ARCH_NARROW_H */
