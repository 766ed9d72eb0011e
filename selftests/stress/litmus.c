// SPDX-License-Identifier: GPL-2.0
/*
 * The parser of litmus files: a recursive descent with one word of lookahead.
 *
 * Each function reads one construct of the grammar in
 * Documentation/litmus-files.rst.  An access inside an expression becomes an
 * operation of its own whose result is a register without a name.
 */
#include "program.h"

/* The last nodes of a program hold expressions that are not complete. */
#define SCRATCH_NODES	64
#define POOL_NODES	(MEMBAR_PROGRAM_NODES - SCRATCH_NODES)

struct parser {
	struct membar_lexer lexer;
	struct membar_token token;
	struct membar_program *program;
	struct membar_why *why;
	struct membar_thread *thread;
	u16 nr_scratch;
	u8 depth;
	u8 statement;		/* number of its first operation */
};

/*
 * Words and refusals
 * ==================
 */

static int __printf(2, 3) refuse(struct parser *p, const char *fmt, ...)
{
	struct membar_why *why = p->why;
	va_list args;
	size_t n;

	if (!why)
		return -EINVAL;
	n = scnprintf(why->text, sizeof(why->text), "line %u, column %u: ",
		      p->token.line, p->token.column);
	va_start(args, fmt);
	vsnprintf(why->text + n, sizeof(why->text) - n, fmt, args);
	va_end(args);
	return -EINVAL;
}

static int token_len(const struct parser *p)
{
	return p->token.len < 32 ? p->token.len : 32;
}

static int unexpected(struct parser *p, const char *what)
{
	switch (p->token.kind) {
	case MEMBAR_TOKEN_END:
		return refuse(p, "expected %s, found the end of the file",
			      what);
	case MEMBAR_TOKEN_BAD:
		return refuse(p, "%s", p->lexer.complaint);
	case MEMBAR_TOKEN_STRING:
		/* Which may have any characters, ends of lines too. */
		return refuse(p, "expected %s, found a string", what);
	default:
		return refuse(p, "expected %s, found '%.*s'", what,
			      token_len(p), p->token.text);
	}
}

static void next(struct parser *p)
{
	membar_lexer_next(&p->lexer, &p->token);
}

static bool token_is(const struct parser *p, const char *text)
{
	return (p->token.kind == MEMBAR_TOKEN_SYMBOL ||
		p->token.kind == MEMBAR_TOKEN_NAME) &&
	       strlen(text) == p->token.len &&
	       !memcmp(text, p->token.text, p->token.len);
}

static bool token_in(const struct parser *p, const char *const *words,
		     size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (token_is(p, words[i]))
			return true;
	return false;
}

static bool take(struct parser *p, const char *text)
{
	if (!token_is(p, text))
		return false;
	next(p);
	return true;
}

static int need(struct parser *p, const char *text)
{
	char quoted[16];

	if (take(p, text))
		return 0;
	scnprintf(quoted, sizeof(quoted), "'%s'", text);
	return unexpected(p, quoted);
}

static int enter(struct parser *p)
{
	if (p->depth == MEMBAR_PROGRAM_NEST)
		return refuse(p, "nested too deeply");
	p->depth++;
	return 0;
}

static int copy_name(struct parser *p, char *to)
{
	if (p->token.kind != MEMBAR_TOKEN_NAME)
		return unexpected(p, "a name");
	if (p->token.len >= MEMBAR_PROGRAM_IDENT)
		return refuse(p, "a name of more than %u characters",
			      MEMBAR_PROGRAM_IDENT - 1);
	memcpy(to, p->token.text, p->token.len);
	to[p->token.len] = '\0';
	return 0;
}

/*
 * Variables and registers
 * =======================
 */

static int find_variable(const struct parser *p)
{
	const struct membar_program *program = p->program;
	unsigned int v;

	for (v = 0; v < program->nr_vars; v++)
		if (token_is(p, program->var[v].name))
			return v;
	return -1;
}

/* The variable that the word names; a new one if there is none yet. */
static int take_variable(struct parser *p)
{
	struct membar_program *program = p->program;
	int v = find_variable(p);

	if (v < 0) {
		if (program->nr_vars == MEMBAR_PROGRAM_VARS)
			return refuse(p, "more than %u variables",
				      MEMBAR_PROGRAM_VARS);
		v = program->nr_vars;
		if (copy_name(p, program->var[v].name))
			return -EINVAL;
		program->nr_vars++;
	}
	next(p);
	return v;
}

static int find_register(const struct parser *p,
			 const struct membar_thread *thread)
{
	unsigned int r;

	for (r = 0; r < thread->nr_regs; r++)
		if (token_is(p, thread->reg[r].name))
			return r;
	return -1;
}

