/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Comparison of one operation with the model of it, for all edges of the value
 * range and at every place in a word.  membar_atomic compares membar's operations
 * with it, and membar_kernel the kernel's own.
 */
#ifndef _MEMBAR_ATOMIC_CHECK_H
#define _MEMBAR_ATOMIC_CHECK_H

#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>

#include "atomic_kunit.h"
#include "atomic_model.h"

/* @x as the row's type holds it, widened as C widens that type. */
static inline u64 in_type(const struct atomic_kunit_row *row, u64 x)
{
	unsigned int unused = 64 - 8 * row->bytes;

	switch (row->class) {
	case BOOL:
		return !!x;
	case SIGNED:
		return (s64)(x << unused) >> unused;
	default:
		return x << unused >> unused;
	}
}

static inline s64 as_signed(const struct atomic_kunit_row *row, u64 x)
{
	unsigned int unused = 64 - 8 * row->bytes;

	return (s64)(x << unused) >> unused;
}

/**
 * struct outcome - what an operation leaves behind
 * @value: in memory
 * @ret: returned
 * @more: what else it yields: of cmpxchg, success; of try_cmpxchg, old
 */
struct outcome {
	u64 value;
	u64 ret;
	u64 more;
};

static inline struct outcome model(const struct atomic_kunit_row *row, u64 x,
				   u64 v, u64 u)
{
	struct outcome o = { .value = x };

	switch (row->op) {
	case ATOMIC_KUNIT_OP_load:
		o.ret = x;
		break;
	case ATOMIC_KUNIT_OP_store:
		o.value = v;
		break;
	case ATOMIC_KUNIT_OP_xchg:
		o.value = v;
		o.ret = x;
		break;
	case ATOMIC_KUNIT_OP_cmpxchg:
		o.more = x == v;
		o.value = o.more ? u : x;
		o.ret = x;
		break;
	case ATOMIC_KUNIT_OP_try_cmpxchg:
		o.ret = x == v;
		o.value = o.ret ? u : x;
		o.more = x;
		break;
#define NARROW(e)	in_type(row, e)
#define SIGNED(e)	as_signed(row, e)
#define CASE(op, operands, stops, next, returns, result)		\
	case ATOMIC_KUNIT_OP_##op:					\
		o.value = (stops) ? x : (next);				\
		o.ret = (returns) ? (result) : 0;			\
		break;
	ATOMIC_MODEL(CASE)
#undef CASE
#undef SIGNED
#undef NARROW
	}

	o.value = in_type(row, o.value);
	return o;
}

/* Zero, ones, and both ends of every signed and unsigned type. */
static const u64 edges[] = {
	0, 1, 2, 3, U64_MAX, U64_MAX - 1, 0x5a5a5a5a5a5a5a5aULL,
	S8_MAX, (u64)S8_MIN, (u64)S8_MIN + 1,
	S16_MAX, (u64)S16_MIN, (u64)S16_MIN + 1,
	S32_MAX, (u64)S32_MIN, (u64)S32_MIN + 1,
	S64_MAX, (u64)S64_MIN, (u64)S64_MIN + 1,
};

/* Is this edge, in the row's type, one that an earlier edge has been? */
static inline bool edge_is_new(const struct atomic_kunit_row *row, int i)
{
	int j;

	for (j = 0; j < i; j++) {
		if (in_type(row, edges[i]) == in_type(row, edges[j]))
			return false;
	}
	return true;
}

/* The kernel's own dec_if_positive are not of one mind about this. */
static inline bool edge_is_undefined(const struct atomic_kunit_row *row, u64 old)
{
	return row->op == ATOMIC_KUNIT_OP_dec_if_positive &&
	       as_signed(row, old) < 0 && as_signed(row, old - 1) > 0;
}

/* A word between two canaries; narrow types have canaries within it too. */
union guarded {
	u8 byte[24];
	u64 word[3];
} __aligned(16);

static inline void put(union guarded *g, const struct atomic_kunit_row *row,
		       unsigned int lane, u64 x)
{
	u8 *p = &g->byte[8 + lane * row->bytes];
	u8 v8 = x;
	u16 v16 = x;
	u32 v32 = x;

	switch (row->bytes) {
	case 1:
		memcpy(p, &v8, sizeof(v8));
		break;
	case 2:
		memcpy(p, &v16, sizeof(v16));
		break;
	case 4:
		memcpy(p, &v32, sizeof(v32));
		break;
	default:
		memcpy(p, &x, sizeof(x));
		break;
	}
}

