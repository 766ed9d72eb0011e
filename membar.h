/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory barriers that take their ordering as a typed parameter.
 *
 * The kernel names a barrier after what it does to the CPU: smp_rmb(),
 * dma_wmb(), mb().  Rust code in the kernel names the same barriers after
 * what the caller needs, smp_mb(Acquire), and the ordering is a type.  This
 * header gives C the second form at the price of the first:
 *
 *	membar_smp_mb(MEMBAR_ACQUIRE);
 *
 * is the kernel's own primitive, instruction for instruction, and
 *
 *	membar_smp_mb(MEMBAR_RELAXED);
 *
 * does not compile, because a fence that orders nothing is a mistake.
 *
 * What may be relied on is the contract, not the lowering.  A fence orders
 * every access of its *prior* class that comes before it in program order
 * against every access of its *later* class that comes after it:
 *
 *	order		prior		later
 *	Full		read, write	read, write
 *	Read		read		read
 *	Write		write		write
 *	Acquire		read		read, write
 *	Release		read, write	write
 *
 * The kernel has no primitive for the last two.  They are lowered to the
 * flavour's full barrier unless MEMBAR_NATIVE_ACQ_REL asks for the cheapest
 * fence that the architecture can prove enough; arch/lower.h decides.
 *
 * A barrier orders nothing by itself.  It is one half of a pair, and the
 * other half runs somewhere else: on another CPU (smp), in a device (dma, and
 * mandatory for MMIO), in a hypervisor (virt).  Each flavour serves its own
 * observer and none is a stronger edition of another; on s390 dma_rmb() is
 * an instruction and rmb() is not.
 */
#ifndef _MEMBAR_H
#define _MEMBAR_H

#include <linux/atomic.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/processor.h>
#include <linux/stddef.h>
#include <linux/types.h>

#include <asm/barrier.h>

#include "arch/lower.h"

/*
 * Orderings
 * =========
 *
 * An order is a value of an empty struct type.  _Generic() selects on the
 * type while compiling, and a value without a size leaves nothing behind in
 * the object code.  They are objects and not macros so that a refusal can
 * print the name that was typed, through any number of wrapper macros.
 */
#ifdef __CHECKER__
/* sparse takes a struct without members for an incomplete type. */
# define __MEMBAR_TAG_BODY	char sized_for_sparse;
#else
# define __MEMBAR_TAG_BODY
#endif

#define MEMBAR_DEFINE_TAG(order, ORDER)					\
	struct membar_##order {						\
		__MEMBAR_TAG_BODY					\
	};								\
	static const struct membar_##order ORDER __maybe_unused = { }

MEMBAR_DEFINE_TAG(full,    MEMBAR_FULL);
MEMBAR_DEFINE_TAG(read,    MEMBAR_READ);
MEMBAR_DEFINE_TAG(write,   MEMBAR_WRITE);
MEMBAR_DEFINE_TAG(acquire, MEMBAR_ACQUIRE);
MEMBAR_DEFINE_TAG(release, MEMBAR_RELEASE);
MEMBAR_DEFINE_TAG(relaxed, MEMBAR_RELAXED);
/* Stands in for an argument that was left out; accepted by nothing. */
MEMBAR_DEFINE_TAG(missing, __MEMBAR_MISSING);

#undef MEMBAR_DEFINE_TAG
#undef __MEMBAR_TAG_BODY

