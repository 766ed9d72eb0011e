/* SPDX-License-Identifier: GPL-2.0 */
/* The test loads the module and removes it. */
#ifndef _MEMBAR_THREADS_LINUX_MODULE_H
#define _MEMBAR_THREADS_LINUX_MODULE_H

#include <assert.h>
#include <stddef.h>

#define THIS_MODULE	NULL
#define __init
#define __exit

int load_module(void);
void remove_module(void);

#define module_init(begin)						\
	int load_module(void)						\
	{								\
		return begin();						\
	}								\
	static_assert(1, "")
#define module_exit(end)						\
	void remove_module(void)					\
	{								\
		end();							\
	}								\
	static_assert(1, "")

/* A test has the others. */
#ifndef MODULE_DESCRIPTION
# define MODULE_DESCRIPTION(text)	static_assert(1, "")
# define MODULE_AUTHOR(text)		static_assert(1, "")
# define MODULE_LICENSE(text)		static_assert(1, "")
#endif
#define MODULE_VERSION(text)		static_assert(1, "")

#endif /* _MEMBAR_THREADS_LINUX_MODULE_H */
