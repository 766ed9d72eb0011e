// SPDX-License-Identifier: GPL-2.0
/* Calls and returns as they are. */
#define CALLS_FORM	plain
#include "calls.h"
