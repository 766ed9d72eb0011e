// SPDX-License-Identifier: GPL-2.0
/*
 * One campaign at a time: from a request to a verdict for each of its tests.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

#include "run.h"

/* Held while a campaign is put up or taken down, and by those who look. */
static DEFINE_MUTEX(lock);
static struct membar_session session;
static struct task_struct *director;
static int director_err;
static DECLARE_COMPLETION(session_done);
/* A writer waits for the end, and has yet to learn how it was. */
static bool awaited;

static bool running(void)
{
	return director && !completion_done(&session_done);
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

static void forget(void)
{
	kvfree(session.jobs);
	kvfree(session.results);
	session = (struct membar_session){ };
}

static u64 control_seen(const struct membar_job *job)
{
	return job->control == MEMBAR_NO_CONTROL ? 0 :
	       session.results[job->control].seen;
}

/* What a test is after, if it is broken, shows where its control showed it. */
static unsigned int control_aim(const struct membar_job *job)
{
	return job->control == MEMBAR_NO_CONTROL ? 0 :
	       session.results[job->control].aim;
}

static void judge(const struct membar_job *job, struct membar_result *result)
{
	const struct membar_evidence evidence = {
		.batches = result->batches,
		.unsound = result->unsound,
		.iterations = result->iterations,
		.seen = result->seen,
		.control_seen = control_seen(job),
	};
	const char *reason = NULL;

	result->verdict = membar_judge(job->contract, &evidence, &reason);
	if (reason)
		strscpy(result->reason, reason, sizeof(result->reason));
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
	unsigned int j;

	for (j = 0; j < session.current_job; j++)
		count[session.results[j].verdict]++;
	pr_info("%u of %u tests: %u pass, %u blind, %u FAIL, %u seen, %u not seen, %u info, %u skip%s%s\n",
		session.current_job, session.nr_jobs, count[MEMBAR_PASS],
		count[MEMBAR_BLIND], count[MEMBAR_FAIL], count[MEMBAR_SEEN],
		count[MEMBAR_NOT_SEEN], count[MEMBAR_INFO],
		count[MEMBAR_SKIP], session.control.stop ? ", " : "",
		session.control.stop ? session.control.reason : "");
}

static int direct(void *unused)
{
	struct membar_result *result;
	int err = 0;

	while (session.current_job < session.nr_jobs) {
		if (READ_ONCE(session.control.stop))
			break;
		result = &session.results[session.current_job];
		result->aim = control_aim(&session.jobs[session.current_job]);
		err = membar_run_job(&session.jobs[session.current_job],
				     &session.request, &session.control,
				     result);
		if (err)
			break;
		judge(&session.jobs[session.current_job], result);
		if (READ_ONCE(session.control.stop) && !*result->reason)
			strscpy(result->reason, session.control.reason,
				sizeof(result->reason));
		say(&session.jobs[session.current_job], result);
		/* Pairs with the acquire in membar_session_show(). */
		smp_store_release(&session.current_job,
				  session.current_job + 1);
	}
	say_all();

	director_err = err;
	if (!err && session.control.stop)
		director_err = -ECANCELED;
	WRITE_ONCE(session.ended, ktime_get_ns());
	complete_all(&session_done);
	return 0;
}

static int check_cpus(struct membar_why *why)
{
	const struct membar_request *r = &session.request;
	unsigned int i;

	for (i = 0; i < r->nr_cpus; i++)
		if (r->cpus[i] >= nr_cpu_ids || !cpu_online(r->cpus[i]))
			return membar_refuse(why, "CPU %u is not online",
					     r->cpus[i]);
	return 0;
}

static int make_jobs(void)
{
	int nr;

	session.jobs = kvcalloc(MEMBAR_MAX_JOBS, sizeof(*session.jobs),
				GFP_KERNEL);
	if (!session.jobs)
		return -ENOMEM;
	nr = membar_campaign_make(session.request.tests, session.jobs,
				  MEMBAR_MAX_JOBS, &session.refusal);
	if (nr < 0)
		return nr;

	session.results = kvcalloc(nr, sizeof(*session.results), GFP_KERNEL);
	if (!session.results)
		return -ENOMEM;
	session.nr_jobs = nr;
	return 0;
}

static int start_director(void)
{
	struct task_struct *task;

	task = kthread_create(direct, NULL, "membar/director");
	if (IS_ERR(task))
		return PTR_ERR(task);

	director = get_task_struct(task);
	reinit_completion(&session_done);
	session.begun = ktime_get_ns();
	wake_up_process(director);
	return 0;
}

/* Put up a campaign; the lock is held and none is running. */
static int start(const char *buf, size_t len)
{
	struct membar_why why = { };
	int err;

	reap_director();
	forget();
	err = membar_request_parse(buf, len, &session.request, &why);
	if (!err)
		err = check_cpus(&why);
	session.refusal = why;
	if (!err)
		err = make_jobs();
	if (!err)
		err = start_director();
	if (err) {
		why = session.refusal;
		forget();
		session.refusal = why;
		if (!*why.text)
			membar_refuse(&session.refusal, "error %d", err);
		pr_debug("request refused: %s\n", session.refusal.text);
	}
	return err;
}

int membar_session_run(const char *buf, size_t len)
{
	bool wait;
	int err;

	mutex_lock(&lock);
	err = awaited || running() ? -EBUSY : start(buf, len);
	wait = !err && session.request.wait;
	if (wait)
		awaited = true;
	mutex_unlock(&lock);
	if (!wait)
		return err;

	err = wait_for_completion_interruptible(&session_done);
	if (err) {
		membar_session_stop("interrupted by a signal");
		wait_for_completion(&session_done);
	}
	mutex_lock(&lock);
	err = err ? -EINTR : director_err;
	awaited = false;
	mutex_unlock(&lock);
	return err;
}
MEMBAR_EXPORT_TO_KUNIT(membar_session_run);

/* What has ended already was not stopped; the lock is held. */
static void stop(const char *reason)
{
	if (!running() || session.control.stop)
		return;
	session.control.reason = reason;
	/* The reason is read only by those who see this, and it is constant. */
	smp_store_release(&session.control.stop, true);
}

void membar_session_stop(const char *reason)
{
	mutex_lock(&lock);
	stop(reason);
	mutex_unlock(&lock);
}

void membar_session_quit(const char *reason)
{
	mutex_lock(&lock);
	if (running()) {
		stop(reason);
		wait_for_completion(&session_done);
	}
	reap_director();
	mutex_unlock(&lock);
}

void membar_session_free(void)
{
	forget();
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
