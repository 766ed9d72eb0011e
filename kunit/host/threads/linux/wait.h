/* SPDX-License-Identifier: GPL-2.0 */
/* The test plays those who sleep, and those who wake them. */
#ifndef _MEMBAR_THREADS_LINUX_WAIT_H
#define _MEMBAR_THREADS_LINUX_WAIT_H

#include <stdbool.h>

typedef struct {
	unsigned int sleepers;
} wait_queue_head_t;

/* Whether there are any; the test compares when that is asked. */
bool waitqueue_active(wait_queue_head_t *q);
void wake_up_all(wait_queue_head_t *q);
/* From now on somebody may wake this one. */
void prepare_to_wait(wait_queue_head_t *q);
/* Returns when somebody has called wake_up_all() since. */
void sleep_on(wait_queue_head_t *q);
void finish_wait(wait_queue_head_t *q);

#define wait_event_idle(q, condition)					\
do {									\
	prepare_to_wait(&(q));						\
	while (!(condition)) {						\
		sleep_on(&(q));						\
		prepare_to_wait(&(q));					\
	}								\
	finish_wait(&(q));						\
} while (0)

#endif /* _MEMBAR_THREADS_LINUX_WAIT_H */
