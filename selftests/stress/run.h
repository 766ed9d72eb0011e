/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Running litmus tests on CPUs: declarations for the files of membar_stress that
 * need a kernel.
 */
#ifndef _MEMBAR_RUN_H
#define _MEMBAR_RUN_H

#include <linux/cache.h>
#include <linux/completion.h>
#include <linux/seq_file.h>
#include <linux/types.h>

#include "stress.h"

/*
 * Loops
 * =====
 */

/**
 * struct membar_tally - what one thread of an invariant's test tells the check
 * @sum: see each test
 * @wrong: how often it saw the invariant broken
 * @stuck: it waited for another thread in vain
 * @gaps: microseconds in membar_gap(), where something can be broken
 */
struct membar_tally {
	u64 sum;
	u64 wrong;
	bool stuck;
	u32 gaps;
} ____cacheline_aligned_in_smp;

struct membar_shared;
struct membar_file;
struct membar_frame;
struct membar_states;

/**
 * struct membar_lane - one thread's view of a batch, all that its loop reads
 * @var: the variables of its two accesses; instance 0 of them in the array
 *	 engine
 * @value: what its writes write in the array engine
 * @log: where its reads go in the perpetual engine
 * @read: where they go in the array engine, in the order of the visit; in the
 *	  perpetual engine those of a burst, on their way to the log
 * @bursts: put reads into the log by bursts and not at once
 * @order: instances in that order; array engine only
 * @step: u32s between two instances
 * @own: a variable that no other thread touches, for read-modify-writes
 * @limit: larger than any value, and the compiler must not know
 * @shared: what an invariant's threads work on
 * @tallies: what each of them tells, by index
 * @tally: this one's
 * @cut: an invariant's batch has to end before it is complete
 * @index: which thread this is
 * @nr: of how many
 * @batch_size: operations of each thread in a batch of an invariant's test
 * @frame: what the thread of a litmus file works on
 */
struct membar_lane {
	u32 *var[2];
	u32 value[2];
	struct membar_log *log[2];
	u32 *read[2];
	bool bursts;
	const u32 *order;
	size_t step;
	u32 *own;
	u32 limit;
	struct membar_shared *shared;
	struct membar_tally *tallies;
	struct membar_tally *tally;
	bool *cut;
	u32 index;
	u32 nr;
	u32 batch_size;
	struct membar_frame *frame;
};

/* Iterations of the perpetual engine in one burst. */
#define MEMBAR_BURST	256

/* Iterations @from to @to, both included. */
typedef void (*membar_loop_fn)(const struct membar_lane *lane, u32 from,
			       u32 to);

/* The loop of a thread's accesses and edge, with its barriers in line ... */
membar_loop_fn membar_loops_inline(const struct membar_access *access,
				   enum membar_edge edge,
				   enum membar_engine engine);
/* ... and calling the exported ones. */
membar_loop_fn membar_loops_outline(const struct membar_access *access,
				    enum membar_edge edge,
				    enum membar_engine engine);

/*
 * Invariants
 * ==========
 */

size_t membar_shared_size(void);
/* What each thread runs, or the twin of it. */
membar_loop_fn membar_invariant_work(enum membar_invariant invariant,
				     bool twin);
/* Before a batch, from one thread. */
void membar_invariant_set_up(enum membar_invariant invariant,
			     const struct membar_lane *lane);
/*
 * After it: how often it was broken.  Of a batch that is not whole only what the
 * threads themselves have seen.
 */
u64 membar_invariant_check(enum membar_invariant invariant,
			   const struct membar_lane *lane, bool whole);

/*
 * Aims
 * ====
 *
 * An aim says how a batch of instances is laid out and begun: whether the threads
 * begin each instance together or only the batch, how the variables of an
 * instance lie, and which thread is late, by how much.  For each group of a pace
 * and a layout, start 0 delays no thread; the delays of the first thread
 * follow, then those of the second, and so on.  The last ones delay the thread that
 * says go, if each instance is begun together: how long that word takes to get to
 * another CPU depends on where the two are.
 */
