/* SPDX-License-Identifier: GPL-2.0 */
/* A parsed program as text, for cases that only the host runs. */
#ifndef _MEMBAR_HOST_PRINT_H
#define _MEMBAR_HOST_PRINT_H

#include "parse.h"

static char out[4096];

static __printf(1, 2) void add(const char *fmt, ...)
{
	size_t n = strlen(out);
	va_list args;

	va_start(args, fmt);
	vsnprintf(out + n, sizeof(out) - n, fmt, args);
	va_end(args);
}

static void add_value(s64 value)
{
	int var = membar_variable_at(value, program.nr_vars);

	if (var < 0)
		add("%lld", (long long)value);
	else
		add("&%s", program.var[var].name);
}

/* A register without a name is shown by its number. */
static void add_register(unsigned int t, unsigned int r)
{
	const char *name = program.thread[t].reg[r].name;

	if (name[0])
		add("%s", name);
	else
		add("#%u", r);
}

/* In postfix order, between two characters. */
static void add_expr(unsigned int t, const struct membar_expr *expr,
		     const char *brackets)
{
	static const char *const symbols[] = {
		[MEMBAR_NODE_OR] = "|", [MEMBAR_NODE_XOR] = "^",
		[MEMBAR_NODE_AND] = "&", [MEMBAR_NODE_ANDNOT] = "&~",
		[MEMBAR_NODE_EQ] = "==", [MEMBAR_NODE_NE] = "!=",
		[MEMBAR_NODE_LT] = "<", [MEMBAR_NODE_LE] = "<=",
		[MEMBAR_NODE_GT] = ">", [MEMBAR_NODE_GE] = ">=",
		[MEMBAR_NODE_ADD] = "+", [MEMBAR_NODE_SUB] = "-",
		[MEMBAR_NODE_MUL] = "*", [MEMBAR_NODE_DIV] = "/",
	};
	const struct membar_node *node = program.node + expr->first;
	unsigned int i;

	if (!expr->nr)
		return;
	add(" %c", brackets[0]);
	for (i = 0; i < expr->nr; i++, node++) {
		add("%s", i ? " " : "");
		if (node->kind == MEMBAR_NODE_NUMBER)
			add_value(node->number);
		else if (node->kind == MEMBAR_NODE_REGISTER)
			add_register(t, node->reg);
		else
			add("%s", symbols[node->kind]);
	}
	add("%c", brackets[1]);
}

/* The kind, and each member that is not as it is in most operations. */
static void add_op(unsigned int t, const struct membar_op *op)
{
	static const char *const kinds[] = {
		"set", "load", "store", "rmw", "fence", "lock", "trylock",
		"unlock", "is_locked", "srcu_lock", "srcu_unlock", "srcu_sync",
		"if", "else", "end",
	};
	static const char *const marks[] = {
		"", " relaxed", " acquire", " release", " full", " noreturn",
	};
	static const char *const fences[] = {
		"compiler", "full", "read", "write", "acquire", "release",
		"before_atomic", "after_atomic", "after_spinlock",
		"after_unlock_lock", "after_srcu_unlock", "rcu_lock",
		"rcu_unlock", "sync_rcu",
	};
	static const char *const flavours[] = {
		[MEMBAR_FLAVOUR_MANDATORY] = "", [MEMBAR_FLAVOUR_SMP] = " smp",
		[MEMBAR_FLAVOUR_DMA] = " dma", [MEMBAR_FLAVOUR_VIRT] = " virt",
	};
	static const char *const sums[] = {
		[MEMBAR_NODE_OR] = "or", [MEMBAR_NODE_XOR] = "xor",
		[MEMBAR_NODE_AND] = "and", [MEMBAR_NODE_ANDNOT] = "andnot",
		[MEMBAR_NODE_ADD] = "add", [MEMBAR_NODE_SUB] = "sub",
		[MEMBAR_NODE_SECOND] = "second",
	};
	static const char *const guards[] = {
		"", " if equal", " if unequal", " if not negative",
		" if not positive", " if result not negative",
	};
	static const char *const results[] = {
		"", " old", " new", " stored", " zero", " negative",
	};

	add("%s%s", kinds[op->kind], marks[op->mark]);
	if (op->kind == MEMBAR_OP_FENCE)
		add(" %s%s", fences[op->fence], flavours[op->flavour]);
	if (op->kind == MEMBAR_OP_RMW)
		add(" %s %s%s", op->name, sums[op->arithmetic],
		    guards[op->guard]);
	add("%s%s%s%s", results[op->result], op->unpromised ? " unpromised" : "",
	    op->expedited ? " expedited" : "",
	    op->with_fence ? " with fence" : "");
	add_expr(t, &op->address, "[]");
	if (op->kind != MEMBAR_OP_ELSE && op->kind != MEMBAR_OP_END)
		add_expr(t, &op->value, "()");
	add_expr(t, &op->expected, "{}");
	if (op->old_reg != MEMBAR_NO_REG) {
		add(" to ");
		add_register(t, op->old_reg);
	}
	if (op->kind == MEMBAR_OP_IF || op->kind == MEMBAR_OP_ELSE)
		add(" until %u", op->target);
	if (op->reg != MEMBAR_NO_REG) {
		add(" to ");
		add_register(t, op->reg);
	}
}

