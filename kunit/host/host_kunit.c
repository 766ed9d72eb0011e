// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of the harness's pure files that only the host runs, because they
 * are many and quick there: tools/stress-host kunit.
 */
#include <kunit/test.h>

/* The reports, as a build that is broken on purpose makes them. */
#define MEMBAR_BREAK	"smp_mb:full"
#include "report.c"
#include "log.c"

/* A copy without an end, so that a read of more than the text is an error. */
static char *bare_copy(const char *text)
{
	const size_t len = strlen(text);

	return memcpy(malloc(len), text, len);
}

/* How long the request is, and where the litmus file begins. */
static void request_and_a_file(struct kunit *test)
{
	static const struct {
		const char *text;
		size_t line, at;
	} rows[] = {
		{ "", 0, 0 }, { "  ", 2, 2 }, { "SB", 2, 2 }, { "SB\n", 3, 3 },
		{ "SB\nMP\n", 6, 6 }, { "SB\n  ", 5, 5 },
		/* No more than a file. */
		{ "C t\n{}", 0, 0 }, { "C\tt", 0, 0 }, { "C ", 0, 0 },
		{ "(* c *)", 0, 0 }, { "(*", 0, 0 },
		{ "\t\n \v\f\rC t", 0, 6 }, { "\r(*", 0, 1 },
		/* What only looks like one. */
		{ "C", 1, 1 }, { "(", 1, 1 }, { "Ct x", 4, 4 }, { "C*", 2, 2 },
		{ "( ", 2, 2 }, { "x*", 2, 2 }, { "x t", 3, 3 },
		{ "xC t", 4, 4 }, { "\bC t", 4, 4 }, { "\016C t", 4, 4 },
		/* After a request, in another line than that. */
		{ "SB C t", 6, 6 }, { "SB\nC t", 2, 3 }, { "SB\nC", 4, 4 },
		{ "test=-\nC t\n{}", 6, 7 }, { " SB\n\r\n (*", 3, 7 },
		{ "SB\nMP\nC t", 9, 9 },
	};
	size_t line, at;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		char *text = bare_copy(rows[i].text);

		line = 99;
		at = membar_request_split(text, strlen(rows[i].text), &line);
		KUNIT_EXPECT_EQ_MSG(test, rows[i].at, at, "%s", rows[i].text);
		KUNIT_EXPECT_EQ_MSG(test, rows[i].line, line, "%s",
				    rows[i].text);
		free(text);
	}
}

