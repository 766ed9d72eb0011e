// SPDX-License-Identifier: GPL-2.0
/// smp_wmb() of a file that has no read side.
///
//# A write barrier does nothing unless the CPU that reads has a barrier, an
//# acquire or an address dependency, too. This looks for one in the file and in
//# the headers beside it that it includes; where the comment at the barrier says
//# what it pairs with, it believes the comment.
//# A reader in another file is not seen: report it as a comment that is missing.
//
// Confidence: Low
// Options: --no-includes
// Keywords: smp_wmb, smp_rmb, smp_load_acquire
// Words: smp_wmb( membar_smp_mb(
// Default: off
// Prefilter: \b(smp_wmb\s*\(\s*\)|membar_smp_mb\s*\(\s*MEMBAR_WRITE\s*\))

virtual context
virtual org
virtual report

@initialize:python@
@@
import os
import re

READER = re.compile(r"\b(smp_rmb|smp_mb|mb|rmb|dma_rmb|virt_rmb|virt_mb|smp_mb__\w+|smp_load_acquire|"
                    r"virt_load_acquire|smp_cond_load_acquire|atomic\w*_acquire|rcu_dereference\w*|"
                    r"srcu_dereference\w*|READ_ONCE|read_seq\w+|membar_load|"
                    r"membar_smp_mb\s*\(\s*MEMBAR_(READ|FULL|ACQUIRE))\s*[(\s)]")
HEADER = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
PAIRS = re.compile(r"\bpair|matching|see (the )?comment|barrier in|counterpart|rmb", re.IGNORECASE)

def read(name):
    try:
        with open(name, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""

def without_reader(positions):
    """Tell whether neither the file, nor a header beside it, has a read side."""
    name = positions[0].file
    text = read(name)
    line = int(positions[0].line)
    if PAIRS.search("\n".join(text.split("\n")[max(0, line - 8):line])):
        return False
    code = re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.DOTALL)
    texts = [code] + [read(os.path.join(os.path.dirname(name), header))
                      for header in HEADER.findall(text)]
    return not any(READER.search(part) for part in texts)

@found@
position p : script:python() { without_reader(p) };
@@

(
  smp_wmb@p();
|
  membar_smp_mb@p(MEMBAR_WRITE);
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
tell(p[0], "neither this file nor a header next to it has the read side: add smp_rmb() or smp_load_acquire() there, or a comment that names it")
