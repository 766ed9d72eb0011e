// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit suite membar_samples: the algorithms of samples/, between two threads.
 *
 * Each comes in three variants.  The right one must never go wrong.  The broken
 * one lacks an ordering that herd7 says it needs; a CPU that orders enough of
 * itself does not show that, so the case reports what was seen and is skipped
 * if that was nothing.  The planted one does things in the wrong program order,
 * which goes wrong on any CPU: if it does not, the test is blind.
 *
 * The fences are the native ones, which are as weak as the contract allows.
 */
#define MEMBAR_NATIVE_ACQ_REL

#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "membar.h"

#include "samples/circular_buffer.h"
#include "samples/dekker.h"
#include "samples/message.h"
#include "samples/peterson.h"
#include "samples/publish.h"
#include "samples/reference.h"
#include "samples/seqcount.h"
#include "samples/sleep_wake.h"

#define SAMPLES_ROUNDS	512
/* How long a case goes on; longer if it has not seen what it wants to see. */
#define SAMPLES_TIME	(HZ / 2)
#define SAMPLES_STUBBORN	(60 * HZ)

enum samples_variant {
	SAMPLES_RIGHT,
	SAMPLES_BROKEN,
	SAMPLES_PLANTED,
};

/* What the parties share in one batch. */
struct samples_run {
	enum samples_variant variant;
	u32 at[2];
	u32 verdict[2];
	u32 inside;
	u32 count;
	struct circular_buffer buffer;
	struct dekker dekker;
	struct peterson peterson;
	struct publication *shelf;
	struct seqcount_pair pair;
	struct message messages[SAMPLES_ROUNDS];
	struct publication publications[SAMPLES_ROUNDS + 1];
	struct sleeper sleepers[SAMPLES_ROUNDS];
	struct {
		atomic_t refs;
		u32 used[2];
	} objects[SAMPLES_ROUNDS];
};

/* All rounds of party @me; returns how much went wrong that it saw. */
typedef u32 (*samples_fn)(struct samples_run *run, int me);

/* Let the other party run, and where there is one CPU, let it have that. */
static void samples_relax(u32 *spins)
{
	if (num_online_cpus() == 1 || !(++*spins % 1024))
		yield();
	else
		cpu_relax();
}

/*
 * Sleep in what goes wrong if the other party is quick.  In a guest whose CPUs
 * have to wait for those of the host it hardly ever is.
 */
static bool samples_slow;

/* Long enough for the other party to look at what is half done. */
static void samples_pause(void)
{
	u32 spins = 0;

	if (READ_ONCE(samples_slow))
		schedule_timeout_uninterruptible(1);
	do {
		samples_relax(&spins);
	} while (num_online_cpus() > 1 && spins < 64);
}

/* Both parties come here before either goes on. */
static void samples_meet(struct samples_run *run, int me)
{
	u32 count = run->at[me] + 1;
	u32 spins = 0;

	/* Pairs with the other party's, below. */
	membar_smp_mb(MEMBAR_FULL);
	WRITE_ONCE(run->at[me], count);
	while ((s32)(READ_ONCE(run->at[!me]) - count) < 0)
		samples_relax(&spins);
	/* Pairs with the other party's, above. */
	membar_smp_mb(MEMBAR_FULL);
}

/*
 * The algorithms
 * ==============
 */

static u32 samples_message(struct samples_run *run, int me)
{
	u32 payload = 0, spins = 0, bad = 0;
	u32 i;

	for (i = 0; i < SAMPLES_ROUNDS; i++) {
		struct message *m = &run->messages[i];

		if (me && run->variant == SAMPLES_BROKEN) {
			while (!message_receive_broken(m, &payload))
				samples_relax(&spins);
			bad += payload != i + 1;
		} else if (me) {
			while (!message_receive(m, &payload))
				samples_relax(&spins);
			bad += payload != i + 1;
		} else if (run->variant == SAMPLES_PLANTED) {
			WRITE_ONCE(m->ready, 1);
			samples_pause();
			WRITE_ONCE(m->payload, i + 1);
		} else {
			message_send(m, i + 1);
		}
	}

	return bad;
}

