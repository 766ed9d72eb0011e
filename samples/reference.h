/* SPDX-License-Identifier: GPL-2.0 */
/*
 * References to an object: the last one to drop its own frees it.
 * Litmus tests: sample-refcount, sample-refcount-broken.
 */
#ifndef _MEMBAR_SAMPLE_REFERENCE_H
#define _MEMBAR_SAMPLE_REFERENCE_H

#include "membar.h"

/* Broken: a use of the object may come after another party freed it. */
static inline bool reference_put_broken(atomic_t *refs)
{
	if (atomic_sub_return_relaxed(1, refs))
		return false;
	/* Pairs with nothing: no party has said that it is done. */
	membar_smp_mb(MEMBAR_ACQUIRE);
	return true;
}

/* True: the caller was the last one and frees the object. */
static inline bool reference_put(atomic_t *refs)
{
	/* Uses before the drop; pairs with the acquire of the last party. */
	membar_smp_mb(MEMBAR_RELEASE);
	if (atomic_sub_return_relaxed(1, refs))
		return false;
	/* The drops before the freeing; pairs with the release of all. */
	membar_smp_mb(MEMBAR_ACQUIRE);
	return true;
}

#endif /* _MEMBAR_SAMPLE_REFERENCE_H */
