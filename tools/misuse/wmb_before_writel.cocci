// SPDX-License-Identifier: GPL-2.0
/// A write barrier directly before writel(), which has one.
///
//# writel() and its relatives wait for all earlier writes to memory, see
//# "KERNEL I/O BARRIER EFFECTS" in Documentation/memory-barriers.txt. Only
//# writel_relaxed() and the accessors without a barrier need wmb().
//# Keep the barrier if it also orders memory for another CPU that reads it
//# without looking at the register; it should then be smp_wmb(), with a comment.
//# Keep it, too, if the register is mapped by ioremap_wc(): a mapping that
//# combines writes gives no order.
//
// Confidence: High
// Options: --no-includes
// Keywords: wmb, dma_wmb, writel
// Words: wmb( membar_
// Default: on
// Prefilter: \b((dma_)?wmb\s*\(\s*\)|membar_(dma_)?mb\s*\(\s*MEMBAR_WRITE\s*\))\s*;\s*(write[bwlq]|iowrite(8|16|32|64)(be)?)\s*\(

virtual patch
virtual context
virtual org
virtual report

@found@
identifier write =~ "^(write[bwlq]|iowrite(8|16|32|64)(be)?)$";
position p;
@@

(
  wmb@p();
|
  dma_wmb@p();
|
  membar_mb@p(MEMBAR_WRITE);
|
  membar_dma_mb@p(MEMBAR_WRITE);
)
  write(...);

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
write << found.write;
@@
tell(p[0], "%s() orders earlier writes to memory before its own: remove the barrier" % write)
