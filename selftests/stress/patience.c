// SPDX-License-Identifier: GPL-2.0
/*
 * How long a test goes on when its time is up and it proves nothing yet, because
 * something else has kept its threads from running at the same time.
 */
#include "stress.h"

/* As many weak outcomes of a control are no accident. */
#define ENOUGH_SEEN	10
/* The share of its time in which a test's threads run together, if they can. */
#define ENOUGH_TOGETHER	8

bool membar_enough(const struct membar_so_far *s)
{
	/* Without a control that tripped nothing can be proven, ever. */
	if (s->has_control)
		return !s->control_seen || s->seen ||
		       s->expected >= ENOUGH_SEEN;
	if (s->seen)
		return s->seen >= ENOUGH_SEEN;
	return s->together >= s->duration / ENOUGH_TOGETHER;
}
MEMBAR_EXPORT_TO_KUNIT(membar_enough);
