#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The scripts that count results take nothing for a success that is none: KTAP.
set -u
# shellcheck source=selftests/tools/results.sh
. "$(dirname "$0")/results.sh"

# counted FUNCTION STATUS COUNTS LINE...: "passed failed skipped" that a function
# of tools/lib/common.sh makes of a log of these lines.
counted()
{
	function=$1
	status=$2
	want=$3
	shift 3
	printf '%s\n' "$@" >"$work/log"
	# shellcheck disable=SC2016 # for the inner shell
	got=$(sh -uc '. "$0"; "$1" "$2" "$3"; echo $passed $failed $skipped' \
		"$tools/lib/common.sh" "$function" "$work/log" "$status" \
		2>"$work/said")
	echo "counted: $got" >>"$work/said"
	[ "$got" = "$want" ]
	result $? "$function: $want, status ${status:-none}: $(tr '\n#' ';-' <"$work/log")"
}

ktap()
{
	counted ktap_count "$@"
}

totals()
{
	counted totals_count "$@"
}

ktap 0 "1 0 1" "ok 1 a" "ok 2 b # SKIP c" "1..2"
ktap 0 "2 0 0" "TAP version 13" "1..2" "# ok 9 a remark" "ok 1 a" "ok 2 b"
ktap 0 "1 0 1" "ok 1 a" "ok 2 b # skip c" "1..2"
ktap 0 "2 0 0" "1..2" "# of 1..9" "ok 1 is not wrong" "ok 2 b"
ktap 1 "1 1 0" "ok 1 a" "not ok 2 b" "1..2"
ktap 0 "1 1 0" "ok 1 a" "not ok 2 b" "1..2"
# Lines that only look like a result without a number, a plan, or the end of it all.
ktap 0 "1 0 0" "ok 1 all is ok" "1..1"
ktap 0 "1 0 0" "ok 1 a" "1..1" "1..1 and more"
ktap 0 "1 0 0" "1..1" "# no Bail out!" "ok 1 a"
# A failure that is expected or skipped is one that nobody here writes.
ktap 0 "1 1 0" "ok 1 a" "not ok 2 b # TODO c" "1..2"
ktap 0 "1 1 0" "ok 1 a" "not ok 2 b # SKIP c" "1..2"
# The status, if nothing failed.
ktap 1 "1 1 0" "ok 1 a" "1..1"
ktap 4 "1 1 0" "ok 1 a" "1..1"
ktap 139 "1 1 0" "ok 1 a" "1..1"
ktap "" "1 1 0" "ok 1 a" "1..1"
ktap many "1 1 0" "ok 1 a" "1..1"
# The plan: not kept to, none, two, of nothing, no number.
ktap 0 "1 1 0" "ok 1 a" "1..2"
ktap 0 "2 1 0" "ok 1 a" "ok 2 b" "1..1"
ktap 0 "1 1 0" "ok 1 a"
ktap 0 "1 1 0" "1..1" "ok 1 a" "1..1"
ktap 0 "0 1 0" "1..0"
ktap 0 "0 1 0" "1..0 # SKIP all of it"
ktap 0 "1 1 0" "ok 1 a" "1..one"
ktap 0 "0 1 0" ""
# Results that are lost, twice there, or cut.
ktap 0 "2 1 0" "1..2" "ok 1 a" "ok 3 c"
ktap 0 "2 1 0" "1..2" "ok 1 a" "ok 1 a"
ktap 0 "1 1 0" "1..1" "ok a"
ktap 0 "1 1 0" "1..2" "ok 1 a" "ok"
ktap 0 "1 2 0" "1..2" "ok 1 a" "not ok"  "not ok 2 b"
ktap 0 "1 1 0" "1..1" "ok 1 a" "Bail out! no memory"

