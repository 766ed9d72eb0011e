/* SPDX-License-Identifier: GPL-2.0 */
/*
 * In place of membar.h, for the invariants on the host: the operations of CPUs that
 * take turns.  Each operation, each access that is not atomic and each barrier is an
 * event, which a test can look at, and before which another CPU may come.
 */
#ifndef _MEMBAR_HOST_ATOMIC_MEMBAR_H
#define _MEMBAR_HOST_ATOMIC_MEMBAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kunit/host/orders.h"

typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;

/* The names of linux/sched.h and others, which leave alone what they find here. */
#define noinline		__attribute__((noinline))
/* Each program once, with a variable that says whether it is the twin: builds fast. */
#undef __always_inline
#define __always_inline		inline
#define barrier()		event_of("barrier")
#define cpu_relax()		event_of("relax")
#define cond_resched()		event_of("resched")
#define READ_ONCE(x)							\
	(read_of(&(x), sizeof(x)), *(const volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, v)						\
do {									\
	const typeof(x) __written = (v);				\
									\
	write_of(&(x), sizeof(x), __written);				\
	*(volatile typeof(x) *)&(x) = __written;			\
} while (0)

enum operation {
#define ROW(op, ...)		OP_##op,
	MEMBAR_FOR_EACH_ATOMIC_OP(ROW)
#undef ROW
	OP_test_and_set_bit,
	OP_test_and_change_bit,
	OP_clear_bit,
};

/* An event that is none of the accesses below. */
void event_of(const char *name);
/* Before a plain access of so many bytes. */
void read_of(const volatile void *p, size_t size);
void write_of(const volatile void *p, size_t size, uint64_t v);
/*
 * An operation on a variable of so many bytes with up to two operands: what it
 * returns, with its sign; of an exchange that compares, what it found.
 */
int64_t operate(enum operation op, const volatile void *p, size_t size,
		enum membar_order order, uint64_t v, uint64_t u);

#define VALUE_OF(p, op, order, v, u)					\
	((typeof(*(p)))operate(OP_##op, p, sizeof(*(p)), order,		\
			       (typeof(*(p)))(v), (typeof(*(p)))(u)))
#define VOID_OF(p, op, order, v)	((void)VALUE_OF(p, op, order, v, 0))
#define BOOL_OF(p, op, order, v, u)	((bool)VALUE_OF(p, op, order, v, u))

#define membar_load(p, order)			VALUE_OF(p, load, order, 0, 0)
#define membar_store(p, v, order)		VOID_OF(p, store, order, v)
#define membar_xchg(p, v, order)		VALUE_OF(p, xchg, order, v, 0)

#define membar_add(p, v, order)			VOID_OF(p, add, order, v)
#define membar_sub(p, v, order)			VOID_OF(p, sub, order, v)
#define membar_inc(p, order)			VOID_OF(p, inc, order, 0)
#define membar_dec(p, order)			VOID_OF(p, dec, order, 0)
#define membar_and(p, v, order)			VOID_OF(p, and, order, v)
#define membar_or(p, v, order)			VOID_OF(p, or, order, v)
#define membar_xor(p, v, order)			VOID_OF(p, xor, order, v)
#define membar_andnot(p, v, order)		VOID_OF(p, andnot, order, v)

#define membar_add_return(p, v, order)		VALUE_OF(p, add_return, order, v, 0)
#define membar_sub_return(p, v, order)		VALUE_OF(p, sub_return, order, v, 0)
#define membar_inc_return(p, order)		VALUE_OF(p, inc_return, order, 0, 0)
#define membar_dec_return(p, order)		VALUE_OF(p, dec_return, order, 0, 0)

#define membar_fetch_add(p, v, order)		VALUE_OF(p, fetch_add, order, v, 0)
#define membar_fetch_sub(p, v, order)		VALUE_OF(p, fetch_sub, order, v, 0)
#define membar_fetch_inc(p, order)		VALUE_OF(p, fetch_inc, order, 0, 0)
#define membar_fetch_dec(p, order)		VALUE_OF(p, fetch_dec, order, 0, 0)
#define membar_fetch_and(p, v, order)		VALUE_OF(p, fetch_and, order, v, 0)
#define membar_fetch_or(p, v, order)		VALUE_OF(p, fetch_or, order, v, 0)
#define membar_fetch_xor(p, v, order)		VALUE_OF(p, fetch_xor, order, v, 0)
#define membar_fetch_andnot(p, v, order)	VALUE_OF(p, fetch_andnot, order, v, 0)

#define membar_sub_and_test(p, v, order)	BOOL_OF(p, sub_and_test, order, v, 0)
#define membar_dec_and_test(p, order)		BOOL_OF(p, dec_and_test, order, 0, 0)
#define membar_inc_and_test(p, order)		BOOL_OF(p, inc_and_test, order, 0, 0)
#define membar_add_negative(p, v, order)	BOOL_OF(p, add_negative, order, v, 0)
#define membar_add_unless(p, v, u, order)	BOOL_OF(p, add_unless, order, v, u)
#define membar_inc_not_zero(p, order)		BOOL_OF(p, inc_not_zero, order, 0, 0)
#define membar_inc_unless_negative(p, order)				\
	BOOL_OF(p, inc_unless_negative, order, 0, 0)
#define membar_dec_unless_positive(p, order)				\
	BOOL_OF(p, dec_unless_positive, order, 0, 0)
#define membar_dec_if_positive(p, order)				\
	operate(OP_dec_if_positive, p, sizeof(*(p)), order, 0, 0)

struct membar_found {
	bool ok;
};

#define membar_cmpxchg(p, old, new, order)				\
	((struct membar_found){						\
		VALUE_OF(p, cmpxchg, order, new, old) == (old),		\
	})
#define membar_try_cmpxchg(p, old, new, order) ({			\
	const typeof(*(p)) __wanted = *(old);				\
									\
	*(old) = VALUE_OF(p, try_cmpxchg, order, new, __wanted);	\
	*(old) == __wanted;						\
})

#define membar_test_and_set_bit(p, nr, order)				\
	BOOL_OF(p, test_and_set_bit, order, nr, 0)
#define membar_test_and_change_bit(p, nr, order)			\
	BOOL_OF(p, test_and_change_bit, order, nr, 0)
#define membar_clear_bit(p, nr, order)		VOID_OF(p, clear_bit, order, nr)

/* Of a fence the order is the event. */
#define membar_smp_mb(order)			event_of("smp_mb:" #order)

#endif /* _MEMBAR_HOST_ATOMIC_MEMBAR_H */
