#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Fuzz the files of membar_stress.ko: write MEMBAR_WRITES requests in all, a tenth of
# them by the grammar, because accepted requests take longer, and as many litmus
# files.  MEMBAR_SEED starts the random numbers.
cd "$(dirname "$0")" || exit 1
. ./functions.sh

writes=${MEMBAR_WRITES:-20000}
seed=${MEMBAR_SEED:-1}

# fuzz PERCENT SEED FUZZER [FILE...]
fuzz()
{
	percent=$1
	from=$2
	shift 2
	./membar_fuzz -n $((writes * percent / 100)) -s "$from" -d "$dir" \
		-r "$requests" "$@" >"$tmp/$1" || return
	# All that was written is worth a line.
	sed 's/^/# /' "$tmp/$1" >&3
	settle
}

# Two at once, which is what the shell waits for.
two_at_once()
{
	fuzz 5 $((seed + 1)) grammar &
	fuzz 10 $((seed + 1)) bytes && wait $! && works
}

need_stress
[ -x ./membar_fuzz ] || skip_all "no membar_fuzz: build it"
for requests in ./requests fuzz/requests; do
	[ ! -r $requests ] || break
done
for programs in . litmus; do
	[ ! -r $programs/program-address.litmus ] || break
done
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp" "$said"' EXIT
ktap_print_header
exec 3>&1
ktap_set_plan 6
check "requests by the grammar" fuzz 5 "$seed" grammar
check "requests of changed bytes" fuzz 80 "$seed" bytes
check "both at once" two_at_once
check "litmus files that are changed" fuzz 100 "$seed" litmus \
	"$programs"/program-*.litmus "$programs"/sample-*.litmus
check "a run still works" works
check "the kernel complained of nothing" no_complaints
ktap_finished
