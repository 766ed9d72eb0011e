// SPDX-License-Identifier: GPL-2.0
/// A read barrier directly after readl(), which has one.
///
//# readl() and its relatives complete before any later read of memory, see
//# "KERNEL I/O BARRIER EFFECTS" in Documentation/memory-barriers.txt. Only
//# readl_relaxed() and the accessors without a barrier need rmb().
//
// Confidence: High
// Options: --no-includes
// Keywords: rmb, dma_rmb, readl
// Words: rmb( membar_
// Default: on
// Prefilter: \b(read[bwlq]|ioread(8|16|32|64)(be)?)\s*\([^;]*;\s*((dma_)?rmb\s*\(\s*\)|membar_(dma_)?mb\s*\(\s*MEMBAR_READ\s*\))

virtual patch
virtual context
virtual org
virtual report

@found@
identifier read =~ "^(read[bwlq]|ioread(8|16|32|64)(be)?)$";
expression e;
position p;
@@

(
  e = read(...);
|
  read(...);
)
(
  rmb@p();
|
  dma_rmb@p();
|
  membar_mb@p(MEMBAR_READ);
|
  membar_dma_mb@p(MEMBAR_READ);
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
read << found.read;
@@
tell(p[0], "%s() completes before any later read of memory: remove the barrier" % read)
