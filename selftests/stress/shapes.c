// SPDX-License-Identifier: GPL-2.0
/*
 * The two tables that every litmus test is put together from, and its name.
 */
#include "stress.h"

/*
 * A thread is its accesses in program order.  The values say which outcome is
 * asked about, see struct membar_access: W(X, 2) is the write to x that comes
 * second in coherence order, R(Y, 0) a read of y that missed all writes.
 */
#define R(loc, value)	{ MEMBAR_R, MEMBAR_##loc, value }
#define W(loc, value)	{ MEMBAR_W, MEMBAR_##loc, value }

const struct membar_shape membar_shapes[] = {
	/* Two threads. */
	{ "SB",    {{ W(X, 1), R(Y, 0) }, { W(Y, 1), R(X, 0) }} },
	{ "MP",    {{ W(X, 1), W(Y, 1) }, { R(Y, 1), R(X, 0) }} },
	{ "LB",    {{ R(X, 1), W(Y, 1) }, { R(Y, 1), W(X, 1) }} },
	{ "S",     {{ W(X, 2), W(Y, 1) }, { R(Y, 1), W(X, 1) }} },
	{ "R",     {{ W(X, 1), W(Y, 1) }, { W(Y, 2), R(X, 0) }} },
	{ "2+2W",  {{ W(X, 2), W(Y, 1) }, { W(Y, 2), W(X, 1) }} },

	/* Three threads. */
	{ "WRC",   {{ W(X, 1) }, { R(X, 1), W(Y, 1) }, { R(Y, 1), R(X, 0) }} },
	{ "RWC",   {{ W(X, 1) }, { R(X, 1), R(Y, 0) }, { W(Y, 1), R(X, 0) }} },
	{ "ISA2",  {{ W(X, 1), W(Y, 1) }, { R(Y, 1), W(Z, 1) },
		    { R(Z, 1), R(X, 0) }} },
	{ "W+RWC", {{ W(X, 1), W(Y, 1) }, { R(Y, 1), R(Z, 0) },
		    { W(Z, 1), R(X, 0) }} },
	{ "Z6.0",  {{ W(X, 1), W(Y, 1) }, { R(Y, 1), W(Z, 1) },
		    { W(Z, 2), R(X, 0) }} },
	{ "Z6.1",  {{ W(X, 2), W(Y, 1) }, { W(Y, 2), W(Z, 1) },
		    { R(Z, 1), W(X, 1) }} },
	{ "Z6.2",  {{ W(X, 2), W(Y, 1) }, { R(Y, 1), W(Z, 1) },
		    { R(Z, 1), W(X, 1) }} },
	{ "Z6.3",  {{ W(X, 1), W(Y, 1) }, { W(Y, 2), W(Z, 1) },
		    { R(Z, 1), R(X, 0) }} },
	{ "Z6.4",  {{ W(X, 1), W(Y, 1) }, { W(Y, 2), R(Z, 0) },
		    { W(Z, 1), R(X, 0) }} },
	{ "Z6.5",  {{ W(X, 1), W(Y, 1) }, { W(Y, 2), W(Z, 1) },
		    { W(Z, 2), R(X, 0) }} },
	{ "WWC",   {{ W(X, 2) }, { R(X, 2), W(Y, 1) }, { R(Y, 1), W(X, 1) }} },
	{ "WRW+2W", {{ W(X, 2) }, { R(X, 2), W(Y, 1) }, { W(Y, 2), W(X, 1) }} },
	{ "WRW+WR", {{ W(X, 1) }, { R(X, 1), W(Y, 1) }, { W(Y, 2), R(X, 0) }} },
	{ "WRR+2W", {{ W(X, 2) }, { R(X, 2), R(Y, 0) }, { W(Y, 1), W(X, 1) }} },
	{ "3.SB",  {{ W(X, 1), R(Y, 0) }, { W(Y, 1), R(Z, 0) },
		    { W(Z, 1), R(X, 0) }} },
	{ "3.LB",  {{ R(X, 1), W(Y, 1) }, { R(Y, 1), W(Z, 1) },
		    { R(Z, 1), W(X, 1) }} },
	{ "3.2W",  {{ W(X, 2), W(Y, 1) }, { W(Y, 2), W(Z, 1) },
		    { W(Z, 2), W(X, 1) }} },

	/* Four threads. */
	{ "IRIW",  {{ W(X, 1) }, { R(X, 1), R(Y, 0) },
		    { W(Y, 1) }, { R(Y, 1), R(X, 0) }} },
	{ "IRRWIW", {{ W(X, 2) }, { R(X, 2), R(Y, 0) },
		     { W(Y, 1) }, { R(Y, 1), W(X, 1) }} },
	{ "IRWIW", {{ W(X, 2) }, { R(X, 2), W(Y, 1) },
		    { W(Y, 2) }, { R(Y, 2), W(X, 1) }} },

	/* Coherence: a single location. */
	{ "CoRR",  {{ W(X, 1) }, { R(X, 1), R(X, 0) }} },
	{ "CoWW",  {{ W(X, 2), W(X, 1) }} },
	{ "CoRW1", {{ R(X, 1), W(X, 1) }} },
	{ "CoWR",  {{ W(X, 2), R(X, 1) }, { W(X, 1) }} },
};

