/* SPDX-License-Identifier: GPL-2.0 */
/* What the kernel has everywhere, beside the types that programs share with it. */
#include_next <linux/types.h>

#ifndef READ_ONCE
# define READ_ONCE(x)		(*(const volatile typeof(x) *)&(x))
#endif
/* One thread reads and writes. */
#define smp_load_acquire(p)	READ_ONCE(*(p))
#define min_t(type, a, b)	((type)(a) < (type)(b) ? (type)(a) : (type)(b))
#define max_t(type, a, b)	((type)(a) > (type)(b) ? (type)(a) : (type)(b))
