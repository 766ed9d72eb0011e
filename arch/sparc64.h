/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sparc64: the kernel runs in total store order (TSO) always, where only a
 * load may pass earlier stores.  Neither fence orders that pair.
 *
 * Manual: The SPARC Architecture Manual version 9, "Memory Models", section
 * 8.4 and appendix D.
 * Kernel: __smp_load_acquire() and __smp_store_release() in
 * arch/sparc/include/asm/barrier_64.h:41-54 (Linux 7.3) are barrier() next to a
 * plain access.
 *
 * dma stays full.  dma_rmb() and dma_wmb() are compiler barriers, but they only
 * order reads against reads and writes against writes.  Neither shows that a
 * device sees a read ordered against a later write.
 */
#ifndef _MEMBAR_ARCH_SPARC64_H
#define _MEMBAR_ARCH_SPARC64_H

#define __membar_cpu_acquire()	barrier()
#define __membar_cpu_release()	barrier()

#endif /* _MEMBAR_ARCH_SPARC64_H */
