// SPDX-License-Identifier: GPL-2.0
/*
 * Writes to the files of membar_stress.ko what nobody would, and reads them in
 * odd ways meanwhile.  That nothing breaks is for the kernel to say; what is
 * checked here is that each file keeps its form.
 *
 *	membar_fuzz [-n WRITES] [-s SEED] [-d DIR] [-r REQUESTS] [grammar|bytes]
 *	membar_fuzz [-n WRITES] [-s SEED] [-d DIR] litmus FILE...
 *
 * grammar makes requests that have to be accepted, and breaks most of them in one
 * place; bytes changes those in a file; litmus changes bytes and words of litmus
 * files.  A child ends whatever run was begun, so that most of the time is spent
 * with requests.
 */
#include <ctype.h>
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

#define MAX_LEN		12288
/* Programs that copy files write so much at a time. */
#define PAGE		4096
#define MAX_SEEDS	256
#define LOOK_EVERY	256
/* One in so many requests by the grammar, and changed files, stays whole. */
#define WHOLE		8

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

static void insert_byte(unsigned char byte)
{
	size_t at = below(len + 1);

	if (len == MAX_LEN)
		return;
	memmove(text + at + 1, text + at, len - at);
	text[at] = byte;
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

/*
 * Names
 * =====
 *
 * The module says itself what there is.
 */

#define MAX_NAMES	256
#define MAX_EDGES	4

/* A shape has the kinds of each pair of accesses, as "WR". */
struct name {
	char text[32];
	char pair[MAX_EDGES][3];
	unsigned int pairs;
};

static struct name shapes[MAX_NAMES], others[MAX_NAMES], edges[MAX_NAMES];
static unsigned int nr_shapes, nr_others, nr_edges;

static struct name *put_name(struct name *names, unsigned int *nr,
			     const char *word)
{
	struct name *name = &names[*nr];

	if (*nr == MAX_NAMES) {
		fprintf(stderr, "membar_fuzz: more than %d names\n", MAX_NAMES);
		exit(1);
	}
	++*nr;
	snprintf(name->text, sizeof(name->text), "%.31s", word);
	return name;
}

static FILE *open_names(const char *file)
{
	FILE *f = fdopen(open_file(file, O_RDONLY), "r");

	if (!f)
		die(file);
	return f;
}

/* "SB: Wx Ry | Wy Rx", or one word */
static void read_test(char *line)
{
	char *colon = strchr(line, ':'), *thread, *rest;
	struct name *shape;
	char a, b;

	if (!colon) {
		put_name(others, &nr_others, line);
		return;
	}
	*colon = '\0';
	shape = put_name(shapes, &nr_shapes, line);
	for (thread = strtok_r(colon + 1, "|", &rest); thread;
	     thread = strtok_r(NULL, "|", &rest)) {
		if (sscanf(thread, " %c%*c %c%*c", &a, &b) != 2 ||
		    shape->pairs == MAX_EDGES)
			continue;
		snprintf(shape->pair[shape->pairs++], 3, "%c%c", a, b);
	}
}

static void read_names(void)
{
	char line[256];
	FILE *f = open_names("tests");

	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (*line != '#')
			read_test(line);
	}
	fclose(f);

	f = open_names("cells");
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, ":\n")] = '\0';
		if (*line != '#')
			put_name(edges, &nr_edges, line);
	}
	fclose(f);
	if (!nr_shapes || !nr_others || !nr_edges)
		die("no names");
}

/*
 * Grammar
 * =======
 *
 * A request that has to be accepted, of words that are then put in any order;
 * before that one of them may be broken, or all of it after.
 */

#define MAX_WORDS	16
#define WORD_LEN	200

static char word[MAX_WORDS][WORD_LEN];
static unsigned int nr_words;

