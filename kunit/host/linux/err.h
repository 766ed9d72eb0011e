/* SPDX-License-Identifier: GPL-2.0 */
/* For tools/stress-host kunit. */
#ifndef _MEMBAR_HOST_LINUX_ERR_H
#define _MEMBAR_HOST_LINUX_ERR_H

#include <errno.h>
#include <stdbool.h>

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline bool IS_ERR(const void *p)
{
	return (unsigned long)p >= -4095UL;
}

#endif /* _MEMBAR_HOST_LINUX_ERR_H */
