// SPDX-License-Identifier: GPL-2.0
/*
 * Invariants: many CPUs at the same few variables through the atomic half of
 * membar.h, and what must hold when they are done.
 *
 * Each test is a program, which every CPU runs for one batch, and a check,
 * which one of them runs afterwards and which returns how often the invariant
 * was broken.  An operation that takes an order takes each of its orders in
 * turn.
 *
 * Each program is compiled twice.  Its twin is the same program with what the
 * invariant relies on taken away: the operation is a load and a store, the lock
 * does not exclude, nothing is ordered.  The twin is the control of the test:
 * where the twin does not break the invariant, it proves nothing that the
 * program does not break it.
 */
#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/jiffies.h>
#include <linux/limits.h>
#include <linux/processor.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "membar.h"
#include "break.h"
#include "run.h"

#define SLOTS	64

/* What all CPUs work on; each on a line of its own unless it is meant not to. */
struct membar_shared {
	u8 u8 ____cacheline_aligned_in_smp;
	u16 u16 ____cacheline_aligned_in_smp;
	u32 u32 ____cacheline_aligned_in_smp;
	u64 u64 ____cacheline_aligned_in_smp;
	unsigned long word ____cacheline_aligned_in_smp;
	u32 head ____cacheline_aligned_in_smp;
	u32 tail ____cacheline_aligned_in_smp;
	/* What a lock, a sequence count or a ring protects: plain on purpose. */
	u64 guarded[2] ____cacheline_aligned_in_smp;
	u32 left ____cacheline_aligned_in_smp;
	u32 right ____cacheline_aligned_in_smp;
	u32 ring[SLOTS] ____cacheline_aligned_in_smp;
	u8 bytes[MEMBAR_MAX_CPUS] ____cacheline_aligned_in_smp;
};

size_t membar_shared_size(void)
{
	return sizeof(struct membar_shared);
}

/*
 * Waiting
 * =======
 */

/*
 * How long a CPU waits for another one: so many ticks in which it looked.  A
 * guest that was stopped, or a CPU that was taken away from it, has not looked.
 */
#define PATIENCE	(5 * HZ)

struct wait {
	unsigned int looks;
	unsigned int ticks;
	unsigned long last;
};

/* Whether to go on waiting; what lasts too long is a failure, and ends it all. */
static bool still_waits(const struct membar_lane *l, struct wait *wait)
{
	cpu_relax();
	if (++wait->looks % 1024)
		return true;
	cond_resched();
	if (READ_ONCE(*l->cut))
		return false;
	if (time_after(jiffies, wait->last)) {
		wait->last = jiffies;
		wait->ticks++;
	}
	if (wait->ticks < PATIENCE)
		return true;

	l->tally->wrong++;
	l->tally->stuck = true;
	WRITE_ONCE(*l->cut, true);
	return false;
}

/* Wait for another CPU; false if the batch has to end here. */
#define wait_for(l, condition) ({					\
	struct wait __wait = { .last = jiffies };			\
	bool __came;							\
									\
	do {								\
		__came = (condition);					\
	} while (!__came && still_waits(l, &__wait));			\
	__came;								\
})

/*
 * Programs
 * ========
 */

/* sparse 0.6.4 loses the operands of an asm() that it inlines twice. */
#ifdef __CHECKER__
# define __twin_inline	noinline
#else
# define __twin_inline	__always_inline
#endif

/*
 * A program, and its twin: @twin is MEMBAR_SOUND in the one and a constant that
 * says what is missing in the other.
 */
#define PROGRAM(name, way_of_twin)					\
	static __twin_inline void					\
	name##_run(const struct membar_lane *l, u32 from, u32 to,	\
		   const enum membar_way twin);				\
									\
	static void name##_work(const struct membar_lane *l, u32 from,	\
				u32 to)					\
	{								\
		name##_run(l, from, to, MEMBAR_SOUND);			\
	}								\
									\
	static void name##_twin(const struct membar_lane *l, u32 from,	\
				u32 to)					\
	{								\
		name##_run(l, from, to, way_of_twin);			\
	}								\
									\
	static __twin_inline void					\
	name##_run(const struct membar_lane *l, u32 from, u32 to,	\
		   const enum membar_way twin)

#define SET_UP(name)							\
	static void name##_set_up(const struct membar_lane *l)
#define CHECK(name)							\
	static u64 name##_check(const struct membar_lane *l)
/* Everything is zero when a batch begins; some want more than that. */
#define NO_SET_UP(name)							\
	SET_UP(name)							\
	{								\
	}

/*
 * One operation at work: as @twin says, or as the site was broken.  Within a
 * program alone.
 */
#define NOTHING		BIT(MEMBAR_NOTHING)
#define PLAIN		BIT(MEMBAR_PLAIN)
#define ALWAYS		BIT(MEMBAR_ALWAYS)
#define UNORDERED	BIT(MEMBAR_UNORDERED)

#define WAY(test, cell, order, ways)					\
	(twin != MEMBAR_SOUND ? twin :					\
				membar_broken(test, cell, order, ways))

