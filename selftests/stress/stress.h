/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Litmus tests by name: declarations for the pure files of membar_stress, which
 * need no kernel and are tested as a program too (see tools/stress-host).
 *
 * A test is a shape and one edge for each thread that makes two accesses.
 * Everything else follows from those two tables (shapes.c): the loops that
 * run, the outcome that is looked for, how it is counted and whether the
 * contract of membar.h forbids it.
 *
 * Nothing here sleeps, allocates or touches hardware, and all of it builds in
 * user space as well.
 */
#ifndef _MEMBAR_STRESS_H
#define _MEMBAR_STRESS_H

#include "shim.h"

#define MEMBAR_MAX_THREADS	4
#define MEMBAR_MAX_EVENTS	(2 * MEMBAR_MAX_THREADS)
#define MEMBAR_MAX_READS	4
#define MEMBAR_MAX_VALUES		4
#define MEMBAR_NR_OUTCOMES	(1 << (2 * MEMBAR_MAX_VALUES))
/* The name of a test; that of a litmus file is longer than those of our own. */
#define MEMBAR_NAME_LEN		144

/* Why something was refused, in words for the person who asked. */
struct membar_why {
	char text[160];
};

/* Writes the reason if there is a place for it; always returns -EINVAL. */
int __printf(2, 3) membar_refuse(struct membar_why *why, const char *fmt, ...);

/*
 * Shapes
 * ======
 */

enum membar_loc {
	MEMBAR_X,
	MEMBAR_Y,
	MEMBAR_Z,
	MEMBAR_NR_LOCS,
};

/**
 * struct membar_access - one access of a litmus test
 * @dir: MEMBAR_R, MEMBAR_W, or 0 for none
 * @loc: which location
 * @value: what is written, or the value that a read returns in the outcome
 *	   that the test asks about
 *
 * The values at a location are its coherence order in that outcome: 0 is the
 * initial value and the largest is the final one.
 */
struct membar_access {
	u8 dir;
	u8 loc;
	u8 value;
};

/**
 * struct membar_shape - the accesses of a litmus test, without its edges
 * @name: as herdtools name it
 * @thread: the accesses in program order; a thread has one, two, or (past the
 *	    last thread) none
 */
struct membar_shape {
	const char *name;
	struct membar_access thread[MEMBAR_MAX_THREADS][2];
};

extern const struct membar_shape membar_shapes[];
extern const unsigned int membar_nr_shapes;

unsigned int membar_shape_threads(const struct membar_shape *shape);
/* How many writes the shape makes to @loc. */
unsigned int membar_shape_writes(const struct membar_shape *shape, u8 loc);

static inline bool membar_thread_has_edge(const struct membar_shape *shape,
					  unsigned int thread)
{
	return shape->thread[thread][1].dir;
}

/*
 * Edges
 * =====
 */

/*
 * The edges that are not a fence:
 *
 *	row(ID, name, cell, other)
 *
 *	name	as written in the name of a test; that of marks on both accesses has
 *		a dot: the mark of the first, or "po", and that of the second
 *	cell	what of the API it exercises, in the text form
 *	other	another cell that it exercises as well, or NULL
 */
#define MEMBAR_FOR_EACH_OTHER_EDGE(row)					\
	row(PO, "po", "-", NULL)					\
	row(LA, "la", "u32_load:acquire", NULL)				\
	row(SR, "sr", "u32_store:release", NULL)			\
	row(LA_SR, "la.sr", "u32_load:acquire", "u32_store:release")	\
	row(LA_LA, "la.la", "u32_load:acquire", NULL)			\
	row(SR_SR, "sr.sr", "u32_store:release", NULL)			\
	row(SR_LA, "sr.la", "u32_store:release", "u32_load:acquire")	\
	row(SR_PO, "sr.po", "u32_store:release", NULL)			\
	row(PO_LA, "po.la", "u32_load:acquire", NULL)			\
	row(XCHG, "xchg", "u32_xchg:full", NULL)			\
	row(CMPXCHG, "cmpxchg", "u32_cmpxchg:full", NULL)		\
	row(FADD, "fadd", "u32_fetch_add:full", NULL)			\
	row(ADDR, "addr", "u32_load:relaxed", NULL)			\
	row(DATA, "data", "u32_load:relaxed", NULL)			\
	row(CTRL, "ctrl", "u32_load:relaxed", NULL)

