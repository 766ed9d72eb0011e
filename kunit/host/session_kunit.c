// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of the session: which requests are refused and why, in which order the tests of
 * a campaign run, what ends it, and what is left of it.  The director runs whenever
 * somebody waits, and the test plays the tests that it runs.  They run on the host only:
 * tools/stress-host kunit.
 */
#include <kunit/test.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/sched.h>

#include "file.h"
#include "threads.h"

#define MAX_RUNS	16

/* What the tests of a campaign show, by the order in which they run. */
static struct play {
	u64 seen;
	int err;
	const char *reason;
	void (*meanwhile)(void);
} play[MAX_RUNS];

/* What they were called with; one without a control has an impossible one. */
static struct ran {
	char name[MEMBAR_NAME_LEN];
	int control;
	unsigned int aim;
	u64 job_begun;
} ran[MAX_RUNS];
static unsigned int nr_ran;

static struct kunit *now;
static u64 now_ns;
static char printed[8192];
/* The session, as it was when it was last looked at. */
static struct membar_session seen;
static struct seq_file seq;

/* What the writer's threads are called with, and what the file came to. */
static char file_text[MEMBAR_FILE_LEN];
static size_t file_len;
static unsigned int nr_files;

/*
 * What the session calls
 * ======================
 */

unsigned int nr_cpu_ids;
static u64 online;

bool cpu_online(unsigned int cpu)
{
	KUNIT_EXPECT_TRUE(now, cpus_readers);
	KUNIT_ASSERT_LT(now, cpu, nr_cpu_ids);
	return online >> cpu & 1;
}

unsigned long long ktime_get_ns(void)
{
	return now_ns++;
}

void before_read(const void *p)
{
}

int task_tgid_vnr(struct task_struct *task)
{
	KUNIT_EXPECT_TRUE(now, task == current);
	return 4711;
}

void print_text(const char *fmt, ...)
{
	size_t n = strlen(printed);
	va_list args;

	va_start(args, fmt);
	vsnprintf(printed + n, sizeof(printed) - n, fmt, args);
	va_end(args);
}

static void look(struct seq_file *m, const struct membar_session *s)
{
	KUNIT_EXPECT_TRUE(now, m == &seq);
	KUNIT_EXPECT_EQ(now, nr_locked, 1);
	seen = *s;
}

static void look_at_it(void)
{
	KUNIT_EXPECT_EQ(now, membar_session_show(&seq, look), 0);
}

int membar_run_job(const struct membar_job *job,
		   const struct membar_request *request,
		   struct membar_progress *progress,
		   const struct membar_result *other,
		   struct membar_result *result)
{
	const struct play *p = &play[nr_ran];
	struct ran *r = &ran[nr_ran];

	KUNIT_ASSERT_LT(now, nr_ran, MAX_RUNS);
	KUNIT_EXPECT_EQ(now, nr_locked, 0);
	look_at_it();
	KUNIT_EXPECT_EQ(now, seen.ended, 0);
	KUNIT_EXPECT_TRUE(now, job == &seen.jobs[seen.current_job]);
	KUNIT_EXPECT_TRUE(now, result == &seen.results[seen.current_job]);
	membar_job_name(job, r->name, sizeof(r->name));
	r->control = other ? other - seen.results : MAX_RUNS;
	r->aim = result->aims.best;
	r->job_begun = seen.job_begun;
	nr_ran++;
	/* Results before this one may be looked at. */
	threads_switch();
	if (p->meanwhile)
		p->meanwhile();
	if (p->err)
		return p->err;
	KUNIT_EXPECT_TRUE(now, request->nr_cpus);
	result->batches = 1;
	result->iterations = 100;
	result->observed = 100;
	result->seen = p->seen;
	result->sample[0] = (struct membar_sample){ 100, p->seen };
	result->aims.best = 10 * nr_ran;
	if (p->reason)
		strscpy(result->reason, p->reason, sizeof(result->reason));
	progress->iterations = 100;
	result->states = kvzalloc(1, GFP_KERNEL);
	return 0;
}

