// SPDX-License-Identifier: GPL-2.0
/*
 * The interpreter of litmus programs.
 *
 * What a program does is known before it runs, so the CPU predicts the way from
 * one instruction to the next, and that depends on no value that the program
 * reads, but for a jump that the program has itself.  An address is checked
 * without a branch.  So the dependencies between the accesses are those of the
 * program.
 */
#include <linux/ktime.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

#include "interpret.h"

/* A thread that waits so long for a lock does not get it: a deadlock, say. */
#define LOCK_PATIENCE	(20 * NSEC_PER_MSEC)

/**
 * struct state - an instance of a thread while it runs
 * @held: bit set of the locks that this thread has
 * @readers: RCU read-side critical sections that it is in
 * @srcu: SRCU read-side critical sections that it is in, in all
 * @indices: likewise, of each srcu_struct and each index
 * @bad: it did what no execution can do, as to follow a pointer to nowhere
 *
 * Only what is rarely touched: a store to memory that is not part of the test
 * takes the place of one that is in the store buffer of the CPU.
 */
struct state {
	u32 held;
	unsigned int readers;
	unsigned int srcu;
	u8 indices[MEMBAR_PROGRAM_VARS][2];
	unsigned long bad;
};

/*
 * Addresses
 * =========
 */

/*
 * Where a pointer leads to: within the variables, or to the variable that comes
 * first.  By arithmetic, so that it is a dependency of addresses and no other.
 */
static __always_inline long *check_pointer(const struct membar_frame *frame,
					   struct state *s, unsigned long value)
{
	const unsigned long base = (unsigned long)frame->memory;
	unsigned long offset = value - base;
	unsigned long inside;

	offset &= ~(sizeof(long) - 1);
	/* The sign of the difference; neither is that large. */
	inside = (offset - frame->size) & ~offset;
	inside = -(inside >> (BITS_PER_LONG - 1));
	/* No branch, whatever the compiler thinks of it. */
	OPTIMIZER_HIDE_VAR(inside);
	s->bad |= ~inside | (value & (sizeof(long) - 1));
	return (long *)(base + (offset & inside));
}

/* Of the variable that an instruction names. */
static __always_inline long *variable(const struct membar_frame *frame,
				      void *base,
				      const struct membar_insn *insn)
{
	return base + insn->var * frame->loc;
}

static __always_inline long *address(const struct membar_frame *frame,
				     void *base, struct state *s,
				     const struct membar_insn *insn)
{
	if (insn->pointer == MEMBAR_NO_SLOT)
		return variable(frame, base, insn);
	return check_pointer(frame, s, frame->slot[insn->pointer]);
}

/*
 * Locks and grace periods
 * =======================
 */

/*
 * What is locked, and until when, is up to the program: sparse cannot know it,
 * and is told that nothing is.
 */
static bool take(spinlock_t *l)
{
	int taken = spin_trylock(l);

	if (taken)
		__release(l);
	return taken;
}

static void give_back(spinlock_t *l)
{
	__acquire(l);
	spin_unlock(l);
}

static bool in_section(const struct state *s)
{
	return s->held || s->readers;
}

/*
 * The kernel's own lock, but nobody waits for ever: a file may have a deadlock.
 */
static void lock(struct state *s, struct membar_lock *locks,
		 unsigned int number)
{
	spinlock_t *l = &locks[number].lock;
	unsigned int looks = 0;
	u64 until;

	if (s->held & BIT(number)) {
		s->bad = 1;
		return;
	}
	if (take(l)) {
		s->held |= BIT(number);
		return;
	}
	until = ktime_get_ns() + LOCK_PATIENCE;
	while (!take(l)) {
		cpu_relax();
		if (++looks % 64)
			continue;
		if (ktime_get_ns() > until) {
			s->bad = 1;
			return;
		}
		if (!in_section(s))
			cond_resched();
	}
	s->held |= BIT(number);
}

static bool trylock(struct state *s, struct membar_lock *locks,
		    unsigned int number)
{
	if (s->held & BIT(number) || !take(&locks[number].lock))
		return false;
	s->held |= BIT(number);
	return true;
}

static void unlock(struct state *s, struct membar_lock *locks,
		   unsigned int number)
{
	if (!(s->held & BIT(number))) {
		s->bad = 1;
		return;
	}
	s->held &= ~BIT(number);
	give_back(&locks[number].lock);
}

