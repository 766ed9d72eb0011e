// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of how a test runs: what its threads call, in which order, what the first of
 * them decides, when it ends and what it has shown then.  The threads run in turn, and
 * the test plays what they call.  They run on the host only: tools/stress-host kunit.
 */
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/sched.h>

#include "match.h"
#include "parse.h"
#include "runner.h"
#include "threads.h"

#define MAX_BATCHES	400
#define CALLS_LEN	16384
#define SEEDS		30
#define ALLOC_NS	500
#define MSEC		1000000ULL

/* What is asked for, and what comes of it. */
static struct membar_job job;
static struct membar_request request;
static struct membar_progress progress;
static struct membar_result result, control;
static struct membar_places places;
static struct membar_translation translation;
static struct membar_match match;

/* How the test plays. */
static struct play {
	unsigned int seed;
	/* How long a batch takes; it may differ for one of them. */
	u64 batch_ns;
	u64 long_batch;
	u64 long_ns;
	/* The shortest batch, if there is one. */
	u64 shortest;
	/* Added to the result for each batch. */
	u64 together;
	/* Batches in which something is so, or 0. */
	u64 apart_after;
	u64 cut_in;
	u64 stop_in;
	u64 not_whole;
	u64 stuck_in;
	unsigned int stuck_thread;
	unsigned int nr_stuck;
	/* At which look somebody says stop. */
	unsigned int stop_at;
	/* Which of the next allocations of a run fails, or of anything else. */
	unsigned int failing_run;
	unsigned int failing_allocation;
	void (*count)(struct membar_worker *w);
} play;

static struct kunit *now;
static u64 now_ns;
static unsigned int stop_looks, offers, nr_runs, nr_alive;

/* What each thread has called, and in which batches it is. */
static struct state {
	char calls[CALLS_LEN];
	u64 runs;
	u64 ran;
	u64 counts;
	u64 counted;
	u64 restored;
} state[MEMBAR_MAX_CPUS];

/* What was decided, and the runs as they ended; of both engines there are two. */
static struct membar_batch decided[MAX_BATCHES + 1];
static struct membar_run ended[2];

static struct membar_states *states_of[MEMBAR_MAX_THREADS];

/*
 * What the runner calls
 * =====================
 */

static __printf(2, 3) void called(unsigned int t, const char *fmt, ...)
{
	size_t n = strlen(state[t].calls);
	va_list args;

	KUNIT_ASSERT_LT(now, n + 32, CALLS_LEN);
	va_start(args, fmt);
	vsnprintf(state[t].calls + n, CALLS_LEN - n, fmt, args);
	va_end(args);
}

unsigned long long ktime_get_ns(void)
{
	return now_ns;
}

void cond_resched(void)
{
	offers++;
	threads_switch();
}

void before_read(const void *p)
{
	if (p == &progress.stop && ++stop_looks == play.stop_at)
		progress.stop = "stopped";
	if (current)
		threads_switch();
}

/* One worker too many, whom nobody may touch. */
struct membar_run *membar_alloc_run(const struct membar_job *j,
				    const struct membar_request *r,
				    const struct membar_plan *plan,
				    enum membar_engine engine,
				    struct membar_result *into)
{
	struct membar_worker *extra;
	struct membar_run *run;
	unsigned int t;

	KUNIT_EXPECT_TRUE(now, j == &job && r == &request && into == &result);
	if (play.failing_run && !--play.failing_run)
		return NULL;
	nr_alive++;
	memset(state, 0, sizeof(state));
	run = calloc(1, sizeof(*run));
	run->plan = *plan;
	run->engine = engine;
	run->invariant = j->invariant;
	run->translation = j->translation;
	run->nr_sets = run->translation ? MEMBAR_NR_SETS : 2;
	run->result = into;
	run->last = U64_MAX;
	run->shortest = play.shortest ?: U64_MAX / MEMBAR_LONG_BATCH;
	run->tallies = calloc(plan->nr_threads + 1, sizeof(*run->tallies));
	run->tallies[plan->nr_threads].stuck = true;
	run->worker = calloc(plan->nr_threads + 1, sizeof(*run->worker));
	for (t = 0; t < plan->nr_threads; t++) {
		run->worker[t].run = run;
		run->worker[t].index = t;
		if (t < MEMBAR_MAX_THREADS)
			run->worker[t].states = states_of[t];
	}
	extra = &run->worker[plan->nr_threads];
	extra->task = (void *)1;
	extra->unsound = 1000;
	membar_aiming_begin(&run->aiming, plan->nr_threads, MEMBAR_NR_GROUPS,
			    into->aims);
	now_ns += ALLOC_NS;
	return run;
}

/* Its threads have gone. */
void membar_free_run(struct membar_run *run)
{
	unsigned int t;

	for (t = 0; t < nr_threads; t++) {
		KUNIT_EXPECT_TRUE(now, threads[t].ended);
		KUNIT_EXPECT_EQ(now, threads[t].refs, 0);
		KUNIT_EXPECT_TRUE(now, threads[t].returned == 0 ||
				  !threads[t].woken);
	}
	KUNIT_ASSERT_LT(now, nr_runs, ARRAY_SIZE(ended));
	ended[nr_runs++] = *run;
	free(run->tallies);
	free(run->worker);
	free(run);
	nr_alive--;
}

