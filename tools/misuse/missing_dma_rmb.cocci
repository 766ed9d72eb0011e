// SPDX-License-Identifier: GPL-2.0
/// A descriptor that is read after the test of its owner, without dma_rmb().
///
//# A device writes the fields of a descriptor and then the bit that gives it to
//# the driver. Without dma_rmb() after the test of that bit, the CPU may have
//# read the fields before it, and returns what was there before the device wrote
//# them. "KERNEL I/O BARRIER EFFECTS" and the example of dma_rmb() in
//# Documentation/memory-barriers.txt.
//# A barrier in a function that is called between, or before the loop that the
//# test is in, is not seen; nor is a lock or a register read that orders.
//
// Confidence: Moderate
// Options: --no-includes
// Keywords: dma_rmb, rmb, le32_to_cpu
// Words: le16_to_cpu( le32_to_cpu( le64_to_cpu( be16_to_cpu( be32_to_cpu( be64_to_cpu(
// Default: on
// Typed: none
// Prefilter: \bif\s*\([^;{]*\b[lb]e\d+_to_cpu\s*\(\s*(READ_ONCE\s*\()?\s*\w+->[^;{]*&\s*\w*(OWN|DONE|DD\b|VALID|READY|COMPL|HW)\w*

virtual context
virtual org
virtual report

@tested@
identifier test =~ "^[lb]e(16|32|64)_to_cpu$";
identifier bit =~ "(OWN|DONE|DD$|VALID|READY|COMPL|HW)";
identifier owner, d;
position where;
@@

  \(test(d->owner)\|test(READ_ONCE(d->owner))\) & bit@where

@found@
identifier test =~ "^[lb]e(16|32|64)_to_cpu$";
identifier read =~ "^[lb]e(16|32|64)_to_cpu$";
identifier tested.owner, tested.d, tested.bit;
identifier other : script:python(owner) { other != owner };
identifier label;
position tested.where;
position p;
@@

  if (<+... \(test(d->owner)\|test(READ_ONCE(d->owner))\) & bit@where ...+>) \(return ...;\|break;\|continue;\|goto label;\)
  ... when != dma_rmb()
      when != rmb()
      when != mb()
      when != smp_rmb()
      when != smp_mb()
      when != d = ...
      when != \(readl\|readw\|ioread32\|dma_sync_single_for_cpu\|dma_unmap_single\|spin_lock\)(...)
  read@p(d->other)

@marked depends on context@
identifier read;
position found.p;
@@

* read@p(...)

@initialize:python depends on report@
@@
tell = coccilib.report.print_report

@initialize:python depends on org@
@@
tell = coccilib.org.print_todo

@script:python depends on report || org@
p << found.p;
other << found.other;
owner << tested.owner;
@@
tell(p[0], "%s may be read before the test of %s above: add dma_rmb() after the test" % (other, owner))
