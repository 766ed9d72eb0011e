// SPDX-License-Identifier: GPL-2.0
/// READ_ONCE() or WRITE_ONCE() of 64 bits, which a 32-bit kernel splits.
///
//# On a 32-bit kernel the compiler makes two accesses of it: a reader may get the
//# half of an old and the half of a new value. asm-generic/rwonce.h allows the
//# size only because some callers can bear that. atomic64_t, u64_stats_sync or a
//# seqcount do not tear; where only the lower half matters, read unsigned long.
//# Code that is built for 64 bits only is reported wrongly, unless it is below an
//# architecture of 64 bits or in a driver that is known here; so is code that
//# reads again until nothing has changed. Local variables are left out.
//
// Confidence: Moderate
// Options: --no-includes
// Keywords: READ_ONCE, WRITE_ONCE, atomic64_read
// Words: READ_ONCE( WRITE_ONCE(
// Default: off
// Typed: none
// Prefilter: \b([us]64|__[us]64|(unsigned\s+)?long\s+long|loff_t|ktime_t)\b
// Prefilter: \b(READ|WRITE)_ONCE\s*\(

virtual context
virtual org
virtual report

@initialize:python@
@@
import re

# 64 bits only, by name or because Kconfig says so.
ONLY_64 = re.compile(r"(^|/)(arch/(alpha|arm64|loongarch|s390)/|arch/x86/.*_?64|include/linux/atomic|"
                     r"arch/powerpc/platforms/(pseries|powernv)/|drivers/accel/ivpu/|"
                     r"drivers/crypto/cavium/nitrox/|drivers/gpu/drm/imagination/|"
                     r"drivers/infiniband/hw/erdma/|drivers/md/dm-vdo/|"
                     r"drivers/net/ethernet/(cavium/liquidio|marvell/octeontx2)/)")

def built_for_64_only(positions):
    return any(ONLY_64.search(position.file) for position in positions)

@local_variable@
local idexpression x;
identifier once =~ "^(READ|WRITE)_ONCE$";
position p;
@@

  once@p(x, ...)

@only_64@
identifier once =~ "^(READ|WRITE)_ONCE$";
position p : script:python() { built_for_64_only(p) };
@@

  once@p(...)

@found@
u64 unsigned_value;
s64 signed_value;
unsigned long long long_value;
loff_t offset;
ktime_t time;
identifier once =~ "^(READ|WRITE)_ONCE$";
position p != {local_variable.p, only_64.p};
@@

(
  once@p(unsigned_value, ...)
|
  once@p(signed_value, ...)
|
  once@p(long_value, ...)
|
  once@p(offset, ...)
|
  once@p(time, ...)
)

@marked depends on context@
identifier once;
position found.p;
@@

* once@p(...)

@initialize:python depends on report@
@@
tell = coccilib.report.print_report

@initialize:python depends on org@
@@
tell = coccilib.org.print_todo

@script:python depends on report || org@
p << found.p;
once << found.once;
@@
tell(p[0], "%s() of 64 bits is two accesses on a 32-bit kernel: use atomic64_t or u64_stats_sync, or depend on 64BIT" % once)
