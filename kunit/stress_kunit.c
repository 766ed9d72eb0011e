// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit suite membar_stress: the files of the stress harness that decide, but
 * run nothing.
 *
 * The list of its cases is at the end.  This file has the tables of which each row
 * is a case; the other cases stand in a file for each subject.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/string.h>

#include "../selftests/stress/stress.h"
#include "stress_kunit.h"

/*
 * Names
 * =====
 */

struct name_case {
	const char *name;
	const char *full;	/* all edges spelled, or NULL if refused */
	const char *reason;	/* what the refusal says */
};

static const struct name_case name_cases[] = {
	{ "SB", "SB+po+po" },
	{ "SB+pos", "SB+po+po" },
	{ "SB+mbs", "SB+mb+mb" },
	{ "SB+po+mb", "SB+po+mb" },
	{ "MP+wmb+rmb", "MP+wmb+rmb" },
	{ "MP+sr+la", "MP+sr+la" },
	{ "MP+virt_rel+dma_acq", "MP+virt_rel+dma_acq" },
	{ "2+2W", "2+2W+po+po" },
	{ "2+2W+mandatory_wmbs", "2+2W+mandatory_wmb+mandatory_wmb" },
	{ "R+po+fadd", "R+po+fadd" },
	{ "RWC+rmb+mb", "RWC+rmb+mb" },
	{ "W+RWC+wmb+la+mb", "W+RWC+wmb+la+mb" },
	{ "Z6.0+xchg+data+cmpxchg", "Z6.0+xchg+data+cmpxchg" },
	{ "LB+addr+ctrl", "LB+addr+ctrl" },
	{ "IRIW+la+la", "IRIW+la+la" },
	{ "CoWW", "CoWW+po" },
	{ "CoRR+rmb", "CoRR+rmb" },
	{ "LB+la.sr+po", "LB+la.sr+po" },
	{ "MP+sr.srs", NULL, "thread 1 of MP goes R to R and cannot carry 'sr.sr'" },
	{ "MP+sr.po+po.la", "MP+sr.po+po.la" },
	{ "R+sr.sr+sr.la", "R+sr.sr+sr.la" },
	{ "RWC+la.la+mb", "RWC+la.la+mb" },
	/* As the memory model's own tests are called. */
	{ "SB+poonceonces", "SB+po+po" },
	{ "SB+fencembonceonces", "SB+mb+mb" },
	{ "MP+fencewmbonceonce+fencermbonceonce", "MP+wmb+rmb" },
	{ "MP+pooncerelease+poacquireonce", "MP+sr+la" },
	{ "LB+poacquireonce+pooncerelease", "LB+la+sr" },
	{ "LB+poacquirereleases", "LB+la.sr+la.sr" },
	{ "MP+poreleaserelease+poacquireacquire", "MP+sr.sr+la.la" },
	{ "MP+poreleaseonce+poonceacquire", "MP+sr.po+po.la" },
	{ "SB+poreleaseacquire+po", "SB+sr.la+po" },
	{ "WRC+pooncerelease+fencermbonceonce+Once", "WRC+sr+rmb" },
	{ "WRC+Once", "WRC+po+po" },
	{ "IRIW+fencembonceonces+OnceOnce", "IRIW+mb+mb" },
	{ "IRIW+poonceonces+Once", NULL, "no such edge: 'poonceonces'" },
	{ "WRC+po+po+OnceOnce", NULL, "WRC takes 2 edges, not 3" },
	{ "SB+po+Once", NULL, "no such edge: 'Once'" },
	{ "SB+Once", NULL, "SB takes 2 edges, not 1" },
	{ "MP+poonceonce+fencewmbonceonces", NULL, "no such edge: 'fencewmbonceonces'" },
	{ "MP+poreleaseonce+poreleaseonce", NULL, "goes R to R and cannot carry" },
	{ "SB+poonceacquire+poacquireonce", NULL, "cannot carry 'poacquireonce'" },
	{ "", NULL, "no such shape" },
	{ "sb+po+po", NULL, "no such shape: 'sb+po+po'" },
	{ "SBx+po+po", NULL, "no such shape" },
	{ "+po+po", NULL, "no such shape" },
	{ "W", NULL, "no such shape" },
	{ "2", NULL, "no such shape" },
	{ "SB+", NULL, "SB takes 2 edges, not 1" },
	{ "SB+po", NULL, "SB takes 2 edges, not 1" },
	{ "SB+po+po+po", NULL, "SB takes 2 edges, not 3" },
	{ "SB+po+po+", NULL, "SB takes 2 edges, not 3" },
	{ "WRC+po+po+po", NULL, "WRC takes 2 edges, not 3" },
	{ "SB+s", NULL, "SB takes 2 edges" },
	{ "SB++", NULL, "no such edge: ''" },
	{ "SB+po+mbs", NULL, "no such edge: 'mbs'" },
	{ "SB+po+MB", NULL, "no such edge: 'MB'" },
	{ "SB+po+smp_mb", NULL, "no such edge: 'smp_mb'" },
	{ "SB+dma_+po", NULL, "no such edge: 'dma_'" },
	{ "SB+po+*", NULL, "no '*'" },
	{ "MP+la+po", NULL, "goes W to W and cannot carry 'la'" },
	{ "MP+po+sr", NULL, "goes R to R and cannot carry 'sr'" },
	{ "MP+po+data", NULL, "thread 1 of MP" },
	{ "SB+addrs", NULL, "cannot carry" },
};

