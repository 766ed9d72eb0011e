// SPDX-License-Identifier: GPL-2.0
/*
 * What a campaign has shown, for people (KTAP with comments) and for programs
 * (JSON, one test to a line).
 */
#include <linux/cpumask.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/string.h>
#include <linux/utsname.h>

#include "run.h"
#include "states.h"

#if defined(MEMBAR_BREAKABLE)
/* See breakable.c. */
#elif defined(MEMBAR_BREAK)
const char *const membar_broken_cell = MEMBAR_BREAK;
#else
const char *const membar_broken_cell;
#endif

static u64 per_second(u64 n, u64 nsecs)
{
	u64 msecs = div_u64(nsecs, NSEC_PER_MSEC);

	return msecs ? div64_u64(n * MSEC_PER_SEC, msecs) : 0;
}

static unsigned int overlap_percent(const struct membar_result *r)
{
	return r->running ? div64_u64(r->overlap * 100, r->running) : 0;
}

/* Which thread began each batch late, and by how much; 0 if none. */
static unsigned int late_turns(const struct membar_result *r,
			       unsigned int *thread)
{
	unsigned int turns;

	for (*thread = 0; *thread < MEMBAR_MAX_THREADS; ++*thread) {
		turns = membar_aim_turns(r->aims.best, *thread);
		if (turns)
			return turns;
	}
	*thread = 0;
	return 0;
}

/* What is known of the outcomes of either kind of job. */
void membar_job_plan(const struct membar_job *job, struct membar_plan *plan)
{
	if (!job->invariant && !job->program) {
		membar_plan_make(job->test.shape, plan);
		return;
	}
	memset(plan, 0, sizeof(*plan));
	plan->target = MEMBAR_BROKEN;
}

/* A state of a litmus file. */
static void show_state(struct seq_file *m, const struct membar_job *job,
		       const struct membar_states *states, unsigned int state)
{
	const struct membar_places *places = job->places;
	char name[MEMBAR_PLACE_LEN];
	unsigned int i;

	if (state == MEMBAR_OTHER_STATES) {
		seq_puts(m, "all others");
		return;
	}
	for (i = 0; i < places->nr; i++) {
		membar_place_name(job->program, &places->place[i],
				  states->value[state * states->width + i],
				  name, sizeof(name));
		seq_printf(m, "%s%s", i ? " " : "", name);
	}
}

static void show_outcome(struct seq_file *m, const struct membar_job *job,
			 const struct membar_plan *plan,
			 const struct membar_result *r, unsigned int outcome)
{
	char name[MEMBAR_NAME_LEN];

	if (job->program) {
		show_state(m, job, r->states, outcome);
	} else if (job->invariant) {
		seq_puts(m, outcome == MEMBAR_BROKEN ? "broken" : "kept");
	} else {
		membar_outcome_name(plan, outcome, name, sizeof(name));
		seq_puts(m, name);
	}
}

/* Whether the test asks about an outcome. */
bool membar_outcome_asked(const struct membar_job *job,
			  const struct membar_plan *plan,
			  const struct membar_result *r, unsigned int outcome)
{
	if (job->program)
		return outcome != MEMBAR_OTHER_STATES && r->states &&
		       r->states->asked[outcome];
	return outcome == plan->target;
}

/*
 * Progress
 * ========
 */

static const char *state_of(const struct membar_session *s)
{
	if (!s->ended)
		return "running";
	if (s->error)
		return "failed";
	return s->progress.stop ? "stopped" : "done";
}

/* How long the current test has run, in ms; no more than it shall. */
static u64 spent_ms(const struct membar_session *s)
{
	u64 spent;

	if (s->ended)
		return 0;
	spent = div_u64(ktime_get_ns() - s->job_begun, NSEC_PER_MSEC);
	return min_t(u64, spent, s->request.duration_ms);
}

/*
 * Each test is the same share of a campaign, whether it ran or was skipped; the
 * current one is never complete.  All of it is done where all tests have a
 * result.
 */
static unsigned int percent_of(const struct membar_session *s)
{
	u64 share = div_u64(spent_ms(s) * 100, s->request.duration_ms);

	share = s->current_job * 100ULL + min_t(u64, share, 99);
	return div_u64(share, s->nr_jobs);
}

