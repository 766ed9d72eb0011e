// SPDX-License-Identifier: GPL-2.0
/* In line, acquire and release as full barriers. */
#include "cells.h"

#define STORE_MB(p, v)			membar_store_mb(p, v)
#define COND_LOAD_RELAXED(p, cond)	membar_cond_load(p, cond, MEMBAR_RELAXED)
#define COND_LOAD_ACQUIRE(p, cond)	membar_cond_load(p, cond, MEMBAR_ACQUIRE)
#include "fused.h"
