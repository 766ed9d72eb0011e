/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory barriers that take their ordering as a typed parameter.
 *
 * In C the kernel has a name for each barrier: smp_mb(), smp_rmb(), dma_wmb(),
 * mb(). In Rust it has one function for each kind of observer, and the
 * ordering is a type: smp_mb(Read). This header gives C the second form at the
 * cost of the first:
 *
 *	membar_smp_mb(MEMBAR_READ);
 *
 * is smp_rmb(), instruction for instruction, and
 *
 *	membar_smp_mb(MEMBAR_RELAXED);
 *
 * does not compile, because a fence that orders nothing is a mistake.
 *
 * Callers may rely on the contract, not on the instructions that a fence
 * becomes. A fence orders every access of its *prior* class before it in
 * program order against every access of its *later* class after it:
 *
 *	order		prior		later
 *	Full		read, write	read, write
 *	Read		read		read
 *	Write		write		write
 *	Acquire		read		read, write
 *	Release		read, write	write
 *
 * The kernel has no primitive for the last two, neither in C nor in Rust. They
 * are lowered to the flavour's full barrier unless MEMBAR_NATIVE_ACQ_REL asks
 * for the cheapest fence that arch/lower.h can justify.
 *
 * A barrier orders nothing by itself. It is one half of a pair, and the other
 * half runs somewhere else: on another CPU (smp), in a device (dma; mandatory
 * for MMIO), in a hypervisor (virt). Select the flavour by the observer and not
 * by strength: on s390 dma_rmb() is an instruction and rmb() is not.
 */
#if defined(__ASSEMBLY__) || defined(__ASSEMBLER__)
#error "membar is for C: in assembly write the fence of the architecture"
#elif !defined(__KERNEL__)
#error "membar is for kernel code: a program has <stdatomic.h>"
#elif defined(_MEMBAR_H)
# if defined(MEMBAR_OUTLINE) && !defined(__MEMBAR_OUTLINE)
#  error "define MEMBAR_OUTLINE before the first include of this header, not the second"
# endif
# if defined(MEMBAR_EXPORTS) && !defined(__MEMBAR_EXPORTS)
#  error "define MEMBAR_EXPORTS before the first include of this header, not the second"
# endif
# if defined(MEMBAR_NATIVE_ACQ_REL) && !defined(__MEMBAR_NATIVE_ACQ_REL)
#  error "define MEMBAR_NATIVE_ACQ_REL before the first include of this header, not the second"
# endif
#else
#define _MEMBAR_H

/* The options of the first include. */
#ifdef MEMBAR_OUTLINE
# define __MEMBAR_OUTLINE
#endif
#if defined(MEMBAR_OUTLINE) || defined(MEMBAR_EXPORTS)
# define __MEMBAR_EXPORTS
#endif
#ifdef MEMBAR_NATIVE_ACQ_REL
# define __MEMBAR_NATIVE_ACQ_REL
#endif

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/processor.h>
#include <linux/stddef.h>
#include <linux/types.h>

#include <asm/barrier.h>

#include "arch/compat.h"
#include "arch/lower.h"
#include "arch/table.h"
#include "arch/undeclared.h"

/*
 * Orderings
 * =========
 *
 * An order is a value of an empty struct type, on which _Generic() selects at
 * compile time. The values are objects and not macros so that a refusal prints
 * the name that the caller wrote, even through wrapper macros. They are
 * declared and never defined, because only their types are used.
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
	extern const struct membar_##order ORDER

MEMBAR_DEFINE_TAG(full,    MEMBAR_FULL);
MEMBAR_DEFINE_TAG(read,    MEMBAR_READ);
MEMBAR_DEFINE_TAG(write,   MEMBAR_WRITE);
MEMBAR_DEFINE_TAG(acquire, MEMBAR_ACQUIRE);
MEMBAR_DEFINE_TAG(release, MEMBAR_RELEASE);
MEMBAR_DEFINE_TAG(relaxed, MEMBAR_RELAXED);
/* Stands in for an argument that was left out; no call accepts it. */
MEMBAR_DEFINE_TAG(no,      __MEMBAR_NO);

#undef MEMBAR_DEFINE_TAG
#undef __MEMBAR_TAG_BODY

/*
 * The barriers of arch/table.h
 * ============================
 */

/* Every flavour has exactly the orders of __MEMBAR_FENCE_ORDERS. */
#define __MEMBAR_COUNT(...)	+ 1
static_assert(0 MEMBAR_FOR_EACH_BARRIER(__MEMBAR_COUNT) ==
	      MEMBAR_NR_FLAVOURS * (0 __MEMBAR_FENCE_ORDERS(__MEMBAR_COUNT, _)));

/* The exported functions, one for each row. */
#define MEMBAR_DECLARE_BARRIER(flavour, entry, ORDER, order, ...)	\
	void membar_##entry##_##order(void);
#define MEMBAR_DECLARE_PLAIN_BARRIER(name, ...)				\
	void membar_##name(void);

MEMBAR_FOR_EACH_BARRIER(MEMBAR_DECLARE_BARRIER)
MEMBAR_FOR_EACH_PMEM_BARRIER(MEMBAR_DECLARE_BARRIER)
/* Only if asked for: without them a name without parentheses is an error. */
#ifdef __MEMBAR_EXPORTS
MEMBAR_FOR_EACH_PLAIN_BARRIER(MEMBAR_DECLARE_PLAIN_BARRIER)
#endif

#undef MEMBAR_DECLARE_BARRIER
#undef MEMBAR_DECLARE_PLAIN_BARRIER

/*
 * Refusal and dispatch
 * ====================
 *
 * Every call uses the value of each argument in one place only, so that the
 * text of nested calls grows linearly. The macros below declare these names
 * for the rest of the call:
 *
 *	__membar_o	the type of the order
 *	__membar_n	an array of one byte more than the order's number;
 *			of 0 bytes if the order is refused
 *	__membar_q	the pointer as it was passed
 *	__membar_x	the type of what it points to
 *	__membar_u	that type without qualifiers; a struct for void
 *	__membar_e	an array of 4 bytes if the pointer is accepted, of 2 if
 *			its type is wrong, of 3 if it is wrong otherwise
 *	__membar_t	__membar_u; int after a refusal, so that the rest of
 *			the call compiles and there is one error only
 *	__membar_p	the accepted pointer
 *	__membar_v	the value
 *
 * Wherever possible they are types and not variables or enumerators: types
 * leave nothing in the object file, not even debug information. The names are
 * short because the text of a call is repeated wherever it is nested.
 */
void __compiletime_error("membar: order not accepted") __membar_refused(void);

#define __membar_size_full	1
#define __membar_size_read	2
#define __membar_size_write	3
#define __membar_size_acquire	4
#define __membar_size_release	5
#define __membar_size_relaxed	6
static_assert(__membar_size_full == 1 + MEMBAR_ORDER_FULL);
static_assert(__membar_size_read == 1 + MEMBAR_ORDER_READ);
static_assert(__membar_size_write == 1 + MEMBAR_ORDER_WRITE);
static_assert(__membar_size_acquire == 1 + MEMBAR_ORDER_ACQUIRE);
static_assert(__membar_size_release == 1 + MEMBAR_ORDER_RELEASE);
static_assert(__membar_size_relaxed == 1 + MEMBAR_ORDER_RELAXED);

#define __membar_accept(entry, ORDER, order)				\
	struct membar_##order: __membar_size_##order,
#define __membar_name(entry, ORDER, order)	" MEMBAR_" #ORDER

/*
 * The types of the order. An error in the argument is reported by the first
 * typedef, and nowhere else. __MEMBAR_NO stands for an order that was left
 * out, and only it may follow an order.
 */
