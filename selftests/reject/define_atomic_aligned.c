// SPDX-License-Identifier: GPL-2.0
/* want: MEMBAR_DEFINE_ATOMIC(far): a type aligned to more than its size */
#include "membar.h"

typedef int far __aligned(64);

MEMBAR_DEFINE_ATOMIC(far, far);
