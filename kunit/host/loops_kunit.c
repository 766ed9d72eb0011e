// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of the loops: each edge, engine and pair of accesses, and which accesses,
 * barriers and operations the loop makes, in their order.  What the other threads would
 * write is in a list that the loads go through.  The object code, and with it the
 * dependencies, is looked at by tools/loops-check.
 *
 * They run on the host only: tools/stress-host kunit.
 */
#include <kunit/test.h>

#include "loops/membar.h"
#include "run.h"

#define MAX_EVENTS	6144
#define MAX_ITERATIONS	(4 * MEMBAR_BURST)
#define CANARY		0xdeadU

static struct event {
	const char *what;
	const u32 *p;
	u32 v, u;
} made[MAX_EVENTS], wanted[MAX_EVENTS];
static unsigned int nr_made, nr_wanted;

static u32 own;
/* What the next load of a variable returns if another thread writes to it. */
static struct {
	const u32 *var;
	const u32 *next;
} written[2];

static void add_event(struct event *events, unsigned int *nr, const char *what,
		      const u32 *p, u32 v, u32 u)
{
	if (*nr == MAX_EVENTS)
		abort();
	events[(*nr)++] = (struct event){ what, p, v, u };
}

void event_of(const char *what, const u32 *p, u32 v, u32 u)
{
	add_event(made, &nr_made, what, p, v, u);
}

u32 load_of(const u32 *p, const char *what)
{
	unsigned int i;

	event_of(what, p, 0, 0);
	for (i = 0; i < ARRAY_SIZE(written); i++)
		if (p == written[i].var)
			return *written[i].next++;
	return *p;
}

void store_of(u32 *p, u32 v, const char *what)
{
	event_of(what, p, v, 0);
	*p = v;
}

void plain_write_of(u32 *p, u32 v)
{
	if (p == &own)
		event_of("plain, more by", p, v - *p, 0);
	*p = v;
}

/*
 * Every loop
 * ==========
 */

/* Whether an edge gives its accesses an order, for each place and direction. */
static const struct {
	bool acquires[2], releases[2];
} marks[MEMBAR_NR_EDGES] = {
	[MEMBAR_EDGE_LA] = { .acquires = { true, false } },
	[MEMBAR_EDGE_SR] = { .releases = { false, true } },
	[MEMBAR_EDGE_LA_SR] = { { true, false }, { false, true } },
	[MEMBAR_EDGE_LA_LA] = { .acquires = { true, true } },
	[MEMBAR_EDGE_SR_SR] = { .releases = { true, true } },
	[MEMBAR_EDGE_SR_LA] = { { false, true }, { true, false } },
	[MEMBAR_EDGE_SR_PO] = { .releases = { true, false } },
	[MEMBAR_EDGE_PO_LA] = { .acquires = { false, true } },
};

/* One loop, what it works on, and how often what can be broken was made before. */
struct trial {
	enum membar_edge edge;
	struct membar_access access[3];
	struct membar_lane lane;
	bool can_break;
	u32 executions;
};

static const struct membar_access nothing = { .dir = MEMBAR_R };

/* One time in three it is broken, if it can be. */
static bool breaks(struct trial *t)
{
	return t->can_break && ++t->executions % 3 == 0;
}

static void want(const char *what, const u32 *p, u32 v, u32 u)
{
	add_event(wanted, &nr_wanted, what, p, v, u);
}

static void want_access(struct trial *t, unsigned int i, u32 *var, u32 value)
{
	bool ordered;

	if (t->access[i].dir == MEMBAR_R) {
		ordered = marks[t->edge].acquires[i] && !breaks(t);
		want(ordered ? "load MEMBAR_ACQUIRE" : "load MEMBAR_RELAXED", var, 0, 0);
	} else {
		ordered = marks[t->edge].releases[i] && !breaks(t);
		want(ordered ? "store MEMBAR_RELEASE" : "store MEMBAR_RELAXED", var,
		     value, 0);
	}
}

static void want_barrier(struct trial *t, const char *what)
{
	if (!strcmp(what, "smp_mb MEMBAR_FULL") && breaks(t))
		what = "barrier";
	want(what, NULL, 0, 0);
}

static void want_operation(struct trial *t, const char *what, u32 v, u32 more)
{
	if (breaks(t))
		want("plain, more by", &own, more, 0);
	else
		want(what, &own, v, 0);
}