#define __membar_order_types(set, first, order, rest...)		\
	typedef typeof((order)) __membar_o;				\
	typedef char __membar_n[(sizeof(#rest) < 13) *		\
		_Generic(*(__membar_o *)0, set(__membar_accept, _) default: 0)]
#define __membar_expand(macro, args...)	macro(args)
#define __membar_ended(...)		_, ##__VA_ARGS__, __MEMBAR_NO

/* @call is the source text of the call, @set an accepted set. */
#define __membar_take_order(set, call, order...)			\
	__membar_expand(__membar_order_types, set, __membar_ended(order)); \
	static_assert(sizeof(__membar_n), call				\
		      ": order not accepted; use one of"		\
		      set(__membar_name, _))

/* The order as a constant of enum membar_order. */
#define __membar_order_value	((enum membar_order)(sizeof(__membar_n) - 1))

/* Selects the code of a call; @branch makes one association from a row of @set. */
#define __membar_select(set, branch, entry, otherwise)			\
	_Generic((__membar_n *)0, set(branch, entry) default: otherwise)

/*
 * The call expands to the kernel's own macro and not to an inline function:
 * with a function gcc 12 for arm64 lays out mm/vmalloc.c differently. So the
 * primitives of a row are named here a second time; the code-generation check
 * compares both.
 */
#ifdef MEMBAR_OUTLINE
# define __membar_exported_fence(entry, ORDER, order)			\
	char (*)[__membar_size_##order]: membar_##entry##_##order,
# define __membar_run_fence(full, read, write)				\
	__membar_select(__MEMBAR_FENCE_ORDERS, __membar_exported_fence, full, \
			__membar_refused)()
# define __membar_run_pmem()	membar_pmem_mb_write()
# define __membar_run_plain(name, primitive)	membar_##name()
#else
# define __membar_run_fence(full, read, write)				\
	_Generic((__membar_n *)0,					\
		 char (*)[__membar_size_full]: ({ full(); }),	\
		 char (*)[__membar_size_read]: ({ read(); }),	\
		 char (*)[__membar_size_write]: ({ write(); }),	\
		 char (*)[__membar_size_acquire]:			\
			({ __membar_##full##_acquire(); }),		\
		 char (*)[__membar_size_release]:			\
			({ __membar_##full##_release(); }),		\
		 default: __membar_refused())
# define __membar_run_pmem()	({ pmem_wmb(); })
# define __membar_run_plain(name, primitive)	({ primitive(); })
#endif

#define __membar_fence(call, full, read, write, order...) ({		\
	__membar_take_order(__MEMBAR_FENCE_ORDERS, call, order);	\
									\
	__membar_run_fence(full, read, write);				\
})

/*
 * Pointers
 * ========
 *
 * A pointer is refused if it points to a type that the operation does not
 * take, to const, to an address space that the kernel's functions cannot
 * access, or to something that the compiler knows to be misaligned.
 */
#define __membar_text_word						\
	": not a pointer to an integer, enum, bool or pointer of up to 64 bits"
#define __membar_text_native						\
	": not a pointer to an integer, enum, bool or pointer no wider than long"
#define __membar_text_integer						\
	": not a pointer to an integer or enum of up to 64 bits"
#define __membar_text_addable						\
	": not a pointer to an integer, enum or pointer of up to 64 bits"
#define __membar_text_bits						\
	": not a pointer to unsigned long"
#define __membar_text_refused						\
	": points to const, misaligned data (use __aligned()) or another address space"

/*
 * The result of __builtin_classify_type() for a pointer. All kinds of integers
 * have lower numbers. Arrays and functions have this number too; they are told
 * apart because they decay to another type.
 */
#define __MEMBAR_CLASS_POINTER	5

#ifdef __CHECKER__
/* sparse does not know the builtin; the compilers check the rest. */
# define __membar_is_scalar(type)	1
# define __membar_is_pointer(x)	1
# define __membar_is_word	1
# define __membar_is_bits	1
# define __membar_is_native	1
# define __membar_is_addable	1
# define __membar_is_integer	1
/* In sparse an array does not decay when it initialises __auto_type. */
# define __membar_decayed(p)	(&*(p))
#else
# define __membar_is_pointer(x)						\
	__builtin_classify_type(x) == __MEMBAR_CLASS_POINTER
# define __membar_is_scalar(type)					\
	(__builtin_classify_type(*(typeof(type) *)0) - 1U < __MEMBAR_CLASS_POINTER)
# define __membar_is_word						\
	(__builtin_classify_type(*(__membar_u *)0) - 1U <		\
	 __MEMBAR_CLASS_POINTER &&					\
	 __builtin_types_compatible_p(__membar_x, __membar_u) &&	\
	 sizeof(__membar_x) <= 8)
# define __membar_is_bits						\
	__builtin_types_compatible_p(__membar_x, unsigned long)
# define __membar_is_native						\
	(__membar_is_word && sizeof(__membar_x) <= sizeof(long))
# define __membar_is_addable						\
	(__membar_is_word && !__builtin_types_compatible_p(__membar_x, bool))
# define __membar_is_integer						\
	(__membar_is_addable && !(__membar_is_pointer(*(__membar_u *)0)))
# ifdef WARN_CONTEXT_ANALYSIS
/*
 * clang follows a pointer to a __guarded_by variable into a call, but not through
 * the variable of a statement expression.
 */
static __always_inline void *__membar_guarded(const volatile void *p)
{
	return (void *)p;
}

#  define __membar_decayed(p)						\
	((typeof(((void)0, (p))))__membar_guarded((const volatile void *)(p)))
# else
#  define __membar_decayed(p)	(p)
# endif
#endif

/*
 * gcc derives the alignment of a member from the expression that names it: one
 * byte in a packed struct, and four bytes for 64 bits in a struct on i386. It
 * does not for an element of an array, which CONFIG_MEMBAR_DEBUG_ALIGN finds
 * at run time.
 */
#if !defined(__clang__) && !defined(__CHECKER__)
# define __membar_is_misaligned(p)					\
	__alignof(*__builtin_choose_expr(				\
		__membar_is_pointer(__membar_q), p, "")) <		\
	__alignof(__membar_u)
#else
# define __membar_is_misaligned(p)	0
#endif

#ifdef CONFIG_MEMBAR_DEBUG_ALIGN
# define __membar_aligned(p) ({						\
	__auto_type __membar_a = (p);					\
									\
	WARN_ONCE(!IS_ALIGNED((unsigned long)__membar_a,		\
			      sizeof(*__membar_a)),			\
		  "membar: %zu-byte operation on a misaligned pointer\n", \
		  sizeof(*__membar_a));					\
	__membar_a;							\
})
#else
# define __membar_aligned(p)	p
#endif

/*
 * The qualifiers that a call accepts. The kernel's functions take neither
 * const nor a named address space (__percpu in newer kernels); its macros take
 * both.
 */
#ifdef __CHECKER__
# define __membar_plain	4
# define __membar_const	4
/* sparse checks the conversion to the parameter. */
static inline void *__membar_unqualified(volatile void *p)
{
	return (void *)p;
}
#else
# define __membar_plain							\
	_Generic(__membar_q, __membar_u *: 4, volatile __membar_u *: 4, \
		 default: 3)
# define __membar_const							\
	_Generic(__membar_q, __membar_u *: 4, volatile __membar_u *: 4, \
		 const __membar_u *: 4, const volatile __membar_u *: 4,	\
		 default: 3)
# define __membar_unqualified(p)	(void *)p
#endif
#define __membar_any	4
#define __membar_plain_void	volatile void
#define __membar_const_void	const volatile void

/*
 * The pointer as it was passed, or one to a struct if it is none. It serves where
 * a cast to __membar_x would do, because gcc keeps in the debug information the
 * name of each type that a cast names.
 */
#define __membar_target							\
	__builtin_choose_expr(__membar_is_pointer(__membar_q), __membar_q, \
			      &__MEMBAR_NO)

/* Declares the types that describe the pointer of a call, and checks it. */
#define __membar_take(kind, qualified, call, p)				\
	__auto_type __membar_q = __membar_decayed(p);			\
	typedef typeof(*__membar_target) __membar_x;			\
	typedef typeof(((void)0, __builtin_choose_expr(			\
		__builtin_types_compatible_p(__membar_x, void),		\
		__MEMBAR_NO, *__membar_target))) __membar_u;		\
	typedef char __membar_e[!__membar_is_##kind ? 2 :		\
		__membar_is_misaligned(p) ? 3 : qualified];		\
	static_assert(sizeof(__membar_e) != 2, call __membar_text_##kind); \
	static_assert(sizeof(__membar_e) != 3, call __membar_text_refused)

#define __membar_accepted(otherwise)					\
	__membar_aligned(__builtin_choose_expr(sizeof(__membar_e) == 4,	\
					       __membar_q, otherwise))

#define __membar_take_type						\
	typedef typeof(__builtin_choose_expr(sizeof(__membar_e) == 4,	\
					     *(__membar_u *)0, 0)) __membar_t

#define __membar_take_readable(kind, qualified, call, p)		\
	__membar_take(kind, qualified, call, p);			\
	__membar_take_type;						\
	__auto_type __membar_p = __membar_accepted((int *)0)

#define __membar_take_writable(kind, call, p)				\
	__membar_take(kind, __membar_plain, call, p);			\
	__membar_take_type;						\
	__membar_t *__membar_p = __membar_unqualified(__membar_accepted(0))

#ifdef MEMBAR_OUTLINE
# define __membar_loadable	__membar_const
#else
# define __membar_loadable	__membar_any
#endif

/*
 * A value, which the initialisation of a variable converts as the kernel's
 * macro would. After a refusal of the pointer it is 0, so that it causes no
 * second error.
 */
#define __membar_value(v)						\
	__builtin_choose_expr(sizeof(__membar_e) == 4, (v), 0)

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
 * every observer: CPUs, bus-mastering devices, and MMIO through the relaxed
 * accessors. It is at least as strong as mb(), rmb() or wmb(), also on UP
 * kernels. MEMBAR_ACQUIRE does not order prior writes, and MEMBAR_RELEASE does
 * not order later reads.
 *
 * Pairing: with the order in which the device makes its own accesses. Use
 * membar_smp_mb() if all observers are CPUs, and membar_dma_mb() if the device
 * only accesses coherent memory; both cost less. readl() and writel() contain
 * the barriers that most drivers need.
 *
 * Context: Any.
 */
#define membar_mb(order...)						\
	__membar_fence("membar_mb(" #order ")", mb, rmb, wmb, order)

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
 * dependency on the other CPU. A MEMBAR_RELEASE fence before a relaxed store
 * pairs with a MEMBAR_ACQUIRE fence after the relaxed load that reads it. If
 * only one access needs ordering, prefer smp_store_release() and
 * smp_load_acquire(). Use membar_virt_mb() if the other side is a hypervisor,
 * which does not share this kernel's CONFIG_SMP.
 *
 * Context: Any.
 */
#define membar_smp_mb(order...)						\
	__membar_fence("membar_smp_mb(" #order ")", smp_mb, smp_rmb, smp_wmb, order)

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
#define membar_dma_mb(order...)						\
	__membar_fence("membar_dma_mb(" #order ")", dma_mb, dma_rmb, dma_wmb, order)

/**
 * membar_virt_mb() - barrier towards a hypervisor: virt_mb() and its kin
 * @order: MEMBAR_FULL, MEMBAR_READ, MEMBAR_WRITE, MEMBAR_ACQUIRE or
 *	   MEMBAR_RELEASE
 *
 * Ordering: that of membar_smp_mb() on an SMP kernel, even if CONFIG_SMP=n: a
 * guest with one CPU shares memory with a host that has many.
 *
 * Pairing: with the SMP barriers of the host, for example in a virtqueue.
 *
 * Context: Any.
 */
#define membar_virt_mb(order...)					\
	__membar_fence("membar_virt_mb(" #order ")", virt_mb, virt_rmb, virt_wmb, order)

/**
 * membar_pmem_mb() - barrier for persistent memory: pmem_wmb()
 * @order: MEMBAR_WRITE
 *
 * Ordering: stores whose cache lines were written back earlier are persistent
 * before any access or transfer that a later instruction starts. It does not
 * write back cache lines itself.
 *
 * Pairing: with the recovery after a power failure; no running code pairs with
 * it.
 *
 * Context: Any.
 */
#define membar_pmem_mb(order...) ({					\
	__membar_take_order(__MEMBAR_PMEM_ORDERS,			\
			    "membar_pmem_mb(" #order ")", order);	\
									\
	__membar_run_pmem();						\
})

/**
 * membar_compiler_mb() - barrier for the compiler only: barrier()
 *
 * Ordering: the compiler neither moves nor merges memory accesses across it.
 * The CPU still may, so it orders nothing for other CPUs and for devices.
 *
 * Pairing: with an interrupt handler or a signal on the same CPU.  Use
 * membar_smp_mb() for anything that runs elsewhere.
 *
 * Context: Any.
 */
#define membar_compiler_mb()	__membar_run_plain(compiler_mb, barrier)

/**
 * membar_before_atomic() - full barrier before an atomic operation:
 * smp_mb__before_atomic()
 *
 * Ordering: together with the relaxed atomic read-modify-write operation that
 * follows it directly, a full barrier before that operation. Without such an
 * operation it orders nothing: on x86, where these operations are ordered
 * anyway, it is empty, so that not even the compiler keeps the order. It has no
 * effect on plain loads and stores, nor on membar_load() and membar_store().
 *
 * Pairing: as membar_smp_mb() with MEMBAR_FULL.
 *
 * Context: Any.
 */
#define membar_before_atomic()	__membar_run_plain(before_atomic, smp_mb__before_atomic)

/**
 * membar_after_atomic() - full barrier after an atomic operation:
 * smp_mb__after_atomic()
 *
 * Ordering: together with the relaxed atomic read-modify-write operation
 * directly before it, a full barrier after that operation. Without such an
 * operation it orders nothing, see membar_before_atomic().
 *
 * Pairing: as membar_smp_mb() with MEMBAR_FULL.
 *
 * Context: Any.
 */
#define membar_after_atomic()	__membar_run_plain(after_atomic, smp_mb__after_atomic)

/**
 * membar_after_ctrl_dep() - acquire barrier after a branch on a loaded value:
 * smp_acquire__after_ctrl_dep()
 *
 * Ordering: the load whose value the branch directly before it tests, against
 * everything after it, as seen by other CPUs. The branch orders the load
 * against later stores, and the barrier orders it against later loads. Without
 * such a branch it orders only loads.
 *
 * Pairing: with a store-release of the value that the branch waits for.
 *
 * Context: Any.
 */
#define membar_after_ctrl_dep()	__membar_run_plain(after_ctrl_dep, smp_acquire__after_ctrl_dep)

/**
 * membar_after_spinlock() - full barrier after taking a spinlock:
 * smp_mb__after_spinlock()
 *
 * Ordering: together with the spin_lock() directly before it, everything before
 * the lock was taken against everything after it, as seen by all CPUs. Without
 * such a call it orders nothing: on x86 it is empty.
 *
 * Pairing: as membar_smp_mb() with MEMBAR_FULL.
 *
 * Context: Any that holds the spinlock. The caller includes linux/spinlock.h.
 */
#define membar_after_spinlock()	__membar_run_plain(after_spinlock, smp_mb__after_spinlock)

/**
 * membar_after_unlock_lock() - full barrier after an unlock and a lock:
 * smp_mb__after_unlock_lock()
 *
 * Ordering: together with the release of a lock, and then the acquisition of
 * any lock by the same CPU or of the same lock by another one, everything
 * before the release against everything after it, as seen by all CPUs. Without
 * such a pair it orders nothing: it is empty on all but PowerPC and a RISC-V
 * kernel with queued spinlocks.
 *
 * Pairing: as membar_smp_mb() with MEMBAR_FULL.
 *
 * Context: Any that holds the lock. The caller includes linux/rcupdate.h.
 */
#define membar_after_unlock_lock()					\
	__membar_run_plain(after_unlock_lock, smp_mb__after_unlock_lock)

/**
 * membar_io_stop_wc() - end the merging of write-combining accesses:
 * io_stop_wc()
 *
 * Ordering: write-combining accesses before it are not merged with those after
 * it. It does not determine when either becomes visible.
 *
 * Pairing: none; it is a hint to the CPU that issues the accesses.
 *
 * Context: Any.
 */
#define membar_io_stop_wc()	__membar_run_plain(io_stop_wc, io_stop_wc)

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
 * Pairing: with another full barrier, as in store buffering and in sleep and
 * wake-up: set the state first, then test the condition.
 *
 * Context: Any but noinstr.
 */
#define membar_store_mb(p, v) ({					\
	__membar_take_writable(native, "membar_store_mb(" #p ", " #v ")", p); \
	__membar_t __membar_v = __membar_value(v);			\
									\
	__membar_do_store_mb();						\
})

#ifdef MEMBAR_OUTLINE
# define __membar_do_store_mb()						\
	__membar_by_width(membar_u8_store_mb, membar_u16_store_mb,	\
			  membar_u32_store_mb, membar_u64_store_mb)	\
		((void *)__membar_p, __membar_bits(__membar_v))
#else
# define __membar_do_store_mb()	smp_store_mb(*__membar_p, __membar_v)
#endif

/**
 * membar_cond_load() - spin until a condition on a value holds:
 * smp_cond_load_relaxed(), smp_cond_load_acquire()
 * @p: what to load; a scalar no wider than long
 * @cond: expression on VAL, the value that was last loaded
 * @order: MEMBAR_RELAXED or MEMBAR_ACQUIRE
 *
 * @p is evaluated once, @cond once for each load. As in the kernel's own
 * macros, the name of the value is VAL. The wait is in line even with
 * MEMBAR_OUTLINE, because an expression cannot be passed to a function.
 *
 * Ordering: MEMBAR_ACQUIRE orders the load that ends the wait against
 * everything after it. MEMBAR_RELAXED orders nothing except through
 * dependencies.
 *
 * Pairing: MEMBAR_ACQUIRE with a store-release of the awaited value.
 *
 * Context: Any that may spin for as long as the wait takes.
 *
 * Return: the value for which @cond held.
 */
#define membar_cond_load(p, cond, order...) ({				\
	__membar_take_order(__MEMBAR_LOAD_ORDERS,			\
			    "membar_cond_load(..., " #order ")", order); \
	__membar_take_readable(native, __membar_any,			\
			       "membar_cond_load(" #p ", ...)", p);	\
									\
	__membar_do_cond_load(cond);					\
})

/* A load that is one access, in either order. */
#define __membar_load_word()						\
	_Generic((__membar_n *)0,					\
		 char (*)[__membar_size_relaxed]: READ_ONCE(*__membar_p), \
		 char (*)[__membar_size_acquire]: smp_load_acquire(__membar_p), \
		 default: 0)

/*
 * The kernel has one macro for each order.  To choose between two calls would
 * name the condition twice, so the choice is made inside the wait (arm64, whose
 * acquire form waits with load-acquires) or after it (every other architecture,
 * whose acquire form is the relaxed one and a barrier).
 */
#ifdef CONFIG_ARM64
# define __membar_do_cond_load(cond) ({					\
	__membar_t VAL;							\
									\
	for (;;) {							\
		VAL = __membar_load_word();				\
		if (cond)						\
			break;						\
		__cmpwait_relaxed(__membar_p, VAL);			\
	}								\
	VAL;								\
})
#else
# define __membar_do_cond_load(cond) ({					\
	__membar_t __membar_v = smp_cond_load_relaxed(__membar_p, cond); \
									\
	if (__membar_order_value == MEMBAR_ORDER_ACQUIRE)		\
		smp_acquire__after_ctrl_dep();				\
	__membar_v;							\
})
#endif

/*
 * Towards a hypervisor
 * --------------------
 *
 * As the SMP forms on an SMP kernel, even if CONFIG_SMP=n. They are in line even
 * with MEMBAR_OUTLINE.
 */

/**
 * membar_virt_load() - load from memory shared with a hypervisor: READ_ONCE(),
 * virt_load_acquire()
 * @p: what to load; a scalar no wider than long
 * @order: MEMBAR_RELAXED or MEMBAR_ACQUIRE
 *
 * Ordering: that of membar_load() on an SMP kernel.
 *
 * Pairing: MEMBAR_ACQUIRE with a store-release of the other side.
 *
 * Context: Any.
 *
 * Return: the value, of *@p's type.
 */
#define membar_virt_load(p, order...) ({				\
	__membar_take_order(__MEMBAR_LOAD_ORDERS,			\
			    "membar_virt_load(" #p ", " #order ")", order); \
	__membar_take_readable(native, __membar_any,			\
			       "membar_virt_load(" #p ", " #order ")", p); \
	__membar_t __membar_r = _Generic((__membar_n *)0,		\
		char (*)[__membar_size_relaxed]: READ_ONCE(*__membar_p), \
		char (*)[__membar_size_acquire]: virt_load_acquire(__membar_p), \
		default: 0);						\
									\
	__membar_r;							\
})

/**
 * membar_virt_store() - store to memory shared with a hypervisor: WRITE_ONCE(),
 * virt_store_release()
 * @p: where to store; a scalar no wider than long
 * @v: what to store
 * @order: MEMBAR_RELAXED or MEMBAR_RELEASE
 *
 * Ordering: that of membar_store() on an SMP kernel.
 *
 * Pairing: MEMBAR_RELEASE with a load-acquire of the other side.
 *
 * Context: Any.
 */
#define membar_virt_store(p, v, order...) ({				\
	__membar_take_order(__MEMBAR_STORE_ORDERS,			\
			    "membar_virt_store(" #p ", ..., " #order ")", order); \
	__membar_take_writable(native,					\
			       "membar_virt_store(" #p ", ..., " #order ")", p); \
	__membar_t __membar_v = __membar_value(v);			\
									\
	_Generic((__membar_n *)0,					\
		 char (*)[__membar_size_relaxed]:			\
			({ WRITE_ONCE(*__membar_p, __membar_v); }),	\
		 char (*)[__membar_size_release]:			\
			({ virt_store_release(__membar_p, __membar_v); }), \
		 default: ({ }));					\
})

/**
 * membar_virt_store_mb() - store to memory shared with a hypervisor, then a full
 * barrier: virt_store_mb()
 * @p: where to store; a scalar no wider than long
 * @v: what to store
 *
 * Ordering: that of membar_store_mb() on an SMP kernel.
 *
 * Pairing: with another full barrier, as when each side tells the other whether
 * it wants an interrupt and then looks for work.
 *
 * Context: Any but noinstr.
 */
#define membar_virt_store_mb(p, v) ({					\
	__membar_take_writable(native,					\
			       "membar_virt_store_mb(" #p ", " #v ")", p); \
	__membar_t __membar_v = __membar_value(v);			\
									\
	virt_store_mb(*__membar_p, __membar_v);				\
})

/**
 * membar_virtio_mb() - barrier of a virtqueue, towards a hypervisor or a device:
 * virtio_mb(), virtio_rmb(), virtio_wmb()
 * @weak: true if the other side is a hypervisor, which runs on CPUs; false if it
 *	  may be a device (VIRTIO_F_ORDER_PLATFORM)
 * @order: MEMBAR_FULL, MEMBAR_READ, MEMBAR_WRITE, MEMBAR_ACQUIRE or
 *	   MEMBAR_RELEASE
 *
 * @weak is evaluated once, at run time.
 *
 * Ordering: if @weak, that of membar_virt_mb(). If not, MEMBAR_FULL is that of
 * membar_mb(), as in the kernel's own virtio_mb(), and every other order is that
 * of membar_dma_mb().
 *
 * Pairing: with the barriers of the other side of the virtqueue.
 *
 * Context: Any.
 */
#define membar_virtio_mb(weak, order...) ({				\
	__membar_take_order(__MEMBAR_FENCE_ORDERS,			\
			    "membar_virtio_mb(..., " #order ")", order); \
									\
	if (weak)							\
		__membar_run_fence(virt_mb, virt_rmb, virt_wmb);	\
	else if (__membar_order_value == MEMBAR_ORDER_FULL)		\
		__membar_run_fence(mb, rmb, wmb);			\
	else								\
		__membar_run_fence(dma_mb, dma_rmb, dma_wmb);		\
})

