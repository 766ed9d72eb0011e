// SPDX-License-Identifier: GPL-2.0
/*
 * The rows of the suite membar_kernel without KUnit.  This file is compiled as a
 * part of a kernel, with its headers and options, and linked into a program.
 */
#include "kernel_judge.h"
#include "kernel_kunit_ops.h"
#include "run.h"

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
		run_operation(&kernel_kunit_rows[number], KERNEL_BUGS_NR,
			      result);
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
