// SPDX-License-Identifier: GPL-2.0
/*
 * The host's half of membar_virt.c, in C11: finds the memory that it shares
 * with a guest, a file that the guest's process has open, runs store buffering
 * and a ring against it, and says which barriers of the guest's kernel the host
 * could rely on.
 *
 * usage: virt_host DIR [SECONDS]
 *	  virt_host --invite FILE
 *
 *	DIR	where that file is: a User-Mode Linux makes it below TMPDIR,
 *		QEMU has it where memory-backend-file says
 *	SECONDS	how long each line of the table takes (default: 2)
 *	FILE	to be made for a memory-backend-file of QEMU, which shall be as
 *		large; a guest writes only to memory that begins as this does
 */
#define _GNU_SOURCE
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "virt_shared.h"

#define EXIT_SKIP	4
/* How long a guest may take to boot, on a busy host. */
#define BOOT_PATIENCE_S	120
/* The size of a file for QEMU; a BAR is a power of two. */
#define FILE_SIZE	1048576
/* A line whose bad outcome should show goes on for so much longer. */
#define VIRT_STUBBORN	10

struct host_case {
	const char *test;
	const char *fence;
	enum virt_test run;
	enum virt_fence guest;
	bool weak_is_allowed;
};

static const struct host_case host_cases[] = {
	{ "SB", "compiler_mb", VIRT_TEST_SB, VIRT_FENCE_COMPILER, true },
	{ "SB", "smp_mb:full", VIRT_TEST_SB, VIRT_FENCE_SMP, true },
	{ "SB", "virt_mb:full", VIRT_TEST_SB, VIRT_FENCE_VIRT, false },
	{ "ring", "compiler_mb", VIRT_TEST_RING, VIRT_FENCE_COMPILER, true },
	{ "ring", "smp_mb:full", VIRT_TEST_RING, VIRT_FENCE_SMP, true },
	{ "ring", "virt_mb:full", VIRT_TEST_RING, VIRT_FENCE_VIRT, false },
};

struct host_count {
	unsigned long rounds;
	unsigned long weak;
	unsigned long damaged;
};

static void die(const char *what)
{
	fprintf(stderr, "virt_host: %s\n", what);
	exit(EXIT_FAILURE);
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

/*
 * Finding the guest
 * =================
 */

/* Where in the file @fd the guest's module has its memory; -1 if nowhere. */
static off_t find_shared(int fd)
{
	__u64 head[2];
	off_t at = 0;

	/* The file is sparse: most of the guest's memory was never touched. */
	while ((at = lseek(fd, at, SEEK_DATA)) >= 0) {
		if (pread(fd, head, sizeof(head), at) != sizeof(head))
			break;
		if (head[0] == VIRT_MAGIC && head[1] == (__u64)at) {
			/*
			 * Whatever the guest wrote before; pairs with the
			 * release in guest_serve().
			 */
			atomic_thread_fence(memory_order_acquire);
			return at;
		}
		at += sysconf(_SC_PAGESIZE);
	}
	return -1;
}

static struct virt_shared *map_file(int dir, const char *name)
{
	struct virt_shared *shared = NULL;
	off_t at;
	int fd;

	fd = openat(dir, name, O_RDWR);
	if (fd < 0)
		return NULL;

	at = find_shared(fd);
	if (at >= 0) {
		shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
			      MAP_SHARED, fd, at);
		if (shared == MAP_FAILED)
			die(strerror(errno));
	}
	close(fd);
	return shared;
}

/* The files below @dir that process @pid has open. */
static struct virt_shared *map_process(const char *dir, const char *pid)
{
	char path[PATH_MAX], target[PATH_MAX];
	struct virt_shared *shared = NULL;
	struct dirent *entry;
	DIR *fds;

	snprintf(path, sizeof(path), "/proc/%s/fd", pid);
	fds = opendir(path);
	if (!fds)
		return NULL;

	while (!shared && (entry = readdir(fds))) {
		ssize_t len;

		len = readlinkat(dirfd(fds), entry->d_name, target,
				 sizeof(target) - 1);
		if (len < 0)
			continue;
		target[len] = '\0';
		if (!strncmp(target, dir, strlen(dir)))
			shared = map_file(dirfd(fds), entry->d_name);
	}

	closedir(fds);
	return shared;
}

static struct virt_shared *map_shared(const char *dir, pid_t *guest)
{
	double limit = now() + BOOT_PATIENCE_S;
	struct virt_shared *shared = NULL;
	struct dirent *entry;
	DIR *proc;

