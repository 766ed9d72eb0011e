// SPDX-License-Identifier: GPL-2.0
/*
 * The jobs of a request: which tests a campaign has, and the control of each.
 * Cases of the suite membar_stress.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../selftests/stress/stress.h"
#include "stress_kunit.h"

static struct membar_job *alloc_jobs(struct kunit *test)
{
	struct membar_job *jobs = kunit_kcalloc(test, MEMBAR_MAX_JOBS,
						sizeof(*jobs), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, jobs);
	return jobs;
}

/*
 * Each control comes earlier and is allowed: of an invariant its twin, of a
 * litmus test the same shape without order, or the twin of that.
 */
static void check_control(struct kunit *test, const struct membar_job *jobs,
			  int j)
{
	const struct membar_job *job = &jobs[j], *control;
	struct membar_test bare;

	if (!job->invariant && !job->twin)
		KUNIT_EXPECT_EQ(test, job->contract,
				membar_test_contract(&job->test));
	if (job->contract == MEMBAR_ALLOWED) {
		KUNIT_EXPECT_EQ(test, job->control, MEMBAR_NO_CONTROL);
		return;
	}
	KUNIT_EXPECT_FALSE(test, job->twin);
	KUNIT_ASSERT_NE(test, job->control, MEMBAR_NO_CONTROL);
	KUNIT_ASSERT_LT(test, job->control, j);
	control = &jobs[job->control];
	KUNIT_EXPECT_EQ(test, control->contract, MEMBAR_ALLOWED);
	KUNIT_EXPECT_EQ(test, control->control, MEMBAR_NO_CONTROL);
	KUNIT_EXPECT_EQ(test, control->invariant, job->invariant);
	if (job->invariant) {
		KUNIT_EXPECT_TRUE(test, control->twin);
		return;
	}
	membar_test_control(&job->test, &bare);
	KUNIT_EXPECT_TRUE(test, membar_test_equal(&control->test, &bare));
	KUNIT_EXPECT_EQ(test, control->twin,
			membar_test_contract(&bare) == MEMBAR_FORBIDDEN);
}

static void check_controls(struct kunit *test, const struct membar_job *jobs,
			   int nr)
{
	int j;

	for (j = 0; j < nr; j++)
		check_control(test, jobs, j);
}

void campaign_puts_the_control_first(struct kunit *test)
{
	struct membar_job *jobs = alloc_jobs(test);
	int nr;

	nr = membar_campaign_make("SB+mb+mb,SB+xchg+mb,MP+wmb+po,SB,SB+mbs",
				  jobs, MEMBAR_MAX_JOBS, NULL);
	KUNIT_ASSERT_EQ(test, nr, 4);
	check_controls(test, jobs, nr);
	KUNIT_EXPECT_EQ(test, jobs[0].contract, MEMBAR_ALLOWED);
	KUNIT_EXPECT_EQ(test, jobs[1].control, 0);
	KUNIT_EXPECT_EQ(test, jobs[2].control, 0);
	KUNIT_EXPECT_EQ(test, jobs[3].control, MEMBAR_NO_CONTROL);
	KUNIT_EXPECT_TRUE(test, jobs[0].is_control);
	KUNIT_EXPECT_FALSE(test, jobs[1].is_control);
	KUNIT_EXPECT_FALSE(test, jobs[3].is_control);
}

void campaign_all_and_smoke(struct kunit *test)
{
	struct membar_job *jobs = alloc_jobs(test);
	struct membar_why why = { };
	unsigned int s;
	int nr, j;

	nr = membar_campaign_make("smoke", jobs, MEMBAR_MAX_JOBS, &why);
	KUNIT_ASSERT_GT_MSG(test, nr, 0, "%s", why.text);
	check_controls(test, jobs, nr);

	nr = membar_campaign_make("all", jobs, MEMBAR_MAX_JOBS, &why);
	KUNIT_ASSERT_GT_MSG(test, nr, 0, "%s", why.text);
	check_controls(test, jobs, nr);
	for (s = 0; s < membar_nr_shapes; s++) {
		for (j = 0; j < nr; j++)
			if (jobs[j].test.shape == &membar_shapes[s])
				break;
		KUNIT_EXPECT_LT_MSG(test, j, nr, "%s is not in it",
				    membar_shapes[s].name);
	}
}

