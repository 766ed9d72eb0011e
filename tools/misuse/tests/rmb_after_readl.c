// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule rmb_after_readl. */
#include "example.h"

static u32 wrong_rmb(struct ring *ring)
{
	u32 status;

	status = readl(&ring->regs->status);
	/* The register before the descriptor. */
	rmb();
	return status & ring->desc->length;
}

static u32 wrong_flush(struct ring *ring)
{
	ioread32(&ring->regs->status);
	/* The register before the descriptor. */
	dma_rmb();
	return ring->desc->length;
}

static u32 wrong_typed(struct ring *ring)
{
	readl(&ring->regs->status);
	membar_mb(MEMBAR_READ);
	return ring->desc->length;
}

static u32 right_relaxed(struct ring *ring)
{
	readl_relaxed(&ring->regs->status);
	/* The register before the descriptor. */
	rmb();
	return ring->desc->length;
}

static u32 right_between_fields(struct ring *ring)
{
	readl(&ring->regs->status);
	if (!(ring->desc->status & cpu_to_le32(1)))
		return 0;
	/* The owner before the length. */
	dma_rmb();
	return ring->desc->length;
}
