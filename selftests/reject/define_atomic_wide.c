// SPDX-License-Identifier: GPL-2.0
/* want: MEMBAR_DEFINE_ATOMIC(pair): a type of more than 64 bits */
#include "membar.h"

struct pair {
	u64 first;
	u64 second;
};

MEMBAR_DEFINE_ATOMIC(pair, struct pair);
