// SPDX-License-Identifier: GPL-2.0
/*
 * The loops that make the accesses: one function for each engine, edge and
 * pair of accesses, so that nothing is decided between two iterations.
 *
 * Built twice: as it is, with the barriers in line, and through
 * loops_outline.c with MEMBAR_OUTLINE, where each barrier is a call.
 */
#include <linux/compiler.h>
#include <linux/kconfig.h>
#include <linux/percpu.h>

#include "membar.h"
#include "run.h"

#ifdef MEMBAR_OUTLINE
# define MEMBAR_LOOPS	membar_loops_outline
#else
# define MEMBAR_LOOPS	membar_loops_inline
#endif

/*
 * MEMBAR_BREAK=smp_mb:full on the make command line defines
 * MEMBAR_BREAK_smp_mb_full: that cell becomes a compiler barrier here, and a
 * run that then sees nothing is a harness that does not work.  With
 * MEMBAR_BREAK_EVERY=N that happens once in N executions on a CPU.
 */
#ifdef MEMBAR_BREAK_EVERY
static DEFINE_PER_CPU(u32, executions);
# define BROKEN_NOW()		(raw_cpu_inc_return(executions) % \
				 (MEMBAR_BREAK_EVERY) == 0)
#else
# define BROKEN_NOW()		true
#endif
#define BROKEN(entry, order)	(__is_defined(MEMBAR_BREAK_##entry##_##order) && \
				 BROKEN_NOW())

static __always_inline u32 load(const u32 *p, bool acquire)
{
	return acquire ? membar_load(p, MEMBAR_ACQUIRE) :
			 membar_load(p, MEMBAR_RELAXED);
}

static __always_inline void store(u32 *p, u32 v, bool release)
{
	if (release)
		membar_store(p, v, MEMBAR_RELEASE);
	else
		membar_store(p, v, MEMBAR_RELAXED);
}

/* sparse 0.6.4 loses the operands of an asm() that it inlines twice. */
#ifdef __CHECKER__
# define __fence_inline	noinline
#else
# define __fence_inline	__always_inline
#endif

/* What stands between the two accesses; @edge is a constant. */
static __fence_inline void fence(const enum membar_edge edge, u32 *own)
{
	switch (edge) {
#define CASE(FLAVOUR, entry, ORDER, order, ...)				\
	case MEMBAR_EDGE_##FLAVOUR##_##ORDER:				\
		if (BROKEN(entry, order))				\
			barrier();					\
		else							\
			membar_##entry(MEMBAR_##ORDER);			\
		break;
	MEMBAR_FOR_EACH_BARRIER(CASE)
#undef CASE
	case MEMBAR_EDGE_XCHG:
		if (BROKEN(u32_xchg, full))
			WRITE_ONCE(*own, READ_ONCE(*own));
		else
			membar_xchg(own, 1, MEMBAR_FULL);
		break;
	case MEMBAR_EDGE_CMPXCHG:
		/* Succeeds each time: a failure would order nothing. */
		if (BROKEN(u32_cmpxchg, full))
			WRITE_ONCE(*own, READ_ONCE(*own));
		else
			membar_cmpxchg(own, 0, 0, MEMBAR_FULL);
		break;
	case MEMBAR_EDGE_FADD:
		if (BROKEN(u32_fetch_add, full))
			WRITE_ONCE(*own, READ_ONCE(*own) + 1);
		else
			membar_fetch_add(own, 1, MEMBAR_FULL);
		break;
	default:
		break;
	}
}

/* Zero that depends on @v, which the compiler must not see through. */
static __always_inline u32 dependent_zero(u32 v)
{
	u32 copy = v;

	OPTIMIZER_HIDE_VAR(copy);
	return v ^ copy;
}

/* Whether the first or second access has an order, unless that is broken. */
static __always_inline bool acquires(const enum membar_edge edge,
				     unsigned int access)
{
	return membar_edge_acquires(edge, access) && !BROKEN(u32_load, acquire);
}

static __always_inline bool releases(const enum membar_edge edge,
				     unsigned int access)
{
	return membar_edge_releases(edge, access) && !BROKEN(u32_store, release);
}

/*
 * What a thread does in one iteration; all but pointers and values constant.
 * What it reads goes to @read and is looked at only when both accesses have
 * been made, lest the looking order them.
 */
