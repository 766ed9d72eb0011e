// SPDX-License-Identifier: GPL-2.0
/*
 * What the stress harness reports of a campaign whose results are made up, each
 * of them another way to end, to the letter.  Cases of the suite membar_stress.
 */
#include <kunit/test.h>
#include <linux/ktime.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/stringify.h>

#include "../selftests/stress/run.h"
#include "stress_kunit.h"

#define REPORT_SIZE	16384

/**
 * struct report - a session and room for what is said of it
 * @session: made up
 * @jobs: of the session
 * @results: likewise
 * @m: where the report goes
 * @text: its buffer
 */
struct report {
	struct membar_session session;
	struct membar_job jobs[16];
	struct membar_result results[16];
	struct seq_file m;
	char text[REPORT_SIZE];
};

static const char tests[] =
	"SB+mb+mb,MP+wmb+rmb,MP+sr+la,MP+dma_wmb+dma_rmb,R+mb+mb,u32_xchg";

/* Every verdict there is, and every reason to say more. */
static const struct membar_result results[] = {
	/* SB+po+po: seen, by a control that ran for two seconds. */
	{
		.verdict = MEMBAR_SEEN, .engine = MEMBAR_ENGINE_PERPETUAL,
		.nr_threads = 2, .batch_size = 16384,
		.batches = 100, .iterations = 1000000, .observed = 24, .seen = 12,
		.first_seen = 1250000,
		.nsecs = 2000000000, .max_skew = 345, .overlap = 60,
		.running = 80, .hist = { [0] = 12, [1] = 5, [5] = 7 },
	},
	/* SB+mb+mb: a failure, on shared CPUs. */
	{
		.verdict = MEMBAR_FAIL, .engine = MEMBAR_ENGINE_PERPETUAL,
		.nr_threads = 2, .batch_size = 16384,
		.aims.best = 3 * MEMBAR_NR_STARTS + 1 + MEMBAR_NR_DELAYS + 1,
		.oversubscribed = true, .batches = 4, .idle_batches = 1,
		.iterations = 30, .observed = 30, .seen = 2, .stray = 5,
		.first_seen = 999999,
		.unsound = 3, .stuck = 4, .expected = 15,
		.nsecs = 1000000, .overlap = 1, .running = 3,
		.hist = { [0] = 2, [4] = 28 },
	},
	/* MP+po+po: not seen. */
	{
		.verdict = MEMBAR_NOT_SEEN, .engine = MEMBAR_ENGINE_PERPETUAL,
		.nr_threads = 2, .batch_size = 16384,
		.batches = 1, .iterations = 9, .observed = 9, .nsecs = 999999,
		.hist = { [5] = 9 },
	},
	/* MP+wmb+rmb: blind, as its control has shown nothing. */
	{
		.verdict = MEMBAR_BLIND, .engine = MEMBAR_ENGINE_PERPETUAL,
		.nr_threads = 2, .batch_size = 16384,
		.batches = 1, .iterations = 9,
		.aims.best = 3 * MEMBAR_NR_STARTS + 1 +
			     MEMBAR_SAYS_GO * MEMBAR_NR_DELAYS,
	},
	/* MP+sr+la: blind, for its control has shown too little. */
	{
		.verdict = MEMBAR_BLIND, .engine = MEMBAR_ENGINE_PERPETUAL,
		.nr_threads = 2, .batch_size = 16384,
		.reason = "1 expected, 10 would be enough", .expected = 1,
		.batches = 1, .iterations = 9, .observed = 9,
		.hist = { [5] = 9 },
	},
	/* MP+dma_wmb+dma_rmb: nothing is promised. */
	{
		.verdict = MEMBAR_INFO, .engine = MEMBAR_ENGINE_PERPETUAL,
		.nr_threads = 2, .batch_size = 16384,
		.batches = 1, .iterations = 9, .observed = 1, .seen = 1,
		.hist = { [1] = 1 },
	},
	/* R+po+po: skipped with a reason; R+mb+mb: without one. */
	{
		.verdict = MEMBAR_SKIP, .engine = MEMBAR_ENGINE_ARRAY,
		.nr_threads = 2,
		.reason = "more threads than CPUs",
	},
	{
		.verdict = MEMBAR_SKIP, .engine = MEMBAR_ENGINE_ARRAY,
		.nr_threads = 2,
	},
	/* busted_u32_xchg: broken, as it has to be. */
	{
		.verdict = MEMBAR_SEEN, .engine = MEMBAR_ENGINE_INVARIANT,
		.nr_threads = 3, .batch_size = 4096,
		.batches = 6, .iterations = 60, .observed = 6, .seen = 4, .nsecs = 21000000,
		.together = 55, .extended = true, .hist = { 2, 4 },
	},
	/* u32_xchg: blind for a reason of its own. */
	{
		.verdict = MEMBAR_BLIND, .engine = MEMBAR_ENGINE_INVARIANT,
		.nr_threads = 3, .batch_size = 4096,
		.reason = "its threads never ran together",
		.batches = 6, .idle_batches = 6,
	},
};

