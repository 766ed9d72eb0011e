// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule wmb_before_writel. */
#include "example.h"

static void wrong_wmb(struct ring *ring)
{
	ring->desc->status = cpu_to_le32(1);
	/* The descriptor before the doorbell. */
	wmb();
	writel(ring->tail, &ring->regs->doorbell);
}

static void wrong_dma_wmb(struct ring *ring)
{
	ring->desc->status = cpu_to_le32(1);
	/* The descriptor before the doorbell. */
	dma_wmb();
	iowrite32(ring->tail, &ring->regs->doorbell);
}

static void wrong_typed(struct ring *ring)
{
	ring->desc->status = cpu_to_le32(1);
	membar_mb(MEMBAR_WRITE);
	writel(ring->tail, &ring->regs->doorbell);
}

static void right_relaxed(struct ring *ring)
{
	ring->desc->status = cpu_to_le32(1);
	/* The descriptor before the doorbell. */
	wmb();
	writel_relaxed(ring->tail, &ring->regs->doorbell);
}

static void right_between_fields(struct ring *ring)
{
	ring->desc->address = cpu_to_le32(1);
	/* The address before the owner. */
	dma_wmb();
	ring->desc->status = cpu_to_le32(1);
	writel(ring->tail, &ring->regs->doorbell);
}

static void right_reads_too(struct ring *ring)
{
	ring->tail = READ_ONCE(ring->desc->status);
	/* The read before the doorbell, which writel() does not promise. */
	mb();
	writel(ring->tail, &ring->regs->doorbell);
}
