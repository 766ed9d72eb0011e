// SPDX-License-Identifier: GPL-2.0
/* A module that needs the installed header and nothing else of membar. */
#include <linux/module.h>
#include <membar.h>

static int __init consumer_init(void)
{
	membar_smp_mb(MEMBAR_ACQUIRE);
	return 0;
}
module_init(consumer_init);
MODULE_DESCRIPTION("Uses the installed header");
MODULE_LICENSE("GPL");
