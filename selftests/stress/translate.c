// SPDX-License-Identifier: GPL-2.0
/*
 * From the operations of a litmus program to instructions.
 *
 * An expression becomes instructions that leave its value in a slot.  A
 * parameter that is never written to, which is what nearly all pointers are,
 * becomes the variable itself.
 */
#include <linux/string.h>

#include "break.h"
#include "interpret.h"

/**
 * struct translator - a thread while it is translated
 * @program: of which thread
 * @thread: which
 * @code: what is written
 * @why: of a refusal
 * @written: bit set of registers that an operation writes to
 * @observed: likewise, whose value at the end is observed
 * @needed: likewise, whose initial value matters
 * @lock_of: number of each variable that is a lock, from 1
 * @srcu_of: likewise, that is an srcu_struct
 * @begin: first instruction of each operation
 */
struct translator {
	const struct membar_program *program;
	const struct membar_thread *thread;
	struct membar_code *code;
	struct membar_why *why;
	u32 written;
	u32 observed;
	u32 needed;
	u8 lock_of[MEMBAR_PROGRAM_VARS];
	u8 srcu_of[MEMBAR_PROGRAM_VARS];
	u16 begin[MEMBAR_PROGRAM_OPS];
};

/* See enum membar_quick. */
static u8 quick_of(const struct membar_insn *insn)
{
	const bool known = insn->pointer == MEMBAR_NO_SLOT;

	switch (insn->code) {
	case MEMBAR_INSN_load_relaxed:
		return known ? MEMBAR_QUICK_LOAD : 0;
	case MEMBAR_INSN_store_relaxed:
		return known ? MEMBAR_QUICK_STORE : 0;
	case MEMBAR_INSN_load_acquire:
		return known ? MEMBAR_QUICK_LOAD_ACQUIRE : 0;
	case MEMBAR_INSN_store_release:
		return known ? MEMBAR_QUICK_STORE_RELEASE : 0;
	case MEMBAR_INSN_FENCE_SMP_FULL:
		return MEMBAR_QUICK_FENCE;
	case MEMBAR_INSN_COMPILER_MB:
		return MEMBAR_QUICK_COMPILER_MB;
	case MEMBAR_INSN_RCU_LOCK:
		return MEMBAR_QUICK_RCU_LOCK;
	default:
		return 0;
	}
}

static int emit(struct translator *x, struct membar_insn insn)
{
	struct membar_code *code = x->code;

	if (code->nr_insns == MEMBAR_MAX_INSNS)
		return membar_refuse(x->why, "a thread takes more than %u instructions",
				     MEMBAR_MAX_INSNS);
	insn.quick = quick_of(&insn);
	code->insn[code->nr_insns++] = insn;
	return 0;
}

static int variable_at(const struct translator *x, s64 value)
{
	return membar_variable_at(value, x->program->nr_vars);
}

/*
 * Expressions
 * ===========
 */

/* The slot of a number, or -EINVAL. */
static int number_slot(struct translator *x, s64 number)
{
	struct membar_code *code = x->code;
	unsigned int i;

	if (number != (long)number)
		return membar_refuse(x->why, "%lld does not fit a variable here",
				     (long long)number);
	for (i = 0; i < code->nr_numbers; i++)
		if (code->number[i] == number)
			return MEMBAR_SLOT_NUMBER + i;
	if (MEMBAR_SLOT_NUMBER + i == MEMBAR_SLOT_NOWHERE)
		return membar_refuse(x->why, "too many numbers in a thread");
	code->number[code->nr_numbers++] = number;
	return MEMBAR_SLOT_NUMBER + i;
}

/* The variable whose address a node is, whatever happens, or -1. */
static int fixed_variable(const struct translator *x,
			  const struct membar_node *node)
{
	if (node->kind != MEMBAR_NODE_REGISTER || x->written & BIT(node->reg))
		return -1;
	return variable_at(x, x->thread->reg[node->reg].initial);
}

/* The slot of an operand, which is number @depth on the stack, or -EINVAL. */
static int operand_slot(struct translator *x, const struct membar_node *node,
			unsigned int depth)
{
	const int var = fixed_variable(x, node);

	if (var >= 0)
		return emit(x, (struct membar_insn){
				.code = MEMBAR_INSN_ADDRESS, .var = var,
				.to = MEMBAR_SLOT_TEMPORARY + depth,
			}) ?: MEMBAR_SLOT_TEMPORARY + depth;
	if (node->kind == MEMBAR_NODE_NUMBER)
		return number_slot(x, node->number);
	if (x->written & BIT(node->reg))
		return node->reg;
	return number_slot(x, x->thread->reg[node->reg].initial);
}

