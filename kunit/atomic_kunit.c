// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit suite membar_atomic: each atomic operation on each type with each
 * ordering, in line and out of line, against a model of what it does to a
 * value; and the same operations from several threads at once, where the sum,
 * the tokens or the bits must come out exactly.
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/ctype.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "atomic_check.h"

static void row_describe(const struct atomic_kunit_row *row, char *desc)
{
	strscpy(desc, row->name, KUNIT_PARAM_DESC_SIZE);
}

static void bitop_describe(const struct atomic_kunit_bitop *bitop, char *desc)
{
	strscpy(desc, bitop->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(inline, atomic_kunit_inline, row_describe);
KUNIT_ARRAY_PARAM(outline, atomic_kunit_outline, row_describe);
KUNIT_ARRAY_PARAM(inline_bitops, atomic_kunit_inline_bitops, bitop_describe);
KUNIT_ARRAY_PARAM(outline_bitops, atomic_kunit_outline_bitops, bitop_describe);

/*
 * One thread
 * ==========
 */

static bool fail_if_wrong(const struct atomic_kunit_try *t, bool agrees,
			  void *context)
{
	struct kunit *test = context;
	char text[200];

	if (!agrees)
		KUNIT_FAIL(test, "%s",
			   atomic_kunit_describe(t, text, sizeof(text)));
	return agrees;
}

static void check_row(struct kunit *test)
{
	atomic_kunit_try_all(test->param_value, false, fail_if_wrong, test);
}

static void inline_does_as_the_model(struct kunit *test)
{
	check_row(test);
}

static void outline_does_as_the_model(struct kunit *test)
{
	check_row(test);
}

static void inline_bitop_does_as_the_model(struct kunit *test)
{
	check_bitop(test, test->param_value);
}

static void outline_bitop_does_as_the_model(struct kunit *test)
{
	check_bitop(test, test->param_value);
}

/* The model is of no use if it agrees with everything. */
static u64 run_nothing(void *p, u64 a, u64 b, u64 *more, unsigned int *ticks)
{
	*ticks = 0x11;
	return *(u32 *)p;
}

static u64 run_overrun(void *p, u64 a, u64 b, u64 *more, unsigned int *ticks)
{
	*ticks = 0x11;
	memset(p, 0, 2 * sizeof(u32));
	return 0;
}

static u64 run_twice(void *p, u64 a, u64 b, u64 *more, unsigned int *ticks)
{
	u32 *word = p, old = *word;

	*ticks = 0x12;
	*word += a;
	return old;
}

static void control_the_model_disagrees(struct kunit *test)
{
	const struct atomic_kunit_row right = {
		.name = "right", .op = ATOMIC_KUNIT_OP_fetch_add,
		.class = UNSIGNED, .bytes = 4, .once = 0x11,
	};
	typeof(right.run) const wrong[] = {
		run_nothing, run_overrun, run_twice,
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct atomic_kunit_row row = right;
		struct atomic_kunit_try t = { .row = &row, .old = 5, .a = 3 };

		row.run = wrong[i];
		KUNIT_EXPECT_FALSE_MSG(test, atomic_kunit_agrees(&t),
				       "wrong operation %d passes", i);
	}
}

/*
 * Several threads
 * ===============
 */

#define HAMMER_THREADS	4
#define HAMMER_OPS	256

/**
 * struct hammer - one word under several threads
 * @word: what they all work on
 * @row: the operation
 * @bitop: the bit operation, in its stead
 * @step: what a thread does HAMMER_OPS times
 * @a: first operand, where all threads have the same
 * @b: second operand
 * @arrived: threads at the start line
 * @readers: threads that still read
 * @plain: counts under a lock made of one bit
 */
struct hammer {
	u64 word __aligned(16);
	const struct atomic_kunit_row *row;
	const struct atomic_kunit_bitop *bitop;
	bool (*step)(struct hammer *h, unsigned int thread, unsigned int n,
		     u64 *sum);
	u64 a, b;
	u32 arrived;
	u32 readers;
	unsigned int plain;
};

/**
 * struct hammer_thread - one of them
 * @hammer: what it works on
 * @done: it has returned
 * @index: its number
 * @sum: of what its steps return
 * @failed: a step that found something wrong, or -1
 */
struct hammer_thread {
	struct hammer *hammer;
	struct completion done;
	unsigned int index;
	u64 sum;
	int failed;
};

static int hammer_thread(void *data)
{
	struct hammer_thread *t = data;
	struct hammer *h = t->hammer;
	unsigned int n;

	membar_inc(&h->arrived, MEMBAR_RELAXED);
	while (membar_load(&h->arrived, MEMBAR_RELAXED) < HAMMER_THREADS)
		cond_resched();

	for (n = 0; n < HAMMER_OPS && t->failed < 0; n++) {
		if (!h->step(h, t->index, n, &t->sum))
			t->failed = n;
		if (n % 16 == 15)
			cond_resched();
	}

	kthread_complete_and_exit(&t->done, 0);
}

/* Returns whether no thread found anything wrong; sets *@sum of all threads. */
static bool hammer_run(struct kunit *test, struct hammer *h, u64 *sum)
{
	struct task_struct *task[HAMMER_THREADS];
	struct hammer_thread thread[HAMMER_THREADS];
	bool fine = true;
	int i, cpu = cpumask_first(cpu_online_mask);

	for (i = 0; i < HAMMER_THREADS; i++) {
		thread[i] = (struct hammer_thread) {
			.hammer = h, .index = i, .failed = -1,
		};
		init_completion(&thread[i].done);
		task[i] = kthread_create(hammer_thread, &thread[i],
					 "membar_hammer/%d", i);
		if (IS_ERR(task[i]))
			break;
	}
	if (i < HAMMER_THREADS) {
		/* They have not run yet, and will not. */
		while (i--)
			kthread_stop(task[i]);
		KUNIT_FAIL(test, "no thread");
		return false;
	}

	for (i = 0; i < HAMMER_THREADS; i++) {
		kthread_bind(task[i], cpu);
		cpu = cpumask_next(cpu, cpu_online_mask);
		if (cpu >= nr_cpu_ids)
			cpu = cpumask_first(cpu_online_mask);
		wake_up_process(task[i]);
	}

	*sum = 0;
	for (i = 0; i < HAMMER_THREADS; i++) {
		wait_for_completion(&thread[i].done);
		*sum += thread[i].sum;
		fine &= thread[i].failed < 0;
	}
	return fine;
}

static u64 row_run(const struct hammer *h, u64 a, u64 b, u64 *more)
{
	unsigned int ticks = 0;

	return h->row->run((void *)&h->word, a, b, more, &ticks);
}

static u64 word_of(const struct hammer *h)
{
	u64 value = 0;
	u8 v8;
	u16 v16;
	u32 v32;

	switch (h->row->bytes) {
	case 1:
		memcpy(&v8, &h->word, sizeof(v8));
		value = v8;
		break;
	case 2:
		memcpy(&v16, &h->word, sizeof(v16));
		value = v16;
		break;
	case 4:
		memcpy(&v32, &h->word, sizeof(v32));
		value = v32;
		break;
	default:
		value = h->word;
		break;
	}
	return in_type(h->row, value);
}

static void set_word(struct hammer *h, u64 x)
{
	union guarded g = { };

	put(&g, h->row, 0, x);
	h->word = g.word[1];
}

/* Enough of a return value to tell two multisets apart by the sum. */
static u64 digest(u64 x)
{
	return (x + 1) * (x + 1) * 0x9e3779b97f4a7c15ULL + x;
}

/* Everybody does the same: whose turn it is does not matter to the word. */
static bool step_same(struct hammer *h, unsigned int thread, unsigned int n,
		      u64 *sum)
{
	u64 more = 0;

	*sum += digest(row_run(h, h->a, h->b, &more));
	return true;
}

static bool hammer_same(struct kunit *test, struct hammer *h, u64 start)
{
	u64 value = in_type(h->row, start), want = 0, sum;
	struct outcome o;
	int i;

	set_word(h, start);
	h->a = in_type(h->row, h->a);
	h->b = in_type(h->row, h->b);
	for (i = 0; i < HAMMER_THREADS * HAMMER_OPS; i++) {
		o = model(h->row, value, h->a, h->b);
		value = o.value;
		want += digest(o.ret);
	}

	h->step = step_same;
	return hammer_run(test, h, &sum) && sum == want && word_of(h) == value;
}

/* The word and what the threads hold are always the same tokens. */
static bool step_token(struct hammer *h, unsigned int thread, unsigned int n,
		       u64 *sum)
{
	u64 more;

	if (!n)
		*sum = thread + 1;
	*sum = row_run(h, *sum, 0, &more);
	return *sum <= HAMMER_THREADS;
}

static bool hammer_token(struct kunit *test, struct hammer *h)
{
	u64 sum;

	set_word(h, 0);
	h->step = step_token;
	return hammer_run(test, h, &sum) &&
	       sum + word_of(h) == HAMMER_THREADS * (HAMMER_THREADS + 1) / 2;
}

/* Each increments until it has, once a step. */
static bool step_swap(struct hammer *h, unsigned int thread, unsigned int n,
		      u64 *sum)
{
	bool is_try = h->row->op == ATOMIC_KUNIT_OP_try_cmpxchg;
	u64 old = 0, found, more = 0;
	bool ok;

	do {
		found = row_run(h, old, in_type(h->row, old + 1), &more);
		ok = is_try ? found : more;
		if (!ok)
			old = is_try ? more : found;
	} while (!ok);
	*sum += digest(old);
	return true;
}

static bool hammer_swap(struct kunit *test, struct hammer *h)
{
	u64 want = 0, sum;
	int i;

	set_word(h, 0);
	for (i = 0; i < HAMMER_THREADS * HAMMER_OPS; i++)
		want += digest(in_type(h->row, i));
	h->step = step_swap;
	return hammer_run(test, h, &sum) && sum == want &&
	       word_of(h) == in_type(h->row, HAMMER_THREADS * HAMMER_OPS);
}

/*
 * Each has a bit that nobody else changes, in a word that everybody does.
 * Three operations take one away in turn: this one if it can, others if not.
 */
static void own_bit(struct hammer *h, u64 mask, bool set)
{
	switch (h->row->bytes) {
#ifndef MEMBAR_NO_NARROW_CMPXCHG
	case 1:
		if (set)
			membar_or((u8 *)&h->word, mask, MEMBAR_RELAXED);
		else
			membar_andnot((u8 *)&h->word, mask, MEMBAR_RELAXED);
		break;
	case 2:
		if (set)
			membar_or((u16 *)&h->word, mask, MEMBAR_RELAXED);
		else
			membar_andnot((u16 *)&h->word, mask, MEMBAR_RELAXED);
		break;
#endif
	case 4:
		if (set)
			membar_or((u32 *)&h->word, mask, MEMBAR_RELAXED);
		else
			membar_andnot((u32 *)&h->word, mask, MEMBAR_RELAXED);
		break;
	default:
		if (set)
			membar_or(&h->word, mask, MEMBAR_RELAXED);
		else
			membar_andnot(&h->word, mask, MEMBAR_RELAXED);
		break;
	}
}

static u64 load_word(struct hammer *h)
{
	switch (h->row->bytes) {
	case 1:
		return membar_load((u8 *)&h->word, MEMBAR_RELAXED);
	case 2:
		return membar_load((u16 *)&h->word, MEMBAR_RELAXED);
	case 4:
		return membar_load((u32 *)&h->word, MEMBAR_RELAXED);
	default:
		return membar_load(&h->word, MEMBAR_RELAXED);
	}
}

static void store_word(struct hammer *h, u64 x)
{
	switch (h->row->bytes) {
	case 1:
		membar_store((u8 *)&h->word, x, MEMBAR_RELAXED);
		break;
	case 2:
		membar_store((u16 *)&h->word, x, MEMBAR_RELAXED);
		break;
	case 4:
		membar_store((u32 *)&h->word, x, MEMBAR_RELAXED);
		break;
	default:
		membar_store(&h->word, x, MEMBAR_RELAXED);
		break;
	}
}

static bool step_own_bit(struct hammer *h, unsigned int thread, unsigned int n,
			 u64 *sum)
{
	/* The bits are spread over the word. */
	u64 mask = 1ULL << (thread * 2 * h->row->bytes);
	bool sets = false, fetches = false;
	u64 operand = mask, more, ret;

	switch (h->row->op) {
	case ATOMIC_KUNIT_OP_fetch_or:
		fetches = true;
		fallthrough;
	case ATOMIC_KUNIT_OP_or:
		sets = true;
		break;
	case ATOMIC_KUNIT_OP_fetch_xor:
		fetches = true;
		fallthrough;
	case ATOMIC_KUNIT_OP_xor:
		sets = n & 1;
		break;
	case ATOMIC_KUNIT_OP_fetch_and:
		fetches = true;
		fallthrough;
	case ATOMIC_KUNIT_OP_and:
		operand = in_type(h->row, ~mask);
		break;
	case ATOMIC_KUNIT_OP_fetch_andnot:
		fetches = true;
		break;
	default:
		break;
	}

	own_bit(h, mask, !sets);
	ret = row_run(h, operand, 0, &more);
	if (fetches && !!(ret & mask) != !sets)
		return false;
	return !!(load_word(h) & mask) == sets;
}

static bool hammer_own_bit(struct kunit *test, struct hammer *h)
{
	u64 sum;

	set_word(h, 0);
	h->step = step_own_bit;
	return hammer_run(test, h, &sum);
}

/*
 * Half of the threads read, and half write all ones and all zeroes for as long
 * as anybody reads.
 */
static void write_whole(struct hammer *h)
{
	u64 ones = in_type(h->row, U64_MAX), x = 0, more;
	unsigned int n = 0;

	while (membar_load(&h->readers, MEMBAR_RELAXED) > 0) {
		x = x ? 0 : ones;
		if (h->row->op == ATOMIC_KUNIT_OP_load)
			store_word(h, x);
		else
			row_run(h, x, 0, &more);
		/* Odd, or all that others find on one CPU is the same value. */
		if (++n % 63 == 0)
			cond_resched();
	}
}

static bool step_whole(struct hammer *h, unsigned int thread, unsigned int n,
		       u64 *sum)
{
	u64 ones = in_type(h->row, U64_MAX), x, more;
	bool whole;

	if (thread & 1) {
		write_whole(h);
		return true;
	}

	if (h->row->op == ATOMIC_KUNIT_OP_load)
		x = row_run(h, 0, 0, &more);
	else
		x = load_word(h);
	whole = x == 0 || x == ones;
	if (!whole || n == HAMMER_OPS - 1)
		membar_dec(&h->readers, MEMBAR_RELAXED);
	return whole;
}

static bool hammer_whole(struct kunit *test, struct hammer *h)
{
	u64 sum;

	set_word(h, 0);
	h->readers = HAMMER_THREADS / 2;
	h->step = step_whole;
	return hammer_run(test, h, &sum);
}

static bool hammer_row(struct kunit *test, struct hammer *h)
{
	h->arrived = 0;
	h->a = 3;
	h->b = 100;

	switch (h->row->op) {
	case ATOMIC_KUNIT_OP_load:
	case ATOMIC_KUNIT_OP_store:
		return hammer_whole(test, h);
	case ATOMIC_KUNIT_OP_xchg:
		return hammer_token(test, h);
	case ATOMIC_KUNIT_OP_cmpxchg:
	case ATOMIC_KUNIT_OP_try_cmpxchg:
		return hammer_swap(test, h);
	case ATOMIC_KUNIT_OP_and:
	case ATOMIC_KUNIT_OP_or:
	case ATOMIC_KUNIT_OP_xor:
	case ATOMIC_KUNIT_OP_andnot:
	case ATOMIC_KUNIT_OP_fetch_and:
	case ATOMIC_KUNIT_OP_fetch_or:
	case ATOMIC_KUNIT_OP_fetch_xor:
	case ATOMIC_KUNIT_OP_fetch_andnot:
		return hammer_own_bit(test, h);
	case ATOMIC_KUNIT_OP_sub_and_test:
	case ATOMIC_KUNIT_OP_dec_and_test:
	case ATOMIC_KUNIT_OP_inc_and_test:
	case ATOMIC_KUNIT_OP_dec_if_positive:
		/* Passes zero, or stops there, on the way. */
		h->a = 1;
		return hammer_same(test, h, h->row->op ==
				   ATOMIC_KUNIT_OP_inc_and_test ? -100 : 100);
	case ATOMIC_KUNIT_OP_add_negative:
		h->a = -1;
		return hammer_same(test, h, 100);
	case ATOMIC_KUNIT_OP_dec_unless_positive:
	case ATOMIC_KUNIT_OP_inc_unless_negative:
		return hammer_same(test, h, 0);
	default:
		return hammer_same(test, h, 1);
	}
}

/* Parameters are the operations: each is run with its types and orderings. */
struct op_param {
	const char *name;
	enum atomic_kunit_op op;
};

static const struct op_param op_params[] = {
#define OP_PARAM(op_, ...)	{ .name = #op_, .op = ATOMIC_KUNIT_OP_##op_ },
	MEMBAR_FOR_EACH_ATOMIC_OP(OP_PARAM)
#undef OP_PARAM
};

static void op_describe(const struct op_param *param, char *desc)
{
	strscpy(desc, param->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(op, op_params, op_describe);

static void hammer_op(struct kunit *test, const struct atomic_kunit_row *rows)
{
	const struct op_param *param = test->param_value;
	struct hammer *h;
	unsigned int i, runs = 0;

	h = kunit_kzalloc(test, sizeof(*h), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, h);

	/* One type of each width is enough: u8 to u64. */
	for (i = 0; i < ATOMIC_KUNIT_NR_ROWS; i++) {
		if (rows[i].op != param->op || rows[i].name[0] != 'u' ||
		    !isdigit(rows[i].name[1]))
			continue;
		h->row = &rows[i];
		runs++;
		KUNIT_EXPECT_TRUE_MSG(test, hammer_row(test, h),
				      "%s: the word is %#llx", h->row->name,
				      word_of(h));
	}
	KUNIT_EXPECT_GT(test, runs, 0);
}

static void threads_inline_lose_nothing(struct kunit *test)
{
	hammer_op(test, atomic_kunit_inline);
}

static void threads_outline_lose_nothing(struct kunit *test)
{
	hammer_op(test, atomic_kunit_outline);
}

/* A bit of one's own, among others' in the lowest byte. */
static bool step_bitop(struct hammer *h, unsigned int thread, unsigned int n,
		       u64 *sum)
{
	unsigned long *addr = (unsigned long *)&h->word;
	const char *op = h->bitop->op;
	bool bit = strstr(op, "clear") || strstr(op, "xor") || (n & 1), ret;
	bool is_xor = strstr(op, "xor");
	unsigned int ticks = 0;

	if (strstr(op, "set"))
		bit = false;
	if (bit)
		membar_set_bit(addr, thread, MEMBAR_RELAXED);
	else
		membar_clear_bit(addr, thread, MEMBAR_RELAXED);
	ret = h->bitop->run(addr, is_xor ? BIT(thread) : thread, &ticks);
	if (!is_xor && strstr(op, "test") && ret != bit)
		return false;
	return membar_test_bit(addr, thread, MEMBAR_RELAXED) == bit_after(op, bit);
}

static void hammer_bitop(struct kunit *test)
{
	struct hammer *h;
	u64 sum;

	h = kunit_kzalloc(test, sizeof(*h), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, h);
	h->bitop = test->param_value;
	h->step = step_bitop;
	KUNIT_EXPECT_TRUE_MSG(test, hammer_run(test, h, &sum), "%s",
			      h->bitop->name);
}

static void threads_inline_bitops_lose_nothing(struct kunit *test)
{
	hammer_bitop(test);
}

static void threads_outline_bitops_lose_nothing(struct kunit *test)
{
	hammer_bitop(test);
}

static bool step_bit_lock(struct hammer *h, unsigned int thread, unsigned int n,
			  u64 *sum)
{
	unsigned long *addr = (unsigned long *)&h->word;

	/* Pairs with the release below: the count is the last holder's. */
	while (membar_test_and_set_bit(addr, 5, MEMBAR_ACQUIRE))
		cond_resched();
	h->plain++;
	/* Pairs with the acquire above. */
	membar_clear_bit(addr, 5, MEMBAR_RELEASE);
	return true;
}

static void threads_bit_lock_excludes(struct kunit *test)
{
	struct hammer *h;
	u64 sum;

	h = kunit_kzalloc(test, sizeof(*h), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, h);
	h->step = step_bit_lock;
	KUNIT_EXPECT_TRUE(test, hammer_run(test, h, &sum));
	KUNIT_EXPECT_EQ(test, h->plain, HAMMER_THREADS * HAMMER_OPS);
}

/*
 * Not atomic: each sleeps between load and store now and then, and after the
 * store, so that the others are sure to get in between, on one CPU too.  The
 * period has nothing in common with what the threads do.
 */
static void torn_pause(void)
{
	static unsigned int turn;

	if (data_race(turn++) % 29 == 0)
		usleep_range(100, 200);
}

static u64 run_torn_add(void *p, u64 a, u64 b, u64 *more, unsigned int *ticks)
{
	u32 *word = p, old = READ_ONCE(*word);

	torn_pause();
	WRITE_ONCE(*word, old + a);
	torn_pause();
	return old;
}

static u64 run_torn_or(void *p, u64 a, u64 b, u64 *more, unsigned int *ticks)
{
	u32 *word = p, old = READ_ONCE(*word);

	torn_pause();
	WRITE_ONCE(*word, old | a);
	torn_pause();
	return old;
}

static u64 run_torn_xchg(void *p, u64 a, u64 b, u64 *more, unsigned int *ticks)
{
	u32 *word = p, old = READ_ONCE(*word);

	torn_pause();
	WRITE_ONCE(*word, a);
	torn_pause();
	return old;
}

static u64 run_torn_cmpxchg(void *p, u64 a, u64 b, u64 *more,
			    unsigned int *ticks)
{
	u32 *word = p, old = READ_ONCE(*word);

	torn_pause();
	*more = old == a;
	if (*more)
		WRITE_ONCE(*word, b);
	return old;
}

/* The same with the halves of a 64-bit word. */
static u64 run_torn_load(void *p, u64 a, u64 b, u64 *more, unsigned int *ticks)
{
	u32 *half = p, first = READ_ONCE(half[0]);

	torn_pause();
	return first | (u64)READ_ONCE(half[1]) << 32;
}

static void control_threads_lose_what_is_not_atomic(struct kunit *test)
{
	const struct atomic_kunit_row torn[] = {
		{ "torn_add", ATOMIC_KUNIT_OP_fetch_add, UNSIGNED, 4, 0,
		  run_torn_add },
		{ "torn_or", ATOMIC_KUNIT_OP_fetch_or, UNSIGNED, 4, 0,
		  run_torn_or },
		{ "torn_xchg", ATOMIC_KUNIT_OP_xchg, UNSIGNED, 4, 0,
		  run_torn_xchg },
		{ "torn_cmpxchg", ATOMIC_KUNIT_OP_cmpxchg, UNSIGNED, 4, 0,
		  run_torn_cmpxchg },
		{ "torn_load", ATOMIC_KUNIT_OP_load, UNSIGNED, 8, 0,
		  run_torn_load },
	};
	struct hammer *h;
	int i, tries;

	h = kunit_kzalloc(test, sizeof(*h), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, h);
	for (i = 0; i < ARRAY_SIZE(torn); i++) {
		h->row = &torn[i];
		/* When a sleeper wakes is up to the scheduler and the host. */
		for (tries = 0; tries < 20 && hammer_row(test, h); tries++)
			;
		KUNIT_EXPECT_LT_MSG(test, tries, 20,
				    "%s loses nothing: the thread cases prove nothing",
				    h->row->name);
	}
}

/*
 * Types, variables and flags
 * ======================
 */

static void bool_is_normalised(struct kunit *test)
{
	bool b = false;
	int two = 2;

	membar_store(&b, two, MEMBAR_RELAXED);
	KUNIT_EXPECT_EQ(test, *(u8 *)&b, 1);
	KUNIT_EXPECT_TRUE(test, membar_load(&b, MEMBAR_ACQUIRE));
#ifndef MEMBAR_NO_NARROW_CMPXCHG
	KUNIT_EXPECT_TRUE(test, membar_xchg(&b, !two, MEMBAR_FULL));
	KUNIT_EXPECT_EQ(test, *(u8 *)&b, 0);
	KUNIT_EXPECT_TRUE(test, membar_cmpxchg(&b, 0, two, MEMBAR_FULL).ok);
	KUNIT_EXPECT_EQ(test, *(u8 *)&b, 1);
#endif
}

/* The type of what is returned is the operand's, qualifiers aside. */
#define EXPECT_TYPE(test, expr, type)					\
	KUNIT_EXPECT_TRUE(test, __same_type(expr, (type)0))

static void results_have_the_type_of_the_operand(struct kunit *test)
{
	const volatile u32 cv = 1;
	enum atomic_kunit_colour colour = ATOMIC_KUNIT_RED;
	const char *name = "name";
	char *volatile pointer = NULL;
	s64 d __aligned(8) = 0;

	EXPECT_TYPE(test, membar_load(&cv, MEMBAR_RELAXED), u32);
	EXPECT_TYPE(test, membar_load(&colour, MEMBAR_ACQUIRE),
		    enum atomic_kunit_colour);
	EXPECT_TYPE(test, membar_xchg(&name, NULL, MEMBAR_FULL), const char *);
	EXPECT_TYPE(test, membar_xchg(&pointer, NULL, MEMBAR_FULL), char *);
	EXPECT_TYPE(test, membar_cmpxchg(&d, 0, 1, MEMBAR_FULL).val, s64);
	EXPECT_TYPE(test, membar_cmpxchg(&d, 0, 1, MEMBAR_FULL).ok, bool);
	EXPECT_TYPE(test, membar_cmpxchg_val(&pointer, NULL, NULL, MEMBAR_FULL),
		    char *);
	EXPECT_TYPE(test, membar_fetch_add(&d, 1, MEMBAR_FULL), s64);
	EXPECT_TYPE(test, membar_fetch_add(&name, 1, MEMBAR_FULL), const char *);
	EXPECT_TYPE(test, membar_dec_if_positive(&d, MEMBAR_FULL), s64);
	KUNIT_EXPECT_EQ(test, cv, 1);
}

/* What is only read may have any qualifiers. */
static void qualified_words_are_read(struct kunit *test)
{
	volatile unsigned long v = BIT(2);
	const unsigned long c = BIT(2);
	const volatile unsigned long cv = BIT(2);

	KUNIT_EXPECT_TRUE(test, membar_test_bit(&v, 2, MEMBAR_RELAXED));
	KUNIT_EXPECT_TRUE(test, membar_test_bit(&c, 2, MEMBAR_RELAXED));
	KUNIT_EXPECT_TRUE(test, membar_test_bit(&cv, 2, MEMBAR_ACQUIRE));
	KUNIT_EXPECT_EQ(test, membar_load(&v, MEMBAR_RELAXED), BIT(2));
	KUNIT_EXPECT_EQ(test, membar_load(&c, MEMBAR_ACQUIRE), BIT(2));
	KUNIT_EXPECT_EQ(test, membar_load(&cv, MEMBAR_RELAXED), BIT(2));
}

/* Fields of somebody else's struct, with others right beside them. */
static void fields_leave_their_neighbours_alone(struct kunit *test)
{
	struct {
		u32 low : 4, high : 4;
		u32 word;
		void *pointer;
		u64 wide __aligned(8);
		u32 last;
	} x = { 5, 10, 1, NULL, 1, 1 };

	membar_store(&x.word, 7, MEMBAR_RELEASE);
	membar_inc(&x.wide, MEMBAR_RELAXED);
	KUNIT_EXPECT_PTR_EQ(test, membar_xchg(&x.pointer, &x, MEMBAR_FULL), NULL);
	KUNIT_EXPECT_TRUE(test, x.low == 5 && x.high == 10);
	KUNIT_EXPECT_EQ(test, x.word, 7);
	KUNIT_EXPECT_EQ(test, x.wide, 2);
	KUNIT_EXPECT_EQ(test, x.last, 1);
	KUNIT_EXPECT_PTR_EQ(test, x.pointer, (void *)&x);
}

static void try_cmpxchg_failure_updates_old(struct kunit *test)
{
	u32 word = 5, old = 4;

	KUNIT_EXPECT_FALSE(test, membar_try_cmpxchg(&word, &old, 6, MEMBAR_FULL));
	KUNIT_EXPECT_EQ(test, word, 5);
	KUNIT_EXPECT_EQ(test, old, 5);
	KUNIT_EXPECT_TRUE(test, membar_try_cmpxchg(&word, &old, 6, MEMBAR_FULL));
	KUNIT_EXPECT_EQ(test, word, 6);
	KUNIT_EXPECT_EQ(test, old, 5);
}

#define EXPECT_CMPXCHG_VAL(test, order)					\
do {									\
	u32 word = 5, old = 4, new = 6;					\
	u64 wide __aligned(8) = 1ULL << 40;				\
	char *found, *pointer = "found";				\
									\
	found = pointer;						\
	KUNIT_EXPECT_EQ(test, 5,					\
			membar_cmpxchg_val(&word, old++, new++, order)); \
	KUNIT_EXPECT_EQ(test, word, 5);					\
	KUNIT_EXPECT_EQ(test, 5,					\
			membar_cmpxchg_val(&word, old++, new++, order)); \
	KUNIT_EXPECT_EQ(test, word, 7);					\
	KUNIT_EXPECT_EQ(test, old, 6);					\
	KUNIT_EXPECT_EQ(test, new, 8);					\
	KUNIT_EXPECT_EQ(test, 1ULL << 40,				\
			membar_cmpxchg_val(&wide, 1ULL << 40, 2, order)); \
	KUNIT_EXPECT_EQ(test, wide, 2);					\
	KUNIT_EXPECT_PTR_EQ(test, found,				\
			    membar_cmpxchg_val(&pointer, NULL, NULL, order)); \
	KUNIT_EXPECT_PTR_EQ(test, pointer, found);			\
} while (0)

static void cmpxchg_val_returns_what_it_found(struct kunit *test)
{
	EXPECT_CMPXCHG_VAL(test, MEMBAR_RELAXED);
	EXPECT_CMPXCHG_VAL(test, MEMBAR_ACQUIRE);
	EXPECT_CMPXCHG_VAL(test, MEMBAR_RELEASE);
	EXPECT_CMPXCHG_VAL(test, MEMBAR_FULL);
}

/* Nobody interferes: a failure with equal values would be a spurious one. */
static void cmpxchg_does_not_fail_spuriously(struct kunit *test)
{
	unsigned int i, failures = 0;
	u64 wide __aligned(8) = 0;
	u32 word = 0;

	for (i = 0; i < 10000; i++) {
		failures += !membar_cmpxchg(&word, i, i + 1, MEMBAR_RELAXED).ok;
		failures += !membar_cmpxchg(&wide, i, i + 1, MEMBAR_ACQUIRE).ok;
	}
	KUNIT_EXPECT_EQ(test, failures, 0);
}

MEMBAR_DEFINE_ATOMIC(colour, enum atomic_kunit_colour);
MEMBAR_DEFINE_ATOMIC(owner, struct kunit *);

static membar_atomic(u64) static_cell = MEMBAR_ATOMIC_INIT(42);

#define EXPECT_CELL(test, name, type)					\
do {									\
	KUNIT_EXPECT_EQ(test, sizeof(membar_atomic(name)), sizeof(type)); \
	KUNIT_EXPECT_EQ(test, __alignof__(membar_atomic(name)), sizeof(type)); \
} while (0)

static void cells_have_the_size_of_their_type(struct kunit *test)
{
	struct {
		u32 before;
		membar_atomic(u64) variable;
	} beside_a_word;

	EXPECT_CELL(test, u8, u8);
	EXPECT_CELL(test, u16, u16);
	EXPECT_CELL(test, u32, u32);
	EXPECT_CELL(test, u64, u64);
	EXPECT_CELL(test, s8, s8);
	EXPECT_CELL(test, s64, s64);
	EXPECT_CELL(test, bool, bool);
	EXPECT_CELL(test, long, long);
	EXPECT_CELL(test, size_t, size_t);
	EXPECT_CELL(test, colour, enum atomic_kunit_colour);
	EXPECT_CELL(test, owner, struct kunit *);
	KUNIT_EXPECT_EQ(test, (unsigned long)&beside_a_word.variable % 8, 0);
}

static void cells_hold_and_change_their_value(struct kunit *test)
{
	membar_atomic(owner) owner = MEMBAR_ATOMIC_INIT(NULL);
	membar_atomic(colour) colour = MEMBAR_ATOMIC_INIT(ATOMIC_KUNIT_RED);
	struct kunit *old = test;
	u32 word = 3;

	KUNIT_EXPECT_EQ(test, membar_atomic_load(&static_cell, MEMBAR_RELAXED), 42);
	membar_atomic_store(&static_cell, 40, MEMBAR_RELEASE);
	KUNIT_EXPECT_EQ(test, membar_atomic_fetch_add(&static_cell, 2, MEMBAR_FULL), 40);
	KUNIT_EXPECT_EQ(test, membar_load(membar_atomic_ptr(&static_cell),
					  MEMBAR_ACQUIRE), 42);

	KUNIT_EXPECT_PTR_EQ(test, membar_atomic_xchg(&owner, test, MEMBAR_ACQUIRE), NULL);
	KUNIT_EXPECT_FALSE(test, membar_atomic_cmpxchg(&owner, NULL, NULL,
						       MEMBAR_RELEASE).ok);
	KUNIT_EXPECT_TRUE(test, membar_atomic_try_cmpxchg(&owner, &old, NULL,
							  MEMBAR_RELEASE));
	KUNIT_EXPECT_EQ(test, membar_atomic_load(&colour, MEMBAR_RELAXED),
			ATOMIC_KUNIT_RED);

	membar_atomic_inc(membar_atomic_from_ptr(u32, &word), MEMBAR_RELAXED);
	KUNIT_EXPECT_EQ(test, word, 4);
	KUNIT_EXPECT_PTR_EQ(test, (void *)membar_atomic_from_ptr(u32, &word),
			    (void *)&word);
}

static void flags_are_true_or_false(struct kunit *test)
{
	struct membar_flag flag = MEMBAR_FLAG_INIT(4);
	int two = 2;

	KUNIT_EXPECT_TRUE(test, membar_flag_load(&flag, MEMBAR_ACQUIRE));
	membar_flag_store(&flag, false, MEMBAR_RELEASE);
	KUNIT_EXPECT_FALSE(test, membar_flag_load(&flag, MEMBAR_RELAXED));
	KUNIT_EXPECT_FALSE(test, membar_flag_xchg(&flag, two, MEMBAR_FULL));
	KUNIT_EXPECT_TRUE(test, membar_flag_cmpxchg(&flag, two + 2, false,
						    MEMBAR_ACQUIRE).ok);
	KUNIT_EXPECT_FALSE(test, membar_flag_cmpxchg(&flag, two, true,
						     MEMBAR_RELAXED).ok);
	KUNIT_EXPECT_FALSE(test, membar_flag_load(&flag, MEMBAR_RELAXED));
}

static void outline_store_mb_stores_each_width(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, atomic_kunit_outline_store_mb());
}

static struct kunit_case atomic_kunit_cases[] = {
	KUNIT_CASE(control_the_model_disagrees),
	KUNIT_CASE_PARAM(inline_does_as_the_model, inline_gen_params),
	KUNIT_CASE_PARAM(outline_does_as_the_model, outline_gen_params),
	KUNIT_CASE(outline_store_mb_stores_each_width),
	KUNIT_CASE_PARAM(inline_bitop_does_as_the_model, inline_bitops_gen_params),
	KUNIT_CASE_PARAM(outline_bitop_does_as_the_model, outline_bitops_gen_params),
	KUNIT_CASE(control_threads_lose_what_is_not_atomic),
	KUNIT_CASE_PARAM(threads_inline_lose_nothing, op_gen_params),
	KUNIT_CASE_PARAM(threads_outline_lose_nothing, op_gen_params),
	KUNIT_CASE_PARAM(threads_inline_bitops_lose_nothing, inline_bitops_gen_params),
	KUNIT_CASE_PARAM(threads_outline_bitops_lose_nothing, outline_bitops_gen_params),
	KUNIT_CASE(threads_bit_lock_excludes),
	KUNIT_CASE(bool_is_normalised),
	KUNIT_CASE(results_have_the_type_of_the_operand),
	KUNIT_CASE(qualified_words_are_read),
	KUNIT_CASE(fields_leave_their_neighbours_alone),
	KUNIT_CASE(try_cmpxchg_failure_updates_old),
	KUNIT_CASE(cmpxchg_val_returns_what_it_found),
	KUNIT_CASE(cmpxchg_does_not_fail_spuriously),
	KUNIT_CASE(cells_have_the_size_of_their_type),
	KUNIT_CASE(cells_hold_and_change_their_value),
	KUNIT_CASE(flags_are_true_or_false),
	KUNIT_CASE(align_kunit_places),
	KUNIT_CASE(align_kunit_operations),
	{ }
};

static struct kunit_suite atomic_kunit_suite = {
	.name = "membar_atomic",
	.test_cases = atomic_kunit_cases,
};

kunit_test_suite(atomic_kunit_suite);

MODULE_DESCRIPTION("KUnit tests of membar's atomic operations");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
