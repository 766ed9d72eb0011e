// SPDX-License-Identifier: GPL-2.0
/*
 * Runs one litmus test on pinned kthreads, batch after batch.
 *
 * All threads of a test meet, run one batch each without looking at one
 * another, check their own logs, meet again, and share the counting.  Memory
 * is that of one batch, however long the test runs.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include "run.h"

/*
 * Iterations or instances of a batch.  It has to be short beside the time
 * slices of a host, if the CPUs are virtual: two that share a processor with
 * others run together only in the moments after both have slept.
 */
#define PERPETUAL_BATCH		16384
#define PERPETUAL_BATCH_MAX	524288
#define INVARIANT_BATCH		4096
/* Instances meet only while the threads are close to their common start. */
#define ARRAY_BATCH		64
#define ARRAY_BATCH_MAX		16384

/* How long a worker spins for the others before it sleeps. */
#define SHORT_PATIENCE		(1000 * NSEC_PER_USEC)
#define LONG_PATIENCE		(5000 * NSEC_PER_USEC)
#define ALIGN_TURNS		4096
/* Iterations after which a thread that shares its CPU offers it. */
#define TURN			1024u
/* How late, in turns of an empty loop: some tens of nanoseconds. */
#define STAGGER_TURNS		128

/* What newer kernels have in place of a sizeof. */
#ifndef kzalloc_obj
# define kzalloc_obj(object, gfp)	kzalloc(sizeof(object), gfp)
#endif

struct run;

/**
 * struct worker - one thread of a test
 * @lane: what its loop reads
 * @loop: of its accesses and its edge
 * @run: the test
 * @task: the kthread; we hold a reference
 * @index: which thread of the test
 * @meetings: how often it came to meet()
 * @alignments: how often it came to align()
 * @random: state of a generator, for stagger()
 * @start: when its batch began, in ns
 * @end: and when it ended
 * @sound: its logs of this batch can be counted
 * @hist: outcomes that it counted
 * @own: target of lane.own
 */
struct worker {
	struct membar_lane lane;
	membar_loop_fn loop;
	struct run *run;
	struct task_struct *task;
	unsigned int index;
	u32 meetings;
	u32 alignments;
	u32 random;
	u64 start;
	u64 end;
	bool sound;
	u64 hist[MEMBAR_NR_OUTCOMES];
	u32 own ____cacheline_aligned_in_smp;
} ____cacheline_aligned_in_smp;

/**
 * struct run - one test while it runs
 * @plan: how it is counted
 * @engine: how it runs
 * @invariant: what is checked, if it is not a litmus test
 * @batch: iterations or instances of a batch
 * @stride: u32s between variables
 * @cells: the variables: for each location one in each instance
 * @nr_cells: u32s in @cells
 * @instances: how many of each variable there are
 * @order: instances in the order of the visit, from index 1
 * @worker: one for each thread
 * @shared: what an invariant's threads work on
 * @tallies: what they tell
 * @log: one for each read, from index 1 (iterations) or 0 (instances)
 * @control: stops it
 * @result: of it
 * @begun: in ns
 * @deadline: in ns
 * @more: the batch that is about to begin will begin
 * @left: workers that have not finished
 * @done: none is left
 * @sleepers: workers that have waited too long in meet()
 * @arrived: how often any worker came to meet()
 * @aligned: how often any worker came to align()
 */
struct run {
	struct membar_plan plan;
	enum membar_engine engine;
	enum membar_invariant invariant;
	u32 batch;
	u32 stride;
	u32 *cells;
	size_t nr_cells;
	u32 instances;
	u32 *order;
	u32 *log[MEMBAR_MAX_READS];
	struct worker *worker;
	struct membar_shared *shared;
	struct membar_tally *tallies;
	struct membar_control *control;
	struct membar_result *result;
	u64 begun;
	u64 deadline;
	bool more;
	atomic_t left;
	struct completion done;
	wait_queue_head_t sleepers;
	atomic_t arrived ____cacheline_aligned_in_smp;
	atomic_t aligned ____cacheline_aligned_in_smp;
};

/* Whether every worker has come to this meeting; pairs with arrive(). */
static bool all_here(const struct run *run, u32 goal)
{
	return (s32)(atomic_read_acquire(&run->arrived) - goal) >= 0;
}

/*
 * Fully ordered: what this worker did before is visible to those who see that
 * it has come, and it sees the sleepers, or they see that it has come.
 */
