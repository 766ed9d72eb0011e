// SPDX-License-Identifier: GPL-2.0
/*
 * The axioms of the Linux kernel memory model, with membar's fences.
 *
 * The names of the relations are those of the model's own definition in the
 * kernel, tools/memory-model/linux-kernel.cat, and its explanation.txt says
 * what they mean.  A relation is a bit matrix over the events of an execution.
 * Coherence and atomicity hold by construction (candidates.c).
 *
 * The initial writes are no events: nothing can come before one, so no cycle
 * goes through it.
 */
#include "model.h"

/*
 * Relations
 * =========
 */

#define for_each_event(i, events)					\
	for (membar_events __left = (events);				\
	     __left && ((i) = __ffs64(__left), true);			\
	     __left &= __left - 1)

static void clear(const struct membar_model *m, struct membar_relation *r)
{
	memset(r->row, 0, m->nr * sizeof(r->row[0]));
}

static void copy(const struct membar_model *m, struct membar_relation *to,
		 const struct membar_relation *from)
{
	memcpy(to->row, from->row, m->nr * sizeof(to->row[0]));
}

static void add(const struct membar_model *m, struct membar_relation *to,
		const struct membar_relation *from)
{
	unsigned int i;

	for (i = 0; i < m->nr; i++)
		to->row[i] |= from->row[i];
}

static bool contains(const struct membar_model *m,
		     const struct membar_relation *r,
		     const struct membar_relation *part)
{
	unsigned int i;

	for (i = 0; i < m->nr; i++)
		if (part->row[i] & ~r->row[i])
			return false;
	return true;
}

/* From each of @from to each of @to. */
static void relate(struct membar_relation *r, membar_events from,
		   membar_events to)
{
	unsigned int i;

	for_each_event(i, from)
		r->row[i] |= to;
}

static void restrict_to(const struct membar_model *m,
			struct membar_relation *r, membar_events from,
			membar_events to)
{
	unsigned int i;

	for (i = 0; i < m->nr; i++)
		r->row[i] = from & BIT_ULL(i) ? r->row[i] & to : 0;
}

static void add_identity(const struct membar_model *m,
			 struct membar_relation *r)
{
	unsigned int i;

	for (i = 0; i < m->nr; i++)
		r->row[i] |= BIT_ULL(i);
}

/* All that @r relates to one of @from. */
static membar_events image(const struct membar_relation *r,
			   membar_events from)
{
	membar_events to = 0;
	unsigned int i;

	for_each_event(i, from)
		to |= r->row[i];
	return to;
}

/* @c = @a ; @b: first @a, then @b.  @c may be @a. */
static void then(const struct membar_model *m, struct membar_relation *c,
		 const struct membar_relation *a,
		 const struct membar_relation *b)
{
	unsigned int i;

	for (i = 0; i < m->nr; i++)
		c->row[i] = image(b, a->row[i]);
}

/* @r = @first ; @r */
static void prepend(struct membar_model *m, struct membar_relation *r,
		    const struct membar_relation *first)
{
	then(m, &m->rel.c, first, r);
	copy(m, r, &m->rel.c);
}

/* @r one or more times. */
static void close_over(const struct membar_model *m,
		       struct membar_relation *r)
{
	unsigned int i, k;

	for (k = 0; k < m->nr; k++)
		for (i = 0; i < m->nr; i++)
			if (r->row[i] & BIT_ULL(k))
				r->row[i] |= r->row[k];
}

static void invert(const struct membar_model *m, struct membar_relation *to,
		   const struct membar_relation *from)
{
	unsigned int i, j;

	clear(m, to);
	for (i = 0; i < m->nr; i++)
		for_each_event(j, from->row[i])
			to->row[j] |= BIT_ULL(i);
}

static bool reflexive_somewhere(const struct membar_model *m,
				const struct membar_relation *r)
{
	unsigned int i;

	for (i = 0; i < m->nr; i++)
		if (r->row[i] & BIT_ULL(i))
			return true;
	return false;
}