void membar_report_progress(struct seq_file *m, const struct membar_session *s)
{
	u64 left = (u64)(s->nr_jobs - s->current_job) * s->request.duration_ms;
	unsigned int job = s->current_job;
	char name[MEMBAR_NAME_LEN] = "-";

	if (!s->nr_jobs) {
		seq_puts(m, "state=idle\n");
		return;
	}

	if (job < s->nr_jobs)
		membar_job_name(&s->jobs[job], name, sizeof(name));
	seq_printf(m, "state=%s test=%s job=%u jobs=%u percent=%u iterations=%llu eta_ms=%llu writer=%d\n",
		   state_of(s), name, job, s->nr_jobs, percent_of(s),
		   READ_ONCE(s->progress.iterations),
		   s->ended ? 0 : left - spent_ms(s), s->writer);
}
MEMBAR_EXPORT_TO_KUNIT(membar_report_progress);

/*
 * KTAP
 * ====
 */

/* Nothing that comes from such a build may be taken for a result. */
static void show_broken(struct seq_file *m)
{
	if (membar_broken_cell)
		seq_printf(m, "# BROKEN BUILD: %s (MEMBAR_BREAK)\n",
			   membar_broken_cell);
}

static void show_header(struct seq_file *m, const struct membar_session *s)
{
	char request[MEMBAR_REQUEST_LEN];

	seq_puts(m, "KTAP version 1\n");
	if (*s->refusal.text)
		seq_printf(m, "# refused: %s\n", s->refusal.text);
	if (*s->refusal.text && s->nr_jobs)
		seq_puts(m, "# the results below are of the request before it\n");
	if (s->nr_jobs) {
		membar_request_name(&s->request, request, sizeof(request));
		seq_printf(m, "# %s\n", request);
	}
	seq_printf(m, "# kernel %s %s, %u CPUs online\n",
		   init_utsname()->release, init_utsname()->machine,
		   num_online_cpus());
	show_broken(m);
}

/* The error with which a campaign ended, or "". */
static void error_name(const struct membar_session *s, char *buf, size_t size)
{
	*buf = '\0';
	if (s->error)
		scnprintf(buf, size, "%s (%d)", s->error == -ENOMEM ?
			  "not enough memory" : "the kernel gave an error",
			  s->error);
}

/* What ended a campaign before its tests had all run.  The plan is not kept. */
static void show_end(struct seq_file *m, const struct membar_session *s)
{
	char error[64], name[MEMBAR_NAME_LEN];

	if (s->progress.stop)
		seq_printf(m, "# stopped: %s\n", s->progress.stop);
	if (!s->ended || s->current_job == s->nr_jobs)
		return;
	error_name(s, error, sizeof(error));
	membar_job_name(&s->jobs[s->current_job], name, sizeof(name));
	seq_printf(m, "Bail out! %u of %u tests ran; %s: %s\n", s->current_job,
		   s->nr_jobs, name, *error ? error : s->progress.stop);
}

/* The CPUs of a test's threads, as far as they are not shared. */
static void test_cpus(const struct membar_session *s,
		      const struct membar_result *r, char *buf, size_t size)
{
	membar_cpus_name(s->request.cpus,
			 min(r->nr_threads, s->request.nr_cpus), buf, size);
}

/* The directive that keeps a blind run from being read as a pass. */
static void show_directive(struct seq_file *m, const struct membar_session *s,
			   const struct membar_job *job,
			   const struct membar_result *r)
{
	char name[MEMBAR_NAME_LEN];

	switch (r->verdict) {
	case MEMBAR_SKIP:
		seq_printf(m, " # SKIP %s", *r->reason ? r->reason : "did not run");
		break;
	case MEMBAR_BLIND:
		if (*r->reason) {
			seq_printf(m, " # SKIP blind: %s", r->reason);
			break;
		}
		if (job->control == MEMBAR_NO_CONTROL) {
			seq_puts(m, " # SKIP blind: not seen, and it has no control");
			break;
		}
		membar_job_name(&s->jobs[job->control], name, sizeof(name));
		seq_printf(m, " # SKIP blind: not seen, nor was its control %s",
			   name);
		break;
	default:
		break;
	}
	seq_putc(m, '\n');
}