static void arrive(struct run *run)
{
	atomic_inc_return(&run->arrived);
	/* The increment is the barrier that this asks for. */
	if (waitqueue_active(&run->sleepers))
		wake_up_all(&run->sleepers);
}

/*
 * Wait until every worker has come.  All that any of them did before is
 * visible to all of them after.
 *
 * After @patience (in ns) it sleeps.  The worker we wait for may have lost its
 * CPU, to another task or (a virtual one) to the host, and burning ours would
 * only make it wait longer.
 */
static void meet(struct worker *w, u64 patience)
{
	struct run *run = w->run;
	unsigned int turns = 0;
	u64 since;
	u32 goal;

	goal = ++w->meetings * run->plan.nr_threads;
	arrive(run);
	if (all_here(run, goal))
		return;

	since = ktime_get_ns();
	while (!all_here(run, goal)) {
		cpu_relax();
		if (++turns % 64)
			continue;
		if (ktime_get_ns() - since > patience) {
			wait_event_idle(run->sleepers, all_here(run, goal));
			return;
		}
		cond_resched();
	}
}

/*
 * Begin within the time that a cache line takes from one CPU to the other.
 * Leaving meet() is not that sharp, as its loop has more to do; here nothing is
 * waited for that must come, so it is short and may give up.
 */
static void align(struct worker *w)
{
	struct run *run = w->run;
	unsigned int turns;
	u32 goal;

	goal = ++w->alignments * run->plan.nr_threads;
	atomic_inc(&run->aligned);
	for (turns = 0; turns < ALIGN_TURNS; turns++)
		if ((s32)(atomic_read(&run->aligned) - goal) >= 0)
			return;
}

/*
 * Then again, what one is after may show only where a certain thread is a
 * little late: wait for a moment that is different each time.
 */
static void stagger(struct worker *w)
{
	u32 turns;

	w->random = w->random * 1664525 + 1013904223;
	turns = (w->random >> 16) % STAGGER_TURNS;
	while (turns--)
		barrier();
}

/* Time during which all workers ran the last batch; at most 0 if never. */
static s64 overlap(const struct run *run)
{
	u64 start = 0, end = U64_MAX;
	unsigned int t;

	for (t = 0; t < run->plan.nr_threads; t++) {
		start = max(start, run->worker[t].start);
		end = min(end, run->worker[t].end);
	}
	return (s64)(end - start);
}

/* The first worker's account of the batch that just ended. */
static void account(struct run *run)
{
	u64 first = U64_MAX, late = 0, end = 0;
	struct membar_result *r = run->result;
	s64 together = overlap(run);
	unsigned int t;

	for (t = 0; t < run->plan.nr_threads; t++) {
		first = min(first, run->worker[t].start);
		late = max(late, run->worker[t].start);
		end = max(end, run->worker[t].end);
		if (!run->worker[t].sound)
			r->unsound++;
	}

	r->batches++;
	r->running += end - first;
	r->max_skew = max(r->max_skew, late - first);
	if (together > 0) {
		r->overlap += together;
		r->iterations += run->batch;
	} else {
		r->idle_batches++;
	}
	WRITE_ONCE(run->control->iterations, r->iterations);
}

/* What the first worker decides while the others come to the meeting. */
static void prepare(struct run *run)
{
	run->more = !READ_ONCE(run->control->stop) &&
		    ktime_get_ns() < run->deadline;
	if (run->engine == MEMBAR_ENGINE_INVARIANT)
		membar_invariant_set_up(run->invariant, &run->worker->lane,
					run->batch);
	else if (run->engine == MEMBAR_ENGINE_PERPETUAL)
		memset(run->cells, 0, run->nr_cells * sizeof(u32));
}

static bool logs_sound(const struct worker *w)
{
	const struct run *run = w->run;
	unsigned int a;

	if (run->engine != MEMBAR_ENGINE_PERPETUAL)
		return true;
	for (a = 0; a < 2; a++)
		if (w->lane.log[a] &&
		    !membar_log_sound(w->lane.log[a], run->batch))
			return false;
	return true;
}

static bool all_sound(const struct run *run)
{
	unsigned int t;

	for (t = 0; t < run->plan.nr_threads; t++)
		if (!run->worker[t].sound)
			return false;
	return true;
}