static bool samples_circular_get_planted(struct circular_buffer *b, u32 *item)
{
	u32 tail = b->tail;

	if (READ_ONCE(b->head) == tail)
		return false;
	WRITE_ONCE(b->tail, tail + 1);
	samples_pause();
	*item = READ_ONCE(b->slot[tail % CIRCULAR_SLOTS]);
	return true;
}

static bool samples_circular_get(struct samples_run *run, u32 *item)
{
	switch (run->variant) {
	case SAMPLES_BROKEN:
		return circular_get_broken(&run->buffer, item);
	case SAMPLES_PLANTED:
		return samples_circular_get_planted(&run->buffer, item);
	default:
		return circular_get(&run->buffer, item);
	}
}

static u32 samples_circular(struct samples_run *run, int me)
{
	u32 item = 0, spins = 0, bad = 0;
	u32 i;

	for (i = 0; i < SAMPLES_ROUNDS; i++) {
		if (me) {
			while (!samples_circular_get(run, &item))
				samples_relax(&spins);
			bad += item != i + 1;
		} else {
			while (!circular_put(&run->buffer, i + 1))
				samples_relax(&spins);
		}
	}

	return bad;
}

static void samples_seqcount_write(struct samples_run *run, u32 word)
{
	struct seqcount_pair *p = &run->pair;

	switch (run->variant) {
	case SAMPLES_BROKEN:
		seqcount_write_broken(p, word, ~word);
		return;
	case SAMPLES_PLANTED:
		WRITE_ONCE(p->x, word);
		samples_pause();
		WRITE_ONCE(p->y, ~word);
		WRITE_ONCE(p->seq, p->seq + 2);
		return;
	default:
		seqcount_write(p, word, ~word);
	}
}

static u32 samples_seqcount(struct samples_run *run, int me)
{
	u32 x = 0, y = 0, spins = 0, bad = 0;
	u32 i;

	if (!me)
		samples_seqcount_write(run, 0);
	samples_meet(run, me);
	if (!me) {
		for (i = 1; i <= SAMPLES_ROUNDS; i++) {
			samples_seqcount_write(run, i);
			samples_pause();
		}
		return 0;
	}

	/* Until the last one was read. */
	while (x != SAMPLES_ROUNDS) {
		if (seqcount_read(&run->pair, &x, &y))
			bad += x != ~y;
		samples_relax(&spins);
	}
	return bad;
}

static u32 samples_publish(struct samples_run *run, int me)
{
	struct publication *last = &run->publications[SAMPLES_ROUNDS];
	struct publication *new;
	u32 spins = 0, bad = 0;

	if (!me)
		publish(&run->shelf, &run->publications[0], 1);
	samples_meet(run, me);
	if (me) {
		while (READ_ONCE(run->shelf) != last) {
			bad += !subscribe(&run->shelf);
			samples_relax(&spins);
		}
		return bad;
	}

	for (new = &run->publications[1]; new <= last; new++) {
		switch (run->variant) {
		case SAMPLES_BROKEN:
			publish_broken(&run->shelf, new, 1);
			break;
		case SAMPLES_PLANTED:
			WRITE_ONCE(run->shelf, new);
			samples_pause();
			WRITE_ONCE(new->text, 1);
			break;
		default:
			publish(&run->shelf, new, 1);
		}
		samples_pause();
	}
	return 0;
}

static bool samples_dekker_trylock(struct samples_run *run, int me)
{
	switch (run->variant) {
	case SAMPLES_BROKEN:
		return dekker_trylock_broken(&run->dekker, me);
	case SAMPLES_PLANTED:
		if (READ_ONCE(run->dekker.want[!me]))
			return false;
		samples_pause();
		WRITE_ONCE(run->dekker.want[me], 1);
		return true;
	default:
		return dekker_trylock(&run->dekker, me);
	}
}

/* Nobody leaves before both have tried: at most one may be in. */
static u32 samples_dekker(struct samples_run *run, int me)
{
	u32 bad = 0;
	u32 i;

	for (i = 0; i < SAMPLES_ROUNDS; i++) {
		/* A look beforehand, so that the look itself is quick. */
		(void)READ_ONCE(run->dekker.want[!me]);
		samples_meet(run, me);
		run->verdict[me] = samples_dekker_trylock(run, me);
		samples_meet(run, me);
		bad += me && run->verdict[0] && run->verdict[1];
		dekker_unlock(&run->dekker, me);
	}

	return bad;
}

