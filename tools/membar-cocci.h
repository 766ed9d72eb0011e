/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For spatch --macro-file: words of the kernel that coccinelle does not parse,
 * as it likes to see them.  A function with one would be left out.
 */
#define scoped_guard(...)		for (;;)
#define scoped_cond_guard(...)		for (;;)
#define __context_unsafe(comment)
#define __must_hold(lock)
#define __must_hold_shared(lock)
#define __acquires(lock)
#define __releases(lock)
#define __no_context_analysis
#define __returns_ctx_lock(lock)
#define for_each_possible_cpu(cpu)	for (;;)
#define BPF_CALL_0(name)		u64 name(void)
#define BPF_CALL_1(name, t1, a1)	u64 name(t1 a1)
#define BPF_CALL_2(name, t1, a1, t2, a2) u64 name(t1 a1, t2 a2)
#define BPF_CALL_3(name, t1, a1, t2, a2, t3, a3) u64 name(t1 a1, t2 a2, t3 a3)
#define BPF_CALL_4(name, t1, a1, t2, a2, t3, a3, t4, a4)		\
	u64 name(t1 a1, t2 a2, t3 a3, t4 a4)
#define BPF_CALL_5(name, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5)	\
	u64 name(t1 a1, t2 a2, t3 a3, t4 a4, t5 a5)
#define __assumes_ctx_lock(lock)
#define __cond_acquires(ret, lock)
#define __acquires_ret