static bool same_job(const struct membar_job *a, const struct membar_job *b)
{
	return a->invariant == b->invariant && a->twin == b->twin &&
	       membar_test_equal(&a->test, &b->test);
}

static unsigned int times_in(const struct membar_job *job,
			     const struct membar_job *jobs, int nr)
{
	unsigned int n = 0;
	int j;

	for (j = 0; j < nr; j++)
		n += same_job(job, &jobs[j]);
	return n;
}

/*
 * Run apart, the shares have every test of the whole once.  A control is once in
 * each share that has one of its tests, and one share has it for itself.
 */
static void check_shards(struct kunit *test, const char *name, u32 shards)
{
	struct membar_job *whole = alloc_jobs(test), *share = alloc_jobs(test);
	u8 *seen = kunit_kzalloc(test, MEMBAR_MAX_JOBS, GFP_KERNEL);
	int nr = membar_campaign_make(name, whole, MEMBAR_MAX_JOBS, NULL);
	unsigned int wrong = 0, n;
	int j, left;
	u32 shard;

	KUNIT_ASSERT_NOT_NULL(test, seen);
	KUNIT_ASSERT_GT_MSG(test, nr, 0, "%s", name);
	for (shard = 1; shard <= shards; shard++) {
		memcpy(share, whole, nr * sizeof(*share));
		left = membar_campaign_shard(share, nr, shard, shards);
		check_controls(test, share, left);
		for (j = 0; j < nr; j++) {
			n = times_in(&whole[j], share, left);
			wrong += n > 1;
			if (whole[j].control != MEMBAR_NO_CONTROL)
				seen[j] += n;
			else
				seen[j] |= n;
		}
		/* Whatever is in the share is in the whole. */
		for (j = 0; j < left; j++)
			wrong += times_in(&share[j], whole, nr) != 1;
	}
	for (j = 0; j < nr; j++)
		wrong += seen[j] != 1;
	KUNIT_EXPECT_EQ_MSG(test, wrong, 0, "%s in %u shards", name, shards);
}

void campaign_in_shards(struct kunit *test)
{
	check_shards(test, "all", 1);
	check_shards(test, "all", 2);
	check_shards(test, "all", 7);
	check_shards(test, "litmus", 200);
	check_shards(test, "SB+mbs", 3);
	/* None of them is the control of another one. */
	check_shards(test, "SB,MP,LB", 2);
}

/* Every test of two threads with edges of smp barriers is in it, once. */
void campaign_public(struct kunit *test)
{
	static const char *const names[] = {
		"SB+*+*", "MP+*+*", "LB+*+*", "S+*+*", "R+*+*", "2+2W+*+*",
		"3.LB+datas", "SB+dma_mbs", "spsc_ring",
	};
	struct membar_job *jobs = alloc_jobs(test), *some = alloc_jobs(test);
	struct membar_why why = { };
	unsigned int i, wrong = 0;
	int nr, k, j;

	nr = membar_campaign_make("public", jobs, MEMBAR_MAX_JOBS, &why);
	KUNIT_ASSERT_GT_MSG(test, nr, 0, "%s", why.text);
	check_controls(test, jobs, nr);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		k = membar_campaign_make(names[i], some, MEMBAR_MAX_JOBS, NULL);
		KUNIT_ASSERT_GT_MSG(test, k, 0, "%s", names[i]);
		for (j = 0; j < k; j++)
			wrong += times_in(&some[j], jobs, nr) != 1;
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
	nr = membar_campaign_shard(jobs, nr, 3, 16);
	check_controls(test, jobs, nr);
	/* A sixteenth, and the controls of it. */
	KUNIT_EXPECT_TRUE_MSG(test, nr > 80 && nr < 180, "%d tests", nr);
}

