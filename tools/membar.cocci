// SPDX-License-Identifier: GPL-2.0
/// Use the typed barriers and atomic operations of membar.h.
///
//# The code stays the same, instruction for instruction. READ_ONCE() and
//# WRITE_ONCE() are left alone: for a scalar they are membar_load() and
//# membar_store() with MEMBAR_RELAXED, but they also take what those refuse.
//# Operations on atomic_t stay as they are.
//#
//# membar.h has to be included by hand.
//#
//# Left alone is what would be evaluated in another order. membar_*() evaluate
//# their arguments first, the kernel's macros may do so after the fence
//# (smp_store_release(), smp_store_mb()), after checks of the pointer (xchg())
//# or after reading the old value (try_cmpxchg()); so the value has to be a constant or a local variable.
//#
//# Left alone as well, unless asked for, is compare and exchange:
//#
//# -D try_cmpxchg converts try_cmpxchg(). The code is the same but for the
//# operands of a comparison, which may change places (RISC-V).
//#
//# -D cmpxchg converts cmpxchg(). It returns the value found, and whoever wants
//# to know of success compares that again; membar_cmpxchg() returns both. If
//# only the value is used that is one conditional move more on x86.
//
// Confidence: High
// Options: --no-includes
// Keywords: smp_mb, dma_wmb, smp_load_acquire, xchg, cmpxchg

virtual patch
virtual cmpxchg
virtual try_cmpxchg
virtual context
virtual org
virtual report

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@barriers depends on patch@
expression p, x, cond;
constant c;
local idexpression i;
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
- smp_store_mb(x, c)
+ membar_store_mb(&x, c)
|
- smp_store_mb(x, i)
+ membar_store_mb(&x, i)
|
- smp_cond_load_relaxed(p, cond)
+ membar_cond_load(p, cond, MEMBAR_RELAXED)
|
- smp_cond_load_acquire(p, cond)
+ membar_cond_load(p, cond, MEMBAR_ACQUIRE)
)

@accesses depends on patch@
expression p, v, e, f;
identifier m1, m2;
constant c;
local idexpression i;
@@

(
- smp_load_acquire(p)
+ membar_load(p, MEMBAR_ACQUIRE)
|
// What takes an access or a call to evaluate: see above.
  smp_store_release(<+... f(...) ...+>, v)
|
  smp_store_release(<+... e->m1->m2 ...+>, v)
|
- smp_store_release(p, c)
+ membar_store(p, c, MEMBAR_RELEASE)
|
- smp_store_release(p, true)
+ membar_store(p, true, MEMBAR_RELEASE)
|
- smp_store_release(p, false)
+ membar_store(p, false, MEMBAR_RELEASE)
|
- smp_store_release(p, i)
+ membar_store(p, i, MEMBAR_RELEASE)
|
- smp_store_release(p, i + c)
+ membar_store(p, i + c, MEMBAR_RELEASE)
|
- xchg(p, c)
+ membar_xchg(p, c, MEMBAR_FULL)
|
- xchg(p, i)
+ membar_xchg(p, i, MEMBAR_FULL)
|
- xchg_acquire(p, c)
+ membar_xchg(p, c, MEMBAR_ACQUIRE)
|
- xchg_acquire(p, i)
+ membar_xchg(p, i, MEMBAR_ACQUIRE)
|
- xchg_release(p, c)
+ membar_xchg(p, c, MEMBAR_RELEASE)
|
- xchg_release(p, i)
+ membar_xchg(p, i, MEMBAR_RELEASE)
|
- xchg_relaxed(p, c)
+ membar_xchg(p, c, MEMBAR_RELAXED)
|
- xchg_relaxed(p, i)
+ membar_xchg(p, i, MEMBAR_RELAXED)
)

@both depends on patch && try_cmpxchg@
expression p, old;
constant c;
local idexpression i;
@@

(
- try_cmpxchg(p, old, c)
+ membar_try_cmpxchg(p, old, c, MEMBAR_FULL)
|
- try_cmpxchg(p, old, i)
+ membar_try_cmpxchg(p, old, i, MEMBAR_FULL)
|
- try_cmpxchg_acquire(p, old, c)
+ membar_try_cmpxchg(p, old, c, MEMBAR_ACQUIRE)
|
- try_cmpxchg_acquire(p, old, i)
+ membar_try_cmpxchg(p, old, i, MEMBAR_ACQUIRE)
|
- try_cmpxchg_release(p, old, c)
+ membar_try_cmpxchg(p, old, c, MEMBAR_RELEASE)
|
- try_cmpxchg_release(p, old, i)
+ membar_try_cmpxchg(p, old, i, MEMBAR_RELEASE)
|
- try_cmpxchg_relaxed(p, old, c)
+ membar_try_cmpxchg(p, old, c, MEMBAR_RELAXED)
|
- try_cmpxchg_relaxed(p, old, i)
+ membar_try_cmpxchg(p, old, i, MEMBAR_RELAXED)
)

@value depends on patch && cmpxchg@
expression p, v, old;
@@

(
- cmpxchg(p, old, v)
+ membar_cmpxchg(p, old, v, MEMBAR_FULL).val
|
- cmpxchg_acquire(p, old, v)
+ membar_cmpxchg(p, old, v, MEMBAR_ACQUIRE).val
|
- cmpxchg_release(p, old, v)
+ membar_cmpxchg(p, old, v, MEMBAR_RELEASE).val
|
- cmpxchg_relaxed(p, old, v)
+ membar_cmpxchg(p, old, v, MEMBAR_RELAXED).val
)

//----------------------------------------------------------
//  For context, org and report mode
//----------------------------------------------------------

@found depends on context || org || report@
identifier f =~ "^(smp_|dma_|virt_)?r?w?mb$|^(pmem_wmb|io_stop_wc|smp_mb__before_atomic|smp_mb__after_atomic|smp_store_mb|smp_load_acquire|smp_store_release)$|^smp_cond_load_(relaxed|acquire)$|^(xchg|cmpxchg|try_cmpxchg)(_acquire|_release|_relaxed)?$";
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
