// SPDX-License-Identifier: GPL-2.0
/*
 * The parser of statements in litmus files.
 */
#include "parser.h"

/* The operations that follow belong to a new statement. */
static void begin_statement(struct membar_parser *p)
{
	p->statement = p->thread->nr_ops;
}

/*
 * Whether @expr is the result of an operation and no more.  Only such a result is
 * in a register without a name; the operation and the register are the last ones.
 */
static bool is_result(const struct membar_parser *p,
		      const struct membar_expr *expr)
{
	const struct membar_node *node = &p->program->node[expr->first];

	return expr->nr == 1 && node->kind == MEMBAR_NODE_REGISTER &&
	       !p->thread->reg[node->reg].name[0];
}

/* @reg = expression, at the expression. */
static int parse_assignment(struct membar_parser *p, int reg)
{
	struct membar_op set = {
		.kind = MEMBAR_OP_SET, .reg = reg, .old_reg = MEMBAR_NO_REG,
	};
	struct membar_thread *thread = p->thread;

	if (membar_parse_expr(p, &set.value))
		return -EINVAL;
	if (!is_result(p, &set.value))
		return membar_add_op(p, &set);
	thread->op[thread->nr_ops - 1].reg = reg;
	thread->nr_regs--;
	p->program->nr_nodes--;
	return 0;
}

/* Declarations of registers, some with a value, at the type. */
static int parse_declaration(struct membar_parser *p)
{
	int reg;

	if (membar_skip_type(p) < 0)
		return -EINVAL;
	for (;;) {
		while (membar_take(p, "*"))
			;
		reg = membar_take_register(p, p->thread);
		if (reg < 0)
			return -EINVAL;
		begin_statement(p);
		if (membar_take(p, "=") && parse_assignment(p, reg))
			return -EINVAL;
		if (!membar_take(p, ","))
			return membar_need(p, ";");
	}
}

/* *pointer = expression; */
static int parse_plain_store(struct membar_parser *p)
{
	struct membar_op op = {
		.kind = MEMBAR_OP_STORE, .reg = MEMBAR_NO_REG,
		.old_reg = MEMBAR_NO_REG,
	};

	membar_next(p);
	if (membar_parse_operand(p, &op.address) || membar_need(p, "=") ||
	    membar_parse_expr(p, &op.value) || membar_add_op(p, &op))
		return -EINVAL;
	return membar_need(p, ";");
}

/* An operation as a statement, at its parenthesis. */
static int parse_call_statement(struct membar_parser *p,
				const struct membar_operation *row)
{
	static const struct membar_op full = {
		.kind = MEMBAR_OP_FENCE, .fence = MEMBAR_FENCE_FULL,
		.flavour = MEMBAR_FLAVOUR_SMP,
		.reg = MEMBAR_NO_REG, .old_reg = MEMBAR_NO_REG,
	};
	struct membar_op op;

	if (membar_parse_call(p, row, &op))
		return -EINVAL;
	op.with_fence = row->full_after;
	if (membar_add_op(p, &op))
		return -EINVAL;
	begin_statement(p);
	if (row->full_after && membar_add_op(p, &full))
		return -EINVAL;
	return membar_need(p, ";");
}

static int parse_if(struct membar_parser *p)
{
	struct membar_op op = {
		.kind = MEMBAR_OP_IF, .reg = MEMBAR_NO_REG,
		.old_reg = MEMBAR_NO_REG,
	};
	struct membar_thread *thread = p->thread;
	unsigned int at;

	membar_next(p);
	if (membar_need(p, "(") || membar_parse_expr(p, &op.value) ||
	    membar_need(p, ")"))
		return -EINVAL;
	at = thread->nr_ops;
	if (membar_add_op(p, &op) || membar_parse_statement(p))
		return -EINVAL;
	if (membar_take(p, "else")) {
		op.kind = MEMBAR_OP_ELSE;
		thread->op[at].target = thread->nr_ops;
		at = thread->nr_ops;
		if (membar_add_op(p, &op) || membar_parse_statement(p))
			return -EINVAL;
	}
	op.kind = MEMBAR_OP_END;
	thread->op[at].target = thread->nr_ops;
	return membar_add_op(p, &op);
}

static int parse_block(struct membar_parser *p)
{
	membar_next(p);
	while (!membar_take(p, "}"))
		if (membar_parse_statement(p))
			return -EINVAL;
	return 0;
}

/* Statements of C that a litmus test does not have, and why. */
static int refuse_keyword(struct membar_parser *p)
{
	static const char *const loops[] = { "while", "for", "do", "goto" };
	static const char *const others[] = {
		"return", "switch", "break", "continue", "case", "default",
	};

	if (membar_token_in(p, loops, ARRAY_SIZE(loops)))
		return membar_refuse_at(p, "'%.*s': a litmus test has no loops",
					membar_token_len(p), p->token.text);
	if (membar_token_in(p, others, ARRAY_SIZE(others)))
		return membar_refuse_at(p,
					"'%.*s': of C's control flow a litmus test has only if and else",
					membar_token_len(p), p->token.text);
	return 0;
}

/* A statement that begins with a name: an assignment or an operation. */
static int parse_name_statement(struct membar_parser *p)
{
	struct membar_token name = p->token;
	struct membar_operation row;
	int reg;

	if (membar_operation_find(name.text, name.len, &row)) {
		membar_next(p);
		return parse_call_statement(p, &row);
	}
	membar_next(p);
	if (membar_token_is(p, "("))
		return membar_unknown_call(p, &name);
	if (!membar_token_is(p, "="))
		return membar_unexpected(p, "'=' or '('");

	p->token = name;
	reg = membar_take_register(p, p->thread);
	if (reg < 0)
		return -EINVAL;
	return parse_assignment(p, reg) ?: membar_need(p, ";");
}

/* "(void)" before an operation whose result is not used. */
static int parse_cast_statement(struct membar_parser *p)
{
	membar_next(p);
	return membar_need(p, "void") ?: membar_need(p, ")") ?:
	       membar_parse_statement(p);
}

int membar_parse_statement(struct membar_parser *p)
{
	int err = refuse_keyword(p) ?: membar_enter(p);

	if (err)
		return err;
	begin_statement(p);
	if (membar_token_is(p, "{"))
		err = parse_block(p);
	else if (membar_token_is(p, "if"))
		err = parse_if(p);
	else if (membar_token_is(p, "*"))
		err = parse_plain_store(p);
	else if (membar_token_is(p, "("))
		err = parse_cast_statement(p);
	else if (membar_at_type(p) && membar_find_register(p, p->thread) < 0)
		err = parse_declaration(p);
	else if (p->token.kind == MEMBAR_TOKEN_NAME)
		err = parse_name_statement(p);
	else if (!membar_take(p, ";"))
		err = membar_unexpected(p, "a statement or '}'");
	p->depth--;
	return err;
}
