// SPDX-License-Identifier: GPL-2.0
/*
 * What a campaign has shown, in the format of litmus7 and herd7.
 *
 * Their programs msum7 and mcompare7 add up such logs of many machines and
 * compare them with what a model allows.
 */
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/string.h>

#include "run.h"
#include "states.h"

/*
 * Outcomes
 * ========
 */

/* Registers are numbered in each thread, in the order of its reads. */
static void log_read(struct seq_file *m, const struct membar_plan *plan,
		     unsigned int read, unsigned int value, const char *end)
{
	const u8 thread = plan->read[read].thread;
	unsigned int r, number = 0;

	for (r = 0; r < read; r++)
		number += plan->read[r].thread == thread;
	seq_printf(m, "%u:r%u=%u%s", thread, number, value, end);
}

/* An outcome of a named test; @end comes after each value but the last. */
static void log_outcome(struct seq_file *m, const struct membar_plan *plan,
			unsigned int outcome, const char *end, const char *last)
{
	const unsigned int nr = plan->nr_reads + plan->nr_finals;
	unsigned int i;

	for (i = 0; i < nr; i++, outcome >>= 2) {
		if (i < plan->nr_reads)
			log_read(m, plan, i, outcome & 3,
				 i + 1 < nr ? end : last);
		else
			seq_printf(m, "[%c]=%u%s",
				   "xyz"[plan->final[i - plan->nr_reads]],
				   outcome & 3, i + 1 < nr ? end : last);
	}
}

static void log_place(struct seq_file *m, const struct membar_program *program,
		      const struct membar_place *place)
{
	if (place->thread == MEMBAR_PLACE_VAR)
		seq_printf(m, "[%s]", program->var[place->index].name);
	else
		seq_printf(m, "%u:%s", place->thread,
			   program->thread[place->thread]
				.reg[place->index].name);
}

static void log_value(struct seq_file *m, const struct membar_program *program,
		      s64 value)
{
	const int var = membar_variable_at(value, program->nr_vars);

	if (var >= 0)
		seq_printf(m, "%s", program->var[var].name);
	else
		seq_printf(m, "%lld", (long long)value);
}

static void log_state(struct seq_file *m, const struct membar_job *job,
		      const s64 *value)
{
	unsigned int i;

	for (i = 0; i < job->places->nr; i++) {
		log_place(m, job->program, &job->places->place[i]);
		seq_putc(m, '=');
		log_value(m, job->program, value[i]);
		seq_puts(m, "; ");
	}
}

/*
 * Conditions
 * ==========
 */

static void log_term(struct seq_file *m, const struct membar_program *program,
		     const struct membar_term *term)
{
	switch (term->kind) {
	case MEMBAR_TERM_TRUE:
		seq_puts(m, "true");
		break;
	case MEMBAR_TERM_FALSE:
		seq_puts(m, "false");
		break;
	default:
		log_place(m, program, &term->left);
		seq_putc(m, '=');
		if (term->right.thread == MEMBAR_PLACE_NUMBER)
			log_value(m, program, term->number);
		else
			log_place(m, program, &term->right);
		break;
	}
}

/*
 * The terms of a condition stand in postfix order.  So the parentheses of an
 * operator open before the first of the terms that belong to it, and close at
 * the operator; between its operands is where the terms of the second begin.
 */
static void log_condition(struct seq_file *m,
			  const struct membar_program *program)
{
	const struct membar_condition *c = &program->condition;
	const struct membar_term *term = program->term + c->first;
	/* Of each operator; a term that is none has its own number there. */
	u8 begin[MEMBAR_PROGRAM_TERMS], second[MEMBAR_PROGRAM_TERMS];
	int i, k;

	for (i = 0; i < c->nr; i++) {
		begin[i] = i;
		second[i] = i;
		if (term[i].kind == MEMBAR_TERM_NOT) {
			begin[i] = begin[i - 1];
		} else if (term[i].kind == MEMBAR_TERM_AND ||
			   term[i].kind == MEMBAR_TERM_OR) {
			second[i] = begin[i - 1];
			begin[i] = begin[second[i] - 1];
		}
	}
	for (i = 0; i < c->nr; i++) {
		if (begin[i] < i) {
			seq_putc(m, ')');
			continue;
		}
		for (k = i + 1; k < c->nr; k++)
			if (second[k] == i)
				seq_puts(m, term[k].kind == MEMBAR_TERM_AND ?
					 " /\\ " : " \\/ ");
		/* The outer ones first. */
		for (k = c->nr - 1; k > i; k--)
			if (begin[k] == i)
				seq_puts(m, term[k].kind == MEMBAR_TERM_NOT ?
					 "~(" : "(");
		log_term(m, program, &term[i]);
	}
}

