// SPDX-License-Identifier: GPL-2.0
/* In line, acquire and release as full barriers. */
#include "cells.h"

#define STORE_MB(p, v)			membar_store_mb(p, v)
#define COND_LOAD_RELAXED(p, cond)	membar_cond_load(p, cond, MEMBAR_RELAXED)
#define COND_LOAD_ACQUIRE(p, cond)	membar_cond_load(p, cond, MEMBAR_ACQUIRE)
#define VIRT_LOAD(p)			membar_virt_load(p, MEMBAR_ACQUIRE)
#define VIRT_STORE(p, v)		membar_virt_store(p, v, MEMBAR_RELEASE)
#define VIRT_LOAD_RELAXED(p)		membar_virt_load(p, MEMBAR_RELAXED)
#define VIRT_STORE_RELAXED(p, v)	membar_virt_store(p, v, MEMBAR_RELAXED)
#define VIRT_STORE_MB(p, v)		membar_virt_store_mb(p, v)
#define VIRTIO_MB(weak, order)		membar_virtio_mb(weak, MEMBAR_##order)
#include "fused.h"
