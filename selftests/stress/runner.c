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
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include "compat.h"
#include "break.h"
#include "match.h"
#include "interpret.h"
#include "run.h"

/* Where each instance waits for milliseconds, the threads would drift apart. */
#define WAITING_BATCH		1

/* How often a worker looks whether the others have come, before it is patient */
#define EAGER_TURNS		4096
/* and how long it is that before it sleeps; longer if it has just woken them. */
#define SHORT_PATIENCE		(1000 * NSEC_PER_USEC)
#define LONG_PATIENCE		(10000 * NSEC_PER_USEC)
/* After which those who slept, and those who did not, begin again together. */
#define RESTART			(2000 * NSEC_PER_USEC)
/*
 * How long a worker that is about to begin looks for the others at most: as long
 * as a host lets a virtual CPU run at a time.
 */
#define GATHERING		(4000 * NSEC_PER_USEC)
/* A batch that takes so many times as long as the shortest was interrupted. */
#define INTERRUPTED		4
/* Looks at the others before an instance begins without them. */
#define PACE_TURNS		1000
/* For which the last one to come waits, as they take as long to see it. */
#define LAST_TURNS		16
/* Signs of life by which a worker is known to run at this very moment. */
#define SIGNS			3
/*
 * Iterations after which a thread looks whether it has to end: as many as an
 * engine's own batch has, for nothing must come between the accesses of that;
 * fewer where one iteration may have to wait for another CPU, or where threads
 * share a CPU and have to offer it.
 */
#define CHUNK			16384u
#define CHUNK_INVARIANT		256u
#define CHUNK_OVERSUBSCRIBED	1024u
/* For how long a batch may go on after the deadline before it is cut short. */
#define GRACE			(100 * NSEC_PER_MSEC)

/* What newer kernels have in place of a sizeof. */
#ifndef kzalloc_obj
# define kzalloc_obj(object, gfp)	kzalloc(sizeof(object), gfp)
#endif

/*
 * Batches use sets of variables in turn: one is counted while the next one runs.
 * A litmus file has one more, whose variables are made what they were.
 */
#define NR_SETS			3

struct run;

/**
 * struct worker - one thread of a test
 * @lane: what its loop reads, for each of the two sets
 * @loop: of its accesses and its edge
 * @run: the test
 * @task: the kthread; we hold a reference
 * @index: which thread of the test
 * @loc: which locations it accesses
 * @value: what it writes to them, without a tag
 * @meetings: how often it came to meet()
 * @woke: it found others asleep when it last came
 * @span: of the last batch in each of the sets
 * @unsound: batches in which it found what cannot be
 * @stuck: batches that ended because a thread waited in vain; the first worker's
 * @hist: outcomes that it counted
 * @left_out: outcomes of batches that do not count
 * @seen: outcomes that it counted and that the test asks about
 * @stray: the same of batches that do not count
 * @first_seen: when it counted the first of @seen, in ns, or 0
 * @states: that it counted or left out, if it is of a litmus file
 * @frame: target of lane.frame
 * @sample: outcomes that it counted, by aim
 * @own: target of lane.own
 * @sign: of life, while it gathers with the others
 * @pace: the instance to which it has come, of all batches that are paced
 */
struct worker {
	struct membar_lane lane[NR_SETS];
	membar_loop_fn loop;
	struct run *run;
	struct task_struct *task;
	unsigned int index;
	u8 loc[2];
	u32 value[2];
	u32 meetings;
	bool woke;
	struct membar_span span[NR_SETS];
	u64 unsound;
	u64 stuck;
	u64 hist[MEMBAR_NR_OUTCOMES];
	u64 left_out[MEMBAR_NR_OUTCOMES];
	u64 seen;
	u64 stray;
	u64 first_seen;
	struct membar_states *states;
	struct membar_frame frame[NR_SETS];
	struct membar_sample sample[MEMBAR_NR_AIMS];
	u32 own ____cacheline_aligned_in_smp;
	u32 sign ____cacheline_aligned_in_smp;
	u32 pace ____cacheline_aligned_in_smp;
} ____cacheline_aligned_in_smp;

/**
 * struct layout - where the variables of a batch lie
 * @loc: u32s from a location to the next one of the same instance
 * @step: u32s from an instance to the next one
 * @size: u32s in all
 */
struct layout {
	size_t loc;
	size_t step;
	size_t size;
};

/**
 * struct set - what the accesses of a batch work on and what they leave
 * @cells: the variables, for each layout
 * @last: the last batch that used each of them
 * @seen: what each read returned, from index 1, in the array engine; in the
 *	  perpetual engine those of a burst
 * @log: what each read returned; perpetual engine
 * @locks: of all instances of a litmus file
 */
struct set {
	u32 *cells[MEMBAR_NR_LAYOUTS];
	u64 last[MEMBAR_NR_LAYOUTS];
	u32 *seen[MEMBAR_MAX_READS];
	struct membar_log log[MEMBAR_MAX_READS];
	struct membar_lock *locks;
};

/**
 * struct batch - what the first worker decides of a batch
 * @aim: where to look
 * @before: the last batch that used the same variables, or 0
 * @gather: the workers look for one another before they begin it
 * @broken: how often it broke the invariant
 *
 * Two are in use: one is counted while the next one runs.
 */
struct batch {
	unsigned int aim;
	u64 before;
	bool gather;
	u64 broken;
};

#define NR_BATCHES		4

/* How many times the shortest batch one may have taken, as far as it is known. */
#define LONG_BATCH		64

