// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of one batch of one worker: its variables and logs, how it begins, the calls of
 * its loop, and how it ends.  The case plays the loop and the other workers.  They run
 * on the host only: tools/stress-host kunit.
 */
#include <kunit/test.h>

#include "worker.h"

#define GRACE_NS	100000000ULL
#define LOOKS		1000

/* The lane that the loop got last. */
static const struct membar_lane *played;
/* The call of the loop during which something happens, and that. */
static unsigned int calls_left;
static void (*happens)(void);

/*
 * Each call of the loop is noted with the fences and the turns of an empty loop since
 * the last one: "1+32:5-5" is one fence, 32 turns, and then iteration 5.
 */
static void play_call(const struct membar_lane *lane, u32 from, u32 to)
{
	note("%u+%u:%u-%u", nr_fences, nr_turns, from, to);
	nr_fences = 0;
	nr_turns = 0;
	played = lane;
	if (calls_left && !--calls_left)
		happens();
}

static int begin(struct kunit *test)
{
	forget_run();
	play = play_call;
	played = NULL;
	calls_left = 0;
	clock_ns = 0;
	return 0;
}

static void forget(struct kunit *test)
{
	forget_run();
	KUNIT_EXPECT_EQ(test, nr_blocks, 0);
}

static void make(struct kunit *test, enum membar_engine engine)
{
	make_run(engine);
	KUNIT_ASSERT_NOT_NULL(test, run);
	run->deadline = 1000 * GRACE_NS;
	run->limit = 2000 * GRACE_NS;
}

static const struct membar_span *run_batch(unsigned int t, u64 number,
					   unsigned int aim)
{
	notes[0] = '\0';
	nr_turns = 0;
	nr_fences = 0;
	run->batches[number % MEMBAR_NR_BATCHES].aim = aim;
	membar_run_batch(&run->worker[t], number);
	return &run->worker[t].span[number % run->nr_sets];
}

/*
 * Chunks
 * ======
 */

static void expect_chunks(struct kunit *test, enum membar_engine engine, u32 size,
			  const char *wanted)
{
	request.size = size;
	make(test, engine);
	KUNIT_EXPECT_TRUE(test, run_batch(0, 1, 0)->whole);
	KUNIT_EXPECT_STREQ(test, notes, wanted);
	KUNIT_EXPECT_FALSE(test, run->cut);
}

/* Others get the CPU between two of them. */
static void chunks_of_a_batch(struct kunit *test)
{
	name_test("SB");
	expect_chunks(test, MEMBAR_ENGINE_PERPETUAL, 5, "0+0:1-5");
	expect_chunks(test, MEMBAR_ENGINE_PERPETUAL, 16384, "0+0:1-16384");
	expect_chunks(test, MEMBAR_ENGINE_PERPETUAL, 16385,
		      "0+0:1-16384|cond_resched|0+0:16385-16385");
	expect_chunks(test, MEMBAR_ENGINE_PERPETUAL, 40000,
		      "0+0:1-16384|cond_resched|0+0:16385-32768|cond_resched|"
		      "0+0:32769-40000");
	result.oversubscribed = true;
	expect_chunks(test, MEMBAR_ENGINE_PERPETUAL, 2048,
		      "0+0:1-1024|cond_resched|0+0:1025-2048");
	expect_chunks(test, MEMBAR_ENGINE_ARRAY, 1025,
		      "0+0:1-1024|cond_resched|0+0:1025-1025");
	name_invariant(MEMBAR_INV_u32_add, 2);
	expect_chunks(test, MEMBAR_ENGINE_INVARIANT, 1025,
		      "0+0:1-1024|cond_resched|0+0:1025-1025");
	result.oversubscribed = false;
	expect_chunks(test, MEMBAR_ENGINE_INVARIANT, 513,
		      "0+0:1-256|cond_resched|0+0:257-512|cond_resched|0+0:513-513");
}

static void cut_run(void)
{
	run->cut = true;
}

static void stop_progress(void)
{
	progress.stop = "for a reason";
}

/* The next look at the clock shows that the time of grace is over, or almost. */
static void end_deadline(void)
{
	clock_ns = run->deadline + GRACE_NS - CLOCK_STEP;
}

