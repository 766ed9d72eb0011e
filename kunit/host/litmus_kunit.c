// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of the litmus parser and of the memory model over litmus programs.
 * They run on the host only: tools/stress-host kunit.
 */
#include <kunit/test.h>

#include "model.h"
#include "parse.h"

static struct membar_model model;

/*
 * Refusals
 * ========
 */

struct refusal {
	const char *text;
	const char *why;
};

#define START	"C t\n{}\n"
#define THREAD	START "P0(int *x)\n{\n\tint r0;\n"
#define END	"\n}\nexists (x=1)\n"
#define TEN(s)	s s s s s s s s s s

static const struct refusal refusals[] = {
	/* The file as a whole. */
	{ "",
	  "line 1, column 1: expected 'C' and the name of the test, found the end of the file" },
	{ "X86 t\n", "line 1, column 1: expected 'C' and the name of the test, found 'X86'" },
	{ "C\n{}\n",
	  "line 2, column 1: expected the name of the test on its first line, found '{'" },
	{ "C t\nP0(int *x)\n", "line 2, column 3: expected '=', found '('" },
	{ "C t\n42\n", "line 2, column 1: expected '{' and the initial state, found '42'" },
	{ "C t\n\"open\n", "line 2, column 1: the string does not end" },
	{ "C t\n(* open\n", "line 2, column 1: the comment does not end" },
	{ "C t\n/* open\n", "line 2, column 1: the comment does not end" },
	{ "C t\n{}\n\"a\nb\"\n",
	  "line 3, column 1: expected 'P0', the next thread, found a string" },
	{ "C t\n{}\n\001", "line 3, column 1: a character that cannot be printed" },
	{ START "exists (x=1)\n",
	  "line 3, column 1: expected 'P0', the next thread, found 'exists'" },
	{ START "P1(int *x) {}\n", "line 3, column 1: expected 'P0', the next thread, found 'P1'" },
	{ START "P0(int *x) {}\nP2(int *x) {}\n",
	  "line 4, column 1: expected 'P1', the next thread, found 'P2'" },
	{ START "P0(int *x) {}\nP1(){} P2(){} P3(){} P4(){} P5(){} P6(){} P7(){}\nP8(){}\n",
	  "line 5, column 1: more than 8 threads" },
	{ THREAD END "exists (x=2)\n",
	  "line 9, column 1: expected the end of the file, found 'exists'" },

	/* The initial state. */
	{ "C t\n{ x=; }", "line 2, column 5: expected a number or a variable, found ';'" },
	{ "C t\n{ x=1, y=2; }", "line 2, column 6: expected ';', found ','" },
	{ "C t\n{ x=1;",
	  "line 2, column 7: expected a variable, a register or '}', found the end of the file" },
	{ "C t\n{ 9:r0=1; }", "line 2, column 3: there is no thread 9" },
	{ "C t\n{ 0 r0=1; }", "line 2, column 5: expected ':', found 'r0'" },
	{ "C t\n{ [x=1; }", "line 2, column 5: expected ']', found '='" },
	{ "C t\n{ x=ATOMIC_INIT 2; }", "line 2, column 17: expected '(', found '2'" },
	{ "C t\n{ x={2}; }", "line 2, column 6: expected 'ATOMIC_INIT', found '2'" },
	{ "C t\n{ int a[2]={1,2}; }", "line 2, column 8: expected ';', found '['" },
	{ "C t\n{ x=-y; }", "line 2, column 6: expected a number, found 'y'" },
	{ "C t\n{ x=4294967296000; }", "line 2, column 5: the number is too large" },
	{ "C t\n{ x=1a; }", "line 2, column 5: this is not a number" },
	{ "C t\n{ x=0x; }", "line 2, column 5: this is not a number" },
	{ "C t\n{ a_name_that_has_more_than_31_chars=1; }",
	  "line 2, column 3: a name of more than 31 characters" },
	{ "C t\n{ struct 1 }", "line 2, column 10: expected the name of the type, found '1'" },
	{ "C t\n{ 1:r0=1; }\nP0(int *x) {}\nexists (x=1)",
	  "line 4, column 1: the initial state names thread 1, which is missing" },

	/* Threads. */
	{ START "P0 {}", "line 3, column 4: expected '(', found '{'" },
	{ START "P0(int x) {}",
	  "line 3, column 8: expected '*' (a parameter is a pointer), found 'x'" },
	{ START "P0(int *)", "line 3, column 9: expected a name, found ')'" },
	{ START "P0(int *x, )", "line 3, column 12: expected a type, found ')'" },
	{ START "P0(int *x;", "line 3, column 10: expected ')', found ';'" },
	{ START "P0(int *x);", "line 3, column 11: expected '{', found ';'" },
	{ START "P0(int *x) {",
	  "line 3, column 13: expected a statement or '}', found the end of the file" },

	/* Statements. */
	{ THREAD "\twhile (r0) {}" END, "line 6, column 2: 'while': a litmus test has no loops" },
	{ THREAD "\tfor (;;) {}" END, "line 6, column 2: 'for': a litmus test has no loops" },
	{ THREAD "\tdo {} while (0);" END, "line 6, column 2: 'do': a litmus test has no loops" },
	{ THREAD "\tgoto out;" END, "line 6, column 2: 'goto': a litmus test has no loops" },
	{ THREAD "\treturn;" END,
	  "line 6, column 2: 'return': of C's control flow a litmus test has only if and else" },
	{ THREAD "\tr0++;" END, "line 6, column 4: expected '=' or '(', found '++'" },
	{ THREAD "\tr0 += 1;" END, "line 6, column 5: expected '=' or '(', found '+='" },
	{ THREAD "\tr0 = 1" END, "line 7, column 1: expected ';', found '}'" },
	{ THREAD "\t1;" END, "line 6, column 2: expected a statement or '}', found '1'" },
	{ THREAD "\tprintk(r0);" END, "line 6, column 2: unknown operation 'printk'" },
	{ THREAD "\tr0 = membar_virt_xchg(x, 1, MEMBAR_FULL);" END,
	  "line 6, column 7: unknown operation 'membar_virt_xchg'" },
	{ THREAD "\tr0 = membar_atomic_cmpxchg(x, 0, 1, MEMBAR_FULL);" END,
	  "line 6, column 7: unknown operation 'membar_atomic_cmpxchg'" },
	{ THREAD "\tmembar_atomic_virt_store(x, 1, MEMBAR_FULL);" END,
	  "line 6, column 2: unknown operation 'membar_atomic_virt_store'" },
	{ THREAD "\tmembar_virt_store(x, 1, MEMBAR_ACQUIRE);" END,
	  "line 6, column 26: expected an order of this operation, found 'MEMBAR_ACQUIRE'" },
	{ THREAD "\tvirt_store_mb(x, 1);" END,
	  "line 6, column 16: expected '*' and a pointer, found 'x'" },
	{ THREAD "\tr0 = printk(r0);" END, "line 6, column 7: unknown operation 'printk'" },
	{ THREAD "\tWRITE_ONCE(*x, 1)" END, "line 7, column 1: expected ';', found '}'" },
	{ THREAD "\tWRITE_ONCE(x, 1);" END,
	  "line 6, column 13: expected '*' and a pointer, found 'x'" },
	{ THREAD "\tWRITE_ONCE(*x);" END, "line 6, column 15: expected ',', found ')'" },
	{ THREAD "\tsmp_mb(1);" END, "line 6, column 9: expected ')', found '1'" },
	{ THREAD "\tr0 = smp_mb();" END, "line 6, column 7: smp_mb() returns nothing" },
	{ THREAD "\tr0 = atomic_inc(x);" END, "line 6, column 7: atomic_inc() returns nothing" },
	{ THREAD "\tatomic_add_relaxed(1, x);" END,
	  "line 6, column 2: unknown operation 'atomic_add_relaxed'" },
	{ THREAD "\tr0 = atomic_dec_and_test_acquire(x);" END,
	  "line 6, column 7: unknown operation 'atomic_dec_and_test_acquire'" },
	{ THREAD "\tmembar_smp_mb(MEMBAR_RELAXED);" END,
	  "line 6, column 16: expected an order of this operation, found 'MEMBAR_RELAXED'" },
	{ THREAD "\tr0 = membar_load(x, MEMBAR_RELEASE);" END,
	  "line 6, column 22: expected an order of this operation, found 'MEMBAR_RELEASE'" },
	{ THREAD "\tmembar_add(x, 1, MEMBAR_FULL);" END,
	  "line 6, column 19: expected an order of this operation, found 'MEMBAR_FULL'" },
	{ THREAD "\tr0 = membar_cmpxchg(x, 0, 1, MEMBAR_FULL);" END,
	  "line 6, column 7: unknown operation 'membar_cmpxchg'" },
	{ THREAD "\tr0 = try_cmpxchg(x, r0, 1);" END,
	  "line 6, column 22: expected '&', found 'r0'" },
	{ THREAD "\tr0 = try_cmpxchg(x, &r1, 1);" END,
	  "line 6, column 23: expected a register, found 'r1'" },
	{ THREAD "\tif r0 {}" END, "line 6, column 5: expected '(', found 'r0'" },
	{ THREAD "\tif (r0 {}" END, "line 6, column 9: expected ')', found '{'" },
	{ THREAD "\tif (r0) else {}" END, "line 6, column 15: expected '=' or '(', found '{'" },
	{ THREAD "\t*x 1;" END, "line 6, column 5: expected '=', found '1'" },
	{ THREAD "\t(int) r0 = 1;" END, "line 6, column 3: expected 'void', found 'int'" },

	/* Expressions. */
	{ THREAD "\tr0 = y;" END,
	  "line 6, column 7: 'y' is neither a parameter nor a register of this thread" },
	{ THREAD "\tr0 = (r0;" END, "line 6, column 10: expected ')', found ';'" },
	{ THREAD "\tr0 = r0 +;" END, "line 6, column 11: expected an expression, found ';'" },
	{ THREAD "\tr0 = r0 && 1;" END, "line 6, column 10: expected ';', found '&&'" },
	{ THREAD "\tr0 = r0 % 2;" END, "line 6, column 10: expected ';', found '%'" },
	{ THREAD "\tr0 = r0 ? 1 : 2;" END, "line 6, column 10: expected ';', found '?'" },
	{ THREAD "\tr0 = x[0];" END, "line 6, column 8: expected ';', found '['" },
	{ THREAD "\tr0 = x->y;" END, "line 6, column 8: expected ';', found '->'" },
	{ THREAD "\tr0 = &x;" END, "line 6, column 7: expected an expression, found '&'" },
	{ THREAD "\tr0 = ((((((((((((((1))))))))))))));" END,
	  "line 6, column 18: nested too deeply" },

	/* What has no more space. */
	{ THREAD TEN("smp_mb();") TEN("smp_mb();") TEN("smp_mb();")
	  "smp_mb(); smp_mb();\nsmp_mb();" END,
	  "line 7, column 9: more than 32 operations in a thread" },
	{ THREAD "r0 = 1" TEN("+1") TEN("+1") TEN("+1") "\n+1+1;" END,
	  "line 7, column 5: an expression of more than 64 parts" },

	/* Conditions. */
	{ THREAD "}\n",
	  "line 7, column 1: expected 'exists', '~exists' or 'forall', found the end of the file"
	},
	{ THREAD "}\nexists x",
	  "line 7, column 9: expected '=' or '!=', found the end of the file" },
	{ THREAD "}\nexists ()", "line 7, column 9: expected a register or a variable, found ')'" },
	{ THREAD "}\nexists (x=1", "line 7, column 12: expected ')', found the end of the file" },
	{ THREAD "}\nexists (x=1 /\\ )",
	  "line 7, column 16: expected a register or a variable, found ')'" },
	{ THREAD "}\nexists (x=1 && x=2)", "line 7, column 13: expected ')', found '&&'" },
	{ THREAD "}\nexists (y=1)", "line 7, column 9: no thread has a variable 'y'" },
	{ THREAD "}\nexists (x=y)", "line 7, column 11: no thread has a variable 'y'" },
	{ THREAD "}\nexists (0:r1=1)", "line 7, column 11: thread 0 has no register 'r1'" },
	{ THREAD "}\nexists (0:1=1)", "line 7, column 11: expected a register, found '1'" },
	{ THREAD "}\nexists (1:r0=1)", "line 7, column 9: there is no thread 1" },
	{ THREAD "}\nexists (x=7:r0)", "line 7, column 13: there is no thread 7" },
	{ THREAD "}\nexists (0:r0<1)", "line 7, column 13: expected '=' or '!=', found '<'" },
	{ THREAD "}\nexists (x=)",
	  "line 7, column 11: expected a number, a variable or a register, found ')'" },
	{ THREAD "}\n~forall (x=1)", "line 7, column 2: expected 'exists', found 'forall'" },
	{ THREAD "}\nlocations x", "line 7, column 11: expected '[', found 'x'" },
	{ THREAD "}\nlocations [x",
	  "line 7, column 13: expected a register or a variable, found the end of the file" },
	{ THREAD "}\nfilter (x=1)",
	  "line 7, column 13: expected 'exists', '~exists' or 'forall', found the end of the file"
	},
};