/**
 * struct run - one test while it runs
 * @plan: how it is counted
 * @engine: how it runs
 * @invariant: what is checked, if it is not a litmus test
 * @translation: the program, if it is a litmus file
 * @batch: iterations or instances of a batch
 * @stride: u32s between variables
 * @layout: both ways in which they lie
 * @batches: the last few, by number
 * @instances: how many of each variable there are
 * @order: instances in the order of the visit, from index 1
 * @set: batches use them in turn
 * @nr_sets: how many of them
 * @srcu: of a litmus file
 * @nr_srcu: how many of them are initialized
 * @aiming: see there; the first worker's
 * @worker: one for each thread
 * @shared: what an invariant's threads work on
 * @tallies: what they tell
 * @control: stops it
 * @result: of it
 * @other: what the control of the test has shown, or NULL
 * @begun: in ns
 * @deadline: in ns
 * @limit: a test that proves nothing yet goes on until then, in ns
 * @shortest: batch in which all threads ran, in ns
 * @last: number of the last batch, once that is known
 * @apart: in the last batch that was accounted for, the threads did not overlap
 * @gathered: low half of the number of the last batch for which all were found
 * @cut: the batch that runs has to end before it is complete, and is the last
 * @need: how many threads have to run at once for a batch to count
 * @restart: when those who slept in meet() begin again, in ns
 * @left: workers that have not finished
 * @done: none is left
 * @sleepers: workers that have waited too long in meet()
 * @arrived: how often any worker came to meet()
 */
struct run {
	struct membar_plan plan;
	enum membar_engine engine;
	enum membar_invariant invariant;
	const struct membar_translation *translation;
	u32 batch;
	u32 stride;
	struct layout layout[MEMBAR_NR_LAYOUTS];
	struct batch batches[NR_BATCHES];
	u32 instances;
	u32 *order;
	struct set set[NR_SETS];
	unsigned int nr_sets;
	struct srcu_struct *srcu;
	unsigned int nr_srcu;
	struct membar_aiming aiming;
	struct worker *worker;
	struct membar_shared *shared;
	struct membar_tally *tallies;
	struct membar_control *control;
	struct membar_result *result;
	const struct membar_result *other;
	u64 begun;
	u64 deadline;
	u64 limit;
	u64 shortest;
	u64 last;
	bool apart;
	u32 gathered;
	bool cut;
	unsigned int need;
	u64 restart;
	atomic_t left;
	struct completion done;
	wait_queue_head_t sleepers;
	atomic_t arrived ____cacheline_aligned_in_smp;
};

/*
 * Meeting
 * =======
 */

/* Whether every worker has come to this meeting; pairs with arrive(). */
static bool all_here(const struct run *run, u32 goal)
{
	return (s32)(atomic_read_acquire(&run->arrived) - goal) >= 0;
}

/*
 * Fully ordered: what this worker did before is visible to those who see that
 * it has come, and it sees the sleepers, or they see that it has come.
 *
 * Return: how long to wait for the others
 */
