// SPDX-License-Identifier: GPL-2.0
/*
 * Runs one test on pinned kthreads, batch after batch, and decides when it
 * ends.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

#include "compat.h"
#include "match.h"
#include "runner.h"

/*
 * Decisions of the first worker
 * =============================
 */

/*
 * Whether the test may end, as far as the first worker knows: it has its own
 * count of what was seen, which is a part of all.
 */
static bool enough(const struct membar_run *run)
{
	const struct membar_result *other = run->other;
	struct membar_so_far so_far = {
		.seen = run->worker[0].seen,
		.together = run->result->together,
		.duration = run->deadline - run->begun,
		.has_control = other,
	};

	if (other) {
		so_far.control_seen = other->seen;
		so_far.expected = membar_expected(other->sample,
						  run->worker[0].sample);
		/* Of an invariant the first worker counts alone. */
		if (!run->invariant)
			so_far.expected *= run->plan.nr_threads;
	}
	return membar_enough(&so_far);
}

static bool time_is_up(const struct membar_run *run, u64 now)
{
	if (now < run->deadline)
		return false;
	if (now >= run->limit || enough(run))
		return true;
	run->result->extended = true;
	return false;
}

/* The first worker decides on a batch while the others come to the meeting. */
static void prepare(struct membar_run *run, u64 number, u64 now)
{
	struct membar_batch *batch = &run->batches[number % MEMBAR_NR_BATCHES];
	struct membar_set *set;
	u64 *last;

	if (READ_ONCE(run->progress->stop) || READ_ONCE(run->cut) ||
	    time_is_up(run, now))
		WRITE_ONCE(run->last, number - 1);

	batch->gather = run->apart && !run->result->oversubscribed;
	/*
	 * Without instances no thread can begin late: only the layout differs.
	 */
	batch->aim = membar_has_instances(run) ?
		     membar_aiming_next(&run->aiming) :
		     membar_aim_of_layout(number);
	set = &run->set[membar_set_of(run, number)];
	last = &set->last[membar_aim_layout(batch->aim)];
	batch->before = *last;
	*last = number;
}

/* The first worker ended a batch this long after the one before. */
static void spend(struct membar_run *run, u64 number, u64 nsecs)
{
	const unsigned int aim = membar_batch_of(run, number)->aim;

	/* The aim is not to blame for an interruption. */
	run->aiming.spent[aim] += min(nsecs, MEMBAR_LONG_BATCH * run->shortest);
}

/* The first worker checks the shared variables after a batch. */
static void check_invariant(struct membar_worker *w, u64 number)
{
	struct membar_run *run = w->run;
	struct membar_batch *batch = &run->batches[number % MEMBAR_NR_BATCHES];
	struct membar_account account;
	unsigned int t;

	membar_account_of(run, number, &account);
	batch->broken = membar_invariant_check(run->invariant, w->lane,
					       account.whole);
	for (t = 0; t < run->plan.nr_threads; t++) {
		if (run->tallies[t].stuck) {
			w->stuck++;
			break;
		}
	}
}

/* Between two batches it checks them, and prepares them for the next one. */
static void tend_invariant(struct membar_worker *w, u64 number)
{
	if (w->index)
		return;
	if (number > 1)
		check_invariant(w, number - 1);
	if (number <= READ_ONCE(w->run->last))
		membar_invariant_set_up(w->run->invariant, w->lane);
}

/*
 * Threads
 * =======
 */

/*
 * All workers meet before each batch, and begin it at once.  After it they
 * count the batch before it, whose variables are in another set: its logs are
 * complete since the meeting, and no worker writes to them before the next one.
 */
