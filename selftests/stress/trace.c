// SPDX-License-Identifier: GPL-2.0
/*
 * One thread of a litmus program, run with given results of its reads.
 *
 * A thread is run from its start for each combination of values that its reads
 * may return.  The run yields the thread's events, with the dependencies that
 * its registers carry from one to another.
 */
#include "model.h"

bool membar_model_work(struct membar_model *m, unsigned int n)
{
	m->work += n;
	membar_offer_cpu();
	if (m->work <= m->limit)
		return true;
	m->unknown = "too many executions";
	return false;
}

/*
 * Choices
 * =======
 */

bool membar_trace_next(struct membar_choices *c)
{
	while (c->nr) {
		if (++c->taken[c->nr - 1] < c->options[c->nr - 1])
			return true;
		c->nr--;
	}
	return false;
}

/* One of @options, or -1 if there are too many choices. */
static int choose(struct membar_model *m, unsigned int t, unsigned int options)
{
	struct membar_choices *c = &m->choices[t];

	if (options == 1)
		return 0;
	if (c->used == c->nr) {
		if (c->nr == MEMBAR_MODEL_CHOICES) {
			m->unknown = "too many choices in a thread";
			return -1;
		}
		c->taken[c->nr] = 0;
		c->options[c->nr++] = options;
	}
	return c->taken[c->used++];
}

/*
 * Values
 * ======
 */

/* a @kind b; false if that has no value. */
static bool compute(enum membar_node_kind kind, s64 a, s64 b, s64 *result)
{
	switch (kind) {
	case MEMBAR_NODE_OR:
		*result = a | b;
		return true;
	case MEMBAR_NODE_XOR:
		*result = a ^ b;
		return true;
	case MEMBAR_NODE_AND:
		*result = a & b;
		return true;
	case MEMBAR_NODE_ANDNOT:
		*result = a & ~b;
		return true;
	case MEMBAR_NODE_EQ:
		*result = a == b;
		return true;
	case MEMBAR_NODE_NE:
		*result = a != b;
		return true;
	case MEMBAR_NODE_LT:
		*result = a < b;
		return true;
	case MEMBAR_NODE_LE:
		*result = a <= b;
		return true;
	case MEMBAR_NODE_GT:
		*result = a > b;
		return true;
	case MEMBAR_NODE_GE:
		*result = a >= b;
		return true;
	case MEMBAR_NODE_ADD:
		*result = (u64)a + (u64)b;
		return true;
	case MEMBAR_NODE_SUB:
		*result = (u64)a - (u64)b;
		return true;
	case MEMBAR_NODE_MUL:
		*result = (u64)a * (u64)b;
		return true;
	case MEMBAR_NODE_DIV:
		if (!b)
			return false;
		*result = b == -1 ? (s64)-(u64)a : div64_s64(a, b);
		return true;
	default:
		*result = b;
		return true;
	}
}

/* The value of an expression; false if it has none. */
static bool evaluate(struct membar_model *m, unsigned int t,
		     const struct membar_expr *expr,
		     struct membar_operand *result)
{
	struct membar_operand stack[MEMBAR_PROGRAM_STACK];
	const struct membar_node *node = m->program->node + expr->first;
	unsigned int i, used = 0;

	result->value = 0;
	result->from = 0;
	for (i = 0; i < expr->nr; i++, node++) {
		switch (node->kind) {
		case MEMBAR_NODE_NUMBER:
			stack[used].value = node->number;
			stack[used++].from = 0;
			continue;
		case MEMBAR_NODE_REGISTER:
			stack[used++] = m->reg[t][node->reg];
			continue;
		}
		used--;
		if (!compute(node->kind, stack[used - 1].value,
			     stack[used].value, &stack[used - 1].value))
			return false;
		stack[used - 1].from |= stack[used].from;
	}
	if (used)
		*result = stack[0];
	return true;
}

/*
 * Events
 * ======
 */

