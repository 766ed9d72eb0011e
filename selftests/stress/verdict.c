// SPDX-License-Identifier: GPL-2.0
/*
 * What the contract of membar.h says of a test, worked out and not listed.
 *
 * A litmus test's name fixes one candidate execution: the values of its shape
 * say who reads from whom and which write comes first.  The contract forbids
 * the outcome if that execution violates an axiom of the Linux kernel memory
 * model, in which a fence orders what its row of arch/table.h says:
 *
 *  - every fence orders its prior accesses against its later ones;
 *  - a fence that orders prior *writes* against later writes also bounds how
 *    writes propagate to other CPUs (the model's cumul-fence);
 *  - if it orders prior reads as well, that covers the writes which those
 *    reads have seen (it is A-cumulative);
 *  - if it orders everything against everything it is a strong fence.
 *
 * There are at most eight accesses, so a relation is eight bytes and the
 * axioms are written out as they stand in the model.
 */
#include "stress.h"

/* Bit j of row[i]: i is related to j. */
struct relation {
	u8 row[MEMBAR_MAX_EVENTS];
};

static void relate(struct relation *r, unsigned int i, unsigned int j)
{
	r->row[i] |= BIT(j);
}

static struct relation either(struct relation a, struct relation b)
{
	unsigned int i;

	for (i = 0; i < MEMBAR_MAX_EVENTS; i++)
		a.row[i] |= b.row[i];
	return a;
}

static struct relation both(struct relation a, struct relation b)
{
	unsigned int i;

	for (i = 0; i < MEMBAR_MAX_EVENTS; i++)
		a.row[i] &= b.row[i];
	return a;
}

/* First @a, then @b. */
static struct relation then(struct relation a, struct relation b)
{
	struct relation c = { };
	unsigned int i, j;

	for (i = 0; i < MEMBAR_MAX_EVENTS; i++)
		for (j = 0; j < MEMBAR_MAX_EVENTS; j++)
			if (a.row[i] & BIT(j))
				c.row[i] |= b.row[j];
	return c;
}

static struct relation maybe(struct relation a)
{
	unsigned int i;

	for (i = 0; i < MEMBAR_MAX_EVENTS; i++)
		relate(&a, i, i);
	return a;
}

/* Zero or more times: the closure is complete after log2(8) squarings. */
static struct relation repeat(struct relation a)
{
	unsigned int i;

	a = maybe(a);
	for (i = 1; i < MEMBAR_MAX_EVENTS; i *= 2)
		a = then(a, a);
	return a;
}

static bool cyclic(struct relation a)
{
	struct relation path = then(a, repeat(a));
	unsigned int i;

	for (i = 0; i < MEMBAR_MAX_EVENTS; i++)
		if (path.row[i] & BIT(i))
			return true;
	return false;
}

/* The candidate execution of a shape: what does not depend on the edges. */
struct execution {
	struct relation po_loc;
	struct relation rf, co, fr;
	struct relation internal, external;	/* without the identity */
};

static void relate_accesses(struct execution *x,
			    const struct membar_access *a, unsigned int i,
			    const struct membar_access *b, unsigned int j)
{
	bool same_thread = i / 2 == j / 2;

	relate(same_thread ? &x->internal : &x->external, i, j);
	if (a->loc != b->loc)
		return;
	if (same_thread && i < j)
		relate(&x->po_loc, i, j);
	if (b->dir == MEMBAR_W && a->value < b->value)
		relate(a->dir == MEMBAR_W ? &x->co : &x->fr, i, j);
	if (a->dir == MEMBAR_W && b->dir == MEMBAR_R && a->value == b->value)
		relate(&x->rf, i, j);
}

static void execution_make(const struct membar_shape *shape,
			   struct execution *x)
{
	const struct membar_access *a, *b;
	unsigned int i, j;

	*x = (struct execution){ };
	for (i = 0; i < MEMBAR_MAX_EVENTS; i++) {
		a = &shape->thread[i / 2][i % 2];
		for (j = 0; j < MEMBAR_MAX_EVENTS; j++) {
			b = &shape->thread[j / 2][j % 2];
			if (i != j && a->dir && b->dir)
				relate_accesses(x, a, i, b, j);
		}
	}
}

/* What the edges of a test add. */
struct ordering {
	struct relation ppo;	/* preserved within the thread */
	struct relation plain;	/* cumul-fence, of writes only */
	struct relation cumul;	/* cumul-fence, A-cumulative */
	struct relation strong;
};

static void order_fence(struct ordering *o, u8 prior, u8 later,
			const struct membar_access *a, unsigned int i)
{
	if (!(prior & a[0].dir) || !(later & a[1].dir))
		return;

	relate(&o->ppo, i, i + 1);
	if (prior == MEMBAR_RW && later == MEMBAR_RW)
		relate(&o->strong, i, i + 1);
	if (!(prior & MEMBAR_W) || a[1].dir != MEMBAR_W)
		return;
	relate(prior == MEMBAR_RW ? &o->cumul : &o->plain, i, i + 1);
}

/*
 * Between CPUs a mandatory barrier is never less than the smp one, and a virt
 * barrier is the smp one.  The dma flavour speaks of devices alone.
 */
static bool promises_cpus(enum membar_edge edge)
{
	return membar_edges[edge].flavour != MEMBAR_FLAVOUR_DMA;
}

