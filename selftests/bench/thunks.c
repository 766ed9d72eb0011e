// SPDX-License-Identifier: GPL-2.0
/* The same, and each return by way of a call, see Makefile. */
#define CALLS_FORM	thunks
#include "calls.h"
