// SPDX-License-Identifier: GPL-2.0
/// WRITE_ONCE() and smp_mb(), for which there is smp_store_mb().
///
//# smp_store_mb() is the same, in one instruction (xchg) on x86.
//
// Confidence: High
// Options: --no-includes
// Keywords: WRITE_ONCE, smp_mb, smp_store_mb
// Words: smp_mb(
// Default: on
// Prefilter: \b(WRITE_ONCE|membar_store)\s*\([^;]*;\s*(smp_mb|membar_smp_mb)\b

virtual context
virtual org
virtual report

@found@
position p;
@@

(
  WRITE_ONCE(...);
|
  membar_store(..., MEMBAR_RELAXED);
)
(
  smp_mb@p();
|
  membar_smp_mb@p(MEMBAR_FULL);
)

@marked depends on context@
identifier barrier;
position found.p;
@@

* barrier@p(...);

@initialize:python depends on report@
@@
tell = coccilib.report.print_report

@initialize:python depends on org@
@@
tell = coccilib.org.print_todo

@script:python depends on report || org@
p << found.p;
@@
tell(p[0], "smp_store_mb(), or membar_store_mb(), replaces the store before it and this barrier")
