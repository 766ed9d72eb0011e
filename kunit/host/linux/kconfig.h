/* SPDX-License-Identifier: GPL-2.0 */
/* For tools/stress-host kunit. */
#ifndef _MEMBAR_HOST_LINUX_KCONFIG_H
#define _MEMBAR_HOST_LINUX_KCONFIG_H

/* 1 for a macro that is 1: there its name, pasted, becomes two words. */
#define MEMBAR_HOST_WORD_1		unused, 1
#define MEMBAR_HOST_SECOND(a, b, ...)	b
#define MEMBAR_HOST_CHOOSE(...)		MEMBAR_HOST_SECOND(__VA_ARGS__, 0, 0)
#define MEMBAR_HOST_DEFINED(value)	MEMBAR_HOST_CHOOSE(MEMBAR_HOST_WORD_##value)
#define __is_defined(name)		MEMBAR_HOST_DEFINED(name)

#endif /* _MEMBAR_HOST_LINUX_KCONFIG_H */
