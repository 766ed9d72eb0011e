// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit suite membar_program: litmus files as the stress harness runs them.
 *
 * Each instruction is compared with what C says of the same expression, one
 * thread after the other, so that there is one possible outcome.  tools/stress-host
 * runs this suite as well, and host/run_kunit.c.
 */
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "../selftests/stress/file.h"

#define MAX_TEXT	1024
#define MAX_SRCU	2

/**
 * struct machine - a litmus file and the memory that it runs in
 * @test: which test it is for
 * @file: the file
 * @frame: of each thread
 * @memory: the variables, each in a line of its own
 * @record: what is observed of each thread
 * @bad: whether each of them did what no execution can do
 * @locks: of the one instance
 * @srcu: likewise
 * @nr_srcu: how many of these are ready for use
 * @next: of the same test case
 */
struct machine {
	struct kunit *test;
	struct membar_file *file;
	struct membar_frame frame[MEMBAR_PROGRAM_THREADS];
	long memory[MEMBAR_PROGRAM_VARS][8];
	long record[MEMBAR_PROGRAM_THREADS][2 * MEMBAR_MAX_PLACES];
	bool bad[MEMBAR_PROGRAM_THREADS][2];
	struct membar_lock locks[MEMBAR_PROGRAM_VARS];
	struct srcu_struct srcu[MAX_SRCU];
	unsigned int nr_srcu;
	struct machine *next;
};

static struct machine *machine_of(struct kunit *test, const char *text)
{
	struct machine *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);
	struct membar_why why = { };

	KUNIT_ASSERT_NOT_NULL(test, m);
	m->test = test;
	m->file = membar_file_make(text, strlen(text), &why);
	KUNIT_ASSERT_FALSE_MSG(test, IS_ERR(m->file), "%s: %s", text, why.text);
	m->next = test->priv;
	test->priv = m;
	KUNIT_ASSERT_LE(test, m->file->translation[0].nr_srcu, MAX_SRCU);
	for (; m->nr_srcu < m->file->translation[0].nr_srcu; m->nr_srcu++)
		KUNIT_ASSERT_EQ(test, init_srcu_struct(&m->srcu[m->nr_srcu]), 0);
	return m;
}

/* Even after a case that was given up. */
static void free_machines(struct kunit *test)
{
	struct machine *m;

	for (m = test->priv; m; m = m->next) {
		while (m->nr_srcu)
			cleanup_srcu_struct(&m->srcu[--m->nr_srcu]);
		kvfree(m->file);
	}
}

static void set_variables(struct machine *m)
{
	const struct membar_program *program = &m->file->program[0];
	unsigned int v;
	int var;

	for (v = 0; v < program->nr_vars; v++) {
		var = membar_variable_at(program->var[v].initial,
					 program->nr_vars);
		m->memory[v][0] = var < 0 ? (long)program->var[v].initial :
					   (long)&m->memory[var][0];
	}
	/* Without SMP a lock has no size, and their array no length. */
	for (v = 0; v < MEMBAR_PROGRAM_VARS; v++)
		spin_lock_init(&m->locks[v].lock);
}

/* All threads, in their order. */
static void run_threads(struct machine *m)
{
	const struct membar_translation *x = &m->file->translation[0];
	static const u32 order[] = { 0, 0 };
	struct membar_lane lane = { .order = order };
	struct membar_frame *frame;
	unsigned int t;

	memset(m->bad, 0, sizeof(m->bad));
	for (t = 0; t < m->file->program[0].nr_threads; t++) {
		frame = &m->frame[t];
		membar_frame_open(frame, &x->code[t]);
		frame->memory = m->memory;
		frame->size = sizeof(m->memory);
		frame->loc = sizeof(m->memory[0]);
		frame->record = m->record[t];
		frame->bad = m->bad[t];
		frame->locks = m->locks;
		frame->nr_locks = x->nr_locks;
		frame->srcu = m->srcu;
		frame->nr_srcu = x->nr_srcu;
		lane.frame = frame;
		membar_interpret(&lane, 1, 1);
	}
}

static void run_machine(struct machine *m)
{
	set_variables(m);
	run_threads(m);
}

