/* SPDX-License-Identifier: GPL-2.0 */
/* Of a queue the host needs only that somebody made it. */
#ifndef _MEMBAR_HOST_LINUX_WAIT_H
#define _MEMBAR_HOST_LINUX_WAIT_H

typedef struct {
	int initialized;
} wait_queue_head_t;

#define init_waitqueue_head(q)	((void)((q)->initialized = 1))

#endif /* _MEMBAR_HOST_LINUX_WAIT_H */