static void near_deadline(void)
{
	clock_ns = run->deadline + GRACE_NS - CLOCK_STEP - 1;
}

static void end_limit(void)
{
	clock_ns = run->limit + GRACE_NS - CLOCK_STEP;
}

static void near_limit(void)
{
	clock_ns = run->limit + GRACE_NS - CLOCK_STEP - 1;
}

static const struct {
	const char *name;
	void (*happens)(void);
	unsigned int in_call;
	bool extended;
	const char *notes;
	bool whole;
	bool cut;
} cuts[] = {
	{ "another one noticed", cut_run, 1, false, "0+0:1-256", false, true },
	{ "another one noticed later", cut_run, 2, false,
	  "0+0:1-256|cond_resched|0+0:257-512", false, true },
	{ "another one noticed at the end", cut_run, 3, false,
	  "0+0:1-256|cond_resched|0+0:257-512|cond_resched|0+0:513-600", false, true },
	{ "it was stopped", stop_progress, 1, false, "0+0:1-256", false, true },
	{ "it was stopped at the end", stop_progress, 3, false,
	  "0+0:1-256|cond_resched|0+0:257-512|cond_resched|0+0:513-600", true, false },
	{ "time is up", end_deadline, 1, false, "0+0:1-256", false, true },
	{ "time is up soon", near_deadline, 1, false,
	  "0+0:1-256|cond_resched|0+0:257-512", false, true },
	{ "it may go on", end_deadline, 1, true,
	  "0+0:1-256|cond_resched|0+0:257-512|cond_resched|0+0:513-600", true, false },
	{ "it has gone on", end_limit, 2, true,
	  "0+0:1-256|cond_resched|0+0:257-512", false, true },
	{ "it has nearly gone on", near_limit, 2, true,
	  "0+0:1-256|cond_resched|0+0:257-512|cond_resched|0+0:513-600", true, false },
};

static void batches_that_are_cut(struct kunit *test)
{
	unsigned int i;

	name_invariant(MEMBAR_INV_u32_add, 2);
	request.size = 600;
	for (i = 0; i < ARRAY_SIZE(cuts); i++) {
		make(test, MEMBAR_ENGINE_INVARIANT);
		clock_ns = 0;
		progress.stop = NULL;
		result.extended = cuts[i].extended;
		happens = cuts[i].happens;
		calls_left = cuts[i].in_call;
		KUNIT_EXPECT_EQ_MSG(test, run_batch(0, 1, 0)->whole,
				    cuts[i].whole, "%s", cuts[i].name);
		KUNIT_EXPECT_TRUE_MSG(test, !strcmp(notes, cuts[i].notes),
				      "%s: %s", cuts[i].name, notes);
		KUNIT_EXPECT_EQ_MSG(test, run->cut, cuts[i].cut, "%s",
				    cuts[i].name);
	}
}

/*
 * Variables
 * =========
 */

/* Threads of MP: one writes x and y, the other reads y and x. */
static void expect_lanes(struct kunit *test, u64 number, unsigned int aim)
{
	static const u8 loc[2][2] = {
		{ MEMBAR_X, MEMBAR_Y }, { MEMBAR_Y, MEMBAR_X },
	};
	static const u32 value[2][2] = { { 1, 1 }, { 1, 0 } };
	const unsigned int s = number % 2;
	const unsigned int l = membar_aim_layout(aim);
	const struct membar_layout *layout = &run->layout[l];
	const struct membar_lane *lane;
	unsigned int t, a;

	for (t = 0; t < 2; t++) {
		run_batch(t, number, aim);
		lane = &run->worker[t].lane[s];
		KUNIT_EXPECT_PTR_EQ(test, played, lane);
		KUNIT_EXPECT_EQ(test, lane->step, layout->step);
		KUNIT_EXPECT_EQ(test, lane->bursts, l == MEMBAR_TOGETHER);
		for (a = 0; a < 2; a++) {
			KUNIT_EXPECT_PTR_EQ(test, lane->var[a],
					    run->set[s].memory[l] +
					    loc[t][a] * layout->loc);
			KUNIT_EXPECT_EQ(test, lane->value[a],
					(u32)number << 2 | value[t][a]);
		}
	}
}