/* The register that is number @n of those that thread @t shows. */
static long shown(const struct machine *m, unsigned int t, unsigned int n)
{
	return m->record[t][m->frame[t].code->nr_recorded + n];
}

/*
 * Instructions
 * ============
 */

/* A statement with x, r0 and r1, and all three after it. */
struct statement {
	const char *text;
	long x;
	long r0;
	long new_x;
	long r1;
};

/* Every operation that returns something; %s is its order. */
static const struct statement ordered[] = {
	{ "r0 = xchg%s(x, 7);", 5, 5, 7 },
	{ "r0 = cmpxchg%s(x, 5, 7);", 5, 5, 7 },
	{ "r0 = cmpxchg%s(x, 4, 7);", 5, 5, 5 },
	{ "r0 = atomic_try_cmpxchg%s(x, &r1, 7);", 0, 1, 7, 0 },
	{ "r0 = atomic_try_cmpxchg%s(x, &r1, 7);", 5, 0, 5, 5 },
	/* The result is assigned when the call has returned. */
	{ "r0 = atomic_try_cmpxchg%s(x, &r0, 7);", 0, 1, 7 },
	{ "r0 = atomic_try_cmpxchg%s(x, &r0, 7);", 5, 0, 5 },
	{ "r0 = atomic_add_return%s(2, x);", 5, 7, 7 },
	{ "r0 = atomic_sub_return%s(2, x);", 5, 3, 3 },
	{ "r0 = atomic_inc_return%s(x);", 5, 6, 6 },
	{ "r0 = atomic_dec_return%s(x);", 5, 4, 4 },
	{ "r0 = atomic_fetch_add%s(2, x);", 5, 5, 7 },
	{ "r0 = atomic_fetch_sub%s(2, x);", 5, 5, 3 },
	{ "r0 = atomic_fetch_inc%s(x);", 5, 5, 6 },
	{ "r0 = atomic_fetch_dec%s(x);", 5, 5, 4 },
	{ "r0 = atomic_fetch_and%s(6, x);", 5, 5, 4 },
	{ "r0 = atomic_fetch_or%s(6, x);", 5, 5, 7 },
	{ "r0 = atomic_fetch_xor%s(6, x);", 5, 5, 3 },
	{ "r0 = atomic_fetch_andnot%s(6, x);", 5, 5, 1 },
	{ "r0 = atomic_add_negative%s(-6, x);", 5, 1, -1 },
	{ "r0 = atomic_add_negative%s(-5, x);", 5, 0, 0 },
};

