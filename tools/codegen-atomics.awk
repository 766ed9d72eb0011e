# SPDX-License-Identifier: GPL-2.0
#
# Prints the probes of the atomic operations, from the rows of "tools/table
# ATOMIC" and "tools/table BITOP": as the calls of membar.h or, with -v kernel=1,
# the kernel's own.  Functions have the same names in both.

# The arguments of each form behind the pointer, and the type that comes back.
BEGIN {
	print "// SPDX-License-Identifier: GPL-2.0"
	print "#include <linux/bitops.h>\n#include \"membar.h\""
	arguments["load"] = ""
	arguments["void"] = ""
	arguments["value"] = ""
	arguments["bool"] = ""
	arguments["result"] = ""
	arguments["void_v"] = "v"
	arguments["value_v"] = "v"
	arguments["bool_v"] = "v"
	arguments["bool_au"] = "a, u"
	arguments["value_au"] = "a, u"
	arguments["cmpxchg"] = "a, u"
	arguments["try_cmpxchg"] = "q, u"
}

function probe(name, type, body)
{
	name = "probe_" name
	printf "%s %s(%s);\n", type, name, parameters
	printf "%s __section(\".text.%s\") %s(%s)\n{\n\t%s;\n}\n", type, name, name, parameters, body
}

# The kernel's call for a row: on raw pointers where it has them, else on the
# atomic_t or atomic64_t that the object is taken for.
function kernel_call(    atomic, t)
{
	if (op == "load")
		return call == "READ_ONCE" ? "READ_ONCE(*p)" : call "(p)"
	if (op == "store")
		return call == "WRITE_ONCE" ? "WRITE_ONCE(*p, v)" : call "(p, v)"
	if (op ~ /xchg$/)
		return call "(p, " arguments[form] ")"
	atomic = width == "u64" ? "atomic64_" : "atomic_"
	t = "(" atomic "t *)p"
	if (form ~ /_v$/)
		return atomic call "(v, " t ")"
	if (form ~ /_au$/)
		return atomic call "(" t ", a, u)"
	return atomic call "(" t ")"
}

$1 ~ /^u[0-9]+$/ {
	width = $1; result = $2; op = $3; ORDER = $4; order = $5; call = $6
	form = $7; narrow = $8
	# Loops of membar's own: there is nothing to compare with.
	if ((width == "u8" || width == "u16") && narrow == "narrow" && op !~ /xchg$/)
		next

	type = form ~ /^void/ ? "void" : form ~ /^bool/ || form == "try_cmpxchg" ? "bool" : form == "result" ? result : width
	parameters = (op == "load" ? "const " : "") width " *p, " width " *q, " width " v, " width " a, " width " u"
	separator = arguments[form] == "" ? "" : ", "
	ours = "membar_" op "(p" separator arguments[form] ", MEMBAR_" ORDER ")"
	back = type == "void" ? "" : "return "

	# Half of cmpxchg's result has to cost no more than try_cmpxchg().  The
	# kernel's cmpxchg() is no measure: it knows half of the result only.
	if (op == "cmpxchg") {
		theirs = "try_" call "(p, &a, u)"
		probe(width "_cmpxchg_" order "_ok", "bool", "return " (kernel ? theirs : ours ".ok"))
		probe(width "_cmpxchg_" order "_val", width, kernel ? theirs ";\n\treturn a" : "return " ours ".val")
		next
	}
	probe(width "_" op "_" order, type, back (kernel ? kernel_call() : ours))
}

$1 !~ /^u[0-9]+$/ {
	op = $1; ORDER = $2; order = $3; call = $4; form = $5
	parameters = "unsigned long *p, unsigned long nr"
	type = form == "void" ? "void" : "bool"
	back = type == "void" ? "" : "return "
	theirs = call "(nr, p)"
	probe(op "_" order, type, back (kernel ? theirs : "membar_" op "(p, nr, MEMBAR_" ORDER ")"))
}
