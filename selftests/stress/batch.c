// SPDX-License-Identifier: GPL-2.0
/*
 * Runs one batch of one thread: its variables and logs, its start, and the
 * calls of its loop.
 */
#include <linux/compiler.h>
#include <linux/ktime.h>
#include <linux/sched.h>

#include "runner.h"

/*
 * A thread begins an instance without the others after so many looks.
 */
#define PACE_LOOKS		1000
/* Turns for which the thread that says go waits, until the others see it. */
#define GO_TURNS		32
/*
 * Iterations after which a thread looks whether it has to end: as many as an
 * engine's own batch has, for nothing must come between the accesses of that;
 * fewer where one iteration may have to wait for another CPU, or where threads
 * share a CPU and have to offer it.
 */
#define CHUNK			16384u
#define CHUNK_INVARIANT		256u
#define CHUNK_OVERSUBSCRIBED	1024u
/* A batch that goes on longer than this after the deadline is cut short. */
#define GRACE			(100 * NSEC_PER_MSEC)

/* The variables of a litmus file, as they lie in this batch. */
static void set_up_frame(struct membar_worker *w, u64 number,
			 struct membar_lane *lane)
{
	const struct membar_run *run = w->run;
	const struct membar_layout *layout = membar_layout_of(run, number);
	struct membar_frame *frame = &w->frame[membar_set_of(run, number)];

	frame->memory = membar_first_of(run, number, 0, &lane->step);
	frame->size = layout->size * sizeof(u32);
	frame->loc = layout->loc * sizeof(u32);
}

/*
 * Point the lane at the variables of this batch.  Where these lie apart, reads
 * that go to the log at once show most, as the CPU then waits for a line in
 * each iteration.  Where one line holds them all, bursts show as much and are
 * faster.
 */
static void set_up_lane(struct membar_worker *w, u64 number)
{
	const struct membar_batch *batch = membar_batch_of(w->run, number);
	struct membar_lane *lane = &w->lane[membar_set_of(w->run, number)];
	unsigned int a;

	lane->bursts = membar_aim_layout(batch->aim) != MEMBAR_APART;
	if (w->run->translation) {
		set_up_frame(w, number, lane);
		return;
	}
	for (a = 0; a < 2; a++) {
		lane->var[a] = membar_first_of(w->run, number, w->loc[a],
					       &lane->step);
		lane->value[a] = membar_tagged(membar_tag_of(number),
					       w->value[a]);
	}
}

static void open_logs(struct membar_worker *w, unsigned int s)
{
	unsigned int a;

	for (a = 0; a < 2; a++)
		if (w->lane[s].log[a])
			membar_log_open(w->lane[s].log[a]);
}

static bool close_logs(struct membar_worker *w, unsigned int s)
{
	const u32 n = w->run->batch_size;
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

static u32 chunk_of(const struct membar_run *run)
{
	if (run->result->oversubscribed)
		return CHUNK_OVERSUBSCRIBED;
	return run->engine == MEMBAR_ENGINE_INVARIANT ? CHUNK_INVARIANT : CHUNK;
}

/*
 * Whether the batch that runs has to end; the first who notices tells the
 * others.
 */
static bool is_cut(struct membar_run *run)
{
	u64 end;

	if (READ_ONCE(run->cut))
		return true;
	end = READ_ONCE(run->result->extended) ? run->limit : run->deadline;
	if (!READ_ONCE(run->progress->stop) && ktime_get_ns() < end + GRACE)
		return false;
	WRITE_ONCE(run->cut, true);
	return true;
}

/* Run the iterations from @from on; false if the batch was cut short. */
static bool run_loop(const struct membar_worker *w, unsigned int s, u32 from)
{
	const u32 n = w->run->batch_size, chunk = chunk_of(w->run);
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

static void be_late(unsigned int turns)
{
	while (turns--)
		barrier();
}

/*
 * Begin an instance at the same time as the others; false if they do not come.
 * The threads say go in turn, and the one that does so does not wait: a thread
 * that is late says go itself soon, and then the others wait for it.  The others
 * see the word when its cache line has come to their CPUs.  So the thread that
 * says go begins GO_TURNS later, or @late turns more.
 */
static bool begin_together(const struct membar_worker *w, u32 instance,
			   unsigned int late)
{
	struct membar_run *run = w->run;
	u32 *go = &run->go[instance % MEMBAR_NR_GO].instance;
	const bool says_go = instance % run->plan.nr_threads == w->index;
	unsigned int looks;

	if (says_go)
		WRITE_ONCE(*go, instance);
	if (says_go || !run->translation) {
		/*
		 * Pairs with nothing: the word leaves the store buffer, so that
		 * the others see it sooner.  In a test by name the writes of the
		 * instance before do so, too: a fence of R that fails rarely is
		 * found four times as soon then, but litmus files show a fifth
		 * less.
		 */
		smp_mb();
	}
	if (says_go) {
		be_late(GO_TURNS + late);
		return true;
	}
	for (looks = 0; looks < PACE_LOOKS; looks++)
		if ((s32)(READ_ONCE(*go) - instance) >= 0)
			return true;
	return false;
}

/*
 * The threads begin each instance together.  If nobody says go, another thread has
 * lost its CPU, and this one goes on without it.  Nothing is ordered by this.  A
 * batch of instances is no longer than a chunk, so it need not be cut.
 */
static bool run_paced(struct membar_worker *w, u64 number, unsigned int late)
{
	const unsigned int aim = membar_batch_of(w->run, number)->aim;
	const unsigned int go_late = membar_aim_turns(aim, MEMBAR_SAYS_GO);
	const unsigned int s = membar_set_of(w->run, number);
	const u32 n = w->run->batch_size;
	const u32 before = (u32)number * n;
	u32 i;

	for (i = 1; i <= n; i++) {
		if (!begin_together(w, before + i, go_late))
			return run_loop(w, s, i);
		be_late(late);
		w->loop(&w->lane[s], i, i);
	}
	return true;
}

void membar_run_batch(struct membar_worker *w, u64 number)
{
	const struct membar_run *run = w->run;
	const struct membar_batch *batch = membar_batch_of(run, number);
	const unsigned int s = membar_set_of(run, number);
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
