// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of how the threads of a test wait for one another.  In most of them one thread
 * runs; the test plays the others when it looks at what they share, and moves the clock.
 * They run on the host only: tools/stress-host kunit.
 */
#include <kunit/test.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/sched.h>

#include "note.h"
#include "runner.h"
#include "threads.h"

/* After so many looks a thread waits for ever. */
#define ENDLESS		100000

/* One worker more than any test has, who never runs. */
static struct membar_worker worker[MEMBAR_MAX_THREADS + 1];
static struct membar_run run;
static struct kunit *now;

/* What the thread has done, and when others come: at which look, how many. */
static unsigned int looks, relaxed, offers, clock_reads, task_state;
static unsigned int come_at, come;
static u64 now_ns, tick;

/* Of threads that run in turn, those who may be woken, and how often one was not. */
static bool waits_for_others[MEMBAR_MAX_THREADS];
static unsigned int slept;

/*
 * What the kernel does
 * ====================
 */

static void arrive(unsigned int nr)
{
	while (nr--)
		atomic_inc_return(&run.arrived);
}

unsigned int atomic_read_acquire(const atomic_t *v)
{
	const unsigned int n = v->counter;

	/* It may be another number already. */
	if (current && ++looks % 64 == 0)
		threads_switch();
	if (current)
		return n;
	KUNIT_ASSERT_LT(now, looks, ENDLESS);
	if (++looks == come_at)
		arrive(come);
	return v->counter;
}

void cpu_relax(void)
{
	relaxed++;
	now_ns += tick;
}

void cond_resched(void)
{
	offers++;
}

unsigned long long ktime_get_ns(void)
{
	clock_reads++;
	return now_ns;
}

/* The worker has said that it is here before it asks. */
bool waitqueue_active(wait_queue_head_t *q)
{
	const bool active = q->sleepers;

	if (current)
		threads_switch();
	else
		note("%u here, %u asleep", run.arrived.counter, q->sleepers);
	return active;
}

void wake_up_all(wait_queue_head_t *q)
{
	if (!current)
		note("wakes %u until %llu", q->sleepers, run.restart);
	q->sleepers = 0;
	memset(waits_for_others, 0, sizeof(waits_for_others));
}

void prepare_to_wait(wait_queue_head_t *q)
{
	if (!current || waits_for_others[current - threads])
		return;
	waits_for_others[current - threads] = true;
	q->sleepers++;
	threads_switch();
}

void finish_wait(wait_queue_head_t *q)
{
	if (!current || !waits_for_others[current - threads])
		return;
	waits_for_others[current - threads] = false;
	q->sleepers--;
}

/* Somebody else comes, and says when to begin again. */
void sleep_on(wait_queue_head_t *q)
{
	KUNIT_ASSERT_EQ(now, q, &run.sleepers);
	slept += !!current;
	while (current && waits_for_others[current - threads])
		threads_switch();
	if (current)
		return;
	KUNIT_ASSERT_LT(now, run.arrived.counter, ENDLESS);
	note("sleeps");
	arrive(1);
	run.restart = 777;
}

void set_current_state(unsigned int state)
{
	task_state = state;
}

/* A thread that has not said that it sleeps does not. */
int schedule_hrtimeout(ktime_t *at, enum hrtimer_mode mode)
{
	const bool idle = task_state == TASK_IDLE;

	task_state = 0;
	while (current && now_ns < (u64)*at) {
		now_ns += tick;
		threads_switch();
	}
	if (!current)
		note("%s until %lld%s", idle ? "idle" : "awake", *at,
		     mode == HRTIMER_MODE_ABS ? "" : " from now on");
	return 0;
}

/*
 * Meetings
 * ========
 */

