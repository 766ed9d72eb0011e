// SPDX-License-Identifier: GPL-2.0
/*
 * Which outcomes a run has shown, from what its reads returned.
 *
 * In the array engine a value tells which batch wrote it, and each instance of
 * the variables shows one outcome.
 *
 * In the perpetual engine no thread waits for another.  Iteration i writes the
 * value i, so a value names the iteration that wrote it, and afterwards the
 * iterations that belong together are found by following the logs: a read that
 * returned v has seen iteration v of the writer and has missed iteration v + 1.
 * Documentation/counting.rst proves, shape by shape, that what is counted here
 * did happen.
 */
#include "stress.h"

/*
 * Plans
 * =====
 */

static u8 find_writer(const struct membar_shape *shape, u8 loc)
{
	unsigned int t, a;

	for (t = 0; t < MEMBAR_MAX_THREADS; t++)
		for (a = 0; a < 2; a++)
			if (shape->thread[t][a].dir == MEMBAR_W &&
			    shape->thread[t][a].loc == loc)
				return t;
	return 0;
}

static unsigned int count_reads(const struct membar_plan *plan, u8 thread)
{
	unsigned int r, n = 0;

	for (r = 0; r < plan->nr_reads; r++)
		n += plan->read[r].thread == thread;
	return n;
}

/* The first read of @thread, if it has one. */
static int first_read(const struct membar_plan *plan, u8 thread)
{
	unsigned int r;

	for (r = 0; r < plan->nr_reads; r++)
		if (plan->read[r].thread == thread)
			return r;
	return -1;
}

/*
 * Follow reads from @r to the thread that wrote what each of them saw, up to
 * one that reads nothing, or back to @start.
 */
static u8 find_path(const struct membar_plan *plan, int r, u8 start, u8 *path)
{
	u8 n = 0;

	while (r >= 0 && n < MEMBAR_MAX_THREADS) {
		path[n++] = r;
		if (plan->read[r].writer == start)
			break;
		r = first_read(plan, plan->read[r].writer);
	}
	return n;
}

static void find_walk(struct membar_plan *plan)
{
	unsigned int t, nr_twice = 0;
	int r;

	for (t = 0; t < plan->nr_threads; t++)
		if (count_reads(plan, t) == 2 && !nr_twice++)
			plan->start = t;

	r = first_read(plan, plan->start);
	switch (nr_twice) {
	case 0:
		plan->walk = MEMBAR_WALK_RING;
		plan->nr_path = find_path(plan, r, plan->start, plan->path);
		return;
	case 1:
		plan->walk = MEMBAR_WALK_FORK;
		plan->nr_sink = find_path(plan, r, MEMBAR_MAX_THREADS,
					  plan->sink);
		plan->nr_path = find_path(plan, r + 1, MEMBAR_MAX_THREADS,
					  plan->path);
		return;
	default:
		/* IRIW: its four reads stand in the order that is needed. */
		plan->walk = MEMBAR_WALK_TWIN;
	}
}

void membar_plan_make(const struct membar_shape *shape,
		      struct membar_plan *plan)
{
	const struct membar_access *access;
	unsigned int t, a, loc, seen = 0;
	struct membar_plan_read *read;

	memset(plan, 0, sizeof(*plan));
	plan->nr_threads = membar_shape_threads(shape);

	for (t = 0; t < plan->nr_threads; t++) {
		for (a = 0; a < 2; a++) {
			access = &shape->thread[t][a];
			if (access->dir != MEMBAR_R)
				continue;
			read = &plan->read[plan->nr_reads++];
			read->thread = t;
			read->access = a;
			read->loc = access->loc;
			read->wanted = access->value;
			read->writer = find_writer(shape, access->loc);
			plan->target |= access->value << (2 * seen++);
		}
	}

	for (loc = 0; loc < MEMBAR_NR_LOCS; loc++) {
		if (membar_shape_writes(shape, loc) < 2)
			continue;
		plan->final[plan->nr_finals++] = loc;
		plan->target |= 2 << (2 * seen++);
	}

	if (!plan->nr_finals)
		find_walk(plan);
}
MEMBAR_EXPORT_TO_KUNIT(membar_plan_make);

