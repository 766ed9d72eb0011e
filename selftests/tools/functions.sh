#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Test the functions that the selftests share, which count results and write KTAP.
#
# Scripts of a few lines use selftests/functions.sh on prepared files.
# shellcheck disable=SC2016 # the text of scripts
set -u
# shellcheck source=selftests/tools/results.sh
. "$(dirname "$0")/results.sh"

source=$("$tools/get-source" 6.12 2>"$work/said") || exit
mkdir -p "$work/guest" "$work/debugfs/membar" "$work/bin" "$work/modules"
cp "$top/selftests/functions.sh" \
	"$source/tools/testing/selftests/kselftest/ktap_helpers.sh" "$work/guest/"
: >"$work/modules/membar.ko"
: >"$work/debugfs/membar/run"

# script LINE...: run these after the helpers; the status is theirs.
script()
{
	{
		echo '. ./functions.sh'
		printf '%s\n' "$@"
	} >"$work/guest/script.sh"
	(cd "$work/guest" && PATH="$work/bin:$PATH" \
		MEMBAR_DEBUGFS="$work/debugfs" MEMBAR_MODULES="$work/modules" \
		TMPDIR="$work" timeout 60 sh ./script.sh) >"$work/said" 2>&1
}

# says LINE...: what the script said, all of it.
says()
{
	printf '%s\n' "$@" >"$work/want"
	cmp -s "$work/want" "$work/said"
}

silent()
{
	[ ! -s "$work/said" ]
}

# ends STATUS COMMAND...
ends()
{
	want=$1
	shift
	"$@"
	[ $? = "$want" ]
}

cat >"$work/guest/help.sh" <<'END'
#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Its help, and neither #! nor # SPDX ends it.
#	No line with # of it.
. ./functions.sh # No line of it.
# Nor this.
echo not help
END
helps()
{
	(cd "$work/guest" && sh ./help.sh "$@") >"$work/said" 2>&1 &&
	says 'Its help, and neither #! nor # SPDX ends it.'
}
ends 0 helps -h && ends 0 helps --help && ! helps "" && grep -qx "not help" "$work/said"
result $? "--help: the comment of the script, and nothing runs"

plan='ktap_print_header; ktap_set_plan'
ends 0 script "$plan 2" 'check "a" echo word' 'check "b" true' ktap_finished &&
	grep -qx 'ok 1 a' "$work/said" && grep -qx 'ok 2 b' "$work/said" &&
	grep -qx '# word' "$work/said" && grep -qx '1..2' "$work/said"
result $? "check: two that pass"
ends 1 script "$plan 2" 'check "a" ls /none' 'check "b" true' ktap_finished &&
	grep -qx 'not ok 1 a' "$work/said" && grep -qx 'ok 2 b' "$work/said" &&
	grep -qx '# failed: ls /none' "$work/said" &&
	grep -q '^# ls: .*/none' "$work/said"
result $? "check: one that fails, with its command and its words"
MEMBAR_FIRST=1 ends 1 script "$plan 3" 'check "a" true' 'check "b" false' 'check "c" true' &&
	grep -qx 'not ok 2 b' "$work/said" && ! grep -q 'ok 3' "$work/said"
result $? "check: the first that fails ends it, if that is wanted"
ends 0 script "$plan 2" 'lacks() { echo first; echo no CPU; return 4; }' \
	'check "a" lacks' 'check "b" true' ktap_finished &&
	grep -qx 'ok 1 a: no CPU # SKIP' "$work/said"
result $? "check: one that is skipped, with its last line as the reason"
ends 1 script "$plan 3" 'check "a" true' 'check "b" true' ktap_finished
result $? "check: fewer than were planned"
ends 1 script "$plan 1" 'check "a" not true' ktap_finished &&
	ends 0 script "$plan 1" 'check "a" not false' ktap_finished
result $? "not"
ends 4 script 'skip_all no root' && says "TAP version 13" "1..0 # SKIP no root"
result $? "skip_all"
ends 0 script 'have membar' && ! script 'have membar_none'
result $? "have: a module that is there, and one that is not"
! script 'loaded membar_none'
result $? "loaded: a module that is not"

mkdir -p "$work/alone"
cp "$work/guest/functions.sh" "$work/alone/"
ends 4 env KSRC=/none sh -c 'cd "$1" && . ./functions.sh; echo on' - "$work/alone" \
	>"$work/said" &&
	says "TAP version 13" "1..0 # SKIP no ktap_helpers.sh of a kernel: give KSRC="
result $? "no helpers of a kernel"

# The modules that are loaded are those of a list; what changes them is said.
stub='grep() { case ${3-} in /proc/modules | /proc/cpuinfo) command grep "$1" "$2" ./listed ;;
	*) command grep "$@" ;; esac; }'
