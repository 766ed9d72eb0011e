/* SPDX-License-Identifier: GPL-2.0 */
/* The cases of the suite membar_stress that stand in other files than its list. */
#ifndef _MEMBAR_STRESS_KUNIT_H
#define _MEMBAR_STRESS_KUNIT_H

struct kunit;

/* array_kunit.c */
void array_of_each_outcome(struct kunit *test);
void array_in_shares(struct kunit *test);
void array_with_strange_values(struct kunit *test);
void array_tags(struct kunit *test);

/* aim_kunit.c */
void aim_delays_one_thread_at_most(struct kunit *test);
void aim_of_each_layout(struct kunit *test);
void aiming_tries_every_aim(struct kunit *test);
void aiming_keeps_the_best(struct kunit *test);
void aiming_compares_rates(struct kunit *test);
void aiming_that_sees_nothing(struct kunit *test);
void aiming_forgets(struct kunit *test);

/* evidence_kunit.c */
void account_of_each_overlap(struct kunit *test);
void account_is_that_of_a_search(struct kunit *test);
void account_of_what_was_cut_short(struct kunit *test);
void result_leaves_out_what_does_not_count(struct kunit *test);
void expected_by_the_rate_of_the_control(struct kunit *test);
void judge_of_each_job(struct kunit *test);

/* report_kunit.c */
void report_ktap(struct kunit *test);
void report_histogram(struct kunit *test);
void report_json(struct kunit *test);
void report_log(struct kunit *test);
void report_progress(struct kunit *test);
void report_of_other_states(struct kunit *test);
void report_of_an_error(struct kunit *test);
void report_of_a_refusal_after_results(struct kunit *test);
void report_of_what_is_valid(struct kunit *test);

#endif /* _MEMBAR_STRESS_KUNIT_H */
