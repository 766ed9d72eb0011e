// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of the memory model: all outcomes of a program that it allows, and the work
 * of finding them.  herd7 allows the same outcomes.  They run on the host only:
 * tools/stress-host kunit.
 */
#include <kunit/test.h>

#include "model.h"
#include "states.h"
#include "print.h"

static struct membar_model model;
static struct membar_places places;

/*
 * Outcomes
 * ========
 */

#define MAX_STATES	64
#define STATE_LEN	64

static char states[MAX_STATES][STATE_LEN];
static unsigned int nr_states;

static void note_state(struct membar_model *m)
{
	unsigned int i;

	out[0] = '\0';
	for (i = 0; i < places.nr; i++) {
		add("%s", i ? " " : "");
		add_value(membar_model_final(m, &places.place[i]));
	}
	for (i = 0; i < nr_states; i++)
		if (!strcmp(states[i], out))
			return;
	if (nr_states < MAX_STATES)
		snprintf(states[nr_states++], STATE_LEN, "%.*s", STATE_LEN - 1,
			 out);
}

static int compare_states(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* "0 1, 1 1": the values that are observed together, for each outcome. */
static void find_outcomes(void)
{
	unsigned int i;

	nr_states = 0;
	model.limit = MEMBAR_MODEL_LIMIT;
	model.count_unpromised = false;
	model.every = true;
	model.allowed = note_state;
	membar_model_run(&model, &program);
	model.every = false;
	model.allowed = NULL;
	qsort(states, nr_states, sizeof(states[0]), compare_states);
	out[0] = '\0';
	for (i = 0; i < nr_states; i++)
		add("%s%s", i ? ", " : "", states[i]);
	if (model.race)
		add(" race");
	if (model.unknown)
		add(" unknown: %s", model.unknown);
}

struct sample {
	const char *threads;
	const char *end;
	const char *outcomes;
	unsigned int work;
	const char *initial;
};

#define P(n, body)	"P" #n "(int *x, int *y, int *z, int **p, spinlock_t *l, " \
			"spinlock_t *k) { " body " }\n"
#define S(n, body)	"P" #n "(int *x, int *y, int *z, struct srcu_struct *s, " \
			"struct srcu_struct *q) { " body " }\n"
#define Q(n, body)	"P" #n "(int *a, int *b, int *c, int *d, int *e, int *f, " \
			"int *g, int *h) { " body " }\n"
#define R(reg, var)	"int " #reg " = READ_ONCE(*" #var "); "
#define W(var, value)	"WRITE_ONCE(*" #var ", " #value "); "

/* A thread of a ring: what it has read comes before what it writes. */
#define SECTION(n, from, to)	Q(n, "rcu_read_lock(); " R(r0, from) W(to, 1)	\
				     "rcu_read_unlock();")
#define GRACE(n, from, to)	Q(n, R(r0, from) "synchronize_rcu(); " W(to, 1))
#define BUT_THE_LAST	"filter (0:r0=1 /\\ 1:r0=1 /\\ 2:r0=1 /\\ 3:r0=1 /\\ "	\
			"4:r0=1) exists (5:r0=0)"

#define SET(n)		"int r" #n " = " #n "; "