void membar_meet(struct membar_worker *w)
{
	struct membar_run *run = w->run;
	const unsigned int goal = ++w->meetings * run->plan.nr_threads;

	called(w->index, "meet ");
	run->arrived.counter++;
	threads_switch();
	while ((int)(run->arrived.counter - goal) < 0)
		threads_switch();
}

void membar_gather(struct membar_worker *w, u64 number)
{
	called(w->index, "gather%llu ", number);
	threads_switch();
}

/* The last batch with the same variables was counted, and they are as they were. */
void membar_run_batch(struct membar_worker *w, u64 number)
{
	struct membar_run *run = w->run;
	const unsigned int set = membar_set_of(run, number);
	struct state *s = &state[w->index], *other;

	called(w->index, "run%llu ", number);
	KUNIT_ASSERT_LE(now, number, MAX_BATCHES);
	for (other = state; other < state + run->plan.nr_threads; other++) {
		KUNIT_EXPECT_TRUE(now, !other->counts ||
				  membar_set_of(run, other->counts) != set);
		KUNIT_EXPECT_TRUE(now, other->counted + run->nr_sets >= number);
		KUNIT_EXPECT_TRUE(now, !run->translation ||
				  other->restored + run->nr_sets >= number);
		KUNIT_EXPECT_TRUE(now, !other->runs || other->runs == number);
	}
	s->runs = number;
	threads_switch();
	if (!w->index) {
		decided[number] = *membar_batch_of(run, number);
		now_ns += number == play.long_batch ? play.long_ns : play.batch_ns;
		if (number == play.cut_in)
			run->cut = true;
		if (number == play.stop_in)
			progress.stop = "stopped";
	}
	w->span[set].end = now_ns;
	s->runs = 0;
	s->ran = number;
}

/* A number that tells whose account it is. */
void membar_account_of(const struct membar_run *run, u64 number,
		       struct membar_account *account)
{
	unsigned int t;

	for (t = 0; t < run->plan.nr_threads; t++)
		KUNIT_EXPECT_TRUE(now, state[t].ran >= number);
	*account = (struct membar_account){
		.whole = number != play.not_whole,
		.running = number,
	};
}

void membar_count_batch(struct membar_worker *w, u64 number,
			const struct membar_account *account)
{
	struct state *s = &state[w->index];

	called(w->index, "count%llu ", number);
	KUNIT_EXPECT_EQ(now, account->running, number);
	s->counts = number;
	threads_switch();
	if (play.count)
		play.count(w);
	s->counts = 0;
	s->counted = number;
}

void membar_close_batch(struct membar_run *run, u64 number,
			const struct membar_account *account)
{
	called(0, "close%llu ", number);
	KUNIT_EXPECT_EQ(now, account->running, number);
	KUNIT_EXPECT_EQ(now, state[0].counted, number);
	run->result->batches++;
	run->result->together += play.together;
	run->apart = number == play.apart_after;
}

/* All have counted the batch, and nobody uses its variables. */
void membar_restore(const struct membar_worker *w, u64 number)
{
	const struct membar_run *run = w->run;
	struct state *other;

	called(w->index, "restore%llu ", number);
	for (other = state; other < state + run->plan.nr_threads; other++) {
		KUNIT_EXPECT_TRUE(now, other->counted >= number);
		KUNIT_EXPECT_TRUE(now, other->runs < number + run->nr_sets &&
				  other->ran < number + run->nr_sets);
	}
	state[w->index].restored = number;
}

/* The run whose first worker's lanes these are. */
static struct membar_run *run_of(const struct membar_lane *lane)
{
	return ((const struct membar_worker *)lane)->run;
}

/* Between batches nobody runs one. */
static void expect_quiet(const struct membar_lane *lane)
{
	const struct membar_run *run = run_of(lane);
	unsigned int t;

	KUNIT_EXPECT_TRUE(now, run->worker == (const void *)lane);
	for (t = 0; t < run->plan.nr_threads; t++)
		KUNIT_EXPECT_EQ(now, state[t].runs, 0);
}

void membar_invariant_set_up(enum membar_invariant invariant,
			     const struct membar_lane *lane)
{
	called(0, "setup ");
	KUNIT_EXPECT_EQ(now, invariant, job.invariant);
	expect_quiet(lane);
}

/* The batch that was checked is known by what is decided of it. */
u64 membar_invariant_check(enum membar_invariant invariant,
			   const struct membar_lane *lane, bool whole)
{
	struct membar_run *run = run_of(lane);
	const u64 number = state[0].ran;
	unsigned int i, t;

	called(0, "check%llu%s ", number, whole ? "" : "-part");
	KUNIT_EXPECT_EQ(now, invariant, job.invariant);
	expect_quiet(lane);
	for (t = 0; t < run->plan.nr_threads; t++)
		run->tallies[t].stuck = false;
	for (i = 0; i < play.nr_stuck; i++)
		run->tallies[play.stuck_thread + i].stuck =
			number == play.stuck_in;
	return 10 + number;
}

/*
 * Runs
 * ====
 */

/* After a run nothing is left but its states. */
static void finish(void)
{
	kvfree(result.states);
	result.states = NULL;
	threads_end();
}

static void forget(struct kunit *test)
{
	unsigned int t;

	kvfree(result.states);
	for (t = 0; t < MEMBAR_MAX_THREADS; t++) {
		free(states_of[t]);
		states_of[t] = NULL;
	}
	memset(&result, 0, sizeof(result));
}

