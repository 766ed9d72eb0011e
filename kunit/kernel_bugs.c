// SPDX-License-Identifier: GPL-2.0
/*
 * The known bugs of the kernel's own operations.  Documentation/kernel-bugs.rst
 * has the same names, with the cause of each; tools/kernel-patches has patches.
 */
#include <linux/version.h>

#include "kernel_kunit.h"

#ifdef CONFIG_RISCV_ISA_ZABHA
# include <asm/hwcap.h>
# include <asm/cpufeature.h>
#endif

/* Compares with, or exchanges, a value that was passed as a negative one. */
static bool is_narrow_signed(const struct atomic_kunit_row *row)
{
	return row->class == SIGNED && row->bytes < 4;
}

static bool is_cmpxchg(const struct atomic_kunit_row *row)
{
	return row->op == ATOMIC_KUNIT_OP_cmpxchg ||
	       row->op == ATOMIC_KUNIT_OP_try_cmpxchg;
}

/* A comparison with a negative value, which is in memory, fails. */
static bool misses_negative(const struct kernel_kunit_row *row,
			    const struct atomic_kunit_try *t)
{
	return is_cmpxchg(&row->row) && is_narrow_signed(&row->row) &&
	       (s64)t->a < 0 && t->old == t->a;
}

/* The same for every expected value with other bits in its register. */
static bool misses_wide(const struct kernel_kunit_row *row,
			const struct atomic_kunit_try *t)
{
	return is_cmpxchg(&row->row) && row->row.bytes < 4 && t->old == t->a &&
	       (t->spoiled || (s64)t->a < 0);
}

static bool misses_uppermost(const struct kernel_kunit_row *row,
			     const struct atomic_kunit_try *t)
{
	return is_cmpxchg(&row->row) && row->row.class == UNSIGNED &&
	       row->row.bytes == 4 && t->old == t->a && (s32)t->a < 0;
}

static bool misses_any_32(const struct kernel_kunit_row *row,
			  const struct atomic_kunit_try *t)
{
	return misses_uppermost(row, t) ||
	       (is_cmpxchg(&row->row) && row->row.bytes == 4 &&
		t->old == t->a && t->spoiled);
}

/* An int is not taken for the value that excludes the addition. */
static bool adds_to_excluded(const struct kernel_kunit_row *row,
			     const struct atomic_kunit_try *t)
{
	return (row->row.op == ATOMIC_KUNIT_OP_add_unless ||
		row->row.op == ATOMIC_KUNIT_OP_fetch_add_unless) &&
	       row->row.bytes == 4 && t->old == t->b && t->spoiled;
}

static bool misses_negative_byte(const struct kernel_kunit_row *row,
				 const struct atomic_kunit_try *t)
{
	return misses_negative(row, t) && row->row.bytes == 1 &&
	       !strstarts(row->macro, "cmpxchg_local");
}

static bool misses_negative_local(const struct kernel_kunit_row *row,
				  const struct atomic_kunit_try *t)
{
	return misses_negative(row, t) && strstarts(row->macro, "cmpxchg_local");
}

/* A negative value is stored, and its sign into the bytes after it. */
static bool cmpxchg_spills(const struct kernel_kunit_row *row,
			   const struct atomic_kunit_try *t)
{
	return is_cmpxchg(&row->row) && is_narrow_signed(&row->row) &&
	       t->old == t->a && (s64)t->b < 0;
}

static bool xchg_spills(const struct kernel_kunit_row *row,
			const struct atomic_kunit_try *t)
{
	return row->row.op == ATOMIC_KUNIT_OP_xchg &&
	       is_narrow_signed(&row->row) && (s64)t->a < 0;
}

/* A bool is read with other bytes of the word, which make it true. */
static bool reads_neighbours(const struct kernel_kunit_row *row,
			     const struct atomic_kunit_try *t)
{
	return row->row.class == BOOL && !t->old &&
	       (row->row.op == ATOMIC_KUNIT_OP_xchg || is_cmpxchg(&row->row));
}

static bool returns_a_value(const struct kernel_kunit_fence *fence)
{
	return strstarts(fence->macro, "cmpxchg") ||
	       strstarts(fence->macro, "atomic_") ||
	       strstarts(fence->macro, "test_and_");
}

static bool on_arm(void)
{
	return IS_ENABLED(CONFIG_ARM) && !IS_ENABLED(CONFIG_CPU_V6);
}

static bool on_riscv_narrow(void)
{
#if !defined(CONFIG_RISCV) || defined(MEMBAR_NO_NARROW_CMPXCHG)
	return false;
#elif defined(CONFIG_RISCV_ISA_ZABHA)
	return !riscv_has_extension_unlikely(RISCV_ISA_EXT_ZABHA);
#else
	return true;
#endif
}

/* The comparison needs Zacas, too. */
static bool on_riscv_narrow_cmpxchg(void)
{
#if !defined(CONFIG_RISCV) || defined(MEMBAR_NO_NARROW_CMPXCHG)
	return false;
#elif defined(CONFIG_RISCV_ISA_ZABHA) && defined(CONFIG_RISCV_ISA_ZACAS)
	return on_riscv_narrow() ||
	       !riscv_has_extension_unlikely(RISCV_ISA_EXT_ZACAS);
#else
	return true;
#endif
}

