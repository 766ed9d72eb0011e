/* SPDX-License-Identifier: GPL-2.0 */
/* What the measurement knows of the loops that it times. */
#ifndef _MEMBAR_BENCH_H
#define _MEMBAR_BENCH_H

#include <linux/cache.h>
#include <linux/types.h>

/* Slots of the ring: a power of two. */
#define BENCH_RING	256

/**
 * struct bench_ring - from one producer to one consumer
 * @head: how many items were put in
 * @tail: how many were taken out
 * @slot: the items
 */
struct bench_ring {
	unsigned long head ____cacheline_aligned;
	unsigned long tail ____cacheline_aligned;
	unsigned long slot[BENCH_RING] ____cacheline_aligned;
};

/**
 * struct bench_cell - the loops of one barrier
 * @name: its text form
 * @alone: the barrier @n times
 * @stored: @n times a store to @line and the barrier
 */
struct bench_cell {
	const char *name;
	void (*alone)(unsigned long *line, unsigned long n);
	void (*stored)(unsigned long *line, unsigned long n);
};

/**
 * struct bench_pair - the barriers of a ring
 * @name: of the producer and of the consumer, in text form
 * @produce: put @n items in
 * @consume: take them out; the sum says whether all came
 */
struct bench_pair {
	const char *name;
	void (*produce)(struct bench_ring *ring, unsigned long n);
	unsigned long (*consume)(struct bench_ring *ring, unsigned long n);
};

struct bench_call;

/**
 * struct bench_form - one way to compile the same loops
 * @name: inline, outline or native; for calls their protection
 * @cells: every barrier, the first of them a compiler barrier
 * @nr_cells: how many
 * @pairs: every ring
 * @nr_pairs: how many
 * @calls: the ways to reach a function, BENCH_NR_CALLS; NULL: none are measured
 */
struct bench_form {
	const char *name;
	const struct bench_cell *cells;
	unsigned int nr_cells;
	const struct bench_pair *pairs;
	unsigned int nr_pairs;
	const struct bench_call *calls;
};

extern const struct bench_form bench_inline, bench_outline, bench_native;

/* To be called for each turn of a loop that waits for the other thread. */
void bench_wait(unsigned int *turns);

#endif /* _MEMBAR_BENCH_H */
