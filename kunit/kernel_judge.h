/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whether an operation of the kernel agrees with the model, differs from it as a
 * known bug explains, or differs otherwise.
 */
#ifndef _MEMBAR_KERNEL_JUDGE_H
#define _MEMBAR_KERNEL_JUDGE_H

#include "kernel_kunit.h"

/**
 * struct judgement - one row under test
 * @row: the row
 * @bugs: a table of known bugs
 * @nr: how many it has
 * @attempts: how often the operation was tried
 * @known: how often it differed from the model as a known bug explains
 * @seen: the bugs that explained that, one bit each
 * @unexpected: the first attempt that no bug explains
 * @failed: whether there was one
 */
struct judgement {
	const struct kernel_kunit_row *row;
	const struct kernel_bug *bugs;
	unsigned int nr;
	unsigned long attempts;
	unsigned long known;
	unsigned long seen;
	struct atomic_kunit_try unexpected;
	bool failed;
};

static inline const struct kernel_bug *
explanation(const struct judgement *j, const struct atomic_kunit_try *t)
{
	unsigned int i;

	for (i = 0; i < j->nr; i++) {
		if (j->bugs[i].here() && j->bugs[i].explains &&
		    j->bugs[i].explains(j->row, t))
			return &j->bugs[i];
	}
	return NULL;
}

static inline bool judge_attempt(const struct atomic_kunit_try *t, bool agrees,
				 void *context)
{
	struct judgement *j = context;
	const struct kernel_bug *bug;

	j->attempts++;
	if (agrees)
		return true;

	bug = explanation(j, t);
	if (!bug) {
		j->failed = true;
		j->unexpected = *t;
		return false;
	}
	j->seen |= BIT(bug - j->bugs);
	j->known++;
	return true;
}

static inline void judge_row(struct judgement *j)
{
	atomic_kunit_try_all(&j->row->row, true, judge_attempt, j);
}

static inline const struct kernel_bug *
fence_explanation(const struct kernel_kunit_fence *fence)
{
	unsigned int i;

	for (i = 0; i < KERNEL_BUGS_NR; i++) {
		if (kernel_bugs[i].here() && kernel_bugs[i].unordered &&
		    kernel_bugs[i].unordered(fence))
			return &kernel_bugs[i];
	}
	return NULL;
}

#endif /* _MEMBAR_KERNEL_JUDGE_H */
