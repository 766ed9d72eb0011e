/* SPDX-License-Identifier: GPL-2.0 */
/* The cases of evidence_kunit.c, for the list of stress_kunit.c. */
#ifndef _MEMBAR_EVIDENCE_KUNIT_H
#define _MEMBAR_EVIDENCE_KUNIT_H

struct kunit;

void account_of_each_overlap(struct kunit *test);
void account_is_that_of_a_search(struct kunit *test);
void account_of_what_was_cut_short(struct kunit *test);
void result_leaves_out_what_does_not_count(struct kunit *test);
void expected_by_the_rate_of_the_control(struct kunit *test);
void judge_of_each_job(struct kunit *test);

#endif /* _MEMBAR_EVIDENCE_KUNIT_H */
