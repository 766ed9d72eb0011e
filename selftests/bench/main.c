// SPDX-License-Identifier: GPL-2.0
/*
 * Measures what the barriers cost, once, when the module is loaded.
 *
 * Three questions for each barrier: how long it takes alone, how long after a
 * store to a line that another CPU reads all the time, and how many items a
 * ring between two CPUs passes with it.  And one for each way to reach a function:
 * how long it takes.  All are asked in rounds, every round of all of them, so that
 * what disturbs the machine disturbs them alike; the median and the quartiles go to
 * the log, one line a result.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sort.h>
#include <linux/timex.h>

#include "../stress/compat.h"
#include "bench.h"
#include "call.h"

static unsigned int rounds = 31;
module_param(rounds, uint, 0444);
MODULE_PARM_DESC(rounds, "Rounds of measurements (default 31, at most 999)");

static unsigned int loops = 20000;
module_param(loops, uint, 0444);
MODULE_PARM_DESC(loops, "Operations in a measurement (default 20000, at most 1000000)");

#define MAX_ROUNDS	999
/* A measurement gives its CPU to nobody, so it has to be short. */
#define MAX_LOOPS	1000000

/* Where a barrier is measured. */
enum place {
	ALONE,
	STORED,
	RING,
	CALLED,
	NR_PLACES,
};

static const char * const place_names[NR_PLACES] = {
	[ALONE] = "alone",
	[STORED] = "stored",
	[RING] = "ring",
	[CALLED] = "called",
};

static const struct bench_form * const forms[] = {
	&bench_inline,
	&bench_outline,
	&bench_native,
#ifdef CONFIG_UML_X86
	&(const struct bench_form){ .name = "plain", .calls = plain_calls },
	&(const struct bench_form){ .name = "retpoline", .calls = retpoline_calls },
	&(const struct bench_form){ .name = "thunks", .calls = thunks_calls },
	&(const struct bench_form){ .name = "kcfi", .calls = kcfi_calls },
#endif
};

/**
 * struct series - the rounds of one result
 * @form: how the loop is compiled
 * @place: what is measured
 * @index: of the cell, of the pair or of the call
 * @nr: rounds that count
 * @ps: picoseconds an operation
 * @ticks: thousandths of a tick of the CPU's counter an operation
 */
struct series {
	const struct bench_form *form;
	enum place place;
	unsigned int index;
	unsigned int nr;
	u64 *ps;
	u64 *ticks;
};

/**
 * struct partner - the thread on the other CPU, and what it is to do
 * @task: the kthread
 * @busy: set for it to work, cleared by it when it is done
 * @stop: ends the reading
 * @pair: take the items of this ring; NULL: read the line
 * @seen: values it saw on the line, or the sum of the items
 */
struct partner {
	struct task_struct *task;
	bool busy;
	bool stop;
	const struct bench_pair *pair;
	unsigned long seen;
};

static struct partner partner;
static struct bench_ring ring;
static unsigned long line ____cacheline_aligned;
static unsigned long own_line ____cacheline_aligned;
static struct completion done;
static int result;
/* Whoever loads the module does not wait any longer. */
static bool interrupted;

void bench_wait(unsigned int *turns)
{
	cpu_relax();
	/* A kernel without preemption never gets the CPU back otherwise. */
	if (!(++*turns % 1024))
		cond_resched();
}

/* get_cycles() is 0 on User-Mode Linux, whose CPU is the host's. */
static u64 ticks_now(void)
{
#ifdef CONFIG_UML_X86
	return __builtin_ia32_rdtsc();
#else
	return get_cycles();
#endif
}

static void read_line(void)
{
	unsigned long value, last = 0, seen = 0;
	unsigned int turns = 0;

	while (!READ_ONCE(partner.stop)) {
		value = READ_ONCE(line);
		seen += value != last;
		last = value;
		bench_wait(&turns);
	}
	partner.seen = seen;
}