static void samples_peterson_lock(struct samples_run *run, int me)
{
	struct peterson *p = &run->peterson;
	u32 spins = 0;

	switch (run->variant) {
	case SAMPLES_BROKEN:
		peterson_ask_broken(p, me);
		break;
	case SAMPLES_PLANTED:
		while (READ_ONCE(p->interested[!me]))
			samples_relax(&spins);
		samples_pause();
		WRITE_ONCE(p->interested[me], 1);
		return;
	default:
		peterson_ask(p, me);
	}
	while (!peterson_may_enter(p, me))
		samples_relax(&spins);
}

static u32 samples_peterson(struct samples_run *run, int me)
{
	u32 bad = 0;
	u32 i;

	for (i = 0; i < SAMPLES_ROUNDS; i++) {
		samples_meet(run, me);
		samples_peterson_lock(run, me);
		bad += READ_ONCE(run->inside);
		WRITE_ONCE(run->inside, 1);
		samples_pause();
		WRITE_ONCE(run->inside, 0);
		peterson_unlock(&run->peterson, me);
	}

	return bad;
}

static bool samples_reference_put(struct samples_run *run, atomic_t *refs)
{
	if (run->variant == SAMPLES_BROKEN)
		return reference_put_broken(refs);
	return reference_put(refs);
}

static u32 samples_reference(struct samples_run *run, int me)
{
	u32 bad = 0;
	u32 i;

	for (i = 0; i < SAMPLES_ROUNDS; i++) {
		atomic_t *refs = &run->objects[i].refs;
		u32 *used = run->objects[i].used;
		bool last;

		samples_meet(run, me);
		if (me && run->variant == SAMPLES_PLANTED) {
			last = samples_reference_put(run, refs);
			samples_pause();
			WRITE_ONCE(used[me], 1);
		} else {
			WRITE_ONCE(used[me], 1);
			last = samples_reference_put(run, refs);
		}
		/* The last one frees: nobody may use the object any more. */
		bad += last && !READ_ONCE(used[!me]);
	}

	return bad;
}

static bool samples_wake(struct samples_run *run, struct sleeper *s)
{
	bool asleep;

	switch (run->variant) {
	case SAMPLES_BROKEN:
		return sleeper_wake_broken(s);
	case SAMPLES_PLANTED:
		asleep = READ_ONCE(s->asleep);
		samples_pause();
		WRITE_ONCE(s->work, 1);
		return asleep;
	default:
		return sleeper_wake(s);
	}
}

/* A wake-up is lost if the one sleeps and the other thinks it does not. */
static u32 samples_sleep_wake(struct samples_run *run, int me)
{
	u32 bad = 0;
	u32 i;

	for (i = 0; i < SAMPLES_ROUNDS; i++) {
		struct sleeper *s = &run->sleepers[i];
		/*
		 * Two turns each: one may always be the first to go on, or, on
		 * one CPU, each of them in turns.
		 */
		bool waker = me ^ (i >> 1 & 1);

		(void)READ_ONCE(s->work);
		samples_meet(run, me);
		run->verdict[waker] = waker ? samples_wake(run, s) :
					      sleeper_may_sleep(s);
		samples_meet(run, me);
		bad += me && run->verdict[0] && !run->verdict[1];
		samples_meet(run, me);
	}

	return bad;
}

struct samples_row {
	const char *name;
	samples_fn fn;
};

/* Named as their litmus tests are, sample-<name> and sample-<name>-broken. */
static const struct samples_row samples_rows[] = {
	{ "message", samples_message },
	{ "circular-buffer", samples_circular },
	{ "seqlock", samples_seqcount },
	{ "rcu-publish", samples_publish },
	{ "dekker", samples_dekker },
	{ "peterson", samples_peterson },
	{ "refcount", samples_reference },
	{ "sleep-wake", samples_sleep_wake },
};