static void begin(struct kunit *test, unsigned int nr_threads)
{
	unsigned int t;

	now = test;
	memset(worker, 0, sizeof(worker));
	memset(&run, 0, sizeof(run));
	run.worker = worker;
	run.plan.nr_threads = nr_threads;
	for (t = 0; t <= MEMBAR_MAX_THREADS; t++) {
		worker[t].run = &run;
		worker[t].index = t;
	}
	now_ns = 1000000000000ULL;
	tick = 0;
}

/* One of the workers meets others, who come at a look. */
static void meet(struct membar_worker *w, unsigned int at, unsigned int nr)
{
	notes[0] = '\0';
	looks = 0;
	relaxed = 0;
	offers = 0;
	clock_reads = 0;
	come_at = at;
	come = nr;
	membar_meet(w);
}

static void one_thread_meets_nobody(struct kunit *test)
{
	unsigned int i;

	begin(test, 1);
	for (i = 1; i < 4; i++) {
		meet(worker, 0, 0);
		KUNIT_EXPECT_EQ(test, run.arrived.counter, i);
		KUNIT_EXPECT_EQ(test, looks, 1);
		KUNIT_EXPECT_EQ(test, clock_reads, 0);
	}
	KUNIT_EXPECT_STREQ(test, notes, "3 here, 0 asleep");
}

static void the_last_one_waits_for_nobody(struct kunit *test)
{
	begin(test, 3);
	arrive(2);
	meet(&worker[1], 0, 0);
	KUNIT_EXPECT_EQ(test, looks, 1);
	/* The others have left, and one of them is at the next meeting. */
	arrive(1);
	meet(&worker[1], 1, 1);
	KUNIT_EXPECT_EQ(test, looks, 1);
	KUNIT_EXPECT_STREQ(test, notes, "5 here, 0 asleep");
	/* It is not waited for who is ahead. */
	arrive(3);
	meet(&worker[1], 0, 0);
	KUNIT_EXPECT_EQ(test, looks, 1);
}

/* At which look the last one comes, and what those before were like. */
static const struct wait {
	unsigned int at;
	unsigned int relaxed;
	unsigned int clock_reads;
} waits[] = {
	{ 1, 0, 0 }, { 2, 0, 0 }, { 4095, 0, 0 }, { 4096, 0, 0 },
	{ 4097, 0, 1 }, { 4098, 1, 1 }, { 4160, 63, 1 }, { 4161, 64, 2 },
	{ 4162, 65, 2 }, { 4225, 128, 3 },
};

static void the_first_one_waits_for_all(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(waits); i++) {
		begin(test, 3);
		arrive(1);
		meet(worker, waits[i].at, 1);
		KUNIT_EXPECT_EQ(test, looks, waits[i].at);
		KUNIT_EXPECT_EQ(test, relaxed, waits[i].relaxed);
		KUNIT_EXPECT_EQ(test, clock_reads, waits[i].clock_reads);
		/* It lets others run each time that it looks at the clock. */
		KUNIT_EXPECT_EQ(test, offers, relaxed / 64);
		KUNIT_EXPECT_STREQ(test, notes, "2 here, 0 asleep");
	}
}

static void meetings_may_be_many(struct kunit *test)
{
	unsigned int i;

	begin(test, 2);
	worker[0].meetings = 0x7ffffffd;
	atomic_set(&run.arrived, -6);
	for (i = 0; i < 8; i++) {
		meet(worker, 5, 1);
		KUNIT_EXPECT_EQ_MSG(test, looks, 5, "meeting %u", i);
		KUNIT_EXPECT_EQ(test, run.arrived.counter, 2 * i - 4);
	}
}

/*
 * Waits until it sleeps; the clock is read after each 64 looks, which take this long.
 */
static void expect_patience(struct kunit *test, u64 nsecs, unsigned int asleep_after)
{
	tick = nsecs / 64;
	meet(worker, 0, 0);
	KUNIT_EXPECT_EQ_MSG(test, relaxed, asleep_after, "%llu ns", nsecs);
	KUNIT_EXPECT_EQ(test, offers, asleep_after / 64 - 1);
}

