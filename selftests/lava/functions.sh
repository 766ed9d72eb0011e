# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# What the test definitions for LAVA share: sourced by their scripts, never run.
# They need no other programs than busybox and LAVA's lava-test-case.
case ${1-} in
-h | --help)
	sed -n '/^#!/d; /^# SPDX/d; /^#/!q; s/^# \{0,1\}//p' "$0"
	exit
	;;
esac

# shellcheck disable=SC2034 # for the scripts
here=$(cd "$(dirname "$0")" && pwd) || exit
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT

# report: record each line "SET ID RESULT [MEASUREMENT UNITS]" of standard input; SET
# is "-" where there is none.  A result that LAVA does not know would end the job.
report()
{
	set=-
	while read -r new id result measurement units; do
		[ "$new" = "$set" ] || {
			[ "$set" = - ] || lava-test-set stop
			[ "$new" = - ] || lava-test-set start "$new"
			set=$new
		}
		lava-test-case "$id" --result "$result" \
			${measurement:+--measurement "$measurement"} \
			${units:+--units "$units"}
	done
	[ "$set" = - ] || lava-test-set stop
}
