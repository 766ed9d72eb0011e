// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule smp_for_dma. */
#include "example.h"

static void wrong_write(struct ring *ring)
{
	ring->desc->address = cpu_to_le32(ring->tail);
	/* The address before the owner. */
	smp_wmb();
	ring->desc->status = cpu_to_le32(1);
}

static u32 wrong_read(struct ring *ring)
{
	if (!(le32_to_cpu(ring->desc->status) & 1))
		return 0;
	/* The owner before the length. */
	smp_rmb();
	return le32_to_cpu(ring->desc->length);
}

static void wrong_typed(struct ring *ring)
{
	ring->desc->address = cpu_to_le32(ring->tail);
	membar_smp_mb(MEMBAR_WRITE);
	ring->desc->status = cpu_to_le32(1);
}

static void right_write(struct ring *ring)
{
	ring->desc->address = cpu_to_le32(ring->tail);
	/* The address before the owner. */
	dma_wmb();
	ring->desc->status = cpu_to_le32(1);
	/* The descriptor before the tail, which the other CPU reads. */
	smp_wmb();
	WRITE_ONCE(ring->tail, 1);
}

static u32 right_read(struct ring *ring)
{
	if (!(le32_to_cpu(ring->desc->status) & 1))
		return 0;
	membar_dma_mb(MEMBAR_READ);
	return le32_to_cpu(ring->desc->length);
}