static const struct statement others[] = {
	{ "r0 = READ_ONCE(*x);", 5, 5, 5 },
	{ "r0 = smp_load_acquire(x);", -5, -5, -5 },
	{ "r0 = *x;", 5, 5, 5 },
	{ "r0 = atomic_read(x);", 5, 5, 5 },
	{ "WRITE_ONCE(*x, 7);", 5, 0, 7 },
	{ "*x = 7;", 5, 0, 7 },
	{ "smp_store_release(x, 7);", 5, 0, 7 },
	{ "smp_store_mb(*x, 7);", 5, 0, 7 },
	{ "atomic_set(x, 7);", 5, 0, 7 },
	{ "atomic_add(2, x);", 5, 0, 7 },
	{ "atomic_sub(2, x);", 5, 0, 3 },
	{ "atomic_inc(x);", 5, 0, 6 },
	{ "atomic_dec(x);", 5, 0, 4 },
	{ "atomic_and(6, x);", 5, 0, 4 },
	{ "atomic_or(6, x);", 5, 0, 7 },
	{ "atomic_xor(6, x);", 5, 0, 3 },
	{ "atomic_andnot(6, x);", 5, 0, 1 },
	{ "r0 = atomic_sub_and_test(5, x);", 5, 1, 0 },
	{ "r0 = atomic_dec_and_test(x);", 5, 0, 4 },
	{ "r0 = atomic_inc_and_test(x);", -1, 1, 0 },
	{ "r0 = atomic_add_unless(x, 2, 5);", 5, 0, 5 },
	{ "r0 = atomic_add_unless(x, 2, 4);", 5, 1, 7 },
	{ "r0 = atomic_fetch_add_unless(x, 2, 5);", 5, 5, 5 },
	{ "r0 = atomic_fetch_add_unless(x, 2, 4);", 5, 5, 7 },
	{ "r0 = atomic_inc_not_zero(x);", 0, 0, 0 },
	{ "r0 = atomic_inc_not_zero(x);", 5, 1, 6 },
	{ "r0 = atomic_inc_unless_negative(x);", -5, 0, -5 },
	{ "r0 = atomic_dec_unless_positive(x);", -5, 1, -6 },
	{ "r0 = atomic_dec_if_positive(x);", 5, 4, 4 },
	{ "r0 = atomic_dec_if_positive(x);", 0, -1, 0 },
	{ "r0 = membar_cmpxchg_val(x, 5, 7, MEMBAR_ACQUIRE);", 5, 5, 7 },
	{ "r0 = membar_atomic_load(x, MEMBAR_ACQUIRE);", 5, 5, 5 },
	{ "membar_atomic_store(x, 7, MEMBAR_RELEASE);", 5, 0, 7 },
	{ "membar_atomic_sub(x, 2, MEMBAR_RELAXED);", 5, 0, 3 },
	{ "r0 = membar_atomic_fetch_sub(x, 2, MEMBAR_ACQUIRE);", 5, 5, 3 },
	{ "r0 = membar_atomic_cmpxchg_val(x, 5, 7, MEMBAR_RELEASE);", 5, 5, 7 },
	{ "r0 = virt_load_acquire(x);", 5, 5, 5 },
	{ "r0 = membar_virt_load(x, MEMBAR_RELAXED);", 5, 5, 5 },
	{ "virt_store_release(x, 7);", 5, 0, 7 },
	{ "membar_virt_store(x, 7, MEMBAR_RELEASE);", 5, 0, 7 },
	{ "virt_store_mb(*x, 7);", 5, 0, 7 },
	{ "membar_virt_store_mb(x, 7);", 5, 0, 7 },

	{ "smp_mb(); smp_rmb(); smp_wmb(); barrier(); r0 = 1;", 5, 1, 5 },
	{ "mb(); rmb(); wmb(); dma_mb(); dma_rmb(); dma_wmb(); r0 = 1;",
	  5, 1, 5 },
	{ "membar_virt_mb(MEMBAR_ACQUIRE); smp_mb_release(); r0 = 1;",
	  5, 1, 5 },
	{ "smp_mb__before_atomic(); smp_mb__after_atomic(); r0 = 1;", 5, 1, 5 },
	{ "smp_mb__after_spinlock(); smp_mb__after_unlock_lock(); r0 = 1;",
	  5, 1, 5 },
	{ "smp_acquire__after_ctrl_dep(); membar_after_ctrl_dep(); r0 = 1;",
	  5, 1, 5 },
	{ "rcu_read_lock(); r0 = READ_ONCE(*x); rcu_read_unlock();", 5, 5, 5 },
	{ "synchronize_rcu_expedited(); r0 = 1;", 5, 1, 5 },

	{ "r0 = (6 | 1) + (6 ^ 3) * 2 - (6 & 3);", 0, 15, 0 },
	{ "r0 = (6 == 6) + (6 != 6) + (5 < 6) + (6 <= 6);", 0, 3, 0 },
	{ "r0 = (5 > 6) + (6 >= 6); r1 = -r0;", 0, 1, 0, -1 },
	{ "r1 = READ_ONCE(*x); r0 = 100 / r1;", 7, 14, 7, 7 },
	{ "r1 = READ_ONCE(*x); if (r1) r0 = 1; else r0 = 2;", 5, 1, 5, 5 },
	{ "r1 = READ_ONCE(*x); if (r1) r0 = 1; else r0 = 2;", 0, 2, 0, 0 },
	{ "r1 = READ_ONCE(*x); if (r1 == 5) { if (r1 != 5) r0 = 1; else { r0 = 2; WRITE_ONCE(*x, 6); } }",
	  5, 2, 6, 5 },
	{ "r1 = READ_ONCE(*x); if (!r1) WRITE_ONCE(*x, 6); r0 = 3;",
	  5, 3, 5, 5 },
};