static void lanes_of_a_batch(struct kunit *test)
{
	static const enum membar_engine engines[] = {
		MEMBAR_ENGINE_ARRAY, MEMBAR_ENGINE_PERPETUAL,
	};
	unsigned int i;

	name_test("MP");
	for (i = 0; i < ARRAY_SIZE(engines); i++) {
		make(test, engines[i]);
		expect_lanes(test, 1, 0);
		expect_lanes(test, 2, MEMBAR_NR_STARTS);
		expect_lanes(test, 3, 5);
		expect_lanes(test, 4, MEMBAR_NR_STARTS + 5);
		expect_lanes(test, 0x40000007, 0);
	}
}

/* Each set has a frame, which tells where the variables lie. */
static void frames_of_a_batch(struct kunit *test)
{
	const struct membar_layout *layout;
	const struct membar_frame *frame;
	const struct membar_lane *lane;
	unsigned int t, l, s;
	u64 number;

	read_file("C t\n{}\nP0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); r0 = READ_ONCE(*y); }\n"
		  "P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); r0 = READ_ONCE(*x); }\n"
		  "exists (0:r0=0 /\\ 1:r0=0)\n");
	make(test, MEMBAR_ENGINE_PROGRAM);
	for (number = 1; number < 20; number++) {
		l = number / 2 % 2;
		s = number % 3;
		t = number / 4 % 2;
		layout = &run->layout[l];
		run_batch(t, number, l * MEMBAR_NR_STARTS);
		lane = &run->worker[t].lane[s];
		frame = lane->frame;
		KUNIT_EXPECT_PTR_EQ(test, played, lane);
		KUNIT_EXPECT_STREQ(test, notes, "0+0:1-5");
		KUNIT_EXPECT_EQ(test, lane->step, layout->step);
		KUNIT_EXPECT_PTR_EQ(test, frame->memory, run->set[s].memory[l]);
		KUNIT_EXPECT_EQ(test, frame->size, 4 * layout->size);
		KUNIT_EXPECT_EQ(test, frame->loc, 4 * layout->loc);
		/* The other loops have their variables in the lane. */
		KUNIT_EXPECT_PTR_EQ(test, lane->var[0], NULL);
	}
}

/* Those of an invariant are the same in each batch. */
static void lanes_of_an_invariant(struct kunit *test)
{
	struct membar_lane before;

	name_invariant(MEMBAR_INV_u32_add, 2);
	make(test, MEMBAR_ENGINE_INVARIANT);
	before = run->worker[1].lane[1];
	KUNIT_EXPECT_TRUE(test, run_batch(1, 1, MEMBAR_NR_STARTS)->whole);
	KUNIT_EXPECT_PTR_EQ(test, played, &run->worker[1].lane[1]);
	KUNIT_EXPECT_EQ(test, memcmp(&before, played, sizeof(before)), 0);
	KUNIT_EXPECT_TRUE(test, run->worker[1].span[1].sound);
	KUNIT_EXPECT_EQ(test, run->worker[1].unsound, 0);
}

/*
 * Logs
 * ====
 */

/* Values that each read returns in the five iterations. */
static const u32 *returned[2];

static void play_reads(const struct membar_lane *lane, u32 from, u32 to)
{
	unsigned int a;
	u32 i;

	for (a = 0; a < 2; a++)
		for (i = from; lane->log[a] && i <= to; i++)
			membar_log_add(lane->log[a], i, returned[a][i - 1]);
}

static const u32 rising[] = { 0, 2, 2, 4, 5 };
static const u32 falling[] = { 0, 2, 1, 1, 1 };
static const u32 beyond[] = { 1, 2, 3, 4, 6 };

static const struct {
	const char *name;
	unsigned int thread;
	const u32 *returned[2];
	bool sound;
} logs[] = {
	{ "MP", 1, { rising, rising }, true },
	{ "MP", 1, { rising, falling }, false },
	{ "MP", 1, { falling, rising }, false },
	{ "MP", 1, { falling, beyond }, false },
	{ "MP", 0, { falling, falling }, true },
	{ "SB", 0, { falling, rising }, true },
	{ "SB", 1, { rising, beyond }, false },
	{ "LB", 1, { rising, falling }, true },
	{ "LB", 1, { beyond, rising }, false },
};

