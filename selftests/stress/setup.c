// SPDX-License-Identifier: GPL-2.0
/*
 * The memory of a test: the variables and their layouts, logs and locks, and
 * the workers with what each of their loops reads.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/string.h>

#include "match.h"
#include "break.h"
#include "runner.h"

/*
 * A grace period takes milliseconds, after which the threads of a longer batch
 * would no longer run at the same time.
 */
#define WAITING_BATCH		1

/* Newer kernels have this in place of a sizeof. */
#ifndef kzalloc_obj
# define kzalloc_obj(object, gfp)	kzalloc(sizeof(object), gfp)
#endif

/*
 * If there is too little memory the request fails, and no task is killed for
 * it.
 */
#define GFP_BUFFER	(GFP_KERNEL | __GFP_RETRY_MAYFAIL | __GFP_NOWARN)

static void free_set(struct membar_set *set)
{
	unsigned int r;

	for (r = 0; r < MEMBAR_MAX_READS; r++) {
		kvfree(set->read[r]);
		kvfree(set->log[r].stretch);
	}
	for (r = 0; r < MEMBAR_NR_LAYOUTS; r++)
		kvfree(set->memory[r]);
	kvfree(set->locks);
}

void membar_free_run(struct membar_run *run)
{
	unsigned int i, t;

	for (t = 0; run->worker && t < run->plan.nr_threads; t++) {
		kvfree(run->worker[t].states);
		for (i = 0; i < MEMBAR_NR_SETS; i++) {
			kvfree(run->worker[t].frame[i].record);
			kvfree(run->worker[t].frame[i].bad);
		}
	}
	while (run->nr_srcu)
		cleanup_srcu_struct(&run->srcu[--run->nr_srcu]);
	kvfree(run->srcu);
	for (i = 0; i < MEMBAR_NR_SETS; i++)
		free_set(&run->set[i]);
	kvfree(run->order);
	kvfree(run->tallies);
	kfree(run->shared);
	kvfree(run->worker);
	kfree(run);
}

/*
 * The instances 0 to @n - 1 at indices 1 to @n: as they lie in memory, or in a random
 * order if there is a seed.
 */
static void put_in_order(u32 *order, u32 n, u64 seed)
{
	u64 state = seed * 2 + 1;
	u32 i, j;

	for (i = 1; i <= n; i++) {
		/* Knuth's MMIX generator; its high bits are the good ones. */
		state = state * 6364136223846793005ULL + 1442695040888963407ULL;
		j = seed ? 1 + (u32)(((state >> 32) * i) >> 32) : i;
		order[i] = order[j];
		order[j] = i - 1;
	}
}

/* Values that a read may return before they are counted or go to its log. */
static size_t read_room(const struct membar_run *run)
{
	return membar_has_instances(run) ? run->batch_size + 1 : MEMBAR_BURST;
}

/* Stretches that the log of a read may have. */
static size_t log_room(const struct membar_run *run)
{
	return membar_has_instances(run) ? 0 : MEMBAR_LOG_ROOM(run->batch_size);
}

static int alloc_set(const struct membar_run *run, struct membar_set *set)
{
	unsigned int r;

	for (r = 0; r < MEMBAR_NR_LAYOUTS; r++) {
		set->memory[r] = kvcalloc(run->layout[r].size, sizeof(u32),
					  GFP_BUFFER);
		if (!set->memory[r])
			return -ENOMEM;
	}

	for (r = 0; r < run->plan.nr_reads; r++) {
		set->read[r] = kvcalloc(read_room(run), sizeof(u32),
					GFP_BUFFER);
		set->log[r].stretch = kvcalloc(log_room(run),
					       sizeof(struct membar_stretch),
					       GFP_BUFFER);
		if (!set->read[r] || !set->log[r].stretch)
			return -ENOMEM;
	}
	return 0;
}

/*
 * Two layouts: all variables apart, and those of an instance side by side.  The
 * variables of a litmus file can hold addresses, and the file says how many there
 * are.
 */
