// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit suite membar_match: which litmus files are named tests, which values their
 * outcomes have, and how the states of the other files are numbered.
 */
#include <kunit/test.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../selftests/stress/match.h"
#include "../selftests/stress/model.h"

#define MAX_TEXT	1024

/**
 * struct subject - a litmus file
 * @program: it
 * @places: the values that it observes
 * @match: the named test that it is
 * @model: to find its contract in
 * @text: room for a file that is written here
 */
struct subject {
	struct membar_program program;
	struct membar_places places;
	struct membar_match match;
	struct membar_model model;
	char text[MAX_TEXT];
};

static struct subject *alloc_subject(struct kunit *test)
{
	struct subject *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, s);
	return s;
}

/* Writes the name of the test that a file is, or "nothing". */
static void find_name(struct kunit *test, struct subject *s, const char *text,
		      char *name)
{
	struct membar_why why = { };

	KUNIT_ASSERT_EQ_MSG(test, 0,
			    membar_litmus_parse(text, strlen(text), &s->program,
						&why),
			    "%s: %s", text, why.text);
	KUNIT_ASSERT_EQ(test, 0,
			membar_places_find(&s->program, &s->places, NULL));
	memset(&s->match, 0xa5, sizeof(s->match));
	strscpy(name, "nothing", MEMBAR_NAME_LEN);
	if (membar_match_find(&s->program, &s->places, &s->match))
		membar_test_name(&s->match.test, name, MEMBAR_NAME_LEN);
}

static void expect_name(struct kunit *test, struct subject *s, const char *text,
			const char *wanted)
{
	char name[MEMBAR_NAME_LEN];

	find_name(test, s, text, name);
	KUNIT_EXPECT_EQ_MSG(test, 0, strcmp(name, wanted), "is %s, not %s: %s",
			    name, wanted, text);
}

/*
 * Files that are named tests
 * ==========================
 */

#define INIT(state)	"C f\n{" state "}\n"
#define THREAD(n, body)	"P" #n "(int *x, int *y, int *z)\n{\n" body "}\n"
#define R(reg, var)	"\tint " #reg " = READ_ONCE(*" #var ");\n"
#define W(var, value)	"\tWRITE_ONCE(*" #var ", " #value ");\n"
#define DO(statement)	"\t" statement ";\n"

/* The second thread of SB, and the question of SB. */
#define SB1		THREAD(1, W(y, 1) R(r0, x))
#define SB_ASKS		"exists (0:r0=0 /\\ 1:r0=0)\n"
/* Each of them with another first thread, or with another question. */
#define SB(body)	INIT("") THREAD(0, body) SB1 SB_ASKS
#define SB_WITH(asks)	INIT("") THREAD(0, W(x, 1) R(r0, y)) SB1 asks

/* The second threads and the questions of MP and LB. */
#define MP1		THREAD(1, R(r0, y) R(r1, x))
#define MP_ASKS		"exists (1:r0=1 /\\ 1:r1=0)\n"
#define LB1		THREAD(1, R(r0, y) W(x, 1))
#define LB_ASKS		"exists (0:r0=1 /\\ 1:r0=1)\n"
/* 2+2W, where the variables have these initial values. */
#define W2(state)							\
	INIT(state) THREAD(0, W(x, 1) W(y, 2)) THREAD(1, W(y, 1) W(x, 2)) \
	"exists (x=1 /\\ y=1)\n"

/* A file, and the named test that it is. */
struct named {
	const char *name;
	const char *text;
};