static void enter_reader(struct state *s)
{
	s->readers++;
	rcu_read_lock();
	__release(RCU);
}

static void leave_reader(struct state *s)
{
	if (!s->readers) {
		s->bad = 1;
		return;
	}
	s->readers--;
	__acquire(RCU);
	rcu_read_unlock();
}

static void wait_for_readers(struct state *s, bool expedited)
{
	if (in_section(s))
		s->bad = 1;
	else if (expedited)
		synchronize_rcu_expedited();
	else
		synchronize_rcu();
}

/* sparse is told that the section ends, as with the locks. */
static long enter_srcu(struct state *s, struct srcu_struct *srcu,
		       unsigned int number)
{
	const int index = srcu_read_lock(&srcu[number]);

	__release(&srcu[number]);
	s->srcu++;
	s->indices[number][index]++;
	return index;
}

/* The index comes from the program, which may have computed it. */
static void leave_srcu(struct state *s, struct srcu_struct *srcu,
		       unsigned int number, long index)
{
	if (index & ~1L || !s->indices[number][index]) {
		s->bad = 1;
		return;
	}
	s->srcu--;
	s->indices[number][index]--;
	__acquire(&srcu[number]);
	srcu_read_unlock(&srcu[number], index);
}

/*
 * Nobody waits within a section of any srcu_struct: two threads could wait for
 * one another then.
 */
static void wait_for_srcu(struct state *s, struct srcu_struct *srcu,
			  unsigned int number, bool expedited)
{
	if (in_section(s) || s->srcu)
		s->bad = 1;
	else if (expedited)
		synchronize_srcu_expedited(&srcu[number]);
	else
		synchronize_srcu(&srcu[number]);
}

/* What a thread still has at its end. */
static void leave_sections(struct state *s, const struct membar_frame *frame,
			   struct membar_lock *locks)
{
	unsigned int i;

	for (i = 0; i < 2 * frame->nr_srcu; i++)
		while (s->indices[i / 2][i % 2])
			leave_srcu(s, frame->srcu, i / 2, i % 2);
	while (s->readers)
		leave_reader(s);
	for (i = 0; s->held; i++)
		if (s->held & BIT(i))
			unlock(s, locks, i);
}

/*
 * Instructions
 * ============
 */

/* sparse takes the order of a call for a value that nobody set. */
#define EXECUTE_load(op, ORDER)						\
	slot[insn->to] = membar_##op(p, MEMBAR_##ORDER)
#define EXECUTE_void(op, ORDER)						\
	membar_##op(p, MEMBAR_##ORDER)
#define EXECUTE_void_v(op, ORDER)					\
	membar_##op(p, slot[insn->a], MEMBAR_##ORDER)
#define EXECUTE_value(op, ORDER)					\
	slot[insn->to] = membar_##op(p, MEMBAR_##ORDER)
#define EXECUTE_value_v(op, ORDER)					\
	slot[insn->to] = membar_##op(p, slot[insn->a], MEMBAR_##ORDER)
#define EXECUTE_value_au(op, ORDER)					\
	slot[insn->to] = membar_##op(p, slot[insn->a], slot[insn->b],	\
				     MEMBAR_##ORDER)
#define EXECUTE_bool		EXECUTE_value
#define EXECUTE_bool_v		EXECUTE_value_v
#define EXECUTE_bool_au		EXECUTE_value_au
#define EXECUTE_result		EXECUTE_value
#define EXECUTE_cmpxchg(op, ORDER)					\
	slot[insn->to] = membar_##op##_val(p, slot[insn->b],		\
					   slot[insn->a], MEMBAR_##ORDER)
#define EXECUTE_try_cmpxchg(op, ORDER)					\
do {									\
	long old = slot[insn->b];					\
	bool done = membar_##op(p, &old, slot[insn->a],			\
				MEMBAR_##ORDER);			\
									\
	/* In this order: the result may go to the same register. */	\
	slot[insn->b] = old;						\
	slot[insn->to] = done;						\
} while (0)

/* MEMBAR_BREAK takes the order away from loads and stores; see break.h. */
#define BROKEN(op, order)	__is_defined(MEMBAR_BREAK_u32_##op##_##order)
#define EXECUTE(op, form, ORDER, order)					\
do {									\
	if (BROKEN(op, order))						\
		EXECUTE_##form(op, RELAXED);				\
	else								\
		EXECUTE_##form(op, ORDER);				\
} while (0)

