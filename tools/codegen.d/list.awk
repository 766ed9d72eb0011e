# SPDX-License-Identifier: GPL-2.0
#
# From "objdump -dr" and "objdump -r" of one object: a line for each function,
# its name and its instructions with tabs between.  An instruction has its
# relocations behind it; what alternatives may replace comes last, behind
# "alt".

/^Disassembly of section / {
	replacement = /\.altinstr_replacement/
	name = ""
	next
}

# The sites of alternatives, in the order of their replacements.
/^RELOCATION RECORDS FOR/ {
	name = ""
	sites = /\[\.altinstructions\]/
	next
}
sites && $3 ~ /^\.text\./ {
	site = $3
	sub(/^\.text\./, "", site)
	sub(/[+-].*/, "", site)
	code[site] = code[site] "\talt " replaced[++nr_site]
	next
}

/^[0-9a-f]+ <.*>:$/ {
	name = substr($2, 2, length($2) - 3)
	if (!replacement && !(name in code)) {
		order[++nr] = name
		code[name] = ""
	}
	next
}

# A relocation belongs to the instruction above.
name && /^[ \t]*[0-9a-f]+:[ \t]+R_/ {
	if (!replacement)
		code[name] = code[name] " {" $2 " " $3 "}"
	next
}

name && /^[ \t]*[0-9a-f]+:/ {
	insn = $0
	sub(/^[ \t]*[0-9a-f]+:[ \t]*/, "", insn)
	gsub(/[ \t]+/, " ", insn)
	# Comments; immediates have no blank behind the sign.
	sub(/ (#|\/\/|@|;|!) .*/, "", insn)
	sub(/ $/, "", insn)
	if (replacement)
		replaced[++nr_replaced] = insn
	else
		code[name] = code[name] "\t" insn
}

END {
	for (i = 1; i <= nr; i++)
		print order[i] code[order[i]]
}
