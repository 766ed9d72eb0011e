// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule mb_between_cpus: a file about a device. */
#include "example.h"

static void right_doorbell(struct ring *ring)
{
	ring->desc->status = cpu_to_le32(1);
	/* The descriptor before the doorbell. */
	mb();
	writel_relaxed(ring->tail, &ring->regs->doorbell);
}