/* A test that may run for 10 ms, in batches of 1 ms. */
static void begin(struct kunit *test)
{
	forget(test);
	now = test;
	memset(&job, 0, sizeof(job));
	memset(&control, 0, sizeof(control));
	memset(&progress, 0, sizeof(progress));
	memset(&translation, 0, sizeof(translation));
	job.control = MEMBAR_NO_CONTROL;
	request = (struct membar_request){
		.duration_ms = 10,
		.nr_cpus = 4,
		.cpus = { 7, 5, 3, 2 },
	};
	play = (struct play){ .batch_ns = MSEC, .together = MSEC };
	threads_begin(test, 0);
}

static void name(struct kunit *test, const char *text)
{
	KUNIT_ASSERT_EQ_MSG(test, membar_test_parse(text, &job.test, NULL), 0,
			    "%s", text);
}

static int run_with(const struct membar_result *other)
{
	int err;

	threads_begin(now, play.seed);
	failing_allocation = play.failing_allocation;
	now_ns = 1000 * MSEC;
	stop_looks = 0;
	offers = 0;
	nr_runs = 0;
	memset(state, 0, sizeof(state));
	memset(decided, 0, sizeof(decided));
	memset(ended, 0, sizeof(ended));
	progress.iterations = 99;
	err = membar_run_job(&job, &request, &progress, other, &result);
	KUNIT_EXPECT_EQ(now, nr_alive, 0);
	return err;
}

/* Runs without an error, and ends after so many batches. */
static void expect_batches(struct kunit *test, u64 batches)
{
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, result.batches, batches);
	KUNIT_EXPECT_EQ(test, result.nsecs, now_ns - ended[0].begun);
	finish();
	memset(&result, 0, sizeof(result));
	progress.stop = NULL;
}

#define TWO_INCREMENTS							\
	"C t\n{}\nP0(int *x)\n{\n\tint r0 = atomic_inc_return(x);\n}\n"	\
	"P1(int *x)\n{\n\tint r0 = atomic_inc_return(x);\n}\n"		\
	"exists (0:r0=1 /\\ 1:r0=2)\n"
#define THREE_INCREMENTS						\
	"C t\n{}\nP0(int *x)\n{\n\tint r0 = atomic_inc_return(x);\n}\n"	\
	"P1(int *x)\n{\n\tint r0 = atomic_inc_return(x);\n}\n"		\
	"P2(int *x)\n{\n\tint r0 = atomic_inc_return(x);\n}\n"		\
	"exists (0:r0=1 /\\ 1:r0=2)\n"

static void set_file(struct kunit *test, const char *text)
{
	KUNIT_ASSERT_EQ_MSG(test, parse(text), 0, "%s", why.text);
	KUNIT_ASSERT_EQ(test, membar_places_find(&program, &places, NULL), 0);
	job.program = &program;
	job.places = &places;
}

/*
 * The order of calls
 * ==================
 */

/* What a thread calls in so many batches. */
static const char *calls_of(unsigned int t, u64 batches)
{
	static char text[CALLS_LEN];
	char *end = text;
	u64 n;

#define ADD(...)	(end += sprintf(end, __VA_ARGS__))
	for (n = 1; n <= batches + 1; n++) {
		ADD("meet ");
		if (job.invariant && !t && n > 1)
			ADD("check%llu%s ", n - 1,
			    n - 1 == play.not_whole ? "-part" : "");
		if (job.invariant && !t && n <= batches)
			ADD("setup ");
		if (job.invariant)
			ADD("meet ");
		if (n <= batches && play.apart_after && n - 1 == play.apart_after + 1)
			ADD("gather%llu ", n);
		if (n <= batches)
			ADD("run%llu ", n);
		if (n > 1)
			ADD("count%llu ", n - 1);
		if (n > 1 && !t)
			ADD("close%llu ", n - 1);
		if (job.translation && n > 2)
			ADD("restore%llu ", n - 2);
	}
#undef ADD
	return text;
}

static void expect_calls(struct kunit *test, unsigned int threads_wanted, u64 batches)
{
	unsigned int t;

	request.duration_ms = batches;
	for (play.seed = 0; play.seed < SEEDS; play.seed++) {
		KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
		KUNIT_EXPECT_EQ(test, nr_threads, threads_wanted);
		KUNIT_EXPECT_EQ(test, result.nr_threads, threads_wanted);
		for (t = 0; t < threads_wanted; t++)
			KUNIT_EXPECT_STREQ(test, state[t].calls,
					   calls_of(t, batches));
		/* Others get the CPU after each batch. */
		KUNIT_EXPECT_EQ(test, offers, threads_wanted * batches);
		finish();
		memset(&result, 0, sizeof(result));
	}
}

static void litmus_tests_call_in_order(struct kunit *test)
{
	static const struct {
		const char *name;
		unsigned int threads;
		enum membar_engine engine;
	} rows[] = {
		{ "CoWW+po", 1, MEMBAR_ENGINE_ARRAY },
		{ "SB+mbs", 2, MEMBAR_ENGINE_PERPETUAL },
		{ "SB+mbs", 2, MEMBAR_ENGINE_ARRAY },
		{ "WRC+po+po", 3, MEMBAR_ENGINE_PERPETUAL },
		{ "IRIW+po+po", 4, MEMBAR_ENGINE_ARRAY },
	};
	unsigned int i;
	u64 n;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		begin(test);
		name(test, rows[i].name);
		request.engine = rows[i].engine;
		for (n = 0; n < 7; n++)
			expect_calls(test, rows[i].threads, n);
	}
}