#define MEMBAR_NR_DELAYS	7
#define MEMBAR_NR_STARTS	(1 + (MEMBAR_MAX_THREADS + 1) * MEMBAR_NR_DELAYS)
/* In place of a thread: the one that says go, which is another each time. */
#define MEMBAR_SAYS_GO		MEMBAR_MAX_THREADS

/**
 * enum membar_aim_layout - how the variables of an instance lie
 * @MEMBAR_APART: each in a cache line of its own
 * @MEMBAR_TOGETHER: side by side
 * @MEMBAR_NR_LAYOUTS: how many there are
 */
enum membar_aim_layout {
	MEMBAR_APART,
	MEMBAR_TOGETHER,
	MEMBAR_NR_LAYOUTS,
};

/* The groups of aims: both layouts, and the same paced. */
#define MEMBAR_NR_UNPACED	2
#define MEMBAR_NR_GROUPS	4
#define MEMBAR_NR_AIMS		(MEMBAR_NR_GROUPS * MEMBAR_NR_STARTS)
#define MEMBAR_FIRST_PACED	(MEMBAR_NR_UNPACED * MEMBAR_NR_STARTS)

static inline enum membar_aim_layout membar_aim_layout(unsigned int aim)
{
	return aim / MEMBAR_NR_STARTS % MEMBAR_NR_LAYOUTS;
}

static inline bool membar_aim_paced(unsigned int aim)
{
	return aim / MEMBAR_NR_STARTS >= MEMBAR_NR_UNPACED;
}

/*
 * How long @thread, or MEMBAR_SAYS_GO, waits at the start of a batch, or of each
 * instance, in turns of an empty loop, each of which takes a fast CPU a nanosecond
 * or less.
 */
static inline unsigned int membar_aim_turns(unsigned int aim,
					    unsigned int thread)
{
	unsigned int start = aim % MEMBAR_NR_STARTS;
	unsigned int least = !membar_aim_paced(aim) ? 32 :
			     thread == MEMBAR_SAYS_GO ? 16 : 8;

	if (!start-- || start / MEMBAR_NR_DELAYS != thread)
		return 0;
	return least << start % MEMBAR_NR_DELAYS;
}

/**
 * struct membar_aims - what a search has found
 * @best: the aim that showed most in a nanosecond
 * @paced: the one among those whose threads begin each instance together, or 0
 */
struct membar_aims {
	unsigned int best;
	unsigned int paced;
};

/**
 * struct membar_aiming - the search for the aim that shows most
 * @nr_threads: of the test
 * @nr_groups: MEMBAR_NR_UNPACED if the threads cannot begin each instance together,
 *	       MEMBAR_NR_GROUPS if they can
 * @seen: outcomes that the test asks about, by aim; the caller adds to it, and
 *	  the end of each search halves it
 * @spent: time that each aim took, in ns; likewise
 * @found: by the last searches that showed anything
 * @now: the aim that is tried
 * @left: for how many of the next batches this stays so
 * @holding: what was found is in use, and no search is on
 * @shows: the last search showed anything
 */
struct membar_aiming {
	unsigned int nr_threads;
	unsigned int nr_groups;
	u64 seen[MEMBAR_NR_AIMS];
	u64 spent[MEMBAR_NR_AIMS];
	struct membar_aims found;
	unsigned int now;
	u32 left;
	bool holding;
	bool shows;
};

/* The first batches use what is known, or begin a search if nothing is. */
void membar_aiming_begin(struct membar_aiming *a, unsigned int nr_threads,
			 unsigned int nr_groups, struct membar_aims known);
/* The aim of the next batch. */
unsigned int membar_aiming_next(struct membar_aiming *a);
/* What the searches found; before the end of the first one, what it has so far. */
struct membar_aims membar_aiming_found(const struct membar_aiming *a);
/* The aim of batch @number where only the layout matters: the perpetual engine. */
unsigned int membar_aim_of_layout(u64 number);

/*
 * Results
 * =======
 */

/**
 * struct membar_sample - what the batches with one aim showed
 * @observed: outcomes
 * @seen: how many of them the test asks about
 */
struct membar_sample {
	u64 observed;
	u64 seen;
};

