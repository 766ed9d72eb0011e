#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Test the files of membar_stress.ko: wrong requests are refused and run nothing, one
# run at a time runs, and a run can be ended early in several ways.
cd "$(dirname "$0")" || exit 1
. ./functions.sh

all_files_private()
{
	[ "$(find "$dir" -type f | wc -l)" = 9 ] || return
	for file in run stop progress results histogram results.json log tests \
		cells; do
		case $file:$(ls -l "$dir/$file") in
		run:-rw-------*) ;;
		stop:--w-------*) ;;
		stop:*) return 1 ;;
		*:-r--------*) ;;
		*) return 1 ;;
		esac
	done
}

# What ran, without the refusals since.
last_results()
{
	sed '/^# refused: /d; /^# the results below are of /d' "$dir/results"
}

# refused TEXT REASON: an error, nothing ran, the reason can be read, and the
# results are those of the last campaign.
refused()
{
	before=$(last_results)
	if printf '%b' "$1" 2>/dev/null >"$dir/run"; then
		echo "# accepted: $1"
		return 1
	fi
	! running && grep -q "^# refused: .*$2" "$dir/results" &&
		[ "$(last_results)" = "$before" ]
}

# Where nothing has run yet, and where something has.
refused_at_first()
{
	refused 'XX+po+po' 'no such shape' && grep -q '^1\.\.0 ' "$dir/results"
}

all_refused()
{
	request 'busted_u32_add duration_ms=1 oversubscribe=1' &&
	grep -q '^1\.\.1$' "$dir/results" &&
	refused '\n' 'no test is named' &&
	refused 'XX+po+po' 'no such shape' &&
	refused "$(printf '%199s' SB | tr ' ' +)" 'no such test' &&
	refused 'SB+po' 'takes 2 edges' &&
	refused 'SB+po+la+x' 'takes 2 edges' &&
	refused 'MP+la+po' 'cannot carry' &&
	refused 'SB speed=9' "unknown key 'speed'" &&
	refused 'SB duration_ms=1s' 'bad value' &&
	refused 'SB duration_ms=0' 'bad value' &&
	refused 'SB engine=invariant' 'bad value' &&
	refused 'SB cpus=0,4095' 'CPU 4095 is not online' &&
	refused 'SB+mbs shard=3/3' 'shard=3/3 of 2 tests is empty' &&
	refused 'SB budget_s=1 duration_ms=1' 'are both given' &&
	refused 'SB cpus=0-16' 'more than 16 CPUs' &&
	refused 'SB cpus=0-1,0' 'CPU 0 is in cpus= twice' &&
	refused 'SB engine=array size=16385' 'more than the 16384' &&
	refused 'SB seed=1 seed=1' 'given twice' &&
	refused 'SB\0' 'NUL' &&
	refused 'SB\nMP' 'more than one line' &&
	refused '3.LB+*+*+*' 'more than' &&
	refused 'SB\033[7m' 'cannot be printed' &&
	refused "SB $(printf '%900s' x)" 'characters' &&
	refused 'C x\n{}\n' 'line 3, column 1: expected' &&
	refused 'SB\nC x\n{}\nP0(int *x)\n{\n\t*x = 1;\n}\nexists (x=1)\n' \
		'the line before a litmus file lacks test=-' &&
	refused 'test=- speed=9\nC x\n{}\nP0(int *x)\n{\n\t*x = 1;\n}\nexists (x=1)\n' \
		"unknown key 'speed'" &&
	refused "$(printf 'C x\n{}\n(*%70000s*)' x)" 'more than 65535 characters' &&
	grep -q '^ok 1 busted_u32_add' "$dir/results"
}

# counter BYTES: a litmus file of that length, with options before it.
counter()
{
	text='test=- duration_ms=20 oversubscribe=1
C counter
{}
P0(int *x)
{
	atomic_inc(x);
}
P1(int *x)
{
	atomic_inc(x);
}
exists (x=2)'
	printf '%s%*s\n' "$text" "$(($1 - ${#text} - 1))" ""
}

counter=$(mktemp) || exit 1
trap 'rm -f "$said" "$counter"' EXIT