totals 0 "3 0 1" "words" "3 passed, 0 failed, 1 skipped"
totals 0 "3 0 0" "3 passed, 0 failed" ""
totals 0 "1 0 1" "1 passed, 0 failed, 1 skipped"
totals 1 "3 2 1" "3 passed, 2 failed, 1 skipped"
totals 0 "3 2 1" "3 passed, 2 failed, 1 skipped"
totals 0 "0 0 2" "0 passed, 0 failed, 2 skipped"
totals 4 "0 0 2" "0 passed, 0 failed, 2 skipped"
totals 1 "0 1 2" "0 passed, 0 failed, 2 skipped"
totals 4 "3 1 2" "3 passed, 0 failed, 2 skipped"
totals 1 "3 1 0" "3 passed, 0 failed, 0 skipped"
totals 4 "3 1 0" "3 passed, 0 failed, 0 skipped"
totals "" "3 1 0" "3 passed, 0 failed, 0 skipped"
totals 0 "0 1 0" "0 passed, 0 failed, 0 skipped"
totals 0 "0 1 0" ""
totals 0 "0 1 0" "3 passed, 0 failed, 0 skipped" "and then it went on"
totals 0 "0 1 0" "3 passed, 0 failed, 0 ski"
totals 0 "0 1 0" " passed, 3 failed, 0 skipped"
totals 0 "0 1 0" "many passed, 0 failed, 0 skipped"
totals 0 "0 1 0" "3 passed, -1 failed, 0 skipped"
totals 0 "0 1 0" "08 passed, 0 failed, 0 skipped"
totals 0 "0 1 0" "3.5 passed, 0 failed, 0 skipped"
totals 0 "0 1 0" "gcc: 3 passed, 0 failed, 0 skipped"

# What is said of a log that shows nothing.
for row in "has no line with the number of tests:words" \
	"nothing was tested:0 passed, 0 failed, 0 skipped"; do
	echo "${row#*:}" >"$work/log"
	# shellcheck disable=SC2016 # for the inner shell
	sh -uc '. "$0"; totals_count "$1" 0' "$tools/lib/common.sh" "$work/log" \
		>"$work/said" 2>&1
	grep -qx "membar: $work/log: ${row%%:*}" "$work/said"
	result $? "totals_count: it says: ${row%%:*}"
done

# ends STATUS PASSED FAILED SKIPPED: the last line of a script with these totals.
ends()
{
	# shellcheck disable=SC2016 # for the inner shell
	sh -uc '. "$0"; all_passed=$1 all_failed=$2 all_skipped=$3; print_totals' \
		"$tools/lib/common.sh" "$2" "$3" "$4" >"$work/said" 2>&1
	[ $? = "$1" ] && [ "$(cat "$work/said")" = "$2 passed, $3 failed, $4 skipped" ]
	result $? "print_totals: status $1 of $2 passed, $3 failed, $4 skipped"
}
ends 0 2 0 1
ends 1 2 1 0
ends 1 0 1 2
ends 1 0 0 0
ends 4 0 0 2

# A log that is not there.
for function in ktap_count totals_count; do
	# shellcheck disable=SC2016 # for the inner shell
	got=$(sh -uc '. "$0"; "$1" "$2" 0; echo $passed $failed $skipped' \
		"$tools/lib/common.sh" $function "$work/none" 2>"$work/said")
	[ "$got" = "0 1 0" ]
	result $? "$function: 0 1 0, of a log that is not there"
done