static void show_job(struct seq_file *m, const struct membar_session *s,
		     unsigned int j)
{
	const struct membar_result *r = &s->results[j];
	const struct membar_job *job = &s->jobs[j];
	char name[MEMBAR_NAME_LEN], cpus[MEMBAR_CPUS_LEN];
	unsigned int late, turns;

	membar_job_name(job, name, sizeof(name));
	if (r->verdict != MEMBAR_SKIP) {
		test_cpus(s, r, cpus, sizeof(cpus));
		seq_printf(m, "# %s: contract %s%s, verdict %s, seen %llu of %llu %s",
			   name, membar_contract_names[job->contract],
			   job->stated ? " (stated)" : "",
			   membar_verdict_names[r->verdict], r->seen,
			   r->observed, job->invariant ? "batches" : "outcomes");
		if (job->control != MEMBAR_NO_CONTROL)
			seq_printf(m, ", expected %llu", r->expected);
		seq_printf(m, ", %llu/s, engine %s, batch %u, CPUs %s, overlap %u%%, skew %llu ns%s%s%s",
			   per_second(r->iterations, r->nsecs),
			   membar_engine_names[r->engine], r->batch_size, cpus,
			   overlap_percent(r), r->max_skew,
			   r->oversubscribed ? ", oversubscribed" : "",
			   *r->reason ? ", " : "", r->reason);
		if (job->note)
			seq_printf(m, ", %s", job->note);
		turns = late_turns(r, &late);
		if (turns)
			seq_printf(m, ", thread %u late by %u turns", late,
				   turns);
		if (membar_aim_layout(r->aims.best) != MEMBAR_APART)
			seq_puts(m, ", variables side by side");
		if (membar_aim_paced(r->aims.best))
			seq_puts(m, ", each instance begun together");
		turns = membar_aim_turns(r->aims.best, MEMBAR_SAYS_GO);
		if (turns)
			seq_printf(m, ", the one that says go late by %u turns",
				   turns);
		if (r->extended)
			seq_printf(m, ", went on for %llu ms",
				   div_u64(r->nsecs, NSEC_PER_MSEC));
		seq_putc(m, '\n');
	}
	seq_printf(m, "%s %u %s", r->verdict == MEMBAR_FAIL ? "not ok" : "ok",
		   j + 1, name);
	show_directive(m, s, job, r);
}

void membar_report_ktap(struct seq_file *m, const struct membar_session *s)
{
	unsigned int count[MEMBAR_NR_VERDICTS] = { };
	unsigned int j, done = s->current_job;

	show_header(m, s);
	if (!s->nr_jobs) {
		seq_puts(m, "1..0 # SKIP nothing ran\n");
		return;
	}

	seq_printf(m, "1..%u\n", s->nr_jobs);
	for (j = 0; j < done; j++) {
		show_job(m, s, j);
		count[s->results[j].verdict]++;
	}
	show_end(m, s);
	seq_puts(m, "#");
	for (j = 0; j < MEMBAR_NR_VERDICTS; j++)
		seq_printf(m, " %s:%u", membar_verdict_names[j], count[j]);
	seq_putc(m, '\n');
}
MEMBAR_EXPORT_TO_KUNIT(membar_report_ktap);

/*
 * Histogram
 * =========
 */

void membar_report_histogram(struct seq_file *m,
			     const struct membar_session *s)
{
	unsigned int j, o, done = s->current_job;
	const struct membar_result *r;
	struct membar_plan plan;
	char name[MEMBAR_NAME_LEN];
	bool asked;

	show_broken(m);
	if (s->nr_jobs && *s->refusal.text)
		seq_printf(m, "# refused: %s; the results below are of the request before it\n",
			   s->refusal.text);
	for (j = 0; j < done; j++) {
		r = &s->results[j];
		membar_job_plan(&s->jobs[j], &plan);
		membar_job_name(&s->jobs[j], name, sizeof(name));
		seq_printf(m, "%s %s\n", name, membar_verdict_names[r->verdict]);
		for (o = 0; o < MEMBAR_NR_OUTCOMES; o++) {
			asked = membar_outcome_asked(&s->jobs[j], &plan, r, o);
			if (!r->hist[o] && (!asked || !r->batches))
				continue;
			seq_printf(m, "%14llu %c ", r->hist[o],
				   asked ? '*' : ' ');
			show_outcome(m, &s->jobs[j], &plan, r, o);
			seq_putc(m, '\n');
		}
	}
	if (s->ended && done < s->nr_jobs) {
		error_name(s, name, sizeof(name));
		seq_printf(m, "# %u of %u tests ran: %s\n", done, s->nr_jobs,
			   *name ? name : s->progress.stop);
	}
}
MEMBAR_EXPORT_TO_KUNIT(membar_report_histogram);