static __always_inline void step(const struct membar_lane *lane,
				 const enum membar_edge edge,
				 const u8 dir0, const u8 dir1,
				 u32 *var0, u32 *var1,
				 u32 value0, u32 value1, u32 *read)
{
	if (dir0 == MEMBAR_W)
		store(var0, value0, releases(edge, 0));
	else
		read[0] = load(var0, acquires(edge, 0));
	if (!dir1)
		return;

	fence(edge, lane->own);
	if (edge == MEMBAR_EDGE_ADDR)
		var1 += dependent_zero(read[0]);
	if (edge == MEMBAR_EDGE_DATA)
		value1 += dependent_zero(read[0]);
	/* Never true, but only this branch knows. */
	if (edge == MEMBAR_EDGE_CTRL && read[0] > lane->limit)
		return;

	if (dir1 == MEMBAR_W)
		store(var1, value1, releases(edge, 1));
	else
		read[1] = load(var1, acquires(edge, 1));
}

/*
 * Each read goes to the log at once, and most of the time that is a comparison.
 * The accesses are what shall take the time, and not the loop.
 */
static __always_inline void perpetual_steady(const struct membar_lane *lane,
					     const enum membar_edge edge,
					     const u8 dir0, const u8 dir1,
					     u32 i, u32 nr,
					     struct membar_log *log0,
					     struct membar_log *log1)
{
	u32 read[2] = { };

#define STEP() do {							\
	step(lane, edge, dir0, dir1, lane->var[0], lane->var[1], i, i, \
	     read);							\
	if (dir0 == MEMBAR_R)						\
		membar_log_add(log0, i, read[0]);			\
	if (dir1 == MEMBAR_R)						\
		membar_log_add(log1, i, read[1]);			\
	i++;								\
} while (0)
	for (; nr >= 8; nr -= 8) {
		STEP();
		STEP();
		STEP();
		STEP();
		STEP();
		STEP();
		STEP();
		STEP();
	}
	while (nr--)
		STEP();
#undef STEP
}

/* What a read returned in a burst that began with iteration @i. */
static __always_inline void unpack(struct membar_log *log, u32 i,
				   const u32 *read)
{
	const u32 *end = read + MEMBAR_BURST;
	u32 last = log->last, n;

	for (; read < end; read += 8, i += 8) {
		if (!((read[0] ^ last) | (read[1] ^ last) |
		      (read[2] ^ last) | (read[3] ^ last) |
		      (read[4] ^ last) | (read[5] ^ last) |
		      (read[6] ^ last) | (read[7] ^ last)))
			continue;
		for (n = 0; n < 8; n++)
			membar_log_add(log, i + n, read[n]);
		last = log->last;
	}
}

/*
 * Reads are kept until MEMBAR_BURST of them are there: nothing but the accesses
 * until then, and none while they go to the log.
 */
static __always_inline void perpetual_burst(const struct membar_lane *lane,
					    const enum membar_edge edge,
					    const u8 dir0, const u8 dir1, u32 i,
					    struct membar_log *log0,
					    struct membar_log *log1)
{
	u32 n, read[2] = { };

#define STEP() do {							\
	step(lane, edge, dir0, dir1, lane->var[0], lane->var[1],	\
	     i + n, i + n, read);					\
	if (dir0 == MEMBAR_R)						\
		WRITE_ONCE(lane->read[0][n], read[0]);			\
	if (dir1 == MEMBAR_R)						\
		WRITE_ONCE(lane->read[1][n], read[1]);			\
	n++;								\
} while (0)
	for (n = 0; n < MEMBAR_BURST;) {
		STEP();
		STEP();
		STEP();
		STEP();
		STEP();
		STEP();
		STEP();
		STEP();
	}
#undef STEP

	if (dir0 == MEMBAR_R)
		unpack(log0, i, lane->read[0]);
	if (dir1 == MEMBAR_R)
		unpack(log1, i, lane->read[1]);
}

static __always_inline void perpetual(const struct membar_lane *l,
				      const enum membar_edge edge,
				      const u8 dir0, const u8 dir1,
				      u32 from, u32 to)
{
	const struct membar_lane lane = *l;
	struct membar_log log0 = { }, log1 = { };

	/* Copies, so that they can be kept in registers. */
	if (dir0 == MEMBAR_R)
		log0 = *lane.log[0];
	if (dir1 == MEMBAR_R)
		log1 = *lane.log[1];

	for (; lane.bursts && to - from + 1 >= MEMBAR_BURST;
	     from += MEMBAR_BURST)
		perpetual_burst(&lane, edge, dir0, dir1, from, &log0, &log1);
	perpetual_steady(&lane, edge, dir0, dir1, from, to - from + 1, &log0,
			 &log1);

	if (dir0 == MEMBAR_R)
		*lane.log[0] = log0;
	if (dir1 == MEMBAR_R)
		*lane.log[1] = log1;
}

