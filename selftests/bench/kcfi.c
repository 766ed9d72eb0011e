// SPDX-License-Identifier: GPL-2.0
/* The type of a function is checked before a call through a pointer, see Makefile. */
#define CALLS_FORM	kcfi
#include "calls.h"
