/* SPDX-License-Identifier: GPL-2.0 */
/* A clock that stands still. */
#ifndef ktime_get_ns
# define ktime_get_ns()		1000000000000ULL
#endif
#define NSEC_PER_MSEC		1000000L
#define MSEC_PER_SEC		1000L