/* Whether an instruction is that one; see enum membar_quick. */
#define QUICK(NAME)	(insn->quick & MEMBAR_QUICK_##NAME)

/*
 * The jump of the program's own, as a branch: a choice between two targets
 * without one would make the target depend on the value as an address does.
 */
static __always_inline const struct membar_insn *
jump_if_zero(long value, const struct membar_insn *next,
	     const struct membar_insn *target)
{
	if (value) {
		barrier();
		return next;
	}
	barrier();
	return target;
}

static __always_inline long divide(struct state *s, long a, long b)
{
	if (!b) {
		s->bad = 1;
		return 0;
	}
	return b == -1 ? (long)-(unsigned long)a : a / b;
}

static __always_inline void run_instance(struct membar_frame *frame, void *base,
					 struct membar_lock *locks,
					 struct state *s)
{
	const struct membar_insn *const insns = frame->code->insn;
	long *const slot = frame->slot;
	const struct membar_insn *next = insns;
	const struct membar_insn *insn;
	long *p;

	for (;;) {
		insn = next++;
		if (QUICK(LOAD)) {
			p = variable(frame, base, insn);
			EXECUTE(load, load, RELAXED, relaxed);
			continue;
		}
		if (QUICK(STORE)) {
			p = variable(frame, base, insn);
			EXECUTE(store, void_v, RELAXED, relaxed);
			continue;
		}
		if (QUICK(RCU_LOCK)) {
			enter_reader(s);
			continue;
		}
		if (insn->quick) {
			if (QUICK(LOAD_ACQUIRE)) {
				p = variable(frame, base, insn);
				EXECUTE(load, load, ACQUIRE, acquire);
				continue;
			}
			if (QUICK(STORE_RELEASE)) {
				p = variable(frame, base, insn);
				EXECUTE(store, void_v, RELEASE, release);
				continue;
			}
			if (QUICK(FENCE)) {
				membar_smp_mb(MEMBAR_FULL);
				continue;
			}
			if (QUICK(COMPILER_MB)) {
				membar_compiler_mb();
				continue;
			}
		}
		switch (insn->code) {
		case MEMBAR_INSN_END:
			return;
		case MEMBAR_INSN_MOVE:
			slot[insn->to] = slot[insn->a];
			break;
		case MEMBAR_INSN_ADDRESS:
			slot[insn->to] = (long)(base + insn->var * frame->loc);
			break;
#define OPERATOR(ID, expression)					\
		case MEMBAR_INSN_##ID: {				\
			long a = slot[insn->a], b = slot[insn->b];	\
									\
			slot[insn->to] = (expression);			\
			break;						\
		}
		OPERATOR(OR, a | b)
		OPERATOR(XOR, a ^ b)
		OPERATOR(AND, a & b)
		OPERATOR(ANDNOT, a & ~b)
		OPERATOR(EQ, a == b)
		OPERATOR(NE, a != b)
		OPERATOR(LT, a < b)
		OPERATOR(LE, a <= b)
		OPERATOR(GT, a > b)
		OPERATOR(GE, a >= b)
		OPERATOR(ADD, (unsigned long)a + b)
		OPERATOR(SUB, (unsigned long)a - b)
		OPERATOR(MUL, (unsigned long)a * b)
		OPERATOR(DIV, divide(s, a, b))
#undef OPERATOR
		case MEMBAR_INSN_JUMP:
			next = insns + insn->target;
			break;
		case MEMBAR_INSN_JUMP_IF_ZERO:
			next = jump_if_zero(slot[insn->a], next,
					    insns + insn->target);
			break;

		case MEMBAR_INSN_LOAD_PLAIN:
			p = address(frame, base, s, insn);
			slot[insn->to] = *p;
			barrier();
			break;
		case MEMBAR_INSN_STORE_PLAIN:
			p = address(frame, base, s, insn);
			*p = slot[insn->a];
			barrier();
			break;
		case MEMBAR_INSN_STORE_MB:
			p = address(frame, base, s, insn);
			membar_store_mb(p, slot[insn->a]);
			break;
#define CASE(op, form, ORDER, order)					\
		case MEMBAR_INSN_##op##_##order:			\
			p = address(frame, base, s, insn);		\
			EXECUTE(op, form, ORDER, order);		\
			break;
		MEMBAR_FOR_EACH_INSN_RMW(CASE)
#undef CASE
#define CASE(FLAVOUR, entry, ORDER, ...)				\
		case MEMBAR_INSN_FENCE_##FLAVOUR##_##ORDER:		\
			membar_##entry(MEMBAR_##ORDER);			\
			break;
		MEMBAR_FOR_EACH_BARRIER(CASE)
#undef CASE
		case MEMBAR_INSN_COMPILER_MB:
			membar_compiler_mb();
			break;
		case MEMBAR_INSN_BEFORE_ATOMIC:
			membar_before_atomic();
			break;
		case MEMBAR_INSN_AFTER_ATOMIC:
			membar_after_atomic();
			break;
		case MEMBAR_INSN_AFTER_SPINLOCK:
			smp_mb__after_spinlock();
			break;
		case MEMBAR_INSN_AFTER_UNLOCK_LOCK:
			smp_mb__after_unlock_lock();
			break;
		case MEMBAR_INSN_AFTER_SRCU_UNLOCK:
			smp_mb__after_srcu_read_unlock();
			break;
		case MEMBAR_INSN_RCU_LOCK:
			enter_reader(s);
			break;
		case MEMBAR_INSN_RCU_UNLOCK:
			leave_reader(s);
			break;
		case MEMBAR_INSN_SYNC_RCU:
			wait_for_readers(s, false);
			break;
		case MEMBAR_INSN_SYNC_RCU_EXPEDITED:
			wait_for_readers(s, true);
			break;
		case MEMBAR_INSN_LOCK:
			lock(s, locks, insn->lock);
			break;
		case MEMBAR_INSN_TRYLOCK:
			slot[insn->to] = trylock(s, locks, insn->lock);
			break;
		case MEMBAR_INSN_UNLOCK:
			unlock(s, locks, insn->lock);
			break;
		case MEMBAR_INSN_IS_LOCKED:
			slot[insn->to] =
				spin_is_locked(&locks[insn->lock].lock);
			break;
		case MEMBAR_INSN_SRCU_LOCK:
			slot[insn->to] = enter_srcu(s, frame->srcu, insn->lock);
			break;
		case MEMBAR_INSN_SRCU_UNLOCK:
			leave_srcu(s, frame->srcu, insn->lock, slot[insn->a]);
			break;
		case MEMBAR_INSN_SRCU_SYNC:
			wait_for_srcu(s, frame->srcu, insn->lock, false);
			break;
		case MEMBAR_INSN_SRCU_SYNC_EXPEDITED:
			wait_for_srcu(s, frame->srcu, insn->lock, true);
			break;
		}
	}
}

