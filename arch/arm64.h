/* SPDX-License-Identifier: GPL-2.0 */
/*
 * arm64: a DMB restricted to loads orders the loads before it against loads
 * and stores after it, which is an acquire fence.  The kernel names it
 * smp_rmb(), and promises less for that name.
 *
 * Manual: Arm ARM (DDI 0487), "Data Memory Barrier (DMB)" and the definition of
 * Barrier-ordered-before: DMB LD has R on the left, any access on the right;
 * DMB ST has W on both.  So no DMB but the full one has reads before and writes
 * after, and a release fence remains a full barrier.
 * Kernel: __smp_rmb() and __dma_rmb() are dmb ishld and dmb oshld,
 * arch/arm64/include/asm/barrier.h:65,127 (Linux 7.3); that dmb oshld holds
 * back later writes too is what readl() relies on, arch/arm64/include/asm/io.h:107.
 */
#ifndef _MEMBAR_ARCH_ARM64_H
#define _MEMBAR_ARCH_ARM64_H

#define __membar_cpu_acquire()	__smp_rmb()
#define __membar_dma_acquire()	__dma_rmb()

#endif /* _MEMBAR_ARCH_ARM64_H */
