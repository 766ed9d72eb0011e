/* SPDX-License-Identifier: GPL-2.0 */
/* As the kernel has it everywhere. */
#include_next <linux/types.h>

#ifndef _MEMBAR_THREADS_LINUX_TYPES_H
#define _MEMBAR_THREADS_LINUX_TYPES_H

typedef int s32;

/* Before each marked read the test may play another thread. */
#undef READ_ONCE
#define READ_ONCE(x)							\
({									\
	before_read((const void *)&(x));				\
	*(const volatile typeof(x) *)&(x);				\
})
#undef WRITE_ONCE
#define WRITE_ONCE(x, v)	(*(volatile typeof(x) *)&(x) = (v))

void before_read(const void *p);

/* The test has what is printed, and its level. */
#define KBUILD_MODNAME		"membar_stress"
#define pr_debug(fmt, ...)	print_text("debug " pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info(fmt, ...)	print_text("info " pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn(fmt, ...)	print_text("warn " pr_fmt(fmt), ##__VA_ARGS__)

void print_text(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif /* _MEMBAR_THREADS_LINUX_TYPES_H */