static void invariants_call_in_order(struct kunit *test)
{
	begin(test);
	job.invariant = MEMBAR_INV_u32_add;
	expect_calls(test, 4, 5);
	request.nr_cpus = 3;
	play.not_whole = 2;
	expect_calls(test, 3, 5);
	job.invariant = MEMBAR_INV_seqlock;
	expect_calls(test, 2, 1);
}

static void files_call_in_order(struct kunit *test)
{
	u64 n;

	begin(test);
	set_file(test, TWO_INCREMENTS);
	job.translation = &translation;
	for (n = 0; n < 8; n++)
		expect_calls(test, 2, n);
	begin(test);
	set_file(test, THREE_INCREMENTS);
	job.translation = &translation;
	expect_calls(test, 3, 9);
}

/* After a batch whose threads were apart, all gather: two later, as it is counted. */
static void threads_apart_gather(struct kunit *test)
{
	begin(test);
	name(test, "SB+mbs");
	play.apart_after = 2;
	expect_calls(test, 2, 6);
	/* Not for a batch that will not be. */
	expect_calls(test, 2, 3);
	/* Threads that share CPUs need not. */
	request.nr_cpus = 1;
	request.oversubscribe = true;
	expect_batches(test, 3);
	KUNIT_EXPECT_TRUE(test, !strstr(state[0].calls, "gather"));
	KUNIT_EXPECT_FALSE(test, decided[4].gather);
}

static void threads_have_names_and_cpus(struct kunit *test)
{
	begin(test);
	name(test, "IRIW+po+po");
	request.nr_cpus = 3;
	request.oversubscribe = true;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_ASSERT_EQ(test, nr_threads, 4);
	KUNIT_EXPECT_EQ(test, threads[0].cpu, 7);
	KUNIT_EXPECT_EQ(test, threads[1].cpu, 5);
	KUNIT_EXPECT_EQ(test, threads[2].cpu, 3);
	KUNIT_EXPECT_EQ(test, threads[3].cpu, 7);
	KUNIT_EXPECT_STREQ(test, threads[0].name, "membar/0");
	KUNIT_EXPECT_STREQ(test, threads[3].name, "membar/3");
	KUNIT_EXPECT_TRUE(test, result.oversubscribed);
	KUNIT_EXPECT_EQ(test, progress.iterations, 0);
	finish();
}

/*
 * Decisions
 * =========
 */

/* The last batch with the same variables is the one that had the same place. */
static void expect_before(struct kunit *test, unsigned int nr_sets, u64 batches)
{
	u64 n, last[MEMBAR_NR_SETS][MEMBAR_NR_LAYOUTS] = { };
	unsigned int layout;

	for (n = 1; n <= batches; n++) {
		layout = membar_aim_layout(decided[n].aim);
		KUNIT_EXPECT_EQ_MSG(test, decided[n].before, last[n % nr_sets][layout],
				    "batch %llu", n);
		last[n % nr_sets][layout] = n;
	}
}

/* Two threads search for the best aim. */
static void expect_search(struct kunit *test, unsigned int nr_sets)
{
	static struct membar_aiming aiming;
	u64 n;

	request.duration_ms = 300;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	membar_aiming_begin(&aiming, 2, MEMBAR_NR_GROUPS, (struct membar_aims){ });
	for (n = 1; n <= 300; n++)
		KUNIT_EXPECT_EQ_MSG(test, decided[n].aim, membar_aiming_next(&aiming),
				    "batch %llu", n);
	expect_before(test, nr_sets, 300);
	finish();
}

static void batches_have_aims(struct kunit *test)
{
	u64 n;

	begin(test);
	name(test, "SB+mbs");
	request.engine = MEMBAR_ENGINE_ARRAY;
	expect_search(test, 2);

	/* In the perpetual engine only the layout matters. */
	request.engine = MEMBAR_ENGINE_PERPETUAL;
	request.duration_ms = 12;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	for (n = 1; n <= 12; n++)
		KUNIT_EXPECT_EQ(test, decided[n].aim, membar_aim_of_layout(n));
	expect_before(test, 2, 12);
	finish();

	begin(test);
	set_file(test, TWO_INCREMENTS);
	job.translation = &translation;
	expect_search(test, 3);
}

/* What each aim has cost, and of one that was interrupted not more than is usual. */
static void aims_are_paid_for(struct kunit *test)
{
	struct membar_aiming *aiming = &ended[0].aiming;
	u64 spent[MEMBAR_NR_AIMS] = { };
	unsigned int i;
	u64 n, ns;

	begin(test);
	name(test, "SB+mbs");
	request.engine = MEMBAR_ENGINE_ARRAY;
	request.duration_ms = 11;
	play.shortest = MSEC / 64 + 1;
	play.long_batch = 3;
	play.long_ns = 2 * MSEC;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	for (n = 1; n <= 10; n++) {
		ns = n == 3 ? MEMBAR_LONG_BATCH * play.shortest : MSEC;
		spent[decided[n].aim] += ns;
	}
	for (i = 0; i < MEMBAR_NR_AIMS; i++)
		KUNIT_EXPECT_EQ_MSG(test, aiming->spent[i], spent[i], "aim %u", i);
	finish();
}

