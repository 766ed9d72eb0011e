# SPDX-License-Identifier: GPL-2.0
#
# Gives a converted file its include and its original line numbers.  Reads
# diff(1)'s output of the original against the converted file, then that file.
# Variables: source, the name of the original.

# What follows a hunk: "start[,end]c|a|d start[,end]".
FNR == NR && /^[0-9]/ {
	split($0, side, /[acd]/)
	n = split(side[1], old, ",")
	old_end = old[n]
	n = split(side[2], new, ",")
	new_end = new[n]
	if (!first)
		first = new[1]
	if (old_end - new_end != offset) {
		offset = old_end - new_end
		resync[new_end] = old_end + 1
	}
	next
}
FNR == NR { next }

{ line[FNR] = $0 }

# Conditional code, to see where an include is safe.
/^[ \t]*#[ \t]*if/ { depth++ }
/^[ \t]*#[ \t]*endif/ { depth-- }
# Some includes are within a function or an initialiser.
/[{]$/ { inside = 1 }
/^[ \t]*#[ \t]*include/ && !depth && !inside && FNR < first { include = FNR }

END {
	# All includes may be conditional.
	if (!include)
		print "#include \"membar.h\""
	print "#line 1 \"" source "\""
	for (i = 1; i <= FNR; i++) {
		print line[i]
		if (i == include)
			print "#include \"membar.h\"\n#line " i + 1
		# Not within a macro's definition.
		if (i in resync && line[i] !~ /\\$/)
			print "#line " resync[i]
	}
}
