// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of the litmus parser: the program that comes of a file, printed.  They run
 * on the host only: tools/stress-host kunit.
 */
#include <kunit/test.h>

#include "print.h"

/*
 * Tables
 * ======
 */

struct sample {
	const char *text;
	const char *printed;
};

/* In one line. */
static void describe_sample(const struct sample *s, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%.100s", s->text);
	for (; *desc; desc++)
		if (*desc < ' ')
			*desc = ' ';
}

/* Parses the text of a sample in a file; prints the part that it is about. */
static void expect_printed(struct kunit *test, const char *fmt,
			   void (*print)(void))
{
	const struct sample *s = test->param_value;
	char text[8192];

	snprintf(text, sizeof(text), fmt, s->text);
	out[0] = '\0';
	if (parse(text))
		add("%s", why.text);
	else
		print();
	KUNIT_EXPECT_STREQ(test, out, s->printed);
}

static void add_first_ops(void)
{
	add_ops(0);
}

/* Statements, each of which may have some operations. */
static const struct sample statements[] = {
	{ "", "" },
	{ ";;", "" },
	{ "r0 = 1;", "set (1) to r0" },
	{ "r0 = -1;", "set (0 1 -) to r0" },
	{ "int r7 = 1, *r8, **r9 = x;", "set (1) to r7 | set (x) to r9" },
	{ "int *q; q = x;", "set (x) to q" },
	{ "new = 1; new = 2; r0 = new;", "set (1) to new | set (2) to new | set (new) to r0" },
	{ "r0 = READ_ONCE(*x);", "load relaxed old [x] to r0" },
	{ "int r7 = READ_ONCE(*x), r8 = READ_ONCE(*y);",
	  "load relaxed old [x] to r7 | load relaxed old [y] to r8" },
	{ "r0 = READ_ONCE(*x) + 1;", "load relaxed old [x] to #5, set (#5 1 +) to r0" },
	{ "r0 = READ_ONCE(*x) + READ_ONCE(*y);",
	  "load relaxed old [x] to #5, load relaxed old [y] to #6, set (#5 #6 +) to r0" },
	{ "r0 = r1;", "set (r1) to r0" },
	{ "r0 = READ_ONCE(*x); r1 = r0;", "load relaxed old [x] to r0 | set (r0) to r1" },
	{ "r0 = 1 + READ_ONCE(*x) * 0;", "load relaxed old [x] to #5, set (1 #5 0 * +) to r0" },
	{ "r0 = (READ_ONCE(*x));", "load relaxed old [x] to r0" },
	{ "r0 = (int)READ_ONCE(*x); r1 = READ_ONCE(*y) + 1;",
	  "load relaxed old [x] to r0 | load relaxed old [y] to #5, set (#5 1 +) to r1" },
	{ "READ_ONCE(*x);", "load relaxed old [x]" },
	{ "(void)atomic_inc_return(x);", "rmw full inc_return add new [x] (1)" },
	{ "(void)(void)smp_mb();", "fence full smp" },
	{ "atomic_inc_return(x);", "rmw full inc_return add new [x] (1)" },
	{ "*x = 1;", "store [x] (1)" },
	{ "*x = *y;", "load [y] to #5, store [x] (#5)" },
	{ "*x = *y + 1; r0 = 2;", "load [y] to #5, store [x] (#5 1 +) | set (2) to r0" },
	{ "*(int *)r0 = 1;", "store [r0] (1)" },
	{ "r0 = *x;", "load [x] to r0" },
	{ "r0 = **x;", "load [x] to #5, load [#5] to r0" },
	{ "r0 = *x + *y;", "load [x] to #5, load [y] to #6, set (#5 #6 +) to r0" },
	{ "r0 = READ_ONCE(*(int *)r1);", "load relaxed old [r1] to r0" },
	{ "r0 = READ_ONCE(*READ_ONCE(*x));",
	  "load relaxed old [x] to #5, load relaxed old [#5] to r0" },
	{ "smp_store_mb(*x, 1); r0 = 2;",
	  "store relaxed with fence [x] (1) | fence full smp | set (2) to r0" },
	{ "membar_store_mb(x, r0);", "store relaxed with fence [x] (r0) | fence full smp" },
	{ "if (r0) *x = 1;", "if (r0) until 2 | store [x] (1), end" },
	{ "if (READ_ONCE(*x) == 1) { *x = 1; *y = 2; } r0 = 1;",
	  "load relaxed old [x] to #5, if (#5 1 ==) until 4 | store [x] (1) | store [y] (2), end | set (1) to r0" },
	{ "if (r0) r1 = 1; else r1 = 2;",
	  "if (r0) until 2 | set (1) to r1, else until 4 | set (2) to r1, end" },
	{ "if (r0) {} else {} r1 = 1;", "if (r0) until 1 | else until 2 | end | set (1) to r1" },
	{ "if (r0) if (r1) *x = 1; else *x = 2;",
	  "if (r0) until 6 | if (r1) until 3 | store [x] (1), else until 5 | store [x] (2), end, end" },
	{ "if (r0) ; else if (r1) ; else *x = 3;",
	  "if (r0) until 1 | else until 6 | if (r1) until 3 | else until 5 | store [x] (3), end, end" },
	{ "{ { r0 = 1; } { } }", "set (1) to r0" },
	{ "r0 = try_cmpxchg(x, &r1, 2);",
	  "rmw full try_cmpxchg second if equal stored [x] (2) {r1} to r1 to r0" },
	{ "r0 = cmpxchg(x, READ_ONCE(*y), 2);",
	  "load relaxed old [y] to #5, rmw full cmpxchg second if equal old [x] (2) {#5} to r0" },
	{ "spin_lock(x); spin_unlock(x);", "lock [x] | unlock [x]" },
	{ "r0 = srcu_read_lock(x); srcu_read_unlock(x, r0);",
	  "srcu_lock old [x] to r0 | srcu_unlock [x] (r0)" },
	{ "_t = 1;", "set (1) to _t" },
	{ "a_t q; q = 1;", "set (1) to q" },
	{ "struct 1;", "line 3, column 53: expected the name of the type, found '1'" },
	{ "int 1;", "line 3, column 50: expected a name, found '1'" },
	{ "int r7 r8;", "line 3, column 53: expected ';', found 'r8'" },
	{ "int r7, 1;", "line 3, column 54: expected a name, found '1'" },
	{ "int r7 = ;", "line 3, column 55: expected an expression, found ';'" },
	{ "r0 = ;", "line 3, column 51: expected an expression, found ';'" },
	{ "*;", "line 3, column 47: expected an expression, found ';'" },
	{ "*x = ;", "line 3, column 51: expected an expression, found ';'" },
	{ "*x = 1 2;", "line 3, column 53: expected ';', found '2'" },
	{ "if () ;", "line 3, column 50: expected an expression, found ')'" },
	{ "if (r0) int 1;", "line 3, column 58: expected a name, found '1'" },
	{ "if (r0) ; else int 1;", "line 3, column 65: expected a name, found '1'" },
	{ "{ int 1; }", "line 3, column 52: expected a name, found '1'" },
	{ "(void 1;", "line 3, column 52: expected ')', found '1'" },
	{ "int size_t = 1;", "set (1) to size_t" },
	{ "size_t n = 1; size_t *a_t = x; const size_t b_t = 2;",
	  "set (1) to n | set (x) to a_t | set (2) to b_t" },
	{ "size_t = 1;", "set (1) to size_t" },
	{ "struct a_t b_t = 1;", "set (1) to b_t" },
	{ "int const volatile *c_t = x;", "set (x) to c_t" },
	{ "size_t size_t = 1;", "set (1) to size_t" },
	{ "_t x = 1;", "line 3, column 49: expected '=' or '(', found 'x'" },
	{ "abc x = 1;", "line 3, column 50: expected '=' or '(', found 'x'" },
	{ "size_t unsigned;", "line 3, column 61: expected a name, found ';'" },
	{ "size_t;", "line 3, column 52: expected '=' or '(', found ';'" },
	{ "a_t b_t c_t;", "line 3, column 54: expected ';', found 'c_t'" },
	{ "struct s *p = x; union u *q = x; enum e *r = x;",
	  "set (x) to p | set (x) to q | set (x) to r" },
	{ "const volatile unsigned long long int r7 = 1;", "set (1) to r7" },
	{ "u8 a; u16 b; u32 c; u64 d; s8 e; s16 f; s32 g; s64 h; char i; short j; "
	  "bool k; _Bool l; signed m; __rcu n; atomic_t o; void *q; h = 1;",
	  "set (1) to h" },

	/* Expressions, by precedence. */
	{ "r0 = 1 | 2 ^ 3 & 4 == 5 < 6 + 7 * 8;", "set (1 2 3 4 5 6 7 8 * + < == & ^ |) to r0" },
	{ "r0 = 1 * 2 + 3 > 4 != 5 & 6 ^ 7 | 8;", "set (1 2 * 3 + 4 > 5 != 6 & 7 ^ 8 |) to r0" },
	{ "r0 = 1 - 2 - 3 + 4;", "set (1 2 - 3 - 4 +) to r0" },
	{ "r0 = 8 / 2 * 3 / 4;", "set (8 2 / 3 * 4 /) to r0" },
	{ "r0 = 1 <= 2 >= 3 < 4 > 5;", "set (1 2 <= 3 >= 4 < 5 >) to r0" },
	{ "r0 = 1 == 2 != 3 == 4;", "set (1 2 == 3 != 4 ==) to r0" },
	{ "r0 = 1 < 2 <= 3 > 4 >= 5 < 6;", "set (1 2 < 3 <= 4 > 5 >= 6 <) to r0" },
	{ "r0 = 1 * 2 / 3 * 4;", "set (1 2 * 3 / 4 *) to r0" },
	{ "r0 = 1 + 2 - 3 + 4;", "set (1 2 + 3 - 4 +) to r0" },
	{ "r0 = 1 != 2 == 3;", "set (1 2 != 3 ==) to r0" },
	{ "r0 = 1 | 2 | 3 ^ 4 ^ 5 & 6 & 7;", "set (1 2 | 3 4 ^ 5 6 & 7 & ^ |) to r0" },
	{ "r0 = (1 + 2) * (3 - (4 | 5));", "set (1 2 + 3 4 5 | - *) to r0" },
	{ "r0 = -r1 - -2 * !r2 + !!r1;", "set (0 r1 - 0 2 - r2 0 == * - r1 0 == 0 == +) to r0" },
	{ "r0 = !(r1 == 2) & -(3);", "set (r1 2 == 0 == 0 3 - &) to r0" },
	{ "r0 = (int)r1 + (struct s *)x + (unsigned long)-1;", "set (r1 x + 0 1 - +) to r0" },
	{ "r0 = (int;", "line 3, column 55: expected ')', found ';'" },
	{ "r0 = (struct 1)2;", "line 3, column 59: expected the name of the type, found '1'" },
	{ "r0 = NULL; r1 = true; r2 = false;", "set (0) to r0 | set (1) to r1 | set (0) to r2" },
	{ "r0 = 0x1F + 017UL;", "set (31 17 +) to r0" },
	{ "r0 = x + r1;", "set (x r1 +) to r0" },
	{ "r0 = - *x;", "load [x] to #5, set (0 #5 -) to r0" },
};