static struct report *make_report(struct kunit *test)
{
	struct report *r = kunit_kzalloc(test, sizeof(*r), GFP_KERNEL);
	struct membar_session *s;

	KUNIT_ASSERT_NOT_NULL(test, r);
	s = &r->session;
	KUNIT_ASSERT_EQ(test, membar_request_parse(tests, strlen(tests),
						   &s->request, NULL), 0);
	s->request.duration_ms = 500;
	s->jobs = r->jobs;
	s->results = r->results;
	s->nr_jobs = membar_campaign_make(tests, r->jobs, 16, NULL);
	KUNIT_ASSERT_EQ(test, s->nr_jobs, 10);
	s->current_job = s->nr_jobs;
	s->begun = 1000000000;
	s->writer = 4321;
	s->ended = 6000000000ULL;
	s->request.nr_cpus = 3;
	s->request.cpus[0] = 4;
	s->request.cpus[1] = 5;
	s->request.cpus[2] = 9;
	memcpy(r->results, results, sizeof(results));
	r->m.buf = r->text;
	r->m.size = sizeof(r->text);
	return r;
}

/* A report without the line that names the kernel it ran on. */
static const char *report_of(struct report *r,
			     void (*show)(struct seq_file *m,
					  const struct membar_session *s))
{
	char *kernel, *end;

	r->m.count = 0;
	show(&r->m, &r->session);
	r->text[r->m.count] = '\0';

	kernel = strstr(r->text, "kernel");
	if (!kernel)
		return r->text;
	end = strchr(kernel, '\n');
	memmove(kernel + 6, end, strlen(end) + 1);
	return r->text;
}

/* The first line in which a report differs is what one wants to know. */
static void expect_text(struct kunit *test, const char *have, const char *want)
{
	size_t same = 0, line;

	while (have[same] && have[same] == want[same])
		same++;
	if (!have[same] && !want[same])
		return;
	for (line = same; line && have[line - 1] != '\n'; line--)
		;
	KUNIT_EXPECT_TRUE_MSG(test, false, "is '%.300s', not '%.300s'",
			      have + line, want + line);
}