static int partner_thread(void *unused)
{
	unsigned int turns = 0;

	while (!kthread_should_stop()) {
		/* Pairs with the release in partner_start(). */
		if (!smp_load_acquire(&partner.busy)) {
			bench_wait(&turns);
			continue;
		}
		if (partner.pair)
			partner.seen = partner.pair->consume(&ring, loops);
		else
			read_line();
		/* Pairs with the acquire in partner_finish(): seen is there. */
		smp_store_release(&partner.busy, false);
	}
	return 0;
}

static void partner_start(const struct bench_pair *pair)
{
	partner.pair = pair;
	partner.stop = false;
	/* Pairs with the acquire in partner_thread(): it sees its orders. */
	smp_store_release(&partner.busy, true);
}

static unsigned long partner_finish(void)
{
	unsigned int turns = 0;

	WRITE_ONCE(partner.stop, true);
	/* Pairs with the release in partner_thread(). */
	while (smp_load_acquire(&partner.busy))
		bench_wait(&turns);
	return partner.seen;
}

/* One round of one result.  It counts only if the partner took part. */
static int measure(struct series *s)
{
	const struct bench_form *form = s->form;
	const struct bench_pair *pair = s->place == RING ?
					&form->pairs[s->index] : NULL;
	unsigned long n = loops, seen = 0;
	/* As the sum of the items is, modulo the size of a long. */
	const unsigned long sum = (u64)n * (n - 1) / 2;
	u64 ns, ticks;

	if (s->place == RING) {
		ring.head = 0;
		ring.tail = 0;
		partner_start(pair);
	} else if (s->place == STORED) {
		partner_start(NULL);
	}

	ns = ktime_get_ns();
	ticks = ticks_now();
	switch (s->place) {
	case ALONE:
		form->cells[s->index].alone(&own_line, n);
		break;
	case STORED:
		form->cells[s->index].stored(&line, n);
		break;
	case CALLED:
		form->calls[s->index].run(n);
		break;
	default:
		pair->produce(&ring, n);
	}
	if (s->place == RING)
		seen = partner_finish();
	ticks = ticks_now() - ticks;
	ns = ktime_get_ns() - ns;
	if (s->place == STORED)
		seen = partner_finish();

	if (s->place == RING && seen != sum) {
		pr_err("%s: the ring lost items\n", pair->name);
		return -EIO;
	}
	/*
	 * Somebody has to look all the time, or the line stays at home: the
	 * round counts if a new value was seen in every microsecond or so.
	 */
	if (s->place == STORED && (seen < 4 || seen * NSEC_PER_USEC < ns))
		return 0;
	s->ps[s->nr] = div64_u64(ns * 1000, n);
	s->ticks[s->nr++] = div64_u64(ticks * 1000, n);
	return 0;
}