KUNIT_ARRAY_PARAM(statement, statements, describe_sample);

#define IN_THREAD							\
	"C t\n{}\nP0(int *x, int *y) { int r0; int r1; int r2; %s }\n"	\
	"exists (x=1)\n"

static void statement_becomes_operations(struct kunit *test)
{
	expect_printed(test, IN_THREAD, add_first_ops);
}

/* Operations by their names. */
static const struct sample operations[] = {
	{ "r0 = atomic_read(x);", "load relaxed old [x] to r0" },
	{ "r0 = atomic64_read_acquire(x);", "load acquire old [x] to r0" },
	{ "r0 = atomic_long_read(x);", "load relaxed old [x] to r0" },
	{ "r0 = atomic_read_release(x);",
	  "line 3, column 51: unknown operation 'atomic_read_release'" },
	{ "r0 = atomic_load(x);", "line 3, column 51: unknown operation 'atomic_load'" },
	{ "r0 = membar_load(x, MEMBAR_RELAXED);", "load relaxed old [x] to r0" },
	{ "r0 = membar_load(x, MEMBAR_ACQUIRE);", "load acquire old [x] to r0" },
	{ "r0 = membar_load(x, MEMBAR_FULL);",
	  "line 3, column 66: expected an order of this operation, found 'MEMBAR_FULL'" },
	{ "r0 = membar_read(x, MEMBAR_RELAXED);",
	  "line 3, column 51: unknown operation 'membar_read'" },
	{ "r0 = rcu_dereference(*x);", "load relaxed old [x] to r0" },
	{ "atomic_set(x, 1);", "store relaxed [x] (1)" },
	{ "atomic_set_release(x, 1);", "store release [x] (1)" },
	{ "atomic_set_acquire(x, 1);",
	  "line 3, column 46: unknown operation 'atomic_set_acquire'" },
	{ "atomic_store(x, 1);", "line 3, column 46: unknown operation 'atomic_store'" },
	{ "membar_store(x, 1, MEMBAR_RELAXED);", "store relaxed [x] (1)" },
	{ "membar_store(x, 1, MEMBAR_RELEASE);", "store release [x] (1)" },
	{ "membar_store(x, 1, MEMBAR_ACQUIRE);",
	  "line 3, column 65: expected an order of this operation, found 'MEMBAR_ACQUIRE'" },
	{ "membar_set(x, 1, MEMBAR_RELAXED);",
	  "line 3, column 46: unknown operation 'membar_set'" },
	{ "r0 = atomic_set(x, 1);", "line 3, column 51: atomic_set() returns nothing" },
	{ "atomic_add(1, x);", "rmw noreturn add add [x] (1)" },
	{ "atomic_sub(2, x); atomic_and(3, x); atomic_or(4, x); atomic_xor(5, x); atomic_andnot(6, x);",
	  "rmw noreturn sub sub [x] (2) | rmw noreturn and and [x] (3) | rmw noreturn or or [x] (4) | rmw noreturn xor xor [x] (5) | rmw noreturn andnot andnot [x] (6)" },
	{ "atomic_inc(x); atomic_dec(x);",
	  "rmw noreturn inc add [x] (1) | rmw noreturn dec sub [x] (1)" },
	{ "membar_add(x, 1, MEMBAR_RELAXED);", "rmw noreturn add add [x] (1)" },
	{ "membar_add(x, 1, MEMBAR_ACQUIRE);",
	  "line 3, column 63: expected an order of this operation, found 'MEMBAR_ACQUIRE'" },
	{ "membar_add(1, x, MEMBAR_RELAXED);", "rmw noreturn add add [1] (x)" },
	{ "membar_inc(x, MEMBAR_RELAXED);", "rmw noreturn inc add [x] (1)" },
	{ "membar_atomic_inc(x, MEMBAR_RELAXED);", "rmw noreturn inc add [x] (1)" },
	{ "atomic_atomic_inc(x);", "line 3, column 46: unknown operation 'atomic_atomic_inc'" },
	{ "r0 = atomic_add_return_relaxed(1, x);",
	  "rmw relaxed add_return add new [x] (1) to r0" },
	{ "r0 = atomic_add_return_acquire(1, x);",
	  "rmw acquire add_return add new [x] (1) to r0" },
	{ "r0 = atomic_add_return_release(1, x);",
	  "rmw release add_return add new [x] (1) to r0" },
	{ "r0 = atomic_add_return(1, x);", "rmw full add_return add new [x] (1) to r0" },
	{ "r0 = atomic_add_return_full(1, x);",
	  "line 3, column 51: unknown operation 'atomic_add_return_full'" },
	{ "r0 = atomic_sub_return(1, x); r1 = atomic_inc_return(x); r2 = atomic_dec_return(x);",
	  "rmw full sub_return sub new [x] (1) to r0 | rmw full inc_return add new [x] (1) to r1 | rmw full dec_return sub new [x] (1) to r2" },
	{ "r0 = membar_inc_return(x, MEMBAR_ACQUIRE);",
	  "rmw acquire inc_return add new [x] (1) to r0" },
	{ "r0 = atomic_fetch_inc(x); r1 = atomic_fetch_dec(x); r2 = atomic_fetch_andnot(1, x);",
	  "rmw full fetch_inc add old [x] (1) to r0 | rmw full fetch_dec sub old [x] (1) to r1 | rmw full fetch_andnot andnot old [x] (1) to r2" },
	{ "r0 = xchg(x, 1);", "rmw full xchg second old [x] (1) to r0" },
	{ "r0 = xchg_acquire(x, 1);", "rmw acquire xchg second old [x] (1) to r0" },
	{ "r0 = atomic_xchg_release(x, 1);", "rmw release xchg second old [x] (1) to r0" },
	{ "r0 = xchgx(x, 1);", "line 3, column 51: unknown operation 'xchgx'" },
	{ "r0 = xch(x, 1);", "line 3, column 51: unknown operation 'xch'" },
	{ "r0 = membar_xchg(x, 1, MEMBAR_ACQUIRE);",
	  "rmw acquire xchg second old [x] (1) to r0" },
	{ "r0 = cmpxchg_release(x, 1, 2);",
	  "rmw release cmpxchg second if equal old [x] (2) {1} to r0" },
	{ "r0 = atomic_cmpxchg_val(x, 1, 2);",
	  "line 3, column 51: unknown operation 'atomic_cmpxchg_val'" },
	{ "r0 = membar_cmpxchg_val(x, 1, 2, MEMBAR_FULL);",
	  "rmw full cmpxchg second if equal old [x] (2) {1} to r0" },
	{ "r0 = membar_xchg_val(x, 1, MEMBAR_FULL);",
	  "line 3, column 51: unknown operation 'membar_xchg_val'" },
	{ "r0 = try_cmpxchg_relaxed(x, &r1, 2);",
	  "rmw relaxed try_cmpxchg second if equal stored [x] (2) {r1} to r1 to r0" },
	{ "r0 = membar_try_cmpxchg(x, &r1, 2, MEMBAR_RELEASE);",
	  "rmw release try_cmpxchg second if equal stored [x] (2) {r1} to r1 to r0" },
	{ "r0 = fetch_add(1, x);", "line 3, column 51: unknown operation 'fetch_add'" },
	{ "fetch_add(1, x);", "line 3, column 46: unknown operation 'fetch_add'" },
	{ "r0 = membar_fetch_add(x, 1, MEMBAR_RELAXED);",
	  "rmw relaxed fetch_add add old [x] (1) to r0" },
	{ "r0 = membar_fetch_add(x, 1, MEMBAR_READ);",
	  "line 3, column 74: expected an order of this operation, found 'MEMBAR_READ'" },
	{ "r0 = membar_fetch_add(x, 1, MEMBAR_WRITE);",
	  "line 3, column 74: expected an order of this operation, found 'MEMBAR_WRITE'" },
	{ "r0 = membar_fetch_add(x, 1, MEMBAR_OTHER);",
	  "line 3, column 74: expected an order of this operation, found 'MEMBAR_OTHER'" },
	{ "r0 = membar_fetch_add(x, 1, 1);",
	  "line 3, column 74: expected an order of this operation, found '1'" },
	{ "r0 = membar_fetch_add(x, 1);", "line 3, column 72: expected ',', found ')'" },
	{ "r0 = membar_fetch_add_acquire(x, 1, MEMBAR_FULL);",
	  "line 3, column 51: unknown operation 'membar_fetch_add_acquire'" },
	{ "r0 = membar_add_unless(x, 1, 2, MEMBAR_RELAXED);",
	  "rmw relaxed add_unless add if unequal stored [x] (1) {2} to r0" },
	{ "r0 = atomic_add_unless(x, 1, 2);",
	  "rmw full add_unless add if unequal stored [x] (1) {2} to r0" },
	{ "r0 = atomic_add_unless_relaxed(x, 1, 2);",
	  "line 3, column 51: unknown operation 'atomic_add_unless_relaxed'" },
	{ "r0 = atomic_fetch_add_unless(x, 1, 2);",
	  "rmw full fetch_add_unless add if unequal old [x] (1) {2} to r0" },
	{ "r0 = atomic_fetch_add_unless_acquire(x, 1, 2);",
	  "line 3, column 51: unknown operation 'atomic_fetch_add_unless_acquire'" },
	{ "r0 = atomic_inc_not_zero(x);",
	  "rmw full inc_not_zero add if unequal stored [x] (1) {0} to r0" },
	{ "r0 = atomic_sub_and_test(1, x);", "rmw full sub_and_test sub zero [x] (1) to r0" },
	{ "r0 = atomic_sub_and_test_relaxed(1, x);",
	  "line 3, column 51: unknown operation 'atomic_sub_and_test_relaxed'" },
	{ "r0 = atomic_dec_and_test(x); r1 = atomic_inc_and_test(x);",
	  "rmw full dec_and_test sub zero [x] (1) to r0 | rmw full inc_and_test add zero [x] (1) to r1" },
	{ "r0 = atomic_add_negative_release(1, x);",
	  "rmw release add_negative add negative [x] (1) to r0" },
	{ "r0 = atomic_inc_unless_negative(x); r1 = atomic_dec_unless_positive(x);",
	  "rmw full inc_unless_negative add if not negative stored [x] (1) to r0 | rmw full dec_unless_positive sub if not positive stored [x] (1) to r1" },
	{ "r0 = atomic_dec_if_positive(x);",
	  "rmw full dec_if_positive sub if result not negative new [x] (1) to r0" },
	{ "r0 = atomic_dec_if_positive_acquire(x);",
	  "line 3, column 51: unknown operation 'atomic_dec_if_positive_acquire'" },
	{ "atomic_();", "line 3, column 46: unknown operation 'atomic_'" },
	{ "membar_();", "line 3, column 46: unknown operation 'membar_'" },
	{ "membar_add_return_val();",
	  "line 3, column 46: unknown operation 'membar_add_return_val'" },
	{ "smp_mb(); smp_rmb(); smp_wmb(); smp_mb_acquire(); smp_mb_release();",
	  "fence full smp | fence read smp | fence write smp | fence acquire smp | fence release smp" },
	{ "mb(); rmb(); wmb(); barrier(); membar_compiler_mb();",
	  "fence full | fence read | fence write | fence compiler | fence compiler" },
	{ "virt_mb(); virt_rmb(); virt_wmb(); dma_mb(); dma_rmb(); dma_wmb();",
	  "fence full virt | fence read virt | fence write virt | fence full dma unpromised | fence read dma unpromised | fence write dma unpromised" },
	{ "smp_mb__before_atomic(); smp_mb__after_atomic(); smp_mb__after_spinlock();",
	  "fence before_atomic | fence after_atomic | fence after_spinlock" },
	{ "membar_before_atomic(); membar_after_atomic(); smp_mb__after_unlock_lock();",
	  "fence before_atomic | fence after_atomic | fence after_unlock_lock" },
	{ "membar_after_spinlock(); membar_after_unlock_lock();",
	  "fence after_spinlock | fence after_unlock_lock" },
	{ "smp_mb__after_srcu_read_unlock(); rcu_read_lock(); rcu_read_unlock();",
	  "fence after_srcu_unlock | fence rcu_lock | fence rcu_unlock" },
	{ "synchronize_rcu(); synchronize_rcu_expedited(); synchronize_srcu(x);",
	  "fence sync_rcu | fence sync_rcu expedited | srcu_sync [x]" },
	{ "synchronize_srcu_expedited(x);", "srcu_sync expedited [x]" },
	{ "membar_mb(MEMBAR_FULL); membar_smp_mb(MEMBAR_READ); membar_dma_mb(MEMBAR_WRITE);",
	  "fence full | fence read smp | fence write dma unpromised" },
	{ "membar_virt_mb(MEMBAR_ACQUIRE); membar_mb(MEMBAR_RELEASE);",
	  "fence acquire virt | fence release" },
	{ "membar_mb(MEMBAR_RELAXED);",
	  "line 3, column 56: expected an order of this operation, found 'MEMBAR_RELAXED'" },
	{ "membar_mb();", "line 3, column 56: expected an order of this operation, found ')'" },
	{ "membar_mb(MEMBAR_FUL);",
	  "line 3, column 56: expected an order of this operation, found 'MEMBAR_FUL'" },
	{ "membar_mb(MEMBAR_FULLY);",
	  "line 3, column 56: expected an order of this operation, found 'MEMBAR_FULLY'" },
	{ "smp_m();", "line 3, column 46: unknown operation 'smp_m'" },
	{ "smp_mbb();", "line 3, column 46: unknown operation 'smp_mbb'" },
	{ "r0 = smp_mb();", "line 3, column 51: smp_mb() returns nothing" },
	{ "r0 = smp_mb;", "line 3, column 51: smp_mb() returns nothing" },
	{ "r0 = spin_lock(x);", "line 3, column 51: spin_lock() returns nothing" },
	{ "r0 = spin_trylock(x); r1 = spin_is_locked(x);",
	  "trylock stored [x] to r0 | is_locked old [x] to r1" },
	{ "r0 = srcu_down_read(x); srcu_up_read(x, r0);",
	  "srcu_lock old [x] to r0 | srcu_unlock [x] (r0)" },
	{ "srcu_read_unlock(x);", "line 3, column 64: expected ',', found ')'" },
	{ "rcu_assign_pointer(*x, y); smp_store_release(x, 1); WRITE_ONCE(*x, 1);",
	  "store release [x] (y) | store release [x] (1) | store relaxed [x] (1)" },
	{ "r0 = atomic_inc_return(atomic_inc_return(x));",
	  "rmw full inc_return add new [x] (1) to #5, rmw full inc_return add new [#5] (1) to r0" },
	{ "r0 = 1 2;", "line 3, column 53: expected ';', found '2'" },
	{ "r0 1;", "line 3, column 49: expected '=' or '(', found '1'" },
	{ "x(1);", "line 3, column 46: unknown operation 'x'" },
	{ "r0 = x(1);", "line 3, column 52: expected ';', found '('" },
	{ "r7 = 1;", "set (1) to r7" },
	{ "r7;", "line 3, column 48: expected '=' or '(', found ';'" },
};

