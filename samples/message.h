/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A message with a flag: the flag decides which thread may access the payload.
 * Litmus tests: sample-message, sample-message-broken (shape MP).
 */
#ifndef _MEMBAR_SAMPLE_MESSAGE_H
#define _MEMBAR_SAMPLE_MESSAGE_H

#include "membar.h"

struct message {
	u32 ready;
	u32 payload;
};

static inline void message_send(struct message *m, u32 payload)
{
	WRITE_ONCE(m->payload, payload);
	/*
	 * Store the payload before the flag.  Pairs with the acquire in
	 * message_receive().
	 */
	membar_smp_mb(MEMBAR_RELEASE);
	WRITE_ONCE(m->ready, 1);
}

/*
 * Broken: a branch does not order later loads.  The CPU may load the payload
 * before the flag.
 */
static inline bool message_receive_broken(struct message *m, u32 *payload)
{
	if (!READ_ONCE(m->ready))
		return false;
	*payload = READ_ONCE(m->payload);
	return true;
}

static inline bool message_receive(struct message *m, u32 *payload)
{
	if (!READ_ONCE(m->ready))
		return false;
	/*
	 * Load the flag before the payload.  Pairs with the release in
	 * message_send().
	 */
	membar_smp_mb(MEMBAR_ACQUIRE);
	*payload = READ_ONCE(m->payload);
	return true;
}

#endif /* _MEMBAR_SAMPLE_MESSAGE_H */
