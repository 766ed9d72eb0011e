#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# What the files of membar_stress.ko promise: that wrong requests are refused
# and run nothing, that one run at a time runs, and that a run ends when
# anything ends it.  KTAP; needs root, debugfs, membar.ko and membar_stress.ko
# (beside this script, or loaded), and no more than busybox.
set -u
cd "$(dirname "$0")" || exit 1

ksft_skip=4
dir=${MEMBAR_DEBUGFS:-/sys/kernel/debug}/membar
test_nr=0
failed=0

skip_all()
{
	echo "1..0 # SKIP $*"
	exit $ksft_skip
}

# result WORD NAME: "ok", "not ok" or a reason to skip
result()
{
	test_nr=$((test_nr + 1))
	case $1 in
	ok) echo "ok $test_nr $2" ;;
	skip*) echo "ok $test_nr $2 # SKIP ${1#skip }" ;;
	*)
		echo "# $1"
		echo "not ok $test_nr $2"
		failed=1
		;;
	esac
}

# check NAME COMMAND...: the command's status decides
check()
{
	name=$1
	shift
	if "$@"; then
		result ok "$name"
	else
		result "failed: $*" "$name"
	fi
}

loaded()
{
	grep -q "^$1 " /proc/modules
}

load()
{
	loaded membar || insmod ./membar.ko || return
	loaded membar_stress || insmod ./membar_stress.ko
}

# request TEXT: write it at once, as it is
request()
{
	printf '%s' "$1" 2>/dev/null >"$dir/run"
}

running()
{
	grep -q '^state=running' "$dir/progress"
}

# Wait until nothing runs, ten seconds at most.
settle()
{
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		running || return 0
		sleep 1
	done
	return 1
}

all_files_private()
{
	for file in run stop progress results histogram results.json tests cells; do
		case $(ls -l "$dir/$file") in
		-rw-------*) ;;
		*) return 1 ;;
		esac
	done
}

# refused TEXT REASON: an error, nothing ran, and the reason can be read
refused()
{
	if printf '%b' "$1" 2>/dev/null >"$dir/run"; then
		echo "# accepted: $1"
		return 1
	fi
	! running && grep -q "^# refused: .*$2" "$dir/results" &&
		grep -q '^1\.\.0 ' "$dir/results"
}

all_refused()
{
	refused '\n' 'no test is named' &&
	refused 'XX+po+po' 'no such shape' &&
	refused 'SB+po' 'takes 2 edges' &&
	refused 'SB+po+la+x' 'takes 2 edges' &&
	refused 'MP+la+po' 'cannot carry' &&
	refused 'SB speed=9' "unknown key 'speed'" &&
	refused 'SB duration_ms=1s' 'bad value' &&
	refused 'SB duration_ms=0' 'bad value' &&
	refused 'SB engine=invariant' 'bad value' &&
	refused 'SB cpus=0,4095' 'not online' &&
	refused 'SB seed=1 seed=1' 'given twice' &&
	refused 'SB\0' 'NUL' &&
	refused 'SB\nMP' 'more than one line' &&
	refused '3.LB+*+*+*' 'more than' &&
	refused 'SB\033[7m' 'cannot be printed' &&
	refused "SB $(printf '%900s' x)" 'characters'
}

runs()
{
	request 'SB+po+po SB+mb+mb duration_ms=50' &&
	grep -q '^1\.\.2$' "$dir/results" &&
	grep -q '^ok 1 SB+po+po' "$dir/results" &&
	grep -q '^ok 2 SB+mb+mb' "$dir/results" &&
	grep -q '^# test=SB+po+po,SB+mb+mb duration_ms=50 ' "$dir/results" &&
	grep -q '^SB+mb+mb ' "$dir/histogram" &&
	grep -q '^state=done .* percent=100 ' "$dir/progress"
}

# The line of the results that repeats the request is one.
runs_what_it_repeats()
{
	line=$(sed -n 's/^# \(test=.*\)/\1/p' "$dir/results")
	request "$line" && grep -q "^# $line\$" "$dir/results"
}

