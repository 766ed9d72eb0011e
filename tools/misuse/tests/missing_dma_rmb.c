// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule missing_dma_rmb. */
#include "example.h"

#define DESC_OWN	0x80000000

static u32 wrong_return(struct desc *desc)
{
	if (le32_to_cpu(desc->status) & DESC_OWN)
		return 0;
	return le32_to_cpu(desc->length);
}

static u32 wrong_loop(struct desc *desc)
{
	u32 sum = 0;

	for (;;) {
		if (le32_to_cpu(READ_ONCE(desc->status)) & DESC_OWN)
			break;
		sum += 4;
		sum += le32_to_cpu(desc->length);
		desc++;
	}
	return sum;
}

static u32 right_barrier(struct desc *desc)
{
	if (le32_to_cpu(desc->status) & DESC_OWN)
		return 0;
	/* The owner before the length. */
	dma_rmb();
	return le32_to_cpu(desc->length);
}

static u32 right_same_field(struct desc *desc)
{
	if (le32_to_cpu(desc->status) & DESC_OWN)
		return 0;
	return le32_to_cpu(desc->status);
}

static u32 right_other_descriptor(struct desc *desc, struct desc *other)
{
	if (le32_to_cpu(desc->status) & DESC_OWN)
		return 0;
	return le32_to_cpu(other->length);
}