static void logs_of_a_batch(struct kunit *test)
{
	const struct membar_span *span;
	struct membar_worker *w;
	struct membar_log *log;
	unsigned int i, a;
	u64 number;

	play = play_reads;
	for (i = 0; i < ARRAY_SIZE(logs); i++) {
		name_test(logs[i].name);
		make(test, MEMBAR_ENGINE_PERPETUAL);
		returned[0] = logs[i].returned[0];
		returned[1] = logs[i].returned[1];
		w = &run->worker[logs[i].thread];
		/* Each batch begins with empty logs. */
		for (number = 1; number <= 4; number++) {
			span = run_batch(w->index, number, 0);
			KUNIT_EXPECT_TRUE(test, span->whole);
			KUNIT_EXPECT_EQ_MSG(test, span->sound, logs[i].sound,
					    "%s, %u", logs[i].name, i);
			KUNIT_EXPECT_EQ_MSG(test, w->unsound,
					    logs[i].sound ? 0 : number,
					    "%s, %u", logs[i].name, i);
		}
		for (a = 0; a < 2; a++) {
			log = w->lane[1].log[a];
			if (!log)
				continue;
			KUNIT_EXPECT_EQ(test, log->stretch[0].from, 1);
			KUNIT_EXPECT_EQ(test, log->stretch[log->nr].from, 6);
			KUNIT_EXPECT_EQ(test, log->stretch[log->nr].value,
					returned[a][4]);
		}
	}
}

/*
 * Times
 * =====
 */

/* The clock is looked at just before the first iteration, and after the last one. */
static void pass_time(void)
{
	clock_ns += 777;
}

static void spans_of_a_batch(struct kunit *test)
{
	const struct membar_span *span;
	unsigned int number;

	name_test("SB");
	make(test, MEMBAR_ENGINE_PERPETUAL);
	happens = pass_time;
	for (number = 1; number < 5; number++) {
		clock_ns = 1000000 * number;
		calls_left = 1;
		span = run_batch(1, number, 0);
		KUNIT_EXPECT_PTR_EQ(test, span, &run->worker[1].span[number % 2]);
		KUNIT_EXPECT_EQ(test, span->start,
				1000000 * number + CLOCK_STEP);
		KUNIT_EXPECT_EQ(test, span->end,
				1000000 * number + 2 * CLOCK_STEP + 777);
	}
	/* That of the other set is still there. */
	KUNIT_EXPECT_EQ(test, run->worker[1].span[1].start, 3000000 + CLOCK_STEP);
	KUNIT_EXPECT_EQ(test, run->worker[0].span[1].start, 0);
}

/* One thread is late, once in a batch. */
static void delays_of_a_batch(struct kunit *test)
{
	unsigned int aim, t;
	char wanted[32];

	name_test("IRIW");
	make(test, MEMBAR_ENGINE_ARRAY);
	for (aim = 0; aim < MEMBAR_FIRST_PACED; aim++) {
		for (t = 0; t < 4; t++) {
			run_batch(t, 1, aim);
			snprintf(wanted, sizeof(wanted), "0+%u:1-5",
				 membar_aim_turns(aim, t));
			KUNIT_EXPECT_STREQ(test, notes, wanted);
		}
	}
	run_batch(1, 1, 1 + MEMBAR_NR_DELAYS + 2);
	KUNIT_EXPECT_STREQ(test, notes, "0+128:1-5");
}

/*
 * Instances that are begun together
 * =================================
 */

/* The instance that comes next, counted through all batches. */
static u32 next_instance;
/* The look in which the word is there, and how many looks there were so far. */
static unsigned int others_come;
static unsigned int nr_looks;
/* The errors of the word that they say, and of the line in which they say it. */
static int wrong_word;
static int wrong_line;

static void say_go(const void *p)
{
	const char *go = (const char *)run->go;
	const char *word = p;

	if (word < go || word >= go + sizeof(run->go))
		return;
	if (++nr_looks == others_come)
		run->go[(next_instance + wrong_line) % 64].instance =
			next_instance + wrong_word;
}

static void play_instance(const struct membar_lane *lane, u32 from, u32 to)
{
	play_call(lane, from, to);
	next_instance += to - from + 1;
	nr_looks = 0;
}

