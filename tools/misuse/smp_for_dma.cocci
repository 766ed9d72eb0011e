// SPDX-License-Identifier: GPL-2.0
/// An smp_ barrier between accesses to the descriptors of a device.
///
//# A field that is converted by cpu_to_le32() or le32_to_cpu() is shared with a
//# device. An smp_ barrier orders accesses for other CPUs only: with
//# CONFIG_SMP=n it is a barrier for the compiler, and on arm64 it orders within
//# the inner shareable domain, to which a device need not belong.
//# Where the barrier is for another CPU in addition, keep it and say so.
//# Firmware and guests convert fields, too: a file that has nothing of a device,
//# such as dma_alloc_coherent(), is left out.
//
// Confidence: Moderate
// Options: --no-includes
// Keywords: smp_wmb, smp_rmb, dma_wmb, dma_rmb, cpu_to_le32
// Words: smp_mb( smp_wmb( smp_rmb( membar_smp_mb(
// Default: off
// Prefilter: \b(smp_w?mb|membar_smp_mb)\s*\([^;]*;[^;]*\bcpu_to_[lb]e\d+\s*\(|\b[lb]e\d+_to_cpu\s*\([^;]*;(\s*(return\b[^;]*|break|continue|goto\s+\w+)\s*;)?[\s}]*(smp_rmb|membar_smp_mb)\s*\(

virtual context
virtual org
virtual report

@initialize:python@
@@
import re

DEVICE = re.compile(r"\b(dma|pci)_\w+|\b__iomem\b")

def has_device(positions):
    """Tell whether the file speaks of a device."""
    with open(positions[0].file, encoding="utf-8", errors="replace") as file:
        return bool(DEVICE.search(file.read()))

@write@
identifier order =~ "^cpu_to_[lb]e(16|32|64)$";
expression d;
identifier f;
assignment operator op;
position p : script:python() { has_device(p) };
@@

(
  smp_wmb@p();
|
  smp_mb@p();
|
  membar_smp_mb@p(\(MEMBAR_WRITE\|MEMBAR_RELEASE\|MEMBAR_FULL\));
)
(
  d->f op <+... order(...) ...+>;
|
  d.f op <+... order(...) ...+>;
|
  WRITE_ONCE(d->f, <+... order(...) ...+>);
)

@read@
identifier order =~ "^[lb]e(16|32|64)_to_cpu$";
expression d, e;
identifier f, label;
type t;
identifier x;
position p : script:python() { has_device(p) };
@@

(
  if (<+... order(\(d->f\|READ_ONCE(d->f)\)) ...+>) \(return ...;\|break;\|continue;\|goto label;\)
|
  e = <+... order(\(d->f\|READ_ONCE(d->f)\)) ...+>;
|
  t x = <+... order(\(d->f\|READ_ONCE(d->f)\)) ...+>;
)
(
  smp_rmb@p();
|
  membar_smp_mb@p(\(MEMBAR_READ\|MEMBAR_ACQUIRE\));
)

@marked depends on context@
identifier barrier;
position p = {write.p, read.p};
@@

* barrier@p(...);

@initialize:python depends on report@
@@
tell = coccilib.report.print_report

@initialize:python depends on org@
@@
tell = coccilib.org.print_todo

@script:python depends on report || org@
p << write.p;
f << write.f;
@@
tell(p[0], "%s is for a device, which an smp_ barrier does not order for: use dma_wmb()" % f)

@script:python depends on report || org@
p << read.p;
f << read.f;
@@
tell(p[0], "%s is from a device, which an smp_ barrier does not order for: use dma_rmb()" % f)
