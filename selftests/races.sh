#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Interfere with a run at the worst moments, as root can: kill its writer, take its
# module, its CPU or its memory away, read all files, set the clock.  After each of
# these the next run must work, and no thread may be left.  MEMBAR_TIMES is the number
# of repetitions.
cd "$(dirname "$0")" || exit 1
. ./functions.sh

times=${MEMBAR_TIMES:-20}

uptime_s()
{
	cut -d. -f1 /proc/uptime
}

# repeat COMMAND...: as often as asked, and then the next run works.  Whoever
# looks on is told now and then that it goes on.
repeat()
{
	i=0
	begun=$(uptime_s)
	while [ $i -lt "$times" ]; do
		i=$((i + 1))
		"$@" || {
			echo "failed at $i of $times"
			return 1
		}
		[ $((i % 100)) != 0 ] || [ $i = "$times" ] ||
			echo "# $*: $i times, $(($(uptime_s) - begun)) s" >&3
	done
	took=$(($(uptime_s) - begun))
	works && clean && echo "$times times, $took s"
}

# at_most TIMES COMMAND...: what takes long is not done a thousand times.
at_most()
{
	all_times=$times
	[ "$times" -le "$1" ] || times=$1
	shift
	"$@"
	outcome=$?
	times=$all_times
	return $outcome
}

# A moment that is different each time, up to some milliseconds.
moment()
{
	usleep $((($$ + i * 7919) % 5000)) 2>/dev/null || sleep 0.003
}

# Each second time the run has surely begun, and ends for it.
killed_writer()
{
	sh -c "exec printf 'SB duration_ms=60000 size=5000 oversubscribe=1' >'$dir/run'" \
		2>/dev/null &
	[ $((i % 2)) = 0 ] || begins || return
	moment
	kill "-$1" $! 2>/dev/null
	wait $! 2>/dev/null
	settle || return
	[ $((i % 2)) = 0 ] ||
		grep -q '^# stopped: interrupted by a signal' "$dir/results"
}

# A signal may come before the run, in its midst, or not at all.
signalled()
{
	# A shell makes its background ignore SIGINT.
	for signal in HUP TERM USR1; do
		killed_writer $signal || return
	done
}

removed_during_a_run()
{
	request 'SB+po+po MP u32_add duration_ms=60000 size=5000 wait=0 oversubscribe=1' ||
		return
	moment
	rmmod membar_stress || return
	[ ! -e "$dir" ] && [ "$(threads)" = 0 ] && insert membar_stress
}

# Whoever waits for a run keeps the module.
kept_by_its_writer()
{
	sh -c "exec printf 'SB duration_ms=60000 oversubscribe=1' >'$dir/run'" \
		2>/dev/null &
	begins || return
	! rmmod membar_stress 2>/dev/null
	status=$?
	echo 1 >"$dir/stop"
	wait $!
	[ $status = 0 ] && settle
}

# Two who write: one runs, the other is refused meanwhile.
two_writers()
{
	for writer in 1 2; do
		(
			ran=0
			refused=0
			while [ $ran -lt "$times" ]; do
				if request "SB duration_ms=$writer size=5000 oversubscribe=1"; then
					ran=$((ran + 1))
				else
					refused=$((refused + 1))
				fi
			done
			echo $refused >"$tmp/writer$writer"
		) &
	done
	wait
	echo "each ran $times times, refused $(cat "$tmp/writer1") and $(cat "$tmp/writer2") times"
	settle && [ $(($(cat "$tmp/writer1") + $(cat "$tmp/writer2"))) -gt 0 ]
}

# A stopped run fails, the next one does not: its writer must not be told of the
# other's end, nor wait for it.
own_outcome()
{
	request 'SB duration_ms=60000 oversubscribe=1' &
	first=$!
	begins || return
	echo 1 >"$dir/stop"
	# At once, and long; the first has to return while it goes on.
	until request 'SB duration_ms=60000 wait=0 oversubscribe=1'; do :; done
	( sleep 20; echo 1 >"$dir/stop" ) &
	stopper=$!
	if wait $first; then
		echo "a stopped run was reported as complete"
		return 1
	fi
	running || {
		echo "the first writer waited for the second run"
		return 1
	}
	kill $stopper
	echo 1 >"$dir/stop"
	settle
}

