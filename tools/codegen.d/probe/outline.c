// SPDX-License-Identifier: GPL-2.0
/* The same source as in line, turned into calls. */
#define MEMBAR_OUTLINE
#include "cells.h"
