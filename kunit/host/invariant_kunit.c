// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of the invariants: which operations each of them makes, what it counts as
 * broken, and that it notices each operation that is broken on purpose.  The CPUs take
 * turns, so that a run with the same seed is the same run.  They run on the host only:
 * tools/stress-host kunit.
 */
#include <kunit/test.h>
#include <limits.h>
#include <ucontext.h>

/* The cases look at the variables that it keeps to itself. */
#include "atomic.c"

#include "../atomic_model.h"

#define MAX_EVENTS	10000000	/* of a run that ends */
#define STACK_SIZE	65536
#define TEXT_LEN	8192

static struct membar_shared shared;
/* The last one belongs to nobody. */
static struct membar_tally tallies[MEMBAR_MAX_CPUS + 1];
static struct membar_lane lanes[MEMBAR_MAX_CPUS];
static bool cut;
static unsigned int events, relaxes, rescheds;

/*
 * Events
 * ======
 */

/* All events so far, with a blank between. */
static char trace[TEXT_LEN];
static size_t trace_len;
static bool tracing;

/* Before the n-th event that ends with a text, another CPU acts. */
static struct {
	const char *event;
	unsigned int nth;
	void (*act)(void);
} other;

/* The CPUs that take turns, and the random numbers that say whose turn is next. */
static struct {
	ucontext_t caller;
	ucontext_t cpu[MEMBAR_MAX_CPUS];
	char stack[MEMBAR_MAX_CPUS][STACK_SIZE];
	u32 running;
	unsigned int now;
	u32 random;
} turns;

static void start_trace(void)
{
	trace_len = 0;
	trace[0] = '\0';
	tracing = true;
}

static u32 random_below(u32 limit)
{
	turns.random = turns.random * 1664525 + 1013904223;
	return (turns.random >> 16) % limit;
}

static void give_turn_to(unsigned int cpu)
{
	const unsigned int from = turns.now;

	if (cpu == from)
		return;
	turns.now = cpu;
	swapcontext(&turns.cpu[from], &turns.cpu[cpu]);
}

static unsigned int random_cpu(void)
{
	unsigned int cpu;

	do {
		cpu = random_below(lanes[0].nr);
	} while (!(turns.running & BIT(cpu)));
	return cpu;
}

static bool ends_with(const char *text, const char *end)
{
	const size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && !strcmp(text + len - end_len, end);
}

unsigned long jiffies;
/* How much later it is after each offer to let others run. */
static unsigned long clock_step;

/* Whether anybody looks at the event that comes now. */
static bool begin_event(void)
{
	if (++events > MAX_EVENTS) {
		printf("not ok it goes on forever\n");
		exit(1);
	}
	if (turns.running && random_below(2))
		give_turn_to(random_cpu());
	return tracing || other.event;
}

static __printf(1, 2) void note_event(const char *fmt, ...)
{
	char text[128];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (other.event && ends_with(text, other.event) && !--other.nth) {
		other.event = NULL;
		other.act();
	}
	if (tracing)
		trace_len += scnprintf(trace + trace_len, sizeof(trace) - trace_len,
				       "%s%s", trace_len ? " " : "", text);
}

void event_of(const char *name)
{
	if (!strcmp(name, "relax"))
		relaxes++;
	if (!strcmp(name, "resched")) {
		rescheds++;
		jiffies += clock_step;
	}
	if (begin_event())
		note_event("%s", name);
}

/* The name of a variable; NULL if it is none of those that are shared. */
static const char *name_of(const volatile void *p)
{
	static const struct {
		const char *name;
		size_t offset, size;
	} variables[] = {
#define ROW(name)							\
		{ #name, offsetof(struct membar_shared, name),		\
		  sizeof(shared.name) }
		ROW(u8), ROW(u16), ROW(u32), ROW(u64), ROW(word), ROW(head),
		ROW(tail), ROW(left), ROW(right), ROW(bytes),
#undef ROW
	};
	const size_t at = (uintptr_t)p - (uintptr_t)&shared;
	static char name[32];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(variables); i++) {
		if (at - variables[i].offset >= variables[i].size)
			continue;
		if (at == variables[i].offset)
			return variables[i].name;
		snprintf(name, sizeof(name), "%s+%zu", variables[i].name,
			 at - variables[i].offset);
		return name;
	}
	return NULL;
}

static s64 with_sign(u64 v, size_t size)
{
	const unsigned int unused = 64 - 8 * size;

	return (s64)(v << unused) >> unused;
}

void read_of(const volatile void *p, size_t size)
{
	if (name_of(p) && begin_event())
		note_event("%s.read", name_of(p));
}

void write_of(const volatile void *p, size_t size, uint64_t v)
{
	if (name_of(p) && begin_event())
		note_event("%s.write(%lld)", name_of(p), with_sign(v, size));
}

static u64 value_at(const volatile void *p, size_t size)
{
	u64 v = 0;

	memcpy(&v, (const void *)p, size);
	return v;
}

/* The operation as an event. */
static void note_operation(enum operation op, const volatile void *p, size_t size,
			   enum membar_order order, u64 v, u64 u)
{
	static const struct {
		const char *name, *form;
	} operations[] = {
#define ROW(op, form, ...)	[OP_##op] = { #op, #form },
		MEMBAR_FOR_EACH_ATOMIC_OP(ROW)
#undef ROW
		[OP_test_and_set_bit] = { "test_and_set_bit", "bool_v" },
		[OP_test_and_change_bit] = { "test_and_change_bit", "bool_v" },
		[OP_clear_bit] = { "clear_bit", "void_v" },
	};
	static const char *const orders[] = {
		"full", "read", "write", "acquire", "release", "relaxed",
	};
	char operands[48] = "";

	if (!begin_event())
		return;
	if (ends_with(operations[op].form, "_v"))
		snprintf(operands, sizeof(operands), "(%lld)", with_sign(v, size));
	else if (ends_with(operations[op].form, "_au"))
		snprintf(operands, sizeof(operands), "(%lld,%lld)",
			 with_sign(v, size), with_sign(u, size));
	else if (ends_with(operations[op].form, "cmpxchg"))
		snprintf(operands, sizeof(operands), "(%lld,%lld)",
			 with_sign(u, size), with_sign(v, size));
	note_event("%s.%s%s:%s", name_of(p), operations[op].name, operands,
		   orders[order]);
}

int64_t operate(enum operation op, const volatile void *p, size_t size,
		enum membar_order order, uint64_t v, uint64_t u)
{
	u64 x, next = 0;
	s64 result = 0;
	bool stops = false;

	note_operation(op, p, size, order, v, u);
	x = value_at(p, size);
	switch (op) {
#define NARROW(e)	(e)
#define SIGNED(e)	with_sign(e, size)
#define ROW(op, operands, stops_if, new, returns, value)		\
	case OP_##op:							\
		stops = (stops_if);					\
		next = (new);						\
		result = (value);					\
		break;
	ATOMIC_MODEL(ROW)
	ROW(load, (), true, x, true, x)
	ROW(store, (v), false, v, false, 0)
	ROW(xchg, (v), false, v, true, x)
	ROW(cmpxchg, (v, u), x != u, v, true, x)
	ROW(try_cmpxchg, (v, u), x != u, v, true, x)
	ROW(test_and_set_bit, (v), false, x | BIT(v), true, !!(x & BIT(v)))
	ROW(test_and_change_bit, (v), false, x ^ BIT(v), true, !!(x & BIT(v)))
	ROW(clear_bit, (v), false, x & ~BIT(v), false, 0)
#undef ROW
	}
	if (!stops)
		memcpy((void *)p, &next, size);
	return result;
}

/*
 * Sites
 * =====
 */

/* The test that runs, as its sites have it. */
static const char *test_now;
/* The cell that is broken from the n-th visit on, and how; NULL stands for each cell. */
static struct {
	const char *cell;
	enum membar_way way;
	unsigned int from;
} broken;
static unsigned int visits;
static bool strange_site;

#define MAX_SITES	16

/* The sites of the test that runs, each once. */
static struct {
	const char *cell;
	u8 ways;
} sites[MAX_SITES];
static unsigned int nr_sites;

atomic_t membar_operations;

static void break_cell(const char *cell, enum membar_way way, unsigned int from)
{
	broken.cell = cell;
	broken.way = way;
	broken.from = from;
	visits = 0;
}

static void mend(void)
{
	break_cell(NULL, MEMBAR_SOUND, 0);
}

static void note_site(const struct membar_site *site)
{
	static const char letters[] = {
		[MEMBAR_NOTHING] = 'N', [MEMBAR_PLAIN] = 'P',
		[MEMBAR_ALWAYS] = 'A', [MEMBAR_UNORDERED] = 'U',
	};
	char ways[MEMBAR_NR_WAYS] = "";
	unsigned int way, n = 0;

	if (!begin_event())
		return;
	for (way = MEMBAR_NOTHING; way < MEMBAR_NR_WAYS; way++)
		if (site->ways & BIT(way))
			ways[n++] = letters[way];
	note_event("%s/%s", site->cell, ways);
}

