// SPDX-License-Identifier: GPL-2.0
/*
 * The contract of a test, its verdict, and when it has run for long enough.  Cases
 * of the suite membar_stress.
 */
#include <kunit/test.h>
#include <linux/string.h>

#include "../selftests/stress/stress.h"
#include "stress_kunit.h"

/* Full order everywhere forbids each shape; none of them forbids itself. */
void contract_of_each_shape(struct kunit *test)
{
	const struct membar_shape *shape = stress_shape_of(test);
	const bool coherence = !strncmp(shape->name, "Co", 2);
	struct membar_test t = { .shape = shape };
	unsigned int thread;

	KUNIT_EXPECT_EQ(test, membar_test_contract(&t),
			coherence ? MEMBAR_FORBIDDEN : MEMBAR_ALLOWED);
	for (thread = 0; thread < MEMBAR_MAX_THREADS; thread++)
		if (membar_thread_has_edge(shape, thread))
			t.edge[thread] = MEMBAR_EDGE_SMP_FULL;
	KUNIT_EXPECT_EQ(test, membar_test_contract(&t), MEMBAR_FORBIDDEN);
}

/*
 * No edge orders more than a full barrier: what is forbidden stays so when any
 * one edge of it is made full.
 */
void contract_is_monotone(struct kunit *test)
{
	const struct membar_shape *shape = stress_shape_of(test);
	struct membar_pattern pattern;
	struct membar_test t, stronger;
	char name[MEMBAR_NAME_LEN];
	unsigned int thread;

	stress_star_name(shape, name, sizeof(name));
	KUNIT_ASSERT_EQ(test, membar_pattern_parse(name, &pattern, NULL), 0);
	membar_pattern_first(&pattern, &t);
	do {
		if (membar_test_contract(&t) != MEMBAR_FORBIDDEN)
			continue;
		membar_test_name(&t, name, sizeof(name));
		for (thread = 0; thread < MEMBAR_MAX_THREADS; thread++) {
			if (!membar_thread_has_edge(shape, thread))
				continue;
			stronger = t;
			stronger.edge[thread] = MEMBAR_EDGE_SMP_FULL;
			KUNIT_EXPECT_EQ_MSG(test,
					    membar_test_contract(&stronger),
					    MEMBAR_FORBIDDEN,
					    "%s, thread %u made full", name,
					    thread);
		}
	} while (membar_pattern_next(&pattern, &t));
}

void verdict_of_each_contract(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_FORBIDDEN, 0, 1000),
			MEMBAR_PASS);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_FORBIDDEN, 0, 10),
			MEMBAR_PASS);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_FORBIDDEN, 0, 9),
			MEMBAR_BLIND);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_FORBIDDEN, 0, 0),
			MEMBAR_BLIND);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_FORBIDDEN, 1, 0),
			MEMBAR_FAIL);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_FORBIDDEN, 1, 1000),
			MEMBAR_FAIL);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_ALLOWED, 1, 0),
			MEMBAR_SEEN);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_ALLOWED, 0, 1000),
			MEMBAR_NOT_SEEN);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_UNPROMISED, 1, 1000),
			MEMBAR_INFO);
	KUNIT_EXPECT_EQ(test, membar_verdict(MEMBAR_UNPROMISED, 0, 0),
			MEMBAR_INFO);
}

struct enough_case {
	struct membar_so_far so_far;
	bool enough;
};

static const struct enough_case enough_cases[] = {
	/* A control that trips goes on until that is no accident. */
	{ { .seen = 1, .together = 800, .duration = 800 }, false },
	{ { .seen = 9, .together = 800, .duration = 800 }, false },
	{ { .seen = 10, .duration = 800 }, true },
	/* One that does not trip, until its threads have had the time. */
	{ { .together = 0, .duration = 800 }, false },
	{ { .together = 99, .duration = 800 }, false },
	{ { .together = 100, .duration = 800 }, true },
	/* A forbidden test, until it would have shown. */
	{ { .has_control = true, .control_seen = 1, .expected = 9,
	    .together = 800, .duration = 800 }, false },
	{ { .has_control = true, .control_seen = 1, .expected = 10,
	    .duration = 800 }, true },
	/* It fails: no more is needed. */
	{ { .has_control = true, .control_seen = 1, .seen = 1,
	    .duration = 800 }, true },
	/* Without evidence that it could show, it goes on in vain. */
	{ { .has_control = true, .duration = 800 }, true },
};

/* When a test whose time is up may end. */
void enough_by_kind_of_test(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(enough_cases); i++)
		KUNIT_EXPECT_EQ_MSG(test, membar_enough(&enough_cases[i].so_far),
				    enough_cases[i].enough, "case %u", i);
}
