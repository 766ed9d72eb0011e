/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Runs a row of either table and fills in its result.
 */
#ifndef RUN_H
#define RUN_H

#include "kernel_judge.h"
#include "rows.h"

/* @nr: how many of the known bugs may explain a difference. */
static void run_operation(const struct kernel_kunit_row *row, unsigned int nr,
			  struct result *result)
{
	struct judgement j = { .row = row, .bugs = kernel_bugs, .nr = nr };

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

#endif /* RUN_H */