KUNIT_ARRAY_PARAM(operation, operations, describe_sample);

static void operation_has_its_name(struct kunit *test)
{
	expect_printed(test, IN_THREAD, add_first_ops);
}

static const struct sample initial_states[] = {
	{ "", "" },
	{ ";;", "" },
	{ "a=1", "a=1 " },
	{ "a=1; b=-2; c=0x10;", "a=1 b=-2 c=16 " },
	{ "a; int b; [c]; int d=4; [e]=5;", "a=0 b=0 c=0 d=4 e=5 " },
	{ "a=b; b=&a; c=c;", "a=&b b=&a c=&c " },
	{ "a=NULL; b=(int *)NULL; c=(int)7; d=(int *)e; f=(long)-1;",
	  "a=0 b=0 c=7 d=&e e=0 f=-1 " },
	{ "a=ATOMIC_INIT(3); b={ATOMIC_INIT(-4)}; atomic_t c=ATOMIC_INIT(5);", "a=3 b=-4 c=5 " },
	{ "0:r0=1; 0:r1=a; 7:r0=2; 0:r2; 0:r0=3", "a=0 0:r0=3 0:r1=&a 0:r2=0 7:r0=2 " },
	{ "int 0:r0=1; int *0:r1=&x; struct s *p=q;", "x=0 p=&q q=0 0:r0=1 0:r1=&x " },
	{ "a=1; a=2;", "a=2 " },
	{ "a=5; a=NULL;", "a=0 " },
	{ "a={ATOMIC_INIT(4;}", "line 2, column 19: expected ')', found ';'" },
	{ "a={ATOMIC_INIT(4)", "line 3, column 1: expected ';', found 'P0'" },
	{ "a=ATOMIC_INIT(b)", "line 2, column 17: expected a number, found 'b'" },
	{ "a=(int", "line 2, column 10: expected ')', found '}'" },
	{ "a=(1)", "line 2, column 6: expected a type, found '1'" },
	{ "a=&", "line 2, column 7: expected a number or a variable, found '}'" },
	{ "a=&1", "line 2, column 6: expected a number or a variable, found '1'" },
	{ "8:r0=1", "line 2, column 3: there is no thread 8" },
	{ "0:1=1", "line 2, column 5: expected a name, found '1'" },
	{ "[1]=1", "line 2, column 4: expected a variable, a register or '}', found '1'" },
	{ "1=1", "line 2, column 4: expected ':', found '='" },
	{ "a=1 b=2", "line 2, column 7: expected ';', found 'b'" },
};

