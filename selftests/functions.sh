# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# Functions that membar's selftests share: the scripts source this file.
#
# They need root, debugfs, the modules, and no more than busybox.  The modules
# are those that are loaded, or next to the script or in MEMBAR_MODULES, or
# known to modprobe.  The kernel's own helpers write the KTAP.
set -u

# The comment that a script begins with is its help.
case ${1-} in
-h | --help)
	sed -n '/^#!/d; /^# SPDX/d; /^#/!q; s/^# //p' "${0##*/}"
	exit
	;;
esac

modules=${MEMBAR_MODULES:-.}
debugfs=${MEMBAR_DEBUGFS:-/sys/kernel/debug}
# shellcheck disable=SC2034 # for the scripts
dir=$debugfs/membar
# Where /proc and /sys are; a test of these functions sets it.
root=
# What a test prints is shown when it failed.
said=${TMPDIR:-/tmp}/membar-said.$$
trap 'rm -f "$said"' EXIT

# In a kernel's tree and installed, then in a tree that KSRC= names.
for helpers in ../kselftest ./kselftest . \
	"${KSRC:-../../..}/tools/testing/selftests/kselftest"; do
	[ ! -r "$helpers/ktap_helpers.sh" ] || break
done
[ -r "$helpers/ktap_helpers.sh" ] || {
	echo "TAP version 13"
	echo "1..0 # SKIP no ktap_helpers.sh of a kernel: give KSRC="
	exit 4
}
# shellcheck source=/dev/null
. "$helpers/ktap_helpers.sh"

skip_all()
{
	ktap_print_header
	ktap_skip_all "$*"
	exit "$KSFT_SKIP"
}

# check NAME COMMAND...: one test.  The last line that it prints is of interest:
# where its status is 4, it says why the test was skipped.  With MEMBAR_FIRST=1 the
# first failure ends the script.
check()
{
	name=$1
	shift
	"$@" >"$said" 2>&1
	case $? in
	0)
		tail -n 1 "$said" | sed 's/^/# /'
		ktap_test_pass "$name"
		;;
	4) ktap_test_skip "$name: $(tail -n 1 "$said")" ;;
	*)
		ktap_print_msg "failed: $*"
		sed 's/^/# /' "$said"
		ktap_test_fail "$name"
		[ "${MEMBAR_FIRST:-0}" = 0 ] || exit 1
		;;
	esac
}

# A negated command, for check().
not()
{
	! "$@"
}

loaded()
{
	grep -qs "^$1 " /proc/modules
}

# have MODULE: is there anything to load?
have()
{
	[ -r "$modules/$1.ko" ] || modprobe -n "$1" 2>/dev/null
}

# insert MODULE [PARAMETER...]
insert()
{
	_module=$1
	shift
	if [ -r "$modules/$_module.ko" ]; then
		insmod "$modules/$_module.ko" "$@"
	else
		modprobe "$_module" "$@"
	fi
}

unload()
{
	for _module in membar_mailbox membar_stress membar; do
		! loaded "$_module" || rmmod "$_module" || return
	done
}

load()
{
	loaded membar || insert membar || return
	loaded membar_stress || insert membar_stress
}

complaint='BUG: \|WARNING: \|Oops\|INFO: task\|INFO: rcu\|UBSAN: '
complaint="$complaint\|soft lockup\|possible .*deadlock"

# How often the kernel has complained since it booted.
complaints()
{
	dmesg | grep -c "$complaint"
}

# It has not since need_stress.
no_complaints()
{
	echo "$(complaints) complaints, at first $complained"
	[ "$(complaints)" = "$complained" ] || {
		dmesg | grep "$complaint" | tail -n 5
		return 1
	}
}

# need_stress: what a script on the files of membar_stress begins with.
need_stress()
{
	[ "$(id -u)" = 0 ] || skip_all "must be root"
	complained=$(complaints)
	have membar_stress || loaded membar_stress ||
		skip_all "no membar.ko and membar_stress.ko to load"
	load || skip_all "membar_stress.ko does not load"
	[ -d "$dir" ] || skip_all "debugfs is not mounted"
}

cpus_online()
{
	grep -c '^processor' /proc/cpuinfo
}

# request TEXT: write it at once, as it is.  The brackets keep the shell's words
# on what cannot be opened away.
request()
{
	{ printf '%s' "$1" >"$dir/run"; } 2>/dev/null
}

running()
{
	grep -q '^state=running' "$dir/progress"
}

# Wait until nothing runs, twenty seconds at most.
settle()
{
	_tenths=200
	while running; do
		_tenths=$((_tenths - 1))
		[ "$_tenths" -gt 0 ] || return
		sleep 0.1
	done
}

# Wait until something runs that was asked for in the background, as long at most.
begins()
{
	_hundredths=2000
	until running; do
		_hundredths=$((_hundredths - 1))
		[ "$_hundredths" -gt 0 ] || {
			echo "no run begins: $(cat "$dir/progress")"
			return 1
		}
		sleep 0.01
	done
}

# Our threads: none are left when nothing runs.
threads()
{
	cat /proc/[0-9]*/comm 2>/dev/null | grep -c '^membar/'
}

# A run as short as they come, which shows that the next one works.
works()
{
	request 'SB+mb+mb duration_ms=1 size=1000 oversubscribe=1' &&
		grep -q '^1\.\.2$' "$dir/results"
}

# Leave no object that nobody uses, so that those that are left can be counted.
# KASAN keeps what was freed until its cache shrinks.
drop_caches()
{
	sync
	echo 3 >"$root/proc/sys/vm/drop_caches"
	for _shrink in "$root"/sys/kernel/slab/*/shrink; do
		echo 1 >"$_shrink"
	done 2>/dev/null
	sleep 1
}

# Nothing is left of a run; a thread that was never woken is gone a moment later.
clean()
{
	settle || {
		echo "still running"
		return 1
	}
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ "$(threads)" = 0 ] && return
		sleep 0.1
	done
	echo "$(threads) threads are left"
	return 1
}

# leaks: whether kmemleak reports any.  It reports what is older than some seconds
# and did not change between two scans.
leaks()
{
	[ -e "$debugfs/kmemleak" ] || {
		echo "CONFIG_DEBUG_KMEMLEAK is off"
		return 4
	}
	sleep 6
	for _ in 1 2 3; do
		echo scan >"$debugfs/kmemleak" || {
			echo "kmemleak is switched off"
			return 4
		}
		sleep 1
	done
	head -n 12 "$debugfs/kmemleak"
	grep -q unreferenced "$debugfs/kmemleak"
}

no_leaks()
{
	leaks
	case $? in
	1) ;;
	4) return 4 ;;
	*) return 1 ;;
	esac
}
