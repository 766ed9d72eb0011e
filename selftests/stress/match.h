/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Litmus files that are named tests.
 */
#ifndef _MEMBAR_MATCH_H
#define _MEMBAR_MATCH_H

#include "states.h"

/**
 * struct membar_match - the named test that a litmus file is
 * @test: which
 * @swap: run it with the accesses of each thread in the opposite order
 * @plan: of its shape
 * @value: of each location, the values of the file for those of the shape
 * @loc: the location that each place of the file is about
 * @slot: where each place is in the number of an outcome, or
 *	  MEMBAR_MATCH_FIXED if it has the same value in all of them
 */
struct membar_match {
	struct membar_test test;
	bool swap;
	struct membar_plan plan;
	s64 value[MEMBAR_NR_LOCS][1 << 2];
	u8 loc[MEMBAR_MAX_PLACES];
	u8 slot[MEMBAR_MAX_PLACES];
};

#define MEMBAR_MATCH_FIXED	0xff

/**
 * membar_match_find() - find the named test that a program is
 * @program: parsed
 * @places: what is observed of it
 * @match: written only if there is one
 *
 * Threads may have any order, variables any name and initial value, and what is
 * written may be other values than those of the shape.  The outcomes that the
 * program asks about have to be the one that the test asks about.
 *
 * Return: true if there is one.
 */
bool membar_match_find(const struct membar_program *program,
		       const struct membar_places *places,
		       struct membar_match *match);

/* The values at @nr places of the program in an outcome of the test. */
void membar_match_values(const struct membar_match *match, unsigned int nr,
			 unsigned int outcome, s64 *value);

#endif /* _MEMBAR_MATCH_H */
