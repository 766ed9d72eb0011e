/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One test while it runs: what the files of the runner share.
 *
 *	setup.c		allocates the memory of a test and prepares its threads
 *	runner.c	starts the threads and decides on each batch
 *	meet.c		makes the threads begin a batch at the same time
 *	batch.c		runs one batch
 *	outcomes.c	counts what a batch has shown
 *
 * The threads of a test meet before each batch, run it without looking at one
 * another, and count the one before it, each of them a share.  A test has the
 * memory of two or three batches, however long it runs.
 *
 * Batches are numbered from 1, and there are fewer than 2^32 of them.
 */
#ifndef _MEMBAR_RUNNER_H
#define _MEMBAR_RUNNER_H

#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/completion.h>
#include <linux/wait.h>

#include "interpret.h"
#include "run.h"

/*
 * Batches use sets of variables in turn: one is counted while the next one runs.
 * A litmus file has one more, whose variables get their initial values back.
 */
#define MEMBAR_NR_SETS		3

/*
 * Batches whose decisions are needed at once.  While the first worker prepares
 * one, another may run the one before, count the one before that, and restore
 * the variables of the one before that.
 */
#define MEMBAR_NR_BATCHES	4

/* Cache lines in which the threads say go; with a single one less is seen. */
#define MEMBAR_NR_GO		64

/* How many times as long as the shortest batch an interrupted one counts. */
#define MEMBAR_LONG_BATCH	64

struct membar_run;

/**
 * struct membar_worker - one thread of a test
 * @lane: what its loop reads, for each set
 * @loop: of its accesses and its edge
 * @run: the test
 * @task: the kthread; the run has a reference to it
 * @index: which thread of the test
 * @loc: which locations it accesses
 * @value: what it writes to them, without a tag
 * @meetings: how often it came to membar_meet()
 * @woke: it found others asleep when it last came
 * @span: of the last batch in each of the sets
 * @unsound: batches in which it found values that cannot be there
 * @stuck: batches that ended because a thread waited in vain; of the first worker
 * @hist: outcomes that it counted
 * @left_out: outcomes of batches that do not count
 * @seen: outcomes that it counted and that the test asks about
 * @stray: the same of batches that do not count
 * @first_seen: when it counted the first of @seen or @stray, in ns, or 0
 * @states: that it counted or left out, if it is of a litmus file
 * @frame: target of lane.frame
 * @sample: outcomes that it counted, by aim
 * @own: target of lane.own
 * @sign: changes while the worker runs in membar_gather()
 */
struct membar_worker {
	struct membar_lane lane[MEMBAR_NR_SETS];
	membar_loop_fn loop;
	struct membar_run *run;
	struct task_struct *task;
	unsigned int index;
	u8 loc[2];
	u32 value[2];
	u32 meetings;
	bool woke;
	struct membar_span span[MEMBAR_NR_SETS];
	u64 unsound;
	u64 stuck;
	u64 hist[MEMBAR_NR_OUTCOMES];
	u64 left_out[MEMBAR_NR_OUTCOMES];
	u64 seen;
	u64 stray;
	u64 first_seen;
	struct membar_states *states;
	struct membar_frame frame[MEMBAR_NR_SETS];
	struct membar_sample sample[MEMBAR_NR_AIMS];
	u32 own ____cacheline_aligned_in_smp;
	u32 sign ____cacheline_aligned_in_smp;
} ____cacheline_aligned_in_smp;

/**
 * struct membar_layout - where the variables of a batch lie
 * @loc: u32s from a location to the next one of the same instance
 * @step: u32s from an instance to the next one
 * @size: u32s in all
 */
struct membar_layout {
	size_t loc;
	size_t step;
	size_t size;
};

/**
 * struct membar_set - what the accesses of a batch work on and what they leave
 * @memory: the variables, for each layout
 * @last: the last batch that used them, likewise
 * @read: what each read returned, from index 1, in the array engine; in the
 *	  perpetual engine those of a burst
 * @log: what each read returned; perpetual engine
 * @locks: of all instances of a litmus file
 */
struct membar_set {
	u32 *memory[MEMBAR_NR_LAYOUTS];
	u64 last[MEMBAR_NR_LAYOUTS];
	u32 *read[MEMBAR_MAX_READS];
	struct membar_log log[MEMBAR_MAX_READS];
	struct membar_lock *locks;
};

/**
 * struct membar_batch - what the first worker decides of a batch
 * @aim: how it is laid out and begun
 * @before: the last batch that used the same variables, or 0
 * @gather: the workers look for one another before they begin it
 * @broken: how often it broke the invariant
 */
struct membar_batch {
	unsigned int aim;
	u64 before;
	bool gather;
	u64 broken;
};

/**
 * struct membar_go - the word to begin an instance, where all begin it together
 * @instance: the last one, counted through all batches
 */