/* A new register of the thread, without a name. */
static int add_register(struct parser *p, struct membar_thread *thread)
{
	if (thread->nr_regs == MEMBAR_PROGRAM_REGS)
		return refuse(p, "more than %u registers and intermediate results in a thread",
			      MEMBAR_PROGRAM_REGS);
	return thread->nr_regs++;
}

/* The register that the word names; a new one if there is none yet. */
static int take_register(struct parser *p, struct membar_thread *thread)
{
	int r = find_register(p, thread);

	if (r < 0) {
		r = add_register(p, thread);
		if (r < 0 || copy_name(p, thread->reg[r].name))
			return -EINVAL;
	}
	next(p);
	return r;
}

/*
 * Types: they are read over
 * =========================
 */

static bool at_tag(const struct parser *p)
{
	return token_is(p, "struct") || token_is(p, "union") ||
	       token_is(p, "enum");
}

static bool at_type(const struct parser *p)
{
	static const char *const words[] = {
		"void", "bool", "_Bool", "char", "short", "int", "long",
		"signed", "unsigned", "const", "volatile", "__rcu",
		"u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64",
	};
	const struct membar_token *t = &p->token;

	if (t->kind != MEMBAR_TOKEN_NAME)
		return false;
	return at_tag(p) || token_in(p, words, ARRAY_SIZE(words)) ||
	       (t->len > 2 && !memcmp(t->text + t->len - 2, "_t", 2));
}

/* Returns the number of '*', or -EINVAL. */
static int skip_type(struct parser *p)
{
	int stars = 0;

	if (p->token.kind != MEMBAR_TOKEN_NAME)
		return unexpected(p, "a type");
	do {
		stars += token_is(p, "*");
		if (!at_tag(p)) {
			next(p);
			continue;
		}
		next(p);
		if (p->token.kind != MEMBAR_TOKEN_NAME)
			return unexpected(p, "the name of the type");
		next(p);
	} while (at_type(p) || token_is(p, "*"));
	return stars;
}

/*
 * Expressions
 * ===========
 */

static int parse_expr(struct parser *p, struct membar_expr *expr);

