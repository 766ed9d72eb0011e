// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit suite membar_campaign: a short campaign of the stress harness, as a
 * write of its name to membar/run would start it, for kernels that are booted
 * without a user space.
 *
 * What fails is FAIL alone: an outcome seen that the contract forbids.  A
 * campaign in which every forbidden test was blind, for the CPUs did not show
 * the weak outcome without a barrier either, has shown nothing and is skipped.
 */
#include <kunit/test.h>
#include <linux/container_of.h>
#include <linux/cpumask.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "../selftests/stress/run.h"

/* Rides on the file that membar_session_show() hands through. */
struct campaign_reader {
	struct seq_file m;
	struct kunit *test;
	unsigned int count[MEMBAR_NR_VERDICTS];
};

static void campaign_read(struct seq_file *m, const struct membar_session *s)
{
	struct campaign_reader *reader = container_of(m, struct campaign_reader, m);
	const struct membar_result *result;
	char name[MEMBAR_NAME_LEN];
	unsigned int j;

	KUNIT_EXPECT_EQ(reader->test, s->current_job, s->nr_jobs);
	for (j = 0; j < s->current_job; j++) {
		result = &s->results[j];
		reader->count[result->verdict]++;
		membar_job_name(&s->jobs[j], name, sizeof(name));
		kunit_info(reader->test, "%s: %s, seen %llu times in %llu %s\n",
			   name, membar_verdict_names[result->verdict],
			   result->seen, result->iterations, result->reason);
		/* A time from the start to the first one, if there was one. */
		KUNIT_EXPECT_EQ_MSG(reader->test, !result->first_seen,
				    !(result->seen || result->stray), "%s",
				    name);
		KUNIT_EXPECT_NE_MSG(reader->test, result->verdict, MEMBAR_FAIL,
				    "%s", name);
		KUNIT_EXPECT_NE_MSG(reader->test, result->verdict, MEMBAR_SKIP,
				    "%s: %s", name, result->reason);
	}
}

static void campaign_run(struct kunit *test, const char *request)
{
	struct campaign_reader *reader;

	if (num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs");

	reader = kunit_kzalloc(test, sizeof(*reader), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, reader);
	reader->test = test;

	KUNIT_ASSERT_EQ(test, membar_session_run(request, strlen(request)), 0);
	membar_session_show(&reader->m, campaign_read);
	KUNIT_EXPECT_GT(test, reader->count[MEMBAR_PASS] +
			      reader->count[MEMBAR_BLIND] +
			      reader->count[MEMBAR_FAIL], 0);
	if (reader->count[MEMBAR_BLIND] && !reader->count[MEMBAR_PASS] &&
	    !reader->count[MEMBAR_FAIL])
		kunit_skip(test, "all %u forbidden outcomes blind",
			   reader->count[MEMBAR_BLIND]);
}

static void smoke_has_no_violation(struct kunit *test)
{
	campaign_run(test, "smoke");
}

static void smoke_out_of_line_has_no_violation(struct kunit *test)
{
	campaign_run(test, "smoke outline=1 duration_ms=200");
}

/* Invariants have no variables and no layout, unlike the tests of a campaign. */
static void invariants_have_no_violation(struct kunit *test)
{
	campaign_run(test, "u32_xchg,u64_fetch_add duration_ms=200");
}

static struct kunit_case campaign_cases[] = {
	KUNIT_CASE(smoke_has_no_violation),
	KUNIT_CASE(smoke_out_of_line_has_no_violation),
	KUNIT_CASE(invariants_have_no_violation),
	{}
};

static struct kunit_suite campaign_suite = {
	.name = "membar_campaign",
	.test_cases = campaign_cases,
};

kunit_test_suite(campaign_suite);

MODULE_DESCRIPTION("KUnit suite that runs a campaign of the stress harness");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
