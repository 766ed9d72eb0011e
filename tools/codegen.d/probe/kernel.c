// SPDX-License-Identifier: GPL-2.0
/*
 * What default.c has to be identical to: the kernel's own macros.  For
 * acquire and release that is the flavour's full barrier, whose name in the
 * kernel is the entry's.
 */
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/virtio_ring.h>
#include "membar.h"
#include "probe.h"

#define KERNEL_FULL(entry, primitive)		primitive()
#define KERNEL_READ(entry, primitive)		primitive()
#define KERNEL_WRITE(entry, primitive)		primitive()
#define KERNEL_ACQUIRE(entry, primitive)	entry()
#define KERNEL_RELEASE(entry, primitive)	entry()

#define CELL(flavour, entry, ORDER, order, primitive, ...)		\
	PROBE(entry##_##order, KERNEL_##ORDER(entry, primitive))
#define PLAIN(name, primitive)						\
	PROBE(name, primitive())

MEMBAR_FOR_EACH_BARRIER(CELL)
MEMBAR_FOR_EACH_PMEM_BARRIER(CELL)
MEMBAR_FOR_EACH_PLAIN_BARRIER(PLAIN)

#define STORE_MB(p, v)			smp_store_mb(*(p), v)
#define COND_LOAD_RELAXED(p, cond)	smp_cond_load_relaxed(p, cond)
#define COND_LOAD_ACQUIRE(p, cond)	smp_cond_load_acquire(p, cond)
#define VIRT_LOAD(p)			virt_load_acquire(p)
#define VIRT_STORE(p, v)		virt_store_release((p), v)
#define VIRT_LOAD_RELAXED(p)		READ_ONCE(*(p))
#define VIRT_STORE_RELAXED(p, v)	WRITE_ONCE(*(p), v)
#define VIRT_STORE_MB(p, v)		virt_store_mb(*(p), v)
#define VIRTIO_FULL(weak)		virtio_mb(weak)
#define VIRTIO_READ(weak)		virtio_rmb(weak)
#define VIRTIO_WRITE(weak)		virtio_wmb(weak)
#define VIRTIO_MB(weak, order)		VIRTIO_##order(weak)
#include "fused.h"