KUNIT_ARRAY_PARAM(initial_state, initial_states, describe_sample);

static void initial_state_is_kept(struct kunit *test)
{
	expect_printed(test, "C t\n{ %s }\nP0() {} P1() {} P2() {} P3() {} "
		       "P4() {} P5() {} P6() {} P7() {} exists (true)\n",
		       add_initial_state);
}

static const struct sample ends[] = {
	{ "exists (x=1)", "exists x=1" },
	{ "~exists (x=1)", "~exists x=1" },
	{ "~ exists x=1", "~exists x=1" },
	{ "forall x==1", "forall x=1" },
	{ "exists ([x]=1 /\\ [y]!=2)", "exists x=1 y=2 not and" },
	{ "exists (x<>1)", "exists x=1 not" },
	{ "exists (x=-1 \\/ 0:r0=-2)", "exists x=-1 0:r0=-2 or" },
	{ "exists (x=y \\/ x=&y)", "exists x=&y x=&y or" },
	{ "exists (0:r0=1:r1 \\/ 1:r1=0:r0 \\/ x=1:r1)",
	  "exists 0:r0=1:r1 1:r1=0:r0 or x=1:r1 or" },
	{ "exists true", "exists true" },
	{ "exists (not false)", "exists false not" },
	{ "exists (~true /\\ ~~(x=1))", "exists true not x=1 not not and" },
	{ "exists (x=1 /\\ x=2 \\/ x=3 /\\ x=4)", "exists x=1 x=2 and x=3 x=4 and or" },
	{ "exists (x=1 /\\ (x=2 \\/ x=3) /\\ x=4)", "exists x=1 x=2 x=3 or and x=4 and" },
	{ "exists (x=1 /\\ x=2 /\\ x=3)", "exists x=1 x=2 and x=3 and" },
	{ "exists (x=1 \\/ x=2 \\/ x=3)", "exists x=1 x=2 or x=3 or" },
	{ "exists (x=1 => x=2 => x=3)", "exists x=1 not x=2 not x=3 or or" },
	{ "exists (x=1 \\/ x=2 => x=3 /\\ x=4)", "exists x=1 x=2 or not x=3 x=4 and or" },
	{ "locations [x; 0:r0; 1:r1;] exists (x=1)", "x 0:r0 1:r1 exists x=1" },
	{ "locations [] exists (x=1)", "exists x=1" },
	{ "locations [x [y] 0:r0] exists (x=1)", "x y 0:r0 exists x=1" },
	{ "filter (x=1 /\\ y=2) exists (x=3)", "filter x=1 y=2 and exists x=3" },
	{ "locations [x] filter (x=1) exists (x=3)", "x filter x=1 exists x=3" },
	{ "filter (x=1) locations [y] exists (x=3)", "y filter x=1 exists x=3" },
	{ "locations [x] filter (true) locations [y] ~exists (x=3)",
	  "x y filter true ~exists x=3" },
	{ "exists (x=1) (* comment *)", "exists x=1" },
	{ "exists [x=1", "line 4, column 27: expected ']', found '='" },
	{ "exists [1]=1", "line 4, column 26: no thread has a variable '1'" },
	{ "exists x 1", "line 4, column 27: expected '=' or '!=', found '1'" },
	{ "exists x=&1",
	  "line 4, column 28: expected a number, a variable or a register, found '1'" },
	{ "exists x=1:", "line 4, column 29: expected a register, found the end of the file" },
	{ "exists x=2:r0", "line 4, column 29: there is no thread 2" },
	{ "exists 2:r0=1", "line 4, column 25: there is no thread 2" },
	{ "exists x=1 /\\ ",
	  "line 4, column 32: expected a register or a variable, found the end of the file" },
	{ "exists (x=1 \\/ )",
	  "line 4, column 33: expected a register or a variable, found ')'" },
	{ "exists (x=1 => )", "line 4, column 33: expected a register or a variable, found ')'" },
	{ "exists not",
	  "line 4, column 28: expected a register or a variable, found the end of the file" },
	{ "exists (x=1))", "line 4, column 30: expected the end of the file, found ')'" },
	{ "locations [z] exists x=1", "line 4, column 29: no thread has a variable 'z'" },
	{ "filter (x=1) locations [z] exists x=1",
	  "line 4, column 42: no thread has a variable 'z'" },
	{ "locations [x",
	  "line 4, column 30: expected a register or a variable, found the end of the file" },
	{ "filter (x=7:r0) exists x=1", "line 4, column 30: there is no thread 7" },
	{ "filter (x=1) filter (x=1) exists x=1",
	  "line 4, column 31: expected 'exists', '~exists' or 'forall', found 'filter'" },
};

