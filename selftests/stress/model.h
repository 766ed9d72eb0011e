/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The Linux kernel memory model over litmus programs.
 *
 * The work is divided into three files: trace.c runs one thread with given
 * results of its reads, candidates.c goes through everything that the threads
 * could do together, and model.c holds each of these executions to the axioms.
 */
#ifndef _MEMBAR_MODEL_H
#define _MEMBAR_MODEL_H

#include "program.h"

#define MEMBAR_MODEL_EVENTS	64
#define MEMBAR_MODEL_VALUES	32	/* that one variable may have */
#define MEMBAR_MODEL_CHOICES	32	/* of one thread */

/* Set of events, or one row of a relation. */
typedef u64 membar_events;

/* Event j is in row[i]: i is related to j. */
struct membar_relation {
	membar_events row[MEMBAR_MODEL_EVENTS];
};

enum membar_event_kind {
	MEMBAR_EVENT_READ,
	MEMBAR_EVENT_WRITE,
	MEMBAR_EVENT_FENCE,
	MEMBAR_EVENT_SRCU_SYNC,
};

/* What an access belongs to, beyond its kind. */
enum membar_event_role {
	MEMBAR_ROLE_NONE,
	MEMBAR_ROLE_RMW,
	MEMBAR_ROLE_LOCK,
	MEMBAR_ROLE_UNLOCK,
	MEMBAR_ROLE_LOCK_LOOK,	/* a failed trylock, or spin_is_locked() */
	MEMBAR_ROLE_SRCU_LOCK,
	MEMBAR_ROLE_SRCU_UNLOCK,
};

#define MEMBAR_NO_EVENT		0xff

/**
 * struct membar_event - something that a thread does
 * @kind: enum membar_event_kind
 * @role: enum membar_event_role
 * @mark: of an access
 * @fence: of a fence; of an access it is 0
 * @thread: which does it
 * @statement: of that thread
 * @var: which variable it accesses
 * @partner: the other access of a read-modify-write operation, if that
 *	     stored; the end of a read-side critical section; or
 *	     MEMBAR_NO_EVENT
 * @unpromised: a fence that promises nothing between CPUs
 * @value: read or written
 * @before: events of the thread that come before it in program order
 * @addr: reads on which the address depends
 * @data: reads on which the value written depends
 * @ctrl: reads on which it depends whether this happens at all
 */
struct membar_event {
	u8 kind;
	u8 role;
	u8 mark;
	u8 fence;
	u8 thread;
	u8 statement;
	u8 var;
	u8 partner;
	bool unpromised;
	s64 value;
	membar_events before;
	membar_events addr;
	membar_events data;
	membar_events ctrl;
};

/* A value during the run of a thread, and the reads it depends on. */
struct membar_operand {
	s64 value;
	membar_events from;
};

/* What a thread chose where it had a choice: the results of its reads. */
struct membar_choices {
	u8 nr;
	u8 used;
	u8 taken[MEMBAR_MODEL_CHOICES];
	u8 options[MEMBAR_MODEL_CHOICES];
};

/* The values that a variable may have; who may write each of them. */
struct membar_domain {
	u8 nr;
	u8 known;	/* how many may be read in this round */
	bool grew;	/* another value, or another thread that writes one */
	s64 value[MEMBAR_MODEL_VALUES];
	u8 writers[MEMBAR_MODEL_VALUES];
};

/* A decision: which write is next in coherence order, or what a read sees. */
struct membar_slot {
	u8 event;	/* the read; MEMBAR_NO_EVENT if it is about coherence */
	u8 var;
	u8 position;
	u8 choice;
};

/* The relations of the model, in the order in which they are built. */
struct membar_relations {
	/* What follows from the threads. */
	struct membar_relation after;
	struct membar_relation strong0, nonrw0, cumul0, wmb, rmb, rmb_prior,
			       rmb_later;
	/* What follows from reads-from and coherence. */
	struct membar_relation rf, rfi, co, fr, rmw;
	struct membar_relation unlock_lock, strong, nonrw, fence;
	struct membar_relation addr, data, ctrl;
	struct membar_relation cumul, prop, hb, pb, rb;
	struct membar_relation rscs, srcu_rscs, link, order, rcu_fence;
	struct membar_relation xb, vis, ww_vis, wr_vis, rw_xb;
	struct membar_relation a, b, c;
};

struct membar_sets {
	membar_events all, reads, writes, accesses, marked, plain;
	membar_events acquire, release, full, noreturn, rmw;
	membar_events lock_read, lock_write, unlock;
	membar_events rcu_sync, srcu_sync, srcu_unlock;
	membar_events after_unlock_lock;
};