/*
 * What the control saw best is where the test begins, and what it has found is in its
 * result.
 */
static void see_at_one_aim(struct membar_worker *w)
{
	const unsigned int aim = decided[state[0].ran].aim;

	if (aim == 40 || (aim && job.invariant))
		w->run->aiming.seen[aim]++;
}

static void aims_are_found(struct kunit *test)
{
	begin(test);
	name(test, "SB+mbs");
	request.engine = MEMBAR_ENGINE_ARRAY;
	request.duration_ms = 390;
	play.count = see_at_one_aim;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, result.aims.best, 40);
	finish();

	/* Without instances there is no search. */
	result.aims.best = 0;
	job.invariant = MEMBAR_INV_u32_add;
	request.duration_ms = 20;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, result.aims.best, 0);
	finish();
}

static void broken_batches_are_noted(struct kunit *test)
{
	u64 n;

	begin(test);
	job.invariant = MEMBAR_INV_u32_add;
	request.duration_ms = 3;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, result.engine, MEMBAR_ENGINE_INVARIANT);
	for (n = 1; n <= 3; n++)
		KUNIT_EXPECT_EQ(test, membar_batch_of(&ended[0], n)->broken, 10 + n);
	KUNIT_EXPECT_EQ(test, result.stuck, 0);
	KUNIT_EXPECT_EQ(test, ended[0].plan.target, MEMBAR_BROKEN);
	KUNIT_EXPECT_EQ(test, ended[0].plan.nr_reads, 0);
	KUNIT_EXPECT_EQ(test, ended[0].plan.walk, MEMBAR_WALK_NONE);
	finish();
}

/* A batch is stuck once, however many of its threads are. */
static void stuck_threads_are_noted(struct kunit *test)
{
	unsigned int t, nr;

	for (t = 0; t < 4; t++) {
		for (nr = 1; t + nr <= 4; nr++) {
			begin(test);
			job.invariant = MEMBAR_INV_u32_add;
			request.duration_ms = 3;
			play.stuck_in = 2;
			play.stuck_thread = t;
			play.nr_stuck = nr;
			KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
			KUNIT_EXPECT_EQ_MSG(test, result.stuck, 1, "%u from %u", nr, t);
			finish();
		}
	}
}

/*
 * The end
 * =======
 */

static void see_one(struct membar_worker *w)
{
	/* Of the others the first worker knows nothing. */
	w->seen += w->index ? 100 : 1;
}

/* A test without a control has seen enough if its threads ran together for long. */
static void time_is_up_at_the_deadline(struct kunit *test)
{
	begin(test);
	name(test, "SB+po+po");
	request.patience_ms = 5;
	expect_batches(test, 10);
	play.batch_ns = 3 * MSEC;
	expect_batches(test, 4);
	/* The first batch is not counted yet. */
	play.batch_ns = 11 * MSEC;
	expect_batches(test, 2);
	/* An eighth of the time: not in nine batches, but in ten. */
	play.batch_ns = MSEC;
	play.together = 125000;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, result.batches, 11);
	KUNIT_EXPECT_TRUE(test, result.extended);
	finish();
	memset(&result, 0, sizeof(result));
	play.together = 139000;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, result.batches, 10);
	KUNIT_EXPECT_FALSE(test, result.extended);
	finish();
}

static void tests_that_show_nothing_go_on(struct kunit *test)
{
	begin(test);
	name(test, "SB+po+po");
	play.together = 0;
	request.patience_ms = 5;
	expect_batches(test, 15);
	request.patience_ms = 0;
	expect_batches(test, 10);
	/* But not if they share CPUs. */
	request.patience_ms = 5;
	request.nr_cpus = 1;
	request.oversubscribe = true;
	expect_batches(test, 10);
	request.nr_cpus = 2;
	expect_batches(test, 15);
	/* What it sees now and then makes it go on until it is ten times. */
	play.count = see_one;
	play.together = MSEC;
	request.duration_ms = 5;
	request.patience_ms = 50;
	expect_batches(test, 11);
}

/* Each batch shows something that the control has seen once in a hundred times. */
static void observe(struct membar_worker *w)
{
	w->sample[0].observed += w->index ? 5000 : 50;
}

static void tests_of_a_control_go_on(struct kunit *test)
{
	begin(test);
	name(test, "SB+mbs");
	request.engine = MEMBAR_ENGINE_PERPETUAL;
	request.patience_ms = 90;
	play.count = observe;
	control.sample[0] = (struct membar_sample){ 1000, 10 };
	control.seen = 10;
	/* Half a time in each batch, and two threads. */
	KUNIT_EXPECT_EQ(test, run_with(&control), 0);
	KUNIT_EXPECT_EQ(test, result.batches, 11);
	finish();
	memset(&result, 0, sizeof(result));
	/* Of an invariant the first thread counts alone. */
	job.invariant = MEMBAR_INV_u32_add;
	KUNIT_EXPECT_EQ(test, run_with(&control), 0);
	KUNIT_EXPECT_EQ(test, result.batches, 21);
	finish();
	memset(&result, 0, sizeof(result));
	/* A control that saw nothing proves nothing. */
	control.seen = 0;
	KUNIT_EXPECT_EQ(test, run_with(&control), 0);
	KUNIT_EXPECT_EQ(test, result.batches, 10);
	finish();
	memset(&result, 0, sizeof(result));
	/* Without one it does not matter. */
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, result.batches, 10);
	finish();
}

