// SPDX-License-Identifier: GPL-2.0
/*
 * The parameter "broken" of a module that was built with MEMBAR_BREAKABLE=1:
 * which site is broken, and how.
 *
 * Writing "TEST CELL WAY" breaks one, where TEST is the name of an invariant, or
 * "litmus" for an edge.  Writing "TEST" mends everything, and then a read lists
 * what can be broken of that test, one a line: the cell, and the ways.  A site
 * is known only after it has run.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "break.h"

static const char *const way_names[MEMBAR_NR_WAYS] = {
	[MEMBAR_SOUND] = "sound",
	[MEMBAR_NOTHING] = "nothing",
	[MEMBAR_PLAIN] = "plain",
	[MEMBAR_ALWAYS] = "always",
	[MEMBAR_UNORDERED] = "unordered",
};

/* Sites come from any CPU while a test runs. */
static struct membar_site *sites;
atomic_t membar_operations;
/* A site is broken now. */
static bool breaking;
/* What was written last; the kernel has one writer or reader at a time. */
static char broken[96] = "none";
/* The cell whose edges are broken, or empty. */
static char broken_edge[40];
const char *const membar_broken_cell = broken;

void membar_site_list(struct membar_site *site)
{
	struct membar_site *first;

	if (xchg(&site->listed, true))
		return;
	do {
		first = READ_ONCE(sites);
		site->next = first;
		/* Pairs with the acquires below: the site is complete. */
	} while (cmpxchg_release(&sites, first, site) != first);
}

/* Break the sites of @test with @cell in @way, and mend all others. */
static unsigned int break_sites(const char *test, const char *cell,
				enum membar_way way)
{
	struct membar_site *s;
	unsigned int nr = 0;
	bool hit;

	/* Pairs with the release in membar_site_list(). */
	for (s = smp_load_acquire(&sites); s; s = s->next) {
		hit = !strcmp(s->test, test) && !strcmp(s->cell, cell) &&
		      s->ways & BIT(way);
		WRITE_ONCE(s->way, hit ? way : MEMBAR_SOUND);
		nr += hit;
	}
	WRITE_ONCE(breaking, nr);
	return nr;
}

/* How long one gap takes at most, and all of a thread's in a batch, in us. */
#define GAP_US		5000
#define ALL_GAPS_US	50000

void membar_gap(u32 *waited)
{
	const int before = atomic_read(&membar_operations);
	const u64 begun = ktime_get_ns();
	u32 us = 0;

	if (!READ_ONCE(breaking))
		return;
	while (atomic_read(&membar_operations) == before && us < GAP_US &&
	       *waited + us < ALL_GAPS_US) {
		/* The other thread may be on this CPU as well. */
		usleep_range(1, 5);
		us = div_u64(ktime_get_ns() - begun, NSEC_PER_USEC);
	}
	*waited += us;
}

/* Whether @edge is the first one that exercises its cell, and which. */
static bool edge_is_first(unsigned int edge)
{
	unsigned int e;

	for (e = 0; strcmp(membar_edges[e].cell, membar_edges[edge].cell); e++)
		;
	return e == edge && e != MEMBAR_EDGE_PO;
}

static bool is_edge(const char *cell)
{
	unsigned int e;

	for (e = 0; e < MEMBAR_NR_EDGES; e++)
		if (e != MEMBAR_EDGE_PO && !strcmp(membar_edges[e].cell, cell))
			return true;
	return false;
}

bool membar_edge_broken(enum membar_edge edge)
{
	return !strcmp(broken_edge, membar_edges[edge].cell);
}

static int break_one(const char *test, const char *cell, const char *name)
{
	unsigned int way;

	for (way = MEMBAR_NOTHING; way < MEMBAR_NR_WAYS; way++)
		if (!strcmp(way_names[way], name))
			break;
	if (way == MEMBAR_NR_WAYS)
		return -EINVAL;
	if (!strcmp(test, "litmus")) {
		if (way != MEMBAR_UNORDERED || !is_edge(cell))
			return -EINVAL;
		strscpy(broken_edge, cell, sizeof(broken_edge));
		return 0;
	}
	return break_sites(test, cell, way) ? 0 : -EINVAL;
}

static int broken_set(const char *value, const struct kernel_param *param)
{
	char test[40], cell[40], way[16];
	int words, err = 0;

	if (strlen(value) >= sizeof(broken))
		return -EINVAL;
	break_sites("", "", MEMBAR_SOUND);
	*broken_edge = '\0';
	words = sscanf(value, "%39s %39s %15s", test, cell, way);
	if (words == 3)
		err = break_one(test, cell, way);
	else if (words != 1)
		err = -EINVAL;
	if (err)
		return err;
	strscpy(broken, value, sizeof(broken));
	strim(broken);
	return 0;
}

/* Whether an entry of the list before @site says the same. */
static bool is_repeated(const struct membar_site *site)
{
	const struct membar_site *s;

	/* Pairs with the release in membar_site_list(). */
	for (s = smp_load_acquire(&sites); s != site; s = s->next)
		if (!strcmp(s->test, site->test) && !strcmp(s->cell, site->cell))
			return true;
	return false;
}

static int list_edges(char *buf)
{
	unsigned int e;
	int n = 0;

	for (e = 0; e < MEMBAR_NR_EDGES; e++)
		if (edge_is_first(e))
			n += sysfs_emit_at(buf, n, "%s %s\n",
					   membar_edges[e].cell,
					   way_names[MEMBAR_UNORDERED]);
	return n;
}

static int broken_get(char *buf, const struct kernel_param *param)
{
	const struct membar_site *s;
	unsigned int way;
	int n = 0;

	if (!strcmp(broken, "litmus"))
		return list_edges(buf);
	/* Pairs with the release in membar_site_list(). */
	for (s = smp_load_acquire(&sites); s; s = s->next) {
		if (strcmp(s->test, broken) || is_repeated(s))
			continue;
		n += sysfs_emit_at(buf, n, "%s", s->cell);
		for (way = MEMBAR_NOTHING; way < MEMBAR_NR_WAYS; way++)
			if (s->ways & BIT(way))
				n += sysfs_emit_at(buf, n, " %s",
						   way_names[way]);
		n += sysfs_emit_at(buf, n, "\n");
	}
	return n;
}

static const struct kernel_param_ops broken_ops = {
	.set = broken_set,
	.get = broken_get,
};

module_param_cb(broken, &broken_ops, NULL, 0600);
MODULE_PARM_DESC(broken, "Operations to break on purpose");