/*
 * Tests
 * =====
 */

static const char *quantifier_of(const struct membar_job *job)
{
	if (!job->program || job->program->quantifier == MEMBAR_EXISTS)
		return "exists";
	return job->program->quantifier == MEMBAR_FORALL ? "forall" : "~exists";
}

static void log_histogram(struct seq_file *m, const struct membar_job *job,
			  const struct membar_plan *plan,
			  const struct membar_result *r)
{
	unsigned int o, nr = 0;

	for (o = 0; o < MEMBAR_NR_OUTCOMES; o++)
		nr += !!r->hist[o];
	seq_printf(m, "Histogram (%u states)\n", nr);
	for (o = 0; o < MEMBAR_NR_OUTCOMES; o++) {
		if (!r->hist[o])
			continue;
		seq_printf(m, "%-8llu%s>", r->hist[o],
			   membar_outcome_asked(job, plan, r, o) ? "*" : ":");
		if (!job->program)
			log_outcome(m, plan, o, "; ", ";");
		else if (o != MEMBAR_OTHER_STATES)
			log_state(m, job, r->states->value +
				  (size_t)o * r->states->width);
		seq_putc(m, '\n');
	}
}

/*
 * "Positive" counts where the condition holds, and its quantifier says whether
 * that is as it should be.
 */
static void log_job(struct seq_file *m, const struct membar_session *s,
		    unsigned int j)
{
	const struct membar_result *r = &s->results[j];
	const struct membar_job *job = &s->jobs[j];
	const char *quantifier = quantifier_of(job);
	const bool forall = *quantifier == 'f';
	u64 holds = forall ? r->observed - r->seen : r->seen;
	u64 others = r->observed - holds;
	bool good = *quantifier == 'e' ? holds : forall ? !others : !holds;
	char name[MEMBAR_NAME_LEN], cpus[MEMBAR_CPUS_LEN];
	struct membar_plan plan;
	u64 hundredths = div_u64(r->nsecs, 10 * NSEC_PER_MSEC);
	u64 seconds = div_u64(hundredths, 100);

	membar_job_plan(job, &plan);
	membar_job_name(job, name, sizeof(name));
	membar_cpus_name(s->request.cpus, min(r->nr_threads, s->request.nr_cpus),
			 cpus, sizeof(cpus));
	seq_printf(m, "Test %s %s\n", name,
		   *quantifier == 'e' ? "Allowed" :
		   forall ? "Required" : "Forbidden");
	log_histogram(m, job, &plan, r);
	seq_printf(m, "%s\n\nWitnesses\nPositive: %llu, Negative: %llu\n",
		   good ? "Ok" : "No", holds, others);
	seq_printf(m, "Condition %s (", quantifier);
	if (job->program)
		log_condition(m, job->program);
	else
		log_outcome(m, &plan, plan.target, " /\\ ", "");
	seq_printf(m, ") is %svalidated\n", good ? "" : "NOT ");
	/* msum7 wants one, and adds up what has the same. */
	seq_printf(m, "Hash=%016llx\n", (unsigned long long)
		   (job->program ? job->hash : membar_hash(name, strlen(name))));
	seq_printf(m, "Observation %s %s %llu %llu\n", name,
		   !holds ? "Never" : others ? "Sometimes" : "Always", holds,
		   others);
	seq_printf(m, "Time %s %llu.%02llu\n", name, seconds,
		   hundredths - 100 * seconds);
	seq_printf(m, "membar: %s, engine %s, CPUs %s%s\n\n",
		   membar_verdict_names[r->verdict],
		   membar_engine_names[r->engine], cpus,
		   r->oversubscribed ? ", oversubscribed" : "");
}

void membar_report_log(struct seq_file *m, const struct membar_session *s)
{
	char request[MEMBAR_REQUEST_LEN];
	unsigned int j;

	if (!s->nr_jobs)
		return;
	membar_request_name(&s->request, request, sizeof(request));
	membar_report_machine(m, s);
	seq_printf(m, "%%%% %s\n", request);
	if (membar_broken_cell)
		seq_printf(m, "%%%% BROKEN BUILD: %s\n", membar_broken_cell);
	seq_putc(m, '\n');
	for (j = 0; j < s->current_job; j++)
		if (s->results[j].observed && !s->jobs[j].invariant)
			log_job(m, s, j);
}
MEMBAR_EXPORT_TO_KUNIT(membar_report_log);