/*
 * JSON
 * ====
 */

/* Names and reasons have nothing in them that needs escaping. */
static void show_json_outcomes(struct seq_file *m,
			       const struct membar_job *job,
			       const struct membar_plan *plan,
			       const struct membar_result *r)
{
	const char *comma = "";
	unsigned int o;

	seq_puts(m, "\"outcomes\":{");
	for (o = 0; o < MEMBAR_NR_OUTCOMES; o++) {
		if (!r->hist[o])
			continue;
		seq_printf(m, "%s\"", comma);
		show_outcome(m, job, plan, r, o);
		seq_printf(m, "\":%llu", r->hist[o]);
		comma = ",";
	}
	seq_putc(m, '}');
}

/*
 * The outcome that the test asks about; of a litmus file, where that can be many,
 * the first one that was seen.
 */
static void show_asked(struct seq_file *m, const struct membar_job *job,
		       const struct membar_plan *plan,
		       const struct membar_result *r)
{
	unsigned int o;

	for (o = 0; o < MEMBAR_NR_OUTCOMES; o++) {
		if (membar_outcome_asked(job, plan, r, o)) {
			show_outcome(m, job, plan, r, o);
			return;
		}
	}
}

static void show_json_cells(struct seq_file *m, const struct membar_job *job)
{
	const struct membar_test *test = &job->test;
	const struct membar_edge_info *edge;
	const char *comma = "";
	unsigned int t;

	if (job->program) {
		seq_puts(m, "\"cells\":[]");
		return;
	}
	if (job->invariant) {
		seq_printf(m, "\"cells\":[\"%s\"]",
			   membar_invariant_names[job->invariant]);
		return;
	}

	seq_puts(m, "\"cells\":[");
	for (t = 0; t < MEMBAR_MAX_THREADS; t++) {
		if (!membar_thread_has_edge(test->shape, t))
			continue;
		edge = &membar_edges[test->edge[t]];
		seq_printf(m, "%s\"%s\"", comma, edge->cell);
		comma = ",";
		if (edge->other)
			seq_printf(m, ",\"%s\"", edge->other);
	}
	seq_putc(m, ']');
}

static void show_json_job(struct seq_file *m, const struct membar_session *s,
			  unsigned int j)
{
	const struct membar_result *r = &s->results[j];
	const struct membar_job *job = &s->jobs[j];
	char name[MEMBAR_NAME_LEN], control[MEMBAR_NAME_LEN];
	char cpus[MEMBAR_CPUS_LEN];
	struct membar_plan plan;
	unsigned int late, turns = late_turns(r, &late);

	test_cpus(s, r, cpus, sizeof(cpus));
	membar_job_plan(job, &plan);
	membar_job_name(job, name, sizeof(name));
	seq_printf(m, "{\"test\":\"%s\",", name);
	show_json_cells(m, job);
	seq_printf(m, ",\"contract\":\"%s\",\"stated\":%s,\"verdict\":\"%s\",\"reason\":\"%s\",",
		   membar_contract_names[job->contract],
		   job->stated ? "true" : "false",
		   membar_verdict_names[r->verdict],
		   *r->reason || !job->note ? r->reason : job->note);
	*control = '\0';
	if (job->control != MEMBAR_NO_CONTROL)
		membar_job_name(&s->jobs[job->control], control,
				sizeof(control));
	seq_printf(m, "\"control\":\"%s\",\"expected\":%llu,", control,
		   r->expected);
	seq_printf(m, "\"cpus\":\"%s\",\"engine\":\"%s\",\"batch\":%u,\"oversubscribed\":%s,",
		   cpus, membar_engine_names[r->engine], r->batch_size,
		   r->oversubscribed ? "true" : "false");
	seq_printf(m, "\"iterations\":%llu,\"per_second\":%llu,\"observed\":%llu,\"seen\":%llu,\"seen_per_second\":%llu,",
		   r->iterations, per_second(r->iterations, r->nsecs),
		   r->observed, r->seen, per_second(r->seen, r->nsecs));
	seq_printf(m, "\"first_seen_ns\":%llu,\"stray\":%llu,\"stuck\":%llu,",
		   r->first_seen, r->stray, r->stuck);
	seq_printf(m, "\"batches\":%llu,\"idle_batches\":%llu,\"unsound\":%llu,\"overlap_percent\":%u,\"max_skew_ns\":%llu,\"together_ns\":%llu,\"extended\":%s,\"nsecs\":%llu,",
		   r->batches, r->idle_batches, r->unsound,
		   overlap_percent(r), r->max_skew, r->together,
		   r->extended ? "true" : "false", r->nsecs);
	seq_printf(m, "\"late_thread\":%u,\"late_turns\":%u,\"go_turns\":%u,\"side_by_side\":%s,\"paced\":%s,",
		   late, turns,
		   membar_aim_turns(r->aims.best, MEMBAR_SAYS_GO),
		   membar_aim_layout(r->aims.best) != MEMBAR_APART ? "true" : "false",
		   membar_aim_paced(r->aims.best) ? "true" : "false");
	seq_puts(m, "\"target\":\"");
	show_asked(m, job, &plan, r);
	seq_puts(m, "\",");
	show_json_outcomes(m, job, &plan, r);
	seq_putc(m, '}');
}

