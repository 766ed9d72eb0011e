/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Litmus tests as programs: what the parser of litmus files builds and what
 * the memory model judges.
 *
 * A program is one struct of a fixed size that the caller provides.  Nothing
 * here allocates or touches hardware, and all of it builds in user space as
 * well.  The model works long enough on some programs to offer the CPU to others
 * meanwhile.  Documentation/litmus-files.rst has the grammar.
 */
#ifndef _MEMBAR_PROGRAM_H
#define _MEMBAR_PROGRAM_H

#include "stress.h"

#define MEMBAR_PROGRAM_THREADS	8
#define MEMBAR_PROGRAM_OPS	32	/* of one thread */
#define MEMBAR_PROGRAM_REGS	32	/* of one thread, parameters included */
#define MEMBAR_PROGRAM_VARS	32
#define MEMBAR_PROGRAM_NODES	768	/* of all expressions */
#define MEMBAR_PROGRAM_TERMS	128	/* of the conditions */
#define MEMBAR_PROGRAM_SHOWN	32	/* of "locations" */
#define MEMBAR_PROGRAM_STACK	16	/* operands of one expression */
#define MEMBAR_PROGRAM_NEST	24	/* blocks, parentheses and operators */
#define MEMBAR_PROGRAM_IDENT	32	/* characters of a name, with its end */
#define MEMBAR_PROGRAM_TITLE	128	/* of the test's own name */

/*
 * Values
 * ======
 *
 * A value is a number.  The address of a variable is a number too, so that a
 * program can compute with it; one that misses every variable cannot be
 * accessed.
 */
#define MEMBAR_ADDRESS_BASE	0x10000000000LL
#define MEMBAR_ADDRESS_STEP	64

static inline s64 membar_address_of(unsigned int var)
{
	return MEMBAR_ADDRESS_BASE + MEMBAR_ADDRESS_STEP * (s64)var;
}

/* The variable of @nr that lies at @address, or -1. */
static inline int membar_variable_at(s64 address, unsigned int nr)
{
	u64 offset = (u64)address - MEMBAR_ADDRESS_BASE;

	if (offset % MEMBAR_ADDRESS_STEP ||
	    offset >= (u64)nr * MEMBAR_ADDRESS_STEP)
		return -1;
	return offset / MEMBAR_ADDRESS_STEP;
}

/*
 * Expressions
 * ===========
 *
 * The nodes of an expression stand in postfix order, so it is evaluated from
 * left to right with a small stack.
 */
enum membar_node_kind {
	MEMBAR_NODE_NUMBER,
	MEMBAR_NODE_REGISTER,
	/* Two operands each, in the order of their precedence. */
	MEMBAR_NODE_OR,
	MEMBAR_NODE_XOR,
	MEMBAR_NODE_AND,
	MEMBAR_NODE_ANDNOT,
	MEMBAR_NODE_EQ,
	MEMBAR_NODE_NE,
	MEMBAR_NODE_LT,
	MEMBAR_NODE_LE,
	MEMBAR_NODE_GT,
	MEMBAR_NODE_GE,
	MEMBAR_NODE_ADD,
	MEMBAR_NODE_SUB,
	MEMBAR_NODE_MUL,
	MEMBAR_NODE_DIV,
	/* For the arithmetic of an exchange: the second operand. */
	MEMBAR_NODE_SECOND,
};

struct membar_node {
	u8 kind;
	u8 reg;
	s64 number;
};

struct membar_expr {
	u16 first;
	u16 nr;
};

/*
 * Operations
 * ==========
 */

enum membar_op_kind {
	MEMBAR_OP_SET,		/* a register */
	MEMBAR_OP_LOAD,
	MEMBAR_OP_STORE,
	MEMBAR_OP_RMW,
	MEMBAR_OP_FENCE,
	MEMBAR_OP_LOCK,
	MEMBAR_OP_TRYLOCK,
	MEMBAR_OP_UNLOCK,
	MEMBAR_OP_IS_LOCKED,
	MEMBAR_OP_SRCU_LOCK,
	MEMBAR_OP_SRCU_UNLOCK,
	MEMBAR_OP_SRCU_SYNC,
	/* Blocks: "if" ends at its "else" or "end", "else" at its "end". */
	MEMBAR_OP_IF,
	MEMBAR_OP_ELSE,
	MEMBAR_OP_END,
};

/* How an access is marked. */
enum membar_mark {
	MEMBAR_MARK_PLAIN,
	MEMBAR_MARK_RELAXED,
	MEMBAR_MARK_ACQUIRE,
	MEMBAR_MARK_RELEASE,
	MEMBAR_MARK_FULL,
	MEMBAR_MARK_NORETURN,	/* an atomic operation that returns nothing */
};

