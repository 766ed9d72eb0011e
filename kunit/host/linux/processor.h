/* SPDX-License-Identifier: GPL-2.0 */
/* For tools/stress-host kunit. */
#ifndef cpu_relax
# define cpu_relax()		((void)0)
#endif