static const struct named named[] = {
	{ "SB+mb+po", SB(W(x, 1) DO("smp_mb()") R(r0, y)) },
	/* The threads the other way round, other names and other values. */
	{ "MP+sr+la",
	  INIT(" x=5; ")
	  THREAD(0, DO("int a = smp_load_acquire(z)") R(b, x))
	  THREAD(1, W(x, 7) DO("smp_store_release(z, 9)"))
	  "~exists (0:b=5 /\\ 0:a=9)\n" },
	{ "MP+dma_wmb+rmb",
	  INIT("") THREAD(0, W(x, 1) DO("dma_wmb()") W(y, 1))
	  THREAD(1, R(r0, y) DO("smp_rmb()") R(r1, x))
	  "forall (1:r0=0 \\/ ~(1:r1=0))\n" },
	/* Which thread is the first of the shape is for the condition to say. */
	{ "R+mb+po",
	  INIT("") THREAD(0, W(x, 1) DO("smp_mb()") W(y, 1))
	  THREAD(1, W(y, 2) R(r0, x)) "locations [x;]\nexists (y=2 /\\ 1:r0=0)\n" },
	{ "2+2W+wmb+po",
	  INIT("") THREAD(0, W(x, 1) DO("smp_wmb()") W(y, 2))
	  THREAD(1, W(y, 1) W(x, 2)) "exists (x=1 /\\ y=1)\n" },
	{ "CoRR+po",
	  INIT("") THREAD(0, W(x, 1)) THREAD(1, R(r0, x) R(r1, x))
	  "exists (1:r0=1 /\\ 1:r1=0)\n" },
	/* A final value is one that was written, and not the initial one. */
	{ "R+mb+po",
	  INIT("") THREAD(0, W(x, 1) DO("smp_mb()") W(y, 1))
	  THREAD(1, W(y, 2) R(r0, x)) "exists (~(y=1) /\\ 1:r0=0)\n" },
	/* The address of a variable may be in a register from the beginning. */
	{ "SB+po+po", INIT(" 0:r9=&x; ") THREAD(0, DO("WRITE_ONCE(*r9, 1)") R(r0, y))
	  SB1 SB_ASKS },
	{ "SB+po+po", SB_WITH("locations [0:r0; x; y]\n" SB_ASKS) },
	/* Variables that no thread accesses are no matter. */
	{ "SB+po+po", INIT(" a=0; b=0; c=0; ") THREAD(0, W(x, 1) R(r0, y)) SB1 SB_ASKS },
	{ "LB+la+sr",
	  INIT("") THREAD(0, DO("int r0 = smp_load_acquire(x)") W(y, 1))
	  THREAD(1, R(r0, y) DO("smp_store_release(x, 1)")) LB_ASKS },
	/* Orders on the other access, and on both. */
	{ "SB+sr.po+po", SB(DO("smp_store_release(x, 1)") R(r0, y)) },
	{ "SB+po.la+po", SB(W(x, 1) DO("int r0 = smp_load_acquire(y)")) },
	{ "SB+sr.la+po",
	  SB(DO("smp_store_release(x, 1)") DO("int r0 = smp_load_acquire(y)")) },
	{ "MP+sr.sr+la.la",
	  INIT("")
	  THREAD(0, DO("smp_store_release(x, 1)") DO("smp_store_release(y, 1)"))
	  THREAD(1, DO("int r0 = smp_load_acquire(y)")
		    DO("int r1 = smp_load_acquire(x)")) MP_ASKS },
	{ "MP+sr.po+po.la",
	  INIT("") THREAD(0, DO("smp_store_release(x, 1)") W(y, 1))
	  THREAD(1, R(r0, y) DO("int r1 = smp_load_acquire(x)")) MP_ASKS },
	{ "LB+la.sr+po",
	  INIT("")
	  THREAD(0, DO("int r0 = smp_load_acquire(x)") DO("smp_store_release(y, 1)"))
	  LB1 LB_ASKS },
	{ "SB+virt_mb+mandatory_mb",
	  INIT("") THREAD(0, W(x, 1) DO("virt_mb()") R(r0, y))
	  THREAD(1, W(y, 1) DO("mb()") R(r0, x)) SB_ASKS },
	{ "SB+rel+acq",
	  INIT("") THREAD(0, W(x, 1) DO("membar_smp_mb(MEMBAR_RELEASE)") R(r0, y))
	  THREAD(1, W(y, 1) DO("membar_smp_mb(MEMBAR_ACQUIRE)") R(r0, x)) SB_ASKS },
};

