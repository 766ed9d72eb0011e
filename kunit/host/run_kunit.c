// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of how litmus files run: which operations each thread calls, in which order,
 * and what comes of them, compared with the memory model.  They run on the host only:
 * tools/stress-host kunit.
 */
#include <kunit/test.h>
#include <limits.h>
#include <linux/err.h>
#include <linux/mm.h>

#include "file.h"
#include "note.h"

#define INSTANCES	4
#define WORDS		4	/* from one variable to the next one */

/* A file, and the variables of all its instances. */
static struct membar_file *file;
static long memory[INSTANCES][MEMBAR_PROGRAM_VARS][WORDS];
static struct membar_lock locks[INSTANCES * MEMBAR_PROGRAM_VARS];
static struct srcu_struct srcu[MEMBAR_PROGRAM_VARS];
static long record[INSTANCES * MEMBAR_MAX_PLACES];
static bool bad[INSTANCES];
static struct membar_frame frame;

static void forget(struct kunit *test)
{
	kvfree(file);
	file = NULL;
	broken_edge = -1;
}

static void make(struct kunit *test, const char *text)
{
	struct membar_why why = { };

	kvfree(file);
	file = membar_file_make(text, strlen(text), &why);
	if (IS_ERR(file))
		file = NULL;
	KUNIT_ASSERT_TRUE_MSG(test, file, "%s: %s", text, why.text);
}

static void set_variables(void)
{
	const struct membar_program *program = &file->program[0];
	unsigned int i, v;
	int var;

	memset(locks, 0, sizeof(locks));
	memset(srcu, 0, sizeof(srcu));
	for (i = 0; i < ARRAY_SIZE(srcu); i++)
		srcu[i].number = i;
	for (i = 0; i < INSTANCES; i++) {
		for (v = 0; v < program->nr_vars; v++) {
			var = membar_variable_at(program->var[v].initial,
						 program->nr_vars);
			memory[i][v][0] = var < 0 ? program->var[v].initial :
						    (long)memory[i][var];
		}
	}
}

/* Some instances of the first thread. */
static void run_some(const u32 *order, u32 from, u32 to)
{
	const struct membar_translation *x = &file->translation[0];
	struct membar_lane lane = {
		.frame = &frame,
		.order = order,
		.step = sizeof(memory[0]) / sizeof(u32),
	};

	membar_frame_open(&frame, &x->code[0]);
	frame.record = record;
	frame.bad = bad;
	frame.memory = memory;
	frame.size = sizeof(memory);
	frame.loc = sizeof(memory[0][0]);
	frame.locks = locks;
	frame.nr_locks = x->nr_locks;
	frame.srcu = srcu;
	frame.nr_srcu = x->nr_srcu;
	memset(bad, 0, sizeof(bad));
	notes[0] = '\0';
	membar_interpret(&lane, from, to);
}

static void run_thread(void)
{
	static const u32 first[] = { 0 };

	run_some(first, 0, 0);
}

/* The value of a place of the only thread. */
static s64 value_at(const struct membar_places *places, unsigned int instance,
		    unsigned int place)
{
	unsigned int i, n = instance * file->translation[0].code[0].nr_recorded;

	if (places->place[place].thread == MEMBAR_PLACE_VAR)
		return memory[instance][places->place[place].index][0];
	for (i = 0; i < place; i++)
		n += places->place[i].thread != MEMBAR_PLACE_VAR;
	return record[n];
}

/*
 * Which operation is called
 * =========================
 */

#define BODY(text)							\
	"C t\n{ x=5; p=&x; }\nP0(int *x, int *y, int **p, spinlock_t *l, "	\
	"spinlock_t *k, struct srcu_struct *s, struct srcu_struct *q)\n"	\
	"{\n\tint r0 = 1;\n\tint r1 = 5;\n\tint *r2 = x;\n\t" text		\
	"\n}\nlocations [0:r0; 0:r1; 0:r2; x; y] exists (x=99)\n"

static void expect_notes(struct kunit *test, const char *body, const char *wanted)
{
	char text[1024];

	snprintf(text, sizeof(text), BODY("%s"), body);
	make(test, text);
	set_variables();
	run_thread();
	KUNIT_EXPECT_TRUE_MSG(test, !strcmp(notes, wanted), "%s: '%s', not '%s'",
			      body, notes, wanted);
}

/* The statement of an operation of each form, and what it is given. */
#define STATEMENT_load(op, o)		"r0 = membar_" op "(%s, MEMBAR_" o ");"
#define STATEMENT_void(op, o)		"membar_" op "(%s, MEMBAR_" o ");"
#define STATEMENT_void_v(op, o)		"membar_" op "(%s, 7, MEMBAR_" o ");"
#define STATEMENT_value			STATEMENT_load
#define STATEMENT_value_v(op, o)	"r0 = membar_" op "(%s, 7, MEMBAR_" o ");"
#define STATEMENT_value_au(op, o)	"r0 = membar_" op "(%s, 7, 2, MEMBAR_" o ");"
#define STATEMENT_bool			STATEMENT_load
#define STATEMENT_bool_v		STATEMENT_value_v
#define STATEMENT_bool_au		STATEMENT_value_au
#define STATEMENT_result		STATEMENT_load
#define STATEMENT_cmpxchg(op, o)	"r0 = membar_" op "_val(%s, 5, 7, MEMBAR_" o ");"
#define STATEMENT_try_cmpxchg(op, o)	"r0 = membar_" op "(%s, &r1, 7, MEMBAR_" o ");"

/* Of a variable that is known, and of one that a pointer leads to. */
static void expect_operation(struct kunit *test, const char *statement,
			     const char *wanted)
{
	static const char *const addresses[] = { "x", "r2" };
	char body[256];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(addresses); i++) {
		snprintf(body, sizeof(body), statement, addresses[i]);
		expect_notes(test, body, wanted);
		KUNIT_EXPECT_FALSE(test, bad[0]);
	}
}

