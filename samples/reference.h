/* SPDX-License-Identifier: GPL-2.0 */
/*
 * References to an object: the thread that drops the last one frees it.
 * Litmus tests: sample-refcount, sample-refcount-broken.
 */
#ifndef _MEMBAR_SAMPLE_REFERENCE_H
#define _MEMBAR_SAMPLE_REFERENCE_H

#include "membar.h"

/* Broken: a thread may still use the object after another one has freed it. */
static inline bool reference_put_broken(atomic_t *refs)
{
	if (atomic_sub_return_relaxed(1, refs))
		return false;
	/* Pairs with nothing: no thread released the object before. */
	membar_smp_mb(MEMBAR_ACQUIRE);
	return true;
}

/* Return: true if the caller dropped the last reference and has to free. */
static inline bool reference_put(atomic_t *refs)
{
	/* Finish all uses first; pairs with the acquire in the last thread. */
	membar_smp_mb(MEMBAR_RELEASE);
	if (atomic_sub_return_relaxed(1, refs))
		return false;
	/* See all drops before freeing; pairs with the release in each thread. */
	membar_smp_mb(MEMBAR_ACQUIRE);
	return true;
}

#endif /* _MEMBAR_SAMPLE_REFERENCE_H */