static void describe_refusal(const struct refusal *r, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%.100s", r->why);
}

KUNIT_ARRAY_PARAM(refusal, refusals, describe_refusal);

static void litmus_refuses(struct kunit *test)
{
	const struct refusal *r = test->param_value;

	KUNIT_EXPECT_EQ(test, -EINVAL, parse(r->text));
	KUNIT_EXPECT_STREQ(test, why.text, r->why);
}

/* Nobody need ask for the reason, and every beginning of a file is refused. */
static void litmus_refuses_every_beginning(struct kunit *test)
{
	static const char text[] =
		"C t \"doc\" (* c *)\nA=b\n{ int *p = &x; 0:r9=-1; }\n"
		"P0(int *x, atomic_t *y) { // c\n"
		"int r0 = READ_ONCE(*x) + 1; if (!r0) { *x = 2; } else "
		"r0 = atomic_cmpxchg_acquire(y, 0, r0 * (2 | 3)); }\n"
		"locations [x; 0:r0;] filter (true) exists (x=1 \\/ ~0:r0=1";
	char part[sizeof(text)];
	size_t n;

	for (n = 0; n < sizeof(text) - 1; n++) {
		memcpy(part, text, n);
		part[n] = '\0';
		KUNIT_EXPECT_EQ(test, -EINVAL, parse(part));
		KUNIT_EXPECT_EQ(test, -EINVAL,
				membar_litmus_parse(part, n, &program, NULL));
	}
}

