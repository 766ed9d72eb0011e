/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between kernel versions, and what an architecture lacks, of the
 * atomic operations.
 */
#ifndef _MEMBAR_ARCH_COMPAT_H
#define _MEMBAR_ARCH_COMPAT_H

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/version.h>

/*
 * xchg() and cmpxchg() of 8 and 16 bits, both, native or emulated by the
 * kernel.  Elsewhere one of the four is missing, and what the kernel makes of
 * it ranges from a link error to the wrong width: refuse them all.
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
/* In a loop over the word around it. */
#else
# define MEMBAR_NO_NARROW_CMPXCHG
#endif

/*
 * What a bool is exchanged as.  powerpc's macros may return the bytes beside it
 * too: cut to u8 they are gone, and made a bool they are true.
 */
#ifdef CONFIG_PPC
# define __MEMBAR_BOOL	u8
#else
# define __MEMBAR_BOOL	bool
#endif

/*
 * What add_unless() must not find.  Where its loop compares whole registers
 * with an int that was loaded with its sign, so must this be; but of an int that
 * is cut out of 64 bits the compiler leaves the upper half as it was.
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

/* Fully ordered only, until then. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
# define atomic_add_negative_relaxed	atomic_add_negative
# define atomic_add_negative_acquire	atomic_add_negative
# define atomic_add_negative_release	atomic_add_negative
# define atomic64_add_negative_relaxed	atomic64_add_negative
# define atomic64_add_negative_acquire	atomic64_add_negative
# define atomic64_add_negative_release	atomic64_add_negative
#endif

/* Cleared one bit and took its number, until then. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
static __always_inline bool
xor_unlock_is_negative_byte(unsigned long mask, volatile unsigned long *word)
{
	return atomic_long_fetch_xor_release(mask, (atomic_long_t *)word) & 0x80;
}
#endif

#endif /* _MEMBAR_ARCH_COMPAT_H */
