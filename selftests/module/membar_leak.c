// SPDX-License-Identifier: GPL-2.0
/*
 * Loses one small object each time it is loaded: the control of the test that
 * membar.ko loses none.
 */
#include <linux/module.h>
#include <linux/slab.h>

static void *lost;

static int __init leak_init(void)
{
	lost = kmalloc(128, GFP_KERNEL);
	if (!lost)
		return -ENOMEM;

	/* Nothing points to it any longer, not even this module. */
	lost = NULL;
	return 0;
}

static void __exit leak_exit(void)
{
}

module_init(leak_init);
module_exit(leak_exit);

MODULE_DESCRIPTION("Leaks memory, for a test that must see it");
MODULE_LICENSE("GPL");
