/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What each read-modify-write operation does to a value: the model that KUnit
 * (atomic_kunit.c) and the check of 8 and 16 bits (host/narrow.c) compare with.
 *
 *	row(op, (operands), stops, next, returns, result)
 *
 *	stops	nothing is stored if this is true
 *	next	the new value
 *	returns	whether there is a result
 *
 * x is the old value, v and u are the operands.  A file that includes this defines
 * NARROW(e), e in the operation's type, and SIGNED(e), the same with a sign.
 */
#ifndef _MEMBAR_ATOMIC_MODEL_H
#define _MEMBAR_ATOMIC_MODEL_H

#define ATOMIC_MODEL(row)						\
	row(add, (v), false, x + v, false, 0)				\
	row(sub, (v), false, x - v, false, 0)				\
	row(inc, (), false, x + 1, false, 0)				\
	row(dec, (), false, x - 1, false, 0)				\
	row(and, (v), false, x & v, false, 0)				\
	row(or, (v), false, x | v, false, 0)				\
	row(xor, (v), false, x ^ v, false, 0)				\
	row(andnot, (v), false, x & ~v, false, 0)			\
									\
	row(add_return, (v), false, x + v, true, NARROW(x + v))		\
	row(sub_return, (v), false, x - v, true, NARROW(x - v))		\
	row(inc_return, (), false, x + 1, true, NARROW(x + 1))		\
	row(dec_return, (), false, x - 1, true, NARROW(x - 1))		\
									\
	row(fetch_add, (v), false, x + v, true, x)			\
	row(fetch_sub, (v), false, x - v, true, x)			\
	row(fetch_inc, (), false, x + 1, true, x)			\
	row(fetch_dec, (), false, x - 1, true, x)			\
	row(fetch_and, (v), false, x & v, true, x)			\
	row(fetch_or, (v), false, x | v, true, x)			\
	row(fetch_xor, (v), false, x ^ v, true, x)			\
	row(fetch_andnot, (v), false, x & ~v, true, x)			\
									\
	row(sub_and_test, (v), false, x - v, true, x == v)		\
	row(dec_and_test, (), false, x - 1, true, x == 1)		\
	row(inc_and_test, (), false, x + 1, true, SIGNED(x) == -1)	\
	row(add_negative, (v), false, x + v, true, SIGNED(x + v) < 0)	\
	row(add_unless, (v, u), x == u, x + v, true, x != u)		\
	row(fetch_add_unless, (v, u), x == u, x + v, true, x)		\
	row(inc_not_zero, (), !x, x + 1, true, !!x)			\
	row(inc_unless_negative, (), SIGNED(x) < 0, x + 1, true, SIGNED(x) >= 0)\
	row(dec_unless_positive, (), SIGNED(x) > 0, x - 1, true, SIGNED(x) <= 0)\
	row(dec_if_positive, (), SIGNED(x) <= 0, x - 1, true, SIGNED(x) - 1)

#endif /* _MEMBAR_ATOMIC_MODEL_H */
