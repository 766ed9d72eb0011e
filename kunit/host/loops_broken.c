// SPDX-License-Identifier: GPL-2.0
/* The loops with an operation of each kind broken, once in three executions. */
#define MEMBAR_OUTLINE
#define MEMBAR_BREAK_EVERY		3
#define MEMBAR_BREAK_smp_mb_full	1
#define MEMBAR_BREAK_u32_load_acquire	1
#define MEMBAR_BREAK_u32_store_release	1
#define MEMBAR_BREAK_u32_xchg_full	1
#define MEMBAR_BREAK_u32_cmpxchg_full	1
#define MEMBAR_BREAK_u32_fetch_add_full	1

#include "../../selftests/stress/loops.c"
