// SPDX-License-Identifier: GPL-2.0
/*
 * Writes to the files of membar_stress.ko what nobody would, and reads them in
 * odd ways meanwhile.  That nothing breaks is for the kernel to say; what is
 * checked here is that each file keeps its form.
 *
 *	membar_fuzz [-n WRITES] [-s SEED] [-d DIR] [-r REQUESTS] [grammar|bytes]
 *
 * grammar makes requests of valid and invalid words, bytes changes bits of the
 * requests in a file.  A child ends whatever run was begun, so that most of the
 * time is spent with requests.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_LEN		2048
#define MAX_SEEDS	256
#define LOOK_EVERY	256

static const char *dir = "/sys/kernel/debug/membar";
static unsigned long long state = 1;

static void die(const char *what)
{
	fprintf(stderr, "membar_fuzz: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* xorshift64* */
static unsigned int below(unsigned int n)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return ((state * 2685821657736338717ULL) >> 32) % n;
}

static bool one_in(unsigned int n)
{
	return !below(n);
}

static int open_file(const char *name, int flags)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, flags | O_CLOEXEC);
	if (fd < 0)
		die(path);
	return fd;
}

/*
 * Requests
 * ========
 */

static char text[MAX_LEN + 1];
static size_t len;

static void add(const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(text + len, sizeof(text) - len, fmt, args);
	va_end(args);
	len = len + n < MAX_LEN ? len + n : MAX_LEN;
}

#define ANY_OF(list)	((list)[below(sizeof(list) / sizeof((list)[0]))])

static void add_edge(void)
{
	static const char *const edges[] = {
		"po", "mb", "rmb", "wmb", "acq", "rel", "la", "sr", "xchg",
		"cmpxchg", "fadd", "addr", "data", "ctrl", "virt_mb",
		"dma_wmb", "mandatory_rmb", "*", "dma_*", "", "nonsense",
	};

	add("+%s%s", ANY_OF(edges), one_in(4) ? "s" : "");
}

static void add_test(void)
{
	static const char *const shapes[] = {
		"SB", "MP", "LB", "S", "R", "2+2W", "WRC", "RWC", "ISA2",
		"W+RWC", "Z6.0", "Z6.1", "Z6.2", "3.SB", "3.LB", "3.2W",
		"IRIW", "CoRR", "CoWW", "CoRW1", "CoWR", "XX", "",
	};
	static const char *const others[] = {
		"smoke", "litmus", "atomics", "all", "busted", "u32_add",
		"u64_fetch_or", "seqlock", "bit_lock", "mixed_sizes",
	};
	unsigned int i;

	if (one_in(5)) {
		add("%s", ANY_OF(others));
		return;
	}
	add("%s", ANY_OF(shapes));
	for (i = below(4); i; i--)
		add_edge();
}

static void add_number(void)
{
	static const char *const numbers[] = {
		"0", "1", "2", "3", "4", "15", "16", "17", "64", "128", "4096",
		"4100", "65536", "1048576", "1048577", "3600000", "3600001",
		"4294967295", "4294967296", "18446744073709551615",
		"18446744073709551616", "-1", "", "1x", "0x10", "+1", "1.5",
		"00000000000000000000000000001",
	};

	if (one_in(2))
		add("%s", ANY_OF(numbers));
	else
		add("%u", below(200));
}

static void add_cpus(void)
{
	unsigned int i;

	add("cpus=");
	for (i = 1 + below(one_in(8) ? 20 : 3); i; i--)
		add("%u%s", below(one_in(8) ? 100000 : 4), i > 1 ? "," : "");
}

