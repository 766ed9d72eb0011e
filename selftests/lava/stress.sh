#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Run a stress campaign, and record its results in LAVA.
#
# usage: selftests/lava/stress.sh FOLDER [REQUEST...]
#
# FOLDER has membar.ko and membar_stress.ko; modules that are loaded already, or
# that modprobe knows, are used without it.  REQUEST is that of
# tools/membar-stress.
#
# Three test cases are recorded for each test that runs, and the first of them for
# one that is skipped:
#
#	NAME		pass, fail or skip; measured: how often the outcome was seen,
#			and the verdict as the unit
#	NAME.rate	iterations/s
#	NAME.weak	outcomes/s, of the outcome that the test asks about
#
# The case "campaign" passes if nothing forbidden was seen, with evidence, and is
# skipped if no control tripped.  Its measurement is the exit status of
# membar-stress.  In a NAME "+" is "-", "_" is "__", and any other character that
# is no letter or digit is "_" and two hexadecimal digits, as in KernelCI's reports.
#
# The log in litmus7's format is printed between two lines "membar-log: begin" and
# "membar-log: end".
set -u
. "$(dirname "$0")/functions.sh"

loaded()
{
	grep -qs "^$1 " /proc/modules
}

# load FOLDER: both modules; prints those that it had to load.
load()
{
	for module in membar membar_stress; do
		! loaded $module || continue
		if [ -r "$1/$module.ko" ]; then
			insmod "$1/$module.ko"
		else
			modprobe $module
		fi || return
		loaded_here="$module $loaded_here"
	done
}

cases()
{
	awk '
	function get(key,    s) {
		if (!match($0, "\"" key "\":"))
			return ""
		s = substr($0, RSTART + RLENGTH)
		if (substr(s, 1, 1) == "\"") {
			s = substr(s, 2)
			return substr(s, 1, index(s, "\"") - 1)
		}
		match(s, /[,}]/)
		return substr(s, 1, RSTART - 1)
	}
	function encode(name,    i, c, out) {
		for (i = 1; i <= length(name); i++) {
			c = substr(name, i, 1)
			out = out (c == "+" ? "-" : c == "_" ? "__" : \
				   c ~ /[A-Za-z0-9]/ ? c : \
				   sprintf("_%02X", code[c]))
		}
		return out
	}
	BEGIN {
		for (i = 1; i < 128; i++)
			code[sprintf("%c", i)] = i
		result["pass"] = result["seen"] = "pass"
		result["not seen"] = result["info"] = "pass"
		result["blind"] = result["skip"] = "skip"
	}
	/^[{]"test":/ {
		name = encode(get("test"))
		if (get("pair") != "")
			name = encode(get("pair")) "." name
		verdict = get("verdict")
		word = verdict
		gsub(/ /, "-", word)
		print "-", name, verdict in result ? result[verdict] : "fail", \
		      get("seen") + 0, word
		if (verdict == "skip")
			next
		print "-", name ".rate pass", get("per_second") + 0, "iterations/s"
		print "-", name ".weak pass", get("seen_per_second") + 0, "outcomes/s"
	}' "$1"
}

# The case of the whole campaign.
campaign()
{
	case $1 in
	0) echo "- campaign pass 0 exit-status" ;;
	3) echo "- campaign skip 3 exit-status" ;;
	*) echo "- campaign fail $1 exit-status" ;;
	esac
}

[ $# -ge 1 ] || {
	echo "usage: stress.sh FOLDER [REQUEST...]" >&2
	exit 2
}
folder=$1
shift
loaded_here=
mkdir -p "$tmp/out"
if load "$folder"; then
	sh "$here/../../tools/membar-stress" -o "$tmp/out" "$@"
	status=$?
else
	status=2
fi
for module in $loaded_here; do
	rmmod "$module" || status=2
done
[ ! -s "$tmp/out/log.txt" ] || {
	echo "membar-log: begin"
	cat "$tmp/out/log.txt"
	echo "membar-log: end"
}
{
	[ ! -s "$tmp/out/results.json" ] || cases "$tmp/out/results.json"
	campaign $status
} >"$tmp/cases"
report <"$tmp/cases"
