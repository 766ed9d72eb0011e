/* SPDX-License-Identifier: GPL-2.0 */
/* Notes until when a thread sleeps. */
#ifndef _MEMBAR_THREADS_LINUX_HRTIMER_H
#define _MEMBAR_THREADS_LINUX_HRTIMER_H

enum hrtimer_mode {
	HRTIMER_MODE_ABS,
	HRTIMER_MODE_REL,
};

typedef long long ktime_t;

#define ns_to_ktime(ns)		((ktime_t)(ns))

int schedule_hrtimeout(ktime_t *at, enum hrtimer_mode mode);

#endif /* _MEMBAR_THREADS_LINUX_HRTIMER_H */
