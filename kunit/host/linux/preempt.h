/* SPDX-License-Identifier: GPL-2.0 */
/* For tools/stress-host kunit. */
#define preempt_count()		0
