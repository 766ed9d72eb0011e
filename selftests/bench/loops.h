/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The loops, for one form: included once by each of inline.c, outline.c and
 * native.c, which define BENCH_FORM.
 */
#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/stringify.h>

#include "membar.h"

#include "bench.h"

#define BENCH_LOOPS(name, barrier)					\
	static noinline void						\
	alone_##name(unsigned long *line, unsigned long n)		\
	{								\
		while (n--)						\
			barrier;					\
	}								\
									\
	static noinline void						\
	stored_##name(unsigned long *line, unsigned long n)		\
	{								\
		while (n--) {						\
			WRITE_ONCE(*line, n);				\
			barrier;					\
		}							\
	}

#define BENCH_CELL(flavour, entry, ORDER, order, ...)			\
	BENCH_LOOPS(entry##_##order, membar_##entry(MEMBAR_##ORDER))

/* No instruction: in line nothing, out of line a call and its return. */
BENCH_LOOPS(compiler_mb, membar_compiler_mb())
MEMBAR_FOR_EACH_BARRIER(BENCH_CELL)

#undef BENCH_CELL
#define BENCH_CELL(flavour, entry, ORDER, order, ...)			\
	{								\
		.name = #entry ":" #order,				\
		.alone = alone_##entry##_##order,			\
		.stored = stored_##entry##_##order,			\
	},

static const struct bench_cell cells[] = {
	{ "compiler_mb", alone_compiler_mb, stored_compiler_mb },
	MEMBAR_FOR_EACH_BARRIER(BENCH_CELL)
};

#undef BENCH_CELL
#undef BENCH_LOOPS

/*
 * The ring.  @publish stands before an item is handed over and @receive after
 * it is seen; @give before a slot is handed back, with the read of its item
 * before it, which MEMBAR_WRITE does not order.  The producer needs nothing
 * after it sees a free slot: it stores there only if the loaded tail says so.
 */
#define BENCH_RING_LOOPS(entry, name, publish, receive, give)		\
	static noinline void						\
	produce_##entry##_##name(struct bench_ring *ring, unsigned long n) \
	{								\
		unsigned int turns = 0;					\
		unsigned long i;					\
									\
		for (i = 0; i < n; i++) {				\
			/* Control dependency; pairs with @give. */	\
			while (i - READ_ONCE(ring->tail) >= BENCH_RING)	\
				bench_wait(&turns);			\
			WRITE_ONCE(ring->slot[i % BENCH_RING], i);	\
			/* The item before head; pairs with @receive. */ \
			membar_##entry(MEMBAR_##publish);		\
			WRITE_ONCE(ring->head, i + 1);			\
		}							\
	}								\
									\
	static noinline unsigned long					\
	consume_##entry##_##name(struct bench_ring *ring, unsigned long n) \
	{								\
		unsigned long i, sum = 0;				\
		unsigned int turns = 0;					\
									\
		for (i = 0; i < n; i++) {				\
			while (READ_ONCE(ring->head) == i)		\
				bench_wait(&turns);			\
			/* Head before the item; pairs with @publish. */ \
			membar_##entry(MEMBAR_##receive);		\
			sum += READ_ONCE(ring->slot[i % BENCH_RING]);	\
			/* The item before tail; pairs with the control dependency. */ \
			membar_##entry(MEMBAR_##give);			\
			WRITE_ONCE(ring->tail, i + 1);			\
		}							\
		return sum;						\
	}

#define BENCH_RINGS(entry)						\
	BENCH_RING_LOOPS(entry, full, FULL, FULL, FULL)			\
	BENCH_RING_LOOPS(entry, write_read, WRITE, READ, FULL)		\
	BENCH_RING_LOOPS(entry, release_acquire, RELEASE, ACQUIRE, RELEASE)

#define BENCH_PAIRS(entry)						\
	{ #entry ":full", produce_##entry##_full, consume_##entry##_full }, \
	{								\
		#entry ":write+" #entry ":read",			\
		produce_##entry##_write_read,				\
		consume_##entry##_write_read,				\
	},								\
	{								\
		#entry ":release+" #entry ":acquire",			\
		produce_##entry##_release_acquire,			\
		consume_##entry##_release_acquire,			\
	},

BENCH_RINGS(mb)
BENCH_RINGS(smp_mb)
BENCH_RINGS(dma_mb)
BENCH_RINGS(virt_mb)

static const struct bench_pair pairs[] = {
	BENCH_PAIRS(mb)
	BENCH_PAIRS(smp_mb)
	BENCH_PAIRS(dma_mb)
	BENCH_PAIRS(virt_mb)
};

const struct bench_form BENCH_FORM = {
	.name = BENCH_NAME,
	.cells = cells,
	.nr_cells = ARRAY_SIZE(cells),
	.pairs = pairs,
	.nr_pairs = ARRAY_SIZE(pairs),
};