static bool on_riscv64(void)
{
	return IS_ENABLED(CONFIG_RISCV) && IS_ENABLED(CONFIG_64BIT);
}

static bool on_old_riscv64(void)
{
	return on_riscv64() && LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0);
}

/* The functions that return a byte as one came with the macro. */
static bool on_old_s390(void)
{
#if defined(CONFIG_S390) && !defined(arch_try_cmpxchg_local)
	return true;
#else
	return false;
#endif
}

static bool on_loongarch64(void)
{
	return IS_ENABLED(CONFIG_LOONGARCH) && IS_ENABLED(CONFIG_64BIT);
}

static bool on_powerpc(void)
{
	return IS_ENABLED(CONFIG_PPC);
}

static bool on_powerpc_without_lbarx(void)
{
	return IS_ENABLED(CONFIG_PPC) && !IS_ENABLED(CONFIG_PPC_HAS_LBARX_LHARX);
}

static bool on_powerpc_with_lbarx(void)
{
	return IS_ENABLED(CONFIG_PPC_HAS_LBARX_LHARX);
}

/* Makefile.kernel looks at the kernel's source. */
static bool local_16_does_not_assemble(void)
{
#ifdef KERNEL_KUNIT_NO_LOCAL_16
	return true;
#else
	return false;
#endif
}

static bool on_alpha(void)
{
	return IS_ENABLED(CONFIG_ALPHA);
}

/* The same. */
static bool local_64_has_no_pointer(void)
{
#ifdef KERNEL_KUNIT_NO_LOCAL64
	return true;
#else
	return false;
#endif
}

static bool with_emulated_byte(void)
{
	return IS_ENABLED(CONFIG_ARCH_NEED_CMPXCHG_1_EMU);
}

static bool with_generic_local(void)
{
	return LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0) &&
	       (IS_ENABLED(CONFIG_SPARC) || IS_ENABLED(CONFIG_SUPERH));
}

/* Where the byte is part of a word that is exchanged. */
static bool on_sh_with_words(void)
{
	return IS_ENABLED(CONFIG_SUPERH) && !IS_ENABLED(CONFIG_GUSA_RB) &&
	       (IS_ENABLED(CONFIG_CPU_SH4A) ||
		(IS_ENABLED(CONFIG_CPU_J2) && IS_ENABLED(CONFIG_SMP)));
}

static bool on_openrisc(void)
{
	return IS_ENABLED(CONFIG_OPENRISC);
}

static bool local_is_missing(void)
{
#ifdef arch_cmpxchg_local
	return false;
#else
	return true;
#endif
}

static bool on_xtensa(void)
{
	return IS_ENABLED(CONFIG_XTENSA);
}

/* Otherwise the same is done with interrupts off, which stops the compiler. */
static bool on_m68k(void)
{
	return IS_ENABLED(CONFIG_M68K) && IS_ENABLED(CONFIG_RMW_INSNS);
}