# part LAST-LINE STATUS HOW COMMAND: tools/check with one part, which is that.
# One that never ends is a failure, too.
mkdir -p "$work/tree/tools/lib" "$work/tree/tools/check.d"
cp "$tools"/lib/*.sh "$work/tree/tools/lib/"
cp "$tools/check" "$work/tree/tools/"
part()
{
	printf '%s\n' '#!/bin/sh' "$4" >"$work/part"
	chmod +x "$work/part"
	printf '%s\n' "only check $3 always $work/part" \
		"other check counts always false" \
		>"$work/tree/tools/check.d/parts"
	timeout 100 sh "$work/tree/tools/check" only >"$work/said" 2>&1
	_status=$?
	[ "$(tail -n 1 "$work/said")" = "$1" ] && [ $_status = "$2" ]
	result $? "check: $1: a part of $3 that runs: $4"
}

part "3 passed, 0 failed, 1 skipped" 0 counts \
	'echo 3 passed, 0 failed, 1 skipped'
part "3 passed, 1 failed, 0 skipped" 1 counts \
	'echo 3 passed, 1 failed, 0 skipped; exit 1'
part "3 passed, 1 failed, 0 skipped" 1 counts \
	'echo 3 passed, 1 failed, 0 skipped'
part "3 passed, 1 failed, 0 skipped" 1 counts \
	'echo 3 passed, 1 failed, 0 skipped; exit 4'
part "3 passed, 1 failed, 0 skipped" 1 counts \
	'echo 3 passed, 0 failed, 0 skipped; exit 1'
part "0 passed, 1 failed, 0 skipped" 1 counts \
	'echo 0 passed, 0 failed, 0 skipped'
part "0 passed, 1 failed, 0 skipped" 1 counts 'echo done'
part "0 passed, 1 failed, 0 skipped" 1 counts 'kill -9 $$'
part "0 passed, 0 failed, 1 skipped" 4 counts 'echo no compiler; exit 4'
part "1 passed, 0 failed, 0 skipped" 0 status 'exit 0'
part "0 passed, 1 failed, 0 skipped" 1 status 'exit 1'
! grep -q inconclusive "$work/said"
result $? "check: a part that fails is not inconclusive"
part "0 passed, 1 failed, 0 skipped" 1 status 'exit 3'
grep -q 'only: status 3, inconclusive: counted as failed' "$work/said"
result $? "check: status 3 is said to be inconclusive"
part "0 passed, 1 failed, 0 skipped" 1 status 'kill -9 $$'
part "0 passed, 0 failed, 1 skipped" 4 status 'exit 4'
# Those that the system ends after two seconds of CPU time, in user space and in the
# kernel.
for burn in 'while :; do :; done' 'dd if=/dev/zero of=/dev/null bs=1M'; do
	part "0 passed, 1 failed, 0 skipped" 1 status "ulimit -t 2; $burn"
	awk '$1 == "only" { exit !($6 >= 1 && $6 < 10 && $5 >= 1 && $5 < 1000) }' "$work/said"
	result $? "check: the CPU time of a part is in the table: $burn"
done
# One that takes its caller with it, after one that went well.
part "3 passed, 0 failed, 0 skipped" 0 counts \
	'echo 3 passed, 0 failed, 0 skipped'
# shellcheck disable=SC2016 # for the part
part "3 passed, 1 failed, 0 skipped" 1 counts \
	'echo 3 passed, 0 failed, 0 skipped; kill -9 $PPID'
part "1 passed, 0 failed, 0 skipped" 0 status 'exit 0'
# shellcheck disable=SC2016 # likewise
part "0 passed, 1 failed, 0 skipped" 1 status 'kill -9 $PPID'
# One that cannot even begin.
rm -f "$work/tree/build/check/only.lock"
mkdir "$work/tree/build/check/only.lock"
part "0 passed, 1 failed, 0 skipped" 1 status 'exit 0'
grep -q 'only: did not come to its end' "$work/said"
result $? "check: a part that cannot begin is named"
rmdir "$work/tree/build/check/only.lock"
part "1 passed, 0 failed, 0 skipped" 0 status 'exit 0'
! grep -q 'did not come' "$work/said"
result $? "check: a part that ends is not"

# together LANES: two parts, each of which passes if it sees the other one run.
together()
{
	rm -f "$work/here-"*
	# shellcheck disable=SC2016 # for the part
	printf '%s\n' '#!/bin/sh' 'touch "$1/here-$2"' \
		'for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do' \
		'	[ ! -e "$1/here-$3" ] || exit 0' \
		'	sleep "$4"' 'done' 'rm "$1/here-$2"' 'exit 1' >"$work/part"
	printf '%s\n' "one check status always $work/part $work one two $2" \
		"two check status always $work/part $work two one $2" \
		>"$work/tree/tools/check.d/parts"
	LANES=$1 timeout 100 sh "$work/tree/tools/check" two one >"$work/said" 2>&1
	echo "status $?" >>"$work/said"
}

together 2 3
grep -q '^2 passed, 0 failed, 0 skipped$' "$work/said" && grep -q '^status 0$' "$work/said"
result $? "check: two lanes run two parts at the same time"
together 1 0.1
grep -q '^0 passed, 2 failed, 0 skipped$' "$work/said" && grep -q '^status 1$' "$work/said"
result $? "check: one lane does not"
[ "$(sed -n 's/^\(one\|two\)  .*/\1/p' "$work/said" | tr '\n' ' ')" = "two one " ]
result $? "check: the table has the order of the parts"
for lanes in 0 -1 two; do
	together "$lanes" 0.1
	grep -q "LANES=$lanes is no number of parts" "$work/said" &&
		grep -q '^status 1$' "$work/said"
	result $? "check: LANES=$lanes is refused"