# In one write, in several, and in one of a length after which more could come.
runs_files()
{
	for bytes in 600 4096 9000 65535; do
		rm -f "$counter"
		counter $bytes >"$counter"
		[ "$(wc -c <"$counter")" = $bytes ] &&
		request 'busted_u32_add duration_ms=1 oversubscribe=1' &&
		dd if="$counter" of="$dir/run" bs=4096 conv=notrunc \
			2>/dev/null &&
		grep -q '^ok 1 counter' "$dir/results" || return 1
	done
	# The line with the options may be a write of its own.
	(counter 600 | head -n 1; counter 600 | sed 1d) >"$counter" &&
	request 'busted_u32_add duration_ms=1 oversubscribe=1' &&
	(head -n 1 "$counter"; sed 1d "$counter") >"$dir/run" &&
	grep -q '^ok 1 counter' "$dir/results" || return
	# For msum7 and mcompare7, as herd7 and litmus7 write it.
	for line in '^Test counter Allowed$' '^Histogram ([0-9]* states)$' \
		'^Witnesses$' '^Condition exists (\[x\]=2)' '^Observation counter [A-Z]'; do
		grep "$line" "$dir/log" || {
			cat "$dir/log"
			return 1
		}
	done
	! grep '[:*]>' "$dir/log" || grep '^[0-9]* *[*]>\[x\]=2;' "$dir/log"
}

# The first two CPUs that are online, as the reports have them.
first_cpus()
{
	awk '/^processor/ && ++n <= 2 { cpu[n] = $3 }
	END { print cpu[1] (cpu[2] == cpu[1] + 1 ? "-" : ",") cpu[2] }' \
		/proc/cpuinfo
}

runs()
{
	request 'SB+po+po SB+mb+mb duration_ms=50' &&
	grep -q '^1\.\.2$' "$dir/results" &&
	grep -q '^ok 1 SB+po+po' "$dir/results" &&
	grep -q '^ok 2 SB+mb+mb' "$dir/results" &&
	grep -q '^# test=SB+po+po,SB+mb+mb cpus=[-0-9,]* duration_ms=50 ' \
		"$dir/results" &&
	grep -q ", CPUs $(first_cpus), " "$dir/results" &&
	grep -q '^SB+mb+mb ' "$dir/histogram" &&
	grep -q '^state=done .* percent=100 ' "$dir/progress"
}

# The line of the results that repeats the request is one.
runs_what_it_repeats()
{
	line=$(sed -n 's/^# \(test=.*\)/\1/p' "$dir/results")
	request "$line" && grep -q "^# $line\$" "$dir/results"
}

# What the shares of a campaign run is what the whole runs.
runs_shards()
{
	tests='SB+mbs,MP+rel+acq,u32_xchg,seqlock'
	for share in 1/3 2/3 3/3; do
		request "$tests shard=$share budget_s=1 oversubscribe=1" &&
			grep -q " shard=$share duration_ms=[0-9]* patience_ms=0 " \
				"$dir/log" || return
		sed -n 's/^ok [0-9]* //p' "$dir/results" | cut -d' ' -f1
	done >"$counter" &&
	request "$tests duration_ms=1 oversubscribe=1" &&
	sed -n 's/^ok [0-9]* //p' "$dir/results" | cut -d' ' -f1 | sort \
		>"$counter.whole" &&
	sort -u "$counter" | cmp - "$counter.whole"
	status=$?
	rm -f "$counter.whole"
	return $status
}

runs_out_of_line()
{
	request 'SB+mb+mb duration_ms=20 outline=1' &&
	grep -q '^ok 2 SB+mb+mb' "$dir/results"
}

runs_in_either_engine()
{
	request 'SB duration_ms=20 engine=array size=64' &&
	grep -q '^# test=SB .* size=64 ' "$dir/results" &&
	grep -q 'engine array, batch 64, ' "$dir/results" &&
	# Of what is asked for, the report has what the engine could give.
	request 'R duration_ms=20 size=1048576' &&
	grep -q 'engine array, batch 16384, ' "$dir/results" &&
	# Long enough to have looked for the best start once, and to begin anew.
	request 'R duration_ms=1500' &&
	grep -q 'engine array' "$dir/results" &&
	request 'R duration_ms=20 engine=perpetual' &&
	grep -q 'SKIP final values need engine=array' "$dir/results"
}