static void add_word(void)
{
	static const char *const numeric[] = {
		"duration_ms", "seed", "size", "stride", "wait", "outline",
		"oversubscribe", "speed",
	};
	static const char *const engines[] = {
		"auto", "perpetual", "array", "invariant", "", "arrays",
	};

	switch (below(8)) {
	case 0:
		add_cpus();
		return;
	case 1:
		add("engine=%s", ANY_OF(engines));
		return;
	case 2:
	case 3:
		if (one_in(2))
			add("test=");
		add_test();
		while (one_in(3)) {
			add(",");
			add_test();
		}
		return;
	case 4:
		add("oversubscribe=1");
		return;
	default:
		add("%s=", ANY_OF(numeric));
		add_number();
	}
}

static void make_by_grammar(void)
{
	static const char *const blanks[] = { " ", "\t", "  ", " \t " };
	static const char *const wrong[] = {
		"seed", "seed=", "=1", "SB+nothing", "seed=1 seed=1", "wait=3",
		"cpus=4096", "size=1", "stride=2", "3.LB+*+*+*",
	};
	unsigned int words = 1 + below(one_in(16) ? 150 : 6);

	len = 0;
	/* Now and then one that is likely to be accepted, and short. */
	if (one_in(400)) {
		add_test();
		add(" duration_ms=%u wait=%u ", 1 + below(3), below(2));
		words = below(3);
	}
	while (words--) {
		add_word();
		add("%s", ANY_OF(blanks));
	}
	/* A run takes longer than a thousand refusals. */
	if (!one_in(8))
		add("%s", ANY_OF(wrong));
	if (one_in(4))
		add("\n");
}

/*
 * Bytes
 * =====
 */

static char seeds[MAX_SEEDS][MAX_LEN + 1];
static size_t seed_len[MAX_SEEDS];
static unsigned int nr_seeds;

/* As printf's %b takes them: \n, \t, \0NNN and \xHH are what is used. */
static size_t unescape(const char *from, char *to)
{
	const char *const begin = to;
	char *end;

	while (*from && *from != '\n') {
		if (*from != '\\') {
			*to++ = *from++;
			continue;
		}
		from++;
		if (*from == 'x') {
			*to++ = strtol((char[]){ from[1], from[2], 0 }, NULL,
				       16);
			from += 3;
		} else if (*from == '0') {
			*to++ = strtol(from, &end, 8);
			from = end;
		} else {
			*to++ = *from == 'n' ? '\n' : *from == 't' ? '\t' :
				*from;
			from++;
		}
	}
	return to - begin;
}

static void read_seeds(const char *path)
{
	char line[MAX_LEN];
	FILE *f = fopen(path, "r");

	if (!f)
		die(path);
	while (nr_seeds < MAX_SEEDS && fgets(line, sizeof(line), f))
		if (*line != '#') {
			seed_len[nr_seeds] = unescape(line, seeds[nr_seeds]);
			nr_seeds++;
		}
	fclose(f);
	if (!nr_seeds)
		die("no requests to begin with");
}

static void insert_byte(void)
{
	size_t at = below(len + 1);

	if (len == MAX_LEN)
		return;
	memmove(text + at + 1, text + at, len - at);
	text[at] = below(256);
	len++;
}

static void cut(void)
{
	size_t from = below(len + 1), n = below(len - from + 1);

	memmove(text + from, text + from + n, len - from - n);
	len -= n;
}

static void repeat(void)
{
	size_t from = below(len + 1), n = below(len - from + 1);

	if (len + n > MAX_LEN)
		return;
	memmove(text + from + n, text + from, len - from);
	len += n;
}

/* The head of this one and the tail of another. */
static void graft(void)
{
	unsigned int other = below(nr_seeds);
	size_t from = below(seed_len[other] + 1);
	size_t n = seed_len[other] - from;

	len = below(len + 1);
	if (len + n > MAX_LEN)
		return;
	memcpy(text + len, seeds[other] + from, n);
	len += n;
}