/* Where other CPUs may come between, if something is broken. */
static __always_inline void leave_gap(const struct membar_lane *l,
				      const enum membar_way twin)
{
	if (twin == MEMBAR_SOUND)
		membar_gap(&l->tally->gaps);
}

#define GAP()	leave_gap(l, twin)

/* One that returns nothing. */
#define MAKE(test, cell, order, ways, sound, plain, unordered)		\
do {									\
	switch (WAY(test, cell, order, ways)) {				\
	case MEMBAR_NOTHING:						\
		break;							\
	case MEMBAR_PLAIN:						\
		plain;							\
		break;							\
	case MEMBAR_UNORDERED:						\
		unordered;						\
		break;							\
	default:							\
		sound;							\
		break;							\
	}								\
	GAP();								\
} while (0)

/* One that does; @other is for MEMBAR_ALWAYS and MEMBAR_UNORDERED. */
#define VALUE(test, cell, order, ways, sound, plain, other) ({		\
	typeof(plain) __made;						\
									\
	switch (WAY(test, cell, order, ways)) {				\
	case MEMBAR_NOTHING:						\
		__made = 0;						\
		break;							\
	case MEMBAR_PLAIN:						\
		__made = plain;						\
		break;							\
	case MEMBAR_ALWAYS:						\
	case MEMBAR_UNORDERED:						\
		__made = other;						\
		break;							\
	default:							\
		__made = sound;						\
		break;							\
	}								\
	GAP();								\
	__made;								\
})

/* The i-th membar_<call>(..., order), which has one of the four orders. */
#define NTH_ORDER_OF(i, test, cell, ways, plain, other, call, ...) ({	\
	typeof(plain) __done;						\
									\
	switch ((i) % 4) {						\
	case 0:								\
		__done = VALUE(test, cell, relaxed, ways,		\
			       membar_##call(__VA_ARGS__, MEMBAR_RELAXED), \
			       plain, other);				\
		break;							\
	case 1:								\
		__done = VALUE(test, cell, acquire, ways,		\
			       membar_##call(__VA_ARGS__, MEMBAR_ACQUIRE), \
			       plain, other);				\
		break;							\
	case 2:								\
		__done = VALUE(test, cell, release, ways,		\
			       membar_##call(__VA_ARGS__, MEMBAR_RELEASE), \
			       plain, other);				\
		break;							\
	default:							\
		__done = VALUE(test, cell, full, ways,			\
			       membar_##call(__VA_ARGS__, MEMBAR_FULL),	\
			       plain, other);				\
		break;							\
	}								\
	__done;								\
})

#define NTH_ORDER(i, test, cell, plain, call, ...)			\
	NTH_ORDER_OF(i, test, cell, NOTHING | PLAIN, plain, plain, call, \
		     __VA_ARGS__)

/*
 * Checks
 * ======
 */

/* How many operations all CPUs made in a batch. */
static u64 all_ops(const struct membar_lane *l)
{
	return (u64)l->nr * l->batch_size;
}

static u64 sum_of_tallies(const struct membar_lane *l)
{
	u64 sum = 0;
	u32 t;

	for (t = 0; t < l->nr; t++)
		sum += l->tallies[t].sum;
	return sum;
}

/* What a CPU itself saw go wrong. */
static u64 told(const struct membar_lane *l)
{
	u64 wrong = 0;
	u32 t;

	for (t = 0; t < l->nr; t++)
		wrong += l->tallies[t].wrong;
	return wrong;
}

/* The plain twin of an operation that returns the old value. */
#define PLAIN_RMW(p, T, new) ({						\
	T __old = READ_ONCE(*(p));					\
									\
	GAP();								\
	WRITE_ONCE(*(p), new);						\
	__old;								\
})

/*
 * Additions: none is lost.  Those that return something return each value
 * exactly once, which shows in the sum of what they returned.
 */