static void expect_statement(struct kunit *test, const struct statement *s,
			     const char *order)
{
	char statement[192], *text = kunit_kzalloc(test, MAX_TEXT, GFP_KERNEL);
	struct machine *m;

	KUNIT_ASSERT_NOT_NULL(test, text);
	snprintf(statement, sizeof(statement), s->text, order);
	scnprintf(text, MAX_TEXT,
		  "C test\n{ x=%ld; }\nP0(int *x)\n{\n\tint r0;\n\tint r1;\n\t%s\n}\nlocations [0:r0; 0:r1; x]\nexists (0:r0=0)\n",
		  s->x, statement);
	m = machine_of(test, text);
	run_machine(m);
	KUNIT_EXPECT_EQ_MSG(test, shown(m, 0, 0), s->r0, "r0: %s", statement);
	KUNIT_EXPECT_EQ_MSG(test, shown(m, 0, 1), s->r1, "r1: %s", statement);
	KUNIT_EXPECT_EQ_MSG(test, m->memory[0][0], s->new_x, "x: %s", statement);
	KUNIT_EXPECT_FALSE_MSG(test, m->bad[0][1], "%s", statement);
}

static void instructions_of_each_operation(struct kunit *test)
{
	static const char *const orders[] = {
		"", "_relaxed", "_acquire", "_release",
	};
	unsigned int i, o;

	for (i = 0; i < ARRAY_SIZE(ordered); i++)
		for (o = 0; o < ARRAY_SIZE(orders); o++)
			expect_statement(test, &ordered[i], orders[o]);
	for (i = 0; i < ARRAY_SIZE(others); i++)
		expect_statement(test, &others[i], "");
}

static void expect_operation(struct kunit *test, const char *op,
			     const char *order)
{
	struct membar_operation found;
	char name[48];

	scnprintf(name, sizeof(name), "membar_%s%s", op,
		  strcmp(op, "cmpxchg") ? "" : "_val");
	KUNIT_EXPECT_TRUE_MSG(test, membar_operation_find(name, strlen(name),
							  &found), "%s", name);
	KUNIT_EXPECT_TRUE_MSG(test, membar_operation_order(&found.op, order,
							   strlen(order)),
			      "%s(%s)", name, order);
}

