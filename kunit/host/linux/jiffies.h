/* SPDX-License-Identifier: GPL-2.0 */
/* A clock that a test sets. */
#ifndef _MEMBAR_HOST_LINUX_JIFFIES_H
#define _MEMBAR_HOST_LINUX_JIFFIES_H

#define HZ			2

extern unsigned long jiffies;

#define time_after(a, b)	((long)((b) - (a)) < 0)

#endif /* _MEMBAR_HOST_LINUX_JIFFIES_H */