KUNIT_ARRAY_PARAM(end, ends, describe_sample);

static void end_is_kept(struct kunit *test)
{
	expect_printed(test, "C t\n{}\nP0(int *x, int *y) { int r0; }\n"
		       "P1() { int r1; } %s", add_end);
}

static void add_file(void)
{
	unsigned int t;

	add("'%s' %s ", program.name,
	    membar_observation_names[program.stated]);
	add_initial_state();
	for (t = 0; t < program.nr_threads; t++) {
		add("P%u: ", t);
		add_ops(t);
		add(" ");
	}
	add_end();
}

#define EMPTY	"P0() {} exists true"

static const struct sample files[] = {
	{ "C a{}" EMPTY, "line 1, column 14: expected 'P0', the next thread, found 'exists'" },
	{ "C a {}" EMPTY, "'a' none P0:  exists true" },
	{ "C\ta-+.!\n{}" EMPTY, "'a-+.!' none P0:  exists true" },
	{ "C  \t a\xc3\xa9\r\n{}" EMPTY, "'a\303\251' none P0:  exists true" },
	{ " (* first *) C a\n{}" EMPTY, "'a' none P0:  exists true" },
	{ "C a \"one\" \"two\"\nK=v (* open\nLong=\n{}" EMPTY, "'a' none P0:  exists true" },
	{ "C a {} P0(void) {} exists true", "'a' none P0:  exists true" },
	{ "C a {} P0(void *x) {} exists true", "'a' none x=0 0:x=&x P0:  exists true" },
	{ "C a {} P0(void **x, int *y) {} exists true",
	  "'a' none x=0 y=0 0:x=&x 0:y=&y P0:  exists true" },
	{ "C a {} static void P0(int *x) {} void P1(struct s *y) {} "
	  "static P2(atomic_t *x) {} exists true",
	  "'a' none x=0 y=0 0:x=&x 1:y=&y 2:x=&x P0:  P1:  P2:  exists true" },
	{ "C a {} P0(int *x) { *x = 1; } P1(int *y, int *x) { *y = 2; *x = 3; } exists true",
	  "'a' none x=0 y=0 0:x=&x 1:y=&y 1:x=&x P0: store [x] (1) P1: store [y] (2) | store [x] (3) exists true" },
	{ "C a {} P0(int *x) { int r0 = (*x); } (* Result: Always *) exists true",
	  "'a' Always x=0 0:x=&x 0:r0=0 P0: load [x] to r0 exists true" },
	/* A register that has the name of a type. */
	{ "C a { 0:a_t=0; } P0() { int r0; a_t = 1; r0 = (a_t) + 1; } exists true",
	  "'a' none 0:a_t=0 0:r0=0 P0: set (1) to a_t | set (a_t 1 +) to r0 exists true" },
	{ "C a {} P0() { int a_t; a_t *b; } exists true",
	  "line 1, column 28: expected '=' or '(', found '*'" },
	{ "C a {} P0() { r0 = 1; r0 = 2; } exists true",
	  "'a' none 0:r0=0 P0: set (1) to r0 | set (2) to r0 exists true" },
	/* The first register is that of a result, or of what was found. */
	{ "C a {} P0() { *(*NULL) = 1; r0 = 2; } exists true",
	  "'a' none 0:=0 0:r0=0 P0: load [0] to #0, store [#0] (1) | set (2) to r0 exists true" },
	{ "C a {} P0() { *(*NULL) = 1; } exists true",
	  "'a' none 0:=0 P0: load [0] to #0, store [#0] (1) exists true" },
	{ "C a {} P0() { int r0; int r1 = try_cmpxchg(NULL, &r0, 1); } exists true",
	  "'a' none 0:r0=0 0:r1=0 P0: rmw full try_cmpxchg second if equal stored [0] (1) {r0} to r0 to r1 exists true" },
	{ "C a {} P0() { int abcdefghijklmnopqrstuvwxyz01234; } exists true",
	  "'a' none 0:abcdefghijklmnopqrstuvwxyz01234=0 P0:  exists true" },
	{ "C a {} P0(int *abcdefghijklmnopqrstuvwxyz01234) {} exists true",
	  "'a' none abcdefghijklmnopqrstuvwxyz01234=0 0:abcdefghijklmnopqrstuvwxyz01234=&abcdefghijklmnopqrstuvwxyz01234 P0:  exists true" },
	{ "C a {} P0() { int abcdefghijklmnopqrstuvwxyz012345; } exists true",
	  "line 1, column 19: a name of more than 31 characters" },
	{ "C a {} P0(int *abcdefghijklmnopqrstuvwxyz012345) {} exists true",
	  "line 1, column 16: a name of more than 31 characters" },
	{ "C a {} P0() { abcdefghijklmnopqrstuvwxyz0123456789(); } exists true",
	  "line 1, column 15: unknown operation 'abcdefghijklmnopqrstuvwxyz012345'" },
	{ "C a {} abcdefghijklmnopqrstuvwxyz0123456789() {} exists true",
	  "line 1, column 8: expected 'P0', the next thread, found 'abcdefghijklmnopqrstuvwxyz012345'" },
	{ "C a {} // Result: Sometimes\n" EMPTY, "'a' Sometimes P0:  exists true" },
	{ "C a {} /* Result:\t Never */" EMPTY, "'a' Never P0:  exists true" },
	{ "C a {} (* Result: Never *) (* Result: Always *)" EMPTY,
	  "'a' Always P0:  exists true" },
	{ "C a {} (* Result: never Result: *)" EMPTY, "'a' none P0:  exists true" },
	{ "C a {} (* Result:\nNever *)" EMPTY, "'a' none P0:  exists true" },
	{ "C a {} (* Result: Never", "line 1, column 8: the comment does not end" },
	{ "C a {} P0(void {} exists true",
	  "line 1, column 16: expected '*' (a parameter is a pointer), found '{'" },
	{ "C a {} P0(void x) {} exists true",
	  "line 1, column 16: expected '*' (a parameter is a pointer), found 'x'" },
	{ "C a {} P0(int *x {} exists true", "line 1, column 18: expected ')', found '{'" },
	{ "C a {} P0(1) {} exists true", "line 1, column 11: expected a type, found '1'" },
	{ "C a {} P0(int *x, 1) {} exists true",
	  "line 1, column 19: expected a type, found '1'" },
	{ "C a {} P0(int *x, int y) {} exists true",
	  "line 1, column 23: expected '*' (a parameter is a pointer), found 'y'" },
	{ "C a {} P00() {} exists true",
	  "line 1, column 8: expected 'P0', the next thread, found 'P00'" },
	{ "C a {} Q0() {} exists true",
	  "line 1, column 8: expected 'P0', the next thread, found 'Q0'" },
	{ "C a {} Pa() {} exists true",
	  "line 1, column 8: expected 'P0', the next thread, found 'Pa'" },
	{ "C a {} P0() {} Pa() {} exists true",
	  "line 1, column 16: expected 'exists', '~exists' or 'forall', found 'Pa'" },
	{ "C a {} P0() {} P_() {} exists true",
	  "line 1, column 16: expected 'exists', '~exists' or 'forall', found 'P_'" },
	{ "C a {} P0() {} PA() {} exists true",
	  "line 1, column 16: expected 'exists', '~exists' or 'forall', found 'PA'" },
	{ "C a {} P0() {} P0() {} exists true",
	  "line 1, column 16: expected 'P1', the next thread, found 'P0'" },
	{ "C a {} P0() {} Q1() {} exists true",
	  "line 1, column 16: expected 'exists', '~exists' or 'forall', found 'Q1'" },
	{ "C a {} P0() {} P10() {} exists true",
	  "line 1, column 16: expected 'exists', '~exists' or 'forall', found 'P10'" },
	{ "C a {} P0() {} P() {} exists true",
	  "line 1, column 16: expected 'exists', '~exists' or 'forall', found 'P'" },
	{ "C a {} P0() {} static x",
	  "line 1, column 23: expected 'P1', the next thread, found 'x'" },
	{ "C a {} P0() {} void P0",
	  "line 1, column 21: expected 'P1', the next thread, found 'P0'" },
	{ "C a {} P0() {} P9() {}",
	  "line 1, column 16: expected 'P1', the next thread, found 'P9'" },
	{ "C a {} P0() [] exists true", "line 1, column 13: expected '{', found '['" },
	{ "C a {} P0() { smp_mb() } exists true", "line 1, column 24: expected ';', found '}'" },
	{ "C a {} P0() { (* no comment *) } exists true",
	  "line 1, column 16: expected 'void', found '*'" },
	/* Not a type, although its end looks like that of one. */
	{ "C a {} P0() { int /* a_t", "line 1, column 19: the comment does not end" },
	{ "C a {} P0() { // a comment\n } exists true", "'a' none P0:  exists true" },
	{ "C\n{}" EMPTY,
	  "line 2, column 1: expected the name of the test on its first line, found '{'" },
	{ "C",
	  "line 1, column 2: expected the name of the test on its first line, found the end of the file" },
	{ "C a",
	  "line 1, column 4: expected '{' and the initial state, found the end of the file" },
	{ "C a K\n{}" EMPTY, "line 2, column 1: expected '=', found '{'" },
	{ "CC a {}" EMPTY,
	  "line 1, column 1: expected 'C' and the name of the test, found 'CC'" },
};

