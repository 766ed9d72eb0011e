/* SPDX-License-Identifier: GPL-2.0 */
/* What the measurement knows of the loops that call a function. */
#ifndef _MEMBAR_BENCH_CALL_H
#define _MEMBAR_BENCH_CALL_H

/* Four ways to reach each of two functions. */
#define BENCH_NR_CALLS	8

/**
 * struct bench_call - a loop that reaches a function
 * @name: how, and which function: nothing is an empty one
 * @run: reach it @n times
 */
struct bench_call {
	const char *name;
	void (*run)(unsigned long n);
};

extern const struct bench_call plain_calls[BENCH_NR_CALLS];
extern const struct bench_call retpoline_calls[BENCH_NR_CALLS];
extern const struct bench_call thunks_calls[BENCH_NR_CALLS];
extern const struct bench_call kcfi_calls[BENCH_NR_CALLS];

#endif /* _MEMBAR_BENCH_CALL_H */
