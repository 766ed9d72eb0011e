#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The targets of the Makefile that need no kernel work without one: KTAP.
set -u
# shellcheck source=selftests/tools/results.sh
. "$(dirname "$0")/results.sh"

# poor COMMAND...: make on a machine that has no headers of a kernel.
poor()
{
	make -C "$work/tree" KDIR="$work/none" "$@" >"$work/said" 2>&1
}

files()
{
	(cd "$work/tree" && find . | sort)
}

# What kbuild leaves, and beside it a file that is not its own.
leave()
{
	for dir in . kunit selftests/stress samples; do
		for file in a.o a.ko a.mod a.mod.c .a.o.cmd .a.ko.cmd \
			Module.symvers modules.order .a.o.d; do
			: >"$work/tree/$dir/$file"
		done
		: >"$work/tree/$dir/notes.txt"
	done
	mkdir -p "$work/tree/.tmp_versions" "$work/tree/build/run" \
		"$work/tree/.git"
	: >"$work/tree/.git/index.o"
	files
}

copy tree
mkdir "$work/tree/.git"
: >"$work/tree/.git/index.o"
for dir in . kunit selftests/stress samples; do
	: >"$work/tree/$dir/notes.txt"
done
files >"$work/before"
leave >"$work/full"
! cmp -s "$work/before" "$work/full" && poor clean &&
	files | diff "$work/before" - >"$work/said"
result $? "clean: without headers it removes all that was built, and no more"
poor clean
result $? "clean: once more"
poor help && grep -q 'make run' "$work/said"
result $? "help: without headers"
! poor && grep -q 'no kernel to build against' "$work/said"
result $? "modules: without headers it says so"

finish
