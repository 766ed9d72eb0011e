# SPDX-License-Identifier: GPL-2.0
#
# Compares the listings of one configuration.  Variables: dir, where they are;
# expected, the architecture's file of fences; fence, a regular expression for
# its fences; up, whether the kernel has one CPU; whole, whether to compare
# more than fences; atomics, whether to compare atomic operations (yes) or to look
# at what they mark (marked).  Prints "ok - CELL ..." and "not ok - CELL ..."
# lines.

function pass(text)	{ print "ok - " text }
function fail(text)	{ print "not ok - " text }

# What a line of the file of fences says, behind "CELL" and the qualifiers.
function read_expected(    line, n, word, i, key, cell, native, single)
{
	while ((getline line <expected) > 0) {
		sub(/^#.*/, "", line)
		n = split(line, word, /[ \t]+/)
		if (n < 2 || word[1] == "")
			continue
		cell = word[1]
		native = single = 0
		for (i = 2; word[i] == "native" || word[i] == "up"; i++) {
			if (word[i] == "native")
				native = 1
			else
				single = 1
		}
		key = cell SUBSEP native SUBSEP single
		if (key in want)
			fail(cell ": twice in " expected)
		want[key] = ""
		for (; i <= n; i++)
			want[key] = want[key] (want[key] == "" ? "" : " ") word[i]
		sub(/ $/, "", want[key])
		has[cell] = 1
	}
}

# UP says more than native: it makes the smp flavour a compiler barrier.
function fences_of(cell, native)
{
	if (up && native && (cell, 1, 1) in want)
		return want[cell, 1, 1]
	if (up && (cell, 0, 1) in want)
		return want[cell, 0, 1]
	if (native && (cell, 1, 0) in want)
		return want[cell, 1, 0]
	return want[cell, 0, 0]
}

function read_listing(name,    line, function_name, file)
{
	file = dir "/" name ".list"
	while ((getline line <file) > 0) {
		function_name = line
		sub(/\t.*/, "", function_name)
		sub(/^[^\t]*\t/, "", line)
		code[name, function_name] = line
		if (name == "default")
			functions[++nr_functions] = function_name
		if (name == "atomics")
			operations[++nr_operations] = function_name
	}
	close(file)
}

# Split a function into its fences and the rest.
function split_code(text,    n, insn, i, plain)
{
	# What pads the section behind the last instruction.
	while (sub(/\t(nop|nopr %r7|b,a %xcc, [^\t]*)$/, "", text))
		;
	n = split(text, insn, "\t")
	fences = rest = ""
	for (i = 1; i <= n; i++) {
		# A call goes where its relocation says.
		if (sub(/^call .* /, "call ", insn[i]))
			sub(/-0x4}$/, "", insn[i])
		if (insn[i] ~ /^alt /) {
			sub(/^alt /, "", insn[i])
			fences = fences " / " insn[i]
		} else if (insn[i] ~ fence) {
			# A branch over a fence to the next instruction.
			sub(/^b %xcc, .*/, "b %xcc", insn[i])
			fences = fences (fences == "" ? "" : " ; ") insn[i]
		} else {
			rest = rest "\t" insn[i]
		}
	}
	if (fences == "")
		fences = "-"
}

# The file may know several spellings, of several kernels.
function accepted(have, wanted,    n, one, i)
{
	n = split(wanted, one, / \| /)
	for (i = 1; i <= n; i++)
		if (have == one[i])
			return 1
	return 0
}

function check_fences(cell, variant,    text, name, wanted)
{
	name = cell
	sub(/:/, "_", name)
	name = "probe_" name
	if (!((variant, name) in code)) {
		fail(cell ": not in " variant ".o")
		return
	}
	wanted = fences_of(cell, variant == "native")
	split_code(code[variant, name])
	if (!accepted(fences, wanted))
		fail(cell ": " variant ": fences are '" fences "', not '" wanted "'")
	else if (rest != bare)
		fail(cell ": " variant ": more than its fences: '" rest "', not '" bare "'")
	else
		pass(cell ": " variant ": " fences)
}

