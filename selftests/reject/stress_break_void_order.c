// SPDX-License-Identifier: GPL-2.0
/* A module that is to be broken on purpose, in a cell that it does not have. */
/* want: MEMBAR_BREAK=u32_add:full: no such cell in the stress test; smp_mb:full is one */
#define MEMBAR_BREAK	"u32_add:full"
#include "selftests/stress/check_break.c"