/*
 * Verdicts
 * ========
 */

struct verdict {
	const char *name;
	const char *threads;
	const char *condition;
	enum membar_observation observation;
	const char *unknown;
};

#define NEVER		MEMBAR_OBS_NEVER, NULL
#define SOMETIMES	MEMBAR_OBS_SOMETIMES, NULL
#define ALWAYS		MEMBAR_OBS_ALWAYS, NULL
#define UNKNOWN(why)	MEMBAR_OBS_NONE, why
#define P(n, body)	"P" #n "(int *x, int *y, int *z, int **p, spinlock_t *l, " \
			"struct srcu_struct *s) { " body " }\n"
#define MP_READ(between)						\
	P(1, "int r0 = READ_ONCE(*y); " between "int r1 = READ_ONCE(*x);")
#define MP_SEEN		"exists (1:r0=1 /\\ 1:r1=0)"
#define SB(first, second)						\
	P(0, "WRITE_ONCE(*x, 1); " first "int r0 = READ_ONCE(*y);")	\
	P(1, "WRITE_ONCE(*y, 1); " second "int r0 = READ_ONCE(*x);")
#define SB_SEEN		"exists (0:r0=0 /\\ 1:r0=0)"
/* A dependency from a read of x to a write to y, against its reverse. */
#define LB(body)	P(0, body)					\
	P(1, "int r0 = smp_load_acquire(y); if (r0 == 1) WRITE_ONCE(*x, 1);")
#define LB_SEEN		"exists (0:r0=1 /\\ 1:r0=1)"

