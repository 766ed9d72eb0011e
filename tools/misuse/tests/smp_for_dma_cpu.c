// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule smp_for_dma, in a file that has nothing of a device. */
#include "example.h"

static void right_guest(struct desc *log)
{
	log->address = cpu_to_le32(1);
	/* Pairs with the barrier of the guest, which reads the status. */
	smp_wmb();
	log->status = cpu_to_le32(2);
}