static void samples_describe(const struct samples_row *row, char *desc)
{
	strscpy(desc, row->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(sample, samples_rows, samples_describe);

/*
 * Running them
 * ============
 */

struct samples_party {
	struct samples_run *run;
	samples_fn fn;
	int me;
	u32 bad;
	struct completion done;
};

static int samples_thread(void *data)
{
	struct samples_party *party = data;

	party->bad = party->fn(party->run, party->me);
	kthread_complete_and_exit(&party->done, 0);
}

/* Each party on a CPU of its own, if there are two. */
static struct task_struct *samples_create(struct samples_party *party)
{
	struct task_struct *task;
	unsigned int cpu;

	init_completion(&party->done);
	task = kthread_create(samples_thread, party, "membar_sample/%d",
			      party->me);
	if (IS_ERR(task))
		return task;

	cpu = cpumask_first(cpu_online_mask);
	if (party->me && num_online_cpus() > 1)
		cpu = cpumask_next(cpu, cpu_online_mask);
	kthread_bind(task, cpu);
	return task;
}

/* One batch in fresh memory; returns how much went wrong, or an error. */
static int samples_batch(struct samples_run *run,
			 enum samples_variant variant, samples_fn fn)
{
	struct samples_party parties[2];
	struct task_struct *tasks[2];
	int i;

	memset(run, 0, sizeof(*run));
	run->variant = variant;
	for (i = 0; i < SAMPLES_ROUNDS; i++)
		atomic_set(&run->objects[i].refs, 2);

	for (i = 0; i < 2; i++) {
		parties[i].run = run;
		parties[i].fn = fn;
		parties[i].me = i;
		tasks[i] = samples_create(&parties[i]);
	}
	if (IS_ERR(tasks[0]) || IS_ERR(tasks[1])) {
		/* One that never ran can be stopped without its doing. */
		for (i = 0; i < 2; i++)
			if (!IS_ERR(tasks[i]))
				kthread_stop(tasks[i]);
		return -ENOMEM;
	}

	for (i = 0; i < 2; i++)
		wake_up_process(tasks[i]);
	for (i = 0; i < 2; i++)
		wait_for_completion(&parties[i].done);

	return parties[0].bad + parties[1].bad;
}

/* Batches for some time; sets @rounds, returns how much went wrong. */
static u32 samples_go(struct kunit *test, enum samples_variant variant,
		      u32 *rounds)
{
	const struct samples_row *row = test->param_value;
	unsigned long start = jiffies;
	struct samples_run *run;
	u32 bad = 0;
	int ret;

	run = kunit_kzalloc(test, sizeof(*run), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, run);

	*rounds = 0;
	do {
		ret = samples_batch(run, variant, row->fn);
		KUNIT_ASSERT_GE(test, ret, 0);
		bad += ret;
		*rounds += SAMPLES_ROUNDS;
		WRITE_ONCE(samples_slow,
			   time_after(jiffies, start + SAMPLES_TIME));
	} while (time_before(jiffies, start + SAMPLES_TIME) ||
		 (variant == SAMPLES_PLANTED && !bad &&
		  time_before(jiffies, start + SAMPLES_STUBBORN)));
	WRITE_ONCE(samples_slow, false);

	kunit_info(test, "%u of %u rounds went wrong on %u CPUs\n", bad,
		   *rounds, num_online_cpus());
	return bad;
}

static void samples_right_never_goes_wrong(struct kunit *test)
{
	u32 rounds;

	KUNIT_EXPECT_EQ(test, samples_go(test, SAMPLES_RIGHT, &rounds), 0);
}

static void samples_broken_may_go_wrong(struct kunit *test)
{
	const struct samples_row *row = test->param_value;
	u32 rounds;

	if (!samples_go(test, SAMPLES_BROKEN, &rounds))
		kunit_skip(test, "not seen in %u rounds on %u CPUs, see sample-%s-broken.litmus",
			   rounds, num_online_cpus(), row->name);
}

static void samples_planted_goes_wrong(struct kunit *test)
{
	u32 rounds;

	KUNIT_EXPECT_GT(test, samples_go(test, SAMPLES_PLANTED, &rounds), 0);
}

static struct kunit_case samples_cases[] = {
	KUNIT_CASE_PARAM(samples_right_never_goes_wrong, sample_gen_params),
	KUNIT_CASE_PARAM(samples_broken_may_go_wrong, sample_gen_params),
	KUNIT_CASE_PARAM(samples_planted_goes_wrong, sample_gen_params),
	{}
};

static struct kunit_suite samples_suite = {
	.name = "membar_samples",
	.test_cases = samples_cases,
};

kunit_test_suite(samples_suite);

MODULE_DESCRIPTION("KUnit tests of membar's sample algorithms");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
