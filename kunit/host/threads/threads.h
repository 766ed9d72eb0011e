/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Kthreads for tests on the host.  One runs at a time, until it lets others run or
 * waits for them; which one is next is random, but the same for the same seed.
 */
#ifndef _MEMBAR_HOST_THREADS_H
#define _MEMBAR_HOST_THREADS_H

#include <kunit/test.h>
#include <stdbool.h>
#include <ucontext.h>

#define THREADS_MAX		32

/**
 * struct task_struct - a thread
 * @name: of it
 * @cpu: that it is bound to, or -1
 * @refs: references to it but its own
 * @woken: it may run
 * @ended: its function has returned, or will never run
 * @returned: by its function
 * @work: its function
 * @data: for its function
 * @context: where it goes on
 * @stack: its memory
 */
struct task_struct {
	char name[32];
	int cpu;
	unsigned int refs;
	bool woken;
	bool ended;
	int returned;
	int (*work)(void *data);
	void *data;
	ucontext_t context;
	void *stack;
};

extern struct task_struct threads[THREADS_MAX];
extern unsigned int nr_threads;
/* Which of the next calls of kthread_create() fails; none if it is 0. */
extern unsigned int failing_kthread;
/* A signal comes while somebody waits, after the others have run so often. */
extern unsigned int signal_after;
/* Called when somebody waits in vain no longer, before that one goes on. */
extern void (*before_waking)(void);
/* How many have cpus_read_lock(). */
extern unsigned int cpus_readers;
/* How many mutexes are locked, and how much memory is in use. */
extern unsigned int nr_locked, nr_allocated;

/* Begin a test, with none, and the order of this seed; 0: in turn. */
void threads_begin(struct kunit *test, unsigned int seed);
/* End it: no thread, lock or memory may be left. */
void threads_end(void);
/* Let another one run. */
void threads_switch(void);

#endif /* _MEMBAR_HOST_THREADS_H */
