#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Test the functions that the selftests share, which count results and write KTAP.
#
# Scripts of a few lines use selftests/functions.sh on prepared files.
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
		TMPDIR="$work" timeout 600 sh ./script.sh) >"$work/said" 2>&1
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
ends 4 script 'skip_all no root' &&
	grep -q '^1\.\.0 # SKIP no root$' "$work/said"
result $? "skip_all"
ends 0 script 'have membar' && ! script 'have membar_none'
result $? "have: a module that is there, and one that is not"
! script 'loaded membar_none'
result $? "loaded: a module that is not"

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
echo 'state=idle running=no' >"$files/progress"
ends 0 script '! running && settle' && silent
result $? "running, settle: nothing runs"
# What never ends is given up; the clock is a stub.
printf '#!/bin/sh\n' >"$work/bin/sleep"
chmod +x "$work/bin/sleep"
ends 0 script '! begins' && says "no run begins: state=idle running=no"
result $? "begins: nothing ever does"
echo state=running >"$files/progress"
ends 0 script '! settle' && silent
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

finish
