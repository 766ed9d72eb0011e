// SPDX-License-Identifier: GPL-2.0
/*
 * What a batch has shown: each thread counts a share of it, the first one adds
 * it to the result, and the variables get their initial values back.
 */
#include <linux/compiler.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "match.h"
#include "runner.h"

/*
 * A batch was interrupted if it takes this many times as long as the shortest.
 */
#define INTERRUPTED		4

void membar_account_of(const struct membar_run *run, u64 number,
		       struct membar_account *account)
{
	const unsigned int s = membar_set_of(run, number);
	struct membar_span span[MEMBAR_MAX_CPUS];
	unsigned int t;

	for (t = 0; t < run->plan.nr_threads; t++)
		span[t] = run->worker[t].span[s];
	membar_account_make(span, run->plan.nr_threads, run->need, account);
}

/* Count a worker's share of a batch, which is spread over all of it. */
static bool count_array(const struct membar_run *run, u64 number,
			unsigned int first, u64 *hist)
{
	const struct membar_plan *plan = &run->plan;
	const struct membar_set *set = &run->set[membar_set_of(run, number)];
	struct membar_array array = {
		.nr = run->batch_size,
		.tag = membar_tag_of(number),
		.before = membar_tag_of(membar_batch_of(run, number)->before),
		.order = run->order,
	};
	unsigned int i;

	for (i = 0; i < plan->nr_reads; i++)
		array.read[i] = set->read[i];
	for (i = 0; i < plan->nr_finals; i++)
		array.final[i] = membar_first_of(run, number, plan->final[i],
						 &array.step);
	return membar_count_array(plan, &array, first + 1, plan->nr_threads,
				  hist);
}

/* Only the first worker: a whole batch keeps the invariant or breaks it. */
static u64 count_invariant(const struct membar_worker *w,
			   const struct membar_batch *batch, u64 *hist)
{
	if (w->index)
		return 0;
	hist[batch->broken ? MEMBAR_BROKEN : MEMBAR_KEPT]++;
	return 1;
}

/*
 * Litmus files
 * ============
 */

/* The number that a value stands for: an address is that of a variable. */
static s64 value_of(const struct membar_run *run, size_t loc, const void *base,
		    long raw)
{
	const unsigned long offset = raw - (unsigned long)base;

	if (offset >= run->translation->program->nr_vars * loc || offset % loc)
		return raw;
	return membar_address_of(offset / loc);
}

/* All that is observed of an instance; false if it does not count. */
static bool observe(const struct membar_run *run, u64 number, u32 n, s64 *value)
{
	const struct membar_places *places = &run->translation->places;
	const unsigned int set = membar_set_of(run, number);
	const size_t loc = membar_layout_of(run, number)->loc * sizeof(u32);
	unsigned int next[MEMBAR_PROGRAM_THREADS] = { };
	const struct membar_place *place = places->place;
	const long *record;
	const void *base;
	unsigned int t, i;
	size_t step;

	base = membar_first_of(run, number, 0, &step);
	base += run->order[n] * step * sizeof(u32);
	for (t = 0; t < run->plan.nr_threads; t++)
		if (run->worker[t].frame[set].bad[n])
			return false;
	for (i = 0; i < places->nr; i++, place++) {
		if (place->thread == MEMBAR_PLACE_VAR) {
			value[i] = value_of(run, loc, base,
					    READ_ONCE(*(const long *)
						(base + place->index * loc)));
			continue;
		}
		t = place->thread;
		record = run->worker[t].frame[set].record +
			 n * run->translation->code[t].nr_recorded;
		value[i] = value_of(run, loc, base, record[next[t]++]);
	}
	return true;
}

/*
 * A worker's share of the instances of a litmus file; returns how many of them
 * are one that the test asks about.
 */