/* The run of a thread while it goes on. */
struct run {
	struct membar_model *m;
	unsigned int t;
	const struct membar_op *op;
	membar_events ctrl;
	membar_events outer[MEMBAR_PROGRAM_NEST];	/* of blocks around */
	u8 depth;
};

/*
 * The events that come before @e in program order: those of earlier
 * statements, and those of its own statement that it waits for.
 */
static membar_events events_before(const struct membar_model *m,
				   const struct membar_event *e,
				   membar_events waits_for)
{
	membar_events before = 0;
	unsigned int i;

	for (i = m->first[e->thread]; i < m->nr; i++)
		if (m->event[i].statement != e->statement)
			before |= BIT_ULL(i);
		else if (waits_for & BIT_ULL(i))
			before |= BIT_ULL(i) | m->event[i].before;
	return before;
}

/* A new event of the operation; NULL if there are too many. */
static struct membar_event *add_event(struct run *run,
				      enum membar_event_kind kind,
				      membar_events waits_for)
{
	struct membar_model *m = run->m;
	struct membar_event *e = &m->event[m->nr];

	if (m->nr == MEMBAR_MODEL_EVENTS) {
		m->unknown = "more than 64 events";
		return NULL;
	}
	memset(e, 0, sizeof(*e));
	e->kind = kind;
	e->thread = run->t;
	e->statement = run->op->statement;
	e->mark = run->op->mark;
	e->fence = run->op->fence;
	e->unpromised = run->op->unpromised;
	e->partner = MEMBAR_NO_EVENT;
	e->ctrl = run->ctrl;
	e->before = events_before(m, e, waits_for | run->ctrl);
	m->nr++;
	return e;
}

/* Which variable the operation accesses. */
static enum membar_traced find_variable(struct run *run, unsigned int *var,
					membar_events *addr)
{
	struct membar_operand address;
	int v;

	if (!evaluate(run->m, run->t, &run->op->address, &address))
		return MEMBAR_TRACE_IMPOSSIBLE;
	v = membar_variable_at(address.value, run->m->program->nr_vars);
	if (v < 0)
		return MEMBAR_TRACE_IMPOSSIBLE;
	*var = v;
	*addr = address.from;
	return MEMBAR_TRACE_DONE;
}

static struct membar_event *add_access(struct run *run,
				       enum membar_event_kind kind,
				       unsigned int var, membar_events addr,
				       membar_events waits_for)
{
	struct membar_event *e = add_event(run, kind, addr | waits_for);

	if (e) {
		e->var = var;
		e->addr = addr;
	}
	return e;
}

static membar_events bit_of(const struct membar_model *m,
			    const struct membar_event *e)
{
	return BIT_ULL(e - m->event);
}

static void pair(struct membar_model *m, struct membar_event *a,
		 struct membar_event *b)
{
	a->partner = b - m->event;
	b->partner = a - m->event;
}

static void set_register(struct run *run, u8 reg, s64 value,
			 membar_events from)
{
	if (reg == MEMBAR_NO_REG)
		return;
	run->m->reg[run->t][reg].value = value;
	run->m->reg[run->t][reg].from = from;
}

/* While the values are collected: @t may write @value to @var. */
static bool note_value(struct membar_model *m, unsigned int t,
		       unsigned int var, s64 value)
{
	struct membar_domain *d = &m->domain[var];
	unsigned int i;

	for (i = 0; i < d->nr; i++)
		if (d->value[i] == value)
			break;
	if (i == MEMBAR_MODEL_VALUES) {
		m->unknown = "too many values of a variable";
		return false;
	}
	if (i == d->nr) {
		d->value[d->nr] = value;
		d->writers[d->nr++] = 0;
	}
	if (!(d->writers[i] & BIT(t)))
		d->grew = true;
	d->writers[i] |= BIT(t);
	return true;
}

/*
 * Operations
 * ==========
 */

