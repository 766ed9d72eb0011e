# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# Helpers of the tests of the scripts: sourced by them, never run.  A test
# leaves in $work/said the output that a reader of its failure needs.
case ${1-} in
-h | --help)
	sed -n '/^#!/d; /^# SPDX/d; /^#/!q; s/^#[ ]*//p' "$0"
	exit
	;;
esac
top=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck disable=SC2034 # for the tests
tools=$top/tools
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset KDIR KSRC RUNNER ARCH KVER CC PARTS MEMBAR_YES MEMBAR_REFRESH
: >"$work/said"

n=0
failed=0

# result STATUS NAME: one line of KTAP.
result()
{
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n $2"
	else
		failed=$((failed + 1))
		sed 's/^/# /' "$work/said"
		echo "not ok $n $2"
	fi
}

skip()
{
	n=$((n + 1))
	echo "ok $n $1 # SKIP $2"
}

# copy NAME: a copy of the project in $work, to build in and to spoil.
copy()
{
	# shellcheck disable=SC2016 # for the inner shell
	sh -c '. "$0"; sync_tree "$1"' "$tools/lib/common.sh" "$work/$1" \
		>"$work/said" 2>&1
}

# The plan, which comes last, and the status of the test.
finish()
{
	echo "1..$n"
	[ "$failed" = 0 ]
}

echo "TAP version 13"
