// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule smp_before_mmio, with a mapping that combines writes. */
#include "example.h"

static void right_combined(struct ring *ring, unsigned long where)
{
	struct device_regs *regs = ioremap_wc(where, sizeof(*regs));

	ring->desc->status = 1;
	/* The descriptor before the doorbell. */
	smp_mb();
	writel(ring->tail, &regs->doorbell);
}