/* Every row of the table in arch/table.h has a place in a litmus file. */
static void instructions_of_the_whole_table(struct kunit *test)
{
#define ROW(_op, form, ORDER, order)					\
	expect_operation(test, #_op, "MEMBAR_" #ORDER);
	MEMBAR_FOR_EACH_INSN_RMW(ROW)
#undef ROW
}

/* A store with its full fence is one call, and in a control a store. */
static void stores_with_a_fence_are_one_call(struct kunit *test)
{
	struct machine *m = machine_of(test,
		"C test\n{}\n"
		"P0(int *x, int *y)\n{\n\tint r0;\n\tsmp_store_mb(*x, 1);\n\tr0 = READ_ONCE(*y);\n}\n"
		"P1(int *x, int *y)\n{\n\tint r0;\n\tmembar_store_mb(y, 1);\n\tr0 = READ_ONCE(*x);\n}\n"
		"exists (0:r0=0 /\\ 1:r0=0)\n");
	const struct membar_translation *x = m->file->translation;
	unsigned int t;

	KUNIT_EXPECT_FALSE(test, m->file->named);
	for (t = 0; t < 2; t++) {
		KUNIT_EXPECT_EQ(test, x[0].code[t].insn[0].code,
				MEMBAR_INSN_STORE_MB);
		KUNIT_EXPECT_EQ(test, x[0].code[t].insn[1].code,
				MEMBAR_INSN_load_relaxed);
		KUNIT_EXPECT_EQ(test, x[1].code[t].insn[0].code,
				MEMBAR_INSN_store_relaxed);
		KUNIT_EXPECT_EQ(test, x[1].code[t].insn[1].code,
				MEMBAR_INSN_COMPILER_MB);
	}
}

/*
 * What an instruction is and whether it comes before the others say the same.
 * The first thread has one of each kind that does, the second none.
 */
static void the_commonest_instructions_come_first(struct kunit *test)
{
	struct machine *m = machine_of(test,
		"C test\n{ p=&x; }\n"
		"P0(int *x)\n{\n\tint r0;\n\tint r1;\n\tr0 = READ_ONCE(*x);\n\tWRITE_ONCE(*x, 1);\n\tr1 = smp_load_acquire(x);\n\tsmp_store_release(x, 2);\n\tsmp_mb();\n\tbarrier();\n\trcu_read_lock();\n\trcu_read_unlock();\n}\n"
		"P1(int **p, int *x)\n{\n\tint *r0;\n\tint r1;\n\tr0 = *p;\n\tr1 = READ_ONCE(*r0);\n\tWRITE_ONCE(*r0, 3);\n\tr1 = smp_load_acquire(r0);\n\tsmp_store_release(r0, 4);\n\t*x = 5;\n\tsmp_wmb();\n}\n"
		"exists (0:r0=1)\n");
	static const struct {
		u16 code;
		u8 quick;
	} wanted[] = {
		{ MEMBAR_INSN_load_relaxed, MEMBAR_QUICK_LOAD },
		{ MEMBAR_INSN_store_relaxed, MEMBAR_QUICK_STORE },
		{ MEMBAR_INSN_load_acquire, MEMBAR_QUICK_LOAD_ACQUIRE },
		{ MEMBAR_INSN_store_release, MEMBAR_QUICK_STORE_RELEASE },
		{ MEMBAR_INSN_FENCE_SMP_FULL, MEMBAR_QUICK_FENCE },
		{ MEMBAR_INSN_COMPILER_MB, MEMBAR_QUICK_COMPILER_MB },
		{ MEMBAR_INSN_RCU_LOCK, MEMBAR_QUICK_RCU_LOCK },
		{ MEMBAR_INSN_RCU_UNLOCK, 0 },
	};
	const struct membar_code *code = m->file->translation[0].code;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wanted); i++) {
		KUNIT_EXPECT_EQ(test, code[0].insn[i].code, wanted[i].code);
		KUNIT_EXPECT_EQ(test, code[0].insn[i].quick, wanted[i].quick);
	}
	for (i = 0; i < code[1].nr_insns; i++)
		KUNIT_EXPECT_EQ_MSG(test, code[1].insn[i].quick, 0, "%u", i);
	/* They do what the others do. */
	run_machine(m);
	KUNIT_EXPECT_EQ(test, m->memory[1][0], 5);
	KUNIT_EXPECT_FALSE(test, m->bad[0][1] || m->bad[1][1]);
}

/*
 * Pointers
 * ========
 */

static void pointers_are_those_of_the_instance(struct kunit *test)
{
	struct machine *m = machine_of(test,
		"C test\n"
		"{ p=&x; x=3; 1:r9=&y; y=4; }\n"
		"P0(int **p, int *x)\n"
		"{\n"
		"\tint *r0;\n"
		"\tint r1;\n"
		"\tr0 = READ_ONCE(*p);\n"
		"\tr1 = READ_ONCE(*r0);\n"
		"\tWRITE_ONCE(*r0, 8);\n"
		"}\n"
		"P1(int **p, int *y)\n"
		"{\n"
		"\tint r0;\n"
		"\tint r1;\n"
		"\tr0 = READ_ONCE(*r9);\n"
		"\tWRITE_ONCE(*p, y);\n"
		"\tr1 = READ_ONCE(*p) == y;\n"
		"}\n"
		"locations [0:r1; 1:r0; 1:r1; x]\n"
		"exists (0:r0=x)\n");

	run_machine(m);
	KUNIT_EXPECT_EQ(test, m->record[0][m->frame[0].code->nr_recorded],
			(long)&m->memory[m->file->program[0].nr_vars > 1 ? 1 : 0][0]);
	KUNIT_EXPECT_EQ(test, shown(m, 0, 1), 3);
	KUNIT_EXPECT_EQ(test, shown(m, 1, 0), 4);
	KUNIT_EXPECT_EQ(test, shown(m, 1, 1), 1);
	KUNIT_EXPECT_FALSE(test, m->bad[0][1] || m->bad[1][1]);
}