static enum membar_traced run_set(struct run *run)
{
	struct membar_operand value;

	if (!evaluate(run->m, run->t, &run->op->value, &value))
		return MEMBAR_TRACE_IMPOSSIBLE;
	set_register(run, run->op->reg, value.value, value.from);
	return MEMBAR_TRACE_DONE;
}

/* What the variable has if no other thread ever writes to it. */
static s64 own_value(const struct run *run, unsigned int var)
{
	const struct membar_model *m = run->m;
	unsigned int i = m->nr;

	while (i-- > m->first[run->t])
		if (membar_is_write(&m->event[i]) && m->event[i].var == var)
			return m->event[i].value;
	return m->program->var[var].initial;
}

static bool is_known(const struct membar_domain *d, s64 value)
{
	unsigned int i;

	for (i = 0; i < d->known; i++)
		if (d->value[i] == value)
			return true;
	return false;
}

/*
 * A read that may return any value of the variable: that of the thread's last
 * write, which hides its earlier ones, or one that another thread may write.
 */
static enum membar_traced read_any(struct run *run, unsigned int var,
				   membar_events addr, struct membar_event **read)
{
	const struct membar_domain *d = &run->m->domain[var];
	s64 value[MEMBAR_MODEL_VALUES + 1];
	unsigned int i, nr = 0;
	int choice;

	value[nr++] = own_value(run, var);
	for (i = 0; i < d->known; i++)
		if (d->value[i] != value[0] && d->writers[i] & ~BIT(run->t))
			value[nr++] = d->value[i];
	choice = choose(run->m, run->t, nr);
	if (choice < 0)
		return MEMBAR_TRACE_UNKNOWN;
	*read = add_access(run, MEMBAR_EVENT_READ, var, addr, 0);
	if (!*read)
		return MEMBAR_TRACE_UNKNOWN;
	if (!choice && !is_known(d, value[0]))
		run->m->early |= bit_of(run->m, *read);
	(*read)->value = value[choice];
	return MEMBAR_TRACE_DONE;
}

static enum membar_traced write_value(struct run *run, unsigned int var,
				      membar_events addr,
				      const struct membar_operand *value,
				      membar_events waits_for,
				      struct membar_event **write)
{
	struct membar_event *e;

	e = add_access(run, MEMBAR_EVENT_WRITE, var, addr,
		       value->from | waits_for);
	if (!e)
		return MEMBAR_TRACE_UNKNOWN;
	e->value = value->value;
	e->data = value->from;
	*write = e;
	/* One that follows from a value of this round belongs to the next. */
	if (run->m->collecting && !(value->from & run->m->early) &&
	    !note_value(run->m, run->t, var, e->value))
		return MEMBAR_TRACE_UNKNOWN;
	return MEMBAR_TRACE_DONE;
}

static enum membar_traced run_load(struct run *run, enum membar_event_role role)
{
	struct membar_event *read;
	membar_events addr;
	unsigned int var;
	enum membar_traced r = find_variable(run, &var, &addr);

	if (r == MEMBAR_TRACE_DONE)
		r = read_any(run, var, addr, &read);
	if (r != MEMBAR_TRACE_DONE)
		return r;
	run->m->data |= BIT(var);
	read->role = role;
	set_register(run, run->op->reg, read->value, bit_of(run->m, read));
	return MEMBAR_TRACE_DONE;
}

static enum membar_traced run_store(struct run *run,
				    enum membar_event_role role)
{
	struct membar_operand value;
	struct membar_event *write;
	membar_events addr;
	unsigned int var;
	enum membar_traced r = find_variable(run, &var, &addr);

	if (r != MEMBAR_TRACE_DONE)
		return r;
	if (!evaluate(run->m, run->t, &run->op->value, &value))
		return MEMBAR_TRACE_IMPOSSIBLE;
	r = write_value(run, var, addr, &value, 0, &write);
	if (r != MEMBAR_TRACE_DONE)
		return r;
	run->m->data |= BIT(var);
	write->role = role;
	return MEMBAR_TRACE_DONE;
}