/* A file has a digit for the threads of itself, and one for those of its control. */
struct membar_file *membar_file_make(const char *text, size_t len,
				     struct membar_why *why)
{
	struct membar_file *file;
	unsigned int i;

	KUNIT_EXPECT_EQ(now, nr_locked, 0);
	KUNIT_EXPECT_EQ(now, cpus_readers, 0);
	nr_files++;
	file_len = len;
	memcpy(file_text, text, len);
	if (len > 2 && text[2] == 'X')
		return ERR_PTR(membar_refuse(why, "a bad file"));
	file = kvzalloc(sizeof(*file), GFP_KERNEL);
	if (!file)
		return ERR_PTR(-ENOMEM);
	for (i = 0; i < 2; i++) {
		file->program[i].name[0] = text[2 + i];
		file->program[i].nr_threads = text[2 + i] - '0';
	}
	return file;
}

unsigned int membar_file_jobs(const struct membar_file *file,
			      struct membar_job *jobs)
{
	unsigned int i;

	for (i = 0; i < 2; i++) {
		jobs[i].program = &file->program[i];
		jobs[i].control = MEMBAR_NO_CONTROL;
	}
	return 2;
}

/*
 * Requests
 * ========
 */

static void begin(struct kunit *test)
{
	now = test;
	now_ns = 1000;
	nr_ran = 0;
	nr_files = 0;
	printed[0] = '\0';
	memset(play, 0, sizeof(play));
	memset(ran, 0, sizeof(ran));
	nr_cpu_ids = 8;
	online = 0xff;
	threads_begin(test, 0);
}

/* Nothing is left of a session that was freed, but that it is open. */
static void forget(struct kunit *test)
{
	unsigned int i;

	signal_after = 0;
	before_waking = NULL;
	membar_session_close("the test ends");
	membar_session_free();
	membar_session_open();
	for (i = 0; i < nr_threads; i++)
		KUNIT_EXPECT_EQ(test, threads[i].returned, 0);
	threads_end();
	look_at_it();
	KUNIT_EXPECT_EQ(test, seen.nr_jobs, 0);
	KUNIT_EXPECT_TRUE(test, !seen.results && !seen.jobs && !seen.file);
}

static int run(const char *text)
{
	int err;

	err = membar_session_run(text, strlen(text));
	look_at_it();
	return err;
}

/* Refused with these words, which are printed, too. */
static void expect_refusal(struct kunit *test, const char *text, int wanted,
			   const char *refusal)
{
	const unsigned int ran_before = nr_ran;
	char words[256];
	int err = run(text);

	KUNIT_EXPECT_EQ_MSG(test, err, wanted, "%s", text);
	KUNIT_EXPECT_STREQ(test, seen.refusal.text, refusal);
	KUNIT_EXPECT_EQ_MSG(test, nr_ran, ran_before, "%s", text);
	snprintf(words, sizeof(words), "debug membar_stress: request refused: %s\n",
		 refusal);
	KUNIT_EXPECT_STREQ(test, printed, words);
	printed[0] = '\0';
}

#define FILE_22	"C 22\n{}\nexists (x=1)\n"

static void bad_requests_are_refused(struct kunit *test)
{
	begin(test);
	expect_refusal(test, "", -EINVAL, "no test is named");
	expect_refusal(test, "SB+mbs duration_ms=x", -EINVAL,
		       "bad value 'x' for duration_ms");
	expect_refusal(test, "test=-", -EINVAL, "no litmus file follows test=-");
	expect_refusal(test, "test=-\n", -EINVAL, "no litmus file follows test=-");
	expect_refusal(test, "SB+mbs\n" FILE_22, -EINVAL,
		       "the line before a litmus file lacks test=-");
	expect_refusal(test, "test=- seed=x\n" FILE_22, -EINVAL,
		       "bad value 'x' for seed");
	expect_refusal(test, "C X\n{}\n", -EINVAL, "a bad file");
	expect_refusal(test, "SB+mb", -EINVAL, "SB takes 2 edges, not 1");
	/* A file that is not taken is forgotten. */
	KUNIT_EXPECT_EQ(test, nr_allocated, 0);
	KUNIT_EXPECT_EQ(test, nr_threads, 0);
}