/* Called each time, as no site is ever told that it is listed. */
void membar_site_list(struct membar_site *site)
{
	unsigned int s;

	strange_site |= strcmp(site->test, test_now);
	for (s = 0; s < nr_sites && strcmp(sites[s].cell, site->cell); s++)
		;
	if (s == nr_sites && s < MAX_SITES) {
		sites[s].cell = site->cell;
		sites[s].ways = site->ways;
		nr_sites++;
	}
	site->way = MEMBAR_SOUND;
	if ((!broken.cell || !strcmp(broken.cell, site->cell)) &&
	    site->ways & BIT(broken.way) && ++visits >= broken.from)
		site->way = broken.way;
	note_site(site);
}

void membar_gap(u32 *waited)
{
	++*waited;
	event_of("gap");
}

/*
 * Runs
 * ====
 */

/* The state that an iteration finds, if it is not the first one. */
static void (*before_trace)(void);

static void forget(struct kunit *test)
{
	tracing = false;
	before_trace = NULL;
	other.event = NULL;
	turns.running = 0;
	mend();
}

static bool is_pair(enum membar_invariant invariant)
{
	return membar_invariant_threads(invariant, MEMBAR_MAX_CPUS) == 2;
}

/* The test of an order has the sites of the other test of its program. */
static bool is_order(enum membar_invariant invariant)
{
	return ends_with(membar_invariant_names[invariant], "_order");
}

static void set_up(enum membar_invariant invariant, unsigned int nr, u32 batch_size)
{
	static char name[40];
	unsigned int t;

	strscpy(name, membar_invariant_names[invariant], sizeof(name));
	if (is_order(invariant))
		name[strlen(name) - strlen("_order")] = '\0';
	test_now = name;
	events = 0;
	relaxes = 0;
	rescheds = 0;
	other.event = NULL;
	nr_sites = 0;
	strange_site = false;
	cut = false;
	visits = 0;
	jiffies = ULONG_MAX - 2;
	clock_step = 1;
	memset(&shared, 0xa5, sizeof(shared));
	memset(tallies, 0xa5, sizeof(tallies));
	memset(lanes, 0, sizeof(lanes));
	for (t = 0; t < nr; t++) {
		lanes[t] = (struct membar_lane) {
			.shared = &shared,
			.tallies = tallies,
			.tally = &tallies[t],
			.cut = &cut,
			.index = t,
			.nr = nr,
			.batch_size = batch_size,
		};
	}
	membar_invariant_set_up(invariant, &lanes[0]);
}

static u64 check(enum membar_invariant invariant)
{
	return membar_invariant_check(invariant, &lanes[0], true);
}

static void run_one_after_another(enum membar_invariant invariant, bool twin)
{
	unsigned int t;

	for (t = 0; t < lanes[0].nr; t++)
		membar_invariant_work(invariant, twin)(&lanes[t], 1,
						       lanes[t].batch_size);
}

static membar_loop_fn loop_of_all;

static void take_turns(void)
{
	const unsigned int me = turns.now;

	loop_of_all(&lanes[me], 1, lanes[me].batch_size);
	turns.running &= ~BIT(me);
	turns.now = turns.running ? random_cpu() : me;
	setcontext(turns.running ? &turns.cpu[turns.now] : &turns.caller);
}

/* A CPU may lose its turn at each event. */
static void run_in_turns(enum membar_invariant invariant, bool twin, u32 seed)
{
	const unsigned int nr = lanes[0].nr;
	unsigned int t;

	loop_of_all = membar_invariant_work(invariant, twin);
	turns.random = seed;
	for (t = 0; t < nr; t++) {
		getcontext(&turns.cpu[t]);
		turns.cpu[t].uc_stack.ss_sp = turns.stack[t];
		turns.cpu[t].uc_stack.ss_size = STACK_SIZE;
		turns.cpu[t].uc_link = NULL;
		makecontext(&turns.cpu[t], take_turns, 0);
	}
	turns.running = BIT(nr) - 1;
	turns.now = random_cpu();
	swapcontext(&turns.caller, &turns.cpu[turns.now]);
}

/* Whether that breaks the invariant with one of so many seeds. */
static bool breaks_in_turns(enum membar_invariant invariant, bool twin,
			    unsigned int nr, u32 batch_size, unsigned int seeds)
{
	u32 seed;

	for (seed = 1; seed <= seeds; seed++) {
		set_up(invariant, nr, batch_size);
		run_in_turns(invariant, twin, seed);
		if (check(invariant))
			return true;
	}
	return false;
}

#define FOR_EACH(invariant)						\
	for (invariant = MEMBAR_NO_INVARIANT + 1;			\
	     invariant < MEMBAR_NR_INVARIANTS; invariant++)

/*
 * Programs
 * ========
 *
 * One iteration, most often of the third of three CPUs, as events: a site with the
 * ways in which it can be broken (Nothing, Plain, Always, Unordered), a variable with
 * the operation or the access, a barrier, and the gap in which others may come.
 */

static const char *const order_names[] = { "relaxed", "acquire", "release", "full" };

/* A text with the type in place of each @ and the order in place of each ~. */
static void fill_in(char *text, size_t size, const char *pattern, const char *type,
		    const char *order)
{
	size_t n = 0;

	for (; *pattern; pattern++) {
		if (*pattern == '@')
			n += scnprintf(text + n, size - n, "%s", type);
		else if (*pattern == '~')
			n += scnprintf(text + n, size - n, "%s", order);
		else
			n += scnprintf(text + n, size - n, "%c", *pattern);
	}
	text[n] = '\0';
}

/* Leave out the sites and the gaps, which a twin does not have. */
static void leave_out_sites(char *text, size_t size)
{
	char all[TEXT_LEN];
	const char *word;
	size_t n = 0;

	strscpy(all, text, sizeof(all));
	*text = '\0';
	for (word = strtok(all, " "); word; word = strtok(NULL, " "))
		if (!strchr(word, '/') && strcmp(word, "gap"))
			n += scnprintf(text + n, size - n, "%s%s", n ? " " : "", word);
}

static enum membar_invariant find_invariant(const char *name)
{
	enum membar_invariant invariant;

	FOR_EACH(invariant)
		if (!strcmp(membar_invariant_names[invariant], name))
			return invariant;
	return MEMBAR_NO_INVARIANT;
}

/* Iteration @i of one CPU as the events that it comes to. */
static void expect_trace(struct kunit *test, const char *name, unsigned int index,
			 u32 i, bool twin, enum membar_way way, const char *wanted)
{
	const enum membar_invariant invariant = find_invariant(name);

	KUNIT_ASSERT_TRUE_MSG(test, invariant, "no such invariant: %s", name);
	set_up(invariant, is_pair(invariant) ? 2 : index + 1, 1);
	break_cell(NULL, way, 1);
	if (before_trace)
		before_trace();
	start_trace();
	membar_invariant_work(invariant, twin)(&lanes[index], i, i);
	tracing = false;
	mend();
	KUNIT_EXPECT_TRUE_MSG(test, !strcmp(trace, wanted), "%s %u, way %u: '%s', not '%s'",
			      name, i, way, trace, wanted);
	KUNIT_EXPECT_FALSE(test, strange_site);
}

/* Programs of one operation, the plain twin of which reads and writes. */
static const struct {
	const char *name, *order, *call, *written;
} calls[] = {
	{ "add", "relaxed", "add(1)", "1" },
	{ "sub", "relaxed", "sub(1)", "-1" },
	{ "inc", "relaxed", "inc", "1" },
	{ "dec", "relaxed", "dec", "-1" },
	{ "add_return", "~", "add_return(1)", "1" },
	{ "sub_return", "~", "sub_return(1)", "-1" },
	{ "inc_return", "~", "inc_return", "1" },
	{ "dec_return", "~", "dec_return", "-1" },
	{ "fetch_add", "~", "fetch_add(1)", "1" },
	{ "fetch_sub", "~", "fetch_sub(1)", "-1" },
	{ "fetch_inc", "~", "fetch_inc", "1" },
	{ "fetch_dec", "~", "fetch_dec", "-1" },
	{ "sub_and_test", "~", "sub_and_test(1)", "2" },
	{ "dec_and_test", "~", "dec_and_test", "2" },
	{ "inc_and_test", "~", "inc_and_test", "-2" },
	{ "add_negative", "~", "add_negative(1)", "-2" },
	{ "xchg", "~", "xchg(2)", "2" },
};