static u64 count_states(struct membar_worker *w, u64 number, u64 *hist,
			u64 *observed)
{
	const struct membar_run *run = w->run;
	const struct membar_program *program = run->translation->program;
	const struct membar_places *places = &run->translation->places;
	s64 value[MEMBAR_MAX_PLACES];
	u64 asked = 0;
	bool asks, holds;
	u32 n;
	int s;

	for (n = w->index + 1; n <= run->batch_size; n += run->plan.nr_threads) {
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

static void forget_bad(const struct membar_worker *w, unsigned int set)
{
	const struct membar_run *run = w->run;
	unsigned int t;
	u32 n;

	for (n = w->index + 1; n <= run->batch_size; n += run->plan.nr_threads)
		for (t = 0; t < run->plan.nr_threads; t++)
			if (run->worker[t].frame[set].bad[n])
				run->worker[t].frame[set].bad[n] = false;
}

/*
 * Gives a variable its initial value.  Its line is in the cache of the thread
 * that restores it then, and that is best the one that reads it: its read is
 * fast and the write of another thread slow, so that the two can change places.
 */
static void restore_variable(const struct membar_worker *w, u64 number,
			     unsigned int v)
{
	const struct membar_run *run = w->run;
	const struct membar_translation *x = run->translation;
	const unsigned int nr = run->plan.nr_threads;
	const size_t loc = membar_layout_of(run, number)->loc * sizeof(u32);
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
	for (; n <= run->batch_size; n += step) {
		base = membar_first_of(run, number, 0, &next);
		base += run->order[n] * next * sizeof(u32);
		WRITE_ONCE(*(long *)(base + v * loc),
			   var < 0 ? (long)initial : (long)(base + var * loc));
	}
}

void membar_restore(const struct membar_worker *w, u64 number)
{
	unsigned int v;

	forget_bad(w, membar_set_of(w->run, number));
	for (v = 0; v < w->run->translation->program->nr_vars; v++)
		restore_variable(w, number, v);
}

/*
 * Batches
 * =======
 */

/*
 * A worker's share of a batch into @hist; returns how many outcomes it has, and
 * in @seen how many of them are the one that the test asks about.
 */
static u64 count_share(struct membar_worker *w, u64 number, u64 *hist,
		       u64 *seen)
{
	const u64 before = hist[w->run->plan.target];
	const struct membar_run *run = w->run;
	const struct membar_set *set = &run->set[membar_set_of(run, number)];
	const u32 share = run->batch_size / run->plan.nr_threads;
	const u32 from = w->index * share + 1;
	const u32 to = w->index + 1 == run->plan.nr_threads ?
		       run->batch_size : from + share - 1;
	u64 observed = 0;

	switch (run->engine) {
	case MEMBAR_ENGINE_PROGRAM:
		*seen = count_states(w, number, hist, &observed);
		return observed;
	case MEMBAR_ENGINE_ARRAY:
		w->unsound += !count_array(run, number, w->index, hist);
		observed = (run->batch_size - w->index +
			    run->plan.nr_threads - 1) / run->plan.nr_threads;
		break;
	case MEMBAR_ENGINE_PERPETUAL:
		observed = membar_count_perpetual(&run->plan, set->log,
						  run->batch_size, from, to,
						  hist);
		break;
	default:
		observed = count_invariant(w, membar_batch_of(run, number),
					   hist);
		break;
	}
	*seen = hist[run->plan.target] - before;
	return observed;
}

/*
 * All workers count their shares of a batch into the same kind of histogram:
 * that of the test if the batch counts, or else one that is only searched for
 * the outcome that the test forbids.
 */
void membar_count_batch(struct membar_worker *w, u64 number,
			const struct membar_account *account)
{
	const unsigned int aim = membar_batch_of(w->run, number)->aim;
	u64 *hist = account->counts ? w->hist : w->left_out;
	u64 observed, seen;

	/* Of a batch that was cut short an invariant's threads can tell. */
	if (!account->sound ||
	    (!account->whole && w->run->engine != MEMBAR_ENGINE_INVARIANT))
		return;
	observed = count_share(w, number, hist, &seen);
	if (seen && !w->first_seen)
		w->first_seen = ktime_get_ns();
	if (!account->counts) {
		w->stray += seen;
		return;
	}
	w->seen += seen;
	w->sample[aim].observed += observed;
	w->sample[aim].seen += seen;
	if (!w->index)
		w->run->aiming.seen[aim] += seen;
}

/* Add up, and write zeroes for the perpetual engine. */
void membar_close_batch(struct membar_run *run, u64 number,
			const struct membar_account *account)
{
	const struct membar_layout *layout = membar_layout_of(run, number);

	membar_result_add(run->result, account, run->batch_size);
	run->apart = !account->counts;
	if (account->counts) {
		run->shortest = min(run->shortest, account->running);
		run->result->together += min(account->together,
					     INTERRUPTED * run->shortest);
	}
	WRITE_ONCE(run->progress->iterations, run->result->iterations);
	if (run->engine == MEMBAR_ENGINE_PERPETUAL)
		memset(run->set[membar_set_of(run, number)]
			       .memory[layout - run->layout], 0,
		       layout->size * sizeof(u32));
}
