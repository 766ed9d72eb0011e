// SPDX-License-Identifier: GPL-2.0
/// Use the typed barriers and atomic operations of membar.h.
///
//# The compiled code of a barrier stays the same. READ_ONCE() and WRITE_ONCE()
//# are not converted: for a scalar they are membar_load() and membar_store()
//# with MEMBAR_RELAXED, but they also accept types that those refuse.
//# Operations on atomic_t and bit operations that name no order stay as they are.
//#
//# cmpxchg() becomes membar_cmpxchg_val(), which returns the value found, as
//# cmpxchg() does. Where that is only compared with the old value again,
//# membar_cmpxchg().ok says the same with one comparison less.
//#
//# membar.h has to be included by hand.
//
// Confidence: High
// Options: --no-includes
// Keywords: smp_mb, dma_wmb, smp_load_acquire, xchg, cmpxchg

virtual patch
virtual context
virtual org
virtual report

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@barriers depends on patch@
expression p, x, v, cond, weak;
@@

(
- mb()
+ membar_mb(MEMBAR_FULL)
|
- rmb()
+ membar_mb(MEMBAR_READ)
|
- wmb()
+ membar_mb(MEMBAR_WRITE)
|
- smp_mb()
+ membar_smp_mb(MEMBAR_FULL)
|
- smp_rmb()
+ membar_smp_mb(MEMBAR_READ)
|
- smp_wmb()
+ membar_smp_mb(MEMBAR_WRITE)
|
- dma_mb()
+ membar_dma_mb(MEMBAR_FULL)
|
- dma_rmb()
+ membar_dma_mb(MEMBAR_READ)
|
- dma_wmb()
+ membar_dma_mb(MEMBAR_WRITE)
|
- virt_mb()
+ membar_virt_mb(MEMBAR_FULL)
|
- virt_rmb()
+ membar_virt_mb(MEMBAR_READ)
|
- virt_wmb()
+ membar_virt_mb(MEMBAR_WRITE)
|
- pmem_wmb()
+ membar_pmem_mb(MEMBAR_WRITE)
|
- io_stop_wc()
+ membar_io_stop_wc()
|
- smp_mb__before_atomic()
+ membar_before_atomic()
|
- smp_mb__after_atomic()
+ membar_after_atomic()
|
- smp_acquire__after_ctrl_dep()
+ membar_after_ctrl_dep()
|
- smp_mb__after_spinlock()
+ membar_after_spinlock()
|
- smp_mb__after_unlock_lock()
+ membar_after_unlock_lock()
|
- virtio_mb(weak)
+ membar_virtio_mb(weak, MEMBAR_FULL)
|
- virtio_rmb(weak)
+ membar_virtio_mb(weak, MEMBAR_READ)
|
- virtio_wmb(weak)
+ membar_virtio_mb(weak, MEMBAR_WRITE)
|
- smp_store_mb(x, v)
+ membar_store_mb(&x, v)
|
- virt_store_mb(x, v)
+ membar_virt_store_mb(&x, v)
|
- smp_cond_load_relaxed(p, cond)
+ membar_cond_load(p, cond, MEMBAR_RELAXED)
|
- smp_cond_load_acquire(p, cond)
+ membar_cond_load(p, cond, MEMBAR_ACQUIRE)
)

// By themselves, for what is stored may be loaded in the same statement.
@loads depends on patch@
expression p;
@@

(
- smp_load_acquire(p)
+ membar_load(p, MEMBAR_ACQUIRE)
|
- virt_load_acquire(p)
+ membar_virt_load(p, MEMBAR_ACQUIRE)
)

@accesses depends on patch@
expression p, v, old, nr;
@@

(
- smp_store_release(p, v)
+ membar_store(p, v, MEMBAR_RELEASE)
|
- virt_store_release(p, v)
+ membar_virt_store(p, v, MEMBAR_RELEASE)
|
- test_and_set_bit_lock(nr, p)
+ membar_test_and_set_bit(p, nr, MEMBAR_ACQUIRE)
|
- clear_bit_unlock(nr, p)
+ membar_clear_bit(p, nr, MEMBAR_RELEASE)
|
- test_bit_acquire(nr, p)
+ membar_test_bit(p, nr, MEMBAR_ACQUIRE)
|
- xor_unlock_is_negative_byte(v, p)
+ membar_xor_unlock_is_negative_byte(p, v, MEMBAR_RELEASE)
|
- xchg(p, v)
+ membar_xchg(p, v, MEMBAR_FULL)
|
- xchg_acquire(p, v)
+ membar_xchg(p, v, MEMBAR_ACQUIRE)
|
- xchg_release(p, v)
+ membar_xchg(p, v, MEMBAR_RELEASE)
|
- xchg_relaxed(p, v)
+ membar_xchg(p, v, MEMBAR_RELAXED)
|
- cmpxchg(p, old, v)
+ membar_cmpxchg_val(p, old, v, MEMBAR_FULL)
|
- cmpxchg_acquire(p, old, v)
+ membar_cmpxchg_val(p, old, v, MEMBAR_ACQUIRE)
|
- cmpxchg_release(p, old, v)
+ membar_cmpxchg_val(p, old, v, MEMBAR_RELEASE)
|
- cmpxchg_relaxed(p, old, v)
+ membar_cmpxchg_val(p, old, v, MEMBAR_RELAXED)
|
- try_cmpxchg(p, old, v)
+ membar_try_cmpxchg(p, old, v, MEMBAR_FULL)
|
- try_cmpxchg_acquire(p, old, v)
+ membar_try_cmpxchg(p, old, v, MEMBAR_ACQUIRE)
|
- try_cmpxchg_release(p, old, v)
+ membar_try_cmpxchg(p, old, v, MEMBAR_RELEASE)
|
- try_cmpxchg_relaxed(p, old, v)
+ membar_try_cmpxchg(p, old, v, MEMBAR_RELAXED)
)

//----------------------------------------------------------
//  For context, org and report mode
//----------------------------------------------------------

@found depends on context || org || report@
identifier f =~ "^(smp_|dma_|virt_|virtio_)?r?w?mb$|^(pmem_wmb|io_stop_wc|smp_acquire__after_ctrl_dep|test_and_set_bit_lock|clear_bit_unlock|test_bit_acquire|xor_unlock_is_negative_byte)$|^smp_mb__(before_atomic|after_atomic|after_spinlock|after_unlock_lock)$|^(smp|virt)_(store_mb|load_acquire|store_release)$|^smp_cond_load_(relaxed|acquire)$|^(xchg|cmpxchg|try_cmpxchg)(_acquire|_release|_relaxed)?$";
position p;
@@

* f@p(...)

@script:python depends on org@
p << found.p;
f << found.f;
@@

coccilib.org.print_todo(p[0], "%s() has a typed form in membar.h" % f)

@script:python depends on report@
p << found.p;
f << found.f;
@@

coccilib.report.print_report(p[0], "%s() has a typed form in membar.h" % f)