static void lay_out(struct membar_run *run)
{
	const size_t width = run->translation ? sizeof(long) / sizeof(u32) : 1;
	const size_t vars = run->translation ?
			    run->translation->program->nr_vars : MEMBAR_NR_LOCS;
	const size_t stride = round_up(run->stride, width);
	const size_t nr = run->instances;

	run->layout[MEMBAR_APART] = (struct membar_layout){
		.loc = nr * stride,
		.step = stride,
		.size = nr * stride * vars,
	};
	run->layout[MEMBAR_TOGETHER] = (struct membar_layout){
		.loc = width,
		.step = max_t(size_t, stride, vars * width),
		.size = nr * max_t(size_t, stride, vars * width),
	};
}

/*
 * Whether a run can have its memory without harm to others.  An allocation that
 * fails takes all memory first, and the kernel may kill other tasks for it.
 * The amount that is available is an estimate, so an eighth of it is left to
 * others.
 */
static bool memory_suffices(const struct membar_run *run)
{
	u64 vars = (u64)run->layout[MEMBAR_APART].size +
		   run->layout[MEMBAR_TOGETHER].size;
	u64 reads = (u64)read_room(run) * sizeof(u32) +
		    (u64)log_room(run) * sizeof(struct membar_stretch);
	u64 set = vars * sizeof(u32) + run->plan.nr_reads * reads;
	u64 available = max(si_mem_available(), 0L);

	return run->nr_sets * set / PAGE_SIZE < available - available / 8;
}

static int alloc_srcu(struct membar_run *run)
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

/* The locks of a litmus file, and the frames and states of its workers. */
static int alloc_program(struct membar_run *run)
{
	const struct membar_translation *x = run->translation;
	struct membar_frame *frame;
	struct membar_worker *w;
	unsigned int s, t, i;

	for (s = 0; s < run->nr_sets; s++) {
		run->set[s].locks = kvcalloc(run->batch_size * x->nr_locks,
					     sizeof(*run->set[s].locks),
					     GFP_BUFFER);
		if (!run->set[s].locks)
			return -ENOMEM;
		for (i = 0; i < run->batch_size * x->nr_locks; i++)
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
			frame->record = kvcalloc((run->batch_size + 1) *
						 frame->code->nr_recorded,
						 sizeof(long), GFP_BUFFER);
			frame->bad = kvcalloc(run->batch_size + 1, sizeof(bool),
					      GFP_BUFFER);
			if (!frame->record || !frame->bad)
				return -ENOMEM;
		}
	}
	return 0;
}

/* Give the variables initial values, in both layouts of all sets. */
static void restore_all(struct membar_run *run)
{
	unsigned int l, n, t;

	for (l = 0; l < MEMBAR_NR_LAYOUTS; l++) {
		for (n = 0; n < run->nr_sets; n++) {
			run->batches[n % MEMBAR_NR_BATCHES].aim =
				l * MEMBAR_NR_STARTS;
			for (t = 0; t < run->plan.nr_threads; t++)
				membar_restore(&run->worker[t], n);
		}
	}
}

static int alloc_buffers(struct membar_run *run, u64 seed)
{
	unsigned int s;

	run->instances = 1;
	if (membar_has_instances(run)) {
		run->instances = run->batch_size;
		run->order = kvcalloc(run->batch_size + 1, sizeof(u32),
				      GFP_BUFFER);
		if (!run->order)
			return -ENOMEM;
		/* The few moments that these threads share are not all at the start. */
		if (!seed && run->result->oversubscribed)
			seed = 1;
		put_in_order(run->order, run->batch_size, seed);
	}
	lay_out(run);
	if (!memory_suffices(run))
		return -ENOMEM;

	for (s = 0; s < run->nr_sets; s++)
		if (alloc_set(run, &run->set[s]))
			return -ENOMEM;
	return run->translation ? alloc_srcu(run) ?: alloc_program(run) : 0;
}

static int alloc_shared(struct membar_run *run)
{
	run->shared = kzalloc(membar_shared_size(), GFP_KERNEL);
	run->tallies = kvcalloc(run->plan.nr_threads, sizeof(*run->tallies),
				GFP_KERNEL);
	return run->shared && run->tallies ? 0 : -ENOMEM;
}