static u32 *cell_of(const struct run *run, unsigned int loc, u32 instance)
{
	return run->cells + ((size_t)loc * run->instances + instance) *
			    run->stride;
}

/* Count some instances and make them ready for the next batch. */
static void count_array(const struct run *run, u32 from, u32 to, u64 *hist)
{
	const struct membar_plan *plan = &run->plan;
	unsigned int outcome, shift, i;
	u32 n, at;

	for (n = from; n <= to; n++) {
		at = run->order[n];
		outcome = 0;
		shift = 0;
		for (i = 0; i < plan->nr_reads; i++, shift += 2)
			outcome |= (run->log[i][at] & 3) << shift;
		for (i = 0; i < plan->nr_finals; i++, shift += 2)
			outcome |= (*cell_of(run, plan->final[i], at) & 3) <<
				   shift;
		hist[outcome]++;
		for (i = 0; i < MEMBAR_NR_LOCS; i++)
			*cell_of(run, i, at) = 0;
	}
}

/* The first worker alone: kept or broken is said of the whole batch. */
static void count_invariant(struct worker *w)
{
	const struct run *run = w->run;
	u64 broken;

	if (w->index)
		return;
	broken = membar_invariant_check(run->invariant, &w->lane, run->batch);
	w->hist[MEMBAR_BROKEN] += broken;
	w->hist[MEMBAR_KEPT] += !broken;
}

/* Each worker counts its share of the batch. */
static void count(struct worker *w)
{
	const struct run *run = w->run;
	u32 share = run->batch / run->plan.nr_threads;
	u32 from = w->index * share + 1;
	u32 to = w->index + 1 == run->plan.nr_threads ? run->batch :
							from + share - 1;

	if (run->engine == MEMBAR_ENGINE_INVARIANT)
		count_invariant(w);
	else if (run->engine == MEMBAR_ENGINE_ARRAY)
		count_array(run, from, to, w->hist);
	else if (all_sound(run))
		membar_count_perpetual(&run->plan,
				       (const u32 *const *)run->log,
				       run->batch, from, to, w->hist);
}

static void run_batch(const struct worker *w)
{
	const u32 n = w->run->batch;
	u32 i;

	if (!w->run->result->oversubscribed) {
		w->loop(&w->lane, 1, n);
		return;
	}
	for (i = 1; i <= n; i += TURN) {
		w->loop(&w->lane, i, min(n, i + TURN - 1));
		cond_resched();
	}
}

static int work(void *data)
{
	struct worker *w = data;
	struct run *run = w->run;

	for (;;) {
		if (!w->index)
			prepare(run);
		/* The first meeting may be slept through, the second not. */
		meet(w, SHORT_PATIENCE);
		meet(w, LONG_PATIENCE);
		if (!run->more)
			break;

		w->start = ktime_get_ns();
		align(w);
		stagger(w);
		run_batch(w);
		w->end = ktime_get_ns();
		w->sound = logs_sound(w);

		meet(w, SHORT_PATIENCE);
		count(w);
		if (!w->index)
			account(run);
		cond_resched();
	}

	if (atomic_dec_and_test(&run->left))
		complete(&run->done);
	return 0;
}

/*
 * Setting up
 * ==========
 */

/* The CPU of thread @t: the one that was asked for, or the t-th online. */
static unsigned int pick_cpu(const struct membar_request *request,
			     unsigned int t)
{
	unsigned int cpu;

	if (request->nr_cpus)
		return request->cpus[t % request->nr_cpus];

	t %= num_online_cpus();
	for_each_online_cpu(cpu)
		if (!t--)
			return cpu;
	return cpumask_first(cpu_online_mask);
}

static void free_run(struct run *run)
{
	unsigned int i;

	for (i = 0; i < MEMBAR_MAX_READS; i++)
		kvfree(run->log[i]);
	kvfree(run->order);
	kvfree(run->cells);
	kfree(run->tallies);
	kfree(run->shared);
	kfree(run->worker);
	kfree(run);
}

/* A random order of the instances 0 to @n - 1 at indices 1 to @n. */
static void shuffle(u32 *order, u32 n, u64 seed)
{
	u64 state = seed * 2 + 1;
	u32 i, j;

	for (i = 1; i <= n; i++) {
		/* Knuth's MMIX generator; its high bits are the good ones. */
		state = state * 6364136223846793005ULL + 1442695040888963407ULL;
		j = 1 + (u32)(((state >> 32) * i) >> 32);
		order[i] = order[j];
		order[j] = i - 1;
	}
}

