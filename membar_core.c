// SPDX-License-Identifier: GPL-2.0
/*
 * The barriers and atomic operations of membar.h out of line, for callers that
 * cannot inline them: other languages, interpreters, and code that wants one
 * symbol to patch or to trace.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

#define MEMBAR_EXPORTS
#include "membar.h"

#define MEMBAR_VERSION	"1.0"

#define MEMBAR_EXPORT_BARRIER(flavour, entry, ORDER, order, primitive, ...) \
	void membar_##entry##_##order(void)				\
	{								\
		primitive();						\
	}								\
	EXPORT_SYMBOL_GPL(membar_##entry##_##order);

/* The parentheses keep the macro of the same name out of the way. */
#define MEMBAR_EXPORT_PLAIN_BARRIER(name, primitive)			\
	void (membar_##name)(void)					\
	{								\
		primitive();						\
	}								\
	EXPORT_SYMBOL_GPL(membar_##name);

MEMBAR_FOR_EACH_BARRIER(MEMBAR_EXPORT_BARRIER)
MEMBAR_FOR_EACH_PMEM_BARRIER(MEMBAR_EXPORT_BARRIER)
MEMBAR_FOR_EACH_PLAIN_BARRIER(MEMBAR_EXPORT_PLAIN_BARRIER)

#undef MEMBAR_EXPORT_BARRIER
#undef MEMBAR_EXPORT_PLAIN_BARRIER

/* What a prototype of the header does, by its form. */
#define MEMBAR_BODY_load(op, o)		return membar_##op(p, o)
#define MEMBAR_BODY_void(op, o)		membar_##op(p, o)
#define MEMBAR_BODY_void_v(op, o)	membar_##op(p, v, o)
#define MEMBAR_BODY_value(op, o)	return membar_##op(p, o)
#define MEMBAR_BODY_value_v(op, o)	return membar_##op(p, v, o)
#define MEMBAR_BODY_value_au(op, o)	return membar_##op(p, a, u, o)
#define MEMBAR_BODY_bool(op, o)		return membar_##op(p, o)
#define MEMBAR_BODY_bool_v(op, o)	return membar_##op(p, v, o)
#define MEMBAR_BODY_bool_au(op, o)	return membar_##op(p, a, u, o)
#define MEMBAR_BODY_result(op, o)	return membar_##op(p, o)
#define MEMBAR_BODY_cmpxchg(op, o)	return membar_##op##_val(p, old, new, o)
#define MEMBAR_BODY_try_cmpxchg(op, o)	return membar_##op(p, old, new, o)

/* What needs a narrow cmpxchg() is there where the kernel has one. */
#ifdef MEMBAR_NO_NARROW_CMPXCHG
# define MEMBAR_IF_u8_narrow(...)
# define MEMBAR_IF_u16_narrow(...)
#else
# define MEMBAR_IF_u8_narrow(...)	__VA_ARGS__
# define MEMBAR_IF_u16_narrow(...)	__VA_ARGS__
#endif
#define MEMBAR_IF_u32_narrow(...)	__VA_ARGS__
#define MEMBAR_IF_u64_narrow(...)	__VA_ARGS__
#define MEMBAR_IF_u8_any(...)		__VA_ARGS__
#define MEMBAR_IF_u16_any(...)		__VA_ARGS__
#define MEMBAR_IF_u32_any(...)		__VA_ARGS__
#define MEMBAR_IF_u64_any(...)		__VA_ARGS__

#define MEMBAR_EXPORT_ATOMIC(w, result, op, ORDER, order, kernel, form, narrow) \
	MEMBAR_IF_##w##_##narrow(					\
		__MEMBAR_PROTO_##form(w, result, membar_##w##_##op##_##order) \
		{							\
			MEMBAR_BODY_##form(op, MEMBAR_##ORDER);		\
		}							\
		EXPORT_SYMBOL_GPL(membar_##w##_##op##_##order);		\
	)

MEMBAR_FOR_EACH_ATOMIC(MEMBAR_EXPORT_ATOMIC)

#define MEMBAR_BODY_BIT_test(op, o)	return membar_##op(addr, nr, o)
#define MEMBAR_BODY_BIT_void(op, o)	membar_##op(addr, nr, o)
#define MEMBAR_BODY_BIT_bool(op, o)	return membar_##op(addr, nr, o)

#define MEMBAR_EXPORT_BITOP(op, ORDER, order, kernel, form)		\
	__MEMBAR_PROTO_BIT_##form(membar_##op##_##order)		\
	{								\
		MEMBAR_BODY_BIT_##form(op, MEMBAR_##ORDER);		\
	}								\
	EXPORT_SYMBOL_GPL(membar_##op##_##order);

MEMBAR_FOR_EACH_BITOP(MEMBAR_EXPORT_BITOP)

#define MEMBAR_EXPORT_STORE_MB(w, result)				\
	void membar_##w##_store_mb(w *p, w v)				\
	{								\
		membar_store_mb(p, v);					\
	}								\
	EXPORT_SYMBOL_GPL(membar_##w##_store_mb);

MEMBAR_FOR_EACH_NATIVE_WIDTH(MEMBAR_EXPORT_STORE_MB)

#define MEMBAR_CELL(flavour, order)	((flavour) * MEMBAR_NR_ORDERS + (order))

int membar_barrier(enum membar_flavour flavour, enum membar_order order)
{
	/* An enum holds any int: a negative one is a huge unsigned one. */
	if ((unsigned int)flavour >= MEMBAR_NR_FLAVOURS ||
	    (unsigned int)order >= MEMBAR_NR_ORDERS)
		return -EINVAL;

	switch (MEMBAR_CELL((unsigned int)flavour, (unsigned int)order)) {
#define MEMBAR_RUN_BARRIER(FLAVOUR, entry, ORDER, order, primitive, ...) \
	case MEMBAR_CELL(MEMBAR_FLAVOUR_##FLAVOUR, MEMBAR_ORDER_##ORDER): \
		primitive();						\
		return 0;
	MEMBAR_FOR_EACH_BARRIER(MEMBAR_RUN_BARRIER)
#undef MEMBAR_RUN_BARRIER
	}

	return -EINVAL;
}
EXPORT_SYMBOL_GPL(membar_barrier);

static int __init membar_init(void)
{
#define MEMBAR_COUNT_ATOMIC(w, result, op, ORDER, order, kernel, form, narrow) \
	MEMBAR_IF_##w##_##narrow(+ 1)
	pr_info("version " MEMBAR_VERSION ", %d barriers, %d atomics, acquire and release fences %s\n",
		0 MEMBAR_FOR_EACH_BARRIER(__MEMBAR_COUNT),
		0 MEMBAR_FOR_EACH_ATOMIC(MEMBAR_COUNT_ATOMIC)
		  MEMBAR_FOR_EACH_BITOP(__MEMBAR_COUNT)
		  MEMBAR_FOR_EACH_NATIVE_WIDTH(__MEMBAR_COUNT),
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
