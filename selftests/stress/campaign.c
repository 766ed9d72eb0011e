// SPDX-License-Identifier: GPL-2.0
/*
 * Lists of tests, and the control that goes before each forbidden one.
 */
#include "program.h"

/* Ten seconds that show what barriers are for. */
static const char *const smoke[] = {
	"SB+pos", "SB+mbs", "SB+xchgs", "SB+rel+acq",
	"MP+pos", "MP+mbs", "MP+wmb+rmb", "MP+rel+acq", "MP+sr+la",
};

/* Each shape without order, with full order, and as it is used. */
static const char *const litmus[] = {
	"SB+pos", "SB+mbs", "SB+mb+po", "SB+rel+acq", "SB+xchgs",
	"SB+cmpxchgs", "SB+fadds", "SB+virt_mbs", "SB+mandatory_mbs",
	"SB+dma_mbs",

	"MP+pos", "MP+mbs", "MP+wmb+rmb", "MP+rel+acq", "MP+sr+la",
	"MP+wmb+addr", "MP+rel+ctrl", "MP+xchg+fadd", "MP+virt_wmb+virt_rmb",
	"MP+mandatory_wmb+mandatory_rmb", "MP+dma_wmb+dma_rmb",

	"LB+pos", "LB+mbs", "LB+acqs", "LB+rels", "LB+addrs", "LB+datas",
	"LB+ctrls", "LB+la+sr",

	"S+pos", "S+mbs", "S+wmb+data", "S+rel+acq", "S+sr+la",
	"R+pos", "R+mbs", "R+wmb+mb", "R+rel+mb",
	"2+2W+pos", "2+2W+mbs", "2+2W+wmbs", "2+2W+rels", "2+2W+srs",

	"WRC+pos", "WRC+mbs", "WRC+rel+acq", "WRC+sr+la", "WRC+data+rmb",
	"RWC+pos", "RWC+mbs", "RWC+rmb+mb", "RWC+acq+mb",
	"ISA2+pos", "ISA2+mbs", "ISA2+rel+rel+acq", "ISA2+sr+sr+la",
	"ISA2+wmb+ctrl+la",
	"W+RWC+pos", "W+RWC+mbs", "W+RWC+wmb+acq+mb",
	"Z6.0+pos", "Z6.0+mbs", "Z6.0+rel+rel+mb",
	"Z6.1+pos", "Z6.1+mbs", "Z6.1+rel+rel+data",
	"Z6.2+pos", "Z6.2+mbs", "Z6.2+rels",
	"Z6.3+pos", "Z6.3+mbs", "Z6.3+mb+wmb+mb",
	"Z6.4+pos", "Z6.4+mbs", "Z6.5+pos", "Z6.5+mbs",
	"WWC+pos", "WWC+mbs", "WWC+rel+acq", "WWC+sr+data",
	"WRW+2W+pos", "WRW+2W+mbs", "WRW+WR+pos", "WRW+WR+mbs",
	"WRR+2W+pos", "WRR+2W+mbs",
	"3.SB+pos", "3.SB+mbs",
	"3.LB+pos", "3.LB+mbs", "3.LB+datas",
	"3.2W+pos", "3.2W+mbs", "3.2W+wmbs",

	"IRIW+pos", "IRIW+mbs", "IRIW+rmbs", "IRIW+acqs",
	"IRRWIW+pos", "IRRWIW+mbs", "IRWIW+pos", "IRWIW+mbs",

	"CoRR", "CoWW", "CoRW1", "CoWR",
};

/*
 * With the list above, all tests of the shapes that have few enough for a
 * machine to run them in an hour or two: two threads, and three or four with
 * two edges.
 */
static const char *const systematic[] = {
	"SB+*+*", "MP+*+*", "LB+*+*", "S+*+*", "R+*+*", "2+2W+*+*",
	"WRC+*+*", "RWC+*+*", "IRIW+*+*",
	"CoRR+*", "CoWW+*", "CoRW1+*", "CoWR+*",
};

