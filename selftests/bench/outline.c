// SPDX-License-Identifier: GPL-2.0
/* As calls of what membar.ko exports. */
#define MEMBAR_OUTLINE
#define BENCH_FORM	bench_outline
#define BENCH_NAME	"outline"
#include "loops.h"
