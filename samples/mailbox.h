/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A mailbox for one message at a time, from one sender to one receiver.  The
 * same source is compiled inline and out of line, see mailbox_inline.c.
 */
#ifndef _MEMBAR_SAMPLE_MAILBOX_H
#define _MEMBAR_SAMPLE_MAILBOX_H

#include <linux/types.h>

/**
 * struct mailbox - one message and a flag that names its owner
 * @full: the message belongs to the receiver
 * @words: the message
 */
struct mailbox {
	u32 full;
	u32 words[4];
};

/**
 * struct mailbox_ops - one build of the mailbox
 * @name: the form of the barriers, inline or out of line
 * @send: fill an empty mailbox; false if it still is full
 * @receive: empty a full mailbox; false if there is nothing in it
 */
struct mailbox_ops {
	const char *name;
	bool (*send)(struct mailbox *box, const u32 *words);
	bool (*receive)(struct mailbox *box, u32 *words);
};

extern const struct mailbox_ops mailbox_inline;
extern const struct mailbox_ops mailbox_outline;

#endif /* _MEMBAR_SAMPLE_MAILBOX_H */
