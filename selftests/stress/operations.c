// SPDX-License-Identifier: GPL-2.0
/*
 * The operations that a litmus file may use, each in one row.
 *
 * An atomic operation has a row without "atomic_" and "membar_" and without
 * its order: atomic_fetch_add_acquire(v, p) and
 * membar_fetch_add(p, v, MEMBAR_ACQUIRE) are the row "fetch_add", and so is
 * membar_atomic_fetch_add(p, v, MEMBAR_ACQUIRE).
 */
#include "program.h"

#define NO_RESULT	.reg = MEMBAR_NO_REG, .old_reg = MEMBAR_NO_REG

#define LOAD(NAME, ARGUMENTS, MARK)					\
	{ .name = NAME, .arguments = ARGUMENTS, .op = {			\
		.kind = MEMBAR_OP_LOAD, .mark = MEMBAR_MARK_##MARK,	\
		.result = MEMBAR_RETURNS_OLD, NO_RESULT } },
#define STORE(NAME, ARGUMENTS, MARK, ...)				\
	{ .name = NAME, .arguments = ARGUMENTS, .op = {			\
		.kind = MEMBAR_OP_STORE, .mark = MEMBAR_MARK_##MARK,	\
		NO_RESULT }, ##__VA_ARGS__ },
#define OTHER(NAME, FENCE, ...)						\
	{ .name = NAME, .arguments = "", .op = {			\
		.kind = MEMBAR_OP_FENCE, .fence = MEMBAR_FENCE_##FENCE,	\
		NO_RESULT, ##__VA_ARGS__ } },
/* Not by means of the one above: READ and WRITE are macros of the kernel. */
#define FENCE(NAME, FENCE, FLAVOUR, ...)				\
	{ .name = NAME, .arguments = "", .op = {			\
		.kind = MEMBAR_OP_FENCE, .fence = MEMBAR_FENCE_##FENCE,	\
		.flavour = MEMBAR_FLAVOUR_##FLAVOUR,			\
		NO_RESULT, ##__VA_ARGS__ } },
#define LOCK(NAME, ARGUMENTS, KIND, RETURNS, ...)			\
	{ .name = NAME, .arguments = ARGUMENTS, .op = {			\
		.kind = MEMBAR_OP_##KIND,				\
		.result = MEMBAR_RETURNS_##RETURNS, NO_RESULT,		\
		##__VA_ARGS__ } },

/* What has a name of its own. */
static const struct membar_operation named[] = {
	LOAD("READ_ONCE", "d", RELAXED)
	LOAD("rcu_dereference", "d", RELAXED)
	LOAD("smp_load_acquire", "p", ACQUIRE)
	STORE("WRITE_ONCE", "dv", RELAXED)
	STORE("smp_store_release", "pv", RELEASE)
	STORE("rcu_assign_pointer", "dv", RELEASE)
	STORE("smp_store_mb", "dv", RELAXED, .full_after = true)
	STORE("membar_store_mb", "pv", RELAXED, .full_after = true)
	LOAD("virt_load_acquire", "p", ACQUIRE)
	STORE("virt_store_release", "pv", RELEASE)
	STORE("virt_store_mb", "dv", RELAXED, .full_after = true)
	STORE("membar_virt_store_mb", "pv", RELAXED, .full_after = true)

	OTHER("barrier", COMPILER)
	OTHER("membar_compiler_mb", COMPILER)
	FENCE("smp_mb", FULL, SMP)
	FENCE("smp_rmb", READ, SMP)
	FENCE("smp_wmb", WRITE, SMP)
	FENCE("smp_mb_acquire", ACQUIRE, SMP)
	FENCE("smp_mb_release", RELEASE, SMP)
	FENCE("mb", FULL, MANDATORY)
	FENCE("rmb", READ, MANDATORY)
	FENCE("wmb", WRITE, MANDATORY)
	FENCE("virt_mb", FULL, VIRT)
	FENCE("virt_rmb", READ, VIRT)
	FENCE("virt_wmb", WRITE, VIRT)
	FENCE("dma_mb", FULL, DMA, .unpromised = true)
	FENCE("dma_rmb", READ, DMA, .unpromised = true)
	FENCE("dma_wmb", WRITE, DMA, .unpromised = true)
	OTHER("smp_mb__before_atomic", BEFORE_ATOMIC)
	OTHER("smp_mb__after_atomic", AFTER_ATOMIC)
	OTHER("membar_before_atomic", BEFORE_ATOMIC)
	OTHER("membar_after_atomic", AFTER_ATOMIC)
	OTHER("smp_mb__after_spinlock", AFTER_SPINLOCK)
	OTHER("smp_mb__after_unlock_lock", AFTER_UNLOCK_LOCK)
	OTHER("membar_after_spinlock", AFTER_SPINLOCK)
	OTHER("membar_after_unlock_lock", AFTER_UNLOCK_LOCK)
	OTHER("smp_mb__after_srcu_read_unlock", AFTER_SRCU_UNLOCK)
	/* The kernel defines both as smp_rmb(). */
	FENCE("smp_acquire__after_ctrl_dep", READ, SMP)
	FENCE("membar_after_ctrl_dep", READ, SMP)
	OTHER("rcu_read_lock", RCU_LOCK)
	OTHER("rcu_read_unlock", RCU_UNLOCK)
	OTHER("synchronize_rcu", SYNC_RCU)
	OTHER("synchronize_rcu_expedited", SYNC_RCU, .expedited = true)

	LOCK("spin_lock", "p", LOCK, NOTHING)
	LOCK("spin_unlock", "p", UNLOCK, NOTHING)
	LOCK("spin_trylock", "p", TRYLOCK, STORED)
	LOCK("spin_is_locked", "p", IS_LOCKED, OLD)
	LOCK("srcu_read_lock", "p", SRCU_LOCK, OLD)
	LOCK("srcu_read_unlock", "pv", SRCU_UNLOCK, NOTHING)
	LOCK("srcu_down_read", "p", SRCU_LOCK, OLD)
	LOCK("srcu_up_read", "pv", SRCU_UNLOCK, NOTHING)
	LOCK("synchronize_srcu", "p", SRCU_SYNC, NOTHING)
	LOCK("synchronize_srcu_expedited", "p", SRCU_SYNC, NOTHING,
	     .expedited = true)
};

/* Fences whose order is an argument: membar_smp_mb(MEMBAR_ACQUIRE). */
static const struct membar_operation flavours[] = {
	{ .name = "mb", .op = { .flavour = MEMBAR_FLAVOUR_MANDATORY } },
	{ .name = "smp_mb", .op = { .flavour = MEMBAR_FLAVOUR_SMP } },
	{ .name = "dma_mb", .op = { .flavour = MEMBAR_FLAVOUR_DMA,
				    .unpromised = true } },
	{ .name = "virt_mb", .op = { .flavour = MEMBAR_FLAVOUR_VIRT } },
};

#define ATOMIC(NAME, ARGUMENTS, ARITHMETIC, GUARD, RETURNS, ...)	\
	{ .name = NAME, .arguments = ARGUMENTS, .op = {			\
		.kind = MEMBAR_OP_RMW, .mark = MEMBAR_MARK_FULL,	\
		.name = NAME,						\
		.arithmetic = MEMBAR_NODE_##ARITHMETIC,			\
		.guard = MEMBAR_GUARD_##GUARD,				\
		.result = MEMBAR_RETURNS_##RETURNS, NO_RESULT },	\
		##__VA_ARGS__ },
#define VALUE_FIRST	"vp"
#define ONE		.one = true

/* The atomic operations, with the arguments that atomic_*() has. */
static const struct membar_operation atomics[] = {
	LOAD("read", "p", RELAXED)
	LOAD("load", "p", RELAXED)
	STORE("set", "pv", RELAXED)
	STORE("store", "pv", RELAXED)

	ATOMIC("add", VALUE_FIRST, ADD, NONE, NOTHING)
	ATOMIC("sub", VALUE_FIRST, SUB, NONE, NOTHING)
	ATOMIC("and", VALUE_FIRST, AND, NONE, NOTHING)
	ATOMIC("or", VALUE_FIRST, OR, NONE, NOTHING)
	ATOMIC("xor", VALUE_FIRST, XOR, NONE, NOTHING)
	ATOMIC("andnot", VALUE_FIRST, ANDNOT, NONE, NOTHING)
	ATOMIC("inc", "p", ADD, NONE, NOTHING, ONE)
	ATOMIC("dec", "p", SUB, NONE, NOTHING, ONE)

	ATOMIC("add_return", VALUE_FIRST, ADD, NONE, NEW)
	ATOMIC("sub_return", VALUE_FIRST, SUB, NONE, NEW)
	ATOMIC("inc_return", "p", ADD, NONE, NEW, ONE)
	ATOMIC("dec_return", "p", SUB, NONE, NEW, ONE)

	ATOMIC("fetch_add", VALUE_FIRST, ADD, NONE, OLD)
	ATOMIC("fetch_sub", VALUE_FIRST, SUB, NONE, OLD)
	ATOMIC("fetch_and", VALUE_FIRST, AND, NONE, OLD)
	ATOMIC("fetch_or", VALUE_FIRST, OR, NONE, OLD)
	ATOMIC("fetch_xor", VALUE_FIRST, XOR, NONE, OLD)
	ATOMIC("fetch_andnot", VALUE_FIRST, ANDNOT, NONE, OLD)
	ATOMIC("fetch_inc", "p", ADD, NONE, OLD, ONE)
	ATOMIC("fetch_dec", "p", SUB, NONE, OLD, ONE)

	ATOMIC("xchg", "pv", SECOND, NONE, OLD)
	ATOMIC("cmpxchg", "pev", SECOND, EQUAL, OLD)
	ATOMIC("try_cmpxchg", "prv", SECOND, EQUAL, STORED)

	ATOMIC("sub_and_test", VALUE_FIRST, SUB, NONE, ZERO)
	ATOMIC("dec_and_test", "p", SUB, NONE, ZERO, ONE)
	ATOMIC("inc_and_test", "p", ADD, NONE, ZERO, ONE)
	ATOMIC("add_negative", VALUE_FIRST, ADD, NONE, NEGATIVE)
	ATOMIC("add_unless", "pve", ADD, UNEQUAL, STORED)
	ATOMIC("fetch_add_unless", "pve", ADD, UNEQUAL, OLD)
	ATOMIC("inc_not_zero", "p", ADD, UNEQUAL, STORED, ONE,
	       .zero_expected = true)
	ATOMIC("inc_unless_negative", "p", ADD, NOT_NEGATIVE, STORED, ONE)
	ATOMIC("dec_unless_positive", "p", SUB, NOT_POSITIVE, STORED, ONE)
	ATOMIC("dec_if_positive", "p", SUB, RESULT_NOT_NEGATIVE, NEW, ONE)
};

/* A word of a file, while its parts are taken off. */
struct word {
	const char *text;
	size_t len;
};

static bool is(struct word word, const char *text)
{
	return strlen(text) == word.len && !memcmp(text, word.text, word.len);
}

static bool take_prefix(struct word *word, const char *prefix)
{
	size_t len = strlen(prefix);

	if (word->len < len || memcmp(word->text, prefix, len))
		return false;
	word->text += len;
	word->len -= len;
	return true;
}

static bool take_suffix(struct word *word, const char *suffix)
{
	size_t len = strlen(suffix);

	if (word->len < len ||
	    memcmp(word->text + word->len - len, suffix, len))
		return false;
	word->len -= len;
	return true;
}

static bool find(const struct membar_operation *rows, size_t nr,
		 struct word word, struct membar_operation *operation)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		if (!is(word, rows[i].name))
			continue;
		*operation = rows[i];
		return true;
	}
	return false;
}

static bool returns_nothing(const struct membar_op *op)
{
	return op->kind == MEMBAR_OP_RMW &&
	       op->result == MEMBAR_RETURNS_NOTHING;
}

/* Whether the operation exists in @mark. */
static bool takes(const struct membar_op *op, enum membar_mark mark)
{
	switch (op->kind) {
	case MEMBAR_OP_LOAD:
		return mark == MEMBAR_MARK_RELAXED ||
		       mark == MEMBAR_MARK_ACQUIRE;
	case MEMBAR_OP_STORE:
		return mark == MEMBAR_MARK_RELAXED ||
		       mark == MEMBAR_MARK_RELEASE;
	default:
		return !returns_nothing(op) || mark == MEMBAR_MARK_RELAXED;
	}
}

static bool set_mark(struct membar_op *op, enum membar_mark mark)
{
	if (!takes(op, mark))
		return false;
	op->mark = returns_nothing(op) ? MEMBAR_MARK_NORETURN : mark;
	return true;
}

static const struct {
	const char *suffix;
	const char *order;
	enum membar_mark mark;
	enum membar_fence fence;
} orders[] = {
	{ "_relaxed", "MEMBAR_RELAXED", MEMBAR_MARK_RELAXED,
	  MEMBAR_FENCE_COMPILER },
	{ "_acquire", "MEMBAR_ACQUIRE", MEMBAR_MARK_ACQUIRE,
	  MEMBAR_FENCE_ACQUIRE },
	{ "_release", "MEMBAR_RELEASE", MEMBAR_MARK_RELEASE,
	  MEMBAR_FENCE_RELEASE },
	{ "", "MEMBAR_FULL", MEMBAR_MARK_FULL, MEMBAR_FENCE_FULL },
	{ NULL, "MEMBAR_READ", MEMBAR_MARK_PLAIN, MEMBAR_FENCE_READ },
	{ NULL, "MEMBAR_WRITE", MEMBAR_MARK_PLAIN, MEMBAR_FENCE_WRITE },
};

bool membar_operation_order(struct membar_op *op, const char *name, size_t len)
{
	struct word word = { name, len };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(orders); i++) {
		if (!is(word, orders[i].order))
			continue;
		if (op->kind != MEMBAR_OP_FENCE)
			return orders[i].mark != MEMBAR_MARK_PLAIN &&
			       set_mark(op, orders[i].mark);
		op->fence = orders[i].fence;
		return op->fence != MEMBAR_FENCE_COMPILER;
	}
	return false;
}
MEMBAR_EXPORT_TO_KUNIT(membar_operation_order);

/*
 * Of the operations that test what they found, the kernel has only the fully
 * ordered ones, but for add_negative().  One that returns nothing has no order.
 */
static bool has_suffixes(const struct membar_operation *operation)
{
	if (returns_nothing(&operation->op))
		return false;
	switch (operation->op.result) {
	case MEMBAR_RETURNS_STORED:
		return operation->op.guard == MEMBAR_GUARD_EQUAL;
	case MEMBAR_RETURNS_ZERO:
		return false;
	default:
		return operation->op.guard == MEMBAR_GUARD_NONE ||
		       operation->op.guard == MEMBAR_GUARD_EQUAL;
	}
}

/* atomic_fetch_add_acquire(): the order is the end of the name. */
static bool find_kernel_atomic(struct word word,
			       struct membar_operation *operation)
{
	bool bare = !take_prefix(&word, "atomic_long_") &&
		    !take_prefix(&word, "atomic64_") &&
		    !take_prefix(&word, "atomic_");
	bool suffixed = false;
	unsigned int i;

	for (i = 0; orders[i].mark != MEMBAR_MARK_FULL; i++) {
		suffixed = take_suffix(&word, orders[i].suffix);
		if (suffixed)
			break;
	}
	/* Of those that take a pointer of any type there are three. */
	if (bare && !is(word, "xchg") && !is(word, "cmpxchg") &&
	    !is(word, "try_cmpxchg"))
		return false;
	if (is(word, "load") || is(word, "store") ||
	    !find(atomics, ARRAY_SIZE(atomics), word, operation))
		return false;
	if (suffixed)
		return has_suffixes(operation) && set_mark(&operation->op,
							   orders[i].mark);
	if (returns_nothing(&operation->op))
		operation->op.mark = MEMBAR_MARK_NORETURN;
	return true;
}

/* membar_fetch_add(p, v, MEMBAR_ACQUIRE): pointer first, order last. */
static bool find_membar_atomic(struct word word,
			       struct membar_operation *operation)
{
	static const struct {
		const char *kernel;
		const char *membar;
	} arguments[] = {
		{ VALUE_FIRST, "pvo" }, { "p", "po" }, { "pv", "pvo" },
		{ "pev", "pevo" }, { "prv", "prvo" }, { "pve", "pveo" },
	};
	unsigned int i;

	if (take_prefix(&word, "virt_")) {
		if (!is(word, "load") && !is(word, "store"))
			return false;
	} else {
		take_prefix(&word, "atomic_");
	}
	/* Here cmpxchg() returns a struct, and what was found has its own. */
	if (is(word, "cmpxchg") || is(word, "read") || is(word, "set"))
		return false;
	if (is(word, "cmpxchg_val"))
		take_suffix(&word, "_val");
	if (!find(atomics, ARRAY_SIZE(atomics), word, operation))
		return false;
	for (i = 0; strcmp(arguments[i].kernel, operation->arguments); i++)
		;
	operation->arguments = arguments[i].membar;
	return true;
}

bool membar_operation_find(const char *name, size_t len,
			   struct membar_operation *operation)
{
	struct word word = { name, len };

	if (find(named, ARRAY_SIZE(named), word, operation))
		return true;
	if (!take_prefix(&word, "membar_"))
		return find_kernel_atomic(word, operation);
	if (find(flavours, ARRAY_SIZE(flavours), word, operation)) {
		operation->arguments = "o";
		operation->op.kind = MEMBAR_OP_FENCE;
		operation->op.reg = MEMBAR_NO_REG;
		operation->op.old_reg = MEMBAR_NO_REG;
		return true;
	}
	return find_membar_atomic(word, operation);
}
MEMBAR_EXPORT_TO_KUNIT(membar_operation_find);
