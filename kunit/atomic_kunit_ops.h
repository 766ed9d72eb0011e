/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every row of the atomic operations as a function, for the two files that
 * build them.
 */
#include "atomic_kunit.h"
#include "atomic_kunit_args.h"

#define RUN_load(t, c, op, o)						\
	return FROM_##c(membar_##op(ARG_P(t), o))
#define RUN_void(t, c, op, o)						\
	membar_##op(ARG_P(t), o);					\
	return 0
#define RUN_value(t, c, op, o)						\
	return FROM_##c(membar_##op(ARG_P(t), o))
#define RUN_bool(t, c, op, o)						\
	return membar_##op(ARG_P(t), o)
#define RUN_bool_v(t, c, op, o)						\
	return membar_##op(ARG_P(t), ARG_D(c, t), o)
#define RUN_bool_au(t, c, op, o)					\
	return membar_##op(ARG_P(t), ARG_A(c, t), ARG_B(c, t), o)
#define RUN_value_au(t, c, op, o)					\
	return FROM_##c(membar_##op(ARG_P(t), ARG_A(c, t), ARG_B(c, t), o))
#define RUN_result(t, c, op, o)						\
	return membar_##op(ARG_P(t), o)
/*
 * For every other new value the caller looks at the old one alone, and has what it
 * compares that with from elsewhere: the compiler gives the operation no register that
 * it has prepared for the comparison.
 */
#define RUN_cmpxchg(t, c, op, o)					\
	u64 expected = a;						\
									\
	if (b & 1) {							\
		t found;						\
									\
		OPTIMIZER_HIDE_VAR(a);					\
		found = membar_##op(ARG_P(t), ARG_A(c, t),		\
				    ARG_B(c, t), o).val;		\
		*more = found == TO_##c(t, expected);			\
		return FROM_##c(found);					\
	} else {							\
		__auto_type r = membar_##op(ARG_P(t), ARG_A(c, t),	\
					    ARG_B(c, t), o);		\
									\
		*more = r.ok;						\
		return FROM_##c(r.val);					\
	}
#define RUN_try_cmpxchg(t, c, op, o)					\
	t old = TO_##c(t, a);						\
	bool ok;							\
									\
	ok = membar_##op(ARG_P(t), MARKED(0x10, &old), ARG_B(c, t), o); \
	*more = FROM_##c(old);						\
	return ok
/* store, xchg and arithmetic have one prototype and two sorts of operand. */
#define RUN_void_v(t, c, op, o)						\
	membar_##op(ARG_P(t), OPERAND_##op(c, t), o);			\
	return 0
#define RUN_value_v(t, c, op, o)					\
	return FROM_##c(membar_##op(ARG_P(t), OPERAND_##op(c, t), o))

#define OPERAND_store		ARG_A
#define OPERAND_xchg		ARG_A
#define OPERAND_add		ARG_D
#define OPERAND_sub		ARG_D
#define OPERAND_and		ARG_D
#define OPERAND_or		ARG_D
#define OPERAND_xor		ARG_D
#define OPERAND_andnot		ARG_D
#define OPERAND_add_return	ARG_D
#define OPERAND_sub_return	ARG_D
#define OPERAND_fetch_add	ARG_D
#define OPERAND_fetch_sub	ARG_D
#define OPERAND_fetch_and	ARG_D
#define OPERAND_fetch_or	ARG_D
#define OPERAND_fetch_xor	ARG_D
#define OPERAND_fetch_andnot	ARG_D

#define ATOMIC_KUNIT_RUN(name, type, class, op, ORDER, order, form)	\
static u64 run_##name##_##op##_##order(void *p, u64 a, u64 b, u64 *more, \
				       unsigned int *ticks)		\
{									\
	RUN_##form(type, class, op, MEMBAR_##ORDER);			\
}

#define ATOMIC_KUNIT_ROW(name_, type, class_, op_, ORDER, order, form) {	\
	.name = #name_ "_" #op_ ":" #order,				\
	.op = ATOMIC_KUNIT_OP_##op_,					\
	.class = class_,						\
	.bytes = sizeof(type),						\
	.once = ONCE_##form,						\
	.run = run_##name_##_##op_##_##order,				\
},

ATOMIC_KUNIT_FOR_EACH_ROW(ATOMIC_KUNIT_RUN)

const struct atomic_kunit_row ATOMIC_KUNIT_ROWS[] = {
	ATOMIC_KUNIT_FOR_EACH_ROW(ATOMIC_KUNIT_ROW)
};

#define ARG_ADDR		MARKED(0x1, addr)
#define ARG_NR			MARKED(0x10, nr)

#define RUN_BIT_test(op, o)	return membar_##op(ARG_ADDR, ARG_NR, o)
#define RUN_BIT_bool(op, o)	return membar_##op(ARG_ADDR, ARG_NR, o)
#define RUN_BIT_void(op, o)						\
	membar_##op(ARG_ADDR, ARG_NR, o);				\
	return false

#define ATOMIC_KUNIT_RUN_BITOP(op, ORDER, order, kernel, form)		\
static bool run_##op##_##order(unsigned long *addr, unsigned long nr,	\
			       unsigned int *ticks)			\
{									\
	RUN_BIT_##form(op, MEMBAR_##ORDER);				\
}

#define ATOMIC_KUNIT_BITOP(op_, ORDER, order, ...) {			\
	.name = #op_ ":" #order,					\
	.op = #op_,							\
	.run = run_##op_##_##order,					\
},

MEMBAR_FOR_EACH_BITOP(ATOMIC_KUNIT_RUN_BITOP)

const struct atomic_kunit_bitop ATOMIC_KUNIT_BITOPS[] = {
	MEMBAR_FOR_EACH_BITOP(ATOMIC_KUNIT_BITOP)
};
