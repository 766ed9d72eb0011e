#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The scripts of the test definitions for LAVA, with LAVA's commands, the
# collection and the harness replaced: KTAP.
#
# The scripts run with the programs of busybox, as in a guest.
# "make check-lava" runs them with LAVA's own dispatcher.
set -u
# shellcheck source=selftests/tools/results.sh
. "$(dirname "$0")/results.sh"

tree=$work/tree
mkdir -p "$work/bin" "$work/collection" "$tree/selftests" "$tree/tools"
cp -R "$top/selftests/lava" "$tree/selftests/"

# command NAME TEXT: a program that is found before all others.
command()
{
	printf '#!/bin/sh\n%s\n' "$2" >"$work/bin/$1"
	chmod +x "$work/bin/$1"
}
# shellcheck disable=SC2016 # for the programs
{
	command lava-test-case 'echo "case $*" >>"$RECORD"'
	command lava-test-set 'echo "set $*" >>"$RECORD"'
	command insmod '! [ -e "$WORK/refuse" ] && echo "insmod ${1##*/}" >>"$RECORD"'
	command rmmod 'echo "rmmod $1" >>"$RECORD"'
}
busybox=$(which busybox)
for program in awk basename cat dirname grep head mkdir mktemp rm sed sh tee; do
	ln -s "$busybox" "$work/bin/$program"
done

# script NAME ARGUMENT...: run it; $work/record has what LAVA was told.
script()
{
	name=$1
	shift
	: >"$work/record"
	RECORD=$work/record WORK=$work PATH=$work/bin TMPDIR=$work /bin/sh \
		"$tree/selftests/lava/$name" "$@" >"$work/said" 2>&1
	status=$?
	cat "$work/record" >>"$work/said"
}

# told NAME: LAVA was told the lines of standard input, and nothing else.
told()
{
	cat >"$work/wanted"
	diff "$work/wanted" "$work/record" >>"$work/said"
	result $? "$1"
}

cat >"$work/collection/run_kselftest.sh" <<'END'
#!/bin/sh
echo "$*" >"$WORK/arguments"
cat "$WORK/printed"
END
chmod +x "$work/collection/run_kselftest.sh"

cat >"$work/printed" <<'END'
TAP version 13
1..3
# timeout set to 900
# selftests: membar: module.sh
# TAP version 13
# 1..4
# # membar: loaded, 22 barriers
# ok 1 membar.ko loads, and says one line
# not ok 2 control: a leak is seen
# ok 3 control: kmemleak finds it: no kmemleak here # SKIP
# ok 4 membar.ko loads, and says one line
ok 1 selftests: membar: module.sh
# selftests: membar: fuzz.sh
# ok 1 a line without a plan
not ok 2 selftests: membar: fuzz.sh # TIMEOUT 900 seconds
# selftests: membar: kunit.sh
# 1..0 # SKIP no KUnit
ok 3 selftests: membar: kunit.sh # SKIP
END
script kselftest.sh "$work/collection" module.sh fuzz.sh
told "the results of a collection" <<'END'
set start module.sh
case membar.ko-loads-and-says-one-line --result pass
case control-a-leak-is-seen --result fail
case control-kmemleak-finds-it --result skip
case membar.ko-loads-and-says-one-line-2 --result pass
case module.sh --result pass
set stop
set start fuzz.sh
case a-line-without-a-plan --result pass
case fuzz.sh --result fail
set stop
set start kunit.sh
case kunit.sh --result skip
set stop
END
echo "-t membar:module.sh -t membar:fuzz.sh" | cmp -s - "$work/arguments"
result $? "the scripts that are asked for"
script kselftest.sh "$work/collection"
echo "-c membar" | cmp -s - "$work/arguments"
result $? "all scripts"

echo "no such collection" >"$work/printed"
script kselftest.sh "$work/collection"
told "a collection that does not run is a failed case" <<'END'
case run_kselftest.sh --result fail
END
script kselftest.sh "$work/none"
[ $status != 0 ]
result $? "a collection that is not there ends the test"

# row TEST VERDICT SEEN: a line of results.json.
row()
{
	printf '{"test":"%s","cells":["smp_mb:full"],"verdict":"%s","reason":"","iterations":90,"observed":90,"per_second":700,"seen":%s,"seen_per_second":13,"outcomes":{"0:y=0":1}},\n' \
		"$1" "$2" "$3"
}

# harness STATUS: what membar-stress ends with, and its files.
harness()
{
	cat >"$tree/tools/membar-stress" <<-END
	#!/bin/sh
	echo "\$*" >"$work/arguments"
	[ ! -e "$work/results.json" ] || cat "$work/results.json" >"\$2/results.json"
	echo "Test SB" >"\$2/log.txt"
	exit $1
	END
}

