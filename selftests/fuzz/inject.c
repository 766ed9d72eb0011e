// SPDX-License-Identifier: GPL-2.0
/*
 * Makes the N-th allocation or copy of what a task asks the kernel for fail, by
 * /proc/self/fail-nth.  A child does not inherit that, so no shell can do it to
 * the programs that it starts.
 *
 *	membar_inject N write FILE TEXT
 *	membar_inject N read FILE
 *	membar_inject N load MODULE.ko
 *	membar_inject N unload MODULE
 *
 * Says "failed" or "passed", as the call did, or "spared" if it came to less
 * than N.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static char buf[65536];

static bool write_file(const char *path, const char *text)
{
	const ssize_t len = strlen(text);
	int fd = open(path, O_WRONLY);
	bool ok;

	if (fd < 0)
		return false;
	ok = write(fd, text, len) == len;
	close(fd);
	return ok;
}

static bool read_file(const char *path)
{
	int fd = open(path, O_RDONLY);
	ssize_t n;

	if (fd < 0)
		return false;
	do {
		n = read(fd, buf, sizeof(buf));
	} while (n > 0);
	close(fd);
	return !n;
}

static bool load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return false;
	ok = !syscall(SYS_finit_module, fd, "", 0);
	close(fd);
	return ok;
}

static bool unload(const char *name)
{
	return !syscall(SYS_delete_module, name, O_NONBLOCK);
}

static int misused(void)
{
	fputs("usage: membar_inject N write FILE TEXT\n", stderr);
	fputs("       membar_inject N read|load|unload WHAT\n", stderr);
	return 2;
}

/* What is left of the N is a number, unless to read it is what failed. */
static bool spared(int nth)
{
	char left[16] = "";

	return pread(nth, left, sizeof(left) - 1, 0) < 1 || atoi(left) > 0;
}

int main(int argc, char **argv)
{
	const char *verb, *what;
	bool ok, all;
	int nth;

	if (argc < 4)
		return misused();
	verb = argv[2];
	what = argv[3];
	/* Pages of it shall not be missing later. */
	memset(buf, 1, sizeof(buf));
	nth = open("/proc/self/fail-nth", O_RDWR);
	if (nth < 0 || write(nth, argv[1], strlen(argv[1])) < 0) {
		perror("membar_inject: /proc/self/fail-nth");
		return 1;
	}
	if (!strcmp(verb, "write") && argc == 5)
		ok = write_file(what, argv[4]);
	else if (!strcmp(verb, "read"))
		ok = read_file(what);
	else if (!strcmp(verb, "load"))
		ok = load(what);
	else if (!strcmp(verb, "unload"))
		ok = unload(what);
	else
		return misused();
	all = spared(nth);
	/* What is left shall not be this program's output. */
	while (write(nth, "0", 1) < 0)
		;
	puts(all ? "spared" : ok ? "passed" : "failed");
	return 0;
}