static void operations_of_the_table(struct kunit *test)
{
#define ROW(op, form, ORDER, order)					\
	expect_operation(test, STATEMENT_##form(#op, #ORDER), #op " " #ORDER);
	MEMBAR_FOR_EACH_INSN_RMW(ROW)
#undef ROW
}

static void barriers_of_the_table(struct kunit *test)
{
#define ROW(FLAVOUR, entry, ORDER, ...)					\
	expect_notes(test, "membar_" #entry "(MEMBAR_" #ORDER ");",	\
		     #entry " " #ORDER);
	MEMBAR_FOR_EACH_BARRIER(ROW)
#undef ROW
}

static const struct {
	const char *body, *notes;
} calls[] = {
	{ "barrier();", "compiler_mb" },
	{ "smp_mb__before_atomic();", "before_atomic" },
	{ "smp_mb__after_atomic();", "after_atomic" },
	{ "smp_mb__after_spinlock();", "after_spinlock" },
	{ "smp_mb__after_unlock_lock();", "after_unlock_lock" },
	{ "smp_mb__after_srcu_read_unlock();", "after_srcu_unlock" },
	{ "smp_store_mb(*x, 1);", "store_mb" },
	{ "smp_store_mb(*r2, 1); WRITE_ONCE(*y, 1);", "store_mb|store RELAXED" },
	{ "r0 = *x; *y = 1; r0 = *r2; *r2 = 1;", "" },

	{ "rcu_read_lock(); rcu_read_lock(); rcu_read_unlock(); barrier(); rcu_read_unlock();",
	  "rcu_read_lock|rcu_read_lock|rcu_read_unlock|compiler_mb|rcu_read_unlock" },
	{ "rcu_read_lock(); rcu_read_lock(); rcu_read_unlock();",
	  "rcu_read_lock|rcu_read_lock|rcu_read_unlock|rcu_read_unlock" },
	{ "synchronize_rcu();", "synchronize_rcu" },
	{ "synchronize_rcu_expedited();", "synchronize_rcu_expedited" },
	{ "rcu_read_lock(); synchronize_rcu();", "rcu_read_lock|rcu_read_unlock" },
	{ "spin_lock(l); synchronize_rcu();", "spin_lock|spin_unlock" },
	{ "rcu_read_unlock();", "" },

	{ "spin_lock(l); spin_unlock(l); spin_lock(k); spin_unlock(k);",
	  "spin_lock|spin_unlock|spin_lock|spin_unlock" },
	{ "spin_lock(l); spin_lock(k); barrier();",
	  "spin_lock|spin_lock|compiler_mb|spin_unlock|spin_unlock" },
	{ "spin_lock(l); spin_lock(l); barrier();",
	  "spin_lock|compiler_mb|spin_unlock" },
	{ "spin_unlock(l); spin_lock(l);", "spin_lock|spin_unlock" },
	{ "spin_lock(l); spin_unlock(l); spin_unlock(l);",
	  "spin_lock|spin_unlock" },
	{ "r0 = spin_trylock(l); r0 = spin_trylock(l);", "spin_lock|spin_unlock" },
	{ "r0 = spin_trylock(l); if (r0) smp_mb(); r0 = spin_trylock(l); if (r0) smp_rmb();",
	  "spin_lock|smp_mb FULL|spin_unlock" },

	{ "r0 = srcu_read_lock(s); barrier(); srcu_read_unlock(s, r0);",
	  "srcu_read_lock 0|compiler_mb|srcu_read_unlock 0" },
	{ "r0 = srcu_read_lock(s); r1 = srcu_read_lock(q);",
	  "srcu_read_lock 0|srcu_read_lock 0|srcu_read_unlock 0|srcu_read_unlock 0" },
	{ "r0 = srcu_read_lock(s); r0 = srcu_read_lock(s); srcu_read_unlock(s, 0);",
	  "srcu_read_lock 0|srcu_read_lock 0|srcu_read_unlock 0|srcu_read_unlock 0" },
	{ "r0 = srcu_read_lock(s); srcu_read_unlock(s, 1 - r0);",
	  "srcu_read_lock 0|srcu_read_unlock 0" },
	{ "synchronize_srcu(s);", "synchronize_srcu of 0" },
	{ "synchronize_srcu_expedited(s);", "synchronize_srcu_expedited of 0" },
	{ "r0 = srcu_read_lock(q); synchronize_srcu(s); srcu_read_unlock(q, r0); synchronize_srcu(q);",
	  "srcu_read_lock 0|srcu_read_unlock 0|synchronize_srcu of 0" },
	{ "r0 = srcu_read_lock(s); synchronize_rcu(); srcu_read_unlock(s, r0);",
	  "srcu_read_lock 0|synchronize_rcu|srcu_read_unlock 0" },

	{ "r0 = READ_ONCE(*x); if (r0) smp_mb(); else smp_rmb(); smp_wmb();",
	  "load RELAXED|smp_mb FULL|smp_mb WRITE" },
	{ "r0 = READ_ONCE(*y); if (r0) smp_mb(); else smp_rmb(); smp_wmb();",
	  "load RELAXED|smp_mb READ|smp_mb WRITE" },
	{ "r0 = READ_ONCE(*y); if (r0) { smp_mb(); if (r0) smp_rmb(); } smp_wmb();",
	  "load RELAXED|smp_mb WRITE" },
	{ "WRITE_ONCE(*y, READ_ONCE(*x) + 1);", "load RELAXED|store RELAXED" },
};

static void calls_and_nothing_else(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(calls); i++)
		expect_notes(test, calls[i].body, calls[i].notes);
	/* At its end a thread gives back the lock that it has, and no other. */
	expect_notes(test, "spin_lock(l); spin_unlock(l); spin_lock(k);",
		     "spin_lock|spin_unlock|spin_lock|spin_unlock");
	KUNIT_EXPECT_FALSE(test, bad[0]);
	/* The one quotient that the CPU of the host refuses. */
	expect_notes(test, "r1 = -1; r0 = 2147483648 * 2147483648 * 2 / r1;", "");
	KUNIT_EXPECT_EQ(test, record[0], LONG_MIN);
	KUNIT_EXPECT_FALSE(test, bad[0]);
}

/* A reader gets either index, and gives back the one that it got. */
static void sections_of_either_index(struct kunit *test)
{
	make(test, BODY("r0 = srcu_read_lock(s); srcu_read_unlock(s, r0);"));
	set_variables();
	srcu[0].index = 1;
	run_thread();
	KUNIT_EXPECT_STREQ(test, notes, "srcu_read_lock 1|srcu_read_unlock 1");
	KUNIT_EXPECT_FALSE(test, bad[0]);
	KUNIT_EXPECT_EQ(test, record[0], 1);
	/* Of the last of three, at the end of the thread. */
	make(test, "C t\n{}\nP0(struct srcu_struct *s, struct srcu_struct *q, "
	     "struct srcu_struct *u) { int r0; synchronize_srcu(s); synchronize_srcu(q); "
	     "r0 = srcu_read_lock(u); }\nexists (0:r0=0)\n");
	set_variables();
	srcu[2].index = 1;
	run_thread();
	KUNIT_EXPECT_STREQ(test, notes, "synchronize_srcu of 0|synchronize_srcu of 1|"
			   "srcu_read_lock 1|srcu_read_unlock 1");
	KUNIT_EXPECT_FALSE(test, bad[0]);
}

/*
 * Locks that others have
 * ======================
 */

/* 64 looks at the lock before one at the clock; then others may have the CPU. */
static void locks_of_others(struct kunit *test)
{
	const unsigned long long patience = 20ULL * 1000 * 1000;
	unsigned long long begun;

	clock_ns = 0;
	make(test, BODY("spin_lock(k); WRITE_ONCE(*x, 1);"));
	set_variables();
	/* Of another instance, or another variable: of no account. */
	locks[1].lock.taken = true;
	run_thread();
	KUNIT_EXPECT_STREQ(test, notes, "spin_lock|store RELAXED|spin_unlock");

	/* No look at the clock where there is nothing to wait for ... */
	KUNIT_EXPECT_EQ(test, clock_ns, 0);
	make(test, BODY("spin_lock(k); spin_lock(k); WRITE_ONCE(*x, 1);"));
	run_thread();
	KUNIT_EXPECT_TRUE(test, bad[0]);
	KUNIT_EXPECT_EQ(test, clock_ns, 0);

	/* ... and else one before, and one when more than that time is over. */
	make(test, BODY("spin_lock(k); WRITE_ONCE(*x, 1);"));
	locks[0].lock.taken = true;
	begun = clock_ns;
	run_thread();
	KUNIT_EXPECT_TRUE(test, bad[0]);
	KUNIT_EXPECT_EQ(test, clock_ns - begun, patience + 2 * CLOCK_STEP);
	KUNIT_EXPECT_TRUE(test, locks[0].lock.taken);
	KUNIT_EXPECT_EQ(test, 0, strncmp(notes, "cond_resched|cond_resched|", 26));

	make(test, BODY("rcu_read_lock(); spin_lock(k); WRITE_ONCE(*x, 1);"));
	run_thread();
	KUNIT_EXPECT_TRUE(test, bad[0]);
	KUNIT_EXPECT_STREQ(test, notes,
			   "rcu_read_lock|store RELAXED|rcu_read_unlock");

	make(test, BODY("r0 = spin_trylock(k); r1 = spin_is_locked(k);"));
	run_thread();
	KUNIT_EXPECT_FALSE(test, bad[0]);
	KUNIT_EXPECT_STREQ(test, notes, "");
	KUNIT_EXPECT_EQ(test, record[0], 0);
	KUNIT_EXPECT_EQ(test, record[1], 1);
}

/* The lock is given back while somebody waits, after some looks at the clock. */
static void locks_that_come_free(struct kunit *test)
{
	static const struct {
		unsigned int tries;
		unsigned int looks;
	} rows[] = {
		/* Each first try is not one of those that wait. */
		{ 65, 1 }, { 66, 2 }, { 129, 2 }, { 130, 3 }, { 961, 15 },
		{ 962, 16 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		make(test, BODY("spin_lock(l); WRITE_ONCE(*x, 1);"));
		set_variables();
		locks[0].lock.taken = true;
		locks[0].lock.tries = rows[i].tries;
		clock_ns = 0;
		run_thread();
		KUNIT_EXPECT_FALSE(test, bad[0]);
		KUNIT_EXPECT_EQ_MSG(test, clock_ns, CLOCK_STEP * rows[i].looks,
				    "%u", rows[i].tries);
		if (rows[i].looks > 1)
			KUNIT_EXPECT_TRUE(test, strstr(notes, "cond_resched|spin_lock|"));
		KUNIT_EXPECT_TRUE(test, strstr(notes, "spin_lock|store RELAXED|spin_unlock"));
		KUNIT_EXPECT_FALSE(test, locks[0].lock.taken);
	}
}

/*
 * What comes of it
 * ================
 */

static struct membar_model model;
static s64 wanted[MEMBAR_MAX_PLACES];
static unsigned int nr_states;

static void note_state(struct membar_model *m)
{
	const struct membar_places *places = &file->translation[0].places;
	unsigned int i;

	nr_states++;
	for (i = 0; i < places->nr; i++)
		wanted[i] = membar_model_final(m, &places->place[i]);
}

static u32 seed;

static unsigned int below(unsigned int limit)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 16) % limit;
}

