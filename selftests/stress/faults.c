// SPDX-License-Identifier: GPL-2.0
/*
 * Which call fails: the parameter fail_at, at load time or later.
 *
 * Writing N makes the N-th call from then on fail, and no other.  Reading tells
 * N, how many calls there were, and the place of the one that failed.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>

#include "faults.h"

static unsigned int fail_at;
static atomic_t calls;
static const char *failed = "-";

bool membar_fault(const char *site)
{
	if (atomic_inc_return(&calls) != READ_ONCE(fail_at))
		return false;
	failed = site;
	pr_info("fault: %s\n", site);
	return true;
}

static int fail_at_set(const char *value, const struct kernel_param *param)
{
	unsigned int n;
	int err;

	err = kstrtouint(value, 10, &n);
	if (err)
		return err;
	failed = "-";
	atomic_set(&calls, 0);
	WRITE_ONCE(fail_at, n);
	return 0;
}

static int fail_at_get(char *buf, const struct kernel_param *param)
{
	return sysfs_emit(buf, "%u %u %s\n", fail_at, atomic_read(&calls),
			  failed);
}

static const struct kernel_param_ops fail_at_ops = {
	.set = fail_at_set,
	.get = fail_at_get,
};

module_param_cb(fail_at, &fail_at_ops, NULL, 0600);
MODULE_PARM_DESC(fail_at, "The call that fails, counted from now on; 0: none");
