/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sending and receiving, for the two files that compile them.
 */
#include <linux/kernel.h>

#include "mailbox.h"
#include "membar.h"

static bool mailbox_send(struct mailbox *box, const u32 *words)
{
	int i;

	if (membar_load(&box->full, MEMBAR_RELAXED))
		return false;

	/*
	 * See the mailbox empty before overwriting the old message.  Pairs
	 * with the release fence in mailbox_receive().
	 */
	membar_smp_mb(MEMBAR_ACQUIRE);
	for (i = 0; i < ARRAY_SIZE(box->words); i++)
		membar_store(&box->words[i], words[i], MEMBAR_RELAXED);

	/*
	 * Store the message before the flag.  Pairs with the acquire fence in
	 * mailbox_receive().
	 */
	membar_smp_mb(MEMBAR_RELEASE);
	membar_store(&box->full, 1, MEMBAR_RELAXED);
	return true;
}

static bool mailbox_receive(struct mailbox *box, u32 *words)
{
	int i;

	if (!membar_load(&box->full, MEMBAR_RELAXED))
		return false;

	/*
	 * Load the flag before the message.  Pairs with the release fence in
	 * mailbox_send().
	 */
	membar_smp_mb(MEMBAR_ACQUIRE);
	for (i = 0; i < ARRAY_SIZE(box->words); i++)
		words[i] = membar_load(&box->words[i], MEMBAR_RELAXED);

	/*
	 * Finish reading the message before marking the mailbox empty.  Pairs
	 * with the acquire fence in mailbox_send().
	 */
	membar_smp_mb(MEMBAR_RELEASE);
	membar_store(&box->full, 0, MEMBAR_RELAXED);
	return true;
}
