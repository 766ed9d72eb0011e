// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit suite membar_kcsan: KCSAN, which delays accesses and looks for races
 * that come of it, has to learn of every fence of the table, however that is
 * lowered.
 *
 * Told of too little it reports races that there are not; told of too much it
 * overlooks some that there are.  So each fence is asked twice: what it does to
 * an access that is being delayed, and whether two threads that hand each other
 * a variable are reported without the fence and not with it.
 *
 * Only these functions race on purpose; tools/kunit knows them by their name.
 */
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kcsan-checks.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include <trace/events/printk.h>

#include "kcsan_kunit.h"

/* How long to wait for a report that has to come. */
#define KCSAN_KUNIT_PATIENCE	(60 * HZ)
/* How much longer than that took, no report may come. */
#define KCSAN_KUNIT_TIMES	3
/* KCSAN delays few accesses of many, and waiting makes many: so many a turn. */
#define KCSAN_KUNIT_ACCESSES	100

struct kcsan_kunit_row {
	const char *lowering;
	const struct kcsan_kunit_fence *fences;
};

static const struct kcsan_kunit_row kcsan_kunit_rows[] = {
	{ "inline", kcsan_kunit_inline },
	{ "native", kcsan_kunit_native },
	{ "outline", kcsan_kunit_outline },
};

