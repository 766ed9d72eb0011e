/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The outcomes of a litmus program: which values are observed, whether they
 * fulfil the condition, and how often each combination of them was there.
 *
 * Nothing here runs a program.
 */
#ifndef _MEMBAR_STATES_H
#define _MEMBAR_STATES_H

#include "program.h"

#define MEMBAR_MAX_PLACES	32

/**
 * struct membar_places - what of a program is observed
 * @nr: how many places
 * @place: registers and variables, in the order in which they are first named
 * @registers: how many of them are registers of each thread
 */
struct membar_places {
	u8 nr;
	struct membar_place place[MEMBAR_MAX_PLACES];
	u8 registers[MEMBAR_PROGRAM_THREADS];
};

/**
 * membar_places_find() - list what a program observes
 * @program: parsed
 * @places: filled in: what the condition, the filter and "locations" name
 * @why: filled in on failure; may be NULL
 *
 * Return: 0, or -EINVAL if there are more than MEMBAR_MAX_PLACES
 */
int membar_places_find(const struct membar_program *program,
		       struct membar_places *places, struct membar_why *why);

/* Of the values at @places: does @condition hold?  No condition holds always. */
bool membar_condition_holds(const struct membar_program *program,
			    const struct membar_condition *condition,
			    const struct membar_places *places,
			    const s64 *value);

/*
 * One counter for each state, and the last one for all states for which there
 * was no place left.
 */
#define MEMBAR_OTHER_STATES	(MEMBAR_NR_OUTCOMES - 1)

/**
 * struct membar_states - the states that were seen, in the order of appearance
 * @nr: how many there are
 * @width: values of each
 * @asked: it is an outcome that the test asks about
 * @value: of all states, @width for each
 */
struct membar_states {
	u8 nr;
	u8 width;
	bool asked[MEMBAR_OTHER_STATES];
	s64 value[];
};

/* Bytes for the states of @width values each. */
#define MEMBAR_STATES_SIZE(width)					\
	(sizeof(struct membar_states) +					\
	 (size_t)MEMBAR_OTHER_STATES * (width) * sizeof(s64))

/*
 * The number of the state with these values, which is added if it is new;
 * MEMBAR_OTHER_STATES if there is no place for it.
 */
unsigned int membar_states_add(struct membar_states *states, const s64 *value,
			       bool asked);
/* The number of a state that is there, or -1. */
int membar_states_find(const struct membar_states *states, const s64 *value);

/* "0:r0=1", "1:r1=x" or "y=2": what was observed at a place. */
int membar_place_name(const struct membar_program *program,
		      const struct membar_place *place, s64 value, char *buf,
		      size_t size);
#define MEMBAR_PLACE_LEN	(2 * MEMBAR_PROGRAM_IDENT + 16)

/*
 * What takes the order out of a program: no fence, no acquire or release, no
 * lock and no grace period.  Dependencies stay.
 */
void membar_program_weaken(const struct membar_program *program,
			   struct membar_program *weak);

/* The outcome in question: the condition holds, or with "forall" it does not. */
static inline bool membar_program_asks(const struct membar_program *program,
				       bool holds)
{
	return holds != (program->quantifier == MEMBAR_FORALL);
}

#endif /* _MEMBAR_STATES_H */
