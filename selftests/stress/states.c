// SPDX-License-Identifier: GPL-2.0
/*
 * The outcomes of a litmus program, and the program without its order.
 */
#include "states.h"

/*
 * Places
 * ======
 */

static int find_place(const struct membar_places *places,
		      const struct membar_place *place)
{
	unsigned int i;

	for (i = 0; i < places->nr; i++)
		if (places->place[i].thread == place->thread &&
		    places->place[i].index == place->index)
			return i;
	return -1;
}

static int add_place(struct membar_places *places,
		     const struct membar_place *place, struct membar_why *why)
{
	if (place->thread == MEMBAR_PLACE_NUMBER ||
	    find_place(places, place) >= 0)
		return 0;
	if (places->nr == MEMBAR_MAX_PLACES)
		return membar_refuse(why, "more than %u values are observed",
				     MEMBAR_MAX_PLACES);
	places->place[places->nr++] = *place;
	if (place->thread != MEMBAR_PLACE_VAR)
		places->registers[place->thread]++;
	return 0;
}

static int add_condition(const struct membar_program *program,
			 const struct membar_condition *condition,
			 struct membar_places *places, struct membar_why *why)
{
	const struct membar_term *term = program->term + condition->first;
	unsigned int i;
	int err = 0;

	for (i = 0; i < condition->nr && !err; i++, term++)
		if (term->kind == MEMBAR_TERM_EQUAL)
			err = add_place(places, &term->left, why) ?:
			      add_place(places, &term->right, why);
	return err;
}

int membar_places_find(const struct membar_program *program,
		       struct membar_places *places, struct membar_why *why)
{
	unsigned int i;
	int err;

	memset(places, 0, sizeof(*places));
	err = add_condition(program, &program->condition, places, why);
	for (i = 0; i < program->nr_shown && !err; i++)
		err = add_place(places, &program->shown[i], why);
	return err ?: add_condition(program, &program->filter, places, why);
}
MEMBAR_EXPORT_TO_KUNIT(membar_places_find);

/*
 * Conditions
 * ==========
 */

static bool terms_equal(const struct membar_term *term,
			const struct membar_places *places, const s64 *value)
{
	s64 left = value[find_place(places, &term->left)];

	if (term->right.thread == MEMBAR_PLACE_NUMBER)
		return left == term->number;
	return left == value[find_place(places, &term->right)];
}

bool membar_condition_holds(const struct membar_program *program,
			    const struct membar_condition *condition,
			    const struct membar_places *places,
			    const s64 *value)
{
	const struct membar_term *term = program->term + condition->first;
	/* As deep as a condition has terms, the deepest bit is the last one. */
	bool stack[MEMBAR_PROGRAM_TERMS];
	unsigned int i, used = 0;

	if (!condition->nr)
		return true;
	for (i = 0; i < condition->nr; i++, term++) {
		switch (term->kind) {
		case MEMBAR_TERM_TRUE:
		case MEMBAR_TERM_FALSE:
			stack[used++] = term->kind == MEMBAR_TERM_TRUE;
			break;
		case MEMBAR_TERM_EQUAL:
			stack[used++] = terms_equal(term, places, value);
			break;
		case MEMBAR_TERM_NOT:
			stack[used - 1] = !stack[used - 1];
			break;
		case MEMBAR_TERM_AND:
			used--;
			stack[used - 1] = stack[used - 1] && stack[used];
			break;
		default: /* MEMBAR_TERM_OR */
			used--;
			stack[used - 1] = stack[used - 1] || stack[used];
			break;
		}
	}
	return stack[0];
}
MEMBAR_EXPORT_TO_KUNIT(membar_condition_holds);

/*
 * States
 * ======
 */

/* Called for each instance: most of them differ in the first value. */
int membar_states_find(const struct membar_states *states, const s64 *value)
{
	const s64 *known = states->value;
	unsigned int i, k;

	for (i = 0; i < states->nr; i++, known += states->width) {
		for (k = 0; k < states->width; k++)
			if (known[k] != value[k])
				break;
		if (k == states->width)
			return i;
	}
	return -1;
}
MEMBAR_EXPORT_TO_KUNIT(membar_states_find);

unsigned int membar_states_add(struct membar_states *states, const s64 *value,
			       bool asked)
{
	int found = membar_states_find(states, value);

	if (found >= 0)
		return found;
	if (states->nr == MEMBAR_OTHER_STATES)
		return MEMBAR_OTHER_STATES;
	memcpy(states->value + states->nr * states->width, value,
	       states->width * sizeof(*value));
	states->asked[states->nr] = asked;
	return states->nr++;
}
MEMBAR_EXPORT_TO_KUNIT(membar_states_add);

int membar_place_name(const struct membar_program *program,
		      const struct membar_place *place, s64 value, char *buf,
		      size_t size)
{
	const int var = membar_variable_at(value, program->nr_vars);
	int n;

	if (place->thread == MEMBAR_PLACE_VAR)
		n = scnprintf(buf, size, "%s=", program->var[place->index].name);
	else
		n = scnprintf(buf, size, "%u:%s=", place->thread,
			      program->thread[place->thread]
				.reg[place->index].name);
	if (var >= 0)
		return n + scnprintf(buf + n, size - n, "%s",
				     program->var[var].name);
	return n + scnprintf(buf + n, size - n, "%lld", (long long)value);
}
MEMBAR_EXPORT_TO_KUNIT(membar_place_name);

/*
 * The control
 * ===========
 */

static void weaken(struct membar_op *op)
{
	op->with_fence = false;
	switch (op->kind) {
	case MEMBAR_OP_LOAD:
	case MEMBAR_OP_STORE:
	case MEMBAR_OP_RMW:
		if (op->mark == MEMBAR_MARK_ACQUIRE ||
		    op->mark == MEMBAR_MARK_RELEASE ||
		    op->mark == MEMBAR_MARK_FULL)
			op->mark = MEMBAR_MARK_RELAXED;
		break;
	case MEMBAR_OP_FENCE:
	case MEMBAR_OP_LOCK:
	case MEMBAR_OP_UNLOCK:
	case MEMBAR_OP_SRCU_UNLOCK:
	case MEMBAR_OP_SRCU_SYNC:
		op->kind = MEMBAR_OP_FENCE;
		op->fence = MEMBAR_FENCE_COMPILER;
		break;
	}
}

void membar_program_weaken(const struct membar_program *program,
			   struct membar_program *weak)
{
	unsigned int t, i;

	*weak = *program;
	weak->stated = MEMBAR_OBS_NONE;
	for (t = 0; t < weak->nr_threads; t++)
		for (i = 0; i < weak->thread[t].nr_ops; i++)
			weaken(&weak->thread[t].op[i]);
}
MEMBAR_EXPORT_TO_KUNIT(membar_program_weaken);
