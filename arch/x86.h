/* SPDX-License-Identifier: GPL-2.0 */
/*
 * x86, 32 and 64 bits, and User-Mode Linux on it: total store order.  In
 * write-back memory a processor lets nothing pass but a load its own earlier
 * stores, and neither acquire nor release orders a store against a later load.
 * What is left to hold back is the compiler.
 *
 * Manual: Intel SDM volume 3A, "Memory Ordering in P6 and More Recent
 * Processor Families"; AMD APM volume 2, "Multiprocessor Memory Access
 * Ordering".
 * Kernel: __smp_load_acquire() and __smp_store_release() in
 * arch/x86/include/asm/barrier.h:59-72 (Linux 7.3) are barrier() beside a plain
 * access.
 *
 * Not covered, by those two no more than by this: non-temporal stores and
 * write-combining memory, which want MEMBAR_WRITE or MEMBAR_FULL of membar_mb().
 */
#ifndef _MEMBAR_ARCH_X86_H
#define _MEMBAR_ARCH_X86_H

#define __membar_cpu_acquire()	barrier()
#define __membar_cpu_release()	barrier()

/*
 * Devices snoop the caches and so see the same order as a CPU: __dma_rmb() and
 * __dma_wmb() are barrier(), arch/x86/include/asm/barrier.h:52-53.  User-Mode
 * Linux has no such devices, its dma_rmb() is an lfence, and nothing there
 * shows that less is enough.
 */
#ifndef CONFIG_UML
# define __membar_dma_acquire()	barrier()
# define __membar_dma_release()	barrier()
#endif

#endif /* _MEMBAR_ARCH_X86_H */