/* Keep what stays in the thread, or what leaves it. */
static void keep_internal(const struct membar_model *m,
			  struct membar_relation *r)
{
	unsigned int i;

	for (i = 0; i < m->nr; i++)
		r->row[i] &= m->of_thread[m->event[i].thread];
}

static void keep_external(const struct membar_model *m,
			  struct membar_relation *r)
{
	unsigned int i;

	for (i = 0; i < m->nr; i++)
		r->row[i] &= ~m->of_thread[m->event[i].thread];
}

static void keep_common(const struct membar_model *m,
			struct membar_relation *r,
			const struct membar_relation *other)
{
	unsigned int i;

	for (i = 0; i < m->nr; i++)
		r->row[i] &= other->row[i];
}

/*
 * What follows from the threads
 * =============================
 */

/* A failed operation gives no order, nor does the half that has none. */
static void sort_access(struct membar_model *m, unsigned int i)
{
	const struct membar_event *e = &m->event[i];
	struct membar_sets *set = &m->set;
	membar_events bit = BIT_ULL(i);
	bool done = e->role != MEMBAR_ROLE_RMW ||
		    e->partner != MEMBAR_NO_EVENT;
	bool write = membar_is_write(e);

	set->accesses |= bit;
	*(write ? &set->writes : &set->reads) |= bit;
	*(e->role == MEMBAR_ROLE_NONE && e->mark == MEMBAR_MARK_PLAIN ?
	  &set->plain : &set->marked) |= bit;
	if (e->role == MEMBAR_ROLE_RMW)
		set->rmw |= bit;
	if (e->mark == MEMBAR_MARK_NORETURN && !write)
		set->noreturn |= bit;
	if (e->mark == MEMBAR_MARK_ACQUIRE && !write && done)
		set->acquire |= bit;
	if (e->mark == MEMBAR_MARK_RELEASE && write)
		set->release |= bit;
	if (e->mark == MEMBAR_MARK_FULL && done)
		set->full |= bit;

	switch (e->role) {
	case MEMBAR_ROLE_LOCK:
		*(write ? &set->lock_write : &set->lock_read) |= bit;
		if (!write)
			set->acquire |= bit;
		break;
	case MEMBAR_ROLE_UNLOCK:
		set->unlock |= bit;
		set->release |= bit;
		break;
	case MEMBAR_ROLE_SRCU_UNLOCK:
		set->srcu_unlock |= bit;
		break;
	}
}

static void sort_fence(struct membar_model *m, unsigned int i)
{
	struct membar_sets *set = &m->set;
	membar_events bit = BIT_ULL(i);

	set->marked |= bit;
	if (m->event[i].kind == MEMBAR_EVENT_SRCU_SYNC)
		set->srcu_sync |= bit;
	else if (m->event[i].fence == MEMBAR_FENCE_SYNC_RCU)
		set->rcu_sync |= bit;
	else if (m->event[i].fence == MEMBAR_FENCE_AFTER_UNLOCK_LOCK)
		set->after_unlock_lock |= bit;
}

static void sort_events(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	unsigned int i, j;

	memset(&m->set, 0, sizeof(m->set));
	memset(m->of_thread, 0, sizeof(m->of_thread));
	clear(m, &rel->after);
	clear(m, &rel->rmw);
	for (i = 0; i < m->nr; i++) {
		const struct membar_event *e = &m->event[i];

		m->set.all |= BIT_ULL(i);
		m->of_thread[e->thread] |= BIT_ULL(i);
		for_each_event(j, e->before)
			rel->after.row[j] |= BIT_ULL(i);
		if (!membar_is_access(e)) {
			sort_fence(m, i);
			continue;
		}
		sort_access(m, i);
		if (e->kind == MEMBAR_EVENT_READ &&
		    e->partner != MEMBAR_NO_EVENT)
			rel->rmw.row[i] = BIT_ULL(e->partner);
	}
}

/* An operation of @ops after the fence, and what follows it. */
static membar_events from_operation(const struct membar_model *m,
				    membar_events after, membar_events ops)
{
	membar_events first = after & ops;

	return first | image(&m->rel.after, first);
}