/* Nothing outside of the variables is touched, and the instance is not counted. */
static void pointers_to_nowhere_are_bad(struct kunit *test)
{
	static const char *const values[] = {
		"0", "1", "-1", "4096", "x + 1", "x - 1", "x + 100000",
		"x - 100000", "x * 2", "-x",
	};
	char *text = kunit_kzalloc(test, MAX_TEXT, GFP_KERNEL);
	struct machine *m;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, text);
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		scnprintf(text, MAX_TEXT,
			  "C test\n{ x=5; }\nP0(int *x)\n{\n\tint *r0;\n\tint r1;\n\tr0 = %s;\n\tr1 = READ_ONCE(*r0);\n}\nexists (0:r1=0)\n",
			  values[i]);
		m = machine_of(test, text);
		run_machine(m);
		KUNIT_EXPECT_TRUE_MSG(test, m->bad[0][1], "%s", values[i]);
	}
}

/*
 * Locks and sections
 * ==================
 */

static bool is_bad(struct kunit *test, const char *body)
{
	char *text = kunit_kzalloc(test, MAX_TEXT, GFP_KERNEL);
	struct machine *m;
	bool bad;

	KUNIT_ASSERT_NOT_NULL(test, text);
	scnprintf(text, MAX_TEXT,
		  "C test\n{}\nP0(int *x, spinlock_t *l, spinlock_t *k, struct srcu_struct *s, struct srcu_struct *t)\n{\n\tint r0 = 0;\n\tint r1 = 0;\n\t%s\n}\nexists (0:r0=1)\n",
		  body);
	m = machine_of(test, text);
	run_machine(m);
	bad = m->bad[0][1];
	/* Whatever it did, it has left nothing locked. */
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&m->locks[0].lock));
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&m->locks[1].lock));
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
	return bad;
}

static void locks_do_no_harm(struct kunit *test)
{
	static const char *const good[] = {
		"spin_lock(l); WRITE_ONCE(*x, 1); spin_unlock(l);",
		"spin_lock(l); spin_lock(k); spin_unlock(l); spin_unlock(k);",
		"r0 = spin_trylock(l); if (r0) spin_unlock(l);",
		"spin_lock(l); r0 = spin_is_locked(l); spin_unlock(l);",
		/* Left locked: the thread unlocks it at its end. */
		"spin_lock(l); spin_lock(k);",
		"rcu_read_lock(); rcu_read_lock(); rcu_read_unlock();",
		"r0 = srcu_read_lock(s); WRITE_ONCE(*x, 1); srcu_read_unlock(s, r0); synchronize_srcu(s);",
		"r0 = srcu_read_lock(s); r1 = srcu_read_lock(t); srcu_read_unlock(s, r0); srcu_read_unlock(t, r1);",
		"r0 = srcu_down_read(s); srcu_up_read(s, r0); smp_mb__after_srcu_read_unlock(); synchronize_srcu_expedited(s);",
		"r0 = srcu_read_lock(s); r1 = srcu_read_lock(s);",
		"r0 = srcu_read_lock(s); synchronize_rcu_expedited(); srcu_read_unlock(s, r0);",
	};
	static const char *const bad[] = {
		"spin_lock(l); spin_lock(l);",
		"spin_unlock(l);",
		"rcu_read_unlock();",
		"rcu_read_lock(); synchronize_rcu(); rcu_read_unlock();",
		"spin_lock(l); synchronize_rcu(); spin_unlock(l);",
		"srcu_read_unlock(s, 0);",
		"r0 = srcu_read_lock(s); srcu_read_unlock(s, r0 + 2);",
		"r0 = srcu_read_lock(s); srcu_read_unlock(s, -1);",
		"r0 = srcu_read_lock(s); srcu_read_unlock(s, 1 - r0);",
		"r0 = srcu_read_lock(s); srcu_read_unlock(t, r0);",
		"r0 = srcu_read_lock(s); synchronize_srcu(s); srcu_read_unlock(s, r0);",
		"r0 = srcu_read_lock(s); synchronize_srcu(t); srcu_read_unlock(s, r0);",
		"rcu_read_lock(); synchronize_srcu(s); rcu_read_unlock();",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(good); i++)
		KUNIT_EXPECT_FALSE_MSG(test, is_bad(test, good[i]), "%s",
				       good[i]);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		KUNIT_EXPECT_TRUE_MSG(test, is_bad(test, bad[i]), "%s", bad[i]);
}