#define THIRTY(statement)	TEN(statement) TEN(statement) TEN(statement)
#define WRITE(value)	"WRITE_ONCE(*x, " #value "); "
#define NINE(n)		WRITE(n##1) WRITE(n##2) WRITE(n##3) WRITE(n##4) WRITE(n##5)	\
			WRITE(n##6) WRITE(n##7) WRITE(n##8) WRITE(n##9)

static const struct verdict verdicts[] = {
	/* Fences. */
	{ "MP", P(0, "WRITE_ONCE(*x, 1); WRITE_ONCE(*y, 1);") MP_READ(""),
	  MP_SEEN, SOMETIMES },
	{ "MP+wmb+rmb",
	  P(0, "WRITE_ONCE(*x, 1); smp_wmb(); WRITE_ONCE(*y, 1);")
	  MP_READ("smp_rmb();"), MP_SEEN, NEVER },
	{ "MP+rel+acq",
	  P(0, "WRITE_ONCE(*x, 1); membar_smp_mb(MEMBAR_RELEASE); WRITE_ONCE(*y, 1);")
	  MP_READ("membar_smp_mb(MEMBAR_ACQUIRE);"), MP_SEEN, NEVER },
	{ "MP+wmb+wmb",
	  P(0, "WRITE_ONCE(*x, 1); smp_wmb(); WRITE_ONCE(*y, 1);")
	  MP_READ("smp_wmb();"), MP_SEEN, SOMETIMES },
	{ "MP+dma", P(0, "WRITE_ONCE(*x, 1); smp_wmb(); WRITE_ONCE(*y, 1);")
	  MP_READ("dma_rmb();"), MP_SEEN, SOMETIMES },
	{ "SB+mb+mb", SB("smp_mb();", "smp_mb();"), SB_SEEN, NEVER },
	{ "SB+mb+rel", SB("smp_mb();", "smp_mb_release();"), SB_SEEN, SOMETIMES },
	{ "SB+store_mb", P(0, "smp_store_mb(*x, 1); int r0 = READ_ONCE(*y);")
	  P(1, "membar_store_mb(y, 1); int r0 = READ_ONCE(*x);"),
	  SB_SEEN, NEVER },
	{ "WRC+rel is cumulative", P(0, "WRITE_ONCE(*x, 1);")
	  P(1, "int r0 = READ_ONCE(*x); smp_mb_release(); WRITE_ONCE(*y, 1);")
	  P(2, "int r0 = READ_ONCE(*y); smp_rmb(); int r1 = READ_ONCE(*x);"),
	  "exists (1:r0=1 /\\ 2:r0=1 /\\ 2:r1=0)", NEVER },
	{ "WRC+wmb is not", P(0, "WRITE_ONCE(*x, 1);")
	  P(1, "int r0 = READ_ONCE(*x); WRITE_ONCE(*z, r0); smp_wmb(); WRITE_ONCE(*y, 1);")
	  P(2, "int r0 = READ_ONCE(*y); smp_rmb(); int r1 = READ_ONCE(*x);"),
	  "exists (1:r0=1 /\\ 2:r0=1 /\\ 2:r1=0)", SOMETIMES },
	{ "coherence", P(0, "WRITE_ONCE(*x, 1); WRITE_ONCE(*x, 2);"), "exists (x=1)", NEVER },

	/* Dependencies. */
	{ "no dependency",
	  LB("int r0 = READ_ONCE(*x); WRITE_ONCE(*y, 1);"), LB_SEEN, SOMETIMES },
	{ "data", LB("int r0 = READ_ONCE(*x); WRITE_ONCE(*y, r0);"), LB_SEEN, NEVER },
	{ "false data",
	  LB("int r0 = READ_ONCE(*x); WRITE_ONCE(*y, 1 + r0 * 0);"), LB_SEEN, NEVER },
	{ "through a register",
	  LB("int r0 = READ_ONCE(*x); int r1 = r0 + 1; WRITE_ONCE(*y, r1 - 1);"),
	  LB_SEEN, NEVER },
	{ "control", LB("int r0 = READ_ONCE(*x); if (r0) WRITE_ONCE(*y, 1);"), LB_SEEN, NEVER },
	{ "after the branch",
	  LB("int r0 = READ_ONCE(*x); if (r0) {} WRITE_ONCE(*y, 1);"), LB_SEEN, SOMETIMES },
	{ "else",
	  LB("int r0 = READ_ONCE(*x); if (!r0) {} else WRITE_ONCE(*y, 1);"), LB_SEEN, NEVER },
	{ "operand of fetch_add",
	  LB("int r0 = READ_ONCE(*x); atomic_add(r0, y);"), LB_SEEN, NEVER },
	{ "expected value of cmpxchg",
	  "P0(int *x, int *y) { int r0 = READ_ONCE(*x); "
	       "int r1 = cmpxchg_relaxed(y, r0 - 1, 1); }\n"
	  P(1, "int r0 = smp_load_acquire(y); if (r0 == 1) WRITE_ONCE(*x, 1);"),
	  LB_SEEN, SOMETIMES },
	{ "carried by a plain store",
	  LB("int r0 = READ_ONCE(*x); *z = r0; WRITE_ONCE(*y, *z);"), LB_SEEN, NEVER },
	{ "address", P(0, "WRITE_ONCE(*x, 1); smp_wmb(); WRITE_ONCE(*p, x);")
	  P(1, "int *r0 = READ_ONCE(*p); int r1 = READ_ONCE(*r0);"),
	  "exists (1:r0=x /\\ 1:r1=0)", NEVER },
	{ "reads of one statement are in no order", P(0, "WRITE_ONCE(*x, 1);")
	  P(1, "int r0 = READ_ONCE(*x) * 2 + READ_ONCE(*x);"), "exists (1:r0=2)", SOMETIMES },
	{ "no address", P(0, "WRITE_ONCE(*x, 1); smp_wmb(); WRITE_ONCE(*p, x);")
	  P(1, "int *r0 = READ_ONCE(*p); int r1 = READ_ONCE(*x);"),
	  "exists (1:r0=x /\\ 1:r1=0)", SOMETIMES },

	/* Atomic operations. */
	{ "two additions",
	  P(0, "atomic_inc(x);") P(1, "atomic_inc(x);"), "exists (x=1)", NEVER },
	{ "five additions", P(0, "atomic_inc(x); atomic_inc(x);")
	  P(1, "atomic_inc(x);") P(2, "atomic_inc(x);") P(3, "atomic_inc(x);"),
	  "forall (x=5)", ALWAYS },
	{ "one cmpxchg wins",
	  P(0, "int r0 = cmpxchg_relaxed(x, 0, 1);") P(1, "int r0 = cmpxchg_relaxed(x, 0, 2);"),
	  "exists (0:r0=0 /\\ 1:r0=0)", NEVER },
	{ "try_cmpxchg",
	  P(0, "int r0 = 5; int r1 = try_cmpxchg(x, &r0, 1);"),
	  "forall (0:r1=0 /\\ 0:r0=0 /\\ x=0)", ALWAYS },
	{ "add_unless",
	  P(0, "int r0 = atomic_add_unless(x, 3, 0); int r1 = atomic_add_unless(x, 3, 1);"),
	  "forall (0:r0=0 /\\ 0:r1=1 /\\ x=3)", ALWAYS },
	{ "tests",
	  P(0, "int r0 = atomic_inc_and_test(x); int r1 = atomic_dec_and_test(x); "
	       "int r2 = atomic_add_negative(-1, x); int r3 = atomic_inc_not_zero(x);"),
	  "forall (0:r0=0 /\\ 0:r1=1 /\\ 0:r2=1 /\\ 0:r3=1 /\\ x=0)", ALWAYS },
	{ "guards",
	  P(0, "int r0 = membar_inc_unless_negative(x, MEMBAR_FULL); "
	       "int r1 = membar_dec_unless_positive(x, MEMBAR_FULL); "
	       "int r2 = membar_dec_if_positive(x, MEMBAR_FULL); "
	       "int r3 = membar_dec_if_positive(x, MEMBAR_FULL);"),
	  "forall (0:r0=1 /\\ 0:r1=0 /\\ 0:r2=0 /\\ 0:r3=-1 /\\ x=0)", ALWAYS },
	{ "a failed cmpxchg orders nothing",
	  P(0, "WRITE_ONCE(*x, 1); int r1 = cmpxchg(z, 5, 6); int r0 = READ_ONCE(*y);")
	  P(1, "WRITE_ONCE(*y, 1); smp_mb(); int r0 = READ_ONCE(*x);"), SB_SEEN, SOMETIMES },
	{ "one that succeeds is a full fence",
	  P(0, "WRITE_ONCE(*x, 1); int r1 = cmpxchg(z, 0, 6); int r0 = READ_ONCE(*y);")
	  P(1, "WRITE_ONCE(*y, 1); smp_mb(); int r0 = READ_ONCE(*x);"), SB_SEEN, NEVER },
	{ "before_atomic",
	  P(0, "WRITE_ONCE(*x, 1); smp_mb__before_atomic(); atomic_inc(z); "
	       "int r0 = READ_ONCE(*y);")
	  P(1, "WRITE_ONCE(*y, 1); atomic_inc(z); smp_mb__after_atomic(); "
	       "int r0 = READ_ONCE(*x);"),
	  SB_SEEN, NEVER },

	/* Locks. */
	{ "a lock excludes",
	  P(0, "spin_lock(l); int r0 = READ_ONCE(*x); WRITE_ONCE(*x, r0 + 1); spin_unlock(l);")
	  P(1, "spin_lock(l); int r0 = READ_ONCE(*x); WRITE_ONCE(*x, r0 + 1); spin_unlock(l);"),
	  "exists (x=1)", NEVER },
	{ "no lock does not", P(0, "int r0 = READ_ONCE(*x); WRITE_ONCE(*x, r0 + 1);")
	  P(1, "int r0 = READ_ONCE(*x); WRITE_ONCE(*x, r0 + 1);"), "exists (x=1)", SOMETIMES },
	{ "trylock",
	  P(0, "int r0 = spin_trylock(l); int r1 = spin_trylock(l);"),
	  "forall (0:r0=1 /\\ 0:r1=0)", ALWAYS },
	{ "is_locked",
	  P(0, "spin_lock(l); int r0 = spin_is_locked(l); spin_unlock(l); "
	       "int r1 = spin_is_locked(l);"),
	  "forall (0:r0=1 /\\ 0:r1=0)", ALWAYS },
	{ "after_spinlock",
	  P(0, "WRITE_ONCE(*x, 1); spin_lock(l); smp_mb__after_spinlock(); "
	       "int r0 = READ_ONCE(*y); spin_unlock(l);")
	  P(1, "WRITE_ONCE(*y, 1); smp_mb(); int r0 = READ_ONCE(*x);"), SB_SEEN, NEVER },
	{ "a lock by itself",
	  P(0, "WRITE_ONCE(*x, 1); spin_lock(l); int r0 = READ_ONCE(*y); spin_unlock(l);")
	  P(1, "WRITE_ONCE(*y, 1); smp_mb(); int r0 = READ_ONCE(*x);"), SB_SEEN, SOMETIMES },

	/* RCU and SRCU. */
	{ "RCU",
	  P(0, "rcu_read_lock(); int r0 = READ_ONCE(*x); int r1 = READ_ONCE(*y); "
	       "rcu_read_unlock();")
	  P(1, "WRITE_ONCE(*y, 1); synchronize_rcu(); WRITE_ONCE(*x, 1);"),
	  "exists (0:r0=1 /\\ 0:r1=0)", NEVER },
	{ "RCU without a section", P(0, "int r0 = READ_ONCE(*x); int r1 = READ_ONCE(*y);")
	  P(1, "WRITE_ONCE(*y, 1); synchronize_rcu(); WRITE_ONCE(*x, 1);"),
	  "exists (0:r0=1 /\\ 0:r1=0)", SOMETIMES },
	{ "SRCU",
	  P(0, "int r2 = srcu_read_lock(s); int r0 = READ_ONCE(*x); int r1 = READ_ONCE(*y); "
	       "srcu_read_unlock(s, r2);")
	  P(1, "WRITE_ONCE(*y, 1); synchronize_srcu(s); WRITE_ONCE(*x, 1);"),
	  "exists (0:r0=1 /\\ 0:r1=0)", NEVER },
	{ "another SRCU",
	  "P0(int *x, int *y, struct srcu_struct *s) { int r2 = srcu_read_lock(s); "
	       "int r0 = READ_ONCE(*x); int r1 = READ_ONCE(*y); srcu_read_unlock(s, r2); }\n"
	  "P1(int *x, int *y, struct srcu_struct *q) { WRITE_ONCE(*y, 1); synchronize_srcu(q); "
	       "WRITE_ONCE(*x, 1); }\n", "exists (0:r0=1 /\\ 0:r1=0)", SOMETIMES },

	/* Plain accesses. */
	{ "plain, ordered", P(0, "*x = 1; smp_store_release(y, 1);")
	  P(1, "int r1 = 1; int r0 = smp_load_acquire(y); if (r0) r1 = *x;"), MP_SEEN, NEVER },
	{ "plain, a race", P(0, "*x = 1; WRITE_ONCE(*y, 1);")
	  P(1, "int r1 = 1; int r0 = smp_load_acquire(y); if (r0) r1 = *x;"),
	  MP_SEEN, UNKNOWN("a data race") },

	/* What else has no verdict. */
	{ "a lock not held",
	  P(0, "spin_unlock(l);"),
	  "exists (x=0)", UNKNOWN("a lock is released that is not held") },
	{ "a lock as data",
	  P(0, "spin_lock(l); WRITE_ONCE(*l, 0);"),
	  "exists (x=0)", UNKNOWN("a lock is accessed as data") },
	{ "reads of a single value", P(0, THIRTY("READ_ONCE(*y);")
	  "READ_ONCE(*y); int r0 = cmpxchg(y, 0, 0);"),
	  "exists (0:r0=0)", ALWAYS },
	{ "reads of two values", P(0, "WRITE_ONCE(*y, 1);")
	  P(1, THIRTY("READ_ONCE(*y);") "READ_ONCE(*y); int r0 = cmpxchg(y, 5, 5);"),
	  "exists (1:r0=0)", UNKNOWN("too many choices in a thread") },
	{ "an address that has no value", P(0, "WRITE_ONCE(*(x / 0), 1);"),
	  "exists (x=0)", NEVER },
	{ "too many fences", P(0, THIRTY("smp_mb();")) P(1, THIRTY("smp_mb();"))
	  P(2, THIRTY("smp_mb();")), "exists (x=0)", UNKNOWN("more than 64 events") },
	{ "too many reads", P(0, THIRTY("READ_ONCE(*x);")) P(1, THIRTY("READ_ONCE(*x);"))
	  P(2, THIRTY("READ_ONCE(*x);")), "exists (x=0)", UNKNOWN("more than 64 events") },
	{ "too many values", P(0, NINE(1) NINE(2) NINE(3)) P(1, NINE(4)), "exists (x=0)",
	  UNKNOWN("too many values of a variable") },
	{ "deadlock", P(0, "spin_lock(l); spin_lock(l);"), "exists (x=0)", NEVER },
	{ "wild pointer",
	  P(0, "int r0 = READ_ONCE(*p); WRITE_ONCE(*(int *)r0, 1);"), "exists (x=0)", NEVER },
	{ "filter", SB("", ""), "filter (0:r0=0) exists (0:r0=0)", ALWAYS },
	{ "implication", SB("", ""), "forall (0:r0=7 => x=5)", ALWAYS },
	{ "not", SB("", ""), "exists (not (x=1) \\/ y!=1)", NEVER },
};

static void describe_verdict(const struct verdict *v, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s", v->name);
}

KUNIT_ARRAY_PARAM(verdict, verdicts, describe_verdict);

static enum membar_observation observe(u64 limit)
{
	model.limit = limit;
	model.count_unpromised = false;
	return membar_model_run(&model, &program);
}

static void model_says(struct kunit *test)
{
	const struct verdict *v = test->param_value;
	enum membar_observation said;
	char text[4096];

	snprintf(text, sizeof(text), "C t\n{}\n%s%s\n", v->threads,
		 v->condition);
	KUNIT_EXPECT_EQ(test, 0, parse(text));
	KUNIT_ASSERT_EQ_MSG(test, '\0', why.text[0], "%s", why.text);
	said = observe(MEMBAR_MODEL_LIMIT);
	KUNIT_EXPECT_EQ_MSG(test, v->observation, said, "%s",
			    membar_observation_names[said]);
	if (v->unknown)
		KUNIT_EXPECT_STREQ(test, model.unknown, v->unknown);
}

/* The work has a bound, and the bound is named. */
static void model_stops(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, 0,
			parse("C t\n{}\n" SB("", "") SB_SEEN));
	KUNIT_ASSERT_EQ(test, MEMBAR_OBS_SOMETIMES,
			observe(MEMBAR_MODEL_LIMIT));
	KUNIT_EXPECT_EQ(test, MEMBAR_OBS_SOMETIMES, observe(model.work));
	KUNIT_EXPECT_EQ(test, MEMBAR_OBS_NONE, observe(model.work - 1));
	KUNIT_EXPECT_STREQ(test, model.unknown, "too many executions");
}

