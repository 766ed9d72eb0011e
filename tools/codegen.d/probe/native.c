// SPDX-License-Identifier: GPL-2.0
/* In line, acquire and release as the architecture has them. */
#define MEMBAR_NATIVE_ACQ_REL
#include "cells.h"

PROBE(control_none, do { } while (0))
PROBE(control_barrier, barrier())