many_readers()
{
	request 'litmus duration_ms=60000 wait=0 oversubscribe=1' || return
	r=0
	while [ $r -lt 64 ]; do
		r=$((r + 1))
		(
			j=0
			while [ $j -lt "$times" ]; do
				j=$((j + 1))
				cat "$dir/progress" "$dir/results" \
					"$dir/results.json" >/dev/null || exit
			done
			echo ended >"$tmp/reader$r"
		) &
	done
	wait
	running || return
	echo 1 >"$dir/stop"
	settle && [ "$(cat "$tmp"/reader* | wc -l)" = 64 ]
}

cpu=/sys/devices/system/cpu/cpu1/online

need_hotplug()
{
	[ -w $cpu ] || {
		echo "no CPU hotplug here"
		return 4
	}
}

# Off and on again while a run goes on, and while it begins.
unplugged()
{
	request 'SB MP duration_ms=60000 wait=0' || return
	moment
	echo 0 >$cpu || return
	settle || return
	request 'SB duration_ms=1 oversubscribe=1' || return
	request 'SB duration_ms=60000 wait=0 oversubscribe=1' || return
	echo 1 >$cpu || return
	echo 1 >"$dir/stop"
	settle
}

unplugged_while_it_begins()
{
	(
		j=0
		while [ $j -lt 10 ]; do
			j=$((j + 1))
			request 'SB duration_ms=1 oversubscribe=1'
		done
	) &
	echo 0 >$cpu
	back=1
	echo 1 >$cpu || back=0
	wait
	settle && [ $back = 1 ]
}

# A CPU goes as a campaign on it begins.  Either comes first; the campaign is
# refused or stopped, and never ends as if nothing had been.
unplugged_as_it_begins()
{
	echo 0 >$cpu &
	going=$!
	usleep $((i * 7919 % 40000)) 2>/dev/null || sleep 0.02
	# In a process of its own, which gets no signal when the other one ends.
	(request 'SB duration_ms=3000 cpus=0,1')
	ended=$?
	wait $going
	why=$(grep '^# refused: CPU 1 is not online\|^# stopped: a CPU ' \
		"$dir/results")
	echo 1 >$cpu || return
	[ $ended != 0 ] && [ -n "$why" ] || {
		echo "it ended with $ended: $(cat "$dir/results")"
		return 1
	}
}

hotplug_of_a_cpu_in_use()
{
	need_hotplug && repeat unplugged_as_it_begins
}

hotplug()
{
	need_hotplug && repeat unplugged
}

hotplug_at_the_start()
{
	need_hotplug && repeat unplugged_while_it_begins
}

# suspends COMMAND...: three times over; sleep lasts five seconds here and ends by
# itself, before any device is told.
suspends()
{
	[ -w /sys/power/pm_test ] && grep -q freeze /sys/power/state || {
		echo "no /sys/power/pm_test here"
		return 4
	}
	echo freezer >/sys/power/pm_test || return
	"$@" && "$@" && "$@" && works && clean
	outcome=$?
	echo none >/sys/power/pm_test
	return $outcome
}

suspended()
{
	sh -c "exec printf 'SB duration_ms=60000' >'$dir/run'" 2>/dev/null &
	begins || return
	echo freeze >/sys/power/state || return
	wait $!
	settle && grep -q '^# stopped: the system suspends' "$dir/results"
}

# Someone who asks again and again gets a campaign before the system goes to
# sleep, or after, but not in between.
asleep()
{
	request 'SB duration_ms=60000 wait=0 oversubscribe=1' || return
	until request 'busted_u32_add duration_ms=60000 wait=0 oversubscribe=1'; do
		:
	done &
	echo freeze >/sys/power/state || return
	wait $!
	left=$(sed -n 's/.* eta_ms=\([0-9]*\).*/\1/p' "$dir/progress")
	echo 1 >"$dir/stop"
	settle || return
	[ "${left:-0}" -gt 56000 ] || {
		echo "a campaign began during suspend: $left ms are left of 60000"
		return 1
	}
}

available()
{
	awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo
}

# too_much_memory LEFT REQUEST: as much memory as a request can ask for, where
# there are LEFT MB: it fails, and nobody is killed for it.
too_much_memory()
{
	before=$(dmesg | grep -c 'Killed process\|invoked oom-killer')
	mkdir -p "$tmp/full"
	mount -t tmpfs -o size=100% full "$tmp/full" || return
	[ -c /dev/zero ] || mknod /dev/zero c 1 5
	# What is written to a tmpfs stays; and what is written moves caches out,
	# so look again.  The shell has to fork.
	while free=$(available) && [ "$free" -gt "$1" ]; do
		dd if=/dev/zero bs=1M count=$((free - $1)) \
			>>"$tmp/full/file" 2>/dev/null || {
			umount "$tmp/full"
			echo "cannot fill the memory"
			return 1
		}
	done
	echo "$free MB are left"
	request "$2 duration_ms=1 oversubscribe=1"
	status=$?
	umount "$tmp/full"
	[ $status != 0 ] || echo "it had the memory"
	[ "$(dmesg | grep -c 'Killed process\|invoked oom-killer')" = "$before" ] || {
		echo "the kernel killed for it"
		return 1
	}
	[ $status != 0 ] && works && clean
}

