// SPDX-License-Identifier: GPL-2.0
/*
 * The rows of the suite membar_atomic, in line, without KUnit; otherwise as rows.c.
 * A row's name is "TYPE_OPERATION:ORDER".
 */
#define ATOMIC_KUNIT_ROWS	membar_rows
#define ATOMIC_KUNIT_BITOPS	membar_bitops
#include "atomic_kunit_ops.h"

#include "run.h"

/* The generic atomic64_t disables interrupts, which only a kernel may. */
static bool cannot_run(const struct atomic_kunit_row *row)
{
	return IS_ENABLED(CONFIG_GENERIC_ATOMIC64) && row->bytes == 8;
}

static void run_atomic(const struct atomic_kunit_row *row, struct result *result)
{
	const char *operation = strchr(row->name, '_');
	static char type[16];
	const struct kernel_kunit_row judged = {
		.row = *row, .macro = operation + 1, .type = type,
	};

	memset(type, 0, sizeof(type));
	memcpy(type, row->name, operation - row->name);
	/* No known bug is an excuse. */
	run_operation(&judged, 0, result);
}

int run_row(unsigned int number, struct result *result)
{
	static unsigned int left_out;

	memset(result, 0, sizeof(*result));
	while (number + left_out < ARRAY_SIZE(membar_rows) &&
	       cannot_run(&membar_rows[number + left_out]))
		left_out++;
	number += left_out;
	if (number < ARRAY_SIZE(membar_rows)) {
		run_atomic(&membar_rows[number], result);
		return 1;
	}
	number -= ARRAY_SIZE(membar_rows);
	if (number < ARRAY_SIZE(membar_bitops)) {
		run_bitop(&membar_bitops[number], result);
		return 1;
	}
	return 0;
}

int known_bug(unsigned int number, int *shows, int *unusable, const char **name)
{
	return 0;
}