/* The name of the test that is the file, as a word that is complete. */
static void request_for_a_file(struct kunit *test)
{
	static const struct {
		const char *text;
		bool wants;
	} rows[] = {
		{ "", false }, { "SB", false }, { "SB test=MP\n", false },
		{ "test=-\n", true }, { "test=- ", true },
		{ "SB test=-\n", true }, { "SB\ttest=-\tcpus=0,1", true },
		{ "xtest=- SB test=-\n", true },
		{ "test=-", false }, { "SB test=-", false }, { "test=", false },
		{ "test=-,SB\n", false }, { "xtest=-\n", false },
		{ "\ntest=-\n", false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		char *text = bare_copy(rows[i].text);
		bool wants = membar_request_wants_file(text,
						       strlen(rows[i].text));

		KUNIT_EXPECT_EQ_MSG(test, rows[i].wants, wants, "%s",
				    rows[i].text);
		free(text);
	}
}

/* The test vectors of FNV-1a, and a byte that is no character. */
static void hash_of_a_text(struct kunit *test)
{
	static const struct {
		const char *text;
		u64 hash;
	} rows[] = {
		{ "", 0xcbf29ce484222325ULL },
		{ "a", 0xaf63dc4c8601ec8cULL },
		{ "foobar", 0x85944171f73967e8ULL },
		{ "\377", 0xaf64724c8602eb6eULL },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		char *text = bare_copy(rows[i].text);

		KUNIT_EXPECT_EQ_MSG(test, rows[i].hash,
				    membar_hash(text, strlen(rows[i].text)),
				    "%s", rows[i].text);
		free(text);
	}
}

/* Each byte there is, at the beginning and in the middle of a file's name. */
static void job_name_of_each_byte(struct kunit *test)
{
	static struct membar_program program = { .name = "?x?x" };
	struct membar_job job = { .program = &program };
	char name[8];
	unsigned int c;

	for (c = 1; c < 256; c++) {
		const bool strange = c <= ' ' || c > '~' ||
				     strchr("\"\\#<>&", c);
		const char want[] = { strange ? '_' : c, 'x',
				      strange ? '_' : c, 'x', '\0', '?' };

		program.name[0] = c;
		program.name[2] = c;
		memset(name, '?', sizeof(name));
		KUNIT_EXPECT_EQ(test, 4, membar_job_name(&job, name, sizeof(name)));
		KUNIT_EXPECT_EQ_MSG(test, 0, memcmp(want, name, sizeof(want)),
				    "%u", c);
	}
}

/* Each byte there is, within a name and within a value. */
static void request_of_each_byte(struct kunit *test)
{
	char name[] = "S?B", value[] = "SB seed=1?";
	struct membar_request r;
	struct membar_why why;
	unsigned int c;

	for (c = 1; c < 256; c++) {
		const bool strange = c != '\t' && (c < ' ' || c > '~');
		const char *reason = c == '\n' ? "more than one line" :
				     "a character that cannot be printed";

		if (c == '\t')
			continue;
		name[1] = c;
		why.text[0] = '\0';
		membar_request_parse(name, strlen(name), &r, &why);
		KUNIT_EXPECT_EQ(test, !!strstr(why.text, reason), strange);
		if (c == '\n')
			continue;	/* at the end it is no matter */
		value[9] = c;
		why.text[0] = '\0';
		membar_request_parse(value, strlen(value), &r, &why);
		KUNIT_EXPECT_EQ(test, !!strstr(why.text, reason), strange);
	}
}

/* The first byte counts as well as any other. */
static void request_that_begins_strangely(struct kunit *test)
{
	struct membar_request r;

	KUNIT_EXPECT_EQ(test, -EINVAL, membar_request_parse("\1SB", 3, &r, NULL));
	KUNIT_EXPECT_EQ(test, -EINVAL, membar_request_parse("\177", 1, &r, NULL));
}

/* Each engine can be asked for by its name. */
static void request_of_the_usual_engine(struct kunit *test)
{
	static const char line[] = "SB engine=auto";
	struct membar_request r;

	KUNIT_EXPECT_EQ(test, 0, membar_request_parse(line, strlen(line), &r, NULL));
	KUNIT_EXPECT_EQ(test, r.engine, MEMBAR_ENGINE_AUTO);
}

/* The largest batch of the array engine, and a budget that divides evenly. */
static void request_of_round_numbers(struct kunit *test)
{
	static const char largest[] = "SB engine=array size=16384";
	static const char budget[] = "SB budget_s=7";
	struct membar_request r;

	KUNIT_EXPECT_EQ(test, 0, membar_request_parse(largest, strlen(largest),
						      &r, NULL));
	KUNIT_EXPECT_EQ(test, 0, membar_request_parse(budget, strlen(budget), &r,
						      NULL));
	membar_request_fit(&r, 1);
	KUNIT_EXPECT_EQ(test, r.duration_ms, 7000);
}

/* A list of tests as long as may be, and something behind it. */
static void request_whose_list_just_fits(struct kunit *test)
{
	static const char more[] = " outline=1";
	char line[MEMBAR_REQUEST_LEN] = "";
	struct membar_request r;

	memset(line, 'S', MEMBAR_LIST_LEN - 1);
	strcat(line, more);
	KUNIT_ASSERT_EQ(test, 0, membar_request_parse(line, strlen(line), &r, NULL));
	KUNIT_EXPECT_EQ(test, strlen(r.tests), (size_t)MEMBAR_LIST_LEN - 1);
	KUNIT_EXPECT_EQ(test, r.nr_cpus, 0);
	KUNIT_EXPECT_TRUE(test, r.outline);

	memset(line, 'S', MEMBAR_LIST_LEN);
	memcpy(line + MEMBAR_LIST_LEN, more, sizeof(more));
	KUNIT_EXPECT_EQ(test, -EINVAL,
			membar_request_parse(line, strlen(line), &r, NULL));
}

/* A name in any room there may be: cut, and never beyond. */
static void expect_cut(struct kunit *test, const void *what,
		       int (*name)(const void *what, char *buf, size_t size))
{
	char full[MEMBAR_REQUEST_LEN], *cut;
	size_t size;

	name(what, full, sizeof(full));
	for (size = 1; size <= strlen(full) + 1; size++) {
		cut = malloc(size);
		KUNIT_EXPECT_EQ(test, (size_t)name(what, cut, size), size - 1);
		KUNIT_EXPECT_EQ(test, strlen(cut), size - 1);
		KUNIT_EXPECT_EQ(test, 0, strncmp(full, cut, size - 1));
		free(cut);
	}
}

static int request_name(const void *what, char *buf, size_t size)
{
	return membar_request_name(what, buf, size);
}

static void request_names_of_every_length(struct kunit *test)
{
	static const char *const lines[] = {
		"SB,MP cpus=1,2,3 size=20 seed=77 outline=1 oversubscribe=1 wait=0",
		"all cpus=1,3,7-9 shard=3/16 budget_s=77 stride=64",
	};
	struct membar_request r;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		KUNIT_ASSERT_EQ(test, 0, membar_request_parse(lines[i],
							      strlen(lines[i]),
							      &r, NULL));
		expect_cut(test, &r, request_name);
	}
}