/**
 * membar_barrier() - execute the barrier given by two run-time values
 * @flavour: the observer that the barrier is for
 * @order: the accesses that it orders
 *
 * For interpreters, tests and other languages. C code that knows its barrier
 * at compile time uses membar_smp_mb() and its kin, which cannot fail.
 *
 * Ordering: that of the barrier, if the return value is 0; otherwise none.
 *
 * Pairing: as the same barrier in line.
 *
 * Context: Any but noinstr.
 *
 * Return: 0, or -EINVAL if a value is out of range or is MEMBAR_ORDER_RELAXED,
 * which no fence takes.
 */
int __must_check membar_barrier(enum membar_flavour flavour,
				enum membar_order order);

/*
 * Atomic operations
 * =================
 *
 * They work on raw pointers: to a variable, to a field of any struct, or into
 * an atomic variable (see membar_atomic()). In line each of them is the
 * kernel's own operation on the caller's type. A read-modify-write operation
 * of 32 or 64 bits is that of atomic_t or atomic64_t, which are an int and an
 * s64 in memory.
 *
 * On a 32-bit kernel all 64-bit operations, loads and stores included, are
 * those of atomic64_t, so that no half-written value is seen. If the kernel
 * implements atomic64_t with a spinlock (CONFIG_GENERIC_ATOMIC64), this holds
 * only between accesses that take the lock: a plain access or READ_ONCE() of
 * the same variable can tear, and an NMI handler that finds the lock taken
 * waits forever.
 *
 * Read-modify-write operations are instrumented like the kernel's own. In
 * noinstr code use the kernel's raw_xchg(), raw_atomic_inc() and the like;
 * with MEMBAR_OUTLINE nothing in this header is suitable there.
 */

