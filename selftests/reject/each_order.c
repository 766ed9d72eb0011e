// SPDX-License-Identifier: GPL-2.0
/*
 * Which orders there are is said for each operation.  The quote that gcc puts
 * behind them shows that there are no more.
 */
/* want-gcc: membar_load(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE" */
/* want-gcc: membar_store(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_RELEASE" */
/* want-gcc: membar_xchg(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_cmpxchg(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_cmpxchg_val(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_try_cmpxchg(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_add(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED" */
/* want-gcc: membar_sub(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED" */
/* want-gcc: membar_and(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED" */
/* want-gcc: membar_or(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED" */
/* want-gcc: membar_xor(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED" */
/* want-gcc: membar_andnot(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED" */
/* want-gcc: membar_add_return(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_sub_return(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_fetch_add(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_fetch_sub(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_fetch_and(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_fetch_or(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_fetch_xor(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_fetch_andnot(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_sub_and_test(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_add_negative(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_inc(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED" */
/* want-gcc: membar_dec(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED" */
/* want-gcc: membar_inc_return(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_dec_return(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_fetch_inc(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_fetch_dec(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_dec_and_test(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_inc_and_test(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_inc_not_zero(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_inc_unless_negative(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_dec_unless_positive(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_dec_if_positive(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_add_unless(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_fetch_add_unless(&x, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE MEMBAR_RELEASE MEMBAR_FULL" */
/* want-gcc: membar_test_bit(&y, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE" */
/* want-gcc: membar_set_bit(&y, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED" */
/* want-gcc: membar_clear_bit(&y, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_RELEASE" */
/* want-gcc: membar_change_bit(&y, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED" */
/* want-gcc: membar_test_and_set_bit(&y, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_ACQUIRE MEMBAR_FULL" */
/* want-gcc: membar_test_and_clear_bit(&y, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_FULL" */
/* want-gcc: membar_test_and_change_bit(&y, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_FULL" */
/* want-gcc: membar_xor_unlock_is_negative_byte(&y, ..., MEMBAR_READ): order not accepted; use one of MEMBAR_RELEASE" */
/* want-clang: membar_load(&x, MEMBAR_READ): order not accepted; use one of MEMBAR_RELAXED MEMBAR_ACQUIRE */
/* errors: 44 */
#include "membar.h"

void reject(void);

void reject(void)
{
	unsigned long y = 1;
	u32 x = 1, z = 1;

	membar_load(&x, MEMBAR_READ);
	membar_store(&x, 1, MEMBAR_READ);
	membar_xchg(&x, 1, MEMBAR_READ);
	membar_cmpxchg(&x, 1, 2, MEMBAR_READ);
	membar_cmpxchg_val(&x, 1, 2, MEMBAR_READ);
	membar_try_cmpxchg(&x, &z, 2, MEMBAR_READ);
	membar_add(&x, 1, MEMBAR_READ);
	membar_sub(&x, 1, MEMBAR_READ);
	membar_and(&x, 1, MEMBAR_READ);
	membar_or(&x, 1, MEMBAR_READ);
	membar_xor(&x, 1, MEMBAR_READ);
	membar_andnot(&x, 1, MEMBAR_READ);
	membar_add_return(&x, 1, MEMBAR_READ);
	membar_sub_return(&x, 1, MEMBAR_READ);
	membar_fetch_add(&x, 1, MEMBAR_READ);
	membar_fetch_sub(&x, 1, MEMBAR_READ);
	membar_fetch_and(&x, 1, MEMBAR_READ);
	membar_fetch_or(&x, 1, MEMBAR_READ);
	membar_fetch_xor(&x, 1, MEMBAR_READ);
	membar_fetch_andnot(&x, 1, MEMBAR_READ);
	membar_sub_and_test(&x, 1, MEMBAR_READ);
	membar_add_negative(&x, 1, MEMBAR_READ);
	membar_inc(&x, MEMBAR_READ);
	membar_dec(&x, MEMBAR_READ);
	membar_inc_return(&x, MEMBAR_READ);
	membar_dec_return(&x, MEMBAR_READ);
	membar_fetch_inc(&x, MEMBAR_READ);
	membar_fetch_dec(&x, MEMBAR_READ);
	membar_dec_and_test(&x, MEMBAR_READ);
	membar_inc_and_test(&x, MEMBAR_READ);
	membar_inc_not_zero(&x, MEMBAR_READ);
	membar_inc_unless_negative(&x, MEMBAR_READ);
	membar_dec_unless_positive(&x, MEMBAR_READ);
	membar_dec_if_positive(&x, MEMBAR_READ);
	membar_add_unless(&x, 1, 1, MEMBAR_READ);
	membar_fetch_add_unless(&x, 1, 1, MEMBAR_READ);
	membar_test_bit(&y, 1, MEMBAR_READ);
	membar_set_bit(&y, 1, MEMBAR_READ);
	membar_clear_bit(&y, 1, MEMBAR_READ);
	membar_change_bit(&y, 1, MEMBAR_READ);
	membar_test_and_set_bit(&y, 1, MEMBAR_READ);
	membar_test_and_clear_bit(&y, 1, MEMBAR_READ);
	membar_test_and_change_bit(&y, 1, MEMBAR_READ);
	membar_xor_unlock_is_negative_byte(&y, 1, MEMBAR_READ);
}
