// SPDX-License-Identifier: GPL-2.0
/*
 * The parser of what follows the threads in litmus files: locations, filter and
 * condition.
 */
#include "parser.h"

static int add_term(struct membar_parser *p, const struct membar_term *term)
{
	struct membar_program *program = p->program;

	if (program->nr_terms == MEMBAR_PROGRAM_TERMS)
		return membar_refuse_at(p, "a condition of more than %u parts",
					MEMBAR_PROGRAM_TERMS);
	program->term[program->nr_terms++] = *term;
	return 0;
}

static int add_term_kind(struct membar_parser *p, enum membar_term_kind kind)
{
	struct membar_term term = { .kind = kind };

	return add_term(p, &term);
}

/* A register by its thread, at the ':'. */
static int parse_register_place(struct membar_parser *p, unsigned int thread,
				struct membar_place *place)
{
	int reg = membar_find_register(p, &p->program->thread[thread]);

	if (p->token.kind != MEMBAR_TOKEN_NAME)
		return membar_unexpected(p, "a register");
	if (reg < 0)
		return membar_refuse_at(p, "thread %u has no register '%.*s'",
					thread, membar_token_len(p),
					p->token.text);
	membar_next(p);
	place->thread = thread;
	place->index = reg;
	return 0;
}

static int parse_variable_place(struct membar_parser *p,
				struct membar_place *place)
{
	int var = membar_find_variable(p);

	if (var < 0)
		return membar_refuse_at(p, "no thread has a variable '%.*s'",
					membar_token_len(p), p->token.text);
	membar_next(p);
	place->thread = MEMBAR_PLACE_VAR;
	place->index = var;
	return 0;
}

static int parse_place(struct membar_parser *p, struct membar_place *place)
{
	int thread;

	if (p->token.kind == MEMBAR_TOKEN_NUMBER) {
		thread = membar_parse_thread_index(p, p->program->nr_threads);
		return thread < 0 ? -EINVAL :
				    parse_register_place(p, thread, place);
	}
	if (membar_take(p, "["))
		return parse_variable_place(p, place) ?: membar_need(p, "]");
	if (p->token.kind != MEMBAR_TOKEN_NAME)
		return membar_unexpected(p, "a register or a variable");
	return parse_variable_place(p, place);
}

/* The right side: a number, the address of a variable, or a register. */
static int parse_right_side(struct membar_parser *p, struct membar_term *term)
{
	s64 thread = p->token.number;
	int var;

	term->right.thread = MEMBAR_PLACE_NUMBER;
	if (p->token.kind == MEMBAR_TOKEN_NUMBER) {
		term->number = p->token.number;
		membar_next(p);
		if (!membar_take(p, ":"))
			return 0;
		if (thread >= p->program->nr_threads)
			return membar_refuse_at(p, "there is no thread %u",
						(unsigned int)thread);
		return parse_register_place(p, thread, &term->right);
	}
	if (membar_token_is(p, "-"))
		return membar_parse_integer(p, &term->number);
	membar_take(p, "&");
	if (p->token.kind != MEMBAR_TOKEN_NAME)
		return membar_unexpected(p,
					 "a number, a variable or a register");
	var = membar_find_variable(p);
	if (var < 0)
		return membar_refuse_at(p, "no thread has a variable '%.*s'",
					membar_token_len(p), p->token.text);
	membar_next(p);
	term->number = membar_address_of(var);
	return 0;
}

static int parse_atom(struct membar_parser *p)
{
	struct membar_term term = { .kind = MEMBAR_TERM_EQUAL };
	bool unequal;

	if (parse_place(p, &term.left))
		return -EINVAL;
	unequal = membar_take(p, "!=") || membar_take(p, "<>");
	if (!unequal && !membar_take(p, "=") && !membar_take(p, "=="))
		return membar_unexpected(p, "'=' or '!='");
	if (parse_right_side(p, &term) || add_term(p, &term))
		return -EINVAL;
	return unequal ? add_term_kind(p, MEMBAR_TERM_NOT) : 0;
}

static int parse_or(struct membar_parser *p);

static int parse_not_condition(struct membar_parser *p)
{
	int err;

	if (membar_enter(p))
		return -EINVAL;
	if (membar_take(p, "~") || membar_take(p, "not"))
		err = parse_not_condition(p) ?:
		      add_term_kind(p, MEMBAR_TERM_NOT);
	else if (membar_take(p, "("))
		err = parse_or(p) ?: membar_need(p, ")");
	else if (membar_take(p, "true"))
		err = add_term_kind(p, MEMBAR_TERM_TRUE);
	else if (membar_take(p, "false"))
		err = add_term_kind(p, MEMBAR_TERM_FALSE);
	else
		err = parse_atom(p);
	p->depth--;
	return err;
}

static int parse_and(struct membar_parser *p)
{
	int err = parse_not_condition(p);

	while (!err && membar_take(p, "/\\"))
		err = parse_not_condition(p) ?:
		      add_term_kind(p, MEMBAR_TERM_AND);
	return err;
}

/* a => b is "not a, or b". */
static int parse_or(struct membar_parser *p)
{
	int err = membar_enter(p) ?: parse_and(p);

	while (!err && membar_take(p, "\\/"))
		err = parse_and(p) ?: add_term_kind(p, MEMBAR_TERM_OR);
	if (!err && membar_take(p, "=>"))
		err = add_term_kind(p, MEMBAR_TERM_NOT) ?: parse_or(p) ?:
		      add_term_kind(p, MEMBAR_TERM_OR);
	p->depth--;
	return err;
}

static int parse_condition(struct membar_parser *p, struct membar_condition *c)
{
	c->first = p->program->nr_terms;
	if (parse_or(p))
		return -EINVAL;
	c->nr = p->program->nr_terms - c->first;
	return 0;
}

static int parse_locations(struct membar_parser *p)
{
	struct membar_program *program = p->program;

	if (membar_need(p, "["))
		return -EINVAL;
	while (!membar_take(p, "]")) {
		if (membar_take(p, ";"))
			continue;
		if (program->nr_shown == MEMBAR_PROGRAM_SHOWN)
			return membar_refuse_at(p, "more than %u locations",
						MEMBAR_PROGRAM_SHOWN);
		if (parse_place(p, &program->shown[program->nr_shown]))
			return -EINVAL;
		program->nr_shown++;
	}
	return 0;
}

static int parse_quantifier(struct membar_parser *p)
{
	u8 *quantifier = &p->program->quantifier;

	if (membar_take(p, "exists")) {
		*quantifier = MEMBAR_EXISTS;
		return 0;
	}
	if (membar_take(p, "forall")) {
		*quantifier = MEMBAR_FORALL;
		return 0;
	}
	if (!membar_take(p, "~"))
		return membar_unexpected(p, "'exists', '~exists' or 'forall'");
	*quantifier = MEMBAR_NOT_EXISTS;
	return membar_need(p, "exists");
}

int membar_parse_end(struct membar_parser *p)
{
	struct membar_program *program = p->program;

	if (membar_take(p, "locations") && parse_locations(p))
		return -EINVAL;
	if (membar_take(p, "filter") && parse_condition(p, &program->filter))
		return -EINVAL;
	if (membar_take(p, "locations") && parse_locations(p))
		return -EINVAL;
	if (parse_quantifier(p) || parse_condition(p, &program->condition))
		return -EINVAL;
	if (p->token.kind != MEMBAR_TOKEN_END)
		return membar_unexpected(p, "the end of the file");
	return 0;
}
