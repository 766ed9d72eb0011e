// SPDX-License-Identifier: GPL-2.0
/// smp_wmb() of a file that has no read side.
///
//# A write barrier does nothing unless the CPU that reads has a barrier, an
//# acquire or an address dependency, too. This looks for one in the file and in
//# the headers of the directory that it includes, and in those other files of
//# the directory that have a member which is accessed next to the barrier. Where
//# the comment at the barrier says what it pairs with, it believes the comment.
//# Hardware needs no barrier to read: stores before an entry of a page table, a
//# doorbell or the start of a CPU are left out.
//# A reader in another directory is not seen, nor one in user space or in a
//# device: report it as a comment that is missing.
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
import glob
import os
import re

READER = re.compile(r"\b(smp_rmb|smp_mb|mb|rmb|dma_rmb|virt_rmb|virt_mb|smp_mb__\w+|smp_load_acquire|"
                    r"virt_load_acquire|smp_cond_load_acquire|atomic\w*_acquire|rcu_dereference\w*|"
                    r"srcu_dereference\w*|READ_ONCE|read_seq\w+|membar_load|"
                    r"membar_smp_mb\s*\(\s*MEMBAR_(READ|FULL|ACQUIRE))\s*[(\s)]")
READ_BARRIER = re.compile(r"\b(smp_rmb|smp_load_acquire|membar_smp_mb\s*\(\s*MEMBAR_READ)\b")
HEADER = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
MEMBER = re.compile(r"(?:->|\.)(\w+)\b(?!\s*\()")
PAIRS = re.compile(r"\bpair|matching|see (the )?comment|barrier in|counterpart|rmb", re.IGNORECASE)

def read(name):
    try:
        with open(name, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""

def has_reader(positions):
    """Tell whether the file, or one next to it, has a read side."""
    name = positions[0].file
    directory = os.path.dirname(name)
    text = read(name)
    lines = text.split("\n")
    line = int(positions[0].line)
    if PAIRS.search("\n".join(lines[max(0, line - 8):line])):
        return True
    code = re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.DOTALL)
    headers = [read(os.path.join(directory, header)) for header in HEADER.findall(text)]
    if any(READER.search(part) for part in [code] + headers):
        return True
    members = set(MEMBER.findall("\n".join(lines[max(0, line - 4):line + 4])))
    others = [read(other) for other in glob.glob(os.path.join(directory, "*.c"))]
    return any(READ_BARRIER.search(other) and members & set(MEMBER.findall(other))
               for other in others)

@hardware exists@
identifier next =~ "^set_(p[4gmu]d|pte)|doorbell|_db(_|$)|cpu_start";
position p;
@@

(
  smp_wmb@p();
|
  membar_smp_mb@p(MEMBAR_WRITE);
)
  ... when any
  next(...)

@paired@
position p : script:python() { has_reader(p) };
@@

(
  smp_wmb@p();
|
  membar_smp_mb@p(MEMBAR_WRITE);
)

@found@
position p != {hardware.p, paired.p};
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
