// SPDX-License-Identifier: GPL-2.0
/*
 * The parser of expressions in litmus files, and of the operations in them.
 *
 * An access inside an expression becomes an operation of its own, whose result
 * is a register without a name.
 */
#include "parser.h"

/* The last nodes of a program hold expressions that are not complete. */
#define SCRATCH_NODES	64
#define POOL_NODES	(MEMBAR_PROGRAM_NODES - SCRATCH_NODES)

static int push(struct membar_parser *p, const struct membar_node *node)
{
	if (p->nr_scratch == SCRATCH_NODES)
		return membar_refuse_at(p,
					"an expression of more than %u parts",
					SCRATCH_NODES);
	p->program->node[POOL_NODES + p->nr_scratch++] = *node;
	return 0;
}

static int push_number(struct membar_parser *p, s64 number)
{
	const struct membar_node node = {
		.kind = MEMBAR_NODE_NUMBER, .number = number,
	};

	return push(p, &node);
}

static int push_register(struct membar_parser *p, int reg)
{
	const struct membar_node node = {
		.kind = MEMBAR_NODE_REGISTER, .reg = reg,
	};

	return push(p, &node);
}

static int push_operator(struct membar_parser *p, enum membar_node_kind kind)
{
	const struct membar_node node = { .kind = kind };

	return push(p, &node);
}

/* How many operands are on the stack at once. */
static unsigned int stack_needed(const struct membar_node *node,
				 unsigned int nr)
{
	unsigned int i, used = 0, most = 0;

	for (i = 0; i < nr; i++) {
		if (node[i].kind <= MEMBAR_NODE_REGISTER)
			used++;
		else
			used--;
		most = used > most ? used : most;
	}
	return most;
}

/* The nodes since @start are an expression. */
static int close_expr(struct membar_parser *p, unsigned int start,
		      struct membar_expr *expr)
{
	struct membar_program *program = p->program;
	const struct membar_node *from = program->node + POOL_NODES + start;
	unsigned int nr = p->nr_scratch - start;

	if (program->nr_nodes + nr > POOL_NODES)
		return membar_refuse_at(p, "the program is too large");
	if (stack_needed(from, nr) > MEMBAR_PROGRAM_STACK)
		return membar_refuse_at(p,
					"an expression of more than %u operands at once",
					MEMBAR_PROGRAM_STACK);
	expr->first = program->nr_nodes;
	expr->nr = nr;
	memcpy(program->node + expr->first, from, nr * sizeof(*from));
	program->nr_nodes += nr;
	p->nr_scratch = start;
	return 0;
}

static int constant_expr(struct membar_parser *p, s64 number,
			 struct membar_expr *expr)
{
	unsigned int start = p->nr_scratch;

	return push_number(p, number) ?: close_expr(p, start, expr);
}

int membar_add_op(struct membar_parser *p, const struct membar_op *op)
{
	struct membar_thread *thread = p->thread;

	if (thread->nr_ops == MEMBAR_PROGRAM_OPS)
		return membar_refuse_at(p,
					"more than %u operations in a thread",
					MEMBAR_PROGRAM_OPS);
	thread->op[thread->nr_ops] = *op;
	thread->op[thread->nr_ops].statement = p->statement;
	thread->nr_ops++;
	return 0;
}

static int parse_unary(struct membar_parser *p);

int membar_parse_operand(struct membar_parser *p, struct membar_expr *expr)
{
	unsigned int start = p->nr_scratch;

	return parse_unary(p) ?: close_expr(p, start, expr);
}

/* Pushes the result of the operation. */
static int push_result(struct membar_parser *p, struct membar_op *op)
{
	int reg = membar_add_register(p, p->thread);

	if (reg < 0)
		return -EINVAL;
	op->reg = reg;
	if (membar_add_op(p, op))
		return -EINVAL;
	return push_register(p, reg);
}

static int parse_plain_load(struct membar_parser *p)
{
	struct membar_op op = {
		.kind = MEMBAR_OP_LOAD, .reg = MEMBAR_NO_REG,
		.old_reg = MEMBAR_NO_REG,
	};

	membar_next(p);
	return membar_parse_operand(p, &op.address) ?: push_result(p, &op);
}

static int parse_argument(struct membar_parser *p, char letter,
			  struct membar_op *op)
{
	int reg;

	switch (letter) {
	case 'd':
		if (!membar_take(p, "*"))
			return membar_unexpected(p, "'*' and a pointer");
		return membar_parse_operand(p, &op->address);
	case 'p':
		return membar_parse_expr(p, &op->address);
	case 'v':
		return membar_parse_expr(p, &op->value);
	case 'e':
		return membar_parse_expr(p, &op->expected);
	case 'r':
		if (membar_need(p, "&"))
			return -EINVAL;
		reg = membar_find_register(p, p->thread);
		if (reg < 0)
			return membar_unexpected(p, "a register");
		op->old_reg = reg;
		return membar_parse_operand(p, &op->expected);
	default:
		if (!membar_operation_order(op, p->token.text, p->token.len))
			return membar_unexpected(p,
						 "an order of this operation");
		membar_next(p);
		return 0;
	}
}

int membar_parse_call(struct membar_parser *p,
		      const struct membar_operation *row,
		      struct membar_op *op)
{
	const char *letter;

