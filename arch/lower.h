/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Picks the lowering of what the kernel has no name for: acquire and release
 * fences.  An architecture's header defines only what it can prove cheaper;
 * generic.h fills in the rest with full barriers.
 *
 * The cheaper ones are asked for, never a default: for a kernel by
 * CONFIG_MEMBAR_NATIVE_ACQ_REL, for one file by "#define
 * MEMBAR_NATIVE_ACQ_REL" before the include.  A file that asks gets them in
 * line; what membar.ko exports is as membar.ko was built.
 *
 * A refinement has to name its reason, and a reason is one of two: a sentence
 * of the architecture's manual, or code in the kernel that is broken if the
 * fence is not enough.  In doubt there is no refinement.  Mandatory barriers
 * have none anywhere: MMIO takes part in them, and no architecture promises
 * for MMIO what these fences would need.
 */
#ifndef _MEMBAR_ARCH_LOWER_H
#define _MEMBAR_ARCH_LOWER_H

#if defined(CONFIG_MEMBAR_NATIVE_ACQ_REL) || defined(MEMBAR_NATIVE_ACQ_REL)
# if defined(CONFIG_X86) || defined(CONFIG_UML_X86)
#  include "x86.h"
# elif defined(CONFIG_ARM64)
#  include "arm64.h"
# elif defined(CONFIG_RISCV)
#  include "riscv.h"
# elif defined(CONFIG_PPC)
#  include "powerpc.h"
# elif defined(CONFIG_S390)
#  include "s390.h"
# elif defined(CONFIG_SPARC64)
#  include "sparc64.h"
# elif defined(CONFIG_LOONGARCH)
#  include "loongarch.h"
# endif
#endif

#include "native.h"
#include "generic.h"

#endif /* _MEMBAR_ARCH_LOWER_H */
