// SPDX-License-Identifier: GPL-2.0
/* As a C file has them by default. */
#define BENCH_FORM	bench_inline
#define BENCH_NAME	"inline"
#include "loops.h"