#undef R
#undef W
MEMBAR_EXPORT_TO_KUNIT(membar_shapes);

const unsigned int membar_nr_shapes = ARRAY_SIZE(membar_shapes);
MEMBAR_EXPORT_TO_KUNIT(membar_nr_shapes);

/* How a fence is called in a test's name: flavour, then order. */
#define PREFIX_MANDATORY	"mandatory_"
#define PREFIX_SMP		""
#define PREFIX_DMA		"dma_"
#define PREFIX_VIRT		"virt_"
#define FENCE_FULL		"mb"
#define FENCE_READ		"rmb"
#define FENCE_WRITE		"wmb"
#define FENCE_ACQUIRE		"acq"
#define FENCE_RELEASE		"rel"

#define FENCE(FLAVOUR, entry, ORDER, order, primitive, PRIOR, LATER)	\
	[MEMBAR_EDGE_##FLAVOUR##_##ORDER] = {				\
		.name = PREFIX_##FLAVOUR FENCE_##ORDER,			\
		.cell = #entry ":" #order,				\
		.flavour = MEMBAR_FLAVOUR_##FLAVOUR,			\
		.prior = MEMBAR_##PRIOR,				\
		.later = MEMBAR_##LATER,				\
	},
#define OTHER(ID, edge, text, more)					\
	[MEMBAR_EDGE_##ID] = {						\
		.name = edge,						\
		.cell = text,						\
		.other = more,						\
		.flavour = MEMBAR_NR_FLAVOURS,				\
	},

const struct membar_edge_info membar_edges[MEMBAR_NR_EDGES] = {
	MEMBAR_FOR_EACH_OTHER_EDGE(OTHER)
	MEMBAR_FOR_EACH_BARRIER(FENCE)
};
MEMBAR_EXPORT_TO_KUNIT(membar_edges);

static const char *const flavour_prefix[MEMBAR_NR_FLAVOURS] = {
	[MEMBAR_FLAVOUR_MANDATORY] = PREFIX_MANDATORY,
	[MEMBAR_FLAVOUR_SMP] = PREFIX_SMP,
	[MEMBAR_FLAVOUR_DMA] = PREFIX_DMA,
	[MEMBAR_FLAVOUR_VIRT] = PREFIX_VIRT,
};

#undef FENCE
#undef OTHER

unsigned int membar_shape_threads(const struct membar_shape *shape)
{
	unsigned int n = 0;

	while (n < MEMBAR_MAX_THREADS && shape->thread[n][0].dir)
		n++;
	return n;
}
MEMBAR_EXPORT_TO_KUNIT(membar_shape_threads);

unsigned int membar_shape_writes(const struct membar_shape *shape, u8 loc)
{
	unsigned int t, a, n = 0;

	for (t = 0; t < MEMBAR_MAX_THREADS; t++)
		for (a = 0; a < 2; a++)
			n += shape->thread[t][a].dir == MEMBAR_W &&
			     shape->thread[t][a].loc == loc;
	return n;
}

bool membar_edge_fits(const struct membar_shape *shape, unsigned int thread,
		      enum membar_edge edge)
{
	const struct membar_access *a = shape->thread[thread];
	unsigned int i;

	for (i = 0; i < 2; i++)
		if ((membar_edge_acquires(edge, i) && a[i].dir != MEMBAR_R) ||
		    (membar_edge_releases(edge, i) && a[i].dir != MEMBAR_W))
			return false;

	switch (edge) {
	case MEMBAR_EDGE_ADDR:
	case MEMBAR_EDGE_CTRL:
		return a[0].dir == MEMBAR_R;
	case MEMBAR_EDGE_DATA:
		return a[0].dir == MEMBAR_R && a[1].dir == MEMBAR_W;
	default:
		return true;
	}
}
MEMBAR_EXPORT_TO_KUNIT(membar_edge_fits);

