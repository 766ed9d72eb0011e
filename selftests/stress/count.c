// SPDX-License-Identifier: GPL-2.0
/*
 * Which outcomes a run has shown, from what its reads returned.
 *
 * In the perpetual engine no thread waits for another.  Iteration i writes the
 * value i, so a value names the iteration that wrote it, and afterwards the
 * iterations that belong together are found by following the logs: a read that
 * returned v has seen iteration v of the writer and has missed iteration v + 1.
 * Documentation/stress.rst proves, shape by shape, that what is counted here
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

bool membar_log_sound(const u32 *log, u32 n)
{
	u32 i, last = 0;

	for (i = 1; i <= n; i++) {
		if (log[i] == last)
			continue;
		if (log[i] < last)
			return false;
		last = log[i];
	}
	return last <= n;
}
MEMBAR_EXPORT_TO_KUNIT(membar_log_sound);

/*
 * The iteration of the writer that read @r of iteration @i just saw (bit of
 * @r set in @saw) or just missed; 0 if there is no such iteration.
 */
static u32 follow(const u32 *const *log, u32 n, unsigned int r, u32 i,
		  unsigned int saw)
{
	u32 v = log[r][i];

	if (saw & BIT(r))
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

/* Count the frames in which the reads other than the last are as @saw says. */
static void count_frames(const struct membar_plan *plan,
			 const u32 *const *log, u32 n, u32 from, u32 to,
			 unsigned int saw, u64 *hist)
{
	const unsigned int last = plan->path[plan->nr_path - 1];
	u64 count[2] = { };
	unsigned int h;
	u32 i, sink, cur;

	for (i = from; i <= to; i++) {
		sink = i;
		for (h = 0; h < plan->nr_sink && sink; h++)
			sink = follow(log, n, plan->sink[h], sink, saw);
		cur = i;
		for (h = 0; h + 1 < plan->nr_path && cur; h++)
			cur = follow(log, n, plan->path[h], cur, saw);
		if (sink && cur)
			count[log[last][cur] >= sink]++;
	}
	hist[outcome_of(saw)] += count[0];
	hist[outcome_of(saw | BIT(last))] += count[1];
}

/*
 * Two reads are the most common case and the fastest to run, so the counting
 * must not be what takes the time.  A read returns the same value for a while:
 * the iterations of such a stretch differ in nothing but their own number.
 */
struct two {
	u64 saw, missed;		/* frames, by the first read */
	u64 saw_saw, missed_saw;	/* of those, the last read saw */
};

static u32 end_of_stretch(const u32 *log, u32 i, u32 to)
{
	const u32 v = log[i];

	while (i < to && log[i + 1] == v)
		i++;
	return i;
}

/* How many of the iterations @i to @end are at most @v. */
static u32 not_above(u32 v, u32 i, u32 end)
{
	if (v >= end)
		return end - i + 1;
	return v >= i ? v - i + 1 : 0;
}

static void add_two(const struct two *two, u64 *hist)
{
	hist[outcome_of(0)] += two->missed - two->missed_saw;
	hist[outcome_of(1)] += two->saw - two->saw_saw;
	hist[outcome_of(2)] += two->missed_saw;
	hist[outcome_of(3)] += two->saw_saw;
}

/* The cycles of two threads that read once each, SB and LB. */
static void count_ring2(const u32 *r0, const u32 *r1, u32 n, u32 from, u32 to,
			u64 *hist)
{
	struct two two = { };
	u32 i, end, v;

	for (i = from; i <= to; i = end + 1) {
		end = end_of_stretch(r0, i, to);
		v = r0[i];
		if (v) {
			two.saw += end - i + 1;
			two.saw_saw += not_above(r1[v], i, end);
		}
		if (v < n) {
			two.missed += end - i + 1;
			two.missed_saw += not_above(r1[v + 1], i, end);
		}
	}
	add_two(&two, hist);
}

/* Two reads in one thread of what one other thread wrote, MP and CoRR. */
static void count_fork2(const u32 *r0, const u32 *r1, u32 n, u32 from, u32 to,
			u64 *hist)
{
	struct two two = { };
	u32 i, v;

	for (i = from; i <= to; i++) {
		v = r0[i];
		if (v) {
			two.saw++;
			two.saw_saw += r1[i] >= v;
		}
		if (v < n) {
			two.missed++;
			two.missed_saw += r1[i] > v;
		}
	}
	add_two(&two, hist);
}

/* The first iteration from @l on whose read returned at least @value. */
static u32 advance(const u32 *log, u32 n, u32 l, u32 value)
{
	while (l <= n && log[l] < value)
		l++;
	return l;
}

/* The same by bisection, to begin with. */
static u32 seek(const u32 *log, u32 n, u32 value)
{
	u32 low = 1, high = n + 1, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (log[middle] < value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * IRIW: reads 0 and 1 belong to one thread, 2 and 3 to another; read 2 looks
 * at what 1 looks at and 3 at what 0 looks at.  For an iteration of the first
 * thread, which names an iteration of both writers, the nearest iterations of
 * the second are the first whose read 2 saw the one writer's and the last that
 * missed it.
 */
static void count_twin(const u32 *const *log, u32 n, u32 from, u32 to,
		       unsigned int saw, u64 *hist)
{
	const bool saw2 = saw & BIT(2);
	u64 count[2] = { };
	u32 i, x, y, partner, l = 0;

	for (i = from; i <= to; i++) {
		x = follow(log, n, 0, i, saw);
		y = follow(log, n, 1, i, saw);
		if (!y)
			continue;
		l = l ? advance(log[2], n, l, y) : seek(log[2], n, y);
		partner = saw2 ? l : l - 1;
		if (x && partner && partner <= n)
			count[log[3][partner] >= x]++;
	}
	hist[outcome_of(saw)] += count[0];
	hist[outcome_of(saw | BIT(3))] += count[1];
}

void membar_count_perpetual(const struct membar_plan *plan,
			    const u32 *const *log, u32 n, u32 from, u32 to,
			    u64 *hist)
{
	unsigned int saw, last;

	if (plan->walk == MEMBAR_WALK_RING && plan->nr_reads == 2) {
		count_ring2(log[0], log[1], n, from, to, hist);
		return;
	}
	if (plan->walk == MEMBAR_WALK_FORK && plan->nr_reads == 2) {
		count_fork2(log[0], log[1], n, from, to, hist);
		return;
	}

	last = plan->walk == MEMBAR_WALK_TWIN ? 3 :
	       plan->path[plan->nr_path - 1];
	for (saw = 0; saw < BIT(plan->nr_reads); saw++) {
		if (saw & BIT(last))
			continue;
		if (plan->walk == MEMBAR_WALK_TWIN)
			count_twin(log, n, from, to, saw, hist);
		else
			count_frames(plan, log, n, from, to, saw, hist);
	}
}
MEMBAR_EXPORT_TO_KUNIT(membar_count_perpetual);