static void cpus_have_to_be_there(struct kunit *test)
{
	begin(test);
	online = 0x7f;
	expect_refusal(test, "SB+mbs cpus=8", -EINVAL, "CPU 8 is not online");
	expect_refusal(test, "SB+mbs cpus=7,8", -EINVAL, "CPU 7 is not online");
	expect_refusal(test, "SB+mbs cpus=0,7", -EINVAL, "CPU 7 is not online");
	expect_refusal(test, "SB+mbs cpus=7,0", -EINVAL, "CPU 7 is not online");
	expect_refusal(test, "SB+mbs cpus=4000000000", -EINVAL,
		       "CPU 4000000000 is not online");
}

static void shards_are_of_named_tests(struct kunit *test)
{
	begin(test);
	expect_refusal(test, "SB+pos shard=2/2", -EINVAL, "shard=2/2 of 1 tests is empty");
	expect_refusal(test, "test=- shard=1/1\n" FILE_22, -EINVAL,
		       "shard= divides named tests, not a litmus file");
	expect_refusal(test, "SB+mb shard=2/2", -EINVAL,
		       "SB takes 2 edges, not 1");
	KUNIT_EXPECT_EQ(test, run("SB+pos,MP+pos,LB+pos shard=2/3"), 0);
	KUNIT_EXPECT_EQ(test, nr_ran, 1);
	KUNIT_EXPECT_STREQ(test, ran[0].name, "MP+po+po");
	KUNIT_EXPECT_EQ(test, seen.nr_jobs, 1);
}

static void memory_and_threads_may_be_missing(struct kunit *test)
{
	unsigned int nth;

	for (nth = 1; nth <= 2; nth++) {
		begin(test);
		failing_allocation = nth;
		expect_refusal(test, "SB+mbs", -ENOMEM, "error -12");
		KUNIT_EXPECT_EQ(test, nr_allocated, 0);
	}
	for (nth = 1; nth <= 3; nth++) {
		begin(test);
		failing_allocation = nth;
		expect_refusal(test, FILE_22, -ENOMEM, "error -12");
		KUNIT_EXPECT_EQ(test, nr_allocated, 0);
	}
	begin(test);
	failing_kthread = 1;
	expect_refusal(test, "SB+mbs", -EAGAIN, "error -11");
	KUNIT_EXPECT_EQ(test, nr_allocated, 0);
	KUNIT_EXPECT_EQ(test, nr_threads, 0);
	/* What was wrong then is forgotten. */
	KUNIT_EXPECT_EQ(test, run("SB+mbs"), 0);
	KUNIT_EXPECT_STREQ(test, seen.refusal.text, "");
}

/*
 * Campaigns
 * =========
 */