enum membar_edge {
#define MEMBAR_EDGE_ROW(ID, ...)	MEMBAR_EDGE_##ID,
	MEMBAR_FOR_EACH_OTHER_EDGE(MEMBAR_EDGE_ROW)
#undef MEMBAR_EDGE_ROW
#define MEMBAR_EDGE_ROW(FLAVOUR, entry, ORDER, ...)			\
	MEMBAR_EDGE_##FLAVOUR##_##ORDER,
	MEMBAR_FOR_EACH_BARRIER(MEMBAR_EDGE_ROW)
#undef MEMBAR_EDGE_ROW
	MEMBAR_NR_EDGES,
};

/* Whether @edge makes the first or second (0 or 1) access an acquire load ... */
static __always_inline bool membar_edge_acquires(enum membar_edge edge,
						 unsigned int access)
{
	switch (edge) {
	case MEMBAR_EDGE_LA:
	case MEMBAR_EDGE_LA_SR:
		return access == 0;
	case MEMBAR_EDGE_LA_LA:
		return true;
	case MEMBAR_EDGE_SR_LA:
	case MEMBAR_EDGE_PO_LA:
		return access == 1;
	default:
		return false;
	}
}

/* ... or a release store. */
static __always_inline bool membar_edge_releases(enum membar_edge edge,
						 unsigned int access)
{
	switch (edge) {
	case MEMBAR_EDGE_SR_LA:
	case MEMBAR_EDGE_SR_PO:
		return access == 0;
	case MEMBAR_EDGE_SR_SR:
		return true;
	case MEMBAR_EDGE_SR:
	case MEMBAR_EDGE_LA_SR:
		return access == 1;
	default:
		return false;
	}
}

/**
 * struct membar_edge_info - what stands between the two accesses of a thread
 * @name: as it is written in the name of a test
 * @cell: the cell of the API that it exercises, in its text form
 * @other: another cell that it exercises, or NULL
 * @flavour: of a fence; MEMBAR_NR_FLAVOURS for every other edge
 * @prior: which accesses before a fence it orders ...
 * @later: ... against which ones after it; both 0 if the edge is not a fence
 */
struct membar_edge_info {
	const char *name;
	const char *cell;
	const char *other;
	u8 flavour;
	u8 prior;
	u8 later;
};

extern const struct membar_edge_info membar_edges[MEMBAR_NR_EDGES];

/* Whether @thread of @shape has the accesses that @edge speaks of. */
bool membar_edge_fits(const struct membar_shape *shape, unsigned int thread,
		      enum membar_edge edge);

/*
 * Tests
 * =====
 */

/**
 * struct membar_test - a shape with its edges
 * @shape: row of membar_shapes
 * @edge: one for each thread; MEMBAR_EDGE_PO where a thread has one access
 */
struct membar_test {
	const struct membar_shape *shape;
	enum membar_edge edge[MEMBAR_MAX_THREADS];
};

/**
 * struct membar_pattern - a set of tests with one shape
 * @shape: row of membar_shapes
 * @edges: bit set of enum membar_edge for each thread, never empty
 */
struct membar_pattern {
	const struct membar_shape *shape;
	u64 edges[MEMBAR_MAX_THREADS];
};

/**
 * membar_pattern_parse() - read a name in which an edge may be a wildcard
 * @name: SHAPE, SHAPE+edges (one edge in the plural for all threads), or
 *	  SHAPE+edge+edge...; "*" is each smp edge that fits, "dma_*" each
 *	  fence of that flavour
 * @pattern: written only on success
 * @why: filled in on failure; may be NULL
 *
 * Return: 0 or -EINVAL
 */
int membar_pattern_parse(const char *name, struct membar_pattern *pattern,
			 struct membar_why *why);

/* The first test of a pattern, and the one after @test; false at the end. */
void membar_pattern_first(const struct membar_pattern *pattern,
			  struct membar_test *test);
bool membar_pattern_next(const struct membar_pattern *pattern,
			 struct membar_test *test);

/**
 * membar_test_parse() - read the name of a single test
 * @name: as for membar_pattern_parse(), without wildcards
 * @test: written only on success
 * @why: filled in on failure; may be NULL
 *
 * Return: 0 or -EINVAL
 */
int membar_test_parse(const char *name, struct membar_test *test,
		      struct membar_why *why);