static int test_name(const void *what, char *buf, size_t size)
{
	return membar_test_name(what, buf, size);
}

static void test_names_of_every_length(struct kunit *test)
{
	struct membar_test t;
	unsigned int s, i;

	for (s = 0; s < membar_nr_shapes; s++) {
		t.shape = &membar_shapes[s];
		for (i = 0; i < MEMBAR_MAX_THREADS; i++)
			t.edge[i] = i % 2 ? MEMBAR_EDGE_DATA : MEMBAR_EDGE_PO;
		expect_cut(test, &t, test_name);
	}
}

static int job_name(const void *what, char *buf, size_t size)
{
	return membar_job_name(what, buf, size);
}

/* Of the twin of a file, of an invariant and of a test. */
static void job_names_of_every_length(struct kunit *test)
{
	static const struct membar_program program = { .name = "a<b" };
	const struct membar_job jobs[] = {
		{ .twin = true, .program = &program },
		{ .twin = true, .invariant = MEMBAR_INV_u32_add },
		{ .twin = true, .test.shape = &membar_shapes[0] },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(jobs); i++)
		expect_cut(test, &jobs[i], job_name);
}

struct outcome {
	struct membar_plan plan;
	unsigned int number;
};

static int name_of_outcome(const void *what, char *buf, size_t size)
{
	const struct outcome *o = what;

	return membar_outcome_name(&o->plan, o->number, buf, size);
}

static void outcome_names_of_every_length(struct kunit *test)
{
	struct outcome o;
	unsigned int s;

	for (s = 0; s < membar_nr_shapes; s++) {
		membar_plan_make(&membar_shapes[s], &o.plan);
		for (o.number = 0; o.number < MEMBAR_NR_OUTCOMES; o.number++)
			expect_cut(test, &o, name_of_outcome);
	}
}