static void kcsan_kunit_describe(const struct kcsan_kunit_row *row, char *desc)
{
	strscpy(desc, row->lowering, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(lowering, kcsan_kunit_rows, kcsan_kunit_describe);

/*
 * The access that is being delayed
 * ================================
 */

static u32 kcsan_kunit_var;

/*
 * Whether an access of that kind, delayed, is held back by @fn.  Nothing here is
 * instrumented but what @fn points to.
 */
static __no_kcsan bool kcsan_kunit_holds(int type, void (*fn)(void))
{
	struct kcsan_scoped_access *delayed = &current->kcsan_ctx.reorder_access;
	bool held;

	kcsan_nestable_atomic_begin();
	delayed->type = type | KCSAN_ACCESS_SCOPED;
	delayed->size = sizeof(kcsan_kunit_var);
	fn();
	held = !delayed->size;
	delayed->size = 0;
	kcsan_nestable_atomic_end();
	return held;
}

/* Let KCSAN fill in an access of ours, which the cases then vary. */
static __no_kcsan bool kcsan_kunit_delay_one(void)
{
	struct kcsan_scoped_access *delayed = &current->kcsan_ctx.reorder_access;
	int i;

	for (i = 0; i < 10000000; i++) {
		if (delayed->size == sizeof(kcsan_kunit_var))
			return true;
		__kcsan_check_read(&kcsan_kunit_var, sizeof(kcsan_kunit_var));
	}
	return false;
}

static noinline void kcsan_kunit_no_fence(void)
{
	barrier();
}

static void fence_holds_what_it_promises(struct kunit *test)
{
	const struct kcsan_kunit_row *row = test->param_value;
	const struct kcsan_kunit_fence *f;
	bool r, w;

	KUNIT_ASSERT_TRUE(test, kcsan_kunit_delay_one());
	for (f = row->fences; f < row->fences + KCSAN_KUNIT_NR_FENCES; f++) {
		r = kcsan_kunit_holds(0, f->fn);
		w = kcsan_kunit_holds(KCSAN_ACCESS_WRITE, f->fn);
		if (f->exact || (f->prior & MEMBAR_R))
			KUNIT_EXPECT_EQ_MSG(test, r, !!(f->prior & MEMBAR_R),
					    "%s: a prior read", f->name);
		if (f->exact || (f->prior & MEMBAR_W))
			KUNIT_EXPECT_EQ_MSG(test, w, !!(f->prior & MEMBAR_W),
					    "%s: a prior write", f->name);
	}
}

static void control_no_fence_holds_nothing(struct kunit *test)
{
	KUNIT_ASSERT_TRUE(test, kcsan_kunit_delay_one());
	KUNIT_EXPECT_FALSE(test, kcsan_kunit_holds(0, kcsan_kunit_no_fence));
	KUNIT_EXPECT_FALSE(test, kcsan_kunit_holds(KCSAN_ACCESS_WRITE,
						   kcsan_kunit_no_fence));
}

/*
 * Two threads
 * ===========
 *
 * One writes the variable, the other one reads it, in turns.  Whose turn it is
 * says a marked variable; what orders it after the access is the fence.
 *
 * KCSAN looks at a delayed access again whenever the function that made it
 * makes another one.  So that function stays and waits for its next turn, and
 * the other thread does not touch the variable at once.
 */

static u32 kcsan_kunit_data;
static u32 kcsan_kunit_turn;
static u32 kcsan_kunit_taken;
static bool kcsan_kunit_stop;
/* The fence after the write, the fence after the read. */
static void (*kcsan_kunit_after[2])(void);

static noinline void kcsan_kunit_put(void (*fence)(void))
{
	u32 i;

	for (i = 0; i < KCSAN_KUNIT_ACCESSES; i++) {
		kcsan_kunit_data = i;
		barrier();
	}
	fence();
	WRITE_ONCE(kcsan_kunit_turn, 1);
	while (READ_ONCE(kcsan_kunit_turn) && !READ_ONCE(kcsan_kunit_stop))
		cpu_relax();
}

static noinline u32 kcsan_kunit_take(void (*fence)(void))
{
	u32 taken = 0, i;

	for (i = 0; i < KCSAN_KUNIT_ACCESSES; i++) {
		taken += kcsan_kunit_data;
		barrier();
	}
	fence();
	WRITE_ONCE(kcsan_kunit_turn, 0);
	while (!READ_ONCE(kcsan_kunit_turn) && !READ_ONCE(kcsan_kunit_stop))
		cpu_relax();
	return taken;
}

static __no_kcsan int kcsan_kunit_thread(void *reader)
{
	const u32 me = !!reader;
	int i;

	while (!kthread_should_stop()) {
		/* Pairs with the fence under test, of the other thread. */
		if (smp_load_acquire(&kcsan_kunit_turn) != me) {
			cond_resched();
			continue;
		}
		for (i = 0; i < 64; i++)
			cpu_relax();
		if (me)
			WRITE_ONCE(kcsan_kunit_taken,
				   kcsan_kunit_take(kcsan_kunit_after[1]));
		else
			kcsan_kunit_put(kcsan_kunit_after[0]);
	}
	return 0;
}

/* How many of our races were on the console. */
static u32 kcsan_kunit_reported;

static __no_kcsan void kcsan_kunit_probe(void *unused, const char *buf,
					 size_t len)
{
	if (strnstr(buf, "BUG: KCSAN: ", len) &&
	    strnstr(buf, " in kcsan_kunit_", len))
		WRITE_ONCE(kcsan_kunit_reported,
			   READ_ONCE(kcsan_kunit_reported) + 1);
}

/*
 * Let them run for @ticks, or until there is a report.  Returns how long that
 * took, 0 if there was none, or an error.
 */
static __no_kcsan long kcsan_kunit_race(void (*after_write)(void),
					void (*after_read)(void), long ticks)
{
	struct task_struct *threads[2];
	unsigned long start;
	long ret = 0;
	int i;

	kcsan_kunit_turn = 0;
	kcsan_kunit_stop = false;
	kcsan_kunit_after[0] = after_write;
	kcsan_kunit_after[1] = after_read;
	WRITE_ONCE(kcsan_kunit_reported, 0);
	start = jiffies;
	for (i = 0; i < 2; i++) {
		threads[i] = kthread_run(kcsan_kunit_thread, (void *)(long)i,
					 "membar_kcsan/%d", i);
		if (IS_ERR(threads[i]))
			ret = PTR_ERR(threads[i]);
	}
	while (!ret && time_before(jiffies, start + ticks)) {
		schedule_timeout_uninterruptible(1);
		if (READ_ONCE(kcsan_kunit_reported))
			ret = max(jiffies - start, 1UL);
	}
	WRITE_ONCE(kcsan_kunit_stop, true);
	for (i = 0; i < 2; i++)
		if (!IS_ERR(threads[i]))
			kthread_stop(threads[i]);
	return ret;
}

/* One fence on one side; the other side's is the kernel's own, and full. */
static noinline void kcsan_kunit_smp_mb(void)
{
	/* Pairs with the fence under test, of the other thread. */
	smp_mb();
}

static void kcsan_kunit_side(struct kunit *test,
			     const struct kcsan_kunit_fence *f, u8 side)
{
	void (*full)(void) = kcsan_kunit_smp_mb;
	void (*none)(void) = kcsan_kunit_no_fence;
	const char *what = side == MEMBAR_W ? "write" : "read";
	long without, with;

	without = kcsan_kunit_race(side == MEMBAR_W ? none : full,
				   side == MEMBAR_W ? full : none,
				   KCSAN_KUNIT_PATIENCE);
	KUNIT_ASSERT_GE(test, without, 0);
	KUNIT_EXPECT_GT_MSG(test, without, 0,
			    "a race after a %s without a fence was not reported",
			    what);
	with = kcsan_kunit_race(side == MEMBAR_W ? f->fn : full,
				side == MEMBAR_W ? full : f->fn,
				KCSAN_KUNIT_TIMES * max(without, HZ / 10L));
	KUNIT_EXPECT_EQ_MSG(test, with, 0, "%s does not order the %s for KCSAN",
			    f->name, what);
}

/* One fence in one lowering, for each takes its time. */
struct kcsan_kunit_cell {
	const char *lowering;
	const struct kcsan_kunit_fence *fence;
};

/* Filled in when the suite begins. */
static struct kcsan_kunit_cell
kcsan_kunit_cells[ARRAY_SIZE(kcsan_kunit_rows) * KCSAN_KUNIT_NR_FENCES];

static void kcsan_kunit_describe_cell(struct kcsan_kunit_cell *cell,
				      char *desc)
{
	scnprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s %s", cell->lowering,
		  cell->fence->name);
}

KUNIT_ARRAY_PARAM(cell, kcsan_kunit_cells, kcsan_kunit_describe_cell);

static void race_is_reported_without_the_fence_alone(struct kunit *test)
{
	const struct kcsan_kunit_cell *cell = test->param_value;

	if (num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs");

	if (cell->fence->prior & MEMBAR_W)
		kcsan_kunit_side(test, cell->fence, MEMBAR_W);
	if (cell->fence->prior & MEMBAR_R)
		kcsan_kunit_side(test, cell->fence, MEMBAR_R);
}

static struct kunit_case kcsan_kunit_cases[] = {
	KUNIT_CASE(control_no_fence_holds_nothing),
	KUNIT_CASE_PARAM(fence_holds_what_it_promises, lowering_gen_params),
	KUNIT_CASE_PARAM(race_is_reported_without_the_fence_alone,
			 cell_gen_params),
	{}
};

static int kcsan_kunit_suite_init(struct kunit_suite *suite)
{
	struct kcsan_kunit_cell *cell = kcsan_kunit_cells;
	const struct kcsan_kunit_row *row;
	unsigned int i;

	for (row = kcsan_kunit_rows;
	     row < kcsan_kunit_rows + ARRAY_SIZE(kcsan_kunit_rows); row++)
		for (i = 0; i < KCSAN_KUNIT_NR_FENCES; i++)
			*cell++ = (struct kcsan_kunit_cell) {
				row->lowering, &row->fences[i],
			};
	return register_trace_console(kcsan_kunit_probe, NULL);
}

static void kcsan_kunit_suite_exit(struct kunit_suite *suite)
{
	unregister_trace_console(kcsan_kunit_probe, NULL);
	tracepoint_synchronize_unregister();
}

static struct kunit_suite kcsan_kunit_suite = {
	.name = "membar_kcsan",
	.suite_init = kcsan_kunit_suite_init,
	.suite_exit = kcsan_kunit_suite_exit,
	.test_cases = kcsan_kunit_cases,
};

kunit_test_suite(kcsan_kunit_suite);

MODULE_DESCRIPTION("KUnit tests of what KCSAN learns of membar's fences");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
