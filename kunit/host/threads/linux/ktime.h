/* SPDX-License-Identifier: GPL-2.0 */
/* The clock of the test. */
#ifndef _MEMBAR_THREADS_LINUX_KTIME_H
#define _MEMBAR_THREADS_LINUX_KTIME_H

#define NSEC_PER_USEC		1000L
#define NSEC_PER_MSEC		1000000L
#define MSEC_PER_SEC		1000L

unsigned long long ktime_get_ns(void);

#endif /* _MEMBAR_THREADS_LINUX_KTIME_H */
