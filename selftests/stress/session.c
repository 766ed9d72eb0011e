// SPDX-License-Identifier: GPL-2.0
/*
 * One campaign at a time: from a request to a verdict for each of its tests.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

#include "compat.h"
#include "file.h"
#include "run.h"

/*
 * Protects everything below, the session included.  It is held for as long as
 * it takes to look or to change something, and never while a test runs; whoever
 * has to wait for the end of a campaign waits for session_done.
 *
 * The director and its threads fill in the result of the current test without
 * the lock; nobody else looks at that one.
 *
 * Taken inside cpus_read_lock(), because the callback of CPU hotplug takes it.
 */
static DEFINE_MUTEX(lock);
static struct membar_session session;
static struct task_struct *director;
static DECLARE_COMPLETION(session_done);
/* A writer waits for the end, and has yet to learn how it was. */
static bool awaited;
/* No campaign may begin: the system suspends, or the module is removed. */
static bool closed;

static bool running(void)
{
	return session.nr_jobs && !session.ended;
}

/* The director has ended, or is about to. */
static void reap_director(void)
{
	if (!director)
		return;
	kthread_stop(director);
	put_task_struct(director);
	director = NULL;
}

static void forget(struct membar_session *s)
{
	unsigned int j;

	for (j = 0; s->results && j < s->nr_jobs; j++)
		kvfree(s->results[j].states);
	kvfree(s->file);
	kvfree(s->jobs);
	kvfree(s->results);
	*s = (struct membar_session){ };
}

/* What a test is after, if it is broken, shows where its control showed it. */
static struct membar_aims control_aims(const struct membar_job *job)
{
	return job->control == MEMBAR_NO_CONTROL ? (struct membar_aims){ } :
	       session.results[job->control].aims;
}

static void say(const struct membar_job *job,
		const struct membar_result *result)
{
	const char *verdict = membar_verdict_names[result->verdict];
	char name[MEMBAR_NAME_LEN];

	membar_job_name(job, name, sizeof(name));
	if (result->verdict == MEMBAR_FAIL)
		pr_warn("%s: %s, seen %llu times in %llu\n", name, verdict,
			result->seen, result->iterations);
	else
		pr_debug("%s: %s, seen %llu times in %llu\n", name, verdict,
			 result->seen, result->iterations);
}

static void say_all(void)
{
	unsigned int count[MEMBAR_NR_VERDICTS] = { };
	const char *stop = session.progress.stop;
	unsigned int j;

	for (j = 0; j < session.current_job; j++)
		count[session.results[j].verdict]++;
	pr_info("%u of %u tests: %u pass, %u blind, %u FAIL, %u seen, %u not seen, %u info, %u skip%s%s\n",
		session.current_job, session.nr_jobs, count[MEMBAR_PASS],
		count[MEMBAR_BLIND], count[MEMBAR_FAIL], count[MEMBAR_SEEN],
		count[MEMBAR_NOT_SEEN], count[MEMBAR_INFO],
		count[MEMBAR_SKIP], stop ? ", " : "", stop ?: "");
	if (session.error)
		pr_warn("the campaign ended with error %d\n", session.error);
}

/* Runs the current test.  Only the director moves on to the next one. */
static int run_current(void)
{
	const struct membar_job *job = &session.jobs[session.current_job];
	struct membar_result *result = &session.results[session.current_job];
	const struct membar_result *other = NULL;
	const char *stop;
	int err;

	result->aims = control_aims(job);
	if (job->control != MEMBAR_NO_CONTROL)
		other = &session.results[job->control];
	err = membar_run_job(job, &session.request, &session.progress, other,
			     result);
	if (err)
		return err;
	membar_judge_job(session.jobs, session.results, session.current_job);
	stop = READ_ONCE(session.progress.stop);
	if (stop && !*result->reason)
		strscpy(result->reason, stop, sizeof(result->reason));
	say(job, result);
	return 0;
}

static int direct(void *unused)
{
	bool over;
	int err;

	do {
		err = run_current();
		mutex_lock(&lock);
		session.job_begun = ktime_get_ns();
		if (!err)
			session.current_job++;
		over = err || session.progress.stop ||
		       session.current_job == session.nr_jobs;
		if (over) {
			session.error = err;
			session.ended = session.job_begun;
			say_all();
		}
		mutex_unlock(&lock);
	} while (!over);

	complete_all(&session_done);
	return 0;
}

