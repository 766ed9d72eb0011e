// SPDX-License-Identifier: GPL-2.0
/*
 * All that the threads of a litmus program could do together.
 *
 * The outer search gives each thread in turn a run of its own (trace.c).  The
 * inner one then decides, variable by variable, in which order the writes come
 * and which write each read reads from.  A decision that breaks coherence or
 * the atomicity of a read-modify-write operation is never made, so these two
 * axioms need no check afterwards.  The outcome of an execution is known before
 * its axioms are checked, and one that shows nothing new is passed over.
 */
#include "model.h"

/*
 * Conditions
 * ==========
 */

enum truth { NO, YES, OPEN };

s64 membar_model_final(const struct membar_model *m,
		       const struct membar_place *place)
{
	unsigned int v = place->index, n = m->nr_writes[v];

	if (place->thread != MEMBAR_PLACE_VAR)
		return m->reg[place->thread][place->index].value;
	if (!n)
		return m->program->var[v].initial;
	return m->event[m->coherence[v][n - 1]].value;
}

/* Whether the place has its final value once @threads have run. */
static bool is_final(const struct membar_place *place, unsigned int threads,
		     bool complete)
{
	if (place->thread == MEMBAR_PLACE_NUMBER)
		return true;
	if (place->thread == MEMBAR_PLACE_VAR)
		return complete;
	return place->thread < threads;
}

static u8 compare(const struct membar_model *m, const struct membar_term *term,
		  unsigned int threads, bool complete)
{
	s64 right = term->number;

	if (!is_final(&term->left, threads, complete) ||
	    !is_final(&term->right, threads, complete))
		return OPEN;
	if (term->right.thread != MEMBAR_PLACE_NUMBER)
		right = membar_model_final(m, &term->right);
	return membar_model_final(m, &term->left) == right ? YES : NO;
}

static u8 either(u8 a, u8 b)
{
	if (a == YES || b == YES)
		return YES;
	return a == NO && b == NO ? NO : OPEN;
}

static u8 opposite(u8 a)
{
	return a == OPEN ? OPEN : !a;
}

static u8 both(u8 a, u8 b)
{
	return opposite(either(opposite(a), opposite(b)));
}

/* What is known of a condition once @threads have run. */
static u8 judge(const struct membar_model *m, const struct membar_condition *c,
		unsigned int threads, bool complete)
{
	const struct membar_term *term = m->program->term + c->first;
	u8 stack[MEMBAR_PROGRAM_TERMS];
	unsigned int i, used = 0;

	for (i = 0; i < c->nr; i++, term++) {
		switch (term->kind) {
		case MEMBAR_TERM_TRUE:
			stack[used++] = YES;
			break;
		case MEMBAR_TERM_FALSE:
			stack[used++] = NO;
			break;
		case MEMBAR_TERM_EQUAL:
			stack[used++] = compare(m, term, threads, complete);
			break;
		case MEMBAR_TERM_NOT:
			stack[used - 1] = opposite(stack[used - 1]);
			break;
		case MEMBAR_TERM_OR:
			used--;
			stack[used - 1] = either(stack[used - 1], stack[used]);
			break;
		case MEMBAR_TERM_AND:
			used--;
			stack[used - 1] = both(stack[used - 1], stack[used]);
			break;
		}
	}
	return used ? stack[0] : YES;
}

/* Whether executions that go on like this can show anything new. */
static bool is_wanted(const struct membar_model *m, unsigned int threads,
		      bool complete)
{
	u8 holds;

	if (judge(m, &m->program->filter, threads, complete) == NO)
		return m->has_plain && !m->race;
	if (m->every || (m->has_plain && !m->race))
		return true;
	holds = judge(m, &m->program->condition, threads, complete);
	return !((holds == YES && m->holds) || (holds == NO && m->fails));
}

static void note_allowed(struct membar_model *m)
{
	unsigned int threads = m->program->nr_threads;

	if (judge(m, &m->program->filter, threads, true) == NO)
		return;
	if (judge(m, &m->program->condition, threads, true) == YES)
		m->holds = true;
	else
		m->fails = true;
	if (m->every && m->allowed)
		m->allowed(m);
}

/*
 * Coherence order and reads-from
 * ==============================
 *
 * A position is that of a write in the coherence order of its variable, from
 * 1; the initial value has position 0.  That of a read is the position of the
 * write it reads from.
 */

static s64 value_at(const struct membar_model *m, unsigned int var,
		    unsigned int position)
{
	if (!position)
		return m->program->var[var].initial;
	return m->event[m->coherence[var][position - 1]].value;
}