/* Writes are numbered from 1 on, in coherence order; reads name one, or none. */
static void shapes_are_numbered(struct kunit *test)
{
	const struct membar_access *a;
	unsigned int s, loc, i, writes, reads;

	for (s = 0; s < membar_nr_shapes; s++) {
		for (loc = 0; loc < MEMBAR_NR_LOCS; loc++) {
			writes = 0;
			reads = 0;
			for (i = 0; i < MEMBAR_MAX_EVENTS; i++) {
				a = &membar_shapes[s].thread[i / 2][i % 2];
				if (a->dir == MEMBAR_W && a->loc == loc)
					writes |= BIT(a->value);
				if (a->dir == MEMBAR_R && a->loc == loc)
					reads |= BIT(a->value);
			}
			i = membar_shape_writes(&membar_shapes[s], loc);
			KUNIT_EXPECT_EQ_MSG(test, writes, (2u << i) - 2, "%s",
					    membar_shapes[s].name);
			KUNIT_EXPECT_EQ_MSG(test, reads & ~(writes | 1), 0u, "%s",
					    membar_shapes[s].name);
		}
	}
}

/* Of each flavour and each order one; nothing that only looks like a star. */
static void pattern_of_each_flavour(struct kunit *test)
{
	static const char *const words[] = { "mandatory_", "", "dma_", "virt_" };
	struct membar_pattern p;
	struct membar_why why;
	unsigned int f, e, found;
	char name[32];
	u64 bits;

	for (f = 0; f < MEMBAR_NR_FLAVOURS; f++) {
		sprintf(name, "SB+%s*+po", words[f]);
		KUNIT_ASSERT_EQ_MSG(test, 0, membar_pattern_parse(name, &p, &why),
				    "%s", why.text);
		for (found = 0, e = 0; e < MEMBAR_NR_EDGES; e++) {
			if (membar_edges[e].flavour != f)
				continue;
			bits = p.edges[0] & BIT_ULL(e);
			KUNIT_EXPECT_TRUE_MSG(test, bits, "%s", membar_edges[e].name);
			found++;
		}
		KUNIT_EXPECT_EQ(test, found, 5u);

		sprintf(name, "SB+%sx+po", words[f]);
		KUNIT_EXPECT_EQ(test, -EINVAL, membar_pattern_parse(name, &p, &why));
		KUNIT_EXPECT_TRUE(test, strstr(why.text, "no such edge"));
		sprintf(name, "SB+%s+po", words[f]);
		KUNIT_EXPECT_EQ(test, -EINVAL, membar_pattern_parse(name, &p, &why));
	}
	KUNIT_EXPECT_EQ(test, -EINVAL, membar_pattern_parse("SB+addr+po", &p, &why));
	KUNIT_EXPECT_STREQ(test, why.text,
			   "thread 0 of SB goes W to R and cannot carry 'addr'");
	KUNIT_EXPECT_EQ(test, -EINVAL, membar_pattern_parse("LB+po+nosuch", &p, &why));
	KUNIT_EXPECT_STREQ(test, why.text, "no such edge: 'nosuch'");
}

/* An edge for all threads ends in an s, is one, and fits everywhere. */
static void pattern_of_one_edge_for_all(struct kunit *test)
{
	static const char endless[] =
		"CoRR+0123456789012345678901234567890123456789";
	struct membar_pattern p;
	struct membar_why why;

	KUNIT_EXPECT_EQ(test, 0, membar_pattern_parse("CoRR+mbs", &p, &why));
	KUNIT_EXPECT_EQ(test, -EINVAL, membar_pattern_parse("CoRR+mbx", &p, &why));
	KUNIT_EXPECT_EQ(test, -EINVAL, membar_pattern_parse("SB+mbx", &p, &why));
	KUNIT_EXPECT_EQ(test, -EINVAL, membar_pattern_parse("SB+mb+mbs", &p, &why));
	KUNIT_EXPECT_EQ(test, -EINVAL, membar_pattern_parse("R+srs", &p, &why));
	KUNIT_EXPECT_TRUE(test, strstr(why.text, "thread 1 of R goes W to R and "));
	KUNIT_EXPECT_TRUE(test, strstr(why.text, "'sr'"));
	KUNIT_EXPECT_EQ(test, -EINVAL, membar_pattern_parse(endless, &p, &why));
	KUNIT_EXPECT_STREQ(test, why.text,
			   "no such edge: '01234567890123456789012345678901'");
}