KUNIT_ARRAY_PARAM(file, files, describe_sample);

static void file_is_kept(struct kunit *test)
{
	expect_printed(test, "%s", add_file);
}

/* Words, each with its place and its value. */
static const struct sample words[] = {
	{ "", "1:1 end , " },
	{ "   ", "1:4 end , " },
	{ "aZ_z9A0 _ a1 A Z z",
	  "1:1 name aZ_z9A0, 1:9 name _, 1:11 name a1, 1:14 name A, 1:16 name Z, 1:18 name z, 1:19 end , " },
	{ "0 9 10 0x0 0xaAfF09 0X1f 007",
	  "1:1 number 0, 1:3 number 9, 1:5 number 10, 1:8 number 0, 1:12 number 11206409, 1:21 number 31, 1:26 number 7, 1:29 end , " },
	{ "1u 2U 3l 4L 5uLl",
	  "1:1 number 1, 1:4 number 2, 1:7 number 3, 1:10 number 4, 1:13 number 5, 1:17 end , " },
	{ "1", "1:1 number 1, 1:2 end , " },
	{ "1U", "1:1 number 1, 1:3 end , " },
	{ "42949672959 4294967295",
	  "1:1 number 42949672959, 1:13 number 4294967295, 1:23 end , " },
	{ "42949672960", "1:1 bad 4294967296, the number is too large" },
	{ "0xfffffffff 1", "1:1 number 68719476735, 1:13 number 1, 1:14 end , " },
	{ "0x1000000000", "1:1 bad 0x100000000, the number is too large" },
	{ "1a", "1:1 bad 1, this is not a number" },
	{ "1_", "1:1 bad 1, this is not a number" },
	{ "0xg", "1:1 bad 0x, this is not a number" },
	{ "0x", "1:1 bad 0x, this is not a number" },
	{ "1.2", "1:1 number 1, 1:2 symbol ., 1:3 number 2, 1:4 end , " },
	{ "0x1G", "1:1 bad 0x1, this is not a number" },
	{ "1u2", "1:1 bad 1u, this is not a number" },
	{ "/\\ \\/ => == != <> <= >= << >>",
	  "1:1 symbol /\\, 1:4 symbol \\/, 1:7 symbol =>, 1:10 symbol ==, 1:13 symbol !=, 1:16 symbol <>, 1:19 symbol <=, 1:22 symbol >=, 1:25 symbol <<, 1:28 symbol >>, 1:30 end , " },
	{ "&& || ++ -- += -= *= |= &= ^= ->",
	  "1:1 symbol &&, 1:4 symbol ||, 1:7 symbol ++, 1:10 symbol --, 1:13 symbol +=, 1:16 symbol -=, 1:19 symbol *=, 1:22 symbol |=, 1:25 symbol &=, 1:28 symbol ^=, 1:31 symbol ->, 1:33 end , " },
	{ "===>-->", "1:1 symbol ==, 1:3 symbol =>, 1:5 symbol --, 1:7 symbol >, 1:8 end , " },
	{ "! ~ @ [ ` {",
	  "1:1 symbol !, 1:3 symbol ~, 1:5 symbol @, 1:7 symbol [, 1:9 symbol `, 1:11 symbol {, 1:12 end , " },
	{ "\"a b\" \"\"c", "1:1 string \"a b\", 1:7 string \"\", 1:9 name c, 1:10 end , " },
	{ "\"a\nb\" c", "1:1 string \"a\nb\", 2:4 name c, 2:5 end , " },
	{ "\"a", "1:1 bad \"a, the string does not end" },
	{ "\"", "1:1 bad \", the string does not end" },
	{ "a // b\n c", "1:1 name a, 2:2 name c, 2:3 end , " },
	{ "a //b", "1:1 name a, 1:6 end , " },
	{ "a // b *) /* c\ne", "1:1 name a, 2:1 name e, 2:2 end , " },
	{ "a /* b\n\n */ c", "1:1 name a, 3:5 name c, 3:6 end , " },
	{ "a /* b", "1:1 name a, 1:3 bad /* b, the comment does not end" },
	{ "a /*/ b", "1:1 name a, 1:3 bad /*/ b, the comment does not end" },
	{ "a /**/b", "1:1 name a, 1:7 name b, 1:8 end , " },
	{ "a /*** b**/c", "1:1 name a, 1:12 name c, 1:13 end , " },
	{ "a (* b *) c", "1:1 name a, 1:11 name c, 1:12 end , " },
	{ "a (*) b", "1:1 name a, 1:3 bad (*) b, the comment does not end" },
	{ "a (* b */ c", "1:1 name a, 1:3 bad (* b */ c, the comment does not end" },
	{ "a / * b", "1:1 name a, 1:3 symbol /, 1:5 symbol *, 1:7 name b, 1:8 end , " },
	{ "a\tb\r\nc", "1:1 name a, 1:3 name b, 2:1 name c, 2:2 end , " },
	{ "a\001", "1:1 name a, 1:2 bad , a character that cannot be printed" },
	{ "a\037", "1:1 name a, 1:2 bad , a character that cannot be printed" },
	{ "\177", "1:1 bad , a character that cannot be printed" },
	{ "\200", "1:1 bad , a character that cannot be printed" },
	{ "a\n\nb\n", "1:1 name a, 3:1 name b, 4:1 end , " },
};

