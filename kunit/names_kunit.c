// SPDX-License-Identifier: GPL-2.0
/*
 * The names of tests: those of each shape, those with wildcards, and names that
 * are longer than their place.  Cases of the suite membar_stress.
 */
#include <kunit/test.h>
#include <linux/string.h>

#include "../selftests/stress/stress.h"
#include "stress_kunit.h"

/* "SHAPE+*+*...": every test of a shape. */
void stress_star_name(const struct membar_shape *shape, char *name, size_t size)
{
	unsigned int t;
	int n;

	n = scnprintf(name, size, "%s", shape->name);
	for (t = 0; t < MEMBAR_MAX_THREADS; t++)
		if (membar_thread_has_edge(shape, t))
			n += scnprintf(name + n, size - n, "+*");
}

void name_of_each_test_is_read_back(struct kunit *test)
{
	const struct membar_shape *shape = stress_shape_of(test);
	struct membar_pattern pattern;
	struct membar_test t, back;
	char name[MEMBAR_NAME_LEN];
	unsigned int n = 0, want = 1, thread;

	stress_star_name(shape, name, sizeof(name));
	KUNIT_ASSERT_EQ(test, membar_pattern_parse(name, &pattern, NULL), 0);

	membar_pattern_first(&pattern, &t);
	do {
		n++;
		membar_test_name(&t, name, sizeof(name));
		KUNIT_ASSERT_EQ_MSG(test, membar_test_parse(name, &back, NULL),
				    0, "%s", name);
		KUNIT_EXPECT_TRUE_MSG(test, membar_test_equal(&t, &back), "%s",
				      name);
	} while (membar_pattern_next(&pattern, &t));

	for (thread = 0; thread < MEMBAR_MAX_THREADS; thread++)
		want *= hweight64(pattern.edges[thread]);
	KUNIT_EXPECT_EQ(test, n, want);
}

void wildcard_of_a_flavour(struct kunit *test)
{
	struct membar_pattern pattern;
	struct membar_test t;
	unsigned int n = 1;

	KUNIT_ASSERT_EQ(test, membar_pattern_parse("SB+dma_*+po", &pattern,
						   NULL), 0);
	membar_pattern_first(&pattern, &t);
	KUNIT_EXPECT_EQ(test, membar_edges[t.edge[0]].flavour,
			MEMBAR_FLAVOUR_DMA);
	while (membar_pattern_next(&pattern, &t)) {
		KUNIT_EXPECT_EQ(test, membar_edges[t.edge[0]].flavour,
				MEMBAR_FLAVOUR_DMA);
		KUNIT_EXPECT_EQ(test, t.edge[1], MEMBAR_EDGE_PO);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, 5);
}

/* A bare star is each edge that speaks of CPUs, if it fits, and no other. */
void wildcard_of_all_edges(struct kunit *test)
{
	struct membar_pattern pattern;
	unsigned int e;
	u64 want = 0;

	for (e = 0; e < MEMBAR_NR_EDGES; e++)
		if (membar_edges[e].flavour == MEMBAR_NR_FLAVOURS ||
		    membar_edges[e].flavour == MEMBAR_FLAVOUR_SMP)
			want |= BIT_ULL(e);
	KUNIT_EXPECT_EQ(test, hweight64(want), 20);

	/* From a read to a write, none that a write begins or a read ends. */
	KUNIT_ASSERT_EQ(test, membar_pattern_parse("LB+*+po", &pattern, NULL),
			0);
	KUNIT_EXPECT_EQ(test, pattern.edges[0],
			want & ~(BIT_ULL(MEMBAR_EDGE_LA_LA) |
				 BIT_ULL(MEMBAR_EDGE_SR_SR) |
				 BIT_ULL(MEMBAR_EDGE_SR_LA) |
				 BIT_ULL(MEMBAR_EDGE_SR_PO) |
				 BIT_ULL(MEMBAR_EDGE_PO_LA)));
	KUNIT_EXPECT_EQ(test, pattern.edges[1], BIT_ULL(MEMBAR_EDGE_PO));

	/* From a write to a read, none that a read begins or a write ends. */
	KUNIT_ASSERT_EQ(test, membar_pattern_parse("SB+*+*", &pattern, NULL),
			0);
	want &= ~(BIT_ULL(MEMBAR_EDGE_LA) | BIT_ULL(MEMBAR_EDGE_SR) |
		  BIT_ULL(MEMBAR_EDGE_LA_SR) | BIT_ULL(MEMBAR_EDGE_LA_LA) |
		  BIT_ULL(MEMBAR_EDGE_SR_SR) |
		  BIT_ULL(MEMBAR_EDGE_ADDR) | BIT_ULL(MEMBAR_EDGE_DATA) |
		  BIT_ULL(MEMBAR_EDGE_CTRL));
	KUNIT_EXPECT_EQ(test, pattern.edges[0], want);
	KUNIT_EXPECT_EQ(test, pattern.edges[1], want);
}

/* A name that is too long for its place is cut, and nothing behind it touched. */
void names_are_cut_to_their_place(struct kunit *test)
{
	struct membar_request r;
	struct membar_plan plan;
	struct membar_test t;
	char name[16];

	memset(name, '#', sizeof(name));
	KUNIT_ASSERT_EQ(test, membar_test_parse("SB+mb+xchg", &t, NULL), 0);
	KUNIT_EXPECT_EQ(test, membar_test_name(&t, name, 8), 7);
	KUNIT_EXPECT_STREQ(test, name, "SB+mb+x");
	KUNIT_EXPECT_EQ(test, name[8], '#');
	KUNIT_EXPECT_EQ(test, membar_test_name(&t, name, 4), 3);

	memset(name, '#', sizeof(name));
	membar_plan_make(t.shape, &plan);
	KUNIT_EXPECT_EQ(test, membar_outcome_name(&plan, 0, name, 8), 7);
	KUNIT_EXPECT_STREQ(test, name, "0:y=0 1");
	KUNIT_EXPECT_EQ(test, name[8], '#');

	memset(name, '#', sizeof(name));
	KUNIT_ASSERT_EQ(test, stress_parse("SB cpus=1,2", &r, NULL), 0);
	KUNIT_EXPECT_EQ(test, membar_request_name(&r, name, 15), 14);
	KUNIT_EXPECT_STREQ(test, name, "test=SB cpus=1");
	KUNIT_EXPECT_EQ(test, name[15], '#');
}
