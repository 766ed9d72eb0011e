// SPDX-License-Identifier: GPL-2.0
/* The loops once more, with every barrier a call to membar.ko. */
#define MEMBAR_OUTLINE

#include "loops.c"
