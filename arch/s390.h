/* SPDX-License-Identifier: GPL-2.0 */
/*
 * s390: a CPU's storage operand references appear in program order, except
 * that a fetch may precede earlier stores.  Neither fence orders that pair.
 *
 * Manual: z/Architecture Principles of Operation, "Storage-Operand Fetch
 * References" and "Storage-Operand Store References" in chapter 5.
 * Kernel: __smp_load_acquire() and __smp_store_release() in
 * arch/s390/include/asm/barrier.h:36-49 (Linux 7.3) are barrier() next to a plain
 * access.
 *
 * dma stays full: __dma_rmb() and __dma_wmb() are serialising there.
 */
#ifndef _MEMBAR_ARCH_S390_H
#define _MEMBAR_ARCH_S390_H

#define __membar_cpu_acquire()	barrier()
#define __membar_cpu_release()	barrier()

#endif /* _MEMBAR_ARCH_S390_H */
