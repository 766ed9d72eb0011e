#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The comparisons with klitmus7 compute the right ratios, from prepared numbers in
# place of both modules: KTAP.
set -u
# shellcheck source=selftests/tools/results.sh
. "$(dirname "$0")/results.sh"

# insmod and rmmod that only write what klitmus7's module would: 200 of 1,000
# outcomes in half a second, or nothing for the test "refused".
mkdir -p "$work/bin" "$work/membar" || exit
cat >"$work/bin/insmod" <<'END'
#!/bin/sh
case $1 in
./refused-*) exit 1 ;;
./*-*.ko) printf 'Observation x Sometimes 200 800\nTime x 0.50\n' >"$PREPARED/proc" ;;
esac
END
printf '#!/bin/sh\n' >"$work/bin/rmmod"
chmod +x "$work/bin/insmod" "$work/bin/rmmod"
# It is a script for busybox.
ln -s "$(command -v busybox)" "$work/bin/awk"
echo 'litmus0 1 0' >"$work/modules"
# membar: 100 of 2,000 outcomes in a quarter of a second.
printf '[\n{"test":"busted","nsecs":1,"seen":1,"iterations":1},\n%s\n]\n' \
	'{"test":"x","nsecs":250000000,"seen":100,"iterations":2000}' \
	>"$work/membar/results.json"
sed -e "s,/tmp/,$work/,g" -e "s,/sys/kernel/debug/membar,$work/membar," \
	-e "s,/proc/litmus,$work/proc," -e "s,/proc/modules,$work/modules," \
	"$tools/guest/bench-stress" >"$work/bench-stress"
cp "$tools/bench-stress.d/compare.sh" "$work/"
chmod +x "$work/bench-stress"
printf 'C refused\n{}\n' >"$work/refused.litmus"
printf 'rounds=3\ncompile=1234\ntests="known refused"\n' >"$work/settings"
PREPARED=$work PATH=$work/bin:$PATH "$work/bench-stress" >"$work/said" 2>&1
result $? "the comparison ends well"

# row TEST WHAT: membar's number, klitmus7's, and the ratio.
row()
{
	sed -n "s/^$1 *$2 *\([^ ]*\) ([^)]*) *\([^ ]*\) ([^)]*) *\([^ ]*\) .*/\1 \2 \3/p" \
		"$work/said" | head -n 1
}

[ "$(row known iterations)" = "8.0k 2.0k 4.0" ]
result $? "iterations a second, and their ratio"
[ "$(row known 'weak outcomes')" = "400 400 1.0" ]
result $? "weak outcomes a second, of the last test in the results"
[ "$(row refused iterations)" = "8.0k 0 -" ] &&
	grep -q '^refused .*klitmus7 does not run it' "$work/said"
result $? "a test that klitmus7 does not run"
grep -q '^refused: first result after [0-9]* ms; klitmus7 compiles for 1234 ms' \
	"$work/said"
result $? "the time to the first result of a file"
grep -q 'duration_ms=10 oversubscribe=1' "$work/membar/run" &&
	grep -q '^C refused' "$work/membar/run"
result $? "a file is written with its options before it"

# The loops run while the command does: in a minute at most each has had a tenth of
# a second of CPU time.
cat >"$work/look" <<'END'
for try in $(seq 300); do
	busy=0
	for pid in $(cat /proc/$PPID/task/$PPID/children); do
		grep -qa /busy "/proc/$pid/cmdline" || continue
		[ "$(awk '{ print $14 >= 10 }' "/proc/$pid/stat")" = 0 ] ||
			busy=$((busy + 1))
	done
	[ $busy != 2 ] || exit 3
	sleep 0.2
done
END
"$tools/lib/busy" 2 sh "$work/look" >"$work/said" 2>&1
[ $? = 3 ]
result $? "two busy loops run while a command does"
! "$tools/lib/busy" two true >"$work/said" 2>&1 && grep -q 'BUSY=two' "$work/said"
result $? "a number of busy loops that is none is refused"

for file in missing.litmus results.json; do
	! "$tools/bench-stress" "$file" >"$work/said" 2>&1 &&
		grep -q "error: $file " "$work/said"
	result $? "refused: $file"
done

# Time to the first outcome: membar takes 2 ms, klitmus7 4 ms, or for ever if its
# threads are not synchronised.
printf '[\n%s\n]\n' '{"test":"x","nsecs":9000000,"first_seen_ns":2000000}' \
	>"$work/membar/results.json"
cat >"$work/bin/insmod" <<'END'
#!/bin/sh
case $1 in *-no-*) echo - ;; *) echo 4000 ;; esac >"$PREPARED/time"
END
cat >"$work/first" <<'END'
#!/bin/sh
for start in $(seq "$1"); do cat "$PREPARED/time"; done
END
chmod +x "$work/first"
mkdir -p "$work/module"
sed -e "s,/tmp/,$work/,g" -e "s,/sys/kernel/debug/membar,$work/membar," \
	-e "s,/sys/module/membar_stress/parameters,$work/module," \
	-e "s,/proc/modules,$work/modules," \
	"$tools/guest/bench-counterexample" >"$work/bench-counterexample"
chmod +x "$work/bench-counterexample"
printf 'P0(int *x)\nP1(int *x)\n' >"$work/SB.litmus"
echo 'x smp_mb:full 1 SB' >"$work/rows"
printf 'starts=10\nlimit=20\n' >"$work/settings"
PREPARED=$work PATH=$work/bin:$PATH "$work/bench-counterexample" >"$work/said" 2>&1
result $? "the comparison of first outcomes ends well"
grep -q '^x  *smp_mb:full  *1  2.00 (2.00)  *4.00 (4.00)  *- (-), not in 10  *2.0  default; barrier=timebase' \
	"$work/said"
result $? "medians, percentiles, starts without the outcome, and the ratio"
grep -q '^litmus smp_mb:full unordered$' "$work/module/broken"
result $? "the cell of the row is broken"

printf '[\n%s\n]\n' '{"test":"x","nsecs":9000000,"first_seen_ns":0}' \
	>"$work/membar/results.json"
PREPARED=$work PATH=$work/bin:$PATH "$work/bench-counterexample" >"$work/said" 2>&1
grep -q '^x  *smp_mb:full  *1  - (-), not in 10  *4.00 (4.00)  *- (-), not in 10  *-  default; barrier=timebase' \
	"$work/said"
result $? "a broken fence that membar does not see"

finish
