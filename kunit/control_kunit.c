// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit suite control_membar: what has to fail, and what the kernel has to
 * report.  Its name keeps it out of "membar*"; tools/kunit runs it in a boot of
 * its own and believes the other suites only if this one came out red.
 */
#include <kunit/test.h>
#include <linux/compiler.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

#define CONTROL_SIZE	16

static void control_fails(struct kunit *test)
{
	KUNIT_FAIL(test, "on purpose");
}

static void control_warns(struct kunit *test)
{
	WARN(1, "on purpose\n");
}

/* KASAN: one byte past the end. */
static void control_writes_past_the_end(struct kunit *test)
{
	size_t size = CONTROL_SIZE;
	char *buf;

	if (!IS_ENABLED(CONFIG_KASAN))
		kunit_skip(test, "needs CONFIG_KASAN");

	OPTIMIZER_HIDE_VAR(size);
	buf = kmalloc(size, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, buf);
	WRITE_ONCE(buf[size], 1);
	kfree(buf);
}

/* KMSAN: a branch on what nobody wrote. */
static void control_reads_what_nobody_wrote(struct kunit *test)
{
	char *buf;

	if (!IS_ENABLED(CONFIG_KMSAN))
		kunit_skip(test, "needs CONFIG_KMSAN");

	buf = kmalloc(CONTROL_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, buf);
	if (READ_ONCE(buf[3]))
		kunit_info(test, "something was there\n");
	kfree(buf);
}

/* UBSAN: a shift by more than the width. */
static void control_shifts_too_far(struct kunit *test)
{
	int bits = 33;

	if (!IS_ENABLED(CONFIG_UBSAN_SHIFT))
		kunit_skip(test, "needs CONFIG_UBSAN_SHIFT");

	OPTIMIZER_HIDE_VAR(bits);
	kunit_info(test, "%d\n", 1 << bits);
}

/* KCSAN: two threads that add to one variable. */
static struct completion control_done;
static unsigned long control_shared;

static int control_race(void *unused)
{
	unsigned long end = jiffies + 4 * HZ;

	while (time_before(jiffies, end)) {
		control_shared++;
		/* Or the sum is kept in a register, with a lazy kernel. */
		barrier();
		cond_resched();
	}
	kthread_complete_and_exit(&control_done, 0);
}

static void control_races(struct kunit *test)
{
	struct task_struct *task;

	if (!IS_ENABLED(CONFIG_KCSAN))
		kunit_skip(test, "needs CONFIG_KCSAN");

	init_completion(&control_done);
	task = kthread_run(control_race, NULL, "control/0");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	task = kthread_run(control_race, NULL, "control/1");
	if (!IS_ERR(task))
		wait_for_completion(&control_done);
	wait_for_completion(&control_done);
}

/* DEBUG_OBJECTS: memory is freed with a timer in it. */
static void control_timer(struct timer_list *timer)
{
}

static void control_frees_a_timer(struct kunit *test)
{
	struct timer_list *timer;

	if (!IS_ENABLED(CONFIG_DEBUG_OBJECTS_TIMERS) ||
	    !IS_ENABLED(CONFIG_DEBUG_OBJECTS_FREE))
		kunit_skip(test, "needs CONFIG_DEBUG_OBJECTS_TIMERS and _FREE");

	timer = kunit_kmalloc(test, sizeof(*timer), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, timer);
	timer_setup(timer, control_timer, 0);
	mod_timer(timer, jiffies + 3600 * HZ);
	kunit_kfree(test, timer);
}

/* kmemleak: nothing points there any more. */
static void control_forgets_memory(struct kunit *test)
{
	int i;

	if (!IS_ENABLED(CONFIG_DEBUG_KMEMLEAK))
		kunit_skip(test, "needs CONFIG_DEBUG_KMEMLEAK");

	/* Of several some are not found by chance on a stack. */
	for (i = 0; i < 8; i++)
		KUNIT_EXPECT_TRUE(test, kmalloc(CONTROL_SIZE + i, GFP_KERNEL));
}

/* DEBUG_ATOMIC_SLEEP: sleeping with a lock that spins. */
static DEFINE_RAW_SPINLOCK(control_a);
static DEFINE_RAW_SPINLOCK(control_b);

static void control_sleeps_in_atomic(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_DEBUG_ATOMIC_SLEEP))
		kunit_skip(test, "needs CONFIG_DEBUG_ATOMIC_SLEEP");

	raw_spin_lock(&control_a);
	might_sleep();
	raw_spin_unlock(&control_a);
}

/* PROVE_LOCKING: two locks in one order, and in the other. */
static void control_locks_in_both_orders(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_PROVE_LOCKING))
		kunit_skip(test, "needs CONFIG_PROVE_LOCKING");

	raw_spin_lock(&control_a);
	raw_spin_lock(&control_b);
	raw_spin_unlock(&control_b);
	raw_spin_unlock(&control_a);
	raw_spin_lock(&control_b);
	raw_spin_lock(&control_a);
	raw_spin_unlock(&control_a);
	raw_spin_unlock(&control_b);
}

/* CFI: a call through a pointer of another type. */
static noinline int control_takes_long(long n)
{
	return n != 0;
}

static void control_calls_wrong_type(struct kunit *test)
{
	int (*fn)(void *) = (void *)control_takes_long;

	if (!IS_ENABLED(CONFIG_CFI) && !IS_ENABLED(CONFIG_CFI_CLANG))
		kunit_skip(test, "needs CONFIG_CFI");

	OPTIMIZER_HIDE_VAR(fn);
	kunit_info(test, "%d\n", fn(test));
}

static struct kunit_case control_cases[] = {
	KUNIT_CASE(control_fails),
	KUNIT_CASE(control_warns),
	KUNIT_CASE(control_writes_past_the_end),
	KUNIT_CASE(control_reads_what_nobody_wrote),
	KUNIT_CASE(control_shifts_too_far),
	KUNIT_CASE(control_races),
	KUNIT_CASE(control_frees_a_timer),
	KUNIT_CASE(control_forgets_memory),
	KUNIT_CASE(control_sleeps_in_atomic),
	KUNIT_CASE(control_locks_in_both_orders),
	KUNIT_CASE(control_calls_wrong_type),
	{}
};

static struct kunit_suite control_suite = {
	.name = "control_membar",
	.test_cases = control_cases,
};

kunit_test_suite(control_suite);

MODULE_DESCRIPTION("KUnit tests that have to fail");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