static int push(struct parser *p, enum membar_node_kind kind, int reg,
		s64 number)
{
	struct membar_node *node;

	if (p->nr_scratch == SCRATCH_NODES)
		return refuse(p, "an expression of more than %u parts",
			      SCRATCH_NODES);
	node = &p->program->node[POOL_NODES + p->nr_scratch++];
	node->kind = kind;
	node->reg = reg;
	node->number = number;
	return 0;
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
static int close_expr(struct parser *p, unsigned int start,
		      struct membar_expr *expr)
{
	struct membar_program *program = p->program;
	const struct membar_node *from = program->node + POOL_NODES + start;
	unsigned int nr = p->nr_scratch - start;

	if (program->nr_nodes + nr > POOL_NODES)
		return refuse(p, "the program is too large");
	if (stack_needed(from, nr) > MEMBAR_PROGRAM_STACK)
		return refuse(p, "an expression of more than %u operands at once",
			      MEMBAR_PROGRAM_STACK);
	expr->first = program->nr_nodes;
	expr->nr = nr;
	memcpy(program->node + expr->first, from, nr * sizeof(*from));
	program->nr_nodes += nr;
	p->nr_scratch = start;
	return 0;
}

static int constant_expr(struct parser *p, s64 number,
			 struct membar_expr *expr)
{
	unsigned int start = p->nr_scratch;

	return push(p, MEMBAR_NODE_NUMBER, 0, number) ?:
	       close_expr(p, start, expr);
}

static int add_op(struct parser *p, const struct membar_op *op)
{
	struct membar_thread *thread = p->thread;

	if (thread->nr_ops == MEMBAR_PROGRAM_OPS)
		return refuse(p, "more than %u operations in a thread",
			      MEMBAR_PROGRAM_OPS);
	thread->op[thread->nr_ops] = *op;
	thread->op[thread->nr_ops].statement = p->statement;
	return thread->nr_ops++;
}

static void begin_statement(struct parser *p)
{
	p->statement = p->thread->nr_ops;
}

static int parse_unary(struct parser *p);

/* An operand of its own, as an expression. */
static int unary_expr(struct parser *p, struct membar_expr *expr)
{
	unsigned int start = p->nr_scratch;

	return parse_unary(p) ?: close_expr(p, start, expr);
}

/* Pushes the result of the operation. */
static int push_result(struct parser *p, struct membar_op *op)
{
	int reg = add_register(p, p->thread);

	if (reg < 0)
		return -EINVAL;
	op->reg = reg;
	if (add_op(p, op) < 0)
		return -EINVAL;
	return push(p, MEMBAR_NODE_REGISTER, reg, 0);
}

static int parse_plain_load(struct parser *p)
{
	struct membar_op op = {
		.kind = MEMBAR_OP_LOAD, .reg = MEMBAR_NO_REG,
		.old_reg = MEMBAR_NO_REG,
	};

	next(p);
	return unary_expr(p, &op.address) ?: push_result(p, &op);
}

static int parse_argument(struct parser *p, char letter, struct membar_op *op)
{
	int reg;

	switch (letter) {
	case 'd':
		if (!take(p, "*"))
			return unexpected(p, "'*' and a pointer");
		return unary_expr(p, &op->address);
	case 'p':
		return parse_expr(p, &op->address);
	case 'v':
		return parse_expr(p, &op->value);
	case 'e':
		return parse_expr(p, &op->expected);
	case 'r':
		if (need(p, "&"))
			return -EINVAL;
		reg = find_register(p, p->thread);
		if (reg < 0)
			return unexpected(p, "a register");
		op->old_reg = reg;
		return unary_expr(p, &op->expected);
	default:
		if (!membar_operation_order(op, p->token.text, p->token.len))
			return unexpected(p, "an order of this operation");
		next(p);
		return 0;
	}
}

/* The call of an operation, at its opening parenthesis. */
static int parse_call(struct parser *p, const struct membar_operation *row,
		      struct membar_op *op)
{
	const char *letter;

	*op = row->op;
	if (need(p, "(") || enter(p))
		return -EINVAL;
	for (letter = row->arguments; *letter; letter++) {
		if (letter != row->arguments && need(p, ","))
			return -EINVAL;
		if (parse_argument(p, *letter, op))
			return -EINVAL;
	}
	if (row->one && constant_expr(p, 1, &op->value))
		return -EINVAL;
	if (row->zero_expected && constant_expr(p, 0, &op->expected))
		return -EINVAL;
	p->depth--;
	return need(p, ")");
}

/* A word that is followed by a parenthesis and no operation. */
static int unknown_call(struct parser *p, const struct membar_token *name)
{
	p->token = *name;
	return refuse(p, "unknown operation '%.*s'", token_len(p),
		      p->token.text);
}

/* A name in an expression: an operation, a register or a parameter. */
static int parse_name(struct parser *p)
{
	struct membar_token name = p->token;
	struct membar_operation row;
	struct membar_op op;
	int reg = find_register(p, p->thread);

	next(p);
	if (reg >= 0)
		return push(p, MEMBAR_NODE_REGISTER, reg, 0);
	if (!membar_operation_find(name.text, name.len, &row)) {
		if (token_is(p, "("))
			return unknown_call(p, &name);
		p->token = name;
		return refuse(p, "'%.*s' is neither a parameter nor a register of this thread",
			      token_len(p), name.text);
	}
	if (row.op.kind == MEMBAR_OP_FENCE ||
	    (row.op.kind != MEMBAR_OP_LOAD &&
	     row.op.result == MEMBAR_RETURNS_NOTHING)) {
		p->token = name;
		return refuse(p, "%.*s() returns nothing", token_len(p),
			      name.text);
	}
	return parse_call(p, &row, &op) ?: push_result(p, &op);
}

static int parse_parentheses(struct parser *p);

static int parse_primary(struct parser *p)
{
	static const struct {
		const char *name;
		s64 number;
	} constants[] = { { "NULL", 0 }, { "false", 0 }, { "true", 1 } };
	s64 number = p->token.number;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(constants); i++)
		if (take(p, constants[i].name))
			return push(p, MEMBAR_NODE_NUMBER, 0,
				    constants[i].number);
	switch (p->token.kind) {
	case MEMBAR_TOKEN_NUMBER:
		next(p);
		return push(p, MEMBAR_NODE_NUMBER, 0, number);
	case MEMBAR_TOKEN_NAME:
		return parse_name(p);
	default:
		if (token_is(p, "("))
			return parse_parentheses(p);
		return unexpected(p, "an expression");
	}
}

static int parse_negation(struct parser *p)
{
	next(p);
	return push(p, MEMBAR_NODE_NUMBER, 0, 0) ?: parse_unary(p) ?:
	       push(p, MEMBAR_NODE_SUB, 0, 0);
}

static int parse_not(struct parser *p)
{
	next(p);
	return parse_unary(p) ?: push(p, MEMBAR_NODE_NUMBER, 0, 0) ?:
	       push(p, MEMBAR_NODE_EQ, 0, 0);
}

