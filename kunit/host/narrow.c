// SPDX-License-Identifier: GPL-2.0
/*
 * The operations of 8 and 16 bits with every byte and every operand, for
 * tools/check.d/narrow: PART is arch/narrow.h.  It is compiled over exchanges that
 * count how often they are tried and by which order, and that can be made to fail
 * once, as if another CPU had changed the value.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "../../arch/table.h"

typedef uint8_t u8;
typedef uint16_t u16;
typedef int8_t s8;
typedef int16_t s16;

#define __always_inline inline

/* The order that was asked for, those that were seen, and the other CPU. */
static enum membar_order wanted;
static int tries, others, reads, disturb;
static unsigned int disturbance;

#define READ_ONCE(x)	(reads++, *(const volatile typeof(x) *)&(x))
#define EXCHANGE(w)							\
static bool __membar_##w##_try_cmpxchg(w *p, w *old, w *new,		\
				       enum membar_order order)		\
{									\
	bool done;							\
									\
	tries++;							\
	others += wanted != order;					\
	if (disturb)							\
		*p = disturbance;					\
	disturb = 0;							\
	done = *p == *old;						\
	if (done)							\
		*p = *new;						\
	else								\
		*old = *p;						\
	return done;							\
}

EXCHANGE(u8)
EXCHANGE(u16)

/* The order is a constant there, and a run-time value here. */
#define __membar_order_value	wanted

#include PART
#include "../atomic_model.h"

static const enum membar_order orders[] = {
	MEMBAR_ORDER_RELAXED, MEMBAR_ORDER_ACQUIRE, MEMBAR_ORDER_RELEASE,
	MEMBAR_ORDER_FULL,
};

/* What became of each operation, and how often it was tried. */
static struct {
	long cases, wrong;
} results[100];

static void judge(int i, const char *name, size_t bits, unsigned int x,
		  unsigned int v, unsigned int u, bool good)
{
	results[i].cases++;
	if (!good && !results[i].wrong++)
		printf("not ok: %s of %zu bits: %#x, %#x, %#x\n",
		       name, bits, x, v, u);
}

/* Nothing is stored when @stops, and then no exchange is tried. */
#define OPERATION(name, call, stops, next, returns, what) do {		\
	enum { i = __COUNTER__ };					\
	typedef narrow __membar_t;					\
	narrow cell = first, *__membar_p = &cell, x = first;		\
	long got;							\
	int tried = 0;							\
									\
	tries = 0;							\
	others = 0;							\
	reads = 0;							\
	disturb = disturbed;						\
	wanted = orders[(first + v) % 4];				\
	got = (long)(call);						\
	if (!(stops)) {							\
		tried = 1 + (disturbed && disturbance != first);	\
		if (disturbed)						\
			x = disturbance;				\
		if (stops)						\
			tried--;					\
	}								\
	judge(i, name, 8 * sizeof(narrow), first, v, u,			\
	      cell == NARROW((stops) ? x : (next)) &&			\
	      (!(returns) || got == (long)(what)) &&			\
	      tries == tried && !others && reads == 1);			\
} while (0)

#define ROW(op, operands, ...)						\
	OPERATION(#op, __membar_narrow_##op operands, __VA_ARGS__);
#define NARROW(e)	((narrow)(e))
#define SIGNED(e)	((signed_narrow)(e))

#define OPERATIONS(w, s)						\
static void operations_##w(w first, w v, w u, bool disturbed)		\
{									\
	typedef w narrow;						\
	typedef s signed_narrow;					\
									\
	ATOMIC_MODEL(ROW)						\
}
OPERATIONS(u8, s8)
OPERATIONS(u16, s16)

/* Of 16 bits those about the edges of either half. */
static unsigned int edge(int i)
{
	static const unsigned int bases[] = {
		0, 0x80, 0x100, 0x7f00, 0x8000, 0x8080, 0xff00, 0x10000,
	};

	return bases[i / 5] + i % 5 - 2;
}

int main(void)
{
	for (int x = 0; x < 256; x++) {
		for (int v = 0; v < 256; v++) {
			operations_u8(x, v, x, false);
			operations_u8(x, v, v, false);
			disturbance = v;
			operations_u8(x, 1, x + 1, true);
			operations_u8(x, 3, v, true);
		}
	}
	for (int x = 0; x < 40; x++) {
		for (int v = 0; v < 40; v++) {
			operations_u16(edge(x), edge(v), edge(x), false);
			operations_u16(edge(x), edge(v), edge(v), false);
			disturbance = (u16)edge(v);
			operations_u16(edge(x), 1, edge(x) + 1, true);
			operations_u16(edge(x), 3, edge(v), true);
		}
	}

	int failed = 0, operations = 0;
	long cases = 0;

	for (; results[operations].cases; operations++) {
		cases += results[operations].cases;
		failed += !!results[operations].wrong;
	}
	printf("%ld cases\n", cases);
	printf("%d passed, %d failed, 0 skipped\n", operations - failed, failed);
	return failed || !operations;
}