done

# What is printed: of each part its row and its words, while it runs or after it; then
# the table.  No file is left.
mkdir -p "$work/tmp"
printf '%s\n' "one check status always echo word one" "two check status always echo word two" \
	>"$work/tree/tools/check.d/parts"
# printed LANES PART...: both, the table without its times.
programs=
printed()
{
	lanes=$1
	shift
	PATH=$programs$PATH TMPDIR=$work/tmp LANES=$lanes timeout 100 sh "$work/tree/tools/check" "$@" \
		2>"$work/said" | sed -E 's/^[0-9]+ s in all/all/; s/ +/ /g
		s/^((one|two) .*) [0-9]{1,4} [0-9]+$/\1/' >"$work/table"
}
# words LINE...: all that was said, but for what apt had to do.
words()
{
	printf '%s\n' "$@" >"$work/words"
	grep -E '^word|^membar: ==' "$work/said" | cmp -s - "$work/words"
}
# table ROW...: these are the rows, each of one test that passed, and no file is left.
table()
{
	printf '%s\n' "part passed failed skipped seconds CPU" "$@" \
		"all; logs: $work/tree/build/check" "$# passed, 0 failed, 0 skipped" |
		diff - "$work/table" >>"$work/said" && [ -z "$(ls "$work/tmp")" ]
}
row="check status always echo word"
printed 1 two one
words "membar: == two: $row two" "word two" "membar: == one: $row one" "word one" &&
	table "two 1 0 0" "one 1 0 0"
result $? "check: one lane prints what a part says while it runs"
printed 2 one
words "membar: == one: $row one" "word one" && table "one 1 0 0"
result $? "check: so do two for a single part"
printed 2 one two
sort "$work/said" >"$work/sorted"
grep -A 1 ' == one has ended:$' "$work/said" | grep -qx "word one" &&
	grep -A 1 ' == two has ended:$' "$work/said" | grep -qx "word two" &&
	mv "$work/sorted" "$work/said" &&
	words "membar: == one has ended:" "membar: == one: $row one" \
		"membar: == two has ended:" "membar: == two: $row two" "word one" "word two" &&
	table "one 1 0 0" "two 1 0 0"
result $? "check: with two parts they print it when it has ended"
# The second part begins while the first prints slowly what it said.
slow=$work/slow
mkdir -p "$slow"
printf '%s\n' '#!/bin/sh' 'case $* in *^two*) sleep 1 ;; esac' "exec $(command -v sed)"' "$@"' >"$slow/sed"
printf '%s\n' '#!/bin/sh' 'case $* in *one.log) sleep 3 ;; esac' "exec $(command -v cat)"' "$@"' >"$slow/cat"
chmod +x "$slow/sed" "$slow/cat"
programs=$slow:
printed 2 one two
programs=
grep -A 1 ' == one has ended:$' "$work/said" | grep -qx "word one" &&
	grep -q "^membar: == two: $row two" "$work/said"