static void files_that_are_named_tests(struct kunit *test)
{
	struct subject *s = alloc_subject(test);
	struct membar_judgement judgement;
	unsigned int i;

	s->model.limit = MEMBAR_MODEL_LIMIT;
	for (i = 0; i < ARRAY_SIZE(named); i++) {
		expect_name(test, s, named[i].text, named[i].name);
		/* Both have the same contract. */
		membar_program_contract(&s->model, &s->program, &judgement);
		KUNIT_EXPECT_EQ_MSG(test, judgement.contract,
				    membar_test_contract(&s->match.test), "%s",
				    named[i].text);
	}
}

/*
 * Each shape, as a file
 * =====================
 */

static const char *const variables[MEMBAR_NR_LOCS] = { "x", "y", "z" };

/* Thread @t of a shape as thread @n of a file. */
static int write_thread(const struct membar_shape *shape, unsigned int t,
			unsigned int n, char *buf, size_t size)
{
	const struct membar_access *a = shape->thread[t];
	unsigned int i;
	int len;

	len = scnprintf(buf, size, "P%u(int *x, int *y, int *z)\n{\n", n);
	for (i = 0; i < 1U + membar_thread_has_edge(shape, t); i++) {
		if (a[i].dir == MEMBAR_W)
			len += scnprintf(buf + len, size - len,
					 "\tWRITE_ONCE(*%s, %u);\n",
					 variables[a[i].loc], a[i].value);
		else
			len += scnprintf(buf + len, size - len,
					 "\tint r%u = READ_ONCE(*%s);\n", i,
					 variables[a[i].loc]);
	}
	return len + scnprintf(buf + len, size - len, "}\n");
}

/* The outcome that a shape asks about, in a file that has thread t as @at[t]. */
static int write_question(const struct membar_plan *plan,
			  const unsigned int *at, char *buf, size_t size)
{
	unsigned int outcome = plan->target, i;
	int len;

	len = scnprintf(buf, size, "exists (true");
	for (i = 0; i < plan->nr_reads; i++, outcome >>= 2)
		len += scnprintf(buf + len, size - len, " /\\ %u:r%u=%u",
				 at[plan->read[i].thread],
				 plan->read[i].access, outcome & 3);
	for (i = 0; i < plan->nr_finals; i++, outcome >>= 2)
		len += scnprintf(buf + len, size - len, " /\\ %s=%u",
				 variables[plan->final[i]], outcome & 3);
	return len + scnprintf(buf + len, size - len, ")\n");
}

static void expect_shape(struct kunit *test, struct subject *s,
			 const struct membar_shape *shape, bool reverse)
{
	const struct membar_test wanted = { .shape = shape };
	const unsigned int nr = membar_shape_threads(shape);
	unsigned int at[MEMBAR_MAX_THREADS], n, t;
	char name[MEMBAR_NAME_LEN], *text = s->text;
	struct membar_plan plan;
	int len;

	len = scnprintf(text, MAX_TEXT, "C f\n{}\n");
	for (n = 0; n < nr; n++) {
		t = reverse ? nr - 1 - n : n;
		at[t] = n;
		len += write_thread(shape, t, n, text + len, MAX_TEXT - len);
	}
	membar_plan_make(shape, &plan);
	write_question(&plan, at, text + len, MAX_TEXT - len);
	membar_test_name(&wanted, name, sizeof(name));
	expect_name(test, s, text, name);
}

static void file_of_a_shape(struct kunit *test, bool reverse)
{
	struct subject *s = alloc_subject(test);
	unsigned int i;

	for (i = 0; i < membar_nr_shapes; i++)
		expect_shape(test, s, &membar_shapes[i], reverse);
}

static void file_of_each_shape(struct kunit *test)
{
	file_of_a_shape(test, false);
}

/* The last order of the threads that is tried. */
static void file_of_each_shape_reversed(struct kunit *test)
{
	file_of_a_shape(test, true);
}

/*
 * Files that are no named test
 * ============================
 */

