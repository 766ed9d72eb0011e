/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Orders, flavours, barriers and operations: each is one list, from which
 * everything else follows.
 *
 * This file includes nothing and, except for MEMBAR_FOR_EACH_NATIVE_WIDTH,
 * means the same in user space: the tools preprocess it as it is (see
 * tools/table), and the programs that are tested without a kernel include it.
 */
#ifndef _MEMBAR_ARCH_TABLE_H
#define _MEMBAR_ARCH_TABLE_H

/**
 * enum membar_order - an ordering as a run-time value
 * @MEMBAR_ORDER_FULL: everything before it against everything after it
 * @MEMBAR_ORDER_READ: reads before against reads after
 * @MEMBAR_ORDER_WRITE: writes before against writes after
 * @MEMBAR_ORDER_ACQUIRE: reads before against everything after
 * @MEMBAR_ORDER_RELEASE: everything before against writes after
 * @MEMBAR_ORDER_RELAXED: nothing; for atomic operations only, not for fences
 * @MEMBAR_NR_ORDERS: how many there are
 *
 * For membar_barrier(), for tables and for callers in other languages. The
 * values are ABI between membar.ko and its callers: append new ones, never
 * renumber.
 */
enum membar_order {
	MEMBAR_ORDER_FULL,
	MEMBAR_ORDER_READ,
	MEMBAR_ORDER_WRITE,
	MEMBAR_ORDER_ACQUIRE,
	MEMBAR_ORDER_RELEASE,
	MEMBAR_ORDER_RELAXED,
	MEMBAR_NR_ORDERS,
};

/**
 * enum membar_flavour - the observer of a barrier, as a run-time value
 * @MEMBAR_FLAVOUR_MANDATORY: CPUs, DMA and MMIO alike
 * @MEMBAR_FLAVOUR_SMP: the other CPUs of this kernel
 * @MEMBAR_FLAVOUR_DMA: a bus-mastering device, in coherent memory
 * @MEMBAR_FLAVOUR_VIRT: the other side of a hypervisor
 * @MEMBAR_NR_FLAVOURS: how many there are
 *
 * The values are ABI, like those of &enum membar_order.
 */
enum membar_flavour {
	MEMBAR_FLAVOUR_MANDATORY,
	MEMBAR_FLAVOUR_SMP,
	MEMBAR_FLAVOUR_DMA,
	MEMBAR_FLAVOUR_VIRT,
	MEMBAR_NR_FLAVOURS,
};

/* Access classes, as bits: which accesses an ordering applies to. */
#define MEMBAR_R	1
#define MEMBAR_W	2
#define MEMBAR_RW	(MEMBAR_R | MEMBAR_W)

/*
 * The table
 * =========
 *
 * One row is one barrier, a flavour with an order:
 *
 *	row(FLAVOUR, entry, ORDER, order, primitive, PRIOR, LATER)
 *
 *	FLAVOUR		MEMBAR_FLAVOUR_<FLAVOUR>
 *	entry		membar_<entry>() takes the order as a tag; the exported
 *			function is membar_<entry>_<order>(), the text form
 *			<entry>:<order>
 *	ORDER, order	MEMBAR_<ORDER>, MEMBAR_ORDER_<ORDER>, struct membar_<order>
 *	primitive	what it is lowered to, without the parentheses
 *	PRIOR, LATER	MEMBAR_<class>: what the contract orders against what
 *
 * The exported functions, membar_barrier(), the KUnit cases, the stress
 * verdicts, the documentation and the code-generation check are all made from
 * these rows. Only paste or stringify the capitalised columns: READ and WRITE
 * are macros elsewhere in the kernel.
 */