/* How many of a shape's names herd7 says to be forbidden: "make litmus". */
static void contract_of_every_name(struct kunit *test)
{
	static const struct {
		const char *shape;
		unsigned int names, forbidden;
	} counts[] = {
		{ "SB+*+*", 144, 16 },		{ "MP+*+*", 168, 72 },
		{ "LB+*+*", 225, 144 },		{ "S+*+*", 180, 96 },
		{ "R+*+*", 144, 16 },		{ "2+2W+*+*", 144, 16 },
		{ "WRC+*+*", 210, 63 },		{ "RWC+*+*", 168, 16 },
		{ "ISA2+*+*+*", 2520, 684 },	{ "W+RWC+*+*+*", 2016, 208 },
		{ "Z6.0+*+*+*", 2160, 256 },	{ "Z6.1+*+*+*", 2160, 256 },
		{ "Z6.2+*+*+*", 2700, 912 },	{ "Z6.3+*+*+*", 2016, 208 },
		{ "Z6.4+*+*+*", 1728, 64 },	{ "Z6.5+*+*+*", 1728, 64 },
		{ "WWC+*+*", 225, 84 },		{ "WRW+2W+*+*", 180, 16 },
		{ "WRW+WR+*+*", 180, 16 },	{ "WRR+2W+*+*", 168, 16 },
		{ "3.SB+*+*+*", 1728, 64 },	{ "3.LB+*+*+*", 3375, 1728 },
		{ "3.2W+*+*+*", 1728, 64 },	{ "IRIW+*+*", 196, 16 },
		{ "IRRWIW+*+*", 210, 16 },	{ "IRWIW+*+*", 225, 16 },
		{ "CoRR+*", 14, 14 },		{ "CoWW+*", 12, 12 },
		{ "CoRW1+*", 15, 15 },		{ "CoWR+*", 12, 12 },
	};
	unsigned int i, names, forbidden;
	struct membar_pattern p;
	struct membar_test t;

	KUNIT_EXPECT_EQ(test, ARRAY_SIZE(counts), (size_t)membar_nr_shapes);
	for (i = 0; i < ARRAY_SIZE(counts); i++) {
		names = 0;
		forbidden = 0;
		KUNIT_ASSERT_EQ(test, 0,
				membar_pattern_parse(counts[i].shape, &p, NULL));
		membar_pattern_first(&p, &t);
		do {
			names++;
			forbidden += membar_test_contract(&t) == MEMBAR_FORBIDDEN;
		} while (membar_pattern_next(&p, &t));
		KUNIT_EXPECT_EQ_MSG(test, names, counts[i].names, "%s",
				    counts[i].shape);
		KUNIT_EXPECT_EQ_MSG(test, forbidden, counts[i].forbidden, "%s",
				    counts[i].shape);
	}
}

#define MAX_JOBS	2000

static struct membar_job jobs[MAX_JOBS], others[MAX_JOBS];

/* "all" is "litmus" and after it "atomics", and each shape is in the former. */
static void campaign_all_is_what_it_says(struct kunit *test)
{
	int all = membar_campaign_make("all", jobs, MAX_JOBS, NULL);
	int litmus = membar_campaign_make("litmus", others, MAX_JOBS, NULL);
	int atomics, j;
	unsigned int s;

	KUNIT_ASSERT_TRUE(test, litmus > 0 && litmus < all);
	for (j = 0; j < litmus; j++)
		KUNIT_EXPECT_TRUE(test, !others[j].invariant &&
				  membar_test_equal(&jobs[j].test, &others[j].test));
	for (s = 0; s < membar_nr_shapes; s++) {
		for (j = 0; j < litmus; j++)
			if (others[j].test.shape == &membar_shapes[s])
				break;
		KUNIT_EXPECT_LT_MSG(test, j, litmus, "%s", membar_shapes[s].name);
	}

	atomics = membar_campaign_make("atomics", others, MAX_JOBS, NULL);
	KUNIT_EXPECT_EQ(test, litmus + atomics, all);
	for (j = 0; j < atomics; j++)
		KUNIT_EXPECT_EQ(test, jobs[litmus + j].invariant,
				others[j].invariant);
}

