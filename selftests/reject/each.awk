# SPDX-License-Identifier: GPL-2.0
# The forms that try every operation, in the format of the file forms, from the
# rows of "tools/table ATOMIC" and "tools/table BITOP":
#
#	each_order	an order that no operation takes.  The message lists the
#			orders that the operation takes; the quote that gcc puts
#			after the message shows that it lists no more.
#	each_const	a pointer to const, for every operation that writes
#	each_bool	arithmetic on a bool.  The message says whether the
#			operation takes a pointer.

# The orders that an operation takes, in the order of the message: written down
# here a second time, from the kernel's atomic_t.txt and atomic_bitops.txt, so
# that a wrong row of the table shows.
function orders(op)
{
	if (op == "load" || op == "test_bit")
		return "RELAXED ACQUIRE"
	if (op == "store" || op == "clear_bit")
		return "RELAXED RELEASE"
	if (op ~ /^(add|sub|inc|dec|and|or|xor|andnot|set_bit|change_bit)$/)
		return "RELAXED"
	if (op == "test_and_set_bit")
		return "ACQUIRE FULL"
	if (op ~ /^test_and_/)
		return "FULL"
	if (op ~ /^xor_unlock/)
		return "RELEASE"
	return "RELAXED ACQUIRE RELEASE FULL"
}

# The arguments between the pointer and the order.
function values(op, form)
{
	if (op == "try_cmpxchg")
		return ", &z, 2"
	if (op ~ /^cmpxchg/ || form ~ /_au$/)
		return ", 1, 2"
	return form ~ /_v$/ || op ~ /_bit$|^xor_unlock/ ? ", 1" : ""
}

function add(op, form)
{
	if (op in rest)
		return
	name[++n] = op
	rest[op] = values(op, form)
	object[op] = op ~ /_bit$|^xor_unlock/ ? "y" : "x"
	if (op == "cmpxchg")
		add("cmpxchg_val", form)
}

# try OP ORDER TEXT: a call, and the message that it has to give.
function try(op, order, text, who)
{
	wants = wants sprintf("want%s: membar_%s(&%s%s, MEMBAR_%s): %s\n", who, op,
		object[op], rest[op] == "" ? "" : ", ...", order, text)
	calls = calls sprintf("\tmembar_%s(&%s%s, MEMBAR_%s);\n", op, object[op],
		rest[op], order)
	errors++
}

function form(title, variables)
{
	printf "form %s\n%serrors: %d\n%s%s\n", title, wants, errors, variables, calls
	wants = calls = ""
	errors = 0
}

$1 == "u32" { add($3, $7) }
$1 !~ /^u[0-9]+$/ { add($1, $5) }

END {
	for (i = 1; i <= n; i++) {
		list = orders(name[i])
		gsub(/[A-Z]+/, "MEMBAR_&", list)
		try(name[i], "READ", "order not accepted; use one of " list "\"",
			"-gcc")
	}
	wants = wants "want-clang: membar_load(&x, MEMBAR_READ): " \
		"order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE\n"
	form("each_order", "\tunsigned long y = 1;\n\tu32 x = 1, z = 1;\n")

	for (i = 1; i <= n; i++)
		if (name[i] !~ /^(load|test_bit)$/) {
			split(orders(name[i]), order)
			try(name[i], order[1], "points to const")
		}
	form("each_const",
		"\tconst unsigned long y = 1;\n\tconst u32 x = 1;\n\tu32 z = 1;\n")

	for (i = 1; i <= n; i++)
		if (object[name[i]] == "x" &&
		    name[i] !~ /^(load|store|(try_cmp|cmp)?xchg(_val)?)$/) {
			split(orders(name[i]), order)
			try(name[i], order[1], "not a pointer to an integer" \
				(name[i] ~ /^(fetch_)?(add|sub)(_return)?$/ ? \
				", enum or pointer" : " or enum") \
				" of up to 64 bits")
		}
	form("each_bool", "\tbool x = true;\n")
}