/* @r is a register, @v a variable, @p a pointer, @n a number, @o an operator. */
static const char *const statements[] = {
	"@r = @r @o @r;", "@r = @n @o @r;", "@r = @r @o @n;", "@r = @n;",
	"@r = (@r @o @n) @o (@n @o @r);", "@r = @n @o (@r @o (@n @o @r));",
	"@r = @r / 3;", "@r = -@r;", "@r = !@r;", "@r = @v == @p;",
	"@r = READ_ONCE(*@v);", "@r = *@v;", "@r = smp_load_acquire(@v);",
	"@r = READ_ONCE(*(@p + 0));", "@r = READ_ONCE(*@p);", "@r = *@p;", "WRITE_ONCE(*@p, @r);",
	"WRITE_ONCE(*@v, @r);", "WRITE_ONCE(*@v, @n);", "*@v = @r @o @n;",
	"*@p = @r;", "smp_store_release(@v, @r);", "smp_store_mb(*@v, @r);",
	"@p = @v;", "@p = @p;", "@p = READ_ONCE(*p);", "WRITE_ONCE(*p, @p);",
	"WRITE_ONCE(*p, @v);",
	"@r = xchg(@v, @r);", "@r = xchg_relaxed(@p, @n);",
	"@r = cmpxchg(@v, @r, @n);", "@r = cmpxchg_acquire(@p, @n, @r);",
	"@r = atomic_try_cmpxchg(@v, &@r, @n);", "atomic_add(@r, @v);",
	"@r = atomic_fetch_sub(@n, @v);", "@r = atomic_add_unless(@p, @n, @r);",
	"@r = atomic_inc_return_release(@v);", "atomic_andnot(@r, @p);",
	"if (@r) {", "if (@r @o @n) {", "if (!@r) {", "if (@v == @p) {",
	"} else {", "}", "}", "}",
};

static void add_statement(char *text, const char *statement)
{
	static const char *const operators[] = {
		"+", "-", "*", "|", "^", "&", "==", "!=", "<", "<=", ">", ">=",
	};
	static const char *const names[] = { "x", "y", "z" };

	for (text += strlen(text); *statement; statement++) {
		if (*statement != '@') {
			*text++ = *statement;
			continue;
		}
		switch (*++statement) {
		case 'r':
			text += sprintf(text, "r%u", below(4));
			break;
		case 'p':
			text += sprintf(text, "q%u", below(2));
			break;
		case 'v':
			text += sprintf(text, "%s", names[below(3)]);
			break;
		case 'n':
			text += sprintf(text, "%d", (int)below(9) - 3);
			break;
		default:
			text += sprintf(text, "%s", operators[below(12)]);
			break;
		}
	}
	*text++ = ' ';
	*text = '\0';
}