static int alloc_buffers(struct run *run, u64 seed)
{
	u32 i;

	run->instances = 1;
	if (run->engine == MEMBAR_ENGINE_ARRAY) {
		run->instances = run->batch;
		run->order = kvcalloc(run->batch + 1, sizeof(u32), GFP_KERNEL);
		if (!run->order)
			return -ENOMEM;
		shuffle(run->order, run->batch, seed);
	}

	run->nr_cells = (size_t)run->instances * MEMBAR_NR_LOCS * run->stride;
	run->cells = kvcalloc(run->nr_cells, sizeof(u32), GFP_KERNEL);
	if (!run->cells)
		return -ENOMEM;

	for (i = 0; i < run->plan.nr_reads; i++) {
		run->log[i] = kvcalloc(run->batch + 1, sizeof(u32), GFP_KERNEL);
		if (!run->log[i])
			return -ENOMEM;
	}
	return 0;
}

static int alloc_shared(struct run *run)
{
	run->shared = kzalloc(membar_shared_size(), GFP_KERNEL);
	run->tallies = kcalloc(run->plan.nr_threads, sizeof(*run->tallies),
			       GFP_KERNEL);
	return run->shared && run->tallies ? 0 : -ENOMEM;
}

static void set_up_litmus(struct run *run, unsigned int t,
			  const struct membar_test *test, bool outline)
{
	const struct membar_access *access = test->shape->thread[t];
	struct worker *w = &run->worker[t];
	unsigned int a, r;

	w->lane.own = &w->own;
	w->lane.limit = U32_MAX - 1;
	w->lane.order = run->order;
	w->lane.stride = run->stride;
	for (a = 0; a < 2 && access[a].dir; a++) {
		w->lane.cell[a] = cell_of(run, access[a].loc, 0);
		w->lane.value[a] = access[a].value;
	}
	for (r = 0; r < run->plan.nr_reads; r++)
		if (run->plan.read[r].thread == t)
			w->lane.log[run->plan.read[r].access] = run->log[r];
	w->loop = (outline ? membar_loops_outline : membar_loops_inline)
			(access, test->edge[t], run->engine);
}

static void set_up_worker(struct run *run, unsigned int t,
			  const struct membar_job *job, bool outline, u32 seed)
{
	struct worker *w = &run->worker[t];

	w->run = run;
	w->index = t;
	w->random = seed + t * 7919;
	if (!job->invariant) {
		set_up_litmus(run, t, &job->test, outline);
		return;
	}
	w->lane.shared = run->shared;
	w->lane.tallies = run->tallies;
	w->lane.tally = &run->tallies[t];
	w->lane.index = t;
	w->lane.nr = run->plan.nr_threads;
	w->loop = membar_invariant_work(job->invariant);
}

/* An invariant has a plan too: as many threads as there are CPUs. */
static void make_plan(const struct membar_job *job,
		      const struct membar_request *request,
		      struct membar_plan *plan)
{
	if (!job->invariant) {
		membar_plan_make(job->test.shape, plan);
		return;
	}
	memset(plan, 0, sizeof(*plan));
	plan->target = MEMBAR_BROKEN;
	plan->nr_threads = clamp_t(unsigned int,
				   request->nr_cpus ?: num_online_cpus(), 2,
				   MEMBAR_MAX_CPUS);
}

static enum membar_engine pick_engine(const struct membar_job *job,
				      const struct membar_plan *plan,
				      enum membar_engine wish)
{
	if (job->invariant)
		return MEMBAR_ENGINE_INVARIANT;
	if (wish != MEMBAR_ENGINE_AUTO)
		return wish;
	return plan->walk == MEMBAR_WALK_NONE ? MEMBAR_ENGINE_ARRAY :
						MEMBAR_ENGINE_PERPETUAL;
}

/*
 * The batch that was asked for, or the engine's own.  Threads that take turns
 * on a CPU overlap only if each turn is shorter than a batch.
 */
static u32 pick_batch(enum membar_engine engine, u32 size, bool oversubscribed)
{
	u32 own;

	switch (engine) {
	case MEMBAR_ENGINE_ARRAY:
		own = oversubscribed ? ARRAY_BATCH_MAX : ARRAY_BATCH;
		return min_t(u32, size ?: own, ARRAY_BATCH_MAX);
	case MEMBAR_ENGINE_INVARIANT:
		return size ?: INVARIANT_BATCH;
	default:
		own = oversubscribed ? PERPETUAL_BATCH_MAX : PERPETUAL_BATCH;
		return size ?: own;
	}
}