/* How many CPUs the tests of a campaign can make use of. */
static unsigned int cpus_wanted(const struct membar_session *s)
{
	unsigned int j, nr = 0;

	for (j = 0; j < s->nr_jobs; j++) {
		if (s->jobs[j].invariant)
			return MEMBAR_MAX_CPUS;
		if (s->jobs[j].program) {
			nr = max_t(unsigned int, nr,
				   s->jobs[j].program->nr_threads);
			continue;
		}
		nr = max(nr, membar_shape_threads(s->jobs[j].test.shape));
	}
	return nr;
}

/*
 * All tests of a campaign run on the same CPUs, those that were asked for or the
 * first that are online; the caller has cpus_read_lock().
 */
static int choose_cpus(struct membar_session *s)
{
	struct membar_request *r = &s->request;
	const unsigned int wanted = cpus_wanted(s);
	unsigned int i, cpu;

	for (i = 0; i < r->nr_cpus; i++)
		if (r->cpus[i] >= nr_cpu_ids || !cpu_online(r->cpus[i]))
			return membar_refuse(&s->refusal, "CPU %u is not online",
					     r->cpus[i]);
	if (!r->nr_cpus) {
		for_each_online_cpu(cpu) {
			if (r->nr_cpus == wanted)
				break;
			r->cpus[r->nr_cpus++] = cpu;
		}
	}
	s->nr_cpus = min(r->nr_cpus, wanted);
	return 0;
}

/* The jobs of the litmus file, or of the names; returns how many. */
static int list_jobs(struct membar_session *s)
{
	const bool file = !strcmp(s->request.tests, MEMBAR_FILE_TEST);

	if (s->file && file)
		return membar_file_jobs(s->file, s->jobs);
	if (s->file)
		return membar_refuse(&s->refusal, "the line before a litmus file lacks test="
				     MEMBAR_FILE_TEST);
	if (file)
		return membar_refuse(&s->refusal, "no litmus file follows test="
				     MEMBAR_FILE_TEST);
	return membar_campaign_make(s->request.tests, s->jobs, MEMBAR_MAX_JOBS,
				    &s->refusal);
}

static int take_shard(struct membar_session *s, int nr)
{
	const struct membar_request *r = &s->request;
	int share;

	if (s->file)
		return membar_refuse(&s->refusal, "shard= divides named tests, not a litmus file");
	share = membar_campaign_shard(s->jobs, nr, r->shard, r->shards);
	if (!share)
		return membar_refuse(&s->refusal, "shard=%u/%u of %d tests is empty",
				     r->shard, r->shards, nr);
	return share;
}

static int make_jobs(struct membar_session *s)
{
	int nr;

	s->jobs = kvcalloc(MEMBAR_MAX_JOBS, sizeof(*s->jobs), GFP_KERNEL);
	if (!s->jobs)
		return -ENOMEM;
	nr = list_jobs(s);
	if (nr > 0 && s->request.shards)
		nr = take_shard(s, nr);
	if (nr < 0)
		return nr;
	membar_request_fit(&s->request, nr);

	s->results = kvcalloc(nr, sizeof(*s->results), GFP_KERNEL);
	if (!s->results)
		return -ENOMEM;
	s->nr_jobs = nr;
	return 0;
}

/**
 * struct order - what was written, as far as it is understood without the lock
 * @line: the request
 * @len: bytes in @line
 * @file: the litmus file, NULL if there is none, or an error pointer
 * @why: of the error
 */
struct order {
	const char *line;
	size_t len;
	struct membar_file *file;
	struct membar_why why;
};

/* A campaign that can begin, or an error and the reason. */
static int make_session(struct membar_session *s, struct order *order)
{
	int err;

	if (IS_ERR(order->file)) {
		s->refusal = order->why;
		return PTR_ERR(order->file);
	}
	s->file = order->file;
	order->file = NULL;
	err = membar_request_parse(order->line, order->len, &s->request,
				   &s->refusal);
	if (!err)
		err = make_jobs(s);
	if (!err)
		err = choose_cpus(s);
	s->writer = task_tgid_vnr(current);
	return err;
}

