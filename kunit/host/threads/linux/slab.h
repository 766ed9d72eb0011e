/* SPDX-License-Identifier: GPL-2.0 */
/* As the kernel has it with each allocation. */
#include <linux/string.h>

#ifndef GFP_KERNEL
# define GFP_KERNEL		0
#endif
