/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the probes share: each function between two stores to one place, of
 * which a compiler keeps both only if there is a barrier between them, and in
 * a section of its own, so that nothing that is beside it shows in it.
 */
#define PROBE(name, barrier)						\
	void probe_##name(int *p);					\
	void __section(".text.probe_" #name) probe_##name(int *p)	\
	{								\
		*p = 1;							\
		barrier;						\
		*p = 2;							\
	}
