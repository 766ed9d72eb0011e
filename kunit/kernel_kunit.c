// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit suite membar_kernel: the kernel's own atomic operations, accesses and bit
 * operations, not membar's, compared with a model of each.  It tries every
 * operation on every type that it takes, at each place in a word, with the edges
 * of the value range.
 *
 * Some kernels have bugs there, which kernel_bugs.c lists.  A case passes if the
 * operation agrees with the model, or differs from it exactly as a listed bug
 * explains.  It fails if it differs otherwise; and known_bugs_still_appear fails if
 * a bug that this kernel should have does not show.  With the module parameter
 * "strict" a known bug makes its cases fail.
 */
#include <linux/module.h>

#include "kernel_judge.h"
#include "kernel_kunit_ops.h"

static bool strict;
module_param(strict, bool, 0444);
MODULE_PARM_DESC(strict, "fail for known bugs of the kernel, too");

/* What was tried so far, for the case that reports it. */
static struct {
	unsigned int pairs;
	unsigned long attempts;
	unsigned int agree;
	unsigned int known;
	unsigned int unexpected;
	unsigned int of_bug[KERNEL_BUGS_NR];
} tally;

static void row_describe(const struct kernel_kunit_row *row, char *desc)
{
	strscpy(desc, row->row.name, KUNIT_PARAM_DESC_SIZE);
}

/* Reports a bug of the table as what it is here: expected, or a failure. */
static void known_bug(struct kunit *test, const struct kernel_bug *bug,
		      const char *macro, const char *type)
{
	tally.of_bug[bug - kernel_bugs]++;
	if (strict)
		KUNIT_FAIL(test, "%s of %s: kernel bug %s (%s; since: %s)",
			   macro, type, bug->name, bug->text, bug->since);
	else
		kunit_info(test, "%s of %s: expected, kernel bug %s\n",
			   macro, type, bug->name);
}

static void operation_does_as_the_model(struct kunit *test)
{
	struct judgement j = {
		.row = test->param_value, .bugs = kernel_bugs,
		.nr = KERNEL_BUGS_NR,
	};
	char text[200];
	int i;

	judge_row(&j);
	tally.pairs++;
	tally.attempts += j.attempts;
	if (j.failed) {
		tally.unexpected++;
		KUNIT_FAIL(test, "%s", atomic_kunit_describe(&j.unexpected, text,
							     sizeof(text)));
	} else if (j.known) {
		tally.known++;
		for (i = 0; i < KERNEL_BUGS_NR; i++) {
			if (j.seen & BIT(i))
				known_bug(test, &kernel_bugs[i], j.row->macro,
					  j.row->type);
		}
	} else {
		tally.agree++;
	}
}

static void bitop_does_as_the_model(struct kunit *test)
{
	check_bitop(test, test->param_value);
	tally.pairs++;
	tally.agree++;
}

static void bitop_describe(const struct atomic_kunit_bitop *bitop, char *desc)
{
	strscpy(desc, bitop->name, KUNIT_PARAM_DESC_SIZE);
}

static void operation_stops_the_compiler(struct kunit *test)
{
	const struct kernel_kunit_fence *fence = test->param_value;
	const struct kernel_bug *bug;

	if (barrier_kunit_instrumented())
		kunit_skip(test, "instrumented code reloads without a barrier");

	tally.pairs++;
	tally.attempts++;
	if (fence->reloads()) {
		tally.agree++;
		return;
	}

	bug = fence_explanation(fence);
	if (bug) {
		tally.known++;
		known_bug(test, bug, fence->macro, fence->type);
	} else {
		tally.unexpected++;
		KUNIT_FAIL(test, "%s of %s does not stop the compiler",
			   fence->macro, fence->type);
	}
}

static void fence_describe(const struct kernel_kunit_fence *fence, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s %s", fence->macro, fence->type);
}

KUNIT_ARRAY_PARAM(row, kernel_kunit_rows, row_describe);
KUNIT_ARRAY_PARAM(bitop, kernel_kunit_bitops, bitop_describe);
KUNIT_ARRAY_PARAM(fence, kernel_kunit_fences, fence_describe);

/*
 * Whether every bug that this kernel should have was seen by the cases before. If
 * it was repaired, the table is to say in which version.
 */
static void known_bugs_still_appear(struct kunit *test)
{
	int i;

	if (!tally.pairs)
		kunit_skip(test, "no operation was tried before");

	for (i = 0; i < KERNEL_BUGS_NR; i++) {
		const struct kernel_bug *bug = &kernel_bugs[i];

		if (!bug->here() ||
		    (bug->unordered && barrier_kunit_instrumented()))
			continue;
		if (bug->unusable && bug->unusable())
			known_bug(test, bug, "an operation that is left out", "-");
		if (!tally.of_bug[i] && !bug->may_hide)
			KUNIT_FAIL(test, "kernel bug %s (%s) is listed for this kernel and was not seen",
				   bug->name, bug->text);
		else
			kunit_info(test, "kernel bug %s: %u operations (%s; since: %s)\n",
				   bug->name, tally.of_bug[i], bug->text,
				   bug->since);
	}
}