/*
 * Names
 * =====
 */

/* How the litmus tests of the kernel's memory model call some edges. */
static const struct {
	const char *name;
	enum membar_edge edge;
} model_names[] = {
	{ "poonceonce", MEMBAR_EDGE_PO },
	{ "poacquireonce", MEMBAR_EDGE_LA },
	{ "pooncerelease", MEMBAR_EDGE_SR },
	{ "poacquirerelease", MEMBAR_EDGE_LA_SR },
	{ "poacquireacquire", MEMBAR_EDGE_LA_LA },
	{ "poreleaserelease", MEMBAR_EDGE_SR_SR },
	{ "poreleaseacquire", MEMBAR_EDGE_SR_LA },
	{ "poreleaseonce", MEMBAR_EDGE_SR_PO },
	{ "poonceacquire", MEMBAR_EDGE_PO_LA },
	{ "fencembonceonce", MEMBAR_EDGE_SMP_FULL },
	{ "fencermbonceonce", MEMBAR_EDGE_SMP_READ },
	{ "fencewmbonceonce", MEMBAR_EDGE_SMP_WRITE },
};

static bool is_word(const char *name, const char *word, size_t len)
{
	return strlen(name) == len && !memcmp(name, word, len);
}

/* The bit of the edge that the @len characters at @word name, or 0. */
static u64 edge_bit(const char *word, size_t len)
{
	unsigned int e;

	for (e = 0; e < MEMBAR_NR_EDGES; e++)
		if (is_word(membar_edges[e].name, word, len))
			return BIT_ULL(e);
	for (e = 0; e < ARRAY_SIZE(model_names); e++)
		if (is_word(model_names[e].name, word, len))
			return BIT_ULL(model_names[e].edge);
	return 0;
}

/* The edges that a wildcard stands for, before asking which of them fit. */
static u64 wildcard_bits(const char *word, size_t len)
{
	unsigned int e, f;
	u64 bits = 0;

	if (!len || word[len - 1] != '*')
		return 0;
	len--;

	for (f = 0; f < MEMBAR_NR_FLAVOURS; f++) {
		if (strlen(flavour_prefix[f]) != len ||
		    memcmp(flavour_prefix[f], word, len))
			continue;
		for (e = 0; e < MEMBAR_NR_EDGES; e++)
			if (membar_edges[e].flavour == f)
				bits |= BIT_ULL(e);
	}
	/* A bare star is everything that speaks of CPUs and nothing else. */
	if (!len)
		for (e = 0; e < MEMBAR_NR_EDGES; e++)
			if (membar_edges[e].flavour == MEMBAR_NR_FLAVOURS)
				bits |= BIT_ULL(e);
	return bits;
}

static const struct membar_shape *find_shape(const char *name, size_t *len)
{
	unsigned int s;

	for (s = 0; s < membar_nr_shapes; s++) {
		*len = strlen(membar_shapes[s].name);
		if (!strncmp(membar_shapes[s].name, name, *len) &&
		    (!name[*len] || name[*len] == '+'))
			return &membar_shapes[s];
	}
	return NULL;
}

/* Give @thread those of @bits that fit; refuse if none does. */
static int set_edges(struct membar_pattern *p, unsigned int thread, u64 bits,
		     const char *word, size_t len, struct membar_why *why)
{
	static const char kind[] = { [MEMBAR_R] = 'R', [MEMBAR_W] = 'W' };
	const struct membar_access *a = p->shape->thread[thread];
	unsigned int e;

	for (e = 0; e < MEMBAR_NR_EDGES; e++)
		if (bits & BIT_ULL(e) && membar_edge_fits(p->shape, thread, e))
			p->edges[thread] |= BIT_ULL(e);

	if (p->edges[thread])
		return 0;
	return membar_refuse(why, "thread %u of %s goes %c to %c and cannot carry '%.*s'",
			     thread, p->shape->name, kind[a[0].dir],
			     kind[a[1].dir], (int)min(len, (size_t)32), word);
}

/* The length of @words without a last one about the @singles with one access. */
static size_t without_once(const char *words, unsigned int singles)
{
	static const char *const once[] = { "", "+Once", "+OnceOnce" };
	const char *last = strrchr(words, '+');

	if (last && singles < ARRAY_SIZE(once) && !strcmp(last, once[singles]))
		return last - words;
	return strlen(words);
}