	while (!shared) {
		if (now() > limit)
			die("no guest with its memory there runs membar_virt.ko");
		usleep(20000);

		proc = opendir("/proc");
		if (!proc)
			die("no /proc");
		while (!shared && (entry = readdir(proc))) {
			*guest = atoi(entry->d_name);
			if (*guest > 0)
				shared = map_process(dir, entry->d_name);
		}
		closedir(proc);
	}

	return shared;
}

/* All threads of process @pid on one CPU. */
static void pin(pid_t pid, int cpu)
{
	char path[PATH_MAX];
	struct dirent *entry;
	cpu_set_t one;
	DIR *tasks;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	tasks = opendir(path);
	if (!tasks)
		die("the guest is gone");

	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	while ((entry = readdir(tasks))) {
		pid_t task = atoi(entry->d_name);

		if (task > 0 && sched_setaffinity(task, sizeof(one), &one))
			die(strerror(errno));
	}
	closedir(tasks);
}

/* The guest on one CPU and this process on another. */
static void place(pid_t guest)
{
	int cpu, found[2], n = 0;
	cpu_set_t all;

	if (sched_getaffinity(0, sizeof(all), &all))
		die(strerror(errno));
	for (cpu = 0; cpu < CPU_SETSIZE && n < 2; cpu++)
		if (CPU_ISSET(cpu, &all))
			found[n++] = cpu;
	if (n < 2) {
		puts("skipped: two CPUs are needed, one is allowed");
		exit(EXIT_SKIP);
	}

	pin(getpid(), found[0]);
	pin(guest, found[1]);
	printf("guest: process %d on CPU %d; host: process %d on CPU %d\n\n",
	       guest, found[1], getpid(), found[0]);
}

/*
 * The tests
 * =========
 */

static void give_up(double limit)
{
	if (now() > limit)
		die("the guest does not answer");
}

static bool before(__u32 a, __u32 b)
{
	return (__s32)(a - b) < 0;
}

static __u32 load_acquire(VIRT_WORD *p)
{
	return atomic_load_explicit(p, memory_order_acquire);
}

static __u32 load_relaxed(VIRT_WORD *p)
{
	return atomic_load_explicit(p, memory_order_relaxed);
}

static void store_release(VIRT_WORD *p, __u32 v)
{
	atomic_store_explicit(p, v, memory_order_release);
}

static void store_relaxed(VIRT_WORD *p, __u32 v)
{
	atomic_store_explicit(p, v, memory_order_relaxed);
}

/* Until the guest has come to @count; acquires what it did before. */
static void host_wait(VIRT_WORD *at, __u32 count)
{
	double limit = 0;
	__u32 spins;

	for (spins = 1; before(load_acquire(at), count); spins++) {
		if (spins % (1 << 20))
			continue;
		if (!limit)
			limit = now() + VIRT_PATIENCE_S;
		give_up(limit);
	}
}

static void host_sb(struct virt_shared *shared, struct host_count *count)
{
	__u32 at = load_relaxed(&shared->host_at);
	/* Not the guest's, or both would wait the same time. */
	__u32 seed = ~at;
	int i;

	for (i = 0; i < VIRT_SLOTS; i++) {
		struct virt_slot *slot = &shared->slots[i];

		store_release(&shared->host_at, ++at);
		host_wait(&shared->guest_at, at);
		virt_jitter(&seed, 7);

		store_relaxed(&slot->y, 1);
		/* Pairs with guest_full() in guest_sb(). */
		atomic_thread_fence(memory_order_seq_cst);
		store_relaxed(&slot->host_saw, load_relaxed(&slot->x));
	}

	count->rounds += VIRT_SLOTS;
}

/* After the batch, when the guest is still: count, and clear for the next. */
static void count_sb(struct virt_shared *shared, struct host_count *count)
{
	int i;

	for (i = 0; i < VIRT_SLOTS; i++) {
		struct virt_slot *slot = &shared->slots[i];

		count->weak += !slot->guest_saw && !slot->host_saw;
		slot->x = 0;
		slot->y = 0;
	}
}

static bool intact(struct virt_entry *entry, __u32 number)
{
	__u32 sum = entry->sum;
	int i;

	for (i = 0; i < VIRT_WORDS; i++)
		sum ^= load_relaxed(&entry->words[i]);
	return entry->number == number && sum == number;
}

/*
 * Sleep until the guest kicks for a message after @used.  A real host would
 * sleep for good if the guest has settled that it need not; that is counted.
 */
static void host_sleep(struct virt_ring *ring, __u32 used,
		       struct host_count *count)
{
	double limit = now() + VIRT_PATIENCE_S;
	bool settled;

	for (;;) {
		/* Before the look at the kick; pairs with guest_ring(). */
		settled = before(used, load_acquire(&ring->settled));
		if (before(used, load_relaxed(&ring->kick)))
			return;
		if (settled) {
			count->weak++;
			return;
		}
		give_up(limit);
	}
}

