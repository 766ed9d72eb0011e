/* SPDX-License-Identifier: GPL-2.0 */
/* The cases of array_kunit.c, for the list of stress_kunit.c. */
#ifndef _MEMBAR_ARRAY_KUNIT_H
#define _MEMBAR_ARRAY_KUNIT_H

struct kunit;

void array_of_each_outcome(struct kunit *test);
void array_in_shares(struct kunit *test);
void array_with_strange_values(struct kunit *test);
void array_tags(struct kunit *test);

#endif /* _MEMBAR_ARRAY_KUNIT_H */
