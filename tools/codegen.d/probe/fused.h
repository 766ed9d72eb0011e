/* SPDX-License-Identifier: GPL-2.0 */
/* Barriers that come with an access of their own. */
PROBE(store_mb, STORE_MB(p + 1, 3))
PROBE(cond_load_relaxed, p[1] = COND_LOAD_RELAXED(p, VAL > 3))
PROBE(cond_load_acquire, p[1] = COND_LOAD_ACQUIRE(p, VAL > 3))