static const char ktap[] =
	"KTAP version 1\n"
	"# test=SB+mb+mb,MP+wmb+rmb,MP+sr+la,MP+dma_wmb+dma_rmb,R+mb+mb,u32_xchg cpus=4-5,9 duration_ms=500 patience_ms=20000 engine=auto seed=0 outline=0 oversubscribe=0 wait=1\n"
	"# kernel\n"
	"1..10\n"
	"# SB+po+po: contract allowed, verdict seen, seen 12 of 24 outcomes, 500000/s, engine perpetual, batch 16384, CPUs 4-5, overlap 75%, skew 345 ns\n"
	"ok 1 SB+po+po\n"
	"# SB+mb+mb: contract forbidden, verdict FAIL, seen 2 of 30 outcomes, expected 15, 30000/s, engine perpetual, batch 16384, CPUs 4-5, overlap 33%, skew 0 ns, oversubscribed, thread 1 late by 16 turns, variables side by side, each instance begun together\n"
	"not ok 2 SB+mb+mb\n"
	"# MP+po+po: contract allowed, verdict not seen, seen 0 of 9 outcomes, 0/s, engine perpetual, batch 16384, CPUs 4-5, overlap 0%, skew 0 ns\n"
	"ok 3 MP+po+po\n"
	"# MP+wmb+rmb: contract forbidden, verdict blind, seen 0 of 0 outcomes, expected 0, 0/s, engine perpetual, batch 16384, CPUs 4-5, overlap 0%, skew 0 ns, variables side by side, each instance begun together, the one that says go late by 16 turns\n"
	"ok 4 MP+wmb+rmb # SKIP blind: not seen, nor was its control MP+po+po\n"
	"# MP+sr+la: contract forbidden, verdict blind, seen 0 of 9 outcomes, expected 1, 0/s, engine perpetual, batch 16384, CPUs 4-5, overlap 0%, skew 0 ns, 1 expected, 10 would be enough\n"
	"ok 5 MP+sr+la # SKIP blind: 1 expected, 10 would be enough\n"
	"# MP+dma_wmb+dma_rmb: contract unpromised, verdict info, seen 1 of 1 outcomes, expected 0, 0/s, engine perpetual, batch 16384, CPUs 4-5, overlap 0%, skew 0 ns\n"
	"ok 6 MP+dma_wmb+dma_rmb\n"
	"ok 7 R+po+po # SKIP more threads than CPUs\n"
	"ok 8 R+mb+mb # SKIP did not run\n"
	"# busted_u32_xchg: contract allowed, verdict seen, seen 4 of 6 batches, 2857/s, engine invariant, batch 4096, CPUs 4-5,9, overlap 0%, skew 0 ns, went on for 21 ms\n"
	"ok 9 busted_u32_xchg\n"
	"# u32_xchg: contract forbidden, verdict blind, seen 0 of 0 batches, expected 0, 0/s, engine invariant, batch 4096, CPUs 4-5,9, overlap 0%, skew 0 ns, its threads never ran together\n"
	"ok 10 u32_xchg # SKIP blind: its threads never ran together\n"
	"# pass:0 blind:3 FAIL:1 seen:2 not seen:1 info:1 skip:2\n";

void report_ktap(struct kunit *test)
{
	struct report *r = make_report(test);

	expect_text(test, report_of(r, membar_report_ktap), ktap);
}

static const char histogram[] =
	"SB+po+po seen\n"
	"            12 * 0:y=0 1:x=0\n"
	"             5   0:y=1 1:x=0\n"
	"             7   0:y=1 1:x=1\n"
	"SB+mb+mb FAIL\n"
	"             2 * 0:y=0 1:x=0\n"
	"            28   0:y=0 1:x=1\n"
	"MP+po+po not seen\n"
	"             0 * 1:y=1 1:x=0\n"
	"             9   1:y=1 1:x=1\n"
	"MP+wmb+rmb blind\n"
	"             0 * 1:y=1 1:x=0\n"
	"MP+sr+la blind\n"
	"             0 * 1:y=1 1:x=0\n"
	"             9   1:y=1 1:x=1\n"
	"MP+dma_wmb+dma_rmb info\n"
	"             1 * 1:y=1 1:x=0\n"
	"R+po+po skip\n"
	"R+mb+mb skip\n"
	"busted_u32_xchg seen\n"
	"             2   kept\n"
	"             4 * broken\n"
	"u32_xchg blind\n"
	"             0 * broken\n";

void report_histogram(struct kunit *test)
{
	struct report *r = make_report(test);

	expect_text(test, report_of(r, membar_report_histogram), histogram);
}