/**
 * struct membar_result - what one job showed
 * @verdict: in one word
 * @engine: which one ran
 * @reason: why it was skipped or cut short, or empty
 * @oversubscribed: threads shared CPUs
 * @nr_threads: how many ran, on as many of the request's CPUs
 * @batch_size: iterations or instances of one batch
 * @aims: with what to begin, and what was found
 * @batches: how many ran
 * @idle_batches: how many of them do not count: too few of their threads ran at
 *		  once, or they were cut short
 * @iterations: in the batches that count
 * @observed: outcomes of the batches that count
 * @seen: how many of them are the one that the test asks about
 * @stray: how many were that in batches that do not count
 * @first_seen: when the first of @seen or @stray was counted, in ns from the
 *		start of the job, before its memory and threads were there; 0:
 *		none was
 * @expected: how often it would have been seen, were the test like its control
 * @unsound: logs that no coherent memory can have produced
 * @stuck: batches in which a thread waited for another one in vain
 * @nsecs: how long it took, counting included
 * @max_skew: the longest that a thread started after the first, in ns
 * @overlap: sum of the time in which enough threads ran at once, in ns
 * @running: sum of the time in which any thread ran, in ns
 * @together: sum of the overlap, but of a batch that was interrupted no more than
 *	      a batch takes
 * @extended: it went on when its time was up
 * @hist: all that was observed, by outcome; of an invariant, batches that kept
 *	  it and batches that broke it; of a litmus file, by the number of the
 *	  state
 * @states: of a litmus file; whoever has the result frees them
 * @sample: the same, by aim
 */
struct membar_result {
	enum membar_verdict verdict;
	enum membar_engine engine;
	char reason[64];
	bool oversubscribed;
	unsigned int nr_threads;
	u32 batch_size;
	struct membar_aims aims;
	u64 batches;
	u64 idle_batches;
	u64 iterations;
	u64 observed;
	u64 seen;
	u64 stray;
	u64 first_seen;
	u64 expected;
	u64 unsound;
	u64 stuck;
	u64 nsecs;
	u64 max_skew;
	u64 overlap;
	u64 running;
	u64 together;
	bool extended;
	u64 hist[MEMBAR_NR_OUTCOMES];
	struct membar_states *states;
	struct membar_sample sample[MEMBAR_NR_AIMS];
};

/*
 * Evidence
 * ========
 */

/**
 * struct membar_span - one thread's part of a batch
 * @start: when it began, in ns
 * @end: and when it ended
 * @whole: it made all of its iterations
 * @sound: its logs can be counted
 */
struct membar_span {
	u64 start;
	u64 end;
	bool whole;
	bool sound;
};

/**
 * struct membar_account - what all spans of a batch say
 * @whole: each thread made all of its iterations
 * @sound: all logs can be counted
 * @counts: it is evidence, whole and sound, and enough threads ran at once
 * @running: from the first start to the last end, in ns
 * @together: for how long enough threads ran at once, in ns
 * @skew: from the first start to the last one, in ns
 */
struct membar_account {
	bool whole;
	bool sound;
	bool counts;
	u64 running;
	u64 together;
	u64 skew;
};

/* Of @nr threads, at least one, of which @need have to run at once. */
void membar_account_make(const struct membar_span *span, unsigned int nr,
			 unsigned int need, struct membar_account *account);

/* Add a batch of so many iterations, but not its outcomes. */
void membar_result_add(struct membar_result *result,
		       const struct membar_account *account, u32 iterations);

/*
 * How often @test would have seen what it asks about, had it seen that as often
 * as its control did.  Aims differ in what they show, and a test that shows
 * nothing spends its time on other ones than its control, so each is taken for
 * itself.  Both have MEMBAR_NR_AIMS samples.
 */
u64 membar_expected(const struct membar_sample *control,
		    const struct membar_sample *test);

/* The verdict on job @j, which has run, as its control has. */
void membar_judge_job(const struct membar_job *jobs,
		      struct membar_result *results, unsigned int j);

/*
 * Runner
 * ======
 */

/**
 * struct membar_progress - how far a run is, and whether it has to stop
 * @stop: why it has to, a literal; NULL as long as it may go on.  A reader needs
 *	  no other data with it, so its accesses are not ordered
 * @iterations: so far, in the test that runs now; only to be shown, for a
 *		32-bit CPU may read the halves of two numbers
 */
