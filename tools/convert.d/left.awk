# SPDX-License-Identifier: GPL-2.0
# Why spatch has left the calls of a function alone that the semantic patch knows.
#
# usage: awk -v call=NAME -f left.awk PARSED FILE
#
# PARSED is what "spatch --parse-c" prints of the file, and FILE is the file without
# comments.  Prints "NUMBER REASON" for each reason, and "NUMBER" for the calls that
# there is none for.

# A line without what does not matter.
function bare(line)
{
	gsub(/\/\*.*|\/\/.*|[ \t]/, "", line)
	return line
}

FILENAME == ARGV[1] {
	if (sub(/^(bad:|BAD:!+)/, ""))
		unread[bare($0)] = 1
	next
}

/^[ \t]*#[ \t]*if/ {
	depth++
	if ($0 ~ /^[ \t]*#[ \t]*if[ \t]+0/ && !off)
		off = depth
}
/^[ \t]*#[ \t]*(else|elif)/ && off == depth { off = 0 }
/^[ \t]*#[ \t]*endif/ {
	if (off == depth)
		off = 0
	depth--
}
/^[ \t]*#[ \t]*define/ { macro = 1 }

$0 ~ "(^|[^a-zA-Z0-9_])" call "\\(" {
	if (off)
		why = "it is in #if 0"
	else if (macro)
		why = "it is in a macro that spatch does not read: by hand"
	else if (bare($0) in unread)
		why = "spatch cannot read the function: by hand"
	else if (arguments ~ /\(\{/)
		why = "it is in a statement expression that is an argument: by hand"
	else
		why = ""
	text = $0
	found[why] += gsub("(^|[^a-zA-Z0-9_])" call "\\(", "", text)
}
# What a statement may have begun with before.
{
	arguments = $0 ~ /[;}]$/ ? "" : arguments $0
	if ($0 !~ /\\$/)
		macro = 0
}

END {
	for (why in found)
		print found[why], why
}
