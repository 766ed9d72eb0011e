// SPDX-License-Identifier: GPL-2.0
/// smp_wmb() directly before a store that is a release already.
///
//# smp_store_release() and rcu_assign_pointer(), which is one, order all earlier
//# accesses before their own store. smp_wmb() adds something only if it is also
//# for a later store; it then belongs directly before that.
//
// Confidence: High
// Options: --no-includes
// Keywords: smp_wmb, smp_store_release, rcu_assign_pointer
// Words: smp_wmb( membar_smp_mb(
// Default: on
// Prefilter: \b(smp_wmb\s*\(\s*\)|membar_smp_mb\s*\(\s*MEMBAR_WRITE\s*\))\s*;\s*(\w+_release|rcu_assign_pointer|membar_store|h?list_add\w*_rcu)\s*\(

virtual patch
virtual context
virtual org
virtual report

@found@
identifier release =~ "^(smp_store_release|atomic(64|_long)?_set_release|rcu_assign_pointer|list_add(_tail)?_rcu|hlist_add_(head|tail|before|behind)_rcu|hlist_nulls_add_head_rcu)$";
identifier typed =~ "^membar_store$";
position p;
@@

(
  smp_wmb@p();
|
  membar_smp_mb@p(MEMBAR_WRITE);
)
(
  release(...);
|
  typed(..., MEMBAR_RELEASE);
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
@@
tell(p[0], "the store after it is a release, which orders all earlier accesses before it: remove the barrier")