/* The full name, each edge spelled; returns its length. */
int membar_test_name(const struct membar_test *test, char *buf, size_t size);

/* The same shape with nothing but program order. */
void membar_test_control(const struct membar_test *test,
			 struct membar_test *control);

bool membar_test_equal(const struct membar_test *a,
		       const struct membar_test *b);

/*
 * Contract and verdict
 * ====================
 */

enum membar_contract {
	MEMBAR_ALLOWED,
	MEMBAR_FORBIDDEN,
	/* Forbidden if one counts fences that promise nothing between CPUs. */
	MEMBAR_UNPROMISED,
	/* Of a litmus file: nobody knows, see the reason. */
	MEMBAR_UNKNOWN,
	MEMBAR_NR_CONTRACTS,
};

extern const char *const membar_contract_names[MEMBAR_NR_CONTRACTS];

/* What the contract of membar.h says of the outcome that @test asks about. */
enum membar_contract membar_test_contract(const struct membar_test *test);

enum membar_verdict {
	MEMBAR_PASS,		/* forbidden, not seen, the control tripped */
	MEMBAR_BLIND,		/* forbidden, not seen, nor was the control */
	MEMBAR_FAIL,		/* forbidden and seen */
	MEMBAR_SEEN,		/* allowed and seen */
	MEMBAR_NOT_SEEN,	/* allowed, not seen */
	MEMBAR_INFO,		/* the contract says nothing between CPUs */
	MEMBAR_SKIP,		/* did not run */
	MEMBAR_NR_VERDICTS,
};

extern const char *const membar_verdict_names[MEMBAR_NR_VERDICTS];

/*
 * How often what a test forbids has to be expected before it means something
 * that it was not seen: none of ten is seen by chance once in 20,000 times.
 */
#define MEMBAR_ENOUGH	10

/* What a run that ended says that has seen its outcome so often. */
enum membar_verdict membar_verdict(enum membar_contract contract, u64 seen,
				   u64 expected);

/**
 * struct membar_evidence - what a run has to show for itself
 * @batches: how many it made; none if it did not run
 * @unsound: logs that no coherent memory can have produced
 * @stuck: batches in which a thread waited for another one in vain
 * @observed: outcomes of the batches that count
 * @seen: how many of them are the one that its test asks about
 * @stray: how many were that in batches that do not count
 * @control_seen: how often its control has seen the same
 * @expected: how often it would have itself, were it like its control
 */
struct membar_evidence {
	u64 batches;
	u64 unsound;
	u64 stuck;
	u64 observed;
	u64 seen;
	u64 stray;
	u64 control_seen;
	u64 expected;
};

/**
 * struct membar_so_far - what a test has shown when its time is up
 * @seen: how often it has seen the outcome that it asks about
 * @together: for how long its threads have run at the same time
 * @duration: how long it was to run
 * @has_control: it is of a forbidden outcome, and its control has run
 * @control_seen: how often the control has seen the same
 * @expected: how often the test would have seen it so far, were it its control
 */
struct membar_so_far {
	u64 seen;
	u64 together;
	u64 duration;
	bool has_control;
	u64 control_seen;
	u64 expected;
};

/* Whether a test may end now, or shall go on, for a while, to prove something. */
bool membar_enough(const struct membar_so_far *so_far);

/* The verdict on all of it; @reason is written if there is more to say. */
enum membar_verdict membar_judge(enum membar_contract contract,
				 const struct membar_evidence *evidence,
				 char *reason, size_t size);

/*
 * Outcomes and counting
 * =====================
 *
 * An outcome is what a test lets one see: the value that each read returned,
 * then the final value of each location with more than one write.  Its number
 * has two bits for each of them, the first in the lowest.
 */

struct membar_plan_read {
	u8 thread;
	u8 access;
	u8 loc;
	u8 wanted;
	u8 writer;		/* thread; the only one if the plan is perpetual */
};

enum membar_walk {
	MEMBAR_WALK_NONE,	/* final values decide: not for this engine */
	MEMBAR_WALK_RING,	/* one read per thread: back to where it began */
	MEMBAR_WALK_FORK,	/* one thread reads twice, one is read twice */
	MEMBAR_WALK_TWIN,	/* two threads read twice: IRIW */
};