struct membar_progress {
	const char *stop;
	u64 iterations;
};

/**
 * membar_run_job() - run one test on pinned kthreads
 * @job: which
 * @request: how
 * @progress: looked at between batches
 * @other: what the test that decides between pass and blind has shown, or NULL
 * @result: everything but the verdict; its aims are read as well
 *
 * Context: Process; sleeps until all threads have gone.
 *
 * Return: 0, also if it was stopped or skipped with a reason; -ENOMEM or the
 * error of kthread_create() if it could not begin
 */
int membar_run_job(const struct membar_job *job,
		   const struct membar_request *request,
		   struct membar_progress *progress,
		   const struct membar_result *other,
		   struct membar_result *result);

/*
 * The session: one campaign at a time
 * ===================================
 */

/**
 * struct membar_session - the campaign that runs, or the last one that did
 * @request: what was asked for, with the CPUs that were chosen
 * @refusal: why the last request was refused, or empty
 * @file: the litmus file that is to run, or NULL
 * @jobs: tests in the order in which they run
 * @results: one for each job
 * @nr_jobs: length of both
 * @nr_cpus: how many of the request's CPUs the tests run on
 * @current_job: which runs now; @nr_jobs at the end.  Results before it are
 *		 complete
 * @begun: when, in ns since boot
 * @job_begun: when the current test began
 * @ended: when all ended; 0 while it runs
 * @error: with which the campaign ended before its end, or 0
 * @writer: the process that asked for it, as that process knows itself
 * @progress: of the test that runs
 */
struct membar_session {
	struct membar_request request;
	struct membar_why refusal;
	struct membar_file *file;
	struct membar_job *jobs;
	struct membar_result *results;
	unsigned int nr_jobs;
	unsigned int nr_cpus;
	unsigned int current_job;
	u64 begun;
	u64 job_begun;
	u64 ended;
	int error;
	int writer;
	struct membar_progress progress;
};

/*
 * Parse and start a request; waits for its end unless it says wait=0.  The
 * results of the last campaign are kept until the next one has begun.
 *
 * Return: 0; -EBUSY, -EAGAIN or the error with which it was refused; the error
 * with which the campaign ended; -ECANCELED if it was stopped, -EINTR if by a
 * signal
 */
int membar_session_run(const char *buf, size_t len);
/* End the campaign that runs, if any; @reason is a literal. */
void membar_session_stop(const char *reason);
/* The same if it uses @cpu, which is about to go offline. */
void membar_session_cpu_goes(unsigned int cpu);
/* The same, wait until it has ended, and refuse others ... */
void membar_session_close(const char *reason);
/* ... until they are welcome again. */
void membar_session_open(void);
/* Free what the last one left; the session is closed. */
void membar_session_free(void);
/* Look at it with @show; nothing changes meanwhile but the current test. */
int membar_session_show(struct seq_file *m,
			void (*show)(struct seq_file *m,
				     const struct membar_session *s));

/*
 * Reports
 * =======
 */

/* What is known of the outcomes of each kind of job. */
void membar_job_plan(const struct membar_job *job, struct membar_plan *plan);
/* Whether a job asks about an outcome, which is a number of its histogram. */
bool membar_outcome_asked(const struct membar_job *job,
			  const struct membar_plan *plan,
			  const struct membar_result *r, unsigned int outcome);

void membar_report_progress(struct seq_file *m,
			    const struct membar_session *s);
void membar_report_ktap(struct seq_file *m, const struct membar_session *s);
void membar_report_json(struct seq_file *m, const struct membar_session *s);
void membar_report_histogram(struct seq_file *m,
			     const struct membar_session *s);
/* The module, the kernel and the CPUs that were used: the head of a log. */
void membar_report_machine(struct seq_file *m, const struct membar_session *s);
/* In the format of litmus7 and herd7; not of invariants. */
void membar_report_log(struct seq_file *m, const struct membar_session *s);
void membar_report_tests(struct seq_file *m);
void membar_report_cells(struct seq_file *m);

/* What is broken on purpose in this build, or NULL: see break.h. */
extern const char *const membar_broken_cell;

#endif /* _MEMBAR_RUN_H */