/* The other way: an operation of @ops before the fence, and what precedes. */
static membar_events up_to_operation(const struct membar_model *m,
				     membar_events before, membar_events ops)
{
	membar_events result = before & ops;
	unsigned int i;

	for_each_event(i, before & ops)
		result |= m->event[i].before;
	return result;
}

static void order_by_fence(struct membar_model *m, unsigned int f)
{
	const struct membar_sets *set = &m->set;
	struct membar_relations *rel = &m->rel;
	membar_events before = m->event[f].before, after = rel->after.row[f];
	membar_events loads = set->reads & ~set->noreturn;

	switch (m->event[f].fence) {
	case MEMBAR_FENCE_FULL:
		relate(&rel->strong0, before & set->accesses,
		       after & set->accesses);
		return;
	case MEMBAR_FENCE_READ:
		relate(&rel->rmb, before & loads, after & loads);
		relate(&rel->rmb_prior, before & loads,
		       after & ~set->noreturn);
		relate(&rel->rmb_later, before & ~set->noreturn,
		       after & loads);
		return;
	case MEMBAR_FENCE_WRITE:
		relate(&rel->wmb, before & set->writes, after & set->writes);
		return;
	case MEMBAR_FENCE_ACQUIRE:
		relate(&rel->nonrw0, before & loads, after & set->accesses);
		return;
	case MEMBAR_FENCE_RELEASE:
		relate(&rel->nonrw0, before & set->accesses,
		       after & set->writes);
		relate(&rel->cumul0, before & set->accesses,
		       after & set->writes);
		return;
	case MEMBAR_FENCE_BEFORE_ATOMIC:
		relate(&rel->strong0, before & set->accesses,
		       from_operation(m, after, set->rmw) & set->accesses);
		return;
	case MEMBAR_FENCE_AFTER_ATOMIC:
		relate(&rel->strong0,
		       up_to_operation(m, before, set->rmw) & set->accesses,
		       after & set->accesses);
		return;
	case MEMBAR_FENCE_AFTER_SPINLOCK:
		relate(&rel->strong0,
		       up_to_operation(m, before, set->lock_write) &
		       set->accesses, after & set->accesses);
		return;
	case MEMBAR_FENCE_AFTER_SRCU_UNLOCK:
		relate(&rel->strong0,
		       up_to_operation(m, before, set->srcu_unlock) &
		       set->accesses, after & set->accesses);
		return;
	}
}

/* The order that an access gives by itself. */
static void order_by_access(struct membar_model *m, unsigned int i)
{
	const struct membar_sets *set = &m->set;
	struct membar_relations *rel = &m->rel;
	membar_events before = m->event[i].before & set->accesses;
	membar_events after = rel->after.row[i] & set->accesses;
	membar_events bit = BIT_ULL(i);

	if (set->acquire & bit)
		relate(&rel->nonrw0, bit, after);
	if (set->release & bit) {
		relate(&rel->nonrw0, before, bit);
		relate(&rel->cumul0, before, bit);
	}
	if (set->full & set->reads & bit)
		relate(&rel->strong0, before, bit);
	if (set->full & set->writes & bit)
		relate(&rel->strong0, bit, after);
}

/* Grace periods are strong fences, up to and including themselves. */
static void order_by_grace_period(struct membar_model *m, unsigned int i)
{
	relate(&m->rel.strong0, m->event[i].before,
	       BIT_ULL(i) | m->rel.after.row[i]);
}

static bool counts(const struct membar_model *m, unsigned int i)
{
	return m->count_unpromised || !m->event[i].unpromised;
}

/* Matching rcu_read_lock() and rcu_read_unlock(), the innermost first. */
static void match_rcu(struct membar_model *m)
{
	u8 open[MEMBAR_MODEL_EVENTS], used = 0, thread = 0;
	unsigned int i;

	clear(m, &m->rel.rscs);
	for (i = 0; i < m->nr; i++) {
		const struct membar_event *e = &m->event[i];

		if (e->thread != thread)
			used = 0;
		thread = e->thread;
		if (e->fence == MEMBAR_FENCE_RCU_LOCK)
			open[used++] = i;
		else if (e->fence == MEMBAR_FENCE_RCU_UNLOCK && used)
			m->rel.rscs.row[i] = BIT_ULL(open[--used]);
	}
}