static void somebody_ends_a_test(struct kunit *test)
{
	u64 n;

	begin(test);
	name(test, "SB+mbs");
	for (n = 1; n < 4; n++) {
		play.stop_in = n;
		expect_batches(test, n);
	}
	play.stop_in = 0;
	for (n = 1; n < 4; n++) {
		play.cut_in = n;
		expect_batches(test, n);
	}
}

/* There is a look before each thread, and one before each batch. */
static void somebody_ends_it_before_it_begins(struct kunit *test)
{
	unsigned int at;

	for (at = 1; at < 6; at++) {
		begin(test);
		name(test, "WRC+po+po");
		play.stop_at = at;
		KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
		KUNIT_EXPECT_EQ(test, nr_threads, at < 4 ? at - 1 : 3);
		KUNIT_EXPECT_EQ(test, result.batches, at < 4 ? 0 : at - 4);
		KUNIT_EXPECT_EQ(test, state[0].calls[0], at < 4 ? 0 : 'm');
		finish();
	}
}

/*
 * Errors
 * ======
 */

static void threads_may_fail(struct kunit *test)
{
	unsigned int nth;

	for (nth = 1; nth <= 4; nth++) {
		begin(test);
		name(test, "WRC+po+po");
		play.seed = nth;
		threads_begin(test, 0);
		now_ns = 0;
		failing_kthread = nth;
		nr_runs = 0;
		KUNIT_EXPECT_EQ(test, membar_run_job(&job, &request, &progress, NULL,
						     &result),
				nth < 4 ? -EAGAIN : 0);
		KUNIT_EXPECT_EQ(test, nr_runs, 1);
		KUNIT_EXPECT_EQ(test, nr_alive, 0);
		KUNIT_EXPECT_EQ(test, nr_threads, nth - 1);
		KUNIT_EXPECT_EQ(test, result.batches, nth < 4 ? 0 : 10);
		KUNIT_EXPECT_EQ(test, result.nsecs, nth < 4 ? 0 : 10 * MSEC);
		finish();
	}
}

static void memory_may_fail(struct kunit *test)
{
	begin(test);
	name(test, "SB+po+po");
	play.failing_run = 1;
	KUNIT_EXPECT_EQ(test, run_with(NULL), -ENOMEM);
	KUNIT_EXPECT_EQ(test, nr_threads, 0);

	begin(test);
	set_file(test, TWO_INCREMENTS);
	job.translation = &translation;
	play.failing_allocation = 1;
	KUNIT_EXPECT_EQ(test, run_with(NULL), -ENOMEM);
	KUNIT_EXPECT_EQ(test, nr_runs, 0);
	KUNIT_EXPECT_EQ(test, nr_threads, 0);
	KUNIT_EXPECT_TRUE(test, !result.states);
}

static void obstacles_are_told(struct kunit *test)
{
	begin(test);
	name(test, "SB+po+po");
	request.nr_cpus = 1;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_STREQ(test, result.reason,
			   "more threads than CPUs and not oversubscribe=1");
	KUNIT_EXPECT_EQ(test, result.nr_threads, 2);
	KUNIT_EXPECT_EQ(test, nr_runs, 0);

	begin(test);
	name(test, "R+po+po");
	request.engine = MEMBAR_ENGINE_PERPETUAL;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_STREQ(test, result.reason, "final values need engine=array");
	KUNIT_EXPECT_EQ(test, nr_runs, 0);
	request.engine = MEMBAR_ENGINE_ARRAY;
	result.reason[0] = '\0';
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_STREQ(test, result.reason, "");
	KUNIT_EXPECT_EQ(test, result.engine, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_EQ(test, nr_runs, 1);
	finish();
}

/*
 * Both engines
 * ============
 */

static void begin_both(struct kunit *test)
{
	begin(test);
	name(test, "SB+mbs");
	job.is_control = true;
	request.patience_ms = 5;
	play.together = 0;
}

static void both_engines_run(struct kunit *test)
{
	begin_both(test);
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, result.engine, MEMBAR_ENGINE_BOTH);
	KUNIT_ASSERT_EQ(test, nr_runs, 2);
	KUNIT_EXPECT_EQ(test, ended[0].engine, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_EQ(test, ended[1].engine, MEMBAR_ENGINE_PERPETUAL);
	/* Each has half of the time, and only the other one is patient. */
	KUNIT_EXPECT_EQ(test, ended[0].deadline - ended[0].begun, 5 * MSEC);
	KUNIT_EXPECT_EQ(test, ended[0].limit, ended[0].deadline);
	KUNIT_EXPECT_EQ(test, ended[1].deadline - ended[1].begun, 5 * MSEC);
	KUNIT_EXPECT_EQ(test, ended[1].limit, ended[1].deadline + 5 * MSEC);
	KUNIT_EXPECT_EQ(test, result.batches, 15);
	KUNIT_EXPECT_EQ(test, result.nsecs, 15 * MSEC);
	finish();
}

static void one_engine_may_be_all(struct kunit *test)
{
	/* Two threads are asked for, and five batches. */
	begin_both(test);
	play.stop_at = 2 + 6;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, nr_runs, 1);
	KUNIT_EXPECT_EQ(test, result.batches, 5);
	finish();

	begin_both(test);
	play.stop_at = 2 + 6 + 1;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, nr_runs, 1);
	finish();

	begin_both(test);
	play.stop_at = 2 + 6 + 2;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, nr_runs, 2);
	KUNIT_EXPECT_EQ(test, result.batches, 5);
	finish();

	begin_both(test);
	play.failing_run = 1;
	KUNIT_EXPECT_EQ(test, run_with(NULL), -ENOMEM);
	KUNIT_EXPECT_EQ(test, nr_runs, 0);
	begin_both(test);
	play.failing_run = 2;
	KUNIT_EXPECT_EQ(test, run_with(NULL), -ENOMEM);
	KUNIT_EXPECT_EQ(test, nr_runs, 1);
	finish();
}

