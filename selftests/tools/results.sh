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
# With the argument "plain" a test ends with the first result that is bad.
plain=${1-}
top=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck disable=SC2034 # for the tests
tools=$top/tools
work=$(mktemp -d) || exit 1
# In KTAP the plan comes first, and it is known last: until then the results wait.
trap show EXIT
# The tests set what a script is to find; what the caller has set is not for them.
# shellcheck disable=SC2016 # the backquotes are those of the table
variables=$(sed -n 's/^``\([A-Z_]*\)`` .*/\1/p' "$top/Documentation/options.rst")
[ -n "$variables" ] || exit 1
for name in $variables; do
	case $name in
	MEMBAR_CACHE | MEMBAR_ACCEL | JOBS) ;;
	*) unset "$name" ;;
	esac
done
: >"$work/said"

n=0
failed=0
planned=
: >"$work/results"

show()
{
	echo "KTAP version 1"
	[ -z "$planned" ] || echo "1..$planned"
	cat "$work/results"
	[ -n "$planned" ] || {
		sed 's/^/# /' "$work/said"
		echo "Bail out! the test ended after $n results"
	}
	rm -rf "$work"
}

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
	fi >>"$work/results"
	[ "$failed" = 0 ] || [ "$plain" != plain ] || exit 1
}

skip()
{
	n=$((n + 1))
	echo "ok $n $1 # SKIP $2" >>"$work/results"
}

# copy NAME: a copy of the project in $work, to build in and to spoil.
copy()
{
	# shellcheck disable=SC2016 # for the inner shell
	sh -c '. "$0"; sync_tree "$1"' "$tools/lib/common.sh" "$work/$1" \
		>"$work/said" 2>&1
}

# The plan and the status of the test.
finish()
{
	planned=$n
	[ "$failed" = 0 ]
}
