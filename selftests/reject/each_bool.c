// SPDX-License-Identifier: GPL-2.0
/*
 * No arithmetic on a bool, and the message says what there is arithmetic on: a
 * pointer can be added to.
 */
/* want: membar_add(&x, ..., MEMBAR_RELAXED): not a pointer to an integer, enum or pointer of at most 64 bits */
/* want: membar_sub(&x, ..., MEMBAR_RELAXED): not a pointer to an integer, enum or pointer of at most 64 bits */
/* want: membar_and(&x, ..., MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_or(&x, ..., MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_xor(&x, ..., MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_andnot(&x, ..., MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_add_return(&x, ..., MEMBAR_RELAXED): not a pointer to an integer, enum or pointer of at most 64 bits */
/* want: membar_sub_return(&x, ..., MEMBAR_RELAXED): not a pointer to an integer, enum or pointer of at most 64 bits */
/* want: membar_fetch_add(&x, ..., MEMBAR_RELAXED): not a pointer to an integer, enum or pointer of at most 64 bits */
/* want: membar_fetch_sub(&x, ..., MEMBAR_RELAXED): not a pointer to an integer, enum or pointer of at most 64 bits */
/* want: membar_fetch_and(&x, ..., MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_fetch_or(&x, ..., MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_fetch_xor(&x, ..., MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_fetch_andnot(&x, ..., MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_sub_and_test(&x, ..., MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_add_negative(&x, ..., MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_inc(&x, MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_dec(&x, MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_inc_return(&x, MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_dec_return(&x, MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_fetch_inc(&x, MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_fetch_dec(&x, MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_dec_and_test(&x, MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_inc_and_test(&x, MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_inc_not_zero(&x, MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_inc_unless_negative(&x, MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_dec_unless_positive(&x, MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_dec_if_positive(&x, MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_add_unless(&x, ..., MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* want: membar_fetch_add_unless(&x, ..., MEMBAR_RELAXED): not a pointer to an integer or enum of at most 64 bits */
/* errors: 30 */
#include "membar.h"

void reject(void);

void reject(void)
{
	bool x = true;

	membar_add(&x, 1, MEMBAR_RELAXED);
	membar_sub(&x, 1, MEMBAR_RELAXED);
	membar_and(&x, 1, MEMBAR_RELAXED);
	membar_or(&x, 1, MEMBAR_RELAXED);
	membar_xor(&x, 1, MEMBAR_RELAXED);
	membar_andnot(&x, 1, MEMBAR_RELAXED);
	membar_add_return(&x, 1, MEMBAR_RELAXED);
	membar_sub_return(&x, 1, MEMBAR_RELAXED);
	membar_fetch_add(&x, 1, MEMBAR_RELAXED);
	membar_fetch_sub(&x, 1, MEMBAR_RELAXED);
	membar_fetch_and(&x, 1, MEMBAR_RELAXED);
	membar_fetch_or(&x, 1, MEMBAR_RELAXED);
	membar_fetch_xor(&x, 1, MEMBAR_RELAXED);
	membar_fetch_andnot(&x, 1, MEMBAR_RELAXED);
	membar_sub_and_test(&x, 1, MEMBAR_RELAXED);
	membar_add_negative(&x, 1, MEMBAR_RELAXED);
	membar_inc(&x, MEMBAR_RELAXED);
	membar_dec(&x, MEMBAR_RELAXED);
	membar_inc_return(&x, MEMBAR_RELAXED);
	membar_dec_return(&x, MEMBAR_RELAXED);
	membar_fetch_inc(&x, MEMBAR_RELAXED);
	membar_fetch_dec(&x, MEMBAR_RELAXED);
	membar_dec_and_test(&x, MEMBAR_RELAXED);
	membar_inc_and_test(&x, MEMBAR_RELAXED);
	membar_inc_not_zero(&x, MEMBAR_RELAXED);
	membar_inc_unless_negative(&x, MEMBAR_RELAXED);
	membar_dec_unless_positive(&x, MEMBAR_RELAXED);
	membar_dec_if_positive(&x, MEMBAR_RELAXED);
	membar_add_unless(&x, 1, 1, MEMBAR_RELAXED);
	membar_fetch_add_unless(&x, 1, 1, MEMBAR_RELAXED);
}