/*
 * Workers
 * =======
 */

/*
 * The place of a thread's access in program order: that of the shape, or in a
 * twin the other one.
 */
static unsigned int place_of(const struct membar_job *job, unsigned int t,
			     unsigned int access)
{
	const bool swap = job->match ? job->match->swap : job->twin;

	if (swap && membar_thread_has_edge(job->test.shape, t))
		return 1 - access;
	return access;
}

/* Fill in the members of a lane that are the same in each batch. */
static void make_lane(struct membar_run *run, unsigned int t, unsigned int s,
		      const struct membar_job *job)
{
	const struct membar_plan_read *read;
	struct membar_worker *w = &run->worker[t];
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
		lane->read[place] = run->set[s].read[r];
		if (run->engine == MEMBAR_ENGINE_PERPETUAL)
			lane->log[place] = &run->set[s].log[r];
	}
}

static void set_up_litmus(struct membar_run *run, unsigned int t,
			  const struct membar_job *job, bool outline)
{
	enum membar_edge edge = job->test.edge[t];
	struct membar_access access[2];
	struct membar_worker *w = &run->worker[t];
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

static void set_up_program(struct membar_run *run, struct membar_worker *w)
{
	unsigned int s;

	for (s = 0; s < MEMBAR_NR_SETS; s++) {
		w->lane[s].order = run->order;
		w->lane[s].frame = &w->frame[s];
	}
	w->loop = membar_interpret;
}

static void set_up_worker(struct membar_run *run, unsigned int t,
			  const struct membar_job *job, bool outline)
{
	struct membar_worker *w = &run->worker[t];

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
		.batch_size = run->batch_size,
	};
	w->lane[1] = w->lane[0];
	w->loop = membar_invariant_work(job->invariant, job->twin);
}

/*
 * How many groups of aims are searched.  Only threads that run at the same time can
 * begin an instance together.
 */
static unsigned int nr_groups(const struct membar_run *run)
{
	const bool waits = run->translation && run->translation->waits;

	return run->result->oversubscribed || waits ? MEMBAR_NR_UNPACED :
						      MEMBAR_NR_GROUPS;
}

struct membar_run *membar_alloc_run(const struct membar_job *job,
				    const struct membar_request *request,
				    const struct membar_plan *plan,
				    enum membar_engine engine,
				    struct membar_result *result)
{
	struct membar_run *run;
	unsigned int t;

	run = kzalloc_obj(*run, GFP_KERNEL);
	if (!run)
		return NULL;

	run->plan = *plan;
	run->engine = engine;
	run->invariant = job->invariant;
	run->stride = membar_request_stride(request, run->engine,
					    result->oversubscribed) /
		      sizeof(u32);
	run->translation = job->translation;
	run->batch_size = membar_request_batch_size(request, run->engine,
						    result->oversubscribed);
	if (run->translation && run->translation->waits)
		run->batch_size = WAITING_BATCH;
	if (!result->batch_size)
		result->batch_size = run->batch_size;
	run->nr_sets = run->translation ? MEMBAR_NR_SETS : 2;
	run->result = result;
	run->last = U64_MAX;
	run->shortest = U64_MAX / MEMBAR_LONG_BATCH;
	/*
	 * Two threads can break an invariant; a litmus test needs all of its.
	 */
	run->need = run->invariant ? 2 : run->plan.nr_threads;
	init_completion(&run->done);
	init_waitqueue_head(&run->sleepers);

	run->worker = kvcalloc(run->plan.nr_threads, sizeof(*run->worker),
			       GFP_KERNEL);
	if (!run->worker ||
	    (run->invariant ? alloc_shared(run) :
			      alloc_buffers(run, request->seed))) {
		membar_free_run(run);
		return NULL;
	}
	membar_aiming_begin(&run->aiming, run->plan.nr_threads, nr_groups(run),
			    result->aims);
	for (t = 0; t < run->plan.nr_threads; t++)
		set_up_worker(run, t, job, request->outline);
	if (run->translation)
		restore_all(run);
	return run;
}
