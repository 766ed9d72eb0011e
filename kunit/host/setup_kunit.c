// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of what a test has before its threads begin: its memory, the layouts and the
 * order of its instances, and what the loop of each worker reads.  They run on the
 * host only: tools/stress-host kunit.
 */
#include <kunit/test.h>

#include "worker.h"

/* Two threads, two locks, two srcu_structs, and eight variables in all. */
#define FILE_TEXT							\
	"C t\n{ x=3; p=&y; z=-1; }\n"					\
	"P0(int *x, int *y, int *z, int **p, spinlock_t *l, "		\
	"struct srcu_struct *s) { int r0; int r1; "			\
	"spin_lock(l); WRITE_ONCE(*x, 77); r0 = READ_ONCE(*y); "	\
	"spin_unlock(l); r1 = srcu_read_lock(s); srcu_read_unlock(s, r1); }\n" \
	"P1(int *x, int *y, spinlock_t *k, struct srcu_struct *q) "	\
	"{ int r0; int r1; int r2; "					\
	"spin_lock(k); WRITE_ONCE(*y, 88); r0 = READ_ONCE(*x); r2 = r0 + 5; " \
	"spin_unlock(k); r1 = srcu_read_lock(q); srcu_read_unlock(q, r1); }\n" \
	"locations [1:r2; z]\nexists (0:r0=0 /\\ 1:r0=0)\n"
#define FILE_VARS	8
/* Values that are recorded of each thread, and all that is observed. */
#define FILE_RECORDED(t)	(1 + (t))
#define FILE_PLACES	4

#define ALL_FLAGS	(GFP_KERNEL | __GFP_RETRY_MAYFAIL | __GFP_NOWARN)

static int begin(struct kunit *test)
{
	forget_run();
	return 0;
}

static void forget(struct kunit *test)
{
	forget_run();
	KUNIT_EXPECT_EQ(test, nr_blocks, 0);
	KUNIT_EXPECT_EQ(test, nr_srcu_structs, 0);
}

static void make(struct kunit *test, enum membar_engine engine)
{
	make_run(engine);
	KUNIT_ASSERT_NOT_NULL(test, run);
}

/* A block of so many things, for which no task is killed. */
#define expect_buffer(test, p, n, size)					\
do {									\
	KUNIT_ASSERT_NOT_NULL(test, p);					\
	KUNIT_EXPECT_EQ_MSG(test, size_of_block(p), (size_t)(n) * (size), \
			    "%zu", size_of_block(p));			\
	KUNIT_EXPECT_EQ(test, flags_of_block(p), ALL_FLAGS);		\
} while (0)

/*
 * Runs
 * ====
 */

