// SPDX-License-Identifier: GPL-2.0
/*
 * Refuses to build with a MEMBAR_BREAK that names nothing: the module would be
 * sound, and its reports would say that it is broken.
 *
 * A cell can be broken if it is that of an edge, or of an operation of the table
 * that an invariant is named after.
 */
#include <linux/build_bug.h>
#include <linux/string.h>

#include "stress.h"

#define COMPLAINT	"MEMBAR_BREAK=" MEMBAR_BREAK \
			": no such cell in the stress test; smp_mb:full is one"
#define IS(text)		(!__builtin_strcmp(MEMBAR_BREAK, text))

#define FENCE_OR(FLAVOUR, entry, ORDER, order, ...)			\
	IS(#entry ":" #order) ||
#define OTHER_EDGE_OR(ID, name, cell, other)				\
	IS(cell) ||
#define ATOMIC_OR(width, result, op, ORDER, order, ...)			\
	IS(#width "_" #op ":" #order) ||
#define INVARIANT_OR(name)						\
	!__builtin_strncmp(MEMBAR_BREAK, #name ":", sizeof(#name)) ||

/* Never called: the compiler decides. */
void membar_check_break(void);

void membar_check_break(void)
{
	const bool edge = MEMBAR_FOR_EACH_BARRIER(FENCE_OR)
		MEMBAR_FOR_EACH_OTHER_EDGE(OTHER_EDGE_OR) false;
	const bool operation = MEMBAR_FOR_EACH_ATOMIC(ATOMIC_OR) false;
	const bool invariant = MEMBAR_FOR_EACH_INVARIANT(INVARIANT_OR) false;

	BUILD_BUG_ON_MSG(IS("-") || !(edge || (operation && invariant)),
			 COMPLAINT);
#ifdef MEMBAR_BREAK_EVERY
	BUILD_BUG_ON_MSG(!edge || (MEMBAR_BREAK_EVERY) < 1,
			 "MEMBAR_BREAK_EVERY= takes a number, and the edge of a litmus test in MEMBAR_BREAK=");
#endif
}
