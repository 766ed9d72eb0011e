// SPDX-License-Identifier: GPL-2.0
/*
 * A fuzz target without libFuzzer: it gets each file that is named, once.
 */
#include "target.h"

#define MAX_SIZE	65536

static void run_file(const char *name)
{
	size_t size;
	FILE *file;
	u8 *data;

	file = fopen(name, "rb");
	if (!file) {
		perror(name);
		exit(1);
	}
	/* As large as the input, so that a sanitizer sees each byte beyond it. */
	data = malloc(MAX_SIZE);
	HOLDS(data);
	size = fread(data, 1, MAX_SIZE, file);
	fclose(file);
	data = realloc(data, size ?: 1);
	HOLDS(data);
	fprintf(stderr, "%s\n", name);
	fuzz_target(data, size);
	free(data);
}

int main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		run_file(argv[i]);
	return argc < 2;
}