/* Both lists of a set have the same orders. */
#define __MEMBAR_BITS(ORDER, order, ...)	| BIT(MEMBAR_ORDER_##ORDER)
#define __MEMBAR_SET_BITS(entry, ORDER, order)	| BIT(MEMBAR_ORDER_##ORDER)
#define MEMBAR_ASSERT_SET(set)						\
	static_assert((0 MEMBAR_FOR_EACH_##set##_ORDER(__MEMBAR_BITS, _)) == \
		      (0 __MEMBAR_##set##_ORDERS(__MEMBAR_SET_BITS, _)))

MEMBAR_ASSERT_SET(LOAD);
MEMBAR_ASSERT_SET(STORE);
MEMBAR_ASSERT_SET(VOID);
MEMBAR_ASSERT_SET(RMW);
MEMBAR_ASSERT_SET(TEST);

#undef MEMBAR_ASSERT_SET
#undef __MEMBAR_SET_BITS
#undef __MEMBAR_BITS

/* The exported functions. */
#define __MEMBAR_PROTO_load(w, result, name)		w name(const w *p)
#define __MEMBAR_PROTO_void(w, result, name)		void name(w *p)
#define __MEMBAR_PROTO_void_v(w, result, name)		void name(w *p, w v)
#define __MEMBAR_PROTO_value(w, result, name)		w name(w *p)
#define __MEMBAR_PROTO_value_v(w, result, name)		w name(w *p, w v)
#define __MEMBAR_PROTO_value_au(w, result, name)	w name(w *p, w a, w u)
#define __MEMBAR_PROTO_bool(w, result, name)		bool name(w *p)
#define __MEMBAR_PROTO_bool_v(w, result, name)		bool name(w *p, w v)
#define __MEMBAR_PROTO_bool_au(w, result, name)		bool name(w *p, w a, w u)
#define __MEMBAR_PROTO_result(w, result, name)		result name(w *p)
/* Returns the value found, which is @old if and only if @new was stored. */
#define __MEMBAR_PROTO_cmpxchg(w, result, name)		w name(w *p, w old, w new)
#define __MEMBAR_PROTO_try_cmpxchg(w, result, name)			\
	bool name(w *p, w *old, w new)

#define __MEMBAR_PROTO_BIT_test(name)					\
	bool name(const volatile unsigned long *addr, unsigned long nr)
#define __MEMBAR_PROTO_BIT_void(name)					\
	void name(volatile unsigned long *addr, unsigned long nr)
#define __MEMBAR_PROTO_BIT_bool(name)					\
	bool name(volatile unsigned long *addr, unsigned long nr)

/*
 * Declared only if MEMBAR_OUTLINE or MEMBAR_EXPORTS is defined before the
 * include: the 500 prototypes take a compiler as long as the rest of this
 * header.
 */
#ifdef __MEMBAR_EXPORTS
#define MEMBAR_DECLARE_ATOMIC(w, result, op, ORDER, order, kernel, form, ...) \
	__MEMBAR_PROTO_##form(w, result, membar_##w##_##op##_##order);
#define MEMBAR_DECLARE_BITOP(op, ORDER, order, kernel, form)		\
	__MEMBAR_PROTO_BIT_##form(membar_##op##_##order);
#define MEMBAR_DECLARE_STORE_MB(w, ...)					\
	void membar_##w##_store_mb(w *p, w v);

MEMBAR_FOR_EACH_ATOMIC(MEMBAR_DECLARE_ATOMIC)
MEMBAR_FOR_EACH_BITOP(MEMBAR_DECLARE_BITOP)
MEMBAR_FOR_EACH_WIDTH(MEMBAR_DECLARE_STORE_MB)

#undef MEMBAR_DECLARE_ATOMIC
#undef MEMBAR_DECLARE_BITOP
#undef MEMBAR_DECLARE_STORE_MB
#endif

/*
 * Names by order and width
 * ------------------------
 */

/* The suffix of the kernel's names for an order. */
#define __membar_suffix_full(name)	name
#define __membar_suffix_acquire(name)	name##_acquire
#define __membar_suffix_release(name)	name##_release
#define __membar_suffix_relaxed(name)	name##_relaxed

#define __membar_by_width(w8, w16, w32, w64)				\
	_Generic((char (*)[sizeof(__membar_t)])0, char (*)[8]: w64,	\
		 char (*)[4]: w32, char (*)[2]: w16, default: w8)

#define __membar_exported(op, ORDER, order)				\
	char (*)[__membar_size_##order]:						\
		__membar_by_width(membar_u8_##op##_##order,		\
				  membar_u16_##op##_##order,		\
				  membar_u32_##op##_##order,		\
				  membar_u64_##op##_##order),

/* Called for a refused order; like __membar_refused() it is never linked. */
long __membar_refused_value(void *p, ...)
	__compiletime_error("membar: order not accepted");

#define __membar_outline(set, op, ...)					\
	__membar_select(set, __membar_exported, op, __membar_refused_value) \
		((void *)__membar_p, ##__VA_ARGS__)

/* A value for a call out of line: an integer of the same width. */
#define __membar_bits(v)						\
	__builtin_choose_expr(__membar_is_pointer(v), (unsigned long)(v), (v))

#ifdef MEMBAR_NO_NARROW_CMPXCHG
# define __membar_check_narrow(call)					\
	static_assert(sizeof(__membar_t) >= 4,				\
		      call ": no such operation of 8 and 16 bits in this kernel");
#else
# define __membar_check_narrow(call)
#endif

/*
 * The result types of membar_cmpxchg(), one for each of C's integer types. An
 * enum uses that of its integer type. For a pointer each call declares a type
 * of its own. C23 does not allow that in the initialiser of an auto variable,
 * so there the value is a pointer to void.
 */
#define __MEMBAR_FOR_EACH_RESULT(row)					\
	row(bool, bool)							\
	row(char, char)							\
	row(schar, signed char)						\
	row(uchar, unsigned char)					\
	row(short, short)						\
	row(ushort, unsigned short)					\
	row(int, int)							\
	row(uint, unsigned int)						\
	row(long, long)							\
	row(ulong, unsigned long)					\
	row(llong, long long)						\
	row(ullong, unsigned long long)

#define MEMBAR_DEFINE_RESULT(name, type)				\
	struct membar_result_##name {					\
		bool ok;						\
		type val;						\
	};
__MEMBAR_FOR_EACH_RESULT(MEMBAR_DEFINE_RESULT)
MEMBAR_DEFINE_RESULT(ptr, void *)
#undef MEMBAR_DEFINE_RESULT

#if defined(__STDC_VERSION__) && __STDC_VERSION__ > 201710L
# define __membar_other_result(type)	struct membar_result_ptr
#else
# define __membar_other_result(type)	struct { bool ok; type val; }
#endif
#define __membar_result_row(name, type)					\
	type *: (struct membar_result_##name *)NULL,

/**
 * membar_result() - the type of the result of membar_cmpxchg()
 * @type: the type of the object, an integer or enum
 *
 * With it a variable can be declared for the result, and assigned again.
 */
#define membar_result(type)						\
	typeof(*_Generic((type *)NULL,					\
		__MEMBAR_FOR_EACH_RESULT(__membar_result_row)		\
		default: (__membar_other_result(type) *)NULL))

/**
 * membar_load() - atomic load: READ_ONCE(), smp_load_acquire()
 * @p: what to load; an integer, enum, bool or pointer of up to 64 bits
 * @order: MEMBAR_RELAXED or MEMBAR_ACQUIRE
 *
 * Ordering: MEMBAR_ACQUIRE orders the load against everything after it.
 * MEMBAR_RELAXED orders nothing except through address, data and control
 * dependencies, which also hold with link-time optimisation on arm64. Neither
 * orders earlier accesses against the load.
 *
 * Pairing: MEMBAR_ACQUIRE with a store-release of the value read.
 *
 * Context: Any; 64 bits not in an NMI with CONFIG_GENERIC_ATOMIC64.
 *
 * Return: the value, of *@p's type.
 */
#define membar_load(p, order...)					\
	__membar_load("membar_load(" #p ", " #order ")", p, order)

#define __membar_load(call, p, order...) ({				\
	__membar_take_order(__MEMBAR_LOAD_ORDERS, call, order);		\
	__membar_take_readable(word, __membar_loadable, call, p);	\
	__membar_t __membar_r = __membar_do_load();			\
									\
	__membar_r;							\
})

/**
 * membar_store() - atomic store: WRITE_ONCE(), smp_store_release()
 * @p: where to store; an integer, enum, bool or pointer of up to 64 bits
 * @v: what to store
 * @order: MEMBAR_RELAXED or MEMBAR_RELEASE
 *
 * Ordering: MEMBAR_RELEASE orders everything before the store against it.
 * MEMBAR_RELAXED orders nothing. Neither orders the store against later
 * accesses; membar_store_mb() does.
 *
 * Pairing: MEMBAR_RELEASE with a load-acquire of the value, or with a
 * dependency on a load of it.
 *
 * Context: Any; 64 bits not in an NMI with CONFIG_GENERIC_ATOMIC64.
 */
#define membar_store(p, v, order...)					\
	__membar_store("membar_store(" #p ", ..., " #order ")", p, v, order)

#define __membar_store(call, p, v, order...) ({				\
	__membar_take_order(__MEMBAR_STORE_ORDERS, call, order);	\
	__membar_take_writable(word, call, p);				\
	__membar_t __membar_v = __membar_value(v);			\
									\
	__membar_do_store();						\
})

/**
 * membar_xchg() - atomic exchange: xchg() and its ordered forms
 * @p: what to exchange; an integer, enum, bool or pointer of up to 64 bits
 * @new: what to store
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering: MEMBAR_ACQUIRE orders the read half against everything after it,
 * MEMBAR_RELEASE orders everything before it against the write half, and
 * MEMBAR_FULL orders everything before it against everything after it.
 * MEMBAR_RELAXED orders nothing except through dependencies.
 *
 * Pairing: MEMBAR_RELEASE with an acquire that reads the value written,
 * MEMBAR_ACQUIRE with the release whose value was read, MEMBAR_FULL with
 * another full barrier.
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 *
 * Return: the value before the operation, of *@p's type.
 */
#define membar_xchg(p, new, order...)					\
	__membar_xchg("membar_xchg(" #p ", ..., " #order ")", p, new, order)

#define __membar_xchg(call, p, new, order...) ({			\
	__membar_take_changed(word, RMW, call, p, order)		\
	__membar_t __membar_v = __membar_value(new);			\
									\
	__membar_do_xchg();						\
	__membar_v;							\
})

/**
 * membar_cmpxchg() - atomic compare and exchange: cmpxchg() and its ordered
 * forms
 * @p: what to exchange; an integer, enum, bool or pointer of up to 64 bits
 * @old: the value that *@p must have
 * @new: what to store if it has
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * The result tells whether @new was stored and which value was found. The
 * compiler computes only the part that is used::
 *
 *	if (membar_cmpxchg(&lock, 0, 1, MEMBAR_ACQUIRE).ok)
 *	owner = membar_cmpxchg(&lock, 0, 1, MEMBAR_ACQUIRE).val;
 *
 * It fails only if the values differ, and then does not write.
 *
 * Ordering: as membar_xchg() if it succeeds. If it fails, nothing is ordered.
 *
 * Pairing: as membar_xchg().
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 *
 * Return: a struct with @ok, true if @new was stored, and @val, the value that
 * was found.
 */
#define membar_cmpxchg(p, old, new, order...)				\
	__membar_cmpxchg("membar_cmpxchg(" #p ", ..., " #order ")",	\
			 p, old, new, order)

#define __membar_cmpxchg(call, p, old, new, order...) ({		\
	__membar_take_changed(word, RMW, call, p, order)		\
	__membar_t __membar_old = __membar_value(old);			\
	__membar_t __membar_v = __membar_value(new);			\
	bool __membar_ok = __membar_do_cmpxchg();			\
									\
	(membar_result(__membar_t)){ __membar_ok, __membar_old };	\
})

/**
 * membar_cmpxchg_val() - atomic compare and exchange for the value that was
 * found: cmpxchg() and its ordered forms
 * @p: what to exchange; an integer, enum, bool or pointer of up to 64 bits
 * @old: the value that *@p must have
 * @new: what to store if it has
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * This is the kernel's cmpxchg(), for callers that need only the value: on x86
 * it has one conditional move less than membar_cmpxchg() and its @val. If you
 * then compare the result with @old, use membar_cmpxchg() instead: it is no
 * slower.
 *
 * Ordering: as membar_xchg() if it succeeds. If it fails, nothing is ordered.
 *
 * Pairing: as membar_xchg().
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 *
 * Return: the value that was found, of *@p's type; @old if and only if @new was
 * stored.
 */
#define membar_cmpxchg_val(p, old, new, order...) ({			\
	__membar_take_changed(word, RMW, "membar_cmpxchg_val(" #p ", ..., " #order ")", \
				p, order)				\
	__membar_t __membar_old = __membar_value(old);			\
	__membar_t __membar_v = __membar_value(new);			\
									\
	__membar_do_cmpxchg_val();					\
	__membar_old;							\
})

/**
 * membar_try_cmpxchg() - atomic compare and exchange: try_cmpxchg() and its
 * ordered forms
 * @p: what to exchange; an integer, enum, bool or pointer of up to 64 bits
 * @oldp: pointer to the value that *@p must have
 * @new: what to store if it has
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * It fails only if the values differ. Then it does not write, and sets *@oldp
 * to the value that was found, ready for another attempt.
 *
 * Ordering: as membar_xchg() if it succeeds. If it fails, nothing is ordered.
 *
 * Pairing: as membar_xchg().
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 *
 * Return: true if @new was stored.
 */