static const char json[] =
	"{\"kernel\n"
	"\"version\":1,\"request\":\"test=SB+mb+mb,MP+wmb+rmb,MP+sr+la,MP+dma_wmb+dma_rmb,R+mb+mb,u32_xchg cpus=4-5,9 duration_ms=500 patience_ms=20000 engine=auto seed=0 outline=0 oversubscribe=0 wait=1\",\"broken\":\"\",\"refused\":false,\"stopped\":\"\",\"error\":\"\",\"writer\":4321,\n"
	"\"jobs\":10,\n"
	"\"results\":[\n"
	"{\"test\":\"SB+po+po\",\"cells\":[\"-\",\"-\"],\"contract\":\"allowed\",\"stated\":false,\"verdict\":\"seen\",\"reason\":\"\",\"control\":\"\",\"expected\":0,\"cpus\":\"4-5\",\"engine\":\"perpetual\",\"batch\":16384,\"oversubscribed\":false,\"iterations\":1000000,\"per_second\":500000,\"observed\":24,\"seen\":12,\"seen_per_second\":6,\"first_seen_ns\":1250000,\"stray\":0,\"stuck\":0,\"batches\":100,\"idle_batches\":0,\"unsound\":0,\"overlap_percent\":75,\"max_skew_ns\":345,\"together_ns\":0,\"extended\":false,\"nsecs\":2000000000,\"late_thread\":0,\"late_turns\":0,\"go_turns\":0,\"side_by_side\":false,\"paced\":false,\"target\":\"0:y=0 1:x=0\",\"outcomes\":{\"0:y=0 1:x=0\":12,\"0:y=1 1:x=0\":5,\"0:y=1 1:x=1\":7}},\n"
	"{\"test\":\"SB+mb+mb\",\"cells\":[\"smp_mb:full\",\"smp_mb:full\"],\"contract\":\"forbidden\",\"stated\":false,\"verdict\":\"FAIL\",\"reason\":\"\",\"control\":\"SB+po+po\",\"expected\":15,\"cpus\":\"4-5\",\"engine\":\"perpetual\",\"batch\":16384,\"oversubscribed\":true,\"iterations\":30,\"per_second\":30000,\"observed\":30,\"seen\":2,\"seen_per_second\":2000,\"first_seen_ns\":999999,\"stray\":5,\"stuck\":4,\"batches\":4,\"idle_batches\":1,\"unsound\":3,\"overlap_percent\":33,\"max_skew_ns\":0,\"together_ns\":0,\"extended\":false,\"nsecs\":1000000,\"late_thread\":1,\"late_turns\":16,\"go_turns\":0,\"side_by_side\":true,\"paced\":true,\"target\":\"0:y=0 1:x=0\",\"outcomes\":{\"0:y=0 1:x=0\":2,\"0:y=0 1:x=1\":28}},\n"
	"{\"test\":\"MP+po+po\",\"cells\":[\"-\",\"-\"],\"contract\":\"allowed\",\"stated\":false,\"verdict\":\"not seen\",\"reason\":\"\",\"control\":\"\",\"expected\":0,\"cpus\":\"4-5\",\"engine\":\"perpetual\",\"batch\":16384,\"oversubscribed\":false,\"iterations\":9,\"per_second\":0,\"observed\":9,\"seen\":0,\"seen_per_second\":0,\"first_seen_ns\":0,\"stray\":0,\"stuck\":0,\"batches\":1,\"idle_batches\":0,\"unsound\":0,\"overlap_percent\":0,\"max_skew_ns\":0,\"together_ns\":0,\"extended\":false,\"nsecs\":999999,\"late_thread\":0,\"late_turns\":0,\"go_turns\":0,\"side_by_side\":false,\"paced\":false,\"target\":\"1:y=1 1:x=0\",\"outcomes\":{\"1:y=1 1:x=1\":9}},\n"
	"{\"test\":\"MP+wmb+rmb\",\"cells\":[\"smp_mb:write\",\"smp_mb:read\"],\"contract\":\"forbidden\",\"stated\":false,\"verdict\":\"blind\",\"reason\":\"\",\"control\":\"MP+po+po\",\"expected\":0,\"cpus\":\"4-5\",\"engine\":\"perpetual\",\"batch\":16384,\"oversubscribed\":false,\"iterations\":9,\"per_second\":0,\"observed\":0,\"seen\":0,\"seen_per_second\":0,\"first_seen_ns\":0,\"stray\":0,\"stuck\":0,\"batches\":1,\"idle_batches\":0,\"unsound\":0,\"overlap_percent\":0,\"max_skew_ns\":0,\"together_ns\":0,\"extended\":false,\"nsecs\":0,\"late_thread\":0,\"late_turns\":0,\"go_turns\":16,\"side_by_side\":true,\"paced\":true,\"target\":\"1:y=1 1:x=0\",\"outcomes\":{}},\n"
	"{\"test\":\"MP+sr+la\",\"cells\":[\"u32_store:release\",\"u32_load:acquire\"],\"contract\":\"forbidden\",\"stated\":false,\"verdict\":\"blind\",\"reason\":\"1 expected, 10 would be enough\",\"control\":\"MP+po+po\",\"expected\":1,\"cpus\":\"4-5\",\"engine\":\"perpetual\",\"batch\":16384,\"oversubscribed\":false,\"iterations\":9,\"per_second\":0,\"observed\":9,\"seen\":0,\"seen_per_second\":0,\"first_seen_ns\":0,\"stray\":0,\"stuck\":0,\"batches\":1,\"idle_batches\":0,\"unsound\":0,\"overlap_percent\":0,\"max_skew_ns\":0,\"together_ns\":0,\"extended\":false,\"nsecs\":0,\"late_thread\":0,\"late_turns\":0,\"go_turns\":0,\"side_by_side\":false,\"paced\":false,\"target\":\"1:y=1 1:x=0\",\"outcomes\":{\"1:y=1 1:x=1\":9}},\n"
	"{\"test\":\"MP+dma_wmb+dma_rmb\",\"cells\":[\"dma_mb:write\",\"dma_mb:read\"],\"contract\":\"unpromised\",\"stated\":false,\"verdict\":\"info\",\"reason\":\"\",\"control\":\"MP+po+po\",\"expected\":0,\"cpus\":\"4-5\",\"engine\":\"perpetual\",\"batch\":16384,\"oversubscribed\":false,\"iterations\":9,\"per_second\":0,\"observed\":1,\"seen\":1,\"seen_per_second\":0,\"first_seen_ns\":0,\"stray\":0,\"stuck\":0,\"batches\":1,\"idle_batches\":0,\"unsound\":0,\"overlap_percent\":0,\"max_skew_ns\":0,\"together_ns\":0,\"extended\":false,\"nsecs\":0,\"late_thread\":0,\"late_turns\":0,\"go_turns\":0,\"side_by_side\":false,\"paced\":false,\"target\":\"1:y=1 1:x=0\",\"outcomes\":{\"1:y=1 1:x=0\":1}},\n"
	"{\"test\":\"R+po+po\",\"cells\":[\"-\",\"-\"],\"contract\":\"allowed\",\"stated\":false,\"verdict\":\"skip\",\"reason\":\"more threads than CPUs\",\"control\":\"\",\"expected\":0,\"cpus\":\"4-5\",\"engine\":\"array\",\"batch\":0,\"oversubscribed\":false,\"iterations\":0,\"per_second\":0,\"observed\":0,\"seen\":0,\"seen_per_second\":0,\"first_seen_ns\":0,\"stray\":0,\"stuck\":0,\"batches\":0,\"idle_batches\":0,\"unsound\":0,\"overlap_percent\":0,\"max_skew_ns\":0,\"together_ns\":0,\"extended\":false,\"nsecs\":0,\"late_thread\":0,\"late_turns\":0,\"go_turns\":0,\"side_by_side\":false,\"paced\":false,\"target\":\"1:x=0 y=2\",\"outcomes\":{}},\n"
	"{\"test\":\"R+mb+mb\",\"cells\":[\"smp_mb:full\",\"smp_mb:full\"],\"contract\":\"forbidden\",\"stated\":false,\"verdict\":\"skip\",\"reason\":\"\",\"control\":\"R+po+po\",\"expected\":0,\"cpus\":\"4-5\",\"engine\":\"array\",\"batch\":0,\"oversubscribed\":false,\"iterations\":0,\"per_second\":0,\"observed\":0,\"seen\":0,\"seen_per_second\":0,\"first_seen_ns\":0,\"stray\":0,\"stuck\":0,\"batches\":0,\"idle_batches\":0,\"unsound\":0,\"overlap_percent\":0,\"max_skew_ns\":0,\"together_ns\":0,\"extended\":false,\"nsecs\":0,\"late_thread\":0,\"late_turns\":0,\"go_turns\":0,\"side_by_side\":false,\"paced\":false,\"target\":\"1:x=0 y=2\",\"outcomes\":{}},\n"
	"{\"test\":\"busted_u32_xchg\",\"cells\":[\"u32_xchg\"],\"contract\":\"allowed\",\"stated\":false,\"verdict\":\"seen\",\"reason\":\"\",\"control\":\"\",\"expected\":0,\"cpus\":\"4-5,9\",\"engine\":\"invariant\",\"batch\":4096,\"oversubscribed\":false,\"iterations\":60,\"per_second\":2857,\"observed\":6,\"seen\":4,\"seen_per_second\":190,\"first_seen_ns\":0,\"stray\":0,\"stuck\":0,\"batches\":6,\"idle_batches\":0,\"unsound\":0,\"overlap_percent\":0,\"max_skew_ns\":0,\"together_ns\":55,\"extended\":true,\"nsecs\":21000000,\"late_thread\":0,\"late_turns\":0,\"go_turns\":0,\"side_by_side\":false,\"paced\":false,\"target\":\"broken\",\"outcomes\":{\"kept\":2,\"broken\":4}},\n"
	"{\"test\":\"u32_xchg\",\"cells\":[\"u32_xchg\"],\"contract\":\"forbidden\",\"stated\":false,\"verdict\":\"blind\",\"reason\":\"its threads never ran together\",\"control\":\"busted_u32_xchg\",\"expected\":0,\"cpus\":\"4-5,9\",\"engine\":\"invariant\",\"batch\":4096,\"oversubscribed\":false,\"iterations\":0,\"per_second\":0,\"observed\":0,\"seen\":0,\"seen_per_second\":0,\"first_seen_ns\":0,\"stray\":0,\"stuck\":0,\"batches\":6,\"idle_batches\":6,\"unsound\":0,\"overlap_percent\":0,\"max_skew_ns\":0,\"together_ns\":0,\"extended\":false,\"nsecs\":0,\"late_thread\":0,\"late_turns\":0,\"go_turns\":0,\"side_by_side\":false,\"paced\":false,\"target\":\"broken\",\"outcomes\":{}}\n"
	"]}\n";