/* Blocks are closed in their order, and of an "if" there is one "else". */
static void write_program(char *text)
{
	bool has_else[24] = { };
	const char *statement;
	unsigned int i, depth = 0;

	sprintf(text, "C t\n{ 0:q0=x; x=%u; y=%u; z=2; p=&y; 0:q1=z; 0:r0=%u; 0:r1=%u; "
		"0:r2=7; }\nP0(int *x, int *y, int *z, int **p) { int r3; ",
		below(4), below(9), below(4), below(3));
	for (i = 0; i < 12; i++) {
		statement = statements[below(ARRAY_SIZE(statements))];
		if (*statement == '}') {
			if (!depth || (statement[1] && has_else[depth]))
				continue;
			has_else[depth] = true;
			if (!statement[1])
				depth--;
		}
		if (statement[strlen(statement) - 1] == '{' && *statement != '}')
			has_else[++depth] = false;
		add_statement(text, statement);
	}
	while (depth--)
		strcat(text, "}");
	strcat(text, "}\nlocations [x; 0:r0; y; 0:r1; 0:r2; 0:r3; z]\nexists (x=99)\n");
}

/* One thread has one outcome, and the model knows it. */
static void threads_do_what_the_model_says(struct kunit *test)
{
	static const u32 order[] = { 0, 1 };
	const struct membar_places *places;
	unsigned int n, i;
	char text[2048];

	for (n = 0; n < 1000; n++) {
		seed = n;
		write_program(text);
		make(test, text);
		places = &file->translation[0].places;
		nr_states = 0;
		model.limit = MEMBAR_MODEL_LIMIT;
		model.every = true;
		model.allowed = note_state;
		membar_model_run(&model, &file->program[0]);
		KUNIT_ASSERT_EQ_MSG(test, nr_states, 1, "%s: %s", text,
				    model.unknown ?: "");
		set_variables();
		/* Twice: what the first one leaves is nothing to the second. */
		run_some(order, 0, 1);
		for (i = 0; i < 2 * places->nr; i++)
			KUNIT_ASSERT_EQ_MSG(test, value_at(places, i / places->nr,
							   i % places->nr),
					    wanted[i % places->nr],
					    "place %u: %s", i, text);
		KUNIT_ASSERT_TRUE_MSG(test, !bad[0] && !bad[1], "%s", text);
	}
}

/*
 * Instances
 * =========
 */

/* Some of them, each with its own variables, locks and registers. */
static void instances_in_their_order(struct kunit *test)
{
	/* The one before the first is not to be run. */
	static const u32 order[] = { 1000, 2, 0, 3 };
	static const long x[] = { 5, 100, 3, 6 };
	static const bool bad_ones[] = { false, false, false, true };
	unsigned int i;

	make(test, "C t\n{ x=0; 0:r0=4; 0:r3=9; y=7; }\nP0(int *x, int *y, spinlock_t *l, spinlock_t *k) { "
	     "int r1; int r2; spin_lock(l); r1 = READ_ONCE(*x); r0 = r0 + r1; "
	     "r2 = 12 / (r1 - 4); WRITE_ONCE(*y, r0); spin_lock(k); spin_unlock(l); "
	     "spin_unlock(k); r3 = r3 + 1; }\nlocations [0:r0; y; 0:r1; 0:r2; 0:r3] exists (x=99)\n");
	set_variables();
	for (i = 0; i < INSTANCES; i++)
		memory[i][0][0] = x[i];
	memset(record, 0x5a, sizeof(record));
	locks[3 * 2 + 1].lock.taken = true;
	run_some(order, 1, 3);
	for (i = 0; i < INSTANCES; i++)
		KUNIT_EXPECT_EQ(test, bad[i], bad_ones[i]);
	KUNIT_EXPECT_EQ(test, record[3], 0x5a5a5a5a5a5a5a5a);
	for (i = 1; i < INSTANCES; i++) {
		KUNIT_EXPECT_EQ(test, record[4 * i], 4 + memory[order[i]][0][0]);
		KUNIT_EXPECT_EQ(test, record[4 * i + 1], memory[order[i]][0][0]);
		KUNIT_EXPECT_EQ(test, record[4 * i + 2],
				12 / (memory[order[i]][0][0] - 4));
		KUNIT_EXPECT_EQ(test, record[4 * i + 3], 9 + 1);
		KUNIT_EXPECT_EQ(test, memory[order[i]][1][0],
				4 + memory[order[i]][0][0]);
	}
	KUNIT_EXPECT_EQ(test, memory[1][1][0], 7);
	KUNIT_EXPECT_EQ(test, memory[1][0][0], 100);
	for (i = 0; i < ARRAY_SIZE(locks); i++)
		KUNIT_EXPECT_EQ(test, locks[i].lock.taken, i == 3 * 2 + 1);
	/* One that divides by zero, and the next one, which does not. */
	memory[2][0][0] = 4;
	run_some(order, 1, 2);
	KUNIT_EXPECT_TRUE(test, bad[1]);
	KUNIT_EXPECT_FALSE(test, bad[2]);
	KUNIT_EXPECT_EQ(test, record[6], 0);
}

/* To its own variables, and to the edges of all; never to others. */
static void pointers_and_their_limits(struct kunit *test)
{
	const long begin = (long)memory, size = sizeof(memory);
	const struct {
		long to;
		bool bad;
	} rows[] = {
		{ begin, false }, { begin + size - 8, false },
		{ begin + 8, false }, { begin - 8, true },
		{ begin + size, true }, { begin + 1, true },
		{ begin + size - 7, true }, { begin - 1, true }, { 0, true },
		{ LONG_MIN, true }, { LONG_MAX, true }, { -8, true },
		{ begin + LONG_MIN, true },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		make(test, "C t\n{ p=&x; }\nP0(int *x, int **p) { int *r0 = READ_ONCE(*p); "
		     "WRITE_ONCE(*r0, 5); }\nexists (x=5)\n");
		memset(memory, 0, sizeof(memory));
		set_variables();
		memory[0][0][0] = rows[i].to;
		run_thread();
		KUNIT_EXPECT_EQ_MSG(test, bad[0], rows[i].bad, "%u", i);
		if (!rows[i].bad)
			KUNIT_EXPECT_EQ(test, *(long *)rows[i].to, 5);
	}
}

/*
 * Translations
 * ============
 */

/*
 * The registers that an instance has to begin with, in the order of their numbers;
 * for the others it does not matter.  An address comes from an instruction.
 */