/*
 * Instances
 * =========
 */

void membar_frame_open(struct membar_frame *frame,
		       const struct membar_code *code)
{
	memset(frame->slot, 0, sizeof(frame->slot));
	memcpy(frame->slot + MEMBAR_SLOT_NUMBER, code->number,
	       code->nr_numbers * sizeof(long));
	frame->code = code;
}
MEMBAR_EXPORT_TO_KUNIT(membar_frame_open);

void membar_interpret(const struct membar_lane *lane, u32 from, u32 to)
{
	struct membar_frame *frame = lane->frame;
	const struct membar_code *code = frame->code;
	struct state s = { };
	struct membar_lock *locks;
	unsigned int k;
	long *record;
	u32 i;

	record = frame->record + (size_t)from * code->nr_recorded;
	for (i = from; i <= to; i++) {
		locks = frame->locks + lane->order[i] * frame->nr_locks;
		for (k = 0; k < code->nr_resets; k++)
			frame->slot[code->reset[k]] = code->initial[k];

		run_instance(frame, frame->memory + lane->order[i] *
			     lane->step * sizeof(u32), locks, &s);

		if (unlikely(in_section(&s) || s.srcu))
			leave_sections(&s, frame, locks);
		if (unlikely(s.bad)) {
			frame->bad[i] = true;
			s.bad = 0;
		}
		for (k = 0; k < code->nr_recorded; k++)
			*record++ = frame->slot[code->recorded[k]];
	}
}
MEMBAR_EXPORT_TO_KUNIT(membar_interpret);