static int compare(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

static const char *series_name(const struct series *s)
{
	switch (s->place) {
	case RING:
		return s->form->pairs[s->index].name;
	case CALLED:
		return s->form->calls[s->index].name;
	default:
		return s->form->cells[s->index].name;
	}
}

static void print_series(struct series *s)
{
	const char *name = series_name(s);

	if (!s->nr) {
		pr_info("form=%s place=%s cell=%s rounds=0\n", s->form->name,
			place_names[s->place], name);
		return;
	}
	sort(s->ps, s->nr, sizeof(*s->ps), compare, NULL);
	sort(s->ticks, s->nr, sizeof(*s->ticks), compare, NULL);
	pr_info("form=%s place=%s cell=%s rounds=%u ps=%llu ps25=%llu ps75=%llu ticks=%llu ticks25=%llu ticks75=%llu\n",
		s->form->name, place_names[s->place], name, s->nr,
		s->ps[s->nr / 2], s->ps[s->nr / 4], s->ps[s->nr * 3 / 4],
		s->ticks[s->nr / 2], s->ticks[s->nr / 4],
		s->ticks[s->nr * 3 / 4]);
}

/* How many results a form has at a place. */
static unsigned int nr_at(const struct bench_form *form, enum place place)
{
	switch (place) {
	case RING:
		return form->nr_pairs;
	case CALLED:
		return form->calls ? BENCH_NR_CALLS : 0;
	default:
		return form->nr_cells;
	}
}

/* All results there are to be; returns how many. */
static unsigned int fill_series(struct series *series)
{
	unsigned int nr = 0, f, p, i;

	for (f = 0; f < ARRAY_SIZE(forms); f++)
		for (p = 0; p < NR_PLACES; p++) {
			for (i = 0; i < nr_at(forms[f], p); i++, nr++) {
				if (!series)
					continue;
				series[nr].form = forms[f];
				series[nr].place = p;
				series[nr].index = i;
			}
		}
	return nr;
}

static int run(void)
{
	unsigned int nr = fill_series(NULL), i, round;
	struct series *series;
	u64 *values;
	int ret = 0;

	series = kvcalloc(nr, sizeof(*series), GFP_KERNEL);
	values = kvcalloc(nr, 2 * rounds * sizeof(*values), GFP_KERNEL);
	if (!series || !values) {
		ret = -ENOMEM;
		goto out;
	}
	fill_series(series);
	for (i = 0; i < nr; i++) {
		series[i].ps = values + 2 * i * rounds;
		series[i].ticks = series[i].ps + rounds;
	}

	for (round = 0; round < rounds && !ret; round++)
		for (i = 0; i < nr && !ret; i++) {
			ret = READ_ONCE(interrupted) ? -EINTR :
						       measure(&series[i]);
			cond_resched();
		}
	for (i = 0; i < nr && !ret; i++)
		print_series(&series[i]);
out:
	kvfree(values);
	kvfree(series);
	return ret;
}

static int main_thread(void *unused)
{
	result = run();
	complete(&done);
	/* Stay until we are reaped: the module's code must not go before. */
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

/* Both threads, on two CPUs; the caller has cpus_read_lock(). */
static int start(struct task_struct **main_task)
{
	struct task_struct *task;
	unsigned int first, second;

	first = cpumask_first(cpu_online_mask);
	second = cpumask_next(first, cpu_online_mask);
	if (second >= nr_cpu_ids) {
		pr_err("two CPUs are needed\n");
		return -ENODEV;
	}

	init_completion(&done);
	partner.task = kthread_create(partner_thread, NULL, "membar_partner");
	if (IS_ERR(partner.task))
		return PTR_ERR(partner.task);
	task = kthread_create(main_thread, NULL, "membar_bench");
	if (IS_ERR(task)) {
		kthread_stop(partner.task);
		return PTR_ERR(task);
	}
	kthread_bind(partner.task, second);
	kthread_bind(task, first);
	wake_up_process(partner.task);
	wake_up_process(task);
	*main_task = task;
	return 0;
}

static int __init bench_init(void)
{
	struct task_struct *task;
	int ret;

	if (!rounds || rounds > MAX_ROUNDS) {
		pr_err("rounds=%u is not 1 to %u\n", rounds, MAX_ROUNDS);
		return -EINVAL;
	}
	if (!loops || loops > MAX_LOOPS) {
		pr_err("loops=%u is not 1 to %u\n", loops, MAX_LOOPS);
		return -EINVAL;
	}
	/* Both threads are bound before one of the CPUs can go. */
	cpus_read_lock();
	ret = start(&task);
	cpus_read_unlock();
	if (ret)
		return ret;

	if (wait_for_completion_interruptible(&done)) {
		WRITE_ONCE(interrupted, true);
		/* One more measurement at most. */
		wait_for_completion_state(&done, TASK_IDLE);
	}
	kthread_stop(task);
	kthread_stop(partner.task);
	return result;
}

/* Nothing is left behind to clean up. */
static void __exit bench_exit(void)
{
}

module_init(bench_init);
module_exit(bench_exit);

MODULE_DESCRIPTION("Measure the cost of memory barriers");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
