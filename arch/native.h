/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Makes barriers of the bare fences that an architecture's header defines:
 *
 *	__membar_cpu_acquire()	R -> RW between CPUs
 *	__membar_cpu_release()	RW -> W between CPUs
 *	__membar_dma_acquire()	R -> RW towards a device, coherent memory
 *	__membar_dma_release()	RW -> W towards a device, coherent memory
 *
 * The rest is done here once, and as asm-generic/barrier.h does it: KCSAN
 * learns of each barrier, smp is a compiler barrier on a kernel with one CPU,
 * virt is not.  To KCSAN, which delays an access and never hastens one, an
 * acquire fence is a read barrier: prior reads may not be delayed past it.
 *
 * __MEMBAR_NATIVE says that some of them are in use, for IS_ENABLED().
 */
#ifndef _MEMBAR_ARCH_NATIVE_H
#define _MEMBAR_ARCH_NATIVE_H

#include <linux/compiler.h>
#include <linux/kcsan-checks.h>

#ifdef __membar_cpu_acquire
# define __MEMBAR_NATIVE	1
# define __membar_virt_mb_acquire()					\
	do { kcsan_rmb(); __membar_cpu_acquire(); } while (0)
# ifdef CONFIG_SMP
#  define __membar_smp_mb_acquire()	__membar_virt_mb_acquire()
# else
#  define __membar_smp_mb_acquire()	barrier()
# endif
#endif

#ifdef __membar_cpu_release
# define __membar_virt_mb_release()					\
	do { kcsan_release(); __membar_cpu_release(); } while (0)
# ifdef CONFIG_SMP
#  define __membar_smp_mb_release()	__membar_virt_mb_release()
# else
#  define __membar_smp_mb_release()	barrier()
# endif
#endif

#ifdef __membar_dma_acquire
# define __membar_dma_mb_acquire()					\
	do { kcsan_rmb(); __membar_dma_acquire(); } while (0)
#endif

#ifdef __membar_dma_release
# define __membar_dma_mb_release()					\
	do { kcsan_release(); __membar_dma_release(); } while (0)
#endif

#endif /* _MEMBAR_ARCH_NATIVE_H */