static int parse_unary(struct parser *p)
{
	int err;

	if (enter(p))
		return -EINVAL;
	if (token_is(p, "*"))
		err = parse_plain_load(p);
	else if (token_is(p, "-"))
		err = parse_negation(p);
	else if (token_is(p, "!"))
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
static unsigned int find_operator(const struct parser *p)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(operators); i++)
		if (token_is(p, operators[i].symbol))
			break;
	return i;
}

/* Operands and operators that bind at least as closely as @precedence. */
static int parse_binary(struct parser *p, unsigned int precedence)
{
	unsigned int o;
	int err = enter(p) ?: parse_unary(p);

	while (!err) {
		o = find_operator(p);
		if (o == ARRAY_SIZE(operators) ||
		    operators[o].precedence < precedence)
			break;
		next(p);
		err = parse_binary(p, operators[o].precedence + 1) ?:
		      push(p, operators[o].kind, 0, 0);
	}
	p->depth--;
	return err;
}

/* An expression in parentheses, or an operand after a type in parentheses. */
static int parse_parentheses(struct parser *p)
{
	next(p);
	if (!at_type(p) || find_register(p, p->thread) >= 0)
		return parse_binary(p, 0) ?: need(p, ")");
	if (skip_type(p) < 0 || need(p, ")"))
		return -EINVAL;
	return parse_unary(p);
}

static int parse_expr(struct parser *p, struct membar_expr *expr)
{
	unsigned int start = p->nr_scratch;

	return parse_binary(p, 0) ?: close_expr(p, start, expr);
}

/*
 * Statements
 * ==========
 */

static int parse_statement(struct parser *p);

/* The operation whose result is @expr, if it can be given another register. */
static struct membar_op *result_of(struct parser *p,
				   const struct membar_expr *expr)
{
	const struct membar_node *node = &p->program->node[expr->first];
	struct membar_thread *thread = p->thread;
	struct membar_op *op;

	if (!thread->nr_ops || expr->nr != 1 ||
	    node->kind != MEMBAR_NODE_REGISTER ||
	    thread->reg[node->reg].name[0] || node->reg + 1 != thread->nr_regs)
		return NULL;
	op = &thread->op[thread->nr_ops - 1];
	return op->reg == node->reg && op->kind != MEMBAR_OP_SET ? op : NULL;
}

/* @reg = expression, at the expression. */
static int parse_assignment(struct parser *p, int reg)
{
	struct membar_op set = {
		.kind = MEMBAR_OP_SET, .reg = reg, .old_reg = MEMBAR_NO_REG,
	};
	struct membar_op *op;

	if (parse_expr(p, &set.value))
		return -EINVAL;
	op = result_of(p, &set.value);
	if (op) {
		op->reg = reg;
		p->thread->nr_regs--;
		p->program->nr_nodes--;
		return 0;
	}
	return add_op(p, &set) < 0 ? -EINVAL : 0;
}

/* Declarations of registers, some with a value, at the type. */
static int parse_declaration(struct parser *p)
{
	int reg;

	if (skip_type(p) < 0)
		return -EINVAL;
	for (;;) {
		while (take(p, "*"))
			;
		reg = take_register(p, p->thread);
		if (reg < 0)
			return -EINVAL;
		begin_statement(p);
		if (take(p, "=") && parse_assignment(p, reg))
			return -EINVAL;
		if (!take(p, ","))
			return need(p, ";");
	}
}

/* *pointer = expression; */
static int parse_plain_store(struct parser *p)
{
	struct membar_op op = {
		.kind = MEMBAR_OP_STORE, .reg = MEMBAR_NO_REG,
		.old_reg = MEMBAR_NO_REG,
	};

	next(p);
	if (unary_expr(p, &op.address) || need(p, "=") ||
	    parse_expr(p, &op.value) || add_op(p, &op) < 0)
		return -EINVAL;
	return need(p, ";");
}

/* An operation as a statement, at its parenthesis. */
static int parse_call_statement(struct parser *p,
				const struct membar_operation *row)
{
	static const struct membar_op full = {
		.kind = MEMBAR_OP_FENCE, .fence = MEMBAR_FENCE_FULL,
		.flavour = MEMBAR_FLAVOUR_SMP,
		.reg = MEMBAR_NO_REG, .old_reg = MEMBAR_NO_REG,
	};
	struct membar_op op;

	if (parse_call(p, row, &op))
		return -EINVAL;
	op.with_fence = row->full_after;
	if (add_op(p, &op) < 0)
		return -EINVAL;
	begin_statement(p);
	if (row->full_after && add_op(p, &full) < 0)
		return -EINVAL;
	return need(p, ";");
}