static void want_fence(struct trial *t)
{
	switch (t->edge) {
#define CASE(FLAVOUR, entry, ORDER, ...)				\
	case MEMBAR_EDGE_##FLAVOUR##_##ORDER:				\
		want_barrier(t, #entry " MEMBAR_" #ORDER);		\
		break;
	MEMBAR_FOR_EACH_BARRIER(CASE)
#undef CASE
	case MEMBAR_EDGE_XCHG:
		want_operation(t, "xchg MEMBAR_FULL", 1, 0);
		break;
	case MEMBAR_EDGE_CMPXCHG:
		want_operation(t, "cmpxchg MEMBAR_FULL", 0, 0);
		break;
	case MEMBAR_EDGE_FADD:
		want_operation(t, "fetch_add MEMBAR_FULL", 1, 1);
		break;
	default:
		break;
	}
}

/* One iteration; @read0 is what its first access reads. */
static void want_step(struct trial *t, size_t at, u32 value0, u32 value1, u32 read0)
{
	want_access(t, 0, t->lane.var[0] + at, value0);
	if (!t->access[1].dir)
		return;
	want_fence(t);
	if (t->edge == MEMBAR_EDGE_CTRL && t->access[0].dir == MEMBAR_R &&
	    read0 > t->lane.limit)
		return;
	want_access(t, 1, t->lane.var[1] + at, value1);
}

static void expect_events(struct kunit *test, const struct trial *t, const char *engine)
{
	unsigned int i;

	for (i = 0; i < nr_wanted && i < nr_made; i++)
		if (strcmp(made[i].what, wanted[i].what) || made[i].p != wanted[i].p ||
		    made[i].v != wanted[i].v || made[i].u != wanted[i].u)
			break;
	KUNIT_EXPECT_TRUE_MSG(test, nr_made == nr_wanted && i == nr_made,
			      "%s, edge %u, accesses %u and %u: %u events, not %u; %u: '%s' of %u, not '%s' of %u",
			      engine, t->edge, t->access[0].dir, t->access[1].dir, nr_made,
			      nr_wanted, i, i < nr_made ? made[i].what : "",
			      i < nr_made ? made[i].v : 0,
			      i < nr_wanted ? wanted[i].what : "",
			      i < nr_wanted ? wanted[i].v : 0);
}

static void begin(struct trial *t)
{
	memset(written, 0, sizeof(written));
	nr_made = 0;
	nr_wanted = 0;
	own = 7;
	t->lane.own = &own;
	t->lane.limit = 5;
}

/*
 * The engine "array"
 * ==================
 */

#define NR	6
#define STEP	3

static void try_array(struct kunit *test, struct trial *t, membar_loop_fn loop)
{
	/* From index 1; the loop has no business with the first and the last. */
	static const u32 order[NR + 2] = { 90, 4, 0, 3, 2, 1, 5, 90 };
	static u32 var[2][NR * STEP], copy[2][NR * STEP], read[2][NR + 2];
	u32 a, i, at;

	begin(t);
	for (a = 0; a < 2; a++) {
		/* Around the limit, each another. */
		for (i = 0; i < NR * STEP; i++)
			var[a][i] = i / STEP + 3 + 100 * a;
		for (i = 0; i < NR + 2; i++)
			read[a][i] = CANARY;
		memcpy(copy[a], var[a], sizeof(copy[a]));
		t->lane.var[a] = var[a];
		t->lane.value[a] = 40 + a;
		t->lane.read[a] = read[a];
	}
	t->lane.order = order;
	t->lane.step = STEP;
	for (i = 2; i < NR; i++)
		want_step(t, order[i] * STEP, 40, 41, var[0][order[i] * STEP]);
	loop(&t->lane, 2, NR - 1);
	expect_events(test, t, "array");

	for (a = 0; a < 2; a++) {
		for (i = 0; i < NR + 2; i++) {
			if (i < 2 || i >= NR || t->access[a].dir != MEMBAR_R) {
				KUNIT_EXPECT_EQ(test, read[a][i], CANARY);
				continue;
			}
			/* Of a read that was not made the last one is still there. */
			at = order[i] * STEP;
			if (a && t->edge == MEMBAR_EDGE_CTRL &&
			    t->access[0].dir == MEMBAR_R && var[0][at] > t->lane.limit)
				continue;
			KUNIT_EXPECT_EQ(test, read[a][i], copy[a][at]);
		}
	}
}

/*
 * The engine "perpetual"
 * ======================
 */

/*
 * In each eight reads of a burst one differs from the one before: each of the eight in
 * turn, for one read or from then on.  Then there are eight of a value of before.
 */
static void write_values(u32 *values)
{
	u32 i, last = 0;

	for (i = 0; i < MAX_ITERATIONS; i++) {
		values[i] = last;
		if (i / 8 % 9 == i % 8)
			values[i] = i / 72 % 2 ? ++last : 1000 + i;
		if (i / 72 % 4 == 3 && i / 8 % 9 == 8)
			values[i] = last - 1;
	}
}

static void expect_log(struct kunit *test, const struct membar_log *log,
		       const u32 *values, u32 from, u32 nr)
{
	u32 i, n = 1, last = 0;

	for (i = 0; i < nr; i++) {
		if (values[i] == last)
			continue;
		last = values[i];
		KUNIT_ASSERT_LT(test, n, log->nr);
		KUNIT_EXPECT_EQ(test, log->stretch[n].from, from + i);
		KUNIT_EXPECT_EQ(test, log->stretch[n].value, last);
		n++;
	}
	KUNIT_EXPECT_EQ(test, log->nr, n);
	KUNIT_EXPECT_EQ(test, log->last, last);
}

static void try_perpetual(struct kunit *test, struct trial *t, membar_loop_fn loop,
			  u32 from, u32 nr)
{
	static u32 var[2], values[2][MAX_ITERATIONS], read[2][MEMBAR_BURST + 8];
	static struct membar_stretch stretch[2][MEMBAR_LOG_ROOM(MAX_ITERATIONS)];
	struct membar_log log[2] = { { stretch[0] }, { stretch[1] } };
	const u32 burst = t->lane.bursts ? nr / MEMBAR_BURST * MEMBAR_BURST : 0;
	u32 a, i;

	begin(t);
	for (a = 0; a < 2; a++) {
		write_values(values[a]);
		for (i = 0; a && i < MAX_ITERATIONS; i++)
			values[a][i] += 100;
		for (i = 0; i < ARRAY_SIZE(read[a]); i++)
			read[a][i] = CANARY;
		t->lane.var[a] = &var[a];
		written[a].var = &var[a];
		written[a].next = values[a];
		membar_log_open(&log[a]);
		t->lane.log[a] = t->access[a].dir == MEMBAR_R ? &log[a] : NULL;
		t->lane.read[a] = read[a];
	}
	if (t->edge == MEMBAR_EDGE_CTRL)
		t->lane.limit = U32_MAX - 1;
	for (i = 0; i < nr; i++)
		want_step(t, 0, from + i, from + i, 0);
	loop(&t->lane, from, from + nr - 1);
	expect_events(test, t, t->lane.bursts ? "bursts" : "steady");

	for (a = 0; a < 2; a++) {
		if (t->access[a].dir == MEMBAR_R)
			expect_log(test, &log[a], values[a], from, nr);
		else
			KUNIT_EXPECT_EQ(test, log[a].nr, 1);
		for (i = 0; i < ARRAY_SIZE(read[a]); i++) {
			if (i < MEMBAR_BURST && burst && t->access[a].dir == MEMBAR_R)
				KUNIT_EXPECT_EQ(test, read[a][i],
						values[a][burst - MEMBAR_BURST + i]);
			else
				KUNIT_EXPECT_EQ(test, read[a][i], CANARY);
		}
	}
}

/*
 * Cases
 * =====
 */

typedef membar_loop_fn (*find_fn)(const struct membar_access *access,
				  enum membar_edge edge, enum membar_engine engine);

/* Some of the edges have an operation that this file breaks. */
static bool has_breakable(enum membar_edge edge)
{
	switch (edge) {
	case MEMBAR_EDGE_SMP_FULL:
	case MEMBAR_EDGE_XCHG:
	case MEMBAR_EDGE_CMPXCHG:
	case MEMBAR_EDGE_FADD:
		return true;
	default:
		return marks[edge].acquires[0] || marks[edge].acquires[1] ||
		       marks[edge].releases[0] || marks[edge].releases[1];
	}
}

/* Both engines, for two accesses; the executions go on from one loop to the next. */
static u32 try_pair(struct kunit *test, find_fn find, bool can_break, u32 executions,
		    enum membar_edge edge, u8 dir0, u8 dir1)
{
	static const struct { u32 from, nr; bool bursts; } parts[] = {
		{ 1, 23, false }, { 8, 16, true }, { 5, MEMBAR_BURST - 1, true },
		{ 1, MEMBAR_BURST, true }, { 260, 2 * MEMBAR_BURST + 9, true },
		{ 3, 2 * MEMBAR_BURST + 1, false },
	};
	struct trial t = {
		.edge = edge,
		.access = { { .dir = dir0 }, { .dir = dir1 }, nothing },
		.can_break = can_break && has_breakable(edge),
		.executions = executions,
	};
	unsigned int i;

	try_array(test, &t, find(t.access, edge, MEMBAR_ENGINE_ARRAY));
	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		t.lane.bursts = parts[i].bursts;
		try_perpetual(test, &t, find(t.access, edge, MEMBAR_ENGINE_PERPETUAL),
			      parts[i].from, parts[i].nr);
	}
	return t.executions;
}

static void try_all(struct kunit *test, find_fn find, bool can_break)
{
	unsigned int edge, dirs;
	u32 executions = 0;

	for (edge = 0; edge < MEMBAR_NR_EDGES; edge++)
		for (dirs = 0; dirs < 4; dirs++)
			executions = try_pair(test, find, can_break, executions, edge,
					      dirs & 1 ? MEMBAR_R : MEMBAR_W,
					      dirs & 2 ? MEMBAR_R : MEMBAR_W);
	/* A thread that only writes, once. */
	executions = try_pair(test, find, can_break, executions, MEMBAR_EDGE_PO, MEMBAR_W, 0);
}

static void each_loop(struct kunit *test)
{
	try_all(test, membar_loops_inline, false);
}

/* kunit/host/loops_broken.c */
static void broken_loops(struct kunit *test)
{
	try_all(test, membar_loops_outline, true);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(each_loop),
	KUNIT_CASE(broken_loops),
	{ }
};

static struct kunit_suite suite = {
	.name = "membar_loops",
	.test_cases = cases,
};

kunit_test_suite(suite);