/*
 * What a register may hold that has @x as its value of a narrow integer type: the
 * bits above the type are anything, and here they are the opposite of what an
 * extension of @x has.  An operation must not look at them.
 */
static inline u64 spoiled(const struct atomic_kunit_row *row, u64 x)
{
	if (row->bytes == 8 || row->class == BOOL || row->class == POINTER)
		return x;
	return x ^ (U64_MAX << (8 * row->bytes));
}

/**
 * struct atomic_kunit_try - one operation on one value, and its result
 * @row: the operation
 * @lane: the place in the word, in units of the type's size
 * @old: in memory before it
 * @a: first operand
 * @b: second operand
 * @spoiled: whether the bits above the operands' type are spoiled
 * @want: what the model says
 * @ret: what the operation returned
 * @more: what it yielded besides
 * @ticks: how often it evaluated each of its arguments
 * @got: the memory around it afterwards
 */
struct atomic_kunit_try {
	const struct atomic_kunit_row *row;
	unsigned int lane;
	u64 old, a, b;
	bool spoiled;
	struct outcome want;
	u64 ret, more;
	unsigned int ticks;
	union guarded got;
};

/* Returns whether the operation did what the model says. */
static inline bool atomic_kunit_agrees(struct atomic_kunit_try *t)
{
	const struct atomic_kunit_row *row = t->row;
	union guarded wanted;

	t->want = model(row, t->old, t->a, t->b);
	t->more = 0;
	t->ticks = 0;
	memset(&t->got, 0xc3, sizeof(t->got));
	wanted = t->got;
	put(&t->got, row, t->lane, t->old);
	put(&wanted, row, t->lane, t->want.value);

	/* Alternates, so that each value of an operand is tried both ways. */
	t->spoiled = (t->lane + t->old) & 1;
	t->ret = row->run(&t->got.byte[8 + t->lane * row->bytes],
			  t->spoiled ? spoiled(row, t->a) : t->a,
			  t->spoiled ? spoiled(row, t->b) : t->b,
			  &t->more, &t->ticks);

	return t->ret == t->want.ret && t->more == t->want.more &&
	       t->ticks == row->once &&
	       !memcmp(&t->got, &wanted, sizeof(wanted));
}

/* A line for people, in @text. */
static inline const char *atomic_kunit_describe(const struct atomic_kunit_try *t,
						char *text, size_t size)
{
	snprintf(text, size,
		 "%s lane %u old %#llx a %#llx b %#llx: %#llx/%#llx not %#llx/%#llx, %24ph, ticks %#x",
		 t->row->name, t->lane, t->old, t->a, t->b, t->ret, t->more,
		 t->want.ret, t->want.more, &t->got, t->ticks);
	return text;
}

/*
 * Tries @t->row with all edges for as many operands as it takes. @seen is told of
 * each attempt, and of whether it agreed with the model; if it returns false, no
 * other follows.  @all_places: also combine every place in a word with all values
 * of the second operand.
 */
typedef bool (*atomic_kunit_seen)(const struct atomic_kunit_try *t, bool agrees,
				  void *context);

static inline bool atomic_kunit_try_places(struct atomic_kunit_try *t,
					   bool all_places,
					   atomic_kunit_seen seen, void *context)
{
	unsigned int places = all_places ? 8 / t->row->bytes : 1;
	bool agrees;

	for (t->lane = 0; t->lane < places; t->lane++) {
		agrees = atomic_kunit_agrees(t);
		if (!seen(t, agrees, context))
			return false;
	}
	return true;
}

static inline bool atomic_kunit_try_operands(struct atomic_kunit_try *t,
					     bool all_places,
					     atomic_kunit_seen seen,
					     void *context)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(edges); i++) {
		if (!edge_is_new(t->row, i))
			continue;
		t->b = in_type(t->row, edges[i]);
		if (!atomic_kunit_try_places(t, all_places || !i, seen, context))
			return false;
		/* Only what takes a second operand is done again with others. */
		if (!(t->row->once & 0x100))
			break;
	}
	return true;
}

