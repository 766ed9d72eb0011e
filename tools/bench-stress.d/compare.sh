# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0
# Tables that compare membar with another tool, for tools/bench-stress and
# tools/bench-litmus7; busybox can run it too.

# last_test RESULTS: "seconds seen all" of the last test in a results.json.
last_test()
{
	awk '
	function get(key,    s) {
		match($0, "\"" key "\":")
		s = substr($0, RSTART + RLENGTH)
		match(s, /[,}]/)
		return substr(s, 1, RSTART - 1)
	}
	index($0, "{\"test\":\"") == 1 {
		last = get("nsecs") / 1e9 " " get("seen") " " get("iterations")
	}
	END { print last }' "$1"
}

# Column $1 of the lines of standard input: its median, least and most.  Here and
# below numbers are written out, because sort does not know 1e+06.
median()
{
	awk -v c="$1" '{ print $c }' | sort -n | awk '
	{ v[NR] = $1 }
	END {
		m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
		printf "%.0f %.0f %.0f\n", m, v[1], v[NR]
	}'
}

# heading TOOL ROUNDS
heading()
{
	echo "per second, medians of $2 rounds (least-most)"
	printf '%-22s %-13s %-26s %-26s %8s  %s\n' test what '  membar' "  $1" ratio \
		"$1's settings"
}

# line TEST WHAT COLUMN OURS THEIRS SETTINGS: a column of both files.
line()
{
	echo "$(median "$3" <"$4") $(median "$3" <"$5")" |
	awk -v test="$1" -v what="$2" -v how="$6" '
	function big(n) {
		if (n >= 1e6)
			return sprintf("%.1fM", n / 1e6)
		if (n >= 1e3)
			return sprintf("%.1fk", n / 1e3)
		return sprintf("%d", n)
	}
	function spread(m, a, z) {
		return sprintf("%8s (%s-%s)", big(m), big(a), big(z))
	}
	{
		printf "%-22s %-13s %-26s %-26s %8s  %s\n", test, what,
			spread($1, $2, $3), spread($4, $5, $6),
			($4 > 0) ? sprintf("%.1f", $1 / $4) : "-", how
	}'
}