enum membar_fence {
	MEMBAR_FENCE_COMPILER,
	MEMBAR_FENCE_FULL,
	MEMBAR_FENCE_READ,
	MEMBAR_FENCE_WRITE,
	MEMBAR_FENCE_ACQUIRE,
	MEMBAR_FENCE_RELEASE,
	MEMBAR_FENCE_BEFORE_ATOMIC,
	MEMBAR_FENCE_AFTER_ATOMIC,
	MEMBAR_FENCE_AFTER_SPINLOCK,
	MEMBAR_FENCE_AFTER_UNLOCK_LOCK,
	MEMBAR_FENCE_AFTER_SRCU_UNLOCK,
	MEMBAR_FENCE_RCU_LOCK,
	MEMBAR_FENCE_RCU_UNLOCK,
	MEMBAR_FENCE_SYNC_RCU,
	MEMBAR_NR_FENCES,
};

/* When a read-modify-write operation stores. */
enum membar_guard {
	MEMBAR_GUARD_NONE,	/* always */
	MEMBAR_GUARD_EQUAL,	/* if it found what was expected */
	MEMBAR_GUARD_UNEQUAL,	/* if it found anything else */
	MEMBAR_GUARD_NOT_NEGATIVE,
	MEMBAR_GUARD_NOT_POSITIVE,
	MEMBAR_GUARD_RESULT_NOT_NEGATIVE,
};

/* What a read-modify-write operation returns. */
enum membar_returns {
	MEMBAR_RETURNS_NOTHING,
	MEMBAR_RETURNS_OLD,
	MEMBAR_RETURNS_NEW,
	MEMBAR_RETURNS_STORED,	/* whether it stored */
	MEMBAR_RETURNS_ZERO,	/* whether the new value is 0 */
	MEMBAR_RETURNS_NEGATIVE,
};

#define MEMBAR_NO_REG	0xff

/**
 * struct membar_op - one operation of a thread
 * @kind: enum membar_op_kind
 * @mark: of an access
 * @fence: of a fence
 * @arithmetic: enum membar_node_kind, of a read-modify-write operation
 * @guard: enum membar_guard, likewise
 * @result: enum membar_returns, likewise
 * @reg: where the result goes, or MEMBAR_NO_REG
 * @old_reg: where a failed try_cmpxchg() puts what it found
 * @unpromised: a fence that promises nothing between CPUs (dma)
 * @flavour: of a fence that has one
 * @expedited: a grace period that shall not take long
 * @with_fence: a store and the full fence after it, which is the next operation,
 *		are one call
 * @name: of a read-modify-write operation, as the table in arch/table.h has it
 * @statement: operations of one statement have the same number; none of them
 *	       comes before another in program order unless it depends on it
 * @target: of a block, the operation at which it ends
 * @address: what is accessed
 * @value: what is stored, the operand, or the condition
 * @expected: what is compared with what was found
 */
struct membar_op {
	u8 kind;
	u8 mark;
	u8 fence;
	u8 arithmetic;
	u8 guard;
	u8 result;
	u8 reg;
	u8 old_reg;
	u8 unpromised;
	u8 flavour;
	u8 expedited;
	u8 with_fence;
	u8 statement;
	u8 target;
	const char *name;
	struct membar_expr address;
	struct membar_expr value;
	struct membar_expr expected;
};

/*
 * Conditions
 * ==========
 *
 * In postfix order as well.
 */
enum membar_term_kind {
	MEMBAR_TERM_TRUE,
	MEMBAR_TERM_FALSE,
	MEMBAR_TERM_EQUAL,	/* left and right place or number */
	MEMBAR_TERM_NOT,
	MEMBAR_TERM_AND,
	MEMBAR_TERM_OR,
};

/* Something whose final value can be asked for. */
struct membar_place {
	u8 thread;		/* MEMBAR_PLACE_VAR or MEMBAR_PLACE_NUMBER */
	u8 index;		/* of the register or the variable */
};

#define MEMBAR_PLACE_VAR	0xfe
#define MEMBAR_PLACE_NUMBER	0xff

struct membar_term {
	u8 kind;
	struct membar_place left;
	struct membar_place right;
	s64 number;		/* if the right one is MEMBAR_PLACE_NUMBER */
};

struct membar_condition {
	u16 first;
	u16 nr;			/* 0: none */
};

enum membar_quantifier {
	MEMBAR_EXISTS,
	MEMBAR_NOT_EXISTS,
	MEMBAR_FORALL,
};

/* In how many executions a condition holds; also what a file states. */
enum membar_observation {
	MEMBAR_OBS_NONE,	/* not stated */
	MEMBAR_OBS_NEVER,
	MEMBAR_OBS_SOMETIMES,
	MEMBAR_OBS_ALWAYS,
	MEMBAR_NR_OBS,
};