void report_json(struct kunit *test)
{
	struct report *r = make_report(test);

	expect_text(test, report_of(r, membar_report_json), json);
}

/*
 * What msum7 and mcompare7 read: each outcome with its registers, the star at
 * the one that is asked about, and nothing of what did not run.
 */
static const char log_head[] = "%% membar_stress";
static const char log_begin[] =
	"Test SB+po+po Allowed\n"
	"Histogram (3 states)\n"
	"12      *>0:r0=0; 1:r0=0;\n"
	"5       :>0:r0=1; 1:r0=0;\n"
	"7       :>0:r0=1; 1:r0=1;\n"
	"Ok\n\n"
	"Witnesses\n"
	"Positive: 12, Negative: 12\n"
	"Condition exists (0:r0=0 /\\ 1:r0=0) is validated\n"
	"Hash=";
static const char log_end[] =
	"\nObservation SB+po+po Sometimes 12 12\n"
	"Time SB+po+po 2.00\n"
	"membar: seen, engine perpetual, CPUs 4-5\n\n"
	"Test SB+mb+mb Allowed\n";

static void expect_in(struct kunit *test, const char *have, const char *part)
{
	KUNIT_EXPECT_TRUE_MSG(test, strstr(have, part), "'%s' is not in '%.900s'",
			      part, have);
}