result $? "check: no part begins within what another says"

# The lock of the queue keeps what is printed together: a part takes it, and gives it
# back a second after its end.
cat >"$work/part" <<-'END'
	#!/bin/sh
	exec 9>>"$(echo "$TMPDIR"/*.lock)"
	flock 9
	(sleep 1; echo free >>"$1/said") >"$1/later" 2>&1 &
END
chmod +x "$work/part"
printf '%s\n' "one check status always $work/part $work" "two check status always true" \
	>"$work/tree/tools/check.d/parts"
: >"$work/said"
TMPDIR=$work/tmp timeout 100 sh "$work/tree/tools/check" one two 2>>"$work/said" >"$work/table"
awk '/^free$/ { free = 1 } / == one has ended:$/ { last = free } END { exit !last }' "$work/said"
result $? "check: what a part said is printed in one piece"

# A part that runs once, and one that always runs: each leaves its name.
cat >"$work/part" <<-'END'
	#!/bin/sh
	echo "$2" >>"$1/ran"
	[ ! -e "$1/lacking" ] || exit 4
	[ -e "$1/broken" ] || exec echo "1 passed, 0 failed, 0 skipped"
	echo "1 passed, 1 failed, 0 skipped"
	exit 1
END
chmod +x "$work/part"
printf '%s\n' "one check counts once $work/part $work one" \
	"two check status always $work/part $work two" >"$work/tree/tools/check.d/parts"
rm -rf "$work/tree/build"
mkdir -p "$work/tree/Documentation"
echo build >"$work/tree/.gitignore"

# repeat WANT PASSED WORDS [VARIABLE=VALUE...] [PART]: what of both runs, and how many
# are counted as passed.
repeat()
{
	want=$1 count=$2 words=$3
	shift 3
	: >"$work/ran"
	part=
	case ${1-} in
	one) part=$1; shift ;;
	esac
	# shellcheck disable=SC2086 # nothing, or a word
	env "$@" timeout 100 sh "$work/tree/tools/check" $part >"$work/said" 2>&1
	[ "$(sort "$work/ran" | tr '\n' ' ')" = "$want" ] &&
		grep -q "^$count passed, " "$work/said"
	result $? "check: $words"
}

