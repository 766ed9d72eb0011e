#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Run membar's collection of kselftest, and record its results in LAVA.
#
# usage: selftests/lava/kselftest.sh FOLDER [SCRIPT...]
#
# FOLDER is where the collection was installed or unpacked; it has
# run_kselftest.sh.  SCRIPT is one of the collection's programs (default: all).
#
# Each script is a test set with a test case for each of its results, and with one
# case that is named as the script and has the status that kselftest saw.
set -u
. "$(dirname "$0")/functions.sh"

# cases: the cases in what run_kselftest.sh printed.  A name is made an
# identifier; the reason of a skipped test follows its name, and is cut off.
cases()
{
	awk '
	function id(name) {
		gsub(/[^A-Za-z0-9._]+/, "-", name)
		gsub(/^-+|-+$/, "", name)
		return name
	}
	function put(line, name,    result, count) {
		result = line ~ /^not/ ? "fail" : \
			 toupper(line) ~ /# SKIP/ ? "skip" : "pass"
		if (name == "") {
			name = line
			sub(/^(not )?ok [0-9]+ (- )?/, "", name)
			sub(/ *# [A-Za-z]+.*$/, "", name)
			if (result == "skip" && match(name, /.*: /))
				name = substr(name, 1, RLENGTH - 2)
		}
		name = id(name)
		count = ++seen[set, name]
		print set, name (count > 1 ? "-" count : ""), result
	}
	/^# selftests: membar: / { set = id($4); next }
	/^(not )?ok [0-9]+ selftests: membar: / {
		put($0, /^not/ ? $6 : $5)
		set = "-"
		next
	}
	set != "-" && sub(/^# /, "") && /^(not )?ok [0-9]+/ { put($0, "") }
	BEGIN { set = "-" }' "$1"
}

[ $# -ge 1 ] || {
	echo "usage: kselftest.sh FOLDER [SCRIPT...]" >&2
	exit 2
}
cd "$1" || exit
shift
for script; do
	set -- "$@" -t "membar:$script"
	shift
done
[ $# -gt 0 ] || set -- -c membar
./run_kselftest.sh "$@" 2>&1 | tee "$tmp/said"
cases "$tmp/said" >"$tmp/cases"
# A collection that does not run has no results, and that is a failure.
[ -s "$tmp/cases" ] || echo "- run_kselftest.sh fail" >"$tmp/cases"
report <"$tmp/cases"
