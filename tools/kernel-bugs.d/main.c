// SPDX-License-Identifier: GPL-2.0
/*
 * Runs every row and prints a line for each, tabs between:
 *
 *	row	VERDICT	OPERATION	TYPE	ATTEMPTS	BUG... or detail
 *	listed	BUG
 *
 * A timer moves jiffies, which the cases about the compiler read.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>

#include "rows.h"

/* The kernel's names for the two; jiffies is the lower half of a long one. */
unsigned long long jiffies_64;
__asm__(".globl jiffies\n"
#if __SIZEOF_LONG__ == 4 && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	"jiffies = jiffies_64 + 4\n"
#else
	"jiffies = jiffies_64\n"
#endif
	);

/* Named in a table of arm64 that only a kernel uses. */
void alt_cb_patch_nops(void);
void alt_cb_patch_nops(void)
{
}

static void tick(int signal)
{
	(void)signal;
	(*(volatile unsigned long long *)&jiffies_64)++;
}

static const char *const verdicts[] = { "agrees", "known", "UNEXPECTED" };

static void print_bugs(unsigned long bugs)
{
	const char *name, *separator = "";
	int shows, unusable;
	unsigned int i;

	for (i = 0; known_bug(i, &shows, &unusable, &name); i++) {
		if (bugs & (1UL << i)) {
			printf("%s%s", separator, name);
			separator = " ";
		}
	}
	printf("%s\n", bugs ? "" : "-");
}

static void print(const struct result *r)
{
	printf("row\t%s\t%s\t%s\t%lu\t", verdicts[r->verdict], r->operation,
	       r->type, r->attempts);
	if (r->verdict == UNEXPECTED)
		printf("lane %u old %#llx a %#llx b %#llx: %#llx/%#llx not %#llx/%#llx\n",
		       r->lane, r->old, r->a, r->b, r->ret, r->more,
		       r->want_ret, r->want_more);
	else
		print_bugs(r->bugs);
}

int main(void)
{
	const struct itimerval often = {
		.it_interval.tv_usec = 2000, .it_value.tv_usec = 2000,
	};
	const struct sigaction action = {
		.sa_handler = tick, .sa_flags = SA_RESTART,
	};
	const char *name;
	struct result r;
	unsigned int i;
	int shows, unusable;

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	for (i = 0; run_row(i, &r); i++)
		print(&r);
	for (i = 0; known_bug(i, &shows, &unusable, &name); i++) {
		if (shows)
			printf("listed\t%s\n", name);
		if (unusable)
			printf("row\tknown\tunusable\t-\t0\t%s\n", name);
	}
	printf("end\n");
	return 0;
}