static void name_case_desc(const struct name_case *c, char *desc)
{
	strscpy(desc, *c->name ? c->name : "(empty)", KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(name, name_cases, name_case_desc);

static void name_is_read_as_meant(struct kunit *test)
{
	const struct name_case *c = test->param_value;
	struct membar_why why = { };
	char full[MEMBAR_NAME_LEN];
	struct membar_test t;
	int err;

	err = membar_test_parse(c->name, &t, &why);
	if (!c->full) {
		KUNIT_EXPECT_EQ(test, err, -EINVAL);
		KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(why.text, c->reason),
					  "said: %s", why.text);
		return;
	}

	KUNIT_ASSERT_EQ_MSG(test, err, 0, "%s", why.text);
	KUNIT_EXPECT_EQ(test, membar_test_name(&t, full, sizeof(full)),
			(int)strlen(c->full));
	KUNIT_EXPECT_STREQ(test, full, c->full);
}

/*
 * Each shape, with the outcome that it asks about, and whether the reads alone
 * decide it.
 */
struct shape_case {
	const char *name;
	const char *target;
	bool perpetual;
};

static const struct shape_case shape_cases[] = {
	{ "SB", "0:y=0 1:x=0", true },
	{ "MP", "1:y=1 1:x=0", true },
	{ "LB", "0:x=1 1:y=1", true },
	{ "S", "1:y=1 x=2", false },
	{ "R", "1:x=0 y=2", false },
	{ "2+2W", "x=2 y=2", false },
	{ "WRC", "1:x=1 2:y=1 2:x=0", true },
	{ "RWC", "1:x=1 1:y=0 2:x=0", true },
	{ "ISA2", "1:y=1 2:z=1 2:x=0", true },
	{ "W+RWC", "1:y=1 1:z=0 2:x=0", true },
	{ "Z6.0", "1:y=1 2:x=0 z=2", false },
	{ "Z6.1", "2:z=1 x=2 y=2", false },
	{ "Z6.2", "1:y=1 2:z=1 x=2", false },
	{ "Z6.3", "2:z=1 2:x=0 y=2", false },
	{ "Z6.4", "1:z=0 2:x=0 y=2", false },
	{ "Z6.5", "2:x=0 y=2 z=2", false },
	{ "WWC", "1:x=2 2:y=1 x=2", false },
	{ "WRW+2W", "1:x=2 x=2 y=2", false },
	{ "WRW+WR", "1:x=1 2:x=0 y=2", false },
	{ "WRR+2W", "1:x=2 1:y=0 x=2", false },
	{ "3.SB", "0:y=0 1:z=0 2:x=0", true },
	{ "3.LB", "0:x=1 1:y=1 2:z=1", true },
	{ "3.2W", "x=2 y=2 z=2", false },
	{ "IRIW", "1:x=1 1:y=0 3:y=1 3:x=0", true },
	{ "IRRWIW", "1:x=2 1:y=0 3:y=1 x=2", false },
	{ "IRWIW", "1:x=2 3:y=2 x=2 y=2", false },
	{ "CoRR", "1:x=1 1:x=0", true },
	{ "CoWW", "x=2", false },
	{ "CoRW1", "0:x=1", true },
	{ "CoWR", "0:x=1 x=2", false },
};

static void shape_case_desc(const struct shape_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(shape, shape_cases, shape_case_desc);

const struct membar_shape *stress_shape_of(struct kunit *test)
{
	const struct shape_case *c = test->param_value;
	struct membar_test t;

	KUNIT_ASSERT_EQ(test, membar_test_parse(c->name, &t, NULL), 0);
	return t.shape;
}

static void plan_asks_for_the_right_outcome(struct kunit *test)
{
	const struct shape_case *c = test->param_value;
	char name[MEMBAR_NAME_LEN];
	struct membar_plan plan;

	membar_plan_make(stress_shape_of(test), &plan);
	membar_outcome_name(&plan, plan.target, name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, c->target);
	KUNIT_EXPECT_EQ(test, plan.walk != MEMBAR_WALK_NONE, c->perpetual);
	KUNIT_EXPECT_EQ(test, (unsigned int)ARRAY_SIZE(shape_cases), membar_nr_shapes);
}

/*
 * Requests
 * ========
 */

struct refused_case {
	const char *text;
	const char *reason;
};

static const struct refused_case refused_cases[] = {
	{ "", "no test is named" },
	{ "\n", "no test is named" },
	{ "   ", "no test is named" },
	{ "duration_ms=5", "no test is named" },
	{ "SB tests=MP", "unknown key 'tests'" },
	{ "SB =1", "unknown key ''" },
	{ "SB Seed=1", "unknown key 'Seed'" },
	{ "SB seed", "" },	/* a bare word is a test: refused later */
	{ "SB test=", "bad value '' for test" },
	{ "test=SB test=MP", "test is given twice" },
	{ "SB seed=1 seed=1", "seed is given twice" },
	{ "SB seed=", "bad value '' for seed" },
	{ "SB seed=-1", "bad value '-1' for seed" },
	{ "SB seed=+1", "bad value '+1' for seed" },
	{ "SB seed=0x10", "bad value '0x10' for seed" },
	{ "SB seed=18446744073709551616", "for seed" },
	{ "SB seed=18446744073709551620", "for seed" },
	{ "SB seed=1=2", "bad value '1=2' for seed" },
	{ "SB seed=1:", "bad value '1:' for seed" },
	{ "SB seed=1/", "bad value '1/' for seed" },
	{ "SB duration_ms=0", "for duration_ms" },
	{ "SB duration_ms=3600001", "for duration_ms" },
	{ "SB duration_ms=10x", "bad value '10x' for duration_ms" },
	{ "SB duration_ms=99999999999999999999", "for duration_ms" },
	{ "SB patience_ms=3600001", "for patience_ms" },
	{ "SB budget_s=0", "for budget_s" },
	{ "SB budget_s=604801", "for budget_s" },
	{ "SB budget_s=9 duration_ms=9", "budget_s and duration_ms are both given" },
	{ "SB duration_ms=9 budget_s=9", "budget_s and duration_ms are both given" },
	{ "campaign=SB", "bad value 'SB' for campaign" },
	{ "campaign=", "bad value '' for campaign" },
	{ "SB shard=1", "bad value '1' for shard" },
	{ "SB shard=0/2", "bad value '0/2' for shard" },
	{ "SB shard=3/2", "bad value '3/2' for shard" },
	{ "SB shard=1/1025", "bad value '1/1025' for shard" },
	{ "SB shard=1/2/3", "bad value '1/2/3' for shard" },
	{ "SB shard=/2", "for shard" },
	{ "SB shard=1/", "for shard" },
	{ "SB patience_ms=", "for patience_ms" },
	{ "SB engine=", "for engine" },
	{ "SB engine=fast", "bad value 'fast' for engine" },
	{ "SB size=15", "for size" },
	{ "SB size=1048577", "for size" },
	{ "SB stride=0", "for stride" },
	{ "SB stride=3", "for stride" },
	{ "SB stride=6", "for stride" },
	{ "SB stride=4097", "for stride" },
	{ "SB stride=4100", "for stride" },
	{ "SB engine=invariant", "for engine" },
	{ "SB outline=2", "for outline" },
	{ "SB outline=01", "for outline" },
	{ "SB oversubscribe=yes", "for oversubscribe" },
	{ "SB wait=", "for wait" },
	{ "SB cpus=", "for cpus" },
	{ "SB cpus=0,", "for cpus" },
	{ "SB cpus=,0", "for cpus" },
	{ "SB cpus=0,0", "CPU 0 is in cpus= twice" },
	{ "SB cpus=0,1,1", "CPU 1 is in cpus= twice" },
	{ "SB cpus=0-3,2", "CPU 2 is in cpus= twice" },
	{ "SB cpus=1-0", "bad value '1-0' for cpus" },
	{ "SB cpus=0-", "bad value '0-' for cpus" },
	{ "SB cpus=-3", "bad value '-3' for cpus" },
	{ "SB cpus=0-3-5", "bad value '0-3-5' for cpus" },
	{ "SB cpus=0-3:", "for cpus" },
	{ "SB cpus=0-3:1", "for cpus" },
	{ "SB cpus=0-3:0/2", "for cpus" },
	{ "SB cpus=0-3:3/2", "for cpus" },
	{ "SB cpus=0-3:1/0", "for cpus" },
	{ "SB cpus=0:1/2", "for cpus" },
	{ "SB cpus=0-4294967296", "for cpus" },
	{ "SB cpus=0;1", "for cpus" },
	{ "SB cpus=4294967296", "for cpus" },
	{ "SB cpus=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16",
	  "more than 16 CPUs in cpus=" },
	{ "SB cpus=0-16", "more than 16 CPUs in cpus=" },
	{ "SB cpus=0-4294967295", "more than 16 CPUs in cpus=" },
	{ "SB engine=array size=16385",
	  "size=16385 is more than the 16384 that engine=array can have" },
	{ "SB\nMP", "more than one line" },
	{ "SB\n\n", "more than one line" },
};

static void refused_case_desc(const struct refused_case *c, char *desc)
{
	size_t i;

	strscpy(desc, c->text[strspn(c->text, " ")] ? c->text : "(blank)",
		KUNIT_PARAM_DESC_SIZE);
	for (i = 0; desc[i]; i++)
		if (desc[i] == '\n')
			desc[i] = '/';
}

KUNIT_ARRAY_PARAM(refused, refused_cases, refused_case_desc);

static void request_refused_with_a_reason(struct kunit *test)
{
	const struct refused_case *c = test->param_value;
	struct membar_request r;
	struct membar_why why = { };
	struct membar_job job;

	if (!*c->reason) {
		KUNIT_ASSERT_EQ(test, stress_parse(c->text, &r, &why), 0);
		KUNIT_EXPECT_EQ(test, membar_campaign_make(r.tests, &job, 1,
							   &why), -EINVAL);
		return;
	}
	KUNIT_EXPECT_EQ(test, stress_parse(c->text, &r, &why), -EINVAL);
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(why.text, c->reason),
				  "said: %s", why.text);
}

/*
 * Contract
 * ========
 *
 * What herd7 says of each name under the kernel's memory model; the checks of
 * selftests/litmus ask it again, and of thousands more.
 */

struct contract_case {
	const char *name;
	enum membar_contract contract;
};

#define ALLOWED(name)		{ name, MEMBAR_ALLOWED }
#define FORBIDDEN(name)		{ name, MEMBAR_FORBIDDEN }
#define UNPROMISED(name)	{ name, MEMBAR_UNPROMISED }

static const struct contract_case contract_cases[] = {
	ALLOWED("SB+po+po"), ALLOWED("SB+mb+po"), ALLOWED("SB+rel+acq"),
	ALLOWED("SB+rmb+wmb"), FORBIDDEN("SB+mb+mb"),
	FORBIDDEN("SB+xchg+fadd"), FORBIDDEN("SB+cmpxchg+mb"),
	FORBIDDEN("SB+virt_mb+mandatory_mb"), UNPROMISED("SB+dma_mb+mb"),
	ALLOWED("SB+dma_mb+po"),
	/* The fence has the access before it, and not the one after. */
	ALLOWED("SB+wmb+mb"), ALLOWED("SB+rel+mb"), ALLOWED("LB+rmb+mb"),
	ALLOWED("MP+mb+rel"), ALLOWED("MP+rmb+mb"),

	ALLOWED("MP+po+po"), ALLOWED("MP+wmb+po"), ALLOWED("MP+po+rmb"),
	ALLOWED("MP+rmb+wmb"), ALLOWED("MP+wmb+ctrl"),
	FORBIDDEN("MP+wmb+rmb"), FORBIDDEN("MP+rel+acq"),
	FORBIDDEN("MP+sr+la"), FORBIDDEN("MP+wmb+addr"),
	FORBIDDEN("MP+mb+la"), UNPROMISED("MP+dma_wmb+dma_rmb"),

	ALLOWED("LB+po+po"), ALLOWED("LB+ctrl+po"), ALLOWED("LB+wmb+rmb"),
	FORBIDDEN("LB+data+ctrl"), FORBIDDEN("LB+addr+acq"),
	FORBIDDEN("LB+rel+sr"), FORBIDDEN("LB+la+mb"),

	ALLOWED("S+wmb+po"), FORBIDDEN("S+wmb+data"), FORBIDDEN("S+sr+la"),
	ALLOWED("R+wmb+mb"), ALLOWED("R+rel+mb"), FORBIDDEN("R+mb+mb"),
	ALLOWED("2+2W+po+po"), FORBIDDEN("2+2W+mb+mb"),

	ALLOWED("WRC+po+acq"), ALLOWED("WRC+data+rmb"),
	ALLOWED("WRC+wmb+rmb"), FORBIDDEN("WRC+rel+acq"),
	FORBIDDEN("WRC+sr+rmb"), FORBIDDEN("WRC+mb+addr"),
	ALLOWED("RWC+rmb+mb"), ALLOWED("RWC+acq+mb"), FORBIDDEN("RWC+mb+mb"),
	ALLOWED("ISA2+wmb+data+la"), FORBIDDEN("ISA2+rel+rel+acq"),
	FORBIDDEN("ISA2+sr+sr+la"), FORBIDDEN("ISA2+mb+data+rmb"),
	ALLOWED("W+RWC+wmb+acq+mb"), FORBIDDEN("W+RWC+sr+mb+mb"),
	ALLOWED("W+RWC+rel+acq+mb"),
	ALLOWED("Z6.0+sr+sr+mb"), FORBIDDEN("Z6.0+mb+mb+mb"),
	FORBIDDEN("Z6.2+rel+rel+rel"), ALLOWED("Z6.2+wmb+po+data"),
	FORBIDDEN("Z6.1+mb+mb+mb"),
	ALLOWED("Z6.3+mb+mb+ctrl"), ALLOWED("Z6.3+mb+rel+rmb"),
	FORBIDDEN("Z6.3+mb+wmb+mb"), FORBIDDEN("Z6.3+mb+mb+addr"),
	ALLOWED("Z6.4+rel+mb+mb"), FORBIDDEN("Z6.4+mb+mb+mb"),
	ALLOWED("Z6.5+mb+rel+mb"), FORBIDDEN("Z6.5+mb+mb+mb"),
	ALLOWED("WWC+data+acq"), ALLOWED("WWC+acq+mb"),
	FORBIDDEN("WWC+sr+data"), FORBIDDEN("WWC+rel+addr"),
	ALLOWED("WRW+2W+rel+mb"), FORBIDDEN("WRW+2W+mb+mb"),
	ALLOWED("WRW+WR+rel+mb"), FORBIDDEN("WRW+WR+mb+xchg"),
	ALLOWED("WRR+2W+acq+mb"), FORBIDDEN("WRR+2W+mb+mb"),
	ALLOWED("3.SB+mb+mb+po"), FORBIDDEN("3.SB+mb+mb+mb"),
	FORBIDDEN("3.LB+data+data+data"), ALLOWED("3.LB+data+data+po"),
	FORBIDDEN("3.2W+mb+mb+mb"),
	ALLOWED("IRIW+rmb+rmb"), ALLOWED("IRIW+acq+acq"),
	ALLOWED("IRIW+mb+rmb"), FORBIDDEN("IRIW+mb+mb"),
	ALLOWED("IRRWIW+mb+rel"), FORBIDDEN("IRRWIW+mb+mb"),
	ALLOWED("IRWIW+rel+rel"), FORBIDDEN("IRWIW+mb+fadd"),

	FORBIDDEN("CoRR+po"), FORBIDDEN("CoWW+po"), FORBIDDEN("CoRW1+po"),
	FORBIDDEN("CoWR+po"),
};

static void contract_case_desc(const struct contract_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(contract, contract_cases, contract_case_desc);

static void contract_as_herd7_says(struct kunit *test)
{
	const struct contract_case *c = test->param_value;
	struct membar_test t;

	KUNIT_ASSERT_EQ(test, membar_test_parse(c->name, &t, NULL), 0);
	KUNIT_EXPECT_EQ(test, membar_test_contract(&t), c->contract);
}

/* The cases that are not simply those above. */
struct judge_case {
	const char *name;
	enum membar_contract contract;
	struct membar_evidence evidence;
	enum membar_verdict verdict;
	const char *reason;
};

static const char alone[] = "its threads never ran together";

static const struct judge_case judge_cases[] = {
	{ "pass", MEMBAR_FORBIDDEN,
	  { .batches = 1, .observed = 1, .control_seen = 1, .expected = 10 },
	  MEMBAR_PASS, "" },
	{ "blind", MEMBAR_FORBIDDEN, { .batches = 1, .observed = 1 },
	  MEMBAR_BLIND, "" },
	{ "too little", MEMBAR_FORBIDDEN,
	  { .batches = 1, .observed = 1, .control_seen = 1000, .expected = 9 },
	  MEMBAR_BLIND, "9 expected, 10 would be enough" },
	{ "far too little", MEMBAR_FORBIDDEN,
	  { .batches = 1, .observed = 1, .control_seen = 1 },
	  MEMBAR_BLIND, "0 expected, 10 would be enough" },
	{ "fail", MEMBAR_FORBIDDEN,
	  { .batches = 1, .observed = 1, .seen = 1, .control_seen = 1 },
	  MEMBAR_FAIL, "" },
	{ "seen", MEMBAR_ALLOWED,
	  { .batches = 1, .observed = 1, .seen = 1 }, MEMBAR_SEEN, "" },
	{ "not seen", MEMBAR_ALLOWED, { .batches = 1, .observed = 1 },
	  MEMBAR_NOT_SEEN, "" },
	{ "info", MEMBAR_UNPROMISED,
	  { .batches = 1, .observed = 1, .seen = 1, .control_seen = 1 },
	  MEMBAR_INFO, "" },
	{ "never ran", MEMBAR_FORBIDDEN,
	  { .control_seen = 1, .expected = 99 }, MEMBAR_SKIP, "" },
	{ "never ran, allowed", MEMBAR_ALLOWED, { }, MEMBAR_SKIP, "" },
	{ "incoherent", MEMBAR_FORBIDDEN,
	  { .batches = 2, .unsound = 1, .observed = 1, .expected = 99 },
	  MEMBAR_FAIL, "incoherent log" },
	{ "incoherent, allowed", MEMBAR_ALLOWED,
	  { .batches = 1, .unsound = 1, .seen = 1 },
	  MEMBAR_FAIL, "incoherent log" },
	{ "not together", MEMBAR_FORBIDDEN,
	  { .batches = 3, .control_seen = 1 }, MEMBAR_BLIND, alone },
	{ "not together, blind", MEMBAR_FORBIDDEN, { .batches = 3 },
	  MEMBAR_BLIND, alone },
	{ "not together, allowed", MEMBAR_ALLOWED, { .batches = 3 },
	  MEMBAR_NOT_SEEN, alone },
	{ "not together, yet seen", MEMBAR_FORBIDDEN,
	  { .batches = 3, .stray = 1, .expected = 99 },
	  MEMBAR_FAIL, "seen in batches that do not count" },
	{ "seen here and there", MEMBAR_FORBIDDEN,
	  { .batches = 3, .observed = 3, .seen = 1, .stray = 1 },
	  MEMBAR_FAIL, "" },
	{ "gave up", MEMBAR_FORBIDDEN,
	  { .batches = 3, .observed = 3, .stray = 1, .stuck = 1 },
	  MEMBAR_FAIL, "a thread gave up waiting for another one" },
};

static void judge_case_desc(const struct judge_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(judge, judge_cases, judge_case_desc);

static void judge_looks_at_all_evidence(struct kunit *test)
{
	const struct judge_case *c = test->param_value;
	char reason[64] = "";

	KUNIT_EXPECT_EQ(test, membar_judge(c->contract, &c->evidence, reason,
					   sizeof(reason)), c->verdict);
	KUNIT_EXPECT_STREQ(test, reason, c->reason);
}

static struct kunit_case stress_cases[] = {
	KUNIT_CASE_PARAM(name_is_read_as_meant, name_gen_params),
	KUNIT_CASE_PARAM(name_of_each_test_is_read_back, shape_gen_params),
	KUNIT_CASE(wildcard_of_a_flavour),
	KUNIT_CASE(wildcard_of_all_edges),
	KUNIT_CASE(request_defaults),
	KUNIT_CASE(request_at_the_limits),
	KUNIT_CASE(request_for_cpus),
	KUNIT_CASE(request_in_any_order),
	KUNIT_CASE(request_can_be_pasted_back),
	KUNIT_CASE(request_for_a_budget),
	KUNIT_CASE(request_picks_an_engine),
	KUNIT_CASE(request_that_cannot_run),
	KUNIT_CASE(request_picks_a_batch),
	KUNIT_CASE(request_picks_a_stride),
	KUNIT_CASE_PARAM(request_refused_with_a_reason, refused_gen_params),
	KUNIT_CASE(request_with_nul_bytes_refused),
	KUNIT_CASE(request_too_long_refused),
	KUNIT_CASE_PARAM(contract_as_herd7_says, contract_gen_params),
	KUNIT_CASE_PARAM(contract_of_each_shape, shape_gen_params),
	KUNIT_CASE_PARAM(contract_is_monotone, shape_gen_params),
	KUNIT_CASE(verdict_of_each_contract),
	KUNIT_CASE_PARAM(judge_looks_at_all_evidence, judge_gen_params),
	KUNIT_CASE(enough_by_kind_of_test),
	KUNIT_CASE(campaign_puts_the_control_first),
	KUNIT_CASE(campaign_all_and_smoke),
	KUNIT_CASE(campaign_in_shards),
	KUNIT_CASE(campaign_public),
	KUNIT_CASE(campaign_of_invariants),
	KUNIT_CASE(campaign_of_coherence),
	KUNIT_CASE(threads_of_invariants),
	KUNIT_CASE(campaign_refuses_what_is_wrong),
	KUNIT_CASE_PARAM(plan_asks_for_the_right_outcome, shape_gen_params),
	KUNIT_CASE_PARAM(count_is_that_of_brute_force, shape_gen_params),
	KUNIT_CASE_PARAM(count_can_be_shared_out, shape_gen_params),
	KUNIT_CASE_PARAM(count_of_a_strong_run_is_zero, shape_gen_params),
	KUNIT_CASE(log_that_falls_is_unsound),
	KUNIT_CASE(log_keeps_what_was_read),
	KUNIT_CASE(names_are_cut_to_their_place),
	KUNIT_CASE(array_of_each_outcome),
	KUNIT_CASE(array_in_shares),
	KUNIT_CASE(array_with_strange_values),
	KUNIT_CASE(array_tags),
	KUNIT_CASE(aim_delays_one_thread_at_most),
	KUNIT_CASE(aim_of_each_layout),
	KUNIT_CASE(aiming_tries_every_aim),
	KUNIT_CASE(aiming_keeps_the_best),
	KUNIT_CASE(aiming_compares_rates),
	KUNIT_CASE(aiming_that_sees_nothing),
	KUNIT_CASE(aiming_finds_paced),
	KUNIT_CASE(aiming_finds_the_first_paced),
	KUNIT_CASE(aiming_that_ends_soon),
	KUNIT_CASE(aiming_of_other_groups),
	KUNIT_CASE(aim_layouts),
	KUNIT_CASE(aiming_forgets),
	KUNIT_CASE(account_of_each_overlap),
	KUNIT_CASE(account_is_that_of_a_search),
	KUNIT_CASE(account_of_what_was_cut_short),
	KUNIT_CASE(result_leaves_out_what_does_not_count),
	KUNIT_CASE(expected_by_the_rate_of_the_control),
	KUNIT_CASE(judge_of_each_job),
	KUNIT_CASE(report_ktap),
	KUNIT_CASE(report_histogram),
	KUNIT_CASE(report_json),
	KUNIT_CASE(report_of_two_cells),
	KUNIT_CASE(report_log),
	KUNIT_CASE(report_progress),
	KUNIT_CASE(report_of_other_states),
	KUNIT_CASE(report_of_an_error),
	KUNIT_CASE(report_of_a_refusal_after_results),
	KUNIT_CASE(report_of_what_is_valid),
	{}
};

static struct kunit_suite stress_suite = {
	.name = "membar_stress",
	.test_cases = stress_cases,
};

kunit_test_suite(stress_suite);

MODULE_DESCRIPTION("KUnit tests of the stress harness's pure parts");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