KUNIT_ARRAY_PARAM(word, words, describe_sample);

static void words_are_told_apart(struct kunit *test)
{
	static const char *const kinds[] = {
		"end", "name", "number", "symbol", "string", "bad",
	};
	const struct sample *s = test->param_value;
	size_t len = strlen(s->text);
	char *copy = malloc(len ?: 1);
	struct membar_lexer lexer;
	struct membar_token token;

	memcpy(copy, s->text, len);
	out[0] = '\0';
	membar_lexer_init(&lexer, copy, len);
	do {
		membar_lexer_next(&lexer, &token);
		add("%u:%u %s", token.line, token.column, kinds[token.kind]);
		if (token.kind == MEMBAR_TOKEN_NUMBER)
			add(" %lld", (long long)token.number);
		else
			add(" %.*s", (int)token.len, token.text);
		add(", ");
	} while (token.kind != MEMBAR_TOKEN_END &&
		 token.kind != MEMBAR_TOKEN_BAD);
	if (token.kind == MEMBAR_TOKEN_BAD)
		add("%s", lexer.complaint);
	KUNIT_EXPECT_STREQ(test, out, s->printed);
	free(copy);
}

/* In the body of a thread "(" and "*" are two words. */
static void comments_of_the_body(struct kunit *test)
{
	static const char text[] = "(* a";
	struct membar_lexer lexer;
	struct membar_token token;

	membar_lexer_init(&lexer, text, strlen(text));
	lexer.in_body = true;
	membar_lexer_next(&lexer, &token);
	KUNIT_EXPECT_EQ(test, token.kind, MEMBAR_TOKEN_SYMBOL);
	KUNIT_EXPECT_EQ(test, token.len, 1u);
	membar_lexer_next(&lexer, &token);
	KUNIT_EXPECT_EQ(test, token.kind, MEMBAR_TOKEN_SYMBOL);
	KUNIT_EXPECT_EQ(test, token.len, 1u);
}

/*
 * Limits
 * ======
 */

struct limit {
	const char *before;
	const char *each;	/* may have a %u */
	const char *between;
	const char *close;	/* as often as @each */
	const char *after;
	unsigned int most;
	const char *why;
};

#define THREAD(text)	"C t\n{}\nP0(int *x, int *y) { int r0; " text
#define END		" } exists true"
#define TEN(s)		s s s s s s s s s s
#define ONES		"1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1"