/* The line that tools/kernel-bugs reads. */
static void tally_of_all(struct kunit *test)
{
	kunit_info(test, "tried %u, %lu attempts: %u agree, %u known bugs, %u unexpected\n",
		   tally.pairs, tally.attempts, tally.agree, tally.known,
		   tally.unexpected);
	KUNIT_EXPECT_EQ(test, tally.unexpected, 0);
}

/*
 * Controls
 * ========
 */

static u64 run_right(void *p, u64 a, u64 b, u64 *more, unsigned int *ticks)
{
	s8 old = *(s8 *)p;

	*ticks = 0x11;
	*(s8 *)p = a;
	return (u64)(s64)old;
}

/* As on a machine that shifts the sign of a byte into the word. */
static u64 run_spill(void *p, u64 a, u64 b, u64 *more, unsigned int *ticks)
{
	if ((s8)a < 0)
		((u8 *)p)[1] = 0xff;
	return run_right(p, a, b, more, ticks);
}

static u64 run_blind(void *p, u64 a, u64 b, u64 *more, unsigned int *ticks)
{
	u64 old = run_right(p, a, b, more, ticks);

	return (u8)old;
}

/* As on a machine that looks at a whole register. */
static u64 run_wide(void *p, u64 a, u64 b, u64 *more, unsigned int *ticks)
{
	u64 old = run_right(p, a, b, more, ticks);

	return a == (u64)(s64)(s8)a ? old : ~old;
}

static bool always_here(void)
{
	return true;
}

static bool never_here(void)
{
	return false;
}

static struct judgement judge_control(typeof_member(struct atomic_kunit_row, run) run,
				      bool (*here)(void))
{
	const struct kernel_kunit_row row = {
		.row = {
			.name = "control", .op = ATOMIC_KUNIT_OP_xchg,
			.class = SIGNED, .bytes = 1, .once = 0x11, .run = run,
		},
		.macro = "xchg", .type = "s8",
	};
	struct kernel_bug bug = kernel_bugs[0];
	struct judgement j = { .row = &row, .bugs = &bug, .nr = 1 };
	int i;

	for (i = 0; i < KERNEL_BUGS_NR; i++) {
		if (!strcmp(kernel_bugs[i].name, "riscv-xchg-neighbours"))
			bug = kernel_bugs[i];
	}
	bug.here = here;
	judge_row(&j);
	j.row = NULL;
	j.bugs = NULL;
	return j;
}

static void control_judges_what_it_sees(struct kunit *test)
{
	struct judgement j;

	j = judge_control(run_right, always_here);
	KUNIT_EXPECT_FALSE(test, j.failed);
	KUNIT_EXPECT_EQ(test, j.known, 0);

	/* A listed bug explains this, where it is listed. */
	j = judge_control(run_spill, always_here);
	KUNIT_EXPECT_FALSE(test, j.failed);
	KUNIT_EXPECT_GT(test, j.known, 0);
	j = judge_control(run_spill, never_here);
	KUNIT_EXPECT_TRUE(test, j.failed);

	/* It does not explain that of other values. */
	j = judge_control(run_blind, always_here);
	KUNIT_EXPECT_TRUE(test, j.failed);

	/* Operands come with other bits above them. */
	j = judge_control(run_wide, always_here);
	KUNIT_EXPECT_TRUE(test, j.failed);
}

static noinline bool reloads_without_barrier(void)
{
	return barrier_kunit_reloads((void)0);
}

static void control_without_barrier_does_not_reload(struct kunit *test)
{
	if (barrier_kunit_instrumented())
		kunit_skip(test, "instrumented code reloads without a barrier");

	KUNIT_EXPECT_FALSE_MSG(test, reloads_without_barrier(),
			       "the loop reloads by itself: the cases prove nothing");
}

static int kernel_kunit_suite_init(struct kunit_suite *suite)
{
	memset(&tally, 0, sizeof(tally));
	return 0;
}

static struct kunit_case kernel_kunit_cases[] = {
	KUNIT_CASE(control_judges_what_it_sees),
	KUNIT_CASE(control_without_barrier_does_not_reload),
	KUNIT_CASE_PARAM(operation_does_as_the_model, row_gen_params),
	KUNIT_CASE_PARAM(bitop_does_as_the_model, bitop_gen_params),
	KUNIT_CASE_PARAM(operation_stops_the_compiler, fence_gen_params),
	KUNIT_CASE(known_bugs_still_appear),
	KUNIT_CASE(tally_of_all),
	{ }
};

static struct kunit_suite kernel_kunit_suite = {
	.name = "membar_kernel",
	.suite_init = kernel_kunit_suite_init,
	.test_cases = kernel_kunit_cases,
};

kunit_test_suite(kernel_kunit_suite);

MODULE_DESCRIPTION("KUnit tests of the kernel's own atomic operations");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
