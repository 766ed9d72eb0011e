/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For spatch --macro-file: words of the kernel that coccinelle does not parse,
 * as it likes to see them.  A function with one would be left out.
 */
#define scoped_guard(...)		if (1)
#define scoped_cond_guard(...)		if (1)
#define __context_unsafe(comment)
#define __must_hold(lock)
#define __must_hold_shared(lock)
#define __acquires(lock)
#define __releases(lock)
#define __no_context_analysis
