/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The parser of litmus files: what its files share.
 *
 *	litmus.c	the file as a whole, and its threads
 *	initial.c	the initial state
 *	statement.c	statements
 *	expression.c	expressions, and operations
 *	condition.c	locations, filter and condition
 *	parser.c	what all of them use
 *
 * It is a recursive descent with one word of lookahead: each function reads one
 * construct of the grammar in Documentation/litmus-files.rst, and expects to be at
 * the first word of it.  A function that returns an int returns -EINVAL after a
 * refusal.
 */
#ifndef _MEMBAR_PARSER_H
#define _MEMBAR_PARSER_H

#include "program.h"

/**
 * struct membar_parser - where the parser is
 * @lexer: where the next word comes from
 * @token: the word that comes next in the grammar
 * @program: what has been read so far
 * @why: where a refusal goes, or NULL
 * @thread: the one that is read
 * @nr_scratch: nodes of expressions that are not complete
 * @depth: how deeply the constructs are nested
 * @statement: number of the first operation of the statement
 */
struct membar_parser {
	struct membar_lexer lexer;
	struct membar_token token;
	struct membar_program *program;
	struct membar_why *why;
	struct membar_thread *thread;
	u16 nr_scratch;
	u8 depth;
	u8 statement;
};

/*
 * Words and refusals
 * ==================
 */

/* Refuse the file, at the word that comes next. */
int __printf(2, 3) membar_refuse_at(struct membar_parser *p, const char *fmt,
				    ...);
/* Refuse that word, where @what was expected. */
int membar_unexpected(struct membar_parser *p, const char *what);

/* How much of the word a refusal repeats. */
static inline int membar_token_len(const struct membar_parser *p)
{
	return p->token.len < 32 ? p->token.len : 32;
}

static inline void membar_next(struct membar_parser *p)
{
	membar_lexer_next(&p->lexer, &p->token);
}

bool membar_token_is(const struct membar_parser *p, const char *text);
/* Whether the word is one of @nr words. */
bool membar_token_in(const struct membar_parser *p, const char *const *words,
		     size_t nr);
/* Skip the word if it is @text; whether it was. */
bool membar_take(struct membar_parser *p, const char *text);
/* The same, and refuse any other word. */
int membar_need(struct membar_parser *p, const char *text);
/* One level deeper; refused if that is too deep.  The caller leaves it. */
int membar_enter(struct membar_parser *p);

/*
 * Names, numbers and types
 * ========================
 */

/* Copy the name that the word is to @to, of MEMBAR_PROGRAM_IDENT characters. */
int membar_copy_name(struct membar_parser *p, char *to);
/* The variable that the word names, or -1. */
int membar_find_variable(const struct membar_parser *p);
/* The variable that the word names; a new one if there is none yet. */
int membar_take_variable(struct membar_parser *p);
/* The register of the thread that the word names, or -1. */
int membar_find_register(const struct membar_parser *p,
			 const struct membar_thread *thread);
/* A new register of the thread, without a name. */
int membar_add_register(struct membar_parser *p, struct membar_thread *thread);
/* The register that the word names; a new one if there is none yet. */
int membar_take_register(struct membar_parser *p,
			 struct membar_thread *thread);

/* A number, perhaps negative. */
int membar_parse_integer(struct membar_parser *p, s64 *value);
/* The number of a thread and a ':'. */
int membar_parse_thread_index(struct membar_parser *p,
			      unsigned int nr_threads);

bool membar_at_type(const struct membar_parser *p);
/* Skip a type; returns the number of '*' in it, or -EINVAL. */
int membar_skip_type(struct membar_parser *p);

/*
 * Parts of a file
 * ===============
 */

/* Add an operation to the statement. */
int membar_add_op(struct membar_parser *p, const struct membar_op *op);

int membar_parse_expr(struct membar_parser *p, struct membar_expr *expr);
/* An operand, without operators after it, as an expression. */
int membar_parse_operand(struct membar_parser *p, struct membar_expr *expr);
/* The call of an operation, at its opening parenthesis. */
int membar_parse_call(struct membar_parser *p,
		      const struct membar_operation *row,
		      struct membar_op *op);
/* Refuse a name that is followed by a parenthesis and is no operation. */
int membar_unknown_call(struct membar_parser *p,
			const struct membar_token *name);

int membar_parse_statement(struct membar_parser *p);
/* At the '{'. */
int membar_parse_initial_state(struct membar_parser *p);
/* Everything after the threads. */
int membar_parse_end(struct membar_parser *p);

#endif /* _MEMBAR_PARSER_H */