/* Programs of several: all events, and all of them if the sites are plain. */
static const struct {
	const char *name, *sound, *plain;
} programs[] = {
	{ "cmpxchg",
	  "@.load:relaxed @_cmpxchg:~/NP @.cmpxchg(0,1):~ gap",
	  "@.load:relaxed @_cmpxchg:~/NP @.read gap @.write(1) gap" },
	{ "try_cmpxchg",
	  "@.load:relaxed @_try_cmpxchg:~/NP @.try_cmpxchg(0,1):~ gap",
	  "@.load:relaxed @_try_cmpxchg:~/NP @.read gap @.write(1) gap" },
	{ "or",
	  "@_or:relaxed/NP @.or(4):relaxed gap @.read "
	  "@_andnot:relaxed/NP @.andnot(4):relaxed gap @.read",
	  "@_or:relaxed/NP @.read gap @.write(4) gap @.read "
	  "@_andnot:relaxed/NP @.read gap @.write(0) gap @.read" },
	{ "and",
	  "@_or:relaxed/NP @.or(4):relaxed gap @.read "
	  "@_and:relaxed/NP @.and(-5):relaxed gap @.read",
	  "@_or:relaxed/NP @.read gap @.write(4) gap @.read "
	  "@_and:relaxed/NP @.read gap @.write(0) gap @.read" },
	{ "xor",
	  "@_xor:relaxed/NP @.xor(4):relaxed gap @.read "
	  "@_xor:relaxed/NP @.xor(4):relaxed gap @.read",
	  "@_xor:relaxed/NP @.read gap @.write(4) gap @.read "
	  "@_xor:relaxed/NP @.read gap @.write(0) gap @.read" },
	{ "fetch_or",
	  "@_fetch_or:~/NP @.fetch_or(4):~ gap "
	  "@_fetch_andnot:~/NP @.fetch_andnot(4):~ gap",
	  "@_fetch_or:~/NP @.read gap @.write(4) gap "
	  "@_fetch_andnot:~/NP @.read gap @.write(0) gap" },
	{ "fetch_and",
	  "@_fetch_or:~/NP @.fetch_or(4):~ gap "
	  "@_fetch_and:~/NP @.fetch_and(-5):~ gap",
	  "@_fetch_or:~/NP @.read gap @.write(4) gap "
	  "@_fetch_and:~/NP @.read gap @.write(0) gap" },
	{ "fetch_xor",
	  "@_fetch_xor:~/NP @.fetch_xor(4):~ gap "
	  "@_fetch_xor:~/NP @.fetch_xor(4):~ gap",
	  "@_fetch_xor:~/NP @.read gap @.write(4) gap "
	  "@_fetch_xor:~/NP @.read gap @.write(0) gap" },
};

/* The gates: the values when they are open and shut, and in and out. */
static const struct gate {
	const char *name, *call, *in, *out;
	int open, shut, one;
} gates[] = {
	{ "add_unless", "add_unless(1,-1)", "add(1)", "dec", 0, -1, 1 },
	{ "inc_not_zero", "inc_not_zero", "add(1)", "dec", 1, 0, 1 },
	{ "inc_unless_negative", "inc_unless_negative", "add(1)", "dec", 0, -1, 1 },
	{ "dec_unless_positive", "dec_unless_positive", "add(-1)", "inc", 0, 1, -1 },
	{ "dec_if_positive", "dec_if_positive", "add(-1)", "inc", 64, 0, -1 },
};

static const char *const wide[] = { "u32", "u64" };
static const char *const all_types[] = { "u8", "u16", "u32", "u64" };

static void expect_program(struct kunit *test, const char *type, const char *op,
			   const char *sound, const char *plain)
{
	char name[64], text[512];
	u32 i;

	snprintf(name, sizeof(name), "%s_%s", type, op);
	for (i = 1; i <= 5; i++) {
		fill_in(text, sizeof(text), sound, type, order_names[i % 4]);
		expect_trace(test, name, 2, i, false, MEMBAR_SOUND, text);
		fill_in(text, sizeof(text), plain, type, order_names[i % 4]);
		expect_trace(test, name, 2, i, false, MEMBAR_PLAIN, text);
		leave_out_sites(text, sizeof(text));
		expect_trace(test, name, 2, i, true, MEMBAR_SOUND, text);
	}
}

static void operations_in_each_order(struct kunit *test)
{
	char sound[256], plain[256];
	unsigned int c, t;

	for (c = 0; c < ARRAY_SIZE(calls); c++) {
		snprintf(sound, sizeof(sound), "@_%s:%s/NP @.%s:%s gap",
			 calls[c].name, calls[c].order, calls[c].call, calls[c].order);
		snprintf(plain, sizeof(plain), "@_%s:%s/NP @.read gap @.write(%s) gap",
			 calls[c].name, calls[c].order, calls[c].written);
		for (t = 0; t < ARRAY_SIZE(wide); t++)
			expect_program(test, wide[t], calls[c].name, sound, plain);
	}
	for (c = 0; c < ARRAY_SIZE(programs); c++)
		for (t = 0; t < ARRAY_SIZE(wide); t++)
			expect_program(test, wide[t], programs[c].name,
				       programs[c].sound, programs[c].plain);
	for (t = 0; t < 2; t++) {
		expect_program(test, all_types[t], "xchg", "@_xchg:~/NP @.xchg(2):~ gap",
			       "@_xchg:~/NP @.read gap @.write(2) gap");
		for (c = 0; c < 2; c++)
			expect_program(test, all_types[t], programs[c].name,
				       programs[c].sound, programs[c].plain);
	}
}

static void gates_in_each_order(struct kunit *test)
{
	char site[64], then[128], sound[512], plain[512], always[512];
	char name[64], text[512];
	unsigned int g, t;

	for (g = 0; g < ARRAY_SIZE(gates); g++) {
		const struct gate *gate = &gates[g];

		snprintf(site, sizeof(site), "@_%s:~/NPA", gate->name);
		/* Once it is empty the same CPU shuts it. */
		snprintf(then, sizeof(then),
			 "gap @.load:relaxed @.%s:relaxed @.cmpxchg(%d,%d):relaxed",
			 gate->out, gate->open, gate->shut);
		snprintf(sound, sizeof(sound),
			 "%s @.%s:~ %s %s @.%s:~ gap @.load:relaxed @.add(%d):relaxed",
			 site, gate->call, then, site, gate->call,
			 gate->open - gate->shut);
		snprintf(plain, sizeof(plain),
			 "%s @.read gap @.write(%d) %s %s @.read gap gap @.load:relaxed "
			 "@.add(%d):relaxed",
			 site, gate->open + gate->one, then, site,
			 gate->open - gate->shut);
		for (t = 0; t < ARRAY_SIZE(wide); t++) {
			expect_program(test, wide[t], gate->name, sound, plain);
			snprintf(always, sizeof(always),
				 "%s @.%s:relaxed %s %s @.%s:relaxed gap @.%s:relaxed "
				 "@.load:relaxed @.add(%d):relaxed",
				 site, gate->in, then, site, gate->in, gate->out,
				 gate->open - gate->shut);
			fill_in(text, sizeof(text), always, wide[t], "relaxed");
			snprintf(name, sizeof(name), "%s_%s", wide[t], gate->name);
			expect_trace(test, name, 2, 4, false, MEMBAR_ALWAYS, text);
			KUNIT_EXPECT_EQ_MSG(test, told(&lanes[0]), 1, "%s", name);
		}
	}
}

/* All bytes of a store are equal; a plain one writes the first byte before the gap. */
static void expect_tearing(struct kunit *test, unsigned int t, unsigned int index, u32 i)
{
	const u64 ones = t ? 0x0101010101010101 : 0x01010101;
	const unsigned int size = t ? 8 : 4, byte = 1 + (i + index) % 255;
	const char *store = i % 2 ? "relaxed" : "release";
	const char *load = i % 2 ? "relaxed" : "acquire";
	char name[64], text[1024];
	unsigned int b, n = 0;

	snprintf(name, sizeof(name), "%s_tearing", wide[t]);
	snprintf(text, sizeof(text),
		 "%s_store:%s/NP %s.store(%lld):%s gap %s_load:%s/NP %s.load:%s gap",
		 wide[t], store, wide[t], with_sign(ones * byte, size), store, wide[t],
		 load, wide[t], load);
	expect_trace(test, name, index, i, false, MEMBAR_SOUND, text);

	n = snprintf(text, sizeof(text), "%s_store:%s/NP %s.write(%d) gap", wide[t],
		     store, wide[t], (s8)byte);
	for (b = 1; b < size; b++)
		n += snprintf(text + n, sizeof(text) - n, " %s+%u.write(%d)", wide[t], b,
			      (s8)byte);
	n += snprintf(text + n, sizeof(text) - n, " gap %s_load:%s/NP %s.read gap",
		      wide[t], load, wide[t]);
	for (b = 1; b < size; b++)
		n += snprintf(text + n, sizeof(text) - n, " %s+%u.read", wide[t], b);
	snprintf(text + n, sizeof(text) - n, " gap");
	expect_trace(test, name, index, i, false, MEMBAR_PLAIN, text);
	leave_out_sites(text, sizeof(text));
	expect_trace(test, name, index, i, true, MEMBAR_SOUND, text);
}

