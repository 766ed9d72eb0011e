#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The comparison with klitmus7 computes the right ratios, from prepared numbers in
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

for file in missing.litmus results.json; do
	! "$tools/bench-stress" "$file" >"$work/said" 2>&1 &&
		grep -q "error: $file " "$work/said"
	result $? "refused: $file"
done

finish