#define MEMBAR_FOR_EACH_BARRIER(row)					\
	row(MANDATORY, mb, FULL, full, mb, RW, RW)			\
	row(MANDATORY, mb, READ, read, rmb, R, R)			\
	row(MANDATORY, mb, WRITE, write, wmb, W, W)			\
	row(MANDATORY, mb, ACQUIRE, acquire, __membar_mb_acquire, R, RW) \
	row(MANDATORY, mb, RELEASE, release, __membar_mb_release, RW, W) \
									\
	row(SMP, smp_mb, FULL, full, smp_mb, RW, RW)			\
	row(SMP, smp_mb, READ, read, smp_rmb, R, R)			\
	row(SMP, smp_mb, WRITE, write, smp_wmb, W, W)			\
	row(SMP, smp_mb, ACQUIRE, acquire, __membar_smp_mb_acquire, R, RW) \
	row(SMP, smp_mb, RELEASE, release, __membar_smp_mb_release, RW, W) \
									\
	row(DMA, dma_mb, FULL, full, dma_mb, RW, RW)			\
	row(DMA, dma_mb, READ, read, dma_rmb, R, R)			\
	row(DMA, dma_mb, WRITE, write, dma_wmb, W, W)			\
	row(DMA, dma_mb, ACQUIRE, acquire, __membar_dma_mb_acquire, R, RW) \
	row(DMA, dma_mb, RELEASE, release, __membar_dma_mb_release, RW, W) \
									\
	row(VIRT, virt_mb, FULL, full, virt_mb, RW, RW)			\
	row(VIRT, virt_mb, READ, read, virt_rmb, R, R)			\
	row(VIRT, virt_mb, WRITE, write, virt_wmb, W, W)		\
	row(VIRT, virt_mb, ACQUIRE, acquire, __membar_virt_mb_acquire, R, RW) \
	row(VIRT, virt_mb, RELEASE, release, __membar_virt_mb_release, RW, W)

/* The one barrier that orders persistence, in the columns of the table. */
#define MEMBAR_FOR_EACH_PMEM_BARRIER(row)				\
	row(PMEM, pmem_mb, WRITE, write, pmem_wmb, W, W)

/*
 * Barriers without an order: row(name, primitive) is membar_<name>(), exported
 * under that name.
 */
#define MEMBAR_FOR_EACH_PLAIN_BARRIER(row)				\
	row(compiler_mb, barrier)					\
	row(before_atomic, smp_mb__before_atomic)			\
	row(after_atomic, smp_mb__after_atomic)				\
	row(after_ctrl_dep, smp_acquire__after_ctrl_dep)		\
	row(after_spinlock, smp_mb__after_spinlock)			\
	row(after_unlock_lock, smp_mb__after_unlock_lock)		\
	row(io_stop_wc, io_stop_wc)

/*
 * The orders that a family of calls accepts, used to select the code and to
 * list the orders in a refusal. These lists are separate from the tables above
 * because a macro cannot expand within itself, and a row of a table may use
 * the calls of membar.h.
 *
 *	row(entry, ORDER, order), with the entry that the caller passes in
 */
#define __MEMBAR_FENCE_ORDERS(row, entry)				\
	row(entry, FULL, full)						\
	row(entry, READ, read)						\
	row(entry, WRITE, write)					\
	row(entry, ACQUIRE, acquire)					\
	row(entry, RELEASE, release)

#define __MEMBAR_PMEM_ORDERS(row, entry)				\
	row(entry, WRITE, write)

#define __MEMBAR_LOAD_ORDERS(row, entry)				\
	row(entry, RELAXED, relaxed)					\
	row(entry, ACQUIRE, acquire)

/*
 * The widths: row(width, result) has the operand type of the exported
 * functions, and the type that dec_if_positive returns for it. Signed types,
 * bool, enums and pointers are cast to these types for a call out of line.
 */