struct membar_go {
	u32 instance;
} ____cacheline_aligned_in_smp;

/**
 * struct membar_run - one test while it runs
 * @plan: how it is counted
 * @engine: how it runs
 * @invariant: what is checked, if it is not a litmus test
 * @translation: the program, if it is a litmus file
 * @batch_size: iterations or instances of a batch
 * @stride: u32s between variables
 * @layout: the ways in which they lie
 * @batches: the last few, by number; see membar_batch_of()
 * @instances: how many of each variable there are
 * @order: instances in the order of the visit, from index 1
 * @set: batches use them in turn
 * @nr_sets: how many of them
 * @srcu: of a litmus file
 * @nr_srcu: how many of them are initialized
 * @aiming: the search for the best aim; of the first worker
 * @worker: one for each thread
 * @shared: what an invariant's threads work on
 * @tallies: what each of them reports
 * @progress: of it, and whether it has to stop
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
 * @restart: when those who slept in membar_meet() begin again, in ns
 * @left: workers that have not finished
 * @done: none is left
 * @sleepers: workers that have waited too long in membar_meet()
 * @arrived: how often any worker came to membar_meet()
 * @go: in which the threads say go, by the number of the instance
 */
struct membar_run {
	struct membar_plan plan;
	enum membar_engine engine;
	enum membar_invariant invariant;
	const struct membar_translation *translation;
	u32 batch_size;
	u32 stride;
	struct membar_layout layout[MEMBAR_NR_LAYOUTS];
	struct membar_batch batches[MEMBAR_NR_BATCHES];
	u32 instances;
	u32 *order;
	struct membar_set set[MEMBAR_NR_SETS];
	unsigned int nr_sets;
	struct srcu_struct *srcu;
	unsigned int nr_srcu;
	struct membar_aiming aiming;
	struct membar_worker *worker;
	struct membar_shared *shared;
	struct membar_tally *tallies;
	struct membar_progress *progress;
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
	struct membar_go go[MEMBAR_NR_GO];
};

/* An engine whose batch is as many instances of the variables. */
static inline bool membar_has_instances(const struct membar_run *run)
{
	return run->engine == MEMBAR_ENGINE_ARRAY ||
	       run->engine == MEMBAR_ENGINE_PROGRAM;
}

/* The decisions on batch @number, one of the last few. */
static inline const struct membar_batch *
membar_batch_of(const struct membar_run *run, u64 number)
{
	return &run->batches[number % MEMBAR_NR_BATCHES];
}

/* The set that a batch uses. */
static inline unsigned int membar_set_of(const struct membar_run *run,
					 u64 number)
{
	return (u32)number % run->nr_sets;
}

/* How the variables of a batch lie. */
static inline const struct membar_layout *
membar_layout_of(const struct membar_run *run, u64 number)
{
	return &run->layout[membar_aim_layout(membar_batch_of(run, number)->aim)];
}

/* The first instance of a location, and how far it is to the next one. */
static inline u32 *membar_first_of(const struct membar_run *run, u64 number,
				   unsigned int loc, size_t *step)
{
	const struct membar_layout *layout = membar_layout_of(run, number);
	const struct membar_set *set = &run->set[membar_set_of(run, number)];

	*step = layout->step;
	return set->memory[layout - run->layout] + loc * layout->loc;
}

/*
 * Setting up
 * ==========
 */

/* A run that is ready but for its kthreads, or NULL without memory. */
struct membar_run *membar_alloc_run(const struct membar_job *job,
				    const struct membar_request *request,
				    const struct membar_plan *plan,
				    enum membar_engine engine,
				    struct membar_result *result);
/* Once its kthreads have gone. */
void membar_free_run(struct membar_run *run);

/*
 * Workers, each of which calls these for itself
 * =============================================
 */

/*
 * Wait until every worker has come.  All that any of them did before is
 * visible to all of them after.
 */
void membar_meet(struct membar_worker *w);
/* Wait a while until each worker runs at this moment.  Orders nothing. */
void membar_gather(struct membar_worker *w, u64 number);

/* Run batch @number and note in the worker's span how that went. */
void membar_run_batch(struct membar_worker *w, u64 number);

/* The account of a batch that all have ended, the same for each worker. */
void membar_account_of(const struct membar_run *run, u64 number,
		       struct membar_account *account);
/* Count the worker's share of that batch. */
void membar_count_batch(struct membar_worker *w, u64 number,
			const struct membar_account *account);
/* After it the first worker adds the batch to the result. */
void membar_close_batch(struct membar_run *run, u64 number,
			const struct membar_account *account);
/* A worker's share of the variables of a litmus file gets initial values. */
void membar_restore(const struct membar_worker *w, u64 number);

#endif /* _MEMBAR_RUNNER_H */
