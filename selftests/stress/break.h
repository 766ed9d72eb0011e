/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Operations that are broken on purpose, to see the harness report it.
 *
 * In the module that users build everything is sound, and all of this is
 * constant.  MEMBAR_BREAK=u32_xchg:full builds one in which that cell is broken
 * wherever it is used.  MEMBAR_BREAKABLE=1 builds one in which each operation can
 * be broken in each way that makes sense for it, one at a time and while the
 * module is loaded: see breakable.c.  tools/check-stress uses that.
 *
 * In the latter a litmus test with a broken edge runs the loop that has no edge at
 * all.  In the programs of the invariants each place where an operation is under
 * test is a site, which asks membar_broken() how to make the operation.
 */
#ifndef _MEMBAR_BREAK_H
#define _MEMBAR_BREAK_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/kconfig.h>
#include <linux/types.h>

#include "run.h"

/**
 * enum membar_way - how an operation is made
 * @MEMBAR_SOUND: as it should be
 * @MEMBAR_NOTHING: not at all; its value is zero
 * @MEMBAR_PLAIN: not atomically, as a load and a store or byte by byte
 * @MEMBAR_ALWAYS: a conditional operation that does not look at its condition
 * @MEMBAR_UNORDERED: atomically, but in relaxed order
 * @MEMBAR_NR_WAYS: how many there are
 */
enum membar_way {
	MEMBAR_SOUND,
	MEMBAR_NOTHING,
	MEMBAR_PLAIN,
	MEMBAR_ALWAYS,
	MEMBAR_UNORDERED,
	MEMBAR_NR_WAYS,
};

#ifdef MEMBAR_BREAKABLE

/**
 * struct membar_site - where an operation is under test
 * @test: the invariant that it belongs to
 * @cell: the operation and its order
 * @ways: bit set of the ways in which it can be broken
 * @way: how it is made now
 * @listed: it has run, and is in the list
 * @next: in the list
 */
struct membar_site {
	const char *test;
	const char *cell;
	u8 ways;
	u8 way;
	bool listed;
	struct membar_site *next;
};

/* How many operations have begun at any site. */
extern atomic_t membar_operations;

void membar_site_list(struct membar_site *site);
bool membar_edge_broken(enum membar_edge edge);
/*
 * Within an operation that is not atomic, or within what is to be exclusive:
 * leave other CPUs the time for an operation of their own, if anything is
 * broken.  What then goes wrong need not wait for a coincidence, and @waited
 * bounds the time that all of it takes.
 */
void membar_gap(u32 *waited);

static inline enum membar_way membar_site_way(struct membar_site *site)
{
	if (unlikely(!READ_ONCE(site->listed)))
		membar_site_list(site);
	atomic_inc(&membar_operations);
	return READ_ONCE(site->way);
}

# define __membar_broken(_test, _cell, order, _ways)			\
({									\
	static struct membar_site __site = {				\
		.test = #_test,						\
		.cell = #_cell ":" #order,				\
		.ways = (_ways),					\
	};								\
									\
	membar_site_way(&__site);					\
})
#else
# define __membar_broken(test, cell, order, ways)	MEMBAR_SOUND

static inline void membar_gap(u32 *waited)
{
}

static inline bool membar_edge_broken(enum membar_edge edge)
{
	return false;
}
#endif

/*
 * How the operation @cell is to be made in @order, where @ways is a bit set of
 * the ways in which it can be broken there.
 */
#define membar_broken(test, cell, order, ways)				\
	(__is_defined(MEMBAR_BREAK_##cell##_##order) ? MEMBAR_PLAIN :	\
	 __membar_broken(test, cell, order, ways))

#endif /* _MEMBAR_BREAK_H */
