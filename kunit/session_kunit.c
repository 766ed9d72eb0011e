// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit suite membar_session: litmus files that are written to the session.
 */
#include <kunit/test.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../selftests/stress/run.h"

/* Rides on the file that membar_session_show() hands through. */
struct reader {
	struct seq_file m;
	struct membar_result last;
	struct membar_why refusal;
};

static void look(struct seq_file *m, const struct membar_session *s)
{
	struct reader *r = container_of(m, struct reader, m);

	r->refusal = s->refusal;
	if (s->nr_jobs && s->current_job == s->nr_jobs)
		r->last = s->results[s->nr_jobs - 1];
}

static struct reader *written(struct kunit *test, const char *text, int err)
{
	struct reader *r = kunit_kzalloc(test, sizeof(*r), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, r);
	KUNIT_EXPECT_EQ_MSG(test, membar_session_run(text, strlen(text)), err,
			    "%s", text);
	membar_session_show(&r->m, look);
	return r;
}

#define COUNTER								\
	"C counter\n{}\nP0(int *x)\n{\n\tatomic_inc(x);\n}\n"		\
	"P1(int *x)\n{\n\tatomic_inc(x);\n}\n~exists (x=1)\n"

static void a_file_runs(struct kunit *test)
{
	struct reader *r;

	r = written(test, "test=- duration_ms=50 oversubscribe=1\n" COUNTER, 0);
	KUNIT_EXPECT_EQ(test, r->last.engine, MEMBAR_ENGINE_PROGRAM);
	KUNIT_EXPECT_GT(test, r->last.batches, 0);
	KUNIT_EXPECT_EQ(test, r->last.seen, 0);
	/* Unless its threads never ran together, which is nobody's fault. */
	if (r->last.observed)
		KUNIT_EXPECT_EQ(test, r->last.hist[0], r->last.observed);
	KUNIT_EXPECT_STREQ(test, r->refusal.text, "");
}

/* It is the named test R+mb+po. */
#define R_MB_PO								\
	"C named\n{}\nP0(int *x, int *y)\n{\n\tWRITE_ONCE(*x, 1);\n"	\
	"\tsmp_mb();\n\tWRITE_ONCE(*y, 1);\n}\n"			\
	"P1(int *x, int *y)\n{\n\tint r0;\n\tWRITE_ONCE(*y, 2);\n"	\
	"\tr0 = READ_ONCE(*x);\n}\n"					\
	"locations [x;]\nexists (y=2 /\\ 1:r0=0)\n"

static void a_named_test_runs(struct kunit *test)
{
	struct reader *r;
	unsigned int i;
	u64 sum = 0;

	r = written(test, "test=- duration_ms=50 oversubscribe=1\n" R_MB_PO, 0);
	KUNIT_EXPECT_EQ(test, r->last.engine, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_GT(test, r->last.batches, 0);
	/* Each outcome is one state of the file. */
	for (i = 0; i < MEMBAR_NR_OUTCOMES; i++)
		sum += r->last.hist[i];
	KUNIT_EXPECT_EQ(test, sum, r->last.observed);
}

static void files_are_refused(struct kunit *test)
{
	struct reader *r;

	r = written(test, "C broken\n{}\nP0(int *x)\n{\n\tWRITE_ONCE(*x 1);\n}\nexists (x=1)\n",
		    -EINVAL);
	KUNIT_EXPECT_STREQ(test, r->refusal.text,
			   "line 5, column 16: expected ',', found '1'");
	r = written(test, "test=SB+mbs\n" COUNTER, -EINVAL);
	KUNIT_EXPECT_STREQ(test, r->refusal.text,
			   "the line before a litmus file lacks test=-");
	r = written(test, "test=-\n", -EINVAL);
	KUNIT_EXPECT_STREQ(test, r->refusal.text,
			   "no litmus file follows test=-");
	r = written(test, "test=- duration_ms=x\n" COUNTER, -EINVAL);
	KUNIT_EXPECT_STREQ(test, r->refusal.text,
			   "bad value 'x' for duration_ms");
}

static struct kunit_case session_cases[] = {
	KUNIT_CASE(a_file_runs),
	KUNIT_CASE(a_named_test_runs),
	KUNIT_CASE(files_are_refused),
	{}
};

static struct kunit_suite session_suite = {
	.name = "membar_session",
	.test_cases = session_cases,
};

kunit_test_suite(session_suite);
