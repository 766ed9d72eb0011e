# SPDX-License-Identifier: GPL-2.0
#
# From the lines of membar_bench: results.json, table.txt and plot.svg in the
# directory dir.

function value(key,    i, pair)
{
	for (i = 1; i <= NF; i++) {
		split($i, pair, "=")
		if (pair[1] == key)
			return pair[2]
	}
	return ""
}

/^form=/ {
	form = value("form"); place = value("place"); cell = value("cell")
	rounds = value("rounds")
	json = json sprintf("%s\n    {\"form\": \"%s\", \"place\": \"%s\", \"cell\": \"%s\", \"rounds\": %d", json == "" ? "" : ",", form, place, cell, rounds)
	if (rounds) {
		key = form SUBSEP place SUBSEP cell
		ns[key] = value("ps") / 1000
		low[key] = value("ps25") / 1000
		high[key] = value("ps75") / 1000
		ticks[key] = value("ticks") / 1000
		json = json sprintf(", \"ns\": %.3f, \"ns_q1\": %.3f, \"ns_q3\": %.3f, \"ticks\": %.3f, \"ticks_q1\": %.3f, \"ticks_q3\": %.3f", ns[key], low[key], high[key], ticks[key], value("ticks25") / 1000, value("ticks75") / 1000)
	}
	json = json "}"
	if (!((place, cell) in known)) {
		known[place, cell] = 1
		cells[place, ++nr[place]] = cell
	}
	found++
}

function entry(form, place, cell,    key)
{
	key = form SUBSEP place SUBSEP cell
	if (!(key in ns))
		return sprintf("%24s", "-")
	return sprintf("%8.2f (%.2f-%.2f)", ns[key], low[key], high[key])
}

function table(place, title,    i, cell)
{
	printf "\n%s\n%-38s%-24s%-24s%-24s%s\n", title, "", "inline", "outline", "native", "ticks: inline outline native" >file
	for (i = 1; i <= nr[place]; i++) {
		cell = cells[place, i]
		printf "%-38s%-24s%-24s%-24s%.1f %.1f %.1f\n", cell, entry("inline", place, cell), entry("outline", place, cell), entry("native", place, cell), ticks["inline", place, cell], ticks["outline", place, cell], ticks["native", place, cell] >file
	}
}

# How many times dearer the full barrier is than the others, of a store and its
# barrier together.
function savings(    flavour, n, flavours, i)
{
	printf "\nA store to the contended line and a full barrier, over the same with\n" >file
	n = split("mb smp_mb dma_mb virt_mb", flavours, " ")
	for (i = 1; i <= n; i++) {
		flavour = flavours[i]
		printf "%-12s native acquire %6.1f  native release %6.1f  read %6.1f  write %6.1f\n", flavour, ratio(flavour, "native", "acquire"), ratio(flavour, "native", "release"), ratio(flavour, "inline", "read"), ratio(flavour, "inline", "write") >file
	}
}

# What a call costs, by the barrier that is nothing else, and the most that any
# other is dearer out of line.
function calls(place,    i, cell, more, most, which)
{
	for (i = 1; i <= nr[place]; i++) {
		cell = cells[place, i]
		more = ns["outline", place, cell] - ns["inline", place, cell]
		if (cell == "compiler_mb")
			printf "%-8s a call and its return %.2f ns", place, more >file
		else if (which == "" || more > most) {
			most = more
			which = cell
		}
	}
	printf "; the dearest beside it, %s, %.2f ns\n", which, most >file
}

function ratio(flavour, form, order,    other)
{
	other = ns[form, "stored", flavour ":" order]
	return other ? ns["inline", "stored", flavour ":full"] / other : 0
}

function plot(    i, f, y, cell, names, colours, most, width)
{
	file = dir "/plot.svg"
	split("inline outline native", names, " ")
	split("#4477aa #ccbb44 #228833", colours, " ")
	for (i = 1; i <= nr["stored"]; i++)
		for (f = 1; f <= 3; f++)
			if (ns[names[f], "stored", cells["stored", i]] > most)
				most = ns[names[f], "stored", cells["stored", i]]
	print "<!-- SPDX-License-Identifier: GPL-2.0 -->" >file
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"%d\" font-family=\"sans-serif\" font-size=\"11\">\n", 60 + 36 * nr["stored"] >file
	printf "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n" >file
	printf "<text x=\"10\" y=\"18\" font-size=\"13\">A store to a line that another CPU reads, and a barrier: ns, medians</text>\n" >file
	printf "<text x=\"10\" y=\"34\">%s; Linux %s</text>\n", what, release >file
	for (i = 1; i <= nr["stored"]; i++) {
		cell = cells["stored", i]
		y = 48 + 36 * (i - 1)
		printf "<text x=\"10\" y=\"%d\">%s</text>\n", y + 16, cell >file
		for (f = 1; f <= 3; f++) {
			width = most ? ns[names[f], "stored", cell] / most * 500 : 0
			printf "<rect x=\"120\" y=\"%d\" width=\"%.1f\" height=\"9\" fill=\"%s\"/><text x=\"%.1f\" y=\"%d\" font-size=\"9\">%.1f %s</text>\n", y + 10 * (f - 1), width, colours[f], 124 + width, y + 10 * (f - 1) + 8, ns[names[f], "stored", cell], names[f] >file
		}
	}
	print "</svg>" >file
}

END {
	if (!found) {
		print "membar: error: the module printed no results" >"/dev/stderr"
		exit 1
	}
	file = dir "/results.json"
	printf "{\n  \"runner\": \"%s\",\n  \"what\": \"%s\",\n  \"release\": \"%s\",\n  \"results\": [%s\n  ]\n}\n", runner, what, release, json >file
	file = dir "/table.txt"
	printf "%s; Linux %s\nns an operation: median (quartiles); ticks of the CPU's time stamp counter\n", what, release >file
	table("alone", "A barrier alone")
	table("stored", "A store to a line that another CPU reads, and a barrier")
	table("ring", "An item through a ring between two CPUs (the producer's barrier, the consumer's)")
	savings()
	printf "\nOut of line over in line\n" >file
	calls("alone")
	calls("stored")
	plot()
}