static void registers_to_begin_with(struct kunit *test)
{
	static const struct {
		const char *body, *begin, *observed;
	} rows[] = {
		{ "r0 = READ_ONCE(*x);", "" },
		{ "r1 = r0;", "" },
		{ "r0 = r0 + 1;", "r0=4 " },
		{ "r1 = r0; r0 = 2;", "r0=4 " },
		{ "r0 = 2; r1 = r0;", "" },
		{ "r0 = 2; r0 = r0;", "" },
		{ "WRITE_ONCE(*x, r0); r0 = 1; r1 = 1;", "r0=4 " },
		{ "WRITE_ONCE(*x, 1 + r1); r0 = 1; r1 = 1;", "r1=5 " },
		{ "r1 = cmpxchg(x, r0, r1); r0 = 1;", "r0=4 r1=5 " },
		{ "r0 = 1; r1 = cmpxchg(x, r0, 9);", "" },
		{ "r2 = atomic_try_cmpxchg(x, &r0, r1);", "r0=4 " },
		{ "r0 = 8; r2 = atomic_try_cmpxchg(x, &r0, r1);", "" },
		{ "if (r0) { r1 = 1; } r0 = 3;", "r0=4 " },
		{ "r0 = 1; if (r0) { r1 = 1; } WRITE_ONCE(*x, r1);", "r1=5 " },
		{ "r0 = 1; if (r0) { r1 = 1; } else { r1 = 2; } WRITE_ONCE(*x, r1);",
		  "r1=5 " },
		{ "r0 = 1; if (r0) { if (r0) { r1 = 1; } r1 = 2; } WRITE_ONCE(*x, r1);",
		  "r1=5 " },
		{ "r0 = 1; if (r0) { } r1 = 3; WRITE_ONCE(*x, r1);", "" },
		{ "r3 = READ_ONCE(*q); q = y; r3 = READ_ONCE(*q);", "q=&x " },
		{ "q = y; r3 = READ_ONCE(*q); WRITE_ONCE(*q, 1);", "" },
		{ "r3 = READ_ONCE(*q); WRITE_ONCE(*x, q == s);", "" },
		{ "s = q + r0; q = s; r0 = 3;", "q=&x r0=4 " },
		{ "r4 = 1; if (r0) { r5 = 1; }", "r5=3 ", "0:r5" },
		{ "r5 = 1;", "", "0:r5" },
		{ "r0 = 1; if (r0) { r5 = 1; }", "r5=3 ", "0:r5" },
		{ "if (r5) { r0 = 1; }", "r5=3 ", "0:r5" },
		/* Register 0 is q. */
		{ "if (r0) { q = y; }", "q=&x ", "0:q" },
		{ "WRITE_ONCE(*x, 1); q = y; r3 = READ_ONCE(*q);", "" },
	};
	const struct membar_code *code;
	const struct membar_program *p;
	const char *name;
	char text[512];
	unsigned int i, k, r;
	char begin[128];

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		snprintf(text, sizeof(text), "C t\n{ 0:q=x; 0:r0=4; 0:r1=5; 0:s=y; "
			 "0:r5=3; x=1; }\nP0(int *x, int *y) { int r2; int r3; int r4; "
			 "%s }\nexists (%s=1)\n", rows[i].body,
			 rows[i].observed ?: "x");
		make(test, text);
		p = &file->program[0];
		code = &file->translation[0].code[0];
		begin[0] = '\0';
		for (r = 0; r < p->thread[0].nr_regs; r++) {
			name = p->thread[0].reg[r].name;
			for (k = 0; k < code->nr_resets; k++)
				if (code->reset[k] == r)
					sprintf(begin + strlen(begin), "%s=%ld ",
						name, code->initial[k]);
			for (k = 0; code->insn[k].code == MEMBAR_INSN_ADDRESS; k++)
				if (code->insn[k].to == r)
					sprintf(begin + strlen(begin), "%s=&%s ", name,
						p->var[code->insn[k].var].name);
		}
		KUNIT_EXPECT_TRUE_MSG(test, !strcmp(begin, rows[i].begin),
				      "%s '%s', not '%s'", rows[i].body, begin,
				      rows[i].begin);
	}
}

/* A parameter that a thread does not write to is a variable, whatever others do. */
static void parameters_are_variables(struct kunit *test)
{
	const struct membar_code *code;
	unsigned int i;

	make(test, "C t\n{}\nP0(int *a, int *b, int *c) { a = b; b = c; c = a; }\n"
	     "P1(int *x, spinlock_t *l, struct srcu_struct *s) { int r0; WRITE_ONCE(*x, 1); "
	     "spin_lock(l); spin_unlock(l); r0 = srcu_read_lock(s); srcu_read_unlock(s, r0); "
	     "synchronize_srcu(s); }\nexists (x=9)\n");
	code = &file->translation[0].code[1];
	KUNIT_EXPECT_EQ(test, code->nr_insns, 7);
	KUNIT_EXPECT_EQ(test, code->insn[0].quick, MEMBAR_QUICK_STORE);
	for (i = 1; i < 6; i++)
		KUNIT_EXPECT_EQ_MSG(test, code->insn[i].lock, 0, "%u", i);
	KUNIT_EXPECT_EQ(test, code->nr_resets, 0);

	make(test, "C t\n{ 0:r0=4; 1:r0=5; }\nP0(int *x) { WRITE_ONCE(*x, r0); r0 = 1; }\n"
	     "P1(int *x) { r0 = 2; WRITE_ONCE(*x, r0); }\nexists (x=9)\n");
	KUNIT_EXPECT_EQ(test, file->translation[0].code[0].nr_resets, 1);
	KUNIT_EXPECT_EQ(test, file->translation[0].code[1].nr_resets, 0);

	/* A register that nobody writes to, and nobody observes, is a number. */
	make(test, "C t\n{ 0:r0=6; x=1; }\nP0(int *x) { WRITE_ONCE(*x, r0); }\n"
	     "exists (x=9)\n");
	set_variables();
	run_thread();
	KUNIT_EXPECT_EQ(test, memory[0][0][0], 6);
}

/* What was in the translation before is of no account. */
static void translations_are_written_whole(struct kunit *test)
{
	static struct membar_translation other;

	make(test, BODY("spin_lock(l); r0 = srcu_read_lock(s); r0 = READ_ONCE(*x);"));
	memset(&other, 0xa5, sizeof(other));
	KUNIT_ASSERT_EQ(test, 0, membar_translate(&file->program[0], &other, NULL));
	/* clang copies a struct without what is between its members. */
#ifndef __clang__
	KUNIT_EXPECT_EQ(test, 0, memcmp(&other, &file->translation[0], sizeof(other)));
#endif
	KUNIT_EXPECT_PTR_EQ(test, file->translation[0].program, &file->program[0]);
	KUNIT_EXPECT_PTR_EQ(test, file->translation[1].program, &file->program[1]);
}