static struct run *alloc_run(const struct membar_job *job,
			     const struct membar_request *request,
			     struct membar_result *result)
{
	struct run *run;
	unsigned int t;

	run = kzalloc_obj(*run, GFP_KERNEL);
	if (!run)
		return NULL;

	make_plan(job, request, &run->plan);
	run->engine = result->engine;
	run->invariant = job->invariant;
	run->stride = request->stride / sizeof(u32);
	run->batch = pick_batch(run->engine, request->size,
				result->oversubscribed);
	run->result = result;
	init_completion(&run->done);
	init_waitqueue_head(&run->sleepers);

	run->worker = kcalloc(run->plan.nr_threads, sizeof(*run->worker),
			      GFP_KERNEL);
	if (!run->worker ||
	    (run->invariant ? alloc_shared(run) :
			      alloc_buffers(run, request->seed))) {
		free_run(run);
		return NULL;
	}
	for (t = 0; t < run->plan.nr_threads; t++)
		set_up_worker(run, t, job, request->outline, request->seed);
	return run;
}

/* Stopped, bound, not yet woken: a thread that never ran just goes away. */
static int create_workers(struct run *run,
			  const struct membar_request *request)
{
	struct task_struct *task;
	unsigned int t;

	for (t = 0; t < run->plan.nr_threads; t++) {
		task = kthread_create(work, &run->worker[t], "membar/%u", t);
		if (IS_ERR(task))
			return PTR_ERR(task);
		kthread_bind(task, pick_cpu(request, t));
		run->worker[t].task = get_task_struct(task);
	}
	return 0;
}

static void reap_workers(struct run *run)
{
	unsigned int t;

	for (t = 0; t < run->plan.nr_threads; t++) {
		if (!run->worker[t].task)
			continue;
		kthread_stop(run->worker[t].task);
		put_task_struct(run->worker[t].task);
	}
}

static void collect(const struct run *run, struct membar_result *result)
{
	unsigned int t, o;

	for (t = 0; t < run->plan.nr_threads; t++)
		for (o = 0; o < MEMBAR_NR_OUTCOMES; o++)
			result->hist[o] += run->worker[t].hist[o];
	result->seen = result->hist[run->plan.target];
}

/* Why this test cannot run here, or NULL. */
static const char *cannot_run(const struct membar_plan *plan,
			      const struct membar_request *request,
			      struct membar_result *result)
{
	unsigned int cpus = request->nr_cpus ?: num_online_cpus();

	if (result->engine == MEMBAR_ENGINE_PERPETUAL &&
	    plan->walk == MEMBAR_WALK_NONE)
		return "final values need engine=array";
	if (cpus >= plan->nr_threads)
		return NULL;
	if (!request->oversubscribe)
		return "more threads than CPUs and not oversubscribe=1";
	result->oversubscribed = true;
	return NULL;
}

int membar_run_job(const struct membar_job *job,
		   const struct membar_request *request,
		   struct membar_control *control,
		   struct membar_result *result)
{
	struct membar_plan plan;
	const char *obstacle;
	struct run *run;
	unsigned int t;
	int err;

	make_plan(job, request, &plan);
	result->engine = pick_engine(job, &plan, request->engine);
	obstacle = cannot_run(&plan, request, result);
	if (obstacle) {
		strscpy(result->reason, obstacle, sizeof(result->reason));
		return 0;
	}

	run = alloc_run(job, request, result);
	if (!run)
		return -ENOMEM;
	run->control = control;
	WRITE_ONCE(control->iterations, 0);

	err = create_workers(run, request);
	if (!err) {
		atomic_set(&run->left, run->plan.nr_threads);
		run->begun = ktime_get_ns();
		run->deadline = run->begun +
				(u64)request->duration_ms * NSEC_PER_MSEC;
		for (t = 0; t < run->plan.nr_threads; t++)
			wake_up_process(run->worker[t].task);
		wait_for_completion(&run->done);
		result->nsecs = ktime_get_ns() - run->begun;
		collect(run, result);
	}
	reap_workers(run);
	free_run(run);
	return err;
}