static void host_ring(struct virt_shared *shared, struct host_count *count)
{
	struct virt_ring *ring = &shared->ring;
	struct virt_entry *entry;
	__u32 used = load_relaxed(&ring->used);
	__u32 end = used + VIRT_SLOTS;
	__u32 seed = ~used;

	while (used != end) {
		/* Index before message; pairs with the release in guest_ring(). */
		while (used != load_acquire(&ring->avail)) {
			entry = &ring->entries[used++ % VIRT_ENTRIES];
			count->damaged += !intact(entry, used);
			store_release(&ring->used, used);
		}
		if (used == end)
			break;
		/* As long as the guest takes for its next message. */
		virt_jitter(&seed, 12);

		store_relaxed(&ring->want_kick, 1);
		/*
		 * The wish before the last look; pairs with guest_full() in
		 * guest_ring().
		 */
		atomic_thread_fence(memory_order_seq_cst);
		if (used == load_relaxed(&ring->avail))
			host_sleep(ring, used, count);
		store_relaxed(&ring->want_kick, 0);
	}

	count->rounds += VIRT_SLOTS;
}

static void host_batch(struct virt_shared *shared, const struct host_case *c,
		       struct host_count *count)
{
	static __u32 batch;

	shared->test = c->run;
	shared->fence = c->guest;
	/* Pairs with guest_wait() in guest_serve(). */
	store_release(&shared->request, ++batch);
	if (c->run == VIRT_TEST_END)
		return;

	if (c->run == VIRT_TEST_SB)
		host_sb(shared, count);
	else
		host_ring(shared, count);

	host_wait(&shared->done, batch);
	if (c->run == VIRT_TEST_SB)
		count_sb(shared, count);
}

/* One line of the table; is it as the contract says? */
static bool host_case(struct virt_shared *shared, const struct host_case *c,
		      double seconds)
{
	struct host_count count = { 0 };
	double start = now();
	const char *verdict;
	bool good;

	while (now() < start + seconds ||
	       (c->weak_is_allowed && !count.weak &&
		now() < start + seconds * VIRT_STUBBORN))
		host_batch(shared, c, &count);

	good = !count.damaged && c->weak_is_allowed == !!count.weak;
	if (count.damaged)
		verdict = "DAMAGED";
	else if (good)
		verdict = "ok";
	else if (c->weak_is_allowed)
		verdict = "BLIND";
	else
		verdict = "BROKEN";

	printf("%-5s %-13s %12lu %10lu %8lu  %-9s  %s\n", c->test, c->fence,
	       count.rounds, count.weak, count.damaged,
	       c->weak_is_allowed ? "allowed" : "forbidden", verdict);
	fflush(stdout);
	return good;
}

static_assert(sizeof(struct virt_shared) <= FILE_SIZE,
	      "the memory fits into the file");

static int invite(const char *file)
{
	const __u64 invitation = VIRT_INVITATION;
	int fd = open(file, O_RDWR | O_CREAT | O_EXCL, 0600);

	if (fd < 0 || ftruncate(fd, FILE_SIZE) ||
	    pwrite(fd, &invitation, sizeof(invitation),
		   offsetof(struct virt_shared, magic)) != sizeof(invitation))
		die(strerror(errno));
	close(fd);
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	double seconds = argc > 2 ? atof(argv[2]) : 2;
	const struct host_case end = { .run = VIRT_TEST_END };
	unsigned int i, n = sizeof(host_cases) / sizeof(*host_cases);
	struct virt_shared *shared;
	char dir[PATH_MAX];
	unsigned int passed = 0;
	pid_t guest;

	if (argc == 3 && !strcmp(argv[1], "--invite"))
		return invite(argv[2]);
	if (argc < 2 || !(seconds > 0) || !realpath(argv[1], dir)) {
		fprintf(stderr, "usage: virt_host DIR [SECONDS]\n       virt_host --invite FILE\n");
		return 2;
	}

	shared = map_shared(dir, &guest);
	place(guest);

	printf("%-5s %-13s %12s %10s %8s  %-9s  %s\n", "test", "guest's fence",
	       "rounds", "weak", "damaged", "contract", "verdict");
	for (i = 0; i < n; i++)
		passed += host_case(shared, &host_cases[i], seconds);
	host_batch(shared, &end, NULL);

	puts("\nweak: in SB neither side saw the other's store; in ring a message is there,\n"
	     "the host sleeps, and the guest does not wake it.  BLIND: allowed, not seen.");
	printf("%u passed, %u failed, 0 skipped\n", passed, n - passed);
	return passed == n ? EXIT_SUCCESS : EXIT_FAILURE;
}