static void who_waits_too_long_sleeps(struct kunit *test)
{
	begin(test, 2);
	/* A millisecond is not too long. */
	expect_patience(test, 1000000, 128);
	KUNIT_EXPECT_STREQ(test, notes, "1 here, 0 asleep|sleeps|idle until 777");
	expect_patience(test, 1000064, 64);
	KUNIT_EXPECT_STREQ(test, notes, "3 here, 0 asleep|sleeps|idle until 777");
	/* It sleeps until all have come. */
	run.plan.nr_threads = 3;
	run.arrived.counter = 6;
	expect_patience(test, 1000064, 64);
	KUNIT_EXPECT_STREQ(test, notes,
			   "7 here, 0 asleep|sleeps|sleeps|idle until 777");
}

/* The last one comes before it is asleep. */
static void who_is_about_to_sleep_looks_again(struct kunit *test)
{
	begin(test, 2);
	tick = 1000064 / 64;
	run.restart = 555;
	meet(worker, 4096 + 64 + 1, 1);
	KUNIT_EXPECT_EQ(test, looks, 4096 + 64 + 1);
	KUNIT_EXPECT_STREQ(test, notes, "1 here, 0 asleep|idle until 555");
}

static void who_comes_last_wakes_the_others(struct kunit *test)
{
	begin(test, 3);
	arrive(2);
	run.sleepers.sleepers = 2;
	meet(worker, 0, 0);
	/* Then they begin again together. */
	KUNIT_EXPECT_STREQ(test, notes,
			   "3 here, 2 asleep|wakes 2 until 1000002000000|idle until 1000002000000");
	KUNIT_EXPECT_EQ(test, looks, 1);
	KUNIT_EXPECT_EQ(test, clock_reads, 1);
	KUNIT_EXPECT_TRUE(test, worker[0].woke);
	arrive(2);
	meet(worker, 0, 0);
	KUNIT_EXPECT_STREQ(test, notes, "6 here, 0 asleep");
	KUNIT_EXPECT_FALSE(test, worker[0].woke);
}

/* Those whom it wakes sleep again, unless it was the last one. */
static void who_wakes_others_waits_for_the_rest(struct kunit *test)
{
	begin(test, 3);
	arrive(1);
	run.sleepers.sleepers = 1;
	meet(worker, 100, 1);
	KUNIT_EXPECT_STREQ(test, notes,
			   "2 here, 1 asleep|wakes 1 until 1000002000000");
	KUNIT_EXPECT_EQ(test, looks, 100);
}

/* Who woke others is ahead of them: it waits longer the next time, and only then. */
static void who_woke_others_is_patient(struct kunit *test)
{
	begin(test, 2);
	arrive(1);
	run.sleepers.sleepers = 1;
	meet(worker, 0, 0);
	KUNIT_EXPECT_TRUE(test, worker[0].woke);
	expect_patience(test, 10000000, 128);
	KUNIT_EXPECT_STREQ(test, notes, "3 here, 0 asleep|sleeps|idle until 777");
	expect_patience(test, 1000064, 64);

	arrive(1);
	run.sleepers.sleepers = 1;
	meet(worker, 0, 0);
	expect_patience(test, 10000064, 64);
	expect_patience(test, 1000064, 64);
}

/*
 * All threads
 * ===========
 */

#define MEETINGS	30

static unsigned int meeting_of[MEMBAR_MAX_THREADS];

/* Each comes late now and then; nobody leaves before all have come. */
static int come_and_go(void *data)
{
	struct membar_worker *w = data;
	unsigned int i, t, late;

	for (i = 1; i <= MEETINGS; i++) {
		late = i % 3 == w->index % 3 ? 300 : 0;
		while (late--)
			threads_switch();
		meeting_of[w->index] = i;
		membar_meet(w);
		for (t = 0; t < run.plan.nr_threads; t++)
			KUNIT_EXPECT_TRUE(now, meeting_of[t] == i ||
					  meeting_of[t] == i + 1);
		threads_switch();
	}
	return 0;
}

