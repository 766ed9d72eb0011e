/* SPDX-License-Identifier: GPL-2.0 */
/*
 * powerpc: lwsync orders all accesses to coherent, cacheable memory except a
 * store against a later load, and is cumulative, which is more than both fences
 * need.  membar uses the kernel's macro, which becomes a sync on the 32-bit
 * parts without lwsync and is patched at boot on e500.
 *
 * Manual: Power ISA Book II, "Memory Barrier Instructions".
 * Kernel: __smp_load_acquire() and __smp_store_release() are __smp_lwsync()
 * next to a plain access, arch/powerpc/include/asm/barrier.h:72-85 (Linux 7.3).
 *
 * isync after a branch would be sufficient for an acquire load, and costs less
 * on some parts.  But it orders only the load that the branch depends on, and a
 * fence has to order all earlier loads.
 */
#ifndef _MEMBAR_ARCH_POWERPC_H
#define _MEMBAR_ARCH_POWERPC_H

#define __membar_cpu_acquire()	__smp_lwsync()
#define __membar_cpu_release()	__smp_lwsync()

/* As __dma_rmb() and, on 64 bits, __dma_wmb(): barrier.h:54-55. */
#define __membar_dma_acquire()	__lwsync()
#define __membar_dma_release()	__lwsync()

#endif /* _MEMBAR_ARCH_POWERPC_H */