/*
 * Results
 * =======
 */

/* In each batch each worker counts what no other does. */
static void count_all(struct membar_worker *w)
{
	const unsigned int t = w->index;

	w->unsound += 1 + t;
	w->stuck += 10 + t;
	w->stray += 100 + t;
	w->seen += 1000 + t;
	w->hist[0] += 1 + t;
	w->hist[7] += 2;
	w->hist[MEMBAR_NR_OUTCOMES - 1] += 1000 + t;
	w->left_out[0] += 1;
	w->sample[0].observed += 5 + t;
	w->sample[0].seen += 3;
	w->sample[MEMBAR_NR_AIMS - 1].observed += 70;
	w->sample[MEMBAR_NR_AIMS - 1].seen += t;
}

static void expect_sums(struct kunit *test, u64 batches)
{
	const struct membar_sample *last = &result.sample[MEMBAR_NR_AIMS - 1];
	unsigned int i;
	u64 sum = 0;

	KUNIT_EXPECT_EQ(test, result.unsound, batches * (1 + 2 + 3));
	KUNIT_EXPECT_EQ(test, result.stuck, batches * (10 + 11 + 12));
	KUNIT_EXPECT_EQ(test, result.stray, batches * (100 + 101 + 102));
	KUNIT_EXPECT_EQ(test, result.seen, batches * (1000 + 1001 + 1002));
	KUNIT_EXPECT_EQ(test, result.hist[0], batches * (1 + 2 + 3));
	KUNIT_EXPECT_EQ(test, result.hist[7], batches * 6);
	for (i = 0; i < MEMBAR_NR_OUTCOMES; i++)
		sum += result.hist[i];
	KUNIT_EXPECT_EQ(test, sum, batches * (6 + 6 + 3003));
	KUNIT_EXPECT_EQ(test, result.observed, sum);
	KUNIT_EXPECT_EQ(test, result.sample[0].observed, batches * (5 + 6 + 7));
	KUNIT_EXPECT_EQ(test, result.sample[0].seen, batches * 9);
	KUNIT_EXPECT_EQ(test, last->observed, batches * 210);
	KUNIT_EXPECT_EQ(test, last->seen, batches * (0 + 1 + 2));
	KUNIT_EXPECT_EQ(test, result.first_seen, 0);
	KUNIT_EXPECT_TRUE(test, !result.states);
}

/* All threads have ended before their results are taken. */
static void results_are_sums(struct kunit *test)
{
	unsigned int seed;

	for (seed = 0; seed < SEEDS; seed++) {
		begin(test);
		play.seed = seed;
		name(test, "WRC+po+po");
		play.count = count_all;
		KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
		expect_sums(test, 10);
		finish();
	}
}

/* When each worker has seen it first, after the job was called; 0: never. */
static u64 first_seen[3];

static void see_first(struct membar_worker *w)
{
	if (first_seen[w->index])
		w->first_seen = 1000 * MSEC + first_seen[w->index] - 1;
}

static void the_first_of_all_counts(struct kunit *test)
{
	static const struct {
		u64 first[3];
		u64 wanted;
	} rows[] = {
		{ { 0, 0, 0 }, 0 }, { { 0, 31, 0 }, 30 }, { { 41, 31, 0 }, 30 },
		{ { 31, 41, 51 }, 30 }, { { 51, 41, 31 }, 30 }, { { 0, 0, 31 }, 30 },
		/* The clock may be coarse. */
		{ { 9, 1, 31 }, 1 }, { { 2, 9, 31 }, 1 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		begin(test);
		name(test, "WRC+po+po");
		play.count = see_first;
		memcpy(first_seen, rows[i].first, sizeof(first_seen));
		KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
		KUNIT_EXPECT_EQ_MSG(test, result.first_seen, rows[i].wanted, "%u", i);
		finish();
	}
	/* Of two engines the first that saw it. */
	begin_both(test);
	play.count = see_first;
	first_seen[0] = 31;
	first_seen[1] = 0;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, result.first_seen, 30);
	finish();
}

/* The workers of a file number its states each for itself. */
static const s64 values_of[2][3][2] = {
	{ { 1, 2 }, { 2, 1 }, { 3, 3 } },
	{ { 2, 1 }, { 1, 2 }, { 4, 4 } },
};

static void count_states(struct membar_worker *w)
{
	unsigned int i;

	for (i = 0; i < 3; i++)
		w->hist[i] = 100 * w->index + i + 1;
	w->hist[MEMBAR_OTHER_STATES] = 1000 + w->index;
}

