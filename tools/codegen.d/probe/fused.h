/* SPDX-License-Identifier: GPL-2.0 */
/* Barriers that come with an access of their own. */
PROBE(store_mb, STORE_MB(p + 1, 3))
PROBE(cond_load_relaxed, p[1] = COND_LOAD_RELAXED(p, VAL > 3))
PROBE(cond_load_acquire, p[1] = COND_LOAD_ACQUIRE(p, VAL > 3))
PROBE(virt_load, p[1] = VIRT_LOAD(p))
PROBE(virt_store, VIRT_STORE(p + 1, 3))
/* Twice, because the compiler merges two accesses that are plain. */
PROBE(virt_load_relaxed, p[1] = VIRT_LOAD_RELAXED(p); p[2] = VIRT_LOAD_RELAXED(p))
PROBE(virt_store_relaxed, VIRT_STORE_RELAXED(p + 1, 3); VIRT_STORE_RELAXED(p + 1, 3))
PROBE(virt_store_mb, VIRT_STORE_MB(p + 1, 3))
PROBE(virtio_mb_full, VIRTIO_MB(p[1], FULL))
PROBE(virtio_mb_read, VIRTIO_MB(p[1], READ))
PROBE(virtio_mb_write, VIRTIO_MB(p[1], WRITE))