static void decide(struct membar_model *m, unsigned int event,
		   unsigned int position)
{
	m->position[event] = position;
	m->decided |= BIT_ULL(event);
}

/*
 * Not for the read of an atomic operation: it is decided again with its write,
 * before any other read.
 */
static void undo(struct membar_model *m, const struct membar_slot *slot)
{
	unsigned int event = slot->event;

	if (event == MEMBAR_NO_EVENT)
		event = m->coherence[slot->var][slot->position - 1];
	m->decided &= ~BIT_ULL(event);
}

/* Whether write @w can come next, at @position. */
static bool can_follow(const struct membar_model *m, unsigned int w,
		       unsigned int var, unsigned int position)
{
	const struct membar_event *e = &m->event[w];

	if (m->decided & BIT_ULL(w))
		return false;
	if (e->before & m->var_writes[var] & ~m->decided)
		return false;
	/* Nothing comes between the two halves of an atomic operation. */
	return e->partner == MEMBAR_NO_EVENT ||
	       value_at(m, var, position - 1) == m->event[e->partner].value;
}

/* The next write for a place in coherence order; false if there is none. */
static bool advance_write(struct membar_model *m, struct membar_slot *slot)
{
	unsigned int w;

	for (w = slot->choice; w < m->nr; w++) {
		if (!(m->var_writes[slot->var] & BIT_ULL(w)) ||
		    !can_follow(m, w, slot->var, slot->position))
			continue;
		m->coherence[slot->var][slot->position - 1] = w;
		decide(m, w, slot->position);
		if (m->event[w].partner != MEMBAR_NO_EVENT)
			decide(m, m->event[w].partner, slot->position - 1);
		slot->choice = w + 1;
		return true;
	}
	return false;
}

/* The writes that coherence lets the read see, by their positions. */
static void find_window(const struct membar_model *m, unsigned int read,
			unsigned int var, unsigned int *low,
			unsigned int *high)
{
	membar_events others = m->var_accesses[var] & m->decided;
	unsigned int i, position;

	*low = 0;
	*high = m->nr_writes[var];
	for (; others; others &= others - 1) {
		i = __ffs64(others);
		position = m->position[i];
		if (m->event[read].before & BIT_ULL(i)) {
			if (position > *low)
				*low = position;
		} else if (m->event[i].before & BIT_ULL(read)) {
			if (membar_is_write(&m->event[i]))
				position--;
			if (position < *high)
				*high = position;
		}
	}
}

/* The next write for a read to see; false if there is none. */
static bool advance_read(struct membar_model *m, struct membar_slot *slot)
{
	unsigned int position, low, high;

	find_window(m, slot->event, slot->var, &low, &high);
	position = low > slot->choice ? low : slot->choice;
	for (; position <= high; position++) {
		if (value_at(m, slot->var, position) !=
		    m->event[slot->event].value)
			continue;
		decide(m, slot->event, position);
		slot->choice = position + 1;
		return true;
	}
	return false;
}

static bool advance(struct membar_model *m, struct membar_slot *slot)
{
	if (slot->event == MEMBAR_NO_EVENT)
		return advance_write(m, slot);
	return advance_read(m, slot);
}

static void add_slot(struct membar_model *m, unsigned int event,
		     unsigned int var, unsigned int position)
{
	struct membar_slot *slot = &m->slot[m->nr_slots++];

	slot->event = event;
	slot->var = var;
	slot->position = position;
}

/* A read whose position is not that of a write it is paired with. */
static bool is_free_read(const struct membar_event *e)
{
	return e->kind == MEMBAR_EVENT_READ && e->partner == MEMBAR_NO_EVENT;
}

/* The decisions to be made, now that all threads have run. */
static void make_slots(struct membar_model *m)
{
	unsigned int v, i;

	m->nr_slots = 0;
	m->decided = 0;
	for (v = 0; v < m->program->nr_vars; v++) {
		m->var_accesses[v] = 0;
		m->var_writes[v] = 0;
		m->nr_writes[v] = 0;
	}
	for (i = 0; i < m->nr; i++) {
		const struct membar_event *e = &m->event[i];

		if (!membar_is_access(e))
			continue;
		m->var_accesses[e->var] |= BIT_ULL(i);
		if (!membar_is_write(e))
			continue;
		m->var_writes[e->var] |= BIT_ULL(i);
		add_slot(m, MEMBAR_NO_EVENT, e->var, ++m->nr_writes[e->var]);
	}
	for (i = 0; i < m->nr; i++)
		if (is_free_read(&m->event[i]))
			add_slot(m, i, m->event[i].var, 0);
}

