/* SPDX-License-Identifier: GPL-2.0 */
/* The CPUs that the test says are there. */
#ifndef _MEMBAR_THREADS_LINUX_CPUMASK_H
#define _MEMBAR_THREADS_LINUX_CPUMASK_H

#include <stdbool.h>

extern unsigned int nr_cpu_ids;

bool cpu_online(unsigned int cpu);

#define for_each_online_cpu(cpu)					\
	for ((cpu) = 0; (cpu) < nr_cpu_ids; (cpu)++)			\
		if (cpu_online(cpu))

#endif /* _MEMBAR_THREADS_LINUX_CPUMASK_H */