static void make_by_bytes(void)
{
	unsigned int s = below(nr_seeds), changes = 1 + below(8);

	len = seed_len[s];
	memcpy(text, seeds[s], len);
	while (changes--) {
		switch (below(6)) {
		case 0:
			if (len)
				text[below(len)] ^= 1 << below(8);
			break;
		case 1:
			if (len)
				text[below(len)] = below(256);
			break;
		case 2:
			insert_byte();
			break;
		case 3:
			cut();
			break;
		case 4:
			repeat();
			break;
		default:
			graft();
		}
	}
}

/*
 * Looking
 * =======
 */

static void must_begin(const char *name, const char *with)
{
	char buf[64] = "";
	int fd = open_file(name, O_RDONLY);

	if (read(fd, buf, sizeof(buf) - 1) < (ssize_t)strlen(with) ||
	    strncmp(buf, with, strlen(with))) {
		fprintf(stderr, "membar_fuzz: %s begins \"%s\"\n", name, buf);
		exit(1);
	}
	close(fd);
}

/* In pieces, from anywhere. */
static void look_oddly(void)
{
	static const char *const files[] = {
		"run", "progress", "results", "results.json", "histogram",
		"tests", "cells",
	};
	int fd = open_file(ANY_OF(files), O_RDONLY);
	unsigned int turns = below(8);
	char buf[4096];

	while (turns--) {
		if (one_in(2))
			lseek(fd, below(10000), SEEK_SET);
		if (read(fd, buf, below(sizeof(buf)) + 1) < 0 && errno != EINTR)
			die("read");
	}
	close(fd);
}

static void look(void)
{
	must_begin("progress", "state=");
	must_begin("results", "KTAP version 1\n");
	must_begin("results.json", "{\"kernel\":\"");
	look_oddly();
}

/* Ends every run that the parent begins. */
static pid_t start_stopper(void)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	pid_t pid = fork();
	int fd;

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	fd = open_file("stop", O_WRONLY);
	for (;;) {
		if (write(fd, "1", 1) != 1)
			_exit(1);
		nanosleep(&pause, NULL);
	}
}

/* What a write may come to. */
static bool known(int err)
{
	switch (err) {
	case EINVAL:
	case ECANCELED:
	case ENOMEM:
	case EINTR:
		return true;
	}
	return false;
}

/* Nothing is tried while the last run has not ended. */
static ssize_t write_request(int fd)
{
	const struct timespec pause = { .tv_nsec = 50000 };
	ssize_t n;

	for (;;) {
		n = write(fd, text, len);
		if (n >= 0 || errno != EBUSY)
			return n;
		nanosleep(&pause, NULL);
	}
}

int main(int argc, char **argv)
{
	unsigned long writes = 10000, accepted = 0, refused = 0, i;
	const char *requests = "requests";
	bool bytes;
	pid_t stopper;
	int opt, fd;
	ssize_t n;

	while ((opt = getopt(argc, argv, "n:s:d:r:")) != -1) {
		switch (opt) {
		case 'n':
			writes = strtoul(optarg, NULL, 0);
			break;
		case 's':
			state = strtoull(optarg, NULL, 0) * 2 + 1;
			break;
		case 'd':
			dir = optarg;
			break;
		case 'r':
			requests = optarg;
			break;
		default:
			return 2;
		}
	}
	bytes = argv[optind] && !strcmp(argv[optind], "bytes");
	if (bytes)
		read_seeds(requests);

	stopper = start_stopper();
	fd = open_file("run", O_WRONLY);
	for (i = 0; i < writes; i++) {
		if (bytes)
			make_by_bytes();
		else
			make_by_grammar();
		n = write_request(fd);
		if (n == (ssize_t)len || (n < 0 && errno == ECANCELED))
			accepted++;
		else if (n < 0 && known(errno))
			refused++;
		else
			die("write");
		if (i % LOOK_EVERY == 0)
			look();
	}
	kill(stopper, SIGKILL);
	waitpid(stopper, NULL, 0);
	printf("%s: %lu writes, %lu accepted, %lu refused\n",
	       bytes ? "bytes" : "grammar", writes, accepted, refused);
	return 0;
}