const char *const membar_invariant_names[MEMBAR_NR_INVARIANTS] = {
#define NAME(name)							\
	[MEMBAR_INV_##name] = #name,
	MEMBAR_FOR_EACH_INVARIANT(NAME)
#undef NAME
};
MEMBAR_EXPORT_TO_KUNIT(membar_invariant_names);

unsigned int membar_invariant_threads(enum membar_invariant invariant,
				      unsigned int cpus)
{
	switch (invariant) {
#define CASE(name)	case MEMBAR_INV_##name:
	MEMBAR_FOR_EACH_PAIR_INVARIANT(CASE)
#undef CASE
		return 2;
	default:
		return clamp_t(unsigned int, cpus, 2, MEMBAR_MAX_CPUS);
	}
}
MEMBAR_EXPORT_TO_KUNIT(membar_invariant_threads);

u64 membar_hash(const char *text, size_t len)
{
	u64 hash = 0xcbf29ce484222325ULL;
	size_t i;

	for (i = 0; i < len; i++)
		hash = (hash ^ (u8)text[i]) * 0x100000001b3ULL;
	return hash;
}
MEMBAR_EXPORT_TO_KUNIT(membar_hash);

/*
 * The name in a litmus file can be anything; it goes to places where some
 * characters have a meaning.
 */
static int program_name(const char *name, char *buf, size_t size)
{
	int i, n = scnprintf(buf, size, "%s", name);

	for (i = 0; i < n; i++)
		if (buf[i] <= ' ' || buf[i] > '~' || strchr("\"\\#<>&", buf[i]))
			buf[i] = '_';
	return n;
}

int membar_job_name(const struct membar_job *job, char *buf, size_t size)
{
	int n;

	n = scnprintf(buf, size, "%s", job->twin ? MEMBAR_TWIN_PREFIX : "");
	if (job->program)
		return n + program_name(job->program->name, buf + n, size - n);
	if (!job->invariant)
		return n + membar_test_name(&job->test, buf + n, size - n);
	return n + scnprintf(buf + n, size - n, "%s",
			     membar_invariant_names[job->invariant]);
}
MEMBAR_EXPORT_TO_KUNIT(membar_job_name);

/* What is being put together. */
struct campaign {
	struct membar_job *jobs;
	unsigned int nr, max;
	struct membar_why *why;
};

static int find_job(const struct campaign *c, const struct membar_job *job)
{
	unsigned int j;

	for (j = 0; j < c->nr; j++)
		if (c->jobs[j].invariant == job->invariant &&
		    c->jobs[j].twin == job->twin &&
		    membar_test_equal(&c->jobs[j].test, &job->test))
			return j;
	return -1;
}

/* The place of @job in the list, where it is put if it is not there yet. */
static int add_job(struct campaign *c, const struct membar_job *job)
{
	int j = find_job(c, job);

	if (j >= 0)
		return j;
	if (c->nr == c->max)
		return membar_refuse(c->why, "more than %u tests", c->max);
	c->jobs[c->nr] = *job;
	return c->nr++;
}

/* Put @job in the list, after its control. */
static int add_job_after(struct campaign *c, const struct membar_job *control,
			 struct membar_job *job)
{
	int j;

	job->control = add_job(c, control);
	if (job->control < 0)
		return job->control;
	c->jobs[job->control].is_control = true;
	j = add_job(c, job);
	return j < 0 ? j : 0;
}

/*
 * The control of a litmus test: the same shape without any order.  Where even
 * that must not be seen, for the shape has a single location, it is the bare
 * shape with the accesses of each thread in the opposite order.
 */
static void control_of(const struct membar_test *test,
		       struct membar_job *control)
{
	*control = (struct membar_job){ .control = MEMBAR_NO_CONTROL };
	membar_test_control(test, &control->test);
	control->twin = membar_test_contract(&control->test) != MEMBAR_ALLOWED;
}

static int add_test(struct campaign *c, const struct membar_test *test)
{
	struct membar_job control, job = {
		.test = *test,
		.contract = membar_test_contract(test),
		.control = MEMBAR_NO_CONTROL,
	};
	int j;

	if (job.contract != MEMBAR_ALLOWED) {
		control_of(test, &control);
		return add_job_after(c, &control, &job);
	}
	j = add_job(c, &job);
	return j < 0 ? j : 0;
}

static int add_invariant(struct campaign *c, enum membar_invariant invariant)
{
	const struct membar_job control = {
		.invariant = invariant,
		.twin = true,
		.contract = MEMBAR_ALLOWED,
		.control = MEMBAR_NO_CONTROL,
	};
	struct membar_job job = {
		.invariant = invariant,
		.contract = MEMBAR_FORBIDDEN,
	};

	return add_job_after(c, &control, &job);
}

static int add_invariants(struct campaign *c)
{
	unsigned int i;
	int err = 0;

	for (i = MEMBAR_NO_INVARIANT + 1; i < MEMBAR_NR_INVARIANTS && !err; i++)
		err = add_invariant(c, i);
	return err;
}

/* The invariant of that name, or MEMBAR_NO_INVARIANT. */
static enum membar_invariant find_invariant(const char *name)
{
	unsigned int i;

	for (i = MEMBAR_NO_INVARIANT + 1; i < MEMBAR_NR_INVARIANTS; i++)
		if (!strcmp(name, membar_invariant_names[i]))
			return i;
	return MEMBAR_NO_INVARIANT;
}

/* A control that is asked for itself, by its name without the prefix. */
static int add_twin(struct campaign *c, const char *name)
{
	struct membar_job job = {
		.invariant = find_invariant(name),
		.twin = true,
		.contract = MEMBAR_ALLOWED,
		.control = MEMBAR_NO_CONTROL,
	};
	struct membar_test test;
	int err;

	if (!job.invariant) {
		err = membar_test_parse(name, &test, c->why);
		if (err)
			return err;
		control_of(&test, &job);
		if (!job.twin)
			return membar_refuse(c->why, "no such test: '"
					     MEMBAR_TWIN_PREFIX "%.32s'", name);
	}
	err = add_job(c, &job);
	return err < 0 ? err : 0;
}

static int add_pattern(struct campaign *c, const char *name)
{
	struct membar_pattern pattern;
	struct membar_test test;
	int err;

	err = membar_pattern_parse(name, &pattern, c->why);
	if (err)
		return err;

	membar_pattern_first(&pattern, &test);
	do {
		err = add_test(c, &test);
	} while (!err && membar_pattern_next(&pattern, &test));
	return err;
}

static int add_list(struct campaign *c, const char *const *names,
		    unsigned int nr)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < nr && !err; i++)
		err = add_pattern(c, names[i]);
	return err;
}