static __always_inline void array(const struct membar_lane *l,
				  const enum membar_edge edge,
				  const u8 dir0, const u8 dir1,
				  u32 from, u32 to)
{
	const struct membar_lane lane = *l;
	u32 i, read[2] = { };
	size_t at;

	for (i = from; i <= to; i++) {
		at = lane.order[i] * lane.step;
		step(&lane, edge, dir0, dir1,
		     lane.var[0] + at, lane.var[1] + at,
		     lane.value[0], lane.value[1], read);
		if (dir0 == MEMBAR_R)
			lane.read[0][i] = read[0];
		if (dir1 == MEMBAR_R)
			lane.read[1][i] = read[1];
	}
}

#define LOOP(engine, dir0, dir1, id, edge)				\
	static noinline void						\
	engine##_##dir0##dir1##_##id(const struct membar_lane *lane,	\
				     u32 from, u32 to)			\
	{								\
		engine(lane, edge, MEMBAR_##dir0, MEMBAR_##dir1,	\
		       from, to);					\
	}

/* A thread with a single access has no edge; none of them reads. */
#define MEMBAR_	0
LOOP(perpetual, W, , PO, MEMBAR_EDGE_PO)
LOOP(array, W, , PO, MEMBAR_EDGE_PO)
#undef MEMBAR_

#define LOOPS(id, edge)							\
	LOOP(perpetual, W, W, id, edge)					\
	LOOP(perpetual, W, R, id, edge)					\
	LOOP(perpetual, R, W, id, edge)					\
	LOOP(perpetual, R, R, id, edge)					\
	LOOP(array, W, W, id, edge)					\
	LOOP(array, W, R, id, edge)					\
	LOOP(array, R, W, id, edge)					\
	LOOP(array, R, R, id, edge)

#define ENTRY(engine, dir0, dir1, id)					\
	.engine[MEMBAR_##dir0 - 1][MEMBAR_##dir1 - 1] =			\
		engine##_##dir0##dir1##_##id
#define ENTRIES(id, edge)						\
	[edge] = {							\
		ENTRY(perpetual, W, W, id), ENTRY(perpetual, W, R, id),	\
		ENTRY(perpetual, R, W, id), ENTRY(perpetual, R, R, id),	\
		ENTRY(array, W, W, id), ENTRY(array, W, R, id),		\
		ENTRY(array, R, W, id), ENTRY(array, R, R, id),		\
	},

/* The id of an edge is what follows MEMBAR_EDGE_ in its name. */
#define OTHER_LOOPS(ID, ...)						\
	LOOPS(ID, MEMBAR_EDGE_##ID)
#define FENCE_LOOPS(FLAVOUR, entry, ORDER, ...)				\
	LOOPS(FLAVOUR##_##ORDER, MEMBAR_EDGE_##FLAVOUR##_##ORDER)
#define OTHER_ENTRIES(ID, ...)						\
	ENTRIES(ID, MEMBAR_EDGE_##ID)
#define FENCE_ENTRIES(FLAVOUR, entry, ORDER, ...)			\
	ENTRIES(FLAVOUR##_##ORDER, MEMBAR_EDGE_##FLAVOUR##_##ORDER)

MEMBAR_FOR_EACH_OTHER_EDGE(OTHER_LOOPS)
MEMBAR_FOR_EACH_BARRIER(FENCE_LOOPS)

static const struct {
	membar_loop_fn perpetual[2][2];
	membar_loop_fn array[2][2];
} loops[MEMBAR_NR_EDGES] = {
	MEMBAR_FOR_EACH_OTHER_EDGE(OTHER_ENTRIES)
	MEMBAR_FOR_EACH_BARRIER(FENCE_ENTRIES)
};

membar_loop_fn MEMBAR_LOOPS(const struct membar_access *access,
			    enum membar_edge edge, enum membar_engine engine)
{
	const u8 dir0 = access[0].dir - 1, dir1 = access[1].dir - 1;

	if (!access[1].dir)
		return engine == MEMBAR_ENGINE_ARRAY ? array_W_PO :
						       perpetual_W_PO;
	return engine == MEMBAR_ENGINE_ARRAY ? loops[edge].array[dir0][dir1] :
					       loops[edge].perpetual[dir0][dir1];
}
