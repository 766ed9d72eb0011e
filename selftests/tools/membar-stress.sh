#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Exit statuses and messages of tools/membar-stress.
#
# usage: selftests/tools/membar-stress.sh [plain]	(last line: "N passed, N failed")
#
# plain: run the tool in this system's shell only and end with the first case that
# fails: for tools/mutants
#
# The module is a directory of files (MEMBAR_DEBUGFS=), and the program through
# which the tool writes a request (MEMBAR_DD=) is a script that leaves the files of
# a prepared campaign there and ends as the write would.  Nothing is loaded
# and no kernel is needed.
set -u
case ${1-} in
-h | --help)
	sed -n '/^#!/d; /^# SPDX/d; /^#/!q; s/^#[ ]*//p' "$0"
	exit
	;;
esac
plain=${1-}
# It is a word of prepare() below.
unset JOBS
top=$(cd "$(dirname "$0")/../.." && pwd -P)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

command -v busybox >/dev/null ||
	sh -c '. "$0"; need_pkgs busybox-static' "$top/tools/lib/common.sh" || exit

# result STATUS NAME: the log of a case that failed is shown.
result()
{
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "not ok $2"
	sed 's/^/# /' "$work/said"
	[ -z "$plain" ] || exit 1
}

# The module's side of a write, which runs in place of dd.  A campaign is in the
# directory $PREPARED; @WRITER@ stands for the process that writes.
mkdir -p "$work/bin"
cat >"$work/bin/dd" <<'END'
#!/bin/sh
for word; do
	case $word in
	if=*) cat "${word#if=}" >"$PREPARED/request" ;;
	of=*) dir=$(dirname "${word#of=}") ;;
	esac
done
# put FROM NAME...: files that change at once, as the module's do.
put()
{
	from=$1
	shift
	for file; do
		[ ! -e "$from/$file" ] || {
			sed "s/@WRITER@/$$/" "$from/$file" >"$dir/$file.new"
			mv "$dir/$file.new" "$dir/$file"
		}
	done
}
# Who comes next waits for those in the background, who have the lock as well.
exec 9>"${PREPARED%/*}/busy"
flock -s 9
put "$PREPARED" results results.json histogram log progress
# A campaign in the background ends a moment later.
[ ! -e "$PREPARED/later" ] || (
	sleep 0.3
	put "$PREPARED/later" results.json progress
) >/dev/null 2>&1 &
# Another one ends when it is stopped.
[ ! -e "$PREPARED/stopped" ] || (
	tries=0
	until [ -e "$dir/stop" ] || [ $((tries += 1)) -gt 200 ]; do sleep 0.1; done
	put "$PREPARED/stopped" results.json progress
) >/dev/null 2>&1 &
error=$(cat "$PREPARED/error")
[ -z "$error" ] || {
	echo "dd: error writing 'run': $error" >&2
	exit 1
}
END
chmod +x "$work/bin/dd"

# json WRITER STATE-WORDS ROW...: results.json; a row is
# "TEST CONTRACT VERDICT SEEN ITERATIONS OVERLAP".
json()
{
	writer=$1
	head=$2
	shift 2
	printf '{"kernel":"6.12","machine":"x86_64","cpus":2,\n'
	printf '"version":1,"request":"test=made-up cpus=0-1","broken":"%s","refused":false,%s,"writer":%s,\n' \
		"${broken-}" "$head" "$writer"
	printf '"jobs":%s,\n"results":[\n' "$jobs"
	comma=
	for row; do
		# shellcheck disable=SC2086 # a row's words
		set -- $row
		printf '%s{"test":"%s","cells":["smp_mb:full"],"contract":"%s","verdict":"%s","reason":"%s","cpus":"0-1","engine":"perpetual","oversubscribed":false,"iterations":1,"observed":%s,"expected":33,"per_second":7,"seen":%s,"overlap_percent":%s,"nsecs":20600000000,"target":"0:y=0","outcomes":{"0:y=0":%s,"0:y=1":9}}' \
			"$comma" "$1" "$2" "$(echo "$3" | tr _ ' ')" \
			"$([ "$3" != skip ] || echo no reason)" "$5" "$4" \
			"$6" "$4"
		comma=",
"
	done
	printf '\n]}\n'
}

