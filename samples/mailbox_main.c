// SPDX-License-Identifier: GPL-2.0
/*
 * Sends numbered messages from one thread to another through both builds of
 * the mailbox and counts those that arrive damaged or out of order.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/version.h>

#include "mailbox.h"

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 17, 0)
# define kthread_complete_and_exit	complete_and_exit
#endif

static unsigned int messages = 10000;
module_param(messages, uint, 0444);
MODULE_PARM_DESC(messages, "number of messages to send through each mailbox");

/**
 * struct mailbox_run - one sender
 * @ops: the build under test
 * @box: the mailbox
 * @done: the sender has returned
 */
struct mailbox_run {
	const struct mailbox_ops *ops;
	struct mailbox box;
	struct completion done;
};

static int mailbox_sender(void *data)
{
	struct mailbox_run *run = data;
	unsigned int i;

	for (i = 0; i < messages; i++) {
		const u32 words[] = { i, ~i, i, ~i };

		while (!run->ops->send(&run->box, words))
			cond_resched();
	}

	kthread_complete_and_exit(&run->done, 0);
}

static bool mailbox_intact(const u32 *words, u32 i)
{
	return words[0] == i && words[1] == ~i &&
	       words[2] == i && words[3] == ~i;
}

static int mailbox_test(const struct mailbox_ops *ops)
{
	struct mailbox_run run = { .ops = ops };
	struct task_struct *sender;
	unsigned int i, bad = 0;
	u32 words[4];

	init_completion(&run.done);
	sender = kthread_run(mailbox_sender, &run, "mailbox_sender");
	if (IS_ERR(sender))
		return PTR_ERR(sender);

	for (i = 0; i < messages; i++) {
		while (!ops->receive(&run.box, words))
			cond_resched();
		bad += !mailbox_intact(words, i);
	}

	wait_for_completion(&run.done);
	pr_info("%s: %u messages, %u bad\n", ops->name, messages, bad);
	return bad ? -EILSEQ : 0;
}

static int __init mailbox_init(void)
{
	int ret;

	ret = mailbox_test(&mailbox_inline);
	if (ret)
		return ret;

	return mailbox_test(&mailbox_outline);
}

static void __exit mailbox_exit(void)
{
}

module_init(mailbox_init);
module_exit(mailbox_exit);

MODULE_DESCRIPTION("Sample consumer of membar: a mailbox between two threads");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