/* The sum goes where no register and no number is. */
static void broken_in_a_full_thread(struct kunit *test)
{
	static const u32 order[] = { 0, 1 };
	char text[2048] = "C t\n{ x=5; ";
	unsigned int i;

	for (i = 0; i < 24; i++)
		sprintf(text + strlen(text), "0:a%u=%u; ", i, 100 + i);
	strcat(text, "}\nP0(int *x) { a23 = atomic_fetch_add(a0 - 93, x); ");
	for (i = 0; i < 23; i++)
		sprintf(text + strlen(text), "a%u = a%u + %u; ", i, i, i);
	strcat(text, "}\nlocations [x");
	for (i = 0; i < 24; i++)
		sprintf(text + strlen(text), "; 0:a%u", i);
	strcat(text, "]\nexists (x=99)\n");
	broken_edge = MEMBAR_EDGE_FADD;
	make(test, text);
	set_variables();
	run_some(order, 0, 1);
	for (i = 0; i < 2 * 24; i++)
		KUNIT_EXPECT_EQ_MSG(test, record[i],
				    i % 24 == 23 ? 5 : 100 + 2 * (i % 24), "%u", i);
	KUNIT_EXPECT_EQ(test, memory[1][0][0], 12);
}

/* Broken builds: the edge that a call has loses its order, or is no longer one. */
static void broken_edges(struct kunit *test)
{
	static const struct {
		const char *body, *sound, *broken;
		enum membar_edge edge;
	} rows[] = {
		{ "r0 = smp_load_acquire(x);", "load ACQUIRE", "load RELAXED",
		  MEMBAR_EDGE_LA },
		{ "smp_store_release(x, 1);", "store RELEASE", "store RELAXED",
		  MEMBAR_EDGE_SR },
		{ "r0 = xchg(x, 7);", "xchg FULL", "load RELAXED|store RELAXED",
		  MEMBAR_EDGE_XCHG },
		{ "r0 = atomic_fetch_add(7, x);", "fetch_add FULL",
		  "load RELAXED|store RELAXED", MEMBAR_EDGE_FADD },
		{ "r0 = xchg_acquire(x, 7);", "xchg ACQUIRE", NULL,
		  MEMBAR_EDGE_XCHG },
		{ "r0 = atomic_fetch_add_relaxed(7, x);", "fetch_add RELAXED",
		  NULL, MEMBAR_EDGE_FADD },
		{ "r0 = xchg_release(x, 7);", "xchg RELEASE", NULL,
		  MEMBAR_EDGE_SR },
		{ "r0 = xchg_acquire(x, 7);", "xchg ACQUIRE", NULL,
		  MEMBAR_EDGE_LA },
		{ "smp_mb();", "smp_mb FULL", "compiler_mb",
		  MEMBAR_EDGE_SMP_FULL },
		{ "dma_rmb();", "dma_mb READ", "compiler_mb",
		  MEMBAR_EDGE_DMA_READ },
		{ "barrier();", "compiler_mb", NULL, MEMBAR_EDGE_SMP_FULL },
	};
	int edge;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (edge = -1; edge < MEMBAR_NR_EDGES; edge++) {
			broken_edge = edge;
			expect_notes(test, rows[i].body,
				     edge == rows[i].edge && rows[i].broken ?
				     rows[i].broken : rows[i].sound);
		}
	}
	/* What it does is the same. */
	broken_edge = MEMBAR_EDGE_FADD;
	expect_notes(test, "r0 = atomic_fetch_add(7, x); barrier();",
		     "load RELAXED|store RELAXED|compiler_mb");
	KUNIT_EXPECT_EQ(test, memory[0][0][0], 12);
	KUNIT_EXPECT_EQ(test, record[0], 5);
	broken_edge = MEMBAR_EDGE_XCHG;
	expect_notes(test, "r0 = xchg(r2, 9);", "load RELAXED|store RELAXED");
	KUNIT_EXPECT_EQ(test, memory[0][0][0], 9);
	KUNIT_EXPECT_EQ(test, record[0], 5);
	broken_in_a_full_thread(test);
}

/* Of each variable, who is the first to read what others write. */
static void readers_of_variables(struct kunit *test)
{
	static const u8 wanted_readers[] = {
		1, MEMBAR_NO_READER, MEMBAR_NO_READER, 0, 2, 1,
	};
	unsigned int v;

	make(test, "C t\n{ x=0; p=&x; }\n"
	     "P0(int *x, int *y, int *z, int **p) { int r0 = *z; WRITE_ONCE(*x, 1); "
	     "r0 = READ_ONCE(*x); WRITE_ONCE(*y, 1); }\n"
	     "P1(int *x, int *y, int *z, int **p, int *w, int *v) { int r0 = READ_ONCE(*x); "
	     "int *r1; xchg(y, 1); r0 = READ_ONCE(*y); r0 = READ_ONCE(*z); "
	     "r1 = w; r0 = READ_ONCE(*r1); r1 = p; r0 = smp_load_acquire(v); }\n"
	     "P2(int *x, int *w, int *v) { int r0 = READ_ONCE(*w); "
	     "r0 = READ_ONCE(*v); r0 = READ_ONCE(*x); }\n"
	     "exists (x=9)\n");
	KUNIT_ASSERT_EQ(test, file->program[0].nr_vars, ARRAY_SIZE(wanted_readers));
	for (v = 0; v < ARRAY_SIZE(wanted_readers); v++)
		KUNIT_EXPECT_EQ_MSG(test, file->translation[0].reader[v],
				    wanted_readers[v], "%s",
				    file->program[0].var[v].name);
}

static void files_that_wait(struct kunit *test)
{
	static const struct {
		const char *body;
		bool waits;
	} rows[] = {
		{ "synchronize_rcu();", true }, { "synchronize_rcu_expedited();", true },
		{ "synchronize_srcu(s);", true },
		{ "synchronize_srcu_expedited(s);", true },
		{ "r0 = srcu_read_lock(s); srcu_read_unlock(s, r0);", false },
		{ "rcu_read_lock(); spin_lock(l);", false },
		{ "synchronize_rcu(); smp_mb();", true },
	};
	char text[1024];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		snprintf(text, sizeof(text), BODY("%s"), rows[i].body);
		make(test, text);
		KUNIT_EXPECT_EQ_MSG(test, file->translation[0].waits, rows[i].waits,
				    "%s", rows[i].body);
		KUNIT_EXPECT_FALSE(test, file->translation[1].waits);
	}
	make(test, "C t\n{}\nP0(int *x) { synchronize_rcu(); }\nexists (x=1)\n");
	KUNIT_EXPECT_TRUE(test, file->translation[0].waits);
}

/* Locks and srcu_structs have numbers of their own, in the order of their uses. */
static void numbers_of_locks(struct kunit *test)
{
	make(test, "C t\n{}\nP0(spinlock_t *l, spinlock_t *k) { spin_lock(k); spin_unlock(k); }\n"
	     "P1(spinlock_t *l, spinlock_t *k, struct srcu_struct *s) { int r0; int r1; "
	     "spin_lock(l); spin_unlock(l); spin_lock(k); r1 = srcu_read_lock(s); "
	     "spin_unlock(k); srcu_read_unlock(s, r1); }\nexists (1:r0=0)\n");
	KUNIT_EXPECT_EQ(test, file->translation[0].nr_locks, 2);
	KUNIT_EXPECT_EQ(test, file->translation[0].nr_srcu, 1);
	KUNIT_EXPECT_EQ(test, file->translation[0].code[0].insn[0].lock, 0);
	KUNIT_EXPECT_EQ(test, file->translation[0].code[1].insn[0].lock, 1);
	KUNIT_EXPECT_EQ(test, file->translation[0].code[1].insn[2].lock, 0);
	KUNIT_EXPECT_EQ(test, file->translation[0].code[1].insn[3].lock, 0);
}

