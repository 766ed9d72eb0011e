/* SPDX-License-Identifier: GPL-2.0 */
/* What the interpreter has called, in its order, with a bar between. */
#ifndef _MEMBAR_HOST_NOTE_H
#define _MEMBAR_HOST_NOTE_H

#include <stdbool.h>

#define NOTES_LEN	1024

extern char notes[NOTES_LEN];
/* The clock, which each look at it makes later. */
#define CLOCK_STEP	1000ULL
extern unsigned long long clock_ns;

/* The enum membar_edge that a broken build breaks, or -1. */
extern int broken_edge;

void note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif /* _MEMBAR_HOST_NOTE_H */