void report_log(struct kunit *test)
{
	struct report *r = make_report(test);
	const char *have, *at;

	r->session.nr_cpus = 3;
	have = report_of(r, membar_report_log);
	KUNIT_EXPECT_TRUE_MSG(test, !strncmp(have, log_head, strlen(log_head)),
			      "%.300s", have);
	expect_in(test, have, "\n%% Linux ");
	expect_in(test, have, "\n%% configuration:");
	expect_in(test, have, "\n%% CPU 4: ");
	expect_in(test, have, "\n%% CPU 5: ");
	expect_in(test, have, "\n%% CPU 9: ");
	expect_in(test, have, "\n%% test=SB+mb+mb,");
	at = strstr(have, log_begin);
	KUNIT_ASSERT_TRUE_MSG(test, at, "%.900s", have);
	/* Sixteen digits of a hash. */
	at += strlen(log_begin) + 16;
	KUNIT_EXPECT_TRUE_MSG(test, !strncmp(at, log_end, strlen(log_end)),
			      "%.300s", at);
	KUNIT_EXPECT_FALSE(test, strstr(have, "u32_xchg\n"));
}

/* Whether a report has the text; where not, the report is shown. */
static void expect_part(struct kunit *test, struct report *r,
			void (*show)(struct seq_file *m,
				     const struct membar_session *s),
			const char *part)
{
	expect_in(test, report_of(r, show), part);
}

