// SPDX-License-Identifier: GPL-2.0
/// smp_wmb() directly before an unlock or a wakeup, with no store after it.
///
//# smp_wmb() orders the stores before it before the stores after it. Here no
//# store of the function follows, only a call that orders all of the earlier
//# accesses by itself: an unlock is a release, and wake_up() takes the lock of
//# the queue, which the sleeper takes as well.
//# A store that another function makes after this one is not seen.
//
// Confidence: Moderate
// Options: --no-includes
// Keywords: smp_wmb, spin_unlock, mutex_unlock, wake_up
// Words: smp_wmb( membar_smp_mb(
// Default: on
// Prefilter: \b(smp_wmb\s*\(\s*\)|membar_smp_mb\s*\(\s*MEMBAR_WRITE\s*\))\s*;\s*((raw_)?(spin|read|write)_unlock|mutex_unlock|up|wake_up|complete)\w*\s*\(

virtual patch
virtual context
virtual org
virtual report

@found@
identifier last =~ "^((raw_)?(spin|read|write)_unlock(_bh|_irq|_irqrestore)?|mutex_unlock|up|up_(read|write)|wake_up(_all|_interruptible|_interruptible_all|_process)?|complete(_all)?)$";
expression e, v;
assignment operator op;
position p;
@@

(
  smp_wmb@p();
|
  membar_smp_mb@p(MEMBAR_WRITE);
)
  last(...);
  ... when any
      when != e op v
      when != e++
      when != e--
      when != \(WRITE_ONCE\|smp_store_release\|membar_store\|atomic_set\|set_bit\|clear_bit\)(...)

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
last << found.last;
@@
tell(p[0], "no store follows that this barrier could order, and %s() orders the earlier ones: remove the barrier" % last)
