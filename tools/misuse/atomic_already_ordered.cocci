// SPDX-License-Identifier: GPL-2.0
/// A barrier directly next to an atomic operation that is fully ordered already.
///
//# An atomic read-modify-write operation that returns a value is like one with
//# smp_mb() before and after it, see Documentation/atomic_t.txt. Conditional
//# operations (cmpxchg(), atomic_add_unless()) are left alone, because they
//# order nothing where they fail; so are refcount_t and the variants with
//# _relaxed, _acquire and _release.
//
// Confidence: High
// Options: --no-includes
// Keywords: smp_mb, atomic_add_return, xchg, test_and_set_bit
// Words: smp_mb smp_rmb smp_wmb membar_smp_mb membar_before_atomic membar_after_atomic
// Default: on
// Prefilter: \b(smp_[rw]?mb|smp_mb__(before|after)_atomic|membar_smp_mb|membar_(before|after)_atomic)\s*\([^;]*;[^;{]*\b((atomic(64|_long)?|membar(_atomic)?)_((add|sub|inc|dec)_return|fetch_(add|sub|inc|dec|and|andnot|or|xor)|xchg|(sub|dec|inc)_and_test|add_negative)|xchg|(membar_)?test_and_(set|clear|change)_bit)\s*\(|\b((atomic(64|_long)?|membar(_atomic)?)_((add|sub|inc|dec)_return|fetch_(add|sub|inc|dec|and|andnot|or|xor)|xchg|(sub|dec|inc)_and_test|add_negative)|xchg|(membar_)?test_and_(set|clear|change)_bit)\s*\([^;{]*[;{](\s*(return\b[^;]*|break|continue|goto\s+\w+)\s*;)?[\s}]*\b(smp_[rw]?mb|smp_mb__(before|after)_atomic|membar_smp_mb|membar_(before|after)_atomic)\s*\(

virtual patch
virtual context
virtual org
virtual report

@ops@
identifier full =~ "^(atomic(64|_long)?_((add|sub|inc|dec)_return|fetch_(add|sub|inc|dec|and|andnot|or|xor)|xchg|(sub|dec|inc)_and_test|add_negative)|xchg|test_and_(set|clear|change)_bit)$";
identifier typed =~ "^membar_(atomic_)?((add|sub|inc|dec)_return|fetch_(add|sub|inc|dec|and|andnot|or|xor)|xchg|(sub|dec|inc)_and_test|add_negative|test_and_(set|clear|change)_bit)$";
expression list es;
expression call;
position q;
@@

(
  full(es)@call@q
|
  typed(es, MEMBAR_FULL)@call@q
)

@after@
expression ops.call;
position ops.q;
identifier x, label;
type t;
position p;
@@

(
  call@q;
|
  (void)call@q;
|
  x = call@q;
|
  t x = call@q;
|
  if (\(call@q\|!call@q\)) \(return ...;\|break;\|continue;\|goto label;\)
)
(
  smp_mb@p();
|
  smp_rmb@p();
|
  smp_wmb@p();
|
  smp_mb__after_atomic@p();
|
  membar_smp_mb@p(...);
|
  membar_after_atomic@p();
)

@inside@
expression ops.call;
position ops.q;
position p;
@@

  if (\(call@q\|!call@q\)) {
(
  smp_mb@p();
|
  smp_rmb@p();
|
  smp_wmb@p();
|
  smp_mb__after_atomic@p();
|
  membar_smp_mb@p(...);
|
  membar_after_atomic@p();
)
  ...
  }

@before@
expression ops.call;
position ops.q;
identifier x;
type t;
statement s1, s2;
position p;
@@

(
  smp_mb@p();
|
  smp_rmb@p();
|
  smp_wmb@p();
|
  smp_mb__before_atomic@p();
|
  membar_smp_mb@p(...);
|
  membar_before_atomic@p();
)
(
  call@q;
|
  (void)call@q;
|
  x = call@q;
|
  t x = call@q;
|
  if (\(call@q\|!call@q\)) s1 else s2
|
  return call@q;
)

@removed depends on patch@
identifier barrier;
position p = {after.p, inside.p, before.p};
@@

- barrier@p(...);

@marked depends on context@
identifier barrier;
position p = {after.p, inside.p, before.p};
@@

* barrier@p(...);

@initialize:python depends on report@
@@
tell = coccilib.report.print_report

@initialize:python depends on org@
@@
tell = coccilib.org.print_todo

@script:python depends on report || org@
p << after.p;
call << ops.call;
@@
tell(p[0], "%s() is fully ordered, before and after: remove the barrier" % call.split()[0])

@script:python depends on report || org@
p << inside.p;
call << ops.call;
@@
tell(p[0], "%s() is fully ordered, before and after: remove the barrier" % call.split()[0])

@script:python depends on report || org@
p << before.p;
call << ops.call;
@@
tell(p[0], "%s() is fully ordered, before and after: remove the barrier" % call.split()[0])
