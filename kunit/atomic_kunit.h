/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the two builds of the atomic operations, in line and out of line, offer
 * to the suite membar_atomic: one row for each operation, type and ordering.
 */
#ifndef _MEMBAR_ATOMIC_KUNIT_H
#define _MEMBAR_ATOMIC_KUNIT_H

#include <kunit/test.h>
#include <linux/types.h>

#include "membar.h"

/* An enum whose values need a sign. */
enum atomic_kunit_colour {
	ATOMIC_KUNIT_RED = -1,
	ATOMIC_KUNIT_GREEN,
};

/*
 * Types: row(name, type, class, ...).  A class says how a value gets into the
 * type and out of it.
 */
#define ATOMIC_KUNIT_FOR_EACH_WIDE_TYPE(row, ...)			\
	row(u32, u32, UNSIGNED, ##__VA_ARGS__)				\
	row(u64, u64, UNSIGNED, ##__VA_ARGS__)				\
	row(s32, s32, SIGNED, ##__VA_ARGS__)				\
	row(s64, s64, SIGNED, ##__VA_ARGS__)				\
	row(long, long, SIGNED, ##__VA_ARGS__)				\
	row(ulong, unsigned long, UNSIGNED, ##__VA_ARGS__)

#define ATOMIC_KUNIT_FOR_EACH_any_TYPE(row, ...)			\
	row(u8, u8, UNSIGNED, ##__VA_ARGS__)				\
	row(u16, u16, UNSIGNED, ##__VA_ARGS__)				\
	row(s8, s8, SIGNED, ##__VA_ARGS__)				\
	row(s16, s16, SIGNED, ##__VA_ARGS__)				\
	ATOMIC_KUNIT_FOR_EACH_WIDE_TYPE(row, ##__VA_ARGS__)

/* Those that no read-modify-write operation is for. */
#define ATOMIC_KUNIT_FOR_EACH_SPECIAL_WIDE_TYPE(row, ...)		\
	row(size_t, size_t, UNSIGNED, ##__VA_ARGS__)			\
	row(enum, enum atomic_kunit_colour, SIGNED, ##__VA_ARGS__)	\
	row(pointer, const char *, POINTER, ##__VA_ARGS__)		\
	row(function, atomic_kunit_fn, POINTER, ##__VA_ARGS__)

#define ATOMIC_KUNIT_FOR_EACH_SPECIAL_any_TYPE(row, ...)		\
	row(bool, bool, BOOL, ##__VA_ARGS__)				\
	row(char, char, CHAR, ##__VA_ARGS__)				\
	ATOMIC_KUNIT_FOR_EACH_SPECIAL_WIDE_TYPE(row, ##__VA_ARGS__)

typedef int (*atomic_kunit_fn)(void *arg);

#ifdef MEMBAR_NO_NARROW_CMPXCHG
# define ATOMIC_KUNIT_FOR_EACH_narrow_TYPE(row, ...)			\
	ATOMIC_KUNIT_FOR_EACH_WIDE_TYPE(row, ##__VA_ARGS__)
# define ATOMIC_KUNIT_FOR_EACH_SPECIAL_narrow_TYPE(row, ...)		\
	ATOMIC_KUNIT_FOR_EACH_SPECIAL_WIDE_TYPE(row, ##__VA_ARGS__)
#else
# define ATOMIC_KUNIT_FOR_EACH_narrow_TYPE(row, ...)			\
	ATOMIC_KUNIT_FOR_EACH_any_TYPE(row, ##__VA_ARGS__)
# define ATOMIC_KUNIT_FOR_EACH_SPECIAL_narrow_TYPE(row, ...)		\
	ATOMIC_KUNIT_FOR_EACH_SPECIAL_any_TYPE(row, ##__VA_ARGS__)
#endif

/*
 * The rows: membar.h's operations and their orders, times the types above.
 *
 *	row(name, type, class, op, ORDER, order, form)
 */
#define ATOMIC_KUNIT_FOR_EACH_TYPE_OF(ORDER, order, kernel, op, form, narrow, row) \
	ATOMIC_KUNIT_FOR_EACH_##narrow##_TYPE(row, op, ORDER, order, form)
#define ATOMIC_KUNIT_FOR_EACH_ORDER_OF(op, form, set, narrow, row)	\
	MEMBAR_FOR_EACH_##set##_ORDER(ATOMIC_KUNIT_FOR_EACH_TYPE_OF, op, form, \
				      narrow, row)
#define ATOMIC_KUNIT_FOR_EACH_INTEGER_ROW(row)				\
	MEMBAR_FOR_EACH_ATOMIC_OP(ATOMIC_KUNIT_FOR_EACH_ORDER_OF, row)

#define ATOMIC_KUNIT_FOR_EACH_SPECIAL_OF(ORDER, order, kernel, op, form, narrow, row) \
	ATOMIC_KUNIT_FOR_EACH_SPECIAL_##narrow##_TYPE(row, op, ORDER, order, form)
#define ATOMIC_KUNIT_FOR_EACH_SPECIAL_ORDER_OF(op, form, set, narrow, row) \
	MEMBAR_FOR_EACH_##set##_ORDER(ATOMIC_KUNIT_FOR_EACH_SPECIAL_OF, op, \
				      form, narrow, row)
#define ATOMIC_KUNIT_FOR_EACH_ACCESS_ROW(row)				\
	MEMBAR_FOR_EACH_ACCESS_OP(ATOMIC_KUNIT_FOR_EACH_SPECIAL_ORDER_OF, row)

/* A pointer can be added to: bytes. */
#define ATOMIC_KUNIT_FOR_EACH_POINTER_OF(ORDER, order, kernel, op, form, row) \
	row(pointer, const char *, POINTER, op, ORDER, order, form)
#define ATOMIC_KUNIT_FOR_EACH_POINTER_ROW(row)				\
	MEMBAR_FOR_EACH_VOID_ORDER(ATOMIC_KUNIT_FOR_EACH_POINTER_OF, add, \
				   void_v, row)				\
	MEMBAR_FOR_EACH_VOID_ORDER(ATOMIC_KUNIT_FOR_EACH_POINTER_OF, sub, \
				   void_v, row)				\
	MEMBAR_FOR_EACH_RMW_ORDER(ATOMIC_KUNIT_FOR_EACH_POINTER_OF,	\
				  add_return, value_v, row)		\
	MEMBAR_FOR_EACH_RMW_ORDER(ATOMIC_KUNIT_FOR_EACH_POINTER_OF,	\
				  sub_return, value_v, row)		\
	MEMBAR_FOR_EACH_RMW_ORDER(ATOMIC_KUNIT_FOR_EACH_POINTER_OF,	\
				  fetch_add, value_v, row)		\
	MEMBAR_FOR_EACH_RMW_ORDER(ATOMIC_KUNIT_FOR_EACH_POINTER_OF,	\
				  fetch_sub, value_v, row)

#define ATOMIC_KUNIT_FOR_EACH_ROW(row)					\
	ATOMIC_KUNIT_FOR_EACH_INTEGER_ROW(row)				\
	ATOMIC_KUNIT_FOR_EACH_ACCESS_ROW(row)				\
	ATOMIC_KUNIT_FOR_EACH_POINTER_ROW(row)

#define ATOMIC_KUNIT_NR_ROWS						\
	(0 ATOMIC_KUNIT_FOR_EACH_ROW(__MEMBAR_COUNT))
#define ATOMIC_KUNIT_NR_BITOPS	(0 MEMBAR_FOR_EACH_BITOP(__MEMBAR_COUNT))

enum atomic_kunit_class {
	UNSIGNED, SIGNED, BOOL, POINTER,
	/* Signed on x86 until Linux 6.2. */
	CHAR = (char)-1 < 0 ? SIGNED : UNSIGNED,
};

#define ATOMIC_KUNIT_OP(op, ...)	ATOMIC_KUNIT_OP_##op,
enum atomic_kunit_op {
	MEMBAR_FOR_EACH_ATOMIC_OP(ATOMIC_KUNIT_OP)
};
#undef ATOMIC_KUNIT_OP

/**
 * struct atomic_kunit_row - one operation on one type with one ordering
 * @name: text form
 * @op: the operation, whatever its type and ordering
 * @class: what the type does to a value
 * @bytes: size of the type
 * @once: what @run adds to its @ticks if each argument is evaluated once
 * @run: do it to *@p; @a and @b are its operands, @more is what it yields
 *	 beside the value returned
 */
struct atomic_kunit_row {
	const char *name;
	enum atomic_kunit_op op;
	enum atomic_kunit_class class;
	unsigned int bytes;
	unsigned int once;
	u64 (*run)(void *p, u64 a, u64 b, u64 *more, unsigned int *ticks);
};

/**
 * struct atomic_kunit_bitop - one bit operation with one ordering
 * @name: text form
 * @op: its name without the ordering
 * @run: do it; @ticks as above
 */
struct atomic_kunit_bitop {
	const char *name;
	const char *op;
	bool (*run)(unsigned long *addr, unsigned long nr, unsigned int *ticks);
};

extern const struct atomic_kunit_row atomic_kunit_inline[ATOMIC_KUNIT_NR_ROWS];
extern const struct atomic_kunit_row atomic_kunit_outline[ATOMIC_KUNIT_NR_ROWS];
extern const struct atomic_kunit_bitop
	atomic_kunit_inline_bitops[ATOMIC_KUNIT_NR_BITOPS];
extern const struct atomic_kunit_bitop
	atomic_kunit_outline_bitops[ATOMIC_KUNIT_NR_BITOPS];

/* Whether membar_store_mb() out of line stores what it should in each width. */
bool atomic_kunit_outline_store_mb(void);

/* Cases that are built with CONFIG_MEMBAR_DEBUG_ALIGN, see align_kunit.c. */
void align_kunit_places(struct kunit *test);
void align_kunit_operations(struct kunit *test);

#endif /* _MEMBAR_ATOMIC_KUNIT_H */