static void prepare(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	unsigned int i;

	sort_events(m);
	clear(m, &rel->strong0);
	clear(m, &rel->nonrw0);
	clear(m, &rel->cumul0);
	clear(m, &rel->wmb);
	clear(m, &rel->rmb);
	clear(m, &rel->rmb_prior);
	clear(m, &rel->rmb_later);
	for (i = 0; i < m->nr; i++) {
		if (membar_is_access(&m->event[i]))
			order_by_access(m, i);
		else if ((m->set.rcu_sync | m->set.srcu_sync) & BIT_ULL(i))
			order_by_grace_period(m, i);
		else if (counts(m, i))
			order_by_fence(m, i);
	}
	match_rcu(m);
	m->prepared = true;
}

/*
 * What follows from reads-from and coherence
 * ==========================================
 */

/* The writes to @var that come after @position in coherence order. */
static membar_events writes_after(const struct membar_model *m,
				  unsigned int var, unsigned int position)
{
	membar_events result = 0;
	unsigned int p;

	for (p = position; p < m->nr_writes[var]; p++)
		result |= BIT_ULL(m->coherence[var][p]);
	return result;
}

static void build_communication(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	unsigned int i, position;

	clear(m, &rel->rf);
	clear(m, &rel->co);
	clear(m, &rel->fr);
	for_each_event(i, m->set.accesses) {
		const struct membar_event *e = &m->event[i];

		position = m->position[i];
		if (membar_is_write(e)) {
			rel->co.row[i] = writes_after(m, e->var, position);
			continue;
		}
		rel->fr.row[i] = writes_after(m, e->var, position);
		if (position)
			rel->rf.row[m->coherence[e->var][position - 1]] |=
				BIT_ULL(i);
	}
}

/* From before an unlock to after the next lock of the same thread or lock. */
static void build_unlock_lock(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	membar_events locks, fences;
	unsigned int i;

	clear(m, &rel->unlock_lock);
	copy(m, &rel->strong, &rel->strong0);
	for_each_event(i, m->set.unlock) {
		locks = (rel->after.row[i] | rel->rf.row[i]) &
			m->set.lock_read;
		relate(&rel->unlock_lock, m->event[i].before,
		       image(&rel->after, locks));
		fences = image(&rel->after, locks) & m->set.after_unlock_lock;
		relate(&rel->strong, m->event[i].before & m->set.accesses,
		       image(&rel->after, fences) & m->set.accesses);
	}
}

static void build_fences(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;

	build_unlock_lock(m);
	copy(m, &rel->nonrw, &rel->nonrw0);
	add(m, &rel->nonrw, &rel->strong);
	copy(m, &rel->fence, &rel->nonrw);
	add(m, &rel->fence, &rel->wmb);
	add(m, &rel->fence, &rel->rmb);
}

static void build_direct_dependencies(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	unsigned int i, j;

	clear(m, &rel->addr);
	clear(m, &rel->data);
	clear(m, &rel->ctrl);
	for (i = 0; i < m->nr; i++) {
		for_each_event(j, m->event[i].addr)
			rel->addr.row[j] |= BIT_ULL(i);
		for_each_event(j, m->event[i].data)
			rel->data.row[j] |= BIT_ULL(i);
		for_each_event(j, m->event[i].ctrl)
			rel->ctrl.row[j] |= BIT_ULL(i);
	}
}

