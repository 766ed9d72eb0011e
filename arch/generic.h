/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Acquire and release fences as the flavour's full barrier, which orders more
 * than either promises and so is right on every architecture.
 */
#ifndef _MEMBAR_ARCH_GENERIC_H
#define _MEMBAR_ARCH_GENERIC_H

#ifndef __membar_mb_acquire
# define __membar_mb_acquire()		mb()
#endif
#ifndef __membar_mb_release
# define __membar_mb_release()		mb()
#endif

#ifndef __membar_smp_mb_acquire
# define __membar_smp_mb_acquire()	smp_mb()
#endif
#ifndef __membar_smp_mb_release
# define __membar_smp_mb_release()	smp_mb()
#endif

#ifndef __membar_dma_mb_acquire
# define __membar_dma_mb_acquire()	dma_mb()
#endif
#ifndef __membar_dma_mb_release
# define __membar_dma_mb_release()	dma_mb()
#endif

#ifndef __membar_virt_mb_acquire
# define __membar_virt_mb_acquire()	virt_mb()
#endif
#ifndef __membar_virt_mb_release
# define __membar_virt_mb_release()	virt_mb()
#endif

#endif /* _MEMBAR_ARCH_GENERIC_H */