static void words_of_equal_bytes(struct kunit *test)
{
	unsigned int t;
	u32 i;

	for (t = 0; t < ARRAY_SIZE(wide); t++) {
		for (i = 1; i <= 4; i++)
			expect_tearing(test, t, 2, i);
		for (i = 250; i <= 256; i++)
			expect_tearing(test, t, 1, i);
	}
}

/* The first number is in the ring, as the program of the case has it. */
static void send_one(void)
{
	shared.head = 1;
	shared.ring[0] = 3;
}

/* Programs that have no type, in each way; the twins of order wait and do not order. */
static const struct {
	const char *name;
	unsigned int index;
	u32 i;
	enum membar_way way;
	bool twin;
	const char *events;
	void (*before)(void);
} once[] = {
	{ "mixed_sizes", 2, 3, MEMBAR_SOUND, false,
	  "u8_store:relaxed/NP bytes+2.store(3):relaxed gap "
	  "u32_load:relaxed/N bytes.load:relaxed gap" },
	{ "mixed_sizes", 5, 3, MEMBAR_PLAIN, false,
	  "u8_store:relaxed/NP bytes+4.read gap bytes+4.write(768) gap "
	  "u32_load:relaxed/N bytes+4.load:relaxed gap" },
	{ "mixed_sizes", 7, 300, MEMBAR_SOUND, true,
	  "bytes+4.read bytes+4.write(738197504) bytes+4.read" },

	{ "bit_lock", 2, 1, MEMBAR_SOUND, false,
	  "test_and_change_bit:full/NP word.test_and_change_bit(3):full gap "
	  "test_and_set_bit:acquire/NPU word.test_and_set_bit(0):acquire gap "
	  "barrier gap clear_bit:release/NPU word.clear_bit(0):release gap" },
	{ "bit_lock", 2, 1, MEMBAR_PLAIN, false,
	  "test_and_change_bit:full/NP word.read gap word.write(8) gap "
	  "test_and_set_bit:acquire/NPU word.read gap word.write(9) gap "
	  "barrier gap clear_bit:release/NPU word.read gap word.write(8) gap" },
	{ "bit_lock", 2, 1, MEMBAR_UNORDERED, false,
	  "test_and_change_bit:full/NP word.test_and_change_bit(3):full gap "
	  "test_and_set_bit:acquire/NPU word.fetch_or(1):relaxed gap "
	  "barrier gap clear_bit:release/NPU word.clear_bit(0):relaxed gap" },
	{ "bit_lock", 2, 1, MEMBAR_SOUND, true,
	  "word.read word.write(8) barrier word.read word.write(8)" },
	{ "bit_lock_order", 2, 1, MEMBAR_SOUND, true,
	  "word.test_and_change_bit(3):full word.fetch_or(1):relaxed barrier "
	  "word.clear_bit(0):relaxed" },

	{ "ticket_lock", 2, 1, MEMBAR_SOUND, false,
	  "u32_fetch_add:relaxed/NP tail.fetch_add(1):relaxed gap "
	  "u32_load:acquire/NU head.load:acquire gap barrier gap "
	  "u32_store:release/NU head.store(1):release gap" },
	{ "ticket_lock", 2, 1, MEMBAR_PLAIN, false,
	  "u32_fetch_add:relaxed/NP tail.read gap tail.write(1) gap "
	  "u32_load:acquire/NU head.load:acquire gap barrier gap "
	  "u32_store:release/NU head.store(1):release gap" },
	{ "ticket_lock", 2, 1, MEMBAR_UNORDERED, false,
	  "u32_fetch_add:relaxed/NP tail.fetch_add(1):relaxed gap "
	  "u32_load:acquire/NU head.read barrier gap barrier gap "
	  "u32_store:release/NU barrier head.write(1) gap" },
	{ "ticket_lock", 2, 1, MEMBAR_SOUND, true,
	  "tail.read tail.write(1) barrier head.write(1)" },
	{ "ticket_lock_order", 2, 1, MEMBAR_SOUND, true,
	  "tail.fetch_add(1):relaxed head.read barrier barrier barrier head.write(1)" },

	{ "seqlock", 0, 3, MEMBAR_SOUND, false,
	  "u32_load:relaxed/N head.load:relaxed gap "
	  "u32_store:relaxed/N head.store(1):relaxed gap "
	  "smp_mb:write/U smp_mb:MEMBAR_WRITE gap left.write(3) gap right.write(3) "
	  "u32_store:release/NU head.store(2):release gap barrier barrier barrier" },
	{ "seqlock", 0, 256, MEMBAR_UNORDERED, false,
	  "u32_load:relaxed/N head.load:relaxed gap "
	  "u32_store:relaxed/N head.store(1):relaxed gap "
	  "smp_mb:write/U barrier gap left.write(256) gap right.write(256) "
	  "u32_store:release/NU barrier head.write(2) gap" },
	{ "seqlock", 0, 257, MEMBAR_SOUND, true,
	  "head.read head.write(1) barrier left.write(257) right.write(257) "
	  "head.write(2) barrier" },
	{ "seqlock_order", 0, 256, MEMBAR_SOUND, true,
	  "head.read barrier barrier head.write(1) barrier left.write(256) "
	  "right.write(256) barrier head.write(2)" },
	{ "seqlock", 1, 3, MEMBAR_SOUND, false,
	  "u32_load:acquire/NU head.load:acquire gap left.read right.read "
	  "smp_mb:read/U smp_mb:MEMBAR_READ gap "
	  "u32_load:relaxed/N head.load:relaxed gap" },
	{ "seqlock", 1, 3, MEMBAR_UNORDERED, false,
	  "u32_load:acquire/NU head.read barrier gap left.read right.read "
	  "smp_mb:read/U barrier gap u32_load:relaxed/N head.load:relaxed gap" },
	{ "seqlock", 1, 3, MEMBAR_SOUND, true,
	  "head.read left.read right.read barrier" },
	{ "seqlock_order", 1, 3, MEMBAR_SOUND, true,
	  "head.read barrier left.read right.read barrier head.read barrier" },

	{ "spsc_ring", 0, 3, MEMBAR_SOUND, false,
	  "u32_load:relaxed/N head.load:relaxed gap "
	  "u32_load:acquire/NU tail.load:acquire gap "
	  "u32_store:release/NU head.store(1):release gap" },
	{ "spsc_ring", 0, 3, MEMBAR_UNORDERED, false,
	  "u32_load:relaxed/N head.load:relaxed gap "
	  "u32_load:acquire/NU tail.read barrier gap "
	  "u32_store:release/NU barrier head.write(1) gap" },
	{ "spsc_ring", 0, 3, MEMBAR_SOUND, true, "head.read head.write(1)" },
	{ "spsc_ring_order", 0, 3, MEMBAR_SOUND, true,
	  "head.read barrier tail.read barrier barrier head.write(1)" },
	{ "spsc_ring", 1, 3, MEMBAR_SOUND, false,
	  "u32_load:relaxed/N tail.load:relaxed gap "
	  "u32_load:acquire/NU head.load:acquire gap "
	  "u32_store:release/NU tail.store(1):release gap", send_one },
	{ "spsc_ring", 1, 3, MEMBAR_UNORDERED, false,
	  "u32_load:relaxed/N tail.load:relaxed gap "
	  "u32_load:acquire/NU head.read barrier gap "
	  "u32_store:release/NU barrier tail.write(1) gap", send_one },
	{ "spsc_ring", 1, 3, MEMBAR_SOUND, true, "tail.read tail.write(1)", send_one },
	{ "spsc_ring_order", 1, 3, MEMBAR_SOUND, true,
	  "tail.read barrier head.read barrier barrier tail.write(1)", send_one },
};

static void programs_of_their_own(struct kunit *test)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(once); n++) {
		before_trace = once[n].before;
		expect_trace(test, once[n].name, once[n].index, once[n].i, once[n].twin,
			     once[n].way, once[n].events);
		KUNIT_EXPECT_EQ_MSG(test, told(&lanes[0]), 0, "%s", once[n].name);
	}
}

