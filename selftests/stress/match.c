// SPDX-License-Identifier: GPL-2.0
/*
 * Finds the named test that a litmus file is, so that it can run in the loops
 * of that test, which are faster than the interpreter.
 *
 * Only accesses in order, fences, acquire loads and release stores are looked
 * for.  A file says of its dependencies what depends on what, which the named
 * tests leave to their loops.
 */
#include "match.h"

/**
 * struct plain_access - an access of the program
 * @dir: MEMBAR_R or MEMBAR_W
 * @mark: whether it acquires or releases
 * @var: which variable
 * @reg: where a read goes
 * @value: what is written
 */
struct plain_access {
	u8 dir;
	u8 mark;
	u8 var;
	u8 reg;
	s64 value;
};

/**
 * struct plain_thread - a thread of the program, as a named test has it
 * @nr: accesses
 * @access: they
 * @edge: between them
 */
struct plain_thread {
	unsigned int nr;
	struct plain_access access[2];
	enum membar_edge edge;
};

/**
 * struct matcher - a program and how it may be the test
 * @program: it
 * @places: what is observed of it
 * @to: the thread of the program for each thread of the shape
 * @var: the variable for each location, or NO_VARIABLE
 * @thread: its threads
 * @match: what is found
 */
struct matcher {
	const struct membar_program *program;
	const struct membar_places *places;
	u8 to[MEMBAR_MAX_THREADS];
	u8 var[MEMBAR_NR_LOCS];
	struct plain_thread thread[MEMBAR_MAX_THREADS];
	struct membar_match match;
};

#define NO_VARIABLE	0xff

/*
 * Threads
 * =======
 */

/* The variable that @expr is the address of, or -1. */
static int variable_of(const struct membar_program *program,
		       const struct membar_thread *thread, u32 written,
		       const struct membar_expr *expr)
{
	const struct membar_node *node = program->node + expr->first;
	s64 address = node->number;

	if (expr->nr != 1)
		return -1;
	if (node->kind == MEMBAR_NODE_REGISTER) {
		if (written & BIT(node->reg))
			return -1;
		address = thread->reg[node->reg].initial;
	}
	return membar_variable_at(address, program->nr_vars);
}

static u32 written_by(const struct membar_thread *thread)
{
	unsigned int i;
	u32 written = 0;

	for (i = 0; i < thread->nr_ops; i++)
		if (thread->op[i].reg != MEMBAR_NO_REG)
			written |= BIT(thread->op[i].reg);
	return written;
}

