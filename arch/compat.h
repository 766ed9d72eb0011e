/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fallbacks for headers and atomic operations that a kernel version or an
 * architecture lacks.  The oldest kernel is 5.10.
 */
#ifndef _MEMBAR_ARCH_COMPAT_H
#define _MEMBAR_ARCH_COMPAT_H

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/version.h>

/* Headers that were split off from <linux/kernel.h> in 5.11 and 5.16. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 16, 0)
# include <linux/align.h>
# include <linux/container_of.h>
#else
# include <linux/kernel.h>
#endif

/*
 * The architectures on which the kernel has xchg() and cmpxchg() of both 8 and 16
 * bits, native or emulated.  On the others at least one of the four is missing,
 * and using it ends in anything from a link error to an access of the wrong
 * width, so membar refuses them all.
 */
#if defined(CONFIG_X86) || defined(CONFIG_UML_X86) ||			\
	defined(CONFIG_ARM64) || defined(CONFIG_PPC) ||			\
	defined(CONFIG_S390) || defined(CONFIG_MIPS) ||			\
	defined(CONFIG_LOONGARCH) || defined(CONFIG_OPENRISC) ||	\
	defined(CONFIG_M68K) || defined(CONFIG_ALPHA)
/* All four, in every kernel since 6.1. */
#elif defined(CONFIG_ARM) && !defined(CONFIG_CPU_V6)
/* LDREXB and LDREXH came with ARMv6K. */
#elif defined(CONFIG_RISCV) && defined(__arch_cmpxchg_masked) &&	\
	defined(__arch_xchg_masked)
/* Emulated by a loop over the containing word. */
#else
# define MEMBAR_NO_NARROW_CMPXCHG
#endif

/*
 * The value that stops add_unless().  On some architectures its loop compares
 * whole registers with an int that was sign-extended when it was loaded, so this
 * value has to be sign-extended, too.  For an int that was truncated from 64 bits
 * the compiler would leave the upper half unchanged.
 */
#if defined(CONFIG_64BIT) && (defined(CONFIG_RISCV) ||			\
			      defined(CONFIG_LOONGARCH) || defined(CONFIG_ALPHA))
# define __membar_compared(u) ({					\
	long __membar_reg = __membar_signed(u);				\
									\
	OPTIMIZER_HIDE_VAR(__membar_reg);				\
	__membar_reg;							\
})
#else
# define __membar_compared(u)	(u)
#endif

/*
 * The type that 32 bits are exchanged as.  On riscv64 cmpxchg() of 6.1 extends the
 * expected value as its type says, and compares it with what lr.w extended by its
 * sign: of an unsigned type it misses each value with the uppermost bit.  6.12 does not.
 * That of loongarch64 compares the same, and does not extend the value at all.
 */
#if defined(CONFIG_64BIT) &&						\
	(defined(CONFIG_LOONGARCH) ||					\
	 (defined(CONFIG_RISCV) && LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)))
# define __membar_exchanged_32	s32
#else
# define __membar_exchanged_32	u32
#endif

/*
 * Extends *@old, the value that a cmpxchg() expects, to a whole register.  That of 8
 * and 16 bits on alpha, and of 32 on loongarch64, compares a whole register, and the
 * compiler puts a value into one without extending it, if it was truncated before.
 */
#if defined(CONFIG_ALPHA) ||						\
	(defined(CONFIG_LOONGARCH) && defined(CONFIG_64BIT))
# define __membar_extend(old) ({					\
	__auto_type __membar_old = (old);				\
	unsigned long __membar_reg = (unsigned long)*__membar_old;	\
									\
	OPTIMIZER_HIDE_VAR(__membar_reg);				\
	*__membar_old = (typeof(*__membar_old))__membar_reg;		\
})
#else
# define __membar_extend(old)	((void)(old))
#endif

/* Older kernels have it fully ordered only. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
# define atomic_add_negative_relaxed	atomic_add_negative
# define atomic_add_negative_acquire	atomic_add_negative
# define atomic_add_negative_release	atomic_add_negative
# define atomic64_add_negative_relaxed	atomic64_add_negative
# define atomic64_add_negative_acquire	atomic64_add_negative
# define atomic64_add_negative_release	atomic64_add_negative
#endif

/* 5.10 has it on x86 only, and without orders. */
#ifdef try_cmpxchg
# ifndef try_cmpxchg_relaxed
#  define try_cmpxchg_relaxed	try_cmpxchg
#  define try_cmpxchg_acquire	try_cmpxchg
#  define try_cmpxchg_release	try_cmpxchg
# endif
#else
# define __membar_compat_try(exchange, p, old, new) ({			\
	__auto_type __membar_old = (old);				\
	__auto_type __membar_want = *__membar_old;			\
									\
	*__membar_old = exchange(p, __membar_want, new);		\
	likely(*__membar_old == __membar_want);				\
})
# define try_cmpxchg(p, old, new)					\
	__membar_compat_try(cmpxchg, p, old, new)
# define try_cmpxchg_relaxed(p, old, new)				\
	__membar_compat_try(cmpxchg_relaxed, p, old, new)
# define try_cmpxchg_acquire(p, old, new)				\
	__membar_compat_try(cmpxchg_acquire, p, old, new)
# define try_cmpxchg_release(p, old, new)				\
	__membar_compat_try(cmpxchg_release, p, old, new)
#endif

/* Since 6.0; some stable kernels have it earlier. */
#ifndef test_bit_acquire
# define test_bit_acquire(nr, addr) ({					\
	long __membar_nr = (nr);					\
	const unsigned long *__membar_word =				\
		(const unsigned long *)(addr) + BIT_WORD(__membar_nr);	\
									\
	!!(smp_load_acquire(__membar_word) & BIT_MASK(__membar_nr));	\
})
#endif

/* Since 5.17.  It is a hint, and a kernel without it gives none. */
#ifndef io_stop_wc
# define io_stop_wc()	do { } while (0)
#endif

/* In older kernels it took the number of a bit and cleared that bit. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
static __always_inline bool
xor_unlock_is_negative_byte(unsigned long mask, volatile unsigned long *word)
{
	return atomic_long_fetch_xor_release(mask, (atomic_long_t *)word) & 0x80;
}
#endif

#endif /* _MEMBAR_ARCH_COMPAT_H */
