/* SPDX-License-Identifier: GPL-2.0 */
/* Threads that run in turn: threads.c. */
#ifndef _MEMBAR_THREADS_LINUX_KTHREAD_H
#define _MEMBAR_THREADS_LINUX_KTHREAD_H

struct task_struct;

struct task_struct *kthread_create(int (*work)(void *data), void *data,
				   const char *fmt, ...);
void kthread_bind(struct task_struct *task, unsigned int cpu);
int kthread_stop(struct task_struct *task);

#endif /* _MEMBAR_THREADS_LINUX_KTHREAD_H */