/**
 * enum membar_order - an ordering as a run-time value
 * @MEMBAR_ORDER_FULL: everything before against everything after
 * @MEMBAR_ORDER_READ: reads before against reads after
 * @MEMBAR_ORDER_WRITE: writes before against writes after
 * @MEMBAR_ORDER_ACQUIRE: reads before against everything after
 * @MEMBAR_ORDER_RELEASE: everything before against writes after
 * @MEMBAR_ORDER_RELAXED: nothing; for atomic operations, never for a fence
 * @MEMBAR_NR_ORDERS: how many there are
 *
 * For membar_barrier(), tables and callers in other languages.  The values
 * are ABI between membar.ko and its callers: append, never renumber.
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
 * enum membar_flavour - whom a barrier is meant for, as a run-time value
 * @MEMBAR_FLAVOUR_MANDATORY: CPUs, DMA and MMIO alike
 * @MEMBAR_FLAVOUR_SMP: the other CPUs of this kernel
 * @MEMBAR_FLAVOUR_DMA: a bus-mastering device, in coherent memory
 * @MEMBAR_FLAVOUR_VIRT: the other side of a hypervisor
 * @MEMBAR_NR_FLAVOURS: how many there are
 *
 * The values are ABI, as those of &enum membar_order are.
 */
enum membar_flavour {
	MEMBAR_FLAVOUR_MANDATORY,
	MEMBAR_FLAVOUR_SMP,
	MEMBAR_FLAVOUR_DMA,
	MEMBAR_FLAVOUR_VIRT,
	MEMBAR_NR_FLAVOURS,
};

/* Access classes, as bits: what stands before and after an ordering. */
#define MEMBAR_R	1
#define MEMBAR_W	2
#define MEMBAR_RW	(MEMBAR_R | MEMBAR_W)

/*
 * The table
 * =========
 *
 * One row is one cell of flavour x order:
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
 * verdicts, the documentation and the code-generation check all follow from
 * these rows.  The capitalised columns may be macros elsewhere in the kernel
 * (READ and WRITE are): only ever paste or stringify them.
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
 * Barriers without anything to choose: row(name, primitive) is membar_<name>(),
 * exported under that name.
 */
#define MEMBAR_FOR_EACH_PLAIN_BARRIER(row)				\
	row(compiler_mb, barrier)					\
	row(before_atomic, smp_mb__before_atomic)			\
	row(after_atomic, smp_mb__after_atomic)				\
	row(io_stop_wc, io_stop_wc)

/*
 * Accepted sets: the orders that a family of calls takes, for its dispatch and
 * for the text of its refusal.  They are lists of their own because a macro
 * cannot expand within itself: a row of a table above may use the calls below.
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

/* Every flavour offers the whole set, and nothing beside it. */
#define __MEMBAR_COUNT(...)	+ 1
static_assert(0 MEMBAR_FOR_EACH_BARRIER(__MEMBAR_COUNT) ==
	      MEMBAR_NR_FLAVOURS * (0 __MEMBAR_FENCE_ORDERS(__MEMBAR_COUNT, _)));

/*
 * Each row twice: a function to inline, and the same out of line, which
 * membar.ko exports.
 */
#define MEMBAR_DEFINE_BARRIER(flavour, entry, ORDER, order, primitive, ...) \
	static __always_inline void __membar_inline_##entry##_##order(void) \
	{								\
		primitive();						\
	}								\
	void membar_##entry##_##order(void);

#define MEMBAR_DEFINE_PLAIN_BARRIER(name, primitive)			\
	static __always_inline void __membar_inline_##name(void)	\
	{								\
		primitive();						\
	}								\
	void membar_##name(void);

MEMBAR_FOR_EACH_BARRIER(MEMBAR_DEFINE_BARRIER)
MEMBAR_FOR_EACH_PMEM_BARRIER(MEMBAR_DEFINE_BARRIER)
MEMBAR_FOR_EACH_PLAIN_BARRIER(MEMBAR_DEFINE_PLAIN_BARRIER)

#undef MEMBAR_DEFINE_BARRIER
#undef MEMBAR_DEFINE_PLAIN_BARRIER

#ifdef MEMBAR_OUTLINE
# define __MEMBAR_CALL(name)	membar_##name
#else
# define __MEMBAR_CALL(name)	__membar_inline_##name
#endif