static int parse_if(struct parser *p)
{
	struct membar_op op = {
		.kind = MEMBAR_OP_IF, .reg = MEMBAR_NO_REG,
		.old_reg = MEMBAR_NO_REG,
	};
	struct membar_op *ops = p->thread->op;
	int at;

	next(p);
	if (need(p, "(") || parse_expr(p, &op.value) || need(p, ")"))
		return -EINVAL;
	at = add_op(p, &op);
	if (at < 0 || parse_statement(p))
		return -EINVAL;
	if (take(p, "else")) {
		op.kind = MEMBAR_OP_ELSE;
		ops[at].target = p->thread->nr_ops;
		at = add_op(p, &op);
		if (at < 0 || parse_statement(p))
			return -EINVAL;
	}
	op.kind = MEMBAR_OP_END;
	ops[at].target = p->thread->nr_ops;
	return add_op(p, &op) < 0 ? -EINVAL : 0;
}

static int parse_block(struct parser *p)
{
	next(p);
	while (!take(p, "}"))
		if (parse_statement(p))
			return -EINVAL;
	return 0;
}

/* Statements of C that a litmus test does not have, and why. */
static int refuse_keyword(struct parser *p)
{
	static const char *const loops[] = { "while", "for", "do", "goto" };
	static const char *const others[] = {
		"return", "switch", "break", "continue", "case", "default",
	};

	if (token_in(p, loops, ARRAY_SIZE(loops)))
		return refuse(p, "'%.*s': a litmus test has no loops",
			      token_len(p), p->token.text);
	if (token_in(p, others, ARRAY_SIZE(others)))
		return refuse(p, "'%.*s': of C's control flow a litmus test has only if and else",
			      token_len(p), p->token.text);
	return 0;
}

/* A statement that begins with a name: an assignment or an operation. */
static int parse_name_statement(struct parser *p)
{
	struct membar_token name = p->token;
	struct membar_operation row;
	int reg;

	if (membar_operation_find(name.text, name.len, &row)) {
		next(p);
		return parse_call_statement(p, &row);
	}
	next(p);
	if (token_is(p, "("))
		return unknown_call(p, &name);
	if (!token_is(p, "="))
		return unexpected(p, "'=' or '('");

	p->token = name;
	reg = find_register(p, p->thread);
	if (reg < 0) {
		reg = add_register(p, p->thread);
		if (reg < 0 || copy_name(p, p->thread->reg[reg].name))
			return -EINVAL;
	}
	next(p);
	return parse_assignment(p, reg) ?: need(p, ";");
}

/* "(void)" before an operation whose result is not used. */
static int parse_cast_statement(struct parser *p)
{
	next(p);
	return need(p, "void") ?: need(p, ")") ?: parse_statement(p);
}

static int parse_statement(struct parser *p)
{
	int err = refuse_keyword(p) ?: enter(p);

	if (err)
		return err;
	begin_statement(p);
	if (token_is(p, "{"))
		err = parse_block(p);
	else if (take(p, ";"))
		err = 0;
	else if (token_is(p, "if"))
		err = parse_if(p);
	else if (token_is(p, "*"))
		err = parse_plain_store(p);
	else if (token_is(p, "("))
		err = parse_cast_statement(p);
	else if (at_type(p) && find_register(p, p->thread) < 0)
		err = parse_declaration(p);
	else if (p->token.kind == MEMBAR_TOKEN_NAME)
		err = parse_name_statement(p);
	else
		err = unexpected(p, "a statement or '}'");
	p->depth--;
	return err;
}

/*
 * Threads
 * =======
 */

/* @stars of the parameter's type have been read. */
static int parse_parameter(struct parser *p, int stars)
{
	int var, reg;

	if (stars < 0)
		return -EINVAL;
	if (!stars)
		return unexpected(p, "'*' (a parameter is a pointer)");
	reg = add_register(p, p->thread);
	if (reg < 0 || copy_name(p, p->thread->reg[reg].name))
		return -EINVAL;
	var = take_variable(p);
	if (var < 0)
		return -EINVAL;
	p->thread->reg[reg].initial = membar_address_of(var);
	return 0;
}

static int parse_parameters(struct parser *p)
{
	int stars = 0;

	if (need(p, "("))
		return -EINVAL;
	if (take(p, ")"))
		return 0;
	/* Either a list of nothing or a pointer to void. */
	if (take(p, "void")) {
		if (take(p, ")"))
			return 0;
		while (take(p, "*"))
			stars++;
	} else {
		stars = skip_type(p);
	}
	while (!parse_parameter(p, stars)) {
		if (!take(p, ","))
			return need(p, ")");
		stars = skip_type(p);
	}
	return -EINVAL;
}

