// SPDX-License-Identifier: GPL-2.0
/*
 * Invariants: many CPUs at the same few variables through the atomic half of
 * membar.h, and what must hold when they are done.
 *
 * Each test is a work function, which every CPU runs for one batch, and a
 * check, which one of them runs afterwards and which returns how often the
 * invariant was broken.  An operation that takes an order takes each of its
 * orders in turn.
 */
#include <linux/compiler.h>
#include <linux/kconfig.h>
#include <linux/limits.h>
#include <linux/processor.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "membar.h"
#include "run.h"

/* See loops.c: MEMBAR_BREAK=u32_fetch_add:full makes that cell a plain one. */
#define BROKEN(entry, order)	__is_defined(MEMBAR_BREAK_##entry##_##order)

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
	/* What a lock or a ring protects: plain on purpose. */
	u64 guarded[2] ____cacheline_aligned_in_smp;
	u32 ring[SLOTS] ____cacheline_aligned_in_smp;
	u8 bytes[MEMBAR_MAX_CPUS] ____cacheline_aligned_in_smp;
};

size_t membar_shared_size(void)
{
	return sizeof(struct membar_shared);
}

/* Wait for another CPU, which may have lost its own to the host. */
#define spin_until(condition) do {					\
	unsigned int __turns = 0;					\
									\
	while (!(condition)) {						\
		cpu_relax();						\
		if (!(++__turns % 1024))				\
			cond_resched();					\
	}								\
} while (0)

/*
 * membar_<call>(..., order) with each of its four orders in turn; @plain where
 * that order of @cell was broken on purpose.
 */
#define TURN(i, cell, call, plain, ...) ({					\
	typeof(plain) __result;						\
									\
	switch ((i) % 4) {						\
	case 0:								\
		__result = BROKEN(cell, relaxed) ? (plain) :		\
			   membar_##call(__VA_ARGS__, MEMBAR_RELAXED);	\
		break;							\
	case 1:								\
		__result = BROKEN(cell, acquire) ? (plain) :		\
			   membar_##call(__VA_ARGS__, MEMBAR_ACQUIRE);	\
		break;							\
	case 2:								\
		__result = BROKEN(cell, release) ? (plain) :		\
			   membar_##call(__VA_ARGS__, MEMBAR_RELEASE);	\
		break;							\
	default:							\
		__result = BROKEN(cell, full) ? (plain) :		\
			   membar_##call(__VA_ARGS__, MEMBAR_FULL);	\
		break;							\
	}								\
	__result;							\
})

/* How many operations all CPUs made in a batch. */
static u64 all_ops(const struct membar_lane *l, u32 n)
{
	return (u64)l->nr * n;
}

#define WORK(name)							\
	static void name##_work(const struct membar_lane *l, u32 from, u32 to)
#define CHECK(name)							\
	static u64 name##_check(const struct membar_lane *l, u32 n)
/* Everything is zero when a batch begins; some want more than that. */
#define NO_SET_UP(name)							\
	static void name##_set_up(const struct membar_lane *l, u32 n)	\
	{								\
	}

/*
 * The control: additions that are not atomic lose some, or nothing below
 * proves anything.
 */
NO_SET_UP(busted)
WORK(busted)
{
	u32 *p = &l->shared->u32;
	u32 i;

	for (i = from; i <= to; i++)
		WRITE_ONCE(*p, READ_ONCE(*p) + 1);
}

CHECK(busted)
{
	return all_ops(l, n) - l->shared->u32;
}

/*
 * Additions: none is lost.  Those that return something return each value
 * exactly once, which shows in the sum of what they returned.
 */
