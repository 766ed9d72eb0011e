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
		return "-"
	return sprintf("%.2f (%.2f-%.2f)", ns[key], low[key], high[key])
}

function table(place, title,    i, cell)
{
	printf "\n%s\n%-38s%-24s%-24s%-24s%s\n", title, "", "inline", "outline", "native", "ticks: inline outline native" >file
	for (i = 1; i <= nr[place]; i++) {
		cell = cells[place, i]
		printf "%-38s%-24s%-24s%-24s%.1f %.1f %.1f\n", cell, entry("inline", place, cell), entry("outline", place, cell), entry("native", place, cell), ticks["inline", place, cell], ticks["outline", place, cell], ticks["native", place, cell] >file
	}
}

# The time of a store and a full barrier, divided by that of a store and each of the
# others.
function savings(    flavour, n, flavours, i)
{
	printf "\nA store to the contended line and a full barrier, over the same with\n" >file
	n = split("mb smp_mb dma_mb virt_mb", flavours, " ")
	for (i = 1; i <= n; i++) {
		flavour = flavours[i]
		printf "%-12s native acquire %6.1f  native release %6.1f  read %6.1f  write %6.1f\n", flavour, ratio(flavour, "native", "acquire"), ratio(flavour, "native", "release"), ratio(flavour, "inline", "read"), ratio(flavour, "inline", "write") >file
	}
}

# The cost of a call, measured with the compiler barrier, which is empty, and the
# largest cost of a call among the other barriers.
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
	printf "; the largest difference of another barrier, %s, %.2f ns\n", which, most >file
}

# The ways to reach a function, with each protection.
function called(    i, j, n, forms)
{
	n = split("plain retpoline thunks kcfi", forms, " ")
	printf "\nA function that does nothing or a full barrier, by each way to reach it\n" >file
	printf "%-20s%-24s%-24s%-24s%s\n", "", "no protection", "retpolines", "and return thunks", "kCFI (clang)" >file
	for (i = 1; i <= nr["called"]; i++) {
		printf "%-20s", cells["called", i] >file
		for (j = 1; j <= n; j++)
			printf j < n ? "%-24s" : "%s\n", entry(forms[j], "called", cells["called", i]) >file
	}
}

function ratio(flavour, form, order,    other)
{
	other = ns[form, "stored", flavour ":" order]
	return other ? ns["inline", "stored", flavour ":full"] / other : 0
}

# One bar: the cell in this form, and what is printed before it.
function bar(y, form, cell, label,    time)
{
	time = ns[form, "stored", cell]
	printf "<text x=\"10\" y=\"%d\">%s</text>\n", y + 11, label >file
	printf "<rect x=\"190\" y=\"%d\" width=\"%.1f\" height=\"14\" class=\"%s\"/>\n", y, longest ? time / longest * 220 : 0, form >file
	printf "<text x=\"%.1f\" y=\"%d\">%.1f ns</text>\n", 196 + (longest ? time / longest * 220 : 0), y + 11, time >file
}

# The bars that differ between the default and the native fences; all others are
# in the table.  The colours follow those of the page.
function plot(    i, n, order)
{
	file = dir "/plot.svg"
	n = split("acquire release", order, " ")
	longest = ns["inline", "stored", "smp_mb:full"]
	for (i = 1; i <= n; i++)
		if (ns["inline", "stored", "smp_mb:" order[i]] > longest)
			longest = ns["inline", "stored", "smp_mb:" order[i]]
	print "<!-- SPDX-License-Identifier: GPL-2.0 -->" >file
	print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"480\" height=\"204\" viewBox=\"0 0 480 204\">" >file
	print "<style>text { font: 12px sans-serif; fill: #222; } .title { font-weight: bold; } .soft { fill: #555; }" >file
	print ".page { fill: #fff; } .inline { fill: #4477aa; } .native { fill: #228833; }" >file
	print "@media (prefers-color-scheme: dark) { text { fill: #ddd; } .soft { fill: #aaa; } .page { fill: #16181c; }" >file
	print ".inline { fill: #6699cc; } .native { fill: #44aa55; } }</style>" >file
	print "<rect width=\"100%\" height=\"100%\" rx=\"6\" class=\"page\"/>" >file
	print "<text x=\"10\" y=\"20\" class=\"title\">A store to a line that another CPU reads, and a barrier</text>" >file
	bar(34, "inline", "smp_mb:full", "smp_mb:full")
	for (i = 1; i <= n; i++) {
		bar(60 * i, "inline", "smp_mb:" order[i], "smp_mb:" order[i] ", default")
		bar(60 * i + 22, "native", "smp_mb:" order[i], "smp_mb:" order[i] ", native")
	}
	printf "<text x=\"10\" y=\"178\" class=\"soft\">%s</text>\n", what >file
	printf "<text x=\"10\" y=\"194\" class=\"soft\">Linux %s; medians</text>\n", release >file
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
	if (nr["called"])
		called()
	plot()
}