/* "P" and a number without a leading zero; -1 if the word is anything else. */
static int thread_number(const struct parser *p)
{
	const char *text = p->token.text;

	if (p->token.kind != MEMBAR_TOKEN_NAME || p->token.len != 2 ||
	    text[0] != 'P' || text[1] < '0' || text[1] > '9')
		return -1;
	return text[1] - '0';
}

static int parse_thread(struct parser *p)
{
	struct membar_program *program = p->program;
	char wanted[] = "'P0', the next thread";

	wanted[2] += program->nr_threads;
	take(p, "static");
	take(p, "void");
	if (thread_number(p) != program->nr_threads)
		return unexpected(p, wanted);
	if (program->nr_threads == MEMBAR_PROGRAM_THREADS)
		return refuse(p, "more than %u threads",
			      MEMBAR_PROGRAM_THREADS);
	p->thread = &program->thread[program->nr_threads++];
	next(p);
	if (parse_parameters(p))
		return -EINVAL;
	if (!token_is(p, "{"))
		return unexpected(p, "'{'");
	p->lexer.in_body = true;
	next(p);
	while (!token_is(p, "}")) {
		if (p->token.kind == MEMBAR_TOKEN_END)
			return unexpected(p, "a statement or '}'");
		if (parse_statement(p))
			return -EINVAL;
	}
	p->lexer.in_body = false;
	next(p);
	return 0;
}

static bool at_thread(const struct parser *p)
{
	return token_is(p, "static") || token_is(p, "void") ||
	       thread_number(p) >= 0;
}

/*
 * The initial state
 * =================
 */

static int parse_integer(struct parser *p, s64 *value)
{
	bool negative = take(p, "-");

	if (p->token.kind != MEMBAR_TOKEN_NUMBER)
		return unexpected(p, "a number");
	*value = negative ? -p->token.number : p->token.number;
	next(p);
	return 0;
}

/* A number, or a variable for its address. */
static int parse_value(struct parser *p, s64 *value)
{
	bool braces = take(p, "{");
	int var;

	if (take(p, "ATOMIC_INIT")) {
		if (need(p, "(") || parse_integer(p, value) || need(p, ")"))
			return -EINVAL;
		return braces ? need(p, "}") : 0;
	}
	if (braces)
		return unexpected(p, "'ATOMIC_INIT'");
	if (take(p, "(") && (skip_type(p) < 0 || need(p, ")")))
		return -EINVAL;
	if (p->token.kind == MEMBAR_TOKEN_NUMBER || token_is(p, "-"))
		return parse_integer(p, value);
	*value = 0;
	if (take(p, "NULL"))
		return 0;
	take(p, "&");
	if (p->token.kind != MEMBAR_TOKEN_NAME)
		return unexpected(p, "a number or a variable");
	var = take_variable(p);
	if (var < 0)
		return -EINVAL;
	*value = membar_address_of(var);
	return 0;
}

static int parse_thread_index(struct parser *p, unsigned int nr_threads)
{
	s64 n = p->token.number;

	if (n >= nr_threads)
		return refuse(p, "there is no thread %.*s", token_len(p),
			      p->token.text);
	next(p);
	return need(p, ":") ?: (int)n;
}

/* Where the initial value of a variable or a register goes. */
static s64 *parse_target(struct parser *p)
{
	bool brackets;
	int i, thread;

	if (p->token.kind == MEMBAR_TOKEN_NUMBER) {
		thread = parse_thread_index(p, MEMBAR_PROGRAM_THREADS);
		if (thread < 0)
			return NULL;
		i = take_register(p, &p->program->thread[thread]);
		return i < 0 ? NULL :
			       &p->program->thread[thread].reg[i].initial;
	}
	brackets = take(p, "[");
	if (p->token.kind != MEMBAR_TOKEN_NAME) {
		unexpected(p, "a variable, a register or '}'");
		return NULL;
	}
	i = take_variable(p);
	if (i < 0 || (brackets && need(p, "]")))
		return NULL;
	return &p->program->var[i].initial;
}

static int parse_initial_state(struct parser *p)
{
	s64 *target;

	if (need(p, "{"))
		return -EINVAL;
	while (!take(p, "}")) {
		if (take(p, ";"))
			continue;
		if (at_type(p) && skip_type(p) < 0)
			return -EINVAL;
		target = parse_target(p);
		if (!target)
			return -EINVAL;
		if (take(p, "=") && parse_value(p, target))
			return -EINVAL;
		if (!token_is(p, "}") && need(p, ";"))
			return -EINVAL;
	}
	return 0;
}

