// SPDX-License-Identifier: GPL-2.0
/* In line, acquire and release as the architecture has them. */
#define MEMBAR_NATIVE_ACQ_REL
#define BENCH_FORM	bench_native
#define BENCH_NAME	"native"
#include "loops.h"
