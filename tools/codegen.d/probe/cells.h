/* SPDX-License-Identifier: GPL-2.0 */
/* Every barrier of membar.h as a user calls it. */
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include "membar.h"
#include "probe.h"

#define CELL(flavour, entry, ORDER, order, ...)				\
	PROBE(entry##_##order, membar_##entry(MEMBAR_##ORDER))
#define PLAIN(name, ...)						\
	PROBE(name, membar_##name())

MEMBAR_FOR_EACH_BARRIER(CELL)
MEMBAR_FOR_EACH_PMEM_BARRIER(CELL)
MEMBAR_FOR_EACH_PLAIN_BARRIER(PLAIN)