/* An SRCU section: the value that the lock returned reaches the unlock. */
static void match_srcu(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	unsigned int i, j;

	clear(m, &rel->srcu_rscs);
	if (!m->set.srcu_unlock)
		return;
	copy(m, &rel->a, &rel->data);
	restrict_to(m, &rel->a, m->set.all, ~m->set.srcu_unlock);
	then(m, &rel->a, &rel->a, &rel->rf);
	close_over(m, &rel->a);
	add_identity(m, &rel->a);
	then(m, &rel->a, &rel->a, &rel->data);
	for_each_event(i, m->set.reads)
		for_each_event(j, rel->a.row[i] & m->set.srcu_unlock)
			if (m->event[i].role == MEMBAR_ROLE_SRCU_LOCK &&
			    m->event[i].var == m->event[j].var)
				rel->srcu_rscs.row[j] |= BIT_ULL(i);
}

/* Writes that their own thread reads carry dependencies on. */
static void build_dependencies(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;

	build_direct_dependencies(m);
	match_srcu(m);

	copy(m, &rel->rfi, &rel->rf);
	keep_internal(m, &rel->rfi);
	copy(m, &rel->a, &rel->data);
	restrict_to(m, &rel->a, m->set.all, ~m->set.srcu_unlock);
	then(m, &rel->a, &rel->a, &rel->rfi);
	close_over(m, &rel->a);
	add_identity(m, &rel->a);
	prepend(m, &rel->addr, &rel->a);
	prepend(m, &rel->data, &rel->a);
	prepend(m, &rel->ctrl, &rel->a);
}

/* co or fr, within threads or between them. */
static void build_overwrite(struct membar_model *m, struct membar_relation *r,
			    bool internal)
{
	copy(m, r, &m->rel.co);
	add(m, r, &m->rel.fr);
	if (internal)
		keep_internal(m, r);
	else
		keep_external(m, r);
}

/* The part of happens-before that is within a thread; built in hb. */
static void build_ppo(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	struct membar_relation *ppo = &rel->hb;

	/* to-r */
	copy(m, ppo, &rel->addr);
	add(m, ppo, &rel->data);
	restrict_to(m, ppo, m->set.all, m->set.marked);
	then(m, ppo, ppo, &rel->rfi);
	copy(m, &rel->a, &rel->addr);
	restrict_to(m, &rel->a, m->set.all, m->set.reads);
	add(m, ppo, &rel->a);

	/* to-w */
	copy(m, &rel->a, &rel->addr);
	add(m, &rel->a, &rel->data);
	add(m, &rel->a, &rel->ctrl);
	restrict_to(m, &rel->a, m->set.all, m->set.writes);
	add(m, ppo, &rel->a);
	build_overwrite(m, &rel->a, true);
	add(m, ppo, &rel->a);
	copy(m, &rel->a, &rel->addr);
	restrict_to(m, &rel->a, m->set.all, m->set.plain);
	then(m, &rel->a, &rel->a, &rel->wmb);
	add(m, ppo, &rel->a);

	copy(m, &rel->a, &rel->fence);
	add(m, &rel->a, &rel->unlock_lock);
	keep_internal(m, &rel->a);
	add(m, ppo, &rel->a);
}

/* (rf ; rmw)* */
static void build_rmw_sequence(struct membar_model *m,
			       struct membar_relation *r)
{
	then(m, r, &m->rel.rf, &m->rel.rmw);
	close_over(m, r);
	add_identity(m, r);
}

static void build_rfe(struct membar_model *m, struct membar_relation *r)
{
	copy(m, r, &m->rel.rf);
	keep_external(m, r);
}

/* cumul-fence: the order in which writes reach the other CPUs. */
static void build_cumul(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	membar_events marked = m->set.marked;

	copy(m, &rel->cumul, &rel->strong);
	add(m, &rel->cumul, &rel->cumul0);
	build_rfe(m, &rel->a);
	restrict_to(m, &rel->a, m->set.all, marked);
	add_identity(m, &rel->a);
	prepend(m, &rel->cumul, &rel->a);
	add(m, &rel->cumul, &rel->wmb);
	add(m, &rel->cumul, &rel->unlock_lock);
	restrict_to(m, &rel->cumul, marked, marked);
	build_rmw_sequence(m, &rel->a);
	then(m, &rel->cumul, &rel->cumul, &rel->a);
	/* From here on it is repeated everywhere. */
	close_over(m, &rel->cumul);
	add_identity(m, &rel->cumul);
}