/* A fence between the two accesses, or the edge that it already has. */
static bool read_fence(const struct membar_op *op, struct plain_thread *plain)
{
	static const struct {
		u8 flavour;
		u8 fence;
		u8 edge;
	} fences[] = {
#define ROW(FLAVOUR, entry, ORDER, ...)					\
		{ MEMBAR_FLAVOUR_##FLAVOUR, MEMBAR_FENCE_##ORDER,	\
		  MEMBAR_EDGE_##FLAVOUR##_##ORDER },
		MEMBAR_FOR_EACH_BARRIER(ROW)
#undef ROW
	};
	unsigned int i;

	if (plain->nr != 1 || plain->edge != MEMBAR_EDGE_PO)
		return false;
	for (i = 0; i < ARRAY_SIZE(fences); i++) {
		if (fences[i].flavour == op->flavour &&
		    fences[i].fence == op->fence) {
			plain->edge = fences[i].edge;
			return true;
		}
	}
	return false;
}

static bool read_access(const struct matcher *m,
			const struct membar_thread *thread,
			const struct membar_op *op, struct plain_thread *plain)
{
	const struct membar_node *value = m->program->node + op->value.first;
	struct plain_access access = {
		.dir = MEMBAR_R,
		.mark = op->mark,
		.reg = op->reg,
	};
	int var;

	var = variable_of(m->program, thread, written_by(thread),
			  &op->address);
	/* membar_store_mb() is one call, and no edge of a named test. */
	if (plain->nr == 2 || var < 0 || op->with_fence ||
	    (op->mark != MEMBAR_MARK_RELAXED && op->mark != MEMBAR_MARK_ACQUIRE &&
	     op->mark != MEMBAR_MARK_RELEASE))
		return false;
	access.var = var;
	if (op->kind == MEMBAR_OP_STORE) {
		if (op->value.nr != 1 || value->kind != MEMBAR_NODE_NUMBER)
			return false;
		access.dir = MEMBAR_W;
		access.value = value->number;
	}
	plain->access[plain->nr++] = access;
	return true;
}

/* Whether both accesses of the thread have the marks of @edge. */
static bool marks_fit(const struct plain_thread *plain, enum membar_edge edge)
{
	unsigned int i;

	for (i = 0; i < plain->nr; i++) {
		const bool acquires = plain->access[i].mark == MEMBAR_MARK_ACQUIRE;
		const bool releases = plain->access[i].mark == MEMBAR_MARK_RELEASE;

		if (membar_edge_acquires(edge, i) != acquires ||
		    membar_edge_releases(edge, i) != releases)
			return false;
	}
	return true;
}

/* An edge is between two accesses, and is either a fence or their marks. */
static bool choose_edge(struct plain_thread *plain)
{
	enum membar_edge e;

	if (plain->nr < 2 && plain->edge != MEMBAR_EDGE_PO)
		return false;
	if (plain->nr < 2 || plain->edge != MEMBAR_EDGE_PO)
		return marks_fit(plain, MEMBAR_EDGE_PO);
	for (e = 0; e < MEMBAR_NR_EDGES; e++) {
		if (marks_fit(plain, e)) {
			plain->edge = e;
			return true;
		}
	}
	return false;
}

static bool read_thread(const struct matcher *m,
			const struct membar_thread *thread,
			struct plain_thread *plain)
{
	const struct membar_op *op = thread->op;
	unsigned int i;
	bool fits;

	*plain = (struct plain_thread){ .edge = MEMBAR_EDGE_PO };
	for (i = 0; i < thread->nr_ops; i++, op++) {
		switch (op->kind) {
		case MEMBAR_OP_LOAD:
		case MEMBAR_OP_STORE:
			fits = read_access(m, thread, op, plain);
			break;
		case MEMBAR_OP_FENCE:
			fits = read_fence(op, plain);
			break;
		default:
			fits = false;
			break;
		}
		if (!fits)
			return false;
	}
	return choose_edge(plain);
}

/*
 * Shapes
 * ======
 */

/* Takes the variable for the location, unless it has another one. */
static bool take_variable(struct matcher *m, u8 loc, u8 var)
{
	unsigned int l;

	if (m->var[loc] != NO_VARIABLE)
		return m->var[loc] == var;
	for (l = 0; l < MEMBAR_NR_LOCS; l++)
		if (m->var[l] == var)
			return false;
	m->var[loc] = var;
	m->match.value[loc][0] = m->program->var[var].initial;
	return true;
}

static bool take_thread(struct matcher *m, unsigned int t)
{
	const struct membar_shape *shape = m->match.test.shape;
	const struct plain_thread *plain = &m->thread[m->to[t]];
	const struct membar_access *a = shape->thread[t];
	unsigned int i;

	if (plain->nr != 1U + membar_thread_has_edge(shape, t))
		return false;
	for (i = 0; i < plain->nr; i++) {
		if (a[i].dir != plain->access[i].dir ||
		    !take_variable(m, a[i].loc, plain->access[i].var))
			return false;
		if (a[i].dir == MEMBAR_W)
			m->match.value[a[i].loc][a[i].value] =
				plain->access[i].value;
	}
	m->match.test.edge[t] = plain->edge;
	return membar_edge_fits(shape, t, plain->edge);
}

/*
 * The values of a location are numbers, and none that is written is the initial one.
 * Two writes of one value do not pass asks_the_same(): a shape asks for the final
 * value of a location that is written twice.
 */
static bool values_differ(const struct matcher *m, u8 loc)
{
	const unsigned int n = membar_shape_writes(m->match.test.shape, loc);
	const s64 *value = m->match.value[loc];
	unsigned int i;

	for (i = 0; i <= n; i++)
		if (membar_variable_at(value[i], m->program->nr_vars) >= 0 ||
		    (i && value[i] == value[0]))
			return false;
	return true;
}

/*
 * Places and outcomes
 * ===================
 */

/* Where the plan has a register of the program. */
static bool find_register(struct matcher *m, unsigned int i)
{
	const struct membar_place *place = &m->places->place[i];
	const struct membar_plan_read *read = m->match.plan.read;
	const struct plain_thread *plain;
	unsigned int r;

	for (r = 0; r < m->match.plan.nr_reads; r++, read++) {
		plain = &m->thread[m->to[read->thread]];
		if (m->to[read->thread] != place->thread ||
		    plain->access[read->access].reg != place->index)
			continue;
		m->match.slot[i] = r;
		m->match.loc[i] = read->loc;
		return true;
	}
	return false;
}

/* Where it has the final value of a variable. */
static bool find_final(struct matcher *m, unsigned int i)
{
	const struct membar_plan *plan = &m->match.plan;
	const u8 var = m->places->place[i].index;
	unsigned int f;
	u8 loc;

	for (loc = 0; loc < MEMBAR_NR_LOCS; loc++)
		if (m->var[loc] == var)
			break;
	if (loc == MEMBAR_NR_LOCS)
		return false;
	m->match.loc[i] = loc;
	m->match.slot[i] = MEMBAR_MATCH_FIXED;
	for (f = 0; f < plan->nr_finals; f++)
		if (plan->final[f] == loc)
			m->match.slot[i] = plan->nr_reads + f;
	return true;
}

static bool find_places(struct matcher *m)
{
	unsigned int i;

	for (i = 0; i < m->places->nr; i++)
		if (m->places->place[i].thread == MEMBAR_PLACE_VAR ?
		    !find_final(m, i) : !find_register(m, i))
			return false;
	return true;
}

/* Whether the number of an outcome has values that are written. */
static bool is_outcome(const struct membar_match *match, unsigned int outcome)
{
	const struct membar_plan *plan = &match->plan;
	unsigned int i;

	for (i = 0; i < plan->nr_reads; i++, outcome >>= 2)
		if ((outcome & 3) > membar_shape_writes(match->test.shape,
							plan->read[i].loc))
			return false;
	for (i = 0; i < plan->nr_finals; i++, outcome >>= 2)
		if (!(outcome & 3) ||
		    (outcome & 3) > membar_shape_writes(match->test.shape,
							plan->final[i]))
			return false;
	return !outcome;
}

/* The program asks about the outcome that the test asks about, and no other. */
static bool asks_the_same(const struct matcher *m)
{
	s64 value[MEMBAR_MAX_PLACES];
	unsigned int outcome;
	bool holds, wanted;

	for (outcome = 0; outcome < MEMBAR_NR_OUTCOMES; outcome++) {
		if (!is_outcome(&m->match, outcome))
			continue;
		membar_match_values(&m->match, m->places->nr, outcome, value);
		holds = membar_condition_holds(m->program,
					       &m->program->condition,
					       m->places, value);
		wanted = outcome == m->match.plan.target;
		if (membar_program_asks(m->program, holds) != wanted)
			return false;
	}
	return true;
}

void membar_match_values(const struct membar_match *match, unsigned int nr,
			 unsigned int outcome, s64 *value)
{
	unsigned int i, at;
	u8 loc;

	for (i = 0; i < nr; i++) {
		loc = match->loc[i];
		/* One that has a single write ends with it. */
		at = membar_shape_writes(match->test.shape, loc);
		if (match->slot[i] != MEMBAR_MATCH_FIXED)
			at = outcome >> 2 * match->slot[i] & 3;
		value[i] = match->value[loc][at];
	}
}
MEMBAR_EXPORT_TO_KUNIT(membar_match_values);

/*
 * The search
 * ==========
 */

/* With the threads as m->to has them. */
static bool try_order(struct matcher *m)
{
	unsigned int t;
	u8 loc;

	memset(m->var, NO_VARIABLE, sizeof(m->var));
	for (t = 0; t < m->program->nr_threads; t++)
		if (!take_thread(m, t))
			return false;
	for (loc = 0; loc < MEMBAR_NR_LOCS; loc++)
		if (m->var[loc] != NO_VARIABLE && !values_differ(m, loc))
			return false;
	return find_places(m) && asks_the_same(m);
}

/*
 * In every order of the threads, that of the file first: @order is a number in as
 * many digits.
 */
static bool next_order(struct matcher *m, unsigned int *order)
{
	const unsigned int nr = m->program->nr_threads;
	unsigned int t, used, rest;

	for (; *order < 1U << 2 * nr; ++*order) {
		used = 0;
		rest = *order;
		for (t = nr; t--; rest >>= 2) {
			m->to[t] = rest & 3;
			used |= 1U << (rest & 3);
		}
		if (used == (1U << nr) - 1) {
			++*order;
			return true;
		}
	}
	return false;
}

static bool try_shape(struct matcher *m, const struct membar_shape *shape)
{
	unsigned int order = 0;

	if (membar_shape_threads(shape) != m->program->nr_threads)
		return false;
	m->match.test.shape = shape;
	membar_plan_make(shape, &m->match.plan);
	while (next_order(m, &order))
		if (try_order(m))
			return true;
	return false;
}

bool membar_match_find(const struct membar_program *program,
		       const struct membar_places *places,
		       struct membar_match *match)
{
	struct matcher m = { .program = program, .places = places };
	unsigned int i;

	if (program->nr_threads > MEMBAR_MAX_THREADS || program->filter.nr)
		return false;
	for (i = 0; i < program->nr_threads; i++)
		if (!read_thread(&m, &program->thread[i], &m.thread[i]))
			return false;
	for (i = 0; i < membar_nr_shapes; i++) {
		if (try_shape(&m, &membar_shapes[i])) {
			*match = m.match;
			return true;
		}
	}
	return false;
}
MEMBAR_EXPORT_TO_KUNIT(membar_match_find);
