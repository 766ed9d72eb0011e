// SPDX-License-Identifier: GPL-2.0
/* What the interpreter and the translator of litmus files call on the host. */
#include <linux/mm.h>

#include "../../selftests/stress/stress.h"
#include "note.h"

char notes[NOTES_LEN];
unsigned long long clock_ns;
int broken_edge = -1;
unsigned int failing_allocation;

bool membar_edge_broken(enum membar_edge edge);
bool membar_edge_broken(enum membar_edge edge)
{
	return edge == broken_edge;
}

void note(const char *fmt, ...)
{
	size_t n = strlen(notes);
	va_list args;

	if (n && n < sizeof(notes) - 1)
		n += snprintf(notes + n, sizeof(notes) - n, "|");
	va_start(args, fmt);
	vsnprintf(notes + n, sizeof(notes) - n, fmt, args);
	va_end(args);
}