# nobody_hangs: while a test runs, stop, progress and a second request return at
# once, and so does a reader after somebody who removes the module has come.
nobody_hangs()
{
	request 'u32_add size=1048576 duration_ms=60000 wait=0 oversubscribe=1' ||
		return
	rmmod membar_stress &
	remover=$!
	begun=$(uptime_s)
	cat "$dir/progress" >/dev/null 2>&1
	echo 1 2>/dev/null >"$dir/stop"
	took=$(($(uptime_s) - begun))
	wait $remover || return
	insert membar_stress || return
	echo "a reader waited $took s"
	[ $took -le 1 ]
}

# The longest run there is, and none at all.
durations()
{
	! request 'SB duration_ms=0 oversubscribe=1' &&
		! request 'SB duration_ms=3600001 oversubscribe=1' &&
		! request 'SB duration_ms=99999999999999999999 oversubscribe=1' &&
		request 'SB duration_ms=3600000 wait=0 oversubscribe=1' || return
	moment
	echo 1 >"$dir/stop"
	settle && request 'SB duration_ms=1 oversubscribe=1'
}

# A run lasts as long as was asked, whatever the clock on the wall does.
time_jumps()
{
	now=$(date +%s)
	request 'SB duration_ms=5000 wait=0 oversubscribe=1' || return
	begun=$(uptime_s)
	for then in $((now + 100000000)) 1000 $((now - 86400)) "$now"; do
		date -s "@$then" >/dev/null 2>&1 || {
			settle
			echo "the clock cannot be set"
			return 4
		}
		running || {
			echo "the run has ended already"
			return 1
		}
	done
	settle
	took=$(($(uptime_s) - begun))
	echo "took $took s"
	date -s "@$((now + took))" >/dev/null
	! grep -q '^# stopped' "$dir/results" && [ $took -ge 4 ] && [ $took -le 18 ]
}

# A task that waits for a run for as long as was asked is not one that hangs.
no_hung_task()
{
	hung=/proc/sys/kernel/hung_task_timeout_secs
	[ -w $hung ] || {
		echo "no CONFIG_DETECT_HUNG_TASK"
		return 4
	}
	old=$(cat $hung)
	before=$(dmesg | grep -c 'blocked for more than')
	echo 2 >$hung
	request 'SB duration_ms=7000 oversubscribe=1'
	status=$?
	echo "$old" >$hung
	dmesg | grep 'blocked for more than'
	[ $status = 0 ] &&
		[ "$(dmesg | grep -c 'blocked for more than')" = "$before" ]
}

need_stress
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp" "$said"' EXIT
ktap_print_header
exec 3>&1
ktap_set_plan 20
check "kill -9 of the writer" repeat killed_writer KILL
check "signals to the writer" at_most 200 repeat signalled
check "rmmod during a run" repeat removed_during_a_run
check "who waits for a run keeps the module" kept_by_its_writer
check "two writers" two_writers
check "each writer learns of its own run" at_most 50 repeat own_outcome
check "64 readers" at_most 20 many_readers
check "a CPU goes and comes" hotplug
check "a CPU goes while runs begin" at_most 100 hotplug_at_the_start
check "a CPU goes as a run on it begins" at_most 150 hotplug_of_a_cpu_in_use
check "suspend, until user space is frozen" suspends suspended
check "no run begins on the way to sleep" suspends asleep
check "more memory than there is" \
	too_much_memory 128 'SB engine=array size=16384 stride=4096'
check "longer logs than there is memory for" \
	too_much_memory 24 'IRIW engine=perpetual size=524288'
check "98 percent of the memory" \
	too_much_memory 131 'SB engine=array size=16384 stride=1024'
check "nobody waits for those who wait" nobody_hangs
check "durations" durations
check "the clock is set" time_jumps
check "a long run does not look like a hung task" no_hung_task
check "the kernel complained of nothing" no_complaints
ktap_finished