/*
 * Conditions
 * ==========
 */

static int add_term(struct parser *p, const struct membar_term *term)
{
	struct membar_program *program = p->program;

	if (program->nr_terms == MEMBAR_PROGRAM_TERMS)
		return refuse(p, "a condition of more than %u parts",
			      MEMBAR_PROGRAM_TERMS);
	program->term[program->nr_terms++] = *term;
	return 0;
}

static int add_term_kind(struct parser *p, enum membar_term_kind kind)
{
	struct membar_term term = { .kind = kind };

	return add_term(p, &term);
}

/* A register by its thread, at the ':'. */
static int parse_register_place(struct parser *p, unsigned int thread,
				struct membar_place *place)
{
	int reg = find_register(p, &p->program->thread[thread]);

	if (p->token.kind != MEMBAR_TOKEN_NAME)
		return unexpected(p, "a register");
	if (reg < 0)
		return refuse(p, "thread %u has no register '%.*s'", thread,
			      token_len(p), p->token.text);
	next(p);
	place->thread = thread;
	place->index = reg;
	return 0;
}

static int parse_variable_place(struct parser *p, struct membar_place *place)
{
	int var = find_variable(p);

	if (var < 0)
		return refuse(p, "no thread has a variable '%.*s'",
			      token_len(p), p->token.text);
	next(p);
	place->thread = MEMBAR_PLACE_VAR;
	place->index = var;
	return 0;
}

static int parse_place(struct parser *p, struct membar_place *place)
{
	int thread;

	if (p->token.kind == MEMBAR_TOKEN_NUMBER) {
		thread = parse_thread_index(p, p->program->nr_threads);
		return thread < 0 ? -EINVAL :
				    parse_register_place(p, thread, place);
	}
	if (take(p, "["))
		return parse_variable_place(p, place) ?: need(p, "]");
	if (p->token.kind != MEMBAR_TOKEN_NAME)
		return unexpected(p, "a register or a variable");
	return parse_variable_place(p, place);
}

/* The right side: a number, the address of a variable, or a register. */
static int parse_right_side(struct parser *p, struct membar_term *term)
{
	s64 thread = p->token.number;
	int var;

	term->right.thread = MEMBAR_PLACE_NUMBER;
	if (p->token.kind == MEMBAR_TOKEN_NUMBER) {
		term->number = p->token.number;
		next(p);
		if (!take(p, ":"))
			return 0;
		if (thread >= p->program->nr_threads)
			return refuse(p, "there is no thread %u",
				      (unsigned int)thread);
		return parse_register_place(p, thread, &term->right);
	}
	if (token_is(p, "-"))
		return parse_integer(p, &term->number);
	take(p, "&");
	if (p->token.kind != MEMBAR_TOKEN_NAME)
		return unexpected(p, "a number, a variable or a register");
	var = find_variable(p);
	if (var < 0)
		return refuse(p, "no thread has a variable '%.*s'",
			      token_len(p), p->token.text);
	next(p);
	term->number = membar_address_of(var);
	return 0;
}

static int parse_atom(struct parser *p)
{
	struct membar_term term = { .kind = MEMBAR_TERM_EQUAL };
	bool unequal;

	if (parse_place(p, &term.left))
		return -EINVAL;
	unequal = take(p, "!=") || take(p, "<>");
	if (!unequal && !take(p, "=") && !take(p, "=="))
		return unexpected(p, "'=' or '!='");
	if (parse_right_side(p, &term) || add_term(p, &term))
		return -EINVAL;
	return unequal ? add_term_kind(p, MEMBAR_TERM_NOT) : 0;
}

static int parse_or(struct parser *p);

static int parse_not_condition(struct parser *p)
{
	int err;

	if (enter(p))
		return -EINVAL;
	if (take(p, "~") || take(p, "not"))
		err = parse_not_condition(p) ?:
		      add_term_kind(p, MEMBAR_TERM_NOT);
	else if (take(p, "("))
		err = parse_or(p) ?: need(p, ")");
	else if (take(p, "true"))
		err = add_term_kind(p, MEMBAR_TERM_TRUE);
	else if (take(p, "false"))
		err = add_term_kind(p, MEMBAR_TERM_FALSE);
	else
		err = parse_atom(p);
	p->depth--;
	return err;
}

static int parse_and(struct parser *p)
{
	int err = parse_not_condition(p);

	while (!err && take(p, "/\\"))
		err = parse_not_condition(p) ?:
		      add_term_kind(p, MEMBAR_TERM_AND);
	return err;
}

