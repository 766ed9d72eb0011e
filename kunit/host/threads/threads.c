// SPDX-License-Identifier: GPL-2.0
/* Kthreads for tests on the host, and what they wait for. */
#include <errno.h>
#include <limits.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <stdarg.h>

#include "threads.h"

#define STACK_SIZE	(256 << 10)
/* After so many turns somebody waits for ever. */
#define ENDLESS		1000000
/* An error that no program may see. */
#define ERESTARTSYS	512

struct task_struct threads[THREADS_MAX];
unsigned int nr_threads;
unsigned int failing_kthread;
unsigned int signal_after;
void (*before_waking)(void);
unsigned int cpus_readers;
unsigned int nr_locked, nr_allocated;
struct task_struct *current;

static struct kunit *now;
static ucontext_t outside;
static unsigned int random_state, turns;

void threads_begin(struct kunit *test, unsigned int seed)
{
	now = test;
	random_state = seed;
	turns = 0;
	nr_threads = 0;
	failing_kthread = 0;
	failing_allocation = 0;
	signal_after = 0;
	before_waking = NULL;
	cpus_readers = 0;
	nr_locked = 0;
	nr_allocated = 0;
	current = NULL;
}

void threads_end(void)
{
	unsigned int i;

	for (i = 0; i < nr_threads; i++) {
		KUNIT_EXPECT_TRUE_MSG(now, threads[i].ended, "%s", threads[i].name);
		KUNIT_EXPECT_EQ_MSG(now, threads[i].refs, 0, "%s", threads[i].name);
		free(threads[i].stack);
	}
	nr_threads = 0;
	KUNIT_EXPECT_EQ(now, cpus_readers, 0);
	KUNIT_EXPECT_EQ(now, nr_locked, 0);
	KUNIT_EXPECT_EQ(now, nr_allocated, 0);
}

/* Those that can run; the first in turn, or any. */
static struct task_struct *next_one(void)
{
	unsigned int i, n = ++turns;

	if (random_state)
		n = (random_state = random_state * 1103515245 + 12345) >> 16;
	for (i = 0; i < nr_threads; i++, n++)
		if (threads[n % nr_threads].woken && !threads[n % nr_threads].ended)
			return &threads[n % nr_threads];
	return NULL;
}

static void run_another(void)
{
	struct task_struct *task = next_one();

	KUNIT_ASSERT_TRUE_MSG(now, task, "nobody can run");
	KUNIT_ASSERT_LT(now, turns, ENDLESS);
	current = task;
	swapcontext(&outside, &task->context);
	current = NULL;
}

void threads_switch(void)
{
	if (current)
		swapcontext(&current->context, &outside);
	else
		run_another();
}

/*
 * Kthreads
 * ========
 */

static void enter(void)
{
	current->returned = current->work(current->data);
	current->ended = true;
	threads_switch();
}

struct task_struct *kthread_create(int (*work)(void *data), void *data,
				   const char *fmt, ...)
{
	struct task_struct *task = &threads[nr_threads];
	va_list args;

	if (failing_kthread && !--failing_kthread)
		return ERR_PTR(-EAGAIN);
	KUNIT_ASSERT_LT(now, nr_threads, THREADS_MAX);
	memset(task, 0, sizeof(*task));
	va_start(args, fmt);
	vsnprintf(task->name, sizeof(task->name), fmt, args);
	va_end(args);
	task->cpu = -1;
	task->work = work;
	task->data = data;
	task->stack = malloc(STACK_SIZE);
	getcontext(&task->context);
	task->context.uc_stack.ss_sp = task->stack;
	task->context.uc_stack.ss_size = STACK_SIZE;
	makecontext(&task->context, enter, 0);
	nr_threads++;
	return task;
}

static struct task_struct *known(struct task_struct *task)
{
	KUNIT_ASSERT_TRUE(now, task >= threads && task < threads + nr_threads);
	return task;
}

void kthread_bind(struct task_struct *task, unsigned int cpu)
{
	KUNIT_EXPECT_FALSE(now, known(task)->woken);
	KUNIT_EXPECT_TRUE(now, cpus_readers);
	task->cpu = cpu;
}

int wake_up_process(struct task_struct *task)
{
	known(task)->woken = true;
	return 1;
}

struct task_struct *get_task_struct(struct task_struct *task)
{
	known(task)->refs++;
	return task;
}

void put_task_struct(struct task_struct *task)
{
	KUNIT_ASSERT_TRUE(now, known(task)->refs);
	task->refs--;
}

/* One that was not woken never runs; whoever stops another one has a reference. */
int kthread_stop(struct task_struct *task)
{
	KUNIT_ASSERT_TRUE(now, known(task)->refs);
	if (!task->woken) {
		task->ended = true;
		task->returned = -EINTR;
	}
	while (!task->ended)
		threads_switch();
	return task->returned;
}

/*
 * Waiting
 * =======
 */

void reinit_completion(struct completion *x)
{
	x->done = 0;
}

/* Those who waited may go on before this one does. */
void complete(struct completion *x)
{
	x->done++;
	threads_switch();
}

void complete_all(struct completion *x)
{
	x->done = UINT_MAX;
	threads_switch();
}

static void take(struct completion *x)
{
	if (before_waking)
		before_waking();
	if (x->done != UINT_MAX)
		x->done--;
}

/* Whoever is waited for might want them. */
static void expect_no_locks(void)
{
	KUNIT_EXPECT_EQ(now, cpus_readers, 0);
	KUNIT_EXPECT_EQ(now, nr_locked, 0);
}

void wait_for_completion_state(struct completion *x, unsigned int state)
{
	KUNIT_EXPECT_EQ(now, state, TASK_IDLE);
	expect_no_locks();
	while (!x->done)
		threads_switch();
	take(x);
}

int wait_for_completion_interruptible(struct completion *x)
{
	expect_no_locks();
	while (!x->done) {
		if (signal_after && !--signal_after)
			return -ERESTARTSYS;
		threads_switch();
	}
	take(x);
	return 0;
}

/*
 * Locks and memory
 * ================
 */

/* Outside of all mutexes. */
void cpus_read_lock(void)
{
	KUNIT_EXPECT_EQ(now, nr_locked, 0);
	cpus_readers++;
}

void cpus_read_unlock(void)
{
	KUNIT_ASSERT_TRUE(now, cpus_readers);
	cpus_readers--;
}

void mutex_lock(struct mutex *lock)
{
	KUNIT_ASSERT_TRUE(now, !lock->locked || lock->owner != current);
	while (lock->locked)
		threads_switch();
	lock->locked = true;
	lock->owner = current;
	nr_locked++;
}

void mutex_unlock(struct mutex *lock)
{
	KUNIT_ASSERT_TRUE(now, lock->locked && lock->owner == current);
	lock->locked = false;
	nr_locked--;
}

void *threads_alloc(size_t size, int byte)
{
	if (failing_allocation && !--failing_allocation)
		return NULL;
	nr_allocated++;
	return memset(malloc(size), byte, size);
}

void threads_free(const void *p)
{
	nr_allocated -= !!p;
	free((void *)p);
}
