/* SPDX-License-Identifier: GPL-2.0 */
/*
 * RISC-V: the operands of FENCE name the accesses before and after it, so both
 * fences exist as an instruction.
 *
 * Manual: The RISC-V Instruction Set Manual volume I, "Memory Ordering
 * Instructions", and the table that maps C11 fences in the appendix on RVWMO.
 * Kernel: __smp_load_acquire() and __smp_store_release() use the same fences,
 * arch/riscv/include/asm/barrier.h:54-67 (Linux 7.3).
 *
 * dma stays full: dma_rmb() and dma_wmb() are rmb() and wmb() here, with the I/O
 * sets, and no source shows that the memory sets are sufficient.
 */
#ifndef _MEMBAR_ARCH_RISCV_H
#define _MEMBAR_ARCH_RISCV_H

#define __membar_cpu_acquire()	RISCV_FENCE(r, rw)
#define __membar_cpu_release()	RISCV_FENCE(rw, w)

#endif /* _MEMBAR_ARCH_RISCV_H */
