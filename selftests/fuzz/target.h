/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fuzz targets: the function that libFuzzer calls, and how it says that a
 * property does not hold, which stops the fuzzer.
 */
#ifndef _MEMBAR_FUZZ_TARGET_H
#define _MEMBAR_FUZZ_TARGET_H

#include <stdlib.h>

#include "shim.h"

#define fuzz_target	LLVMFuzzerTestOneInput

int fuzz_target(const u8 *data, size_t size);

static inline void holds(bool true_that, const char *what)
{
	if (true_that)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	abort();
}

#define HOLDS(expression)	holds(expression, #expression)

#endif /* _MEMBAR_FUZZ_TARGET_H */