/**
 * struct membar_plan - how the outcomes of a shape are counted
 * @nr_threads: how many run
 * @nr_reads: how many logs there are
 * @read: the reads, in the order of threads and then of the program
 * @nr_finals: how many locations have more than one write
 * @final: which
 * @target: number of the outcome that the test asks about
 * @walk: how the perpetual engine finds the iterations that belong together
 * @start: the thread whose iterations are counted
 * @sink: path from @start to the thread that is read twice: reads to follow
 * @nr_sink: length of @sink; 0 in a ring
 * @path: the other path; its last read closes the cycle
 * @nr_path: length of @path
 */
struct membar_plan {
	u8 nr_threads;
	u8 nr_reads;
	struct membar_plan_read read[MEMBAR_MAX_READS];
	u8 nr_finals;
	u8 final[MEMBAR_NR_LOCS];
	u8 target;
	enum membar_walk walk;
	u8 start;
	u8 sink[MEMBAR_MAX_THREADS];
	u8 nr_sink;
	u8 path[MEMBAR_MAX_THREADS];
	u8 nr_path;
};

void membar_plan_make(const struct membar_shape *shape,
		      struct membar_plan *plan);

/* "0:y=0 1:x=0": the outcome in words; returns its length. */
int membar_outcome_name(const struct membar_plan *plan, unsigned int outcome,
			char *buf, size_t size);

/**
 * struct membar_stretch - iterations in which a read returned the same value
 * @from: the first of them; the last one is that before the next stretch
 * @value: what they returned
 */
struct membar_stretch {
	u32 from;
	u32 value;
};

/**
 * struct membar_log - what a read returned in each iteration of a batch
 * @stretch: rising in @from; the first is { 1, 0 }, and has no iteration if the
 *	     read did not begin with 0
 * @nr: how many there are
 * @last: value of the last one
 *
 * A read mostly returns what it returned before.  Noting only when it does not
 * leaves the time, the caches and the store buffer to the accesses that are
 * under test, and makes the counting as short as the log.
 */
struct membar_log {
	struct membar_stretch *stretch;
	u32 nr;
	u32 last;
};

/* A log of @n iterations may need so many stretches. */
#define MEMBAR_LOG_ROOM(n)	((size_t)(n) + 2)

/* Nothing read yet. */
static inline void membar_log_open(struct membar_log *log)
{
	log->stretch[0].from = 1;
	log->stretch[0].value = 0;
	log->nr = 1;
	log->last = 0;
}

/* Iteration @i, which comes after all that were added, returned @value. */
static __always_inline void membar_log_add(struct membar_log *log, u32 i,
					   u32 value)
{
	if (likely(value == log->last))
		return;
	log->stretch[log->nr].from = i;
	log->stretch[log->nr].value = value;
	log->nr++;
	log->last = value;
}

/* Iteration @n was the last. */
static inline void membar_log_close(struct membar_log *log, u32 n)
{
	log->stretch[log->nr].from = n + 1;
	log->stretch[log->nr].value = log->last;
}

/**
 * membar_log_sound() - whether a log of the perpetual engine can be true
 * @log: closed
 * @n: number of iterations, also the largest value ever written
 *
 * A thread's reads of one location follow its coherence order, and the values
 * rise along it.  Anything else is a coherence violation or memory corruption,
 * and the log must not be counted.
 *
 * Return: true if it can.
 */
bool membar_log_sound(const struct membar_log *log, u32 n);

/**
 * membar_count_perpetual() - add up the outcomes of some iterations
 * @plan: of a shape that has a walk
 * @log: one for each read, closed and sound
 * @n: iterations that each thread made
 * @from: first iteration of the starting thread to count, at least 1
 * @to: last one, at most @n
 * @hist: MEMBAR_NR_OUTCOMES counters to add to
 *
 * Return: how many outcomes were added
 */
u64 membar_count_perpetual(const struct membar_plan *plan,
			   const struct membar_log *log, u32 n, u32 from,
			   u32 to, u64 *hist);

/*
 * The array engine counts its batches by tags.  Each batch writes the values of
 * the shape next to a tag of its own, so that a value tells which batch wrote it.
 */
#define MEMBAR_TAG_SHIFT	2
#define MEMBAR_TAG_MASK		(U32_MAX >> MEMBAR_TAG_SHIFT)
#define MEMBAR_VALUE_MASK	((1u << MEMBAR_TAG_SHIFT) - 1)