int membar_outcome_name(const struct membar_plan *plan, unsigned int outcome,
			char *buf, size_t size)
{
	static const char loc[] = "xyz";
	unsigned int i;
	int n = 0;

	buf[0] = '\0';
	for (i = 0; i < plan->nr_reads; i++, outcome >>= 2)
		n += scnprintf(buf + n, size - n, "%s%u:%c=%u", n ? " " : "",
			       plan->read[i].thread, loc[plan->read[i].loc],
			       outcome & 3);
	for (i = 0; i < plan->nr_finals; i++, outcome >>= 2)
		n += scnprintf(buf + n, size - n, "%s%c=%u", n ? " " : "",
			       loc[plan->final[i]], outcome & 3);
	return n;
}
MEMBAR_EXPORT_TO_KUNIT(membar_outcome_name);

/*
 * Perpetual
 * =========
 *
 * A frame is one iteration of each thread, and shows one outcome: for each
 * read, whether it saw its writer's iteration of the frame or a later one (1),
 * or missed it (0).  Around each iteration of the starting thread we look at
 * the nearest frames: for every read but the last, one where it just saw the
 * writer's iteration (the value it returned) and one where it just missed it
 * (the value after that).  The last read closes the cycle and decides between
 * two outcomes, so each outcome is looked for at exactly one place.
 */

bool membar_log_sound(const struct membar_log *log, u32 n)
{
	const struct membar_stretch *s = log->stretch;
	u32 k;

	for (k = 1; k < log->nr; k++)
		if (s[k].value <= s[k - 1].value || s[k].from < s[k - 1].from)
			return false;
	return s[log->nr - 1].value <= n;
}
MEMBAR_EXPORT_TO_KUNIT(membar_log_sound);

/*
 * Where in a log we are.  One only moves forward: as the iteration of the
 * starting thread rises, so do all that are found from it (coherence of reads).
 * So a walk takes as long as the logs have stretches.
 */
struct cursor {
	const struct membar_log *log;
	u32 k;
};

/* What the read returned in iteration @i. */
static u32 look(struct cursor *c, u32 i)
{
	const struct membar_stretch *s = c->log->stretch;

	while (c->k + 1 < c->log->nr && s[c->k + 1].from <= i)
		c->k++;
	return s[c->k].value;
}

/* The last iteration that returned what look() just said. */
static u32 end_of_stretch(const struct cursor *c)
{
	return c->log->stretch[c->k + 1].from - 1;
}

/* The first iteration that returned at least @value; past the end if none. */
static u32 seek(struct cursor *c, u32 value)
{
	const struct membar_stretch *s = c->log->stretch;

	while (c->k < c->log->nr && s[c->k].value < value)
		c->k++;
	return s[c->k].from;
}

/*
 * The iteration of the writer that a read which returned @v just saw or just
 * missed; 0 if there is no such iteration.
 */
static u32 follow(u32 v, u32 n, bool saw)
{
	if (saw)
		return v;
	return v < n ? v + 1 : 0;
}

/* Number of the outcome in which the reads of @saw returned 1. */
static unsigned int outcome_of(unsigned int saw)
{
	unsigned int r, outcome = 0;

	for (r = 0; r < MEMBAR_MAX_READS; r++)
		if (saw & BIT(r))
			outcome |= 1 << (2 * r);
	return outcome;
}

static void put_cursors(const struct membar_plan *plan,
			const struct membar_log *log, struct cursor *at)
{
	unsigned int r;

	for (r = 0; r < plan->nr_reads; r++)
		at[r] = (struct cursor){ .log = &log[r] };
}

/* From @i on, up to where do the reads of the starting thread stay the same? */
static u32 end_of_segment(const struct membar_plan *plan, struct cursor *at,
			  u32 i, u32 to)
{
	unsigned int r;
	u32 end = to;

	for (r = 0; r < plan->nr_reads; r++) {
		if (plan->read[r].thread != plan->start)
			continue;
		look(&at[r], i);
		end = min(end, end_of_stretch(&at[r]));
	}
	return end;
}

/* How many of the iterations @i to @end are at most @v. */
static u32 not_above(u32 v, u32 i, u32 end)
{
	if (v >= end)
		return end - i + 1;
	return v >= i ? v - i + 1 : 0;
}

/*
 * Count the frames in which the reads other than the last are as @saw says.
 * Iterations of the starting thread that returned the same values differ in
 * nothing but their own number, which matters only where the last read looks
 * at the starting thread.
 */