runs_out_of_line()
{
	request 'SB+mb+mb duration_ms=20 outline=1' &&
	grep -q '^ok 2 SB+mb+mb' "$dir/results"
}

runs_in_either_engine()
{
	request 'SB duration_ms=20 engine=array' &&
	grep -q 'engine array' "$dir/results" &&
	request 'R duration_ms=20' &&
	grep -q 'engine array' "$dir/results" &&
	request 'R duration_ms=20 engine=perpetual' &&
	grep -q 'SKIP final values need engine=array' "$dir/results"
}

one_at_a_time()
{
	request 'SB duration_ms=5000 wait=0' || return
	running || return
	if request 'MP duration_ms=10'; then
		return 1
	fi
	grep -q '^# test=SB ' "$dir/results"
}

stops()
{
	running || return
	echo 1 >"$dir/stop"
	settle && grep -q '^# stopped: stopped by request' "$dir/results"
}

# The shell that writes is killed; the run has to go with it.
ends_by_signal()
{
	sh -c "exec printf 'SB duration_ms=60000' >'$dir/run'" 2>/dev/null &
	pid=$!
	sleep 1
	running || return
	kill "$pid"
	wait "$pid" 2>/dev/null
	settle && grep -q '^# stopped: interrupted by a signal' "$dir/results"
}

ends_by_rmmod()
{
	request 'SB duration_ms=60000 wait=0' || return
	running || return
	rmmod membar_stress || return
	! loaded membar_stress && load
}

ends_by_hotplug()
{
	request 'SB duration_ms=60000 wait=0' || return
	echo 0 >/sys/devices/system/cpu/cpu1/online || return
	settle
	status=$?
	echo 1 >/sys/devices/system/cpu/cpu1/online
	[ "$status" = 0 ] && grep -q '^# stopped: a CPU went offline' "$dir/results"
}

ends_by_suspend()
{
	echo freezer >/sys/power/pm_test || return
	request 'SB duration_ms=60000 wait=0' || return
	echo freeze >/sys/power/state
	echo none >/sys/power/pm_test
	settle && grep -q '^# stopped: the system goes to sleep' "$dir/results"
}

too_few_cpus()
{
	request '3.SB duration_ms=50 cpus=0,1' &&
	grep -q '^ok 1 3.SB+po+po+po # SKIP more threads than CPUs' "$dir/results" &&
	request '3.SB duration_ms=50 cpus=0,1 oversubscribe=1' &&
	grep -q ', oversubscribed' "$dir/results"
}

[ "$(id -u)" = 0 ] || skip_all "must be root"
load || skip_all "no membar.ko and membar_stress.ko to load"
[ -d "$dir" ] || skip_all "debugfs is not mounted"

cpus=$(grep -c '^processor' /proc/cpuinfo)
echo "KTAP version 1"
echo "1..14"
check "files are for root alone" all_files_private
check "reading run explains it" grep -q 'Write one request' "$dir/run"
check "wrong requests are refused with a reason" all_refused
if [ "$cpus" -lt 2 ] && [ ! -d /sys/devices/system/cpu/cpu1 ]; then
	for name in runs repeats outline engines busy stop signal rmmod hotplug \
		suspend oversubscribe; do
		result "skip needs two CPUs" "$name"
	done
	exit $failed
fi
check "a campaign runs and reports" runs
check "the request it repeats can be pasted" runs_what_it_repeats
check "out of line" runs_out_of_line
check "either engine" runs_in_either_engine
check "a second run is refused" one_at_a_time
check "stop ends a run" stops
check "a signal ends a run" ends_by_signal
check "rmmod ends a run in the background" ends_by_rmmod
if [ -w /sys/devices/system/cpu/cpu1/online ]; then
	check "a CPU that goes offline ends a run" ends_by_hotplug
else
	result "skip no CPU hotplug here" "a CPU that goes offline ends a run"
fi
if [ -w /sys/power/pm_test ] && grep -q freeze /sys/power/state; then
	check "suspend ends a run" ends_by_suspend
else
	result "skip no /sys/power/pm_test here" "suspend ends a run"
fi
check "more threads than CPUs" too_few_cpus
exit $failed