/* The tag of a batch; a number of more bits than a tag has repeats one. */
static inline u32 membar_tag_of(u64 number)
{
	return number & MEMBAR_TAG_MASK;
}

/* What a batch with @tag writes for @value of the shape. */
static inline u32 membar_tagged(u32 tag, u32 value)
{
	return tag << MEMBAR_TAG_SHIFT | value;
}

/**
 * struct membar_array - what a batch of the array engine left in its variables
 * @nr: instances of the batch
 * @tag: of the batch
 * @before: tag of the last batch that used the same variables; each batch writes
 *	    all that are read, so this tag is that of the initial values
 * @order: which instance was the n-th that a thread visited, n from 1
 * @read: what each read returned, in the order of the visit, from index 1
 * @final: instance 0 of each location whose final value is part of the outcome
 * @step: u32s between two instances
 */
struct membar_array {
	u32 nr;
	u32 tag;
	u32 before;
	const u32 *order;
	const u32 *read[MEMBAR_MAX_READS];
	const u32 *final[MEMBAR_NR_LOCS];
	size_t step;
};

/**
 * membar_count_array() - add up the outcomes of some instances
 * @plan: of the shape
 * @array: what the batch left
 * @from: first instance to count, in the order of the visit, from 1
 * @by: distance to the next one to count
 * @hist: MEMBAR_NR_OUTCOMES counters to add to
 *
 * Return: false if there is a value that neither this batch nor the one before
 * has written.  It was counted as if it had been read before any write.
 */
bool membar_count_array(const struct membar_plan *plan,
			const struct membar_array *array, u32 from, u32 by,
			u64 *hist);

/*
 * Requests
 * ========
 */

/*
 * The longest line that is read, with its end.  It has room for every word that
 * a request may have, so what the results repeat can be written again.
 */
#define MEMBAR_REQUEST_LEN	768
#define MEMBAR_LIST_LEN		384
#define MEMBAR_MAX_CPUS		16
/* The longest list of them. */
#define MEMBAR_CPUS_LEN		(MEMBAR_MAX_CPUS * sizeof("4294967295"))
/* Instances meet only while the threads are close to their common start. */
#define MEMBAR_ARRAY_BATCH_MAX	16384

enum membar_engine {
	MEMBAR_ENGINE_AUTO,
	MEMBAR_ENGINE_PERPETUAL,
	MEMBAR_ENGINE_ARRAY,
	/* One after the other, each for half of the time. */
	MEMBAR_ENGINE_BOTH,
	/* Not to be asked for: it is what invariants run in, */
	MEMBAR_ENGINE_INVARIANT,
	/* and litmus files. */
	MEMBAR_ENGINE_PROGRAM,
	MEMBAR_NR_ENGINES,
};

extern const char *const membar_engine_names[MEMBAR_NR_ENGINES];

/**
 * struct membar_request - what one write to the run file asks for
 * @tests: names, patterns and campaigns, separated by commas
 * @nr_cpus: how many CPUs were named; 0 for the first that are online
 * @cpus: which; thread n runs on the n-th
 * @shard: which share of the tests to run, from 1
 * @shards: in how many shares they are divided; 0 for all tests
 * @budget_s: how long all tests run together; 0 if duration_ms counts
 * @duration_ms: how long each test runs
 * @patience_ms: how much longer one that proves nothing yet goes on at most
 * @engine: how to run them
 * @seed: of a random order in which the array engine visits its instances; 0: its own
 * @size: iterations or instances of one batch; 0 for the engine's own.  The
 *	  array engine has MEMBAR_ARRAY_BATCH_MAX at most
 * @stride: bytes between variables; 0 for the engine's own
 * @outline: call the exported functions
 * @oversubscribe: let threads share CPUs if there are too few
 * @wait: the write returns when the run has ended, not when it has begun
 */
struct membar_request {
	char tests[MEMBAR_LIST_LEN];
	unsigned int nr_cpus;
	u32 cpus[MEMBAR_MAX_CPUS];
	u32 shard;
	u32 shards;
	u32 budget_s;
	u32 duration_ms;
	u32 patience_ms;
	enum membar_engine engine;
	u64 seed;
	u32 size;
	u32 stride;
	bool outline;
	bool oversubscribe;
	bool wait;
};

/* Divide a request's budget, if it has one, among @nr tests. */
void membar_request_fit(struct membar_request *request, unsigned int nr);

