// SPDX-License-Identifier: GPL-2.0
/*
 * How long klitmus7 takes to see the outcome of its test for the first time.
 *
 * usage: first STARTS MILLISECONDS <a module of klitmus7 is loaded>
 *
 * Each time that /proc/litmus is read the module makes one run.  A start ends with
 * the first run that has seen the outcome, or after so many milliseconds.  One
 * line each: the time in microseconds, or "-" if it was not seen.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char text[1 << 16];

static void die(const char *why)
{
	perror(why);
	exit(1);
}

static long long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000ll + t.tv_nsec / 1000;
}

/* One run; the line is "Observation NAME WORD SEEN NOT-SEEN". */
static long seen(void)
{
	const int fd = open("/proc/litmus", O_RDONLY);
	const char *line;
	size_t len = 0;
	ssize_t n;
	long count;

	if (fd < 0)
		die("/proc/litmus");
	while ((n = read(fd, text + len, sizeof(text) - 1 - len)) > 0)
		len += n;
	if (n < 0)
		die("/proc/litmus");
	close(fd);
	text[len] = '\0';
	line = strstr(text, "\nObservation ");
	if (!line || sscanf(line, " Observation %*s %*s %ld", &count) != 1) {
		fprintf(stderr, "/proc/litmus has no line Observation\n");
		exit(1);
	}
	return count;
}

int main(int argc, char **argv)
{
	long long begun, limit, spent;
	long starts;

	if (argc != 3) {
		fprintf(stderr, "usage: first STARTS MILLISECONDS\n");
		return 2;
	}
	starts = atol(argv[1]);
	limit = atol(argv[2]) * 1000ll;
	while (starts-- > 0) {
		begun = now_us();
		do {
			const long count = seen();

			spent = now_us() - begun;
			if (count)
				break;
		} while (spent < limit);
		if (spent < limit)
			printf("%lld\n", spent);
		else
			printf("-\n");
	}
	return 0;
}