/* A batch of a thread, with @looks in which the others come. */
static void expect_pace(struct kunit *test, unsigned int t, u64 number,
			unsigned int aim, unsigned int looks, const char *wanted)
{
	next_instance = (u32)number * run->batch_size + 1;
	others_come = looks;
	nr_looks = 0;
	play = play_instance;
	before_look = say_go;
	KUNIT_EXPECT_TRUE(test, run_batch(t, number, aim)->whole);
	KUNIT_EXPECT_STREQ(test, notes, wanted);
	KUNIT_EXPECT_PTR_EQ(test, played,
			    &run->worker[t].lane[number % run->nr_sets]);
	play = play_call;
	before_look = NULL;
	wrong_word = 0;
	wrong_line = 0;
}

/* The threads say go in turn, 32 turns of an empty loop before they begin. */
static void words_in_turn(struct kunit *test)
{
	static const char *const wanted[] = {
		"1+32:1-1|1+0:2-2|1+32:3-3|1+0:4-4|1+32:5-5",
		"1+0:1-1|1+32:2-2|1+0:3-3|1+32:4-4|1+0:5-5",
	};
	unsigned int i;
	u64 number;

	name_test("SB");
	make(test, MEMBAR_ENGINE_ARRAY);
	for (number = 1; number < 20; number++) {
		/* Each batch has five instances, so another one begins the next. */
		for (i = 0; i < 2; i++) {
			memset(run->go, 0, sizeof(run->go));
			expect_pace(test, i, number, MEMBAR_FIRST_PACED, 1,
				    wanted[(number + i + 1) % 2]);
		}
		for (i = 0; i < 5; i++)
			KUNIT_EXPECT_EQ(test, run->go[(number * 5 + 1 + i) % 64].instance,
					number * 5 + 1 + i);
		KUNIT_EXPECT_EQ(test, run->go[(number * 5 + 6) % 64].instance, 0);
		KUNIT_EXPECT_EQ(test, run->go[number * 5 % 64].instance, 0);
	}
	/* Both layouts. */
	expect_pace(test, 0, 1, MEMBAR_FIRST_PACED + MEMBAR_NR_STARTS, 1, wanted[0]);

	name_test("IRIW");
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_pace(test, 2, 4, MEMBAR_FIRST_PACED, 1,
		    "1+0:1-1|1+32:2-2|1+0:3-3|1+0:4-4|1+0:5-5");
}

/* In a file only the thread that says go has a fence. */
static void words_of_a_file(struct kunit *test)
{
	read_file("C t\n{}\nP0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); r0 = READ_ONCE(*y); }\n"
		  "P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); r0 = READ_ONCE(*x); }\n"
		  "exists (0:r0=0 /\\ 1:r0=0)\n");
	make(test, MEMBAR_ENGINE_PROGRAM);
	expect_pace(test, 0, 1, MEMBAR_FIRST_PACED, 1,
		    "1+32:1-1|0+0:2-2|1+32:3-3|0+0:4-4|1+32:5-5");
	expect_pace(test, 1, 2, MEMBAR_FIRST_PACED + MEMBAR_NR_STARTS, 1,
		    "1+32:1-1|0+0:2-2|1+32:3-3|0+0:4-4|1+32:5-5");
}

/* A thread that looked so often begins without the others, and so do all after it. */
static void words_that_do_not_come(struct kunit *test)
{
	name_test("SB");
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_pace(test, 0, 1, MEMBAR_FIRST_PACED, LOOKS,
		    "1+32:1-1|1+0:2-2|1+32:3-3|1+0:4-4|1+32:5-5");
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_pace(test, 0, 1, MEMBAR_FIRST_PACED, LOOKS + 1, "1+32:1-1|1+0:2-5");
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_pace(test, 1, 1, MEMBAR_FIRST_PACED, LOOKS + 1, "1+0:1-5");
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_pace(test, 0, 2, MEMBAR_FIRST_PACED, LOOKS + 1, "1+0:1-5");
	/* The word of the last instance in another line, and of one before. */
	wrong_line = 1;
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_pace(test, 0, 1, MEMBAR_FIRST_PACED, 1, "1+32:1-1|1+0:2-5");
	wrong_word = -1;
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_pace(test, 0, 1, MEMBAR_FIRST_PACED, 1, "1+32:1-1|1+0:2-5");
	/* One that says more has gone on; this one was late. */
	wrong_word = 64;
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_pace(test, 0, 1, MEMBAR_FIRST_PACED, 1,
		    "1+32:1-1|1+0:2-2|1+32:3-3|1+0:4-4|1+32:5-5");
}

