# SPDX-License-Identifier: GPL-2.0
#
# Prints the probes of the atomic operations, from the rows of "tools/table
# ATOMIC" and "tools/table BITOP": as the calls of membar.h or, with -v kernel=1,
# the kernel's own.  Functions have the same names in both.  -v bits= says how
# wide a long is: what is wider is atomic64_t's business.

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

	after["add"] = "old + v"
	after["sub"] = "old - v"
	after["inc"] = "old + 1"
	after["dec"] = "old - 1"
	after["and"] = "old & v"
	after["or"] = "old | v"
	after["xor"] = "old ^ v"
	after["andnot"] = "old & ~v"
	# The rows' own names are what membar.h is made of.
	bit_call["test_bit", "acquire"] = "test_bit_acquire"
	bit_call["clear_bit", "release"] = "clear_bit_unlock"
	bit_call["test_and_set_bit", "acquire"] = "test_and_set_bit_lock"

	# What comes of them, what ends the loop, and what is returned.
	after["add_negative"] = "old + v"
	back_of["add_negative"] = "(s)(old + v) < 0"
	after["add_unless"] = "old + a"
	stop["add_unless"] = "old == u"
	back_of["add_unless"] = "old != u"
	after["fetch_add_unless"] = "old + a"
	stop["fetch_add_unless"] = "old == u"
	back_of["fetch_add_unless"] = "old"
	after["inc_not_zero"] = "old + 1"
	stop["inc_not_zero"] = "!old"
	back_of["inc_not_zero"] = "old"
	after["inc_unless_negative"] = "old + 1"
	stop["inc_unless_negative"] = "(s)old < 0"
	back_of["inc_unless_negative"] = "(s)old >= 0"
	after["dec_unless_positive"] = "old - 1"
	stop["dec_unless_positive"] = "(s)old > 0"
	back_of["dec_unless_positive"] = "(s)old <= 0"
	after["dec_if_positive"] = "old - 1"
	stop["dec_if_positive"] = "(s)old <= 0"
	back_of["dec_if_positive"] = "(s)old - 1"
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
	if (width == "u64" && bits == 32)
		return wide_call()
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

# The same for two words: the loads and stores have other names there.
function wide_call(    name, t)
{
	name = call
	sub(/^READ_ONCE$/, "read", name)
	sub(/^WRITE_ONCE$/, "set", name)
	sub(/^smp_load_acquire$/, "read_acquire", name)
	sub(/^smp_store_release$/, "set_release", name)
	t = "(" (op == "load" ? "const " : "") "atomic64_t *)p"
	if (op == "store" || op ~ /xchg$/)
		return "atomic64_" name "(" t ", " (form == "try_cmpxchg" ? "(s64 *)q, u" : arguments[form]) ")"
	if (form ~ /_v$/)
		return "atomic64_" name "(v, " t ")"
	return "atomic64_" name "(" t separator arguments[form] ")"
}

# Of 8 and 16 bits the kernel has the cmpxchg() alone: what is compared with is
# the loop that one would write around it.
function loop(    type, which, how, value)
{
	which = op
	sub(/^fetch_/, "", which)
	how = which
	sub(/(_return|_and_test)$/, "", which)
	if (op in back_of) {
		how = which = op
		value = back_of[op]
	} else if (op ~ /^fetch_/) {
		value = "old"
	} else {
		value = "(" width ")(" after[which] ")"
		if (how ~ /_and_test$/)
			value = "!" value
	}
	call = "try_cmpxchg" (order == "full" ? "" : "_" order)
	sub(/\(s\)/, "(s" substr(width, 2) ")", value)
	how = stop[op]
	sub(/\(s\)/, "(s" substr(width, 2) ")", how)
	return width " old = READ_ONCE(*p);\n\n\tdo {\n\t\tif (" \
		(how == "" ? "false" : how) ")\n\t\t\tbreak;\n\t} while (!" \
		call "(p, &old, " after[which] "));\n" \
		(form ~ /^void/ ? "" : "\treturn " value)
}