static const char *const unnamed[] = {
	/* Another question, */
	SB_WITH("exists (0:r0=0 /\\ 1:r0=1)\n"),
	SB_WITH("exists (0:r0=0)\n"),
	SB_WITH("exists (0:r0=1 \\/ 1:r0=0)\n"),
	SB_WITH("filter (0:r0=0)\n" SB_ASKS),
	/* or two outcomes instead of one, */
	INIT("") THREAD(0, W(x, 1) W(y, 1)) MP1 "exists (1:r1=0)\n",
	INIT("") THREAD(0, W(x, 1) W(y, 1)) THREAD(1, W(y, 2) R(r0, x))
	"exists (y=1 /\\ 1:r0=0)\n",
	INIT("") THREAD(0, W(x, 1) W(y, 1)) THREAD(1, W(y, 2) R(r0, x))
	"exists (y=2 /\\ 1:r0=1)\n",
	INIT("") THREAD(0, W(x, 1) W(y, 2)) THREAD(1, W(y, 1) W(x, 2))
	"exists (x=2 /\\ y=1)\n",
	/* All but the last thread of 3.2W. */
	INIT(" x=5; z=5; ") THREAD(0, W(x, 7) W(y, 1)) THREAD(1, W(y, 9) W(z, 3))
	"exists (x=7 /\\ y=9 /\\ z=0)\n",
	/* and one about a register or a variable that the test does not have. */
	INIT(" 0:r5=0; ") THREAD(0, W(x, 1) R(r0, y)) SB1
	"locations [0:r5]\n" SB_ASKS,
	INIT(" 1:r0=0; ") THREAD(0, W(x, 1) R(r0, y)) THREAD(1, W(y, 1) R(r1, x))
	"exists (0:r0=0 /\\ 1:r1=0 /\\ 1:r0=0)\n",
	SB_WITH("locations [z]\n" SB_ASKS),

	/* One variable in place of two: y in that of z. */
	INIT("") THREAD(0, W(x, 1) R(r0, y)) THREAD(1, W(y, 1) R(r0, y))
	THREAD(2, W(y, 1) R(r0, x)) "exists (0:r0=0 /\\ 1:r0=0 /\\ 2:r0=0)\n",

	/* Accesses that are plain, */
	SB(DO("*x = 1") R(r0, y)),
	SB(W(x, 1) DO("int r0 = *y")),
	INIT("") THREAD(0, DO("int r0 = *x") W(y, 1)) LB1 LB_ASKS,
	INIT("") THREAD(0, W(x, 1) DO("*y = 1")) MP1 MP_ASKS,
	/* or atomic, or that come with a fence. */
	SB(DO("xchg(x, 1)") R(r0, y)),
	SB(DO("smp_store_mb(*x, 1)") R(r0, y)),
	SB(DO("membar_store_mb(x, 1)") R(r0, y)),

	/* Fences that are not between the accesses, or too many of them, */
	SB(DO("smp_mb()") W(x, 1) R(r0, y)),
	SB(W(x, 1) R(r0, y) DO("smp_mb()")),
	SB(W(x, 1) DO("smp_mb()") DO("smp_wmb()") R(r0, y)),
	INIT("") THREAD(0, W(x, 1) DO("smp_mb()")) THREAD(1, R(r0, x) R(r1, x))
	"exists (1:r0=1 /\\ 1:r1=0)\n",
	/* and those for which there is no edge. */
	SB(W(x, 1) DO("barrier()") R(r0, y)),
	SB(W(x, 1) DO("smp_mb__before_atomic()") R(r0, y)),
	SB(W(x, 1) DO("synchronize_rcu()") R(r0, y)),

	/* The order of a thread's only access, or a fence and the order of an access. */
	INIT("") THREAD(0, DO("smp_store_release(x, 1)"))
	THREAD(1, R(r0, x) R(r1, x)) "exists (1:r0=1 /\\ 1:r1=0)\n",
	INIT("") THREAD(0, DO("int r0 = smp_load_acquire(x)"))
	THREAD(1, W(x, 1) W(x, 2)) "exists (0:r0=1 /\\ x=1)\n",
	INIT("") THREAD(0, W(x, 1) DO("smp_wmb()") DO("smp_store_release(y, 1)"))
	MP1 MP_ASKS,
	INIT("") THREAD(0, W(x, 1) W(y, 1))
	THREAD(1, DO("int r0 = smp_load_acquire(y)") DO("smp_rmb()") R(r1, x))
	MP_ASKS,
	INIT("") THREAD(0, DO("smp_store_release(x, 1)") DO("smp_wmb()") W(y, 1))
	MP1 MP_ASKS,

	/* Values that depend on what was read. */
	INIT("") THREAD(0, R(r0, x) W(y, r0 + 1)) LB1 LB_ASKS,
	INIT("") THREAD(0, R(r0, x) W(y, 1 + r0)) LB1 LB_ASKS,
	INIT("") THREAD(0, R(r0, x) W(y, r0)) LB1 LB_ASKS,
	INIT(" 0:r5=0; ") THREAD(0, W(x, 1) W(z, r5) R(r0, y)) SB1 SB_ASKS,

	/* Addresses that are computed, that may change, or of no variable. */
	SB(DO("smp_store_release(x + 0, 1)") R(r0, y)),
	SB(DO("WRITE_ONCE(*NULL, 1)") R(r0, y)),
	INIT("") THREAD(0, R(r0, x) W(y, 1))
	THREAD(1, R(r0, y) DO("smp_store_release(x + 0, 1)")) LB_ASKS,
	INIT(" 0:r9=&y; ") THREAD(0, DO("r9 = READ_ONCE(*x)") DO("WRITE_ONCE(*r9, 1)"))
	LB1 "exists (0:r9=1 /\\ 1:r0=1)\n",
	INIT(" 0:r9=&x; ") THREAD(0, DO("WRITE_ONCE(*r9, 1)") DO("r9 = READ_ONCE(*y)"))
	SB1 "exists (0:r9=0 /\\ 1:r0=0)\n",
	INIT(" 0:r9=7; ") THREAD(0, DO("WRITE_ONCE(*r9, 1)") R(r0, y)) SB1 SB_ASKS,

	/* Another variable than the other thread has. */
	INIT("") THREAD(0, W(x, 1) W(z, 1)) MP1 MP_ASKS,
	/* One variable where the shape has two, one value or register twice. */
	INIT("") THREAD(0, W(x, 1) R(r0, x)) THREAD(1, W(x, 1) R(r0, x)) SB_ASKS,
	SB(W(x, 0) R(r0, y)),
	INIT(" x=1; ") THREAD(0, W(x, 1) R(r0, y)) SB1 SB_ASKS,
	INIT("") THREAD(0, W(x, 1) W(y, 1)) THREAD(1, W(y, 1) W(x, 1))
	"exists (x=1 /\\ y=1)\n",
	W2(" x=1; "), W2(" x=2; "), W2(" y=1; "), W2(" y=2; "),
	INIT("") THREAD(0, W(x, 1) W(y, 1))
	THREAD(1, DO("int r0 = READ_ONCE(*y)") DO("r0 = READ_ONCE(*x)"))
	"exists (1:r0=0)\n",
	/* Values that are addresses. */
	INIT(" x=&z; ") THREAD(0, W(x, 1) W(y, 1)) MP1
	"exists (1:r0=1 /\\ 1:r1=z)\n",
	INIT(" z=0; x=&z; ") THREAD(0, W(x, 1) W(y, 1)) MP1
	"exists (1:r0=1 /\\ 1:r1=z)\n",
	INIT("") THREAD(0, W(x, z) W(y, 1)) MP1 MP_ASKS,

	/* More accesses or threads than any test has, or none. */
	SB(W(x, 1) R(r0, y) R(r1, z)),
	SB(W(x, 1) DO("int r5 = 0") R(r0, y)),
	/* The write that is missing would write 0. */
	INIT(" x=7; y=5; ") THREAD(0, W(x, 1)) MP1 "exists (1:r0=0 /\\ 1:r1=7)\n",
	INIT("") THREAD(0, "") THREAD(1, R(r0, x) R(r1, x)) "exists (1:r0=1)\n",
	INIT("") THREAD(0, W(x, 1) R(r0, y)) SB1 THREAD(2, W(z, 1)) SB_ASKS,
	INIT("") THREAD(0, W(x, 1) R(r0, y)) SB1 THREAD(2, "") SB_ASKS,
	INIT("") THREAD(0, W(x, 1)) THREAD(1, R(r0, x) R(r1, y)) THREAD(2, W(y, 1))
	THREAD(3, R(r0, y) R(r1, x)) THREAD(4, W(z, 1))
	"exists (1:r0=1 /\\ 1:r1=0 /\\ 3:r0=1 /\\ 3:r1=0)\n",
};

