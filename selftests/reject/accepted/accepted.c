// SPDX-License-Identifier: GPL-2.0
/*
 * Every right use of what the sources beside this directory use wrongly.  It
 * must compile without a word: a header that refuses all would pass otherwise.
 */
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include "membar.h"

#define WRAPPED(order)	membar_smp_mb(order)

#define ACCEPT_CELL(FLAVOUR, entry, ORDER, ...)	membar_##entry(MEMBAR_##ORDER);

void accept_barriers(u8 *b, u32 *w, unsigned long *l, void **p);

void accept_barriers(u8 *b, u32 *w, unsigned long *l, void **p)
{
	const struct membar_acquire acquire = MEMBAR_ACQUIRE;
	struct membar_full full = MEMBAR_FULL;

	MEMBAR_FOR_EACH_BARRIER(ACCEPT_CELL)
	MEMBAR_FOR_EACH_PMEM_BARRIER(ACCEPT_CELL)
	membar_smp_mb(acquire);
	membar_smp_mb(full);
	membar_smp_mb((full));
	WRAPPED(MEMBAR_RELEASE);
	if (*w)
		membar_smp_mb(MEMBAR_READ);
	else
		membar_smp_mb(MEMBAR_WRITE);
	for (*w = 0; *w < 2; membar_smp_mb(MEMBAR_FULL), (*w)++)
		;
	membar_compiler_mb();
	membar_before_atomic();
	membar_after_atomic();
	membar_after_ctrl_dep();
	membar_after_spinlock();
	membar_after_unlock_lock();
	membar_io_stop_wc();
	membar_store_mb(b, 1);
	membar_store_mb(w, 1);
	membar_store_mb(l, 1);
	membar_store_mb(p, w);
	*b = membar_cond_load(b, VAL, MEMBAR_RELAXED);
	*w = membar_cond_load(w, VAL == 3, MEMBAR_ACQUIRE);
	*p = membar_cond_load(p, VAL, MEMBAR_ACQUIRE);
	*b = membar_virt_load(b, MEMBAR_RELAXED);
	*p = membar_virt_load(p, MEMBAR_ACQUIRE);
	membar_virt_store(w, 1, MEMBAR_RELAXED);
	membar_virt_store(p, w, MEMBAR_RELEASE);
	membar_virt_store_mb(l, 1);
	membar_virtio_mb(*b, MEMBAR_FULL);
	membar_virtio_mb(true, acquire);
	*b = membar_barrier(MEMBAR_FLAVOUR_SMP, MEMBAR_ORDER_READ);
}

/* Every row of the atomic table, by the form of its prototype. */
#define ACCEPT_load(op, o)		membar_##op(p, o)
#define ACCEPT_void(op, o)		membar_##op(p, o)
#define ACCEPT_void_v(op, o)		membar_##op(p, v, o)
#define ACCEPT_value(op, o)		membar_##op(p, o)
#define ACCEPT_value_v(op, o)		membar_##op(p, v, o)
#define ACCEPT_value_au(op, o)		membar_##op(p, v, 1, o)
#define ACCEPT_bool(op, o)		membar_##op(p, o)
#define ACCEPT_bool_v(op, o)		membar_##op(p, v, o)
#define ACCEPT_bool_au(op, o)		membar_##op(p, v, 1, o)
#define ACCEPT_result(op, o)		membar_##op(p, o)
#define ACCEPT_cmpxchg(op, o)		membar_##op(p, v, 1, o)
#define ACCEPT_try_cmpxchg(op, o)	membar_##op(p, &v, 1, o)

#define ACCEPT_ATOMIC(w, result, op, ORDER, order, kernel, form, ...)	\
	void accept_##w##_##op##_##order(w *p, w v);			\
	void accept_##w##_##op##_##order(w *p, w v)			\
	{								\
		ACCEPT_##form(op, MEMBAR_##ORDER);			\
	}

MEMBAR_FOR_EACH_ATOMIC(ACCEPT_ATOMIC)

#define ACCEPT_BITOP(op, ORDER, ...)	membar_##op(word, 3, MEMBAR_##ORDER);

enum colour {
	RED,
	GREEN,
};

/* By their names: a row that the table has lost is in none of its loops. */
void accept_bitops(unsigned long *word);

