// SPDX-License-Identifier: GPL-2.0
/*
 * The mailbox with inline barriers: it needs only the header.
 */
#include "mailbox_ops.h"

const struct mailbox_ops mailbox_inline = {
	.name = "in line",
	.send = mailbox_send,
	.receive = mailbox_receive,
};