static void order_edge(struct ordering *o, enum membar_edge edge,
		       const struct membar_access *a, unsigned int i)
{
	/* Neither an acquire load that comes second nor a release store before. */
	if (membar_edge_acquires(edge, 0))
		order_fence(o, MEMBAR_R, MEMBAR_RW, a, i);
	if (membar_edge_releases(edge, 1))
		order_fence(o, MEMBAR_RW, MEMBAR_W, a, i);

	switch (edge) {
	case MEMBAR_EDGE_XCHG:
	case MEMBAR_EDGE_CMPXCHG:
	case MEMBAR_EDGE_FADD:
		order_fence(o, MEMBAR_RW, MEMBAR_RW, a, i);
		return;
	case MEMBAR_EDGE_ADDR:
		relate(&o->ppo, i, i + 1);
		return;
	case MEMBAR_EDGE_DATA:
	case MEMBAR_EDGE_CTRL:
		/* A branch does not keep a later read. */
		if (a[1].dir == MEMBAR_W)
			relate(&o->ppo, i, i + 1);
		return;
	default:
		order_fence(o, membar_edges[edge].prior,
			    membar_edges[edge].later, a, i);
	}
}

static bool forbidden(const struct membar_test *test, bool count_unpromised)
{
	struct relation overwrite, rfe, fence, cumul, prop, hb, pb;
	struct ordering o = { };
	struct execution x;
	unsigned int t;

	execution_make(test->shape, &x);
	for (t = 0; t < MEMBAR_MAX_THREADS; t++)
		if (membar_thread_has_edge(test->shape, t) &&
		    (count_unpromised || promises_cpus(test->edge[t])))
			order_edge(&o, test->edge[t], test->shape->thread[t],
				   2 * t);

	/* coherence */
	if (cyclic(either(either(x.po_loc, x.rf), either(x.co, x.fr))))
		return true;

	overwrite = either(x.co, x.fr);
	rfe = both(x.rf, x.external);
	fence = either(o.strong, o.cumul);
	cumul = either(then(maybe(rfe), fence), o.plain);
	prop = then(then(maybe(both(overwrite, x.external)), repeat(cumul)),
		    maybe(rfe));

	/* happens-before: internal has no identity, as (prop \ id) & int */
	hb = either(either(o.ppo, both(overwrite, x.internal)),
		    either(rfe, both(prop, x.internal)));
	if (cyclic(hb))
		return true;

	/* propagation */
	pb = then(then(prop, o.strong), repeat(hb));
	return cyclic(pb);
}

enum membar_contract membar_test_contract(const struct membar_test *test)
{
	if (forbidden(test, false))
		return MEMBAR_FORBIDDEN;
	return forbidden(test, true) ? MEMBAR_UNPROMISED : MEMBAR_ALLOWED;
}
MEMBAR_EXPORT_TO_KUNIT(membar_test_contract);

const char *const membar_contract_names[MEMBAR_NR_CONTRACTS] = {
	[MEMBAR_ALLOWED] = "allowed",
	[MEMBAR_FORBIDDEN] = "forbidden",
	[MEMBAR_UNPROMISED] = "unpromised",
	[MEMBAR_UNKNOWN] = "unknown",
};

enum membar_verdict membar_verdict(enum membar_contract contract, u64 seen,
				   u64 expected)
{
	switch (contract) {
	case MEMBAR_FORBIDDEN:
		if (seen)
			return MEMBAR_FAIL;
		return expected >= MEMBAR_ENOUGH ? MEMBAR_PASS : MEMBAR_BLIND;
	case MEMBAR_UNPROMISED:
	case MEMBAR_UNKNOWN:
		return MEMBAR_INFO;
	default:
		return seen ? MEMBAR_SEEN : MEMBAR_NOT_SEEN;
	}
}
MEMBAR_EXPORT_TO_KUNIT(membar_verdict);

enum membar_verdict membar_judge(enum membar_contract contract,
				 const struct membar_evidence *e,
				 char *reason, size_t size)
{
	enum membar_verdict verdict;

	if (!e->batches)
		return MEMBAR_SKIP;
	if (e->unsound) {
		/* Coherence is promised to every program. */
		scnprintf(reason, size, "incoherent log");
		return MEMBAR_FAIL;
	}

	/* It is enough that a violation was seen; where is another matter. */
	verdict = membar_verdict(contract, e->seen + e->stray, e->expected);
	if (e->stuck)
		scnprintf(reason, size, "a thread gave up waiting for another one");
	else if (!e->seen && e->stray)
		scnprintf(reason, size, "seen in batches that do not count");
	else if (!e->observed)
		scnprintf(reason, size, "its threads never ran together");
	else if (verdict == MEMBAR_BLIND && e->control_seen)
		scnprintf(reason, size, "%llu expected, %u would be enough",
			  (unsigned long long)e->expected, MEMBAR_ENOUGH);
	return verdict;
}
MEMBAR_EXPORT_TO_KUNIT(membar_judge);

const char *const membar_verdict_names[MEMBAR_NR_VERDICTS] = {
	[MEMBAR_PASS] = "pass",
	[MEMBAR_BLIND] = "blind",
	[MEMBAR_FAIL] = "FAIL",
	[MEMBAR_SEEN] = "seen",
	[MEMBAR_NOT_SEEN] = "not seen",
	[MEMBAR_INFO] = "info",
	[MEMBAR_SKIP] = "skip",
};
MEMBAR_EXPORT_TO_KUNIT(membar_verdict_names);