/*
 * @nr sums of @n additions, of numbers from @number on or of an address, which takes
 * an instruction of its own.
 */
static void write_sums(char *text, unsigned int nr, unsigned int n, int number)
{
	unsigned int i, k;

	strcpy(text, "C t\n{}\nP0(int *x) { int r0 = READ_ONCE(*x); int r1; ");
	for (i = 0; i < nr; i++) {
		strcat(text, "r1 = r0");
		for (k = 0; k < n; k++) {
			if (number)
				sprintf(text + strlen(text), " + %d", number++);
			else
				strcat(text, " + x");
		}
		strcat(text, "; ");
	}
	strcat(text, "}\nexists (x=9)\n");
}

static void expect_refusal(struct kunit *test, const char *text, const char *reason)
{
	struct membar_why why = { };
	struct membar_file *refused = membar_file_make(text, strlen(text), &why);

	KUNIT_EXPECT_TRUE(test, IS_ERR(refused));
	KUNIT_EXPECT_STREQ(test, why.text, reason);
	if (!IS_ERR(refused))
		kvfree(refused);
	/* Who asks need not want to know. */
	refused = membar_file_make(text, strlen(text), NULL);
	KUNIT_EXPECT_TRUE(test, refused == ERR_PTR(-EINVAL));
}

/* A thread of so many numbers, zero among them, and of so many instructions with its end. */
static void threads_have_limits(struct kunit *test)
{
	char text[16384];
	unsigned int i;

	strcpy(text, "C t\n{}\n");
	for (i = 0; i < MEMBAR_PROGRAM_THREADS; i++)
		sprintf(text + strlen(text), "P%u(int *x) { WRITE_ONCE(*x, %u); }\n", i, i);
	strcat(text, "exists (x=9)\n");
	make(test, text);
	KUNIT_EXPECT_EQ(test, file->translation[0].code[7].nr_insns, 2);

	strcpy(text, "C t\n{ ");
	for (i = 0; i < MEMBAR_MAX_PLACES; i++)
		sprintf(text + strlen(text), "%u:r%u=1; ", i % 2, i);
	strcat(text, "}\nP0(int *x) { }\nP1(int *x) { }\nlocations [x");
	for (i = 1; i < MEMBAR_MAX_PLACES; i++)
		sprintf(text + strlen(text), "; %u:r%u", i % 2, i);
	expect_refusal(test, strcat(text, "]\nexists (0:r0=9)\n"),
		       "more than 32 values are observed");

	strcpy(text, "C t\n{}\nP0(int *x) { int r0 = READ_ONCE(*x); if (r0) { ");
	for (i = 3; i < MEMBAR_PROGRAM_OPS; i++)
		strcat(text, "smp_mb(); ");
	strcat(text, "} }\nexists (x=9)\n");
	make(test, text);
	KUNIT_EXPECT_EQ(test, file->program[0].thread[0].nr_ops,
			MEMBAR_PROGRAM_OPS);
	KUNIT_EXPECT_EQ(test, file->translation[0].code[0].insn[1].target,
			MEMBAR_PROGRAM_OPS - 1);

	write_sums(text, 4, 20, 1);
	expect_refusal(test, text, "too many numbers in a thread");
	write_sums(text, 4, 19, 1);
	make(test, text);
	KUNIT_EXPECT_EQ(test, file->translation[0].code[0].nr_numbers, 77);
	KUNIT_EXPECT_EQ(test, file->translation[0].code[0].number[76], 76);
	strcpy(strstr(text, "}\nexists"), "r1 = r0 + 77 + 78; }\nexists (x=9)\n");
	make(test, text);
	strcpy(strstr(text, "}\nexists"), "r1 = 79; }\nexists (x=9)\n");
	expect_refusal(test, text, "too many numbers in a thread");

	write_sums(text, 10, 18, 0);
	strcpy(strstr(text, "}\nexists"), "r1 = r0 + x + x + x + x; r1 = r0; r1 = r0; "
	       "r1 = r0; }\nexists (x=9)\n");
	make(test, text);
	KUNIT_EXPECT_EQ(test, file->translation[0].code[0].nr_insns,
			MEMBAR_MAX_INSNS);
	strcpy(strstr(text, "; }\nexists"), "; r1 = r0; }\nexists (x=9)\n");
	expect_refusal(test, text, "a thread takes more than 384 instructions");
}

/*
 * Files
 * =====
 */

