/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Litmus programs as instructions, and what runs them.
 *
 * translate.c turns each thread of a program into a short array of
 * instructions over slots; interpret.c runs it for one instance after another.
 * Each access, fence and atomic operation is one instruction, which is the
 * call of membar.h that arch/table.h has for it.
 */
#ifndef _MEMBAR_INTERPRET_H
#define _MEMBAR_INTERPRET_H

#include <linux/cache.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>

#include "run.h"
#include "states.h"

/* Every operation of the table in arch/table.h in each of its orders. */
#define MEMBAR_FOR_EACH_INSN_RMW(row)					\
	MEMBAR_FOR_EACH_ATOMIC_OP(MEMBAR_FOR_EACH_INSN_ORDER, row)
#define MEMBAR_FOR_EACH_INSN_ORDER(op, form, set, narrow, row)		\
	MEMBAR_FOR_EACH_##set##_ORDER(MEMBAR_INSN_OF, op, form, row)
#define MEMBAR_INSN_OF(ORDER, order, kernel, op, form, row)		\
	row(op, form, ORDER, order)

enum membar_insn_code {
	MEMBAR_INSN_END,
	MEMBAR_INSN_MOVE,
	/* The address of a variable. */
	MEMBAR_INSN_ADDRESS,
	/* The operators, in the order of enum membar_node_kind from OR on. */
	MEMBAR_INSN_OR,
	MEMBAR_INSN_XOR,
	MEMBAR_INSN_AND,
	MEMBAR_INSN_ANDNOT,
	MEMBAR_INSN_EQ,
	MEMBAR_INSN_NE,
	MEMBAR_INSN_LT,
	MEMBAR_INSN_LE,
	MEMBAR_INSN_GT,
	MEMBAR_INSN_GE,
	MEMBAR_INSN_ADD,
	MEMBAR_INSN_SUB,
	MEMBAR_INSN_MUL,
	MEMBAR_INSN_DIV,
	MEMBAR_INSN_JUMP,
	MEMBAR_INSN_JUMP_IF_ZERO,

	MEMBAR_INSN_LOAD_PLAIN,
	MEMBAR_INSN_STORE_PLAIN,
	MEMBAR_INSN_STORE_MB,
#define MEMBAR_INSN_ROW(op, form, ORDER, order)	MEMBAR_INSN_##op##_##order,
	MEMBAR_FOR_EACH_INSN_RMW(MEMBAR_INSN_ROW)
#undef MEMBAR_INSN_ROW

#define MEMBAR_INSN_ROW(FLAVOUR, entry, ORDER, ...)			\
	MEMBAR_INSN_FENCE_##FLAVOUR##_##ORDER,
	MEMBAR_FOR_EACH_BARRIER(MEMBAR_INSN_ROW)
#undef MEMBAR_INSN_ROW
	MEMBAR_INSN_COMPILER_MB,
	MEMBAR_INSN_BEFORE_ATOMIC,
	MEMBAR_INSN_AFTER_ATOMIC,
	MEMBAR_INSN_AFTER_SPINLOCK,
	MEMBAR_INSN_AFTER_UNLOCK_LOCK,
	MEMBAR_INSN_AFTER_SRCU_UNLOCK,
	MEMBAR_INSN_RCU_LOCK,
	MEMBAR_INSN_RCU_UNLOCK,
	MEMBAR_INSN_SYNC_RCU,
	MEMBAR_INSN_SYNC_RCU_EXPEDITED,
	MEMBAR_INSN_LOCK,
	MEMBAR_INSN_TRYLOCK,
	MEMBAR_INSN_UNLOCK,
	MEMBAR_INSN_IS_LOCKED,
	MEMBAR_INSN_SRCU_LOCK,
	MEMBAR_INSN_SRCU_UNLOCK,
	MEMBAR_INSN_SRCU_SYNC,
	MEMBAR_INSN_SRCU_SYNC_EXPEDITED,
};

/*
 * Slots hold the registers of a thread, then what its expressions need on their
 * way, then the numbers in its text.  The last one takes what nobody wants.
 */
#define MEMBAR_SLOT_TEMPORARY	MEMBAR_PROGRAM_REGS
#define MEMBAR_SLOT_NUMBER	(MEMBAR_SLOT_TEMPORARY + MEMBAR_PROGRAM_STACK)
#define MEMBAR_NR_SLOTS		128
#define MEMBAR_SLOT_NOWHERE	(MEMBAR_NR_SLOTS - 1)
#define MEMBAR_NO_SLOT		0xff
#define MEMBAR_MAX_INSNS	384