static void numbers_of_a_run(struct kunit *test)
{
	name_test("MP");
	make(test, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_EQ(test, memcmp(&run->plan, &plan, sizeof(plan)), 0);
	KUNIT_EXPECT_EQ(test, run->engine, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_EQ(test, run->invariant, MEMBAR_NO_INVARIANT);
	KUNIT_EXPECT_PTR_EQ(test, run->translation, NULL);
	KUNIT_EXPECT_PTR_EQ(test, run->result, &result);
	KUNIT_EXPECT_EQ(test, run->batch_size, 5);
	KUNIT_EXPECT_EQ(test, result.batch_size, 5);
	KUNIT_EXPECT_EQ(test, run->instances, 5);
	KUNIT_EXPECT_EQ(test, run->stride, 64 / 4);
	KUNIT_EXPECT_EQ(test, run->nr_sets, 2);
	KUNIT_EXPECT_EQ(test, run->need, 2);
	KUNIT_EXPECT_EQ(test, run->last, U64_MAX);
	KUNIT_EXPECT_EQ(test, run->shortest, U64_MAX / 64);
	KUNIT_EXPECT_TRUE(test, run->done.initialized);
	KUNIT_EXPECT_TRUE(test, run->sleepers.initialized);

	/* The first engine of two has said how large its batches are. */
	request.size = 6;
	make(test, MEMBAR_ENGINE_PERPETUAL);
	KUNIT_EXPECT_EQ(test, run->batch_size, 6);
	KUNIT_EXPECT_EQ(test, result.batch_size, 5);
	KUNIT_EXPECT_EQ(test, run->instances, 1);
	KUNIT_EXPECT_EQ(test, run->stride, 128 / 4);
	KUNIT_EXPECT_EQ(test, run->nr_sets, 2);
	KUNIT_EXPECT_PTR_EQ(test, run->order, NULL);

	name_test("IRIW");
	make(test, MEMBAR_ENGINE_PERPETUAL);
	KUNIT_EXPECT_EQ(test, run->need, 4);

	/* Threads that share CPUs, and a stride of the request. */
	request.size = 0;
	result.oversubscribed = true;
	make(test, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_EQ(test, run->batch_size, 16384);
	KUNIT_EXPECT_EQ(test, run->stride, 128 / 4);
	request.stride = 12;
	make(test, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_EQ(test, run->stride, 12 / 4);
}

static void numbers_of_an_invariant(struct kunit *test)
{
	name_invariant(MEMBAR_INV_u32_add, 3);
	make(test, MEMBAR_ENGINE_INVARIANT);
	KUNIT_EXPECT_EQ(test, run->invariant, MEMBAR_INV_u32_add);
	KUNIT_EXPECT_EQ(test, run->engine, MEMBAR_ENGINE_INVARIANT);
	KUNIT_EXPECT_EQ(test, run->need, 2);
	KUNIT_EXPECT_EQ(test, run->nr_sets, 2);
	KUNIT_EXPECT_EQ(test, nr_blocks, 4);
	KUNIT_EXPECT_EQ(test, size_of_block(run->shared), SHARED_SIZE);
	KUNIT_EXPECT_EQ(test, size_of_block(run->tallies),
			3 * sizeof(struct membar_tally));
}

static void numbers_of_a_file(struct kunit *test)
{
	read_file(FILE_TEXT);
	make(test, MEMBAR_ENGINE_PROGRAM);
	KUNIT_EXPECT_PTR_EQ(test, run->translation, job.translation);
	KUNIT_EXPECT_EQ(test, run->nr_sets, 3);
	KUNIT_EXPECT_EQ(test, run->need, 2);
	KUNIT_EXPECT_EQ(test, run->instances, 5);
	KUNIT_EXPECT_EQ(test, run->batch_size, 5);

	/* A grace period is longer than a batch should be. */
	read_file("C t\n{}\nP0(int *x) { WRITE_ONCE(*x, 1); synchronize_rcu(); }\n"
		  "exists (x=9)\n");
	result.batch_size = 0;
	make(test, MEMBAR_ENGINE_PROGRAM);
	KUNIT_EXPECT_EQ(test, run->batch_size, 1);
	KUNIT_EXPECT_EQ(test, result.batch_size, 1);
	KUNIT_EXPECT_EQ(test, run->instances, 1);
}

/* A search begins with the known aims, and has the groups that can run. */
static void searches_of_aims(struct kunit *test)
{
	name_test("WRC");
	result.aims.best = 3;
	result.aims.paced = MEMBAR_FIRST_PACED + 5;
	make(test, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_EQ(test, run->aiming.nr_threads, 3);
	KUNIT_EXPECT_EQ(test, run->aiming.nr_groups, MEMBAR_NR_GROUPS);
	KUNIT_EXPECT_EQ(test, run->aiming.found.best, 3);
	KUNIT_EXPECT_EQ(test, run->aiming.found.paced, MEMBAR_FIRST_PACED + 5);

	result.oversubscribed = true;
	make(test, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_EQ(test, run->aiming.nr_groups, MEMBAR_NR_UNPACED);
	result.oversubscribed = false;

	read_file(FILE_TEXT);
	make(test, MEMBAR_ENGINE_PROGRAM);
	KUNIT_EXPECT_EQ(test, run->aiming.nr_threads, 2);
	KUNIT_EXPECT_EQ(test, run->aiming.nr_groups, MEMBAR_NR_GROUPS);

	read_file("C t\n{}\nP0(int *x) { WRITE_ONCE(*x, 1); synchronize_rcu(); }\n"
		  "exists (x=9)\n");
	make(test, MEMBAR_ENGINE_PROGRAM);
	KUNIT_EXPECT_EQ(test, run->aiming.nr_groups, MEMBAR_NR_UNPACED);
}

/*
 * Layouts
 * =======
 */

static void expect_layouts(struct kunit *test, struct membar_layout apart,
			   struct membar_layout together)
{
	const struct membar_layout wanted[] = {
		[MEMBAR_APART] = apart, [MEMBAR_TOGETHER] = together,
	};
	const struct membar_layout *layout;
	unsigned int l, s;

	for (l = 0; l < MEMBAR_NR_LAYOUTS; l++) {
		layout = &run->layout[l];
		KUNIT_EXPECT_EQ_MSG(test, layout->loc, wanted[l].loc, "%zu",
				    layout->loc);
		KUNIT_EXPECT_EQ_MSG(test, layout->step, wanted[l].step, "%zu",
				    layout->step);
		KUNIT_EXPECT_EQ_MSG(test, layout->size, wanted[l].size, "%zu",
				    layout->size);
		for (s = 0; s < run->nr_sets; s++)
			expect_buffer(test, run->set[s].memory[l],
				      wanted[l].size, sizeof(u32));
	}
}

/* Of five instances of three variables, and of one. */
static void layouts_of_a_test(struct kunit *test)
{
	name_test("WRC");
	request.stride = 64;
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_layouts(test, (struct membar_layout){ 80, 16, 240 },
		       (struct membar_layout){ 1, 16, 80 });
	request.stride = 4;
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_layouts(test, (struct membar_layout){ 5, 1, 15 },
		       (struct membar_layout){ 1, 3, 15 });
	request.stride = 20;
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_layouts(test, (struct membar_layout){ 25, 5, 75 },
		       (struct membar_layout){ 1, 5, 25 });
	make(test, MEMBAR_ENGINE_PERPETUAL);
	expect_layouts(test, (struct membar_layout){ 5, 5, 15 },
		       (struct membar_layout){ 1, 5, 5 });
}

/* A variable is as wide as an address, and there are as many as the file has. */
static void layouts_of_a_file(struct kunit *test)
{
	read_file(FILE_TEXT);
	KUNIT_ASSERT_EQ(test, job.program->nr_vars, FILE_VARS);
	request.stride = 128;
	make(test, MEMBAR_ENGINE_PROGRAM);
	expect_layouts(test, (struct membar_layout){ 160, 32, 160 * FILE_VARS },
		       (struct membar_layout){ 2, 32, 160 });
	request.stride = 12;
	make(test, MEMBAR_ENGINE_PROGRAM);
	expect_layouts(test, (struct membar_layout){ 20, 4, 20 * FILE_VARS },
		       (struct membar_layout){ 2, 2 * FILE_VARS, 10 * FILE_VARS });
}

/*
 * Orders
 * ======
 */

static void expect_order(struct kunit *test, const u32 *wanted)
{
	unsigned int i;

	expect_buffer(test, run->order, 13, sizeof(u32));
	for (i = 1; i <= 12; i++)
		KUNIT_EXPECT_EQ_MSG(test, run->order[i], wanted[i - 1], "%u", i);
}

static void orders_of_instances(struct kunit *test)
{
	static const u32 own[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };
	static const u32 of_1[] = { 1, 3, 5, 7, 8, 2, 4, 9, 0, 6, 11, 10 };
	static const u32 of_5[] = { 3, 7, 11, 8, 4, 5, 0, 9, 2, 10, 1, 6 };

	name_test("SB");
	request.size = 12;
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_order(test, own);
	request.seed = 1;
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_order(test, of_1);
	request.seed = 5;
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_order(test, of_5);

	/* Threads that share CPUs have a random one anyway. */
	result.oversubscribed = true;
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_order(test, of_5);
	request.seed = 0;
	make(test, MEMBAR_ENGINE_ARRAY);
	expect_order(test, of_1);

	read_file(FILE_TEXT);
	make(test, MEMBAR_ENGINE_PROGRAM);
	expect_order(test, of_1);
	result.oversubscribed = false;
	make(test, MEMBAR_ENGINE_PROGRAM);
	expect_order(test, own);
}

/*
 * Memory
 * ======
 */

/* A buffer for the values of each read, and in the perpetual engine its log. */
static void buffers_of_reads(struct kunit *test)
{
	const struct membar_set *set;
	unsigned int s, r;

	name_test("IRIW");
	request.size = 300;
	make(test, MEMBAR_ENGINE_ARRAY);
	for (s = 0; s < 2; s++) {
		for (r = 0; r < 4; r++) {
			expect_buffer(test, run->set[s].read[r], 301,
				      sizeof(u32));
			expect_buffer(test, run->set[s].log[r].stretch, 0,
				      sizeof(struct membar_stretch));
		}
	}
	make(test, MEMBAR_ENGINE_PERPETUAL);
	for (s = 0; s < 2; s++) {
		for (r = 0; r < 4; r++) {
			expect_buffer(test, run->set[s].read[r], 256,
				      sizeof(u32));
			expect_buffer(test, run->set[s].log[r].stretch, 302,
				      sizeof(struct membar_stretch));
		}
	}
	name_test("S");
	make(test, MEMBAR_ENGINE_ARRAY);
	for (s = 0; s < MEMBAR_NR_SETS; s++) {
		set = &run->set[s];
		KUNIT_EXPECT_EQ(test, !!set->read[0], s < 2);
		KUNIT_EXPECT_EQ(test, !!set->memory[MEMBAR_APART], s < 2);
		KUNIT_EXPECT_PTR_EQ(test, set->read[1], NULL);
		KUNIT_EXPECT_PTR_EQ(test, set->log[1].stretch, NULL);
		KUNIT_EXPECT_PTR_EQ(test, set->locks, NULL);
	}
	KUNIT_EXPECT_EQ(test, size_of_block(run->worker),
			2 * sizeof(struct membar_worker));
}

static void frames_of_a_file(struct kunit *test)
{
	const struct membar_translation *x;
	struct membar_worker *w;
	struct membar_frame *frame;
	unsigned int s, t, i;

	read_file(FILE_TEXT);
	make(test, MEMBAR_ENGINE_PROGRAM);
	x = run->translation;
	KUNIT_EXPECT_EQ(test, run->nr_srcu, 2);
	expect_buffer(test, run->srcu, 2, sizeof(struct srcu_struct));
	KUNIT_EXPECT_EQ(test, nr_srcu_structs, 2);
	for (s = 0; s < 3; s++) {
		expect_buffer(test, run->set[s].locks, 2 * 5,
			      sizeof(struct membar_lock));
		for (i = 0; i < 2 * 5; i++)
			KUNIT_EXPECT_TRUE(test,
					  run->set[s].locks[i].lock.initialized);
		for (t = 0; t < 2; t++) {
			w = &run->worker[t];
			frame = &w->frame[s];
			KUNIT_EXPECT_PTR_EQ(test, frame->code, &x->code[t]);
			KUNIT_EXPECT_PTR_EQ(test, frame->locks,
					    run->set[s].locks);
			KUNIT_EXPECT_EQ(test, frame->nr_locks, 2);
			KUNIT_EXPECT_PTR_EQ(test, frame->srcu, run->srcu);
			KUNIT_EXPECT_EQ(test, frame->nr_srcu, 2);
			expect_buffer(test, frame->record,
				      6 * FILE_RECORDED(t), sizeof(long));
			expect_buffer(test, frame->bad, 6, sizeof(bool));
			expect_buffer(test, w->states, 1,
				      MEMBAR_STATES_SIZE(FILE_PLACES));
			KUNIT_EXPECT_EQ(test, w->states->width, FILE_PLACES);
			KUNIT_EXPECT_PTR_EQ(test, w->lane[s].frame, frame);
			KUNIT_EXPECT_PTR_EQ(test, w->lane[s].order, run->order);
			KUNIT_EXPECT_PTR_EQ(test, w->loop, membar_interpret);
			KUNIT_EXPECT_PTR_EQ(test, w->run, run);
			KUNIT_EXPECT_EQ(test, w->index, t);
		}
	}
	KUNIT_EXPECT_EQ(test, nr_asked_loops, 0);

	read_file("C t\n{}\nP0(int *x) { WRITE_ONCE(*x, 1); }\nexists (x=9)\n");
	make(test, MEMBAR_ENGINE_PROGRAM);
	KUNIT_EXPECT_PTR_EQ(test, run->srcu, NULL);
	KUNIT_EXPECT_EQ(test, run->nr_srcu, 0);
	KUNIT_EXPECT_EQ(test, size_of_block(run->set[0].locks), 0);
	KUNIT_EXPECT_EQ(test, size_of_block(run->worker[0].frame[0].record), 0);
}

/* In all instances of both layouts of each set. */
static void initial_values(struct kunit *test)
{
	const struct membar_layout *layout;
	unsigned int s, l, i, v;
	const u32 *instance;
	long value, wanted;
	const char *name;

	read_file(FILE_TEXT);
	make(test, MEMBAR_ENGINE_PROGRAM);
	for (s = 0; s < 3; s++) {
		for (l = 0; l < MEMBAR_NR_LAYOUTS; l++) {
			layout = &run->layout[l];
			for (i = 0; i < 5 * FILE_VARS; i++) {
				v = i % FILE_VARS;
				instance = run->set[s].memory[l] +
					   i / FILE_VARS * layout->step;
				value = *(const long *)(instance +
							v * layout->loc);
				name = job.program->var[v].name;
				wanted = !strcmp(name, "x") ? 3 :
					 !strcmp(name, "z") ? -1 :
					 !strcmp(name, "p") ?
					 (long)(instance + 2 * layout->loc) : 0;
				KUNIT_EXPECT_EQ_MSG(test, value, wanted,
						    "%s of %u in %u", name,
						    i / FILE_VARS, l);
			}
		}
	}
	/* That of p is the address of the third variable. */
	KUNIT_EXPECT_STREQ(test, job.program->var[2].name, "y");
}

/* Each allocation can fail; then nothing is left of the others. */
static void expect_failures(struct kunit *test, enum membar_engine engine,
			    unsigned int allocations)
{
	const unsigned int blocks = run ? 0 : nr_blocks;
	unsigned int i;

	for (i = 1; i <= allocations; i++) {
		failing_allocation = i;
		make_run(engine);
		KUNIT_EXPECT_TRUE_MSG(test, !run, "%u of %u", i, allocations);
		KUNIT_EXPECT_EQ(test, failing_allocation, 0);
		KUNIT_EXPECT_EQ_MSG(test, nr_blocks, blocks, "%u of %u", i,
				    allocations);
		KUNIT_EXPECT_EQ(test, nr_srcu_structs, 0);
	}
	failing_allocation = i;
	make_run(engine);
	KUNIT_EXPECT_NOT_NULL(test, run);
	KUNIT_EXPECT_EQ(test, failing_allocation, 1);
	failing_allocation = 0;
	membar_free_run(run);
	run = NULL;
	KUNIT_EXPECT_EQ(test, nr_blocks, blocks);
	KUNIT_EXPECT_EQ(test, nr_srcu_structs, 0);
}

static void runs_without_memory(struct kunit *test)
{
	/* The run, its workers, the order; of each set 2 layouts and 4 reads. */
	name_test("IRIW");
	expect_failures(test, MEMBAR_ENGINE_ARRAY, 3 + 2 * (2 + 2 * 4));
	expect_failures(test, MEMBAR_ENGINE_PERPETUAL, 2 + 2 * (2 + 2 * 4));

	/* The run, its workers, the shared variables and the tallies. */
	name_invariant(MEMBAR_INV_u32_add, 3);
	expect_failures(test, MEMBAR_ENGINE_INVARIANT, 4);
	job.invariant = MEMBAR_NO_INVARIANT;

	/* The srcu_structs; locks of each set; states and frames of a thread. */
	read_file(FILE_TEXT);
	expect_failures(test, MEMBAR_ENGINE_PROGRAM,
			3 + 3 * 2 + (1 + 2) + 3 + 2 * (1 + 3 * 2));
}

/* A run has its memory if so much is available, and an eighth is left to others. */
static void expect_need(struct kunit *test, enum membar_engine engine, u64 bytes)
{
	long pages = bytes / PAGE_SIZE, most = 0;

	while (most - most / 8 <= pages)
		most++;
	available_memory = most - 1;
	make_run(engine);
	KUNIT_EXPECT_TRUE_MSG(test, !run, "with %ld pages of %ld", most - 1, most);
	available_memory = most;
	make_run(engine);
	KUNIT_EXPECT_TRUE_MSG(test, run, "with %ld pages", most);
}

static void memory_of_others(struct kunit *test)
{
	const size_t stretch = sizeof(struct membar_stretch);

	name_test("IRIW");
	request.stride = 128;
	request.size = 3000;
	/* Three variables of 32 words, and then one such place for all three. */
	expect_need(test, MEMBAR_ENGINE_ARRAY,
		    2 * 4ULL * (3000 * 32 * 4 + 4 * 3001));
	expect_need(test, MEMBAR_ENGINE_PERPETUAL,
		    2 * 4ULL * (32 * 4 + 4 * 256) + 2 * 4 * 3002 * stretch);
	request.size = 100000;
	expect_need(test, MEMBAR_ENGINE_PERPETUAL,
		    2 * 4ULL * (32 * 4 + 4 * 256) + 2 * 4 * 100002 * stretch);
	name_test("SB");
	expect_need(test, MEMBAR_ENGINE_PERPETUAL,
		    2 * 4ULL * (32 * 4 + 2 * 256) + 2 * 2 * 100002 * stretch);
	request.size = 3000;
	request.stride = 4;
	expect_need(test, MEMBAR_ENGINE_ARRAY,
		    2 * 4ULL * (3000 * (3 + 3) + 2 * 3001));

	/* The estimate may be negative. */
	available_memory = -1000000;
	make_run(MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_PTR_EQ(test, run, NULL);

	read_file(FILE_TEXT);
	request.stride = 64;
	expect_need(test, MEMBAR_ENGINE_PROGRAM,
		    3 * 4ULL * 3000 * 16 * (FILE_VARS + 1));
}

/*
 * Workers
 * =======
 */

/* The reads of a worker, by their place in the order of the program. */
static void expect_reads(struct kunit *test, unsigned int t, int first,
			 int second)
{
	const int read[2] = { first, second };
	const struct membar_worker *w = &run->worker[t];
	const bool logs = run->engine == MEMBAR_ENGINE_PERPETUAL;
	unsigned int s, i;

	for (s = 0; s < 2; s++) {
		for (i = 0; i < 2; i++) {
			KUNIT_EXPECT_PTR_EQ(test, w->lane[s].read[i],
					    read[i] < 0 ? NULL :
					    run->set[s].read[read[i]]);
			KUNIT_EXPECT_PTR_EQ(test, w->lane[s].log[i],
					    read[i] < 0 || !logs ? NULL :
					    &run->set[s].log[read[i]]);
		}
		KUNIT_EXPECT_PTR_EQ(test, w->lane[s].own, &w->own);
		KUNIT_EXPECT_EQ(test, w->lane[s].limit, U32_MAX - 1);
		KUNIT_EXPECT_PTR_EQ(test, w->lane[s].order, run->order);
	}
	KUNIT_EXPECT_PTR_EQ(test, w->run, run);
	KUNIT_EXPECT_EQ(test, w->index, t);
}

#define R(l, v)		{ MEMBAR_R, MEMBAR_##l, v }
#define W(l, v)		{ MEMBAR_W, MEMBAR_##l, v }
#define NO_ACCESS	{ 0 }

static const struct {
	const char *name;
	bool twin;
	struct membar_access access[MEMBAR_MAX_THREADS][2];
	int read[MEMBAR_MAX_THREADS][2];
} tests[] = {
	{ "SB+dma_mb+po", false, {{ W(X, 1), R(Y, 0) }, { W(Y, 1), R(X, 0) }},
	  {{ -1, 0 }, { -1, 1 }} },
	{ "SB", true, {{ R(Y, 0), W(X, 1) }, { R(X, 0), W(Y, 1) }},
	  {{ 0, -1 }, { 1, -1 }} },
	{ "MP+wmb+rmb", false,
	  {{ W(X, 1), W(Y, 1) }, { R(Y, 1), R(X, 0) }},
	  {{ -1, -1 }, { 0, 1 }} },
	{ "MP", true, {{ W(Y, 1), W(X, 1) }, { R(X, 0), R(Y, 1) }},
	  {{ -1, -1 }, { 1, 0 }} },
	/* An only access has no other one to change places with. */
	{ "WRC+xchg+addr", false,
	  {{ W(X, 1), NO_ACCESS }, { R(X, 1), W(Y, 1) }, { R(Y, 1), R(X, 0) }},
	  {{ -1, -1 }, { 0, -1 }, { 1, 2 }} },
	{ "WRC", true,
	  {{ W(X, 1), NO_ACCESS }, { W(Y, 1), R(X, 1) }, { R(X, 0), R(Y, 1) }},
	  {{ -1, -1 }, { -1, 0 }, { 2, 1 }} },
};

static void expect_workers(struct kunit *test, unsigned int row)
{
	const struct membar_access *wanted;
	const struct asked_loop *asked;
	const struct membar_worker *w;
	unsigned int t, i;

	KUNIT_EXPECT_EQ(test, nr_asked_loops, run->plan.nr_threads);
	for (t = 0; t < run->plan.nr_threads; t++) {
		w = &run->worker[t];
		asked = &asked_loops[t];
		expect_reads(test, t, tests[row].read[t][0],
			     tests[row].read[t][1]);
		for (i = 0; i < 2; i++) {
			wanted = &tests[row].access[t][i];
			KUNIT_EXPECT_EQ_MSG(test, memcmp(&asked->access[i], wanted,
							 sizeof(*wanted)), 0,
					    "%s: %u.%u", tests[row].name, t, i);
			KUNIT_EXPECT_EQ(test, w->loc[i], wanted->loc);
			KUNIT_EXPECT_EQ(test, w->value[i], wanted->value);
		}
		KUNIT_EXPECT_EQ(test, asked->edge, job.test.edge[t]);
		KUNIT_EXPECT_EQ(test, asked->engine, run->engine);
	}
}

static void workers_of_a_test(struct kunit *test)
{
	struct membar_match match = { };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(tests); i++) {
		name_test(tests[i].name);
		job.twin = tests[i].twin;
		make(test, MEMBAR_ENGINE_PERPETUAL);
		expect_workers(test, i);
		make(test, MEMBAR_ENGINE_ARRAY);
		expect_workers(test, i);
		/* A litmus file that is a named test says itself whether to swap. */
		job.match = &match;
		match.swap = tests[i].twin;
		job.twin = !tests[i].twin;
		make(test, MEMBAR_ENGINE_ARRAY);
		expect_workers(test, i);
		job.match = NULL;
	}
}

static void loops_of_a_test(struct kunit *test)
{
	name_test("SB+mb+po");
	make(test, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_PTR_EQ(test, run->worker[0].loop, loop_inline);
	KUNIT_EXPECT_PTR_EQ(test, run->worker[1].loop, loop_inline);
	request.outline = true;
	make(test, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_PTR_EQ(test, run->worker[0].loop, loop_outline);
	KUNIT_EXPECT_PTR_EQ(test, run->worker[1].loop, loop_outline);

	/* One that is broken on purpose is no edge at all. */
	name_test("SB+mb+dma_mb");
	broken_edge = MEMBAR_EDGE_DMA_FULL;
	make(test, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_EQ(test, asked_loops[0].edge, MEMBAR_EDGE_SMP_FULL);
	KUNIT_EXPECT_EQ(test, asked_loops[1].edge, MEMBAR_EDGE_PO);
	broken_edge = MEMBAR_EDGE_SMP_FULL;
	make(test, MEMBAR_ENGINE_ARRAY);
	KUNIT_EXPECT_EQ(test, asked_loops[0].edge, MEMBAR_EDGE_PO);
	KUNIT_EXPECT_EQ(test, asked_loops[1].edge, MEMBAR_EDGE_DMA_FULL);
}

static void workers_of_an_invariant(struct kunit *test)
{
	const struct membar_lane *lane;
	unsigned int t, s, twin;

	for (twin = 0; twin < 2; twin++) {
		name_invariant(MEMBAR_INV_u64_sub, 3);
		job.twin = twin;
		make(test, MEMBAR_ENGINE_INVARIANT);
		KUNIT_EXPECT_EQ(test, nr_asked_loops, 3);
		for (t = 0; t < 3; t++) {
			KUNIT_EXPECT_PTR_EQ(test, run->worker[t].loop,
					    loop_of_invariant);
			KUNIT_EXPECT_EQ(test, asked_loops[t].invariant,
					MEMBAR_INV_u64_sub);
			KUNIT_EXPECT_EQ(test, asked_loops[t].twin, twin);
			KUNIT_EXPECT_PTR_EQ(test, run->worker[t].run, run);
			KUNIT_EXPECT_EQ(test, run->worker[t].index, t);
			for (s = 0; s < 2; s++) {
				lane = &run->worker[t].lane[s];
				KUNIT_EXPECT_PTR_EQ(test, lane->shared, run->shared);
				KUNIT_EXPECT_PTR_EQ(test, lane->tallies, run->tallies);
				KUNIT_EXPECT_PTR_EQ(test, lane->tally,
						    run->tallies + t);
				KUNIT_EXPECT_PTR_EQ(test, lane->cut, &run->cut);
				KUNIT_EXPECT_EQ(test, lane->index, t);
				KUNIT_EXPECT_EQ(test, lane->nr, 3);
				KUNIT_EXPECT_EQ(test, lane->batch_size, 5);
			}
		}
	}
}

static struct kunit_case setup_cases[] = {
	KUNIT_CASE(numbers_of_a_run),
	KUNIT_CASE(numbers_of_an_invariant),
	KUNIT_CASE(numbers_of_a_file),
	KUNIT_CASE(searches_of_aims),
	KUNIT_CASE(layouts_of_a_test),
	KUNIT_CASE(layouts_of_a_file),
	KUNIT_CASE(orders_of_instances),
	KUNIT_CASE(buffers_of_reads),
	KUNIT_CASE(frames_of_a_file),
	KUNIT_CASE(initial_values),
	KUNIT_CASE(runs_without_memory),
	KUNIT_CASE(memory_of_others),
	KUNIT_CASE(workers_of_a_test),
	KUNIT_CASE(loops_of_a_test),
	KUNIT_CASE(workers_of_an_invariant),
	{}
};

static struct kunit_suite setup_suite = {
	.name = "membar_setup",
	.init = begin,
	.exit = forget,
	.test_cases = setup_cases,
};

kunit_test_suite(setup_suite);
