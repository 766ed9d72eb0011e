// SPDX-License-Identifier: GPL-2.0
/// Two barriers in a row, one of which orders all that the other does.
///
//# mb() includes all others, smp_mb() the smp_ barriers and those next to atomic
//# operations. dma_rmb() is not taken for a part of rmb(), nor dma_wmb() for a
//# part of wmb(): on s390 dma_rmb() is an instruction and rmb() is not.
//# Two plain mb() in a row are not reported: they are deliberate in arch/alpha,
//# which wants the time that they take.
//
// Confidence: High
// Options: --no-includes
// Keywords: mb, smp_mb, smp_rmb, smp_wmb
// Words: mb( _atomic()
// Default: on
// Prefilter: \b(\w*mb(__before_atomic|__after_atomic)?|membar_(before|after)_atomic)\s*\([^()]*\)\s*;\s*(\w*mb(__before_atomic|__after_atomic)?|membar_(before|after)_atomic)\s*\([^()]*\)\s*;

virtual patch
virtual context
virtual org
virtual report

@after_mb@
identifier part =~ "^([rw]mb|(smp_|dma_)[rw]?mb|smp_mb__(before|after)_atomic|membar_((smp_|dma_)?mb|(before|after)_atomic))$";
position p;
@@

(
  mb();
|
  membar_mb(MEMBAR_FULL);
)
  part@p(...);

@before_mb@
identifier part =~ "^([rw]mb|(smp_|dma_)[rw]?mb|smp_mb__(before|after)_atomic|membar_((smp|dma)_mb|(before|after)_atomic))$";
position p;
@@

  part@p(...);
(
  mb();
|
  membar_mb(MEMBAR_FULL);
)

@after_smp_mb@
identifier part =~ "^(smp_[rw]?mb|smp_mb__(before|after)_atomic|membar_(smp_mb|(before|after)_atomic))$";
position p;
@@

(
  smp_mb();
|
  membar_smp_mb(MEMBAR_FULL);
)
  part@p(...);

@before_smp_mb@
identifier part =~ "^(smp_[rw]mb|smp_mb__(before|after)_atomic|membar_(before|after)_atomic)$";
position p;
@@

  part@p(...);
(
  smp_mb();
|
  membar_smp_mb(MEMBAR_FULL);
)

@read@
position p;
@@

(
  rmb();
|
  smp_rmb();
|
  membar_mb(MEMBAR_READ);
|
  membar_smp_mb(MEMBAR_READ);
)
(
  smp_rmb@p();
|
  membar_smp_mb@p(MEMBAR_READ);
)

@mandatory_read@
position p;
@@

(
  rmb();
|
  membar_mb(MEMBAR_READ);
)
(
  rmb@p();
|
  membar_mb@p(MEMBAR_READ);
)

@dma_read@
position p;
@@

(
  dma_rmb();
|
  membar_dma_mb(MEMBAR_READ);
)
(
  dma_rmb@p();
|
  membar_dma_mb@p(MEMBAR_READ);
)

@smp_before_read@
position p;
@@

(
  smp_rmb@p();
|
  membar_smp_mb@p(MEMBAR_READ);
)
(
  rmb();
|
  membar_mb(MEMBAR_READ);
)

@write@
position p;
@@

(
  wmb();
|
  smp_wmb();
|
  membar_mb(MEMBAR_WRITE);
|
  membar_smp_mb(MEMBAR_WRITE);
)
(
  smp_wmb@p();
|
  membar_smp_mb@p(MEMBAR_WRITE);
)

@mandatory_write@
position p;
@@

(
  wmb();
|
  membar_mb(MEMBAR_WRITE);
)
(
  wmb@p();
|
  membar_mb@p(MEMBAR_WRITE);
)

@dma_write@
position p;
@@

(
  dma_wmb();
|
  membar_dma_mb(MEMBAR_WRITE);
)
(
  dma_wmb@p();
|
  membar_dma_mb@p(MEMBAR_WRITE);
)

@smp_before_write@
position p;
@@

(
  smp_wmb@p();
|
  membar_smp_mb@p(MEMBAR_WRITE);
)
(
  wmb();
|
  membar_mb(MEMBAR_WRITE);
)

@removed depends on patch@
identifier barrier;
position p = {after_mb.p, before_mb.p, after_smp_mb.p, before_smp_mb.p, read.p, mandatory_read.p, dma_read.p, smp_before_read.p, write.p, mandatory_write.p, dma_write.p, smp_before_write.p};
@@

- barrier@p(...);

@marked depends on context@
identifier barrier;
position p = {after_mb.p, before_mb.p, after_smp_mb.p, before_smp_mb.p, read.p, mandatory_read.p, dma_read.p, smp_before_read.p, write.p, mandatory_write.p, dma_write.p, smp_before_write.p};
@@

* barrier@p(...);

@initialize:python depends on report@
@@
tell = coccilib.report.print_report

@initialize:python depends on org@
@@
tell = coccilib.org.print_todo

@script:python depends on report || org@
p << after_mb.p;
@@
tell(p[0], "the barrier next to it orders all that this one does: remove this one")

@script:python depends on report || org@
p << before_mb.p;
@@
tell(p[0], "the barrier next to it orders all that this one does: remove this one")

@script:python depends on report || org@
p << after_smp_mb.p;
@@
tell(p[0], "the barrier next to it orders all that this one does: remove this one")

@script:python depends on report || org@
p << before_smp_mb.p;
@@
tell(p[0], "the barrier next to it orders all that this one does: remove this one")

@script:python depends on report || org@
p << read.p;
@@
tell(p[0], "the barrier next to it orders all that this one does: remove this one")

@script:python depends on report || org@
p << mandatory_read.p;
@@
tell(p[0], "the barrier next to it orders all that this one does: remove this one")

@script:python depends on report || org@
p << dma_read.p;
@@
tell(p[0], "the barrier next to it orders all that this one does: remove this one")

@script:python depends on report || org@
p << smp_before_read.p;
@@
tell(p[0], "the barrier next to it orders all that this one does: remove this one")

@script:python depends on report || org@
p << write.p;
@@
tell(p[0], "the barrier next to it orders all that this one does: remove this one")

@script:python depends on report || org@
p << mandatory_write.p;
@@
tell(p[0], "the barrier next to it orders all that this one does: remove this one")

@script:python depends on report || org@
p << dma_write.p;
@@
tell(p[0], "the barrier next to it orders all that this one does: remove this one")

@script:python depends on report || org@
p << smp_before_write.p;
@@
tell(p[0], "the barrier next to it orders all that this one does: remove this one")
