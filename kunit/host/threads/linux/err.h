/* SPDX-License-Identifier: GPL-2.0 */
/* The error that is in a pointer. */
#include_next <linux/err.h>

#ifndef PTR_ERR
# define PTR_ERR(p)		((long)(p))
#endif
#ifndef PTR_ERR_OR_ZERO
# define PTR_ERR_OR_ZERO(p)	(IS_ERR(p) ? (int)PTR_ERR(p) : 0)
#endif