static void a_campaign_runs(struct kunit *test)
{
	begin(test);
	play[0].seen = 50;
	KUNIT_EXPECT_EQ(test, run("SB+mbs cpus=1-3 duration_ms=5"), 0);
	KUNIT_EXPECT_EQ(test, nr_ran, 2);
	KUNIT_EXPECT_STREQ(test, ran[0].name, "SB+po+po");
	KUNIT_EXPECT_STREQ(test, ran[1].name, "SB+mb+mb");
	/* A test looks first where its control has seen it. */
	KUNIT_EXPECT_EQ(test, ran[0].control, MAX_RUNS);
	KUNIT_EXPECT_EQ(test, ran[0].aim, 0);
	KUNIT_EXPECT_EQ(test, ran[1].control, 0);
	KUNIT_EXPECT_EQ(test, ran[1].aim, 10);
	KUNIT_EXPECT_STREQ(test, printed,
			   "debug membar_stress: SB+po+po: seen, seen 50 times in 100\n"
			   "debug membar_stress: SB+mb+mb: pass, seen 0 times in 100\n"
			   "info membar_stress: 2 of 2 tests: 1 pass, 0 blind, 0 FAIL, 1 seen, 0 not seen, 0 info, 0 skip\n");

	KUNIT_EXPECT_EQ(test, seen.nr_jobs, 2);
	KUNIT_EXPECT_EQ(test, seen.current_job, 2);
	KUNIT_EXPECT_EQ(test, seen.results[0].verdict, MEMBAR_SEEN);
	KUNIT_EXPECT_EQ(test, seen.results[1].verdict, MEMBAR_PASS);
	KUNIT_EXPECT_STREQ(test, seen.results[1].reason, "");
	KUNIT_EXPECT_STREQ(test, seen.request.tests, "SB+mbs");
	KUNIT_EXPECT_EQ(test, seen.request.duration_ms, 5);
	KUNIT_EXPECT_EQ(test, seen.nr_cpus, 2);
	KUNIT_EXPECT_EQ(test, seen.writer, 4711);
	KUNIT_EXPECT_EQ(test, seen.error, 0);
	/* When it began, when each of its tests did, and when it ended. */
	KUNIT_EXPECT_EQ(test, seen.begun, 1000);
	KUNIT_EXPECT_EQ(test, ran[0].job_begun, 1000);
	KUNIT_EXPECT_EQ(test, ran[1].job_begun, 1001);
	KUNIT_EXPECT_EQ(test, seen.job_begun, 1002);
	KUNIT_EXPECT_EQ(test, seen.ended, 1002);
	KUNIT_EXPECT_EQ(test, nr_threads, 1);
	KUNIT_EXPECT_STREQ(test, threads[0].name, "membar/director");
}

static void failures_are_warned_of(struct kunit *test)
{
	begin(test);
	play[1].seen = 3;
	KUNIT_EXPECT_EQ(test, run("SB+mbs"), 0);
	KUNIT_EXPECT_STREQ(test, printed,
			   "debug membar_stress: SB+po+po: not seen, seen 0 times in 100\n"
			   "warn membar_stress: SB+mb+mb: FAIL, seen 3 times in 100\n"
			   "info membar_stress: 2 of 2 tests: 0 pass, 0 blind, 1 FAIL, 0 seen, 1 not seen, 0 info, 0 skip\n");
}

static void campaigns_may_have_a_budget(struct kunit *test)
{
	begin(test);
	KUNIT_EXPECT_EQ(test, run("SB+mbs,MP+mbs budget_s=8"), 0);
	KUNIT_EXPECT_EQ(test, nr_ran, 4);
	KUNIT_EXPECT_EQ(test, seen.request.duration_ms, 2000);
	/* The controls of both are next to them. */
	KUNIT_EXPECT_EQ(test, ran[3].control, 2);
	KUNIT_EXPECT_EQ(test, ran[3].aim, 30);
}