void membar_report_json(struct seq_file *m, const struct membar_session *s)
{
	char request[MEMBAR_REQUEST_LEN] = "";
	unsigned int j, done = s->current_job;
	char error[64];

	if (s->nr_jobs)
		membar_request_name(&s->request, request, sizeof(request));
	error_name(s, error, sizeof(error));
	seq_printf(m, "{\"kernel\":\"%s\",\"machine\":\"%s\",\"cpus\":%u,\n",
		   init_utsname()->release, init_utsname()->machine,
		   num_online_cpus());
	/* Of the format; see results.schema.json. */
	seq_puts(m, "\"version\":1,");
	seq_printf(m, "\"request\":\"%s\",\"broken\":\"%s\",\"refused\":%s,\"stopped\":\"%s\",\"error\":\"%s\",\"writer\":%d,\n",
		   request, membar_broken_cell ?: "",
		   *s->refusal.text ? "true" : "false", s->progress.stop ?: "",
		   error, s->writer);
	seq_printf(m, "\"jobs\":%u,\n\"results\":[\n", s->nr_jobs);
	for (j = 0; j < done; j++) {
		show_json_job(m, s, j);
		seq_puts(m, j + 1 < done ? ",\n" : "\n");
	}
	seq_puts(m, "]}\n");
}
MEMBAR_EXPORT_TO_KUNIT(membar_report_json);

/*
 * What is valid
 * =============
 */

void membar_report_tests(struct seq_file *m)
{
	static const char loc[] = "xyz";
	const struct membar_access *a;
	unsigned int s, t, i;

	seq_puts(m, "# shape: accesses of each thread; name it SHAPE+edge+edge..., one edge for each pair\n");
	for (s = 0; s < membar_nr_shapes; s++) {
		seq_printf(m, "%s:", membar_shapes[s].name);
		for (t = 0; t < membar_shape_threads(&membar_shapes[s]); t++) {
			for (i = 0; i < 2; i++) {
				a = &membar_shapes[s].thread[t][i];
				if (!a->dir)
					continue;
				seq_printf(m, " %c%c",
					   a->dir == MEMBAR_R ? 'R' : 'W',
					   loc[a->loc]);
			}
			if (t + 1 < membar_shape_threads(&membar_shapes[s]))
				seq_puts(m, " |");
		}
		seq_putc(m, '\n');
	}
	seq_puts(m, "# invariants\n");
	for (i = MEMBAR_NO_INVARIANT + 1; i < MEMBAR_NR_INVARIANTS; i++)
		seq_printf(m, "%s\n", membar_invariant_names[i]);
	seq_puts(m, "# campaigns\n");
	for (i = 0; membar_campaign_name(i); i++)
		seq_printf(m, "%s\n", membar_campaign_name(i));
}
MEMBAR_EXPORT_TO_KUNIT(membar_report_tests);

void membar_report_cells(struct seq_file *m)
{
	static const char *const class[] = {
		"-", "read", "write", "read,write",
	};
	const struct membar_edge_info *e;

	seq_puts(m, "# edge: cell, prior accesses, later accesses\n");
	for (e = membar_edges; e < membar_edges + MEMBAR_NR_EDGES; e++)
		seq_printf(m, "%s: %s %s %s\n", e->name, e->cell,
			   class[e->prior], class[e->later]);
}
MEMBAR_EXPORT_TO_KUNIT(membar_report_cells);
