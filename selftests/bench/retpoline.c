// SPDX-License-Identifier: GPL-2.0
/* Calls through a pointer by way of a return, see Makefile. */
#define CALLS_FORM	retpoline
#include "calls.h"