/* Whether a read-modify-write operation that found @old stores @new. */
static bool stores(const struct membar_op *op, s64 old, s64 new, s64 expected)
{
	switch (op->guard) {
	case MEMBAR_GUARD_EQUAL:
		return old == expected;
	case MEMBAR_GUARD_UNEQUAL:
		return old != expected;
	case MEMBAR_GUARD_NOT_NEGATIVE:
		return old >= 0;
	case MEMBAR_GUARD_NOT_POSITIVE:
		return old <= 0;
	case MEMBAR_GUARD_RESULT_NOT_NEGATIVE:
		return new >= 0;
	default:
		return true;
	}
}

static s64 rmw_result(const struct membar_op *op, s64 old, s64 new,
		      bool stored)
{
	switch (op->result) {
	case MEMBAR_RETURNS_NEW:
		return new;
	case MEMBAR_RETURNS_STORED:
		return stored;
	case MEMBAR_RETURNS_ZERO:
		return !new;
	case MEMBAR_RETURNS_NEGATIVE:
		return new < 0;
	default:
		return old;
	}
}

static bool writes(const struct membar_op *op)
{
	return op->kind == MEMBAR_OP_STORE || op->kind == MEMBAR_OP_RMW ||
	       op->kind == MEMBAR_OP_SRCU_UNLOCK;
}

/* How many writes there may still be, of this thread and of those after it. */
static unsigned int writes_left(const struct run *run)
{
	const struct membar_program *p = run->m->program;
	unsigned int t, i, nr = 0;

	for (t = run->t; t < p->nr_threads; t++) {
		i = t == run->t ? run->op - p->thread[t].op + 1 : 0;
		for (; i < p->thread[t].nr_ops; i++)
			nr += writes(&p->thread[t].op[i]);
	}
	return nr;
}

/*
 * No write is read by two atomic operations that store, so each of these needs
 * one of its own that has the value it found.
 */
static bool have_writes(const struct run *run, unsigned int var)
{
	unsigned int i, k, looks = 0, missing = 0;
	struct membar_model *m = run->m;

	for (i = 0; i < m->nr; i++) {
		const struct membar_event *e = &m->event[i];
		int spare = m->program->var[var].initial == e->value;

		if (e->var != var || e->role != MEMBAR_ROLE_RMW ||
		    e->partner == MEMBAR_NO_EVENT || membar_is_write(e))
			continue;
		for (k = 0; k < m->nr; k++) {
			const struct membar_event *other = &m->event[k];

			if (other->var != var || other->value != e->value)
				continue;
			if (membar_is_write(other))
				spare++;
			else if (k < i && other->role == MEMBAR_ROLE_RMW &&
				 other->partner != MEMBAR_NO_EVENT)
				spare--;
		}
		missing += spare <= 0;
		looks += m->nr;
	}
	/*
	 * A look is cheaper than a step of anything else that is counted.  If these
	 * exceed the limit, the next step ends the search.
	 */
	membar_model_work(m, looks / 32);
	return !missing || missing <= writes_left(run);
}

/*
 * The result depends on the read and, if the operation computes, on its
 * operand.  That it was compared with something is no dependency.
 */
