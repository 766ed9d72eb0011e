// SPDX-License-Identifier: GPL-2.0
/// smp_mb__before_atomic() or smp_mb__after_atomic() not next to an atomic RMW.
///
//# These barriers only strengthen an atomic read-modify-write operation, see
//# Documentation/atomic_t.txt. atomic_read(), atomic_set(), test_bit() and
//# READ_ONCE() are none. On x86, where such an operation is a full barrier by
//# itself, smp_mb__before_atomic() is empty: next to another access it orders
//# nothing, not even for the compiler.
//# If only this statement separates the barrier from an atomic operation, move the
//# barrier to that operation.
//
// Confidence: High
// Options: --no-includes
// Keywords: smp_mb__before_atomic, smp_mb__after_atomic
// Words: mb__before_atomic mb__after_atomic membar_before_atomic membar_after_atomic
// Default: on
// Prefilter: before_atomic\s*\(\s*\)\s*;[^;{]*\b(atomic(64|_long)?_(read|set)|refcount_(read|set)|READ_ONCE|WRITE_ONCE|(cpumask_)?test_(bit|cpu)|membar_(atomic_)?(load|store))\s*\(|\b(atomic(64|_long)?_(read|set)|refcount_(read|set)|READ_ONCE|WRITE_ONCE|smp_store_release|(cpumask_)?test_(bit|cpu)|membar_(atomic_)?(load|store))\s*\([^;]*;[\s}]*(smp_mb__after_atomic|membar_after_atomic)\s*\(

virtual context
virtual org
virtual report

@before depends on context || org || report@
identifier access =~ "^(atomic(64|_long)?_(read|set)|refcount_(read|set)|READ_ONCE|WRITE_ONCE|(cpumask_)?test_(bit|cpu)|membar_(load|store))$";
expression e;
identifier x;
type t;
statement s1, s2;
position p;
@@

(
* smp_mb__before_atomic@p();
|
* membar_before_atomic@p();
)
(
  access(...);
|
  e = <+... access(...) ...+>;
|
  t x = <+... access(...) ...+>;
|
  if (<+... access(...) ...+>) s1 else s2
|
  while (<+... access(...) ...+>) s1
|
  return <+... access(...) ...+>;
)

@after depends on context || org || report@
identifier access =~ "^(atomic(64|_long)?_(read|set)|refcount_(read|set)|READ_ONCE|WRITE_ONCE|smp_store_release|membar_(load|store))$";
expression e;
position p;
@@

(
  access(...);
|
  e = <+... access(...) ...+>;
)
(
* smp_mb__after_atomic@p();
|
* membar_after_atomic@p();
)

@initialize:python depends on report@
@@
tell = coccilib.report.print_report

@initialize:python depends on org@
@@
tell = coccilib.org.print_todo

@script:python depends on report || org@
p << before.p;
access << before.access;
@@
tell(p[0], "%s() is not an atomic read-modify-write operation, and this barrier works only next to one: use another barrier, or move this one there" % access)

@script:python depends on report || org@
p << after.p;
access << after.access;
@@
tell(p[0], "%s() is not an atomic read-modify-write operation, and this barrier works only next to one: use another barrier, or move this one there" % access)