	*op = row->op;
	if (membar_need(p, "(") || membar_enter(p))
		return -EINVAL;
	for (letter = row->arguments; *letter; letter++) {
		if (letter != row->arguments && membar_need(p, ","))
			return -EINVAL;
		if (parse_argument(p, *letter, op))
			return -EINVAL;
	}
	if (row->one && constant_expr(p, 1, &op->value))
		return -EINVAL;
	if (row->zero_expected && constant_expr(p, 0, &op->expected))
		return -EINVAL;
	p->depth--;
	return membar_need(p, ")");
}

int membar_unknown_call(struct membar_parser *p,
			const struct membar_token *name)
{
	p->token = *name;
	return membar_refuse_at(p, "unknown operation '%.*s'",
				membar_token_len(p), p->token.text);
}

/* A name in an expression: an operation, a register or a parameter. */
static int parse_name(struct membar_parser *p)
{
	struct membar_token name = p->token;
	struct membar_operation row;
	struct membar_op op;
	int reg = membar_find_register(p, p->thread);

	membar_next(p);
	if (reg >= 0)
		return push_register(p, reg);
	if (!membar_operation_find(name.text, name.len, &row)) {
		if (membar_token_is(p, "("))
			return membar_unknown_call(p, &name);
		p->token = name;
		return membar_refuse_at(p,
					"'%.*s' is neither a parameter nor a register of this thread",
					membar_token_len(p), name.text);
	}
	if (row.op.kind == MEMBAR_OP_FENCE ||
	    (row.op.kind != MEMBAR_OP_LOAD &&
	     row.op.result == MEMBAR_RETURNS_NOTHING)) {
		p->token = name;
		return membar_refuse_at(p, "%.*s() returns nothing",
					membar_token_len(p), name.text);
	}
	return membar_parse_call(p, &row, &op) ?: push_result(p, &op);
}

static int parse_parentheses(struct membar_parser *p);

static int parse_primary(struct membar_parser *p)
{
	static const struct {
		const char *name;
		s64 number;
	} constants[] = { { "NULL", 0 }, { "false", 0 }, { "true", 1 } };
	s64 number = p->token.number;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(constants); i++)
		if (membar_take(p, constants[i].name))
			return push_number(p, constants[i].number);
	switch (p->token.kind) {
	case MEMBAR_TOKEN_NUMBER:
		membar_next(p);
		return push_number(p, number);
	case MEMBAR_TOKEN_NAME:
		return parse_name(p);
	default:
		if (membar_token_is(p, "("))
			return parse_parentheses(p);
		return membar_unexpected(p, "an expression");
	}
}

static int parse_negation(struct membar_parser *p)
{
	membar_next(p);
	return push_number(p, 0) ?: parse_unary(p) ?:
	       push_operator(p, MEMBAR_NODE_SUB);
}

static int parse_not(struct membar_parser *p)
{
	membar_next(p);
	return parse_unary(p) ?: push_number(p, 0) ?:
	       push_operator(p, MEMBAR_NODE_EQ);
}

static int parse_unary(struct membar_parser *p)
{
	int err;

	if (membar_enter(p))
		return -EINVAL;
	if (membar_token_is(p, "*"))
		err = parse_plain_load(p);
	else if (membar_token_is(p, "-"))
		err = parse_negation(p);
	else if (membar_token_is(p, "!"))
		err = parse_not(p);
	else
		err = parse_primary(p);
	p->depth--;
	return err;
}

static const struct {
	const char *symbol;
	u8 precedence;
	u8 kind;
} operators[] = {
	{ "|", 1, MEMBAR_NODE_OR },
	{ "^", 2, MEMBAR_NODE_XOR },
	{ "&", 3, MEMBAR_NODE_AND },
	{ "==", 4, MEMBAR_NODE_EQ },
	{ "!=", 4, MEMBAR_NODE_NE },
	{ "<", 5, MEMBAR_NODE_LT },
	{ "<=", 5, MEMBAR_NODE_LE },
	{ ">", 5, MEMBAR_NODE_GT },
	{ ">=", 5, MEMBAR_NODE_GE },
	{ "+", 6, MEMBAR_NODE_ADD },
	{ "-", 6, MEMBAR_NODE_SUB },
	{ "*", 7, MEMBAR_NODE_MUL },
	{ "/", 7, MEMBAR_NODE_DIV },
};

/* The operator that comes next; ARRAY_SIZE(operators) if there is none. */
static unsigned int find_operator(const struct membar_parser *p)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(operators); i++)
		if (membar_token_is(p, operators[i].symbol))
			break;
	return i;
}

/* Operands and operators that bind at least as closely as @precedence. */
static int parse_binary(struct membar_parser *p, unsigned int precedence)
{
	unsigned int o;
	int err = membar_enter(p) ?: parse_unary(p);

	while (!err) {
		o = find_operator(p);
		if (o == ARRAY_SIZE(operators) ||
		    operators[o].precedence < precedence)
			break;
		membar_next(p);
		err = parse_binary(p, operators[o].precedence + 1) ?:
		      push_operator(p, operators[o].kind);
	}
	p->depth--;
	return err;
}

/* An expression in parentheses, or an operand after a type in parentheses. */
static int parse_parentheses(struct membar_parser *p)
{
	membar_next(p);
	if (!membar_at_type(p) || membar_find_register(p, p->thread) >= 0)
		return parse_binary(p, 0) ?: membar_need(p, ")");
	if (membar_skip_type(p) < 0 || membar_need(p, ")"))
		return -EINVAL;
	return parse_unary(p);
}

int membar_parse_expr(struct membar_parser *p, struct membar_expr *expr)
{
	unsigned int start = p->nr_scratch;

	return parse_binary(p, 0) ?: close_expr(p, start, expr);
}