# The batches that count are neither all of 64 iterations nor all of 16384.
had_batches_of_both()
{
	awk '
	function get(key,    s) {
		match($0, "\"" key "\":")
		s = substr($0, RSTART + RLENGTH)
		match(s, /[,}]/)
		return substr(s, 1, RSTART - 1)
	}
	index($0, "{\"test\":\"SB+mb+mb\"") {
		nr = get("batches") - get("idle_batches")
		each = nr ? get("iterations") / nr : 0
	}
	END { exit !(each > 64 && each < 16384) }' "$dir/results.json"
}

# An engine whose threads never ran at once has no batch that counts.
runs_in_both_engines()
{
	_tries=0
	until request 'SB+mb+mb duration_ms=400' && had_batches_of_both; do
		[ $((_tries += 1)) -lt 10 ] || return 1
	done
	grep -q '^# SB+mb+mb: .*, engine both, ' "$dir/results" &&
	grep -q '^# SB+po+po: .*, engine both, ' "$dir/results"
}

# Half of them are skipped, and progress does not stand still for that.
progress_counts_what_is_skipped()
{
	request 'SB 3.SB 3.LB cpus=0 oversubscribe=0 duration_ms=60000' &&
		grep -q '^state=done .* job=3 jobs=3 percent=100 ' "$dir/progress"
}

# Each of them for a moment: what is forbidden does not show in that either.
runs_all()
{
	for tests in all 'all outline=1' smoke,atomics; do
		request "$tests duration_ms=1 oversubscribe=1" &&
			grep -q '^state=done .* percent=100 ' "$dir/progress" &&
			! grep '^not ok' "$dir/results" || return
	done
	cat "$dir/results.json" >/dev/null
	grep '^1\.\.' "$dir/results"
}

one_at_a_time()
{
	request 'SB duration_ms=60000 wait=0' || return
	running || return
	if request 'MP duration_ms=10'; then
		return 1
	fi
	grep -q '^# test=SB ' "$dir/results"
}

stops()
{
	running || return
	echo 1 >"$dir/stop"
	settle && grep -q '^# stopped: stopped by request' "$dir/results"
}

# The shell that writes is killed; the run has to go with it.
ends_by_signal()
{
	sh -c "exec printf 'SB duration_ms=60000' >'$dir/run'" 2>/dev/null &
	pid=$!
	begins || return
	kill "$pid"
	wait "$pid" 2>/dev/null
	settle && grep -q '^# stopped: interrupted by a signal' "$dir/results"
}

ends_by_rmmod()
{
	request 'SB duration_ms=60000 wait=0' || return
	running || return
	rmmod membar_stress || return
	! loaded membar_stress && load
}

ends_by_hotplug()
{
	request 'SB duration_ms=60000 wait=0' || return
	echo 0 >/sys/devices/system/cpu/cpu1/online || return
	settle
	status=$?
	echo 1 >/sys/devices/system/cpu/cpu1/online
	[ "$status" = 0 ] &&
		grep -q '^# stopped: a CPU of the campaign went offline' \
			"$dir/results" &&
		grep -q '^Bail out! \|^ok 1 ' "$dir/results"
}

# A CPU on which no test of the campaign runs may come and go.
goes_on_without_other_cpus()
{
	request 'SB duration_ms=1500 cpus=0 oversubscribe=1 wait=0' || return
	echo 0 >/sys/devices/system/cpu/cpu1/online || return
	settle
	echo 1 >/sys/devices/system/cpu/cpu1/online
	! grep '^# stopped' "$dir/results" &&
		grep -q '^state=done ' "$dir/progress"
}

ends_by_suspend()
{
	echo freezer >/sys/power/pm_test || return
	request 'SB duration_ms=60000 wait=0' || return
	echo freeze >/sys/power/state
	echo none >/sys/power/pm_test
	settle && grep -q '^# stopped: the system suspends' "$dir/results"
}

too_few_cpus()
{
	request '3.SB duration_ms=50 cpus=0,1' &&
	grep -q '^ok 1 3.SB+po+po+po # SKIP more threads than CPUs' "$dir/results" &&
	request '3.SB duration_ms=50 cpus=0,1 oversubscribe=1' &&
	grep -q ', oversubscribed' "$dir/results"
}

# Threads that take turns on a CPU lose no operation either.
invariants_share_a_cpu()
{
	tests=u32_fetch_add,u64_dec_return,u32_xchg,bit_lock,spsc_ring
	request "$tests duration_ms=50 cpus=0 oversubscribe=1" &&
		! grep '^not ok' "$dir/results"
}

