/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's own operations, each as a function: on a type, with an order.  The
 * lists name what the kernel documents in atomic_t.txt, atomic_bitops.txt and
 * memory-barriers.txt.  They do not follow from membar's table, so that neither
 * hides a mistake of the other.
 */
#ifndef _MEMBAR_KERNEL_KUNIT_OPS_H
#define _MEMBAR_KERNEL_KUNIT_OPS_H

#include <linux/bitops.h>
#include <linux/string.h>

#include "barrier_kunit.h"
#include "kernel_kunit.h"
#include "kernel_kunit_types.h"
#include "atomic_kunit_args.h"

/*
 * Operations on a pointer
 * =======================
 *
 *	row(macro, op, types, form)
 *
 *	macro	of the kernel
 *	op	what the model calls it
 *	types	KERNEL_TYPES_<types>
 *	form	RUN_<form> calls it, and ONCE_<form> says which operands it has
 */
#define KERNEL_RMW(row, name, op, types, form)				\
	row(name, op, types, form)					\
	row(name##_acquire, op, types, form)				\
	row(name##_release, op, types, form)				\
	row(name##_relaxed, op, types, form)

#define KERNEL_MACROS(row)						\
	row(READ_ONCE, load, once, read_once)				\
	row(WRITE_ONCE, store, once, write_once)			\
	row(smp_load_acquire, load, load, load_of)			\
	row(virt_load_acquire, load, load, load_of)			\
	row(smp_store_release, store, load, store_to)			\
	row(virt_store_release, store, load, store_to)			\
	row(smp_store_mb, store, xchg, write_once)			\
	row(virt_store_mb, store, xchg, write_once)			\
	row(smp_cond_load_relaxed, load, load, cond_load)		\
	row(smp_cond_load_acquire, load, load, cond_load)		\
	KERNEL_RMW(row, xchg, xchg, xchg, xchg)				\
	KERNEL_RMW(row, cmpxchg, cmpxchg, cmpxchg, compare)		\
	KERNEL_RMW(row, try_cmpxchg, try_cmpxchg, cmpxchg, try_compare)	\
	row(cmpxchg_local, cmpxchg, local, compare)			\
	row(try_cmpxchg_local, try_cmpxchg, try_local, try_compare)	\
	KERNEL_RMW(row, cmpxchg64, cmpxchg, cmpxchg64, compare)		\
	KERNEL_RMW(row, try_cmpxchg64, try_cmpxchg, try64, try_compare)	\
	row(cmpxchg64_local, cmpxchg, local64, compare)

#define ONCE_read_once		0x1
#define ONCE_load_of		0x1
#define ONCE_cond_load		0x1
#define ONCE_write_once		0x11
#define ONCE_store_to		0x11
#define ONCE_xchg		0x11
#define ONCE_compare		0x111
#define ONCE_try_compare	0x111

#define RUN_read_once(c, t, macro)	return FROM_##c(macro(*ARG_P(t)))
#define RUN_load_of(c, t, macro)	return FROM_##c(macro(ARG_P(t)))
#define RUN_cond_load(c, t, macro)	return FROM_##c(macro(ARG_P(t), true))
#define RUN_write_once(c, t, macro)					\
	macro(*ARG_P(t), ARG_A(c, t));					\
	return 0
#define RUN_store_to(c, t, macro)					\
	macro(ARG_P(t), ARG_A(c, t));					\
	return 0
#define RUN_xchg(c, t, macro)						\
	return FROM_##c(macro(ARG_P(t), ARG_A(c, t)))
/*
 * A caller takes the exchange for done if it gets the value that it expected.  The
 * comparison has that value from elsewhere, so that the compiler does not give the
 * macro a register that it has prepared for the comparison.
 */
#define RUN_compare(c, t, macro)					\
	u64 expected = a;						\
	t found;							\
									\
	OPTIMIZER_HIDE_VAR(expected);					\
	found = macro(ARG_P(t), ARG_A(c, t), ARG_B(c, t));		\
	*more = found == TO_##c(t, expected);				\
	return FROM_##c(found)
#define RUN_try_compare(c, t, macro)					\
	t old = TO_##c(t, a);						\
	bool ok = macro(ARG_P(t), MARKED(0x10, &old), ARG_B(c, t));	\
									\
	*more = FROM_##c(old);						\
	return ok

/*
 * Operations on atomic_t
 * ======================
 *
 *	row(suffix, op, form), for atomic_<suffix>() and its like
 */
#define KERNEL_ATOMIC_RMW(row, name, form)				\
	row(name, name, form)						\
	row(name##_acquire, name, form)					\
	row(name##_release, name, form)					\
	row(name##_relaxed, name, form)

#define KERNEL_ATOMICS(row)						\
	row(read, load, v_load)						\
	row(read_acquire, load, v_load)					\
	row(set, store, v_store)					\
	row(set_release, store, v_store)				\
	row(add, add, i_v_void)						\
	row(sub, sub, i_v_void)						\
	row(inc, inc, v_void)						\
	row(dec, dec, v_void)						\
	row(and, and, i_v_void)						\
	row(or, or, i_v_void)						\
	row(xor, xor, i_v_void)						\
	row(andnot, andnot, i_v_void)					\
	KERNEL_ATOMIC_RMW(row, add_return, i_v)				\
	KERNEL_ATOMIC_RMW(row, sub_return, i_v)				\
	KERNEL_ATOMIC_RMW(row, inc_return, v)				\
	KERNEL_ATOMIC_RMW(row, dec_return, v)				\
	KERNEL_ATOMIC_RMW(row, fetch_add, i_v)				\
	KERNEL_ATOMIC_RMW(row, fetch_sub, i_v)				\
	KERNEL_ATOMIC_RMW(row, fetch_inc, v)				\
	KERNEL_ATOMIC_RMW(row, fetch_dec, v)				\
	KERNEL_ATOMIC_RMW(row, fetch_and, i_v)				\
	KERNEL_ATOMIC_RMW(row, fetch_or, i_v)				\
	KERNEL_ATOMIC_RMW(row, fetch_xor, i_v)				\
	KERNEL_ATOMIC_RMW(row, fetch_andnot, i_v)			\
	KERNEL_ATOMIC_RMW(row, xchg, v_i)				\
	KERNEL_ATOMIC_RMW(row, cmpxchg, v_compare)			\
	KERNEL_ATOMIC_RMW(row, try_cmpxchg, v_try_compare)		\
	KERNEL_ATOMIC_RMW(row, add_negative, i_v)			\
	row(sub_and_test, sub_and_test, i_v)				\
	row(dec_and_test, dec_and_test, v)				\
	row(inc_and_test, inc_and_test, v)				\
	row(add_unless, add_unless, v_a_u)				\
	row(fetch_add_unless, fetch_add_unless, v_a_u)			\
	row(inc_not_zero, inc_not_zero, v)				\
	row(inc_unless_negative, inc_unless_negative, v)		\
	row(dec_unless_positive, dec_unless_positive, v)		\
	row(dec_if_positive, dec_if_positive, v)

#define KERNEL_ATOMIC64_TYPE(row, ...)	row(atomic64, s64, ##__VA_ARGS__)
#define KERNEL_ATOMIC_TYPES(row, ...)					\
	row(atomic, int, ##__VA_ARGS__)					\
	KERNEL_TYPES_atomic64(KERNEL_ATOMIC64_TYPE, row, ##__VA_ARGS__)	\
	row(atomic_long, long, ##__VA_ARGS__)

#define ONCE_v_load		0x1
#define ONCE_v_store		0x11
#define ONCE_v_void		0x1
#define ONCE_i_v_void		0x11
#define ONCE_v			0x1
#define ONCE_i_v		0x11
#define ONCE_v_i		0x11
#define ONCE_v_compare		0x111
#define ONCE_v_try_compare	0x111
#define ONCE_v_a_u		0x111

#define RUN_v_load(t, at, call)	return (u64)(s64)call(ARG_P(at))
#define RUN_v_store(t, at, call)					\
	call(ARG_P(at), ARG_A(SIGNED, t));				\
	return 0
#define RUN_v_void(t, at, call)						\
	call(ARG_P(at));						\
	return 0
#define RUN_i_v_void(t, at, call)					\
	call(ARG_A(SIGNED, t), ARG_P(at));				\
	return 0
#define RUN_v(t, at, call)	return (u64)(s64)call(ARG_P(at))
#define RUN_i_v(t, at, call)						\
	return (u64)(s64)call(ARG_A(SIGNED, t), ARG_P(at))
#define RUN_v_i(t, at, call)						\
	return (u64)(s64)call(ARG_P(at), ARG_A(SIGNED, t))
#define RUN_v_compare(t, at, call)					\
	t found = call(ARG_P(at), ARG_A(SIGNED, t), ARG_B(SIGNED, t));	\
									\
	*more = found == (t)a;						\
	return (u64)(s64)found
#define RUN_v_try_compare(t, at, call)					\
	t old = (t)a;							\
	bool ok = call(ARG_P(at), MARKED(0x10, &old), ARG_B(SIGNED, t)); \
									\
	*more = (u64)(s64)old;						\
	return ok
#define RUN_v_a_u(t, at, call)						\
	return (u64)(s64)call(ARG_P(at), ARG_A(SIGNED, t), ARG_B(SIGNED, t))

/*
 * Functions and rows
 * ==================
 */
#define DEFINE_MACRO_RUN(name, type, class, macro, form)		\
static u64 run_##name##_##macro(void *p, u64 a, u64 b, u64 *more,	\
				unsigned int *ticks)			\
{									\
	RUN_##form(class, type, macro);					\
}

#define MACRO_ROW(name_, type_, class_, macro_, op_, form) {		\
	.row = {							\
		.name = #macro_ " " #name_,				\
		.op = ATOMIC_KUNIT_OP_##op_,				\
		.class = class_,					\
		.bytes = sizeof(type_),					\
		.once = ONCE_##form,					\
		.run = run_##name_##_##macro_,				\
	},								\
	.macro = #macro_,						\
	.type = #name_,							\
},

#define DEFINE_MACRO_RUNS(macro, op, types, form)			\
	KERNEL_TYPES_##types(DEFINE_MACRO_RUN, macro, form)
#define MACRO_ROWS(macro, op, types, form)				\
	KERNEL_TYPES_##types(MACRO_ROW, macro, op, form)

#define DEFINE_ATOMIC_RUN(prefix, t, suffix, form)			\
static u64 run_##prefix##_##suffix(void *p, u64 a, u64 b, u64 *more,	\
				   unsigned int *ticks)			\
{									\
	RUN_##form(t, prefix##_t, prefix##_##suffix);			\
}

#define ATOMIC_ROW(prefix, t, suffix, op_, form) {			\
	.row = {							\
		.name = #prefix "_" #suffix,				\
		.op = ATOMIC_KUNIT_OP_##op_,				\
		.class = SIGNED,					\
		.bytes = sizeof(t),					\
		.once = ONCE_##form,					\
		.run = run_##prefix##_##suffix,				\
	},								\
	.macro = #prefix "_" #suffix,					\
	.type = #prefix "_t",						\
},

#define DEFINE_ATOMIC_RUNS(suffix, op, form)				\
	KERNEL_ATOMIC_TYPES(DEFINE_ATOMIC_RUN, suffix, form)
#define ATOMIC_ROWS(suffix, op, form)					\
	KERNEL_ATOMIC_TYPES(ATOMIC_ROW, suffix, op, form)

KERNEL_MACROS(DEFINE_MACRO_RUNS)
KERNEL_ATOMICS(DEFINE_ATOMIC_RUNS)

static const struct kernel_kunit_row kernel_kunit_rows[] = {
	KERNEL_MACROS(MACRO_ROWS)
	KERNEL_ATOMICS(ATOMIC_ROWS)
};

/*
 * Bit operations: row(macro, order, form).  Those of the little-endian numbering
 * get a number that means the same bit as in the machine's numbering.
 */
#define KERNEL_BITOPS(row)						\
	row(test_bit, nr, test)						\
	row(test_bit_acquire, nr, test)					\
	row(set_bit, nr, void)						\
	row(clear_bit, nr, void)					\
	row(change_bit, nr, void)					\
	row(clear_bit_unlock, nr, void)					\
	row(__clear_bit_unlock, nr, void)				\
	row(test_and_set_bit, nr, test)					\
	row(test_and_clear_bit, nr, test)				\
	row(test_and_change_bit, nr, test)				\
	row(test_and_set_bit_lock, nr, test)				\
	row(__set_bit, nr, void)					\
	row(__clear_bit, nr, void)					\
	row(__change_bit, nr, void)					\
	row(__test_and_set_bit, nr, test)				\
	row(__test_and_clear_bit, nr, test)				\
	row(__test_and_change_bit, nr, test)				\
	row(test_bit_le, le, test)					\
	row(set_bit_le, le, void)					\
	row(clear_bit_le, le, void)					\
	row(__set_bit_le, le, void)					\
	row(__clear_bit_le, le, void)					\
	row(test_and_set_bit_le, le, test)				\
	row(test_and_clear_bit_le, le, test)				\
	row(__test_and_set_bit_le, le, test)				\
	row(__test_and_clear_bit_le, le, test)				\
	row(xor_unlock_is_negative_byte, nr, test)

#define BIT_nr		nr
#define BIT_le		(nr ^ BITOP_LE_SWIZZLE)

#define RUN_BIT_test(macro, number)					\
	return macro(MARKED(0x10, BIT_##number), MARKED(0x1, addr))
#define RUN_BIT_void(macro, number)					\
	macro(MARKED(0x10, BIT_##number), MARKED(0x1, addr));		\
	return false

#define DEFINE_BITOP_RUN(macro, number, form)				\
static bool run_##macro(unsigned long *addr, unsigned long nr,		\
			unsigned int *ticks)				\
{									\
	RUN_BIT_##form(macro, number);					\
}

#define BITOP_ROW(macro, number, form) {				\
	.name = #macro,							\
	.op = #macro,							\
	.run = run_##macro,						\
},

KERNEL_BITOPS(DEFINE_BITOP_RUN)

static const struct atomic_kunit_bitop kernel_kunit_bitops[] = {
	KERNEL_BITOPS(BITOP_ROW)
};

/*
 * Operations that order something must at least stop the compiler:
 *
 *	row(name, type, class, macro, form)
 *
 * The conditional ones succeed here, because a failure orders nothing.
 */
#define ORDERED_xchg(macro, p)		macro(p, 0)
#define ORDERED_compare(macro, p)	macro(p, 0, 0)
#define ORDERED_load(macro, p)		macro(p)
#define ORDERED_store(macro, p)		macro(p, 0)
#define ORDERED_store_mb(macro, p)	macro(*(p), 0)
#define ORDERED_i_v(macro, v)		macro(0, v)
#define ORDERED_v_i(macro, v)		macro(v, 0)
#define ORDERED_v(macro, v)		macro(v)
#define ORDERED_v_compare(macro, v)	macro(v, 0, 0)
#define ORDERED_unless(macro, v)	macro(v, 0, 1)
#define ORDERED_bit(macro, p)		macro(0, p)

#define KERNEL_ORDERED_FORMS(row, name, ...)				\
	row(name, ##__VA_ARGS__)					\
	row(name##_acquire, ##__VA_ARGS__)				\
	row(name##_release, ##__VA_ARGS__)

#define KERNEL_ORDERED_64(row)						\
	KERNEL_ORDERED_FORMS(row, atomic64_add_return, atomic64_t, i_v)	\
	KERNEL_ORDERED_FORMS(row, atomic64_fetch_add, atomic64_t, i_v)	\
	KERNEL_ORDERED_FORMS(row, atomic64_xchg, atomic64_t, v_i)	\
	KERNEL_ORDERED_FORMS(row, atomic64_cmpxchg, atomic64_t, v_compare) \
	row(atomic64_dec_and_test, atomic64_t, v)

#define KERNEL_ORDERED(row)						\
	KERNEL_ORDERED_FORMS(row, xchg, u32, xchg)			\
	KERNEL_ORDERED_FORMS(row, xchg, ulong, xchg)			\
	KERNEL_ORDERED_FORMS(row, cmpxchg, u32, compare)		\
	KERNEL_ORDERED_FORMS(row, cmpxchg, ulong, compare)		\
	row(smp_load_acquire, u32, load)				\
	row(smp_store_release, u32, store)				\
	row(smp_store_mb, u32, store_mb)				\
	KERNEL_ORDERED_FORMS(row, atomic_add_return, atomic_t, i_v)	\
	KERNEL_ORDERED_FORMS(row, atomic_sub_return, atomic_t, i_v)	\
	KERNEL_ORDERED_FORMS(row, atomic_fetch_add, atomic_t, i_v)	\
	KERNEL_ORDERED_FORMS(row, atomic_fetch_sub, atomic_t, i_v)	\
	KERNEL_ORDERED_FORMS(row, atomic_fetch_and, atomic_t, i_v)	\
	KERNEL_ORDERED_FORMS(row, atomic_fetch_or, atomic_t, i_v)	\
	KERNEL_ORDERED_FORMS(row, atomic_fetch_xor, atomic_t, i_v)	\
	KERNEL_ORDERED_FORMS(row, atomic_inc_return, atomic_t, v)	\
	KERNEL_ORDERED_FORMS(row, atomic_dec_return, atomic_t, v)	\
	KERNEL_ORDERED_FORMS(row, atomic_xchg, atomic_t, v_i)		\
	KERNEL_ORDERED_FORMS(row, atomic_cmpxchg, atomic_t, v_compare)	\
	row(atomic_inc_and_test, atomic_t, v)				\
	row(atomic_dec_and_test, atomic_t, v)				\
	row(atomic_sub_and_test, atomic_t, i_v)				\
	row(atomic_add_negative, atomic_t, i_v)				\
	row(atomic_fetch_add_unless, atomic_t, unless)			\
	KERNEL_TYPES_atomic64(KERNEL_ORDERED_64, row)			\
	row(test_and_set_bit, ulong, bit)				\
	row(test_and_clear_bit, ulong, bit)				\
	row(test_and_change_bit, ulong, bit)				\
	row(test_and_set_bit_lock, ulong, bit)				\
	row(clear_bit_unlock, ulong, bit)

static u32 ordered_u32;
static unsigned long ordered_ulong;
static atomic_t ordered_atomic_t;
static atomic64_t __maybe_unused ordered_atomic64_t;

#define DEFINE_ORDERED(macro, type, form)				\
static noinline bool reloads_##type##_##macro(void)			\
{									\
	/* The conditional ones succeed only if it is 0. */		\
	memset(&ordered_##type, 0, sizeof(ordered_##type));		\
	return barrier_kunit_reloads(ORDERED_##form(macro, &ordered_##type)); \
}

#define ORDERED_ROW(macro_, type_, form) {				\
	.macro = #macro_,						\
	.type = #type_,							\
	.reloads = reloads_##type_##_##macro_,				\
},

KERNEL_ORDERED(DEFINE_ORDERED)

static const struct kernel_kunit_fence kernel_kunit_fences[] = {
	KERNEL_ORDERED(ORDERED_ROW)
};

#endif /* _MEMBAR_KERNEL_KUNIT_OPS_H */