/* A list with one place too few, or more, is refused wherever it ends. */
static void campaign_without_room_is_refused(struct kunit *test)
{
	static const char *const names[] = {
		"SB", "SB+mbs", "SB+*+*", "busted_u32_add", "u32_add", "CoRR", "smoke", "litmus",
		"atomics", "all", "MP,SB+mbs", "all,SB+*+*",
	};
	struct membar_why why;
	unsigned int i;
	int nr, max;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		nr = membar_campaign_make(names[i], jobs, MAX_JOBS, NULL);
		KUNIT_ASSERT_TRUE(test, nr > 0 && nr < MAX_JOBS);
		KUNIT_EXPECT_EQ(test, nr,
				membar_campaign_make(names[i], jobs, nr, NULL));
		for (max = 0; max < nr; max++) {
			why.text[0] = '\0';
			KUNIT_EXPECT_EQ(test, -EINVAL,
					membar_campaign_make(names[i], jobs, max,
							     &why));
			KUNIT_EXPECT_TRUE(test, strstr(why.text, "more than"));
		}
	}
}

/* As many jobs as there can be, and nothing behind the last one is read. */
static void campaign_of_full_size_in_shards(struct kunit *test)
{
	const size_t size = MEMBAR_MAX_JOBS * sizeof(struct membar_job);
	struct membar_job *full = malloc(size);
	unsigned int j;

	memset(full, 0, size);
	for (j = 0; j < MEMBAR_MAX_JOBS; j++)
		full[j].control = MEMBAR_NO_CONTROL;
	KUNIT_EXPECT_EQ(test, MEMBAR_MAX_JOBS,
			membar_campaign_shard(full, MEMBAR_MAX_JOBS, 1, 1));
	free(full);
}

/* A name that just has room and one that has not. */
static void campaign_of_a_long_name(struct kunit *test)
{
	char *list = kunit_kzalloc(test, MEMBAR_NAME_LEN + 1, GFP_KERNEL);
	struct membar_why why;

	KUNIT_ASSERT_NOT_NULL(test, list);
	memset(list, 'S', MEMBAR_NAME_LEN - 1);
	KUNIT_EXPECT_EQ(test, -EINVAL, membar_campaign_make(list, jobs, 9, &why));
	KUNIT_EXPECT_FALSE(test, strstr(why.text, "..."));
	list[MEMBAR_NAME_LEN - 1] = 'S';
	KUNIT_EXPECT_EQ(test, -EINVAL, membar_campaign_make(list, jobs, 9, &why));
	KUNIT_EXPECT_TRUE(test, strstr(why.text, "..."));
}

/* A plan's reads are its shape's, and nothing that stands behind the shape. */
static void plan_has_the_reads_of_its_shape(struct kunit *test)
{
	struct {
		struct membar_shape shape;
		struct membar_access behind[2];
	} s;
	const struct membar_access *a;
	const struct membar_plan_read *r;
	struct membar_plan plan;
	unsigned int i, k, n, t;

	for (i = 0; i < membar_nr_shapes; i++) {
		s.shape = membar_shapes[i];
		for (k = 0; k < 2; k++)
			s.behind[k] = (struct membar_access){ MEMBAR_R, MEMBAR_X, 1 };
		membar_plan_make(&s.shape, &plan);
		n = 0;
		for (t = 0; t < MEMBAR_MAX_THREADS; t++) {
			for (k = 0; k < 2; k++) {
				a = &s.shape.thread[t][k];
				if (a->dir != MEMBAR_R)
					continue;
				r = &plan.read[n++];
				KUNIT_EXPECT_EQ(test, r->thread, t);
				KUNIT_EXPECT_EQ(test, r->access, k);
				KUNIT_EXPECT_EQ(test, r->loc, a->loc);
				KUNIT_EXPECT_EQ(test, r->wanted, a->value);
			}
		}
		KUNIT_EXPECT_EQ(test, plan.nr_reads, n);
	}
}