# adds_up: all that was observed, and nothing else, is in the outcomes; a batch
# that does not count is in neither.
adds_up()
{
	awk '
	function get(key,    s) {
		match($0, "\"" key "\":")
		s = substr($0, RSTART + RLENGTH)
		sub(/^"/, "", s)
		sub(/[",}].*/, "", s)
		return s ~ /^[0-9]+$/ ? s + 0 : s
	}
	/^[{]"test":/ {
		all = $0
		sub(/.*"outcomes":[{]/, "", all)
		sub(/[}].*/, "", all)
		n = split(all, outcome, ",")
		sum = 0
		for (i = 1; i <= n; i++) {
			sub(/.*:/, "", outcome[i])
			sum += outcome[i]
		}
		tests++
		counted = get("batches") - get("idle_batches")
		idle += get("idle_batches")
		if (sum != get("observed") ||
		    (counted == 0) != (sum == 0) ||
		    (counted == 0) != (get("iterations") == 0) ||
		    (get("engine") == "array" && sum != get("iterations")) ||
		    (get("engine") == "invariant" && sum != counted)) {
			print "# does not add up: " $0
			bad = 1
		}
	}
	END {
		print tests " tests, " idle " batches do not count"
		exit bad
	}' "$dir/results.json"
}

outcomes_add_up()
{
	request 'SB+mbs,R+mbs,CoRR,IRIW,u32_add,seqlock duration_ms=50 oversubscribe=1' &&
		adds_up || return
	# So short that one thread has ended before another begins.
	request 'SB+mbs,R+mbs,u32_add duration_ms=50 size=16 cpus=0 oversubscribe=1' &&
		adds_up
}

# A batch that would take minutes is cut short when its test or the run ends.
long_batches_end()
{
	begun=$(cut -d. -f1 /proc/uptime)
	request 'ticket_lock size=1048576 duration_ms=1' &&
		request 'ticket_lock size=1048576 duration_ms=60000 wait=0' &&
		running && echo 1 >"$dir/stop" && settle || return
	took=$(($(cut -d. -f1 /proc/uptime) - begun))
	echo "$took s"
	[ $took -le 10 ]
}

# What has ended was not stopped, whatever comes after.
stop_comes_late()
{
	request 'SB duration_ms=20' || return
	echo 1 >"$dir/stop"
	! grep -q '^# stopped' "$dir/results"
}

has_two_cpus()
{
	[ "$(cpus_online)" -ge 2 ] || {
		echo "needs two CPUs"
		return 4
	}
}

# on_two NAME COMMAND: a test of threads on CPUs of their own.
on_two()
{
	has_two_cpus || return
	"$@"
}

if_hotplug()
{
	[ -w /sys/devices/system/cpu/cpu1/online ] || {
		echo "no CPU hotplug here"
		return 4
	}
	"$@"
}

if_suspend()
{
	[ -w /sys/power/pm_test ] && grep -q freeze /sys/power/state || {
		echo "no /sys/power/pm_test here"
		return 4
	}
	"$@"
}

need_stress
ktap_print_header
ktap_set_plan 25
check "files are for root alone" all_files_private
check "reading run explains it" grep -q 'Write one request' "$dir/run"
check "a request that is wrong from the first" refused_at_first
check "wrong requests are refused with a reason" all_refused
check "a campaign runs and reports" on_two runs
check "litmus files run" runs_files
check "the request it repeats can be pasted" on_two runs_what_it_repeats
check "the shares of a campaign" runs_shards
check "out of line" on_two runs_out_of_line
check "either engine" on_two runs_in_either_engine
check "both engines" on_two runs_in_both_engines
check "every test there is" runs_all
check "progress counts what is skipped" progress_counts_what_is_skipped
check "a second run is refused" on_two one_at_a_time
check "stop ends a run" on_two stops
check "stop does not change what has ended" on_two stop_comes_late
check "a signal ends a run" on_two ends_by_signal
check "rmmod ends a run in the background" on_two ends_by_rmmod
check "a CPU that goes offline ends a run" on_two if_hotplug ends_by_hotplug
check "a CPU that is not in use may go" on_two if_hotplug goes_on_without_other_cpus
check "suspend ends a run" on_two if_suspend ends_by_suspend
check "more threads than CPUs" on_two too_few_cpus
check "invariants of threads that share a CPU" invariants_share_a_cpu
check "outcomes add up" outcomes_add_up
check "long batches end" on_two long_batches_end
ktap_finished