static void a_campaign_takes_the_first_cpus(struct kunit *test)
{
	static const struct {
		const char *text;
		unsigned int ids;
		u64 online;
		unsigned int nr_cpus;
		u32 cpus[2];
		unsigned int last;
	} rows[] = {
		{ "SB+pos", 8, 0xff, 2, { 0, 1 }, 1 },
		{ "SB+pos", 8, 0xa8, 2, { 3, 5 }, 5 },
		{ "SB+pos", 8, 0x80, 1, { 7 }, 7 },
		{ "CoWW", 8, 0xff, 1, { 0 }, 0 },
		{ "IRIW+pos,SB+pos", 8, 0xff, 4, { 0, 1 }, 3 },
		{ "SB+pos,IRIW+pos", 8, 0xff, 4, { 0, 1 }, 3 },
		{ "SB+pos,u32_add", 8, 0xfe, 7, { 1, 2 }, 7 },
		{ "u32_add", 64, -1, 16, { 0, 1 }, 15 },
		{ "C 23\n", 8, 0xff, 3, { 0, 1 }, 2 },
		{ "C 32\n", 8, 0xff, 3, { 0, 1 }, 2 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		begin(test);
		nr_cpu_ids = rows[i].ids;
		online = rows[i].online;
		KUNIT_EXPECT_EQ(test, run(rows[i].text), 0);
		KUNIT_EXPECT_EQ_MSG(test, seen.nr_cpus, rows[i].nr_cpus, "%u", i);
		KUNIT_EXPECT_EQ_MSG(test, seen.request.nr_cpus, rows[i].nr_cpus, "%u", i);
		KUNIT_EXPECT_EQ(test, seen.request.cpus[0], rows[i].cpus[0]);
		KUNIT_EXPECT_EQ(test, seen.request.cpus[1], rows[i].cpus[1]);
		KUNIT_EXPECT_EQ(test, seen.request.cpus[seen.nr_cpus - 1], rows[i].last);
		forget(test);
	}
	begin(test);
	/* Of those that are asked for it uses as many as it can. */
	KUNIT_EXPECT_EQ(test, run("SB+pos cpus=5,3,1"), 0);
	KUNIT_EXPECT_EQ(test, seen.nr_cpus, 2);
	KUNIT_EXPECT_EQ(test, seen.request.nr_cpus, 3);
	KUNIT_EXPECT_EQ(test, seen.request.cpus[0], 5);
	KUNIT_EXPECT_EQ(test, run("SB+pos cpus=6"), 0);
	KUNIT_EXPECT_EQ(test, seen.nr_cpus, 1);
}

static void files_run(struct kunit *test)
{
	begin(test);
	KUNIT_EXPECT_EQ(test, run(FILE_22), 0);
	KUNIT_EXPECT_EQ(test, nr_files, 1);
	KUNIT_EXPECT_EQ(test, file_len, strlen(FILE_22));
	KUNIT_EXPECT_EQ(test, memcmp(file_text, FILE_22, file_len), 0);
	KUNIT_EXPECT_EQ(test, nr_ran, 2);
	KUNIT_EXPECT_STREQ(test, seen.request.tests, "-");
	KUNIT_EXPECT_TRUE(test, seen.jobs[1].program == &seen.file->program[1]);

	KUNIT_EXPECT_EQ(test, run("test=- duration_ms=7\n\n" FILE_22), 0);
	KUNIT_EXPECT_EQ(test, nr_ran, 4);
	KUNIT_EXPECT_EQ(test, file_len, strlen(FILE_22));
	KUNIT_EXPECT_EQ(test, memcmp(file_text, FILE_22, file_len), 0);
	KUNIT_EXPECT_EQ(test, seen.request.duration_ms, 7);
	/* A request without one reads none. */
	KUNIT_EXPECT_EQ(test, run("SB+pos"), 0);
	KUNIT_EXPECT_EQ(test, nr_files, 2);
	KUNIT_EXPECT_TRUE(test, !seen.file);
}

static void files_may_be_too_long(struct kunit *test)
{
	static char text[MEMBAR_FILE_LEN + 1];

	begin(test);
	memset(text, '\n', sizeof(text));
	memcpy(text, "C 22", 4);
	KUNIT_EXPECT_EQ(test, membar_session_run(text, MEMBAR_FILE_LEN - 1), 0);
	KUNIT_EXPECT_EQ(test, file_len, MEMBAR_FILE_LEN - 1);
	KUNIT_EXPECT_EQ(test, nr_ran, 2);
	KUNIT_EXPECT_EQ(test, membar_session_run(text, MEMBAR_FILE_LEN), -EINVAL);
	KUNIT_EXPECT_EQ(test, nr_files, 1);
	look_at_it();
	KUNIT_EXPECT_STREQ(test, seen.refusal.text, "more than 65535 characters");
}

/* The results of a campaign are there until the next one begins. */
static void results_are_kept(struct kunit *test)
{
	begin(test);
	KUNIT_EXPECT_EQ(test, run("MP+pos"), 0);
	KUNIT_EXPECT_EQ(test, run("MP+nothing"), -EINVAL);
	KUNIT_EXPECT_EQ(test, seen.nr_jobs, 1);
	KUNIT_EXPECT_EQ(test, seen.current_job, 1);
	KUNIT_EXPECT_EQ(test, seen.results[0].batches, 1);
	KUNIT_EXPECT_STREQ(test, seen.request.tests, "MP+pos");
	failing_kthread = 1;
	KUNIT_EXPECT_EQ(test, run("SB+mbs"), -EAGAIN);
	KUNIT_EXPECT_EQ(test, seen.results[0].batches, 1);

	KUNIT_EXPECT_EQ(test, run("SB+mbs"), 0);
	KUNIT_EXPECT_EQ(test, nr_ran, 3);
	KUNIT_EXPECT_EQ(test, seen.nr_jobs, 2);
	KUNIT_EXPECT_STREQ(test, seen.refusal.text, "");
	KUNIT_EXPECT_STREQ(test, seen.request.tests, "SB+mbs");
	/* Jobs, results and the states of two; nothing of the one before. */
	KUNIT_EXPECT_EQ(test, nr_allocated, 4);
	KUNIT_EXPECT_TRUE(test, threads[0].ended);
	KUNIT_EXPECT_EQ(test, threads[0].refs, 0);
	membar_session_free();
	KUNIT_EXPECT_EQ(test, nr_allocated, 0);
}

/*
 * Others
 * ======
 */

static void try_another(void)
{
	const unsigned int allocated = nr_allocated;

	KUNIT_EXPECT_EQ(now, membar_session_run("MP+pos", 6), -EBUSY);
	KUNIT_EXPECT_EQ(now, membar_session_run(FILE_22, strlen(FILE_22)), -EBUSY);
	KUNIT_EXPECT_EQ(now, membar_session_run("C X\n", 4), -EBUSY);
	KUNIT_EXPECT_EQ(now, nr_allocated, allocated);
}

static void one_campaign_runs_at_a_time(struct kunit *test)
{
	begin(test);
	play[1].meanwhile = try_another;
	/* The writer has yet to learn how it ended. */
	before_waking = try_another;
	KUNIT_EXPECT_EQ(test, run("SB+mbs"), 0);
	KUNIT_EXPECT_EQ(test, nr_ran, 2);
	KUNIT_EXPECT_STREQ(test, seen.request.tests, "SB+mbs");
	before_waking = NULL;
	KUNIT_EXPECT_EQ(test, run("MP+pos"), 0);
	KUNIT_EXPECT_EQ(test, nr_ran, 3);
}

static void a_writer_need_not_wait(struct kunit *test)
{
	begin(test);
	KUNIT_EXPECT_EQ(test, run("SB+mbs wait=0"), 0);
	KUNIT_EXPECT_EQ(test, seen.ended, 0);
	KUNIT_EXPECT_EQ(test, nr_ran, 0);
	KUNIT_EXPECT_EQ(test, seen.begun, 1000);
	try_another();
	/* The first test runs, then the second one, and then it is over. */
	threads_switch();
	KUNIT_EXPECT_EQ(test, nr_ran, 1);
	look_at_it();
	KUNIT_EXPECT_EQ(test, seen.current_job, 0);
	threads_switch();
	KUNIT_EXPECT_EQ(test, nr_ran, 2);
	look_at_it();
	KUNIT_EXPECT_EQ(test, seen.current_job, 1);
	KUNIT_EXPECT_EQ(test, seen.results[0].batches, 1);
	try_another();
	threads_switch();
	look_at_it();
	KUNIT_EXPECT_EQ(test, seen.ended, 1002);
	/* Nobody waits for it, so that another one may begin. */
	KUNIT_EXPECT_EQ(test, run("MP+pos"), 0);
	KUNIT_EXPECT_EQ(test, nr_ran, 3);
	KUNIT_EXPECT_EQ(test, seen.current_job, 1);
	KUNIT_EXPECT_EQ(test, seen.ended, 1004);
}

static void stop_twice(void)
{
	membar_session_stop("stopped by request");
	membar_session_stop("stopped by somebody else");
}

static void a_campaign_is_stopped(struct kunit *test)
{
	begin(test);
	play[1].meanwhile = stop_twice;
	KUNIT_EXPECT_EQ(test, run("SB+mbs,MP+pos"), -ECANCELED);
	KUNIT_EXPECT_EQ(test, nr_ran, 2);
	/* Of the test that ran then, it is the reason. */
	KUNIT_EXPECT_EQ(test, seen.current_job, 2);
	KUNIT_EXPECT_EQ(test, seen.nr_jobs, 3);
	KUNIT_EXPECT_STREQ(test, seen.results[0].reason, "");
	KUNIT_EXPECT_STREQ(test, seen.results[1].reason, "stopped by request");
	KUNIT_EXPECT_TRUE(test, strstr(printed, ": 2 of 3 tests: 0 pass, 1 blind, "));
	KUNIT_EXPECT_TRUE(test, strstr(printed, ", 0 skip, stopped by request\n"));

	/* If it has one already, it keeps that. */
	memset(play, 0, sizeof(play));
	play[2].meanwhile = stop_twice;
	play[2].reason = "its own";
	KUNIT_EXPECT_EQ(test, run("SB+pos"), -ECANCELED);
	KUNIT_EXPECT_STREQ(test, seen.results[0].reason, "its own");
}

/* What has ended was not stopped, and what comes next is not. */
static void the_end_comes_before_a_stop(struct kunit *test)
{
	begin(test);
	membar_session_stop("nothing runs");
	before_waking = stop_twice;
	KUNIT_EXPECT_EQ(test, run("SB+pos"), 0);
	before_waking = NULL;
	stop_twice();
	look_at_it();
	KUNIT_EXPECT_TRUE(test, !seen.progress.stop);
	KUNIT_EXPECT_EQ(test, run("SB+mbs"), 0);
	KUNIT_EXPECT_EQ(test, seen.current_job, 2);
}

static void an_error_ends_a_campaign(struct kunit *test)
{
	begin(test);
	play[1].err = -ENOMEM;
	KUNIT_EXPECT_EQ(test, run("SB+mbs,MP+pos"), -ENOMEM);
	KUNIT_EXPECT_EQ(test, nr_ran, 2);
	KUNIT_EXPECT_EQ(test, seen.current_job, 1);
	KUNIT_EXPECT_EQ(test, seen.error, -ENOMEM);
	KUNIT_EXPECT_GT(test, seen.ended, 0);
	KUNIT_EXPECT_STREQ(test, printed,
			   "debug membar_stress: SB+po+po: not seen, seen 0 times in 100\n"
			   "info membar_stress: 1 of 3 tests: 0 pass, 0 blind, 0 FAIL, 0 seen, 1 not seen, 0 info, 0 skip\n"
			   "warn membar_stress: the campaign ended with error -12\n");
	/* The error says more than that it was stopped. */
	play[2].err = -EIO;
	play[2].meanwhile = stop_twice;
	KUNIT_EXPECT_EQ(test, run("SB+pos"), -EIO);
	KUNIT_EXPECT_EQ(test, run("SB+pos"), 0);
	KUNIT_EXPECT_EQ(test, seen.error, 0);
}

/* The first tests have run when the signal comes. */
static void a_signal_ends_a_campaign(struct kunit *test)
{
	begin(test);
	signal_after = 3;
	KUNIT_EXPECT_EQ(test, run("SB+mbs,MP+pos"), -EINTR);
	KUNIT_EXPECT_EQ(test, seen.current_job, 2);
	KUNIT_EXPECT_GT(test, seen.ended, 0);
	KUNIT_EXPECT_STREQ(test, seen.results[1].reason, "interrupted by a signal");
	/* Whoever stops it in addition does not change what the writer is told. */
	signal_after = 2;
	play[2].err = -EIO;
	KUNIT_EXPECT_EQ(test, run("SB+pos"), -EINTR);
	KUNIT_EXPECT_EQ(test, run("SB+pos"), 0);
}

static unsigned int going_cpu;

static void cpu_goes(void)
{
	membar_session_cpu_goes(going_cpu);
}

static void a_campaign_ends_with_its_cpus(struct kunit *test)
{
	unsigned int cpu;

	for (cpu = 0; cpu < 8; cpu++) {
		begin(test);
		going_cpu = cpu;
		play[0].meanwhile = cpu_goes;
		KUNIT_EXPECT_EQ_MSG(test, run("SB+pos cpus=5,3,1"),
				    cpu == 5 || cpu == 3 ? -ECANCELED : 0, "CPU %u", cpu);
		if (cpu == 5)
			KUNIT_EXPECT_STREQ(test, seen.results[0].reason,
					   "a CPU of the campaign went offline");
		forget(test);
	}
	begin(test);
}

static void close_it(void)
{
	membar_session_close("the system suspends");
	look_at_it();
	KUNIT_EXPECT_GT(now, seen.ended, 0);
}

static void a_closed_session_refuses(struct kunit *test)
{
	begin(test);
	membar_session_close("nothing runs");
	KUNIT_EXPECT_EQ(test, run("SB+mbs"), -EAGAIN);
	KUNIT_EXPECT_STREQ(test, seen.refusal.text, "the system suspends");
	KUNIT_EXPECT_EQ(test, run(FILE_22), -EAGAIN);
	KUNIT_EXPECT_EQ(test, nr_allocated, 0);
	KUNIT_EXPECT_EQ(test, nr_threads, 0);
	membar_session_open();
	KUNIT_EXPECT_EQ(test, run("SB+mbs"), 0);
	KUNIT_EXPECT_EQ(test, nr_ran, 2);
	KUNIT_EXPECT_STREQ(test, seen.refusal.text, "");
}

/* Nothing runs any more when it is closed. */
static void closing_ends_a_campaign(struct kunit *test)
{
	begin(test);
	KUNIT_EXPECT_EQ(test, run("SB+mbs,MP+pos wait=0"), 0);
	threads_switch();
	close_it();
	KUNIT_EXPECT_EQ(test, nr_ran, 1);
	KUNIT_EXPECT_STREQ(test, seen.results[0].reason, "the system suspends");
	KUNIT_EXPECT_EQ(test, run("SB+mbs"), -EAGAIN);
	/* What is left of it can be seen still. */
	KUNIT_EXPECT_EQ(test, seen.current_job, 1);
	membar_session_open();
	KUNIT_EXPECT_EQ(test, run("SB+mbs"), 0);
}

static void what_is_free_is_empty(struct kunit *test)
{
	begin(test);
	membar_session_free();
	KUNIT_EXPECT_EQ(test, run(FILE_22), 0);
	KUNIT_EXPECT_EQ(test, nr_allocated, 1 + 1 + 1 + 2);
	membar_session_free();
	KUNIT_EXPECT_EQ(test, nr_allocated, 0);
	look_at_it();
	KUNIT_EXPECT_EQ(test, seen.nr_jobs, 0);
	KUNIT_EXPECT_EQ(test, seen.begun, 0);
	membar_session_free();
	KUNIT_EXPECT_EQ(test, run("SB+mbs"), 0);
}

static struct kunit_case session_cases[] = {
	KUNIT_CASE(bad_requests_are_refused),
	KUNIT_CASE(cpus_have_to_be_there),
	KUNIT_CASE(shards_are_of_named_tests),
	KUNIT_CASE(memory_and_threads_may_be_missing),
	KUNIT_CASE(a_campaign_runs),
	KUNIT_CASE(failures_are_warned_of),
	KUNIT_CASE(campaigns_may_have_a_budget),
	KUNIT_CASE(a_campaign_takes_the_first_cpus),
	KUNIT_CASE(files_run),
	KUNIT_CASE(files_may_be_too_long),
	KUNIT_CASE(results_are_kept),
	KUNIT_CASE(one_campaign_runs_at_a_time),
	KUNIT_CASE(a_writer_need_not_wait),
	KUNIT_CASE(a_campaign_is_stopped),
	KUNIT_CASE(the_end_comes_before_a_stop),
	KUNIT_CASE(an_error_ends_a_campaign),
	KUNIT_CASE(a_signal_ends_a_campaign),
	KUNIT_CASE(a_campaign_ends_with_its_cpus),
	KUNIT_CASE(a_closed_session_refuses),
	KUNIT_CASE(closing_ends_a_campaign),
	KUNIT_CASE(what_is_free_is_empty),
	{}
};

static struct kunit_suite session_suite = {
	.name = "membar_session",
	.exit = forget,
	.test_cases = session_cases,
};

kunit_test_suite(session_suite);