/* One that nobody gives back is waited for, but not for ever. */
static void locks_are_not_waited_for_for_ever(struct kunit *test)
{
	/* Within a section, in which it does not offer the CPU to others. */
	struct machine *m = machine_of(test,
		"C test\n{}\nP0(int *x, spinlock_t *l)\n{\n\trcu_read_lock();\n\tspin_lock(l);\n\tWRITE_ONCE(*x, 1);\n\tspin_unlock(l);\n\trcu_read_unlock();\n}\nexists (x=1)\n");
	spinlock_t *taken = &m->locks[0].lock;
	bool there;

	run_machine(m);
	KUNIT_EXPECT_FALSE(test, m->bad[0][1]);
	spin_lock(taken);
	there = spin_is_locked(taken);
	if (there)
		run_threads(m);
	spin_unlock(taken);
	if (!there)
		kunit_skip(test, "locks take effect with SMP only");
	KUNIT_EXPECT_TRUE(test, m->bad[0][1]);
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

/*
 * Refusals
 * ========
 */

static void refused(struct kunit *test, const char *text, const char *reason)
{
	struct membar_why why = { };
	struct membar_file *file;

	file = membar_file_make(text, strlen(text), &why);
	KUNIT_EXPECT_TRUE_MSG(test, IS_ERR(file), "%s", text);
	if (!IS_ERR(file))
		kvfree(file);
	KUNIT_EXPECT_TRUE_MSG(test, strstr(why.text, reason),
			      "'%s' is not in '%s'", reason, why.text);
}

static void files_that_cannot_run(struct kunit *test)
{
	refused(test, "C t\n{}\nP0(struct srcu_struct *s)\n{\n\tint r0;\n\tr0 = srcu_read_lock(s);\n\tr0 = READ_ONCE(*s);\n}\nexists (0:r0=0)\n",
		"'s' is an srcu_struct and something else");
	refused(test, "C t\n{}\nP0(spinlock_t *s)\n{\n\tint r0;\n\tr0 = srcu_read_lock(s);\n\tspin_lock(s);\n}\nexists (0:r0=0)\n",
		"'s' is a lock and something else");
	refused(test, "C t\n{ p=&s; }\nP0(struct srcu_struct **p)\n{\n\tstruct srcu_struct *r0;\n\tr0 = READ_ONCE(*p);\n\tsynchronize_srcu(r0);\n}\nexists (0:r0=0)\n",
		"an srcu_struct whose address is computed");
	refused(test, "C t\n{}\nP0(spinlock_t *l)\n{\n\tint r0;\n\tspin_lock(l);\n\tr0 = READ_ONCE(*l);\n\tspin_unlock(l);\n}\nexists (0:r0=0)\n",
		"'l' is a lock and something else");
	refused(test, "C t\n{}\nP0(spinlock_t *l)\n{\n\tspin_lock(l + 0);\n}\nexists (l=0)\n",
		"a lock whose address is computed");
	refused(test, "C t\n{}\nP0(struct srcu_struct *s)\n{\n\tsynchronize_srcu(s + 0);\n}\nexists (s=0)\n",
		"an srcu_struct whose address is computed");
	refused(test, "C t\n{ p=&l; }\nP0(spinlock_t **p)\n{\n\tspinlock_t *r0;\n\tr0 = READ_ONCE(*p);\n\tspin_lock(r0);\n\tspin_unlock(r0);\n}\nexists (0:r0=0)\n",
		"a lock whose address is computed");
	refused(test, "C t\n{}\nP0(int *x)\n{\n\tWRITE_ONCE(*x, );\n}\nexists (x=0)\n",
		"line 5, column");
}

/* A variable is a long: what is larger runs on 64 bits only. */
static void values_that_fit(struct kunit *test)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{ "C t\n{}\nP0(int *x)\n{\n\tWRITE_ONCE(*x, 4294967296);\n}\nexists (x=1)\n",
		  "4294967296 does not fit a variable here" },
		{ "C t\n{ y=1; x=4294967296; }\nP0(int *x)\n{\n\tWRITE_ONCE(*x, 1);\n}\nexists (x=1)\n",
		  "the initial value of 'x' does not fit here" },
		{ "C t\n{ 0:r0=4294967296; }\nP0(int *x)\n{\n\tr0 = r0 + 1;\n}\nexists (0:r0=1)\n",
		  "4294967296 does not fit a register here" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (sizeof(long) == sizeof(s64))
			machine_of(test, rows[i].text);
		else
			refused(test, rows[i].text, rows[i].reason);
	}
}