/**
 * enum membar_quick - the commonest instructions, which come before all others
 * @MEMBAR_QUICK_LOAD: READ_ONCE() of a variable that is known beforehand
 * @MEMBAR_QUICK_STORE: likewise WRITE_ONCE()
 * @MEMBAR_QUICK_LOAD_ACQUIRE: likewise smp_load_acquire()
 * @MEMBAR_QUICK_STORE_RELEASE: likewise smp_store_release()
 * @MEMBAR_QUICK_FENCE: smp_mb()
 * @MEMBAR_QUICK_COMPILER_MB: barrier(), which a control has in place of a fence
 * @MEMBAR_QUICK_RCU_LOCK: rcu_read_lock()
 *
 * A switch is a jump through a table, or in a kernel that is built without such
 * tables a tree of eight comparisons.  An emulator takes so long for either that
 * the store buffer of the real CPU is empty when the next access comes.  A bit for
 * each, as compilers would make a switch of a chain of comparisons.
 */
enum membar_quick {
	MEMBAR_QUICK_LOAD		= BIT(0),
	MEMBAR_QUICK_STORE		= BIT(1),
	MEMBAR_QUICK_LOAD_ACQUIRE	= BIT(2),
	MEMBAR_QUICK_STORE_RELEASE	= BIT(3),
	MEMBAR_QUICK_FENCE		= BIT(4),
	MEMBAR_QUICK_COMPILER_MB	= BIT(5),
	MEMBAR_QUICK_RCU_LOCK		= BIT(6),
};

/**
 * struct membar_insn - one instruction
 * @code: enum membar_insn_code
 * @target: of a jump, the instruction that comes next
 * @to: slot of the result
 * @a: slot of the first operand: what is stored, or added
 * @b: slot of the second one: what is expected, or the slot that has it
 * @pointer: slot of the address, or MEMBAR_NO_SLOT if it is that of @var
 * @var: which variable
 * @lock: which lock, or which srcu_struct
 * @quick: enum membar_quick if it is one of these, or 0; @code says the same
 */
struct membar_insn {
	u16 code;
	u16 target;
	u8 to;
	u8 a;
	u8 b;
	u8 pointer;
	u8 var;
	u8 lock;
	u8 quick;
};

/**
 * struct membar_code - a thread in instructions
 * @nr_insns: how many there are, with the last one
 * @nr_resets: registers that have to be what they were, in each instance
 * @nr_numbers: numbers, from MEMBAR_SLOT_NUMBER on
 * @nr_recorded: registers whose final values are recorded
 * @recorded: which, in the order of the places
 * @reset: which registers that are, of those that do not begin with an address
 * @initial: what they are
 * @number: the numbers
 * @insn: the instructions
 */
struct membar_code {
	u16 nr_insns;
	u8 nr_resets;
	u8 nr_numbers;
	u8 nr_recorded;
	u8 recorded[MEMBAR_MAX_PLACES];
	u8 reset[MEMBAR_PROGRAM_REGS];
	long initial[MEMBAR_PROGRAM_REGS];
	long number[MEMBAR_NR_SLOTS];
	struct membar_insn insn[MEMBAR_MAX_INSNS];
};

#define MEMBAR_NO_READER	0xff

/**
 * struct membar_translation - a program that can run
 * @program: it
 * @places: what is observed
 * @nr_locks: how many of its variables are locks
 * @nr_srcu: and how many are srcu_structs
 * @waits: it has grace periods, each of which takes milliseconds
 * @reader: of each variable, the first thread that reads what others wrote to it,
 *	    or MEMBAR_NO_READER
 * @code: of each thread
 */
struct membar_translation {
	const struct membar_program *program;
	struct membar_places places;
	u8 nr_locks;
	u8 nr_srcu;
	bool waits;
	u8 reader[MEMBAR_PROGRAM_VARS];
	struct membar_code code[MEMBAR_PROGRAM_THREADS];
};

/**
 * membar_translate() - make instructions of a program
 * @program: parsed; must outlive @translation
 * @translation: written
 * @why: filled in on failure; may be NULL
 *
 * Return: 0, or -EINVAL if there is something in it that cannot run
 */
int membar_translate(const struct membar_program *program,
		     struct membar_translation *translation,
		     struct membar_why *why);

/* A spin lock of an instance. */
struct membar_lock {
	spinlock_t lock;
} ____cacheline_aligned_in_smp;

/**
 * struct membar_frame - one thread of a program in one set of variables
 * @code: what it does
 * @slot: registers and all that
 * @record: the registers of code->recorded after each instance
 * @bad: of each instance: it did what no execution can do
 * @memory: the variables of all instances
 * @size: bytes of them
 * @loc: bytes from one variable of an instance to the next one
 * @locks: of all instances
 * @nr_locks: of one instance
 * @srcu: all instances have the same; one waits for readers of others too then
 * @nr_srcu: how many
 */
struct membar_frame {
	const struct membar_code *code;
	long slot[MEMBAR_NR_SLOTS];
	long *record;
	bool *bad;
	void *memory;
	size_t size;
	size_t loc;
	struct membar_lock *locks;
	unsigned int nr_locks;
	struct srcu_struct *srcu;
	unsigned int nr_srcu;
};

/* Before the first instance. */
void membar_frame_open(struct membar_frame *frame,
		       const struct membar_code *code);

/* As the other loops; lane->frame is what it works on. */
void membar_interpret(const struct membar_lane *lane, u32 from, u32 to);

#endif /* _MEMBAR_INTERPRET_H */