static enum membar_traced finish_rmw(struct run *run, struct membar_event *read,
				     const struct membar_operand *operand,
				     s64 expected)
{
	const struct membar_op *op = run->op;
	bool computes = op->arithmetic != MEMBAR_NODE_SECOND;
	membar_events from = bit_of(run->m, read);
	struct membar_operand new = { .from = operand->from };
	struct membar_event *write;
	enum membar_traced r;
	bool stored;
	int choice;

	/* It has a value: no operation divides. */
	compute(op->arithmetic, read->value, operand->value, &new.value);
	if (computes)
		new.from |= from;
	stored = stores(op, read->value, new.value, expected);
	if (run->m->collecting && op->guard != MEMBAR_GUARD_NONE) {
		choice = choose(run->m, run->t, 2);
		if (choice < 0)
			return MEMBAR_TRACE_UNKNOWN;
		stored = choice;
	}
	/* First: the result may go to the same register. */
	if (!stored)
		set_register(run, op->old_reg, read->value, from);
	if (computes && op->guard == MEMBAR_GUARD_NONE)
		set_register(run, op->reg,
			     rmw_result(op, read->value, new.value, stored),
			     from | operand->from);
	else
		set_register(run, op->reg,
			     rmw_result(op, read->value, new.value, stored),
			     from);
	if (!stored)
		return MEMBAR_TRACE_DONE;
	r = write_value(run, read->var, read->addr, &new, from, &write);
	if (r != MEMBAR_TRACE_DONE)
		return r;
	write->role = MEMBAR_ROLE_RMW;
	pair(run->m, read, write);
	if (!run->m->collecting && !have_writes(run, read->var))
		return MEMBAR_TRACE_IMPOSSIBLE;
	return MEMBAR_TRACE_DONE;
}

static enum membar_traced run_rmw(struct run *run)
{
	struct membar_operand operand, expected;
	struct membar_event *read;
	membar_events addr;
	unsigned int var;
	enum membar_traced r = find_variable(run, &var, &addr);

	if (r != MEMBAR_TRACE_DONE)
		return r;
	if (!evaluate(run->m, run->t, &run->op->value, &operand) ||
	    !evaluate(run->m, run->t, &run->op->expected, &expected))
		return MEMBAR_TRACE_IMPOSSIBLE;
	r = read_any(run, var, addr, &read);
	if (r != MEMBAR_TRACE_DONE)
		return r;
	run->m->data |= BIT(var);
	read->role = MEMBAR_ROLE_RMW;
	return finish_rmw(run, read, &operand, expected.value);
}

static enum membar_traced run_fence(struct run *run)
{
	return add_event(run, MEMBAR_EVENT_FENCE, 0) ? MEMBAR_TRACE_DONE :
						       MEMBAR_TRACE_UNKNOWN;
}

/*
 * Locks
 * =====
 *
 * A lock is a variable that is 0 when it is free and 1 when it is held.
 * Taking it is a read-modify-write operation that can only find 0.
 */

static struct membar_event *add_lock_event(struct run *run,
					   enum membar_event_kind kind,
					   enum membar_event_role role,
					   s64 value, membar_events waits_for)
{
	struct membar_event *e;
	membar_events addr;
	unsigned int var;

	if (find_variable(run, &var, &addr) != MEMBAR_TRACE_DONE)
		return NULL;
	e = add_access(run, kind, var, addr, waits_for);
	if (!e)
		return NULL;
	run->m->locks |= BIT(var);
	e->role = role;
	e->value = value;
	return e;
}

static enum membar_traced failed(const struct run *run)
{
	return run->m->unknown ? MEMBAR_TRACE_UNKNOWN : MEMBAR_TRACE_IMPOSSIBLE;
}

/* Whether the thread holds the lock @var, after its first events up to @nr. */
static bool holds_lock(const struct membar_model *m, unsigned int t,
		       unsigned int var, unsigned int nr)
{
	bool held = false;
	unsigned int i;

	for (i = m->first[t]; i < nr; i++)
		if (m->event[i].var == var && membar_is_write(&m->event[i]))
			held = m->event[i].role == MEMBAR_ROLE_LOCK;
	return held;
}

static enum membar_traced run_lock(struct run *run)
{
	struct membar_event *read, *write;