# prepare ERROR STATE HEAD ROW...: the files after a write that ends with ERROR.
# JOBS= is how many tests the campaign has, if there is no row for some of them.
prepare()
{
	rm -rf "$work/debugfs" "$work/prepared"
	mkdir -p "$work/debugfs/membar" "$work/prepared"
	error=$1
	state=$2
	shift 2
	jobs=${JOBS:-$(($# - 1))}
	echo "$error" >"$work/prepared/error"
	json "${owner:-@WRITER@}" "$@" >"$work/prepared/results.json"
	echo "$state test=- job=$(($# - 1)) jobs=$jobs percent=50 iterations=1 eta_ms=0 writer=${owner:-@WRITER@}" \
		>"$work/prepared/progress"
	printf 'KTAP version 1\n%s\n1..%s\n' "${REFUSED:+# refused: $REFUSED}" \
		"$jobs" >"$work/prepared/results"
	echo histogram >"$work/prepared/histogram"
	: >"$work/debugfs/membar/run"
	# What the last campaign has left.
	echo 'state=idle' >"$work/debugfs/membar/progress"
	json 1 "$whole" "OTHERS+mb forbidden pass 0 9 90" \
		>"$work/debugfs/membar/results.json"
}

whole='"stopped":"","error":""'

# tool ARGUMENT...: in this system's shell and in busybox's, which is a guest's;
# sets status, and puts all that it says into $work/said.
tool()
{
	status=
	for shell in "" busybox; do
		flock "$work/busy" rm -rf "$work/now"
		[ ! -e "$work/debugfs" ] || cp -R "$work/debugfs" "$work/now"
		PREPARED=$work/prepared MEMBAR_DD=$work/bin/dd \
			MEMBAR_DEBUGFS=$work/now MEMBAR_ROOT=$work/machine \
			$shell sh "$top/tools/membar-stress" "$@" \
			>"$work/said" 2>&1 </dev/null
		now=$?
		status=${status:-$now}
		[ "$status" = "$now" ] || status="$status, but $now in busybox"
		[ -z "$plain" ] || break
	done
}

# ends NAME STATUS PATTERN ARGUMENT...: the tool ends with the status, and says
# the pattern.  unless= is a pattern that it must not say.
ends()
{
	name=$1
	want=$2
	words=$3
	shift 3
	tool "$@"
	[ "$status" = "$want" ] && grep -q -e "$words" "$work/said" && {
		[ -z "${unless-}" ] || ! grep -q -e "$unless" "$work/said"
	}
	result $? "$name: status $status, wanted $want and '$words'"
}

# Statuses of a campaign that came to its end.
seen="SB+po allowed seen 12 100 90"
pass="SB+mb forbidden pass 0 100 90"
blind="MP+mb forbidden blind 0 100 90"
skip="3.SB forbidden skip 0 0 0"

prepare "" state=done "$whole" "$seen" "$pass"
ends "a pass" 0 "nothing forbidden was seen" SB+mb
grep -qx 'SB+mb' "$work/prepared/request"
result $? "the request is written as it was given"
ends "the table names the CPUs" 0 "^SB+mb .* 0-1 " SB+mb
ends "the numbers of verdicts" 0 \
	"^2 tests: 1 pass, 0 blind, 0 FAIL, 1 seen, 0 not seen, 0 info, 0 skip" SB
ends "JSON" 0 '"test":"SB+mb"' --json SB+mb
unless="tests:" ends "JSON and nothing else" 0 '^\]}' --json SB+mb
ends "reports in a directory" 0 "" -o "$work/out" SB+mb
cmp -s "$work/out/histogram.txt" "$work/prepared/histogram"
result $? "the histogram is among the reports"

# The log has the machine: what the module knows of it, and what /proc and /sys do.
notes=$work/machine/sys/module/membar_stress/notes
mkdir -p "$notes" "$work/machine/proc"
printf '0123456789abcdef\253\315' >"$notes/.note.gnu.build-id"
printf 'cpu\t\t: POWER10\nclock\t\t: 1 MHz\ncpu\t\t: POWER10\nno cpu\t: 7\n' \
	>"$work/machine/proc/cpuinfo"
printf '%%%% CPU 0: unknown\n\nTest SB\n' >"$work/prepared/log"
ends "a log" 0 "" --log "$work/log" SB+mb
printf '%s\n' '%% build of membar_stress: abcd' '%% cpu: POWER10' \
	'%% CPU 0: unknown' '' 'Test SB' | cmp -s - "$work/log"
result $? "the log names the build and the CPU"
printf '%%%% CPU 0: a model\n\nTest SB\n' >"$work/prepared/log"
ends "a log of a known CPU" 0 "" --log "$work/log" SB+mb
! grep -q POWER "$work/log"
result $? "a CPU that the module knows is named once"

# cpu NUMBER CORE CLUSTER SOCKET ID NODE: a CPU of the machine in $work/machine.
cpu()
{
	at=$work/machine/sys/devices/system/cpu/cpu$1
	mkdir -p "$at/topology" "$at/node$6"
	echo "$2" >"$at/topology/thread_siblings_list"
	[ "$3" = - ] || echo "$3" >"$at/topology/cluster_cpus_list"
	echo "$4" >"$at/topology/core_siblings_list"
	echo "$5" >"$at/topology/physical_package_id"
}

# allow LIST: the CPUs that the tool may run on.
allow()
{
	mkdir -p "$work/machine/proc/self"
	printf 'Cpus_allowed:\tff\nCpus_allowed_list:\t%s\n0-Cpus_allowed_list:\t9\n' "$1" \
		>"$work/machine/proc/self/status"
}

# pairs NAME WANTED: the pairs that it runs on.
pairs()
{
	name=$1
	shift
	tool cpus=pairs SB+mb
	sed -n 's/: CPUs / /p' "$work/said" >"$work/pairs"
	printf '%s\n' "$@" | cmp -s - "$work/pairs"
	result $? "pairs: $name: $(tr '\n' ';' <"$work/pairs")"
}

# Two sockets, each of them a node of two clusters, of two cores, of two threads.
for number in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
	c=$((number / 2 * 2))
	l=$((number / 4 * 4))
	s=$((number / 8 * 8))
	cpu $number $c-$((c + 1)) $l-$((l + 3)) $s-$((s + 7)) $((s / 8)) $((s / 8))
done
allow 0-15
prepare "" state=done "$whole" "$seen" "$pass"
pairs "every kind" "same-core 0,1" "same-cluster 0,2" "same-socket 0,4" \
	"other-socket+other-node 0,8"
grep -qx 'SB+mb cpus=0,8' "$work/prepared/request"
result $? "pairs: the request names the CPUs"
ends "pairs: all verdicts count" 0 "^8 tests: 4 pass" cpus=pairs SB+mb
ends "pairs: JSON names the kind" 0 '"pair":"same-cluster","cpus":' --json \
	cpus=pairs SB+mb
ends "pairs: a log" 0 "" --log "$work/log" cpus=pairs SB+mb
[ "$(grep -c '^%% pair: ' "$work/log")" = 4 ]
result $? "pairs: the log names the kinds"
echo "C a" >"$work/machine/a.litmus"
ends "pairs: a litmus file" 0 "^8 tests: 4 pass" cpus=pairs "$work/machine/a.litmus"
echo 0 >"$work/machine/sys/devices/system/cpu/cpu1/online"
rm -r "$work/machine/sys/devices/system/cpu/cpu2/topology"
pairs "CPUs that are offline" "same-core 4,5" "same-cluster 0,3" \
	"same-socket 0,4" "other-socket+other-node 0,8"
allow 1,3,5-6,8
pairs "a cpuset" "same-cluster 5,6" "same-socket 3,5" \
	"other-socket+other-node 3,8"
allow 3
ends "pairs: a single CPU" 2 "cpus=pairs needs two CPUs" cpus=pairs SB
# A socket of two nodes, a node of two sockets, and no clusters.
cpu 0 0 - 0-1 0 0
cpu 1 1 - 0-1 0 1
rm "$work/machine/sys/devices/system/cpu/cpu1/online"
cpu 2 2 - 2 1 0
rm -r "$work/machine/sys/devices/system/cpu/cpu1/node0" \
	"$work/machine/sys/devices/system/cpu/"cpu*/topology/cluster_cpus_list
allow 0-2
pairs "nodes and sockets that differ" "same-socket+other-node 0,1" \
	"other-socket 0,2" "other-socket+other-node 1,2"
cpu 0 0 - 0 -1 0
cpu 1 1 - 1 -1 0
allow 0-1
pairs "a kernel that knows no sockets" "unknown 0,1"
cpu 0 0 - 0 0 0
pairs "a CPU whose socket is unknown" "unknown 0,1"

# The whole of the table and the bars: numbers of each length, a test of two barriers
# and one that names the same barrier twice, and tests that did not run.
prepare "" state=done "$whole"
{
	sed '/^"jobs":/,$d' "$work/prepared/results.json"
	cat <<'END'
"jobs":4,
"results":[
{"test":"SB+po","cells":[],"contract":"allowed","verdict":"seen","reason":"","cpus":"0-1","oversubscribed":true,"observed":10000,"expected":3,"per_second":999949,"seen":9999,"overlap_percent":90,"nsecs":1,"target":"0:y=0","outcomes":{"0:y=0":9999,"0:y=1":1}},
{"test":"SB+mb+mb","cells":["smp_mb:full","smp_mb:full"],"contract":"forbidden","verdict":"pass","reason":"","cpus":"0,2","oversubscribed":false,"observed":999949999,"expected":999950000,"per_second":999950,"seen":0,"overlap_percent":90,"nsecs":1,"target":"0:y=0","outcomes":{"0:y=1":600000,"0:y=2":400000}},
{"test":"MP+r+rmb","cells":["smp_mb:r","smp_mb:read","mb:read"],"contract":"unpromised","verdict":"info","reason":"a reason","cpus":"0-1","oversubscribed":true,"observed":0,"expected":0,"per_second":0,"seen":0,"overlap_percent":90,"nsecs":1,"target":"","outcomes":{"1:x=0":0}},
{"test":"R","cells":["smp_mb:full"],"contract":"forbidden","verdict":"skip","reason":"why","cpus":"0-1","target":"1:x=0","outcomes":{}}
]}
END
} >"$work/results.json"
mv "$work/results.json" "$work/prepared/results.json"
cat >"$work/wanted" <<'END'
test                     through                              contract       seen       of expected      rate  CPUs   verdict
SB+po                                                         allowed        9999    10.0k        -  999.9k/s  0-1    seen (oversubscribed)
SB+mb+mb                 smp_mb:full                          forbidden         0   999.9M     1.0G    1.0M/s  0,2    pass
MP+r+rmb                 smp_mb:r smp_mb:read mb:read         unpromised        0        0        -       0/s  0-1    info (oversubscribed) (a reason)
R                        smp_mb:full                          forbidden         -        -        -         -  -      skip: why

SB+po
  * 0:y=0                            9999 ########################################
    0:y=1                               1 #
SB+mb+mb
    0:y=1                          600.0k ########################################
    0:y=2                          400.0k ###########################
  * 0:y=0                               0
MP+r+rmb
    1:x=0                               0
(* the outcome that the test asks about)

4 tests: 1 pass, 0 blind, 0 FAIL, 1 seen, 0 not seen, 1 info, 1 skip
nothing forbidden was seen
END
tool SB
cmp -s "$work/wanted" "$work/said"
result $? "the whole table"

prepare "" state=done "$whole" "$seen" "$pass" "$blind" "$skip"
ends "a pass among others" 0 "nothing forbidden was seen" all
prepare "" state=done "$whole" "$seen"
ends "only what is allowed" 0 "only outcomes that are allowed" SB
broken=smp_mb:full prepare "" state=done "$whole" "$seen" "$pass"
ends "a broken build" 0 "^BROKEN BUILD: smp_mb:full is weakened on purpose$" SB
prepare "" state=done "$whole" "$seen" "$pass"
unless=BROKEN ends "a build that is not broken" 0 "nothing forbidden" SB
prepare "" state=done "$whole" "$seen" "$pass" "MP+mb forbidden FAIL 1 9 9"
ends "a failure" 1 "FORBIDDEN outcomes were seen" all
ends "a failure in JSON" 1 '"verdict":"FAIL"' --json all
prepare "" state=done "$whole" "SB+po allowed not_seen 0 9 4" \
	"SB+mb forbidden blind 0 9 3"
ends "no control tripped" 3 "^inconclusive: " SB+mb
ends "why no control tripped" 3 "in as little as 3% of the time" SB+mb
ends "how long it was looked for" 3 "a test took up to 21 s" SB+mb
ends "a remedy is named" 3 "Something else keeps the CPUs busy.*patience_ms=" SB
prepare "" state=done "$whole" "MP+po allowed not_seen 0 9 97" \
	"MP+mb forbidden blind 0 9 97"
ends "CPUs that are stronger than the contract" 3 \
	"these CPUs may never show the outcomes of these tests" MP+mb
ends "JSON of what is inconclusive" 3 "^membar-stress: inconclusive" --json MP

# Litmus files, each of them a campaign, and their results in one table.
mkdir -p "$work/files/deeper"
for file in "$work/files/a.litmus" "$work/files/deeper/b.litmus"; do
	printf 'C %s\n{}\n' "$(basename "$file" .litmus)" >"$file"
done
echo "not a litmus file" >"$work/files/README"
prepare "" state=done "$whole" "$seen" "$pass"
ends "a litmus file" 0 "^2 tests: 1 pass, " duration_ms=5 "$work/files/a.litmus"
printf 'test=- duration_ms=5\nC a\n{}\n' | cmp -s - "$work/prepared/request"
result $? "the file comes after its options"
ends "a folder of litmus files" 0 "^4 tests: 2 pass, 0 blind, 0 FAIL, 2 seen, " \
	"$work/files"
ends "names and files" 0 "^6 tests: 3 pass, " SB "$work/files"
ends "JSON of several campaigns" 0 '^"jobs":4,$' --json "$work/files"
python3 -c 'import json, sys; assert len(json.load(sys.stdin)["results"]) == 4' \
	<"$work/said"
result $? "JSON of several campaigns is JSON"
ends "reports of several campaigns" 0 "" -o "$work/out" "$work/files"
[ "$(grep -c histogram "$work/out/histogram.txt")" = 2 ]
result $? "the histograms of all campaigns are among the reports"
ends "a file that is missing" 2 "none.litmus cannot be read" "$work/none.litmus"
prepare "" state=done "$whole" "MP+mb forbidden FAIL 1 9 9"
ends "a failure in a file" 1 "FORBIDDEN outcomes were seen" "$work/files"
REFUSED="line 1, column 5: expected '{'" prepare "Invalid argument" state=idle \
	"$whole"
sed 's/@WRITER@/1/' "$work/prepared/results" >"$work/debugfs/membar/results"
rm "$work/prepared/results" "$work/prepared/results.json" \
	"$work/prepared/progress"
ends "a file that is refused" 2 "^nothing ran: refused: line 1, column 5" \
	"$work/files/a.litmus"
ends "its row" 2 "^a .* skip: refused: line 1" "$work/files/a.litmus"
ends "files that are refused" 2 "^2 tests: 0 pass, .* 2 skip" "$work/files"
sed -i 's/"refused":false/"refused":true/' "$work/debugfs/membar/results.json"
ends "JSON of files that are refused" 2 '^"jobs":2,$' --json "$work/files"
sed -n '/^{/,/^]/p' "$work/said" | python3 -c 'import json, sys
said = json.load(sys.stdin)
assert said["kernel"] and said["refused"] is False and len(said["results"]) == 2'
result $? "JSON of files that are refused has a head"

# What was not run is no success.
prepare "" state=done "$whole" "$skip"
unless="nothing forbidden" ends "everything skipped" 2 "no reason" 3.SB
prepare "" state=done "$whole" "3.SB+po allowed skip 0 0 0"
unless="only outcomes" ends "everything that is allowed skipped" 2 \
	"nothing ran: no reason" 3.SB
prepare "" state=done "$whole" "$seen" "$skip"
unless="nothing forbidden" ends "all that is forbidden skipped" 2 \
	"no test of a forbidden outcome ran: no reason$" 3.SB SB
JOBS=4 prepare "Cannot allocate memory" state=failed \
	'"stopped":"","error":"not enough memory"' "$seen" "$pass"
unless="nothing forbidden" ends "a campaign that died" 2 \
	"2 of 4 tests: not enough memory" all
ends "what it has shown until then" 2 "^SB+mb .* pass" all
ends "a campaign that died, in JSON" 2 "2 of 4 tests: not enough memory" --json all
JOBS=4 prepare "" state=failed '"stopped":"","error":"not enough memory"' "$seen"
ends "a campaign that died in the background" 2 "1 of 4 tests" wait=0 all
JOBS=4 prepare "Operation canceled" state=stopped \
	'"stopped":"stopped by request","error":""' "$seen" "$pass"
ends "a campaign that was stopped" 2 "2 of 4 tests: stopped by request" all
JOBS=4 prepare "Operation canceled" state=stopped \
	'"stopped":"stopped by request","error":""' \
	"MP+mb forbidden FAIL 1 9 9"
ends "a failure before it was stopped" 1 "FORBIDDEN" all
prepare "Operation canceled" state=stopped \
	'"stopped":"stopped by request","error":""' "$seen" "$pass"
unless="nothing forbidden" ends "a campaign that was stopped in its last test" 2 \
	"2 of 2 tests: stopped by request" all
JOBS=2 prepare "" state=idle "$whole"
unless="nothing forbidden" ends "no test, no error" 2 "0 of 2 tests" SB

# A write that failed, beside the results of others.
owner=1 prepare "Device or resource busy" state=running "$whole" "$seen" "$pass"
unless="SB+mb .*pass" ends "another campaign runs" 2 \
	"another campaign runs.* process 1" R+mb+mb
unless="SB+mb" ends "another campaign runs, in JSON" 2 "another campaign" --json R
owner=1 REFUSED="no such shape: 'XX'" prepare "Invalid argument" state=done \
	"$whole" "$seen" "$pass"
unless="SB+mb" ends "a refusal" 2 "refused: no such shape: 'XX'" XX
owner=1 prepare "Input/output error" state=done "$whole" "$seen" "$pass"
unless="SB+mb" ends "a write that fails otherwise" 2 "Input/output error" SB
owner=1 prepare "" state=done "$whole" "$seen" "$pass"
unless="SB+mb" ends "results of others after a write that succeeded" 2 \
	"not those of this request" SB

# In the background: the tool waits itself.
prepare "" state=running "$whole"
mkdir "$work/prepared/later"
json @WRITER@ "$whole" "$seen" "$pass" >"$work/prepared/later/results.json"
echo "state=done test=- job=2 jobs=2 percent=100 iterations=1 eta_ms=0 writer=@WRITER@" \
	>"$work/prepared/later/progress"
ends "wait=0" 0 "^2 tests: 1 pass" wait=0 SB+mb

# become COMMAND...: the tool, in place of this shell.
become()
{
	# A tool that was interrupted does not wait for the last of its files.
	flock "$work/busy" rm -rf "$work/now"
	cp -R "$work/debugfs" "$work/now"
	exec env PREPARED="$work/prepared" MEMBAR_DD="$work/bin/dd" \
		MEMBAR_DEBUGFS="$work/now" MEMBAR_ROOT="$work/machine" "$@"
}

# prepare_until_stopped JOBS: a campaign of so many tests that ends when it is stopped.
prepare_until_stopped()
{
	prepare "" state=running "$whole" "$seen"
	mkdir "$work/prepared/stopped"
	jobs=$1
	json @WRITER@ '"stopped":"stopped by request","error":""' "$seen" "$pass" \
		>"$work/prepared/stopped/results.json"
	echo "state=stopped test=- job=2 jobs=$1 percent=50 iterations=1 eta_ms=0 writer=@WRITER@" \
		>"$work/prepared/stopped/progress"
}

# An interrupt.
prepare_until_stopped 2
# What the last test said must not be taken for what this one says.
: >"$work/said"
become sh "$top/tools/membar-stress" SB+mb >"$work/said" 2>&1 </dev/null &
tool=$!
tries=0
until grep -q "^SB+po " "$work/said" || [ $((tries += 1)) -gt 100 ]; do sleep 0.1; done
kill -TERM $tool
wait $tool
status=$?
[ $status = 130 ] && [ -e "$work/now/membar/stop" ]
result $? "an interrupt stops the campaign: status $status, wanted 130"

# On a terminal a line shows how far the campaign is.
prepare_until_stopped 2
sed -i 's/test=- /test=SB+mb /; s/eta_ms=0/eta_ms=7999/' "$work/prepared/progress"
cat >"$work/terminal.py" <<'END'
import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
END
(become timeout 60 python3 -B "$work/terminal.py" sh "$top/tools/membar-stress" \
	--limit 1 SB+mb) >"$work/said" 2>&1 </dev/null
status=$?
[ $status = 2 ] && grep -q '\[#\{15\}\.\{15\}\]  50%  SB+mb                    7 s left ' "$work/said"
result $? "a terminal has a line of progress: status $status, wanted 2"
(become timeout 60 python3 -B "$work/terminal.py" sh "$top/tools/membar-stress" \
	--json --limit 1 SB+mb) >"$work/said" 2>&1 </dev/null
! grep -q '#' "$work/said" && grep -q '^{"kernel"' "$work/said"
result $? "a terminal has none beside JSON"
for stream in '<' '>' '2>'; do
	: >"$work/stream"
	# shellcheck disable=SC2016 # for that shell
	(become timeout 60 python3 -B "$work/terminal.py" sh -c '"$@" '"$stream"'"$0"' \
		"$work/stream" sh "$top/tools/membar-stress" --limit 1 SB+mb) \
		>"$work/said" 2>&1 </dev/null
	status=$?
	[ $status = 2 ] && ! cat "$work/said" "$work/stream" | grep -q '50%'
	result $? "a terminal has none if there is a file at $stream: status $status, wanted 2"
done

# A limit of time: what goes on for longer is stopped.
prepare_until_stopped 4
ends "a limit" 2 "2 of 4 tests: the limit of 1 s was reached" --limit 1 wait=0 SB+mb
ends "rows that come later" 2 '^SB+mb .* pass' --limit 1 wait=0 SB+mb
[ "$(grep -c '^SB+po .* seen' "$work/said")" = 1 ]
result $? "each row comes once"
[ -e "$work/now/membar/stop" ]
result $? "a limit stops the campaign"
ends "a limit in JSON" 2 "the limit of 1 s" --json --limit 1 wait=0 SB+mb
# The files are read rarely, for that takes time from the test.  (busybox's shell has
# a sleep of its own.)
mkdir "$work/slow"
cat >"$work/slow/sleep" <<'END'
#!/bin/sh
echo "$1" >>"${0%/*}/slept"
PATH=${PATH#*:} exec sleep "$1"
END
chmod +x "$work/slow/sleep"
before=$PATH
PATH=$work/slow:$PATH
ends "a limit of two seconds" 2 "the limit of 2 s" --limit 2 wait=0 SB+mb
PATH=$before
# The one that is here for dd sleeps, too.
grep -v '^0\.1$' "$work/slow/slept" | head -n 2 | paste -s -d ' ' | grep -qx '0.9 1'
result $? "it sleeps in between"
ends "a limit of several campaigns" 2 "2 of 4 tests: the limit" --limit 1 SB "$work/files"
sed 's/"pass"/"FAIL"/' "$work/prepared/stopped/results.json" >"$work/failed" &&
	mv "$work/failed" "$work/prepared/stopped/results.json"
ends "a failure before the limit" 1 "FORBIDDEN.*only 2 of 4 tests ran: the limit" \
	--limit 1 SB+mb
prepare "" state=done "$whole" "$seen" "$pass"
ends "an end before the limit" 0 "nothing forbidden was seen" --limit 60 SB+mb
for limit in 0 -1 1s 9999999999; do
	ends "the limit $limit" 2 "limit $limit is not a number" --limit $limit SB
done
ends "a limit without its word" 2 "needs a number" --limit

# One file with all of it.
rm -rf "$work/tar"
mkdir "$work/tar"
ends "a name after --" 0 "nothing forbidden" -- SB+mb
grep -qx 'SB+mb' "$work/prepared/request"
result $? "-- is no name of a test"
ends "a name of dashes" 0 "nothing forbidden" -- -SB+mb
grep -qx -e '-SB+mb' "$work/prepared/request"
result $? "what comes after -- is a name"
ends "no name" 0 "nothing forbidden"
grep -qx 'smoke' "$work/prepared/request"
result $? "the default is smoke"
ends "only a key" 0 "nothing forbidden" seed=1
grep -qx 'smoke seed=1' "$work/prepared/request"
result $? "the default has the keys"
ends "a test by its key" 0 "nothing forbidden" test=SB seed=1
grep -qx ' test=SB seed=1' "$work/prepared/request"
result $? "there is no default beside a test"
ends "a tar file" 0 "" --tar "$work/all.tar" SB+mb
tar -xf "$work/all.tar" -C "$work/tar" && [ "$(cat "$work/tar/status")" = 0 ] &&
	cmp "$work/tar/histogram.txt" "$work/prepared/histogram" &&
	grep -q '"test":"SB+mb"' "$work/tar/results.json" &&
	[ -s "$work/tar/results.ktap" ] && [ -e "$work/tar/log.txt" ]
result $? "all reports are in the tar file"
ends "a tar file that is compressed" 0 "" --tar "$work/all.tar.gz" SB+mb
gzip -t "$work/all.tar.gz"
result $? "it is compressed"
ends "a tar file that cannot be written" 2 "cannot write /proc/none" \
	--tar /proc/none SB+mb
ends "a tar file without its word" 2 "needs a file" --tar
prepare "" state=done "$whole" "MP+mb forbidden FAIL 1 9 9"
ends "a failure, and no tar file" 1 "FORBIDDEN" --tar /proc/none SB+mb

# Where nothing can be written to, and words of its own.
ends "an unknown option" 2 "no such option" --nonsense
ends "an option without its word" 2 "needs a directory" -o
ends "the statuses are in --help" 0 "3  *inconclusive" --help
head -n 1 "$work/said" | grep -q '^Run litmus tests' && ! grep -q '^#\|^set' "$work/said"
result $? "--help is the comment without its marks"
ends "reports that cannot be written" 2 "cannot write to" -o /proc/none SB
rm "$work/debugfs/membar/run"
ends "no module" 2 "load membar_stress.ko" SB
rm -rf "$work/debugfs/membar"
ends "no module, and no directory" 2 "load membar_stress.ko" SB
rm -r "$work/debugfs"
ends "no debugfs" 2 "no debugfs: mount -t debugfs debugfs " SB

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
