/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lists of membar.h as calls of the macros of membar.rs.
 *
 * Each row of a list becomes one macro call, so that the Rust interface has the
 * functions that membar.ko exports, no more and no fewer.  Kbuild keeps only the
 * lines after the mark below.
 */
#include "membar.h"

/* The names of the types of membar.rs. */
#define RUST_full		Full
#define RUST_read		Read
#define RUST_write		Write
#define RUST_acquire		Acquire
#define RUST_release		Release
#define RUST_relaxed		Relaxed
#define RUST_MANDATORY		Mandatory
#define RUST_SMP		Smp
#define RUST_DMA		Dma
#define RUST_VIRT		Virt
#define RUST_PMEM		Pmem

#define RUST_FENCE(FLAVOUR, entry, ORDER, order, ...)			\
	fence!(RUST_##FLAVOUR, RUST_##order, membar_##entry##_##order);
#define RUST_PLAIN(name, ...)						\
	plain!(name, membar_##name);
#define RUST_OPERATION(op, form, ...)					\
	operation!(op, form);
#define RUST_ATOMIC(w, result, op, ORDER, order, kernel, form, ...)	\
	atomic!(w, result, op, form, RUST_##order, membar_##w##_##op##_##order);
#define RUST_ACCESS(w, result, op, ORDER, order, ...)			\
	access!(w, op, RUST_##order);
#define RUST_STORE_MB(w, ...)						\
	store_mb!(w, membar_##w##_store_mb);
#define RUST_BITOP(op, ORDER, order, kernel, form)			\
	bitop!(op, form, RUST_##order, membar_##op##_##order);

// Cut here.
MEMBAR_FOR_EACH_BARRIER(RUST_FENCE)
MEMBAR_FOR_EACH_PMEM_BARRIER(RUST_FENCE)
MEMBAR_FOR_EACH_PLAIN_BARRIER(RUST_PLAIN)
MEMBAR_FOR_EACH_ATOMIC_OP(RUST_OPERATION)
MEMBAR_FOR_EACH_ATOMIC(RUST_ATOMIC)
MEMBAR_FOR_EACH_ACCESS_OP(MEMBAR_FOR_EACH_ORDER_OF, RUST_ACCESS)
MEMBAR_FOR_EACH_NATIVE_WIDTH(RUST_STORE_MB)
MEMBAR_FOR_EACH_BITOP(RUST_BITOP)
