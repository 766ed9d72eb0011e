/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fallbacks for functions of the harness that a kernel version lacks; those that
 * membar.h needs are in arch/compat.h.
 */
#ifndef _MEMBAR_STRESS_COMPAT_H
#define _MEMBAR_STRESS_COMPAT_H

#include <linux/completion.h>
#include <linux/version.h>

/* Later kernels always have it, and no option of ours can select it in these. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0) && !defined(CONFIG_SRCU)
#error "the stress harness needs a kernel with CONFIG_SRCU"
#endif

/* Since 6.1.  The timeout keeps the detector of hung tasks quiet. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
static inline void wait_for_completion_state(struct completion *done, int state)
{
	while (!wait_for_completion_timeout(done, 10 * HZ))
		;
}
#endif

#endif /* _MEMBAR_STRESS_COMPAT_H */
