/* SPDX-License-Identifier: GPL-2.0 */
/* For tools/stress-host kunit. */
#define __is_defined(name)	0
