/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Picks the lowering of what the kernel has no name for: acquire and release
 * fences.  An architecture's header defines only what it can prove cheaper;
 * generic.h fills in the rest with full barriers.
 */
#ifndef _MEMBAR_ARCH_LOWER_H
#define _MEMBAR_ARCH_LOWER_H

#include "generic.h"

#endif /* _MEMBAR_ARCH_LOWER_H */