#define VOID_ADD(T, op, sign, ...)					\
	NO_SET_UP(T##_##op)						\
	WORK(T##_##op)							\
	{								\
		T *p = &l->shared->T;					\
		u32 i;							\
									\
		for (i = from; i <= to; i++) {				\
			if (BROKEN(T##_##op, relaxed))			\
				WRITE_ONCE(*p, READ_ONCE(*p) sign 1);	\
			else						\
				membar_##op(__VA_ARGS__, MEMBAR_RELAXED); \
		}							\
	}								\
	CHECK(T##_##op)							\
	{								\
		return l->shared->T != (T)(0 sign all_ops(l, n));	\
	}

/* The plain twin of an addition that returns the old value or the new one. */
#define PLAIN_ADD(p, T, sign, new) ({					\
	T __old = READ_ONCE(*(p));					\
									\
	WRITE_ONCE(*(p), __old sign 1);					\
	(T)((new) ? __old sign 1 : __old);				\
})

#define VALUE_ADD(T, op, sign, new, ...)				\
	NO_SET_UP(T##_##op)						\
	WORK(T##_##op)							\
	{								\
		T *p = &l->shared->T;					\
		u64 sum = 0;						\
		u32 i;							\
									\
		for (i = from; i <= to; i++)				\
			sum += TURN(i, T##_##op, op,			\
				    PLAIN_ADD(p, T, sign, new), __VA_ARGS__); \
		l->tally->sum = sum;					\
	}								\
	CHECK(T##_##op)							\
	{								\
		u64 ops = all_ops(l, n), want;				\
									\
		want = ops * (ops + ((new) ? 1 : -1)) / 2;		\
		return (l->shared->T != (T)(0 sign ops)) +		\
		       ((T)sum_of_tallies(l) != (T)(0 sign want));	\
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
static u64 told(const struct membar_lane *l, u32 n)
{
	u64 wrong = 0;
	u32 t;

	for (t = 0; t < l->nr; t++)
		wrong += l->tallies[t].wrong;
	return wrong;
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
	WORK(T##_##name)						\
	{								\
		const T bit = (T)1 << l->index;				\
		T *p = &l->shared->T;					\
		u32 i;							\
									\
		for (i = from; i <= to; i++) {				\
			if (BROKEN(T##_##set, relaxed))			\
				WRITE_ONCE(*p, READ_ONCE(*p) | bit);	\
			else						\
				membar_##set(p, bit, MEMBAR_RELAXED);	\
			l->tally->wrong += !(READ_ONCE(*p) & bit);	\
			if (BROKEN(T##_##clear, relaxed))		\
				WRITE_ONCE(*p, READ_ONCE(*p) & ~bit);	\
			else						\
				membar_##clear(p, mask, MEMBAR_RELAXED); \
			l->tally->wrong += !!(READ_ONCE(*p) & bit);	\
		}							\
	}								\
	CHECK(T##_##name)						\
	{								\
		return told(l, n) + !!l->shared->T;			\
	}

#define PLAIN_BITS(p, T, new) ({					\
	T __old = READ_ONCE(*(p));					\
									\
	WRITE_ONCE(*(p), new);						\
	__old;								\
})

#define VALUE_BITS(T, name, set, clear, mask)				\
	NO_SET_UP(T##_##name)						\
	WORK(T##_##name)						\
	{								\
		const T bit = (T)1 << l->index;				\
		T *p = &l->shared->T;					\
		T old;							\
		u32 i;							\
									\
		for (i = from; i <= to; i++) {				\
			old = TURN(i, T##_##set, set,			\
				   PLAIN_BITS(p, T, __old | bit), p, bit); \
			l->tally->wrong += !!(old & bit);		\
			old = TURN(i, T##_##clear, clear,		\
				   PLAIN_BITS(p, T, __old & ~bit), p, mask); \
			l->tally->wrong += !(old & bit);		\
		}							\
	}								\
	CHECK(T##_##name)						\
	{								\
		return told(l, n) + !!l->shared->T;			\
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
#define PASSES_ZERO(T, op, sign, says, ...)				\
	static void T##_##op##_set_up(const struct membar_lane *l, u32 n) \
	{								\
		l->shared->T = (T)(0 sign all_ops(l, n));		\
	}								\
	WORK(T##_##op)							\
	{								\
		T *p = &l->shared->T;					\
		u32 i;							\
									\
		for (i = from; i <= to; i++)				\
			l->tally->sum += says TURN(i, T##_##op, op, false, \
						   __VA_ARGS__);	\
	}								\
	CHECK(T##_##op)							\
	{								\
		return l->shared->T != 0 || sum_of_tallies(l) != 1;	\
	}

#define COUNTDOWNS(T)							\
	PASSES_ZERO(T, sub_and_test, +, !!, p, 1)			\
	PASSES_ZERO(T, dec_and_test, +, !!, p)				\
	PASSES_ZERO(T, inc_and_test, -, !!, p)				\
	PASSES_ZERO(T, add_negative, -, !, p, 1)

COUNTDOWNS(u32)
COUNTDOWNS(u64)

/*
 * Conditional operations: each CPU takes back what it did, and the bound that
 * the condition keeps is never passed.
 */
#define BOUNDED(T, op, call, first, undo, within, ...)			\
	static void T##_##op##_set_up(const struct membar_lane *l, u32 n) \
	{								\
		l->shared->T = first;					\
	}								\
	WORK(T##_##op)							\
	{								\
		T *p = &l->shared->T;					\
		s64 v;							\
		u32 i;							\
									\
		for (i = from; i <= to; i++) {				\
			if (TURN(i, T##_##op, call, false, __VA_ARGS__)) \
				membar_##undo(p, MEMBAR_RELAXED);	\
			v = (s##T)membar_load(p, MEMBAR_RELAXED);	\
			l->tally->wrong += !(within);			\
		}							\
	}								\
	CHECK(T##_##op)							\
	{								\
		return told(l, n) + (l->shared->T != (first));		\
	}

#define su32	s32
#define su64	s64
/* Returns what would be left, also when it refuses because that is negative. */
#define membar_took(p, order)	(membar_dec_if_positive(p, order) >= 0)

#define CONDITIONALS(T)							\
	BOUNDED(T, add_unless, add_unless, 0, dec, v >= 0 && v <= 1,	\
		p, 1, 1)						\
	BOUNDED(T, inc_not_zero, inc_not_zero, 1, dec, v >= 1, p)	\
	BOUNDED(T, inc_unless_negative, inc_unless_negative, 0, dec,	\
		v >= 0, p)						\
	BOUNDED(T, dec_unless_positive, dec_unless_positive, 0, inc,	\
		v <= 0, p)						\
	BOUNDED(T, dec_if_positive, took, 1, inc, v >= 0 && v <= 1, p)

CONDITIONALS(u32)
CONDITIONALS(u64)

/*
 * Tokens: each CPU holds one and exchanges it, so that together with the slot
 * they are always the same set.
 */
#define TOKENS(T)							\
	static void T##_xchg_set_up(const struct membar_lane *l, u32 n)	\
	{								\
		u32 t;							\
									\
		l->shared->T = (T)l->nr;				\
		for (t = 0; t < l->nr; t++)				\
			l->tallies[t].sum = t;				\
	}								\
	WORK(T##_xchg)							\
	{								\
		T *p = &l->shared->T;					\
		T token = l->tally->sum;				\
		u32 i;							\
									\
		for (i = from; i <= to; i++)				\
			token = TURN(i, T##_xchg, xchg,			\
				     PLAIN_BITS(p, T, token), p, token); \
		l->tally->sum = token;					\
	}								\
	CHECK(T##_xchg)							\
	{								\
		u64 present = BIT_ULL(l->shared->T % 64);		\
		u32 t;							\
									\
		for (t = 0; t < l->nr; t++)				\
			present |= BIT_ULL(l->tallies[t].sum % 64);	\
		return present != BIT_ULL(l->nr + 1) - 1;		\
	}

/* Compare and exchange: additions again, each tried until it succeeds. */
#define PLAIN_CAS(p, T, old, new) ({					\
	bool __ok = READ_ONCE(*(p)) == (old);				\
									\
	if (__ok)							\
		WRITE_ONCE(*(p), new);					\
	__ok;								\
})

#define CAS_COUNTER(T, op)						\
	NO_SET_UP(T##_##op)						\
	WORK(T##_##op)							\
	{								\
		T *p = &l->shared->T;					\
		bool ok;						\
		T old;							\
		u32 i;							\
									\
		for (i = from; i <= to; i += ok) {			\
			old = membar_load(p, MEMBAR_RELAXED);		\
			ok = TURN(i, T##_##op, op##_ok,			\
				  PLAIN_CAS(p, T, old, (T)(old + 1)),	\
				  p, old, (T)(old + 1));		\
		}							\
	}								\
	CHECK(T##_##op)							\
	{								\
		return l->shared->T != (T)all_ops(l, n);		\
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
 * Tearing: writers store a word of which all bytes are equal, and a reader
 * never finds two that differ.
 */
#define TEARING(T, ones)						\
	NO_SET_UP(T##_tearing)						\
	WORK(T##_tearing)						\
	{								\
		T *p = &l->shared->T;					\
		u32 i;							\
		T v;							\
									\
		for (i = from; i <= to; i++) {				\
			membar_store(p, (T)((ones) * (u8)(i + l->index)), \
				     MEMBAR_RELAXED);			\
			v = membar_load(p, MEMBAR_RELAXED);		\
			l->tally->wrong += v != (T)((ones) * (u8)v);	\
		}							\
	}								\
	CHECK(T##_tearing)						\
	{								\
		return told(l, n);					\
	}

TEARING(u32, 0x01010101U)
TEARING(u64, 0x0101010101010101ULL)

/*
 * Mixed sizes: a CPU owns a byte and finds its last store to it in the word
 * around it, whatever the owners of the other bytes do.
 */
NO_SET_UP(mixed_sizes)
WORK(mixed_sizes)
{
	u8 *mine = &l->shared->bytes[l->index];
	u32 *word = (u32 *)&l->shared->bytes[l->index & ~3U];
	u32 i, v;
	u8 seen;

	for (i = from; i <= to; i++) {
		membar_store(mine, (u8)i, MEMBAR_RELAXED);
		v = membar_load(word, MEMBAR_RELAXED);
		memcpy(&seen, (u8 *)&v + l->index % 4, 1);
		l->tally->wrong += seen != (u8)i;
	}
}

CHECK(mixed_sizes)
{
	return told(l, n);
}

/*
 * Locks: two plain counters that only the holder touches stay equal, and none
 * of their additions is lost.
 */
static void hold(const struct membar_lane *l)
{
	u64 *guarded = l->shared->guarded;

	l->tally->wrong += guarded[0] != guarded[1];
	guarded[0]++;
	/* The compiler must not make one store of two. */
	barrier();
	guarded[1]++;
}

static u64 held(const struct membar_lane *l, u32 n)
{
	const u64 *guarded = l->shared->guarded;

	return told(l, n) + (guarded[0] != all_ops(l, n)) +
	       (guarded[1] != all_ops(l, n));
}

NO_SET_UP(bit_lock)
WORK(bit_lock)
{
	unsigned long *word = &l->shared->word;
	u32 i;

	for (i = from; i <= to; i++) {
		/* Pairs with the release below. */
		spin_until(!membar_test_and_set_bit(word, 0, MEMBAR_ACQUIRE));
		hold(l);
		membar_clear_bit(word, 0, MEMBAR_RELEASE);
	}
}

#define bit_lock_check	held

NO_SET_UP(ticket_lock)
WORK(ticket_lock)
{
	u32 *next = &l->shared->tail, *serving = &l->shared->head;
	u32 i, mine;

	for (i = from; i <= to; i++) {
		mine = membar_fetch_add(next, 1, MEMBAR_RELAXED);
		/* Pairs with the release below. */
		spin_until(membar_load(serving, MEMBAR_ACQUIRE) == mine);
		hold(l);
		membar_store(serving, mine + 1, MEMBAR_RELEASE);
	}
}

#define ticket_lock_check	held

/* The first CPU writes a pair, the others read it without stopping it. */
static void seqlock_write(const struct membar_lane *l, u32 i)
{
	u32 *seq = &l->shared->head;
	u64 *pair = l->shared->guarded;
	u32 s = membar_load(seq, MEMBAR_RELAXED);

	membar_store(seq, s + 1, MEMBAR_RELAXED);
	/* Odd before the data changes; pairs with the read fence. */
	membar_smp_mb(MEMBAR_WRITE);
	WRITE_ONCE(*(u32 *)&pair[0], i);
	WRITE_ONCE(*(u32 *)&pair[1], i);
	/* Pairs with the acquire of the reader. */
	membar_store(seq, s + 2, MEMBAR_RELEASE);
}

static void seqlock_read(const struct membar_lane *l)
{
	const u64 *pair = l->shared->guarded;
	u32 *seq = &l->shared->head;
	u32 s, a, b;

	s = membar_load(seq, MEMBAR_ACQUIRE);
	a = READ_ONCE(*(u32 *)&pair[0]);
	b = READ_ONCE(*(u32 *)&pair[1]);
	/* The data before the second look; pairs with the write fence. */
	membar_smp_mb(MEMBAR_READ);
	if (s % 2 == 0 && membar_load(seq, MEMBAR_RELAXED) == s)
		l->tally->wrong += a != b;
}

NO_SET_UP(seqlock)
WORK(seqlock)
{
	u32 i;

	for (i = from; i <= to; i++) {
		if (l->index)
			seqlock_read(l);
		else
			seqlock_write(l, i);
	}
}

#define seqlock_check	told

/* The first CPU sends a batch of numbers to the second; others look on. */
static void ring_send(const struct membar_lane *l, u32 i)
{
	u32 *head = &l->shared->head, *tail = &l->shared->tail;
	u32 h = membar_load(head, MEMBAR_RELAXED);

	/* Pairs with the release of the receiver: the slot was read. */
	spin_until(h - membar_load(tail, MEMBAR_ACQUIRE) < SLOTS);
	l->shared->ring[h % SLOTS] = i;
	membar_store(head, h + 1, MEMBAR_RELEASE);
}

static void ring_receive(const struct membar_lane *l, u32 i)
{
	u32 *head = &l->shared->head, *tail = &l->shared->tail;
	u32 t = membar_load(tail, MEMBAR_RELAXED);

	/* Pairs with the release of the sender: the slot was written. */
	spin_until(membar_load(head, MEMBAR_ACQUIRE) != t);
	l->tally->wrong += l->shared->ring[t % SLOTS] != i;
	membar_store(tail, t + 1, MEMBAR_RELEASE);
}

NO_SET_UP(spsc_ring)
WORK(spsc_ring)
{
	u32 i;

	for (i = from; i <= to; i++) {
		if (l->index == 0)
			ring_send(l, i);
		else if (l->index == 1)
			ring_receive(l, i);
	}
}

#define spsc_ring_check	told

/*
 * The table
 * =========
 */

static const struct {
	void (*set_up)(const struct membar_lane *l, u32 n);
	membar_loop_fn work;
	u64 (*check)(const struct membar_lane *l, u32 n);
} invariants[MEMBAR_NR_INVARIANTS] = {
#define ROW(name)							\
	[MEMBAR_INV_##name] = { name##_set_up, name##_work, name##_check },
	MEMBAR_FOR_EACH_INVARIANT(ROW)
#undef ROW
};

membar_loop_fn membar_invariant_work(enum membar_invariant invariant)
{
	return invariants[invariant].work;
}

void membar_invariant_set_up(enum membar_invariant invariant,
			     const struct membar_lane *lane, u32 n)
{
	memset(lane->shared, 0, sizeof(*lane->shared));
	memset(lane->tallies, 0, lane->nr * sizeof(*lane->tallies));
	invariants[invariant].set_up(lane, n);
}

u64 membar_invariant_check(enum membar_invariant invariant,
			   const struct membar_lane *lane, u32 n)
{
	return invariants[invariant].check(lane, n);
}
