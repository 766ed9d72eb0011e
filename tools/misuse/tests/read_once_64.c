// SPDX-License-Identifier: GPL-2.0
/* Examples for the rule read_once_64. */
#include "example.h"

struct counters {
	u64 bytes;
	u32 packets;
	unsigned long errors;
};

static u64 wrong_field(struct counters *counters)
{
	return READ_ONCE(counters->bytes);
}

static void wrong_store(struct counters *counters, u64 bytes)
{
	WRITE_ONCE(counters->bytes, bytes);
}

static u64 wrong_pointer(u64 *bytes)
{
	return READ_ONCE(*bytes);
}

static u64 right_size(struct counters *counters)
{
	return READ_ONCE(counters->packets) + READ_ONCE(counters->errors);
}

static u64 right_atomic(struct item *item)
{
	return atomic64_read(&item->users);
}

static u64 right_local(u64 *table)
{
	u64 sum = table[0];

	WRITE_ONCE(sum, table[1]);
	return READ_ONCE(sum);
}
