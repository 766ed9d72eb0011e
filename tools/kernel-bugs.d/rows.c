// SPDX-License-Identifier: GPL-2.0
/*
 * The rows of the suite membar_kernel without KUnit.  This file is compiled as a
 * part of a kernel, with its headers and options, and linked into a program.
 */
#include "kernel_judge.h"
#include "kernel_kunit_ops.h"
#include "rows.h"

static void run_operation(const struct kernel_kunit_row *row, struct result *result)
{
	struct judgement j = {
		.row = row, .bugs = kernel_bugs, .nr = KERNEL_BUGS_NR,
	};

	judge_row(&j);
	result->operation = row->macro;
	result->type = row->type;
	result->attempts = j.attempts;
	if (j.failed) {
		result->verdict = UNEXPECTED;
		result->lane = j.unexpected.lane;
		result->old = j.unexpected.old;
		result->a = j.unexpected.a;
		result->b = j.unexpected.b;
		result->ret = j.unexpected.ret;
		result->more = j.unexpected.more;
		result->want_ret = j.unexpected.want.ret;
		result->want_more = j.unexpected.want.more;
	} else if (j.known) {
		result->verdict = KNOWN;
		result->bugs = j.seen;
	}
}

static void run_bitop(const struct atomic_kunit_bitop *op, struct result *result)
{
	struct atomic_kunit_bit b;

	result->operation = op->name;
	result->type = "bit";
	result->attempts = 1;
	if (atomic_kunit_bits_agree(op, &b))
		return;
	result->verdict = UNEXPECTED;
	result->old = b.fill;
	result->a = b.nr;
	result->ret = b.ret;
	result->want_ret = b.want_ret;
}

static void run_fence(const struct kernel_kunit_fence *fence, struct result *result)
{
	const struct kernel_bug *bug;

	result->operation = fence->macro;
	result->type = "compiler";
	result->attempts = 1;
	if (fence->reloads())
		return;
	bug = fence_explanation(fence);
	result->verdict = bug ? KNOWN : UNEXPECTED;
	result->bugs = bug ? BIT(bug - kernel_bugs) : 0;
}

int run_row(unsigned int number, struct result *result)
{
	memset(result, 0, sizeof(*result));
	if (number < ARRAY_SIZE(kernel_kunit_rows)) {
		run_operation(&kernel_kunit_rows[number], result);
		return 1;
	}
	number -= ARRAY_SIZE(kernel_kunit_rows);
	if (number < ARRAY_SIZE(kernel_kunit_bitops)) {
		run_bitop(&kernel_kunit_bitops[number], result);
		return 1;
	}
	number -= ARRAY_SIZE(kernel_kunit_bitops);
	if (number < ARRAY_SIZE(kernel_kunit_fences)) {
		run_fence(&kernel_kunit_fences[number], result);
		return 1;
	}
	return 0;
}

int known_bug(unsigned int number, int *shows, int *unusable, const char **name)
{
	if (number >= KERNEL_BUGS_NR)
		return 0;
	*shows = kernel_bugs[number].here() && !kernel_bugs[number].may_hide;
	*unusable = kernel_bugs[number].here() && kernel_bugs[number].unusable &&
		    kernel_bugs[number].unusable();
	*name = kernel_bugs[number].name;
	return 1;
}
