#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The files of membar_stress.ko, written to by a fuzzer.  MEMBAR_WRITES says how
# often, MEMBAR_SEED from where.
cd "$(dirname "$0")" || exit 1
. ./functions.sh

writes=${MEMBAR_WRITES:-5000}
seed=${MEMBAR_SEED:-1}

fuzz()
{
	./membar_fuzz -n "$writes" -s "$seed" -d "$dir" -r "$requests" "$@" &&
		settle
}

# Two at once, which is what the shell waits for.
two_at_once()
{
	fuzz grammar &
	fuzz bytes && wait $! && works
}

no_complaints()
{
	[ "$(complaints)" = "$complained" ]
}

need_stress
[ -x ./membar_fuzz ] || skip_all "no membar_fuzz: build it"
for requests in ./requests fuzz/requests; do
	[ ! -r $requests ] || break
done
complained=$(complaints)
ktap_print_header
ktap_set_plan 5
check "requests by the grammar" fuzz grammar
check "requests of changed bytes" fuzz bytes
check "both at once" two_at_once
check "a run still works" works
check "the kernel complained of nothing" no_complaints
ktap_finished