/* Orders on both accesses are two cells. */
void report_of_two_cells(struct kunit *test)
{
	struct report *r = make_report(test);

	KUNIT_ASSERT_EQ(test, membar_test_parse("LB+la.sr+po", &r->jobs[2].test,
						NULL), 0);
	expect_part(test, r, membar_report_json,
		    "\"cells\":[\"u32_load:acquire\",\"u32_store:release\",\"-\"],");
}

/* Nothing yet, half of it, and an end from outside. */
void report_of_other_states(struct kunit *test)
{
	struct report *r = make_report(test);
	struct membar_session *s = &r->session;

	s->current_job = 1;
	s->progress.stop = "stopped by request";
	expect_part(test, r, membar_report_ktap,
		    "1..10\n# SB+po+po: contract allowed");
	expect_part(test, r, membar_report_ktap,
		    "ok 1 SB+po+po\n# stopped: stopped by request\nBail out! 1 of 10 tests ran; SB+mb+mb: stopped by request\n# pass:0 blind:0 FAIL:0 seen:1 ");
	expect_part(test, r, membar_report_json,
		    "\"stopped\":\"stopped by request\",\"error\":\"\",\"writer\":4321,\n\"jobs\":10,\n");
	expect_part(test, r, membar_report_json, "}}\n]}\n");
	expect_part(test, r, membar_report_histogram,
		    "# 1 of 10 tests ran: stopped by request\n");
	expect_text(test, report_of(r, membar_report_progress),
		    "state=stopped test=SB+mb+mb job=1 jobs=10 percent=10 iterations=0 eta_ms=0 writer=4321\n");

	/* One that is stopped, and has not ended yet. */
	s->ended = 0;
	expect_part(test, r, membar_report_ktap,
		    "ok 1 SB+po+po\n# stopped: stopped by request\n# pass:0 ");

	memset(s, 0, sizeof(*s));
	membar_refuse(&s->refusal, "no such shape: 'XX'");
	expect_text(test, report_of(r, membar_report_ktap),
		    "KTAP version 1\n# refused: no such shape: 'XX'\n# kernel\n1..0 # SKIP nothing ran\n");
	expect_part(test, r, membar_report_json,
		    "\"version\":1,\"request\":\"\",\"broken\":\"\",\"refused\":true,\"stopped\":\"\",\"error\":\"\",\"writer\":0,\n\"jobs\":0,\n\"results\":[\n]}\n");
	expect_text(test, report_of(r, membar_report_histogram), "");
}

/* A campaign that an error has ended says so everywhere. */
void report_of_an_error(struct kunit *test)
{
	struct report *r = make_report(test);
	struct membar_session *s = &r->session;

	s->current_job = 4;
	s->error = -ENOMEM;
	expect_part(test, r, membar_report_ktap,
		    "MP+po+po\nBail out! 4 of 10 tests ran; MP+sr+la: not enough memory (-12)\n# pass:0 ");
	expect_part(test, r, membar_report_json,
		    "\"stopped\":\"\",\"error\":\"not enough memory (-12)\",");
	expect_part(test, r, membar_report_histogram,
		    "\n# 4 of 10 tests ran: not enough memory (-12)\n");
	expect_text(test, report_of(r, membar_report_progress),
		    "state=failed test=MP+sr+la job=4 jobs=10 percent=40 iterations=0 eta_ms=0 writer=4321\n");

	s->current_job = 0;
	s->error = -EAGAIN;
	expect_part(test, r, membar_report_ktap,
		    "1..10\nBail out! 0 of 10 tests ran; SB+po+po: the kernel gave an error (-"
		    __stringify(EAGAIN) ")\n# pass:0 ");
}

