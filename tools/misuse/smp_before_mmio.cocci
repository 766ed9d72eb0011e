// SPDX-License-Identifier: GPL-2.0
/// An smp_ barrier directly before a write to a register of a device.
///
//# An smp_ barrier orders accesses for other CPUs only. On a kernel with
//# CONFIG_SMP=n it is a barrier for the compiler, and on arm64 it orders within
//# the inner shareable domain, to which a device need not belong.
//# writel() waits for all earlier writes to memory by itself; writel_relaxed()
//# and __raw_writel() do not and need wmb().
//# A mapping that combines writes gives no order, and there the barrier has to
//# become wmb(). A file with ioremap_wc() is left out; where another file makes
//# the mapping, the report is wrong.
//
// Confidence: High
// Options: --no-includes
// Keywords: smp_wmb, smp_mb, writel, writel_relaxed
// Words: smp_mb( smp_wmb( smp_rmb( membar_smp_mb(
// Default: on
// Prefilter: \b(smp_[rw]?mb|membar_smp_mb)\s*\([^;]*;\s*(__raw_)?(write[bwlq]|iowrite\d+)

virtual context
virtual org
virtual report

@initialize:python@
@@
def ordered(positions):
    """Tell whether the file makes no mapping that combines writes."""
    with open(positions[0].file, encoding="utf-8", errors="replace") as file:
        return "ioremap_wc(" not in file.read()

@found@
identifier write =~ "^(write[bwlq]|iowrite(8|16|32|64)(be)?)$";
position p : script:python() { ordered(p) };
@@

(
  smp_mb@p();
|
  smp_wmb@p();
|
  membar_smp_mb@p(...);
)
  write(...);

@relaxed@
identifier write =~ "^(write[bwlq]_relaxed|__raw_write[bwlq])$";
position p;
@@

(
  smp_mb@p();
|
  smp_wmb@p();
|
  smp_rmb@p();
|
  membar_smp_mb@p(...);
)
  write(...);

@marked depends on context@
identifier barrier;
position p = {found.p, relaxed.p};
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
write << found.write;
@@
tell(p[0], "%s() orders earlier writes to memory before its own, and an smp_ barrier is not for devices: remove it" % write)

@script:python depends on report || org@
p << relaxed.p;
write << relaxed.write;
@@
tell(p[0], "an smp_ barrier does not order memory before the device's register: use wmb(), or a form of %s() with a barrier" % write)