/* An operation that is not made changes nothing. */
static void operations_that_are_not_made(struct kunit *test)
{
	enum membar_invariant invariant;
	const char *word;

	FOR_EACH(invariant) {
		set_up(invariant, is_pair(invariant) ? 2 : 3, 4);
		break_cell(NULL, MEMBAR_NOTHING, 1);
		/* The waits of the others end here. */
		cut = true;
		start_trace();
		membar_invariant_work(invariant, false)(&lanes[0], 1, 1);
		mend();
		for (word = strtok(trace, " "); word; word = strtok(NULL, " ")) {
			if (!strchr(word, '/') || !strchr(word, 'N'))
				continue;
			word = strtok(NULL, " ");
			KUNIT_EXPECT_TRUE_MSG(test, !strcmp(word, "gap"), "%s makes %s",
					      membar_invariant_names[invariant], word);
		}
		tracing = false;
	}
	/* Its value is zero, whatever the site returned before. */
	set_up(MEMBAR_INV_u32_fetch_add, 1, 8);
	break_cell("u32_fetch_add:release", MEMBAR_NOTHING, 2);
	run_one_after_another(MEMBAR_INV_u32_fetch_add, false);
	KUNIT_EXPECT_EQ(test, tallies[0].sum, 0 + 1 + 2 + 3 + 4 + 0 + 5 + 6);
	KUNIT_EXPECT_EQ(test, shared.u32, 7);
}

/*
 * Checks
 * ======
 */

/* The parts that a check looks at; some count the first two of them as one. */
#define LOOKS_AT_VALUE	1
#define LOOKS_AT_SUM	2
#define LOOKS_AT_TOLD	4
#define COUNTS_ONCE	8

static const struct {
	const char *names;
	u8 looks;
} checks[] = {
	{ " add sub inc dec ", LOOKS_AT_VALUE },
	{ " add_return sub_return inc_return dec_return fetch_add fetch_sub fetch_inc "
	  "fetch_dec ", LOOKS_AT_VALUE | LOOKS_AT_SUM },
	{ " or and xor fetch_or fetch_and fetch_xor ", LOOKS_AT_VALUE | LOOKS_AT_TOLD },
	{ " sub_and_test dec_and_test inc_and_test add_negative ",
	  LOOKS_AT_VALUE | LOOKS_AT_SUM | COUNTS_ONCE },
	{ " add_unless inc_not_zero inc_unless_negative dec_unless_positive "
	  "dec_if_positive ", LOOKS_AT_VALUE | LOOKS_AT_TOLD },
	{ " xchg ", LOOKS_AT_VALUE | LOOKS_AT_SUM | COUNTS_ONCE },
	{ " cmpxchg try_cmpxchg ", LOOKS_AT_VALUE | LOOKS_AT_TOLD },
	{ " tearing mixed_sizes bit_lock bit_lock_order ticket_lock ticket_lock_order "
	  "seqlock seqlock_order spsc_ring spsc_ring_order ", LOOKS_AT_TOLD },
};

/* The name of an invariant without its type. */
static const char *name_without_type(enum membar_invariant invariant)
{
	const char *name = membar_invariant_names[invariant];

	return *name == 'u' ? strchr(name, '_') + 1 : name;
}

static u8 looks_of(enum membar_invariant invariant)
{
	char name[40];
	unsigned int c;

	snprintf(name, sizeof(name), " %s ", name_without_type(invariant));
	for (c = 0; c < ARRAY_SIZE(checks); c++)
		if (strstr(checks[c].names, name))
			return checks[c].looks;
	return 0;
}

static s64 value_of(enum membar_invariant invariant)
{
	const char *name = membar_invariant_names[invariant];

	return !strncmp(name, "u8", 2) ? (s8)shared.u8 :
	       !strncmp(name, "u16", 3) ? (s16)shared.u16 :
	       !strncmp(name, "u32", 3) ? (s32)shared.u32 : (s64)shared.u64;
}

static void add_to_value(enum membar_invariant invariant, s64 v)
{
	const char *name = membar_invariant_names[invariant];

	if (!strncmp(name, "u8", 2))
		shared.u8 += v;
	else if (!strncmp(name, "u16", 3))
		shared.u16 += v;
	else if (!strncmp(name, "u32", 3))
		shared.u32 += v;
	else
		shared.u64 += v;
}

static void expect_check(struct kunit *test, enum membar_invariant invariant,
			 unsigned int changed, unsigned int t, int by)
{
	const u8 looks = looks_of(invariant);
	u64 wanted, wrong = changed & LOOKS_AT_TOLD ? 3 : 0;

	set_up(invariant, is_pair(invariant) ? 2 : 3, 5);
	run_one_after_another(invariant, false);
	if (changed & LOOKS_AT_VALUE)
		add_to_value(invariant, by);
	if (changed & LOOKS_AT_SUM)
		tallies[t].sum += by;
	tallies[t].wrong += wrong;
	wanted = !!(changed & looks & LOOKS_AT_VALUE) +
		 !!(changed & looks & LOOKS_AT_SUM);
	if (wanted && looks & COUNTS_ONCE)
		wanted = 1;
	if (looks & LOOKS_AT_TOLD)
		wanted += wrong;
	KUNIT_EXPECT_EQ_MSG(test, membar_invariant_check(invariant, &lanes[0], false),
			    wrong, "%s", membar_invariant_names[invariant]);
	KUNIT_EXPECT_EQ_MSG(test, check(invariant), wanted, "%s, %u of %u by %d",
			    membar_invariant_names[invariant], changed, t, by);
}

static void checks_count_what_is_off(struct kunit *test)
{
	enum membar_invariant invariant;
	unsigned int changed, t;
	int by;

	FOR_EACH(invariant)
		for (changed = 0; changed < 8; changed++)
			for (t = 0; t < (is_pair(invariant) ? 2 : 3); t++)
				for (by = -1; by <= 1; by += 2)
					expect_check(test, invariant, changed, t, by);
}

static void locks_check_both_counters(struct kunit *test)
{
	static const enum membar_invariant locks[] = {
		MEMBAR_INV_bit_lock, MEMBAR_INV_bit_lock_order,
		MEMBAR_INV_ticket_lock, MEMBAR_INV_ticket_lock_order,
	};
	unsigned int n, changed;

	for (n = 0; n < ARRAY_SIZE(locks); n++) {
		for (changed = 0; changed < 4; changed++) {
			set_up(locks[n], 3, 5);
			run_one_after_another(locks[n], false);
			KUNIT_EXPECT_EQ(test, shared.guarded[0], 15);
			KUNIT_EXPECT_EQ(test, shared.guarded[1], 15);
			shared.guarded[0] += changed & 1;
			shared.guarded[1] -= changed >> 1;
			tallies[1].wrong = 7;
			KUNIT_EXPECT_EQ(test, check(locks[n]), 7 + hweight64(changed));
		}
		/* They differ when one comes, and again when the next one does. */
		set_up(locks[n], 1, 2);
		shared.guarded[0] = 1;
		run_one_after_another(locks[n], false);
		KUNIT_EXPECT_EQ(test, tallies[0].wrong, 2);
	}
}

/* Each batch begins with nothing in it, but for what its program begins with. */
static void batches_begin_alike(struct kunit *test)
{
	static const struct {
		const char *name;
		int start, nr_ops;
	} starts[] = {
		{ "sub_and_test", 0, 1 }, { "dec_and_test", 0, 1 },
		{ "inc_and_test", 0, -1 }, { "add_negative", 0, -1 },
		{ "inc_not_zero", 1 }, { "dec_if_positive", 64 }, { "xchg", 3 },
	};
	static const struct membar_shared nothing;
	enum membar_invariant invariant;
	unsigned int s, t;
	s64 start;

	KUNIT_EXPECT_EQ(test, membar_shared_size(), sizeof(shared));
	FOR_EACH(invariant) {
		const char *name = name_without_type(invariant);

		set_up(invariant, 3, 5);
		start = 0;
		for (s = 0; s < ARRAY_SIZE(starts); s++)
			if (!strcmp(starts[s].name, name))
				start = starts[s].start + 15 * starts[s].nr_ops;
		KUNIT_EXPECT_EQ_MSG(test, value_of(invariant), start, "%s", name);
		add_to_value(invariant, -start);
		KUNIT_EXPECT_TRUE_MSG(test, !memcmp(&shared, &nothing, sizeof(shared)),
				      "%s", name);
		for (t = 0; t < 3; t++) {
			KUNIT_EXPECT_EQ_MSG(test, tallies[t].sum,
					    strcmp(name, "xchg") ? 0 : t, "%s", name);
			KUNIT_EXPECT_EQ_MSG(test, tallies[t].wrong, 0, "%s", name);
			KUNIT_EXPECT_FALSE(test, tallies[t].stuck);
			KUNIT_EXPECT_EQ(test, tallies[t].gaps, 0);
		}
		KUNIT_EXPECT_EQ_MSG(test, tallies[3].sum, 0xa5a5a5a5a5a5a5a5, "%s", name);
	}
}

