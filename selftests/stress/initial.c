// SPDX-License-Identifier: GPL-2.0
/*
 * The parser of the initial state of litmus files.
 */
#include "parser.h"

/* A number, or a variable for its address. */
static int parse_value(struct membar_parser *p, s64 *value)
{
	bool braces = membar_take(p, "{");
	int var;

	if (membar_take(p, "ATOMIC_INIT")) {
		if (membar_need(p, "(") || membar_parse_integer(p, value) ||
		    membar_need(p, ")"))
			return -EINVAL;
		return braces ? membar_need(p, "}") : 0;
	}
	if (braces)
		return membar_unexpected(p, "'ATOMIC_INIT'");
	if (membar_take(p, "(") &&
	    (membar_skip_type(p) < 0 || membar_need(p, ")")))
		return -EINVAL;
	if (p->token.kind == MEMBAR_TOKEN_NUMBER || membar_token_is(p, "-"))
		return membar_parse_integer(p, value);
	*value = 0;
	if (membar_take(p, "NULL"))
		return 0;
	membar_take(p, "&");
	if (p->token.kind != MEMBAR_TOKEN_NAME)
		return membar_unexpected(p, "a number or a variable");
	var = membar_take_variable(p);
	if (var < 0)
		return -EINVAL;
	*value = membar_address_of(var);
	return 0;
}

/* Where the initial value of a variable or a register goes. */
static s64 *parse_target(struct membar_parser *p)
{
	bool brackets;
	int i, thread;

	if (p->token.kind == MEMBAR_TOKEN_NUMBER) {
		thread = membar_parse_thread_index(p, MEMBAR_PROGRAM_THREADS);
		if (thread < 0)
			return NULL;
		i = membar_take_register(p, &p->program->thread[thread]);
		return i < 0 ? NULL :
			       &p->program->thread[thread].reg[i].initial;
	}
	brackets = membar_take(p, "[");
	if (p->token.kind != MEMBAR_TOKEN_NAME) {
		membar_unexpected(p, "a variable, a register or '}'");
		return NULL;
	}
	i = membar_take_variable(p);
	if (i < 0 || (brackets && membar_need(p, "]")))
		return NULL;
	return &p->program->var[i].initial;
}

int membar_parse_initial_state(struct membar_parser *p)
{
	s64 *target;

	membar_next(p);
	while (!membar_take(p, "}")) {
		if (membar_take(p, ";"))
			continue;
		if (membar_at_type(p) && membar_skip_type(p) < 0)
			return -EINVAL;
		target = parse_target(p);
		if (!target)
			return -EINVAL;
		if (membar_take(p, "=") && parse_value(p, target))
			return -EINVAL;
		if (!membar_token_is(p, "}") && membar_need(p, ";"))
			return -EINVAL;
	}
	return 0;
}