static void add_word(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(word[nr_words++], WORD_LEN, fmt, args);
	va_end(args);
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* Those that are about a read or a write need one; a fence fits anywhere. */
static bool fits(const char *edge, const char *pair)
{
	const char *dot = strchr(edge, '.');

	if (dot) {
		/* The orders of both accesses, or "po". */
		if ((begins(edge, "la.") && pair[0] != 'R') ||
		    (begins(edge, "sr.") && pair[0] != 'W'))
			return false;
		return !strcmp(dot, ".po") ||
		       pair[1] == (strcmp(dot, ".la") ? 'W' : 'R');
	}
	if (!strcmp(edge, "la") || !strcmp(edge, "addr") ||
	    !strcmp(edge, "ctrl"))
		return pair[0] == 'R';
	if (!strcmp(edge, "sr"))
		return pair[1] == 'W';
	if (!strcmp(edge, "data"))
		return !strcmp(pair, "RW");
	return true;
}

static const char *any_edge(const char *pair)
{
	const char *edge;

	do {
		edge = edges[below(nr_edges)].text;
	} while (!fits(edge, pair));
	return edge;
}

/* "SB", "SB+mbs", "SB+mb+po", "SB+*+mb", "u32_add", "smoke" */
static void make_test(char *to, size_t size)
{
	const struct name *shape = &shapes[below(nr_shapes)];
	static const char *const stars[] = { "*", "dma_*", "virt_*" };
	static const char *const fences[] = { "mb", "xchg", "rel", "virt_mb" };
	unsigned int star = one_in(16) ? below(MAX_EDGES) : MAX_EDGES, i;
	size_t n;

	if (one_in(5)) {
		snprintf(to, size, "%s", others[below(nr_others)].text);
		return;
	}
	n = snprintf(to, size, "%s", shape->text);
	if (one_in(4))
		return;
	if (one_in(4)) {
		snprintf(to + n, size - n, "+%ss", ANY_OF(fences));
		return;
	}
	for (i = 0; i < shape->pairs; i++)
		n += snprintf(to + n, size - n, "+%s",
			      i == star ? ANY_OF(stars) :
					  any_edge(shape->pair[i]));
}

static void make_tests(void)
{
	char name[3][WORD_LEN / 4];
	unsigned int i, nr = 1 + below(3);

	for (i = 0; i < nr; i++)
		make_test(name[i], sizeof(name[i]));
	if (one_in(2)) {
		add_word("test=%s%s%s%s%s", name[0], nr > 1 ? "," : "",
			 nr > 1 ? name[1] : "", nr > 2 ? "," : "",
			 nr > 2 ? name[2] : "");
		return;
	}
	for (i = 0; i < nr; i++)
		add_word("%s", name[i]);
}

/* Short, and small, as what is accepted takes longer than a refusal. */
static void make_words(void)
{
	static const char *const engines[] = { "auto", "perpetual", "array" };
	const char *engine = one_in(4) ? ANY_OF(engines) : "";
	unsigned int largest = !strcmp(engine, "array") ? 16384 : 100000;

	nr_words = 0;
	make_tests();
	add_word("duration_ms=1");
	add_word("size=%u", 16 + below((one_in(64) ? largest : 200) - 15));
	if (!one_in(4))
		add_word("oversubscribe=1");
	if (one_in(3))
		add_word("wait=%u", below(2));
	if (*engine)
		add_word("engine=%s", engine);
	if (one_in(4))
		add_word("patience_ms=%u", below(3));
	if (one_in(4))
		add_word("stride=%u", 4 * (1 + below(1024)));
	if (one_in(4))
		add_word("seed=%u", below(-1));
	if (one_in(4))
		add_word("outline=%u", below(2));
	if (one_in(4))
		add_word("cpus=0");
}

/* One word less, or more, or with another value. */
static void break_words(void)
{
	static const char *const wrong[] = {
		"seed", "seed=", "=1", "=", "SB+nothing", "XX+po+po", "SB+po",
		"SB+po+la", "MP+data+po", "2+2W+addrs", "3.LB+*+*+*", "SB+",
		"+po", "SB++po", "*", "SB+**", "speed=9", "engine=invariant",
		"cpus=", "cpus=0,", "cpus=0,0", "cpus=0,4095",
		"cpus=4294967296", "cpus=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16",
		"wait=2", "size=15", "stride=6", "duration_ms=0", "busted+po",
		"allall", "smoke,", ",smoke", "test=", "test",
	};
	static const char *const keys[] = {
		"duration_ms", "seed", "size", "stride", "wait", "outline",
		"oversubscribe", "cpus", "engine", "patience_ms", "speed",
	};
	static const char *const values[] = {
		"0", "1", "2", "3", "15", "16", "17", "4096", "4100", "1048576",
		"1048577", "3600000", "3600001", "4294967295", "4294967296",
		"18446744073709551615", "18446744073709551616", "-1", "", "1x",
		"0x10", "+1", "1.5", "00000000000000000000000000001", "0,1",
	};
	unsigned int w = below(nr_words);

	switch (below(4)) {
	case 0:
		add_word("%s", ANY_OF(wrong));
		break;
	case 1:
		add_word("%s", word[w]);
		break;
	case 2:
		memcpy(word[w], word[--nr_words], WORD_LEN);
		break;
	default:
		snprintf(word[w], WORD_LEN, "%s=%s", ANY_OF(keys),
			 ANY_OF(values));
	}
}

/* A byte more, or another, a part less, or more; too long, too many. */
static void break_text(void)
{
	static const char bytes[] = "\0\n\r\x1b\x7f\x80\xff=,+* \t0";

	switch (below(6)) {
	case 0:
		insert_byte(bytes[below(sizeof(bytes) - 1)]);
		break;
	case 1:
		if (len)
			text[below(len)] = below(256);
		break;
	case 2:
		cut();
		break;
	case 3:
		repeat();
		break;
	case 4:
		while (len < 500 + below(600))
			add(" %s", shapes[below(nr_shapes)].text);
		break;
	default:
		add(" %0*u", 600 + below(400), 1);
	}
}

/* The words in any order. */
static void join_words(void)
{
	static const char *const blanks[] = { " ", " ", "\t", "  ", " \t " };
	unsigned int i;

	len = 0;
	while (nr_words) {
		i = below(nr_words);
		add("%s", word[i]);
		memmove(word[i], word[i + 1], (--nr_words - i) * WORD_LEN);
		if (nr_words || one_in(8))
			add("%s", ANY_OF(blanks));
	}
	if (one_in(4))
		add("\n");
}

/* True if it has to be accepted. */
static bool make_by_grammar(void)
{
	bool whole = one_in(WHOLE);
	bool words = one_in(2);

	make_words();
	if (!whole && words)
		break_words();
	join_words();
	if (!whole && !words)
		break_text();
	return whole;
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
	static char line[MAX_LEN];
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

static void begin_with_seed(void)
{
	unsigned int s = below(nr_seeds);

	len = seed_len[s];
	memcpy(text, seeds[s], len);
}

static void change_bytes(void)
{
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
		insert_byte(below(256));
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

static bool make_by_bytes(void)
{
	unsigned int changes = 1 + below(8);

	begin_with_seed();
	while (changes--)
		change_bytes();
	return false;
}

/*
 * Litmus files
 * ============
 */

static void read_litmus(const char *path)
{
	FILE *f = fopen(path, "r");

	if (!f)
		die(path);
	if (nr_seeds < MAX_SEEDS) {
		seed_len[nr_seeds] = fread(seeds[nr_seeds], 1, MAX_LEN, f);
		nr_seeds++;
	}
	fclose(f);
}

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Where a random word or symbol of the text begins, and how long it is. */
static size_t any_word(size_t *n)
{
	size_t at = below(len), end;

	while (at && is_letter(text[at]) && is_letter(text[at - 1]))
		at--;
	for (end = at + 1; end < len && is_letter(text[at]) &&
	     is_letter(text[end]);)
		end++;
	*n = end - at;
	return at;
}

static void replace(size_t at, size_t n, const char *by, size_t size)
{
	if (len - n + size > MAX_LEN)
		return;
	memmove(text + at + size, text + at + n, len - at - n);
	memcpy(text + at, by, size);
	len += size - n;
}

/* A word becomes another one, of the language or of this file. */
static void change_word(void)
{
	static const char *const words[] = {
		"if", "else", "while", "int", "int *", "exists", "~exists",
		"forall", "filter", "locations", "P0", "P1", "P7", "P8", "C",
		"(", ")", "((((((((", "{", "}", "{{{{{{{{", "[", "]", ";", "*",
		"&", "&x", "=", "==", "!=", "/", "/0", "-", "-1", "0", "1",
		"9223372036854775807", "9223372036854775808",
		"-9223372036854775808", "/\\", "\\/", "~", "not", "(*", "*)",
		"//", "/*", "x", "r0", "0:r0", "7:r0=1", "x=1", "x=y",
		"READ_ONCE", "WRITE_ONCE", "smp_load_acquire", "smp_mb()",
		"smp_store_mb", "rcu_dereference", "rcu_assign_pointer",
		"atomic_add_return", "atomic_add_unless", "atomic_dec_and_test",
		"cmpxchg", "xchg_release", "try_cmpxchg", "spin_lock(x);",
		"spin_unlock(x);", "spin_trylock", "spin_is_locked",
		"rcu_read_lock();", "rcu_read_unlock();", "synchronize_rcu();",
		"srcu_read_lock", "membar_load", "MEMBAR_ACQUIRE", "(int *)",
	};
	char other[64];
	const char *word;
	size_t at, n, size;

	if (!len)
		return;
	at = any_word(&size);
	if (one_in(2) && size < sizeof(other)) {
		memcpy(other, text + at, size);
		word = other;
	} else {
		word = ANY_OF(words);
		size = strlen(word);
	}
	at = any_word(&n);
	replace(at, one_in(4) ? 0 : n, word, size);
}

/*
 * A byte that no word begins with.  A file that is accepted runs, and takes a
 * thousand times as long as one that is refused.
 */
static void spoil(void)
{
	static const char bytes[] = "@#$`?\\'\x01\x80";

	insert_byte(bytes[below(sizeof(bytes) - 1)]);
}

/* Most have options that let a file that is accepted run for a short time. */
static void add_options(void)
{
	static const char options[] =
		"test=- duration_ms=1 patience_ms=1 size=16 oversubscribe=1\n";

	if (!one_in(64))
		replace(0, 0, options, strlen(options));
}

/* As long as a file after whose last write more might come. */
static void fill_pages(void)
{
	while (len % PAGE && len < MAX_LEN)
		text[len++] = ' ';
}

static bool make_litmus(void)
{
	unsigned int changes = 1 + below(4);

	begin_with_seed();
	while (changes--) {
		if (one_in(3))
			change_bytes();
		else
			change_word();
	}
	if (!one_in(WHOLE))
		spoil();
	add_options();
	if (one_in(16))
		fill_pages();
	return false;
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

/* What the writes of one fuzzer have come to. */
static unsigned long accepted, stopped, refused;

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

/* The whole text was taken, or errno says why not. */
static void note(bool taken, bool whole)
{
	if (taken) {
		accepted++;
		return;
	}
	if (!known(errno))
		die("write");
	if (errno == ECANCELED) {
		accepted++;
		stopped++;
		return;
	}
	if (errno == EINVAL && whole) {
		fprintf(stderr, "membar_fuzz: refused: \"%.*s\"\n", (int)len,
			text);
		exit(1);
	}
	refused++;
}

static void try_request(int fd, bool whole)
{
	ssize_t n = write_request(fd);

	if (n >= 0 && n != (ssize_t)len)
		die("a short write");
	note(n >= 0, whole);
}

/* As cat does it: page by page, and the last error may come from close(). */
static bool write_pages(void)
{
	int fd = open_file("run", O_WRONLY), err;
	size_t at, n;

	for (at = 0; at < len; at += n) {
		n = len - at < PAGE ? len - at : PAGE;
		if (write(fd, text + at, n) == (ssize_t)n)
			continue;
		err = errno;
		close(fd);
		errno = err;
		return false;
	}
	return !close(fd);
}

static void try_litmus(void)
{
	const struct timespec pause = { .tv_nsec = 50000 };
	bool taken;

	make_litmus();
	for (;;) {
		taken = write_pages();
		if (taken || errno != EBUSY)
			break;
		nanosleep(&pause, NULL);
	}
	note(taken, false);
}

static int misused(void)
{
	fputs("usage: membar_fuzz [-n WRITES] [-s SEED] [-d DIR] [-r REQUESTS] [grammar|bytes]\n",
	      stderr);
	fputs("       membar_fuzz [-n WRITES] [-s SEED] [-d DIR] litmus FILE...\n",
	      stderr);
	return 2;
}

int main(int argc, char **argv)
{
	const char *requests = "requests";
	unsigned long writes = 10000, i;
	time_t begun = time(NULL);
	const char *kind;
	bool bytes, litmus;
	pid_t stopper;
	int opt, fd;

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
			return misused();
		}
	}
	kind = argv[optind] ?: "grammar";
	bytes = !strcmp(kind, "bytes");
	litmus = !strcmp(kind, "litmus");
	if (litmus && !argv[optind + 1])
		return misused();
	if (bytes)
		read_seeds(requests);
	else if (litmus)
		while (argv[++optind])
			read_litmus(argv[optind]);
	else
		read_names();

	stopper = start_stopper();
	fd = open_file("run", O_WRONLY);
	for (i = 0; i < writes; i++) {
		if (litmus)
			try_litmus();
		else
			try_request(fd, bytes ? make_by_bytes() :
						make_by_grammar());
		if (i % LOOK_EVERY == 0)
			look();
	}
	kill(stopper, SIGKILL);
	waitpid(stopper, NULL, 0);
	printf("%s: %lu writes, %lu accepted (%lu of them stopped), %lu refused, %ld s\n",
	       kind, writes, accepted, stopped, refused,
	       (long)(time(NULL) - begun));
	return 0;
}
