// SPDX-License-Identifier: GPL-2.0
/* want: membar is for kernel code: a program has <stdatomic.h> */
#undef __KERNEL__
#include "membar.h"
