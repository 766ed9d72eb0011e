/* SPDX-License-Identifier: GPL-2.0 */
/* The cases of report_kunit.c, for the list of stress_kunit.c. */
#ifndef _MEMBAR_REPORT_KUNIT_H
#define _MEMBAR_REPORT_KUNIT_H

struct kunit;

void report_ktap(struct kunit *test);
void report_histogram(struct kunit *test);
void report_json(struct kunit *test);
void report_log(struct kunit *test);
void report_progress(struct kunit *test);
void report_of_other_states(struct kunit *test);
void report_of_an_error(struct kunit *test);
void report_of_a_refusal_after_results(struct kunit *test);
void report_of_what_is_valid(struct kunit *test);

#endif /* _MEMBAR_REPORT_KUNIT_H */