/* The first thread is already too much, or the second one. */
static void model_stops_at_once(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, 0, parse("C t\n{}\n" SB("", "smp_mb();") SB_SEEN));
	KUNIT_EXPECT_EQ(test, MEMBAR_OBS_NONE, observe(0));
	KUNIT_EXPECT_EQ(test, model.work, 4 + 2);
	KUNIT_EXPECT_EQ(test, MEMBAR_OBS_NONE, observe(4 + 2));
	KUNIT_EXPECT_EQ(test, model.work, 4 + 2 + 4 + 3);
}

static void model_counts_unpromised_fences(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, 0,
			parse("C t\n{}\n" SB("membar_dma_mb(MEMBAR_FULL);",
					     "dma_mb();") SB_SEEN));
	KUNIT_EXPECT_EQ(test, MEMBAR_OBS_SOMETIMES,
			observe(MEMBAR_MODEL_LIMIT));
	model.count_unpromised = true;
	KUNIT_EXPECT_EQ(test, MEMBAR_OBS_NEVER,
			membar_model_run(&model, &program));
}

/* What the harness is told about a file. */
struct judged {
	const char *stated;
	const char *threads;
	const char *condition;
	enum membar_contract contract;
	bool by_file;
	const char *note;
};

#define RACE							\
	P(0, "*x = 1; WRITE_ONCE(*y, 1);")			\
	P(1, "int r1 = 1; int r0 = READ_ONCE(*y); r1 = *x;")