extern const char *const membar_observation_names[MEMBAR_NR_OBS];

/*
 * Programs
 * ========
 */

struct membar_register {
	char name[MEMBAR_PROGRAM_IDENT];	/* "" if it has none */
	s64 initial;
};

struct membar_thread {
	u8 nr_ops;
	u8 nr_regs;
	struct membar_op op[MEMBAR_PROGRAM_OPS];
	struct membar_register reg[MEMBAR_PROGRAM_REGS];
};

struct membar_variable {
	char name[MEMBAR_PROGRAM_IDENT];
	s64 initial;
};

/**
 * struct membar_program - a litmus test as its file has it
 * @name: the test's own, from the first line
 * @stated: the "Result:" in a comment, if there is one
 * @quantifier: of the condition
 * @condition: what is asked about
 * @filter: executions that do not fulfil it are not considered
 * @nr_threads: how many there are, and likewise below
 * @nr_vars: variables
 * @nr_shown: places that "locations" names
 * @nr_nodes: of all expressions together
 * @nr_terms: of both conditions together
 * @shown: what "locations" names
 * @thread: in the order of their numbers
 * @var: the variables, in the order in which they are first named
 * @node: the expressions
 * @term: the conditions
 */
struct membar_program {
	char name[MEMBAR_PROGRAM_TITLE];
	u8 stated;
	u8 quantifier;
	struct membar_condition condition;
	struct membar_condition filter;
	u8 nr_threads;
	u8 nr_vars;
	u8 nr_shown;
	u16 nr_nodes;
	u16 nr_terms;
	struct membar_place shown[MEMBAR_PROGRAM_SHOWN];
	struct membar_thread thread[MEMBAR_PROGRAM_THREADS];
	struct membar_variable var[MEMBAR_PROGRAM_VARS];
	struct membar_node node[MEMBAR_PROGRAM_NODES];
	struct membar_term term[MEMBAR_PROGRAM_TERMS];
};

/**
 * membar_litmus_parse() - read a litmus file
 * @text: all of it; need not end in a null byte
 * @len: bytes in @text
 * @program: of no use unless 0 is returned
 * @why: on failure the line, the column, and what was expected; may be NULL
 *
 * Return: 0 or -EINVAL
 */
int membar_litmus_parse(const char *text, size_t len,
			struct membar_program *program,
			struct membar_why *why);

/*
 * The table of operations
 * =======================
 */

/**
 * struct membar_operation - an operation by its name
 * @name: as it is written in a file
 * @arguments: a letter for each: "d" a pointer with a '*' before it, "p" a
 *	       pointer, "v" a value, "e" the value expected, "r" the address
 *	       of the register with the value expected, "o" an order
 * @op: what it does
 * @one: the operand is 1
 * @zero_expected: what was found is compared with 0
 * @full_after: a full fence follows
 */
struct membar_operation {
	const char *name;
	const char *arguments;
	struct membar_op op;
	bool one;
	bool zero_expected;
	bool full_after;
};

/* Fills in @operation; false if nothing has that name. */
bool membar_operation_find(const char *name, size_t len,
			   struct membar_operation *operation);

/* Gives @op the order that was written; false if it does not take that one. */
bool membar_operation_order(struct membar_op *op, const char *name,
			    size_t len);

/*
 * Words of a file
 * ===============
 */

enum membar_token_kind {
	MEMBAR_TOKEN_END,
	MEMBAR_TOKEN_NAME,
	MEMBAR_TOKEN_NUMBER,
	MEMBAR_TOKEN_SYMBOL,
	MEMBAR_TOKEN_STRING,
	MEMBAR_TOKEN_BAD,
};

struct membar_token {
	u8 kind;
	u32 line;
	u32 column;
	const char *text;
	size_t len;
	s64 number;		/* of MEMBAR_TOKEN_NUMBER only */
};

/**
 * struct membar_lexer - where one is in a file
 * @at: the next character
 * @end: past the last one
 * @line: of @at, from 1
 * @start: first character of that line
 * @in_body: "(" and "*" are two words, not the start of a comment
 * @complaint: why the last token is MEMBAR_TOKEN_BAD
 * @stated: the last "Result:" in a comment
 */
struct membar_lexer {
	const char *at;
	const char *end;
	const char *start;
	u32 line;
	bool in_body;
	const char *complaint;
	u8 stated;
};

void membar_lexer_init(struct membar_lexer *lexer, const char *text,
		       size_t len);
void membar_lexer_next(struct membar_lexer *lexer, struct membar_token *token);
/* Skip the rest of the line, which is no part of the grammar. */
void membar_lexer_skip_line(struct membar_lexer *lexer);

#endif /* _MEMBAR_PROGRAM_H */
