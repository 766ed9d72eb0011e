#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Each script prints its help and does nothing else: KTAP.
#
# The scripts of a copy are run without a network, in an empty environment, with
# a PATH of a few programs that only read.  Afterwards nothing may have changed.
set -u
# shellcheck source=selftests/tools/results.sh
. "$(dirname "$0")/results.sh"

copy tree
mkdir "$work/bin" "$work/home"
for program in dirname env sed; do
	ln -s "$(command -v $program)" "$work/bin/"
done
# Not a wrapper of it, which needs more.
ln -s "$(python3 -c 'import sys; print(sys.executable)')" "$work/bin/python3"
alone="setsid"
! unshare -n true 2>/dev/null || alone="unshare -n"

# All files of the copy and of the home, with their contents.
state()
{
	(cd "$work" && find tree home | sort &&
		find tree home -type f -exec cat {} + | cksum)
}

# helps SCRIPT OPTION: help and a good status, no complaint and no trace.
helps()
{
	# shellcheck disable=SC2086 # words
	(cd "$work/home" && timeout 20 $alone "$(command -v env)" -i \
		PATH="$work/bin" HOME="$work/home" TMPDIR="$work/home" \
		MEMBAR_CACHE="$work/home/cache" PYTHONDONTWRITEBYTECODE=1 \
		"$work/tree/$1" "$2") >"$work/said" 2>"$work/complaints" \
		</dev/null
	_status=$?
	[ $_status = 0 ] && grep -q '[a-z]' "$work/said" &&
		! grep -q 'SPDX\|#!' "$work/said" && [ ! -s "$work/complaints" ] &&
		[ "$(state)" = "$before" ] && return
	cat "$work/complaints" >>"$work/said"
	echo "status $_status" >>"$work/said"
	return 1
}

scripts()
{
	(cd "$work/tree" && find .ci tools selftests -type f -perm -u+x | sort)
}

before=$(state)
for script in $(scripts); do
	helps "$script" --help
	result $? "$script --help"
done
helps tools/build -h
result $? "tools/build -h"

# The controls: scripts that do something.
bad()
{
	printf '%s\n' '#!/bin/sh' '# Does something.' "$2" >"$work/tree/tools/bad"
	chmod +x "$work/tree/tools/bad"
	before=$(state)
	! helps tools/bad --help
	result $? "control: $1 is noticed"
	rm -rf "$work/tree/tools/bad" "${work:?}/home"
	mkdir "$work/home"
}
# shellcheck disable=SC2016 # the text of a script
{
	bad "a file that is written" 'echo help of it; : >"$HOME/file"'
	bad "a file that changes" 'echo help of it; echo x >>"${0%/*}/lib/common.sh"'
	bad "a program that is run" 'echo help of it; rm -f x'
	bad "no help" 'exit 0'
	bad "a bad status" 'echo help of it; exit 1'
	bad "a script that waits" 'echo help of it; while :; do :; done'
}

finish