const struct kernel_bug kernel_bugs[KERNEL_BUGS_NR] = {
	{
		.name = "arm-cmpxchg-signed",
		.text = "arm: cmpxchg() of a negative s8 or s16 stores nothing and returns success",
		.since = "before 5.10",
		.here = on_arm,
		.explains = misses_negative,
	},
	{
		.name = "alpha-cmpxchg-narrow",
		.text = "alpha: cmpxchg() of 8 or 16 bits, if the register has other bits above them, stores nothing and returns success",
		.since = "before 5.10",
		.here = on_alpha,
		.explains = misses_wide,
		.may_hide = true,
	},
	{
		.name = "alpha-cmpxchg64-local",
		.text = "alpha: cmpxchg64_local() uses a pointer that is not initialised",
		.since = "after 5.10, in 6.1",
		.here = on_alpha,
		.unusable = local_64_has_no_pointer,
	},
	{
		.name = "riscv-cmpxchg-signed",
		.text = "riscv without Zabha and Zacas: cmpxchg() of a negative s8 or s16 stores nothing and returns success",
		.since = "after 6.1, in 6.12",
		.here = on_riscv_narrow_cmpxchg,
		.explains = misses_negative,
	},
	{
		.name = "riscv-cmpxchg-neighbours",
		.text = "riscv without Zabha and Zacas: cmpxchg() to a negative s8 or s16 overwrites the bytes after it",
		.since = "after 6.1, in 6.12",
		.here = on_riscv_narrow_cmpxchg,
		.explains = cmpxchg_spills,
	},
	{
		.name = "riscv-xchg-neighbours",
		.text = "riscv without Zabha: xchg() of a negative s8 or s16 overwrites the bytes after it",
		.since = "after 6.1, in 6.12",
		.here = on_riscv_narrow,
		.explains = xchg_spills,
	},
	{
		.name = "riscv-cmpxchg-u32",
		.text = "riscv64: cmpxchg() of an unsigned type of 32 bits stores nothing if the value has the uppermost bit, and returns success",
		.since = "before 5.10, until 6.1, not in 6.12",
		.here = on_old_riscv64,
		.explains = misses_uppermost,
	},
	{
		.name = "riscv-add-unless-int",
		.text = "riscv64: atomic_add_unless(), if the register of the excluded value has other bits above its 32, adds to it",
		.since = "before 5.10",
		.here = on_riscv64,
		.explains = adds_to_excluded,
		.may_hide = true,
	},
	{
		.name = "loongarch-cmpxchg-32",
		.text = "loongarch64: cmpxchg() of 32 bits, if the register is not extended by the sign, stores nothing and returns success",
		.since = "after 5.10, in 6.1",
		.here = on_loongarch64,
		.explains = misses_any_32,
		.may_hide = true,
	},
	{
		.name = "loongarch-add-unless-int",
		.text = "loongarch64: atomic_add_unless(), if the register of the excluded value has other bits above its 32, adds to it",
		.since = "after 5.10, in 6.1",
		.here = on_loongarch64,
		.explains = adds_to_excluded,
		.may_hide = true,
	},
	{
		.name = "powerpc-cmpxchg-signed",
		.text = "powerpc: cmpxchg() of a negative s8 or s16 stores nothing and returns success",
		.since = "before 5.10",
		.here = on_powerpc,
		.explains = misses_negative,
	},
	{
		.name = "powerpc-cmpxchg-neighbours",
		.text = "powerpc without lbarx: cmpxchg() to a negative s8 or s16 overwrites bytes beside it",
		.since = "before 5.10",
		.here = on_powerpc_without_lbarx,
		.explains = cmpxchg_spills,
	},
	{
		.name = "powerpc-xchg-neighbours",
		.text = "powerpc without lbarx: xchg() of a negative s8 or s16 overwrites bytes beside it",
		.since = "before 5.10",
		.here = on_powerpc_without_lbarx,
		.explains = xchg_spills,
	},
	{
		.name = "powerpc-bool-neighbours",
		.text = "powerpc without lbarx: xchg() and cmpxchg() of a bool return true if a byte beside it is not 0",
		.since = "before 5.10",
		.here = on_powerpc_without_lbarx,
		.explains = reads_neighbours,
	},
	{
		.name = "powerpc-cmpxchg-local-16",
		.text = "powerpc with lharx: cmpxchg_local() of 16 bits does not assemble",
		.since = "after 6.1, in 6.12",
		.here = on_powerpc_with_lbarx,
		.unusable = local_16_does_not_assemble,
	},
	{
		.name = "s390-bool-neighbours",
		.text = "s390: xchg() and cmpxchg() of a bool return true if a byte beside it is not 0",
		.since = "after 5.10, in 6.1 and 6.12, not in 7.3",
		.here = on_old_s390,
		.explains = reads_neighbours,
	},
	{
		.name = "emulated-cmpxchg-signed",
		.text = "arc, armv6, csky, sh, xtensa: cmpxchg() of a negative s8 stores nothing and returns success",
		.since = "after 6.1, in 6.12",
		.here = with_emulated_byte,
		.explains = misses_negative_byte,
	},
	{
		.name = "generic-cmpxchg-local-signed",
		.text = "sh, sparc: cmpxchg_local() of a negative s8 or s16 stores nothing and returns success",
		.since = "before 5.10, until 6.1, not in 6.12",
		.here = with_generic_local,
		.explains = misses_negative_local,
	},
	{
		.name = "sh-xchg-neighbours",
		.text = "sh4a, j2: xchg() of a negative s8 or s16 overwrites bytes beside it",
		.since = "before 5.10",
		.here = on_sh_with_words,
		.explains = xchg_spills,
	},
	{
		.name = "openrisc-cmpxchg-local",
		.text = "openrisc: cmpxchg_local() does not compile",
		.since = "until 7.3 at least",
		.here = on_openrisc,
		.unusable = local_is_missing,
	},
	{
		.name = "openrisc-cmpxchg-signed",
		.text = "openrisc: cmpxchg() of a negative s8 or s16 stores nothing and returns success",
		.since = "before 5.10",
		.here = on_openrisc,
		.explains = misses_negative,
	},
	{
		.name = "openrisc-cmpxchg-neighbours",
		.text = "openrisc: cmpxchg() to a negative s8 or s16 overwrites bytes beside it",
		.since = "before 5.10",
		.here = on_openrisc,
		.explains = cmpxchg_spills,
	},
	{
		.name = "openrisc-xchg-neighbours",
		.text = "openrisc: xchg() of a negative s8 or s16 overwrites bytes beside it",
		.since = "before 5.10",
		.here = on_openrisc,
		.explains = xchg_spills,
	},
	{
		.name = "xtensa-xchg-neighbours",
		.text = "xtensa: xchg() of a negative s8 or s16 overwrites bytes beside it",
		.since = "before 5.10",
		.here = on_xtensa,
		.explains = xchg_spills,
	},
	{
		.name = "m68k-no-compiler-barrier",
		.text = "m68k: cmpxchg(), atomic_add_return() and others do not stop the compiler",
		.since = "before 5.10",
		.here = on_m68k,
		.unordered = returns_a_value,
		.may_hide = true,
	},
};