for program in insmod rmmod; do
	printf '#!/bin/sh\necho "${0##*/} $*"; exit ${fails:-0}\n' >"$work/bin/$program"
done
printf '#!/bin/sh\n[ "$1" != -n ] || exit 1; echo "${0##*/} $*"\n' >"$work/bin/modprobe"
printf '#!/bin/sh\necho ${my_id:-0}\n' >"$work/bin/id"
chmod +x "$work/bin"/*
# listed MODULE...
listed()
{
	printf '%s 16384 0\n' "$@" >"$work/guest/listed"
}

listed xmembar membar_stress_kunit
ends 0 script "$stub" '! loaded membar && ! loaded membar_stress && loaded xmembar' && silent
result $? "loaded: the whole name"
ends 0 script 'insert membar a=1 b="2 3"' &&
	says "insmod $work/modules/membar.ko a=1 b=2 3" &&
	ends 0 script 'insert membar_other c=1' && says "modprobe membar_other c=1"
result $? "insert: a module that is there, and one that modprobe finds"
listed membar membar_stress membar_mailbox other
ends 0 script "$stub" unload &&
	says "rmmod membar_mailbox" "rmmod membar_stress" "rmmod membar" &&
	fails=3 ends 3 script "$stub" unload && says "rmmod membar_mailbox"
result $? "unload: each after those that need it, until one stays"
listed membar_mailbox
ends 0 script "$stub" unload && says "rmmod membar_mailbox"
result $? "unload: those that are loaded"
listed other
ends 0 script "$stub" load &&
	says "insmod $work/modules/membar.ko" "modprobe membar_stress" &&
	fails=3 ends 3 script "$stub" load && says "insmod $work/modules/membar.ko"
result $? "load: both, or neither"
listed membar
ends 0 script "$stub" load && says "modprobe membar_stress" && listed membar membar_stress &&
	ends 0 script "$stub" load && silent
result $? "load: those that are not loaded"

printf '#!/bin/sh\necho "WARNING: before"\n' >"$work/bin/dmesg"
chmod +x "$work/bin/dmesg"
ends 0 script "$stub" need_stress 'echo "$complained"' && says 1 &&
	ends 0 script "$stub" need_stress no_complaints && says "1 complaints, at first 1"
result $? "need_stress: loaded, with an older complaint"
my_id=1 ends 4 script "$stub" need_stress && says "TAP version 13" "1..0 # SKIP must be root"
result $? "need_stress: not root"
listed other
ends 4 script "$stub" need_stress &&
	says "TAP version 13" "1..0 # SKIP no membar.ko and membar_stress.ko to load"
result $? "need_stress: no module"
: >"$work/modules/membar_stress.ko"
fails=3 ends 4 script "$stub" need_stress &&
	grep -qx "1..0 # SKIP membar_stress.ko does not load" "$work/said"
result $? "need_stress: a module that does not load"
ends 0 script "$stub" need_stress &&
	says "insmod $work/modules/membar.ko" "insmod $work/modules/membar_stress.ko" &&
	ends 4 script "$stub" dir=/none need_stress &&
	grep -qx "1..0 # SKIP debugfs is not mounted" "$work/said"
result $? "need_stress: loaded now, and without debugfs"
ends 1 script "$stub" need_stress 'dmesg() { printf "%s\n" "WARNING: a" "BUG: b" c; }' \
	no_complaints && grep -qx "2 complaints, at first 1" "$work/said" &&
	grep -qx "BUG: b" "$work/said" && ! grep -qx c "$work/said"
result $? "no_complaints: a new one"
rm "$work/modules/membar_stress.ko" "$work/bin/dmesg" "$work/bin/id"
printf 'processor: 0\nmodel: processor\nprocessor: 1\n' >"$work/guest/listed"
ends 0 script "$stub" cpus_online && says 2
result $? "cpus_online"

files=$work/debugfs/membar
ends 0 script 'request "SB+mb+mb size=1"' &&
	[ "$(cat "$files/run")" = "SB+mb+mb size=1" ] &&
	[ "$(wc -c <"$files/run")" = 15 ]
result $? "request: to the byte"
mv "$files" "$files.gone"
ends 0 script '! request SB' && silent
result $? "request: to a file that is not there, without a word"
mv "$files.gone" "$files"
echo 'state=running test=SB' >"$files/progress"
ends 0 script running && ends 0 script begins && silent
result $? "running, begins: something runs"
echo 'last_state=running state=idle running=no' >"$files/progress"
ends 0 script '! running && settle' && silent
result $? "running, settle: nothing runs"
# What never ends is given up; the clock is a stub.
printf '#!/bin/sh\necho "$1" >>"%s"\n' "$work/slept" >"$work/bin/sleep"
# slept TIMES SECONDS
slept()
{
	[ "$(grep -cx "$2" "$work/slept")" = "$1" ] && rm "$work/slept"
}
chmod +x "$work/bin/sleep"
ends 0 script '! begins' && says "no run begins: last_state=running state=idle running=no" &&
	slept 1999 0.01
result $? "begins: nothing ever does"
echo state=running >"$files/progress"
ends 0 script '! settle' && silent && slept 199 0.1
result $? "settle: it never ends"

cat >"$work/bin/dmesg" <<'END'
#!/bin/sh
cat <<'EOF2'
[    1.0] all is well
[    1.1] BUG: KASAN: slab-use-after-free
[    1.2] WARNING: CPU: 0 PID: 1
[    1.3] Oops: 0000
[    1.4] INFO: task x blocked for more than 1 seconds
[    1.5] INFO: rcu_sched self-detected stall
[    1.6] UBSAN: shift-out-of-bounds
[    1.7] watchdog: BUG: soft lockup
[    1.8] possible recursive deadlock detected
[    1.9] INFO: lockdep is turned off
[    1.9] membar: no complaint
EOF2
END
chmod +x "$work/bin/dmesg"
script complaints && says 8
result $? "complaints: eight of eleven lines"
printf '#!/bin/sh\n' >"$work/bin/dmesg"
script 'complaints || :' && says 0
result $? "complaints: none"

echo '1..2' >"$files/results"
ends 0 script 'works' && grep -q 'oversubscribe=1$' "$files/run"
result $? "works: a run of two results"
echo '1..12' >"$files/results"
ends 0 script '! works'
result $? "works: a run of twelve results"
echo '# 1..2' >"$files/results"
ends 0 script '! works'
result $? "works: no plan, but a comment that ends like one"

comms='cat() { case $1 in /proc/*) printf "%s\n" init membar/0 xmembar/1 membar membar/1 ;;
	*) command cat "$@" ;; esac; }'
ends 0 script "$comms" threads && says 2
result $? "threads: those whose name begins with ours"

mkdir -p "$work/system/proc/sys/vm" "$work/system/sys/kernel/slab/a" "$work/system/sys/kernel/slab/b"
: >"$work/system/sys/kernel/slab/a/shrink"
: >"$work/system/sys/kernel/slab/b/shrink"
ends 0 script 'sync() { [ -e ../system/proc/sys/vm/drop_caches ] || echo synced; }' \
	'root=../system; drop_caches' 'cat ../system/proc/sys/vm/* ../system/sys/kernel/slab/*/*' &&
	says synced 3 1 1 && slept 1 1
