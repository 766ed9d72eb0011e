// SPDX-License-Identifier: GPL-2.0
/// A flag that is tested with a plain read before smp_rmb().
///
//# smp_rmb() says that another CPU writes the flag meanwhile. The compiler may
//# read a plain variable twice, or in parts, and KCSAN reports the data race.
//# smp_load_acquire() reads it once and needs no barrier after it; where several
//# reads share the barrier, READ_ONCE() is enough.
//# smp_load_acquire() takes at most as many bits as a pointer has: a u64 needs
//# READ_ONCE() and the barrier. A pointer, and a field that the function itself
//# writes later, are left out, because they are no flags.
//# A field that is volatile, or that a lock protects, is reported wrongly.
//
// Confidence: Moderate
// Options: --no-includes
// Keywords: smp_rmb, READ_ONCE, smp_load_acquire
// Words: smp_rmb( membar_smp_mb(
// Default: on
// Prefilter: ->\s*\w+[^;]*[;{](\s*(return\b[^;]*|break|continue|goto\s+\w+)\s*;)?[\s}]*(smp_rmb|membar_smp_mb)\s*\(

virtual context
virtual org
virtual report

@pointer@
expression base;
identifier flag;
type t;
local idexpression t *x;
identifier y;
position p;
@@

(
  x = base->flag;
|
  t *y = base->flag;
)
(
  smp_rmb@p();
|
  membar_smp_mb@p(\(MEMBAR_READ\|MEMBAR_ACQUIRE\));
)

@own@
expression base, new;
assignment operator op;
identifier flag;
local idexpression x;
identifier y;
type t;
position p;
@@

(
  x = base->flag;
|
  t y = base->flag;
)
(
  smp_rmb@p();
|
  membar_smp_mb@p(\(MEMBAR_READ\|MEMBAR_ACQUIRE\));
)
  <+...
  base->flag op new
  ...+>

@found@
expression base, other;
identifier flag, label;
identifier x;
type t;
position p != {pointer.p, own.p};
@@

(
  if (\(base->flag\|!base->flag\|base->flag == other\|base->flag != other\|base->flag & other\|!(base->flag & other)\)) \(return ...;\|break;\|continue;\|goto label;\)
|
  while (\(base->flag\|!base->flag\|base->flag == other\|base->flag != other\|base->flag & other\|!(base->flag & other)\)) cpu_relax();
|
  x = base->flag;
|
  t x = base->flag;
)
(
  smp_rmb@p();
|
  membar_smp_mb@p(\(MEMBAR_READ\|MEMBAR_ACQUIRE\));
)

@inside@
expression base, other;
identifier flag;
position p;
@@

  if (\(base->flag\|!base->flag\|base->flag == other\|base->flag != other\|base->flag & other\|!(base->flag & other)\)) {
(
  smp_rmb@p();
|
  membar_smp_mb@p(\(MEMBAR_READ\|MEMBAR_ACQUIRE\));
)
  ...
  }

@marked depends on context@
identifier barrier;
position p = {found.p, inside.p};
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
flag << found.flag;
@@
tell(p[0], "%s is read by a plain access before this barrier, while another CPU may write it: use smp_load_acquire() instead of both, or READ_ONCE()" % flag)

@script:python depends on report || org@
p << inside.p;
flag << inside.flag;
@@
tell(p[0], "%s is read by a plain access before this barrier, while another CPU may write it: use smp_load_acquire() instead of both, or READ_ONCE()" % flag)