/* Results stay when the next request is refused, and are not taken for its own. */
void report_of_a_refusal_after_results(struct kunit *test)
{
	struct report *r = make_report(test);

	membar_refuse(&r->session.refusal, "no such shape: 'XX'");
	expect_part(test, r, membar_report_ktap,
		    "# refused: no such shape: 'XX'\n# the results below are of the request before it\n# test=SB+mb+mb,");
	expect_part(test, r, membar_report_ktap, "\nok 1 SB+po+po\n");
	expect_part(test, r, membar_report_histogram,
		    "# refused: no such shape: 'XX'; the results below are of the request before it\nSB+po+po seen\n");
	expect_part(test, r, membar_report_json, "\"refused\":true,");
}

void report_progress(struct kunit *test)
{
	struct report *r = make_report(test);
	struct membar_session *s = &r->session;
	static const char going_on[] =
		"state=running test=MP+wmb+rmb job=3 jobs=10 percent=%u iterations=77 eta_ms=%u writer=4321";
	unsigned int percent = 0, eta = 0;
	int read;

	s->progress.iterations = 77;
	expect_text(test, report_of(r, membar_report_progress),
		    "state=done test=- job=10 jobs=10 percent=100 iterations=77 eta_ms=0 writer=4321\n");

	/* However short the tests are, none is going on after the end. */
	s->request.duration_ms = 1;
	expect_text(test, report_of(r, membar_report_progress),
		    "state=done test=- job=10 jobs=10 percent=100 iterations=77 eta_ms=0 writer=4321\n");
	s->request.duration_ms = 500;

	/* Without an end the clock goes on: half of the fourth of ten tests. */
	s->ended = 0;
	s->current_job = 3;
	s->job_begun = ktime_get_ns() - 260000000ULL;
	read = sscanf(report_of(r, membar_report_progress), going_on, &percent,
		      &eta);
	KUNIT_EXPECT_EQ_MSG(test, read, 2, "%s", r->text);
	KUNIT_EXPECT_TRUE(test, percent >= 35 && percent < 40);
	KUNIT_EXPECT_TRUE(test, eta <= 3240 && eta >= 3000);

	/* A test that takes longer than it was given does not count as done. */
	s->job_begun = ktime_get_ns() - 5100000000ULL;
	expect_text(test, report_of(r, membar_report_progress),
		    "state=running test=MP+wmb+rmb job=3 jobs=10 percent=39 iterations=77 eta_ms=3000 writer=4321\n");
	s->current_job = 9;
	expect_text(test, report_of(r, membar_report_progress),
		    "state=running test=u32_xchg job=9 jobs=10 percent=99 iterations=77 eta_ms=0 writer=4321\n");

	memset(s, 0, sizeof(*s));
	expect_text(test, report_of(r, membar_report_progress), "state=idle\n");
}

static void show_tests(struct seq_file *m, const struct membar_session *s)
{
	membar_report_tests(m);
}

static void show_cells(struct seq_file *m, const struct membar_session *s)
{
	membar_report_cells(m);
}

void report_of_what_is_valid(struct kunit *test)
{
	struct report *r = make_report(test);

	report_of(r, show_tests);
	KUNIT_EXPECT_EQ(test, strncmp(r->text, "# shape: ", 9), 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(r->text,
					   "\nSB: Wx Ry | Wy Rx\nMP: Wx Wy | Ry Rx\n"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(r->text,
					   "\nIRIW: Wx | Rx Ry | Wy | Ry Rx\nIRRWIW: Wx | Rx Ry | Wy | Ry Wx\nIRWIW: Wx | Rx Wy | Wy | Ry Wx\nCoRR: Wx | Rx Rx\nCoWW: Wx Wx\n"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(r->text,
					   "\n# invariants\nu32_add\nu32_sub\n"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(r->text,
					   "spsc_ring_order\n# campaigns\nsmoke\nlitmus\natomics\nall\npublic\n"));

	report_of(r, show_cells);
	KUNIT_EXPECT_EQ(test, strncmp(r->text, "# edge: ", 8), 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(r->text, "\npo: - - -\n"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(r->text,
					   "\nacq: smp_mb:acquire read read,write\n"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(r->text,
					   "\ndma_wmb: dma_mb:write write write\n"));
}
