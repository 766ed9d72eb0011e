/* SPDX-License-Identifier: GPL-2.0 */
/* The test says when the system suspends. */
#ifndef _MEMBAR_THREADS_LINUX_SUSPEND_H
#define _MEMBAR_THREADS_LINUX_SUSPEND_H

enum {
	PM_HIBERNATION_PREPARE = 1,
	PM_POST_HIBERNATION,
	PM_SUSPEND_PREPARE,
	PM_POST_SUSPEND,
	PM_RESTORE_PREPARE,
	PM_POST_RESTORE,
};

#define NOTIFY_DONE	0

struct notifier_block {
	int (*notifier_call)(struct notifier_block *nb, unsigned long event,
			     void *data);
};

int register_pm_notifier(struct notifier_block *nb);
int unregister_pm_notifier(struct notifier_block *nb);

#endif /* _MEMBAR_THREADS_LINUX_SUSPEND_H */