static inline void atomic_kunit_try_all(const struct atomic_kunit_row *row,
					bool all_places,
					atomic_kunit_seen seen, void *context)
{
	struct atomic_kunit_try t = { .row = row };
	int i, j;

	for (i = 0; i < ARRAY_SIZE(edges); i++) {
		t.old = in_type(row, edges[i]);
		if (!edge_is_new(row, i) || edge_is_undefined(row, t.old))
			continue;
		for (j = 0; j < ARRAY_SIZE(edges); j++) {
			if (!edge_is_new(row, j))
				continue;
			t.a = in_type(row, edges[j]);
			if (!atomic_kunit_try_operands(&t, all_places, seen,
						       context))
				return;
			if (!(row->once & 0x10))
				break;
		}
	}
}

/*
 * Bit operations
 */

/* What the named bit operation makes of a bit. */
static inline bool bit_after(const char *op, bool bit)
{
	if (strstr(op, "set"))
		return true;
	if (strstr(op, "clear"))
		return false;
	if (strstr(op, "change") || strstr(op, "xor"))
		return !bit;
	return bit;
}

#define BITOP_WORDS	3

/**
 * struct atomic_kunit_bit - one bit operation on one bit, and its result
 * @fill: the word before it
 * @nr: the bit
 * @ret: what the operation returned
 * @want_ret: what it should have
 * @got: the word afterwards
 * @want: what that should be
 * @ticks: how often the operation evaluated each of its arguments
 */
struct atomic_kunit_bit {
	unsigned long fill, nr;
	bool ret, want_ret;
	unsigned long got, want;
	unsigned int ticks;
};

/* Returns whether the operation did to @b->nr of @b->fill what its name says. */
static inline bool atomic_kunit_bit_agrees(const struct atomic_kunit_bitop *bitop,
					   struct atomic_kunit_bit *b)
{
	unsigned long got[BITOP_WORDS + 2], want[BITOP_WORDS + 2];
	bool is_xor = strstr(bitop->op, "xor");
	unsigned int word = 1 + b->nr / BITS_PER_LONG;
	unsigned long mask = BIT(b->nr % BITS_PER_LONG);
	bool bit = b->fill & mask;

	memset(got, 0xc3, sizeof(got));
	memset(&got[1], 0, BITOP_WORDS * sizeof(got[0]));
	got[word] = b->fill;
	memcpy(want, got, sizeof(got));
	want[word] = bit_after(bitop->op, bit) ? b->fill | mask :
						 b->fill & ~mask;
	b->want_ret = false;
	if (is_xor)
		b->want_ret = b->fill & BIT(7);
	else if (strstr(bitop->op, "test"))
		b->want_ret = bit;

	/* Its operand is a mask within the word. */
	b->ticks = 0;
	b->ret = bitop->run(is_xor ? &got[word] : &got[1],
			    is_xor ? mask : b->nr, &b->ticks);
	b->got = got[word];
	b->want = want[word];
	return b->ret == b->want_ret && b->ticks == 0x11 &&
	       !memcmp(got, want, sizeof(got));
}

/* The same for every bit of several words; if not, @b is the first that differs. */
static inline bool atomic_kunit_bits_agree(const struct atomic_kunit_bitop *bitop,
					   struct atomic_kunit_bit *b)
{
	const unsigned long fills[] = { 0, ~0UL, 0x5aUL, 0xa5UL, 1, 0x80UL };
	unsigned long bits = BITOP_WORDS * BITS_PER_LONG;
	int i;

	/* The top bit of the byte is the one that it reports. */
	if (strstr(bitop->op, "xor"))
		bits = 7;
	for (i = 0; i < ARRAY_SIZE(fills); i++) {
		b->fill = fills[i];
		for (b->nr = 0; b->nr < bits; b->nr++) {
			if (!atomic_kunit_bit_agrees(bitop, b))
				return false;
		}
	}
	return true;
}

static inline void check_bitop(struct kunit *test,
			       const struct atomic_kunit_bitop *bitop)
{
	struct atomic_kunit_bit b;

	if (!atomic_kunit_bits_agree(bitop, &b))
		KUNIT_FAIL(test, "%s of bit %lu in %#lx: returns %d instead of %d, %#lx instead of %#lx, ticks %#x",
			   bitop->name, b.nr, b.fill, b.ret, b.want_ret, b.got,
			   b.want, b.ticks);
}

#endif /* _MEMBAR_ATOMIC_CHECK_H */