static void jobs_of_a_file(struct kunit *test)
{
	struct membar_job jobs[MEMBAR_FILE_JOBS];
	unsigned int i;

	/* Forbidden, no named test, and without its order it may be seen. */
	make(test, "C t\n{}\nP0(int *x, int *y, int *z) { int r0; WRITE_ONCE(*x, 1); smp_mb(); "
	     "r0 = READ_ONCE(*y); WRITE_ONCE(*z, 1); }\n"
	     "P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); smp_mb(); "
	     "r0 = READ_ONCE(*x); }\nexists (0:r0=0 /\\ 1:r0=0)\n");
	memset(jobs, 0x5a, sizeof(jobs));
	KUNIT_ASSERT_EQ(test, membar_file_jobs(file, jobs), 2);
	for (i = 0; i < 2; i++) {
		KUNIT_EXPECT_PTR_EQ(test, jobs[i].program, &file->program[!i]);
		KUNIT_EXPECT_PTR_EQ(test, jobs[i].translation,
				    &file->translation[!i]);
		KUNIT_EXPECT_PTR_EQ(test, jobs[i].places,
				    &file->translation[!i].places);
		KUNIT_EXPECT_EQ(test, jobs[i].hash, file->hash);
		KUNIT_EXPECT_EQ(test, jobs[i].twin, !i);
		KUNIT_EXPECT_EQ(test, jobs[i].is_control, !i);
		KUNIT_EXPECT_PTR_EQ(test, jobs[i].match, NULL);
		KUNIT_EXPECT_PTR_EQ(test, jobs[i].note, NULL);
		KUNIT_EXPECT_FALSE(test, jobs[i].stated);
	}
	KUNIT_EXPECT_NE(test, file->hash, 0);
	KUNIT_EXPECT_FALSE(test, file->named);
	KUNIT_EXPECT_EQ(test, jobs[0].contract, MEMBAR_ALLOWED);
	KUNIT_EXPECT_EQ(test, jobs[0].control, MEMBAR_NO_CONTROL);
	KUNIT_EXPECT_EQ(test, jobs[1].contract, MEMBAR_FORBIDDEN);
	KUNIT_EXPECT_EQ(test, jobs[1].control, 0);

	/* A named test is that test, and so is its control. */
	make(test, "C t\n{}\nP0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); smp_mb(); "
	     "r0 = READ_ONCE(*y); }\nP1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); "
	     "smp_mb(); r0 = READ_ONCE(*x); }\nexists (0:r0=0 /\\ 1:r0=0)\n");
	KUNIT_EXPECT_TRUE(test, file->named);
	KUNIT_ASSERT_EQ(test, membar_file_jobs(file, jobs), 2);
	for (i = 0; i < 2; i++) {
		KUNIT_EXPECT_PTR_EQ(test, jobs[i].translation, NULL);
		KUNIT_EXPECT_PTR_EQ(test, jobs[i].match, &file->match[!i]);
		KUNIT_EXPECT_EQ(test, memcmp(&jobs[i].test, &file->match[!i].test,
					     sizeof(jobs[i].test)), 0);
		KUNIT_EXPECT_EQ(test, jobs[i].test.edge[0],
				i ? MEMBAR_EDGE_SMP_FULL : MEMBAR_EDGE_PO);
	}
	KUNIT_EXPECT_FALSE(test, file->match[1].swap);
	KUNIT_EXPECT_EQ(test, file->match[0].value[0][1], 1);
	/* But for the edges, the control is the same. */
	file->match[1].test = file->match[0].test;
	KUNIT_EXPECT_EQ(test, memcmp(&file->match[0], &file->match[1],
				     sizeof(file->match[0])), 0);

	/* Allowed: no control. */
	make(test, "C t\n{}\nP0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); r0 = READ_ONCE(*y); }\n"
	     "P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); smp_mb(); r0 = READ_ONCE(*x); }\n"
	     "exists (0:r0=0 /\\ 1:r0=0)\n");
	KUNIT_ASSERT_EQ(test, membar_file_jobs(file, jobs), 1);
	KUNIT_EXPECT_EQ(test, jobs[0].contract, MEMBAR_ALLOWED);
	KUNIT_EXPECT_EQ(test, jobs[0].control, MEMBAR_NO_CONTROL);
	KUNIT_EXPECT_FALSE(test, jobs[0].is_control);
	KUNIT_EXPECT_FALSE(test, jobs[0].twin);

	/* Forbidden whatever the order is: a control could not show it. */
	make(test, "C t\n{}\nP0(int *x) { int r0; atomic_inc(x); }\n"
	     "P1(int *x) { atomic_inc(x); }\nexists (x=1)\n");
	KUNIT_ASSERT_EQ(test, membar_file_jobs(file, jobs), 1);
	KUNIT_EXPECT_EQ(test, jobs[0].contract, MEMBAR_FORBIDDEN);
	KUNIT_EXPECT_EQ(test, jobs[0].control, MEMBAR_NO_CONTROL);

	/* Unless the test has a name: its accesses change places. */
	make(test, "C t\n{}\nP0(int *x) { WRITE_ONCE(*x, 1); }\n"
	     "P1(int *x) { int r0 = READ_ONCE(*x); int r1 = READ_ONCE(*x); }\n"
	     "exists (1:r0=1 /\\ 1:r1=0)\n");
	KUNIT_EXPECT_TRUE(test, file->named);
	KUNIT_ASSERT_EQ(test, membar_file_jobs(file, jobs), 2);
	KUNIT_EXPECT_TRUE(test, file->match[1].swap);
	KUNIT_EXPECT_FALSE(test, file->match[0].swap);

	/* Between CPUs these promise nothing, but there is something to show. */
	make(test, "C t\n{}\nP0(int *x, int *y, int *z) { int r0; WRITE_ONCE(*x, 1); dma_mb(); "
	     "r0 = READ_ONCE(*y); WRITE_ONCE(*z, 1); }\n"
	     "P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); dma_mb(); "
	     "r0 = READ_ONCE(*x); }\nexists (0:r0=0 /\\ 1:r0=0)\n");
	KUNIT_ASSERT_EQ(test, membar_file_jobs(file, jobs), 2);
	KUNIT_EXPECT_EQ(test, jobs[1].contract, MEMBAR_UNPROMISED);

	/* What the file says of itself, where there is a race. */
	make(test, "C t\n(* Result: Never *)\n{}\nP0(int *x) { *x = 1; }\n"
	     "P1(int *x) { int r0 = *x; }\nexists (1:r0=1)\n");
	KUNIT_ASSERT_GT_MSG(test, membar_file_jobs(file, jobs), 0, "%s", "jobs");
	i = membar_file_jobs(file, jobs) - 1;
	KUNIT_EXPECT_TRUE(test, jobs[i].stated);
	KUNIT_EXPECT_PTR_EQ(test, jobs[i].note, file->judgement.note);
	KUNIT_EXPECT_TRUE(test, *jobs[i].note);
}

/* The file, and what the model works in. */
static void files_without_memory(struct kunit *test)
{
	static const char text[] = BODY("smp_mb();");
	unsigned int i;

	for (i = 1; i <= 2; i++) {
		failing_allocation = i;
		KUNIT_EXPECT_PTR_EQ(test, membar_file_make(text, strlen(text), NULL),
				    ERR_PTR(-ENOMEM));
		KUNIT_EXPECT_EQ(test, failing_allocation, 0);
	}
	failing_allocation = i;
	make(test, text);
	KUNIT_EXPECT_EQ(test, failing_allocation, 1);
	failing_allocation = 0;
}

static struct kunit_case run_cases[] = {
	KUNIT_CASE(operations_of_the_table),
	KUNIT_CASE(barriers_of_the_table),
	KUNIT_CASE(calls_and_nothing_else),
	KUNIT_CASE(sections_of_either_index),
	KUNIT_CASE(locks_of_others),
	KUNIT_CASE(locks_that_come_free),
	KUNIT_CASE(threads_do_what_the_model_says),
	KUNIT_CASE(instances_in_their_order),
	KUNIT_CASE(pointers_and_their_limits),
	KUNIT_CASE(registers_to_begin_with),
	KUNIT_CASE(parameters_are_variables),
	KUNIT_CASE(translations_are_written_whole),
	KUNIT_CASE(broken_edges),
	KUNIT_CASE(readers_of_variables),
	KUNIT_CASE(files_that_wait),
	KUNIT_CASE(numbers_of_locks),
	KUNIT_CASE(threads_have_limits),
	KUNIT_CASE(jobs_of_a_file),
	KUNIT_CASE(files_without_memory),
	{}
};

static struct kunit_suite run_suite = {
	.name = "membar_run",
	.exit = forget,
	.test_cases = run_cases,
};

kunit_test_suite(run_suite);
