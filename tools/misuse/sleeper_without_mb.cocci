// SPDX-License-Identifier: GPL-2.0
/// waitqueue_active() directly after the store that the sleeper waits for.
///
//# Without smp_mb() between, the CPU may look at the queue before its store is
//# visible: it finds nobody, while the sleeper that just joined the queue finds
//# the old value, and is never woken. wq_has_sleeper() has the barrier; wake_up()
//# alone takes the lock of the queue, which is enough as well.
//# Three cases are not reported: a store to a local variable, a wakeup by a
//# function that wants the lock of the queue held, and a check below a comment
//# that speaks of synchronization or of a lock.
//# Code that holds the lock under which the sleeper tests is reported wrongly if
//# no comment says so.
//
// Confidence: Moderate
// Options: --no-includes
// Keywords: waitqueue_active, wq_has_sleeper, wake_up
// Words: waitqueue_active(
// Default: on
// Prefilter: ;\s*if\s*\(\s*waitqueue_active\s*\(

virtual context
virtual org
virtual report

@initialize:python@
@@
import re

COMMENT = re.compile(r"/\*(?:(?!\*/).)*\*/\s*$", re.DOTALL)
LOCKED = re.compile(r"synchroni[sz]|seriali[sz]|under\b.*\block", re.IGNORECASE | re.DOTALL)

def under_lock(positions):
    """Tell whether a comment directly above the check speaks of a lock."""
    with open(positions[0].file, encoding="utf-8", errors="replace") as file:
        above = "".join(file.readlines()[:int(positions[0].line) - 1])
    comment = COMMENT.search(above)
    return bool(comment and LOCKED.search(comment[0]))

@commented@
position p : script:python() { under_lock(p) };
@@

  waitqueue_active@p(...)

@to_local@
local idexpression x;
identifier member;
expression v;
statement s;
position p;
@@

(
  x = v;
|
  x.member = v;
)
  if (waitqueue_active@p(...)) s

@lock_of_queue@
identifier wake =~ "^(__)?wake_up_(all_)?locked";
position p;
@@

(
  if (waitqueue_active@p(...)) wake(...);
|
  if (waitqueue_active@p(...)) { <+... wake(...); ...+> }
)

@found@
expression e, v;
identifier set =~ "^(atomic(64|_long)?_(set|inc|dec|add|sub|or|and|andnot)|WRITE_ONCE|set_bit|clear_bit|smp_store_release|smp_wmb|smp_rmb|membar_store|membar_smp_mb)$";
statement s;
position p != {to_local.p, lock_of_queue.p, commented.p};
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
