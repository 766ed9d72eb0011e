// SPDX-License-Identifier: GPL-2.0
/*
 * The barriers of membar.h out of line, for callers that cannot inline them:
 * other languages, interpreters, and code that wants one symbol to patch or
 * to trace.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

#include "membar.h"

#define MEMBAR_VERSION	"1.0"

#define MEMBAR_EXPORT_BARRIER(flavour, entry, ORDER, order, ...)	\
	void membar_##entry##_##order(void)				\
	{								\
		__membar_inline_##entry##_##order();			\
	}								\
	EXPORT_SYMBOL_GPL(membar_##entry##_##order);

/* The parentheses keep the macro of the same name out of the way. */
#define MEMBAR_EXPORT_PLAIN_BARRIER(name, primitive)			\
	void (membar_##name)(void)					\
	{								\
		__membar_inline_##name();				\
	}								\
	EXPORT_SYMBOL_GPL(membar_##name);

MEMBAR_FOR_EACH_BARRIER(MEMBAR_EXPORT_BARRIER)
MEMBAR_FOR_EACH_PMEM_BARRIER(MEMBAR_EXPORT_BARRIER)
MEMBAR_FOR_EACH_PLAIN_BARRIER(MEMBAR_EXPORT_PLAIN_BARRIER)

#undef MEMBAR_EXPORT_BARRIER
#undef MEMBAR_EXPORT_PLAIN_BARRIER

#define MEMBAR_CELL(flavour, order)	((flavour) * MEMBAR_NR_ORDERS + (order))

int membar_barrier(enum membar_flavour flavour, enum membar_order order)
{
	/* An enum holds any int: a negative one is a huge unsigned one. */
	if ((unsigned int)flavour >= MEMBAR_NR_FLAVOURS ||
	    (unsigned int)order >= MEMBAR_NR_ORDERS)
		return -EINVAL;

	switch (MEMBAR_CELL((unsigned int)flavour, (unsigned int)order)) {
#define MEMBAR_RUN_BARRIER(FLAVOUR, entry, ORDER, order, ...)		\
	case MEMBAR_CELL(MEMBAR_FLAVOUR_##FLAVOUR, MEMBAR_ORDER_##ORDER): \
		__membar_inline_##entry##_##order();			\
		return 0;
	MEMBAR_FOR_EACH_BARRIER(MEMBAR_RUN_BARRIER)
#undef MEMBAR_RUN_BARRIER
	}

	return -EINVAL;
}
EXPORT_SYMBOL_GPL(membar_barrier);

static int __init membar_init(void)
{
	pr_info("version " MEMBAR_VERSION ", %d barriers, acquire and release fences %s\n",
		0 MEMBAR_FOR_EACH_BARRIER(__MEMBAR_COUNT),
		IS_ENABLED(__MEMBAR_NATIVE) ? "native" : "full");
	return 0;
}

static void __exit membar_exit(void)
{
}

module_init(membar_init);
module_exit(membar_exit);

MODULE_DESCRIPTION("Memory barriers with typed orderings, out of line");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
MODULE_VERSION(MEMBAR_VERSION);