static void look_at_execution(struct membar_model *m)
{
	if (!is_wanted(m, m->program->nr_threads, true))
		return;
	if (!membar_model_work(m, 16 * m->nr))
		return;
	if (!membar_axioms(m))
		return;
	note_allowed(m);
	if (m->race && !m->every)
		m->unknown = "a data race";
}

/* All executions with these runs of the threads. */
static void search_executions(struct membar_model *m)
{
	unsigned int i = 0;

	make_slots(m);
	m->prepared = false;
	m->slot[0].choice = 0;
	for (;;) {
		if (i == m->nr_slots) {
			look_at_execution(m);
		} else if (advance(m, &m->slot[i])) {
			if (++i < m->nr_slots)
				m->slot[i].choice = 0;
			continue;
		}
		if (m->unknown || !i || !membar_model_work(m, 1))
			return;
		undo(m, &m->slot[--i]);
	}
}

/*
 * Runs of the threads
 * ===================
 */

/* How many of the writes in @events, and the initial value, could be read. */
static bool has_writer(const struct membar_model *m,
		       const struct membar_event *read, unsigned int threads)
{
	const struct membar_domain *d = &m->domain[read->var];
	unsigned int i, own = m->first[read->thread];
	bool hidden = false;

	for (i = 0; i < m->nr; i++) {
		const struct membar_event *e = &m->event[i];

		if (!membar_is_write(e) || e->var != read->var)
			continue;
		if (i >= own && read->before & BIT_ULL(i))
			hidden = true;
		if (e->value == read->value &&
		    !(e->before & BIT_ULL(read - m->event)))
			return true;
	}
	if (!hidden && m->program->var[read->var].initial == read->value)
		return true;
	for (i = 0; i < d->nr; i++)
		if (d->value[i] == read->value)
			return d->writers[i] >> threads;
	return false;
}

/* Whether each read so far has a write to read from, now or later. */
static bool is_possible(const struct membar_model *m, unsigned int threads)
{
	unsigned int i;

	for (i = 0; i < m->nr; i++) {
		if (m->event[i].kind != MEMBAR_EVENT_READ)
			continue;
		if (m->locks & BIT(m->event[i].var))
			continue;
		if (!has_writer(m, &m->event[i], threads))
			return false;
	}
	return true;
}

/* Go through the runs of all threads, the last of them fastest. */
static void search_runs(struct membar_model *m)
{
	unsigned int t = 0, n = m->program->nr_threads;
	enum membar_traced r;

	m->first[0] = 0;
	m->choices[0].nr = 0;
	for (;;) {
		r = membar_trace(m, t);
		if (r == MEMBAR_TRACE_UNKNOWN)
			return;
		if (r == MEMBAR_TRACE_DONE && is_wanted(m, t + 1, false) &&
		    is_possible(m, t + 1)) {
			if (t + 1 < n) {
				m->first[++t] = m->nr;
				m->choices[t].nr = 0;
				continue;
			}
			search_executions(m);
			if (m->unknown)
				return;
		}
		while (!membar_trace_next(&m->choices[t]))
			if (!t--)
				return;
	}
}

static bool has_plain_accesses(const struct membar_program *p)
{
	const struct membar_op *op;
	unsigned int t, i;

	for (t = 0; t < p->nr_threads; t++)
		for (i = 0; i < p->thread[t].nr_ops; i++) {
			op = &p->thread[t].op[i];
			if ((op->kind == MEMBAR_OP_LOAD ||
			     op->kind == MEMBAR_OP_STORE) &&
			    op->mark == MEMBAR_MARK_PLAIN)
				return true;
		}
	return false;
}

enum membar_observation membar_model_run(struct membar_model *m,
					 const struct membar_program *program)
{
	m->program = program;
	m->work = 0;
	m->unknown = NULL;
	m->holds = false;
	m->fails = false;
	m->race = false;
	m->locks = 0;
	m->data = 0;
	m->has_plain = has_plain_accesses(program);

	if (membar_trace_domains(m)) {
		if (m->locks & m->data)
			m->unknown = "a lock is accessed as data";
		else
			search_runs(m);
	}
	if (m->unknown)
		return MEMBAR_OBS_NONE;
	if (!m->holds)
		return MEMBAR_OBS_NEVER;
	return m->fails ? MEMBAR_OBS_SOMETIMES : MEMBAR_OBS_ALWAYS;
}