result $? "drop_caches: what is written is synced first, and there is a wait at the end"

# left COUNT: there is no run, and so many threads.
left()
{
	script 'settle() { echo settled; }' "threads() { echo $1; }" clean
}
ends 0 left 0 && says settled && [ ! -e "$work/slept" ]
result $? "clean: no run, no thread"
ends 1 left 3 && says settled "3 threads are left" && slept 10 0.1
result $? "clean: threads that stay"
ends 1 script 'settle() { return 1; }' 'threads() { echo 0; }' clean && says "still running"
result $? "clean: a run that stays"

# Of kmemleak there is a file: what is written to it, and what it then reports.
ends 4 script leaks && says "CONFIG_DEBUG_KMEMLEAK is off"
result $? "leaks: no kmemleak"
mkdir "$work/debugfs/kmemleak"
ends 4 script leaks && grep -qx "kmemleak is switched off" "$work/said" && slept 1 6
result $? "leaks: a kmemleak that takes no scan"
rmdir "$work/debugfs/kmemleak"
# scanned STATUS LINES: what leaks says where kmemleak reports these lines.
scanned()
{
	echo nothing >"$work/debugfs/kmemleak"
	ends "$1" script 'report() { printf "'"$2"'" >"$debugfs/kmemleak"; }' \
		'sleep() { command sleep "$1"; [ "$1" = 6 ] || tail -n 1 "$debugfs/kmemleak" >&3; report; }' \
		'exec 3>scans' leaks &&
		[ "$(tr '\n' ' ' <"$work/guest/scans")" = "scan scan scan " ] &&
		cp "$work/slept" "$work/slept.1" && slept 1 6 &&
		mv "$work/slept.1" "$work/slept" && slept 3 1
}
scanned 1 'none\n' && says none
result $? "leaks: none"
scanned 0 'unreferenced object\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n' &&
	says "unreferenced object" 1 2 3 4 5 6 7 8 9 10 11
result $? "leaks: one, of whose report twelve lines are shown"
for row in "0 1" "1 0" "2 1" "4 4"; do
	ends "${row#* }" script "leaks() { return ${row% *}; }" no_leaks
	result $? "no_leaks: status ${row#* } where that of leaks is ${row% *}"
done

finish
