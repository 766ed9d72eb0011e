/* SPDX-License-Identifier: GPL-2.0 */
/* The test calls what is set up here. */
#ifndef _MEMBAR_THREADS_LINUX_CPUHOTPLUG_H
#define _MEMBAR_THREADS_LINUX_CPUHOTPLUG_H

enum cpuhp_state {
	CPUHP_AP_ONLINE_DYN = 200,
};

int cpuhp_setup_state_nocalls(enum cpuhp_state state, const char *name,
			      int (*startup)(unsigned int cpu),
			      int (*teardown)(unsigned int cpu));
void cpuhp_remove_state_nocalls(enum cpuhp_state state);

#endif /* _MEMBAR_THREADS_LINUX_CPUHOTPLUG_H */