/* The number of the instance has 32 bits, and then begins with 0 again. */
static void words_that_wrap(struct kunit *test)
{
	const u64 number = 0x33333333;
	unsigned int i;

	name_test("SB");
	make(test, MEMBAR_ENGINE_ARRAY);
	for (i = 0; i < 64; i++)
		run->go[i].instance = i - 64;
	/* Instances 0 to 4. */
	expect_pace(test, 0, number, MEMBAR_FIRST_PACED, 2,
		    "1+32:1-1|1+0:2-2|1+32:3-3|1+0:4-4|1+32:5-5");
	KUNIT_EXPECT_EQ(test, run->go[0].instance, 0);
	KUNIT_EXPECT_EQ(test, run->go[4].instance, 4);
	for (i = 0; i < 64; i++)
		run->go[i].instance = i - 64;
	expect_pace(test, 0, number, MEMBAR_FIRST_PACED, LOOKS + 1,
		    "1+32:1-1|1+0:2-5");
}

/* Each instance has its delays: of a thread, and of the one that says go. */
static void delays_of_each_instance(struct kunit *test)
{
	unsigned int aim, late, go_late, t;
	char wanted[128];

	name_test("SB");
	make(test, MEMBAR_ENGINE_ARRAY);
	for (aim = MEMBAR_FIRST_PACED; aim < MEMBAR_NR_AIMS; aim++) {
		for (t = 0; t < 2; t++) {
			late = membar_aim_turns(aim, t);
			go_late = membar_aim_turns(aim, MEMBAR_SAYS_GO);
			snprintf(wanted, sizeof(wanted),
				 t ? "1+%2$u:1-1|1+%1$u:2-2|1+%2$u:3-3|1+%1$u:4-4|1+%2$u:5-5" :
				     "1+%1$u:1-1|1+%2$u:2-2|1+%1$u:3-3|1+%2$u:4-4|1+%1$u:5-5",
				 32 + go_late + late, late);
			expect_pace(test, t, 1, aim, 1, wanted);
		}
	}
	/* Of the other one, of this one, and of this one when it says go. */
	expect_pace(test, 0, 1, MEMBAR_FIRST_PACED + 1 + MEMBAR_NR_DELAYS, 1,
		    "1+32:1-1|1+0:2-2|1+32:3-3|1+0:4-4|1+32:5-5");
	expect_pace(test, 0, 1, MEMBAR_FIRST_PACED + 3, 1,
		    "1+64:1-1|1+32:2-2|1+64:3-3|1+32:4-4|1+64:5-5");
	expect_pace(test, 0, 1, MEMBAR_FIRST_PACED + 1 +
		    MEMBAR_SAYS_GO * MEMBAR_NR_DELAYS, 1,
		    "1+48:1-1|1+0:2-2|1+48:3-3|1+0:4-4|1+48:5-5");
}

static struct kunit_case batch_cases[] = {
	KUNIT_CASE(chunks_of_a_batch),
	KUNIT_CASE(batches_that_are_cut),
	KUNIT_CASE(lanes_of_a_batch),
	KUNIT_CASE(frames_of_a_batch),
	KUNIT_CASE(lanes_of_an_invariant),
	KUNIT_CASE(logs_of_a_batch),
	KUNIT_CASE(spans_of_a_batch),
	KUNIT_CASE(delays_of_a_batch),
	KUNIT_CASE(words_in_turn),
	KUNIT_CASE(words_of_a_file),
	KUNIT_CASE(words_that_do_not_come),
	KUNIT_CASE(words_that_wrap),
	KUNIT_CASE(delays_of_each_instance),
	{}
};

static struct kunit_suite batch_suite = {
	.name = "membar_batch",
	.init = begin,
	.exit = forget,
	.test_cases = batch_cases,
};

kunit_test_suite(batch_suite);