int membar_pattern_parse(const char *name, struct membar_pattern *pattern,
			 struct membar_why *why)
{
	struct membar_pattern p = { };
	unsigned int t, slots = 0, words = 0;
	const char *word;
	u64 bits, every = 0;
	size_t len, total;

	p.shape = find_shape(name, &len);
	if (!p.shape)
		return membar_refuse(why, "no such shape: '%.32s'", name);

	for (t = 0; t < MEMBAR_MAX_THREADS; t++)
		slots += membar_thread_has_edge(p.shape, t);

	word = name + len;
	total = without_once(word, membar_shape_threads(p.shape) - slots);
	for (len = 0; len < total; len++)
		words += word[len] == '+';

	/* SB is SB+po+po; SB+mbs is SB+mb+mb. */
	if (!words)
		every = BIT_ULL(MEMBAR_EDGE_PO);
	else if (words == 1 && word[len - 1] == 's')
		every = edge_bit(word + 1, len - 2);
	if (!every && words != slots)
		return membar_refuse(why, "%s takes %u edges, not %u",
				     p.shape->name, slots, words);
	/* Without the plus sign and the s. */
	if (every && words) {
		word++;
		len -= 2;
	}

	for (t = 0; t < MEMBAR_MAX_THREADS; t++) {
		if (!membar_thread_has_edge(p.shape, t)) {
			p.edges[t] = BIT_ULL(MEMBAR_EDGE_PO);
			continue;
		}
		bits = every;
		if (!every) {
			word++;
			len = strcspn(word, "+");
			bits = edge_bit(word, len) | wildcard_bits(word, len);
		}
		if (!bits)
			return membar_refuse(why, "no such edge: '%.*s'",
					     (int)min(len, (size_t)32), word);
		if (set_edges(&p, t, bits, word, len, why))
			return -EINVAL;
		if (!every)
			word += len;
	}

	*pattern = p;
	return 0;
}
MEMBAR_EXPORT_TO_KUNIT(membar_pattern_parse);

void membar_pattern_first(const struct membar_pattern *pattern,
			  struct membar_test *test)
{
	unsigned int t;

	test->shape = pattern->shape;
	for (t = 0; t < MEMBAR_MAX_THREADS; t++)
		test->edge[t] = __ffs64(pattern->edges[t]);
}
MEMBAR_EXPORT_TO_KUNIT(membar_pattern_first);

bool membar_pattern_next(const struct membar_pattern *pattern,
			 struct membar_test *test)
{
	unsigned int t = MEMBAR_MAX_THREADS;
	u64 above;

	while (t--) {
		above = pattern->edges[t] & ~(BIT_ULL(test->edge[t] + 1) - 1);
		if (above) {
			test->edge[t] = __ffs64(above);
			return true;
		}
		test->edge[t] = __ffs64(pattern->edges[t]);
	}
	return false;
}
MEMBAR_EXPORT_TO_KUNIT(membar_pattern_next);

int membar_test_parse(const char *name, struct membar_test *test,
		      struct membar_why *why)
{
	struct membar_pattern pattern;
	int err;

	if (strchr(name, '*'))
		return membar_refuse(why, "a single test has no '*'");
	err = membar_pattern_parse(name, &pattern, why);
	if (err)
		return err;
	membar_pattern_first(&pattern, test);
	return 0;
}
MEMBAR_EXPORT_TO_KUNIT(membar_test_parse);

int membar_test_name(const struct membar_test *test, char *buf, size_t size)
{
	unsigned int t;
	int n;

	n = scnprintf(buf, size, "%s", test->shape->name);
	for (t = 0; t < MEMBAR_MAX_THREADS; t++)
		if (membar_thread_has_edge(test->shape, t))
			n += scnprintf(buf + n, size - n, "+%s",
				       membar_edges[test->edge[t]].name);
	return n;
}
MEMBAR_EXPORT_TO_KUNIT(membar_test_name);

void membar_test_control(const struct membar_test *test,
			 struct membar_test *control)
{
	unsigned int t;

	control->shape = test->shape;
	for (t = 0; t < MEMBAR_MAX_THREADS; t++)
		control->edge[t] = MEMBAR_EDGE_PO;
}
MEMBAR_EXPORT_TO_KUNIT(membar_test_control);

bool membar_test_equal(const struct membar_test *a,
		       const struct membar_test *b)
{
	return a->shape == b->shape &&
	       !memcmp(a->edge, b->edge, sizeof(a->edge));
}
MEMBAR_EXPORT_TO_KUNIT(membar_test_equal);
