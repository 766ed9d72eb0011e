/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory that a guest's kernel and a process of its host share.  Both
 * include this file: membar_virt.c as kernel code, virt_host.c as C11.
 */
#ifndef _MEMBAR_SAMPLE_VIRT_SHARED_H
#define _MEMBAR_SAMPLE_VIRT_SHARED_H

#include <linux/types.h>

#ifdef __KERNEL__
# define VIRT_WORD	__u32
#else
# define VIRT_WORD	_Atomic __u32
# define __aligned(n)	__attribute__((aligned(n)))
#endif

#define VIRT_MAGIC	0x6d656d6261727669ULL
/* In its place before: the host allows the guest to write to the memory. */
#define VIRT_INVITATION	0x6d656d6261726869ULL
/* A word that one side writes while the other spins has its own lines. */
#define VIRT_ALONE	128
#define VIRT_SLOTS	1024
#define VIRT_ENTRIES	16
#define VIRT_WORDS	6
/* How long either side waits for the other before it gives up. */
#define VIRT_PATIENCE_S	20

enum virt_test {
	VIRT_TEST_END,
	VIRT_TEST_SB,
	VIRT_TEST_RING,
};

/* What the guest puts where a full barrier is needed. */
enum virt_fence {
	VIRT_FENCE_COMPILER,
	VIRT_FENCE_SMP,
	VIRT_FENCE_VIRT,
};

/**
 * struct virt_slot - one round of store buffering
 * @x: stored to by the guest
 * @y: stored to by the host
 * @guest_saw: what the guest loaded from @y
 * @host_saw: what the host loaded from @x
 */
struct virt_slot {
	VIRT_WORD x __aligned(VIRT_ALONE);
	VIRT_WORD y __aligned(VIRT_ALONE);
	VIRT_WORD guest_saw __aligned(VIRT_ALONE);
	VIRT_WORD host_saw __aligned(VIRT_ALONE);
};

/**
 * struct virt_entry - a message in the ring
 * @number: which it is, from 1
 * @words: what it says
 * @sum: @number and all of @words, exclusive or
 */
struct virt_entry {
	VIRT_WORD number;
	VIRT_WORD words[VIRT_WORDS];
	VIRT_WORD sum;
};

/**
 * struct virt_ring - messages to the host, which sleeps when there are none
 * @avail: how many messages the guest has posted
 * @used: how many the host has consumed
 * @want_kick: the host is about to sleep, or sleeps
 * @kick: the guest woke the host for this message
 * @settled: the guest has decided whether to kick for this message
 * @entries: the messages
 */
struct virt_ring {
	VIRT_WORD avail __aligned(VIRT_ALONE);
	VIRT_WORD used __aligned(VIRT_ALONE);
	VIRT_WORD want_kick __aligned(VIRT_ALONE);
	VIRT_WORD kick __aligned(VIRT_ALONE);
	VIRT_WORD settled __aligned(VIRT_ALONE);
	struct virt_entry entries[VIRT_ENTRIES] __aligned(VIRT_ALONE);
};

/**
 * struct virt_shared - all of it
 * @magic: VIRT_MAGIC, which the host looks for; in memory that is not the guest's
 *	   own, VIRT_INVITATION before that
 * @at: where this is in the file that the host maps, so that a stray copy is
 *	not taken for it
 * @request: number of the batch that the host asks for
 * @test: which &enum virt_test the batch is of
 * @fence: which &enum virt_fence the guest uses
 * @done: number of the last batch that the guest has finished
 * @host_at: the host has come to this round
 * @guest_at: the guest has come to this round
 * @slots: for VIRT_TEST_SB
 * @ring: for VIRT_TEST_RING
 */
struct virt_shared {
	__u64 magic;
	__u64 at;
	VIRT_WORD request __aligned(VIRT_ALONE);
	VIRT_WORD test;
	VIRT_WORD fence;
	VIRT_WORD done __aligned(VIRT_ALONE);
	VIRT_WORD host_at __aligned(VIRT_ALONE);
	VIRT_WORD guest_at __aligned(VIRT_ALONE);
	struct virt_slot slots[VIRT_SLOTS];
	struct virt_ring ring;
};

/* Shifts the two sides against each other: less than 2^@bits turns of a loop. */
static inline void virt_jitter(__u32 *seed, int bits)
{
	__u32 i;

	*seed = *seed * 1664525 + 1013904223;
	for (i = *seed >> (32 - bits); i; i--)
		__asm__ __volatile__("" : : : "memory");
}

#endif /* _MEMBAR_SAMPLE_VIRT_SHARED_H */