static u64 count_frames(const struct membar_plan *plan,
			const struct membar_log *log, u32 n, u32 from, u32 to,
			unsigned int saw, u64 *hist)
{
	const unsigned int last = plan->path[plan->nr_path - 1];
	struct cursor at[MEMBAR_MAX_READS];
	u32 i, end, sink, cur, v, all, seen;
	u64 count[2] = { };
	unsigned int h, r;

	put_cursors(plan, log, at);
	for (i = from; i <= to; i = end + 1) {
		end = end_of_segment(plan, at, i, to);
		sink = i;
		for (h = 0; h < plan->nr_sink && sink; h++) {
			r = plan->sink[h];
			sink = follow(look(&at[r], sink), n, saw & BIT(r));
		}
		cur = i;
		for (h = 0; h + 1 < plan->nr_path && cur; h++) {
			r = plan->path[h];
			cur = follow(look(&at[r], cur), n, saw & BIT(r));
		}
		if (!sink || !cur)
			continue;

		v = look(&at[last], cur);
		all = end - i + 1;
		if (plan->nr_sink)
			seen = v >= sink ? all : 0;
		else
			seen = not_above(v, i, end);
		count[0] += all - seen;
		count[1] += seen;
	}
	hist[outcome_of(saw)] += count[0];
	hist[outcome_of(saw | BIT(last))] += count[1];
	return count[0] + count[1];
}

/*
 * IRIW: reads 0 and 1 belong to one thread, 2 and 3 to another; read 2 looks
 * at what 1 looks at and 3 at what 0 looks at.  For an iteration of the first
 * thread, which names an iteration of both writers, the nearest iterations of
 * the second are the first whose read 2 saw the one writer's and the last that
 * missed it.
 */
static u64 count_twin(const struct membar_plan *plan,
		      const struct membar_log *log, u32 n, u32 from, u32 to,
		      unsigned int saw, u64 *hist)
{
	struct cursor at[MEMBAR_MAX_READS];
	u32 i, end, x, y, partner;
	u64 count[2] = { };

	put_cursors(plan, log, at);
	for (i = from; i <= to; i = end + 1) {
		end = end_of_segment(plan, at, i, to);
		x = follow(look(&at[0], i), n, saw & BIT(0));
		y = follow(look(&at[1], i), n, saw & BIT(1));
		if (!x || !y)
			continue;
		partner = seek(&at[2], y);
		if (!(saw & BIT(2)))
			partner--;
		if (partner && partner <= n)
			count[look(&at[3], partner) >= x] += end - i + 1;
	}
	hist[outcome_of(saw)] += count[0];
	hist[outcome_of(saw | BIT(3))] += count[1];
	return count[0] + count[1];
}

u64 membar_count_perpetual(const struct membar_plan *plan,
			   const struct membar_log *log, u32 n, u32 from,
			   u32 to, u64 *hist)
{
	const bool twin = plan->walk == MEMBAR_WALK_TWIN;
	unsigned int saw, last;
	u64 added = 0;

	last = twin ? 3 : plan->path[plan->nr_path - 1];
	for (saw = 0; saw < BIT(plan->nr_reads); saw++) {
		if (saw & BIT(last))
			continue;
		if (twin)
			added += count_twin(plan, log, n, from, to, saw, hist);
		else
			added += count_frames(plan, log, n, from, to, saw,
					      hist);
	}
	return added;
}
MEMBAR_EXPORT_TO_KUNIT(membar_count_perpetual);

/*
 * Array
 * =====
 */

/* The part of an outcome that a read adds; false if nobody wrote @raw. */
static bool add_read(const struct membar_array *array, u32 raw,
		     unsigned int shift, unsigned int *outcome)
{
	const u32 tag = raw >> MEMBAR_TAG_SHIFT;

	if (tag != array->tag)
		return tag == array->before;
	*outcome |= (raw & MEMBAR_VALUE_MASK) << shift;
	return true;
}

/* The same of a final value, which this batch has written. */
static bool add_final(const struct membar_array *array, u32 raw,
		      unsigned int shift, unsigned int *outcome)
{
	*outcome |= (raw & MEMBAR_VALUE_MASK) << shift;
	return raw >> MEMBAR_TAG_SHIFT == array->tag;
}

bool membar_count_array(const struct membar_plan *plan,
			const struct membar_array *array, u32 from, u32 by,
			u64 *hist)
{
	unsigned int outcome, shift, i;
	bool sound = true;
	u32 n;

	for (n = from; n <= array->nr; n += by) {
		outcome = 0;
		shift = 0;
		for (i = 0; i < plan->nr_reads; i++, shift += 2)
			sound &= add_read(array, array->read[i][n], shift,
					  &outcome);
		for (i = 0; i < plan->nr_finals; i++, shift += 2)
			sound &= add_final(array, array->final[i]
					   [array->order[n] * array->step],
					   shift, &outcome);
		hist[outcome]++;
	}
	return sound;
}
MEMBAR_EXPORT_TO_KUNIT(membar_count_array);