static void build_prop(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	membar_events marked = m->set.marked;

	build_overwrite(m, &rel->prop, false);
	add_identity(m, &rel->prop);
	restrict_to(m, &rel->prop, marked, m->set.all);
	then(m, &rel->prop, &rel->prop, &rel->cumul);
	restrict_to(m, &rel->prop, m->set.all, marked);
	build_rfe(m, &rel->a);
	add_identity(m, &rel->a);
	then(m, &rel->prop, &rel->prop, &rel->a);
	restrict_to(m, &rel->prop, m->set.all, marked);
}

/* Closed over: hb*, once it is known to have no cycle. */
static bool build_hb(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	unsigned int i;

	build_ppo(m);
	build_rfe(m, &rel->a);
	add(m, &rel->hb, &rel->a);
	copy(m, &rel->a, &rel->prop);
	keep_internal(m, &rel->a);
	for (i = 0; i < m->nr; i++)
		rel->a.row[i] &= ~BIT_ULL(i);
	add(m, &rel->hb, &rel->a);
	restrict_to(m, &rel->hb, m->set.marked, m->set.marked);
	close_over(m, &rel->hb);
	if (reflexive_somewhere(m, &rel->hb))
		return false;
	add_identity(m, &rel->hb);
	return true;
}

/* Closed over as well: pb*. */
static bool build_pb(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;

	then(m, &rel->pb, &rel->prop, &rel->strong);
	then(m, &rel->pb, &rel->pb, &rel->hb);
	restrict_to(m, &rel->pb, m->set.all, m->set.marked);
	close_over(m, &rel->pb);
	if (reflexive_somewhere(m, &rel->pb))
		return false;
	add_identity(m, &rel->pb);
	return true;
}

/*
 * RCU
 * ===
 */

/* rcu-link: po? ; hb* ; pb* ; prop ; po */
static void build_link(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;

	copy(m, &rel->link, &rel->after);
	add_identity(m, &rel->link);
	then(m, &rel->link, &rel->link, &rel->hb);
	then(m, &rel->link, &rel->link, &rel->pb);
	then(m, &rel->link, &rel->link, &rel->prop);
	then(m, &rel->link, &rel->link, &rel->after);
}

/* The events of the same SRCU domain. */
static void keep_domain(struct membar_model *m, struct membar_relation *r)
{
	unsigned int i, j;
	membar_events row;

	for (i = 0; i < m->nr; i++) {
		row = r->row[i];
		for_each_event(j, row)
			if (m->event[i].var != m->event[j].var)
				r->row[i] &= ~BIT_ULL(j);
	}
}

/*
 * Grace periods and critical sections in equal numbers: one of @gp and one of
 * @sections with @between between them, in either order, is added to the order.
 */
static void pair_sections(struct membar_model *m, membar_events gp,
			  const struct membar_relation *sections,
			  const struct membar_relation *between, bool domain)
{
	struct membar_relations *rel = &m->rel;
	membar_events locks = image(sections, m->set.all);
	unsigned int pass;

	for (pass = 0; pass < 2; pass++) {
		copy(m, &rel->a, between);
		if (pass) {
			restrict_to(m, &rel->a, locks, gp);
			prepend(m, &rel->a, sections);
		} else {
			restrict_to(m, &rel->a, gp, m->set.all);
			then(m, &rel->a, &rel->a, sections);
		}
		if (domain)
			keep_domain(m, &rel->a);
		add(m, &rel->order, &rel->a);
	}
}

static void pair_all_sections(struct membar_model *m,
			      const struct membar_relation *between)
{
	pair_sections(m, m->set.rcu_sync, &m->rel.rscs, between, false);
	if (m->set.srcu_sync)
		pair_sections(m, m->set.srcu_sync, &m->rel.srcu_rscs, between,
			      true);
}