/* What is wrong may be wrong in the first stretch and in the last. */
static void log_unsound_at_its_ends(struct kunit *test)
{
	static const struct {
		struct membar_stretch stretch[4];
		u32 nr;
		bool sound;
	} logs[] = {
		{ { { 1, 0 }, { 2, 1 }, { 5, 1 } }, 2, true },
		{ { { 1, 0 }, { 2, 4 }, { 5, 4 } }, 2, true },
		{ { { 1, 0 }, { 2, 5 }, { 5, 5 } }, 2, false },
		{ { { 1, 0 }, { 2, 5 }, { 5, 0 } }, 2, false },
		{ { { 1, 2 }, { 2, 1 }, { 5, 1 } }, 2, false },
		{ { { 1, 0 }, { 2, 0 }, { 5, 0 } }, 2, false },
		{ { { 2, 0 }, { 1, 1 }, { 5, 1 } }, 2, false },
		{ { { 1, 0 }, { 3, 1 }, { 2, 2 }, { 5, 2 } }, 3, false },
		{ { { 1, 0 }, { 1, 1 }, { 2, 2 }, { 5, 2 } }, 3, true },
	};
	struct membar_stretch stretch[4];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(logs); i++) {
		struct membar_log log = { .stretch = stretch, .nr = logs[i].nr };

		memcpy(stretch, logs[i].stretch, sizeof(stretch));
		KUNIT_EXPECT_EQ(test, membar_log_sound(&log, 4), logs[i].sound);
	}
}

/* Whatever can be seen is counted, not only what a test asks about. */
static void count_finds_each_outcome(struct kunit *test)
{
	static struct membar_stretch room[MEMBAR_MAX_READS][MEMBAR_LOG_ROOM(5)];
	u64 hist[MEMBAR_NR_OUTCOMES], state = 1;
	struct membar_log log[MEMBAR_MAX_READS];
	unsigned int s, r, i, round, saw, value;
	struct membar_plan plan;

	for (s = 0; s < membar_nr_shapes; s++) {
		membar_plan_make(&membar_shapes[s], &plan);
		if (plan.walk == MEMBAR_WALK_NONE)
			continue;
		memset(hist, 0, sizeof(hist));
		for (round = 0; round < 2000; round++) {
			for (r = 0; r < plan.nr_reads; r++) {
				log[r].stretch = room[r];
				membar_log_open(&log[r]);
				for (value = 0, i = 1; i <= 5; i++) {
					state = state * 6364136223846793005 + 1;
					value = min(5u, value + (unsigned int)(state >> 62));
					membar_log_add(&log[r], i, value);
				}
				membar_log_close(&log[r], 5);
			}
			membar_count_perpetual(&plan, log, 5, 1, 5, hist);
		}
		for (saw = 0; saw < 1u << plan.nr_reads; saw++) {
			for (i = 0, r = 0; r < plan.nr_reads; r++)
				i |= (saw >> r & 1) << (2 * r);
			KUNIT_EXPECT_TRUE_MSG(test, hist[i], "%s, outcome %#x",
					      membar_shapes[s].name, i);
		}
	}
}

static struct membar_session session;
static struct membar_result outcomes[MAX_JOBS];
static char text[4096];

static const char *report_of(void (*show)(struct seq_file *m,
					  const struct membar_session *s))
{
	struct seq_file m = { .buf = text, .size = sizeof(text) };

	text[0] = '\0';
	show(&m, &session);
	return text;
}

