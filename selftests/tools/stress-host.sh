#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# tools/stress-host takes tests as arguments and from standard input.
#
# usage: selftests/tools/stress-host.sh		(KTAP)
set -u
. "$(dirname "$0")/results.sh"

file=$top/selftests/litmus/sample-dekker.litmus

# says EXPECTED: the last output is this one, and nothing else.
says()
{
	[ "$(cat "$work/said")" = "$1" ]
}

"$tools/stress-host" verdict SB+mb+mb "$file" >"$work/said" 2>&1 &&
	says "SB+mb+mb forbidden
$file forbidden"
result $? "verdict: a name and a file as arguments"
printf '%s\n' SB+po+po "$file" | "$tools/stress-host" verdict >"$work/said" 2>&1 &&
	says "SB+po+po allowed
$file forbidden"
result $? "verdict: a name and a file from standard input"
"$tools/stress-host" states "$file" >"$work/said" 2>&1 &&
	grep -q '^Test sample-dekker' "$work/said"
result $? "states: a file as an argument"
! "$tools/stress-host" verdict /no/such.litmus >"$work/said" 2>&1 &&
	grep -q "^/no/such.litmus: No such file" "$work/said"
result $? "verdict: a file that does not exist is named, and fails"
! "$tools/stress-host" verdicts SB+mb+mb >"$work/said" 2>&1 &&
	grep -q '^usage:' "$work/said"
result $? "a command that does not exist is refused"
finish