/* Each invariant comes after its twin, which may be asked for by its name. */
void campaign_of_invariants(struct kunit *test)
{
	struct membar_job *jobs = alloc_jobs(test);
	char name[MEMBAR_NAME_LEN];
	int nr;

	nr = membar_campaign_make("u32_fetch_add,busted_u32_fetch_add,spsc_ring,SB+mb+mb",
				  jobs, MEMBAR_MAX_JOBS, NULL);
	KUNIT_ASSERT_EQ(test, nr, 6);
	check_controls(test, jobs, nr);
	KUNIT_EXPECT_EQ(test, jobs[1].control, 0);
	KUNIT_EXPECT_EQ(test, jobs[3].control, 2);
	membar_job_name(&jobs[0], name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, "busted_u32_fetch_add");
	membar_job_name(&jobs[1], name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, "u32_fetch_add");
	membar_job_name(&jobs[5], name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, "SB+mb+mb");

	nr = membar_campaign_make("SB,busted_u32_add,u32_add,u32_add,MP", jobs,
				  MEMBAR_MAX_JOBS, NULL);
	KUNIT_EXPECT_EQ(test, nr, 4);
	KUNIT_EXPECT_TRUE(test, jobs[1].twin);
	KUNIT_EXPECT_EQ(test, jobs[2].control, 1);
	check_controls(test, jobs, nr);

	nr = membar_campaign_make("atomics", jobs, MEMBAR_MAX_JOBS, NULL);
	KUNIT_ASSERT_EQ(test, nr, 2 * (MEMBAR_NR_INVARIANTS - 1));
	check_controls(test, jobs, nr);
}

/* Of coherence: the control is the bare shape with its accesses exchanged. */
void campaign_of_coherence(struct kunit *test)
{
	struct membar_job *jobs = alloc_jobs(test);
	char name[MEMBAR_NAME_LEN];
	int nr;

	nr = membar_campaign_make("CoRR+mb,CoRR,CoWR,busted_CoWR", jobs, 9, NULL);
	KUNIT_ASSERT_EQ(test, nr, 5);
	check_controls(test, jobs, nr);
	membar_job_name(&jobs[0], name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, "busted_CoRR+po");
	KUNIT_EXPECT_EQ(test, jobs[1].control, 0);
	KUNIT_EXPECT_EQ(test, jobs[2].control, 0);
	membar_job_name(&jobs[3], name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, "busted_CoWR+po");
}

/* Those that are about one thread and another have two, others all there are. */
void threads_of_invariants(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_u32_add, 1), 2);
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_u32_add, 2), 2);
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_u32_add, 16), 16);
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_u32_add, 17), 16);
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_bit_lock, 3), 3);
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_seqlock, 9), 2);
	KUNIT_EXPECT_EQ(test, membar_invariant_threads(MEMBAR_INV_spsc_ring_order, 9),
			2);
}

void campaign_refuses_what_is_wrong(struct kunit *test)
{
	struct membar_job *jobs = alloc_jobs(test);
	struct membar_why why = { };

	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB,,MP", jobs, 9, &why),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB,", jobs, 9, &why),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB,XX+po", jobs, 9, &why),
			-EINVAL);
	KUNIT_EXPECT_STREQ(test, why.text, "no such shape: 'XX+po'");
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB+*+*", jobs, 9, &why),
			-EINVAL);
	KUNIT_EXPECT_STREQ(test, why.text, "more than 9 tests");
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB,MP", jobs, 2, &why), 2);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB,busted_u32_add", jobs, 1,
						   &why), -EINVAL);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB,u32_add", jobs, 2, &why),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("busted_SB", jobs, 9, &why),
			-EINVAL);
	KUNIT_EXPECT_STREQ(test, why.text, "no such test: 'busted_SB'");
	KUNIT_EXPECT_EQ(test, membar_campaign_make("busted_", jobs, 9, &why),
			-EINVAL);
	KUNIT_EXPECT_STREQ(test, why.text, "no such shape: ''");
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB+mbs", jobs, 1, &why),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, membar_campaign_make("SB+po+mandatory_rmb+mandatory_rmb+mandatory_rmb+mandatory_rmb+mandatory_rmb",
						   jobs, 9, &why), -EINVAL);
}