static void make_session(struct kunit *test, const char *tests)
{
	memset(&session, 0, sizeof(session));
	memset(outcomes, 0, sizeof(outcomes));
	KUNIT_ASSERT_EQ(test, 0, membar_request_parse(tests, strlen(tests),
						      &session.request, NULL));
	session.nr_jobs = membar_campaign_make(tests, jobs, MAX_JOBS, NULL);
	session.jobs = jobs;
	session.results = outcomes;
	session.current_job = session.nr_jobs;
}

/* Each report says that nothing may be concluded from it. */
static void report_of_a_broken_build(struct kunit *test)
{
	static const char broken[] =
		"# BROKEN BUILD: smp_mb:full (MEMBAR_BREAK)\n";

	make_session(test, "SB");
	KUNIT_EXPECT_TRUE(test, strstr(report_of(membar_report_ktap), broken));
	KUNIT_EXPECT_EQ(test, 0, strncmp(report_of(membar_report_histogram), broken,
					 strlen(broken)));
	KUNIT_EXPECT_TRUE(test, strstr(report_of(membar_report_json),
				       "\"broken\":\"smp_mb:full\""));
	KUNIT_EXPECT_TRUE(test, strstr(report_of(membar_report_log),
				       "\n%% BROKEN BUILD: smp_mb:full\n"));
}

/* Numbers at the ends of what they may be. */
static void report_of_extremes(struct kunit *test)
{
	make_session(test, "SB");
	outcomes[0].verdict = MEMBAR_SEEN;
	outcomes[0].overlap = 80;
	outcomes[0].running = 80;
	outcomes[0].aims.best = 1;
	KUNIT_EXPECT_TRUE(test, strstr(report_of(membar_report_ktap),
				       ", overlap 100%, skew 0 ns, thread 0 late by 32 turns\n"));

	session.request.duration_ms = 100000;
	session.current_job = 0;
	session.job_begun = ktime_get_ns();
	KUNIT_EXPECT_TRUE(test, strstr(report_of(membar_report_progress),
				       " percent=0 iterations=0 eta_ms="));
	session.job_begun = ktime_get_ns() - 98999 * (u64)NSEC_PER_MSEC;
	KUNIT_EXPECT_TRUE(test, strstr(report_of(membar_report_progress),
				       " percent=98 iterations=0 eta_ms=100"));
}

static struct kunit_case host_cases[] = {
	KUNIT_CASE(request_and_a_file),
	KUNIT_CASE(request_for_a_file),
	KUNIT_CASE(hash_of_a_text),
	KUNIT_CASE(job_name_of_each_byte),
	KUNIT_CASE(request_of_each_byte),
	KUNIT_CASE(request_that_begins_strangely),
	KUNIT_CASE(request_of_the_usual_engine),
	KUNIT_CASE(request_of_round_numbers),
	KUNIT_CASE(request_whose_list_just_fits),
	KUNIT_CASE(request_names_of_every_length),
	KUNIT_CASE(test_names_of_every_length),
	KUNIT_CASE(job_names_of_every_length),
	KUNIT_CASE(shapes_are_numbered),
	KUNIT_CASE(pattern_of_each_flavour),
	KUNIT_CASE(pattern_of_one_edge_for_all),
	KUNIT_CASE(contract_of_every_name),
	KUNIT_CASE(campaign_all_is_what_it_says),
	KUNIT_CASE(campaign_without_room_is_refused),
	KUNIT_CASE(campaign_of_full_size_in_shards),
	KUNIT_CASE(campaign_of_a_long_name),
	KUNIT_CASE(plan_has_the_reads_of_its_shape),
	KUNIT_CASE(outcome_names_of_every_length),
	KUNIT_CASE(log_unsound_at_its_ends),
	KUNIT_CASE(count_finds_each_outcome),
	KUNIT_CASE(report_of_a_broken_build),
	KUNIT_CASE(report_of_extremes),
	{}
};

static struct kunit_suite host_suite = {
	.name = "membar_host",
	.test_cases = host_cases,
};

kunit_test_suite(host_suite);