/* The slot with the value of an expression, or -EINVAL. */
static int value_slot(struct translator *x, const struct membar_expr *expr)
{
	const struct membar_node *node = x->program->node + expr->first;
	int stack[MEMBAR_PROGRAM_STACK];
	unsigned int i, used = 0;
	int err;

	if (!expr->nr)
		return number_slot(x, 0);
	for (i = 0; i < expr->nr; i++, node++) {
		if (node->kind <= MEMBAR_NODE_REGISTER) {
			stack[used] = operand_slot(x, node, used);
			if (stack[used] < 0)
				return stack[used];
			used++;
			continue;
		}
		used--;
		err = emit(x, (struct membar_insn){
				.code = MEMBAR_INSN_OR + node->kind -
					MEMBAR_NODE_OR,
				.to = MEMBAR_SLOT_TEMPORARY + used - 1,
				.a = stack[used - 1], .b = stack[used],
			});
		if (err)
			return err;
		stack[used - 1] = MEMBAR_SLOT_TEMPORARY + used - 1;
	}
	return stack[0];
}

/* As value_slot(), but into @slot. */
static int value_into(struct translator *x, const struct membar_expr *expr,
		      u8 *slot)
{
	int at = value_slot(x, expr);

	if (at < 0)
		return at;
	*slot = at;
	return 0;
}

static int is_something_else(const struct translator *x, unsigned int var)
{
	return membar_refuse(x->why, "'%s' is %s and something else",
			     x->program->var[var].name,
			     x->lock_of[var] ? "a lock" : "an srcu_struct");
}

/* Where an access goes: to a variable, or to where a slot points. */
static int put_address(struct translator *x, const struct membar_expr *expr,
		       struct membar_insn *insn)
{
	const struct membar_node *node = x->program->node + expr->first;
	const int var = expr->nr == 1 ? fixed_variable(x, node) : -1;

	insn->pointer = MEMBAR_NO_SLOT;
	if (var < 0)
		return value_into(x, expr, &insn->pointer);
	if (x->lock_of[var] || x->srcu_of[var])
		return is_something_else(x, var);
	insn->var = var;
	return 0;
}

/*
 * Operations
 * ==========
 */

static u8 result_slot(u8 reg)
{
	return reg == MEMBAR_NO_REG ? MEMBAR_SLOT_NOWHERE : reg;
}