/* rcu-order, the least relation that its rules give. */
static void build_order(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	membar_events gp = m->set.rcu_sync | m->set.srcu_sync;
	unsigned int i;

	clear(m, &rel->order);
	for_each_event(i, gp)
		rel->order.row[i] = BIT_ULL(i);
	pair_all_sections(m, &rel->link);
	do {
		copy(m, &rel->xb, &rel->order);
		/* link ; order ; link */
		then(m, &rel->b, &rel->link, &rel->order);
		then(m, &rel->b, &rel->b, &rel->link);
		pair_all_sections(m, &rel->b);
		then(m, &rel->a, &rel->order, &rel->link);
		then(m, &rel->a, &rel->a, &rel->order);
		add(m, &rel->order, &rel->a);
	} while (!contains(m, &rel->xb, &rel->order));
}

static bool build_rb(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;

	clear(m, &rel->rb);
	if (!(m->set.rcu_sync | m->set.srcu_sync))
		return true;
	build_link(m);
	build_order(m);

	/* rcu-fence: po ; rcu-order ; po? */
	copy(m, &rel->a, &rel->after);
	add_identity(m, &rel->a);
	then(m, &rel->rcu_fence, &rel->after, &rel->order);
	then(m, &rel->rcu_fence, &rel->rcu_fence, &rel->a);
	add(m, &rel->fence, &rel->rcu_fence);
	add(m, &rel->strong, &rel->rcu_fence);

	then(m, &rel->rb, &rel->prop, &rel->rcu_fence);
	then(m, &rel->rb, &rel->rb, &rel->hb);
	then(m, &rel->rb, &rel->rb, &rel->pb);
	restrict_to(m, &rel->rb, m->set.all, m->set.marked);
	return !reflexive_somewhere(m, &rel->rb);
}

/*
 * Plain accesses
 * ==============
 */

/* Executes-before and visibility; hb and pb are closed over already. */
static void build_visibility(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;

	copy(m, &rel->xb, &rel->hb);
	add(m, &rel->xb, &rel->pb);
	add(m, &rel->xb, &rel->rb);
	close_over(m, &rel->xb);

	/* vis: cumul-fence* ; rfe? ; [Marked] ; ... */
	copy(m, &rel->vis, &rel->strong);
	restrict_to(m, &rel->vis, m->set.all, m->set.marked);
	then(m, &rel->vis, &rel->vis, &rel->xb);
	copy(m, &rel->a, &rel->xb);
	keep_internal(m, &rel->a);
	add(m, &rel->vis, &rel->a);
	restrict_to(m, &rel->vis, m->set.marked, m->set.all);
	build_rfe(m, &rel->a);
	add_identity(m, &rel->a);
	prepend(m, &rel->vis, &rel->a);
	prepend(m, &rel->vis, &rel->cumul);
}

/*
 * @vis: from a write to what sees it.  @bound is what keeps that, a read or a
 * write, after a marked access before it.
 */
static void build_bounded_visibility(struct membar_model *m,
				     struct membar_relation *vis,
				     const struct membar_relation *bound)
{
	struct membar_relations *rel = &m->rel;

	/* [Marked] ; bound? */
	copy(m, &rel->b, bound);
	add_identity(m, &rel->b);
	restrict_to(m, &rel->b, m->set.marked, m->set.all);

	then(m, vis, &rel->strong, &rel->xb);
	then(m, vis, vis, &rel->b);

	/* w-post-bounded ; vis ; ... */
	then(m, &rel->a, &rel->vis, &rel->b);
	build_rmw_sequence(m, &rel->b);
	prepend(m, &rel->a, &rel->b);
	restrict_to(m, &rel->a, m->set.marked, m->set.all);
	copy(m, &rel->b, &rel->fence);
	add_identity(m, &rel->b);
	prepend(m, &rel->a, &rel->b);

	add(m, vis, &rel->a);
	add(m, vis, &rel->fence);
}

