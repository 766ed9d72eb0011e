// SPDX-License-Identifier: GPL-2.0
/*
 * From batches to verdicts: which batches count, how often a test would have
 * shown what its control showed, and what all of it says.
 *
 * Nothing here runs a test, so all of it is tested on the host.
 */
#include <linux/string.h>

#include "run.h"

/* Sorts a few times. */
static void sort_times(u64 *time, unsigned int nr)
{
	unsigned int i, j;
	u64 t;

	for (i = 1; i < nr; i++) {
		t = time[i];
		for (j = i; j && time[j - 1] > t; j--)
			time[j] = time[j - 1];
		time[j] = t;
	}
}

/*
 * For how long at least @need of the threads ran at once.  Both arrays are
 * sorted, so that after a number of ends at least @need run once that many more
 * have started.
 */
static u64 time_together(const u64 *start, const u64 *end, unsigned int nr,
			 unsigned int need)
{
	u64 since, last_end = 0, sum = 0;
	unsigned int ended;

	for (ended = 0; ended + need <= nr; ended++) {
		since = max(last_end, start[ended + need - 1]);
		last_end = end[ended];
		if (since < last_end)
			sum += last_end - since;
	}
	return sum;
}

void membar_account_make(const struct membar_span *span, unsigned int nr,
			 unsigned int need, struct membar_account *account)
{
	u64 start[MEMBAR_MAX_CPUS], end[MEMBAR_MAX_CPUS];
	unsigned int t;

	account->whole = true;
	account->sound = true;
	for (t = 0; t < nr; t++) {
		start[t] = span[t].start;
		end[t] = span[t].end;
		account->whole &= span[t].whole;
		account->sound &= span[t].sound;
	}
	sort_times(start, nr);
	sort_times(end, nr);

	account->running = end[nr - 1] - start[0];
	account->skew = start[nr - 1] - start[0];
	account->together = time_together(start, end, nr, need);
	/* A single thread is always there, however coarse the clock. */
	account->counts = account->whole && account->sound &&
			  (account->together || nr == 1);
}
MEMBAR_EXPORT_TO_KUNIT(membar_account_make);

void membar_result_add(struct membar_result *result,
		       const struct membar_account *account, u32 iterations)
{
	result->batches++;
	result->running += account->running;
	if (account->skew > result->max_skew)
		result->max_skew = account->skew;
	if (!account->counts) {
		result->idle_batches++;
		return;
	}
	result->overlap += account->together;
	result->iterations += iterations;
}
MEMBAR_EXPORT_TO_KUNIT(membar_result_add);

/*
 * @n * @part / @whole, where @part is at most @whole: long division by bits, for
 * the product may not fit.
 */
static u64 share_of(u64 n, u64 part, u64 whole)
{
	u64 quotient = 0, rest = 0;
	int bit;

	for (bit = 63; bit >= 0; bit--) {
		rest <<= 1;
		if (n >> bit & 1)
			rest += part;
		while (rest >= whole) {
			rest -= whole;
			quotient += 1ULL << bit;
		}
	}
	return quotient;
}

u64 membar_expected(const struct membar_sample *control,
		    const struct membar_sample *test)
{
	u64 expected = 0;
	unsigned int a;

	for (a = 0; a < MEMBAR_NR_AIMS; a++)
		if (control[a].seen)
			expected += share_of(test[a].observed, control[a].seen,
					     control[a].observed);
	return expected;
}
MEMBAR_EXPORT_TO_KUNIT(membar_expected);

void membar_judge_job(const struct membar_job *jobs,
		      struct membar_result *results, unsigned int j)
{
	struct membar_result *r = &results[j];
	const struct membar_result *control = NULL;
	struct membar_evidence evidence = {
		.batches = r->batches,
		.unsound = r->unsound,
		.stuck = r->stuck,
		.observed = r->observed,
		.seen = r->seen,
		.stray = r->stray,
	};

	if (jobs[j].control != MEMBAR_NO_CONTROL) {
		control = &results[jobs[j].control];
		r->expected = membar_expected(control->sample, r->sample);
		evidence.control_seen = control->seen;
		evidence.expected = r->expected;
	}
	r->verdict = membar_judge(jobs[j].contract, &evidence, r->reason,
				  sizeof(r->reason));
}
MEMBAR_EXPORT_TO_KUNIT(membar_judge_job);
