/* SPDX-License-Identifier: GPL-2.0 */
/* For tools/stress-host kunit. */
#define unlikely(x)		__builtin_expect(!!(x), 0)
#ifndef barrier
# define barrier()		__asm__ __volatile__("" : : : "memory")
#endif
#define OPTIMIZER_HIDE_VAR(x)	__asm__("" : "+r" (x))