#define membar_try_cmpxchg(p, oldp, new, order...) ({			\
	__membar_take_changed(word, RMW, "membar_try_cmpxchg(" #p ", ..., " #order ")", \
				p, order)				\
	typedef typeof((oldp)) __membar_w;				\
	static_assert(!__builtin_types_compatible_p(__membar_w, void *), \
		      "membar_try_cmpxchg(" #p ", " #oldp ", ..., " #order \
		      "): the second is not a pointer to the type of the first"); \
	__membar_t *__membar_r =					\
		__builtin_choose_expr(sizeof(__membar_e) == 4, (oldp), NULL); \
	__membar_t __membar_v = __membar_value(new);			\
									\
	(bool)__membar_do_try_cmpxchg();				\
})

#ifdef MEMBAR_OUTLINE
# define __membar_do_load()						\
	__membar_same(__membar_outline(__MEMBAR_LOAD_ORDERS, load))
# define __membar_do_store()						\
	((void)__membar_outline(__MEMBAR_STORE_ORDERS, store,		\
				__membar_bits(__membar_v)))
# define __membar_do_xchg()						\
	__membar_v = __membar_same(					\
		__membar_outline(__MEMBAR_RMW_ORDERS, xchg,		\
				 __membar_bits(__membar_v)))
# define __membar_do_cmpxchg_val()					\
	__membar_old = __membar_same(					\
		__membar_outline(__MEMBAR_RMW_ORDERS, cmpxchg,		\
				 __membar_bits(__membar_old),		\
				 __membar_bits(__membar_v)))
# define __membar_do_cmpxchg() ({					\
	const __membar_t __membar_wanted = __membar_old;		\
									\
	__membar_do_cmpxchg_val();					\
	__membar_old == __membar_wanted;				\
})
# define __membar_do_try_cmpxchg()					\
	__membar_outline(__MEMBAR_RMW_ORDERS, try_cmpxchg,		\
			 (void *)__membar_r, __membar_bits(__membar_v))
#else
# define __membar_store_word()						\
	_Generic((__membar_n *)0,					\
		 char (*)[__membar_size_relaxed]: ({ WRITE_ONCE(*__membar_p, __membar_v); }), \
		 char (*)[__membar_size_release]:					\
			({ smp_store_release(__membar_p, __membar_v); }), \
		 default: (void)0)

/* On a 32-bit kernel 64 bits are two words, and accessed as atomic64_t. */
# if BITS_PER_LONG == 64
#  define __membar_do_load()	__membar_load_word()
#  define __membar_do_store()	__membar_store_word()
# else
#  define __membar_do_load()						\
	__builtin_choose_expr(sizeof(__membar_t) <= sizeof(long),	\
			      __membar_load_word(),			\
		_Generic((__membar_n *)0,				\
			 char (*)[__membar_size_relaxed]:				\
				atomic64_read((const atomic64_t *)__membar_p), \
			 char (*)[__membar_size_acquire]:				\
				atomic64_read_acquire((const atomic64_t *)__membar_p), \
			 default: 0))
#  define __membar_do_store()						\
	__builtin_choose_expr(sizeof(__membar_t) <= sizeof(long),	\
			      __membar_store_word(),			\
		_Generic((__membar_n *)0,				\
			 char (*)[__membar_size_relaxed]:				\
				atomic64_set((atomic64_t *)__membar_p,	\
					     (s64)__membar_bits(__membar_v)), \
			 char (*)[__membar_size_release]:				\
				atomic64_set_release((atomic64_t *)__membar_p, \
						     (s64)__membar_bits(__membar_v)), \
			 default: (void)0))
# endif

# ifdef MEMBAR_NO_NARROW_CMPXCHG
#  define __membar_u8_xchg	__membar_u32_xchg
#  define __membar_u16_xchg	__membar_u32_xchg
#  define __membar_u8_cmpxchg	__membar_u32_cmpxchg
#  define __membar_u16_cmpxchg	__membar_u32_cmpxchg
#  define __membar_u8_try_cmpxchg	__membar_u32_try_cmpxchg
#  define __membar_u16_try_cmpxchg	__membar_u32_try_cmpxchg
# endif
# define __membar_exchange(op, old)					\
	__membar_any_##op(__membar_p, old, &__membar_v,			\
		sizeof(__membar_n) - 1,					\
		__membar_is_pointer(*__membar_p) ? 0 : sizeof(*__membar_p))
# define __membar_do_xchg()	__membar_exchange(xchg, &__membar_v)
# define __membar_do_cmpxchg_val()	__membar_exchange(cmpxchg, &__membar_old)
# define __membar_do_cmpxchg()	__membar_exchange(try_cmpxchg, &__membar_old)
# define __membar_do_try_cmpxchg()	__membar_exchange(try_cmpxchg, __membar_r)
#endif /* MEMBAR_OUTLINE */

#ifndef MEMBAR_OUTLINE
/*
 * The kernel's exchanges by width, with the order as a constant and the values
 * by address. A signed type and a bool are exchanged as the unsigned integer of
 * their width (but see __membar_exchanged_32): some of the kernel's
 * macros convert a negative value to unsigned long without masking it, and those
 * of powerpc may return neighbouring bytes together with a bool. A pointer is
 * exchanged as a pointer: with a cast to an integer gcc lays out the branches
 * after it differently.
 */
#define __membar_run_xchg(call)		*new = call(p, *new)
#define __membar_run_cmpxchg(call)	*old = call(p, *old, *new)
#define __membar_run_try_cmpxchg(call)	done = call(p, old, *new)

#define MEMBAR_DEFINE_EXCHANGE(w, op, object, type, call)		\
static __always_inline bool						\
__membar_##w##_##op(void *ptr, void *oldp, void *newp, enum membar_order order) \
{									\
	object *p = ptr;						\
	type *old __maybe_unused = oldp, *new = newp;			\
	bool done = true;						\
									\
	__membar_extend(old);						\
	switch (order) {						\
	case MEMBAR_ORDER_RELAXED:					\
		__membar_run_##op(call##_relaxed);			\
		break;							\
	case MEMBAR_ORDER_ACQUIRE:					\
		__membar_run_##op(call##_acquire);			\
		break;							\
	case MEMBAR_ORDER_RELEASE:					\
		__membar_run_##op(call##_release);			\
		break;							\
	default:							\
		__membar_run_##op(call);				\
		break;							\
	}								\
	return done;							\
}

