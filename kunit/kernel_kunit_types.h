/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The types that the kernel's operations are tried on, and the widths for which
 * each architecture has them: row(name, type, class, ...).
 */
#ifndef _MEMBAR_KERNEL_KUNIT_TYPES_H
#define _MEMBAR_KERNEL_KUNIT_TYPES_H

#include <linux/version.h>

/* As for the other widths, see arch/compat.h, but only this suite calls these. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
# define atomic_long_add_negative_relaxed	atomic_long_add_negative
# define atomic_long_add_negative_acquire	atomic_long_add_negative
# define atomic_long_add_negative_release	atomic_long_add_negative
#endif

#define KERNEL_TYPES_8(row, ...)					\
	row(u8, u8, UNSIGNED, ##__VA_ARGS__)				\
	row(s8, s8, SIGNED, ##__VA_ARGS__)				\
	row(char, char, CHAR, ##__VA_ARGS__)				\
	row(bool, bool, BOOL, ##__VA_ARGS__)

#define KERNEL_TYPES_16(row, ...)					\
	row(u16, u16, UNSIGNED, ##__VA_ARGS__)				\
	row(s16, s16, SIGNED, ##__VA_ARGS__)

#define KERNEL_TYPES_32(row, ...)					\
	row(u32, u32, UNSIGNED, ##__VA_ARGS__)				\
	row(s32, s32, SIGNED, ##__VA_ARGS__)				\
	row(enum, enum atomic_kunit_colour, SIGNED, ##__VA_ARGS__)

#define KERNEL_TYPES_64(row, ...)					\
	row(u64, u64, UNSIGNED, ##__VA_ARGS__)				\
	row(s64, s64, SIGNED, ##__VA_ARGS__)

#define KERNEL_TYPES_WORD(row, ...)					\
	row(ulong, unsigned long, UNSIGNED, ##__VA_ARGS__)		\
	row(long, long, SIGNED, ##__VA_ARGS__)				\
	row(pointer, const char *, POINTER, ##__VA_ARGS__)		\
	row(function, atomic_kunit_fn, POINTER, ##__VA_ARGS__)

#if BITS_PER_LONG == 64
# define KERNEL_TYPES_UP_TO_LONG(row, ...)				\
	KERNEL_TYPES_32(row, ##__VA_ARGS__)				\
	KERNEL_TYPES_64(row, ##__VA_ARGS__)				\
	KERNEL_TYPES_WORD(row, ##__VA_ARGS__)
#else
# define KERNEL_TYPES_UP_TO_LONG(row, ...)				\
	KERNEL_TYPES_32(row, ##__VA_ARGS__)				\
	KERNEL_TYPES_WORD(row, ##__VA_ARGS__)
#endif

/* Loads and stores, which every architecture has in each width. */
#define KERNEL_TYPES_load(row, ...)					\
	KERNEL_TYPES_8(row, ##__VA_ARGS__)				\
	KERNEL_TYPES_16(row, ##__VA_ARGS__)				\
	KERNEL_TYPES_UP_TO_LONG(row, ##__VA_ARGS__)

/* READ_ONCE() and WRITE_ONCE() take long long on 32-bit kernels, too. */
#if BITS_PER_LONG == 64
# define KERNEL_TYPES_once(row, ...)	KERNEL_TYPES_load(row, ##__VA_ARGS__)
#else
# define KERNEL_TYPES_once(row, ...)					\
	KERNEL_TYPES_load(row, ##__VA_ARGS__)				\
	KERNEL_TYPES_64(row, ##__VA_ARGS__)
#endif

/*
 * Some operations disable interrupts, which only a kernel may: tools/kernel-bugs
 * leaves them out of its program.
 */
#ifdef KERNEL_KUNIT_USER
# define KERNEL_TYPES_locked(types, row, ...)
#else
# define KERNEL_TYPES_locked(types, row, ...) types(row, ##__VA_ARGS__)
#endif

/* With cmpxchg_emu_u8() also a byte. */
#ifdef CONFIG_ARCH_NEED_CMPXCHG_1_EMU
# define KERNEL_TYPES_emulated(row, ...)				\
	KERNEL_TYPES_8(row, ##__VA_ARGS__)				\
	KERNEL_TYPES_UP_TO_LONG(row, ##__VA_ARGS__)
#else
# define KERNEL_TYPES_emulated(row, ...)				\
	KERNEL_TYPES_UP_TO_LONG(row, ##__VA_ARGS__)
#endif

/*
 * The widths below a word that an architecture lacks end in a link error, so this
 * list can miss a width, but cannot claim one.
 */
#if !defined(MEMBAR_NO_NARROW_CMPXCHG)
# define KERNEL_TYPES_xchg(row, ...)	KERNEL_TYPES_load(row, ##__VA_ARGS__)
# define KERNEL_TYPES_cmpxchg(row, ...)	KERNEL_TYPES_load(row, ##__VA_ARGS__)
/* openrisc has none, see kernel_bugs.c; for the other one see Makefile.kernel. */
# if defined(CONFIG_OPENRISC) && !defined(arch_cmpxchg_local)
#  define KERNEL_TYPES_local(row, ...)
# elif defined(KERNEL_KUNIT_NO_LOCAL_16)
#  define KERNEL_TYPES_local(row, ...)					\
	KERNEL_TYPES_8(row, ##__VA_ARGS__)				\
	KERNEL_TYPES_UP_TO_LONG(row, ##__VA_ARGS__)
# else
#  define KERNEL_TYPES_local(row, ...)	KERNEL_TYPES_load(row, ##__VA_ARGS__)
# endif
#elif defined(CONFIG_SPARC64)
# define KERNEL_TYPES_xchg(row, ...)					\
	KERNEL_TYPES_16(row, ##__VA_ARGS__)				\
	KERNEL_TYPES_UP_TO_LONG(row, ##__VA_ARGS__)
# define KERNEL_TYPES_cmpxchg(row, ...)					\
	KERNEL_TYPES_8(row, ##__VA_ARGS__)				\
	KERNEL_TYPES_UP_TO_LONG(row, ##__VA_ARGS__)
# define KERNEL_TYPES_local(row, ...)					\
	KERNEL_TYPES_locked(KERNEL_TYPES_8, row, ##__VA_ARGS__)		\
	KERNEL_TYPES_locked(KERNEL_TYPES_16, row, ##__VA_ARGS__)	\
	KERNEL_TYPES_UP_TO_LONG(row, ##__VA_ARGS__)
#elif defined(CONFIG_SUPERH) || defined(CONFIG_XTENSA)
# define KERNEL_TYPES_xchg(row, ...)	KERNEL_TYPES_load(row, ##__VA_ARGS__)
# define KERNEL_TYPES_cmpxchg(row, ...)	KERNEL_TYPES_emulated(row, ##__VA_ARGS__)
# define KERNEL_TYPES_local(row, ...)					\
	KERNEL_TYPES_locked(KERNEL_TYPES_load, row, ##__VA_ARGS__)
#else
# define KERNEL_TYPES_xchg(row, ...)					\
	KERNEL_TYPES_UP_TO_LONG(row, ##__VA_ARGS__)
# define KERNEL_TYPES_cmpxchg(row, ...)	KERNEL_TYPES_emulated(row, ##__VA_ARGS__)
# define KERNEL_TYPES_local(row, ...)					\
	KERNEL_TYPES_UP_TO_LONG(row, ##__VA_ARGS__)
#endif

/*
 * cmpxchg64() is a macro on every architecture. Some have nothing for it to call,
 * riscv32 has an instruction that its assembler refuses, and mips has it on several
 * CPUs only if they have 64 bits.
 */
#if (defined(CONFIG_RISCV) && BITS_PER_LONG == 32) ||			\
	(defined(CONFIG_MIPS) && BITS_PER_LONG == 32 && defined(CONFIG_SMP))
# define KERNEL_TYPES_cmpxchg64(row, ...)
#elif defined(CONFIG_M68K)
# define KERNEL_TYPES_cmpxchg64(row, ...)				\
	KERNEL_TYPES_locked(KERNEL_TYPES_64, row, ##__VA_ARGS__)
#elif defined(arch_cmpxchg64) ||					\
	(LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0) &&		\
	 defined(arch_cmpxchg64_relaxed))
# define KERNEL_TYPES_cmpxchg64(row, ...) KERNEL_TYPES_64(row, ##__VA_ARGS__)
#else
# define KERNEL_TYPES_cmpxchg64(row, ...)
#endif

#if !defined(arch_cmpxchg64_local) || defined(KERNEL_KUNIT_NO_LOCAL64) ||	\
	(defined(CONFIG_RISCV) && BITS_PER_LONG == 32)
# define KERNEL_TYPES_local64(row, ...)
#elif BITS_PER_LONG == 64 || defined(CONFIG_ARM) || defined(CONFIG_X86)
# define KERNEL_TYPES_local64(row, ...)	KERNEL_TYPES_64(row, ##__VA_ARGS__)
#else
# define KERNEL_TYPES_local64(row, ...)					\
	KERNEL_TYPES_locked(KERNEL_TYPES_64, row, ##__VA_ARGS__)
#endif

/* The generic atomic64_t takes a spinlock. */
#ifdef CONFIG_GENERIC_ATOMIC64
# define KERNEL_TYPES_atomic64(types, row, ...)				\
	KERNEL_TYPES_locked(types, row, ##__VA_ARGS__)
#else
# define KERNEL_TYPES_atomic64(types, row, ...) types(row, ##__VA_ARGS__)
#endif

/* Since 6.5. */
#ifdef try_cmpxchg_local
# define KERNEL_TYPES_try_local(row, ...) KERNEL_TYPES_local(row, ##__VA_ARGS__)
#else
# define KERNEL_TYPES_try_local(row, ...)
#endif

/* Since 6.0. */
#if defined(try_cmpxchg64)
# define KERNEL_TYPES_try64(row, ...)	KERNEL_TYPES_cmpxchg64(row, ##__VA_ARGS__)
#else
# define KERNEL_TYPES_try64(row, ...)
#endif

#endif /* _MEMBAR_KERNEL_KUNIT_TYPES_H */