# repeat_there WANT PASSED WORDS: where the versions of the running kernel, of the newest
# sources and of gcc are those of files.
mkdir -p "$work/versions" "$work/there"
printf '#!/bin/sh\ncat "%s/kernel"\n' "$work" >"$work/versions/uname"
printf '#!/bin/sh\ncat "%s/gcc"\n' "$work" >"$work/versions/gcc"
chmod +x "$work/versions"/*
ln -s "$work" "$work/there/src"
repeat_there()
{
	repeat "$@" PATH="$work/versions:$PATH" MEMBAR_CACHE="$work/there"
}

# What git lists is compared.
with_git()
{
	repeat "one two " 2 "all parts run at first"
	repeat "two " 2 "a part that passed is counted, and does not run again"
	grep -q 'one: it passed, and only documentation has changed since' "$work/said"
	result $? "check: it says so"
	echo >"$work/tree/Documentation/page.rst"
	repeat "two " 2 "nor after a change of the documentation"
	echo >"$work/tree/file"
	repeat "one two " 2 "it runs again after a new file"
	repeat "two " 2 "and then no more"
	echo 1 >"$work/tree/file"
	repeat "one two " 2 "it runs again after a change"
	chmod +x "$work/tree/file"
	repeat "one two " 2 "it runs again after a change of the mode"
	rm "$work/tree/file"
	repeat "one two " 2 "it runs again without a file"
	repeat "one two " 2 "it runs again with another variable" FILTER=x
	repeat "one two " 2 "it runs again without that variable"
	repeat "one two " 2 "AGAIN=yes runs it" AGAIN=yes
	repeat "two " 2 "AGAIN=yes leaves its result"
	repeat "one " 1 "it runs if it is named" one
	repeat "one two " 2 "that run does not stand for one without names"
	touch "$work/broken"
	echo 2 >"$work/tree/file"
	repeat "one two " 1 "it fails"
	repeat "one two " 1 "a part that failed runs again"
	mv "$work/broken" "$work/lacking"
	repeat "one two " 0 "it lacks something"
	repeat "one two " 0 "a part that was skipped runs again"
	rm "$work/lacking"
	repeat "one two " 2 "until it passes"
	for what in kernel newest gcc; do
		echo 1 >"$work/$what"
		repeat_there "one two " 2 "it runs: the first version ($what)"
		repeat_there "two " 2 "and not with the same version ($what)"
		echo 2 >"$work/$what"
		repeat_there "one two " 2 "it runs again with another version ($what)"
	done
	echo '*' >"$work/tree/.git/info/exclude"
	repeat "one two " 2 "it runs where git ignores the files"
	repeat "one two " 2 "it always runs where git ignores the files"
	mv "$work/tree/.git" "$work/git"
}
if git -C "$work/tree" init -q 2>"$work/said"; then
	with_git
else
	skip "check: parts that run once" "no git here"
fi
repeat "one two " 2 "without git it runs"
repeat "one two " 2 "without git it always runs"

# The parts are those that the documentation names.
sed -n 's/^\([a-z][a-z-]*\) .*/\1/p' "$tools/check.d/parts" | sort >"$work/parts"
awk '/^part  *what/ { on = 1; next }
on && /^==/ { if (++rules == 2) on = rules = 0; next }
on && /^[a-z]/ {
	sub(/  +.*/, "")
	gsub(/,/, "")
	for (i = 1; i <= NF; i++)
		print $i
}' "$top/Documentation/testing.rst" | sort >"$work/named"
diff "$work/parts" "$work/named" >"$work/said" && [ -s "$work/parts" ]
result $? "check: its parts are those of the documentation"

# left MINUTES SPENT WANT: what is left of so many minutes.
eval "$(sed -n '/^minutes_left()/,/^}/p' "$tools/check")"
# shellcheck disable=SC2034 # for minutes_left()
left()
{
	enough=$1
	begun=$(($(date +%s) - $2 * 60))
	[ "$(minutes_left)" = "$3" ]
	result $? "check: of $1 minutes $3 are left after $2"
}
left 26 0 26
left 26 10 16
left 2 1 1
left 26 26 0
left 26 30 0

# A compiler comes from the suite or from elsewhere, with apt's lists filled first.
# suite WANT KNOWN WORDS: what is done where apt knows these packages.
suite()
{
	# shellcheck disable=SC2016 # for the inner shell
	got=$(PATH=$work/apt:$PATH KNOWN=$2 MEMBAR_CACHE=$work/cache sh -uc '. "$0"
		have() { [ "$1" != made-up-99 ] || [ -e "$MEMBAR_CACHE/made-up" ]; }
		missing_pkgs() { echo " $1"; }
		id() { echo 0; }
		fill_lists() { printf "lists "; }
		need_pkgs() { echo "installs $*"; : >"$MEMBAR_CACHE/made-up"; }
		need_compiler() { echo "downloads $1"; : >"$MEMBAR_CACHE/made-up"; }
		need_suite_compiler made-up-99 made-up-linker' "$tools/lib/common.sh" 2>"$work/said")
	rm -f "$work/cache/made-up"
	echo "did: $got" >>"$work/said"
	[ "$got" = "$1" ]
	result $? "need_suite_compiler: $3"
}
mkdir -p "$work/cache" "$work/apt"
cat >"$work/apt/apt-cache" <<-'END'
	#!/bin/sh
	case " $KNOWN " in *" $2 "*) echo "$2 | 1" ;; esac
END
chmod +x "$work/apt/apt-cache"
suite "lists installs made-up-99 made-up-linker" "make made-up-99" "from the suite"
suite "lists downloads made-up-99" make "downloaded where the suite has none"
suite "lists installs made-up-99 made-up-linker" "" "no download where apt knows nothing"

finish
