/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Types of the examples.  They are parsed and never linked, so the functions
 * of the kernel need no declaration.
 */
#include <stdbool.h>
#include <stddef.h>

typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef u16 __le16;
typedef u32 __le32;

enum { MEMBAR_FULL, MEMBAR_READ, MEMBAR_WRITE, MEMBAR_ACQUIRE, MEMBAR_RELEASE,
	MEMBAR_RELAXED, TASK_INTERRUPTIBLE, TASK_UNINTERRUPTIBLE };

struct item {
	int users;
	unsigned long bits;
	u32 state;
	u32 payload;
	bool ready;
	bool unread;
	struct item *next;
	struct queue { void *head; } queue;
};

struct device_regs {
	u32 doorbell;
	u32 status;
};

struct desc {
	__le32 status;
	__le32 length;
	__le32 address;
};

struct ring {
	struct device_regs *regs;
	struct desc *desc;
	u32 tail;
	bool stopped;
};