#define MEMBAR_FOR_EACH_WIDTH(row, ...)					\
	row(u8, int, ##__VA_ARGS__)					\
	row(u16, int, ##__VA_ARGS__)					\
	row(u32, int, ##__VA_ARGS__)					\
	row(u64, s64, ##__VA_ARGS__)

/* The widths that this kernel accesses with one instruction. */
#if BITS_PER_LONG == 64
# define MEMBAR_FOR_EACH_NATIVE_WIDTH(row)	MEMBAR_FOR_EACH_WIDTH(row)
#else
# define MEMBAR_FOR_EACH_NATIVE_WIDTH(row)				\
	row(u8, int)							\
	row(u16, int)							\
	row(u32, int)
#endif

/*
 * The operations:
 *
 *	row(op, form, set, narrow)
 *
 *	op		membar_<op>() takes the order as a tag
 *	form		the prototype, __MEMBAR_PROTO_<form>
 *	set		MEMBAR_FOR_EACH_<set>_ORDER: the orders that it takes
 *	narrow		whether 8 and 16 bits need a cmpxchg() of that width
 */
#define MEMBAR_FOR_EACH_ACCESS_OP(row, ...)				\
	row(load, load, LOAD, any, ##__VA_ARGS__)			\
	row(store, void_v, STORE, any, ##__VA_ARGS__)			\
	row(xchg, value_v, RMW, narrow, ##__VA_ARGS__)			\
	row(cmpxchg, cmpxchg, RMW, narrow, ##__VA_ARGS__)		\
	row(try_cmpxchg, try_cmpxchg, RMW, narrow, ##__VA_ARGS__)

#define MEMBAR_FOR_EACH_ATOMIC_OP(row, ...)				\
	MEMBAR_FOR_EACH_ACCESS_OP(row, ##__VA_ARGS__)			\
									\
	row(add, void_v, VOID, narrow, ##__VA_ARGS__)			\
	row(sub, void_v, VOID, narrow, ##__VA_ARGS__)			\
	row(inc, void, VOID, narrow, ##__VA_ARGS__)			\
	row(dec, void, VOID, narrow, ##__VA_ARGS__)			\
	row(and, void_v, VOID, narrow, ##__VA_ARGS__)			\
	row(or, void_v, VOID, narrow, ##__VA_ARGS__)			\
	row(xor, void_v, VOID, narrow, ##__VA_ARGS__)			\
	row(andnot, void_v, VOID, narrow, ##__VA_ARGS__)		\
									\
	row(add_return, value_v, RMW, narrow, ##__VA_ARGS__)		\
	row(sub_return, value_v, RMW, narrow, ##__VA_ARGS__)		\
	row(inc_return, value, RMW, narrow, ##__VA_ARGS__)		\
	row(dec_return, value, RMW, narrow, ##__VA_ARGS__)		\
									\
	row(fetch_add, value_v, RMW, narrow, ##__VA_ARGS__)		\
	row(fetch_sub, value_v, RMW, narrow, ##__VA_ARGS__)		\
	row(fetch_inc, value, RMW, narrow, ##__VA_ARGS__)		\
	row(fetch_dec, value, RMW, narrow, ##__VA_ARGS__)		\
	row(fetch_and, value_v, RMW, narrow, ##__VA_ARGS__)		\
	row(fetch_or, value_v, RMW, narrow, ##__VA_ARGS__)		\
	row(fetch_xor, value_v, RMW, narrow, ##__VA_ARGS__)		\
	row(fetch_andnot, value_v, RMW, narrow, ##__VA_ARGS__)		\
									\
	row(sub_and_test, bool_v, TEST, narrow, ##__VA_ARGS__)		\
	row(dec_and_test, bool, TEST, narrow, ##__VA_ARGS__)		\
	row(inc_and_test, bool, TEST, narrow, ##__VA_ARGS__)		\
	row(add_negative, bool_v, RMW, narrow, ##__VA_ARGS__)		\
	row(add_unless, bool_au, TEST, narrow, ##__VA_ARGS__)		\
	row(fetch_add_unless, value_au, TEST, narrow, ##__VA_ARGS__)	\
	row(inc_not_zero, bool, TEST, narrow, ##__VA_ARGS__)		\
	row(inc_unless_negative, bool, TEST, narrow, ##__VA_ARGS__)	\
	row(dec_unless_positive, bool, TEST, narrow, ##__VA_ARGS__)	\
	row(dec_if_positive, result, TEST, narrow, ##__VA_ARGS__)

/*
 * The orders of each set, and the kernel's name for each (of a
 * read-modify-write operation without atomic_ or atomic64_). Of the operations
 * in TEST the kernel has only a fully ordered form; they accept the weaker
 * orders too, and order more than asked for.
 *
 *	row(ORDER, order, kernel, op, ...)
 */
#define MEMBAR_FOR_EACH_LOAD_ORDER(row, op, ...)			\
	row(RELAXED, relaxed, READ_ONCE, op, ##__VA_ARGS__)		\
	row(ACQUIRE, acquire, smp_load_acquire, op, ##__VA_ARGS__)

#define MEMBAR_FOR_EACH_STORE_ORDER(row, op, ...)			\
	row(RELAXED, relaxed, WRITE_ONCE, op, ##__VA_ARGS__)		\
	row(RELEASE, release, smp_store_release, op, ##__VA_ARGS__)

#define MEMBAR_FOR_EACH_VOID_ORDER(row, op, ...)			\
	row(RELAXED, relaxed, op, op, ##__VA_ARGS__)

#define MEMBAR_FOR_EACH_RMW_ORDER(row, op, ...)				\
	row(RELAXED, relaxed, op##_relaxed, op, ##__VA_ARGS__)		\
	row(ACQUIRE, acquire, op##_acquire, op, ##__VA_ARGS__)		\
	row(RELEASE, release, op##_release, op, ##__VA_ARGS__)		\
	row(FULL, full, op, op, ##__VA_ARGS__)

#define MEMBAR_FOR_EACH_TEST_ORDER(row, op, ...)			\
	row(RELAXED, relaxed, op, op, ##__VA_ARGS__)			\
	row(ACQUIRE, acquire, op, op, ##__VA_ARGS__)			\
	row(RELEASE, release, op, op, ##__VA_ARGS__)			\
	row(FULL, full, op, op, ##__VA_ARGS__)

/*
 * Operations, orders and widths multiplied out. The exported functions, the
 * KUnit cases, the documentation and the code-generation check are made from
 * these rows:
 *
 *	row(width, result, op, ORDER, order, kernel, form, narrow)
 *
 * is exported as membar_<width>_<op>_<order>(); its text form is
 * <width>_<op>:<order>.
 */
#define MEMBAR_FOR_EACH_ATOMIC(row)					\
	MEMBAR_FOR_EACH_ATOMIC_OP(MEMBAR_FOR_EACH_ORDER_OF, row)
#define MEMBAR_FOR_EACH_ORDER_OF(op, form, set, narrow, row)		\
	MEMBAR_FOR_EACH_##set##_ORDER(MEMBAR_FOR_EACH_WIDTH_OF, op, form, \
				      narrow, row)
#define MEMBAR_FOR_EACH_WIDTH_OF(ORDER, order, kernel, op, form, narrow, row) \
	MEMBAR_FOR_EACH_WIDTH(row, op, ORDER, order, kernel, form, narrow)

/*
 * Bit operations, on an array of unsigned long, with the orders that the
 * kernel has:
 *
 *	row(op, ORDER, order, kernel, form), where nr is a mask for the last
 */
#define MEMBAR_FOR_EACH_BITOP(row)					\
	row(test_bit, RELAXED, relaxed, test_bit, test)			\
	row(test_bit, ACQUIRE, acquire, test_bit_acquire, test)		\
	row(set_bit, RELAXED, relaxed, set_bit, void)			\
	row(clear_bit, RELAXED, relaxed, clear_bit, void)		\
	row(clear_bit, RELEASE, release, clear_bit_unlock, void)	\
	row(change_bit, RELAXED, relaxed, change_bit, void)		\
	row(test_and_set_bit, FULL, full, test_and_set_bit, bool)	\
	row(test_and_set_bit, ACQUIRE, acquire, test_and_set_bit_lock, bool) \
	row(test_and_clear_bit, FULL, full, test_and_clear_bit, bool)	\
	row(test_and_change_bit, FULL, full, test_and_change_bit, bool)	\
	row(xor_unlock_is_negative_byte, RELEASE, release,		\
	    xor_unlock_is_negative_byte, bool)

/* The orders that the atomic calls accept, like those of the barriers. */
#define __MEMBAR_STORE_ORDERS(row, entry)				\
	row(entry, RELAXED, relaxed)					\
	row(entry, RELEASE, release)

#define __MEMBAR_RMW_ORDERS(row, entry)					\
	row(entry, RELAXED, relaxed)					\
	row(entry, ACQUIRE, acquire)					\
	row(entry, RELEASE, release)					\
	row(entry, FULL, full)

#define __MEMBAR_TEST_ORDERS(row, entry)	__MEMBAR_RMW_ORDERS(row, entry)

#define __MEMBAR_VOID_ORDERS(row, entry)				\
	row(entry, RELAXED, relaxed)

#define __MEMBAR_LOCK_ORDERS(row, entry)				\
	row(entry, ACQUIRE, acquire)					\
	row(entry, FULL, full)

#define __MEMBAR_FULL_ORDERS(row, entry)				\
	row(entry, FULL, full)

#define __MEMBAR_UNLOCK_ORDERS(row, entry)				\
	row(entry, RELEASE, release)

#endif /* _MEMBAR_ARCH_TABLE_H */
