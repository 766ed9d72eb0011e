#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Scripts that are started several times at once do not disturb each other: KTAP.
#
# TIMES= says how often in a row (default: 20).
set -u
# shellcheck source=selftests/tools/results.sh
. "$(dirname "$0")/results.sh"

# pipe TREE OUTPUT: one run of the program there feeds another, again and again.
pipe()
{
	i=0
	while [ $i -lt "${TIMES:-20}" ]; do
		i=$((i + 1))
		echo SB+mb+mb | "$1/tools/stress-host" verdict |
			cut -d' ' -f1 |
			"$1/tools/stress-host" verdict >"$2" &&
			[ "$(cat "$2")" = "SB+mb+mb forbidden" ] || return
	done 2>>"$work/said"
}

# two_pipes TREE
two_pipes()
{
	pipe "$1" "$work/out.1" &
	pipe "$1" "$work/out.2"
	_status=$?
	wait $! && [ $_status = 0 ]
}

copy whole && two_pipes "$work/whole"
result $? "stress-host: two pipes of two runs each, and nothing built at first"

# The control: as above, but without the lock, and linked in place each time.
copy spoilt
# shellcheck disable=SC2016 # the text of a script
sed -i -e '/^\tflock 9$/d' -e 's/ || return 0$/ || :/' \
	-e '/mv "\$program\.new"/d' \
	-e 's/"\$program\.new" \$objects/"$program" $objects/' \
	"$work/spoilt/tools/stress-host"
! two_pipes "$work/spoilt"
result $? "control: a program that is linked in place is noticed"

# The first gives the directory up when the second has said that it waits.
: >"$work/waits"
# shellcheck disable=SC2016 # for the inner shell
timeout 100 sh -c '. "$0"; hold "$1/dir"; echo first
	until grep -q "waiting for another run" "$1/waits"; do sleep 0.1; done
	echo first' "$tools/lib/common.sh" "$work" >"$work/order" 2>"$work/said" &
while [ ! -s "$work/order" ]; do sleep 0.1; done
# shellcheck disable=SC2016 # likewise
timeout 100 sh -c '. "$0"; hold "$1/dir"; echo second' \
	"$tools/lib/common.sh" "$work" >>"$work/order" 2>"$work/waits"
wait
cat "$work/order" "$work/waits" >>"$work/said"
[ "$(tr '\n' ' ' <"$work/order")" = "first first second " ]
result $? "hold: the second run waits for the first, and says so"

# shellcheck disable=SC2016 # for the inner shell
timeout 20 sh -c '. "$0"; hold "$1/dir"
	sh -c ". \"\$0\"; hold \"\$1/dir\"; echo inside" "$0" "$1"' \
	"$tools/lib/common.sh" "$work" >"$work/said" 2>&1 &&
	grep -qx inside "$work/said"
result $? "hold: a script that the holder starts does not wait for it"

# jobs_are WANT JOBS: what the helpers of both languages take for the number of jobs.
jobs_are()
{
	# shellcheck disable=SC2016 # for the inner shell
	shell=$(JOBS=$2 sh -uc '. "$0"; echo $jobs' "$tools/lib/common.sh" 2>&1)
	python=$(JOBS=$2 PYTHONPATH=$tools/lib python3 -Bc \
		'import common; print(common.jobs())' 2>&1)
	printf '%s\n' "shell: $shell" "python: $python" >"$work/said"
	[ "$shell" = "$1" ] && [ "$python" = "$1" ]
	result $? "JOBS=$2: $1"
}
jobs_are "$(nproc)" ""
jobs_are 1 1
jobs_are 12 12
for wrong in 0 -1 2x 1.5 10000; do
	jobs_are "membar: error: JOBS=$wrong: use a number from 1 to 9999" $wrong
done

# ends WANT SIGNAL: whether a command that lasts, and what it started in the background,
# ends by a limit of a second, or when the script is interrupted.
ends()
{
	rm -f "$work/pid"
	# shellcheck disable=SC2016 # for the inner shell
	PYTHONPATH=$tools/lib python3 -Bc 'import common, sys
common.run(lambda: common.run_limited(
    ["sh", "-c", "trap : TERM; setsid sleep 300 & echo $! >\"$0\"; wait; sleep 300", sys.argv[1]],
    int(sys.argv[2])))' "$work/pid" "$([ -n "$2" ] && echo 300 || echo 1)" &
	script=$!
	until [ -s "$work/pid" ]; do sleep 0.1; done
	[ -z "$2" ] || kill -"$2" $script
	wait $script
	status=$?
	echo "status $status" >"$work/said"
	[ "$status" = "$1" ] && ! kill -0 "$(cat "$work/pid")" 2>>"$work/said"
	result $? "what a script started ends with it: ${2:-a limit}"
}
ends 124 ""
ends 143 TERM

# What is written at a fixed place is written by one run at a time.
(cd "$top" && grep -rl "top/build/" tools selftests/reject/run |
	xargs grep -L '^[[:space:]]*hold \|^[[:space:]]*flock ' |
	grep -vx tools/lib/common.sh) >"$work/said"
[ ! -s "$work/said" ]
result $? "each script that writes to build/ holds its place there"

finish
