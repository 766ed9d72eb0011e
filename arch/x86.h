/* SPDX-License-Identifier: GPL-2.0 */
/*
 * x86, 32 and 64 bits, and User-Mode Linux on it: total store order.  In
 * write-back memory a processor reorders only a store with a later load, and
 * neither acquire nor release orders that pair.  So the fences only have to stop
 * the compiler.
 *
 * Manual: Intel SDM volume 3A, "Memory Ordering in P6 and More Recent
 * Processor Families"; AMD APM volume 2, "Multiprocessor Memory Access
 * Ordering".
 * Kernel: __smp_load_acquire() and __smp_store_release() in
 * arch/x86/include/asm/barrier.h:59-72 (Linux 7.3) are barrier() next to a plain
 * access.
 *
 * Like these two, the fences do not order non-temporal stores and accesses to
 * write-combining memory, which need MEMBAR_WRITE or MEMBAR_FULL of membar_mb().
 */
#ifndef _MEMBAR_ARCH_X86_H
#define _MEMBAR_ARCH_X86_H

#define __membar_cpu_acquire()	barrier()
#define __membar_cpu_release()	barrier()

/*
 * Devices snoop the caches and so see the same order as a CPU: __dma_rmb() and
 * __dma_wmb() are barrier(), arch/x86/include/asm/barrier.h:52-53.  User-Mode
 * Linux has no such devices and its dma_rmb() is an lfence, so no source shows
 * that a weaker fence is sufficient there.
 */
#ifndef CONFIG_UML
# define __membar_dma_acquire()	barrier()
# define __membar_dma_release()	barrier()
#endif

#endif /* _MEMBAR_ARCH_X86_H */
