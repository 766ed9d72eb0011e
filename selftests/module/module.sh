#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# membar.ko and its consumers behave as any well-kept module does: KTAP.
#
# Runs as root where modules may be loaded, beside the modules and the file
# "symbols", which names what membar.ko has to export.  Busybox will do.
set -u
cd "$(dirname "$0")" || exit 1

n=0
failed=0

# check NAME COMMAND…: one test.
check()
{
	name=$1
	shift
	n=$((n + 1))
	if said=$("$@" 2>&1); then
		echo "ok $n $name"
	else
		failed=$((failed + 1))
		[ -z "$said" ] || echo "$said" | sed 's/^/# /'
		echo "not ok $n $name"
	fi
}

skip()
{
	n=$((n + 1))
	echo "ok $n $1 # SKIP $2"
}

# A negated command, for check().
not()
{
	! "$@"
}

# users MODULE: how /proc/modules counts and names them, "0 -" or "1 a,".
users()
{
	awk -v m="$1" '$1 == m { print $3, $4 }' /proc/modules
}

has_users()
{
	[ "$(users "$1")" = "$2" ] || {
		echo "users of $1: $(users "$1"), not $2"
		return 1
	}
}

refused_without_membar()
{
	not insmod ./membar_mailbox.ko &&
		dmesg | grep -q 'membar_mailbox: Unknown symbol membar_'
}

# What the module itself says; the kernel's remarks on taint are not its words.
log_lines()
{
	dmesg | grep 'membar: ' | grep -v 'taint'
}

one_log_line()
{
	log_lines
	[ "$(log_lines | wc -l)" = 1 ]
}

exported()
{
	awk '$4 == "[membar]" { print $3 }' /proc/kallsyms | sort -u >/tmp/have
	sort -u symbols | comm -23 - /tmp/have >/tmp/lacks
	sed 's/$/ is not in kallsyms/' /tmp/lacks
	[ -s symbols ] && [ ! -s /tmp/lacks ]
}

no_trace()
{
	not grep '\[membar\]' /proc/kallsyms && [ ! -e /sys/module/membar ]
}

# Out of tree and unsigned is all that may be held against it.
taint_is_modest()
{
	gained=$(($(cat /proc/sys/kernel/tainted) & ~taint))
	echo "taint gained: $gained"
	[ $((gained & ~(4096 | 8192))) = 0 ]
}

loaded_dir()
{
	insmod ./membar.ko && insmod ./membar_stress.ko &&
		[ -f /sys/kernel/debug/membar/run ]
}

unloaded_dir()
{
	rmmod membar_stress && rmmod membar &&
		[ ! -e /sys/kernel/debug/membar ]
}

# reload MODULE…: load them in this order, and unload them.
reload()
{
	for module; do insmod "./$module.ko" || return; done
	for module in membar_stress membar membar_leak; do
		! grep -q "^$module " /proc/modules || rmmod $module || return
	done
}

# snapshot FILE: how many objects each cache has handed out.  The count is exact
# because the kernel was booted with slab_debug=F; otherwise whole slabs count.
snapshot()
{
	sync
	echo 3 >/proc/sys/vm/drop_caches
	sleep 1
	awk 'NR > 2 && $1 != "kmemleak_object" { print $1, $2 }' \
		/proc/slabinfo >"$1"
}

# grows MODULE…: do a hundred loads cost an object each, of some cache?
grows()
{
	reload "$@" || return 2
	snapshot /tmp/before
	i=0
	while [ $i -lt 100 ]; do
		reload "$@" || return 2
		i=$((i + 1))
	done
	snapshot /tmp/after
	awk 'NR == FNR { before[$1] = $2; next }
	$2 - before[$1] >= 90 {
		print $1 " grew by " $2 - before[$1]
		leaks = 1
	}
	END { exit !leaks }' /tmp/before /tmp/after
}

does_not_grow()
{
	grows "$@"
	[ $? = 1 ]
}

# kmemleak reports what is older than some seconds and did not change between
# two scans.
leaks_reported()
{
	sleep 6
	for _ in 1 2 3; do
		echo scan >/sys/kernel/debug/kmemleak
		sleep 1
	done
	head -n 12 /sys/kernel/debug/kmemleak
	grep -q unreferenced /sys/kernel/debug/kmemleak
}

echo "TAP version 13"
taint=$(cat /proc/sys/kernel/tainted)
check "a consumer is refused without membar.ko" refused_without_membar
check "membar.ko loads" insmod ./membar.ko
check "it says one line" one_log_line
check "nobody uses it yet" has_users membar "0 -"
check "it has a version" grep -q . /sys/module/membar/version
check "its symbols are in kallsyms" exported
check "it does not load twice" not insmod ./membar.ko
check "a consumer loads" insmod ./membar_mailbox.ko
check "it is seen as a user of membar" has_users membar "1 membar_mailbox,"
check "membar.ko is not unloaded below it" not rmmod membar
check "the consumer unloads" rmmod membar_mailbox
check "membar.ko unloads" rmmod membar
check "it leaves no trace" no_trace
check "the stress module has its directory" loaded_dir
check "and takes it away" unloaded_dir
check "the kernel is tainted as by any such module" taint_is_modest
check "a hundred loads leak nothing" does_not_grow membar membar_stress
if [ -e /sys/kernel/debug/kmemleak ]; then
	check "kmemleak finds nothing" not leaks_reported
	check "control: a leak is seen" grows membar_leak
	check "control: kmemleak finds it" leaks_reported
else
	skip "kmemleak finds nothing" "CONFIG_DEBUG_KMEMLEAK is off"
	check "control: a leak is seen" grows membar_leak
fi
echo "1..$n"
[ "$failed" = 0 ]
