/* SPDX-License-Identifier: GPL-2.0 */
/* Of a completion the host needs only that somebody made it. */
#ifndef _MEMBAR_HOST_LINUX_COMPLETION_H
#define _MEMBAR_HOST_LINUX_COMPLETION_H

struct completion {
	int initialized;
};

#define init_completion(c)	((void)((c)->initialized = 1))

#endif /* _MEMBAR_HOST_LINUX_COMPLETION_H */