#define MEMBAR_DEFINE_EXCHANGES(w, object, type, prefix)		\
	MEMBAR_DEFINE_EXCHANGE(w, xchg, object, type, prefix##xchg)	\
	MEMBAR_DEFINE_EXCHANGE(w, cmpxchg, object, type, prefix##cmpxchg) \
	MEMBAR_DEFINE_EXCHANGE(w, try_cmpxchg, object, type, prefix##try_cmpxchg)

#ifndef MEMBAR_NO_NARROW_CMPXCHG
MEMBAR_DEFINE_EXCHANGES(u8, u8, u8,)
MEMBAR_DEFINE_EXCHANGES(u16, u16, u16,)
#endif
MEMBAR_DEFINE_EXCHANGES(u32, __membar_exchanged_32, __membar_exchanged_32,)
#if BITS_PER_LONG == 64
MEMBAR_DEFINE_EXCHANGES(u64, u64, u64,)
#else
MEMBAR_DEFINE_EXCHANGES(u64, atomic64_t, s64, atomic64_)
#endif

typedef void *__membar_ptr;
MEMBAR_DEFINE_EXCHANGES(ptr, __membar_ptr, __membar_ptr,)

/*
 * The one for @size bytes; 0 stands for a pointer. A switch here keeps the names
 * of the five out of the text of each call.
 */
#define MEMBAR_DEFINE_EXCHANGE_BY_SIZE(op)				\
static __always_inline bool						\
__membar_any_##op(void *p, void *old, void *new, enum membar_order order, \
		  size_t size)						\
{									\
	switch (size) {							\
	case 0:								\
		return __membar_ptr_##op(p, old, new, order);		\
	case 1:								\
		return __membar_u8_##op(p, old, new, order);		\
	case 2:								\
		return __membar_u16_##op(p, old, new, order);		\
	case 4:								\
		return __membar_u32_##op(p, old, new, order);		\
	default:							\
		return __membar_u64_##op(p, old, new, order);		\
	}								\
}

MEMBAR_DEFINE_EXCHANGE_BY_SIZE(xchg)
MEMBAR_DEFINE_EXCHANGE_BY_SIZE(cmpxchg)
MEMBAR_DEFINE_EXCHANGE_BY_SIZE(try_cmpxchg)

#undef MEMBAR_DEFINE_EXCHANGE_BY_SIZE
#undef MEMBAR_DEFINE_EXCHANGES
#undef MEMBAR_DEFINE_EXCHANGE
#undef __membar_run_try_cmpxchg
#undef __membar_run_cmpxchg
#undef __membar_run_xchg
#endif /* MEMBAR_OUTLINE */

#include "arch/narrow.h"

/*
 * Read-modify-write
 * -----------------
 *
 * One macro for each number of operands after the pointer. @result converts
 * the value that the operation returns.
 */

/* The type of the operands: the type itself, and long for a pointer. */
#ifdef __CHECKER__
# define __membar_number	__membar_t
/* sparse would take every restricted type for an int here. */
# define __membar_operand(v)	((__force long)(v))
#else
# define __membar_number						\
	typeof(__builtin_choose_expr(__membar_is_pointer((__membar_t)0), \
				     0L, (__membar_t)0))
# define __membar_operand(v)	(v)
#endif

#define __membar_void(x)	((void)(x))
#define __membar_bool(x)	((bool)(x))
#define __membar_same(x)						\
	((__force __membar_t)(__force __membar_number)(x))
#define __membar_signed(x)						\
	((typeof(__builtin_choose_expr(sizeof(__membar_t) == 8, 0LL, 0)))(x))

#ifdef MEMBAR_OUTLINE
# define __membar_op0(set, op)						\
	__membar_outline(__MEMBAR_##set##_ORDERS, op)
# define __membar_op1(set, op)						\
	__membar_outline(__MEMBAR_##set##_ORDERS, op, __membar_operand(__membar_v))
# define __membar_op2(set, op)						\
	__membar_outline(__MEMBAR_##set##_ORDERS, op,			\
			 __membar_operand(__membar_v),			\
			 __membar_operand(__membar_w))
#else
# define __membar_by_atomic(atomic, atomic64)				\
	__builtin_choose_expr(sizeof(__membar_t) == 8, atomic64, atomic)
# define __membar_RMW_name(op, ORDER, order)				\
	char (*)[__membar_size_##order]:						\
		__membar_by_atomic(__membar_suffix_##order(atomic_##op), \
				   __membar_suffix_##order(atomic64_##op)),
# define __membar_TEST_name(op, ORDER, order)				\
	char (*)[__membar_size_##order]:						\
		__membar_by_atomic(atomic_##op, atomic64_##op),
# define __membar_VOID_name(op, ORDER, order)				\
	char (*)[__membar_size_##order]:						\
		__membar_by_atomic(atomic_##op, atomic64_##op),
# define __membar_kernel(set, op, otherwise)				\
	__membar_select(__MEMBAR_##set##_ORDERS, __membar_##set##_name, op, \
			otherwise)
# define __membar_inline_op(narrow, wide)				\
	__builtin_choose_expr(sizeof(__membar_t) < sizeof(atomic_t),	\
			      narrow, wide)

# define __membar_op0(set, op)						\
	__membar_inline_op(__membar_narrow_##op(),			\
		__membar_kernel(set, op, __membar_refused_value)	\
			((void *)__membar_p))
# define __membar_op1(set, op)						\
	__membar_inline_op(						\
		__membar_narrow_##op(__membar_operand(__membar_v)),	\
		__membar_kernel(set, op, __membar_refused_operand)	\
			(__membar_operand(__membar_v), (void *)__membar_p))
# define __membar_op2(set, op)						\
	__membar_inline_op(						\
		__membar_narrow_##op(__membar_operand(__membar_v),	\
				     __membar_operand(__membar_w)),	\
		__membar_kernel(set, op, __membar_refused_value)	\
			((void *)__membar_p, __membar_operand(__membar_v), \
			 __membar_compared(__membar_operand(__membar_w))))
#endif /* MEMBAR_OUTLINE */

/* The kernel's functions have the operand first. */
long __membar_refused_operand(s64 v, ...)
	__compiletime_error("membar: order not accepted");

#define __membar_take_changed(kind, set, call, p, order...)		\
	__membar_take_order(__MEMBAR_##set##_ORDERS, call, order);	\
	__membar_take_writable(kind, call, p);				\
	__membar_check_narrow(call)

#define __membar_rmw0(kind, set, op, result, call, p, order...) ({	\
	__membar_take_changed(kind, set, call, p, order)		\
									\
	result(__membar_op0(set, op));					\
})

#define __membar_rmw1(kind, set, op, result, call, p, v, order...) ({	\
	__membar_take_changed(kind, set, call, p, order)		\
	__membar_number __membar_v = __membar_value(v);			\
									\
	result(__membar_op1(set, op));					\
})

#define __membar_rmw2(kind, set, op, result, call, p, a, u, order...) ({ \
	__membar_take_changed(kind, set, call, p, order)		\
	__membar_number __membar_v = __membar_value(a);			\
	__membar_number __membar_w = __membar_value(u);			\
									\
	result(__membar_op2(set, op));					\
})

/**
 * membar_add() - add: atomic_add()
 * @p: what to change; an integer or an enum of 8 to 64 bits, or a pointer
 * @v: what to add; bytes if *@p is a pointer
 * @order: MEMBAR_RELAXED
 *
 * The sum wraps as two's complement, for signed types too.
 *
 * Ordering: none, and it returns no value that another access could depend on.
 * membar_before_atomic() adds a full barrier before it, membar_after_atomic()
 * one after it.
 *
 * Pairing: none without such a barrier, see membar_after_atomic().
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 */
#define membar_add(p, v, order...)					\
	__membar_rmw1(addable, VOID, add, __membar_void,		\
		"membar_add(" #p ", ..., " #order ")",			\
		p, v, order)

/**
 * membar_sub() - subtract: atomic_sub()
 * @p: what to change; an integer or an enum of 8 to 64 bits, or a pointer
 * @v: what to subtract; bytes if *@p is a pointer
 * @order: MEMBAR_RELAXED
 *
 * The difference wraps as two's complement, for signed types too.
 *
 * Ordering, pairing and context: as membar_add().
 */
#define membar_sub(p, v, order...)					\
	__membar_rmw1(addable, VOID, sub, __membar_void,		\
		"membar_sub(" #p ", ..., " #order ")",			\
		p, v, order)

/**
 * membar_and() - bitwise AND: atomic_and()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @v: the mask
 * @order: MEMBAR_RELAXED
 *
 * Ordering, pairing and context: as membar_add().
 */
#define membar_and(p, v, order...)					\
	__membar_rmw1(integer, VOID, and, __membar_void,		\
		"membar_and(" #p ", ..., " #order ")",			\
		p, v, order)

/**
 * membar_or() - bitwise OR: atomic_or()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @v: the bits to set
 * @order: MEMBAR_RELAXED
 *
 * Ordering, pairing and context: as membar_add().
 */
#define membar_or(p, v, order...)					\
	__membar_rmw1(integer, VOID, or, __membar_void,			\
		"membar_or(" #p ", ..., " #order ")",			\
		p, v, order)

/**
 * membar_xor() - bitwise XOR: atomic_xor()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @v: the bits to flip
 * @order: MEMBAR_RELAXED
 *
 * Ordering, pairing and context: as membar_add().
 */
#define membar_xor(p, v, order...)					\
	__membar_rmw1(integer, VOID, xor, __membar_void,		\
		"membar_xor(" #p ", ..., " #order ")",			\
		p, v, order)

/**
 * membar_andnot() - bitwise AND with the complement: atomic_andnot()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @v: the bits to clear
 * @order: MEMBAR_RELAXED
 *
 * Ordering, pairing and context: as membar_add().
 */
#define membar_andnot(p, v, order...)					\
	__membar_rmw1(integer, VOID, andnot, __membar_void,		\
		"membar_andnot(" #p ", ..., " #order ")",			\
		p, v, order)

/**
 * membar_inc() - add one: atomic_inc()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @order: MEMBAR_RELAXED
 *
 * Ordering, pairing and context: as membar_add().
 */
#define membar_inc(p, order...)						\
	__membar_rmw0(integer, VOID, inc, __membar_void,		\
		"membar_inc(" #p ", " #order ")",			\
		p, order)

/**
 * membar_dec() - subtract one: atomic_dec()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @order: MEMBAR_RELAXED
 *
 * Ordering, pairing and context: as membar_add().
 */
#define membar_dec(p, order...)						\
	__membar_rmw0(integer, VOID, dec, __membar_void,		\
		"membar_dec(" #p ", " #order ")",			\
		p, order)

/**
 * membar_add_return() - add, return the new value: atomic_add_return()
 * @p: what to change; an integer or an enum of 8 to 64 bits, or a pointer
 * @v: what to add; bytes if *@p is a pointer
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering, pairing and context: as membar_fetch_add().
 *
 * Return: the value after the operation.
 */
#define membar_add_return(p, v, order...)				\
	__membar_rmw1(addable, RMW, add_return, __membar_same,		\
		"membar_add_return(" #p ", ..., " #order ")",		\
		p, v, order)

/**
 * membar_sub_return() - subtract, return the new value: atomic_sub_return()
 * @p: what to change; an integer or an enum of 8 to 64 bits, or a pointer
 * @v: what to subtract; bytes if *@p is a pointer
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering, pairing and context: as membar_fetch_add().
 *
 * Return: the value after the operation.
 */
#define membar_sub_return(p, v, order...)				\
	__membar_rmw1(addable, RMW, sub_return, __membar_same,		\
		"membar_sub_return(" #p ", ..., " #order ")",		\
		p, v, order)

/**
 * membar_inc_return() - add one, return the new value: atomic_inc_return()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering, pairing and context: as membar_fetch_add().
 *
 * Return: the value after the operation.
 */
#define membar_inc_return(p, order...)					\
	__membar_rmw0(integer, RMW, inc_return, __membar_same,		\
		"membar_inc_return(" #p ", " #order ")",		\
		p, order)

/**
 * membar_dec_return() - subtract one, return the new value: atomic_dec_return()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering, pairing and context: as membar_fetch_add().
 *
 * Return: the value after the operation.
 */
#define membar_dec_return(p, order...)					\
	__membar_rmw0(integer, RMW, dec_return, __membar_same,		\
		"membar_dec_return(" #p ", " #order ")",		\
		p, order)

/**
 * membar_fetch_add() - add, return the old value: atomic_fetch_add()
 * @p: what to change; an integer or an enum of 8 to 64 bits, or a pointer
 * @v: what to add; bytes if *@p is a pointer
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * The sum wraps as two's complement, for signed types too.
 *
 * Ordering: MEMBAR_ACQUIRE orders the read half against everything after it,
 * MEMBAR_RELEASE orders everything before it against the write half, and
 * MEMBAR_FULL orders everything before it against everything after it.
 * MEMBAR_RELAXED orders nothing except through dependencies.
 *
 * Pairing: MEMBAR_RELEASE with an acquire that reads the value written,
 * MEMBAR_ACQUIRE with the release whose value was read, MEMBAR_FULL with
 * another full barrier.
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 *
 * Return: the value before the operation.
 */
#define membar_fetch_add(p, v, order...)				\
	__membar_rmw1(addable, RMW, fetch_add, __membar_same,		\
		"membar_fetch_add(" #p ", ..., " #order ")",			\
		p, v, order)

/**
 * membar_fetch_sub() - subtract, return the old value: atomic_fetch_sub()
 * @p: what to change; an integer or an enum of 8 to 64 bits, or a pointer
 * @v: what to subtract; bytes if *@p is a pointer
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering, pairing and context: as membar_fetch_add().
 *
 * Return: the value before the operation.
 */
#define membar_fetch_sub(p, v, order...)				\
	__membar_rmw1(addable, RMW, fetch_sub, __membar_same,		\
		"membar_fetch_sub(" #p ", ..., " #order ")",			\
		p, v, order)

/**
 * membar_fetch_and() - bitwise AND, return the old value: atomic_fetch_and()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @v: the mask
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering, pairing and context: as membar_fetch_add().
 *
 * Return: the value before the operation.
 */
#define membar_fetch_and(p, v, order...)				\
	__membar_rmw1(integer, RMW, fetch_and, __membar_same,		\
		"membar_fetch_and(" #p ", ..., " #order ")",			\
		p, v, order)

/**
 * membar_fetch_or() - bitwise OR, return the old value: atomic_fetch_or()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @v: the bits to set
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering, pairing and context: as membar_fetch_add().
 *
 * Return: the value before the operation.
 */
#define membar_fetch_or(p, v, order...)					\
	__membar_rmw1(integer, RMW, fetch_or, __membar_same,		\
		"membar_fetch_or(" #p ", ..., " #order ")",			\
		p, v, order)

/**
 * membar_fetch_xor() - bitwise XOR, return the old value: atomic_fetch_xor()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @v: the bits to flip
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering, pairing and context: as membar_fetch_add().
 *
 * Return: the value before the operation.
 */
#define membar_fetch_xor(p, v, order...)				\
	__membar_rmw1(integer, RMW, fetch_xor, __membar_same,		\
		"membar_fetch_xor(" #p ", ..., " #order ")",			\
		p, v, order)

/**
 * membar_fetch_andnot() - bitwise AND with the complement, return the old
 * value: atomic_fetch_andnot()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @v: the bits to clear
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering, pairing and context: as membar_fetch_add().
 *
 * Return: the value before the operation.
 */
#define membar_fetch_andnot(p, v, order...)				\
	__membar_rmw1(integer, RMW, fetch_andnot, __membar_same,	\
		"membar_fetch_andnot(" #p ", ..., " #order ")",		\
		p, v, order)

/**
 * membar_fetch_inc() - add one, return the old value: atomic_fetch_inc()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering, pairing and context: as membar_fetch_add().
 *
 * Return: the value before the operation.
 */
#define membar_fetch_inc(p, order...)					\
	__membar_rmw0(integer, RMW, fetch_inc, __membar_same,		\
		"membar_fetch_inc(" #p ", " #order ")",			\
		p, order)

/**
 * membar_fetch_dec() - subtract one, return the old value: atomic_fetch_dec()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering, pairing and context: as membar_fetch_add().
 *
 * Return: the value before the operation.
 */
#define membar_fetch_dec(p, order...)					\
	__membar_rmw0(integer, RMW, fetch_dec, __membar_same,		\
		"membar_fetch_dec(" #p ", " #order ")",			\
		p, order)

/**
 * membar_sub_and_test() - subtract and test whether the result is zero:
 * atomic_sub_and_test()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @v: what to subtract
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering: as membar_fetch_add(). The kernel has only a fully ordered form of
 * some of these operations, which then stands for the weaker orders too.
 *
 * Pairing: as membar_fetch_add().
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 *
 * Return: true if the new value is zero.
 */
#define membar_sub_and_test(p, v, order...)				\
	__membar_rmw1(integer, TEST, sub_and_test, __membar_bool,	\
		"membar_sub_and_test(" #p ", ..., " #order ")",		\
		p, v, order)

/**
 * membar_dec_and_test() - subtract one and test whether the result is zero:
 * atomic_dec_and_test()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * For a reference count use refcount_dec_and_test(), which also detects
 * overflow.
 *
 * Ordering, pairing and context: as membar_sub_and_test().
 *
 * Return: true if the new value is zero.
 */
#define membar_dec_and_test(p, order...)				\
	__membar_rmw0(integer, TEST, dec_and_test, __membar_bool,	\
		"membar_dec_and_test(" #p ", " #order ")",		\
		p, order)

/**
 * membar_inc_and_test() - add one and test whether the result is zero:
 * atomic_inc_and_test()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering, pairing and context: as membar_sub_and_test().
 *
 * Return: true if the new value is zero.
 */
#define membar_inc_and_test(p, order...)				\
	__membar_rmw0(integer, TEST, inc_and_test, __membar_bool,	\
		"membar_inc_and_test(" #p ", " #order ")",		\
		p, order)

/**
 * membar_add_negative() - add and test whether the result is negative:
 * atomic_add_negative()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @v: what to add
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * An unsigned type is taken as the signed type of the same width, as in an
 * atomic_t.
 *
 * Ordering, pairing and context: as membar_fetch_add().
 *
 * Return: true if the new value, taken as signed, is below zero.
 */
#define membar_add_negative(p, v, order...)				\
	__membar_rmw1(integer, RMW, add_negative, __membar_bool,	\
		"membar_add_negative(" #p ", ..., " #order ")",		\
		p, v, order)

/**
 * membar_add_unless() - add unless the value is a given one:
 * atomic_add_unless()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @a: what to add
 * @u: the value to leave alone
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering: as membar_fetch_add(). The kernel has only a fully ordered form of
 * some of these operations, which then stands for the weaker orders too. If
 * nothing is changed, nothing is ordered.
 *
 * Pairing: as membar_fetch_add().
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 *
 * Return: true if @a was added.
 */
#define membar_add_unless(p, a, u, order...)				\
	__membar_rmw2(integer, TEST, add_unless, __membar_bool,		\
		"membar_add_unless(" #p ", ..., " #order ")",		\
		p, a, u, order)

/**
 * membar_fetch_add_unless() - add unless the value is a given one, return
 * the old value: atomic_fetch_add_unless()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @a: what to add
 * @u: the value to leave alone
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering: as membar_fetch_add(). The kernel has only a fully ordered form of
 * some of these operations, which then stands for the weaker orders too. If
 * nothing is changed, nothing is ordered.
 *
 * Pairing: as membar_fetch_add().
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 *
 * Return: the value before the operation, which is @u if nothing was added.
 */
#define membar_fetch_add_unless(p, a, u, order...)			\
	__membar_rmw2(integer, TEST, fetch_add_unless, __membar_same,	\
		"membar_fetch_add_unless(" #p ", ..., " #order ")",		\
		p, a, u, order)

/**
 * membar_inc_not_zero() - add one unless the value is zero:
 * atomic_inc_not_zero()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering: as membar_fetch_add(). The kernel has only a fully ordered form of
 * some of these operations, which then stands for the weaker orders too. If
 * nothing is changed, nothing is ordered.
 *
 * Pairing: as membar_fetch_add().
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 *
 * Return: true if one was added.
 */
#define membar_inc_not_zero(p, order...)				\
	__membar_rmw0(integer, TEST, inc_not_zero, __membar_bool,	\
		"membar_inc_not_zero(" #p ", " #order ")",		\
		p, order)

/**
 * membar_inc_unless_negative() - add one unless the value is negative:
 * atomic_inc_unless_negative()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * An unsigned type is taken as the signed type of the same width.
 *
 * Ordering: as membar_fetch_add(). The kernel has only a fully ordered form of
 * some of these operations, which then stands for the weaker orders too. If
 * nothing is changed, nothing is ordered.
 *
 * Pairing: as membar_fetch_add().
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 *
 * Return: true if one was added.
 */
#define membar_inc_unless_negative(p, order...)				\
	__membar_rmw0(integer, TEST, inc_unless_negative, __membar_bool, \
		"membar_inc_unless_negative(" #p ", " #order ")",	\
		p, order)

/**
 * membar_dec_unless_positive() - subtract one unless the value is positive:
 * atomic_dec_unless_positive()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * An unsigned type is taken as the signed type of the same width.
 *
 * Ordering: as membar_fetch_add(). The kernel has only a fully ordered form of
 * some of these operations, which then stands for the weaker orders too. If
 * nothing is changed, nothing is ordered.
 *
 * Pairing: as membar_fetch_add().
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 *
 * Return: true if one was subtracted.
 */
#define membar_dec_unless_positive(p, order...)				\
	__membar_rmw0(integer, TEST, dec_unless_positive, __membar_bool, \
		"membar_dec_unless_positive(" #p ", " #order ")",	\
		p, order)

/**
 * membar_dec_if_positive() - subtract one unless the result is negative:
 * atomic_dec_if_positive()
 * @p: what to change; an integer or an enum of 8 to 64 bits
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * An unsigned type is taken as the signed type of the same width. Do not use
 * it on the smallest value of a type: the architectures differ in whether that
 * minus one counts as negative.
 *
 * Ordering: as membar_fetch_add(). The kernel has only a fully ordered form of
 * some of these operations, which then stands for the weaker orders too. If
 * nothing is changed, nothing is ordered.
 *
 * Pairing: as membar_fetch_add().
 *
 * Context: Any but noinstr; 64 bits not in an NMI with
 * CONFIG_GENERIC_ATOMIC64.
 *
 * Return: the old value minus one, as an s64 for 64 bits and as an int
 * otherwise. It is negative if nothing was subtracted.
 */
#define membar_dec_if_positive(p, order...)				\
	__membar_rmw0(integer, TEST, dec_if_positive, __membar_signed,	\
		"membar_dec_if_positive(" #p ", " #order ")",		\
		p, order)

/*
 * Bit operations
 * --------------
 *
 * As in the kernel, bits are numbered from the lowest bit of the first
 * unsigned long, and a number may exceed the size of a word.
 */
#define __MEMBAR_BIT_RETURN_test	return
#define __MEMBAR_BIT_RETURN_bool	return
#define __MEMBAR_BIT_RETURN_void
#define MEMBAR_DEFINE_BITOP(op, ORDER, order, kernel, form)		\
	static __always_inline						\
	__MEMBAR_PROTO_BIT_##form(__membar_inline_##op##_##order)	\
	{								\
		__MEMBAR_BIT_RETURN_##form kernel(nr, addr);		\
	}

MEMBAR_FOR_EACH_BITOP(MEMBAR_DEFINE_BITOP)

#undef MEMBAR_DEFINE_BITOP
#undef __MEMBAR_BIT_RETURN_test
#undef __MEMBAR_BIT_RETURN_bool
#undef __MEMBAR_BIT_RETURN_void

#ifdef MEMBAR_OUTLINE
# define __membar_bit(entry, ORDER, order)				\
	char (*)[__membar_size_##order]: membar_##entry##_##order,
#else
# define __membar_bit(entry, ORDER, order)				\
	char (*)[__membar_size_##order]: __membar_inline_##entry##_##order,
#endif

/* Called for a refused order. */
bool __membar_refused_bit(const volatile void *addr, unsigned long nr)
	__compiletime_error("membar: order not accepted");

#define __membar_bitop(qualified, set, op, call, addr, nr, order...) ({	\
	__membar_take_order(__MEMBAR_##set##_ORDERS, call, order);	\
	__membar_take(bits, qualified, call, addr);			\
	qualified##_void *__membar_p = __membar_accepted(0);		\
									\
	__membar_select(__MEMBAR_##set##_ORDERS, __membar_bit, op,	\
			__membar_refused_bit)(__membar_p,		\
					      __membar_value(nr));	\
})

/**
 * membar_test_bit() - read a bit: test_bit(), test_bit_acquire()
 * @addr: the first word of the array; unsigned long
 * @nr: number of the bit
 * @order: MEMBAR_RELAXED or MEMBAR_ACQUIRE
 *
 * Ordering: as membar_load().
 *
 * Pairing: MEMBAR_ACQUIRE with membar_clear_bit() with MEMBAR_RELEASE, or
 * any release that changes the bit.
 *
 * Context: Any.
 *
 * Return: true if the bit is set.
 */
#define membar_test_bit(addr, nr, order...)				\
	__membar_bitop(__membar_const, LOAD, test_bit,		\
		       "membar_test_bit(" #addr ", ..., " #order ")",	\
		       addr, nr, order)

/**
 * membar_set_bit() - set a bit: set_bit()
 * @addr: the first word of the array; unsigned long
 * @nr: number of the bit
 * @order: MEMBAR_RELAXED
 *
 * Ordering: none. membar_before_atomic() adds a full barrier before it,
 * membar_after_atomic() one after it.
 *
 * Pairing: none without such a barrier, see membar_after_atomic().
 *
 * Context: Any but noinstr.
 */
#define membar_set_bit(addr, nr, order...)				\
	__membar_bitop(__membar_plain, VOID, set_bit,		\
		       "membar_set_bit(" #addr ", ..., " #order ")",	\
		       addr, nr, order)

/**
 * membar_clear_bit() - clear a bit: clear_bit(), clear_bit_unlock()
 * @addr: the first word of the array; unsigned long
 * @nr: number of the bit
 * @order: MEMBAR_RELAXED or MEMBAR_RELEASE
 *
 * Ordering: MEMBAR_RELEASE orders everything before it against the write half.
 * MEMBAR_RELAXED orders nothing.
 *
 * Pairing: MEMBAR_RELEASE with membar_test_and_set_bit() with
 * MEMBAR_ACQUIRE: a bit lock.
 *
 * Context: Any but noinstr.
 */
#define membar_clear_bit(addr, nr, order...)				\
	__membar_bitop(__membar_plain, STORE, clear_bit,		\
		       "membar_clear_bit(" #addr ", ..., " #order ")",	\
		       addr, nr, order)

/**
 * membar_change_bit() - flip a bit: change_bit()
 * @addr: the first word of the array; unsigned long
 * @nr: number of the bit
 * @order: MEMBAR_RELAXED
 *
 * Ordering: none. membar_before_atomic() adds a full barrier before it,
 * membar_after_atomic() one after it.
 *
 * Pairing: none without such a barrier, see membar_after_atomic().
 *
 * Context: Any but noinstr.
 */
#define membar_change_bit(addr, nr, order...)				\
	__membar_bitop(__membar_plain, VOID, change_bit,		\
		       "membar_change_bit(" #addr ", ..., " #order ")",	\
		       addr, nr, order)

/**
 * membar_test_and_set_bit() - set a bit, return what it was:
 * test_and_set_bit(), test_and_set_bit_lock()
 * @addr: the first word of the array; unsigned long
 * @nr: number of the bit
 * @order: MEMBAR_ACQUIRE or MEMBAR_FULL
 *
 * Ordering: MEMBAR_FULL orders everything before it against everything after
 * it, whether or not the bit was set. MEMBAR_ACQUIRE orders the read half
 * against everything after it if the bit was clear, and nothing if it was set.
 *
 * Pairing: MEMBAR_ACQUIRE with membar_clear_bit() with MEMBAR_RELEASE.
 *
 * Context: Any but noinstr.
 *
 * Return: true if the bit was set before.
 */
#define membar_test_and_set_bit(addr, nr, order...)			\
	__membar_bitop(__membar_plain, LOCK, test_and_set_bit,	\
		       "membar_test_and_set_bit(" #addr ", ..., " #order ")", \
		       addr, nr, order)

/**
 * membar_test_and_clear_bit() - clear a bit, return what it was:
 * test_and_clear_bit()
 * @addr: the first word of the array; unsigned long
 * @nr: number of the bit
 * @order: MEMBAR_FULL
 *
 * Ordering: everything before it against everything after it, whether or not
 * the bit was set.
 *
 * Pairing: with another full barrier.
 *
 * Context: Any but noinstr.
 *
 * Return: true if the bit was set before.
 */
#define membar_test_and_clear_bit(addr, nr, order...)			\
	__membar_bitop(__membar_plain, FULL, test_and_clear_bit,	\
		       "membar_test_and_clear_bit(" #addr ", ..., " #order ")", \
		       addr, nr, order)

/**
 * membar_test_and_change_bit() - flip a bit, return what it was:
 * test_and_change_bit()
 * @addr: the first word of the array; unsigned long
 * @nr: number of the bit
 * @order: MEMBAR_FULL
 *
 * Ordering: everything before it against everything after it.
 *
 * Pairing: with another full barrier.
 *
 * Context: Any but noinstr.
 *
 * Return: true if the bit was set before.
 */
#define membar_test_and_change_bit(addr, nr, order...)			\
	__membar_bitop(__membar_plain, FULL, test_and_change_bit,	\
		       "membar_test_and_change_bit(" #addr ", ..., " #order ")", \
		       addr, nr, order)

/**
 * membar_xor_unlock_is_negative_byte() - flip bits of the lowest byte and test
 * its top bit: xor_unlock_is_negative_byte()
 * @addr: the word; unsigned long
 * @mask: what to flip, among the lowest seven bits; the lock's must be
 *     set in memory
 * @order: MEMBAR_RELEASE
 *
 * Ordering: everything before it against the write half.
 *
 * Pairing: with the acquire that took the lock.
 *
 * Context: Any but noinstr.
 *
 * Return: true if bit 7 was set before.
 */
#define membar_xor_unlock_is_negative_byte(addr, mask, order...)	\
	__membar_bitop(__membar_plain, UNLOCK, xor_unlock_is_negative_byte, \
		       "membar_xor_unlock_is_negative_byte(" #addr ", ..., " #order ")", \
		       addr, mask, order)

/*
 * Atomic variables
 * ================
 */

/**
 * MEMBAR_DEFINE_ATOMIC() - define the type of an atomic variable
 * @name: the name for membar_atomic(): one word
 * @type: an integer, enum, bool or pointer of up to 64 bits
 *
 * The header defines them for the fixed-width integers, bool, char, int, long,
 * ulong and size_t. For a pointer or an enum write::
 *
 *	MEMBAR_DEFINE_ATOMIC(owner, struct task_struct *);
 *	membar_atomic(owner) owner = MEMBAR_ATOMIC_INIT(NULL);
 *
 * The const member is never used. It prevents the assignment of one atomic
 * variable to another.
 */
#define MEMBAR_DEFINE_ATOMIC(name, type)				\
	struct membar_atomic_##name {					\
		union {							\
			typeof(type) __membar_variable __aligned(sizeof(type)); \
			const typeof(type) __membar_no_assignment;	\
		};							\
	};								\
	static_assert(sizeof(type) > sizeof(u64) || __membar_is_scalar(type), \
		      "MEMBAR_DEFINE_ATOMIC(" #name ", " #type		\
		      "): not an integer, enum, bool or pointer");	\
	static_assert(sizeof(type) <= sizeof(u64),			\
		      "MEMBAR_DEFINE_ATOMIC(" #name "): a type of more than 64 bits"); \
	static_assert(sizeof(struct membar_atomic_##name) == sizeof(type), \
		      "MEMBAR_DEFINE_ATOMIC(" #name "): a type aligned to more than its size")

MEMBAR_DEFINE_ATOMIC(u8, u8);
MEMBAR_DEFINE_ATOMIC(u16, u16);
MEMBAR_DEFINE_ATOMIC(u32, u32);
MEMBAR_DEFINE_ATOMIC(u64, u64);
MEMBAR_DEFINE_ATOMIC(s8, s8);
MEMBAR_DEFINE_ATOMIC(s16, s16);
MEMBAR_DEFINE_ATOMIC(s32, s32);
MEMBAR_DEFINE_ATOMIC(s64, s64);
MEMBAR_DEFINE_ATOMIC(bool, bool);
MEMBAR_DEFINE_ATOMIC(char, char);
MEMBAR_DEFINE_ATOMIC(int, int);
MEMBAR_DEFINE_ATOMIC(long, long);
MEMBAR_DEFINE_ATOMIC(ulong, unsigned long);
MEMBAR_DEFINE_ATOMIC(size_t, size_t);

/**
 * membar_atomic() - the type of an atomic variable
 * @name: u8 to u64, s8 to s64, bool, char, int, long, ulong, size_t, or a name
 *     that MEMBAR_DEFINE_ATOMIC() has defined
 *
 * An atomic variable has the size and the alignment of its type; 64 bits are
 * aligned to 8 bytes on i386 too. It is a struct, so code that reads it as a
 * value, assigns to it, or assigns it to another one does not compile. The one
 * thing that the compiler cannot reject is initialising one from another; that
 * is a plain access. Use the operations below, or any other one through
 * membar_atomic_ptr().
 */
#define membar_atomic(name)	struct membar_atomic_##name

/**
 * MEMBAR_ATOMIC_INIT() - initialiser of an atomic variable
 * @v: its initial value
 */
#define MEMBAR_ATOMIC_INIT(v)	{ { (v) } }

/**
 * membar_atomic_ptr() - the raw pointer to the value of an atomic variable
 * @c: pointer to the atomic variable
 *
 * For membar_load() and its kin, and for kernel interfaces that take an
 * address. To dereference it is a plain access.
 *
 * Return: a pointer to the type that @c was defined with.
 */
#define membar_atomic_ptr(c)	(&(c)->__membar_variable)

/**
 * membar_atomic_from_ptr() - the atomic variable that a raw pointer points into
 * @name: as of membar_atomic()
 * @p: pointer to the value, aligned to its size
 *
 * For data that is declared with its plain type, and used as an atomic
 * variable from here on.
 *
 * Return: a pointer to the atomic variable.
 */
#define membar_atomic_from_ptr(name, p)					\
	container_of((p), membar_atomic(name), __membar_variable)

/*
 * Each operation on an atomic variable is the one on its raw pointer.
 */
#define membar_atomic_load(c, ...)					\
	membar_load(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_store(c, ...)					\
	membar_store(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_xchg(c, ...)					\
	membar_xchg(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_cmpxchg(c, ...)					\
	membar_cmpxchg(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_cmpxchg_val(c, ...)				\
	membar_cmpxchg_val(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_try_cmpxchg(c, ...)				\
	membar_try_cmpxchg(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_add(c, ...)					\
	membar_add(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_sub(c, ...)					\
	membar_sub(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_inc(c, ...)					\
	membar_inc(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_dec(c, ...)					\
	membar_dec(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_and(c, ...)					\
	membar_and(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_or(c, ...)					\
	membar_or(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_xor(c, ...)					\
	membar_xor(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_andnot(c, ...)					\
	membar_andnot(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_add_return(c, ...)				\
	membar_add_return(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_sub_return(c, ...)				\
	membar_sub_return(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_inc_return(c, ...)				\
	membar_inc_return(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_dec_return(c, ...)				\
	membar_dec_return(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_fetch_add(c, ...)					\
	membar_fetch_add(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_fetch_sub(c, ...)					\
	membar_fetch_sub(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_fetch_inc(c, ...)					\
	membar_fetch_inc(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_fetch_dec(c, ...)					\
	membar_fetch_dec(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_fetch_and(c, ...)					\
	membar_fetch_and(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_fetch_or(c, ...)					\
	membar_fetch_or(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_fetch_xor(c, ...)					\
	membar_fetch_xor(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_fetch_andnot(c, ...)				\
	membar_fetch_andnot(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_sub_and_test(c, ...)				\
	membar_sub_and_test(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_dec_and_test(c, ...)				\
	membar_dec_and_test(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_inc_and_test(c, ...)				\
	membar_inc_and_test(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_add_negative(c, ...)				\
	membar_add_negative(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_add_unless(c, ...)				\
	membar_add_unless(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_fetch_add_unless(c, ...)				\
	membar_fetch_add_unless(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_inc_not_zero(c, ...)				\
	membar_inc_not_zero(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_inc_unless_negative(c, ...)			\
	membar_inc_unless_negative(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_dec_unless_positive(c, ...)			\
	membar_dec_unless_positive(membar_atomic_ptr(c), __VA_ARGS__)
#define membar_atomic_dec_if_positive(c, ...)				\
	membar_dec_if_positive(membar_atomic_ptr(c), __VA_ARGS__)

#if defined(CONFIG_X86) || defined(CONFIG_UML_X86) ||			\
	defined(CONFIG_ARM64) ||					\
	(defined(CONFIG_ARM) && !defined(CONFIG_CPU_V6))
# define __MEMBAR_FLAG_TYPE	membar_atomic(u8)
#else
# define __MEMBAR_FLAG_TYPE	membar_atomic(u32)
#endif

/**
 * struct membar_flag - a flag of the width that the architecture exchanges best
 *
 * It is a byte if the architecture exchanges a byte with one instruction.
 * Otherwise it is a 32-bit word, because an exchange of a bool would be a loop
 * over the word that contains it. If the flag is only loaded and stored,
 * membar_atomic(bool) is as fast and smaller.
 */
struct membar_flag {
	/* private: */
	__MEMBAR_FLAG_TYPE __membar_flag;
};

/**
 * MEMBAR_FLAG_INIT() - initialiser of a flag
 * @b: whether it is set
 */
#define MEMBAR_FLAG_INIT(b)	{ MEMBAR_ATOMIC_INIT(!!(b)) }

#define __membar_flag_ptr(f)	membar_atomic_ptr(&(f)->__membar_flag)

/**
 * membar_flag_load() - read a flag, see membar_load()
 * @f: the flag
 * @order: MEMBAR_RELAXED or MEMBAR_ACQUIRE
 *
 * Ordering: as membar_load().
 *
 * Pairing: as membar_load().
 *
 * Context: Any.
 *
 * Return: whether it is set.
 */
#define membar_flag_load(f, order...)					\
	((bool)__membar_load("membar_flag_load(" #f ", " #order ")",	\
			     __membar_flag_ptr(f), order))

/**
 * membar_flag_store() - set or clear a flag, see membar_store()
 * @f: the flag
 * @b: whether to set it
 * @order: MEMBAR_RELAXED or MEMBAR_RELEASE
 *
 * Ordering: as membar_store().
 *
 * Pairing: as membar_store().
 *
 * Context: Any.
 */
#define membar_flag_store(f, b, order...)				\
	__membar_store("membar_flag_store(" #f ", ..., " #order ")",	\
		       __membar_flag_ptr(f), !!(b), order)

/**
 * membar_flag_xchg() - set or clear a flag, return what it was
 * @f: the flag
 * @b: whether to set it
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering: as membar_xchg().
 *
 * Pairing: as membar_xchg().
 *
 * Context: Any but noinstr.
 *
 * Return: whether it was set before.
 */
#define membar_flag_xchg(f, b, order...)				\
	((bool)__membar_xchg("membar_flag_xchg(" #f ", ..., " #order ")", \
			     __membar_flag_ptr(f), !!(b), order))

/**
 * membar_flag_cmpxchg() - set or clear a flag that has a given value
 * @f: the flag
 * @old: the value that it must have
 * @new: the value to give it
 * @order: MEMBAR_RELAXED, MEMBAR_ACQUIRE, MEMBAR_RELEASE or MEMBAR_FULL
 *
 * Ordering: as membar_cmpxchg().
 *
 * Pairing: as membar_cmpxchg().
 *
 * Context: Any but noinstr.
 *
 * Return: a struct with @ok, true if @new was stored, and @val, the value that
 * was found.
 */
#define membar_flag_cmpxchg(f, old, new, order...)			\
	__membar_cmpxchg("membar_flag_cmpxchg(" #f ", ..., " #order ")", \
			 __membar_flag_ptr(f), !!(old), !!(new), order)

#endif /* _MEMBAR_H */