/*
 * Refusal and dispatch
 * ====================
 *
 * The type of the order argument is taken first, through a pointer that is
 * never followed, so that an argument that is itself in error is reported
 * once.  Then a list of rows becomes the accepted set, the text of the
 * refusal, and the branches of the dispatch.  After a refusal the dispatch
 * picks a function that exists only so that there is no second diagnostic.
 *
 * So an order is used for its type alone, as the operand of sizeof() is: an
 * expression with side effects has none.
 */
void __compiletime_error("membar: order not accepted") __membar_refused(void);

#define __membar_second(first, second, ...)	second
/* The argument, or __MEMBAR_MISSING for none; parenthesised, so not a type. */
#define __membar_arg(...)						\
	(__membar_second(_, ##__VA_ARGS__, __MEMBAR_MISSING, _))

#define __membar_accept(entry, ORDER, order)	struct membar_##order: 1,
#define __membar_name(entry, ORDER, order)	" MEMBAR_" #ORDER
#define __membar_case(entry, ORDER, order)				\
	struct membar_##order: __MEMBAR_CALL(entry##_##order),

/* @call is the source text of the call, @tag a pointer to the order's type. */
#define __membar_check_order(set, call, tag)				\
	static_assert(_Generic(*(tag), set(__membar_accept, _) default: 0), \
		      call ": order not accepted; use one of"		\
		      set(__membar_name, _))

#define __membar_barrier(set, entry, call, order) ({			\
	typeof(__membar_arg(order)) *__membar_tag = NULL;		\
									\
	__membar_check_order(set, call, __membar_tag);			\
	_Generic(*__membar_tag, set(__membar_case, entry)		\
		 default: __membar_refused)();				\
})

/*
 * Barriers
 * ========
 */

/**
 * membar_mb() - mandatory barrier: mb(), rmb(), wmb() by ordering
 * @order: MEMBAR_FULL, MEMBAR_READ, MEMBAR_WRITE, MEMBAR_ACQUIRE or
 *	   MEMBAR_RELEASE
 *
 * Ordering: the prior accesses of @order against its later ones, as seen by
 * every observer: CPUs, devices that master the bus, and MMIO reached through
 * the relaxed accessors.  Never less than the flavour's kernel primitive, on
 * UP kernels too.  MEMBAR_ACQUIRE does not order prior writes and
 * MEMBAR_RELEASE does not order later reads.
 *
 * Pairing: with whatever the device does on its side.  Use membar_smp_mb() if
 * all observers are CPUs, membar_dma_mb() if the device only touches coherent
 * memory; both cost less.  readl() and writel() bring the barriers that most
 * drivers need.
 *
 * Context: Any.
 */