/* Start a campaign, and forget the last one; none is running. */
static int start(struct order *order)
{
	/* Not on the stack, for it is large; the lock is held. */
	static struct membar_session next;
	struct task_struct *task = NULL;
	struct membar_why why;
	int err;

	err = make_session(&next, order);
	if (!err) {
		task = kthread_create(direct, NULL, "membar/director");
		err = PTR_ERR_OR_ZERO(task);
	}
	if (err) {
		why = next.refusal;
		if (!*why.text)
			membar_refuse(&why, "error %d", err);
		pr_debug("request refused: %s\n", why.text);
		session.refusal = why;
		forget(&next);
		return err;
	}

	reap_director();
	forget(&session);
	session = next;
	next = (struct membar_session){ };
	director = get_task_struct(task);
	reinit_completion(&session_done);
	session.begun = ktime_get_ns();
	session.job_begun = session.begun;
	wake_up_process(director);
	return 0;
}

static int start_if_possible(struct order *order)
{
	if (awaited || running())
		return -EBUSY;
	if (closed) {
		membar_refuse(&session.refusal, "the system suspends");
		return -EAGAIN;
	}
	return start(order);
}

/* The model may take its time over a file: not with the lock. */
static void read_order(const char *buf, size_t len, struct order *order)
{
	static const char whole[] = "test=" MEMBAR_FILE_TEST;
	const size_t at = membar_request_split(buf, len, &order->len);

	order->line = order->len ? buf : whole;
	if (at == len)
		return;
	if (!order->len)
		order->len = strlen(whole);
	order->file = len < MEMBAR_FILE_LEN ?
		      membar_file_make(buf + at, len - at, &order->why) :
		      ERR_PTR(membar_refuse(&order->why, "more than %u characters",
					    MEMBAR_FILE_LEN - 1));
}

int membar_session_run(const char *buf, size_t len)
{
	struct order order = { };
	bool wait;
	int err;

	read_order(buf, len, &order);

	/* No CPU comes or goes between the look at them and the start. */
	cpus_read_lock();
	mutex_lock(&lock);
	err = start_if_possible(&order);
	wait = !err && session.request.wait;
	if (wait)
		awaited = true;
	mutex_unlock(&lock);
	cpus_read_unlock();
	/* If it was not taken. */
	if (!IS_ERR(order.file))
		kvfree(order.file);
	if (!wait)
		return err;

	err = wait_for_completion_interruptible(&session_done);
	if (err) {
		membar_session_stop("interrupted by a signal");
		/* Until the threads have seen it. */
		wait_for_completion_state(&session_done, TASK_IDLE);
	}
	mutex_lock(&lock);
	if (err)
		err = -EINTR;
	else if (session.error)
		err = session.error;
	else if (session.progress.stop)
		err = -ECANCELED;
	awaited = false;
	mutex_unlock(&lock);
	return err;
}
MEMBAR_EXPORT_TO_KUNIT(membar_session_run);

/* A campaign that has ended already was not stopped; the lock is held. */
static void stop(const char *reason)
{
	if (running() && !session.progress.stop)
		WRITE_ONCE(session.progress.stop, reason);
}

void membar_session_stop(const char *reason)
{
	mutex_lock(&lock);
	stop(reason);
	mutex_unlock(&lock);
}

void membar_session_cpu_goes(unsigned int cpu)
{
	unsigned int i;

	mutex_lock(&lock);
	for (i = 0; i < session.nr_cpus; i++)
		if (session.request.cpus[i] == cpu)
			stop("a CPU of the campaign went offline");
	mutex_unlock(&lock);
}

void membar_session_close(const char *reason)
{
	bool wait;

	mutex_lock(&lock);
	closed = true;
	stop(reason);
	wait = running();
	mutex_unlock(&lock);

	/* Nobody can start another one meanwhile. */
	if (wait)
		wait_for_completion_state(&session_done, TASK_IDLE);
}

void membar_session_open(void)
{
	mutex_lock(&lock);
	closed = false;
	mutex_unlock(&lock);
}

void membar_session_free(void)
{
	mutex_lock(&lock);
	reap_director();
	forget(&session);
	mutex_unlock(&lock);
}

int membar_session_show(struct seq_file *m,
			void (*show)(struct seq_file *m,
				     const struct membar_session *s))
{
	mutex_lock(&lock);
	show(m, &session);
	mutex_unlock(&lock);
	return 0;
}
MEMBAR_EXPORT_TO_KUNIT(membar_session_show);
