/* SPDX-License-Identifier: GPL-2.0 */
/* The cases of aim_kunit.c, for the list of stress_kunit.c. */
#ifndef _MEMBAR_AIM_KUNIT_H
#define _MEMBAR_AIM_KUNIT_H

struct kunit;

void aim_delays_one_thread_at_most(struct kunit *test);
void aim_of_each_layout(struct kunit *test);
void aiming_tries_every_aim(struct kunit *test);
void aiming_keeps_the_best(struct kunit *test);
void aiming_compares_rates(struct kunit *test);
void aiming_that_sees_nothing(struct kunit *test);
void aiming_forgets(struct kunit *test);

#endif /* _MEMBAR_AIM_KUNIT_H */