$1 ~ /^u[0-9]+$/ {
	width = $1; result = $2; op = $3; ORDER = $4; order = $5; call = $6
	form = $7; narrow = $8
	type = form ~ /^void/ ? "void" : form ~ /^bool/ || form == "try_cmpxchg" ? "bool" : form == "result" ? result : width
	parameters = (op == "load" ? "const " : "") width " *p, " width " *q, " width " v, " width " a, " width " u"
	separator = arguments[form] == "" ? "" : ", "
	ours = "membar_" op "(p" separator arguments[form] ", MEMBAR_" ORDER ")"
	back = type == "void" ? "" : "return "

	# Half of cmpxchg's result has to cost no more than try_cmpxchg().  The
	# kernel's cmpxchg() is no measure: it knows half of the result only, as
	# membar_cmpxchg_val() does.
	if (op == "cmpxchg") {
		probe(width "_cmpxchg_val_" order, width, "return " (kernel ? kernel_call() : "membar_cmpxchg_val(p, a, u, MEMBAR_" ORDER ")"))
		theirs = width == "u64" && bits == 32 ? \
			"atomic64_try_" call "((atomic64_t *)p, (s64 *)&a, u)" : \
			"try_" call "(p, &a, u)"
		probe(width "_cmpxchg_" order "_ok", "bool", "return " (kernel ? theirs : ours ".ok"))
		probe(width "_cmpxchg_" order "_val", width, kernel ? theirs ";\n\treturn a" : "return " ours ".val")
		next
	}
	if (kernel && (width == "u8" || width == "u16") && narrow == "narrow" && op !~ /xchg$/) {
		probe(width "_" op "_" order, type, loop())
		next
	}
	probe(width "_" op "_" order, type, back (kernel ? kernel_call() : ours))
}

$1 !~ /^u[0-9]+$/ {
	op = $1; ORDER = $2; order = $3; form = $5
	call = (op, order) in bit_call ? bit_call[op, order] : op
	parameters = "unsigned long *p, unsigned long nr"
	type = form == "void" ? "void" : "bool"
	back = type == "void" ? "" : "return "
	theirs = call "(nr, p)"
	probe(op "_" order, type, back (kernel ? theirs : "membar_" op "(p, nr, MEMBAR_" ORDER ")"))
}

# What the rows do not have: a constant is a value of any type that there is a
# conversion from, and a flag holds 0 or 1.  The kernel's macro would evaluate its
# argument after the barrier; with a variable it is evaluated before, as here.
END {
	parameters = "u8 *p, u32 v, u32 a, u32 u"
	flag = "(struct membar_flag *)p"
	probe("store_real", "void", kernel ? "WRITE_ONCE(*p, 3.0)" : "membar_store(p, 3.0, MEMBAR_RELAXED)")
	probe("flag_init", "void", kernel ? "*p = !!v" : "struct membar_flag f = MEMBAR_FLAG_INIT(v);\n\n\t*p = *membar_atomic_ptr(&f.__membar_flag)")
	probe("flag_load", "bool", "return " (kernel ? "(bool)READ_ONCE(*p)" : "membar_flag_load(" flag ", MEMBAR_RELAXED)"))
	probe("flag_store", "void", kernel ? "u8 set = !!v;\n\n\tsmp_store_release(p, set)" : "membar_flag_store(" flag ", v, MEMBAR_RELEASE)")
	probe("flag_xchg", "bool", "return " (kernel ? "(bool)xchg(p, !!v)" : "membar_flag_xchg(" flag ", v, MEMBAR_FULL)"))
	probe("flag_cmpxchg", "bool", kernel ? "u8 old = !!a;\n\n\treturn try_cmpxchg(p, &old, !!u)" : "return membar_flag_cmpxchg(" flag ", a, u, MEMBAR_FULL).ok")
}
