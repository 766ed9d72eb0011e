// SPDX-License-Identifier: GPL-2.0
/*
 * The parser of litmus files under libFuzzer: whatever the file is, either the
 * refusal says where and why, or the program keeps the bounds that the model
 * relies on and the model ends within its limit.  Not part of the module.
 */
#include "target.h"
#include "match.h"
#include "model.h"

#define LIMIT	20000

static struct membar_program program;
static struct membar_model model;

static void check_refusal(const struct membar_why *why, int err)
{
	const char *c;

	HOLDS(err == -EINVAL);
	HOLDS(strnlen(why->text, sizeof(why->text)) < sizeof(why->text));
	HOLDS(!strncmp(why->text, "line ", 5));
	HOLDS(strstr(why->text, ", column "));
	for (c = why->text; *c; c++)
		HOLDS(*c >= ' ' && *c <= '~');
}

/* The stack of an evaluation neither overflows nor runs empty. */
static void check_expr(const struct membar_expr *expr, unsigned int nr_regs)
{
	unsigned int i, used = 0;

	HOLDS(expr->first + expr->nr <= program.nr_nodes);
	for (i = 0; i < expr->nr; i++) {
		const struct membar_node *node = &program.node[expr->first + i];

		if (node->kind == MEMBAR_NODE_REGISTER)
			HOLDS(node->reg < nr_regs);
		if (node->kind <= MEMBAR_NODE_REGISTER)
			HOLDS(++used <= MEMBAR_PROGRAM_STACK);
		else
			HOLDS(used-- >= 2);
	}
	HOLDS(used == !!expr->nr);
}

static void check_thread(const struct membar_thread *thread)
{
	unsigned int i;

	HOLDS(thread->nr_ops <= MEMBAR_PROGRAM_OPS);
	HOLDS(thread->nr_regs <= MEMBAR_PROGRAM_REGS);
	for (i = 0; i < thread->nr_ops; i++) {
		const struct membar_op *op = &thread->op[i];

		HOLDS(op->reg == MEMBAR_NO_REG || op->reg < thread->nr_regs);
		HOLDS(op->old_reg == MEMBAR_NO_REG ||
		      op->old_reg < thread->nr_regs);
		check_expr(&op->address, thread->nr_regs);
		check_expr(&op->value, thread->nr_regs);
		check_expr(&op->expected, thread->nr_regs);
		if (op->kind == MEMBAR_OP_IF || op->kind == MEMBAR_OP_ELSE)
			HOLDS(op->target > i && op->target < thread->nr_ops);
	}
}

static void check_program(void)
{
	unsigned int t;

	HOLDS(program.nr_threads >= 1);
	HOLDS(program.nr_threads <= MEMBAR_PROGRAM_THREADS);
	HOLDS(program.nr_vars <= MEMBAR_PROGRAM_VARS);
	HOLDS(program.nr_shown <= MEMBAR_PROGRAM_SHOWN);
	HOLDS(program.condition.nr);
	HOLDS(program.condition.first + program.condition.nr <=
	      program.nr_terms);
	HOLDS(strnlen(program.name, sizeof(program.name)) <
	      sizeof(program.name));
	for (t = 0; t < program.nr_threads; t++)
		check_thread(&program.thread[t]);
}

/* The model ends, on whatever program. */
static void check_model(const struct membar_program *tested)
{
	model.limit = LIMIT;
	if (membar_model_run(&model, tested))
		HOLDS(!model.unknown);
	else
		HOLDS(model.unknown);
	HOLDS(model.work < 2 * LIMIT);
}

/* The way of a file to the runner, as far as it needs no kernel. */
static void check_file(void)
{
	static struct membar_program weak;
	s64 value[MEMBAR_MAX_PLACES] = { };
	struct membar_places places;
	struct membar_match match;
	struct membar_why why = { };

	if (membar_places_find(&program, &places, &why)) {
		HOLDS(*why.text);
		return;
	}
	HOLDS(places.nr <= MEMBAR_MAX_PLACES);
	membar_condition_holds(&program, &program.condition, &places, value);
	membar_condition_holds(&program, &program.filter, &places, value);
	if (membar_match_find(&program, &places, &match))
		HOLDS(match.test.shape);
	membar_program_weaken(&program, &weak);
	check_model(&weak);
}

int fuzz_target(const u8 *data, size_t size)
{
	struct membar_why why = { };
	int err;

	err = membar_litmus_parse((const char *)data, size, &program, &why);
	if (err) {
		check_refusal(&why, err);
		return 0;
	}
	check_program();
	check_model(&program);
	check_file();
	return 0;
}
