/* SPDX-License-Identifier: GPL-2.0 */
/*
 * As much of KUnit as the suite of the stress harness uses, for a program on
 * the host: tools/stress-host kunit.  The kernel's own KUnit runs the same
 * suite; this one is there because it is built and run in a second.
 */
#ifndef _MEMBAR_HOST_KUNIT_TEST_H
#define _MEMBAR_HOST_KUNIT_TEST_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KUNIT_PARAM_DESC_SIZE	128
#define KUNIT_MAX_ALLOCATIONS	512

struct kunit {
	const void *param_value;
	void *priv;
	jmp_buf abort;
	unsigned int failures;
	const char *skipped;
	void *allocation[KUNIT_MAX_ALLOCATIONS];
	unsigned int nr_allocations;
};

typedef const void *(*kunit_gen_params_fn)(const void *last, char *desc);

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
	kunit_gen_params_fn gen_params;
};

struct kunit_suite {
	const char *name;
	int (*init)(struct kunit *test);
	void (*exit)(struct kunit *test);
	struct kunit_case *test_cases;
};

#define KUNIT_CASE(fn)			{ .run_case = fn, .name = #fn }
#define KUNIT_CASE_PARAM(fn, gen)					\
	{ .run_case = fn, .name = #fn, .gen_params = gen }

#define KUNIT_ARRAY_PARAM(name, array, describe)			\
	static const void *name##_gen_params(const void *last, char *desc) \
	{								\
		typeof((array)[0]) *next = last;			\
									\
		next = next ? next + 1 : (array);			\
		if (next == (array) + sizeof(array) / sizeof((array)[0])) \
			return NULL;					\
		describe(next, desc);					\
		return next;						\
	}

/* What is expected is said in the words of the source. */
#define __KUNIT_CHECK(test, then, ok, text, fmt, ...)			\
do {									\
	if (!(ok)) {							\
		(test)->failures++;					\
		printf("# %s:%d: %s " fmt "\n", __FILE__, __LINE__,	\
		       text, ##__VA_ARGS__);				\
		then;							\
	}								\
} while (0)
#define __KUNIT_EXPECT(test, ok, text, ...)				\
	__KUNIT_CHECK(test, (void)0, ok, text, __VA_ARGS__)
#define __KUNIT_ASSERT(test, ok, text, ...)				\
	__KUNIT_CHECK(test, longjmp((test)->abort, 1), ok, text, __VA_ARGS__)

#define __KUNIT_COMPARE(kind, test, a, op, b, ...)			\
	kind(test, (a) op (b), "expected " #a " " #op " " #b, __VA_ARGS__)

#define KUNIT_EXPECT_EQ(t, a, b)	__KUNIT_COMPARE(__KUNIT_EXPECT, t, a, ==, b, "")
#define KUNIT_EXPECT_NE(t, a, b)	__KUNIT_COMPARE(__KUNIT_EXPECT, t, a, !=, b, "")
#define KUNIT_EXPECT_LT(t, a, b)	__KUNIT_COMPARE(__KUNIT_EXPECT, t, a, <, b, "")
#define KUNIT_EXPECT_GT(t, a, b)	__KUNIT_COMPARE(__KUNIT_EXPECT, t, a, >, b, "")
#define KUNIT_EXPECT_PTR_EQ(t, a, b)	KUNIT_EXPECT_EQ(t, a, b)
#define KUNIT_EXPECT_EQ_MSG(t, a, b, ...)				\
	__KUNIT_COMPARE(__KUNIT_EXPECT, t, a, ==, b, __VA_ARGS__)
#define KUNIT_EXPECT_LT_MSG(t, a, b, ...)				\
	__KUNIT_COMPARE(__KUNIT_EXPECT, t, a, <, b, __VA_ARGS__)
#define KUNIT_EXPECT_TRUE(t, x)		__KUNIT_EXPECT(t, x, "expected " #x, "")
#define KUNIT_EXPECT_FALSE(t, x)	__KUNIT_EXPECT(t, !(x), "expected not " #x, "")
#define KUNIT_EXPECT_TRUE_MSG(t, x, ...)				\
	__KUNIT_EXPECT(t, x, "expected " #x, __VA_ARGS__)
#define KUNIT_EXPECT_FALSE_MSG(t, x, ...)				\
	__KUNIT_EXPECT(t, !(x), "expected not " #x, __VA_ARGS__)
#define KUNIT_EXPECT_NOT_NULL(t, x)	__KUNIT_EXPECT(t, x, "expected " #x, "")
#define KUNIT_EXPECT_NOT_NULL_MSG(t, x, ...)				\
	__KUNIT_EXPECT(t, x, "expected " #x, __VA_ARGS__)
#define KUNIT_EXPECT_STREQ(t, a, b)					\
	__KUNIT_EXPECT(t, !strcmp(a, b), #a " is", "'%s', not '%s'", a, b)

#define KUNIT_ASSERT_EQ(t, a, b)	__KUNIT_COMPARE(__KUNIT_ASSERT, t, a, ==, b, "")
#define KUNIT_ASSERT_NE(t, a, b)	__KUNIT_COMPARE(__KUNIT_ASSERT, t, a, !=, b, "")
#define KUNIT_ASSERT_LT(t, a, b)	__KUNIT_COMPARE(__KUNIT_ASSERT, t, a, <, b, "")
#define KUNIT_ASSERT_LE(t, a, b)	__KUNIT_COMPARE(__KUNIT_ASSERT, t, a, <=, b, "")
#define KUNIT_ASSERT_EQ_MSG(t, a, b, ...)				\
	__KUNIT_COMPARE(__KUNIT_ASSERT, t, a, ==, b, __VA_ARGS__)
#define KUNIT_ASSERT_GT_MSG(t, a, b, ...)				\
	__KUNIT_COMPARE(__KUNIT_ASSERT, t, a, >, b, __VA_ARGS__)
#define KUNIT_ASSERT_TRUE(t, x)		__KUNIT_ASSERT(t, x, "expected " #x, "")
#define KUNIT_ASSERT_TRUE_MSG(t, x, ...)				\
	__KUNIT_ASSERT(t, x, "expected " #x, __VA_ARGS__)
#define KUNIT_ASSERT_FALSE_MSG(t, x, ...)				\
	__KUNIT_ASSERT(t, !(x), "expected not " #x, __VA_ARGS__)
#define KUNIT_ASSERT_NOT_NULL(t, x)	__KUNIT_ASSERT(t, x, "expected " #x, "")

#define kunit_skip(test, why)						\
do {									\
	(test)->skipped = why;						\
	longjmp((test)->abort, 1);					\
} while (0)

#ifndef GFP_KERNEL
# define GFP_KERNEL	0
#endif

static inline void *kunit_kcalloc(struct kunit *test, size_t n, size_t size,
				  int unused)
{
	void *p = calloc(n, size);

	if (test->nr_allocations == KUNIT_MAX_ALLOCATIONS)
		abort();
	test->allocation[test->nr_allocations++] = p;
	return p;
}

static inline void *kunit_kzalloc(struct kunit *test, size_t size, int unused)
{
	return kunit_kcalloc(test, 1, size, unused);
}

/* Runs one case, with one parameter; its line says what became of it. */
static inline unsigned int kunit_run_case(const struct kunit_suite *suite,
					  const struct kunit_case *c,
					  const void *param, const char *desc)
{
	struct kunit test = { .param_value = param };

	if (suite->init)
		suite->init(&test);
	if (!setjmp(test.abort))
		c->run_case(&test);
	/* What fails now ends here, too. */
	if (!setjmp(test.abort) && suite->exit)
		suite->exit(&test);
	while (test.nr_allocations)
		free(test.allocation[--test.nr_allocations]);
	if (test.failures)
		printf("not ok %s %s\n", c->name, desc);
	else
		printf("ok %s %s%s%s\n", c->name, desc,
		       test.skipped ? " # SKIP " : "", test.skipped ?: "");
	/* What comes next may crash. */
	fflush(stdout);
#ifdef KUNIT_FIRST_FAILURE_ENDS
	if (test.failures)
		exit(1);
#endif
	return test.failures;
}

static inline int kunit_run_suite(const struct kunit_suite *suite)
{
	unsigned int passed = 0, failed = 0;
	char desc[KUNIT_PARAM_DESC_SIZE];
	const struct kunit_case *c;
	const void *param;

	for (c = suite->test_cases; c->run_case; c++) {
		param = NULL;
		do {
			*desc = '\0';
			if (c->gen_params) {
				param = c->gen_params(param, desc);
				if (!param)
					break;
			}
			if (kunit_run_case(suite, c, param, desc))
				failed++;
			else
				passed++;
		} while (param);
	}
	printf("%s: %u passed, %u failed\n", suite->name, passed, failed);
	return failed || !passed;
}

#define kunit_test_suite(suite)						\
	int main(void)							\
	{								\
		return kunit_run_suite(&(suite));			\
	}								\
	_Static_assert(1, "")

#define MODULE_DESCRIPTION(text)	_Static_assert(1, "")
#define MODULE_AUTHOR(text)		_Static_assert(1, "")
#define MODULE_LICENSE(text)		_Static_assert(1, "")

#endif /* _MEMBAR_HOST_KUNIT_TEST_H */