static int work(void *data)
{
	struct membar_worker *w = data;
	struct membar_run *run = w->run;
	u64 number, before, now = run->begun;
	struct membar_account account;
	bool more;

	for (number = 1; ; number++) {
		if (!w->index)
			prepare(run, number, now);
		membar_meet(w);
		if (run->engine == MEMBAR_ENGINE_INVARIANT) {
			tend_invariant(w, number);
			membar_meet(w);
		}
		more = number <= READ_ONCE(run->last);
		if (more && membar_batch_of(run, number)->gather)
			membar_gather(w, number);
		if (more)
			membar_run_batch(w, number);
		before = now;
		now = w->span[membar_set_of(run, number)].end;
		if (more && !w->index)
			spend(run, number, now - before);
		if (number > 1) {
			membar_account_of(run, number - 1, &account);
			membar_count_batch(w, number - 1, &account);
			if (!w->index)
				membar_close_batch(run, number - 1, &account);
		}
		/*
		 * All workers have counted that batch, for they have met since.
		 */
		if (run->translation && number > 2)
			membar_restore(w, number - 2);
		if (!more)
			break;
		cond_resched();
	}

	if (atomic_dec_and_test(&run->left))
		complete(&run->done);
	return 0;
}

/*
 * The kthreads are created, bound and not yet woken, so that they can be
 * stopped before they run.  A CPU that is in use goes offline only after the
 * campaign was told to stop, and not while the read lock is held.
 */
static int create_workers(struct membar_run *run,
			  const struct membar_request *request)
{
	struct task_struct *task;
	unsigned int t;
	int err = 0;

	cpus_read_lock();
	for (t = 0; t < run->plan.nr_threads; t++) {
		if (READ_ONCE(run->progress->stop)) {
			err = -ECANCELED;
			break;
		}
		task = kthread_create(work, &run->worker[t], "membar/%u", t);
		if (IS_ERR(task)) {
			err = PTR_ERR(task);
			break;
		}
		kthread_bind(task, request->cpus[t % request->nr_cpus]);
		run->worker[t].task = get_task_struct(task);
	}
	cpus_read_unlock();
	return err;
}

static void reap_workers(struct membar_run *run)
{
	unsigned int t;

	for (t = 0; t < run->plan.nr_threads; t++) {
		if (!run->worker[t].task)
			continue;
		kthread_stop(run->worker[t].task);
		put_task_struct(run->worker[t].task);
	}
}

/*
 * Results
 * =======
 */

/*
 * The state of a litmus file that an outcome stands for, if the file ran as a
 * named test: outcomes have the numbers of that test.
 */
static unsigned int state_of(const struct membar_job *job,
			     struct membar_result *result, unsigned int i)
{
	const struct membar_program *program = job->program;
	s64 value[MEMBAR_MAX_PLACES];
	bool holds;

	membar_match_values(job->match, job->places->nr, i, value);
	holds = membar_condition_holds(program, &program->condition,
				       job->places, value);
	return membar_states_add(result->states, value,
				 membar_program_asks(program, holds));
}

/* The place of a worker's outcome in the histogram of the result. */
static unsigned int place_in(const struct membar_job *job,
			     struct membar_result *result,
			     const struct membar_worker *w, unsigned int i)
{
	if (job->match)
		return state_of(job, result, i);
	if (!w->states || i == MEMBAR_OTHER_STATES)
		return i;
	return membar_states_add(result->states,
				 w->states->value + i * w->states->width,
				 w->states->asked[i]);
}

static void collect(const struct membar_run *run, const struct membar_job *job,
		    u64 called, struct membar_result *result)
{
	const struct membar_worker *w;
	unsigned int t, i;
	u64 first;

	for (t = 0; t < run->plan.nr_threads; t++) {
		w = &run->worker[t];
		result->unsound += w->unsound;
		result->stuck += w->stuck;
		result->stray += w->stray;
		result->seen += w->seen;
		/* A coarse clock may say that no time has passed. */
		first = max(w->first_seen - called, 1ULL);
		if (w->first_seen &&
		    (!result->first_seen || first < result->first_seen))
			result->first_seen = first;
		for (i = 0; i < MEMBAR_NR_OUTCOMES; i++) {
			if (!w->hist[i])
				continue;
			result->hist[place_in(job, result, w, i)] += w->hist[i];
			result->observed += w->hist[i];
		}
		for (i = 0; i < MEMBAR_NR_AIMS; i++) {
			result->sample[i].observed += w->sample[i].observed;
			result->sample[i].seen += w->sample[i].seen;
		}
	}
	if (membar_has_instances(run))
		result->aims = membar_aiming_found(&run->aiming);
}

/*
 * The test
 * ========
 */

/*
 * The plan of any kind of job, which is zeroed; an invariant has threads for all of
 * its CPUs.
 */