/* a => b is "not a, or b". */
static int parse_or(struct parser *p)
{
	int err = enter(p) ?: parse_and(p);

	while (!err && take(p, "\\/"))
		err = parse_and(p) ?: add_term_kind(p, MEMBAR_TERM_OR);
	if (!err && take(p, "=>"))
		err = add_term_kind(p, MEMBAR_TERM_NOT) ?: parse_or(p) ?:
		      add_term_kind(p, MEMBAR_TERM_OR);
	p->depth--;
	return err;
}

static int parse_condition(struct parser *p, struct membar_condition *c)
{
	c->first = p->program->nr_terms;
	if (parse_or(p))
		return -EINVAL;
	c->nr = p->program->nr_terms - c->first;
	return 0;
}

static int parse_locations(struct parser *p)
{
	struct membar_program *program = p->program;

	if (need(p, "["))
		return -EINVAL;
	while (!take(p, "]")) {
		if (take(p, ";"))
			continue;
		if (program->nr_shown == MEMBAR_PROGRAM_SHOWN)
			return refuse(p, "more than %u locations",
				      MEMBAR_PROGRAM_SHOWN);
		if (parse_place(p, &program->shown[program->nr_shown]))
			return -EINVAL;
		program->nr_shown++;
	}
	return 0;
}

static int parse_quantifier(struct parser *p)
{
	u8 *quantifier = &p->program->quantifier;

	if (take(p, "exists")) {
		*quantifier = MEMBAR_EXISTS;
		return 0;
	}
	if (take(p, "forall")) {
		*quantifier = MEMBAR_FORALL;
		return 0;
	}
	if (!take(p, "~"))
		return unexpected(p, "'exists', '~exists' or 'forall'");
	*quantifier = MEMBAR_NOT_EXISTS;
	return need(p, "exists");
}

static int parse_end(struct parser *p)
{
	struct membar_program *program = p->program;

	if (take(p, "locations") && parse_locations(p))
		return -EINVAL;
	if (take(p, "filter") && parse_condition(p, &program->filter))
		return -EINVAL;
	if (take(p, "locations") && parse_locations(p))
		return -EINVAL;
	if (parse_quantifier(p) || parse_condition(p, &program->condition))
		return -EINVAL;
	if (p->token.kind != MEMBAR_TOKEN_END)
		return unexpected(p, "the end of the file");
	return 0;
}

/*
 * Files
 * =====
 */

/* "C" and a name, which may have any characters but blanks. */
static int parse_title(struct parser *p)
{
	struct membar_lexer *lexer = &p->lexer;
	size_t n = 0;

	if (!token_is(p, "C"))
		return unexpected(p, "'C' and the name of the test");
	while (lexer->at < lexer->end && (*lexer->at == ' ' ||
					  *lexer->at == '\t'))
		lexer->at++;
	while (lexer->at < lexer->end && (unsigned char)*lexer->at > ' ' &&
	       n < MEMBAR_PROGRAM_TITLE - 1)
		p->program->name[n++] = *lexer->at++;
	next(p);
	if (!n)
		return unexpected(p, "the name of the test on its first line");
	return 0;
}

/* Strings and KEY=... lines, which generators put before the initial state. */
static int skip_header(struct parser *p)
{
	while (!token_is(p, "{")) {
		if (p->token.kind == MEMBAR_TOKEN_STRING) {
			next(p);
			continue;
		}
		if (p->token.kind != MEMBAR_TOKEN_NAME)
			return unexpected(p, "'{' and the initial state");
		next(p);
		if (!token_is(p, "="))
			return unexpected(p, "'='");
		membar_lexer_skip_line(&p->lexer);
		next(p);
	}
	return 0;
}

static int parse_threads(struct parser *p)
{
	struct membar_program *program = p->program;
	unsigned int t;

	do {
		if (parse_thread(p))
			return -EINVAL;
	} while (at_thread(p));

	for (t = program->nr_threads; t < MEMBAR_PROGRAM_THREADS; t++)
		if (program->thread[t].nr_regs)
			return refuse(p, "the initial state names thread %u, which is missing",
				      t);
	return 0;
}

int membar_litmus_parse(const char *text, size_t len,
			struct membar_program *program,
			struct membar_why *why)
{
	int err;
	struct parser p = {
		.program = program,
		.why = why,
	};

	memset(program, 0, sizeof(*program));
	membar_lexer_init(&p.lexer, text, len);
	next(&p);
	err = parse_title(&p) ?: skip_header(&p) ?: parse_initial_state(&p) ?:
	      parse_threads(&p) ?: parse_end(&p);
	program->stated = p.lexer.stated;
	return err;
}
