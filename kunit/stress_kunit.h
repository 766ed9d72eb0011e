/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The cases of the suite membar_stress that stand in other files than its list, and
 * the functions that several of the files need.
 */
#ifndef _MEMBAR_STRESS_KUNIT_H
#define _MEMBAR_STRESS_KUNIT_H

struct kunit;
struct membar_request;
struct membar_shape;
struct membar_why;

/* stress_kunit.c: the shape that a case of each shape is about. */
const struct membar_shape *stress_shape_of(struct kunit *test);

/* names_kunit.c */
void stress_star_name(const struct membar_shape *shape, char *name,
		      size_t size);
void name_of_each_test_is_read_back(struct kunit *test);
void wildcard_of_a_flavour(struct kunit *test);
void wildcard_of_all_edges(struct kunit *test);
void names_are_cut_to_their_place(struct kunit *test);

/* request_kunit.c */
int stress_parse(const char *text, struct membar_request *request,
		 struct membar_why *why);
void request_defaults(struct kunit *test);
void request_at_the_limits(struct kunit *test);
void request_for_cpus(struct kunit *test);
void request_in_any_order(struct kunit *test);
void request_can_be_pasted_back(struct kunit *test);
void request_for_a_budget(struct kunit *test);
void request_picks_an_engine(struct kunit *test);
void request_that_cannot_run(struct kunit *test);
void request_picks_a_batch(struct kunit *test);
void request_picks_a_stride(struct kunit *test);
void request_with_nul_bytes_refused(struct kunit *test);
void request_too_long_refused(struct kunit *test);

/* verdict_kunit.c */
void contract_of_each_shape(struct kunit *test);
void contract_is_monotone(struct kunit *test);
void verdict_of_each_contract(struct kunit *test);
void enough_by_kind_of_test(struct kunit *test);

/* jobs_kunit.c */
void campaign_puts_the_control_first(struct kunit *test);
void campaign_all_and_smoke(struct kunit *test);
void campaign_in_shards(struct kunit *test);
void campaign_public(struct kunit *test);
void campaign_of_invariants(struct kunit *test);
void campaign_of_coherence(struct kunit *test);
void threads_of_invariants(struct kunit *test);
void campaign_refuses_what_is_wrong(struct kunit *test);

/* count_kunit.c */
void count_is_that_of_brute_force(struct kunit *test);
void count_can_be_shared_out(struct kunit *test);
void count_of_a_strong_run_is_zero(struct kunit *test);
void log_that_falls_is_unsound(struct kunit *test);
void log_keeps_what_was_read(struct kunit *test);

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
void aiming_finds_paced(struct kunit *test);
void aiming_finds_the_first_paced(struct kunit *test);
void aiming_that_ends_soon(struct kunit *test);
void aiming_of_other_groups(struct kunit *test);
void aim_layouts(struct kunit *test);
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
void report_of_two_cells(struct kunit *test);
void report_log(struct kunit *test);
void report_progress(struct kunit *test);
void report_of_other_states(struct kunit *test);
void report_of_an_error(struct kunit *test);
void report_of_a_refusal_after_results(struct kunit *test);
void report_of_what_is_valid(struct kunit *test);

#endif /* _MEMBAR_STRESS_KUNIT_H */
