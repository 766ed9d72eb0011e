// SPDX-License-Identifier: GPL-2.0
/* The functions that the workers of a test call on the host. */
#include <stdlib.h>

#include "worker.h"

unsigned int nr_turns;
unsigned int nr_fences;
void (*before_look)(const void *p);

/*
 * Memory
 * ======
 */

#define MAX_BLOCKS	256

static struct block {
	void *p;
	size_t size;
	unsigned int flags;
} blocks[MAX_BLOCKS];

unsigned int nr_blocks;
unsigned int nr_srcu_structs;
long available_memory;

static bool fails(void)
{
	return failing_allocation && !--failing_allocation;
}

void *take_block(size_t n, size_t size, unsigned int flags)
{
	void *p = fails() ? NULL : calloc(n, size);

	if (nr_blocks == MAX_BLOCKS)
		abort();
	if (p)
		blocks[nr_blocks++] = (struct block){ p, n * size, flags };
	return p;
}

/* It must be in use. */
static struct block *find_block(const void *p)
{
	unsigned int i;

	for (i = 0; i < nr_blocks; i++)
		if (blocks[i].p == p)
			return &blocks[i];
	abort();
}

void give_back_block(const void *p)
{
	struct block *block;

	if (!p)
		return;
	block = find_block(p);
	free(block->p);
	*block = blocks[--nr_blocks];
}

size_t size_of_block(const void *p)
{
	return find_block(p)->size;
}

unsigned int flags_of_block(const void *p)
{
	return find_block(p)->flags;
}

/* The number of one that is ready is 1. */
int make_srcu(struct srcu_struct *s)
{
	if (fails())
		return -ENOMEM;
	s->number = 1;
	nr_srcu_structs++;
	return 0;
}

void end_srcu(struct srcu_struct *s)
{
	if (s->number != 1)
		abort();
	s->number = 0;
	nr_srcu_structs--;
}

/*
 * Loops
 * =====
 */

struct asked_loop asked_loops[MEMBAR_MAX_CPUS];
unsigned int nr_asked_loops;
void (*play)(const struct membar_lane *lane, u32 from, u32 to);

void loop_inline(const struct membar_lane *lane, u32 from, u32 to)
{
	play(lane, from, to);
}

void loop_outline(const struct membar_lane *lane, u32 from, u32 to)
{
	play(lane, from, to);
}

void loop_of_invariant(const struct membar_lane *lane, u32 from, u32 to)
{
	play(lane, from, to);
}

static struct asked_loop *next_asked(void)
{
	return &asked_loops[nr_asked_loops++ % MEMBAR_MAX_CPUS];
}

membar_loop_fn membar_loops_inline(const struct membar_access *access,
				   enum membar_edge edge,
				   enum membar_engine engine)
{
	*next_asked() = (struct asked_loop){
		.access = { access[0], access[1] },
		.edge = edge,
		.engine = engine,
	};
	return loop_inline;
}

membar_loop_fn membar_loops_outline(const struct membar_access *access,
				    enum membar_edge edge,
				    enum membar_engine engine)
{
	membar_loops_inline(access, edge, engine);
	return loop_outline;
}

size_t membar_shared_size(void)
{
	return SHARED_SIZE;
}

membar_loop_fn membar_invariant_work(enum membar_invariant invariant, bool twin)
{
	*next_asked() = (struct asked_loop){
		.invariant = invariant,
		.twin = twin,
	};
	return loop_of_invariant;
}

/* Nothing is interpreted here. */
void membar_frame_open(struct membar_frame *frame, const struct membar_code *code)
{
	frame->code = code;
}

void membar_interpret(const struct membar_lane *lane, u32 from, u32 to)
{
	play(lane, from, to);
}

/*
 * Runs
 * ====
 */

struct membar_request request;
struct membar_job job;
struct membar_plan plan;
struct membar_result result;
struct membar_progress progress;
struct membar_run *run;

static struct membar_file *file;

void forget_run(void)
{
	if (run)
		membar_free_run(run);
	run = NULL;
	kvfree(file);
	file = NULL;
	memset(&request, 0, sizeof(request));
	memset(&job, 0, sizeof(job));
	memset(&plan, 0, sizeof(plan));
	memset(&result, 0, sizeof(result));
	memset(&progress, 0, sizeof(progress));
	memset(asked_loops, 0, sizeof(asked_loops));
	nr_asked_loops = 0;
	notes[0] = '\0';
	nr_turns = 0;
	nr_fences = 0;
	before_look = NULL;
	play = NULL;
	failing_allocation = 0;
	broken_edge = -1;
	available_memory = 1 << 20;
	request.size = 5;
}

void make_run(enum membar_engine engine)
{
	if (run)
		membar_free_run(run);
	nr_asked_loops = 0;
	run = membar_alloc_run(&job, &request, &plan, engine, &result);
	if (run)
		run->progress = &progress;
}

void name_test(const char *name)
{
	struct membar_why why = { };

	if (membar_test_parse(name, &job.test, &why)) {
		printf("# %s: %s\n", name, why.text);
		exit(1);
	}
	membar_plan_make(job.test.shape, &plan);
}

void name_invariant(enum membar_invariant invariant, unsigned int nr_threads)
{
	job.invariant = invariant;
	plan.target = MEMBAR_BROKEN;
	plan.nr_threads = nr_threads;
}

void read_file(const char *text)
{
	struct membar_why why = { };

	kvfree(file);
	file = membar_file_make(text, strlen(text), &why);
	if (IS_ERR(file)) {
		printf("# %s: %s\n", text, why.text);
		exit(1);
	}
	job.program = &file->program[0];
	job.places = &file->translation[0].places;
	job.translation = &file->translation[0];
	memset(&plan, 0, sizeof(plan));
	plan.nr_threads = job.program->nr_threads;
}
