// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule smp_before_mmio. */
#include "example.h"

static void wrong_relaxed(struct ring *ring)
{
	ring->desc->status = cpu_to_le32(1);
	/* The descriptor before the doorbell. */
	smp_wmb();
	writel_relaxed(ring->tail, &ring->regs->doorbell);
}

static void wrong_ordered(struct ring *ring)
{
	ring->desc->status = cpu_to_le32(1);
	/* The descriptor before the doorbell. */
	smp_mb();
	writel(ring->tail, &ring->regs->doorbell);
}

static void wrong_typed(struct ring *ring)
{
	ring->desc->status = cpu_to_le32(1);
	membar_smp_mb(MEMBAR_WRITE);
	__raw_writel(ring->tail, &ring->regs->doorbell);
}

static void right_wmb(struct ring *ring)
{
	ring->desc->status = cpu_to_le32(1);
	/* The descriptor before the doorbell. */
	wmb();
	writel_relaxed(ring->tail, &ring->regs->doorbell);
}

static void right_other_cpu(struct ring *ring)
{
	writel(ring->tail, &ring->regs->doorbell);
	/* The queue is stopped before the look at the tail. */
	smp_mb();
	if (READ_ONCE(ring->tail))
		WRITE_ONCE(ring->stopped, false);
}
