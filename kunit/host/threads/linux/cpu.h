/* SPDX-License-Identifier: GPL-2.0 */
/* CPUs come and go as the test wants, but not while somebody reads: threads.c. */
#ifndef _MEMBAR_THREADS_LINUX_CPU_H
#define _MEMBAR_THREADS_LINUX_CPU_H

void cpus_read_lock(void);
void cpus_read_unlock(void);

#endif /* _MEMBAR_THREADS_LINUX_CPU_H */