static const struct judged judged[] = {
	{ "", SB("", ""), SB_SEEN, MEMBAR_ALLOWED, false, "" },
	{ "", SB("smp_mb();", "smp_mb();"), SB_SEEN, MEMBAR_FORBIDDEN, false, "" },
	{ "Never", SB("smp_mb();", "smp_mb();"), SB_SEEN, MEMBAR_FORBIDDEN, false, "" },
	{ "Always", SB("smp_mb();", "smp_mb();"), SB_SEEN, MEMBAR_FORBIDDEN, false,
	  "the file states Always, the model says Never" },
	{ "Never", SB("", ""), SB_SEEN, MEMBAR_ALLOWED, false,
	  "the file states Never, the model says Sometimes" },
	{ "", P(0, ""), "exists (x=0)", MEMBAR_ALLOWED, false, "" },
	{ "", P(0, ""), "forall (x=0)", MEMBAR_FORBIDDEN, false, "" },
	{ "", P(0, ""), "forall (x=1)", MEMBAR_ALLOWED, false, "" },
	{ "", P(0, ""), "~exists (x=1)", MEMBAR_FORBIDDEN, false, "" },
	{ "", SB("", ""), "forall (0:r0=0)", MEMBAR_ALLOWED, false, "" },
	{ "", SB("dma_mb();", "dma_mb();"), SB_SEEN, MEMBAR_UNPROMISED, false, "" },
	{ "", SB("dma_mb();", "dma_mb();"), "forall (0:r0=1 \\/ 1:r0=1)",
	  MEMBAR_UNPROMISED, false, "" },
	{ "", SB("dma_mb();", "dma_mb();"), "exists (0:r0=0)", MEMBAR_ALLOWED, false, "" },
	{ "Sometimes", SB("dma_mb();", "smp_mb();"), SB_SEEN, MEMBAR_UNPROMISED, false, "" },
	{ "", RACE, MP_SEEN, MEMBAR_UNKNOWN, false, "not computed: a data race" },
	{ "Never", RACE, MP_SEEN, MEMBAR_FORBIDDEN, true, "not computed: a data race" },
	{ "Sometimes", RACE, MP_SEEN, MEMBAR_ALLOWED, true, "not computed: a data race" },
	{ "Always", RACE, "forall (x=1)", MEMBAR_FORBIDDEN, true,
	  "not computed: a data race" },
	{ "Never", RACE, "forall (x=1)", MEMBAR_ALLOWED, true,
	  "not computed: a data race" },
};