static void files_that_are_no_named_test(struct kunit *test)
{
	struct subject *s = alloc_subject(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(unnamed); i++)
		expect_name(test, s, unnamed[i], "nothing");
}

/*
 * Values and states
 * =================
 */

/* The outcomes are those of the file, in its own names and values. */
static void values_of_named_tests(struct kunit *test)
{
	struct subject *s = alloc_subject(test);
	const struct membar_match *match = &s->match;
	s64 value[MEMBAR_MAX_PLACES] = { };

	expect_name(test, s, named[1].text, named[1].name);
	KUNIT_ASSERT_EQ(test, s->places.nr, 2);
	membar_match_values(match, 2, match->plan.target, value);
	KUNIT_EXPECT_EQ(test, value[0], 5);
	KUNIT_EXPECT_EQ(test, value[1], 9);
	membar_match_values(match, 2, 0, value);
	KUNIT_EXPECT_EQ(test, value[0], 5);
	KUNIT_EXPECT_EQ(test, value[1], 0);
	/* No more of them are written than were asked for. */
	value[1] = 77;
	membar_match_values(match, 1, 0, value);
	KUNIT_EXPECT_EQ(test, value[1], 77);
}

/* A variable that one thread writes has the same value at the end. */
static void values_that_never_differ(struct kunit *test)
{
	static const char text[] =
		INIT("") THREAD(0, W(x, 4) W(y, 1)) THREAD(1, W(y, 7) R(r0, x))
		"locations [x;]\nexists (y=7 /\\ 1:r0=0)\n";
	struct subject *s = alloc_subject(test);
	s64 value[MEMBAR_MAX_PLACES] = { };

	expect_name(test, s, text, "R+po+po");
	KUNIT_ASSERT_EQ(test, s->places.nr, 3);
	membar_match_values(&s->match, 3, s->match.plan.target, value);
	KUNIT_EXPECT_EQ(test, value[0], 7);
	KUNIT_EXPECT_EQ(test, value[1], 0);
	KUNIT_EXPECT_EQ(test, value[2], 4);
}

