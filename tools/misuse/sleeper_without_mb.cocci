// SPDX-License-Identifier: GPL-2.0
/// waitqueue_active() directly after the store that the sleeper waits for.
///
//# Without smp_mb() between, the CPU may look at the queue before its store is
//# visible: it finds nobody, while the sleeper that just joined the queue finds
//# the old value, and is never woken. wq_has_sleeper() has the barrier; wake_up()
//# alone takes the lock of the queue, which is enough as well.
//# Code that holds the lock under which the sleeper tests is reported wrongly.
//
// Confidence: Moderate
// Options: --no-includes
// Keywords: waitqueue_active, wq_has_sleeper, wake_up
// Words: waitqueue_active(
// Default: off
// Prefilter: ;\s*if\s*\(\s*waitqueue_active\s*\(

virtual context
virtual org
virtual report

@found@
expression e, v;
identifier set =~ "^(atomic(64|_long)?_(set|inc|dec|add|sub|or|and|andnot)|WRITE_ONCE|set_bit|clear_bit|smp_store_release|smp_wmb|smp_rmb|membar_store|membar_smp_mb)$";
statement s;
position p;
@@

(
  e = v;
|
  e += v;
|
  e |= v;
|
  e++;
|
  e--;
|
  set(...);
)
  if (waitqueue_active@p(...)) s

@marked depends on context@
identifier barrier;
position found.p;
@@

* barrier@p(...)

@initialize:python depends on report@
@@
tell = coccilib.report.print_report

@initialize:python depends on org@
@@
tell = coccilib.org.print_todo

@script:python depends on report || org@
p << found.p;
@@
tell(p[0], "the check of the queue may pass the store before it, and a sleeper is never woken: use wq_has_sleeper(), or wake up without the check")
