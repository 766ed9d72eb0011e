#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Run the KUnit suites as modules, and repeat the results that each prints.
cd "$(dirname "$0")" || exit 1
. ./functions.sh

# suite NAME: load its module, and look at its results.
suite()
{
	have "$1_kunit" || {
		echo "no $1_kunit.ko to load"
		return 4
	}
	insert "$1_kunit" || return
	results=$debugfs/kunit/$1/results
	[ -r "$results" ] || {
		rmmod "$1_kunit"
		echo "KUnit runs nothing here: kunit.enable, kunit.autorun"
		return 4
	}
	grep -E '^ *(not )?ok ' "$results" | tail -n 1
	! grep -E '^ *not ok' "$results" && grep -q "^ok 1 $1\$" "$results"
	status=$?
	rmmod "$1_kunit" && return $status
}

[ "$(id -u)" = 0 ] || skip_all "must be root"
{ loaded kunit || have kunit && insert kunit enable=1 autorun=1; } 2>/dev/null ||
	[ -d /sys/module/kunit ] || skip_all "no KUnit in this kernel"
load || skip_all "no membar.ko and membar_stress.ko to load"
ktap_print_header
ktap_set_plan 4
for area in barrier atomic stress samples; do
	check "membar_$area" suite membar_$area
done
ktap_finished