static u64 hist_of(struct kunit *test, s64 a, s64 b, bool asked)
{
	const s64 value[] = { a, b };
	int i = membar_states_find(result.states, value);

	KUNIT_ASSERT_TRUE_MSG(test, i >= 0, "%lld %lld", a, b);
	KUNIT_EXPECT_EQ(test, result.states->asked[i], asked);
	return result.hist[i];
}

static void states_of_workers_are_put_together(struct kunit *test)
{
	unsigned int t, i;

	begin(test);
	set_file(test, TWO_INCREMENTS);
	job.translation = &translation;
	play.count = count_states;
	for (t = 0; t < 2; t++) {
		states_of[t] = calloc(1, MEMBAR_STATES_SIZE(2));
		states_of[t]->width = 2;
		for (i = 0; i < 3; i++)
			membar_states_add(states_of[t], values_of[t][i],
					  values_of[t][i][0] == 1);
	}
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, result.engine, MEMBAR_ENGINE_PROGRAM);
	KUNIT_EXPECT_EQ(test, result.states->width, 2);
	KUNIT_EXPECT_EQ(test, result.states->nr, 4);
	KUNIT_EXPECT_EQ(test, hist_of(test, 1, 2, true), 1 + 102);
	KUNIT_EXPECT_EQ(test, hist_of(test, 2, 1, false), 2 + 101);
	KUNIT_EXPECT_EQ(test, hist_of(test, 3, 3, false), 3);
	KUNIT_EXPECT_EQ(test, hist_of(test, 4, 4, false), 103);
	KUNIT_EXPECT_EQ(test, result.hist[MEMBAR_OTHER_STATES], 2001);
	KUNIT_EXPECT_EQ(test, result.observed, 6 + 306 + 2001);
	KUNIT_EXPECT_EQ(test, ended[0].plan.nr_threads, 2);
	KUNIT_EXPECT_EQ(test, ended[0].plan.target, 0);
	KUNIT_EXPECT_EQ(test, ended[0].plan.nr_finals, 0);
	finish();
}

/* It is the named test R, whose values are others. */
#define R_OF_OTHER_VALUES						\
	"C named\n{ x=5; }\nP0(int *x, int *y)\n{\n\tWRITE_ONCE(*x, 6);\n" \
	"\tWRITE_ONCE(*y, 7);\n}\n"					\
	"P1(int *x, int *y)\n{\n\tint r0;\n\tWRITE_ONCE(*y, 8);\n"	\
	"\tr0 = READ_ONCE(*x);\n}\n"

static void count_two(struct membar_worker *w)
{
	w->hist[w->run->plan.target] = 7;
	/* x was 6 when it was read. */
	w->hist[w->run->plan.target ^ 1] = w->index ? 0 : 4;
}

static void expect_match(struct kunit *test, const char *text, bool asked)
{
	begin(test);
	set_file(test, text);
	KUNIT_ASSERT_TRUE(test, membar_match_find(&program, &places, &match));
	job.match = &match;
	job.test = match.test;
	play.count = count_two;
	KUNIT_EXPECT_EQ(test, run_with(NULL), 0);
	KUNIT_EXPECT_EQ(test, result.engine, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_EQ(test, result.states->nr, 2);
	KUNIT_EXPECT_EQ(test, hist_of(test, 8, 5, asked), 14);
	KUNIT_EXPECT_EQ(test, hist_of(test, 8, 6, !asked), 4);
	KUNIT_EXPECT_EQ(test, result.observed, 18);
	finish();
}

static void named_tests_have_the_states_of_a_file(struct kunit *test)
{
	expect_match(test, R_OF_OTHER_VALUES "exists (y=8 /\\ 1:r0=5)\n", true);
	expect_match(test, R_OF_OTHER_VALUES "forall (not (y=8 /\\ 1:r0=5))\n", true);
}

static struct kunit_case runner_cases[] = {
	KUNIT_CASE(litmus_tests_call_in_order),
	KUNIT_CASE(invariants_call_in_order),
	KUNIT_CASE(files_call_in_order),
	KUNIT_CASE(threads_apart_gather),
	KUNIT_CASE(threads_have_names_and_cpus),
	KUNIT_CASE(batches_have_aims),
	KUNIT_CASE(aims_are_paid_for),
	KUNIT_CASE(aims_are_found),
	KUNIT_CASE(broken_batches_are_noted),
	KUNIT_CASE(stuck_threads_are_noted),
	KUNIT_CASE(time_is_up_at_the_deadline),
	KUNIT_CASE(tests_that_show_nothing_go_on),
	KUNIT_CASE(tests_of_a_control_go_on),
	KUNIT_CASE(somebody_ends_a_test),
	KUNIT_CASE(somebody_ends_it_before_it_begins),
	KUNIT_CASE(threads_may_fail),
	KUNIT_CASE(memory_may_fail),
	KUNIT_CASE(obstacles_are_told),
	KUNIT_CASE(both_engines_run),
	KUNIT_CASE(one_engine_may_be_all),
	KUNIT_CASE(results_are_sums),
	KUNIT_CASE(the_first_of_all_counts),
	KUNIT_CASE(states_of_workers_are_put_together),
	KUNIT_CASE(named_tests_have_the_states_of_a_file),
	{}
};

static struct kunit_suite runner_suite = {
	.name = "membar_runner",
	.exit = forget,
	.test_cases = runner_cases,
};

kunit_test_suite(runner_suite);