static void states_are_numbered(struct kunit *test)
{
	struct membar_states *states;
	s64 value[2] = { };
	unsigned int i;

	states = kunit_kzalloc(test, MEMBAR_STATES_SIZE(2), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, states);
	states->width = 2;
	for (i = 0; i < MEMBAR_OTHER_STATES; i++) {
		value[1] = i;
		KUNIT_EXPECT_EQ(test, membar_states_find(states, value), -1);
		KUNIT_EXPECT_EQ(test, membar_states_add(states, value, i % 2),
				i);
		KUNIT_EXPECT_EQ(test, membar_states_find(states, value), i);
		KUNIT_EXPECT_EQ(test, states->asked[i], i % 2);
	}
	value[1] = i;
	KUNIT_EXPECT_EQ(test, membar_states_add(states, value, true),
			MEMBAR_OTHER_STATES);
	value[1] = 77;
	KUNIT_EXPECT_EQ(test, membar_states_add(states, value, true), 77);
	KUNIT_EXPECT_EQ(test, states->nr, MEMBAR_OTHER_STATES);
}

static struct kunit_case match_cases[] = {
	KUNIT_CASE(files_that_are_named_tests),
	KUNIT_CASE(file_of_each_shape),
	KUNIT_CASE(file_of_each_shape_reversed),
	KUNIT_CASE(files_that_are_no_named_test),
	KUNIT_CASE(values_of_named_tests),
	KUNIT_CASE(values_that_never_differ),
	KUNIT_CASE(states_are_numbered),
	{}
};

static struct kunit_suite match_suite = {
	.name = "membar_match",
	.test_cases = match_cases,
};

kunit_test_suite(match_suite);
