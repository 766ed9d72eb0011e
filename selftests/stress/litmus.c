// SPDX-License-Identifier: GPL-2.0
/*
 * The parser of litmus files: the title, the threads, and how the parts follow
 * one another.
 */
#include "parser.h"

/*
 * Threads
 * =======
 */

/* @stars of the parameter's type have been read. */
static int parse_parameter(struct membar_parser *p, int stars)
{
	int var, reg;

	if (stars < 0)
		return -EINVAL;
	if (!stars)
		return membar_unexpected(p, "'*' (a parameter is a pointer)");
	reg = membar_add_register(p, p->thread);
	if (reg < 0 || membar_copy_name(p, p->thread->reg[reg].name))
		return -EINVAL;
	var = membar_take_variable(p);
	if (var < 0)
		return -EINVAL;
	p->thread->reg[reg].initial = membar_address_of(var);
	return 0;
}

static int parse_parameters(struct membar_parser *p)
{
	int stars = 0;

	if (membar_need(p, "("))
		return -EINVAL;
	if (membar_take(p, ")"))
		return 0;
	/* Either a list of nothing or a pointer to void. */
	if (membar_take(p, "void")) {
		if (membar_take(p, ")"))
			return 0;
		while (membar_take(p, "*"))
			stars++;
	} else {
		stars = membar_skip_type(p);
	}
	while (!parse_parameter(p, stars)) {
		if (!membar_take(p, ","))
			return membar_need(p, ")");
		stars = membar_skip_type(p);
	}
	return -EINVAL;
}

/* "P" and a number without a leading zero; -1 if the word is anything else. */
static int thread_number(const struct membar_parser *p)
{
	const char *text = p->token.text;

	/* No character of a name comes before the digits. */
	if (p->token.kind != MEMBAR_TOKEN_NAME || p->token.len != 2 ||
	    text[0] != 'P' || text[1] > '9')
		return -1;
	return text[1] - '0';
}

static int parse_thread(struct membar_parser *p)
{
	struct membar_program *program = p->program;
	char wanted[] = "'P0', the next thread";

	wanted[2] += program->nr_threads;
	membar_take(p, "static");
	membar_take(p, "void");
	if (thread_number(p) != program->nr_threads)
		return membar_unexpected(p, wanted);
	if (program->nr_threads == MEMBAR_PROGRAM_THREADS)
		return membar_refuse_at(p, "more than %u threads",
					MEMBAR_PROGRAM_THREADS);
	p->thread = &program->thread[program->nr_threads++];
	membar_next(p);
	if (parse_parameters(p))
		return -EINVAL;
	if (!membar_token_is(p, "{"))
		return membar_unexpected(p, "'{'");
	p->lexer.in_body = true;
	membar_next(p);
	while (!membar_token_is(p, "}"))
		if (membar_parse_statement(p))
			return -EINVAL;
	p->lexer.in_body = false;
	membar_next(p);
	return 0;
}

static bool at_thread(const struct membar_parser *p)
{
	return membar_token_is(p, "static") || membar_token_is(p, "void") ||
	       thread_number(p) >= 0;
}

static int parse_threads(struct membar_parser *p)
{
	struct membar_program *program = p->program;
	unsigned int t;

	do {
		if (parse_thread(p))
			return -EINVAL;
	} while (at_thread(p));

	for (t = program->nr_threads; t < MEMBAR_PROGRAM_THREADS; t++)
		if (program->thread[t].nr_regs)
			return membar_refuse_at(p,
						"the initial state names thread %u, which is missing",
						t);
	return 0;
}

/*
 * Files
 * =====
 */

/* "C" and a name, which may have any characters but blanks. */
static int parse_title(struct membar_parser *p)
{
	struct membar_lexer *lexer = &p->lexer;
	size_t n = 0;

	if (!membar_token_is(p, "C"))
		return membar_unexpected(p, "'C' and the name of the test");
	while (lexer->at < lexer->end && (*lexer->at == ' ' ||
					  *lexer->at == '\t'))
		lexer->at++;
	while (lexer->at < lexer->end && (unsigned char)*lexer->at > ' ' &&
	       n < MEMBAR_PROGRAM_TITLE - 1)
		p->program->name[n++] = *lexer->at++;
	membar_next(p);
	if (!n)
		return membar_unexpected(p,
					 "the name of the test on its first line");
	return 0;
}

/* Strings and KEY=... lines, which generators put before the initial state. */
static int skip_header(struct membar_parser *p)
{
	while (!membar_token_is(p, "{")) {
		if (p->token.kind == MEMBAR_TOKEN_STRING) {
			membar_next(p);
			continue;
		}
		if (p->token.kind != MEMBAR_TOKEN_NAME)
			return membar_unexpected(p,
						 "'{' and the initial state");
		membar_next(p);
		if (!membar_token_is(p, "="))
			return membar_unexpected(p, "'='");
		membar_lexer_skip_line(&p->lexer);
		membar_next(p);
	}
	return 0;
}

int membar_litmus_parse(const char *text, size_t len,
			struct membar_program *program,
			struct membar_why *why)
{
	int err;
	struct membar_parser p = {
		.program = program,
		.why = why,
	};

	memset(program, 0, sizeof(*program));
	membar_lexer_init(&p.lexer, text, len);
	membar_next(&p);
	err = parse_title(&p) ?: skip_header(&p) ?:
	      membar_parse_initial_state(&p) ?: parse_threads(&p) ?:
	      membar_parse_end(&p);
	program->stated = p.lexer.stated;
	return err;
}
MEMBAR_EXPORT_TO_KUNIT(membar_litmus_parse);
