// SPDX-License-Identifier: GPL-2.0
/*
 * What all parts of the parser of litmus files use: words, refusals, names and
 * types.
 */
#include "parser.h"

/*
 * Words and refusals
 * ==================
 */

int membar_refuse_at(struct membar_parser *p, const char *fmt, ...)
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

int membar_unexpected(struct membar_parser *p, const char *what)
{
	switch (p->token.kind) {
	case MEMBAR_TOKEN_END:
		return membar_refuse_at(p,
					"expected %s, found the end of the file",
					what);
	case MEMBAR_TOKEN_BAD:
		return membar_refuse_at(p, "%s", p->lexer.complaint);
	case MEMBAR_TOKEN_STRING:
		/* Which may have any characters, ends of lines too. */
		return membar_refuse_at(p, "expected %s, found a string", what);
	default:
		return membar_refuse_at(p, "expected %s, found '%.*s'", what,
					membar_token_len(p), p->token.text);
	}
}

bool membar_token_is(const struct membar_parser *p, const char *text)
{
	return (p->token.kind == MEMBAR_TOKEN_SYMBOL ||
		p->token.kind == MEMBAR_TOKEN_NAME) &&
	       strlen(text) == p->token.len &&
	       !memcmp(text, p->token.text, p->token.len);
}

bool membar_token_in(const struct membar_parser *p, const char *const *words,
		     size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (membar_token_is(p, words[i]))
			return true;
	return false;
}

bool membar_take(struct membar_parser *p, const char *text)
{
	if (!membar_token_is(p, text))
		return false;
	membar_next(p);
	return true;
}

int membar_need(struct membar_parser *p, const char *text)
{
	char quoted[16];

	if (membar_take(p, text))
		return 0;
	scnprintf(quoted, sizeof(quoted), "'%s'", text);
	return membar_unexpected(p, quoted);
}

int membar_enter(struct membar_parser *p)
{
	if (p->depth == MEMBAR_PROGRAM_NEST)
		return membar_refuse_at(p, "nested too deeply");
	p->depth++;
	return 0;
}

int membar_copy_name(struct membar_parser *p, char *to)
{
	if (p->token.kind != MEMBAR_TOKEN_NAME)
		return membar_unexpected(p, "a name");
	if (p->token.len >= MEMBAR_PROGRAM_IDENT)
		return membar_refuse_at(p, "a name of more than %u characters",
					MEMBAR_PROGRAM_IDENT - 1);
	memcpy(to, p->token.text, p->token.len);
	to[p->token.len] = '\0';
	return 0;
}

/*
 * Variables and registers
 * =======================
 */

int membar_find_variable(const struct membar_parser *p)
{
	const struct membar_program *program = p->program;
	unsigned int v;

	for (v = 0; v < program->nr_vars; v++)
		if (membar_token_is(p, program->var[v].name))
			return v;
	return -1;
}

int membar_take_variable(struct membar_parser *p)
{
	struct membar_program *program = p->program;
	int v = membar_find_variable(p);

	if (v < 0) {
		if (program->nr_vars == MEMBAR_PROGRAM_VARS)
			return membar_refuse_at(p, "more than %u variables",
						MEMBAR_PROGRAM_VARS);
		v = program->nr_vars;
		if (membar_copy_name(p, program->var[v].name))
			return -EINVAL;
		program->nr_vars++;
	}
	membar_next(p);
	return v;
}

int membar_find_register(const struct membar_parser *p,
			 const struct membar_thread *thread)
{
	unsigned int r;

	for (r = 0; r < thread->nr_regs; r++)
		if (membar_token_is(p, thread->reg[r].name))
			return r;
	return -1;
}

int membar_add_register(struct membar_parser *p, struct membar_thread *thread)
{
	if (thread->nr_regs == MEMBAR_PROGRAM_REGS)
		return membar_refuse_at(p,
					"more than %u registers and intermediate results in a thread",
					MEMBAR_PROGRAM_REGS);
	return thread->nr_regs++;
}

int membar_take_register(struct membar_parser *p, struct membar_thread *thread)
{
	int r = membar_find_register(p, thread);

	if (r < 0) {
		r = membar_add_register(p, thread);
		if (r < 0 || membar_copy_name(p, thread->reg[r].name))
			return -EINVAL;
	}
	membar_next(p);
	return r;
}

int membar_parse_integer(struct membar_parser *p, s64 *value)
{
	bool negative = membar_take(p, "-");

	if (p->token.kind != MEMBAR_TOKEN_NUMBER)
		return membar_unexpected(p, "a number");
	*value = negative ? -p->token.number : p->token.number;
	membar_next(p);
	return 0;
}

int membar_parse_thread_index(struct membar_parser *p, unsigned int nr_threads)
{
	s64 n = p->token.number;

	if (n >= nr_threads)
		return membar_refuse_at(p, "there is no thread %.*s",
					membar_token_len(p), p->token.text);
	membar_next(p);
	return membar_need(p, ":") ?: (int)n;
}

/*
 * Types: the parser skips them
 * ============================
 */

static bool at_tag(const struct membar_parser *p)
{
	return membar_token_is(p, "struct") || membar_token_is(p, "union") ||
	       membar_token_is(p, "enum");
}

static bool at_qualifier(const struct membar_parser *p)
{
	static const char *const words[] = { "const", "volatile", "__rcu" };

	return membar_token_in(p, words, ARRAY_SIZE(words));
}

static bool at_basic_type(const struct membar_parser *p)
{
	static const char *const words[] = {
		"void", "bool", "_Bool", "char", "short", "int", "long",
		"signed", "unsigned",
		"u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64",
	};

	return membar_token_in(p, words, ARRAY_SIZE(words));
}

/* A name with "_t" at its end is that of a type if a declaration or cast follows. */
static bool at_typedef(const struct membar_parser *p)
{
	const struct membar_token *t = &p->token;
	struct membar_parser ahead = *p;

	if (t->kind != MEMBAR_TOKEN_NAME || t->len <= 2 ||
	    memcmp(t->text + t->len - 2, "_t", 2))
		return false;
	membar_next(&ahead);
	return ahead.token.kind == MEMBAR_TOKEN_NAME ||
	       membar_token_is(&ahead, "*") || membar_token_is(&ahead, ")");
}

bool membar_at_type(const struct membar_parser *p)
{
	return at_qualifier(p) || at_tag(p) || at_basic_type(p) || at_typedef(p);
}

int membar_skip_type(struct membar_parser *p)
{
	bool named = false;
	int stars = 0;

	if (p->token.kind != MEMBAR_TOKEN_NAME)
		return membar_unexpected(p, "a type");
	do {
		stars += membar_token_is(p, "*");
		if (at_tag(p)) {
			membar_next(p);
			if (p->token.kind != MEMBAR_TOKEN_NAME)
				return membar_unexpected(p, "the name of the type");
		}
		named |= !membar_token_is(p, "*") && !at_qualifier(p);
		membar_next(p);
	} while (membar_token_is(p, "*") || at_qualifier(p) || at_basic_type(p) ||
		 (!named && (at_tag(p) || at_typedef(p))));
	return stars;
}