/* The instructions of an operation of the table, by its order. */
static const struct {
	const char *name;
	u8 mark;
	u16 code;
} accesses[] = {
#define ROW(_op, form, ORDER, order)					\
	{ #_op, MEMBAR_MARK_##ORDER, MEMBAR_INSN_##_op##_##order },
	MEMBAR_FOR_EACH_INSN_RMW(ROW)
#undef ROW
};

static int code_of(const char *name, u8 mark)
{
	unsigned int i;

	/* One that returns nothing is relaxed. */
	if (mark == MEMBAR_MARK_NORETURN)
		mark = MEMBAR_MARK_RELAXED;
	for (i = 0; i < ARRAY_SIZE(accesses); i++)
		if (accesses[i].mark == mark && !strcmp(accesses[i].name, name))
			return accesses[i].code;
	return -1;
}

/* In a build that can be broken at run time: the order that is left. */
static u8 order_left(const struct membar_op *op)
{
	if (op->kind == MEMBAR_OP_LOAD && op->mark == MEMBAR_MARK_ACQUIRE &&
	    membar_edge_broken(MEMBAR_EDGE_LA))
		return MEMBAR_MARK_RELAXED;
	if (op->kind == MEMBAR_OP_STORE && op->mark == MEMBAR_MARK_RELEASE &&
	    membar_edge_broken(MEMBAR_EDGE_SR))
		return MEMBAR_MARK_RELAXED;
	return op->mark;
}

static int translate_access(struct translator *x, const struct membar_op *op,
			    const char *name, u16 plain)
{
	struct membar_insn insn = { .code = plain };
	int err, code;

	if (op->mark != MEMBAR_MARK_PLAIN) {
		code = code_of(name, order_left(op));
		if (code < 0)
			return membar_refuse(x->why, "%s() cannot run in that order",
					     name);
		insn.code = code;
	}
	err = put_address(x, &op->address, &insn) ?:
	      value_into(x, &op->value, &insn.a) ?:
	      value_into(x, &op->expected, &insn.b);
	if (err)
		return err;
	insn.to = result_slot(op->reg);
	if (op->with_fence)
		insn.code = MEMBAR_INSN_STORE_MB;
	return emit(x, insn);
}

/*
 * A broken build, see break.h: the operation as a load and a store that nobody
 * keeps together.  True if it is one, and *err is the result.
 */
static bool translate_broken(struct translator *x, const struct membar_op *op,
			     int *err)
{
	const bool xchg = (__is_defined(MEMBAR_BREAK_u32_xchg_full) ||
			   membar_edge_broken(MEMBAR_EDGE_XCHG)) &&
			  !strcmp(op->name, "xchg");
	const bool add = (__is_defined(MEMBAR_BREAK_u32_fetch_add_full) ||
			  membar_edge_broken(MEMBAR_EDGE_FADD)) &&
			 !strcmp(op->name, "fetch_add");
	struct membar_insn insn = { .code = MEMBAR_INSN_load_relaxed,
				    .to = MEMBAR_SLOT_NOWHERE };
	struct membar_insn sum = { .code = MEMBAR_INSN_ADD };
	struct membar_insn found = { .code = MEMBAR_INSN_MOVE,
				     .to = result_slot(op->reg) };

	if (op->mark != MEMBAR_MARK_FULL || !(xchg || add))
		return false;
	*err = put_address(x, &op->address, &insn) ?: emit(x, insn) ?:
	       value_into(x, &op->value, &insn.a);
	sum.a = MEMBAR_SLOT_NOWHERE;
	found.a = MEMBAR_SLOT_NOWHERE;
	sum.b = insn.a;
	sum.to = MEMBAR_SLOT_TEMPORARY + MEMBAR_PROGRAM_STACK - 1;
	insn.code = MEMBAR_INSN_store_relaxed;
	if (!*err && add) {
		*err = emit(x, sum);
		insn.a = sum.to;
	}
	*err = *err ?: emit(x, insn) ?: emit(x, found);
	return true;
}

static const struct {
	u8 flavour;
	u8 fence;
	u16 code;
	u8 edge;
} fences[] = {
#define ROW(FLAVOUR, entry, ORDER, order, ...)				\
	{ MEMBAR_FLAVOUR_##FLAVOUR, MEMBAR_FENCE_##ORDER,		\
	  __is_defined(MEMBAR_BREAK_##entry##_##order) ?		\
		MEMBAR_INSN_COMPILER_MB :				\
		MEMBAR_INSN_FENCE_##FLAVOUR##_##ORDER,			\
	  MEMBAR_EDGE_##FLAVOUR##_##ORDER },
	MEMBAR_FOR_EACH_BARRIER(ROW)
#undef ROW
};

static const u16 other_fences[MEMBAR_NR_FENCES] = {
	[MEMBAR_FENCE_COMPILER] = MEMBAR_INSN_COMPILER_MB,
	[MEMBAR_FENCE_BEFORE_ATOMIC] = MEMBAR_INSN_BEFORE_ATOMIC,
	[MEMBAR_FENCE_AFTER_ATOMIC] = MEMBAR_INSN_AFTER_ATOMIC,
	[MEMBAR_FENCE_AFTER_SPINLOCK] = MEMBAR_INSN_AFTER_SPINLOCK,
	[MEMBAR_FENCE_AFTER_UNLOCK_LOCK] = MEMBAR_INSN_AFTER_UNLOCK_LOCK,
	[MEMBAR_FENCE_AFTER_SRCU_UNLOCK] = MEMBAR_INSN_AFTER_SRCU_UNLOCK,
	[MEMBAR_FENCE_RCU_LOCK] = MEMBAR_INSN_RCU_LOCK,
	[MEMBAR_FENCE_RCU_UNLOCK] = MEMBAR_INSN_RCU_UNLOCK,
	[MEMBAR_FENCE_SYNC_RCU] = MEMBAR_INSN_SYNC_RCU,
};

static int translate_fence(struct translator *x, const struct membar_op *op)
{
	struct membar_insn insn = { .code = other_fences[op->fence] };
	unsigned int i;

	if (insn.code == MEMBAR_INSN_SYNC_RCU && op->expedited)
		insn.code = MEMBAR_INSN_SYNC_RCU_EXPEDITED;
	for (i = 0; i < ARRAY_SIZE(fences) && !insn.code; i++)
		if (fences[i].flavour == op->flavour &&
		    fences[i].fence == op->fence)
			insn.code = membar_edge_broken(fences[i].edge) ?
				    MEMBAR_INSN_COMPILER_MB : fences[i].code;
	return emit(x, insn);
}

static int translate_lock(struct translator *x, const struct membar_op *op,
			  u16 code)
{
	const struct membar_node *node = x->program->node + op->address.first;
	const int var = op->address.nr == 1 ? fixed_variable(x, node) : -1;

	if (var < 0)
		return membar_refuse(x->why, "a lock whose address is computed cannot run");
	return emit(x, (struct membar_insn){
			.code = code, .lock = x->lock_of[var] - 1,
			.to = result_slot(op->reg),
		});
}

static int translate_srcu(struct translator *x, const struct membar_op *op,
			  u16 code)
{
	const struct membar_node *node = x->program->node + op->address.first;
	const int var = op->address.nr == 1 ? fixed_variable(x, node) : -1;
	struct membar_insn insn = { .code = code, .to = result_slot(op->reg) };

	if (var < 0)
		return membar_refuse(x->why, "an srcu_struct whose address is computed cannot run");
	if (x->lock_of[var])
		return is_something_else(x, var);
	insn.lock = x->srcu_of[var] - 1;
	if (code == MEMBAR_INSN_SRCU_SYNC && op->expedited)
		insn.code = MEMBAR_INSN_SRCU_SYNC_EXPEDITED;
	return value_into(x, &op->value, &insn.a) ?: emit(x, insn);
}

/* Jumps to operations are made jumps to instructions at the end. */
static int translate_jump(struct translator *x, const struct membar_op *op,
			  u16 code)
{
	struct membar_insn insn = { .code = code, .target = op->target };
	int err = 0;

	if (code == MEMBAR_INSN_JUMP_IF_ZERO) {
		err = value_into(x, &op->value, &insn.a);
		/* Past the "else", which is itself a jump over what follows. */
		if (x->thread->op[op->target].kind == MEMBAR_OP_ELSE)
			insn.target++;
	}
	return err ?: emit(x, insn);
}

static int translate_set(struct translator *x, const struct membar_op *op)
{
	struct membar_insn insn = {
		.code = MEMBAR_INSN_MOVE, .to = result_slot(op->reg),
	};

	return value_into(x, &op->value, &insn.a) ?: emit(x, insn);
}

static int translate_op(struct translator *x, const struct membar_op *op)
{
	int err;

	switch (op->kind) {
	case MEMBAR_OP_SET:
		return translate_set(x, op);
	case MEMBAR_OP_LOAD:
		return translate_access(x, op, "load", MEMBAR_INSN_LOAD_PLAIN);
	case MEMBAR_OP_STORE:
		return translate_access(x, op, "store",
					MEMBAR_INSN_STORE_PLAIN);
	case MEMBAR_OP_RMW:
		if (translate_broken(x, op, &err))
			return err;
		return translate_access(x, op, op->name, MEMBAR_INSN_END);
	case MEMBAR_OP_FENCE:
		return translate_fence(x, op);
	case MEMBAR_OP_LOCK:
		return translate_lock(x, op, MEMBAR_INSN_LOCK);
	case MEMBAR_OP_TRYLOCK:
		return translate_lock(x, op, MEMBAR_INSN_TRYLOCK);
	case MEMBAR_OP_UNLOCK:
		return translate_lock(x, op, MEMBAR_INSN_UNLOCK);
	case MEMBAR_OP_IS_LOCKED:
		return translate_lock(x, op, MEMBAR_INSN_IS_LOCKED);
	case MEMBAR_OP_IF:
		return translate_jump(x, op, MEMBAR_INSN_JUMP_IF_ZERO);
	case MEMBAR_OP_ELSE:
		return translate_jump(x, op, MEMBAR_INSN_JUMP);
	case MEMBAR_OP_END:
		return 0;
	case MEMBAR_OP_SRCU_LOCK:
		return translate_srcu(x, op, MEMBAR_INSN_SRCU_LOCK);
	case MEMBAR_OP_SRCU_UNLOCK:
		return translate_srcu(x, op, MEMBAR_INSN_SRCU_UNLOCK);
	default: /* MEMBAR_OP_SRCU_SYNC */
		return translate_srcu(x, op, MEMBAR_INSN_SRCU_SYNC);
	}
}

/*
 * Threads
 * =======
 */

static void note_written(struct translator *x)
{
	const struct membar_op *op = x->thread->op;
	unsigned int i;

	for (i = 0; i < x->thread->nr_ops; i++, op++) {
		if (op->reg != MEMBAR_NO_REG)
			x->written |= BIT(op->reg);
		if (op->old_reg != MEMBAR_NO_REG)
			x->written |= BIT(op->old_reg);
	}
}

static u32 registers_in(const struct translator *x,
			const struct membar_expr *expr)
{
	const struct membar_node *node = x->program->node + expr->first;
	u32 regs = 0;
	unsigned int i;

	for (i = 0; i < expr->nr; i++, node++)
		if (node->kind == MEMBAR_NODE_REGISTER)
			regs |= BIT(node->reg);
	return regs;
}

/*
 * The registers whose initial value matters: those that are not written to
 * before they are read, whichever way is taken.
 */
static void note_needed(struct translator *x)
{
	const struct membar_op *op = x->thread->op;
	unsigned int i, depth = 0;
	u32 defined = 0;

	x->needed = 0;
	for (i = 0; i < x->thread->nr_ops; i++, op++) {
		x->needed |= (registers_in(x, &op->address) |
			      registers_in(x, &op->value) |
			      registers_in(x, &op->expected)) & ~defined;
		if (op->kind == MEMBAR_OP_IF)
			depth++;
		if (op->kind == MEMBAR_OP_END)
			depth--;
		if (!depth && op->reg != MEMBAR_NO_REG)
			defined |= BIT(op->reg);
	}
	x->needed |= x->observed & ~defined;
	/* What nobody writes to is a number or a variable wherever it is used. */
	x->needed &= x->written | x->observed;
}

/* What the registers begin with, as far as it matters. */
static int translate_registers(struct translator *x)
{
	const struct membar_register *reg = x->thread->reg;
	struct membar_code *code = x->code;
	unsigned int i;
	int var, err;

	note_needed(x);
	for (i = 0; i < x->thread->nr_regs; i++, reg++) {
		if (!(x->needed & BIT(i)))
			continue;
		var = variable_at(x, reg->initial);
		if (var < 0) {
			if (reg->initial != (long)reg->initial)
				return membar_refuse(x->why, "%lld does not fit a register here",
						     (long long)reg->initial);
			code->reset[code->nr_resets] = i;
			code->initial[code->nr_resets++] = reg->initial;
			continue;
		}
		err = emit(x, (struct membar_insn){
				.code = MEMBAR_INSN_ADDRESS,
				.var = var, .to = i,
			});
		if (err)
			return err;
	}
	return 0;
}

static void translate_targets(struct translator *x)
{
	struct membar_insn *insn = x->code->insn;
	unsigned int i;

	for (i = 0; i < x->code->nr_insns; i++, insn++)
		if (insn->code == MEMBAR_INSN_JUMP ||
		    insn->code == MEMBAR_INSN_JUMP_IF_ZERO)
			insn->target = x->begin[insn->target];
}

static int translate_thread(struct translator *x)
{
	unsigned int i;
	int err;

	x->written = 0;
	note_written(x);
	err = translate_registers(x);
	for (i = 0; i < x->thread->nr_ops && !err; i++) {
		x->begin[i] = x->code->nr_insns;
		/* The fence is a part of the store. */
		if (i && x->thread->op[i - 1].with_fence)
			continue;
		err = translate_op(x, &x->thread->op[i]);
	}
	if (err)
		return err;
	translate_targets(x);
	return emit(x, (struct membar_insn){ .code = MEMBAR_INSN_END });
}

static u32 observed_of(const struct membar_places *places, unsigned int t)
{
	u32 observed = 0;
	unsigned int i;

	for (i = 0; i < places->nr; i++)
		if (places->place[i].thread == t)
			observed |= BIT(places->place[i].index);
	return observed;
}

static void note_recorded(struct membar_translation *translation)
{
	const struct membar_place *place = translation->places.place;
	struct membar_code *code;
	unsigned int i;

	for (i = 0; i < translation->places.nr; i++, place++) {
		if (place->thread == MEMBAR_PLACE_VAR)
			continue;
		code = &translation->code[place->thread];
		code->recorded[code->nr_recorded++] = place->index;
	}
}

/*
 * Which variables are locks and srcu_structs; only those whose address is not
 * computed, for the others are refused where they are used.
 */
static void note_locks(struct translator *x,
		       struct membar_translation *translation)
{
	const struct membar_op *op = x->thread->op;
	unsigned int i;
	int var;

	x->written = 0;
	note_written(x);
	for (i = 0; i < x->thread->nr_ops; i++, op++) {
		if (op->kind < MEMBAR_OP_LOCK ||
		    op->kind > MEMBAR_OP_SRCU_SYNC || op->address.nr != 1)
			continue;
		var = fixed_variable(x, x->program->node + op->address.first);
		if (var < 0)
			continue;
		if (op->kind >= MEMBAR_OP_SRCU_LOCK && !x->srcu_of[var])
			x->srcu_of[var] = ++translation->nr_srcu;
		if (op->kind < MEMBAR_OP_SRCU_LOCK && !x->lock_of[var])
			x->lock_of[var] = ++translation->nr_locks;
	}
}

static int check_initial(const struct membar_program *program,
			 struct membar_why *why)
{
	unsigned int v;

	for (v = 0; v < program->nr_vars; v++)
		if (membar_variable_at(program->var[v].initial,
				       program->nr_vars) < 0 &&
		    program->var[v].initial != (long)program->var[v].initial)
			return membar_refuse(why, "the initial value of '%s' does not fit here",
					     program->var[v].name);
	return 0;
}

/* For a grace period, which takes milliseconds. */
static bool waits(const struct membar_insn *insn)
{
	return insn->code == MEMBAR_INSN_SYNC_RCU ||
	       insn->code == MEMBAR_INSN_SYNC_RCU_EXPEDITED ||
	       insn->code == MEMBAR_INSN_SRCU_SYNC ||
	       insn->code == MEMBAR_INSN_SRCU_SYNC_EXPEDITED;
}

static bool is_load(const struct membar_insn *insn)
{
	return insn->code == MEMBAR_INSN_LOAD_PLAIN ||
	       insn->code == MEMBAR_INSN_load_relaxed ||
	       insn->code == MEMBAR_INSN_load_acquire;
}

/* Only an access to a variable that is known beforehand has no pointer. */
static void note_readers(struct membar_translation *translation, unsigned int t)
{
	const struct membar_insn *insn = translation->code[t].insn;
	u32 accessed = 0;

	for (; insn->code != MEMBAR_INSN_END; insn++) {
		if (insn->pointer != MEMBAR_NO_SLOT ||
		    accessed & BIT(insn->var))
			continue;
		accessed |= BIT(insn->var);
		if (is_load(insn) &&
		    translation->reader[insn->var] == MEMBAR_NO_READER)
			translation->reader[insn->var] = t;
	}
}

int membar_translate(const struct membar_program *program,
		     struct membar_translation *translation,
		     struct membar_why *why)
{
	struct translator x = { .program = program, .why = why };
	unsigned int t, i;
	int err;

	memset(translation, 0, sizeof(*translation));
	memset(translation->reader, MEMBAR_NO_READER,
	       sizeof(translation->reader));
	translation->program = program;
	err = membar_places_find(program, &translation->places, why) ?:
	      check_initial(program, why);
	if (err)
		return err;
	for (t = 0; t < program->nr_threads; t++) {
		x.thread = &program->thread[t];
		note_locks(&x, translation);
	}
	for (t = 0; t < program->nr_threads; t++) {
		x.thread = &program->thread[t];
		x.code = &translation->code[t];
		x.observed = observed_of(&translation->places, t);
		err = translate_thread(&x);
		if (err)
			return err;
		for (i = 0; i < x.code->nr_insns; i++)
			translation->waits |= waits(&x.code->insn[i]);
		note_readers(translation, t);
	}
	note_recorded(translation);
	return 0;
}
MEMBAR_EXPORT_TO_KUNIT(membar_translate);
