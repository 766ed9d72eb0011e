/* SPDX-License-Identifier: GPL-2.0 */
/* Who waits lets the other threads run: threads.c. */
#ifndef _MEMBAR_THREADS_LINUX_COMPLETION_H
#define _MEMBAR_THREADS_LINUX_COMPLETION_H

struct completion {
	unsigned int done;
};

#define DECLARE_COMPLETION(name)	struct completion name

void complete(struct completion *x);
void complete_all(struct completion *x);
void reinit_completion(struct completion *x);
void wait_for_completion_state(struct completion *x, unsigned int state);
/* Returns an error if the test says that a signal came. */
int wait_for_completion_interruptible(struct completion *x);

#endif /* _MEMBAR_THREADS_LINUX_COMPLETION_H */
