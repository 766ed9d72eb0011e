// SPDX-License-Identifier: GPL-2.0
/* What outline.c has to be identical to: the call and nothing more. */
#define MEMBAR_EXPORTS
#include "membar.h"
#include "probe.h"

#define CELL(flavour, entry, ORDER, order, ...)				\
	PROBE(entry##_##order, membar_##entry##_##order())
/* The parentheses keep the macro of the same name out of the way. */
#define PLAIN(name, ...)						\
	PROBE(name, (membar_##name)())

MEMBAR_FOR_EACH_BARRIER(CELL)
MEMBAR_FOR_EACH_PMEM_BARRIER(CELL)
MEMBAR_FOR_EACH_PLAIN_BARRIER(PLAIN)