/* A check tries each order again, at an open gate and at a shut one. */
static void checks_try_each_order(struct kunit *test)
{
	char pattern[1024], wanted[1024], cell[64];
	enum membar_invariant invariant;
	unsigned int g, t, o, n;

	for (g = 0; g < ARRAY_SIZE(gates); g++) {
		for (t = 0; t < ARRAY_SIZE(wide); t++) {
			n = 0;
			for (o = 0; o < 8; o++) {
				snprintf(cell, sizeof(cell), "%s@_%s:~/NPA @.%s:~ gap",
					 o ? " " : "", gates[g].name, gates[g].call);
				fill_in(pattern, sizeof(pattern), cell, wide[t],
					order_names[o / 2]);
				n += scnprintf(wanted + n, sizeof(wanted) - n, "%s",
					       pattern);
			}
			snprintf(cell, sizeof(cell), "%s_%s", wide[t], gates[g].name);
			invariant = find_invariant(cell);
			set_up(invariant, 1, 1);
			start_trace();
			KUNIT_EXPECT_EQ(test, check(invariant), 0);
			tracing = false;
			KUNIT_EXPECT_STREQ(test, trace, wanted);
			for (o = 0; o < 4; o++) {
				snprintf(cell, sizeof(cell), "%s_%s:%s", wide[t],
					 gates[g].name, order_names[o]);
				/* Not in, and the value; in, and the value. */
				set_up(invariant, 1, 1);
				break_cell(cell, MEMBAR_NOTHING, 1);
				KUNIT_EXPECT_EQ_MSG(test, check(invariant), 2, "%s", cell);
				set_up(invariant, 1, 1);
				break_cell(cell, MEMBAR_ALWAYS, 1);
				KUNIT_EXPECT_EQ_MSG(test, check(invariant), 2, "%s", cell);
				mend();
			}
		}
	}
}

static void checks_store_and_load(struct kunit *test)
{
	static const char *const wanted[] = {
		"u32_store:release/NP u32.store(-16843010):release gap "
		"u32_load:acquire/NP u32.load:acquire gap "
		"u32_store:relaxed/NP u32.store(-1):relaxed gap "
		"u32_load:relaxed/NP u32.load:relaxed gap",
		"u64_store:release/NP u64.store(-72340172838076674):release gap "
		"u64_load:acquire/NP u64.load:acquire gap "
		"u64_store:relaxed/NP u64.store(-1):relaxed gap "
		"u64_load:relaxed/NP u64.load:relaxed gap",
	};
	static const char *const cells[] = {
		"store:release", "store:relaxed", "load:acquire", "load:relaxed",
	};
	static const enum membar_invariant invariants[] = {
		MEMBAR_INV_u32_tearing, MEMBAR_INV_u64_tearing,
	};
	unsigned int t, c;
	char cell[64];

	for (t = 0; t < ARRAY_SIZE(wide); t++) {
		set_up(invariants[t], 1, 1);
		start_trace();
		KUNIT_EXPECT_EQ(test, check(invariants[t]), 0);
		tracing = false;
		KUNIT_EXPECT_STREQ(test, trace, wanted[t]);
		for (c = 0; c < ARRAY_SIZE(cells); c++) {
			snprintf(cell, sizeof(cell), "%s_%s", wide[t], cells[c]);
			set_up(invariants[t], 1, 1);
			break_cell(cell, MEMBAR_NOTHING, 1);
			KUNIT_EXPECT_EQ_MSG(test, check(invariants[t]), 1, "%s", cell);
			mend();
		}
	}
}

/* A token that nobody has ever had. */
static void tokens_are_known(struct kunit *test)
{
	static const enum membar_invariant invariants[] = {
		MEMBAR_INV_u8_xchg, MEMBAR_INV_u16_xchg,
		MEMBAR_INV_u32_xchg, MEMBAR_INV_u64_xchg,
	};
	unsigned int n, by;

	for (n = 0; n < ARRAY_SIZE(invariants); n++) {
		for (by = 1; by <= 128; by++) {
			set_up(invariants[n], 16, 1);
			tallies[0].sum += by;
			KUNIT_EXPECT_EQ_MSG(test, check(invariants[n]), 1, "by %u", by);
			set_up(invariants[n], 16, 1);
			add_to_value(invariants[n], by);
			KUNIT_EXPECT_EQ_MSG(test, check(invariants[n]), 1, "by %u", by);
		}
	}
}

/* No CPU fails more often than all others succeed. */
static void exchanges_that_fail(struct kunit *test)
{
	static const char *const ops[] = { "cmpxchg", "try_cmpxchg" };
	unsigned int t, op, nr;
	char name[40], cell[64];

	for (t = 0; t < ARRAY_SIZE(all_types); t++) {
		for (op = 0; op < ARRAY_SIZE(ops); op++) {
			for (nr = 1; nr <= 4; nr++) {
				snprintf(name, sizeof(name), "%s_%s", all_types[t], ops[op]);
				snprintf(cell, sizeof(cell), "%s:acquire", name);
				set_up(find_invariant(name), nr, 10);
				break_cell(cell, MEMBAR_NOTHING, 2);
				run_one_after_another(find_invariant(name), false);
				/* The first one makes four of its operations. */
				KUNIT_EXPECT_EQ(test, tallies[0].sum, (nr - 1) * 10 + 1);
				KUNIT_EXPECT_EQ(test, tallies[0].wrong, 1);
				mend();
			}
		}
	}
}

/*
 * Another CPU
 * ===========
 */

static void call_at(const char *event, unsigned int nth, void (*act)(void))
{
	other.event = event;
	other.nth = nth;
	other.act = act;
}

static void flip_its_bit(void)
{
	shared.u32 ^= 4;
	shared.u64 ^= 4;
}

/* The times that the third CPU finds its bit not as it left it, and that bit at last. */
static const struct {
	const char *name, *event;
	unsigned int nth;
	u64 complaints, left;
} flips[] = {
	{ "or", ".read", 1, 1, 0 }, { "or", ".read", 2, 1, 4 },
	{ "and", ".read", 1, 1, 0 }, { "and", ".read", 2, 1, 4 },
	{ "xor", ".read", 1, 2, 4 }, { "xor", ".read", 2, 1, 4 },
	{ "fetch_or", ":acquire", 1, 1, 0 }, { "fetch_or", ":acquire", 2, 1, 0 },
	{ "fetch_and", ":acquire", 1, 1, 0 }, { "fetch_and", ":acquire", 2, 1, 0 },
	{ "fetch_xor", ":acquire", 1, 2, 4 }, { "fetch_xor", ":acquire", 2, 1, 4 },
};

static void bits_that_others_change(struct kunit *test)
{
	enum membar_invariant invariant;
	unsigned int n, t;
	char name[64];

	for (n = 0; n < ARRAY_SIZE(flips); n++) {
		for (t = 0; t < ARRAY_SIZE(wide); t++) {
			snprintf(name, sizeof(name), "%s_%s", wide[t], flips[n].name);
			invariant = find_invariant(name);
			set_up(invariant, 3, 1);
			call_at(flips[n].event, flips[n].nth, flip_its_bit);
			membar_invariant_work(invariant, false)(&lanes[2], 1, 1);
			KUNIT_EXPECT_EQ_MSG(test, tallies[2].wrong, flips[n].complaints,
					    "%s %u", name, flips[n].nth);
			KUNIT_EXPECT_EQ_MSG(test, value_of(invariant),
					    flips[n].left, "%s", name);
			KUNIT_EXPECT_EQ_MSG(test, check(invariant),
					    flips[n].complaints + !!flips[n].left, "%s", name);
		}
	}
}

static s64 other_value;

static void set_value(void)
{
	shared.u8 = other_value;
	shared.u16 = other_value;
	shared.u32 = other_value;
	shared.u64 = other_value;
}

/* How often a CPU complains that finds this value at its @nth load. */
static u64 complaints_about(enum membar_invariant invariant, unsigned int nth, s64 v)
{
	set_up(invariant, 3, 1);
	other_value = v;
	call_at(".load:relaxed", nth, set_value);
	start_trace();
	membar_invariant_work(invariant, false)(&lanes[2], 1, 1);
	tracing = false;
	return tallies[2].wrong;
}

static void gates_that_others_pass(struct kunit *test)
{
	enum membar_invariant invariant;
	const struct gate *gate;
	char name[64], last[64];
	unsigned int t;

	for (gate = gates; gate < gates + ARRAY_SIZE(gates); gate++) {
		for (t = 0; t < ARRAY_SIZE(wide); t++) {
			snprintf(name, sizeof(name), "%s_%s", wide[t], gate->name);
			snprintf(last, sizeof(last), ".cmpxchg(%d,%d):relaxed", gate->open,
				 gate->shut);
			invariant = find_invariant(name);
			/* It is in, so the gate is neither empty nor shut. */
			KUNIT_EXPECT_EQ(test, complaints_about(invariant, 1, gate->open), 1);
			KUNIT_EXPECT_EQ(test, complaints_about(invariant, 1, gate->shut), 1);
			/* And with others in it cannot shut it. */
			KUNIT_EXPECT_EQ(test, complaints_about(invariant, 1, gate->open +
							    2 * gate->one), 0);
			KUNIT_EXPECT_TRUE_MSG(test, ends_with(trace, last), "%s: %s", name,
					      trace);
			/* While it is shut nobody changes it. */
			KUNIT_EXPECT_EQ(test, complaints_about(invariant, 2, gate->shut), 0);
			KUNIT_EXPECT_EQ(test, value_of(invariant), gate->open);
			KUNIT_EXPECT_EQ(test, complaints_about(invariant, 2, gate->shut +
							    gate->one), 1);
			KUNIT_EXPECT_EQ(test, value_of(invariant), gate->open + gate->one);
			KUNIT_EXPECT_EQ(test, check(invariant), 2);
		}
	}
}