static void all_threads_meet(struct kunit *test)
{
	unsigned int nr, seed, t;

	slept = 0;
	for (nr = 1; nr <= MEMBAR_MAX_THREADS; nr++) {
		for (seed = 0; seed < 5; seed++) {
			begin(test, nr);
			tick = 20000;
			memset(meeting_of, 0, sizeof(meeting_of));
			memset(waits_for_others, 0, sizeof(waits_for_others));
			threads_begin(test, seed);
			for (t = 0; t < nr; t++) {
				kthread_create(come_and_go, &worker[t], "%u", t);
				wake_up_process(&threads[t]);
			}
			/* If somebody sleeps for ever, this takes as long. */
			for (t = 0; t < nr; t++)
				while (!threads[t].ended)
					threads_switch();
			KUNIT_EXPECT_EQ(test, run.sleepers.sleepers, 0);
			threads_end();
		}
	}
	KUNIT_EXPECT_GT(test, slept, 10);
}

/*
 * Gathering
 * =========
 */

/*
 * Another worker: what it counts first, at each so many looks at it by how much it
 * counts on, and how often at most.
 */
static struct other {
	u32 sign;
	unsigned int every;
	unsigned int most;
	unsigned int looks;
} other[MEMBAR_MAX_THREADS + 1];

/* At which of its looks the one that gathers finds that another one has done so. */
static unsigned int gathered_at, gathers;

void before_read(const void *p)
{
	unsigned int t;

	if (p == &run.gathered) {
		KUNIT_ASSERT_LT(now, gathers, ENDLESS);
		now_ns += tick;
		if (++gathers == gathered_at)
			run.gathered = 5;
	}
	for (t = 1; t <= MEMBAR_MAX_THREADS; t++) {
		if (p != &worker[t].sign || !other[t].every)
			continue;
		if (++other[t].looks % other[t].every == 0 && other[t].most) {
			other[t].most--;
			worker[t].sign++;
		}
	}
}

static void gather(struct kunit *test, unsigned int nr_threads, u64 number)
{
	unsigned int t;

	begin(test, nr_threads);
	for (t = 1; t <= MEMBAR_MAX_THREADS; t++)
		worker[t].sign = other[t].sign;
	gathers = 0;
	offers = 0;
	tick = 1000;
	membar_gather(worker, number);
	KUNIT_EXPECT_EQ(test, run.gathered, (u32)number);
}

static void forget_others(struct kunit *test)
{
	memset(other, 0, sizeof(other));
	gathered_at = 0;
}

/* Nobody waits for others who run. */
static void those_who_run_gather_at_once(struct kunit *test)
{
	unsigned int t, nr;

	for (nr = 1; nr <= MEMBAR_MAX_THREADS; nr++) {
		forget_others(test);
		for (t = 1; t < nr; t++)
			other[t] = (struct other){ 0, 1, -1 };
		gather(test, nr, 5);
		KUNIT_EXPECT_EQ_MSG(test, worker[0].sign, 3, "%u threads", nr);
		KUNIT_EXPECT_EQ(test, offers, 0);
	}
	/* Of the number of a batch the low half is enough. */
	gather(test, 2, 0x700000005ULL);
	KUNIT_EXPECT_EQ(test, worker[0].sign, 3);
}

