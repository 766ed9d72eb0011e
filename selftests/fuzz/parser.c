// SPDX-License-Identifier: GPL-2.0
/*
 * The parser of requests under libFuzzer: whatever is written, what it says
 * holds, and what it accepted can be repeated.  Not part of the module.
 */
#include "target.h"
#include "stress.h"

#define MAX_JOBS	64

static bool printable(const char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

static void check_refusal(const struct membar_why *why, int err)
{
	HOLDS(err == -EINVAL);
	HOLDS(strnlen(why->text, sizeof(why->text)) < sizeof(why->text));
	HOLDS(*why->text);
	HOLDS(printable(why->text));
}

static void check_request(const struct membar_request *r)
{
	HOLDS(strnlen(r->tests, sizeof(r->tests)) < sizeof(r->tests));
	HOLDS(*r->tests);
	HOLDS(r->nr_cpus <= MEMBAR_MAX_CPUS);
	HOLDS(!r->duration_ms == !!r->budget_s);
	HOLDS(r->duration_ms <= 3600000 && r->budget_s <= 604800);
	HOLDS(r->shards <= 1024 && r->shard <= r->shards);
	HOLDS(!r->shard == !r->shards);
	HOLDS(r->engine < MEMBAR_ENGINE_INVARIANT);
	HOLDS(!r->size || (r->size >= 16 && r->size <= 1048576));
	HOLDS(r->engine != MEMBAR_ENGINE_ARRAY ||
	      r->size <= MEMBAR_ARRAY_BATCH_MAX);
	HOLDS(!r->stride || (r->stride >= 4 && r->stride <= 4096 &&
			     r->stride % 4 == 0));
}

static bool same(const struct membar_request *a, const struct membar_request *b)
{
	return !strcmp(a->tests, b->tests) && a->nr_cpus == b->nr_cpus &&
	       !memcmp(a->cpus, b->cpus, a->nr_cpus * sizeof(*a->cpus)) &&
	       a->shard == b->shard && a->shards == b->shards &&
	       a->budget_s == b->budget_s &&
	       a->duration_ms == b->duration_ms && a->engine == b->engine &&
	       a->seed == b->seed && a->size == b->size &&
	       a->stride == b->stride && a->outline == b->outline &&
	       a->oversubscribe == b->oversubscribe && a->wait == b->wait &&
	       a->patience_ms == b->patience_ms;
}

/* The line that the results repeat is a request, and the same one. */
static void check_repeated(const struct membar_request *r)
{
	char name[2 * MEMBAR_REQUEST_LEN];
	struct membar_request again;
	struct membar_why why;
	int n;

	n = membar_request_name(r, name, sizeof(name));
	HOLDS(n > 0 && (size_t)n == strlen(name));
	HOLDS(n < MEMBAR_REQUEST_LEN);
	HOLDS(!membar_request_parse(name, n, &again, &why));
	HOLDS(same(r, &again));
}

/* A control that is no test: what it shows is never forbidden. */
static void check_twin(const struct membar_job *job, const char *name)
{
	HOLDS(job->contract == MEMBAR_ALLOWED);
	HOLDS(!strncmp(name, MEMBAR_TWIN_PREFIX, strlen(MEMBAR_TWIN_PREFIX)));
	if (!job->invariant)
		HOLDS(membar_test_contract(&job->test) != MEMBAR_ALLOWED);
}

static void check_job(const struct membar_job *jobs, int j)
{
	const struct membar_job *job = &jobs[j];
	char name[MEMBAR_NAME_LEN];
	struct membar_test test;

	HOLDS(job->control == MEMBAR_NO_CONTROL ||
	      (job->control >= 0 && job->control < j));
	HOLDS(membar_job_name(job, name, sizeof(name)) > 0);
	HOLDS(job->invariant < MEMBAR_NR_INVARIANTS);
	if (job->twin)
		check_twin(job, name);
	if (job->invariant || job->twin)
		return;
	HOLDS(job->contract == membar_test_contract(&job->test));
	HOLDS(!membar_test_parse(name, &test, NULL));
	HOLDS(membar_test_equal(&test, &job->test));
}

static void check_campaign(const struct membar_request *r)
{
	static struct membar_job jobs[MAX_JOBS];
	struct membar_why why = { };
	int nr, j;

	nr = membar_campaign_make(r->tests, jobs, MAX_JOBS, &why);
	if (nr < 0) {
		check_refusal(&why, nr);
		return;
	}
	HOLDS(nr > 0 && nr <= MAX_JOBS);
	for (j = 0; j < nr; j++)
		check_job(jobs, j);
	if (!r->shards)
		return;
	nr = membar_campaign_shard(jobs, nr, r->shard, r->shards);
	HOLDS(nr >= 0);
	for (j = 0; j < nr; j++)
		check_job(jobs, j);
}

int fuzz_target(const u8 *data, size_t size)
{
	struct membar_request request;
	struct membar_why why = { };
	int err;

	err = membar_request_parse((const char *)data, size, &request, &why);
	if (err) {
		check_refusal(&why, err);
		return 0;
	}
	check_request(&request);
	check_repeated(&request);
	check_campaign(&request);
	return 0;
}