static void describe_judged(const struct judged *j, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s, stated '%s'", j->condition,
		 j->stated);
}

KUNIT_ARRAY_PARAM(judged, judged, describe_judged);

static void contract_of_a_file(struct kunit *test)
{
	const struct judged *j = test->param_value;
	struct membar_judgement said;
	char text[4096];

	snprintf(text, sizeof(text), "C t\n(* Result: %s *)\n{}\n%s%s\n",
		 j->stated, j->threads, j->condition);
	KUNIT_ASSERT_EQ(test, 0, parse(text));
	memset(&said, 0xa5, sizeof(said));
	model.limit = MEMBAR_MODEL_LIMIT;
	membar_program_contract(&model, &program, &said);
	KUNIT_EXPECT_EQ(test, said.contract, j->contract);
	KUNIT_EXPECT_EQ(test, said.stated, j->by_file);
	KUNIT_EXPECT_STREQ(test, said.note, j->note);
}

static void litmus_notes_the_stated_result(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, 0,
			parse("C t\n(* Result: Never *)\n{ x=3; }\n"
			      P(0, "") "exists (x=3) (* Bad. *)"));
	KUNIT_EXPECT_EQ(test, program.stated, MEMBAR_OBS_NEVER);
	KUNIT_EXPECT_STREQ(test, program.name, "t");
	KUNIT_EXPECT_EQ(test, MEMBAR_OBS_ALWAYS, observe(MEMBAR_MODEL_LIMIT));
}

/*
 * Named tests as files
 * ====================
 */

static char named[4096];

static __printf(1, 2) void append(const char *fmt, ...)
{
	size_t n = strlen(named);
	va_list args;

	va_start(args, fmt);
	vsnprintf(named + n, sizeof(named) - n, fmt, args);
	va_end(args);
}

static const char locations[] = "xyz";

static void append_first(const struct membar_access *a, enum membar_edge edge)
{
	const char loc = locations[a->loc];

	if (a->dir == MEMBAR_W)
		append(membar_edge_releases(edge, 0) ?
		       "smp_store_release(%c, %u); " : "WRITE_ONCE(*%c, %u); ",
		       loc, a->value);
	else if (membar_edge_acquires(edge, 0))
		append("int r0 = smp_load_acquire(%c); ", loc);
	else
		append("int r0 = READ_ONCE(*%c); ", loc);
}