/* How often one counts while another one changes its sign seldom. */
static void one_that_begins_late_is_waited_for(struct kunit *test)
{
	unsigned int t, i;

	for (t = 1; t < 4; t++) {
		forget_others(test);
		for (i = 1; i < 4; i++)
			other[i] = (struct other){ 9, i == t ? 100 : 1, -1 };
		gather(test, 4, 5);
		/* The look before the first is one of the 300. */
		KUNIT_EXPECT_EQ_MSG(test, worker[0].sign, 299, "thread %u", t);
		KUNIT_EXPECT_EQ(test, offers, 4);
	}
	/* It counted before: that says nothing. */
	other[3] = (struct other){ 9, 7, -1 };
	gather(test, 4, 5);
	KUNIT_EXPECT_EQ(test, worker[0].sign, 20);
	/* What the first look finds says as little. */
	other[1] = (struct other){ 9, 1, -1 };
	other[2] = (struct other){ 9, 1, -1 };
	other[3] = (struct other){ 9, 1, 3 };
	gather(test, 4, 5);
	KUNIT_EXPECT_GT(test, worker[0].sign, 3);
}

static void no_one_waits_for_ever(struct kunit *test)
{
	/* It has not run for long, or stopped. */
	static const struct other absent[] = {
		{ 0, 0, 0 }, { 7, 0, 0 }, { 0, 1, 2 }, { 0, 10, 2 }, { -1, 2, 2 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(absent); i++) {
		forget_others(test);
		other[1] = absent[i];
		other[2] = (struct other){ 0, 1, -1 };
		gather(test, 3, 5);
		/* Looks of a microsecond, for at most four milliseconds. */
		KUNIT_EXPECT_EQ_MSG(test, worker[0].sign, 4032, "%u", i);
		KUNIT_EXPECT_EQ(test, offers, 62);
	}
}

static void gathering_takes_four_milliseconds(struct kunit *test)
{
	static const struct {
		u64 tick;
		unsigned int looks;
	} rows[] = {
		{ 4000000 / 64, 128 }, { 4000000 / 64 + 1, 64 }, { 4000000, 64 },
	};
	unsigned int i;

	forget_others(test);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		begin(test, 2);
		gathers = 0;
		offers = 0;
		tick = rows[i].tick;
		membar_gather(worker, 5);
		KUNIT_EXPECT_EQ_MSG(test, worker[0].sign, rows[i].looks, "%llu", tick);
		KUNIT_EXPECT_EQ(test, offers, rows[i].looks / 64 - 1);
		KUNIT_EXPECT_EQ(test, run.gathered, 5);
	}
}

static void all_begin_when_one_has_found_all(struct kunit *test)
{
	forget_others(test);
	gathered_at = 1;
	gather(test, 2, 5);
	KUNIT_EXPECT_EQ(test, worker[0].sign, 0);
	gathered_at = 11;
	gather(test, 2, 5);
	KUNIT_EXPECT_EQ(test, worker[0].sign, 10);
	/* Those who gathered for another batch say nothing. */
	gather(test, 2, 6);
	KUNIT_EXPECT_EQ(test, worker[0].sign, 4032);
}

static struct kunit_case meet_cases[] = {
	KUNIT_CASE(one_thread_meets_nobody),
	KUNIT_CASE(the_last_one_waits_for_nobody),
	KUNIT_CASE(the_first_one_waits_for_all),
	KUNIT_CASE(meetings_may_be_many),
	KUNIT_CASE(who_waits_too_long_sleeps),
	KUNIT_CASE(who_is_about_to_sleep_looks_again),
	KUNIT_CASE(who_comes_last_wakes_the_others),
	KUNIT_CASE(who_wakes_others_waits_for_the_rest),
	KUNIT_CASE(who_woke_others_is_patient),
	KUNIT_CASE(all_threads_meet),
	KUNIT_CASE(those_who_run_gather_at_once),
	KUNIT_CASE(one_that_begins_late_is_waited_for),
	KUNIT_CASE(no_one_waits_for_ever),
	KUNIT_CASE(gathering_takes_four_milliseconds),
	KUNIT_CASE(all_begin_when_one_has_found_all),
	{}
};

static struct kunit_suite meet_suite = {
	.name = "membar_meet",
	.exit = forget_others,
	.test_cases = meet_cases,
};

kunit_test_suite(meet_suite);