static void make_plan(const struct membar_job *job,
		      const struct membar_request *request,
		      struct membar_plan *plan)
{
	if (!job->invariant && !job->translation) {
		membar_plan_make(job->test.shape, plan);
		return;
	}
	if (job->translation) {
		plan->nr_threads = job->program->nr_threads;
		return;
	}
	plan->target = MEMBAR_BROKEN;
	plan->nr_threads = membar_invariant_threads(job->invariant,
						    request->nr_cpus);
}

/**
 * struct call - what membar_run_job() was called with, and when
 * @job: to run
 * @request: of it
 * @plan: how it is counted
 * @progress: of it, and whether it has to stop
 * @other: what its control has shown, or NULL
 * @result: of it
 * @at: in ns
 */
struct call {
	const struct membar_job *job;
	const struct membar_request *request;
	struct membar_plan plan;
	struct membar_progress *progress;
	const struct membar_result *other;
	struct membar_result *result;
	u64 at;
};

/* Run the test for so many ns, and up to so many more if it proves nothing. */
static int run_engine(const struct call *c, enum membar_engine engine,
		      u64 duration, u64 patience)
{
	struct membar_run *run;
	unsigned int t;
	int err;

	run = membar_alloc_run(c->job, c->request, &c->plan, engine, c->result);
	if (!run)
		return -ENOMEM;
	run->progress = c->progress;
	run->other = c->other;

	err = create_workers(run, c->request);
	if (!err) {
		atomic_set(&run->left, run->plan.nr_threads);
		run->begun = ktime_get_ns();
		run->deadline = run->begun + duration;
		run->limit = run->deadline;
		/* Threads that share CPUs never run together. */
		if (!c->result->oversubscribed)
			run->limit += patience;
		for (t = 0; t < run->plan.nr_threads; t++)
			wake_up_process(run->worker[t].task);
		/*
		 * In the idle state, as a test may outlast the hung task
		 * timeout.
		 */
		wait_for_completion_state(&run->done, TASK_IDLE);
		c->result->nsecs += ktime_get_ns() - run->begun;
		collect(run, c->job, c->at, c->result);
	}
	reap_workers(run);
	membar_free_run(run);
	return err;
}

/*
 * The array engine finds what is broken sooner.  The other one makes more
 * iterations, so it is the one that goes on if they do not suffice.
 */
static int run_both(const struct call *c, u64 duration, u64 patience)
{
	int err;

	err = run_engine(c, MEMBAR_ENGINE_ARRAY, duration / 2, 0);
	if (err || READ_ONCE(c->progress->stop))
		return err;
	return run_engine(c, MEMBAR_ENGINE_PERPETUAL, duration - duration / 2,
			  patience);
}

int membar_run_job(const struct membar_job *job,
		   const struct membar_request *request,
		   struct membar_progress *progress,
		   const struct membar_result *other,
		   struct membar_result *result)
{
	const u64 duration = (u64)request->duration_ms * NSEC_PER_MSEC;
	const u64 patience = (u64)request->patience_ms * NSEC_PER_MSEC;
	struct call call = {
		.job = job,
		.request = request,
		.progress = progress,
		.other = other,
		.result = result,
		.at = ktime_get_ns(),
	};
	const char *obstacle;
	int err;

	make_plan(job, request, &call.plan);
	result->nr_threads = call.plan.nr_threads;
	result->engine = membar_request_engine(request, job, &call.plan);
	obstacle = membar_request_obstacle(request, result->engine, &call.plan);
	if (obstacle) {
		strscpy(result->reason, obstacle, sizeof(result->reason));
		return 0;
	}
	result->oversubscribed = request->nr_cpus < call.plan.nr_threads;

	if (job->program) {
		result->states = kvzalloc(MEMBAR_STATES_SIZE(job->places->nr),
					  GFP_KERNEL);
		if (!result->states)
			return -ENOMEM;
		result->states->width = job->places->nr;
	}
	WRITE_ONCE(progress->iterations, 0);
	err = result->engine == MEMBAR_ENGINE_BOTH ?
	      run_both(&call, duration, patience) :
	      run_engine(&call, result->engine, duration, patience);
	/*
	 * A test that was stopped before it began has no result and no error.
	 */
	return err == -ECANCELED ? 0 : err;
}