/* One permit is left: the CPU takes it, and finds the gate shut while it is in. */
static void gates_with_one_permit(struct kunit *test)
{
	static const enum membar_invariant invariants[] = {
		MEMBAR_INV_u32_dec_if_positive, MEMBAR_INV_u64_dec_if_positive,
	};
	static const enum membar_way ways[] = { MEMBAR_SOUND, MEMBAR_PLAIN };
	unsigned int n, w;

	for (n = 0; n < ARRAY_SIZE(invariants); n++) {
		for (w = 0; w < ARRAY_SIZE(ways); w++) {
			set_up(invariants[n], 1, 1);
			break_cell(NULL, ways[w], 1);
			other_value = 1;
			set_value();
			membar_invariant_work(invariants[n], false)(&lanes[0], 1, 1);
			KUNIT_EXPECT_EQ(test, tallies[0].wrong, 1);
			KUNIT_EXPECT_EQ(test, value_of(invariants[n]), 1);
			mend();
		}
	}
}

/* An exchange that is only not atomic fails, too, and then stores nothing. */
static void exchanges_that_others_precede(struct kunit *test)
{
	static const char *const ops[] = { "cmpxchg", "try_cmpxchg" };
	enum membar_invariant invariant;
	unsigned int t, op;
	char name[40];

	for (t = 0; t < ARRAY_SIZE(all_types); t++) {
		for (op = 0; op < ARRAY_SIZE(ops); op++) {
			snprintf(name, sizeof(name), "%s_%s", all_types[t], ops[op]);
			invariant = find_invariant(name);
			set_up(invariant, 3, 1);
			break_cell(NULL, MEMBAR_PLAIN, 1);
			other_value = 5;
			call_at(".read", 1, set_value);
			membar_invariant_work(invariant, false)(&lanes[2], 1, 1);
			KUNIT_EXPECT_EQ_MSG(test, value_of(invariant), 6, "%s", name);
			KUNIT_EXPECT_EQ_MSG(test, tallies[2].sum, 1, "%s", name);
			mend();
		}
	}
}

static void words_that_are_torn(struct kunit *test)
{
	static const enum membar_invariant invariants[] = {
		MEMBAR_INV_u32_tearing, MEMBAR_INV_u64_tearing,
	};
	unsigned int t;

	for (t = 0; t < ARRAY_SIZE(wide); t++) {
		const enum membar_invariant invariant = invariants[t];

		KUNIT_EXPECT_EQ(test, complaints_about(invariant, 1, 0x0707070707070707), 0);
		KUNIT_EXPECT_EQ(test, complaints_about(invariant, 1, -1), 0);
		KUNIT_EXPECT_EQ(test, complaints_about(invariant, 1, 0), 1);
		KUNIT_EXPECT_EQ(test, complaints_about(invariant, 1, 0x0107070701070707), 1);
		KUNIT_EXPECT_EQ(test, complaints_about(invariant, 1, 0x0707070707070701), 1);
	}
}

static void change_its_byte(void)
{
	shared.bytes[2]++;
}

static void change_other_bytes(void)
{
	shared.bytes[1]++;
	shared.bytes[3]++;
}

static void bytes_in_words(struct kunit *test)
{
	static const struct {
		void (*act)(void);
		u64 told;
	} cases[] = {
		{ change_its_byte, 1 }, { change_other_bytes, 0 },
	};
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(cases); n++) {
		set_up(MEMBAR_INV_mixed_sizes, 3, 1);
		call_at(".load:relaxed", 1, cases[n].act);
		membar_invariant_work(MEMBAR_INV_mixed_sizes, false)(&lanes[2], 257, 257);
		KUNIT_EXPECT_EQ(test, tallies[2].wrong, cases[n].told);
	}
}

/* A CPU finds its bit in the word of the lock as it left it. */
static void bits_next_to_a_lock(struct kunit *test)
{
	u32 i, set;

	for (i = 1; i <= 2; i++) {
		for (set = 0; set <= 1; set++) {
			set_up(MEMBAR_INV_bit_lock, 3, 1);
			shared.word = set << 3;
			membar_invariant_work(MEMBAR_INV_bit_lock, false)(&lanes[2], i, i);
			KUNIT_EXPECT_EQ(test, tallies[2].wrong, i == 1 ? set : !set);
			KUNIT_EXPECT_EQ(test, shared.word, !set << 3);
		}
	}
}

static void write_pair(void)
{
	shared.left = 2;
	shared.right = 2;
	shared.head += 2;
}

/* A pair that was written while it was read is read again; any other one counts. */
static void pairs_that_are_disturbed(struct kunit *test)
{
	static const struct {
		u32 left, right;
		void (*act)(void);
		u64 told, relaxes;
	} cases[] = {
		{ 1, 1, NULL, 0, 0 },
		{ 1, 2, NULL, 1, 0 },
		{ 1, 1, write_pair, 0, 1 },
	};
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(cases); n++) {
		set_up(MEMBAR_INV_seqlock, 2, 1);
		shared.head = 2;
		shared.left = cases[n].left;
		shared.right = cases[n].right;
		if (cases[n].act)
			call_at("right.read", 1, cases[n].act);
		membar_invariant_work(MEMBAR_INV_seqlock, false)(&lanes[1], 1, 1);
		KUNIT_EXPECT_EQ(test, tallies[1].wrong, cases[n].told);
		KUNIT_EXPECT_EQ(test, relaxes, cases[n].relaxes);
	}
}

/* The ring has 64 slots, which are used in turn. */
static void rings_that_are_full(struct kunit *test)
{
	const membar_loop_fn work = membar_invariant_work(MEMBAR_INV_spsc_ring, false);
	unsigned int i;

	set_up(MEMBAR_INV_spsc_ring, 2, 100);
	shared.head = 162;
	shared.tail = 162;
	/* To end the wait for a slot. */
	cut = true;
	work(&lanes[0], 1, 100);
	KUNIT_EXPECT_EQ(test, shared.head, 162 + 64);
	for (i = 0; i < 64; i++)
		KUNIT_EXPECT_EQ(test, shared.ring[(162 + i) % 64], i + 1);
	work(&lanes[1], 1, 63);
	KUNIT_EXPECT_EQ(test, shared.tail, 162 + 63);
	KUNIT_EXPECT_EQ(test, tallies[1].wrong, 0);
	work(&lanes[1], 65, 65);
	KUNIT_EXPECT_EQ(test, tallies[1].wrong, 1);
}

/*
 * Waits
 * =====
 */

static void let_go_bit(void)	{ shared.word &= ~1UL; }
static void hold_bit(void)	{ shared.word = 1; }
static void let_go_ticket(void)	{ shared.head = 1; }
static void hold_ticket(void)	{ shared.tail = 1; }
static void end_write(void)	{ shared.head = 4; }
static void begin_write(void)	{ shared.head = 3; }
static void free_slot(void)	{ shared.tail = 1; }
static void fill_slots(void)	{ shared.head = 64; }

/* A CPU that waits: the state in which it does, and the change that ends it. */
static const struct wait_case {
	enum membar_invariant invariant;
	unsigned int index;
	void (*before)(void);
	void (*come)(void);
} waits[] = {
	{ MEMBAR_INV_bit_lock, 2, hold_bit, let_go_bit },
	{ MEMBAR_INV_ticket_lock, 2, hold_ticket, let_go_ticket },
	{ MEMBAR_INV_seqlock, 1, begin_write, end_write },
	{ MEMBAR_INV_spsc_ring, 0, fill_slots, free_slot },
	{ MEMBAR_INV_spsc_ring, 1, NULL, send_one },
};

/* The variables when the wait began. */
static struct membar_shared at_first;

static void remember(void)
{
	at_first = shared;
}

static void begin_wait(const struct wait_case *wait)
{
	set_up(wait->invariant, is_pair(wait->invariant) ? 2 : 3, 1);
	if (wait->before)
		wait->before();
}

static void wait_in(const struct wait_case *wait)
{
	membar_invariant_work(wait->invariant, false)(&lanes[wait->index], 3, 3);
}