/* From a read to a write that cannot have been read. */
static void build_rw_xb(struct membar_model *m,
			const struct membar_relation *bound)
{
	struct membar_relations *rel = &m->rel;

	copy(m, &rel->rw_xb, bound);
	add_identity(m, &rel->rw_xb);
	restrict_to(m, &rel->rw_xb, m->set.marked, m->set.all);
	prepend(m, &rel->rw_xb, &rel->xb);
	/* r-post-bounded */
	copy(m, &rel->a, &rel->nonrw);
	add(m, &rel->a, &rel->rmb_later);
	add_identity(m, &rel->a);
	restrict_to(m, &rel->a, m->set.all, m->set.marked);
	prepend(m, &rel->rw_xb, &rel->a);
	add(m, &rel->rw_xb, &rel->fence);
}

/* Conflicting accesses of different threads, one of them plain. */
static void build_conflicts(struct membar_model *m, struct membar_relation *r)
{
	unsigned int i;

	clear(m, r);
	for_each_event(i, m->set.accesses)
		r->row[i] = m->set.plain & BIT_ULL(i) ? m->set.accesses :
							m->set.plain;
	keep_external(m, r);
}

/* Plain accesses that the order of marked ones forbids. */
static bool incoherent(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	struct membar_relation *conflicts = &rel->link;
	const struct {
		const struct membar_relation *seen, *order;
	} rules[] = {
		{ &rel->rf, &rel->rw_xb },
		{ &rel->fr, &rel->wr_vis },
		{ &rel->co, &rel->ww_vis },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rules); i++) {
		copy(m, &rel->a, conflicts);
		keep_common(m, &rel->a, rules[i].seen);
		invert(m, &rel->b, rules[i].order);
		keep_common(m, &rel->a, &rel->b);
		if (image(&rel->a, m->set.all))
			return true;
	}
	return false;
}

/* Whether a pair of @seen that conflicts is not in @order. */
static bool races(struct membar_model *m, const struct membar_relation *seen,
		  const struct membar_relation *order)
{
	unsigned int i;

	for (i = 0; i < m->nr; i++)
		if (m->rel.link.row[i] & seen->row[i] & ~order->row[i])
			return true;
	return false;
}

static bool has_race(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	unsigned int i;

	/* ww-nonrace */
	for (i = 0; i < m->nr; i++)
		rel->a.row[i] = rel->ww_vis.row[i] &
			(rel->rw_xb.row[i] |
			 (m->set.marked & BIT_ULL(i) ? m->set.writes : 0)) &
			(rel->wr_vis.row[i] |
			 (m->set.writes & BIT_ULL(i) ? m->set.marked : 0));
	if (races(m, &rel->co, &rel->a))
		return true;

	/* wr-race, along co? ; rf */
	invert(m, &rel->b, &rel->rw_xb);
	add(m, &rel->b, &rel->wr_vis);
	copy(m, &rel->a, &rel->co);
	add_identity(m, &rel->a);
	then(m, &rel->a, &rel->a, &rel->rf);
	return races(m, &rel->a, &rel->b) ||
	       races(m, &rel->fr, &rel->rw_xb);
}

static bool check_plain(struct membar_model *m)
{
	struct membar_relations *rel = &m->rel;
	/* No longer needed for what they are named after. */
	struct membar_relation *w_bound = &rel->order, *r_bound = &rel->pb;

	build_visibility(m);
	copy(m, w_bound, &rel->addr);
	add(m, w_bound, &rel->fence);
	copy(m, r_bound, &rel->addr);
	add(m, r_bound, &rel->nonrw);
	add(m, r_bound, &rel->rmb_prior);
	build_bounded_visibility(m, &rel->ww_vis, w_bound);
	build_bounded_visibility(m, &rel->wr_vis, r_bound);
	build_rw_xb(m, w_bound);

	build_conflicts(m, &rel->link);
	if (incoherent(m))
		return false;
	m->race |= has_race(m);
	return true;
}

bool membar_axioms(struct membar_model *m)
{
	if (!m->prepared)
		prepare(m);
	build_communication(m);
	build_fences(m);
	build_dependencies(m);
	build_cumul(m);
	build_prop(m);
	return build_hb(m) && build_pb(m) && build_rb(m) &&
	       (!m->set.plain || check_plain(m));
}
