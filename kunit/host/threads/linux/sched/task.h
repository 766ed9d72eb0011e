/* SPDX-License-Identifier: GPL-2.0 */
/* References to threads are counted: threads.c. */
#ifndef _MEMBAR_THREADS_LINUX_SCHED_TASK_H
#define _MEMBAR_THREADS_LINUX_SCHED_TASK_H

struct task_struct;

struct task_struct *get_task_struct(struct task_struct *task);
void put_task_struct(struct task_struct *task);

#endif /* _MEMBAR_THREADS_LINUX_SCHED_TASK_H */
