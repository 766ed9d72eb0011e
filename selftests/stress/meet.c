// SPDX-License-Identifier: GPL-2.0
/*
 * The places where the threads of a test wait for one another, so that they
 * begin each batch at the same time.
 */
#include <linux/atomic.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/wait.h>

#include "runner.h"

/* Looks at the number of those who came, before a worker looks less often. */
#define EAGER_LOOKS		4096
/* Time after which it sleeps; longer if it has just woken others. */
#define SHORT_PATIENCE		(1000 * NSEC_PER_USEC)
#define LONG_PATIENCE		(10000 * NSEC_PER_USEC)
/*
 * Time after which those who slept, and those who did not, begin again
 * together.
 */
#define RESTART			(2000 * NSEC_PER_USEC)
/*
 * How long a worker that is about to begin looks for the others at most: as
 * long as a host lets a virtual CPU run at a time.
 */
#define GATHERING		(4000 * NSEC_PER_USEC)
/* Changes of its sign by which a worker is known to run at this very moment. */
#define SIGNS			3

/* Whether every worker has come to this meeting; pairs with arrive(). */
static bool all_here(const struct membar_run *run, u32 goal)
{
	return (s32)(atomic_read_acquire(&run->arrived) - goal) >= 0;
}

/*
 * Fully ordered: what this worker did before is visible to those who see that
 * it has come, and it sees the sleepers, or they see that it has come.
 *
 * Return: how long to wait for the others
 */
static u64 arrive(struct membar_worker *w)
{
	struct membar_run *run = w->run;
	u64 patience = w->woke ? LONG_PATIENCE : SHORT_PATIENCE;

	atomic_inc_return(&run->arrived);
	/* The increment is the barrier that this asks for. */
	w->woke = waitqueue_active(&run->sleepers);
	if (w->woke) {
		WRITE_ONCE(run->restart, ktime_get_ns() + RESTART);
		wake_up_all(&run->sleepers);
	}
	return patience;
}

/*
 * Sleep until a time that is the same for all who slept or woke others: a
 * thread that has just slept gets its CPU back at once.  A thread that reads
 * the time of an earlier restart does not sleep, which is harmless: nothing
 * depends on when a batch begins.
 */
static void sleep_until_restart(const struct membar_run *run)
{
	ktime_t at = ns_to_ktime(READ_ONCE(run->restart));

	set_current_state(TASK_IDLE);
	schedule_hrtimeout(&at, HRTIMER_MODE_ABS);
}

/*
 * Workers leave within the time that a cache line takes from one CPU to
 * another, unless one is late.  That one may have lost its CPU, to another task
 * or (a virtual one) to the host, and a worker that goes on looking would only
 * make it wait longer, so it sleeps.  The worker that wakes it is a batch ahead
 * then, and has more patience with it, or else the two would sleep alternately
 * for ever.
 */
void membar_meet(struct membar_worker *w)
{
	struct membar_run *run = w->run;
	u64 since, patience;
	unsigned int looks;
	u32 goal;

	goal = ++w->meetings * run->plan.nr_threads;
	patience = arrive(w);
	if (w->woke && all_here(run, goal)) {
		sleep_until_restart(run);
		return;
	}
	/* No cpu_relax(): a hypervisor may take its time over it. */
	for (looks = 0; looks < EAGER_LOOKS; looks++)
		if (all_here(run, goal))
			return;

	since = ktime_get_ns();
	while (!all_here(run, goal)) {
		cpu_relax();
		if (++looks % 64)
			continue;
		if (ktime_get_ns() - since > patience) {
			wait_event_idle(run->sleepers, all_here(run, goal));
			sleep_until_restart(run);
			return;
		}
		cond_resched();
	}
}

/*
 * Gathering
 * =========
 *
 * Where virtual CPUs share processors with others, a worker that came to a meeting
 * may have lost its CPU since.  If the threads of a batch did not run at the same
 * time, those of the next one begin only when each sees that the others run: every
 * worker counts, and looks at the counts of the others, which change if they run.
 * More than one change is needed, for the first may have been made long ago.
 * Nothing is ordered by this; it only decides when a batch begins.
 */

/* Whether all workers are known to run, this one among them. */
static bool all_run(const struct membar_run *run, u32 *last, u32 *signs)
{
	bool known = true;
	unsigned int t;
	u32 sign;

	for (t = 0; t < run->plan.nr_threads; t++) {
		sign = READ_ONCE(run->worker[t].sign);
		signs[t] += sign != last[t];
		last[t] = sign;
		if (signs[t] < SIGNS)
			known = false;
	}
	return known;
}

void membar_gather(struct membar_worker *w, u64 number)
{
	const u64 until = ktime_get_ns() + GATHERING;
	u32 signs[MEMBAR_MAX_CPUS] = { };
	u32 last[MEMBAR_MAX_CPUS] = { };
	struct membar_run *run = w->run;
	unsigned int looks = 0;

	all_run(run, last, signs);
	memset(signs, 0, sizeof(signs));
	while (READ_ONCE(run->gathered) != (u32)number) {
		WRITE_ONCE(w->sign, w->sign + 1);
		if (all_run(run, last, signs))
			break;
		if (++looks % 64)
			continue;
		if (ktime_get_ns() > until)
			break;
		cond_resched();
	}
	WRITE_ONCE(run->gathered, (u32)number);
}