void accept_bitops(unsigned long *word)
{
	membar_test_bit(word, 1, MEMBAR_RELAXED);
	membar_test_bit(word, 1, MEMBAR_ACQUIRE);
	membar_set_bit(word, 1, MEMBAR_RELAXED);
	membar_clear_bit(word, 1, MEMBAR_RELAXED);
	membar_clear_bit(word, 1, MEMBAR_RELEASE);
	membar_change_bit(word, 1, MEMBAR_RELAXED);
	membar_test_and_set_bit(word, 1, MEMBAR_ACQUIRE);
	membar_test_and_set_bit(word, 1, MEMBAR_FULL);
	membar_test_and_clear_bit(word, 1, MEMBAR_FULL);
	membar_test_and_change_bit(word, 1, MEMBAR_FULL);
	membar_xor_unlock_is_negative_byte(word, 1, MEMBAR_RELEASE);
}

struct anybody {
	char c;
	s8 b;
	s16 h;
	s32 w;
	s64 d __aligned(8);
	size_t size;
	bool flag;
	enum colour colour;
	volatile u32 volatile_word;
	const u32 const_word;
	const char *name;
	void (*function)(int);
	struct anybody *next;
	unsigned long words[2];
};

MEMBAR_DEFINE_ATOMIC(colour, enum colour);
MEMBAR_DEFINE_ATOMIC(anybody, struct anybody *);

void accept_types(struct anybody *x, unsigned long *word);

void accept_types(struct anybody *x, unsigned long *word)
{
	membar_atomic(colour) colour = MEMBAR_ATOMIC_INIT(RED);
	membar_atomic(anybody) owner = MEMBAR_ATOMIC_INIT(x);
	membar_atomic(u64) count = MEMBAR_ATOMIC_INIT(0);
	struct membar_flag flag = MEMBAR_FLAG_INIT(false);
	const char *name = NULL;

	membar_store(&x->c, 'x', MEMBAR_RELAXED);
	membar_store(&x->b, -1, MEMBAR_RELEASE);
	membar_store(&x->flag, true, MEMBAR_RELAXED);
	membar_store(&x->colour, GREEN, MEMBAR_RELEASE);
	membar_store(&x->function, NULL, MEMBAR_RELAXED);
	membar_store(&x->name, "name", MEMBAR_RELEASE);
	membar_store(x->words, 1, MEMBAR_RELEASE);
	x->w = membar_load(&x->const_word, MEMBAR_ACQUIRE);
	x->w = membar_load(&x->volatile_word, MEMBAR_RELAXED);
	x->next = membar_load(&x->next, MEMBAR_ACQUIRE);
	x->next = membar_xchg(&x->next, NULL, MEMBAR_RELEASE);
	x->flag = membar_cmpxchg(&x->name, name, "other", MEMBAR_FULL).ok;
	name = membar_cmpxchg(&x->name, NULL, "other", MEMBAR_FULL).val;
	name = membar_cmpxchg_val(&x->name, NULL, "other", MEMBAR_FULL);
	membar_cmpxchg_val(&x->name, name, "other", MEMBAR_RELEASE);
	x->flag = membar_try_cmpxchg(&x->name, &name, NULL, MEMBAR_ACQUIRE);
	x->h = membar_fetch_add(&x->h, -3, MEMBAR_ACQUIRE);
	x->d = membar_fetch_andnot(&x->d, 3, MEMBAR_RELEASE);
	x->size = membar_sub_return(&x->size, 1, MEMBAR_RELAXED);
	x->colour = membar_fetch_xor(&x->colour, GREEN, MEMBAR_FULL);
	name = membar_fetch_add(&x->name, 2, MEMBAR_FULL);
	membar_sub(&x->next, sizeof(*x), MEMBAR_RELAXED);
	x->w = membar_load(&x->next->words[membar_load(&x->size, MEMBAR_RELAXED)],
			   MEMBAR_ACQUIRE);

	MEMBAR_FOR_EACH_BITOP(ACCEPT_BITOP)

	membar_atomic_store(&colour, GREEN, MEMBAR_RELAXED);
	x->next = membar_atomic_xchg(&owner, NULL, MEMBAR_ACQUIRE);
	membar_atomic_inc(&count, MEMBAR_RELAXED);
	x->d = membar_load(membar_atomic_ptr(&count), MEMBAR_RELAXED);
	membar_atomic_dec(membar_atomic_from_ptr(s32, &x->w), MEMBAR_RELAXED);
	membar_flag_store(&flag, membar_flag_load(&flag, MEMBAR_ACQUIRE),
			  MEMBAR_RELEASE);
	x->flag = membar_flag_xchg(&flag, true, MEMBAR_FULL);
	x->flag = membar_flag_cmpxchg(&flag, true, false, MEMBAR_FULL).ok;
}

/* A cell of the stress test that may be broken on purpose. */
#define MEMBAR_BREAK	"u32_xchg:full"
#include "selftests/stress/check_break.c"
