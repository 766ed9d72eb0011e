/* SPDX-License-Identifier: GPL-2.0 */
/* For tests that play several threads. */
#ifndef _MEMBAR_THREADS_LINUX_SCHED_H
#define _MEMBAR_THREADS_LINUX_SCHED_H

#define TASK_IDLE		0x402

struct task_struct;

/* The thread that runs, or NULL for the test itself. */
extern struct task_struct *current;

void cond_resched(void);
void set_current_state(unsigned int state);
int wake_up_process(struct task_struct *task);
int task_tgid_vnr(struct task_struct *task);

#endif /* _MEMBAR_THREADS_LINUX_SCHED_H */