#define FOUR(s)		s s s s
#define TEN(s)		s s s s s s s s s s
#define THIRTY(s)	TEN(s) TEN(s) TEN(s)
#define NINE(n)		W(x, n##1) W(x, n##2) W(x, n##3) W(x, n##4) W(x, n##5)	\
			W(x, n##6) W(x, n##7) W(x, n##8) W(x, n##9)
/* All events that there can be but one. */
#define FULL_BUT_ONE	P(0, THIRTY("smp_mb(); ") "smp_mb(); smp_mb();")	\
			P(1, THIRTY("smp_mb(); ") "smp_mb();")
#define FULL		FULL_BUT_ONE P(2, "smp_mb();")

static const struct sample samples[] = {
	/* Initial values. */
	{ P(0, R(r0, x) "WRITE_ONCE(*y, r0 + 1); ") P(1, R(r0, y)),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ y=0)", "3 0 4, 3 4 4", 94, "x=3;" },
	{ P(0, R(r0, x) W(x, 1) "int r1 = xchg(y, r0); "),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ y=0)", "3 5 3", 88, "x=3; y=5;" },

	/* Names that look like types. */
	{ "P0(int *x_t, uint64_t *y_t) { int r_t = READ_ONCE(*x_t); const u32 s_t = (r_t + 1); "
	  "WRITE_ONCE(*y_t, (uint64_t)s_t); struct a_t *t_t; t_t = READ_ONCE(*y_t); }\n",
	  "exists (0:r_t=0 /\\ y_t=0 /\\ 0:t_t=0)", "3 4 4", 75,
	  "x_t=3; uint64_t y_t=2; int z_t; u_t = 7;" },

	/* Values. */
	{ P(0, "int r0 = 12 | 3; int r1 = 12 ^ 10; int r2 = 12 & 10; int r3 = 12 == 12; "
	       "int r4 = 12 != 12; int r5 = 1 < 1; int r6 = 1 <= 1; int r7 = 1 > 1; "
	       "int r8 = 1 >= 1;"),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ 0:r2=0 /\\ 0:r3=0 /\\ 0:r4=0 /\\ 0:r5=0 /\\ "
	  "0:r6=0 /\\ 0:r7=0 /\\ 0:r8=0)",
	  "15 6 8 1 0 0 1 0 1", 26 },
	{ P(0, "int r0 = 1 < 2; int r1 = 2 < 1; int r2 = 1 <= 2; int r3 = 2 <= 1; "
	       "int r4 = 1 > 2; int r5 = 2 > 1; int r6 = 1 >= 2; int r7 = 2 >= 1; "
	       "int r8 = 2 == 1; int r9 = 2 != 1;"),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ 0:r2=0 /\\ 0:r3=0 /\\ 0:r4=0 /\\ 0:r5=0 /\\ "
	  "0:r6=0 /\\ 0:r7=0 /\\ 0:r8=0 /\\ 0:r9=0)",
	  "1 0 1 0 0 1 0 1 0 1", 28 },
	{ P(0, "int r0 = 7 + 5; int r1 = 7 - 5; int r2 = 7 * 5; int r3 = 7 / 5; "
	       "int r4 = -7 / 5; int r5 = 7 / -1; int r6 = 0 / 7;"),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ 0:r2=0 /\\ 0:r3=0 /\\ 0:r4=0 /\\ 0:r5=0 /\\ "
	  "0:r6=1)",
	  "12 2 35 1 -1 -7 0", 22 },
	{ P(0, "int r0 = 2147483648 * 2147483648 * 2 / -1; int r1 = 7 / -2;"),
	  "exists (0:r0=0 /\\ 0:r1=0)",
	  "-9223372036854775808 -3", 12 },
	{ P(0, "int r0 = 1 / (*x);") P(1, W(x, 2)), "exists (0:r0=0)",
	  "0 race", 77 },
	{ P(0, R(r0, x) "int r1 = r0 * 3 - r0; int r2 = (r1 == 4) + 5;") P(1, W(x, 2)),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ 0:r2=0)",
	  "0 0 5, 2 4 6", 84 },
	{ P(0, "int r0 = atomic_fetch_or(6, x); int r1 = atomic_fetch_and(3, x);"),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ x=0)",
	  "0 6 2", 90 },
	{ P(0, "int r0 = atomic_fetch_xor(6, x); int r1 = atomic_fetch_andnot(2, x);"),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ x=0)",
	  "0 6 4", 90 },
	{ P(0, "int r0 = atomic_add_return(5, x); int r1 = atomic_fetch_sub(2, x);"),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ x=0)",
	  "5 5 3", 90 },
	{ P(0, "int r0 = atomic_sub_and_test(0, x); int r1 = atomic_dec_and_test(x);"),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ x=0)",
	  "1 0 -1", 84 },
	{ P(0, "int r0 = atomic_add_negative(-1, x); int r1 = atomic_inc_unless_negative(x);"),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ x=0)",
	  "1 0 -1", 92 },
	{ P(0, "int r0 = atomic_add_negative(0, x); int r1 = atomic_dec_unless_positive(x);"),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ x=0)",
	  "0 1 -1", 96 },
	{ P(0, "int r0 = atomic_dec_if_positive(x);") P(1, "atomic_inc(x);"),
	  "exists (0:r0=0 /\\ x=0)",
	  "-1 1, 0 0", 221 },
	{ P(0, "int r0 = atomic_add_unless(x, 5, 1);") P(1, W(x, 1)),
	  "exists (0:r0=0 /\\ x=0)",
	  "0 1, 1 1", 138 },
	{ P(0, "int r0 = 0; r0 = try_cmpxchg(x, &r0, 7);"), "exists (0:r0=0 /\\ x=0)",
	  "1 7", 63 },
	{ P(0, "int r0 = 5; r0 = try_cmpxchg(x, &r0, 7);"), "exists (0:r0=0 /\\ x=0)",
	  "0 2", 47, "x=2;" },
	{ P(0, "int r1 = 1; int r0 = try_cmpxchg(x, &r1, 7);") P(1, W(x, 1)),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ x=0)",
	  "0 0 1, 1 1 7", 97 },

	/* What a thread wrote itself hides what it wrote, and what was there, before. */
	{ P(0, FOUR("atomic_inc(x); ") FOUR("atomic_inc(x); ") "int r0 = atomic_fetch_inc(x);"),
	  "exists (0:r0=0 /\\ x=0)", "8 9", 456 },
	{ P(0, W(x, 1) W(x, 2) R(r0, x) R(r1, x)), "exists (0:r0=0 /\\ 0:r1=0)", "2 2", 92 },
	{ P(0, W(x, 1) W(x, 2) R(r0, x)) P(1, W(x, 1)), "exists (0:r0=0)", "1, 2", 125 },
	{ P(0, W(x, 1) W(x, 2) R(r0, x)) P(1, W(x, 0)), "exists (0:r0=0)", "0, 2", 203 },
	{ P(0, W(x, 1) R(r0, x)) P(1, R(r0, y) "if (r0) " W(x, 0)), "exists (0:r0=0)", "1", 129 },
	{ P(0, R(r0, z) "WRITE_ONCE(*x, r0 + 1); " R(r1, x) W(y, 1))
	  P(1, R(r0, y) "WRITE_ONCE(*z, r0);"), "exists (0:r0=0 /\\ 0:r1=0)",
	  "0 1, 1 2", 223 },
	{ P(0, R(r0, z) "WRITE_ONCE(*x, r0 + 1); " R(r1, x) "WRITE_ONCE(*y, r1 + 1); "
	       R(r2, y) "WRITE_ONCE(*x, 9);")
	  P(1, R(r0, x) "WRITE_ONCE(*z, r0);"), "exists (0:r0=0 /\\ 0:r2=0)",
	  "0 2", 464 },

	/* No two atomic operations that store read the same write. */
	{ P(0, "int r0 = atomic_fetch_inc(x);") P(1, "int r0 = atomic_fetch_inc(x);")
	  P(2, "int r0 = atomic_fetch_inc(x);") P(3, "int r0 = atomic_fetch_inc(x);")
	  P(4, "int r0 = atomic_fetch_inc(x);"), "exists (0:r0=0 /\\ x=0)",
	  "0 5, 1 5, 2 5, 3 5, 4 5", 6328 },
	{ P(0, "atomic_inc(x); atomic_inc(x); atomic_inc(x);")
	  P(1, "atomic_inc(x); atomic_inc(x); int r0 = atomic_fetch_inc(x);"),
	  "exists (1:r0=0 /\\ x=0)", "2 6, 3 6, 4 6, 5 6", 189628 },
	{ P(0, "atomic_inc(x); int r0 = atomic_fetch_inc(x);")
	  P(1, "int r0 = cmpxchg(x, 1, 1); int r1 = cmpxchg(x, 1, 7);"),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ 1:r1=0 /\\ x=0)",
	  "1 0 0 2, 1 0 2 2, 1 1 2 2, 1 2 2 2, 7 0 1 8, 7 1 1 8", 1733 },
	{ P(0, "if (READ_ONCE(*y)) WRITE_ONCE(*x, 0); else WRITE_ONCE(*y, 5);"
	       "int r0 = atomic_fetch_inc(x);") P(1, "int r0 = atomic_fetch_inc(x); " W(y, 1)),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ x=0)", "0 0 1, 0 1 2, 1 0 2", 1402 },

	{ P(0, "atomic_inc(y); int r0 = atomic_fetch_inc(y); int r1 = atomic_fetch_inc(y); "
	       "int r2 = atomic_fetch_inc(x);"),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ 0:r2=0)", "1 2 0", 172 },
	/* One look at each of 31 events is less than a step. */
	{ P(0, TEN(W(y, 1)) TEN(W(y, 1)) FOUR(W(y, 1)) FOUR(W(y, 1)) W(y, 1)
	       "int r0 = xchg(x, 1);"), "exists (0:r0=0)", "0", 628 },
	/* As many threads, operations and events as there can be. */
	{ P(0, "int r0 = cmpxchg(x, 1, 2);") P(1, "smp_mb();") P(2, "smp_mb();")
	  P(3, "smp_mb();") P(4, "smp_mb();") P(5, "smp_mb();") P(6, "smp_mb();")
	  P(7, THIRTY("smp_mb(); ") "smp_mb(); " W(x, 1)),
	  "exists (0:r0=0 /\\ x=0)", "0 1, 1 2", 864 },
	{ P(0, THIRTY("smp_mb(); ") "smp_mb(); smp_mb();") P(1, THIRTY("smp_mb(); "))
	  P(2, "int r0 = atomic_fetch_inc(x);"), "exists (2:r0=0 /\\ x=0)", "0 1", 1252 },
	/* A thread that sees all values of the others and one of its own. */
	{ P(0, NINE(1) NINE(2) NINE(3) W(x, 41) W(x, 42) W(x, 43) W(x, 44)
	       W(x, 0))
	  P(1, W(y, 5) R(r0, y) "WRITE_ONCE(*z, r0 + 1); " R(r1, z)
	       "WRITE_ONCE(*x, r1 + 100); " R(r2, x)), "exists (x=0)",
	  " unknown: too many values of a variable", 468 },

	/* Atomicity and coherence. */
	{ P(0, "int r0 = atomic_fetch_inc(x);") P(1, "int r0 = atomic_fetch_inc(x);")
	  P(2, W(x, 5)), "exists (0:r0=0 /\\ 1:r0=0 /\\ x=0)",
	  "0 1 5, 0 5 6, 1 0 5, 5 0 6, 5 6 7, 6 5 7", 370 },
	{ P(0, "int r0 = xchg_relaxed(x, 1);") P(1, "int r0 = xchg_relaxed(x, 2);"),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ x=0)",
	  "0 1 2, 2 0 1", 116 },
	{ P(0, "int r0 = cmpxchg(x, 1, 2);") P(1, "int r0 = cmpxchg(x, 0, 1);"),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ x=0)",
	  "0 0 1, 1 0 2", 130 },
	{ P(0, W(x, 1) W(x, 2)) P(1, R(r0, x) R(r1, x)), "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 0 1, 0 2, 1 1, 1 2, 2 2", 268 },
	{ P(0, W(x, 1) R(r0, x)) P(1, W(x, 2) R(r0, x)),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ x=0)",
	  "1 1 1, 1 2 1, 1 2 2, 2 2 2", 132 },
	{ P(0, R(r0, x) W(x, 1)) P(1, R(r0, x) W(x, 2)),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ x=0)",
	  "0 0 1, 0 0 2, 0 1 2, 2 0 1", 132 },
	{ P(0, W(x, 1)) P(1, W(x, 2)) P(2, R(r0, x) R(r1, x)),
	  "exists (2:r0=0 /\\ 2:r1=0)",
	  "0 0, 0 1, 0 2, 1 1, 1 2, 2 1, 2 2", 288 },
	{ P(0, W(x, 1)) P(1, W(x, 2)) P(2, R(r0, x) R(r1, x)),
	  "exists (2:r0=0 /\\ 2:r1=0 /\\ x=0)",
	  "0 0 1, 0 0 2, 0 1 1, 0 1 2, 0 2 1, 0 2 2, 1 1 1, 1 1 2, 1 2 2, 2 1 1, "
	  "2 2 1, 2 2 2", 216 },
	{ P(0, R(r0, x) W(x, 1) W(x, 2)) P(1, W(x, 1)), "exists (0:r0=0 /\\ x=0)",
	  "0 1, 0 2, 1 2", 125 },
	{ P(0, "int r0 = 2 * READ_ONCE(*x) + READ_ONCE(*x); " R(r1, x)) P(1, W(x, 1)),
	  "exists (0:r0=0 /\\ 0:r1=0)", "0 0, 0 1, 1 1, 2 1, 3 1", 292 },
	{ P(0, W(x, 1) R(r0, x)) P(1, W(x, 0)), "exists (0:r0=1)", "0, 1", 157 },

	/* Order of atomic operations, and fences beside them. */
	{ P(0, W(x, 1) "int r1 = xchg_release(y, 1);")
	  P(1, "int r0 = xchg_acquire(y, 2); " R(r1, x)), "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 0 1, 1 1", 402 },
	{ P(0, W(x, 1) "int r1 = xchg_acquire(y, 1);")
	  P(1, "int r0 = xchg_release(y, 2); " R(r1, x)), "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 0 1, 1 0, 1 1", 302 },
	{ P(0, W(x, 1) "int r1 = xchg(z, 1); " R(r0, y))
	  P(1, W(y, 1) "int r1 = xchg(z, 2); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 1, 1 0, 1 1", 550 },
	{ P(0, W(x, 1) "int r1 = xchg_release(z, 1); " R(r0, y))
	  P(1, W(y, 1) "int r1 = xchg_acquire(z, 2); " R(r0, x)),
	  "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 549 },
	{ P(0, W(x, 1) "atomic_inc(y);") P(1, R(r0, y) "smp_rmb(); " R(r1, x)),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 0 1, 1 0, 1 1", 281 },
	{ P(0, W(x, 1) "smp_wmb(); atomic_inc(y);") P(1, R(r0, y) "smp_rmb(); " R(r1, x)),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 0 1, 1 1", 316 },
	{ P(0, W(x, 1) "virt_store_release(y, 1);")
	  P(1, R(r0, y) "int r1 = 7; if (r0) { smp_acquire__after_ctrl_dep(); "
		"r1 = READ_ONCE(*x); }"), "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 7, 1 1", 179 },
	{ P(0, W(x, 1) "virt_store_release(y, 1);")
	  P(1, R(r0, y) "int r1 = 7; if (r0) { r1 = READ_ONCE(*x); }"),
	  "exists (1:r0=0 /\\ 1:r1=0)", "0 7, 1 0, 1 1", 168 },
	{ P(0, "virt_store_mb(*x, 1); " R(r0, y)) P(1, "membar_virt_store_mb(y, 1); " R(r0, x)),
	  "exists (0:r0=0 /\\ 1:r0=0)", "0 1, 1 0, 1 1", 270 },
	{ P(0, W(x, 1) "smp_wmb(); " W(y, 1)) P(1, "atomic_inc(y); smp_rmb(); " R(r1, x)),
	  "exists (1:r1=0 /\\ y=0)",
	  "0 1, 0 2, 1 1, 1 2", 240 },
	{ P(0, W(x, 1) "smp_wmb(); " W(y, 1))
	  P(1, "int r0 = atomic_fetch_inc_relaxed(y); smp_rmb(); " R(r1, x)),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 0 1, 1 1", 353 },
	{ P(0, W(x, 1) "smp_mb__before_atomic(); atomic_inc(z); " R(r0, y))
	  P(1, W(y, 1) "atomic_inc(z); smp_mb__before_atomic(); " R(r0, x)),
	  "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 1196 },
	{ P(0, W(x, 1) "atomic_inc(z); smp_mb__after_atomic(); " R(r0, y))
	  P(1, W(y, 1) "smp_mb__after_atomic(); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 341 },
	{ P(0, W(x, 1) "atomic_inc(z); smp_mb__after_atomic(); " R(r0, y))
	  P(1, W(y, 1) "smp_mb__before_atomic(); atomic_inc(z); " R(r0, x)),
	  "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 1, 1 0, 1 1", 1362 },
	{ P(0, W(x, 1) "smp_wmb(); " W(y, 1)) P(1, "int r0 = atomic_fetch_add_relaxed(2, y);")
	  P(2, "int r0 = smp_load_acquire(y); " R(r1, x)), "exists (2:r0=0 /\\ 2:r1=0)",
	  "0 0, 0 1, 1 1, 2 0, 2 1, 3 1", 485 },
	{ P(0, W(x, 1) "smp_store_release(y, 1);") P(1, R(r0, y) W(y, 2))
	  P(2, "int r0 = smp_load_acquire(y); " R(r1, x)), "exists (2:r0=0 /\\ 2:r1=0)",
	  "0 0, 0 1, 1 1, 2 0, 2 1", 376 },
	{ P(0, "atomic_inc(x); smp_mb__after_atomic(); " R(r0, y))
	  P(1, W(y, 1) "smp_mb(); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 1, 1 0, 1 1", 302 },
	{ P(0, W(x, 1) "smp_wmb(); " W(y, 1))
	  P(1, "int r0 = cmpxchg_acquire(y, 5, 6); " R(r1, x)),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 0 1, 1 0, 1 1", 273 },

	/* Operations of one statement, the first of which the others do not depend on. */
	{ P(0, "int r0 = smp_load_acquire(x) + 2 * READ_ONCE(*y);")
	  P(1, W(y, 1) "smp_wmb(); " W(x, 1)), "exists (0:r0=0)",
	  "0, 1, 2, 3", 259 },
	{ P(0, "smp_store_release(z, cmpxchg_relaxed(x, READ_ONCE(*y), 1) + 1);")
	  P(1, R(r0, z) "smp_mb(); " W(y, 1)), "exists (x=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 323 },
	{ P(0, "int r0 = smp_load_acquire(x) * 2 + spin_trylock(l);")
	  P(1, "int r0 = spin_is_locked(l); smp_mb(); " W(x, 1)),
	  "exists (0:r0=0 /\\ 1:r0=0)",
	  "1 0, 1 1, 3 0, 3 1", 230 },
	{ P(0, "int r0 = smp_load_acquire(x) * 2 + spin_is_locked(l);")
	  P(1, "spin_lock(l); smp_mb(); " W(x, 1)), "exists (0:r0=0)",
	  "0, 1, 2, 3", 298 },
	{ S(0, "synchronize_srcu(s + 0 * cmpxchg_relaxed(x, READ_ONCE(*y), 1)); " W(z, 1))
	  S(1, R(r0, z) "smp_mb(); " W(y, 1)), "exists (x=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 363 },

	/* Dependencies. */
	{ P(0, R(r0, x) W(y, r0)) P(1, R(r0, y) W(x, r0)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0", 108 },
	{ P(0, R(r0, x) "if (r0 == 1) " W(y, 1)) P(1, R(r0, y) "smp_mb(); " W(x, 1)),
	  "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 1 0", 264 },
	{ P(0, R(r0, x) "if (r0) { if (r0 == 2) { " W(z, 1) " } } " W(y, 1))
	  P(1, R(r0, y) "smp_mb(); " W(x, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 324 },
	{ P(0, R(r0, x) "if (r0) { if (z) { " W(y, 1) " } else { " W(y, 2) " } }")
	  P(1, R(r0, y) "smp_mb(); " W(x, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 1 0", 353 },
	{ P(0, R(r0, x) "if (r0) { " W(z, 1) " } else { " W(y, 1) " }")
	  P(1, R(r0, y) "smp_mb(); " W(x, 1)), "exists (0:r0=0 /\\ 1:r0=0 /\\ z=0)",
	  "0 0 0, 0 1 0, 1 0 1", 283 },
	{ P(0, R(r0, x) "if (r0) { " W(z, 1) " } else { " W(z, 2) " } " W(y, 1))
	  P(1, R(r0, y) "smp_mb(); " W(x, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 325 },
	{ P(0, R(r0, x) "if (r0) { if (r0 == 2) { " W(z, 1) " } " W(y, 1) " }")
	  P(1, R(r0, y) "smp_mb(); " W(x, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 1 0", 321 },
	{ P(0, R(r0, x) W(z, r0) R(r1, z) W(y, r1)) P(1, R(r0, y) "smp_mb(); " W(x, 1)),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ 1:r0=0)",
	  "0 0 0, 1 1 0", 372 },
	{ P(0, R(r0, x) "if (r0) " W(z, 1) R(r1, y)) P(1, W(y, 1) "smp_mb(); " W(x, 1)),
	  "exists (0:r0=0 /\\ 0:r1=0)",
	  "0 0, 0 1, 1 0, 1 1", 322 },
	{ P(0, W(x, 1) "smp_wmb(); " W(p, x)) P(1, "int *r0 = READ_ONCE(*p); int r1 = 7; if (r0) r1 = READ_ONCE(*r0);"),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "&x 1, 0 7", 178 },
	{ P(0, W(z, 1) "smp_mb(); " W(p, x)) P(1, "int *r0 = READ_ONCE(*p); if (r0) WRITE_ONCE(*r0, 2); " R(r1, z)),
	  "exists (1:r0=0 /\\ 1:r1=0 /\\ x=0)",
	  "&x 0 2, &x 1 2, 0 0 0, 0 1 0", 376 },
	{ P(0, R(r0, x) "atomic_add(r0, y);") P(1, R(r0, y) "smp_mb(); " W(x, 1)),
	  "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 1 0", 299 },
	{ P(0, R(r0, x) "int r1 = cmpxchg_relaxed(y, 0, r0);") P(1, R(r0, y) "smp_mb(); " W(x, 1)),
	  "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 1 0", 329 },
	{ P(0, R(r0, x) "int r1 = xchg_relaxed(z, r0); " W(y, r1 + 1))
	  P(1, R(r0, y) "smp_mb(); " W(x, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 332 },
	{ P(0, R(r0, x) "int r1 = atomic_fetch_add_relaxed(r0, z); " W(y, r1 + 1))
	  P(1, R(r0, y) "smp_mb(); " W(x, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0", 332 },
	{ P(0, "int r0 = atomic_fetch_inc_relaxed(y); " R(r1, y) W(z, r1))
	  P(1, R(r0, z) "smp_mb(); " W(y, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0", 403 },
	{ P(0, "int r0 = xchg_relaxed(y, 5); " R(r1, y) W(z, r1))
	  P(1, R(r0, z) "smp_mb(); " W(y, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 5, 1 0, 1 5", 406 },

	/* An operation that stores leaves the expected value as it was. */
	{ P(0, "int r1 = 1; int r0 = try_cmpxchg_relaxed(x, &r1, 2); " W(y, r1))
	  P(1, R(r0, y) W(x, r0)), "exists (0:r0=0 /\\ 1:r0=0)", "0 0, 1 1", 280 },

	/* Dependencies that a plain variable carries on, within a thread. */
	{ P(0, R(r0, x) "*z = r0; int r1 = *z; *z = r1; int r2 = *z; " W(y, r2))
	  P(1, R(r0, y) "smp_mb(); " W(x, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 1 0", 754 },
	{ P(0, R(r0, x) "*z = r0; int r1 = *z; if (r1) " W(y, 1))
	  P(1, R(r0, y) "smp_mb(); " W(x, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 1 0", 520 },
	{ P(0, R(r0, y) "*z = r0; int r1 = *z; int r2 = READ_ONCE(*(x + 0 * r1));")
	  P(1, W(x, 1) "smp_wmb(); " W(y, 1)), "exists (0:r0=0 /\\ 0:r2=0)",
	  "0 0, 0 1, 1 1", 625 },
	{ P(0, R(r0, x) "*z = r0;") P(1, "int r1 = *z; " W(y, r1))
	  P(2, R(r0, y) "smp_mb(); " W(x, 1)),
	  "exists (0:r0=0 /\\ 1:r1=0 /\\ 2:r0=0)",
	  "0 0 0, 1 0 0, 1 1 0, 1 1 1 race", 244 },
	/* A read of what the thread has written depends on it, if that is marked. */
	{ P(0, R(r0, x) W(z, r0) "int r1 = smp_load_acquire(z); " R(r2, y))
	  P(1, W(y, 1) "smp_wmb(); " W(x, 1)), "exists (0:r0=0 /\\ 0:r2=0)",
	  "0 0, 0 1, 1 1", 375 },
	{ P(0, R(r0, x) "*z = r0; int r1 = smp_load_acquire(z); " R(r2, y))
	  P(1, W(y, 1) "smp_wmb(); " W(x, 1)), "exists (0:r0=0 /\\ 0:r2=0)",
	  "0 0, 0 1, 1 0, 1 1", 625 },
	/* After a plain write whose address depends on a read. */
	{ P(0, R(r0, x) "*(z + 0 * r0) = 1; smp_wmb(); " W(y, 1))
	  P(1, R(r0, y) "smp_mb(); " W(x, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0", 557 },
	{ P(0, R(r0, x) "*(z + 0 * r0) = 1; smp_rmb(); " W(y, 1))
	  P(1, R(r0, y) "smp_mb(); " W(x, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 557 },

	/* Propagation. */
	{ P(0, W(x, 1)) P(1, R(r0, x) "smp_mb(); " R(r1, y)) P(2, W(y, 1))
	  P(3, R(r0, y) "smp_mb(); " R(r1, x)),
	  "exists (1:r0=1 /\\ 1:r1=0 /\\ 3:r0=1 /\\ 3:r1=0)",
	  "0 0 0 0, 0 0 0 1, 0 0 1 0, 0 0 1 1, 0 1 0 0, 0 1 0 1, 0 1 1 0, 0 1 1 1, 1 0 0 0, 1 0 0 1, 1 0 1 1, 1 1 0 0, 1 1 0 1, 1 1 1 0, 1 1 1 1", 457 },
	{ P(0, W(x, 1)) P(1, R(r0, x) "smp_rmb(); " R(r1, y)) P(2, W(y, 1))
	  P(3, R(r0, y) "smp_mb(); " R(r1, x)),
	  "exists (1:r0=1 /\\ 1:r1=0 /\\ 3:r0=1 /\\ 3:r1=0)",
	  "0 0 0 0, 0 0 0 1, 0 0 1 0, 0 0 1 1, 0 1 0 0, 0 1 0 1, 0 1 1 0, 0 1 1 1, 1 0 0 0, 1 0 0 1, 1 0 1 0, 1 0 1 1, 1 1 0 0, 1 1 0 1, 1 1 1 0, 1 1 1 1", 457 },
	{ P(0, W(x, 1) "smp_wmb(); " W(y, 1)) P(1, W(y, 2) "smp_wmb(); " W(z, 1))
	  P(2, R(r0, z) "smp_rmb(); " R(r1, x)), "exists (y=1 /\\ 2:r0=0 /\\ 2:r1=0)",
	  "1 0 0, 1 0 1, 1 1 0, 1 1 1, 2 0 0, 2 0 1, 2 1 0, 2 1 1", 404 },
	{ P(0, W(x, 1) "smp_wmb(); " W(y, 1)) P(1, W(y, 2) "smp_mb(); " R(r0, x)),
	  "exists (y=1 /\\ 1:r0=0)",
	  "1 0, 1 1, 2 0, 2 1", 255 },
	{ P(0, W(x, 2) "smp_wmb(); " W(y, 1)) P(1, W(y, 2) "smp_wmb(); " W(x, 1)),
	  "exists (x=1 /\\ y=0)",
	  "1 1, 1 2, 2 1, 2 2", 152 },
	{ P(0, W(x, 1) "smp_mb_release(); " W(y, 1)) P(1, R(r0, y) "smp_mb_acquire(); " W(z, 1))
	  P(2, R(r0, z) "smp_mb_acquire(); " R(r1, x)),
	  "exists (1:r0=0 /\\ 2:r0=0 /\\ 2:r1=0)",
	  "0 0 0, 0 0 1, 0 1 0, 0 1 1, 1 0 0, 1 0 1, 1 1 0, 1 1 1", 419 },
	/* By way of two operations, one after the other. */
	{ P(0, W(x, 1) "smp_store_release(y, 1);")
	  P(1, "atomic_inc(y); atomic_inc(y);")
	  P(2, "int r0 = smp_load_acquire(y); " R(r1, x)),
	  "filter (2:r0=3) exists (2:r1=0)",
	  "1 3", 586 },
	{ P(0, W(x, 1)) P(1, R(r0, x) "smp_store_release(y, 1);")
	  P(2, "int r0 = smp_load_acquire(y); " R(r1, x)),
	  "exists (1:r0=0 /\\ 2:r0=0 /\\ 2:r1=0)",
	  "0 0 0, 0 0 1, 0 1 0, 0 1 1, 1 0 0, 1 0 1, 1 1 1", 269 },
	{ P(0, W(x, 1)) P(1, "int r0 = *x; smp_store_release(y, 1);")
	  P(2, "int r0 = smp_load_acquire(y); " R(r1, x)),
	  "exists (1:r0=0 /\\ 2:r0=0 /\\ 2:r1=0)",
	  "0 0 0, 0 0 1, 0 1 0, 0 1 1, 1 0 0, 1 0 1, 1 1 0, 1 1 1 race", 155 },
	/* What is not marked is no part of it. */
	{ P(0, W(x, 1) "smp_wmb(); *y = 1;") P(1, "atomic_inc(y);")
	  P(2, "int r0 = smp_load_acquire(y); " R(r1, x)),
	  "exists (2:r0=0 /\\ 2:r1=0)",
	  "0 0, 0 1, 1 0, 1 1, 2 0, 2 1 race", 243 },
	{ P(0, W(y, 1) "smp_mb(); " R(r0, x)) P(1, "*x = 1;")
	  P(2, R(r0, x) "smp_mb(); " R(r1, y)),
	  "exists (0:r0=0 /\\ 2:r0=0 /\\ 2:r1=0)",
	  "0 0 0, 0 0 1, 0 1 0, 0 1 1, 1 0 0, 1 0 1, 1 1 0, 1 1 1 race", 197 },
	{ P(0, W(y, 1) "smp_mb(); " R(r0, x)) P(1, W(x, 1))
	  P(2, "int r0 = *x; smp_mb(); " R(r1, y)),
	  "exists (0:r0=0 /\\ 2:r0=0 /\\ 2:r1=0)",
	  "0 0 0, 0 0 1, 0 1 0, 0 1 1, 1 0 0, 1 0 1, 1 1 0, 1 1 1 race", 197 },
	{ P(0, "rcu_read_lock(); " R(r1, z) R(r0, y) "rcu_read_unlock();")
	  P(1, W(y, 1) "synchronize_rcu(); int r0 = *x;")
	  P(2, W(x, 1) "smp_wmb(); " W(z, 1)),
	  "filter (0:r1=1) exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0 1, 0 1 1, 1 0 1, 1 1 1 race", 257 },

	/* Locks. */
	{ P(0, "spin_lock(l); " W(x, 1) "spin_unlock(l); spin_lock(l); " W(y, 1) "spin_unlock(l);")
	  P(1, R(r0, y) "smp_rmb(); " R(r1, x)), "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 0 1, 1 1", 461 },
	{ P(0, "spin_lock(l); " W(x, 1) "spin_unlock(l); spin_lock(k); " W(y, 1) "spin_unlock(k);")
	  P(1, R(r0, y) "smp_rmb(); " R(r1, x)), "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 0 1, 1 1", 461 },
	{ P(0, "spin_lock(l); " W(x, 1) "spin_unlock(l); spin_lock(k); " R(r0, y)
	       "spin_unlock(k);")
	  P(1, W(y, 1) "smp_mb(); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 453 },
	{ P(0, "spin_lock(l); " W(x, 1) "spin_unlock(l); spin_lock(k); "
	       "smp_mb__after_unlock_lock(); " R(r0, y) "spin_unlock(k);")
	  P(1, W(y, 1) "smp_mb(); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 1, 1 0, 1 1", 490 },
	{ P(0, "spin_lock(l); " W(x, 1) "spin_unlock(l);")
	  P(1, "spin_lock(l); " R(r0, x) "smp_mb__after_unlock_lock(); " R(r1, y)
	       "spin_unlock(l);")
	  P(2, W(y, 1) "smp_mb(); " R(r0, x)), "exists (1:r0=0 /\\ 1:r1=0 /\\ 2:r0=0)",
	  "0 0 0, 0 0 1, 0 1 0, 0 1 1, 1 0 1, 1 1 0, 1 1 1", 1005 },
	{ P(0, W(x, 1) "spin_lock(l); smp_mb__after_spinlock(); " R(r0, y) "spin_unlock(l);")
	  P(1, W(y, 1) "spin_lock(k); smp_mb__after_spinlock(); " R(r0, x) "spin_unlock(k);"),
	  "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 1, 1 0, 1 1", 490 },
	{ P(0, W(x, 1) "spin_lock(l); spin_unlock(l); " R(r0, y))
	  P(1, W(y, 1) "smp_mb(); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 343 },
	/* A lock only acquires, and orders nothing by what it writes. */
	{ P(0, W(x, 1) "spin_lock(l); " W(y, 1)) P(1, R(r0, y) "smp_rmb(); " R(r1, x)),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 0 1, 1 0, 1 1", 318 },
	{ P(0, R(r0, z) W(x, r0) "smp_wmb(); spin_lock(l); " R(r1, y))
	  P(1, W(y, 1) "smp_mb(); " W(z, 1)), "exists (0:r0=0 /\\ 0:r1=0)",
	  "0 0, 0 1, 1 0, 1 1", 452 },
	/* Fences that ask for something else. */
	{ P(0, "spin_lock(l); " W(x, 1) "spin_unlock(l); spin_lock(k); smp_rmb(); "
	       R(r0, y) "spin_unlock(k);")
	  P(1, W(y, 1) "smp_mb(); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 490 },
	{ P(0, "spin_lock(l); " W(x, 1) "spin_unlock(l); "
	       "smp_mb__after_srcu_read_unlock(); " R(r0, y))
	  P(1, W(y, 1) "smp_mb(); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 380 },
	{ P(0, "spin_lock(l); " W(x, 1) "spin_unlock(l);"), "exists (x=0)",
	  "1", 88, "l=0;" },
	{ P(0, "spin_lock(l); " W(x, 1) W(x, 2) "spin_unlock(l);")
	  P(1, "spin_lock(l); " R(r0, x) R(r1, x) "spin_unlock(l);"),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 2 2", 2074 },
	{ P(0, "int r0 = spin_trylock(l); if (r0) { " W(x, 1) " spin_unlock(l); }")
	  P(1, "spin_lock(l); " R(r0, x) R(r1, x) "spin_unlock(l);"),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ 1:r1=0)",
	  "0 0 0, 1 0 0, 1 1 1", 597 },
	{ P(0, "spin_lock(l); " W(x, 1) "spin_unlock(l);")
	  P(1, R(r0, x) "int r1 = spin_is_locked(l);"), "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 0 1, 1 0, 1 1", 284 },
	{ P(0, "spin_lock(l); spin_lock(k); " W(x, 1) "spin_unlock(k); spin_unlock(l);")
	  P(1, "spin_lock(k); " R(r0, x) "spin_lock(l); " R(r1, x)
	       "spin_unlock(l); spin_unlock(k);"), "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 1 1", 2441 },
	{ P(0, R(r0, x) "int r1 = spin_trylock(l); " W(y, r0))
	  P(1, "int r0 = spin_is_locked(l); smp_mb(); " W(x, 1)),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ 1:r0=0)",
	  "0 1 0, 0 1 1, 1 1 0, 1 1 1", 291 },

	/* RCU: as many critical sections as grace periods. */
	{ P(0, "rcu_read_lock(); " W(x, 1) R(r0, y) "rcu_read_unlock();")
	  P(1, W(y, 1) "synchronize_rcu(); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 1, 1 0, 1 1", 307 },
	{ P(0, "rcu_read_lock(); " W(x, 1) "rcu_read_unlock(); " R(r0, y))
	  P(1, W(y, 1) "synchronize_rcu(); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 1, 1 0, 1 1", 307 },
	{ P(0, "rcu_read_lock(); " R(r0, y) "rcu_read_lock(); rcu_read_unlock(); " R(r1, x)
	       "rcu_read_unlock();")
	  P(1, W(x, 1) "synchronize_rcu(); " W(y, 1)), "exists (0:r0=0 /\\ 0:r1=0)",
	  "0 0, 0 1, 1 1", 414 },
	{ P(0, "rcu_read_lock(); " W(x, 1) R(r0, y) "rcu_read_unlock();")
	  P(1, "rcu_read_lock(); " W(y, 1) R(r0, z) "rcu_read_unlock();")
	  P(2, W(z, 1) "synchronize_rcu(); " R(r0, x)),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ 2:r0=0)",
	  "0 0 0, 0 0 1, 0 1 0, 0 1 1, 1 0 0, 1 0 1, 1 1 0, 1 1 1", 479 },
	{ P(0, "rcu_read_lock(); " W(x, 1) R(r0, y) "rcu_read_unlock();")
	  P(1, "rcu_read_lock(); " W(y, 1) R(r0, z) "rcu_read_unlock();")
	  P(2, W(z, 1) "synchronize_rcu(); synchronize_rcu(); " R(r0, x)),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ 2:r0=0)",
	  "0 0 1, 0 1 0, 0 1 1, 1 0 0, 1 0 1, 1 1 0, 1 1 1", 516 },
	{ P(0, "rcu_read_lock(); " W(x, 1) R(r0, y) "rcu_read_unlock();")
	  P(1, W(y, 1) "synchronize_rcu_expedited(); " R(r0, z))
	  P(2, W(z, 1) "synchronize_rcu(); " R(r0, x)),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ 2:r0=0)",
	  "0 0 1, 0 1 0, 0 1 1, 1 0 0, 1 0 1, 1 1 0, 1 1 1", 442 },
	{ P(0, W(x, 1) "synchronize_rcu(); " R(r0, y)) P(1, W(y, 1) "synchronize_rcu(); " R(r0, x)),
	  "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 1, 1 0, 1 1", 270 },
	{ P(0, "rcu_read_lock(); " W(x, 1) R(r0, y) "rcu_read_unlock();")
	  P(1, W(y, 1) "smp_mb(); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 307 },
	{ P(0, "rcu_read_lock(); " R(r0, x) "rcu_read_unlock(); rcu_read_lock(); " R(r1, y)
	       "rcu_read_unlock();")
	  P(1, W(y, 1) "synchronize_rcu(); " W(x, 1)), "exists (0:r0=0 /\\ 0:r1=0)",
	  "0 0, 0 1, 1 1", 414 },

	/* In turn, and one within the other. */
	{ SECTION(0, a, b) GRACE(1, b, c) SECTION(2, c, d) GRACE(3, d, e)
	  SECTION(4, e, f) GRACE(5, f, a), BUT_THE_LAST, "0 1 1 1 1 1", 921 },
	{ SECTION(0, a, b) SECTION(1, b, c) SECTION(2, c, d) GRACE(3, d, e)
	  GRACE(4, e, f) GRACE(5, f, a), BUT_THE_LAST, "0 1 1 1 1 1", 921 },
	{ SECTION(0, a, b) SECTION(1, b, c) SECTION(2, c, d) SECTION(3, d, e)
	  GRACE(4, e, f) GRACE(5, f, a), BUT_THE_LAST,
	  "0 1 1 1 1 1, 1 1 1 1 1 1", 958 },
	{ GRACE(0, a, b) GRACE(1, b, c) GRACE(2, c, d) SECTION(3, d, e) SECTION(4, e, f)
	  GRACE(5, f, g) SECTION(6, g, h) SECTION(7, h, a),
	  "filter (0:r0=1 /\\ 1:r0=1 /\\ 2:r0=1 /\\ 3:r0=1 /\\ 4:r0=1 /\\ 5:r0=1 /\\ "
	  "6:r0=1) exists (7:r0=0)",
	  "0 1 1 1 1 1 1 1", 1228 },
	/* One grace period straight after the other. */
	{ Q(0, "rcu_read_lock(); " W(a, 1) R(r0, b) "rcu_read_unlock();")
	  Q(1, "rcu_read_lock(); " W(b, 1) R(r0, c) "rcu_read_unlock();")
	  Q(2, "rcu_read_lock(); " W(c, 1) R(r0, d) "rcu_read_unlock();")
	  Q(3, W(d, 1) "synchronize_rcu(); synchronize_rcu(); synchronize_rcu(); "
	       R(r0, a)), "filter (0:r0=0 /\\ 1:r0=0 /\\ 2:r0=0) exists (3:r0=0)",
	  "1 0 0 0", 725 },
	/* On the way from the section to the grace period, and back. */
	{ Q(0, "rcu_read_lock(); " R(r0, a) W(b, 1) "rcu_read_unlock();")
	  Q(1, R(r0, b) W(c, r0)) Q(2, R(r0, c) "synchronize_rcu(); " W(d, 1))
	  Q(3, R(r0, d) W(a, 1 + 0 * r0)),
	  "filter (0:r0=1 /\\ 1:r0=1 /\\ 2:r0=1) exists (3:r0=0)",
	  "0 1 1 1", 550 },
	{ Q(0, "rcu_read_lock(); " W(a, 1) R(r0, b) "rcu_read_unlock();")
	  Q(1, W(b, 1) "smp_mb(); " R(r0, c)) Q(2, W(c, 1) "synchronize_rcu(); " R(r0, d))
	  Q(3, W(d, 1) "smp_mb(); " R(r0, a)),
	  "filter (0:r0=0 /\\ 1:r0=0 /\\ 2:r0=0) exists (3:r0=0)",
	  "1 0 0 0", 577 },
	/* What is not closed, or not opened, is no critical section. */
	{ P(0, "rcu_read_lock(); " R(r0, y))
	  P(1, W(y, 1) "synchronize_rcu(); " R(r0, x) "rcu_read_unlock();"),
	  "exists (0:r0=0)",
	  "0, 1", 260 },
	{ P(0, W(y, 1) "synchronize_rcu(); " R(r0, x) "rcu_read_unlock();")
	  P(1, "rcu_read_lock(); " R(r0, y)), "exists (1:r0=0)",
	  "0, 1", 252 },
	/* A fence in a critical section does not end it. */
	{ P(0, "rcu_read_lock(); smp_wmb(); " R(r0, y) R(r1, x) "rcu_read_unlock();")
	  P(1, W(x, 1) "synchronize_rcu(); " W(y, 1)), "exists (0:r0=0 /\\ 0:r1=0)",
	  "0 0, 0 1, 1 1", 373 },

	/* SRCU: each domain for itself. */
	{ S(0, "int r2 = srcu_read_lock(s); " W(x, 1) R(r0, y) "srcu_read_unlock(s, r2);")
	  S(1, W(y, 1) "synchronize_srcu(s); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 1, 1 0, 1 1", 311 },
	{ S(0, "int r2 = srcu_read_lock(s); " W(x, 1) R(r0, y) "srcu_read_unlock(s, r2);")
	  S(1, W(y, 1) "synchronize_srcu(q); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 311 },
	{ S(0, "int r2 = srcu_read_lock(s); " W(x, 1) R(r0, y) "srcu_read_unlock(s, r2);")
	  S(1, W(y, 1) "synchronize_rcu(); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 311 },
	{ S(0, "int r2 = srcu_read_lock(s); int r3 = srcu_read_lock(q); " W(x, 1) R(r0, y)
	       "srcu_read_unlock(s, r2); srcu_read_unlock(q, r3);")
	  S(1, W(y, 1) "synchronize_srcu(q); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 1, 1 0, 1 1", 389 },
	{ S(0, "int r2 = srcu_read_lock(s); " W(x, 1) "srcu_read_unlock(s, r2); "
	       "smp_mb__after_srcu_read_unlock(); " R(r0, y))
	  S(1, W(y, 1) "smp_mb(); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 1, 1 0, 1 1", 348 },
	{ S(0, "int r2 = srcu_down_read(s); " W(z, r2) W(x, 1) "smp_store_release(y, 1);")
	  S(1, "int r0 = smp_load_acquire(y); int r2 = READ_ONCE(*z); " R(r1, x)
	       "srcu_up_read(s, r2);")
	  S(2, "synchronize_srcu(s); " R(r0, x)),
	  "exists (1:r0=0 /\\ 1:r1=0 /\\ 2:r0=0)",
	  "0 0 0, 0 0 1, 0 1 0, 0 1 1, 1 1 0, 1 1 1", 486 },
	{ S(0, "int r2 = srcu_read_lock(q); " W(x, 1) R(r0, y) "srcu_read_unlock(s, r2);")
	  S(1, W(y, 1) "synchronize_srcu(s); " R(r0, x)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 311 },
	/* One after the other: the second lock sees what the first unlock wrote. */
	{ S(0, "int r2 = srcu_read_lock(s); " W(y, 1) "srcu_read_unlock(s, r2); "
	       "int r3 = srcu_read_lock(s); " R(r0, x) "srcu_read_unlock(s, r3);")
	  S(1, R(r0, y) "synchronize_srcu(s); " W(x, 1)), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1, 1 0, 1 1", 389 },
	/* The value of the lock reaches the unlock of another thread. */
	{ S(0, "int r2 = srcu_down_read(s); " W(x, 1) W(z, r2))
	  S(1, R(r2, z) R(r0, y) "srcu_up_read(s, r2);")
	  S(2, R(r0, x) "synchronize_srcu(s); " W(y, 1)),
	  "filter (1:r2=0) exists (1:r0=0 /\\ 2:r0=0)",
	  "0 0 0, 0 1 0, 1 0 0", 529, "z=5;" },
	{ S(0, "int r2 = srcu_down_read(s); " W(x, 1) W(z, r2))
	  S(1, R(r3, z) W(z, r3) R(r2, z) R(r0, y) "srcu_up_read(s, r2);")
	  S(2, R(r0, x) "synchronize_srcu(s); " W(y, 1)),
	  "filter (1:r3=0 /\\ 1:r2=0) exists (1:r0=0 /\\ 2:r0=0)",
	  "0 0 0 0, 0 1 0 0, 1 0 0 0", 789, "z=5;" },
	/* What a lock does not see comes after it. */
	{ S(0, "*x = 1; synchronize_srcu(s); " W(y, 1))
	  S(1, "int r2 = srcu_read_lock(s); " R(r0, y) "srcu_read_unlock(s, r2);")
	  S(2, "int r2 = srcu_read_lock(s); srcu_read_unlock(s, r2 + 1); smp_mb(); "
	       R(r0, z) "smp_mb(); *x = 2;"),
	  "filter (1:r2=0 /\\ 1:r0=1 /\\ 2:r2=0) exists (x=0)",
	  "2 0 1 0 race", 755 },
	/* In some executions the section is not closed. */
	{ S(0, "int r2 = srcu_read_lock(s); " R(r1, z) W(x, 1) R(r0, y)
	       "if (r1) { smp_wmb(); } else { srcu_read_unlock(s, r2); }")
	  S(1, W(y, 1) "synchronize_srcu(s); " R(r0, x)) S(2, W(z, 1)),
	  "exists (0:r1=0 /\\ 0:r0=0 /\\ 1:r0=0)",
	  "0 0 1, 0 1 0, 0 1 1, 1 0 0, 1 0 1, 1 1 0, 1 1 1", 541 },

	/* Plain accesses. */
	{ P(0, "*x = 1;") P(1, "*x = 2;"), "exists (x=0)",
	  "1, 2 race", 62 },
	{ P(0, "*x = 1;") P(1, "int r0 = *x;"), "exists (1:r0=0)",
	  "0, 1 race", 67 },
	{ P(0, "*x = 1;") P(1, R(r0, x)), "exists (1:r0=0)",
	  "0, 1 race", 67 },
	{ P(0, "int r0 = *x;") P(1, "int r0 = *x;"), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0", 54 },
	{ P(0, "*x = 1; smp_wmb(); " W(y, 1)) P(1, R(r0, y) "smp_rmb(); int r1 = *x;"),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 0, 0 1, 1 1 race", 159 },
	{ P(0, "*x = 1; smp_wmb(); " W(y, 1))
	  P(1, "int r1 = 7; " R(r0, y) "smp_rmb(); if (r0) r1 = *x;"),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 7, 1 1", 414 },
	{ P(0, "*x = 1; smp_rmb(); " W(y, 1))
	  P(1, "int r1 = 7; " R(r0, y) "smp_rmb(); if (r0) r1 = *x;"),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 7, 1 0, 1 1 race", 300 },
	{ P(0, "int r0 = *x; smp_store_release(y, 1);")
	  P(1, "int r0 = smp_load_acquire(y); if (r0) *x = 1;"),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ x=0)",
	  "0 0 0, 0 1 1", 297 },
	{ P(0, "int r0 = *x; smp_wmb(); " W(y, 1))
	  P(1, "int r0 = smp_load_acquire(y); if (r0) *x = 1;"),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ x=0)",
	  "0 0 0, 0 1 1, 1 1 1 race", 239 },
	{ P(0, "*x = 1; smp_store_release(y, 1);")
	  P(1, "int r0 = smp_load_acquire(y); if (r0) *x = 2;"), "exists (1:r0=0 /\\ x=0)",
	  "0 1, 1 2", 269 },
	{ P(0, "*x = 1; smp_wmb(); " W(y, 1)) P(1, R(r0, y) "if (r0) *x = 2;"),
	  "exists (1:r0=0 /\\ x=0)",
	  "0 1, 1 1, 1 2 race", 232 },
	{ P(0, "*x = 1; smp_wmb(); " W(p, x))
	  P(1, "int *r0 = READ_ONCE(*p); int r1 = 7; if (r0) r1 = *r0;"),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "&x 1, 0 7", 346 },
	{ P(0, "*x = 1; int r0 = *x;"), "exists (0:r0=0)", "1", 52 },
	/* By way of the first event of all, and from it. */
	{ P(0, "int r0 = smp_load_acquire(y); if (r0) smp_store_release(z, 1);")
	  P(1, "*x = 1; smp_store_release(y, 1);")
	  P(2, "int r1 = 7; int r0 = smp_load_acquire(z); if (r0) r1 = *x;"),
	  "exists (0:r0=0 /\\ 2:r1=0)",
	  "0 7, 1 1, 1 7", 571 },
	{ P(0, R(r0, x) "WRITE_ONCE(*y, r0 + 1);")
	  P(1, "int r0 = smp_load_acquire(y); if (r0) *x = 1;"),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ x=0)",
	  "0 0 0, 0 1 1", 373 },
	{ P(0, R(r0, y) "WRITE_ONCE(*z, r0);") P(1, "*x = 1; smp_mb(); " W(y, 1))
	  P(2, "int r1 = 7; int r0 = smp_load_acquire(z); if (r0) r1 = *x;"),
	  "exists (0:r0=0 /\\ 2:r1=0)",
	  "0 7, 1 1, 1 7", 765 },
	{ P(0, R(r0, x)) P(1, W(x, 1) "smp_store_release(y, 1);")
	  P(2, "int r0 = smp_load_acquire(y); if (r0) *x = 2;"),
	  "filter (0:r0=0) exists (2:r0=0)",
	  "0 0, 1 0 race", 255 },
	/* A read fence of one thread orders nothing of the others. */
	{ P(0, "*x = 1; smp_store_release(y, 1);") P(1, "int r0 = smp_load_acquire(y);")
	  P(2, "smp_rmb(); int r1 = *x;"), "filter (1:r0=1) exists (2:r1=0)",
	  "0 1, 1 1 race", 142 },
	{ P(0, "*x = 1; smp_store_release(y, 1);") P(1, R(r0, y) "smp_rmb();")
	  P(2, "int r1 = *x;"), "filter (1:r0=1) exists (2:r1=0)",
	  "0 1, 1 1 race", 142 },
	{ P(0, "int r0 = *x;") P(1, "smp_rmb(); " R(r0, z) "smp_store_release(y, 1);")
	  P(2, "int r0 = smp_load_acquire(y); if (r0) *x = 1;"),
	  "filter (2:r0=1) exists (0:r0=0)",
	  "0 1, 1 1 race", 285 },
	{ P(0, "int r0 = *x; smp_rmb();") P(1, R(r0, z) "smp_store_release(y, 1);")
	  P(2, "int r0 = smp_load_acquire(y); if (r0) *x = 1;"),
	  "filter (2:r0=1) exists (0:r0=0)",
	  "0 1, 1 1 race", 286 },
	/* A read fence after a plain read, and before one and a plain write. */
	{ P(0, "int r1 = *x; smp_rmb(); " R(r0, z) "WRITE_ONCE(*y, r0 + 1);")
	  P(1, "int r0 = smp_load_acquire(y); if (r0) *x = 1;"),
	  "exists (0:r1=0 /\\ 1:r0=0)",
	  "0 0, 0 1", 406 },
	{ P(0, "*x = 1; smp_store_release(y, 1);")
	  P(1, R(r0, y) "smp_rmb(); if (r0) *x = 2;"), "exists (1:r0=0 /\\ x=0)",
	  "0 1, 1 1, 1 2 race", 237 },
	/* In some executions there is another fence in its place. */
	{ P(0, "*x = 1; smp_store_release(y, 1); smp_store_release(y, 2);")
	  P(1, "int r1 = 7; " R(r0, y) "if (r0 == 1) { smp_rmb(); r1 = *x; } else { "
	       "smp_wmb(); if (r0 == 2) r1 = *x; }"),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 7, 1 1, 2 0, 2 1 race", 733 },
	{ P(0, R(r2, z) "int r1 = *x; if (r2) { smp_wmb(); } else { smp_rmb(); } "
	       R(r0, z) "WRITE_ONCE(*y, r0 + 1);")
	  P(1, "int r0 = smp_load_acquire(y); if (r0) *x = 1;") P(2, W(z, 1)),
	  "filter (1:r0=2) exists (0:r2=0 /\\ 0:r1=0)",
	  "0 0 2, 1 0 2, 1 1 2 race", 1856 },
	/* Grace periods beside plain accesses. */
	{ P(0, "int r0 = *x; synchronize_rcu(); " W(y, 1))
	  P(1, "int r0 = smp_load_acquire(y); if (r0) *x = 1;"),
	  "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1", 350 },
	{ S(0, "int r0 = *x; synchronize_srcu(s); " W(y, 1))
	  S(1, "int r0 = smp_load_acquire(y); if (r0) *x = 1;"),
	  "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1", 350 },
	{ Q(0, "*a = 1; synchronize_rcu(); " R(r0, b))
	  Q(1, "rcu_read_lock(); *a = 2; " W(b, 1) "rcu_read_unlock();"),
	  "exists (0:r0=0 /\\ a=0)",
	  "0 2, 1 1, 1 2 race", 411 },
	{ Q(0, "rcu_read_lock(); " R(r0, b) "*a = 1; rcu_read_unlock();")
	  Q(1, W(b, 1) "synchronize_rcu(); *a = 2;"),
	  "exists (0:r0=0 /\\ a=0)",
	  "0 2, 1 1, 1 2 race", 412 },
	{ Q(0, "*a = 1; synchronize_rcu(); " R(r0, b))
	  Q(1, W(b, 1) "synchronize_rcu(); " R(r0, c))
	  Q(2, "rcu_read_lock(); *a = 2; " W(c, 1) "rcu_read_unlock();"),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ a=0)",
	  "0 0 2, 0 1 1, 0 1 2, 1 0 1, 1 0 2, 1 1 1, 1 1 2 race", 587 },
	{ S(0, "*x = 1; synchronize_srcu(s); " R(r0, y))
	  S(1, "rcu_read_lock(); " R(r0, z) W(y, 1) "rcu_read_unlock();")
	  S(2, W(z, 1) "synchronize_rcu(); *x = 2;"),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ x=0)",
	  "0 0 2, 0 1 1, 0 1 2, 1 0 1, 1 0 2, 1 1 1, 1 1 2 race", 588 },
	{ Q(0, "int r1 = *a; synchronize_rcu(); " R(r0, b))
	  Q(1, "rcu_read_lock(); " W(c, 1) W(b, 1) "rcu_read_unlock();")
	  Q(2, "int r0 = smp_load_acquire(c); if (r0) *a = 1;"),
	  "exists (0:r0=0 /\\ 0:r1=0 /\\ 2:r0=0)",
	  "0 0 0, 0 0 1, 0 1 1, 1 0 0, 1 0 1, 1 1 1 race", 407 },
	{ Q(0, "*a = 1; synchronize_rcu(); " R(r0, b))
	  Q(1, "rcu_read_lock(); " R(r0, c) W(b, 1) "rcu_read_unlock();")
	  Q(2, "rcu_read_lock(); " R(r0, d) W(c, 1) "rcu_read_unlock();")
	  Q(3, W(d, 1) "synchronize_rcu(); *a = 2;"),
	  "exists (0:r0=0 /\\ 1:r0=0 /\\ 2:r0=0 /\\ a=0)",
	  "0 0 0 2, 0 0 1 1, 0 0 1 2, 0 1 0 1, 0 1 0 2, 0 1 1 1, 0 1 1 2, 1 0 0 1, "
	  "1 0 0 2, 1 0 1 1, 1 0 1 2, 1 1 0 1, 1 1 0 2, 1 1 1 1, 1 1 1 2 race", 816 },
	{ Q(0, "*a = 1; synchronize_rcu(); " R(r0, b))
	  Q(1, "rcu_read_lock(); " W(c, 1) W(b, 1) "rcu_read_unlock();")
	  Q(2, R(r0, c) W(d, r0)) Q(3, "int r0 = smp_load_acquire(d); if (r0) *a = 2;"),
	  "filter (3:r0=1) exists (0:r0=0 /\\ a=0)",
	  "0 2 1, 1 1 1, 1 2 1 race", 883 },
	/* In time before a plain write: by a full fence, by a grace period. */
	{ P(0, "int r1 = *x; smp_mb(); " R(r0, y))
	  P(1, W(y, 1) "smp_mb(); " R(r0, z) "smp_mb(); *x = 1;"),
	  "exists (0:r0=0 /\\ 0:r1=0)",
	  "0 0, 1 0, 1 1 race", 346 },
	{ Q(0, "int r1 = *a; smp_mb(); " R(r0, b)) Q(1, W(b, 1) "synchronize_rcu(); " R(r0, c))
	  Q(2, "rcu_read_lock(); " R(r0, d) "smp_mb(); *a = 1; " W(c, 1)
	       "rcu_read_unlock();"), "exists (0:r0=0 /\\ 0:r1=0 /\\ 1:r0=0)",
	  "0 0 0, 0 0 1, 0 1 1, 1 0 0, 1 0 1, 1 1 0, 1 1 1 race", 508 },
	{ Q(0, "int r1 = *a; smp_mb(); " W(d, 1))
	  Q(1, "int r0 = smp_load_acquire(d); " R(r1, b))
	  Q(2, W(b, 1) "smp_mb(); " R(r0, c) "smp_mb(); *a = 1;"),
	  "exists (0:r1=0 /\\ 1:r0=0 /\\ 1:r1=0)",
	  "0 0 0, 0 0 1, 0 1 0, 0 1 1, 1 0 0, 1 0 1, 1 1 1 race", 251 },
	{ P(0, "*x = 1; smp_mb(); " R(r0, y))
	  P(1, W(y, 1) "smp_mb(); " R(r0, z) "smp_mb(); *x = 2;"),
	  "exists (0:r0=0 /\\ x=0)",
	  "0 2, 1 1, 1 2 race", 465 },
	/* What is seen is passed on by a full fence, but not by a dependency. */
	{ Q(0, "*a = 1; smp_store_release(b, 1);") Q(1, R(r0, b) "smp_mb(); " W(c, r0))
	  Q(2, R(r0, c) W(d, r0))
	  Q(3, "int r0 = smp_load_acquire(d); if (r0) *a = 2;"),
	  "exists (3:r0=0 /\\ a=0)",
	  "0 1, 1 2", 1507 },
	{ P(0, "*x = 1; smp_store_release(y, 1);") P(1, R(r0, y) W(z, r0))
	  P(2, "int r0 = smp_load_acquire(z); if (r0) *x = 2;"),
	  "exists (2:r0=0 /\\ x=0)",
	  "0 1, 1 1, 1 2 race", 509 },
	{ P(0, "*x = 1; smp_store_release(y, 1);") P(1, "int r0 = *y; smp_mb(); " W(z, r0))
	  P(2, "int r1 = 7; int r0 = smp_load_acquire(z); if (r0) r1 = *x;"),
	  "exists (2:r0=0 /\\ 2:r1=0)",
	  "0 7, 1 0, 1 1 race", 270 },
	{ P(0, "*x = 1;") P(1, R(r0, x) "smp_mb(); " W(y, 1))
	  P(2, "int r0 = smp_load_acquire(y); if (r0) *x = 2;"),
	  "exists (1:r0=0 /\\ 2:r0=0 /\\ x=0)",
	  "0 0 1, 0 1 1, 0 1 2, 1 0 1, 1 1 1, 1 1 2 race", 186 },
	/* A marked access needs no fence after or before it. */
	{ P(0, "*x = 1; smp_store_release(y, 1);") P(1, R(r0, y) "if (r0) " W(x, 2)),
	  "exists (1:r0=0 /\\ x=0)",
	  "0 1, 1 2", 269 },
	{ P(0, "int r0 = *x; smp_store_release(y, 1);") P(1, R(r0, y) "if (r0) " W(x, 1)),
	  "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 0, 0 1", 297 },
	{ P(0, W(x, 1)) P(1, "int r0 = smp_load_acquire(x); if (r0) *x = 2;"),
	  "exists (1:r0=0 /\\ x=0)",
	  "0 1, 1 2", 166 },
	/* A write fence does not keep what the compiler may read before the write. */
	{ P(0, "*x = 1; smp_wmb(); " W(y, 1))
	  P(1, "int r0 = smp_load_acquire(y); if (r0) *x = 2;"),
	  "exists (1:r0=0 /\\ x=0)",
	  "0 1, 1 2 race", 232 },
	/* A grace period keeps a marked write after what has been seen. */
	{ Q(0, "*a = 1; smp_store_release(b, 1);")
	  Q(1, "rcu_read_lock(); " R(r0, e) R(r2, c) "rcu_read_unlock(); " R(r1, b)
	       "if (r0) { if (r1 == 1) { if (r2 == 0) { " W(d, 1) " } } }")
	  Q(2, W(c, 1) "synchronize_rcu(); " R(r0, d) "if (r0) " W(a, 2))
	  Q(3, R(r0, b) "if (r0 == 1) { " W(b, 2) "smp_wmb(); " W(e, 1) " }"),
	  "filter (1:r0=1 /\\ 1:r1=1 /\\ 1:r2=0) exists (2:r0=0 /\\ a=0)",
	  "0 1 1 1 0, 1 2 1 1 0", 5876 },
	/* A read before a write that comes before what is read, in coherence order. */
	{ P(0, W(x, 2) "smp_store_release(y, 1);")
	  P(1, "int r1 = 7; int r0 = smp_load_acquire(y); if (r0) { r1 = *x; smp_rmb(); "
	       R(r2, y) W(z, r2) " }")
	  P(2, "int r0 = smp_load_acquire(z); if (r0) " W(x, 1)),
	  "exists (1:r1=0 /\\ 2:r0=0 /\\ x=0)",
	  "2 0 2, 2 1 1, 2 1 2, 7 0 2", 1904 },
	/* In some executions there is no grace period. */
	{ P(0, "*x = 1; smp_store_release(y, 1);")
	  P(1, R(r2, z) R(r0, y) "if (r2) { smp_wmb(); } else { synchronize_rcu(); } "
	       "int r3 = smp_load_acquire(z); int r1 = 7; if (r0) r1 = *x;")
	  P(2, W(z, 1)), "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 7, 1 0, 1 1 race", 2128 },
	{ P(0, "spin_lock(l); *x = *x + 1; spin_unlock(l);")
	  P(1, "spin_lock(l); *x = *x + 1; spin_unlock(l);"), "exists (x=0)",
	  "2", 1620 },
	{ P(0, "*x = 1; smp_mb(); " W(y, 1)) P(1, R(r0, y) "if (r0) { smp_mb(); *x = 2; }")
	  P(2, "int r0 = smp_load_acquire(z);"), "exists (1:r0=0 /\\ 2:r0=0 /\\ x=0)",
	  "0 0 1, 1 0 2", 431 },
	{ P(0, "rcu_read_lock(); " R(r0, y) "int r1 = 7; if (!r0) r1 = *x; rcu_read_unlock();")
	  P(1, W(y, 1) "synchronize_rcu(); *x = 1;"), "exists (0:r0=0 /\\ 0:r1=0)",
	  "0 0, 1 7", 487 },
	{ P(0, "*x = 1; atomic_inc(y);")
	  P(1, "int r1 = 7; " R(r0, y) "smp_mb(); if (r0) r1 = *x;"),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 7, 1 0, 1 1 race", 297 },
	{ P(0, "*x = 1; smp_mb__before_atomic(); atomic_inc(y);")
	  P(1, "int r1 = 7; int r0 = atomic_read_acquire(y); if (r0) r1 = *x;"),
	  "exists (1:r0=0 /\\ 1:r1=0)",
	  "0 7, 1 1", 403 },
	{ P(0, "*x = 1; smp_store_release(y, 1);") P(1, "int r0 = atomic_fetch_inc_relaxed(y);")
	  P(2, "int r1 = 7; int r0 = smp_load_acquire(y); if (r0 == 2) r1 = *x;"),
	  "exists (1:r0=0 /\\ 2:r0=0 /\\ 2:r1=0)",
	  "0 0 7, 0 1 7, 1 0 7, 1 1 7, 1 2 1", 905 },

	/* Pointers, conditions, what cannot be. */
	{ P(0, "WRITE_ONCE(*(x + 1), 1);"), "exists (x=0)",
	  "", 10 },
	{ P(0, "WRITE_ONCE(*(x + 64), 1);"), "exists (x=0 /\\ y=0)",
	  "0 1", 32 },
	{ P(0, "WRITE_ONCE(*(x - 64), 1);"), "exists (x=0)",
	  "", 10 },
	{ P(0, "int r0 = READ_ONCE(*(x + 1));"), "exists (0:r0=0)",
	  "", 10 },
	{ P(0, "atomic_inc(x + 1);"), "exists (x=0)",
	  "", 10 },
	{ P(0, "spin_lock(l + 1);"), "exists (x=0)",
	  "", 10 },
	{ P(0, "int r0 = spin_is_locked(l + 1);"), "exists (x=0)",
	  "", 20 },
	{ P(0, "spin_unlock(l + 1);"), "exists (x=0)",
	  "", 10 },
	{ P(0, "synchronize_srcu(z + 1);"), "exists (x=0)",
	  "", 10 },
	{ P(0, R(r0, x) "spin_lock(l + r0);") P(1, W(x, 1)), "exists (0:r0=0)",
	  "0", 112 },
	{ P(0, R(r0, x) "if (1 / r0) " W(y, 1)) P(1, W(x, 1)), "exists (0:r0=0 /\\ y=0)",
	  "1 1", 143 },
	{ P(0, R(r0, y) "WRITE_ONCE(*x, 1 / r0);") P(1, W(y, 1)),
	  "exists (0:r0=0 /\\ x=0)",
	  "1 1", 113 },
	{ P(0, R(r0, y) "atomic_add(1 / r0, x);") P(1, W(y, 1)),
	  "exists (0:r0=0 /\\ x=0)",
	  "1 1", 129 },
	{ P(0, R(r0, y) "int r1 = cmpxchg(x, 0 / r0, 5);") P(1, W(y, 1)),
	  "exists (0:r0=0 /\\ x=0)",
	  "1 5", 141 },
	{ P(0, R(r0, x)) P(1, W(x, 1)), "filter (0:r0=1) exists (x=0 /\\ 0:r0=0)",
	  "1 1", 74 },
	{ P(0, W(x, 1)) P(1, W(x, 2)), "filter (x=1) exists (x=0)",
	  "1", 66 },
	{ P(0, "spin_lock(l); spin_lock(l);"), "exists (x=0)",
	  "", 12 },
	{ P(0, "spin_unlock(l);"), "exists (x=0)",
	  " unknown: a lock is released that is not held", 10 },
	{ P(0, "spin_lock(l); " W(l, 0)), "exists (x=0)",
	  " unknown: a lock is accessed as data", 12 },
	{ P(0, "spin_lock(l); " R(r0, l)), "exists (x=0)",
	  " unknown: a lock is accessed as data", 6 },
	{ P(0, "spin_lock(l); int r0 = xchg(l, 0);"), "exists (x=0)",
	  " unknown: a lock is accessed as data", 12 },
	{ P(0, "spin_lock(l);") P(1, "spin_unlock(l);"), "exists (x=0)",
	  " unknown: a lock is released that is not held", 20 },

	/* As much of something as there can be. */
	{ P(0, SET(0) SET(1) SET(2) SET(3) SET(4) SET(5) SET(6) SET(7) SET(8) SET(9)
	       SET(10) SET(11) SET(12) SET(13) SET(14) SET(15) SET(16) SET(17) SET(18)
	       SET(19) SET(20) SET(21) SET(22) SET(23) SET(24) SET(25))
	  P(1, W(x, 1)) P(2, "") P(3, "") P(4, "") P(5, "") P(6, "") P(7, R(r0, x)),
	  "exists (0:r25=0 /\\ 7:r0=0)",
	  "25 0, 25 1", 224,
	  "a0=0; a1=0; a2=0; a3=0; a4=0; a5=0; a6=0; a7=0; a8=0; a9=0; b0=0; b1=0; "
	  "b2=0; b3=0; b4=0; b5=0; b6=0; b7=0; b8=0; b9=0; c0=0; c1=0; c2=0; c3=0; "
	  "c4=0; c5=0;" },
	{ P(0, THIRTY("atomic_or(0, x); ") "atomic_or(0, x); atomic_or(0, x);"),
	  "exists (x=0)", "0", 1872 },
	{ P(0, THIRTY(W(x, 1)) W(x, 1) W(x, 1)) P(1, THIRTY(W(y, 1)) W(y, 1) W(y, 1)),
	  "exists (x=0 /\\ y=0)", "1 1", 1304 },

	{ S(0, "int r2 = srcu_read_lock(s); rcu_read_lock(); *x = 1; " R(r0, y)
	       "rcu_read_unlock(); srcu_read_unlock(s, r2);")
	  S(1, W(y, 1) "synchronize_srcu(s); synchronize_rcu(); int r0 = *x;")
	  S(2, THIRTY("smp_mb(); ")) S(3, TEN("smp_mb(); ") TEN("smp_mb(); ")
	  FOUR("smp_mb(); ")), "exists (0:r0=0 /\\ 1:r0=0)",
	  "0 1, 1 0, 1 1 race", 3492 },

	/* Too much of something: the search ends there. */
	{ FULL P(3, R(r0, x)), "exists (x=0)",
	  " unknown: more than 64 events", 162 },
	{ FULL P(3, W(x, 0)), "exists (x=0)",
	  " unknown: more than 64 events", 243 },
	{ FULL P(3, "atomic_or(0, x);"), "exists (x=0)",
	  " unknown: more than 64 events", 243 },
	{ FULL_BUT_ONE P(2, "atomic_or(0, x);"), "exists (x=0)",
	  " unknown: more than 64 events", 228 },
	{ FULL P(3, "smp_mb();"), "exists (x=0)",
	  " unknown: more than 64 events", 162 },
	{ FULL P(3, "spin_lock(l);"), "exists (x=0)",
	  " unknown: more than 64 events", 162 },
	{ FULL_BUT_ONE P(2, "spin_lock(l);"), "exists (x=0)",
	  " unknown: more than 64 events", 152 },
	{ FULL P(3, "spin_unlock(l);"), "exists (x=0)",
	  " unknown: more than 64 events", 162 },
	{ FULL P(3, "int r0 = spin_is_locked(l);"), "exists (x=0)",
	  " unknown: more than 64 events", 167 },
	{ FULL_BUT_ONE P(2, "int r0 = spin_trylock(l); spin_unlock(l);"), "exists (x=0)",
	  " unknown: more than 64 events", 160 },
	{ FULL P(3, "synchronize_srcu(z);"), "exists (x=0)",
	  " unknown: more than 64 events", 162 },
	{ P(0, NINE(1) NINE(2)) P(1, NINE(3) NINE(4)) P(2, W(y, 1)), "exists (x=0)",
	  " unknown: too many values of a variable", 44 },
	{ P(0, NINE(1) NINE(2)) P(1, NINE(3) W(x, 41) W(x, 42) W(x, 43) W(x, 44))
	  P(2, W(y, 1) "xchg(x, 46); " W(y, 2)), "exists (x=0)",
	  " unknown: too many values of a variable", 46 },
	{ P(0, W(y, 1)) P(1, "int r0 = cmpxchg(y, 5, 5); " THIRTY("READ_ONCE(*y); ")
	  "READ_ONCE(*y);"), "exists (1:r0=0)",
	  " unknown: too many choices in a thread", 118 },
	{ P(0, W(y, 1)) P(1, THIRTY("READ_ONCE(*y); ") "READ_ONCE(*y); "
	  "int r0 = cmpxchg(y, 5, 5);"), "exists (1:r0=0)",
	  " unknown: too many choices in a thread", 118 },
	{ P(0, W(y, 1)) P(1, "int r0 = cmpxchg(y, 5, 5); " THIRTY("READ_ONCE(*y); ")
	  "int r1 = spin_trylock(l);"), "exists (1:r0=0)",
	  " unknown: too many choices in a thread", 190 },
	{ P(0, W(y, 1)) P(1, "int r0 = cmpxchg(y, 5, 5); int r1 = cmpxchg(y, 5, 5); "
	  TEN("READ_ONCE(*y); ") TEN("READ_ONCE(*y); ") FOUR("READ_ONCE(*y); ")
	  FOUR("READ_ONCE(*y); ") "if (r0) { }"), "exists (1:r0=0)",
	  " unknown: too many choices in a thread", 334 },
};

static void describe_sample(const struct sample *s, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%td: %.60s", s - samples, s->end);
}

KUNIT_ARRAY_PARAM(sample, samples, describe_sample);

static void model_allows(struct kunit *test)
{
	const struct sample *s = test->param_value;
	char text[4096];

	snprintf(text, sizeof(text), "C t\n{ %s }\n%s%s\n", s->initial ?: "",
		 s->threads, s->end);
	KUNIT_ASSERT_EQ_MSG(test, 0, parse(text), "%s", why.text);
	KUNIT_ASSERT_EQ(test, 0, membar_places_find(&program, &places, NULL));
	find_outcomes();
	KUNIT_EXPECT_STREQ(test, out, s->outcomes);
	membar_model_run(&model, &program);
	KUNIT_EXPECT_EQ_MSG(test, model.work, s->work, "%llu",
			    (unsigned long long)model.work);
}

/*
 * Conditions
 * ==========
 *
 * What is found out of a condition, and with how much work: a part of an execution
 * that decides nothing new is not gone on with.
 */

#define STORE_BUFFER	P(0, W(x, 1) R(r0, y)) P(1, W(y, 1) R(r0, x))
#define ONE_WRITES	P(0, W(x, 1)) P(1, R(r0, x) R(r1, x))

static const struct question {
	const char *threads;
	const char *end;
	enum membar_observation observed;
	unsigned int work;
	const char *unknown;
} questions[] = {
	{ STORE_BUFFER, "exists true", MEMBAR_OBS_ALWAYS, 128 },
	{ STORE_BUFFER, "exists false", MEMBAR_OBS_NEVER, 128 },
	{ STORE_BUFFER, "exists (not true)", MEMBAR_OBS_NEVER, 128 },
	{ STORE_BUFFER, "exists (not false)", MEMBAR_OBS_ALWAYS, 128 },
	{ STORE_BUFFER, "exists (0:r0=0)", MEMBAR_OBS_SOMETIMES, 208 },
	{ STORE_BUFFER, "exists (1:r0=0)", MEMBAR_OBS_SOMETIMES, 208 },
	{ STORE_BUFFER, "exists (1:r0=2)", MEMBAR_OBS_NEVER, 140 },
	{ STORE_BUFFER, "exists (x=1)", MEMBAR_OBS_ALWAYS, 152 },
	{ STORE_BUFFER, "exists (x=0)", MEMBAR_OBS_NEVER, 152 },
	{ STORE_BUFFER, "exists (z=0)", MEMBAR_OBS_ALWAYS, 152 },
	{ STORE_BUFFER, "exists (not (x=1))", MEMBAR_OBS_NEVER, 152 },
	{ STORE_BUFFER, "exists (not (x=0))", MEMBAR_OBS_ALWAYS, 152 },
	/* Two places are compared. */
	{ STORE_BUFFER, "exists (0:r0=1:r0)", MEMBAR_OBS_SOMETIMES, 208 },
	{ STORE_BUFFER, "exists (1:r0=0:r0)", MEMBAR_OBS_SOMETIMES, 208 },
	{ STORE_BUFFER, "exists (0:r0=0:r0)", MEMBAR_OBS_ALWAYS, 128 },
	{ STORE_BUFFER, "exists (not (1:r0=1:r0))", MEMBAR_OBS_NEVER, 140 },
	{ STORE_BUFFER, "exists (x=1:r0)", MEMBAR_OBS_SOMETIMES, 216 },
	/* Both, either, and what decides them before the rest is known. */
	{ STORE_BUFFER, "exists (x=1 /\\ y=1)", MEMBAR_OBS_ALWAYS, 152 },
	{ STORE_BUFFER, "exists (x=1 /\\ y=0)", MEMBAR_OBS_NEVER, 152 },
	{ STORE_BUFFER, "exists (x=0 /\\ y=1)", MEMBAR_OBS_NEVER, 152 },
	{ STORE_BUFFER, "exists (x=0 /\\ y=0)", MEMBAR_OBS_NEVER, 152 },
	{ STORE_BUFFER, "exists (x=1 \\/ y=1)", MEMBAR_OBS_ALWAYS, 152 },
	{ STORE_BUFFER, "exists (x=1 \\/ y=0)", MEMBAR_OBS_ALWAYS, 152 },
	{ STORE_BUFFER, "exists (x=0 \\/ y=1)", MEMBAR_OBS_ALWAYS, 152 },
	{ STORE_BUFFER, "exists (x=0 \\/ y=0)", MEMBAR_OBS_NEVER, 152 },
	{ STORE_BUFFER, "exists (0:r0=0 /\\ 1:r0=0)", MEMBAR_OBS_SOMETIMES, 196 },
	{ STORE_BUFFER, "exists (0:r0=7 /\\ 1:r0=0)", MEMBAR_OBS_NEVER, 128 },
	{ STORE_BUFFER, "exists (1:r0=0 /\\ 0:r0=7)", MEMBAR_OBS_NEVER, 128 },
	{ STORE_BUFFER, "exists (0:r0=0 \\/ 1:r0=0)", MEMBAR_OBS_SOMETIMES, 208 },
	{ STORE_BUFFER, "exists (0:r0=0 \\/ 1:r0=7)", MEMBAR_OBS_SOMETIMES, 208 },
	{ STORE_BUFFER, "exists (1:r0=7 \\/ 0:r0=0)", MEMBAR_OBS_SOMETIMES, 208 },
	{ STORE_BUFFER, "exists (0:r0=7 \\/ 1:r0=7)", MEMBAR_OBS_NEVER, 140 },
	{ STORE_BUFFER, "exists (not (0:r0=0 /\\ 1:r0=0) \\/ x=0)",
	  MEMBAR_OBS_SOMETIMES, 196 },
	{ STORE_BUFFER, "exists (true /\\ (false \\/ 0:r0=0))", MEMBAR_OBS_SOMETIMES, 208 },
	/* A filter, which stands before the condition. */
	{ STORE_BUFFER, "filter (0:r0=1) exists (0:r0=1)", MEMBAR_OBS_ALWAYS, 128 },
	{ STORE_BUFFER, "filter (0:r0=1) exists (0:r0=0)", MEMBAR_OBS_NEVER, 128 },
	{ STORE_BUFFER, "filter (1:r0=1) exists (0:r0=0)", MEMBAR_OBS_SOMETIMES, 208 },
	{ STORE_BUFFER, "filter (0:r0=1:r0) exists (0:r0=0 \\/ 1:r0=1)",
	  MEMBAR_OBS_ALWAYS, 140 },
	{ STORE_BUFFER, "filter (x=1) exists (0:r0=0)", MEMBAR_OBS_SOMETIMES, 208 },
	{ STORE_BUFFER, "filter (x=0) exists (0:r0=0)", MEMBAR_OBS_NEVER, 88 },
	{ STORE_BUFFER, "filter (false) exists true", MEMBAR_OBS_NEVER, 48 },
	{ STORE_BUFFER, "filter (true) exists true", MEMBAR_OBS_ALWAYS, 128 },
	/* What has been seen is not looked for again. */
	{ ONE_WRITES, "exists (1:r0=1 /\\ 1:r1=0)", MEMBAR_OBS_NEVER, 122 },
	{ ONE_WRITES, "exists (1:r0=0 /\\ 1:r1=1)", MEMBAR_OBS_SOMETIMES, 171 },
	{ ONE_WRITES, "exists (not (1:r0=1 /\\ 1:r1=0))", MEMBAR_OBS_ALWAYS, 122 },
	/* A data race ends the search, unless it is filtered out. */
	{ P(0, "*x = 1;") P(1, R(r0, x)), "exists (1:r0=0)", MEMBAR_OBS_NONE, 67,
	  "a data race" },
	{ P(0, "*x = 1;") P(1, R(r0, x)), "exists true", MEMBAR_OBS_NONE, 67,
	  "a data race" },
	{ P(0, "*x = 1;") P(1, R(r0, x)), "filter (1:r0=1) exists (1:r0=0)",
	  MEMBAR_OBS_NONE, 67, "a data race" },
	{ P(0, W(x, 1) W(y, 1)) P(1, R(r0, y) "if (r0) *x = 2;"), "exists true",
	  MEMBAR_OBS_NONE, 197, "a data race" },
	{ P(0, "*x = 1;") P(1, R(r0, y)), "exists (1:r0=0)", MEMBAR_OBS_ALWAYS, 64 },
	{ P(0, "int r0 = *x;") P(1, R(r0, x)), "exists (1:r0=0)", MEMBAR_OBS_ALWAYS, 54 },
	{ P(0, "*x = 1; smp_store_release(y, 1);")
	  P(1, "int r0 = smp_load_acquire(y); if (r0) *x = 2;"),
	  "filter (1:r0=1) exists (x=2)", MEMBAR_OBS_ALWAYS, 269 },
	{ P(0, "*x = 1; smp_store_release(y, 1);")
	  P(1, "int r0 = smp_load_acquire(y); if (r0) *x = 2;"),
	  "filter (x=1) exists (1:r0=1)", MEMBAR_OBS_NEVER, 269 },
};

static void describe_question(const struct question *q, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%td: %.60s", q - questions, q->end);
}

KUNIT_ARRAY_PARAM(question, questions, describe_question);

static void model_observes(struct kunit *test)
{
	const struct question *q = test->param_value;
	char text[1024];

	snprintf(text, sizeof(text), "C t\n{}\n%s%s\n", q->threads, q->end);
	KUNIT_ASSERT_EQ_MSG(test, 0, parse(text), "%s", why.text);
	model.limit = MEMBAR_MODEL_LIMIT;
	KUNIT_EXPECT_EQ(test, membar_model_run(&model, &program), q->observed);
	KUNIT_EXPECT_STREQ(test, model.unknown ?: "", q->unknown ?: "");
	KUNIT_EXPECT_EQ_MSG(test, model.work, q->work, "%llu",
			    (unsigned long long)model.work);
}

static unsigned int nr_calls;

static void count_call(struct membar_model *m)
{
	nr_calls++;
}

/* Executions are reported if all of them are looked at, and somebody listens. */
static void model_reports_executions(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, 0, parse("C t\n{}\n" STORE_BUFFER "exists (0:r0=0)"));
	model.limit = MEMBAR_MODEL_LIMIT;
	model.every = true;
	KUNIT_EXPECT_EQ(test, membar_model_run(&model, &program),
			MEMBAR_OBS_SOMETIMES);
	model.allowed = count_call;
	nr_calls = 0;
	membar_model_run(&model, &program);
	KUNIT_EXPECT_EQ(test, nr_calls, 4);
	model.every = false;
	nr_calls = 0;
	membar_model_run(&model, &program);
	KUNIT_EXPECT_EQ(test, nr_calls, 0);
	model.allowed = NULL;
}

static struct kunit_case model_cases[] = {
	KUNIT_CASE_PARAM(model_allows, sample_gen_params),
	KUNIT_CASE_PARAM(model_observes, question_gen_params),
	KUNIT_CASE(model_reports_executions),
	{}
};

static struct kunit_suite model_suite = {
	.name = "membar_model",
	.test_cases = model_cases,
};

kunit_test_suite(model_suite);

MODULE_DESCRIPTION("KUnit suite of the memory model");
MODULE_LICENSE("GPL");