/**
 * struct membar_model - all that the model needs beside the program
 * @program: whose executions are looked at
 * @work: how much has been done
 * @limit: and how much may be
 * @unknown: why there is no verdict; NULL if there is one
 * @count_unpromised: let fences that promise nothing between CPUs count
 * @holds: an allowed execution fulfils the condition
 * @fails: an allowed execution does not
 * @race: an allowed execution has a data race
 * @every: look at all executions and report each that is allowed
 * @allowed: called for each if @every; may be NULL.  It may look at
 *	     membar_model_final(), and it may clear @holds and @fails
 * @collecting: runs of threads only collect values, see membar_trace_domains()
 * @early: while values are collected, the reads of the thread that return a value
 *	   of its own which was not found in an earlier round
 * @has_plain: the program has plain accesses, which might race
 * @nr: how many events there are
 * @event: those of the threads that have run, thread by thread
 * @first: the first event of each thread
 * @choices: of each thread
 * @reg: the registers of each thread
 * @domain: the values of each variable
 * @locks: bit set of the variables that are used as locks
 * @data: likewise, of those that are accessed in any other way
 * @nr_slots: how many decisions there are about the execution
 * @slot: the decisions, first those about coherence
 * @nr_writes: to each variable
 * @var_accesses: to each variable
 * @var_writes: likewise
 * @coherence: the writes to each variable in coherence order
 * @position: in coherence order, from 1, of each write and of the write that
 *	      each read sees; 0 stands for the initial value
 * @decided: the events whose position is known
 * @prepared: the relations that follow from the threads are there
 * @of_thread: the events of each thread
 * @set: the sets of the model
 * @rel: its relations
 */
struct membar_model {
	const struct membar_program *program;
	u64 work;
	u64 limit;
	const char *unknown;
	bool count_unpromised;
	bool holds;
	bool fails;
	bool race;
	bool every;
	void (*allowed)(struct membar_model *model);

	/* The threads. */
	bool collecting;
	membar_events early;
	bool has_plain;
	unsigned int nr;
	struct membar_event event[MEMBAR_MODEL_EVENTS];
	u8 first[MEMBAR_PROGRAM_THREADS + 1];
	struct membar_choices choices[MEMBAR_PROGRAM_THREADS];
	struct membar_operand reg[MEMBAR_PROGRAM_THREADS][MEMBAR_PROGRAM_REGS];
	struct membar_domain domain[MEMBAR_PROGRAM_VARS];
	u32 locks;
	u32 data;

	/* One execution. */
	u8 nr_slots;
	struct membar_slot slot[MEMBAR_MODEL_EVENTS];
	u8 nr_writes[MEMBAR_PROGRAM_VARS];
	membar_events var_accesses[MEMBAR_PROGRAM_VARS];
	membar_events var_writes[MEMBAR_PROGRAM_VARS];
	u8 coherence[MEMBAR_PROGRAM_VARS][MEMBAR_MODEL_EVENTS];
	u8 position[MEMBAR_MODEL_EVENTS];
	membar_events decided;
	bool prepared;
	membar_events of_thread[MEMBAR_PROGRAM_THREADS];
	struct membar_sets set;
	struct membar_relations rel;
};

/* Enough for every test that people write; a second or two. */
#define MEMBAR_MODEL_LIMIT	(200ULL * 1000 * 1000)

/**
 * membar_model_run() - what the model says of a program
 * @model: @limit and @count_unpromised are set, everything else is written
 * @program: parsed
 *
 * Return: in how many executions the condition holds; MEMBAR_OBS_NONE if
 * model->unknown says why that is not known.
 */
enum membar_observation membar_model_run(struct membar_model *model,
					 const struct membar_program *program);

/* The final value of @place in the execution that is being looked at. */
s64 membar_model_final(const struct membar_model *model,
		       const struct membar_place *place);

/**
 * struct membar_judgement - what is forbidden by the contract, and who says so
 * @contract: of the outcome that the program asks about
 * @stated: the model has no answer, and this is what the file states
 * @note: what is to be said about it, or empty
 */
struct membar_judgement {
	enum membar_contract contract;
	bool stated;
	char note[128];
};

/**
 * membar_program_contract() - may the outcome that a program asks about happen?
 * @model: to work in; @limit is set
 * @program: parsed
 * @judgement: filled in
 */
void membar_program_contract(struct membar_model *model,
			     const struct membar_program *program,
			     struct membar_judgement *judgement);

/*
 * Between the three files
 * =======================
 */

/* How the trace of a thread, or of one operation, ended. */
enum membar_traced {
	MEMBAR_TRACE_DONE,
	MEMBAR_TRACE_IMPOSSIBLE,	/* no execution has this */
	MEMBAR_TRACE_UNKNOWN,
};

/* Run thread @t as its choices say; its events come after model->first[t]. */
enum membar_traced membar_trace(struct membar_model *model, unsigned int t);
/* The next choices of a thread; false after the last ones. */
bool membar_trace_next(struct membar_choices *choices);
/* Find all values that the variables may have. */
bool membar_trace_domains(struct membar_model *model);
/* Note @n units of work; false if that was too much. */
bool membar_model_work(struct membar_model *model, unsigned int n);

static inline bool membar_is_write(const struct membar_event *e)
{
	return e->kind == MEMBAR_EVENT_WRITE;
}

static inline bool membar_is_access(const struct membar_event *e)
{
	return e->kind <= MEMBAR_EVENT_WRITE;
}

/* Whether the axioms allow the execution; notes a data race. */
bool membar_axioms(struct membar_model *model);

#endif /* _MEMBAR_MODEL_H */