static const struct limit limits[] = {
	{ "C t\n{ ", "int v%u; ", "", "", "} P0() {} exists true", 32,
	  "more than 32 variables" },
	{ "C t\n{ ", "int v%u; ", "v0=w; ", "", "} P0() {} exists true", 31,
	  "more than 32 variables" },
	{ "C t\n{} P0() { ", "int r%u; ", "", "", END, 32,
	  "more than 32 registers and intermediate results in a thread" },
	{ "C t\n{} P0() { ", "r%u = 1; ", "", "", END, 32,
	  "more than 32 registers and intermediate results in a thread" },
	{ "C t\n{} P0(int *x) { ", "*x = *x; ", "", "", END, 16,
	  "more than 32 operations in a thread" },
	{ "C t\n{} P0(", "int *v%u, ", "int *x", "", ") {} exists true", 31,
	  "more than 32 registers and intermediate results in a thread" },
	{ "C t\n{ a; b; c; } P0(", "int *v%u, ", "int *x", "", ") {} exists true", 28,
	  "more than 32 variables" },
	{ THREAD(""), "smp_mb(); ", "", "", END, 32,
	  "more than 32 operations in a thread" },
	{ THREAD(""), "if (1) ", ";", "", END, 16, "more than 32 operations in a thread" },
	{ THREAD(""), "if (1) ; else ", ";", "", END, 10,
	  "more than 32 operations in a thread" },
	{ THREAD(""), "smp_store_mb(*x, 1);", "", "", END, 16,
	  "more than 32 operations in a thread" },
	{ THREAD("smp_mb(); "), "smp_store_mb(*x, 1);", "", "", END, 15,
	  "more than 32 operations in a thread" },
	{ THREAD(""), "{ ", "", "} ", END, 24, "nested too deeply" },
	{ THREAD(""), "(void)", "smp_mb();", "", END, 22, "nested too deeply" },
	{ THREAD("r0 = "), "!", "1;", "", END, 21, "nested too deeply" },
	{ THREAD("r0 = "), "- ", "1;", "", END, 15,
	  "an expression of more than 16 operands at once" },
	{ THREAD("r0 = "), "*", "x;", "", END, 21, "nested too deeply" },
	{ THREAD("r0 = "), "(int)", "1;", "", END, 21, "nested too deeply" },
	{ THREAD("r0 = "), "(", "1", ")", ";" END, 10, "nested too deeply" },
	{ THREAD("r0 = "), "xchg(x, ", "1", ")", ";" END, 7, "nested too deeply" },
	{ THREAD("r0 = 1"), "+1", "", "", ";" END, 31,
	  "an expression of more than 64 parts" },
	{ THREAD("r0 = (1)"), "+(1)", "", "", ";" END, 31,
	  "an expression of more than 64 parts" },
	{ THREAD(""), "xchg(x, 1); ", "", "", END, 32,
	  "more than 32 operations in a thread" },
	{ THREAD(""), "*x = " ONES ";", "", "", END, 11, "the program is too large" },
	/* The operand of an increment, and what it is compared with, need space, too. */
	{ THREAD(TEN("*x = " ONES "; ") "r0 = " ONES "; "), "atomic_inc(x); ", "", "", END, 0,
	  "the program is too large" },
	{ THREAD(TEN("*x = " ONES "; ") "r0 = " TEN("1+") TEN("1+") TEN("1+")
		 "1; r0 = 1; "), "atomic_inc_not_zero(x); ", "", "", END, 0,
	  "the program is too large" },
	/* The result of an operation needs space while it is read only. */
	{ THREAD(TEN("*x = " ONES "; ") "r0 = " TEN("1+") TEN("1+") TEN("1+") "1; "),
	  "r0 = *x; ", "", "", END, 2, "the program is too large" },
	{ THREAD("r0 = *x"), "+*x", "", "", ";" END, 28,
	  "more than 32 registers and intermediate results in a thread" },
	{ THREAD("} locations ["), "x ", "", "", "] exists true", 32,
	  "more than 32 locations" },
	{ THREAD("} exists x=1"), " /\\ x=1", "", "", "", 63,
	  "a condition of more than 128 parts" },
	{ THREAD("} exists true"), " /\\ true", "", "", "", 63,
	  "a condition of more than 128 parts" },
	{ THREAD("} exists (x=1)"), " /\\ (x=1)", "", "", "", 63,
	  "a condition of more than 128 parts" },
	{ THREAD("} filter x=1"), " /\\ x=1", " exists true", "", "", 63,
	  "a condition of more than 128 parts" },
	{ THREAD("} exists "), "~", "true", "", "", 22, "nested too deeply" },
	{ THREAD("} exists "), "(", "true", ")", "", 11, "nested too deeply" },
	{ THREAD("} exists "), "true => ", "true", "", "", 22, "nested too deeply" },
};

static void describe_limit(const struct limit *l, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%.40s of '%s'", l->why, l->each);
}

KUNIT_ARRAY_PARAM(limit, limits, describe_limit);

static int parse_many(const struct limit *l, unsigned int nr)
{
	static char text[8192];
	unsigned int i, n;

	n = snprintf(text, sizeof(text), "%s", l->before);
	for (i = 0; i < nr; i++)
		n += snprintf(text + n, sizeof(text) - n, l->each, i);
	n += snprintf(text + n, sizeof(text) - n, "%s", l->between);
	for (i = 0; i < nr; i++)
		n += snprintf(text + n, sizeof(text) - n, "%s", l->close);
	snprintf(text + n, sizeof(text) - n, "%s", l->after);
	return parse(text);
}

static void limit_is_the_last_that_fits(struct kunit *test)
{
	const struct limit *l = test->param_value;
	const char *reason;

	KUNIT_EXPECT_EQ(test, 0, parse_many(l, l->most));
	KUNIT_EXPECT_STREQ(test, why.text, "");
	KUNIT_EXPECT_EQ(test, -EINVAL, parse_many(l, l->most + 1));
	reason = strstr(why.text, ": ");
	KUNIT_EXPECT_STREQ(test, reason ? reason + 2 : "", l->why);
}

/* The name of a test is cut off nowhere. */
static void title_of_every_length(struct kunit *test)
{
	char title[130], text[256];
	size_t n;

	memset(title, 't', sizeof(title));
	for (n = 1; n < sizeof(title); n++) {
		snprintf(text, sizeof(text), "C %.*s\n{} P0() {} exists true",
			 (int)n, title);
		KUNIT_EXPECT_EQ(test, parse(text),
				n < MEMBAR_PROGRAM_TITLE ? 0 : -EINVAL);
		if (n < MEMBAR_PROGRAM_TITLE)
			KUNIT_EXPECT_EQ(test, strlen(program.name), n);
	}
}

static struct kunit_case parser_cases[] = {
	KUNIT_CASE_PARAM(statement_becomes_operations, statement_gen_params),
	KUNIT_CASE_PARAM(operation_has_its_name, operation_gen_params),
	KUNIT_CASE_PARAM(initial_state_is_kept, initial_state_gen_params),
	KUNIT_CASE_PARAM(end_is_kept, end_gen_params),
	KUNIT_CASE_PARAM(file_is_kept, file_gen_params),
	KUNIT_CASE_PARAM(words_are_told_apart, word_gen_params),
	KUNIT_CASE(comments_of_the_body),
	KUNIT_CASE_PARAM(limit_is_the_last_that_fits, limit_gen_params),
	KUNIT_CASE(title_of_every_length),
	{}
};

static struct kunit_suite parser_suite = {
	.name = "membar_parser",
	.test_cases = parser_cases,
};

kunit_test_suite(parser_suite);

MODULE_DESCRIPTION("KUnit suite of membar's parser of litmus files");
MODULE_LICENSE("GPL");
