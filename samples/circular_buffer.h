/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A circular buffer of one producer and one consumer, as in the kernel's
 * Documentation/core-api/circular-buffers.rst.
 * Litmus tests: sample-circular-buffer, sample-circular-buffer-broken (shape
 * LB: how a slot comes back to the producer).
 */
#ifndef _MEMBAR_SAMPLE_CIRCULAR_BUFFER_H
#define _MEMBAR_SAMPLE_CIRCULAR_BUFFER_H

#include "membar.h"

#define CIRCULAR_SLOTS	4

/**
 * struct circular_buffer - items on their way
 * @head: how many were put in; written by the producer
 * @tail: how many were taken out; written by the consumer
 * @slot: the items
 */
struct circular_buffer {
	u32 head;
	u32 tail;
	u32 slot[CIRCULAR_SLOTS];
};

static inline bool circular_put(struct circular_buffer *b, u32 item)
{
	u32 head = b->head;

	if (head - READ_ONCE(b->tail) == CIRCULAR_SLOTS)
		return false;

	/*
	 * The slot was seen free before it is filled.  Pairs with the release
	 * in circular_get().
	 */
	membar_smp_mb(MEMBAR_ACQUIRE);
	WRITE_ONCE(b->slot[head % CIRCULAR_SLOTS], item);

	/* Item before index; pairs with the acquire in circular_get(). */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(b->head, head + 1);
	return true;
}

/*
 * Broken: the write barrier does not wait for the load of the item, which the
 * producer may overwrite while it is being read.
 */
static inline bool circular_get_broken(struct circular_buffer *b, u32 *item)
{
	u32 tail = b->tail;

	if (READ_ONCE(b->head) == tail)
		return false;

	/* Pairs with the release in circular_put(). */
	membar_smp_mb(MEMBAR_ACQUIRE);
	*item = READ_ONCE(b->slot[tail % CIRCULAR_SLOTS]);

	/* Pairs with nothing: it has to order a load. */
	membar_smp_mb(MEMBAR_WRITE);
	WRITE_ONCE(b->tail, tail + 1);
	return true;
}

static inline bool circular_get(struct circular_buffer *b, u32 *item)
{
	u32 tail = b->tail;

	if (READ_ONCE(b->head) == tail)
		return false;

	/* Index before item; pairs with the release in circular_put(). */
	membar_smp_mb(MEMBAR_ACQUIRE);
	*item = READ_ONCE(b->slot[tail % CIRCULAR_SLOTS]);

	/*
	 * The item was read before its slot is given back.  Pairs with the
	 * acquire in circular_put().
	 */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(b->tail, tail + 1);
	return true;
}

#endif /* _MEMBAR_SAMPLE_CIRCULAR_BUFFER_H */
