/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A circular buffer with one producer and one consumer, as in the kernel's
 * Documentation/core-api/circular-buffers.rst.
 * Litmus tests: sample-circular-buffer, sample-circular-buffer-broken (shape
 * LB: the consumer returns a slot to the producer).
 */
#ifndef _MEMBAR_SAMPLE_CIRCULAR_BUFFER_H
#define _MEMBAR_SAMPLE_CIRCULAR_BUFFER_H

#include "membar.h"

#define CIRCULAR_SLOTS	4

/**
 * struct circular_buffer - items between producer and consumer
 * @head: number of items that were put in; written by the producer
 * @tail: number of items that were taken out; written by the consumer
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
	 * See the slot free before filling it.  Pairs with the release in
	 * circular_get().
	 */
	membar_smp_mb(MEMBAR_ACQUIRE);
	WRITE_ONCE(b->slot[head % CIRCULAR_SLOTS], item);

	/*
	 * Store the item before the index.  Pairs with the acquire in
	 * circular_get().
	 */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(b->head, head + 1);
	return true;
}

/*
 * Broken: the write barrier does not order the load of the item, so the producer
 * may overwrite the item before it was read.
 */
static inline bool circular_get_broken(struct circular_buffer *b, u32 *item)
{
	u32 tail = b->tail;

	if (READ_ONCE(b->head) == tail)
		return false;

	/* Pairs with the release in circular_put(). */
	membar_smp_mb(MEMBAR_ACQUIRE);
	*item = READ_ONCE(b->slot[tail % CIRCULAR_SLOTS]);

	/* Pairs with nothing: the barrier here has to order a load. */
	membar_smp_mb(MEMBAR_WRITE);
	WRITE_ONCE(b->tail, tail + 1);
	return true;
}

static inline bool circular_get(struct circular_buffer *b, u32 *item)
{
	u32 tail = b->tail;

	if (READ_ONCE(b->head) == tail)
		return false;

	/*
	 * Load the index before the item.  Pairs with the release in
	 * circular_put().
	 */
	membar_smp_mb(MEMBAR_ACQUIRE);
	*item = READ_ONCE(b->slot[tail % CIRCULAR_SLOTS]);

	/*
	 * Finish reading the item before returning its slot.  Pairs with the
	 * acquire in circular_put().
	 */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(b->tail, tail + 1);
	return true;
}

#endif /* _MEMBAR_SAMPLE_CIRCULAR_BUFFER_H */
