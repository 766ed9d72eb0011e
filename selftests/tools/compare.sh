#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Logs of the harness against herd7, by the field's own tools: tools/compare-herd.
#
# usage: selftests/tools/compare.sh
#
# The logs are made up.  herd7, msum7 and mcompare7 are the real ones.
set -u
# shellcheck source=selftests/tools/results.sh
. "$(dirname "$0")/results.sh"

# is STATUS WORDS NAME ARGUMENT...: compare-herd ends so, and says so.
is()
{
	want=$1
	words=$2
	name=$3
	shift 3
	"$tools/compare-herd" "$@" >"$work/said" 2>&1
	status=$?
	[ "$status" = "$want" ] && grep -q -e "$words" "$work/said"
	result $? "$name: status $status, wanted $want and '$words'"
}

# log NAME HASH STATE...: a log with one test, each state seen five times.
log()
{
	cat <<-END
	%% build of membar: 0123456789abcdef0123456789abcdef01234567
	%% membar_stress 1.0, source F5AFF30B1D59B850B07D451, compiler 12.2.0
	%% Linux 7.3.4 #1 SMP Sat Nov 28 03:41:40 UTC 2026 x86_64, 2 CPUs online
	%% configuration: SMP PREEMPT_VOLUNTARY
	%% CPU 0: Intel(R) Core(TM) i7-6700 CPU @ 3.40GHz, CPUID 0x506e3
	%% test=$1 cpus=0-1 duration_ms=20 patience_ms=400 engine=auto seed=1

	END
	printf 'Test %s Allowed\nHistogram (%s states)\n' "$1" $(($# - 2))
	name=$1
	hash=$2
	shift 2
	for state; do
		echo "5       :>$state"
	done
	cat <<-END
	No

	Witnesses
	Positive: 0, Negative: $((5 * $#))
	Condition exists (0:r0=0 /\\ 1:r0=0) is NOT validated
	Hash=$hash
	Observation $name Never 0 $((5 * $#))
	Time $name 1.00

	END
}

"$tools/get-herd" >"$work/said" 2>&1 || {
	skip "tools/compare-herd" "$(tail -n 1 "$work/said")"
	finish
	exit 4
}

log SB+mb+mb 1 "0:r0=0; 1:r0=1;" >"$work/one.txt"
log SB+mb+mb 1 "0:r0=1; 1:r0=0;" "0:r0=1; 1:r0=1;" >"$work/other.txt"
log SB+mb+mb 1 "0:r0=0; 1:r0=0;" >"$work/forbidden.txt"
log busted_SB+mb+mb 2 "0:r0=0; 1:r0=0;" >"$work/control.txt"
log mine 3 "0:r0=0; 1:r0=0;" >"$work/file.txt"
log SB+mb+mb 4 "0:r0=0; 1:r0=0;" >"$work/program.txt"
sed '/^Hash=/d' "$work/forbidden.txt" >"$work/plain.txt"
cat "$work/file.txt" "$work/one.txt" >"$work/both.txt"
cat >"$work/mine.litmus" <<'END'
C mine
{}
P0(int *x, int *y)
{
	int r0;

	WRITE_ONCE(*x, 1);
	membar_smp_mb(MEMBAR_FULL);
	r0 = READ_ONCE(*y);
}

P1(int *x, int *y)
{
	int r0;

	WRITE_ONCE(*y, 1);
	smp_mb();
	r0 = READ_ONCE(*x);
}

exists (0:r0=0 /\ 1:r0=0)
END
sed 's/membar_smp_mb(MEMBAR_FULL)/smp_mb()/' "$work/mine.litmus" \
	>"$work/stock.litmus"
mkdir "$work/folder"
mv "$work/stock.litmus" "$work/folder/"

is 0 "^1 tests: nothing was seen that the model does not allow" \
	"two machines" "$work/one.txt" "$work/other.txt"
is 0 "" "a folder for the results" -o "$work/out" "$work/one.txt" \
	"$work/other.txt"
is 1 "the model does not allow it: SB+mb+mb" "a forbidden outcome" \
	"$work/one.txt" "$work/forbidden.txt"
is 0 "^1 tests" "a control may show anything" "$work/one.txt" \
	"$work/control.txt"
is 2 "the logs have no test" "nothing but controls" "$work/control.txt"
is 1 "the model does not allow it: mine" "a litmus file" "$work/file.txt" \
	"$work/folder"
is 2 "mine is left out: its file is not given" "a file that is not given" \
	"$work/file.txt"
is 2 "different programs: SB+mb+mb: $work/one.txt and $work/program.txt" \
	"two programs with one name" "$work/one.txt" "$work/program.txt"
is 2 "msum7: .*SB+mb+mb" "a log that msum7 refuses" "$work/one.txt" \
	"$work/plain.txt"
is 2 "mine is left out: .*Unknown macro membar_smp_mb" \
	"a file that herd7 refuses" "$work/file.txt" "$work/mine.litmus"
is 0 "^1 tests: .*does not allow; 1 left out$" "one file of two is left out" \
	"$work/both.txt" "$work/mine.litmus"
is 2 "cannot be read" "a log that is missing" "$work/none.txt"
is 2 "give a log" "no log"
"$("$tools/get-herd")/msum7" -q "$work/one.txt" "$work/other.txt" \
	>"$work/said" 2>&1 && grep -q "Positive: 0 Negative: 15" "$work/said"
result $? "msum7 reads logs as they are"
grep -q "Positive: 0 Negative: 15" "$work/out/sum.txt"
result $? "the sum of two machines"
finish