	read = add_lock_event(run, MEMBAR_EVENT_READ, MEMBAR_ROLE_LOCK, 0, 0);
	if (!read)
		return failed(run);
	/* A thread that waits for itself waits for ever. */
	if (holds_lock(run->m, run->t, read->var, run->m->nr))
		return MEMBAR_TRACE_IMPOSSIBLE;
	write = add_lock_event(run, MEMBAR_EVENT_WRITE, MEMBAR_ROLE_LOCK, 1,
			       bit_of(run->m, read));
	if (!write)
		return failed(run);
	pair(run->m, read, write);
	set_register(run, run->op->reg, 1, bit_of(run->m, read));
	return MEMBAR_TRACE_DONE;
}

/* A look that finds the lock free or not. */
static enum membar_traced look_at_lock(struct run *run, s64 held, s64 result)
{
	struct membar_event *read;

	read = add_lock_event(run, MEMBAR_EVENT_READ, MEMBAR_ROLE_LOCK_LOOK,
			      held, 0);
	if (!read)
		return failed(run);
	set_register(run, run->op->reg, result, bit_of(run->m, read));
	return MEMBAR_TRACE_DONE;
}

static enum membar_traced run_lock_choice(struct run *run)
{
	int choice = choose(run->m, run->t, 2);

	if (choice < 0)
		return MEMBAR_TRACE_UNKNOWN;
	if (run->op->kind == MEMBAR_OP_IS_LOCKED)
		return look_at_lock(run, choice, choice);
	return choice ? run_lock(run) : look_at_lock(run, 1, 0);
}

static enum membar_traced run_unlock(struct run *run)
{
	struct membar_event *write;

	write = add_lock_event(run, MEMBAR_EVENT_WRITE, MEMBAR_ROLE_UNLOCK, 0,
			       0);
	if (!write)
		return failed(run);
	if (run->m->collecting ||
	    holds_lock(run->m, run->t, write->var, run->m->nr - 1))
		return MEMBAR_TRACE_DONE;
	run->m->unknown = "a lock is released that is not held";
	return MEMBAR_TRACE_UNKNOWN;
}

static enum membar_traced run_srcu_sync(struct run *run)
{
	struct membar_event *e;
	membar_events addr;
	unsigned int var;
	enum membar_traced r = find_variable(run, &var, &addr);

	if (r != MEMBAR_TRACE_DONE)
		return r;
	e = add_access(run, MEMBAR_EVENT_SRCU_SYNC, var, addr, 0);
	return e ? MEMBAR_TRACE_DONE : MEMBAR_TRACE_UNKNOWN;
}

/*
 * Blocks
 * ======
 */

static enum membar_traced run_if(struct run *run, unsigned int *at)
{
	const struct membar_op *op = run->m->program->thread[run->t].op;
	unsigned int target = run->op->target;
	struct membar_operand condition;
	int taken;

	if (!evaluate(run->m, run->t, &run->op->value, &condition))
		return MEMBAR_TRACE_IMPOSSIBLE;
	taken = !!condition.value;
	if (run->m->collecting) {
		taken = choose(run->m, run->t, 2);
		if (taken < 0)
			return MEMBAR_TRACE_UNKNOWN;
	}
	run->outer[run->depth++] = run->ctrl;
	run->ctrl |= condition.from;
	/* An "else" is stepped over; an "end" is an operation of its own. */
	if (!taken)
		*at = op[target].kind == MEMBAR_OP_ELSE ? target : target - 1;
	return MEMBAR_TRACE_DONE;
}

