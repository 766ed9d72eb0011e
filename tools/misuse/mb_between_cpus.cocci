// SPDX-License-Identifier: GPL-2.0
/// mb(), rmb() or wmb() in a file that has nothing to do with a device.
///
//# The mandatory barriers are for devices. Between CPUs smp_mb() and its
//# relatives order the same and cost less: on x86 rmb() is an lfence and wmb()
//# an sfence, where smp_rmb() and smp_wmb() are barriers for the compiler; on
//# arm64 the dsb of mb() waits for completion, where the dmb of smp_mb() orders.
//# A file is taken for one about a device if it is in arch, drivers, sound or
//# include, or if it names registers, DMA or a bus.
//
// Confidence: Moderate
// Options: --no-includes
// Keywords: mb, rmb, wmb, smp_mb
// Words: mb(); membar_mb(
// Default: on
// Prefilter: \b([rw]?mb\s*\(\s*\)|membar_mb\s*\()
// Prefilter: \A(?!.*(__iomem|ioremap|\b(read|write)[bwlq](_relaxed)?\b|\bio(read|write)\d|\b__raw_|dma_|DMA|\bpci_|\bplatform_|linux/io\.h|\basm\b|\b(in|out)[bwl]\())

virtual context
virtual org
virtual report

@initialize:python@
@@
import re

COMMENT = r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\""
DEVICE = r"__iomem|ioremap|\b(read|write)[bwlq](_relaxed)?\b|\bio(read|write)\d|\b__raw_|dma_|DMA|\bpci_|\bplatform_|linux/io\.h|\basm\b|\b(in|out)[bwl]\("

def between_cpus(path):
    if re.search(r"(^|/)(arch|drivers|sound|include)/", path):
        return False
    with open(path, encoding="utf-8", errors="replace") as source:
        code = re.sub(COMMENT, " ", source.read(), flags=re.DOTALL)
    return not re.search(DEVICE, code)

@found@
position p : script:python() { between_cpus(p[0].file) };
@@

(
  mb@p();
|
  rmb@p();
|
  wmb@p();
|
  membar_mb@p(...);
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
tell(p[0], "this file accesses no device, so the barrier seems to order only for CPUs: use smp_mb(), smp_rmb() or smp_wmb()")
