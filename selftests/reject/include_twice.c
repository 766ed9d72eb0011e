// SPDX-License-Identifier: GPL-2.0
/* want: define MEMBAR_OUTLINE before the first include of this header, not the second */
#include "membar.h"
#define MEMBAR_OUTLINE
#include "membar.h"