static void expect_wait(struct kunit *test, const struct wait_case *wait,
			unsigned int nr_relaxes, bool stuck)
{
	const struct membar_tally *tally = &tallies[wait->index];
	const char *name = membar_invariant_names[wait->invariant];

	KUNIT_EXPECT_EQ_MSG(test, relaxes, nr_relaxes, "%s %u", name, wait->index);
	KUNIT_EXPECT_EQ_MSG(test, rescheds, nr_relaxes / 1024, "%s %u", name, wait->index);
	KUNIT_EXPECT_EQ_MSG(test, tally->wrong, stuck, "%s %u", name, wait->index);
	KUNIT_EXPECT_EQ_MSG(test, tally->stuck, stuck, "%s %u", name, wait->index);
}

static void waits_that_end(struct kunit *test)
{
	static const enum membar_way ways[] = {
		MEMBAR_SOUND, MEMBAR_PLAIN, MEMBAR_UNORDERED,
	};
	const struct wait_case *wait;
	unsigned int w;

	for (wait = waits; wait < waits + ARRAY_SIZE(waits); wait++) {
		for (w = 0; w < ARRAY_SIZE(ways); w++) {
			begin_wait(wait);
			break_cell(NULL, ways[w], 1);
			call_at("relax", 3, wait->come);
			wait_in(wait);
			mend();
			expect_wait(test, wait, 3, false);
			KUNIT_EXPECT_EQ(test, shared.guarded[0],
					wait->invariant != MEMBAR_INV_seqlock &&
					wait->invariant != MEMBAR_INV_spsc_ring);
		}
	}
	/* The last of them has received a number. */
	KUNIT_EXPECT_EQ(test, shared.tail, 1);
}

/* A wait in vain has so many ticks, with 1024 looks each, and ends the batch for all. */
static void waits_that_last(struct kunit *test)
{
	static const unsigned long steps[] = { 1, 1000 };
	const struct wait_case *wait;
	unsigned int s;

	for (wait = waits; wait < waits + ARRAY_SIZE(waits); wait++) {
		for (s = 0; s < ARRAY_SIZE(steps); s++) {
			begin_wait(wait);
			clock_step = steps[s];
			call_at("relax", 1, remember);
			membar_invariant_work(wait->invariant,
					      false)(&lanes[wait->index], 1, 2);
			expect_wait(test, wait, 1024 * 5 * HZ, true);
			KUNIT_EXPECT_TRUE(test, cut);
			KUNIT_EXPECT_TRUE(test, !memcmp(&shared, &at_first,
							sizeof(shared)));
		}
	}
}

/* Another CPU has ended the batch. */
static void waits_that_are_cut(struct kunit *test)
{
	const struct wait_case *wait;

	for (wait = waits; wait < waits + ARRAY_SIZE(waits); wait++) {
		begin_wait(wait);
		cut = true;
		call_at("relax", 1, remember);
		membar_invariant_work(wait->invariant, false)(&lanes[wait->index], 1, 2);
		expect_wait(test, wait, 1024, false);
		KUNIT_EXPECT_TRUE(test, !memcmp(&shared, &at_first, sizeof(shared)));
	}
}

static const struct wait_case *waits_now;

static void come_at_last(void)
{
	waits_now->come();
}

static void let_clock_go_on(void)
{
	jiffies++;
	call_at("resched", 40, come_at_last);
}

/* A clock that stands still counts nothing, nor does one tick count twice. */
static void clocks_that_stand_still(struct kunit *test)
{
	for (waits_now = waits; waits_now < waits + ARRAY_SIZE(waits); waits_now++) {
		begin_wait(waits_now);
		clock_step = 0;
		call_at("resched", 40, let_clock_go_on);
		wait_in(waits_now);
		expect_wait(test, waits_now, 1024 * 80, false);
	}
}

/*
 * The invariants as a whole
 * =========================
 */

static void sound_work_keeps_it(struct kunit *test)
{
	static const unsigned int nrs[] = { 1, 2, 3, 4, 16 };
	enum membar_invariant invariant;
	unsigned int n, nr;
	u32 seed;

	FOR_EACH(invariant) {
		for (n = 0; n < ARRAY_SIZE(nrs); n++) {
			nr = is_pair(invariant) ? 2 : nrs[n];
			for (seed = 1; seed <= 3; seed++) {
				set_up(invariant, nr, 12);
				run_in_turns(invariant, false, seed);
				KUNIT_EXPECT_EQ_MSG(test, check(invariant), 0,
						    "%s of %u CPUs, seed %u",
						    membar_invariant_names[invariant],
						    nr, seed);
				KUNIT_EXPECT_FALSE(test, strange_site);
			}
		}
	}
}

/* Each twin but those of order, which need CPUs that reorder. */
static void twins_break_it(struct kunit *test)
{
	enum membar_invariant invariant;

	FOR_EACH(invariant) {
		const char *name = membar_invariant_names[invariant];

		KUNIT_EXPECT_EQ_MSG(test, breaks_in_turns(invariant, true, 2, 20, 10),
				    !is_order(invariant), "the twin of %s", name);
		set_up(invariant, is_pair(invariant) ? 2 : 3, 20);
		run_one_after_another(invariant, true);
		KUNIT_EXPECT_EQ_MSG(test, check(invariant), 0,
				    "the twin of %s, undisturbed", name);
	}
}

static bool is_noticed(enum membar_invariant invariant, const char *cell,
		       enum membar_way way)
{
	bool noticed;

	break_cell(cell, way, 1);
	noticed = breaks_in_turns(invariant, false, is_pair(invariant) ? 2 : 3, 20,
				  way == MEMBAR_UNORDERED ? 3 : 20);
	mend();
	return noticed;
}

/* An operation that is only not atomic is right where no other one comes between. */
static void check_site_alone(struct kunit *test, enum membar_invariant invariant,
			     const char *cell, enum membar_way way)
{
	set_up(invariant, is_pair(invariant) ? 2 : 3, 20);
	break_cell(cell, way, 1);
	run_one_after_another(invariant, false);
	KUNIT_EXPECT_EQ_MSG(test, check(invariant), 0, "%s, %s in way %u, undisturbed",
			    membar_invariant_names[invariant], cell, way);
	mend();
}

static void broken_sites_are_noticed(struct kunit *test)
{
	enum membar_invariant invariant;
	unsigned int s, way, nr;
	const char *cell;
	u8 ways;

	FOR_EACH(invariant) {
		set_up(invariant, is_pair(invariant) ? 2 : 3, 20);
		run_one_after_another(invariant, false);
		nr = nr_sites;
		for (s = 0; s < nr; s++) {
			cell = sites[s].cell;
			ways = sites[s].ways;
			for (way = MEMBAR_NOTHING; way < MEMBAR_NR_WAYS; way++) {
				if (!(ways & BIT(way)))
					continue;
				KUNIT_EXPECT_EQ_MSG(test, is_noticed(invariant, cell, way),
						    way != MEMBAR_UNORDERED,
						    "%s, %s in way %u",
						    membar_invariant_names[invariant],
						    cell, way);
				if (way == MEMBAR_PLAIN || way == MEMBAR_UNORDERED)
					check_site_alone(test, invariant, cell, way);
			}
		}
	}
}

static struct kunit_case invariant_cases[] = {
	KUNIT_CASE(operations_in_each_order),
	KUNIT_CASE(gates_in_each_order),
	KUNIT_CASE(words_of_equal_bytes),
	KUNIT_CASE(programs_of_their_own),
	KUNIT_CASE(operations_that_are_not_made),
	KUNIT_CASE(batches_begin_alike),
	KUNIT_CASE(checks_count_what_is_off),
	KUNIT_CASE(locks_check_both_counters),
	KUNIT_CASE(checks_try_each_order),
	KUNIT_CASE(checks_store_and_load),
	KUNIT_CASE(tokens_are_known),
	KUNIT_CASE(exchanges_that_fail),
	KUNIT_CASE(bits_that_others_change),
	KUNIT_CASE(gates_that_others_pass),
	KUNIT_CASE(gates_with_one_permit),
	KUNIT_CASE(exchanges_that_others_precede),
	KUNIT_CASE(words_that_are_torn),
	KUNIT_CASE(bytes_in_words),
	KUNIT_CASE(bits_next_to_a_lock),
	KUNIT_CASE(pairs_that_are_disturbed),
	KUNIT_CASE(rings_that_are_full),
	KUNIT_CASE(waits_that_end),
	KUNIT_CASE(waits_that_last),
	KUNIT_CASE(waits_that_are_cut),
	KUNIT_CASE(clocks_that_stand_still),
	KUNIT_CASE(sound_work_keeps_it),
	KUNIT_CASE(twins_break_it),
	KUNIT_CASE(broken_sites_are_noticed),
	{}
};

static struct kunit_suite invariant_suite = {
	.name = "membar_invariant",
	.exit = forget,
	.test_cases = invariant_cases,
};

kunit_test_suite(invariant_suite);
