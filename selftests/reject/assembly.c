// SPDX-License-Identifier: GPL-2.0
/* want: membar is for C: in assembly write the fence of the architecture */
#define __ASSEMBLY__
#include "membar.h"