static u64 arrive(struct worker *w)
{
	struct run *run = w->run;
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
 * Begin again at the same time as those who slept, or were woken: whoever has
 * just slept gets its CPU back at once.  Who reads the time of an earlier restart
 * does not sleep, and no more than that: nothing depends on when a batch begins.
 */
static void sleep_until_restart(const struct run *run)
{
	ktime_t at = ns_to_ktime(READ_ONCE(run->restart));

	set_current_state(TASK_IDLE);
	schedule_hrtimeout(&at, HRTIMER_MODE_ABS);
}

/*
 * Wait until every worker has come.  All that any of them did before is
 * visible to all of them after.
 *
 * They leave within the time that a cache line takes from one CPU to another,
 * unless one is late.  Then it may have lost its CPU, to another task or (a
 * virtual one) to the host, and burning ours would only make it wait longer: we
 * sleep.  Whoever wakes us is a batch ahead then, and waits for us with more
 * patience, or else the two would take turns in sleeping for ever.
 */
static void meet(struct worker *w)
{
	struct run *run = w->run;
	u64 since, patience;
	unsigned int turns;
	u32 goal;

	goal = ++w->meetings * run->plan.nr_threads;
	patience = arrive(w);
	if (w->woke && all_here(run, goal)) {
		sleep_until_restart(run);
		return;
	}
	/* No cpu_relax(): a hypervisor may take its time over it. */
	for (turns = 0; turns < EAGER_TURNS; turns++)
		if (all_here(run, goal))
			return;

	since = ktime_get_ns();
	while (!all_here(run, goal)) {
		cpu_relax();
		if (++turns % 64)
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
 * Where virtual CPUs share processors with others, to have come to a meeting says
 * little: who came first may have lost its CPU since.  If the threads of a batch
 * did not run at the same time, those of the next one begin only when each sees
 * that the others run: all count, and look at the others' counts, which move if
 * they do.  More than one move is needed, for the first may have been made long
 * ago.  Nothing is ordered by this; it only decides when a batch begins.
 */

/* How many of the others are not known to run. */
static unsigned int look_around(const struct worker *w, u32 *last, u8 *signs)
{
	const struct run *run = w->run;
	unsigned int t, missing = 0;
	u32 sign;

	for (t = 0; t < run->plan.nr_threads; t++) {
		if (t == w->index)
			continue;
		sign = READ_ONCE(run->worker[t].sign);
		if (sign != last[t] && signs[t] < SIGNS)
			signs[t]++;
		last[t] = sign;
		missing += signs[t] < SIGNS;
	}
	return missing;
}

/* Until all are found, by this worker or another, or it has taken too long. */
static void gather(struct worker *w, u64 number)
{
	const u64 until = ktime_get_ns() + GATHERING;
	u8 signs[MEMBAR_MAX_CPUS] = { };
	u32 last[MEMBAR_MAX_CPUS] = { };
	struct run *run = w->run;
	unsigned int turns = 0;

	look_around(w, last, signs);
	memset(signs, 0, sizeof(signs));
	while (READ_ONCE(run->gathered) != (u32)number) {
		WRITE_ONCE(w->sign, w->sign + 1);
		if (!look_around(w, last, signs))
			break;
		if (++turns % 64)
			continue;
		if (ktime_get_ns() > until)
			break;
		cond_resched();
	}
	WRITE_ONCE(run->gathered, (u32)number);
}

/*
 * Aiming
 * ======
 */

static void be_late(unsigned int turns)
{
	while (turns--)
		barrier();
}

/* An engine whose batch is as many instances of the variables. */
static bool has_instances(const struct run *run)
{
	return run->engine == MEMBAR_ENGINE_ARRAY ||
	       run->engine == MEMBAR_ENGINE_PROGRAM;
}

/* The first worker has ended a batch so long after the one before. */
static void spend(struct run *run, u64 number, u64 nsecs)
{
	const unsigned int aim = run->batches[number % NR_BATCHES].aim;

	/* That it was interrupted is no fault of the aim. */
	run->aiming.spent[aim] += min(nsecs, LONG_BATCH * run->shortest);
}

/*
 * Accounting
 * ==========
 */

/* The account of a batch that all have ended, the same for each worker. */
static void make_account(const struct run *run, unsigned int s,
			 struct membar_account *account)
{
	struct membar_span span[MEMBAR_MAX_CPUS];
	unsigned int t;

	for (t = 0; t < run->plan.nr_threads; t++)
		span[t] = run->worker[t].span[s];
	membar_account_make(span, run->plan.nr_threads, run->need, account);
}

/*
 * Whether the test may end, as far as the first worker knows: it has its own
 * count of what was seen, which is a part of all.
 */
static bool enough(const struct run *run)
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

static bool time_is_up(const struct run *run, u64 now)
{
	if (now < run->deadline)
		return false;
	if (now >= run->limit || enough(run))
		return true;
	run->result->extended = true;
	return false;
}

/* The set that a batch uses; there are fewer than 2^32 batches. */
static unsigned int set_of(const struct run *run, u64 number)
{
	return (u32)number % run->nr_sets;
}

/* What the first worker decides while the others come to the meeting. */
static void prepare(struct run *run, u64 number, u64 now)
{
	struct batch *batch = &run->batches[number % NR_BATCHES];
	struct set *set;
	u64 *last;

	if (READ_ONCE(run->control->stop) || READ_ONCE(run->cut) ||
	    time_is_up(run, now))
		WRITE_ONCE(run->last, number - 1);

	batch->gather = run->apart && !run->result->oversubscribed;
	/* Without instances, threads are where they are: only the layout. */
	batch->aim = has_instances(run) ? membar_aiming_next(&run->aiming) :
					  membar_aim_of_layout(number);
	set = &run->set[set_of(run, number)];
	last = &set->last[membar_aim_together(batch->aim)];
	batch->before = *last;
	*last = number;
}

/* The first instance of a location, and how far it is to the next one. */
static u32 *cell_of(const struct run *run, u64 number, unsigned int loc,
		    size_t *step)
{
	const struct batch *batch = &run->batches[number % NR_BATCHES];
	const bool together = membar_aim_together(batch->aim);
	const struct layout *layout = &run->layout[together];

	*step = layout->step;
	return run->set[set_of(run, number)].cells[together] + loc * layout->loc;
}

/* Count a worker's share of a batch, which is spread over all of it. */
static bool count_array(const struct run *run, u64 number, unsigned int first,
			u64 *hist)
{
	const struct membar_plan *plan = &run->plan;
	const struct set *set = &run->set[set_of(run, number)];
	struct membar_array array = {
		.nr = run->batch,
		.tag = membar_tag_of(number),
		.before = membar_tag_of(run->batches[number % NR_BATCHES].before),
		.order = run->order,
	};
	unsigned int i;

	for (i = 0; i < plan->nr_reads; i++)
		array.read[i] = set->seen[i];
	for (i = 0; i < plan->nr_finals; i++)
		array.final[i] = cell_of(run, number, plan->final[i],
					 &array.step);
	return membar_count_array(plan, &array, first + 1, plan->nr_threads,
				  hist);
}

/* The first worker alone: kept or broken is said of the whole batch. */
static u64 count_invariant(const struct worker *w, const struct batch *batch,
			   u64 *hist)
{
	if (w->index)
		return 0;
	hist[batch->broken ? MEMBAR_BROKEN : MEMBAR_KEPT]++;
	return 1;
}

/* The number that a value stands for: an address is that of a variable. */
static s64 value_of(const struct run *run, const struct membar_frame *frame,
		    const void *base, long raw)
{
	const unsigned long offset = raw - (unsigned long)base;
	const unsigned int nr = run->translation->program->nr_vars;

	if ((unsigned long)raw - (unsigned long)frame->cells >= frame->size ||
	    offset % frame->loc || offset / frame->loc >= nr)
		return raw;
	return membar_address_of(offset / frame->loc);
}

/* All that is observed of an instance; false if it does not count. */
static bool observe(const struct run *run, u64 number, u32 n, s64 *value)
{
	const struct membar_places *places = &run->translation->places;
	const unsigned int set = set_of(run, number);
	const struct membar_frame *frame;
	unsigned int next[MEMBAR_PROGRAM_THREADS] = { };
	const struct membar_place *place = places->place;
	const long *record;
	const void *base;
	unsigned int t, i;
	size_t step;

	base = cell_of(run, number, 0, &step);
	base += run->order[n] * step * sizeof(u32);
	for (t = 0; t < run->plan.nr_threads; t++) {
		frame = &run->worker[t].frame[set];
		if (frame->bad[n])
			return false;
	}
	for (i = 0; i < places->nr; i++, place++) {
		if (place->thread == MEMBAR_PLACE_VAR) {
			value[i] = value_of(run, frame, base,
					    READ_ONCE(*(const long *)
						(base + place->index *
							frame->loc)));
			continue;
		}
		t = place->thread;
		record = run->worker[t].frame[set].record +
			 n * run->translation->code[t].nr_seen;
		value[i] = value_of(run, frame, base, record[next[t]++]);
	}
	return true;
}

/*
 * A worker's share of the instances of a litmus file; returns how many of them
 * are one that the test asks about.
 */
static u64 count_states(struct worker *w, u64 number, u64 *hist, u64 *observed)
{
	const struct run *run = w->run;
	const struct membar_program *program = run->translation->program;
	const struct membar_places *places = &run->translation->places;
	s64 value[MEMBAR_MAX_PLACES];
	u64 asked = 0;
	bool asks, holds;
	u32 n;
	int s;

	for (n = w->index + 1; n <= run->batch; n += run->plan.nr_threads) {
		if (!observe(run, number, n, value))
			continue;
		s = membar_states_find(w->states, value);
		if (s < 0) {
			if (!membar_condition_holds(program, &program->filter,
						    places, value))
				continue;
			holds = membar_condition_holds(program,
						       &program->condition,
						       places, value);
			asks = membar_program_asks(program, holds);
			s = membar_states_add(w->states, value, asks);
		} else {
			asks = w->states->asked[s];
		}
		hist[s]++;
		++*observed;
		asked += asks;
	}
	return asked;
}

static void forget_bad(const struct worker *w, unsigned int set)
{
	const struct run *run = w->run;
	unsigned int t;
	u32 n;

	for (n = w->index + 1; n <= run->batch; n += run->plan.nr_threads)
		for (t = 0; t < run->plan.nr_threads; t++)
			if (run->worker[t].frame[set].bad[n])
				run->worker[t].frame[set].bad[n] = false;
}

/*
 * What a variable is in the next batch.  It is in the cache of the thread that
 * restores it, and that is best the one that reads it: its read is fast and the
 * write of another thread slow, so that the two can change places.
 */
static void restore_variable(const struct worker *w, u64 number, unsigned int v)
{
	const struct run *run = w->run;
	const struct membar_translation *x = run->translation;
	const unsigned int nr = run->plan.nr_threads;
	const bool together =
		membar_aim_together(run->batches[number % NR_BATCHES].aim);
	const size_t loc = run->layout[together].loc * sizeof(u32);
	const s64 initial = x->program->var[v].initial;
	const int var = membar_variable_at(initial, x->program->nr_vars);
	const bool owned = x->reader[v] != MEMBAR_NO_READER;
	u32 n = 1, step = 1;
	size_t next;
	void *base;

	if (owned && x->reader[v] != w->index)
		return;
	if (!owned) {
		n += w->index;
		step = nr;
	}
	for (; n <= run->batch; n += step) {
		base = cell_of(run, number, 0, &next);
		base += run->order[n] * next * sizeof(u32);
		WRITE_ONCE(*(long *)(base + v * loc),
			   var < 0 ? (long)initial : (long)(base + var * loc));
	}
}

/* A worker's share of what a batch has left. */
static void restore(const struct worker *w, u64 number)
{
	unsigned int v;

	forget_bad(w, set_of(w->run, number));
	for (v = 0; v < w->run->translation->program->nr_vars; v++)
		restore_variable(w, number, v);
}

/*
 * A worker's share of a batch into @hist; returns how many outcomes it has, and
 * in @seen how many of them are the one that the test asks about.
 */
static u64 count_share(struct worker *w, u64 number, u64 *hist, u64 *seen)
{
	const u64 before = hist[w->run->plan.target];
	struct run *run = w->run;
	const u32 share = run->batch / run->plan.nr_threads;
	const u32 from = w->index * share + 1;
	const u32 to = w->index + 1 == run->plan.nr_threads ? run->batch :
							      from + share - 1;
	u64 observed = 0;

	switch (run->engine) {
	case MEMBAR_ENGINE_PROGRAM:
		*seen = count_states(w, number, hist, &observed);
		return observed;
	case MEMBAR_ENGINE_ARRAY:
		w->unsound += !count_array(run, number, w->index, hist);
		observed = (run->batch - w->index + run->plan.nr_threads - 1) /
			   run->plan.nr_threads;
		break;
	case MEMBAR_ENGINE_PERPETUAL:
		observed = membar_count_perpetual(&run->plan,
						  run->set[set_of(run, number)].log,
						  run->batch, from, to, hist);
		break;
	default:
		observed = count_invariant(w,
					   &run->batches[number % NR_BATCHES],
					   hist);
		break;
	}
	*seen = hist[run->plan.target] - before;
	return observed;
}

/*
 * Count a batch, each worker its share, and all of it into the same histogram:
 * that of the test if the batch counts, or else one of which it is only said
 * whether it has what the test forbids.
 */
static void count(struct worker *w, u64 number,
		  const struct membar_account *account)
{
	const unsigned int aim = w->run->batches[number % NR_BATCHES].aim;
	u64 *hist = account->counts ? w->hist : w->left_out;
	u64 observed, seen;

	/* Of a batch that was cut short an invariant's threads can tell. */
	if (!account->sound ||
	    (!account->whole && w->run->engine != MEMBAR_ENGINE_INVARIANT))
		return;
	observed = count_share(w, number, hist, &seen);
	if (!account->counts) {
		w->stray += seen;
		return;
	}
	if (seen && !w->first_seen)
		w->first_seen = ktime_get_ns();
	w->seen += seen;
	w->sample[aim].observed += observed;
	w->sample[aim].seen += seen;
	if (!w->index)
		w->run->aiming.seen[aim] += seen;
}

/* The first worker's alone: the sums, and zeroes for the perpetual engine. */
static void close_batch(struct run *run, u64 number,
			const struct membar_account *account)
{
	const struct batch *batch = &run->batches[number % NR_BATCHES];
	const bool together = membar_aim_together(batch->aim);

	membar_result_add(run->result, account, run->batch);
	run->apart = !account->counts;
	if (account->counts) {
		run->shortest = min(run->shortest, account->running);
		run->result->together += min(account->together,
					     INTERRUPTED * run->shortest);
	}
	WRITE_ONCE(run->control->iterations, run->result->iterations);
	if (run->engine == MEMBAR_ENGINE_PERPETUAL)
		memset(run->set[set_of(run, number)].cells[together], 0,
		       run->layout[together].size * sizeof(u32));
}

/*
 * Working
 * =======
 */

/* The variables of a litmus file, as they lie in this batch. */
static void set_up_frame(struct worker *w, u64 number,
			 struct membar_lane *lane)
{
	const struct run *run = w->run;
	const struct batch *batch = &run->batches[number % NR_BATCHES];
	const bool together = membar_aim_together(batch->aim);
	struct membar_frame *frame = &w->frame[set_of(run, number)];

	frame->cells = cell_of(run, number, 0, &lane->step);
	frame->size = run->layout[together].size * sizeof(u32);
	frame->loc = run->layout[together].loc * sizeof(u32);
}

/*
 * A CPU that waits for a line at each iteration shows most, where the variables
 * lie apart; where one line holds them all it shows as much in bursts, and has
 * time for more of them.
 */
static void set_up_lane(struct worker *w, u64 number)
{
	const struct batch *batch = &w->run->batches[number % NR_BATCHES];
	struct membar_lane *lane = &w->lane[set_of(w->run, number)];
	unsigned int a;

	lane->bursts = membar_aim_together(batch->aim);
	if (w->run->translation) {
		set_up_frame(w, number, lane);
		return;
	}
	for (a = 0; a < 2; a++) {
		lane->cell[a] = cell_of(w->run, number, w->loc[a],
					&lane->step);
		lane->value[a] = membar_tagged(membar_tag_of(number),
					       w->value[a]);
	}
}

static void open_logs(struct worker *w, unsigned int s)
{
	unsigned int a;

	for (a = 0; a < 2; a++)
		if (w->lane[s].log[a])
			membar_log_open(w->lane[s].log[a]);
}

static bool close_logs(struct worker *w, unsigned int s)
{
	const u32 n = w->run->batch;
	bool sound = true;
	unsigned int a;

	for (a = 0; a < 2; a++) {
		if (!w->lane[s].log[a])
			continue;
		membar_log_close(w->lane[s].log[a], n);
		sound = sound && membar_log_sound(w->lane[s].log[a], n);
	}
	return sound;
}

static u32 chunk_of(const struct run *run)
{
	if (run->result->oversubscribed)
		return CHUNK_OVERSUBSCRIBED;
	return run->engine == MEMBAR_ENGINE_INVARIANT ? CHUNK_INVARIANT : CHUNK;
}

/* Whether the batch that runs has to end, by whoever says so first. */
static bool is_cut(struct run *run)
{
	u64 end;

	if (READ_ONCE(run->cut))
		return true;
	end = READ_ONCE(run->result->extended) ? run->limit : run->deadline;
	if (!READ_ONCE(run->control->stop) && ktime_get_ns() < end + GRACE)
		return false;
	WRITE_ONCE(run->cut, true);
	return true;
}

/* All iterations of a batch from one on, unless it was cut short: false then. */
static bool run_loop(const struct worker *w, unsigned int s, u32 from)
{
	const u32 n = w->run->batch, chunk = chunk_of(w->run);
	u32 i;

	for (i = from; n - i >= chunk; i += chunk) {
		w->loop(&w->lane[s], i, i + chunk - 1);
		if (is_cut(w->run))
			return false;
		cond_resched();
	}
	w->loop(&w->lane[s], i, n);
	return !READ_ONCE(w->run->cut);
}

/*
 * Whether all others have come to an instance, or are further; not for ever.  The
 * last one to come knows this at once, and waits as long as the others take to see
 * it.
 */
static bool others_come(const struct worker *w, u32 pace)
{
	const struct run *run = w->run;
	unsigned int t, turns = 0;

	/*
	 * Pairs with nothing: the sign leaves the store buffer, so that the others
	 * see it sooner.
	 */
	smp_mb();
	for (t = 0; t < run->plan.nr_threads; t++)
		while ((s32)(READ_ONCE(run->worker[t].pace) - pace) < 0)
			if (++turns == PACE_TURNS)
				return false;
	if (!turns)
		be_late(LAST_TURNS);
	return true;
}

/*
 * The threads begin each instance together.  If one does not come it has lost its
 * CPU, and the others go on without it.  Nothing is ordered by this.
 */
static bool run_paced(struct worker *w, u64 number, unsigned int late)
{
	const unsigned int s = set_of(w->run, number);
	const u32 n = w->run->batch;
	const u32 pace = (u32)number * n;
	u32 i;

	for (i = 1; i <= n; i++) {
		if (i % CHUNK == 0) {
			if (is_cut(w->run))
				break;
			cond_resched();
		}
		WRITE_ONCE(w->pace, pace + i);
		if (!others_come(w, pace + i))
			break;
		be_late(late);
		w->loop(&w->lane[s], i, i);
	}
	/* Nobody need wait for this thread any more. */
	WRITE_ONCE(w->pace, pace + n);
	if (i <= n)
		return run_loop(w, s, i);
	return !READ_ONCE(w->run->cut);
}

static void run_batch(struct worker *w, u64 number)
{
	const struct run *run = w->run;
	const struct batch *batch = &run->batches[number % NR_BATCHES];
	const unsigned int s = set_of(run, number);
	const unsigned int late = membar_aim_turns(batch->aim, w->index);
	struct membar_span *span = &w->span[s];

	open_logs(w, s);
	if (run->engine != MEMBAR_ENGINE_INVARIANT)
		set_up_lane(w, number);
	span->start = ktime_get_ns();
	if (membar_aim_paced(batch->aim)) {
		span->whole = run_paced(w, number, late);
	} else {
		be_late(late);
		span->whole = run_loop(w, s, 1);
	}
	span->end = ktime_get_ns();
	span->sound = close_logs(w, s);
	w->unsound += !span->sound;
}

/* What the first worker reads of the shared variables after a batch. */
static void check_invariant(struct worker *w, u64 number)
{
	struct run *run = w->run;
	struct batch *batch = &run->batches[number % NR_BATCHES];
	struct membar_account account;
	unsigned int t;

	make_account(run, set_of(run, number), &account);
	batch->broken = membar_invariant_check(run->invariant, w->lane,
					       account.whole);
	for (t = 0; t < run->plan.nr_threads; t++) {
		if (run->tallies[t].stuck) {
			w->stuck++;
			break;
		}
	}
}

/* What it does to them between two batches. */
static void tend_invariant(struct worker *w, u64 number)
{
	if (w->index)
		return;
	if (number > 1)
		check_invariant(w, number - 1);
	if (number <= READ_ONCE(w->run->last))
		membar_invariant_set_up(w->run->invariant, w->lane);
}

/*
 * Batches are numbered from 1.  All workers meet before each of them, and begin
 * it at once.  What the batch before has left in the other set they count
 * afterwards, for its logs are complete since the meeting, and nobody writes to
 * them before the next one.
 */
static int work(void *data)
{
	struct worker *w = data;
	struct run *run = w->run;
	u64 number, before, now = run->begun;
	struct membar_account account;
	bool more;

	for (number = 1; ; number++) {
		if (!w->index)
			prepare(run, number, now);
		meet(w);
		if (run->engine == MEMBAR_ENGINE_INVARIANT) {
			tend_invariant(w, number);
			meet(w);
		}
		more = number <= READ_ONCE(run->last);
		if (more && run->batches[number % NR_BATCHES].gather)
			gather(w, number);
		if (more)
			run_batch(w, number);
		before = now;
		now = w->span[set_of(run, number)].end;
		if (more && !w->index)
			spend(run, number, now - before);
		if (number > 1) {
			make_account(run, set_of(run, number - 1), &account);
			count(w, number - 1, &account);
			if (!w->index)
				close_batch(run, number - 1, &account);
		}
		/* All have counted it, for they have met since. */
		if (run->translation && number > 2)
			restore(w, number - 2);
		if (!more)
			break;
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

static void free_set(struct set *set)
{
	unsigned int r;

	for (r = 0; r < MEMBAR_MAX_READS; r++) {
		kvfree(set->seen[r]);
		kvfree(set->log[r].stretch);
	}
	for (r = 0; r < MEMBAR_NR_LAYOUTS; r++)
		kvfree(set->cells[r]);
	kvfree(set->locks);
}

static void free_run(struct run *run)
{
	unsigned int i, t;

	for (t = 0; run->worker && t < run->plan.nr_threads; t++) {
		kvfree(run->worker[t].states);
		for (i = 0; i < NR_SETS; i++) {
			kvfree(run->worker[t].frame[i].record);
			kvfree(run->worker[t].frame[i].bad);
		}
	}
	while (run->nr_srcu)
		cleanup_srcu_struct(&run->srcu[--run->nr_srcu]);
	kvfree(run->srcu);
	for (i = 0; i < NR_SETS; i++)
		free_set(&run->set[i]);
	kvfree(run->order);
	kvfree(run->tallies);
	kfree(run->shared);
	kvfree(run->worker);
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

/* What is asked for may be more than there is: fail, and let no one be killed. */
#define GFP_BUFFER	(GFP_KERNEL | __GFP_RETRY_MAYFAIL | __GFP_NOWARN)

/* Of how many iterations the values read are kept as they are, */
static size_t seen_room(const struct run *run)
{
	return has_instances(run) ? run->batch + 1 : MEMBAR_BURST;
}

/* and how many stretches of them there may be. */
static size_t log_room(const struct run *run)
{
	return has_instances(run) ? 0 : MEMBAR_LOG_ROOM(run->batch);
}

static int alloc_set(const struct run *run, struct set *set)
{
	unsigned int r;

	for (r = 0; r < MEMBAR_NR_LAYOUTS; r++) {
		set->cells[r] = kvcalloc(run->layout[r].size, sizeof(u32),
					 GFP_BUFFER);
		if (!set->cells[r])
			return -ENOMEM;
	}

	for (r = 0; r < run->plan.nr_reads; r++) {
		set->seen[r] = kvcalloc(seen_room(run), sizeof(u32),
					GFP_BUFFER);
		set->log[r].stretch = kvcalloc(log_room(run),
					       sizeof(struct membar_stretch),
					       GFP_BUFFER);
		if (!set->seen[r] || !set->log[r].stretch)
			return -ENOMEM;
	}
	return 0;
}

/*
 * All variables apart, and those of an instance side by side.  A litmus file has
 * as many as it likes, each of which can hold an address.
 */
static void lay_out(struct run *run)
{
	const size_t width = run->translation ? sizeof(long) / sizeof(u32) : 1;
	const size_t vars = run->translation ?
			    run->translation->program->nr_vars : MEMBAR_NR_LOCS;
	const size_t stride = round_up(run->stride, width);
	const size_t nr = run->instances;

	run->layout[false] = (struct layout){
		.loc = nr * stride,
		.step = stride,
		.size = nr * stride * vars,
	};
	run->layout[true] = (struct layout){
		.loc = width,
		.step = max_t(size_t, stride, vars * width),
		.size = nr * max_t(size_t, stride, vars * width),
	};
}

/*
 * An allocation that fails has held all there was until then, and other tasks
 * were killed for it.  What is available is an estimate, and others want memory
 * too: an eighth of it is left to them.
 */
static bool there_is_room(const struct run *run)
{
	u64 cells = (u64)run->layout[false].size + run->layout[true].size;
	u64 reads = (u64)seen_room(run) * sizeof(u32) +
		    (u64)log_room(run) * sizeof(struct membar_stretch);
	u64 set = cells * sizeof(u32) + run->plan.nr_reads * reads;
	u64 available = max(si_mem_available(), 0L);

	return run->nr_sets * set / PAGE_SIZE < available - available / 8;
}

static int alloc_srcu(struct run *run)
{
	const unsigned int nr = run->translation->nr_srcu;
	int err = 0;

	if (!nr)
		return 0;
	run->srcu = kvcalloc(nr, sizeof(*run->srcu), GFP_BUFFER);
	if (!run->srcu)
		return -ENOMEM;
	while (run->nr_srcu < nr && !err) {
		err = init_srcu_struct(&run->srcu[run->nr_srcu]);
		run->nr_srcu += !err;
	}
	return err;
}

/* What the workers of a litmus file have, and the locks. */
static int alloc_program(struct run *run)
{
	const struct membar_translation *x = run->translation;
	struct membar_frame *frame;
	struct worker *w;
	unsigned int s, t, i;

	for (s = 0; s < run->nr_sets; s++) {
		run->set[s].locks = kvcalloc(run->batch * x->nr_locks,
					     sizeof(*run->set[s].locks),
					     GFP_BUFFER);
		if (!run->set[s].locks)
			return -ENOMEM;
		for (i = 0; i < run->batch * x->nr_locks; i++)
			spin_lock_init(&run->set[s].locks[i].lock);
	}
	for (t = 0; t < run->plan.nr_threads; t++) {
		w = &run->worker[t];
		w->states = kvzalloc(MEMBAR_STATES_SIZE(x->places.nr),
				     GFP_BUFFER);
		if (!w->states)
			return -ENOMEM;
		w->states->width = x->places.nr;
		for (s = 0; s < run->nr_sets; s++) {
			frame = &w->frame[s];
			membar_frame_open(frame, &x->code[t]);
			frame->locks = run->set[s].locks;
			frame->nr_locks = x->nr_locks;
			frame->srcu = run->srcu;
			frame->nr_srcu = x->nr_srcu;
			frame->record = kvcalloc((run->batch + 1) *
						 frame->code->nr_seen,
						 sizeof(long), GFP_BUFFER);
			frame->bad = kvcalloc(run->batch + 1, sizeof(bool),
					      GFP_BUFFER);
			if (!frame->record || !frame->bad)
				return -ENOMEM;
		}
	}
	return 0;
}

/* Both layouts of all sets begin with the initial values. */
static void restore_all(struct run *run)
{
	unsigned int s, l, t;

	for (s = 0; s < run->nr_sets; s++) {
		for (l = 0; l < MEMBAR_NR_LAYOUTS; l++) {
			run->batches[s].aim = l * MEMBAR_NR_STARTS;
			for (t = 0; t < run->plan.nr_threads; t++)
				restore(&run->worker[t], s);
		}
	}
}

static int alloc_buffers(struct run *run, u64 seed)
{
	unsigned int s;

	run->instances = 1;
	if (has_instances(run)) {
		run->instances = run->batch;
		run->order = kvcalloc(run->batch + 1, sizeof(u32), GFP_BUFFER);
		if (!run->order)
			return -ENOMEM;
		shuffle(run->order, run->batch, seed);
	}
	lay_out(run);
	if (!there_is_room(run))
		return -ENOMEM;

	for (s = 0; s < run->nr_sets; s++)
		if (alloc_set(run, &run->set[s]))
			return -ENOMEM;
	return run->translation ? alloc_srcu(run) ?: alloc_program(run) : 0;
}

static int alloc_shared(struct run *run)
{
	run->shared = kzalloc(membar_shared_size(), GFP_KERNEL);
	run->tallies = kvcalloc(run->plan.nr_threads, sizeof(*run->tallies),
				GFP_KERNEL);
	return run->shared && run->tallies ? 0 : -ENOMEM;
}

/*
 * Which of a thread's accesses comes where: as in the shape, or the other way
 * round in a twin.
 */
static unsigned int place_of(const struct membar_job *job, unsigned int t,
			     unsigned int access)
{
	const bool swap = job->match ? job->match->swap : job->twin;

	if (swap && membar_thread_has_edge(job->test.shape, t))
		return 1 - access;
	return access;
}

/* What of a lane is the same in each batch. */
static void make_lane(struct run *run, unsigned int t, unsigned int s,
		      const struct membar_job *job)
{
	const struct membar_plan_read *read;
	struct worker *w = &run->worker[t];
	struct membar_lane *lane = &w->lane[s];
	unsigned int r, place;

	lane->own = &w->own;
	lane->limit = U32_MAX - 1;
	lane->order = run->order;
	for (r = 0; r < run->plan.nr_reads; r++) {
		read = &run->plan.read[r];
		if (read->thread != t)
			continue;
		place = place_of(job, t, read->access);
		lane->seen[place] = run->set[s].seen[r];
		if (run->engine == MEMBAR_ENGINE_PERPETUAL)
			lane->log[place] = &run->set[s].log[r];
	}
}

static void set_up_litmus(struct run *run, unsigned int t,
			  const struct membar_job *job, bool outline)
{
	enum membar_edge edge = job->test.edge[t];
	struct membar_access access[2];
	struct worker *w = &run->worker[t];
	unsigned int i;

	if (membar_edge_broken(edge))
		edge = MEMBAR_EDGE_PO;

	for (i = 0; i < 2; i++)
		access[place_of(job, t, i)] = job->test.shape->thread[t][i];
	for (i = 0; i < 2; i++) {
		w->loc[i] = access[i].loc;
		w->value[i] = access[i].value;
		make_lane(run, t, i, job);
	}
	w->loop = (outline ? membar_loops_outline : membar_loops_inline)
			(access, edge, run->engine);
}

static void set_up_program(struct run *run, struct worker *w)
{
	unsigned int s;

	for (s = 0; s < NR_SETS; s++) {
		w->lane[s].order = run->order;
		w->lane[s].frame = &w->frame[s];
	}
	w->loop = membar_interpret;
}

static void set_up_worker(struct run *run, unsigned int t,
			  const struct membar_job *job, bool outline)
{
	struct worker *w = &run->worker[t];

	w->run = run;
	w->index = t;
	if (job->translation) {
		set_up_program(run, w);
		return;
	}
	if (!job->invariant) {
		set_up_litmus(run, t, job, outline);
		return;
	}
	w->lane[0] = (struct membar_lane){
		.shared = run->shared,
		.tallies = run->tallies,
		.tally = &run->tallies[t],
		.cut = &run->cut,
		.index = t,
		.nr = run->plan.nr_threads,
		.batch = run->batch,
	};
	w->lane[1] = w->lane[0];
	w->loop = membar_invariant_work(job->invariant, job->twin);
}

/* An invariant has a plan too: as many threads as there are CPUs. */
static void make_plan(const struct membar_job *job,
		      const struct membar_request *request,
		      struct membar_plan *plan)
{
	if (!job->invariant && !job->translation) {
		membar_plan_make(job->test.shape, plan);
		return;
	}
	memset(plan, 0, sizeof(*plan));
	if (job->translation) {
		plan->nr_threads = job->program->nr_threads;
		return;
	}
	plan->target = MEMBAR_BROKEN;
	plan->nr_threads = membar_invariant_threads(job->invariant,
						    request->nr_cpus);
}

static struct run *alloc_run(const struct membar_job *job,
			     const struct membar_request *request,
			     const struct membar_plan *plan,
			     struct membar_result *result)
{
	struct run *run;
	unsigned int t;

	run = kzalloc_obj(*run, GFP_KERNEL);
	if (!run)
		return NULL;

	run->plan = *plan;
	run->engine = result->engine;
	run->invariant = job->invariant;
	run->stride = request->stride / sizeof(u32);
	run->translation = job->translation;
	run->batch = membar_request_batch(request, run->engine,
					  result->oversubscribed);
	if (run->translation && run->translation->waits)
		run->batch = WAITING_BATCH;
	result->batch = run->batch;
	run->nr_sets = run->translation ? NR_SETS : 2;
	run->result = result;
	run->last = U64_MAX;
	run->shortest = U64_MAX / LONG_BATCH;
	/* Two that overlap may break an invariant; a litmus test takes all. */
	run->need = run->invariant ? 2 : run->plan.nr_threads;
	/* Only threads that run at the same time can begin an instance together. */
	membar_aiming_begin(&run->aiming, run->plan.nr_threads,
			    !result->oversubscribed &&
			    !(run->translation && run->translation->waits),
			    result->aim);
	init_completion(&run->done);
	init_waitqueue_head(&run->sleepers);

	run->worker = kvcalloc(run->plan.nr_threads, sizeof(*run->worker),
			       GFP_KERNEL);
	if (!run->worker ||
	    (run->invariant ? alloc_shared(run) :
			      alloc_buffers(run, request->seed))) {
		free_run(run);
		return NULL;
	}
	for (t = 0; t < run->plan.nr_threads; t++)
		set_up_worker(run, t, job, request->outline);
	if (run->translation)
		restore_all(run);
	return run;
}

/*
 * Stopped, bound, not yet woken: a thread that never ran just goes away.  A CPU
 * that is in use goes offline only after the campaign was told to stop, and not
 * while we look.
 */
static int create_workers(struct run *run,
			  const struct membar_request *request)
{
	struct task_struct *task;
	unsigned int t;
	int err = 0;

	cpus_read_lock();
	for (t = 0; t < run->plan.nr_threads; t++) {
		if (READ_ONCE(run->control->stop)) {
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

/*
 * The state that an outcome is, of a litmus file that ran as a named test: its
 * numbers are those of the test, and its values those that the file asks for.
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

/* Where an outcome of a worker is in the histogram of all. */
static unsigned int place_in(const struct membar_job *job,
			     struct membar_result *result,
			     const struct worker *w, unsigned int i)
{
	if (job->match)
		return state_of(job, result, i);
	if (!w->states || i == MEMBAR_OTHER_STATES)
		return i;
	return membar_states_add(result->states,
				 w->states->value + i * w->states->width,
				 w->states->asked[i]);
}

static void collect(const struct run *run, const struct membar_job *job,
		    u64 called, struct membar_result *result)
{
	const struct worker *w;
	unsigned int t, i;
	u64 first;

	for (t = 0; t < run->plan.nr_threads; t++) {
		w = &run->worker[t];
		result->unsound += w->unsound;
		result->stuck += w->stuck;
		result->stray += w->stray;
		result->seen += w->seen;
		first = w->first_seen - called;
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
	result->aim = run->aiming.best;
}

int membar_run_job(const struct membar_job *job,
		   const struct membar_request *request,
		   struct membar_control *control,
		   const struct membar_result *other,
		   struct membar_result *result)
{
	const u64 called = ktime_get_ns();
	struct membar_plan plan;
	const char *obstacle;
	struct run *run;
	unsigned int t;
	int err;

	make_plan(job, request, &plan);
	result->nr_threads = plan.nr_threads;
	result->engine = membar_request_engine(request, job, &plan);
	obstacle = membar_request_obstacle(request, result->engine, &plan);
	if (obstacle) {
		strscpy(result->reason, obstacle, sizeof(result->reason));
		return 0;
	}
	result->oversubscribed = request->nr_cpus < plan.nr_threads;

	if (job->program) {
		result->states = kvzalloc(MEMBAR_STATES_SIZE(job->places->nr),
					  GFP_KERNEL);
		if (!result->states)
			return -ENOMEM;
		result->states->width = job->places->nr;
	}
	run = alloc_run(job, request, &plan, result);
	if (!run)
		return -ENOMEM;
	run->control = control;
	run->other = other;
	WRITE_ONCE(control->iterations, 0);

	err = create_workers(run, request);
	if (!err) {
		atomic_set(&run->left, run->plan.nr_threads);
		run->begun = ktime_get_ns();
		run->deadline = run->begun +
				(u64)request->duration_ms * NSEC_PER_MSEC;
		run->limit = run->deadline;
		/* Threads that share CPUs do not run together, ever. */
		if (!result->oversubscribed)
			run->limit += (u64)request->patience_ms * NSEC_PER_MSEC;
		for (t = 0; t < run->plan.nr_threads; t++)
			wake_up_process(run->worker[t].task);
		/* Idle, for a test may last longer than a task may hang. */
		wait_for_completion_state(&run->done, TASK_IDLE);
		result->nsecs = ktime_get_ns() - run->begun;
		collect(run, job, called, result);
	}
	reap_workers(run);
	free_run(run);
	/* What was stopped before it began has no result, and is no error. */
	return err == -ECANCELED ? 0 : err;
}