static int add_smoke(struct campaign *c)
{
	return add_list(c, smoke, ARRAY_SIZE(smoke));
}

static int add_litmus(struct campaign *c)
{
	return add_list(c, litmus, ARRAY_SIZE(litmus));
}

static int add_all(struct campaign *c)
{
	return add_litmus(c) ?: add_invariants(c);
}

static int add_public(struct campaign *c)
{
	return add_all(c) ?: add_list(c, systematic, ARRAY_SIZE(systematic));
}

static const struct {
	const char *name;
	int (*add)(struct campaign *c);
} campaigns[] = {
	{ "smoke", add_smoke },
	{ "litmus", add_litmus },
	{ "atomics", add_invariants },
	{ "all", add_all },
	{ "public", add_public },
};

const char *membar_campaign_name(unsigned int n)
{
	return n < ARRAY_SIZE(campaigns) ? campaigns[n].name : NULL;
}

static int add_name(struct campaign *c, const char *name)
{
	const size_t prefix = strlen(MEMBAR_TWIN_PREFIX);
	enum membar_invariant invariant;
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(campaigns); n++)
		if (!strcmp(name, campaigns[n].name))
			return campaigns[n].add(c);
	if (!strncmp(name, MEMBAR_TWIN_PREFIX, prefix))
		return add_twin(c, name + prefix);
	invariant = find_invariant(name);
	if (invariant)
		return add_invariant(c, invariant);
	return add_pattern(c, name);
}

int membar_campaign_make(const char *list, struct membar_job *jobs,
			 unsigned int max, struct membar_why *why)
{
	struct campaign c = { .jobs = jobs, .max = max, .why = why };
	char name[MEMBAR_NAME_LEN];
	size_t len;
	int err;

	do {
		len = strcspn(list, ",");
		if (len >= sizeof(name))
			return membar_refuse(why, "no such test: '%.32s...'",
					     list);
		memcpy(name, list, len);
		name[len] = '\0';
		err = add_name(&c, name);
		if (err)
			return err;
		list += len;
	} while (*list++);

	return c.nr;
}
MEMBAR_EXPORT_TO_KUNIT(membar_campaign_make);

/*
 * Shards
 * ======
 */

static bool is_kept(const u64 *kept, int j)
{
	return kept[j / 64] >> j % 64 & 1;
}

static void keep(u64 *kept, int j)
{
	kept[j / 64] |= 1ULL << j % 64;
}

/* How many of the jobs before @j are kept: where @j is going to be. */
static int place_of(const u64 *kept, int j)
{
	int i, n = 0;

	for (i = 0; i < j; i++)
		n += is_kept(kept, i);
	return n;
}

int membar_campaign_shard(struct membar_job *jobs, int nr, u32 shard,
			  u32 shards)
{
	u64 kept[MEMBAR_MAX_JOBS / 64] = { };
	int j, n = 0;

	for (j = shard - 1; j < nr; j += shards) {
		keep(kept, j);
		if (jobs[j].control != MEMBAR_NO_CONTROL)
			keep(kept, jobs[j].control);
	}
	for (j = 0; j < nr; j++) {
		if (!is_kept(kept, j))
			continue;
		if (jobs[j].control != MEMBAR_NO_CONTROL)
			jobs[j].control = place_of(kept, jobs[j].control);
		jobs[n++] = jobs[j];
	}
	return n;
}
MEMBAR_EXPORT_TO_KUNIT(membar_campaign_shard);
