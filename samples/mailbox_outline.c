// SPDX-License-Identifier: GPL-2.0
/*
 * The same mailbox with the barriers as calls into membar.ko.
 */
#define MEMBAR_OUTLINE
#include "mailbox_ops.h"

const struct mailbox_ops mailbox_outline = {
	.name = "out of line",
	.send = mailbox_send,
	.receive = mailbox_receive,
};
