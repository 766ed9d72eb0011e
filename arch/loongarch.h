/* SPDX-License-Identifier: GPL-2.0 */
/*
 * LoongArch: DBAR takes a hint that names what comes before and what comes
 * after; the two that are wanted have names in the kernel.  A processor that
 * does not know a hint takes it for the full barrier.
 *
 * Manual: LoongArch Reference Manual volume 1, "DBAR", and the encoding in
 * arch/loongarch/include/asm/barrier.h:8-20 (Linux 7.3).
 * Kernel: __smp_load_acquire() and __smp_store_release() use ldacq_mb() and
 * strel_mb(), lines 88-101.  Linux 6.1 has neither, and gets full barriers.
 *
 * dma stays full: the architecture has no dma_rmb() of its own, and what it
 * falls back to waits for completion.
 */
#ifndef _MEMBAR_ARCH_LOONGARCH_H
#define _MEMBAR_ARCH_LOONGARCH_H

#ifdef ldacq_mb
# define __membar_cpu_acquire()	ldacq_mb()
#endif
#ifdef strel_mb
# define __membar_cpu_release()	strel_mb()
#endif

#endif /* _MEMBAR_ARCH_LOONGARCH_H */