#define VOID_ADD(T, op, sign, ...)					\
	NO_SET_UP(T##_##op)						\
	PROGRAM(T##_##op, MEMBAR_PLAIN)					\
	{								\
		T *p = &l->shared->T;					\
		u32 i;							\
									\
		for (i = from; i <= to; i++)				\
			MAKE(T##_##op, T##_##op, relaxed, NOTHING | PLAIN, \
			     membar_##op(__VA_ARGS__, MEMBAR_RELAXED),	\
			     PLAIN_RMW(p, T, __old sign 1), /* relaxed */); \
	}								\
	CHECK(T##_##op)							\
	{								\
		return l->shared->T != (T)(0 sign all_ops(l));		\
	}

/* @more is how much the value that is returned differs from the old one. */
#define VALUE_ADD(T, op, sign, more, ...)				\
	NO_SET_UP(T##_##op)						\
	PROGRAM(T##_##op, MEMBAR_PLAIN)					\
	{								\
		T *p = &l->shared->T;					\
		u64 sum = 0;						\
		u32 i;							\
									\
		for (i = from; i <= to; i++)				\
			sum += NTH_ORDER(i, T##_##op, T##_##op,		\
					 (T)(PLAIN_RMW(p, T, __old sign 1) \
					     sign more), op, __VA_ARGS__); \
		l->tally->sum += sum;					\
	}								\
	CHECK(T##_##op)							\
	{								\
		const u64 ops = all_ops(l);				\
		const u64 want = ops * (ops - 1) / 2 + ops * more;	\
									\
		return (l->shared->T != (T)(0 sign ops)) +		\
		       ((T)sum_of_tallies(l) != (T)(0 sign want));	\
	}

#define ADDITIONS(T)							\
	VOID_ADD(T, add, +, p, 1)					\
	VOID_ADD(T, sub, -, p, 1)					\
	VOID_ADD(T, inc, +, p)						\
	VOID_ADD(T, dec, -, p)						\
	VALUE_ADD(T, add_return, +, 1, p, 1)				\
	VALUE_ADD(T, sub_return, -, 1, p, 1)				\
	VALUE_ADD(T, inc_return, +, 1, p)				\
	VALUE_ADD(T, dec_return, -, 1, p)				\
	VALUE_ADD(T, fetch_add, +, 0, p, 1)				\
	VALUE_ADD(T, fetch_sub, -, 0, p, 1)				\
	VALUE_ADD(T, fetch_inc, +, 0, p)				\
	VALUE_ADD(T, fetch_dec, -, 0, p)

ADDITIONS(u32)
ADDITIONS(u64)

/*
 * Bits: each CPU sets and clears one of its own, and nobody else's operation
 * on the same word may change it.
 */
#define VOID_BITS(T, name, set, clear, mask)				\
	NO_SET_UP(T##_##name)						\
	PROGRAM(T##_##name, MEMBAR_PLAIN)				\
	{								\
		const T bit = (T)1 << l->index;				\
		T *p = &l->shared->T;					\
		u32 i;							\
									\
		for (i = from; i <= to; i++) {				\
			MAKE(T##_##name, T##_##set, relaxed,		\
			     NOTHING | PLAIN,				\
			     membar_##set(p, bit, MEMBAR_RELAXED),	\
			     PLAIN_RMW(p, T, __old | bit), /* relaxed */); \
			l->tally->wrong += !(READ_ONCE(*p) & bit);	\
			MAKE(T##_##name, T##_##clear, relaxed,		\
			     NOTHING | PLAIN,				\
			     membar_##clear(p, mask, MEMBAR_RELAXED),	\
			     PLAIN_RMW(p, T, __old & ~bit), /* relaxed */); \
			l->tally->wrong += !!(READ_ONCE(*p) & bit);	\
		}							\
	}								\
	CHECK(T##_##name)						\
	{								\
		return told(l) + !!l->shared->T;			\
	}

#define VALUE_BITS(T, name, set, clear, mask)				\
	NO_SET_UP(T##_##name)						\
	PROGRAM(T##_##name, MEMBAR_PLAIN)				\
	{								\
		const T bit = (T)1 << l->index;				\
		T *p = &l->shared->T;					\
		T old;							\
		u32 i;							\
									\
		for (i = from; i <= to; i++) {				\
			old = NTH_ORDER(i, T##_##name, T##_##set,	\
					PLAIN_RMW(p, T, __old | bit),	\
					set, p, bit);			\
			l->tally->wrong += !!(old & bit);		\
			old = NTH_ORDER(i, T##_##name, T##_##clear,	\
					PLAIN_RMW(p, T, __old & ~bit),	\
					clear, p, mask);		\
			l->tally->wrong += !(old & bit);		\
		}							\
	}								\
	CHECK(T##_##name)						\
	{								\
		return told(l) + !!l->shared->T;			\
	}

#define BITS(T)								\
	VOID_BITS(T, or, or, andnot, bit)				\
	VOID_BITS(T, and, or, and, (T)~bit)				\
	VOID_BITS(T, xor, xor, xor, bit)				\
	VALUE_BITS(T, fetch_or, fetch_or, fetch_andnot, bit)		\
	VALUE_BITS(T, fetch_and, fetch_or, fetch_and, (T)~bit)		\
	VALUE_BITS(T, fetch_xor, fetch_xor, fetch_xor, bit)

BITS(u32)
BITS(u64)

/*
 * Operations that say when a counter passes zero: of all that all CPUs make in
 * a batch, exactly one says so.
 */
#define PASSES_ZERO(T, op, sign, passed, says, ...)			\
	SET_UP(T##_##op)						\
	{								\
		l->shared->T = (T)(0 sign all_ops(l));			\
	}								\
	PROGRAM(T##_##op, MEMBAR_PLAIN)					\
	{								\
		T *p = &l->shared->T;					\
		u32 i;							\
									\
		for (i = from; i <= to; i++)				\
			l->tally->sum += says				\
				NTH_ORDER(i, T##_##op, T##_##op,	\
					  PLAIN_PASS(p, T, sign, passed), op, \
					  __VA_ARGS__);			\
	}								\
	CHECK(T##_##op)							\
	{								\
		return l->shared->T != 0 || sum_of_tallies(l) != 1;	\
	}

/* @sign is that of the start, from which one comes back. */
#define PLAIN_PASS(p, T, sign, passed) ({				\
	T __new = READ_ONCE(*(p)) - (0 sign 1);				\
									\
	GAP();								\
	WRITE_ONCE(*(p), __new);					\
	(bool)(passed);							\
})

#define su32	s32
#define su64	s64

#define COUNTDOWNS(T)							\
	PASSES_ZERO(T, sub_and_test, +, !__new, !!, p, 1)		\
	PASSES_ZERO(T, dec_and_test, +, !__new, !!, p)			\
	PASSES_ZERO(T, inc_and_test, -, !__new, !!, p)			\
	PASSES_ZERO(T, add_negative, -, (s##T)__new < 0, !, p, 1)

COUNTDOWNS(u32)
COUNTDOWNS(u64)

/*
 * Conditional operations: a gate.  While it is open those who come count
 * themselves in with the operation, and out again.  Who finds it open and nobody
 * in shuts it, which the operation has to respect, and opens it again.  So the
 * value crosses the bound of the condition in both directions.
 *
 * Whether the operation does what its condition says is seen when all are out:
 * in each order once at an open gate and once at a shut one.
 */
#define GATE(T, op, open, shut, condition, one, undo, call, ...)	\
	SET_UP(T##_##op)						\
	{								\
		l->shared->T = open;					\
	}								\
	static __twin_inline bool					\
	T##_##op##_enter(const struct membar_lane *l, T *p, u32 i,	\
			 const enum membar_way twin)			\
	{								\
		return NTH_ORDER_OF(i, T##_##op, T##_##op,		\
				    NOTHING | PLAIN | ALWAYS,		\
				    PLAIN_IF(p, T, condition, one),	\
				    (membar_add(p, (T)(one), MEMBAR_RELAXED), \
				    true), call, __VA_ARGS__);		\
	}								\
	PROGRAM(T##_##op, MEMBAR_PLAIN)					\
	{								\
		T v, *p = &l->shared->T;				\
		u32 i;							\
									\
		for (i = from; i <= to; i++) {				\
			if (T##_##op##_enter(l, p, i, twin)) {		\
				v = membar_load(p, MEMBAR_RELAXED);	\
				l->tally->wrong += v == (T)(open) ||	\
						   v == (T)(shut);	\
				membar_##undo(p, MEMBAR_RELAXED);	\
			}						\
			if (!membar_cmpxchg(p, (T)(open), (T)(shut),	\
					    MEMBAR_RELAXED).ok)		\
				continue;				\
			if (T##_##op##_enter(l, p, i, twin)) {		\
				l->tally->wrong++;			\
				membar_##undo(p, MEMBAR_RELAXED);	\
			}						\
			v = membar_load(p, MEMBAR_RELAXED);		\
			l->tally->wrong += v != (T)(shut);		\
			membar_add(p, (T)(open) - (T)(shut), MEMBAR_RELAXED); \
		}							\
	}								\
	CHECK(T##_##op)							\
	{								\
		u64 wrong = told(l) + (l->shared->T != (T)(open));	\
		T *p = &l->shared->T;					\
		u32 i;							\
									\
		for (i = 0; i < 4; i++) {				\
			*p = (T)(open);					\
			wrong += !T##_##op##_enter(l, p, i, MEMBAR_SOUND); \
			wrong += *p != (T)(open) + (T)(one);		\
			*p = (T)(shut);					\
			wrong += T##_##op##_enter(l, p, i, MEMBAR_SOUND); \
			wrong += *p != (T)(shut);			\
		}							\
		return wrong;						\
	}

/* Check, then act. */
#define PLAIN_IF(p, T, condition, one) ({				\
	T __old = READ_ONCE(*(p));					\
	bool __may = (condition);					\
									\
	GAP();								\
	if (__may)							\
		WRITE_ONCE(*(p), __old + (T)(one));			\
	__may;								\
})

/* Returns what would be left, also when it refuses because that is negative. */
#define membar_took(p, order)	(membar_dec_if_positive(p, order) >= 0)

/* The permits of a gate that counts down: more than there are CPUs. */
#define PERMITS	64
static_assert(PERMITS > MEMBAR_MAX_CPUS);

#define CONDITIONALS(T)							\
	GATE(T, add_unless, 0, -1, __old != (T)-1, 1, dec,		\
	     add_unless, p, 1, (T)-1)					\
	GATE(T, inc_not_zero, 1, 0, __old != 0, 1, dec,			\
	     inc_not_zero, p)						\
	GATE(T, inc_unless_negative, 0, -1, (s##T)__old >= 0, 1, dec,	\
	     inc_unless_negative, p)					\
	GATE(T, dec_unless_positive, 0, 1, (s##T)__old <= 0, -1, inc,	\
	     dec_unless_positive, p)					\
	GATE(T, dec_if_positive, PERMITS, 0, (s##T)__old > 0, -1, inc,	\
	     took, p)

CONDITIONALS(u32)
CONDITIONALS(u64)

/*
 * Tokens: each CPU holds one and exchanges it, so that together with the slot
 * they are always the same set.
 */
#define NO_TOKEN	63
static_assert(NO_TOKEN > MEMBAR_MAX_CPUS);

#define TOKENS(T)							\
	SET_UP(T##_xchg)						\
	{								\
		u32 t;							\
									\
		l->shared->T = (T)l->nr;				\
		for (t = 0; t < l->nr; t++)				\
			l->tallies[t].sum = t;				\
	}								\
	PROGRAM(T##_xchg, MEMBAR_PLAIN)					\
	{								\
		T *p = &l->shared->T;					\
		T token = l->tally->sum;				\
		u32 i;							\
									\
		for (i = from; i <= to; i++)				\
			token = NTH_ORDER(i, T##_xchg, T##_xchg,	\
					  PLAIN_RMW(p, T, token), xchg, p, token); \
		l->tally->sum = token;					\
	}								\
	CHECK(T##_xchg)							\
	{								\
		u64 present = BIT_ULL(min_t(u64, l->shared->T, NO_TOKEN)); \
		u32 t;							\
									\
		for (t = 0; t < l->nr; t++)				\
			present |= BIT_ULL(min_t(u64, l->tallies[t].sum, \
						 NO_TOKEN));		\
		return present != BIT_ULL(l->nr + 1) - 1;		\
	}

/*
 * Compare and exchange: additions again, each tried until it succeeds.  One
 * fails only if another CPU's has succeeded since the load, so no CPU fails more
 * often than all others succeed.
 */
#define PLAIN_CAS(p, T, old, new) ({					\
	bool __ok = READ_ONCE(*(p)) == (old);				\
									\
	GAP();								\
	if (__ok)							\
		WRITE_ONCE(*(p), new);					\
	__ok;								\
})

static bool fails_too_often(const struct membar_lane *l)
{
	if (++l->tally->sum <= (u64)(l->nr - 1) * l->batch_size)
		return false;
	l->tally->wrong++;
	return true;
}

#define CAS_COUNTER(T, op)						\
	NO_SET_UP(T##_##op)						\
	PROGRAM(T##_##op, MEMBAR_PLAIN)					\
	{								\
		T *p = &l->shared->T;					\
		bool ok;						\
		T old;							\
		u32 i;							\
									\
		for (i = from; i <= to; i += ok) {			\
			old = membar_load(p, MEMBAR_RELAXED);		\
			ok = NTH_ORDER(i, T##_##op, T##_##op,		\
				       PLAIN_CAS(p, T, old, (T)(old + 1)), \
				       op##_ok, p, old, (T)(old + 1));	\
			if (!ok && fails_too_often(l))			\
				return;					\
		}							\
	}								\
	CHECK(T##_##op)							\
	{								\
		return told(l) + (l->shared->T != (T)all_ops(l));	\
	}

#define membar_cmpxchg_ok(p, old, new, order)				\
	(membar_cmpxchg(p, old, new, order).ok)
#define membar_try_cmpxchg_ok(p, old, new, order)			\
	membar_try_cmpxchg(p, &(old), new, order)

#define EXCHANGES(T)							\
	TOKENS(T)							\
	CAS_COUNTER(T, cmpxchg)						\
	CAS_COUNTER(T, try_cmpxchg)

#ifndef MEMBAR_NO_NARROW_CMPXCHG
EXCHANGES(u8)
EXCHANGES(u16)
#endif
EXCHANGES(u32)
EXCHANGES(u64)

/*
 * Tearing: writers store a word of which all bytes are equal and not zero, and
 * a reader never finds two that differ, nor the zero from before the batch.
 */
#define PLAIN_STORE(p, v) do {						\
	store_bytes(p, &(v), 0, 1);					\
	GAP();								\
	store_bytes(p, &(v), 1, sizeof(v));				\
} while (0)

#define PLAIN_LOAD(p, T) ({						\
	T __v;								\
									\
	load_bytes(&__v, p, 0, 1);					\
	GAP();								\
	load_bytes(&__v, p, 1, sizeof(__v));				\
	__v;								\
})

static void store_bytes(void *p, const void *v, size_t from, size_t to)
{
	for (; from < to; from++)
		WRITE_ONCE(((u8 *)p)[from], ((const u8 *)v)[from]);
}

static void load_bytes(void *v, const void *p, size_t from, size_t to)
{
	for (; from < to; from++)
		((u8 *)v)[from] = READ_ONCE(((const u8 *)p)[from]);
}

#define TEARING(T, ones)						\
	NO_SET_UP(T##_tearing)						\
	static __twin_inline void					\
	T##_tearing_store(const struct membar_lane *l, T *p, u32 i, T v, \
			  const enum membar_way twin)			\
	{								\
		if (i % 2)						\
			MAKE(T##_tearing, T##_store, relaxed,		\
			     NOTHING | PLAIN,				\
			     membar_store(p, v, MEMBAR_RELAXED),	\
			     PLAIN_STORE(p, v), /* relaxed */);		\
		else							\
			MAKE(T##_tearing, T##_store, release,		\
			     NOTHING | PLAIN,				\
			     membar_store(p, v, MEMBAR_RELEASE),	\
			     PLAIN_STORE(p, v), /* not looked at */);	\
	}								\
	static __twin_inline T						\
	T##_tearing_load(const struct membar_lane *l, const T *p, u32 i, \
			 const enum membar_way twin)			\
	{								\
		if (i % 2)						\
			return VALUE(T##_tearing, T##_load, relaxed,	\
				     NOTHING | PLAIN,			\
				     membar_load(p, MEMBAR_RELAXED),	\
				     PLAIN_LOAD(p, T), 0);		\
		return VALUE(T##_tearing, T##_load, acquire,		\
			     NOTHING | PLAIN,				\
			     membar_load(p, MEMBAR_ACQUIRE),		\
			     PLAIN_LOAD(p, T), 0);			\
	}								\
	PROGRAM(T##_tearing, MEMBAR_PLAIN)				\
	{								\
		T v, *p = &l->shared->T;				\
		u32 i;							\
									\
		for (i = from; i <= to; i++) {				\
			v = (ones) * (T)(1 + (i + l->index) % 255);	\
			T##_tearing_store(l, p, i, v, twin);		\
			v = T##_tearing_load(l, p, i, twin);		\
			l->tally->wrong += !v || v != (ones) * (T)(u8)v; \
		}							\
	}								\
	CHECK(T##_tearing)						\
	{								\
		u64 wrong = told(l);					\
		T v, *p = &l->shared->T;				\
		u32 i;							\
									\
		/* With nobody else there each store is found. */	\
		for (i = 0; i < 2; i++) {				\
			v = (ones) * (T)(254 + i);			\
			T##_tearing_store(l, p, i, v, MEMBAR_SOUND);	\
			wrong += T##_tearing_load(l, p, i, MEMBAR_SOUND) != v; \
		}							\
		return wrong;						\
	}

TEARING(u32, 0x01010101U)
TEARING(u64, 0x0101010101010101ULL)

/*
 * Mixed sizes: a CPU owns a byte and finds its last store to it in the word
 * around it, whatever the owners of the other bytes do.
 */

/* A store to a byte as the earliest Alphas had it. */
#define PLAIN_BYTE(word, byte, v) do {					\
	u32 __whole = READ_ONCE(*(word));				\
	const u8 __v = (v);						\
									\
	GAP();								\
	memcpy((u8 *)&__whole + (byte), &__v, 1);			\
	WRITE_ONCE(*(word), __whole);					\
} while (0)

NO_SET_UP(mixed_sizes)
PROGRAM(mixed_sizes, MEMBAR_PLAIN)
{
	u8 *mine = &l->shared->bytes[l->index];
	u32 *word = (u32 *)&l->shared->bytes[l->index & ~3U];
	u32 i, v;
	u8 byte;

	for (i = from; i <= to; i++) {
		MAKE(mixed_sizes, u8_store, relaxed, NOTHING | PLAIN,
		     membar_store(mine, (u8)i, MEMBAR_RELAXED),
		     PLAIN_BYTE(word, l->index % 4, i), /* relaxed */);
		/* Bytes that come one by one are right as well. */
		v = VALUE(mixed_sizes, u32_load, relaxed, NOTHING,
			  membar_load(word, MEMBAR_RELAXED),
			  READ_ONCE(*word), 0);
		memcpy(&byte, (u8 *)&v + l->index % 4, 1);
		l->tally->wrong += byte != (u8)i;
	}
}

CHECK(mixed_sizes)
{
	return told(l);
}

/*
 * Locks: two plain counters that only the holder touches stay equal, and none
 * of their additions is lost.
 *
 * Each of these programs is two tests, with two twins: one that does not wait,
 * to see that the lock excludes, and <name>_order, the twin of which waits but
 * orders nothing.  That one trips only on CPUs that reorder what the lock has to
 * keep in order, and its test is blind on others.
 *
 * An unordered load, store or fence is a compiler barrier and no more, for what
 * the compiler reorders says nothing of the CPU.
 */
static __twin_inline void hold(const struct membar_lane *l,
			       const enum membar_way twin)
{
	u64 *guarded = l->shared->guarded;

	l->tally->wrong += guarded[0] != guarded[1];
	guarded[0]++;
	/* The compiler must not make one store of two. */
	barrier();
	GAP();
	guarded[1]++;
}

static u64 held(const struct membar_lane *l)
{
	const u64 *guarded = l->shared->guarded;

	return told(l) + (guarded[0] != all_ops(l)) +
	       (guarded[1] != all_ops(l));
}

#define LOAD_ONLY(p) ({							\
	u32 __v = READ_ONCE(*(p));					\
									\
	barrier();							\
	__v;								\
})

#define STORE_ONLY(p, v) do {						\
	barrier();							\
	WRITE_ONCE(*(p), v);						\
} while (0)

/*
 * An acquire load or a release store of a lock's count.  One that is torn is
 * never mistaken for the count that somebody waits for, so that is no way to
 * break it.
 */
#define LOCK_LOAD(test, p)						\
	VALUE(test, u32_load, acquire, NOTHING | UNORDERED,		\
	      membar_load(p, MEMBAR_ACQUIRE), READ_ONCE(*(p)), LOAD_ONLY(p))
#define LOCK_STORE(test, p, v)						\
	MAKE(test, u32_store, release, NOTHING | UNORDERED,		\
	     membar_store(p, v, MEMBAR_RELEASE), WRITE_ONCE(*(p), v),	\
	     STORE_ONLY(p, v))
/* The relaxed ones. */
#define COUNT_LOAD(test, p)						\
	VALUE(test, u32_load, relaxed, NOTHING,				\
	      membar_load(p, MEMBAR_RELAXED), READ_ONCE(*(p)), LOAD_ONLY(p))
#define COUNT_STORE(test, p, v)						\
	MAKE(test, u32_store, relaxed, NOTHING,				\
	     membar_store(p, v, MEMBAR_RELAXED), WRITE_ONCE(*(p), v),	\
	     STORE_ONLY(p, v))
#define LOCK_FENCE(test, order, ORDER)					\
	MAKE(test, smp_mb, order, UNORDERED,				\
	     membar_smp_mb(MEMBAR_##ORDER), barrier(), barrier())

/* The same program as a test of its order. */
#define ORDER_OF(name)							\
	static void name##_order_twin(const struct membar_lane *l,	\
				      u32 from, u32 to)			\
	{								\
		name##_run(l, from, to, MEMBAR_UNORDERED);		\
	}

/* Each CPU also owns a bit of the lock's word, and finds it as it left it. */
#define FLIP_MINE(word, nr)						\
	VALUE(bit_lock, test_and_change_bit, full, NOTHING | PLAIN,	\
	      membar_test_and_change_bit(word, nr, MEMBAR_FULL),	\
	      (bool)(PLAIN_RMW(word, unsigned long,			\
			       __old ^ BIT(nr)) & BIT(nr)),		\
	      membar_test_and_change_bit(word, nr, MEMBAR_FULL))
#define TAKE_BIT(word)							\
	VALUE(bit_lock, test_and_set_bit, acquire,			\
	      NOTHING | PLAIN | UNORDERED,				\
	      membar_test_and_set_bit(word, 0, MEMBAR_ACQUIRE),		\
	      (bool)(PLAIN_RMW(word, unsigned long, __old | 1) & 1),	\
	      (bool)(membar_fetch_or(word, 1UL, MEMBAR_RELAXED) & 1))
#define DROP_BIT(word)							\
	MAKE(bit_lock, clear_bit, release, NOTHING | PLAIN | UNORDERED,	\
	     membar_clear_bit(word, 0, MEMBAR_RELEASE),			\
	     PLAIN_RMW(word, unsigned long, __old & ~1UL),		\
	     membar_clear_bit(word, 0, MEMBAR_RELAXED))

NO_SET_UP(bit_lock)
PROGRAM(bit_lock, MEMBAR_PLAIN)
{
	unsigned long *word = &l->shared->word;
	const unsigned int mine = 1 + l->index;
	u32 i;

	for (i = from; i <= to; i++) {
		l->tally->wrong += FLIP_MINE(word, mine) != (i % 2 == 0);
		/* Pairs with the release below. */
		if (twin != MEMBAR_PLAIN && !wait_for(l, !TAKE_BIT(word)))
			return;
		hold(l, twin);
		DROP_BIT(word);
	}
}

ORDER_OF(bit_lock)
#define bit_lock_check		held
#define bit_lock_order_set_up	bit_lock_set_up
#define bit_lock_order_work	bit_lock_work
#define bit_lock_order_check	held

#define TAKE_TICKET(next)						\
	VALUE(ticket_lock, u32_fetch_add, relaxed, NOTHING | PLAIN,	\
	      membar_fetch_add(next, 1, MEMBAR_RELAXED),		\
	      PLAIN_RMW(next, u32, __old + 1),				\
	      membar_fetch_add(next, 1, MEMBAR_RELAXED))

NO_SET_UP(ticket_lock)
PROGRAM(ticket_lock, MEMBAR_PLAIN)
{
	u32 *next = &l->shared->tail, *serving = &l->shared->head;
	u32 i, mine;

	for (i = from; i <= to; i++) {
		mine = TAKE_TICKET(next);
		/* Pairs with the release below. */
		if (twin != MEMBAR_PLAIN &&
		    !wait_for(l, LOCK_LOAD(ticket_lock, serving) == mine))
			return;
		hold(l, twin);
		LOCK_STORE(ticket_lock, serving, mine + 1);
	}
}

ORDER_OF(ticket_lock)
#define ticket_lock_check		held
#define ticket_lock_order_set_up	ticket_lock_set_up
#define ticket_lock_order_work		ticket_lock_work
#define ticket_lock_order_check		held

/*
 * The first CPU writes a pair, the second reads it without stopping it: as
 * often, each time until it was not disturbed.
 */
static __twin_inline void seqlock_write(const struct membar_lane *l, u32 i,
					const enum membar_way twin)
{
	u32 *seq = &l->shared->head;
	u32 s = COUNT_LOAD(seqlock, seq);
	u32 turns;

	COUNT_STORE(seqlock, seq, s + 1);
	/* Odd before the data changes; pairs with the read fence. */
	LOCK_FENCE(seqlock, write, WRITE);
	WRITE_ONCE(l->shared->left, i);
	GAP();
	WRITE_ONCE(l->shared->right, i);
	/* Pairs with the acquire of the reader. */
	LOCK_STORE(seqlock, seq, s + 2);
	/* Leave the reader a moment, longer and shorter ones. */
	for (turns = i % 256; turns; turns--)
		barrier();
}

/* Whether the pair was read undisturbed. */
static __twin_inline bool seqlock_read(const struct membar_lane *l,
				       const enum membar_way twin)
{
	u32 *seq = &l->shared->head;
	u32 s, left, right;

	s = LOCK_LOAD(seqlock, seq);
	left = READ_ONCE(l->shared->left);
	right = READ_ONCE(l->shared->right);
	/* The data before the second look; pairs with the write fence. */
	LOCK_FENCE(seqlock, read, READ);
	if (twin != MEMBAR_PLAIN &&
	    (s % 2 || COUNT_LOAD(seqlock, seq) != s))
		return false;
	l->tally->wrong += left != right;
	return true;
}

NO_SET_UP(seqlock)
PROGRAM(seqlock, MEMBAR_PLAIN)
{
	u32 i;

	for (i = from; i <= to; i++) {
		if (!l->index)
			seqlock_write(l, i, twin);
		else if (!wait_for(l, seqlock_read(l, twin)))
			return;
	}
}

ORDER_OF(seqlock)
#define seqlock_check		told
#define seqlock_order_set_up	seqlock_set_up
#define seqlock_order_work	seqlock_work
#define seqlock_order_check	told

/* The first CPU sends a batch of numbers to the second. */
static __twin_inline bool ring_send(const struct membar_lane *l, u32 i,
				    const enum membar_way twin)
{
	u32 *head = &l->shared->head, *tail = &l->shared->tail;
	u32 h = COUNT_LOAD(spsc_ring, head);

	/* Pairs with the release of the receiver: the slot was read. */
	if (twin != MEMBAR_PLAIN &&
	    !wait_for(l, h - LOCK_LOAD(spsc_ring, tail) < SLOTS))
		return false;
	l->shared->ring[h % SLOTS] = i;
	LOCK_STORE(spsc_ring, head, h + 1);
	return true;
}

static __twin_inline bool ring_receive(const struct membar_lane *l, u32 i,
				       const enum membar_way twin)
{
	u32 *head = &l->shared->head, *tail = &l->shared->tail;
	u32 t = COUNT_LOAD(spsc_ring, tail);

	/* Pairs with the release of the sender: the slot was written. */
	if (twin != MEMBAR_PLAIN &&
	    !wait_for(l, LOCK_LOAD(spsc_ring, head) != t))
		return false;
	l->tally->wrong += l->shared->ring[t % SLOTS] != i;
	LOCK_STORE(spsc_ring, tail, t + 1);
	return true;
}

NO_SET_UP(spsc_ring)
PROGRAM(spsc_ring, MEMBAR_PLAIN)
{
	u32 i;

	for (i = from; i <= to; i++)
		if (!(l->index ? ring_receive(l, i, twin) :
				 ring_send(l, i, twin)))
			return;
}

ORDER_OF(spsc_ring)
#define spsc_ring_check		told
#define spsc_ring_order_set_up	spsc_ring_set_up
#define spsc_ring_order_work	spsc_ring_work
#define spsc_ring_order_check	told

/*
 * The table
 * =========
 */

static const struct {
	void (*set_up)(const struct membar_lane *l);
	membar_loop_fn work;
	membar_loop_fn twin;
	u64 (*check)(const struct membar_lane *l);
} invariants[MEMBAR_NR_INVARIANTS] = {
#define ROW(name)							\
	[MEMBAR_INV_##name] = {						\
		name##_set_up, name##_work, name##_twin, name##_check,	\
	},
	MEMBAR_FOR_EACH_INVARIANT(ROW)
#undef ROW
};

membar_loop_fn membar_invariant_work(enum membar_invariant invariant, bool twin)
{
	return twin ? invariants[invariant].twin : invariants[invariant].work;
}

void membar_invariant_set_up(enum membar_invariant invariant,
			     const struct membar_lane *lane)
{
	memset(lane->shared, 0, sizeof(*lane->shared));
	memset(lane->tallies, 0, lane->nr * sizeof(*lane->tallies));
	invariants[invariant].set_up(lane);
}

u64 membar_invariant_check(enum membar_invariant invariant,
			   const struct membar_lane *lane, bool whole)
{
	return whole ? invariants[invariant].check(lane) : told(lane);
}