/**
 * membar_request_parse() - read one request
 * @buf: key=value words and bare test names, in any order; one newline may
 *	 end it
 * @len: bytes in @buf
 * @request: of no use unless 0 is returned
 * @why: filled in on failure; may be NULL
 *
 * Return: 0 or -EINVAL
 */
int membar_request_parse(const char *buf, size_t len,
			 struct membar_request *request,
			 struct membar_why *why);

/* The request in its own words, every key spelled; returns its length. */
int membar_request_name(const struct membar_request *request, char *buf,
			size_t size);

/* The list of @nr CPUs as a request has it, "0-3,8"; returns its length. */
int membar_cpus_name(const u32 *cpus, unsigned int nr, char *buf, size_t size);

/* What may be written, for whoever reads the run file. */
extern const char membar_request_usage[];

/*
 * Invariants
 * ==========
 *
 * Tests of atomicity rather than of order: every CPU works on the same few
 * variables, and afterwards something must hold.  row(name), where name says
 * what of the API is at work; on what it does see atomic.c.
 */
#define MEMBAR_FOR_EACH_WIDE_INVARIANT(row, T)				\
	row(T##_add) row(T##_sub) row(T##_inc) row(T##_dec)		\
	row(T##_add_return) row(T##_sub_return)				\
	row(T##_inc_return) row(T##_dec_return)				\
	row(T##_fetch_add) row(T##_fetch_sub)				\
	row(T##_fetch_inc) row(T##_fetch_dec)				\
	row(T##_or) row(T##_and) row(T##_xor)				\
	row(T##_fetch_or) row(T##_fetch_and) row(T##_fetch_xor)		\
	row(T##_sub_and_test) row(T##_dec_and_test)			\
	row(T##_inc_and_test) row(T##_add_negative)			\
	row(T##_add_unless) row(T##_inc_not_zero)			\
	row(T##_inc_unless_negative) row(T##_dec_unless_positive)	\
	row(T##_dec_if_positive)

#define MEMBAR_FOR_EACH_ANY_INVARIANT(row, T)				\
	row(T##_xchg) row(T##_cmpxchg) row(T##_try_cmpxchg)

/* Not every architecture has a cmpxchg() of 8 and 16 bits. */
#ifdef MEMBAR_NO_NARROW_CMPXCHG
# define MEMBAR_FOR_EACH_NARROW_INVARIANT(row)
#else
# define MEMBAR_FOR_EACH_NARROW_INVARIANT(row)				\
	MEMBAR_FOR_EACH_ANY_INVARIANT(row, u8)				\
	MEMBAR_FOR_EACH_ANY_INVARIANT(row, u16)
#endif

#define MEMBAR_FOR_EACH_INVARIANT(row)					\
	MEMBAR_FOR_EACH_WIDE_INVARIANT(row, u32)			\
	MEMBAR_FOR_EACH_WIDE_INVARIANT(row, u64)			\
	MEMBAR_FOR_EACH_NARROW_INVARIANT(row)				\
	MEMBAR_FOR_EACH_ANY_INVARIANT(row, u32)				\
	MEMBAR_FOR_EACH_ANY_INVARIANT(row, u64)				\
	row(u32_tearing) row(u64_tearing) row(mixed_sizes)		\
	row(bit_lock) row(bit_lock_order)				\
	row(ticket_lock) row(ticket_lock_order)				\
	MEMBAR_FOR_EACH_PAIR_INVARIANT(row)

/* Those that are about one thread and another one. */
#define MEMBAR_FOR_EACH_PAIR_INVARIANT(row)				\
	row(seqlock) row(seqlock_order)					\
	row(spsc_ring) row(spsc_ring_order)

/* Which invariant a job holds the CPUs to; none if it is a litmus test. */
enum membar_invariant {
	MEMBAR_NO_INVARIANT,
#define MEMBAR_INVARIANT_ROW(name)	MEMBAR_INV_##name,
	MEMBAR_FOR_EACH_INVARIANT(MEMBAR_INVARIANT_ROW)
#undef MEMBAR_INVARIANT_ROW
	MEMBAR_NR_INVARIANTS,
};

extern const char *const membar_invariant_names[MEMBAR_NR_INVARIANTS];

/* How many threads run the test of an invariant, of so many that could. */
unsigned int membar_invariant_threads(enum membar_invariant invariant,
				      unsigned int cpus);

/* The outcomes of an invariant's test: of each batch, one of them. */
#define MEMBAR_KEPT	0
#define MEMBAR_BROKEN	1

/*
 * Campaigns
 * =========
 */

#define MEMBAR_MAX_JOBS		2048
#define MEMBAR_NO_CONTROL	(-1)

/*
 * Before the name of an invariant or of a test of coherence: its control, which
 * is the same program with what the test relies on taken away.
 */
#define MEMBAR_TWIN_PREFIX	"busted_"

struct membar_program;
struct membar_places;
struct membar_translation;
struct membar_match;

/**
 * struct membar_job - one test of a campaign
 * @test: what to run, if it is a litmus test
 * @invariant: what to run, if not
 * @twin: run its twin: of an invariant see atomic.c; of a litmus test the
 *	  accesses of each thread change places
 * @program: what to run, if it is a litmus file
 * @places: what is observed of it
 * @translation: the program in instructions, if it is interpreted
 * @match: the named test that it is, if it runs as that one
 * @hash: of the text of a litmus file
 * @stated: the contract of a litmus file is what the file itself states
 * @note: what is to be said of the contract, or NULL
 * @contract: what membar.h says of it
 * @control: job whose outcome decides between pass and blind; always earlier
 * @is_control: it is that of another one
 */
struct membar_job {
	struct membar_test test;
	enum membar_invariant invariant;
	bool twin;
	const struct membar_program *program;
	const struct membar_places *places;
	const struct membar_translation *translation;
	const struct membar_match *match;
	u64 hash;
	bool stated;
	const char *note;
	enum membar_contract contract;
	int control;
	bool is_control;
};

/* A litmus file is the test of this name, see membar_request_split(). */
#define MEMBAR_FILE_TEST	"-"
#define MEMBAR_FILE_LEN		65536

/**
 * membar_request_split() - find the litmus file in what was written
 * @buf: a request, a litmus file, or both with the request in the first line
 * @len: bytes in @buf
 * @line: bytes of @buf that are the request
 *
 * Return: where the litmus file begins, or @len if there is none.
 */
size_t membar_request_split(const char *buf, size_t len, size_t *line);

/* The engine that runs a job: the one that was asked for, if there is a choice. */
enum membar_engine membar_request_engine(const struct membar_request *request,
					 const struct membar_job *job,
					 const struct membar_plan *plan);

/* Why a test with this plan cannot run as it was asked for, or NULL. */
const char *membar_request_obstacle(const struct membar_request *request,
				    enum membar_engine engine,
				    const struct membar_plan *plan);

/* The size of a batch: what was asked for, or else the engine's own. */
u32 membar_request_batch_size(const struct membar_request *request,
			      enum membar_engine engine, bool oversubscribed);

/* The bytes between variables, likewise. */
u32 membar_request_stride(const struct membar_request *request,
			  enum membar_engine engine, bool oversubscribed);

/* Whether a request asks for the litmus file that is to follow it. */
bool membar_request_wants_file(const char *buf, size_t len);

/* A number for a text: two logs of one test have the same, FNV-1a of 64 bits. */
u64 membar_hash(const char *text, size_t len);

/* The name of each kind of job; returns its length. */
int membar_job_name(const struct membar_job *job, char *buf, size_t size);

/**
 * membar_campaign_make() - turn a list of names into jobs
 * @list: names, patterns, "smoke", "all", "litmus" and "atomics", separated by
 *	  commas
 * @jobs: where to put them; the control of a test goes before it, once
 * @max: room in @jobs
 * @why: filled in on failure; may be NULL
 *
 * Return: the number of jobs, or -EINVAL
 */
int membar_campaign_make(const char *list, struct membar_job *jobs,
			 unsigned int max, struct membar_why *why);

/* The name of a campaign, NULL after the last one. */
const char *membar_campaign_name(unsigned int n);

/**
 * membar_campaign_shard() - leave one share of a campaign
 * @jobs: the whole campaign, afterwards the share
 * @nr: how many there are
 * @shard: which share, 1 to @shards
 * @shards: how many there are
 *
 * Every test is in one of the shares.  A control is also in each share that has
 * one of its tests, for they are judged by it.
 *
 * Return: the number of jobs in the share, which can be 0
 */
int membar_campaign_shard(struct membar_job *jobs, int nr, u32 shard,
			  u32 shards);

#endif /* _MEMBAR_STRESS_H */
