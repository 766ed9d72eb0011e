// SPDX-License-Identifier: GPL-2.0
/* What is exported, acquire and release as the architecture has them. */
#define MEMBAR_NATIVE_ACQ_REL
#include "membar_core.c"
