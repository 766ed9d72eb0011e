/* SPDX-License-Identifier: GPL-2.0 */
/* Runs whose workers a case plays, one after the other. */
#ifndef _MEMBAR_HOST_WORKER_H
#define _MEMBAR_HOST_WORKER_H

#include <linux/err.h>

#include "file.h"
#include "runner.h"

/* The loop that a worker asked for. */
struct asked_loop {
	struct membar_access access[2];
	enum membar_edge edge;
	enum membar_engine engine;
	enum membar_invariant invariant;
	bool twin;
};

extern struct asked_loop asked_loops[MEMBAR_MAX_CPUS];
extern unsigned int nr_asked_loops;

/* Each of the loops does this. */
extern void (*play)(const struct membar_lane *lane, u32 from, u32 to);
void loop_inline(const struct membar_lane *lane, u32 from, u32 to);
void loop_outline(const struct membar_lane *lane, u32 from, u32 to);
void loop_of_invariant(const struct membar_lane *lane, u32 from, u32 to);

/* Bytes that the threads of an invariant share. */
#define SHARED_SIZE	48

extern struct membar_request request;
extern struct membar_job job;
extern struct membar_plan plan;
extern struct membar_result result;
extern struct membar_progress progress;
/* The run of all that, or NULL without memory. */
extern struct membar_run *run;

/* To its state before each case: batches of 5, and memory for everything. */
void forget_run(void);
void name_test(const char *name);
void name_invariant(enum membar_invariant invariant, unsigned int nr_threads);
/* The file is interpreted, even if it is a named test. */
void read_file(const char *text);
void make_run(enum membar_engine engine);

#endif /* _MEMBAR_HOST_WORKER_H */