/* The cell of a fence is "smp_mb:full". */
static void append_fence(const char *cell)
{
	const size_t len = strcspn(cell, ":");

	append("membar_%.*s(MEMBAR_", (int)len, cell);
	for (cell += len + 1; *cell; cell++)
		append("%c", *cell - 'a' + 'A');
	append("); ");
}

static void append_edge(unsigned int t, enum membar_edge edge)
{
	if (membar_edges[edge].prior)
		append_fence(membar_edges[edge].cell);
	else if (edge == MEMBAR_EDGE_XCHG)
		append("xchg(o%u, 1); ", t);
	else if (edge == MEMBAR_EDGE_CMPXCHG)
		append("cmpxchg(o%u, 0, 1); ", t);
	else if (edge == MEMBAR_EDGE_FADD)
		append("atomic_fetch_add(1, o%u); ", t);
	else if (edge == MEMBAR_EDGE_CTRL)
		append("if (r0 + 1) ");
}

static void append_second(const struct membar_access *a, enum membar_edge edge)
{
	const char *addr = edge == MEMBAR_EDGE_ADDR ? "+ r0 * 0" : "";
	const char *data = edge == MEMBAR_EDGE_DATA ? "+ r0 * 0" : "";
	const char loc = locations[a->loc];

	if (a->dir == MEMBAR_R && membar_edge_acquires(edge, 1))
		append("int r1 = smp_load_acquire(%c); ", loc);
	else if (a->dir == MEMBAR_R)
		append("int r1 = READ_ONCE(*(%c%s)); ", loc, addr);
	else if (membar_edge_releases(edge, 1))
		append("smp_store_release(%c, %u); ", loc, a->value);
	else
		append("WRITE_ONCE(*(%c%s), %u%s); ", loc, addr, a->value,
		       data);
}

/* The outcome that the test asks about. */
static void append_condition(const struct membar_shape *shape)
{
	const char *between = "exists (";
	const struct membar_access *a;
	unsigned int i, loc;

	for (i = 0; i < MEMBAR_MAX_EVENTS; i++) {
		a = &shape->thread[i / 2][i % 2];
		if (a->dir != MEMBAR_R)
			continue;
		append("%s%u:r%u=%u", between, i / 2, i % 2, a->value);
		between = " /\\ ";
	}
	for (loc = 0; loc < MEMBAR_NR_LOCS; loc++) {
		i = membar_shape_writes(shape, loc);
		if (i < 2)
			continue;
		append("%s%c=%u", between, locations[loc], i);
		between = " /\\ ";
	}
	append(")\n");
}

static void write_named_test(const struct membar_test *test)
{
	const struct membar_shape *shape = test->shape;
	unsigned int t;

	named[0] = '\0';
	append("C t\n{}\n");
	for (t = 0; t < membar_shape_threads(shape); t++) {
		append("P%u(int *x, int *y, int *z, int *o%u) { ", t, t);
		append_first(&shape->thread[t][0], test->edge[t]);
		if (membar_thread_has_edge(shape, t)) {
			append_edge(t, test->edge[t]);
			append_second(&shape->thread[t][1], test->edge[t]);
		}
		append("}\n");
	}
	append_condition(shape);
}

/* The tests of a shape that have smp edges: "MP+*+*". */
static int every_test_of(const struct membar_shape *shape,
			 struct membar_pattern *pattern)
{
	char name[32];
	unsigned int t;

	snprintf(name, sizeof(name), "%s", shape->name);
	for (t = 0; t < membar_shape_threads(shape); t++)
		if (membar_thread_has_edge(shape, t))
			strcat(name, "+*");
	return membar_pattern_parse(name, pattern, NULL);
}

/*
 * The model says of the file what verdict.c says of the name, for every 11th name of
 * each shape in turn: no thread takes a multiple of 11 edges, so all of them are there.
 */
static void model_agrees_about_names(struct kunit *test)
{
	struct membar_pattern pattern;
	struct membar_judgement said;
	struct membar_test t;
	unsigned int s, n = 0;
	char name[64];

	model.limit = MEMBAR_MODEL_LIMIT;
	for (s = 0; s < membar_nr_shapes; s++) {
		KUNIT_ASSERT_EQ(test, 0,
				every_test_of(&membar_shapes[s], &pattern));
		membar_pattern_first(&pattern, &t);
		do {
			if (n++ % 11)
				continue;
			membar_test_name(&t, name, sizeof(name));
			write_named_test(&t);
			KUNIT_ASSERT_EQ_MSG(test, 0, parse(named), "%s: %s",
					    named, why.text);
			membar_program_contract(&model, &program, &said);
			KUNIT_EXPECT_EQ_MSG(test, said.contract,
					    membar_test_contract(&t), "%s: %s",
					    name, named);
		} while (membar_pattern_next(&pattern, &t));
	}
}

static struct kunit_case litmus_cases[] = {
	KUNIT_CASE_PARAM(litmus_refuses, refusal_gen_params),
	KUNIT_CASE(litmus_refuses_every_beginning),
	KUNIT_CASE(litmus_notes_the_stated_result),
	KUNIT_CASE_PARAM(model_says, verdict_gen_params),
	KUNIT_CASE(model_stops),
	KUNIT_CASE(model_stops_at_once),
	KUNIT_CASE_PARAM(contract_of_a_file, judged_gen_params),
	KUNIT_CASE(model_agrees_about_names),
	KUNIT_CASE(model_counts_unpromised_fences),
	{}
};

static struct kunit_suite litmus_suite = {
	.name = "membar_litmus",
	.test_cases = litmus_cases,
};

kunit_test_suite(litmus_suite);

MODULE_DESCRIPTION("KUnit suite of membar's litmus files");
MODULE_LICENSE("GPL");
