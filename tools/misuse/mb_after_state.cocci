// SPDX-License-Identifier: GPL-2.0
/// A barrier directly after set_current_state(), which ends with one.
///
//# set_current_state() is smp_store_mb(): the store, then smp_mb(). The
//# prepare_to_wait() family calls it. __set_current_state() has no barrier.
//
// Confidence: High
// Options: --no-includes
// Keywords: set_current_state, prepare_to_wait, smp_store_mb, smp_mb
// Words: smp_mb( smp_rmb( smp_wmb( membar_smp_mb
// Default: on
// Prefilter: \b(set_current_state|prepare_to_\w*wait\w*|smp_store_mb|membar_store_mb)\s*\([^;]*;\s*(smp_[rw]?mb|membar_smp_mb)\b

virtual patch
virtual context
virtual org
virtual report

@found@
identifier set =~ "^(set_current_state|prepare_to_(s)?wait(_exclusive|_event)?|smp_store_mb|membar_store_mb)$";
position p;
@@

  set(...);
(
  smp_mb@p();
|
  smp_rmb@p();
|
  smp_wmb@p();
|
  membar_smp_mb@p(...);
)

@removed depends on patch@
identifier barrier;
position found.p;
@@

- barrier@p(...);

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
set << found.set;
@@
tell(p[0], "%s() ends with a full barrier: remove the second one" % set)