touch "$work/collection/membar.ko" "$work/collection/membar_stress.ko"
{
	echo '{"kernel":"7.3","jobs":7,'
	row SB+po+po seen 5
	row MP+mb+mb "not seen" 0
	row SB+mb+mb pass 0
	row 2+2W+wmb+wmb blind 0
	row busted_u32 FAIL 3
	row Z6.0 skip 0
	row new surprise 0
} >"$work/results.json"
harness 1
script stress.sh "$work/collection" smoke seed=1
told "the results of a campaign" <<'END'
insmod membar.ko
insmod membar_stress.ko
rmmod membar_stress
rmmod membar
case SB-po-po --result pass --measurement 5 --units seen
case SB-po-po.rate --result pass --measurement 700 --units iterations/s
case SB-po-po.weak --result pass --measurement 13 --units outcomes/s
case MP-mb-mb --result pass --measurement 0 --units not-seen
case MP-mb-mb.rate --result pass --measurement 700 --units iterations/s
case MP-mb-mb.weak --result pass --measurement 13 --units outcomes/s
case SB-mb-mb --result pass --measurement 0 --units pass
case SB-mb-mb.rate --result pass --measurement 700 --units iterations/s
case SB-mb-mb.weak --result pass --measurement 13 --units outcomes/s
case 2-2W-wmb-wmb --result skip --measurement 0 --units blind
case 2-2W-wmb-wmb.rate --result pass --measurement 700 --units iterations/s
case 2-2W-wmb-wmb.weak --result pass --measurement 13 --units outcomes/s
case busted__u32 --result fail --measurement 3 --units FAIL
case busted__u32.rate --result pass --measurement 700 --units iterations/s
case busted__u32.weak --result pass --measurement 13 --units outcomes/s
case Z6_2E0 --result skip --measurement 0 --units skip
case new --result fail --measurement 0 --units surprise
case new.rate --result pass --measurement 700 --units iterations/s
case new.weak --result pass --measurement 13 --units outcomes/s
case campaign --result fail --measurement 1 --units exit-status
END
grep -q '^-o .* smoke seed=1$' "$work/arguments"
result $? "the request is passed on"
sed -n '/^membar-log: begin$/,/^membar-log: end$/{//!p}' "$work/said" |
	grep -qx "Test SB"
result $? "the log is printed between its marks"

rm "$work/results.json"
for end in "0 pass" "2 fail" "3 skip" "130 fail"; do
	harness "${end% *}"
	script stress.sh "$work/collection"
	grep -qx "case campaign --result ${end#* } --measurement ${end% *} --units exit-status" \
		"$work/record"
	result $? "a campaign of status ${end% *}"
done

touch "$work/refuse"
harness 0
script stress.sh "$work/collection"
told "a module that does not load is a failed case" <<'END'
case campaign --result fail --measurement 2 --units exit-status
END

# The log of a job, as tools/lava-results reads it.
cat >"$work/logs.yaml" <<'END'
- {"dt": "2026-11-28T12:00:00", "lvl": "results", "msg": {"case": "SB-po-po", "definition": "1_s", "measurement": 5.0, "result": "pass", "units": "seen"}}
- {"dt": "2026-11-28T12:00:00", "lvl": "target", "msg": "membar-log: begin"}
- {"dt": "2026-11-28T12:00:00", "lvl": "debug", "msg": "of the dispatcher"}
- {"dt": "2026-11-28T12:00:00", "lvl": "target", "msg": "5  *>0:r0=0; 1:r0=0;"}
- {"dt": "2026-11-28T12:00:00", "lvl": "target", "msg": "membar-log: end"}
- {"dt": "2026-11-28T12:00:00", "lvl": "results", "msg": {"case": "job", "definition": "lava", "result": "pass"}}
END
for python in /usr/bin/python3 python3; do
	"$python" -c 'import yaml' 2>/dev/null && break
done
"$python" "$tools/lava-results" "$work/logs.yaml" >"$work/said" 2>&1
printf '%s\t%s\t%s\t%s\t%s\t%s\n' 1_s - SB-po-po pass 5.0 seen \
	lava - job pass - - | cmp -s - "$work/said"
result $? "the cases of a job"
"$python" "$tools/lava-results" --log "$work/logs.yaml" >"$work/said" 2>&1
echo "5  *>0:r0=0; 1:r0=0;" | cmp -s - "$work/said"
result $? "the log of a job's campaign"

# unreadable STATUS WORDS NAME ARGUMENT...
unreadable()
{
	want=$1
	words=$2
	name=$3
	shift 3
	"$python" "$tools/lava-results" "$@" >"$work/said" 2>&1
	status=$?
	[ $status = "$want" ] &&
		{ [ -z "$words" ] || grep -q -e "$words" "$work/said"; } &&
		! grep -q Traceback "$work/said"
	result $? "lava-results: $name"
}
echo '- [1, {' >"$work/bad.yaml"
unreadable 2 "no YAML" "a damaged file" "$work/bad.yaml"
echo 'a: b' >"$work/bad.yaml"
unreadable 2 "no log of a LAVA job" "another file" "$work/bad.yaml"
unreadable 2 "No such file" "no file" "$work/none.yaml"
unreadable 2 "usage" "no argument"
sed -n 4p "$work/logs.yaml" >"$work/bad.yaml"
unreadable 1 "" "a job without cases" "$work/bad.yaml"
finish