#define membar_mb(order)						\
	__membar_barrier(__MEMBAR_FENCE_ORDERS, mb,			\
			 "membar_mb(" #order ")", order)

/**
 * membar_smp_mb() - barrier between CPUs: smp_mb(), smp_rmb(), smp_wmb()
 * @order: MEMBAR_FULL, MEMBAR_READ, MEMBAR_WRITE, MEMBAR_ACQUIRE or
 *	   MEMBAR_RELEASE
 *
 * Ordering: the prior accesses of @order against its later ones, as seen by
 * the other CPUs of this kernel.  A compiler barrier where CONFIG_SMP=n.
 * MEMBAR_ACQUIRE does not order prior writes and MEMBAR_RELEASE does not order
 * later reads: store buffering needs MEMBAR_FULL on both sides.
 *
 * Pairing: with another membar_smp_mb(), a load-acquire, a store-release or a
 * dependency on the other CPU.  A MEMBAR_RELEASE fence before a relaxed store
 * pairs with a MEMBAR_ACQUIRE fence after the relaxed load that reads it.  If
 * only that one access needs ordering, smp_store_release() and
 * smp_load_acquire() say so more exactly.  Use membar_virt_mb() if the other
 * side is a hypervisor, which does not share this kernel's CONFIG_SMP.
 *
 * Context: Any.
 */
#define membar_smp_mb(order)						\
	__membar_barrier(__MEMBAR_FENCE_ORDERS, smp_mb,		\
			 "membar_smp_mb(" #order ")", order)

/**
 * membar_dma_mb() - barrier towards a device: dma_mb(), dma_rmb(), dma_wmb()
 * @order: MEMBAR_FULL, MEMBAR_READ, MEMBAR_WRITE, MEMBAR_ACQUIRE or
 *	   MEMBAR_RELEASE
 *
 * Ordering: the prior accesses of @order against its later ones, in memory
 * that the CPU shares coherently with a bus-mastering device
 * (dma_alloc_coherent()), on UP kernels too.  MMIO is not ordered.
 *
 * Pairing: with the order in which the device reads and writes the same
 * memory, as with an ownership bit in a descriptor.  Use membar_mb() if MMIO
 * takes part.
 *
 * Context: Any.
 */
#define membar_dma_mb(order)						\
	__membar_barrier(__MEMBAR_FENCE_ORDERS, dma_mb,		\
			 "membar_dma_mb(" #order ")", order)

/**
 * membar_virt_mb() - barrier towards a hypervisor: virt_mb() and its kin
 * @order: MEMBAR_FULL, MEMBAR_READ, MEMBAR_WRITE, MEMBAR_ACQUIRE or
 *	   MEMBAR_RELEASE
 *
 * Ordering: that of membar_smp_mb() on an SMP kernel, also where CONFIG_SMP=n:
 * a guest with one CPU still shares memory with a host that has many.
 *
 * Pairing: with the SMP barriers of the other side, in a virtqueue for one.
 *
 * Context: Any.
 */
#define membar_virt_mb(order)						\
	__membar_barrier(__MEMBAR_FENCE_ORDERS, virt_mb,		\
			 "membar_virt_mb(" #order ")", order)

/**
 * membar_pmem_mb() - barrier for persistent memory: pmem_wmb()
 * @order: MEMBAR_WRITE
 *
 * Ordering: stores whose lines were written back before it are persistent
 * before any access or transfer that later instructions start.  It writes back
 * nothing by itself.
 *
 * Pairing: with recovery after a power failure; there is no reader to pair
 * with.
 *
 * Context: Any.
 */
#define membar_pmem_mb(order)						\
	__membar_barrier(__MEMBAR_PMEM_ORDERS, pmem_mb,		\
			 "membar_pmem_mb(" #order ")", order)

/**
 * membar_compiler_mb() - barrier for the compiler only: barrier()
 *
 * Ordering: the compiler neither moves nor merges memory accesses across it.
 * The CPU may: no other CPU and no device is a party to it.
 *
 * Pairing: with an interrupt handler or a signal on the same CPU.  Use
 * membar_smp_mb() for anything that runs elsewhere.
 *
 * Context: Any.
 */
#define membar_compiler_mb()	__MEMBAR_CALL(compiler_mb)()

/**
 * membar_before_atomic() - smp_mb__before_atomic()
 *
 * Ordering: with the relaxed atomic read-modify-write operation that follows
 * at once, a full barrier before the operation.  Nothing without one: it may
 * be a compiler barrier where such operations already order (x86), and it does
 * not apply to plain loads and stores, nor to membar_load() or membar_store().
 *
 * Pairing: as membar_smp_mb() with MEMBAR_FULL.
 *
 * Context: Any.
 */
#define membar_before_atomic()	__MEMBAR_CALL(before_atomic)()

/**
 * membar_after_atomic() - smp_mb__after_atomic()
 *
 * Ordering: with the relaxed atomic read-modify-write operation just before
 * it, a full barrier after the operation.  Nothing without one, see
 * membar_before_atomic().
 *
 * Pairing: as membar_smp_mb() with MEMBAR_FULL.
 *
 * Context: Any.
 */
#define membar_after_atomic()	__MEMBAR_CALL(after_atomic)()

/**
 * membar_io_stop_wc() - io_stop_wc()
 *
 * Ordering: write-combining accesses before it are not merged with those after
 * it.  It says nothing of when either becomes visible.
 *
 * Pairing: none; it is a hint to the CPU that issues the accesses.
 *
 * Context: Any.
 */
#define membar_io_stop_wc()	__MEMBAR_CALL(io_stop_wc)()

#define __membar_check_word(call, p)					\
	static_assert(sizeof(*(p)) <= sizeof(long),			\
		      call ": wider than long; no single access of this kernel covers it")

/**
 * membar_store_mb() - store, then a full barrier: smp_store_mb()
 * @p: where to store; a scalar no wider than long
 * @v: what to store
 *
 * Each argument is evaluated once.
 *
 * Ordering: the store, and everything before it, against everything after, as
 * seen by other CPUs.  What comes before is not ordered against the store
 * itself.
 *
 * Pairing: with another full barrier, in store buffering and in sleep and
 * wake-up: set the state, then look at the condition.
 *
 * Context: Any.
 */
#define membar_store_mb(p, v) ({					\
	typeof(&*(p)) __membar_p = (p);					\
									\
	__membar_check_word("membar_store_mb(" #p ", " #v ")", __membar_p); \
	__membar_do_store_mb(__membar_p, (v));				\
})

#ifdef MEMBAR_OUTLINE
/* The same contract; the architecture's fused form is for the in-line one. */
# define __membar_do_store_mb(p, v) do {				\
	WRITE_ONCE(*(p), v);						\
	membar_smp_mb_full();						\
} while (0)
#else
# define __membar_do_store_mb(p, v)	smp_store_mb(*(p), v)
#endif

/**
 * membar_cond_load() - spin until a condition on a value holds:
 * smp_cond_load_relaxed(), smp_cond_load_acquire()
 * @p: what to load; a scalar no wider than long
 * @cond: expression on VAL, the value that was last loaded
 * @order: MEMBAR_RELAXED or MEMBAR_ACQUIRE
 *
 * @p is evaluated once, @cond once per load.  As in the kernel's own macros
 * the name of the value is VAL.  The wait is in line also with
 * MEMBAR_OUTLINE, for an expression cannot be passed to a function.
 *
 * Ordering: MEMBAR_ACQUIRE orders the load that ended the wait against
 * everything after it; MEMBAR_RELAXED orders nothing beyond its dependencies.
 *
 * Pairing: MEMBAR_ACQUIRE with a store-release of the awaited value.
 *
 * Context: Any that may spin for as long as the wait takes.
 *
 * Return: the value for which @cond held.
 */
#define membar_cond_load(p, cond, order) ({				\
	typeof(__membar_arg(order)) *__membar_tag = NULL;		\
	typeof(&*(p)) __membar_p = (p);					\
									\
	__membar_check_word("membar_cond_load(" #p ", ...)", __membar_p); \
	__membar_check_order(__MEMBAR_LOAD_ORDERS,			\
			     "membar_cond_load(..., " #order ")",	\
			     __membar_tag);				\
	__builtin_choose_expr(						\
		_Generic(*__membar_tag, struct membar_acquire: 1, default: 0), \
		smp_cond_load_acquire(__membar_p, cond),		\
		smp_cond_load_relaxed(__membar_p, cond));		\
})

/**
 * membar_barrier() - execute the barrier that two run-time values name
 * @flavour: whom it is for
 * @order: what it orders
 *
 * For interpreters, tests and other languages; C callers that know what they
 * want use membar_smp_mb() and its kin, which cannot fail.
 *
 * Ordering: that of the cell, if the return value is 0.  None is promised
 * otherwise.
 *
 * Pairing: as the cell's in-line form.
 *
 * Context: Any.
 *
 * Return: 0, or -EINVAL if either value is out of range or the flavour does
 * not offer the order (no fence is MEMBAR_ORDER_RELAXED).
 */
int membar_barrier(enum membar_flavour flavour, enum membar_order order);

#endif /* _MEMBAR_H */
