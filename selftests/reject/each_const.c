// SPDX-License-Identifier: GPL-2.0
/*
 * What changes memory takes no pointer to const.
 */
/* want: membar_store(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_xchg(&x, ..., MEMBAR_FULL): the pointer is to const */
/* want: membar_cmpxchg(&x, ..., MEMBAR_FULL): the pointer is to const */
/* want: membar_cmpxchg_val(&x, ..., MEMBAR_FULL): the pointer is to const */
/* want: membar_try_cmpxchg(&x, ..., MEMBAR_FULL): the pointer is to const */
/* want: membar_add(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_sub(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_and(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_or(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_xor(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_andnot(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_add_return(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_sub_return(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_fetch_add(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_fetch_sub(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_fetch_and(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_fetch_or(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_fetch_xor(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_fetch_andnot(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_sub_and_test(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_add_negative(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_inc(&x, MEMBAR_RELAXED): the pointer is to const */
/* want: membar_dec(&x, MEMBAR_RELAXED): the pointer is to const */
/* want: membar_inc_return(&x, MEMBAR_RELAXED): the pointer is to const */
/* want: membar_dec_return(&x, MEMBAR_RELAXED): the pointer is to const */
/* want: membar_fetch_inc(&x, MEMBAR_RELAXED): the pointer is to const */
/* want: membar_fetch_dec(&x, MEMBAR_RELAXED): the pointer is to const */
/* want: membar_dec_and_test(&x, MEMBAR_RELAXED): the pointer is to const */
/* want: membar_inc_and_test(&x, MEMBAR_RELAXED): the pointer is to const */
/* want: membar_inc_not_zero(&x, MEMBAR_RELAXED): the pointer is to const */
/* want: membar_inc_unless_negative(&x, MEMBAR_RELAXED): the pointer is to const */
/* want: membar_dec_unless_positive(&x, MEMBAR_RELAXED): the pointer is to const */
/* want: membar_dec_if_positive(&x, MEMBAR_RELAXED): the pointer is to const */
/* want: membar_add_unless(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_fetch_add_unless(&x, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_set_bit(&y, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_clear_bit(&y, ..., MEMBAR_RELEASE): the pointer is to const */
/* want: membar_change_bit(&y, ..., MEMBAR_RELAXED): the pointer is to const */
/* want: membar_test_and_set_bit(&y, ..., MEMBAR_FULL): the pointer is to const */
/* want: membar_test_and_clear_bit(&y, ..., MEMBAR_FULL): the pointer is to const */
/* want: membar_test_and_change_bit(&y, ..., MEMBAR_FULL): the pointer is to const */
/* want: membar_xor_unlock_is_negative_byte(&y, ..., MEMBAR_RELEASE): the pointer is to const */
/* errors: 42 */
#include "membar.h"

void reject(void);

void reject(void)
{
	const unsigned long y = 1;
	const u32 x = 1;
	u32 z = 1;

	membar_store(&x, 1, MEMBAR_RELAXED);
	membar_xchg(&x, 1, MEMBAR_FULL);
	membar_cmpxchg(&x, 1, 2, MEMBAR_FULL);
	membar_cmpxchg_val(&x, 1, 2, MEMBAR_FULL);
	membar_try_cmpxchg(&x, &z, 2, MEMBAR_FULL);
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
	membar_set_bit(&y, 1, MEMBAR_RELAXED);
	membar_clear_bit(&y, 1, MEMBAR_RELEASE);
	membar_change_bit(&y, 1, MEMBAR_RELAXED);
	membar_test_and_set_bit(&y, 1, MEMBAR_FULL);
	membar_test_and_clear_bit(&y, 1, MEMBAR_FULL);
	membar_test_and_change_bit(&y, 1, MEMBAR_FULL);
	membar_xor_unlock_is_negative_byte(&y, 1, MEMBAR_RELEASE);
}