# What orders, of a loop: the instructions that are atomic or fences.  How the
# rest comes out is the compiler's affair, and KUnit's whether it is right.
function ordering(text,    n, insn, i, list)
{
	n = split(text, insn, "\t")
	for (i = 1; i <= n; i++) {
		sub(/^alt /, "", insn[i])
		# What is called goes by its relocation.
		if (insn[i] ~ /^bl .* \{/)
			sub(/^bl .* \{/, "bl-{", insn[i])
		else if (insn[i] ~ /^xchg %ax,%ax/ || insn[i] !~ /^(lock |xchg|ld[a-z]*xr|st[a-z]*xr|ldap?r|stlr|cas|swp|dmb|ldrex|strex)/)
			continue
		sub(/^lock /, "lock-", insn[i])
		if (insn[i] !~ /^bl-/)
			sub(/ .*/, "", insn[i])
		list = list " " insn[i]
	}
	return list
}

function check_operation(name,    ours, theirs, text, insn)
{
	ours = code["atomics", name]
	theirs = code["atomics_kernel", name]
	text = name
	sub(/^probe_/, "", text)
	if (ours == theirs)
		pass(text ": the kernel's code")
	else if (name ~ /^probe_u(8|16)_/ && name !~ /_(load|store|xchg|cmpxchg)_/ && \
		 ordering(ours) != "" && ordering(ours) == ordering(theirs))
		pass(text ": the kernel's cmpxchg() in a loop")
	# Half of a result may come cheaper, in another way.
	else if (name ~ /_cmpxchg_[a-z]+_(ok|val)$/ && theirs != "" && \
		 split(ours, insn, "\t") <= split(theirs, insn, "\t"))
		pass(text ": no more than the kernel's code")
	else
		fail(text ": '" ours "', the kernel has '" theirs "'")
}

# A loop that begins with a plain load may load again what it compares with.
function check_marked(name,    text, first)
{
	if (name !~ /^probe_u(8|16)_/ || name ~ /_(load|store|xchg|cmpxchg)_/)
		return
	text = name
	sub(/^probe_/, "", text)
	first = "none"
	if (match(code["atomics", name], /__tsan_[a-z_]*read[12]/))
		first = substr(code["atomics", name], RSTART, RLENGTH)
	if (first ~ /_volatile_/)
		pass(text ": " first)
	else
		fail(text ": the first load that KCSAN is told of is " first)
}

# What is exported has the fences of the kernel's macro and nothing else, and
# each of a cell's is what membar_barrier() may come to.
function check_exported(name,    core, wanted, plain, n, one, i)
{
	core = name
	sub(/^probe_/, "membar_", core)
	if (!(("membar_core", core) in code))
		return
	split_code(code["kernel", name])
	wanted = fences
	plain = rest == bare || rest == nothing
	split_code(code["membar_core", core])
	nr_exported++
	if (fences != wanted)
		fail(core ": exported: fences are '" fences "', not '" wanted "'")
	# What is no fence has to be there where the kernel has such a thing.
	else if ((rest == exported) != plain)
		fail(core ": exported: beside its fences '" rest "', others have '" exported "'")
	else
		pass(core ": exported: " fences)
	if (core !~ /^membar_[a-z]*_?mb_(full|read|write)$/ || core ~ /pmem/ || fences == "-")
		return
	n = split(fences, one, / [;\/] /)
	for (i = 1; i <= n; i++)
		if (!index(run_time, one[i])) {
			fail(core ": membar_barrier() has '" run_time "', but no '" one[i] "'")
			return
		}
	pass(core ": at run time")
}

# The exported function of a cell, lowered natively.
function check_exported_natively(cell,    core)
{
	core = "membar_" cell
	sub(/:/, "_", core)
	split_code(code["native_core", core])
	if (!accepted(fences, fences_of(cell, 1)))
		fail(cell ": exported natively: fences are '" fences "', not '" fences_of(cell, 1) "'")
	else
		pass(cell ": exported natively: " fences)
}

# Whether what orders in one is what orders in the other, as often as it may be:
# a loop is laid out as its registers will have it.
function same_ordering(ours, theirs,    one, two, set, i, word)
{
	split(ordering(ours), one, " ")
	split(ordering(theirs), two, " ")
	for (i in one)
		set[one[i]] = 1
	for (i in two) {
		if (!(two[i] in set))
			return 0
		set[two[i]] = 2
	}
	for (word in set)
		if (set[word] == 1)
			return 0
	return 1
}

# An exported function; gcc lets one jump to another that has the same code.
function exported_code(core,    text)
{
	text = code["membar_core", core]
	if (text !~ /^b [^\t]*\{R_ARM_JUMP24 membar_[a-z0-9_]*\}$/)
		return text
	sub(/.* /, "", text)
	sub(/\}/, "", text)
	return code["membar_core", text]
}

# Arguments come in other registers, but what orders is the same.  What was not
# inlined is called by the name of its section here and not there: that tells
# nothing.
function check_exported_operation(name,    core)
{
	if (name !~ /^probe_/ || name ~ /^probe_(store_real|flag_)/)
		return
	core = name
	sub(/^probe_/, "membar_", core)
	# Of cmpxchg's result the value is what is exported.
	if (core ~ /_cmpxchg_[a-z]+_(ok|val)$/)
		return
	sub(/_cmpxchg_val_/, "_cmpxchg_", core)
	if (!(("membar_core", core) in code))
		fail(core ": not exported")
	else if ((exported_code(core) code["atomics", name]) ~ /\t(bl|call) /)
		return
	else if (same_ordering(exported_code(core), code["atomics", name]))
		pass(core ": exported")
	else
		fail(core ": exported as '" exported_code(core) "', in line '" code["atomics", name] "'")
}

BEGIN {
	read_expected()
	read_listing("default")
	read_listing("native")
	read_listing("kernel")
	read_listing("outline")
	read_listing("direct")
	read_listing("atomics")
	read_listing("atomics_kernel")
	read_listing("membar_core")
	read_listing("native_core")

	split_code(code["native", "probe_control_none"])
	nothing = rest
	# The probe itself has to tell a compiler barrier from nothing.
	split_code(code["native", "probe_control_barrier"])
	bare = rest
	if (bare == "" || fences != "-")
		fail("control: no barrier() without fences to compare with")
	else if (code["native", "probe_control_none"] == code["native", "probe_control_barrier"])
		fail("control: a probe without a barrier looks like one with")
	else
		pass("control: the probe sees a compiler barrier")

	while ((getline cell <(dir "/cells")) > 0) {
		cells[cell] = 1
		if (!(cell in has)) {
			fail(cell ": not in " expected)
			continue
		}
		check_fences(cell, "default")
		check_fences(cell, "native")
		if (atomics == "yes")
			check_exported_natively(cell)
	}
	for (cell in has)
		if (!(cell in cells))
			fail(cell ": in " expected ", but not in the table")

	for (i = 1; whole == "yes" && i <= nr_functions; i++) {
		name = functions[i]
		text = name
		sub(/^probe_/, "", text)
		for (cell in cells) {
			other = cell
			sub(/:/, "_", other)
			if (text == other)
				text = cell
		}
		if (code["default", name] == code["kernel", name])
			pass(text ": the kernel's code")
		else
			fail(text ": '" code["default", name] "', the kernel has '" code["kernel", name] "'")
		if (!(("outline", name) in code))
			continue
		if (code["outline", name] == code["direct", name])
			pass(text ": out of line, a call")
		else
			fail(text ": out of line '" code["outline", name] "', a call is '" code["direct", name] "'")
	}
	if (!nr_functions)
		fail("default.o has no functions")

	if (atomics != "no" && !nr_operations)
		fail("atomics.o has no functions")
	for (i = 1; atomics == "marked" && i <= nr_operations; i++)
		check_marked(operations[i])
	for (i = 1; atomics == "yes" && i <= nr_operations; i++) {
		check_operation(operations[i])
		check_exported_operation(operations[i])
	}
	if (atomics == "yes") {
		split_code(code["membar_core", "membar_compiler_mb"])
		exported = rest
		split_code(code["membar_core", "membar_barrier"])
		run_time = fences
		for (i = 1; i <= nr_functions; i++)
			check_exported(functions[i])
		if (nr_exported < 20)
			fail("membar_core.o has no barriers")
	}
}
