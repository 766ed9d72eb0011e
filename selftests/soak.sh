#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Run everything at once, for MEMBAR_MINUTES: campaigns, both fuzzers, readers, a CPU
# that is unplugged and plugged, signals, and the module unloaded and loaded after each
# round.  Memory, slab objects, threads, files and directory entries must be
# as they were after the first rounds.  MEMBAR_LEAK=1 leaks an object a hundred
# times in each round, which must be detected.
cd "$(dirname "$0")" || exit 1
. ./functions.sh

cpu=/sys/devices/system/cpu/cpu1/online

uptime_s()
{
	cut -d. -f1 /proc/uptime
}

# One line: kB in use, tasks, open files, directory entries, objects of the
# caches that allocations of no special kind come from.
measure()
{
	drop_caches
	echo "$(awk '/^(MemFree|Buffers|Cached|SReclaimable):/ { n -= $2 }
		/^MemTotal:/ { n += $2 } END { print n }' /proc/meminfo)" \
		"$(find /proc -maxdepth 1 -name '[0-9]*' | wc -l)" \
		"$(awk '{ print $1 - $2 }' /proc/sys/fs/file-nr)" \
		"$(awk '{ print $1 - $2 }' /proc/sys/fs/dentry-state)" \
		"$(awk '/^kmalloc/ { n += $2 } END { print n + 0 }' /proc/slabinfo)"
}

campaigns()
{
	while [ -e "$tmp/on" ]; do
		request 'all duration_ms=5 oversubscribe=1'
		request 'smoke duration_ms=20 engine=array oversubscribe=1'
		request 'u32_add,seqlock,IRIW+mbs duration_ms=20 outline=1 oversubscribe=1'
		sleep 0.01
	done
}

readers()
{
	while [ -e "$tmp/on" ]; do
		cat "$dir/results" "$dir/results.json" "$dir/histogram" \
			"$dir/progress" "$dir/tests" "$dir/cells" >/dev/null
	done
}

killers()
{
	while [ -e "$tmp/on" ]; do
		sh -c "exec printf 'SB duration_ms=50 oversubscribe=1' >'$dir/run'" \
			2>/dev/null &
		sleep 0.02
		kill -KILL $! 2>/dev/null
		wait $! 2>/dev/null
	done
}

plug()
{
	flips=0
	while [ -e "$tmp/on" ] && [ -w $cpu ]; do
		echo 0 >$cpu
		sleep 0.2
		echo 1 >$cpu
		sleep 0.2
		flips=$((flips + 1))
		echo $flips >"$tmp/flips"
	done
}

leak()
{
	i=0
	while [ $i -lt 100 ] && [ "${MEMBAR_LEAK-}" = 1 ]; do
		i=$((i + 1))
		insert membar_leak && rmmod membar_leak || return
	done
}

round()
{
	touch "$tmp/on"
	campaigns &
	killers &
	plug &
	for _ in 1 2 3; do readers & done
	./membar_fuzz -n 4000 -s "$rounds" -d "$dir" grammar >"$tmp/fuzz" || return
	./membar_fuzz -n 4000 -s "$rounds" -d "$dir" -r "$requests" bytes \
		>>"$tmp/fuzz" || return
	rm -f "$tmp/on"
	wait
	written=$((written + $(awk '{ n += $2 } END { print n }' "$tmp/fuzz")))
	flips=$((flips + $(cat "$tmp/flips" 2>/dev/null || echo 0)))
	rm -f "$tmp/flips"
	# And the module away in the midst of a run.
	settle && request 'all duration_ms=60000 wait=0 oversubscribe=1' &&
		unload && leak && load && works
}

soak()
{
	rounds=0
	written=0
	flips=0
	begun=$(uptime_s)
	while [ $(($(uptime_s) - begun)) -lt $((minutes * 60)) ] ||
		[ $rounds -lt 4 ]; do
		rounds=$((rounds + 1))
		round || {
			echo "round $rounds failed"
			# Nothing of it is left for the checks that follow.
			rm -f "$tmp/on"
			wait
			return 1
		}
		measure >"$tmp/now"
		# The first rounds bring in what stays.
		[ $rounds != 2 ] || cp "$tmp/now" "$tmp/first"
		echo "# round $rounds, $((($(uptime_s) - begun) / 60)) min:" \
			"$written writes, $flips CPU cycles, $(complaints) complaints;" \
			"kB, tasks, files, dentries, objects: $(cat "$tmp/now")" >&3
	done
	echo "$rounds rounds, $written writes, $flips CPU cycles"
}

# within COLUMN LIMIT: how much more it may be in the end.
within()
{
	was=$(cut -d' ' -f"$1" "$tmp/first")
	is=$(cut -d' ' -f"$1" "$tmp/now")
	echo "$was after two rounds, $is in the end"
	[ $((is - was)) -le "$2" ]
}

minutes=${MEMBAR_MINUTES:-0}
[ "$minutes" != 0 ] || skip_all "only with MEMBAR_MINUTES="
need_stress
[ -x ./membar_fuzz ] || skip_all "no membar_fuzz: build it"
for requests in ./requests fuzz/requests; do
	[ ! -r $requests ] || break
done
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp" "$said"' EXIT
ktap_print_header
exec 3>&1
ktap_set_plan 9
check "everything at once" soak
check "memory, in kB" within 1 4096
check "tasks" within 2 2
check "open files" within 3 16
check "directory entries" within 4 64
check "slab objects" within 5 90
check "threads" test "$(threads)" = 0
check "the kernel complained of nothing" no_complaints
check "a run still works" works
ktap_finished