/* What a control keeps and what it loses. */
static void control_of_a_file(struct kunit *test)
{
	struct machine *m = machine_of(test,
		"C SB+mbs\n{}\nP0(int *x, int *y)\n{\n\tint r0;\n\tWRITE_ONCE(*x, 1);\n\tsmp_mb();\n\tr0 = READ_ONCE(*y);\n}\n"
		"P1(int *x, int *y)\n{\n\tint r0;\n\tsmp_store_release(y, 1);\n\tsmp_mb();\n\tr0 = smp_load_acquire(x);\n}\nexists (0:r0=0 /\\ 1:r0=0)\n");
	const struct membar_program *weak = &m->file->program[1];
	struct membar_job jobs[MEMBAR_FILE_JOBS];
	char name[MEMBAR_NAME_LEN];
	unsigned int t, i;

	KUNIT_EXPECT_EQ(test, m->file->judgement.contract, MEMBAR_FORBIDDEN);
	KUNIT_EXPECT_TRUE(test, m->file->has_control);
	for (t = 0; t < 2; t++) {
		for (i = 0; i < weak->thread[t].nr_ops; i++) {
			if (weak->thread[t].op[i].kind == MEMBAR_OP_FENCE)
				KUNIT_EXPECT_EQ(test,
						weak->thread[t].op[i].fence,
						MEMBAR_FENCE_COMPILER);
			else
				KUNIT_EXPECT_EQ(test,
						weak->thread[t].op[i].mark,
						MEMBAR_MARK_RELAXED);
		}
	}
	KUNIT_EXPECT_EQ(test, membar_file_jobs(m->file, jobs), 2);
	KUNIT_EXPECT_EQ(test, jobs[0].contract, MEMBAR_ALLOWED);
	KUNIT_EXPECT_EQ(test, jobs[1].contract, MEMBAR_FORBIDDEN);
	KUNIT_EXPECT_EQ(test, jobs[1].control, 0);
	KUNIT_EXPECT_TRUE(test, jobs[0].is_control);
	KUNIT_EXPECT_FALSE(test, jobs[1].is_control);
	membar_job_name(&jobs[0], name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, "busted_SB+mbs");
}

/* A name goes to places where some characters have a meaning. */
static void names_of_files_are_harmless(struct kunit *test)
{
	struct machine *m = machine_of(test,
		"C a\"b\\c#d<e\n{}\nP0(int *x)\n{\n\tWRITE_ONCE(*x, 1);\n}\nexists (x=0)\n");
	struct membar_job jobs[MEMBAR_FILE_JOBS];
	char name[MEMBAR_NAME_LEN];
	unsigned int nr = membar_file_jobs(m->file, jobs);

	membar_job_name(&jobs[nr - 1], name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, "a_b_c_d_e");
}

static struct kunit_case program_cases[] = {
	KUNIT_CASE(instructions_of_each_operation),
	KUNIT_CASE(instructions_of_the_whole_table),
	KUNIT_CASE(stores_with_a_fence_are_one_call),
	KUNIT_CASE(the_commonest_instructions_come_first),
	KUNIT_CASE(pointers_are_those_of_the_instance),
	KUNIT_CASE(pointers_to_nowhere_are_bad),
	KUNIT_CASE(locks_do_no_harm),
	KUNIT_CASE(locks_are_not_waited_for_for_ever),
	KUNIT_CASE(files_that_cannot_run),
	KUNIT_CASE(values_that_fit),
	KUNIT_CASE(control_of_a_file),
	KUNIT_CASE(names_of_files_are_harmless),
	{}
};

static struct kunit_suite program_suite = {
	.name = "membar_program",
	.exit = free_machines,
	.test_cases = program_cases,
};

kunit_test_suite(program_suite);