static enum membar_traced run_op(struct run *run, unsigned int *at)
{
	switch (run->op->kind) {
	case MEMBAR_OP_SET:
		return run_set(run);
	case MEMBAR_OP_LOAD:
		return run_load(run, MEMBAR_ROLE_NONE);
	case MEMBAR_OP_STORE:
		return run_store(run, MEMBAR_ROLE_NONE);
	case MEMBAR_OP_RMW:
		return run_rmw(run);
	case MEMBAR_OP_FENCE:
		return run_fence(run);
	case MEMBAR_OP_LOCK:
		return run_lock(run);
	case MEMBAR_OP_UNLOCK:
		return run_unlock(run);
	case MEMBAR_OP_TRYLOCK:
	case MEMBAR_OP_IS_LOCKED:
		return run_lock_choice(run);
	case MEMBAR_OP_SRCU_LOCK:
		return run_load(run, MEMBAR_ROLE_SRCU_LOCK);
	case MEMBAR_OP_SRCU_UNLOCK:
		return run_store(run, MEMBAR_ROLE_SRCU_UNLOCK);
	case MEMBAR_OP_SRCU_SYNC:
		return run_srcu_sync(run);
	case MEMBAR_OP_IF:
		return run_if(run, at);
	case MEMBAR_OP_ELSE:
		*at = run->op->target - 1;
		return MEMBAR_TRACE_DONE;
	default: /* MEMBAR_OP_END */
		run->ctrl = run->outer[--run->depth];
		return MEMBAR_TRACE_DONE;
	}
}

enum membar_traced membar_trace(struct membar_model *m, unsigned int t)
{
	const struct membar_thread *thread = &m->program->thread[t];
	struct run run = { .m = m, .t = t };
	enum membar_traced r;
	unsigned int i;

	m->nr = m->first[t];
	m->choices[t].used = 0;
	m->early = 0;
	for (i = 0; i < thread->nr_regs; i++) {
		m->reg[t][i].value = thread->reg[i].initial;
		m->reg[t][i].from = 0;
	}
	if (!membar_model_work(m, 4 + thread->nr_ops))
		return MEMBAR_TRACE_UNKNOWN;
	for (i = 0; i < thread->nr_ops; i++) {
		run.op = &thread->op[i];
		r = run_op(&run, &i);
		if (r != MEMBAR_TRACE_DONE)
			return r;
	}
	return MEMBAR_TRACE_DONE;
}

/*
 * Domains
 * =======
 *
 * The values of a variable are its initial one and everything that a thread
 * may write to it when its reads return values that are already known.  Which
 * way a branch goes is left open, because the reads that decide it need not be
 * ordered before the writes.  Each round can only add values that are one
 * write further from the initial state, so there are at most as many rounds as
 * there are writes.
 */

static bool collect_thread(struct membar_model *m, unsigned int t)
{
	m->first[t] = 0;
	m->choices[t].nr = 0;
	do {
		if (membar_trace(m, t) == MEMBAR_TRACE_UNKNOWN)
			return false;
	} while (membar_trace_next(&m->choices[t]));
	return true;
}

static unsigned int count_writes(const struct membar_program *p)
{
	unsigned int t, i, n = 0;

	for (t = 0; t < p->nr_threads; t++)
		for (i = 0; i < p->thread[t].nr_ops; i++)
			n += writes(&p->thread[t].op[i]);
	return n;
}

/* What was found in this round may be read in the next; false if nothing. */
static bool publish_values(struct membar_model *m)
{
	bool found = false;
	unsigned int v;

	for (v = 0; v < m->program->nr_vars; v++) {
		found |= m->domain[v].grew;
		m->domain[v].grew = false;
		m->domain[v].known = m->domain[v].nr;
	}
	return found;
}

bool membar_trace_domains(struct membar_model *m)
{
	const struct membar_program *p = m->program;
	unsigned int t, v, rounds = count_writes(p) + 1;

	for (v = 0; v < p->nr_vars; v++) {
		m->domain[v].nr = 1;
		m->domain[v].known = 1;
		m->domain[v].value[0] = p->var[v].initial;
		m->domain[v].writers[0] = 0;
		m->domain[v].grew = false;
	}
	m->collecting = true;
	do {
		for (t = 0; t < p->nr_threads; t++)
			if (!collect_thread(m, t))
				return false;
	} while (publish_values(m) && --rounds);
	m->collecting = false;
	return true;
}