/* A bar begins a statement. */
static inline void add_ops(unsigned int t)
{
	const struct membar_thread *thread = &program.thread[t];
	unsigned int i;

	for (i = 0; i < thread->nr_ops; i++) {
		if (i)
			add(thread->op[i].statement == i ? " | " : ", ");
		add_op(t, &thread->op[i]);
	}
}

static inline void add_initial_state(void)
{
	const struct membar_register *reg;
	unsigned int v, t, r;

	for (v = 0; v < program.nr_vars; v++) {
		add("%s=", program.var[v].name);
		add_value(program.var[v].initial);
		add(" ");
	}
	for (t = 0; t < MEMBAR_PROGRAM_THREADS; t++) {
		for (r = 0; r < program.thread[t].nr_regs; r++) {
			reg = &program.thread[t].reg[r];
			add("%u:%s=", t, reg->name);
			add_value(reg->initial);
			add(" ");
		}
	}
}

static void add_place(const struct membar_place *place)
{
	if (place->thread == MEMBAR_PLACE_VAR)
		add("%s", program.var[place->index].name);
	else
		add("%u:%s", place->thread,
		    program.thread[place->thread].reg[place->index].name);
}

static void add_condition(const struct membar_condition *c)
{
	static const char *const kinds[] = {
		[MEMBAR_TERM_TRUE] = "true", [MEMBAR_TERM_FALSE] = "false",
		[MEMBAR_TERM_NOT] = "not", [MEMBAR_TERM_AND] = "and",
		[MEMBAR_TERM_OR] = "or",
	};
	const struct membar_term *term = program.term + c->first;
	unsigned int i;

	for (i = 0; i < c->nr; i++, term++) {
		add(" ");
		if (term->kind != MEMBAR_TERM_EQUAL) {
			add("%s", kinds[term->kind]);
			continue;
		}
		add_place(&term->left);
		add("=");
		if (term->right.thread == MEMBAR_PLACE_NUMBER)
			add_value(term->number);
		else
			add_place(&term->right);
	}
}

static inline void add_end(void)
{
	static const char *const quantifiers[] = { "exists", "~exists", "forall" };
	unsigned int i;

	for (i = 0; i < program.nr_shown; i++) {
		add_place(&program.shown[i]);
		add(" ");
	}
	if (program.filter.nr) {
		add("filter");
		add_condition(&program.filter);
		add(" ");
	}
	add("%s", quantifiers[program.quantifier]);
	add_condition(&program.condition);
}

#endif /* _MEMBAR_HOST_PRINT_H */
