/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What rows.c, compiled as a part of a kernel, tells main.c, compiled as a program.
 * Only types that mean the same in both.
 */
#ifndef ROWS_H
#define ROWS_H

/* A row that agrees with the model, one that a known bug explains, any other. */
enum verdict { AGREES, KNOWN, UNEXPECTED };

struct result {
	const char *operation;
	const char *type;
	enum verdict verdict;
	unsigned long attempts;
	/* The known bugs that explain it, a bit for the number of each. */
	unsigned long bugs;
	/* The first attempt that nothing explains. */
	unsigned int lane;
	unsigned long long old, a, b, ret, more, want_ret, want_more;
};

/* The row with that number; returns 0 after the last. */
int run_row(unsigned int number, struct result *result);

/*
 * A known bug, whether this kernel has to show it, and whether it is one that no
 * row can show; returns 0 after the last.
 */
int known_bug(unsigned int number, int *shows, int *unusable, const char **name);

#endif /* ROWS_H */
