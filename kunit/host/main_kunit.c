// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of the module's files: what is written to them, in parts or at once, what is
 * read from them, and what the system tells the module.  The test plays the session.
 * They run on the host only: tools/stress-host kunit.
 */
#include <kunit/test.h>
#include <linux/cpuhotplug.h>
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/suspend.h>
#include <linux/uaccess.h>

#include "note.h"
#include "run.h"
#include "threads.h"

/* That of report.c, but one that a test may change. */
const char *broken_cell __asm__("membar_broken_cell");

#define MAX_FILES	16

/* The files that there are. */
static struct entry {
	const char *name;
	unsigned int mode;
	const struct file_operations *fops;
	bool plain;
} entry[MAX_FILES];
static unsigned int nr_entries;

static struct kunit *now;
static char printed[256];

/* What the session was given last, what it says, and what the calls of init say. */
static char text[MEMBAR_FILE_LEN + 1];
static int run_error, cpuhp_error, pm_error;
static int (*cpu_goes)(unsigned int cpu);
static struct notifier_block *pm;
/* Where a program has no memory. */
static const char nowhere[1];

/*
 * What the module calls
 * =====================
 */

void print_text(const char *fmt, ...)
{
	size_t n = strlen(printed);
	va_list args;

	va_start(args, fmt);
	vsnprintf(printed + n, sizeof(printed) - n, fmt, args);
	va_end(args);
}

void before_read(const void *p)
{
}

unsigned long copy_from_user(void *to, const void *from, size_t len)
{
	if (from == nowhere)
		return 1;
	memcpy(to, from, len);
	return 0;
}

static int the_directory;
#define DIRECTORY	((struct dentry *)&the_directory)

struct dentry *debugfs_create_dir(const char *name, struct dentry *parent)
{
	note("%s%s", name, parent ? " in a directory" : "");
	return DIRECTORY;
}

static void add_file(struct entry e, struct dentry *parent)
{
	KUNIT_EXPECT_TRUE(now, parent == DIRECTORY);
	KUNIT_ASSERT_LT(now, nr_entries, MAX_FILES);
	entry[nr_entries++] = e;
}

void debugfs_create_file(const char *name, unsigned int mode,
			 struct dentry *parent, void *data,
			 const struct file_operations *fops)
{
	add_file((struct entry){ name, mode, fops, false }, parent);
}

void debugfs_create_file_unsafe(const char *name, unsigned int mode,
				struct dentry *parent, void *data,
				const struct file_operations *fops)
{
	add_file((struct entry){ name, mode, fops, true }, parent);
}

void debugfs_remove_recursive(struct dentry *dentry)
{
	KUNIT_EXPECT_TRUE(now, dentry == DIRECTORY);
	note("files gone");
	nr_entries = 0;
}

int cpuhp_setup_state_nocalls(enum cpuhp_state state, const char *name,
			      int (*startup)(unsigned int cpu),
			      int (*teardown)(unsigned int cpu))
{
	note("cpuhp %s %s%s", state == CPUHP_AP_ONLINE_DYN ? "online" : "other",
	     name, startup ? " startup" : "");
	cpu_goes = teardown;
	return cpuhp_error ?: state + 7;
}

void cpuhp_remove_state_nocalls(enum cpuhp_state state)
{
	note("cpuhp of %d gone", state - CPUHP_AP_ONLINE_DYN);
}

int register_pm_notifier(struct notifier_block *nb)
{
	note("pm");
	pm = nb;
	return pm_error;
}

int unregister_pm_notifier(struct notifier_block *nb)
{
	KUNIT_EXPECT_TRUE(now, nb == pm);
	note("pm gone");
	return 0;
}

int simple_open(struct inode *inode, struct file *file)
{
	return 0;
}

loff_t noop_llseek(struct file *file, loff_t pos, int whence)
{
	return 0;
}

int single_open(struct file *file, int (*show)(struct seq_file *m, void *data),
		void *data)
{
	struct seq_file *m = kvzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	m->show = show;
	m->private = data;
	file->private_data = m;
	return 0;
}

int single_release(struct inode *inode, struct file *file)
{
	kvfree(file->private_data);
	return 0;
}

void seq_puts(struct seq_file *m, const char *words)
{
	m->count += snprintf(m->buf + m->count, m->size - m->count, "%s", words);
}

ssize_t seq_read(struct file *file, char *to, size_t len, loff_t *pos)
{
	struct seq_file *m = file->private_data;
	int err;

	m->buf = to;
	m->size = len;
	m->count = 0;
	mutex_lock(&m->lock);
	err = m->show(m, NULL);
	mutex_unlock(&m->lock);
	return err ?: (ssize_t)m->count;
}

loff_t seq_lseek(struct file *file, loff_t pos, int whence)
{
	return 0;
}

/* Two programs that have the same open file do not run it at the same time. */
int membar_session_run(const char *buf, size_t len)
{
	KUNIT_EXPECT_EQ(now, nr_locked, 1);
	KUNIT_ASSERT_LE(now, len, MEMBAR_FILE_LEN);
	note("run %zu", len);
	memcpy(text, buf, len);
	text[len] = '\0';
	return run_error;
}

void membar_session_stop(const char *reason)
{
	note("stop: %s", reason);
}

void membar_session_cpu_goes(unsigned int cpu)
{
	note("CPU %u goes", cpu);
}

void membar_session_close(const char *reason)
{
	note("close: %s", reason);
}

void membar_session_open(void)
{
	note("open");
}

void membar_session_free(void)
{
	note("free");
}

int membar_session_show(struct seq_file *m,
			void (*show)(struct seq_file *m,
				     const struct membar_session *s))
{
	show(m, NULL);
	return 0;
}

#define REPORT(name)							\
void membar_report_##name(struct seq_file *m, const struct membar_session *s) \
{									\
	seq_puts(m, "a report: " #name);				\
}
REPORT(progress)
REPORT(ktap)
REPORT(json)
REPORT(histogram)
REPORT(log)
#undef REPORT

void membar_report_tests(struct seq_file *m)
{
	seq_puts(m, "all tests");
}

void membar_report_cells(struct seq_file *m)
{
	seq_puts(m, "all cells");
}

/*
 * Loading
 * =======
 */

static void begin(struct kunit *test)
{
	now = test;
	threads_begin(test, 0);
	notes[0] = '\0';
	printed[0] = '\0';
	nr_entries = 0;
	run_error = 0;
	cpuhp_error = 0;
	pm_error = 0;
	broken_cell = NULL;
}

static void load(struct kunit *test)
{
	begin(test);
	KUNIT_ASSERT_EQ(test, load_module(), 0);
	notes[0] = '\0';
}

static void forget(struct kunit *test)
{
	threads_end();
}

static void the_module_comes_and_goes(struct kunit *test)
{
	static const struct {
		const char *name;
		unsigned int mode;
	} rows[] = {
		{ "run", 0600 }, { "stop", 0200 }, { "progress", 0400 },
		{ "results", 0400 }, { "results.json", 0400 },
		{ "histogram", 0400 }, { "log", 0400 }, { "tests", 0400 },
		{ "cells", 0400 },
	};
	char words[64];
	unsigned int i;

	begin(test);
	KUNIT_EXPECT_EQ(test, load_module(), 0);
	KUNIT_EXPECT_STREQ(test, notes, "cpuhp online membar/stress:online|pm|membar");
	snprintf(words, sizeof(words), "info membar_stress: %u shapes, %u edges\n",
		 membar_nr_shapes, MEMBAR_NR_EDGES);
	KUNIT_EXPECT_STREQ(test, printed, words);
	KUNIT_ASSERT_EQ(test, nr_entries, ARRAY_SIZE(rows));
	for (i = 0; i < nr_entries; i++) {
		KUNIT_EXPECT_STREQ(test, entry[i].name, rows[i].name);
		KUNIT_EXPECT_EQ(test, entry[i].mode, rows[i].mode);
		/* Only one of them has to be told of each close(). */
		KUNIT_EXPECT_EQ(test, entry[i].plain, !i);
	}
	notes[0] = '\0';
	remove_module();
	/* Nobody can write before it is closed, and it is closed before it is freed. */
	KUNIT_EXPECT_STREQ(test, notes,
			   "files gone|pm gone|close: the module is removed|cpuhp of 7 gone|free");
}

static void what_is_broken_is_told(struct kunit *test)
{
	begin(test);
	broken_cell = "smp_mb:full";
	KUNIT_EXPECT_EQ(test, load_module(), 0);
	KUNIT_EXPECT_TRUE(test, strstr(printed,
				       "warn membar_stress: broken on purpose: smp_mb:full\n"));
}

static void a_module_may_fail(struct kunit *test)
{
	begin(test);
	cpuhp_error = -ENOSPC;
	KUNIT_EXPECT_EQ(test, load_module(), -ENOSPC);
	KUNIT_EXPECT_STREQ(test, notes, "cpuhp online membar/stress:online");
	begin(test);
	pm_error = -EEXIST;
	KUNIT_EXPECT_EQ(test, load_module(), -EEXIST);
	KUNIT_EXPECT_STREQ(test, notes,
			   "cpuhp online membar/stress:online|pm|cpuhp of 7 gone");
	KUNIT_EXPECT_EQ(test, nr_entries, 0);
	KUNIT_EXPECT_STREQ(test, printed, "");
}

static void the_system_tells_the_module(struct kunit *test)
{
	static const struct {
		unsigned long event;
		const char *notes;
	} rows[] = {
		{ PM_SUSPEND_PREPARE, "close: the system suspends" },
		{ PM_HIBERNATION_PREPARE, "close: the system suspends" },
		{ PM_RESTORE_PREPARE, "close: the system suspends" },
		{ PM_POST_SUSPEND, "open" },
		{ PM_POST_HIBERNATION, "open" },
		{ PM_POST_RESTORE, "open" },
		{ 99, "" },
	};
	unsigned int i;

	load(test);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		notes[0] = '\0';
		KUNIT_EXPECT_EQ(test, pm->notifier_call(pm, rows[i].event, NULL),
				NOTIFY_DONE);
		KUNIT_EXPECT_STREQ(test, notes, rows[i].notes);
	}
	notes[0] = '\0';
	KUNIT_EXPECT_EQ(test, cpu_goes(5), 0);
	KUNIT_EXPECT_STREQ(test, notes, "CPU 5 goes");
}

/*
 * Files
 * =====
 */

static const struct file_operations *ops(struct kunit *test, const char *name)
{
	unsigned int i;

	for (i = 0; i < nr_entries; i++)
		if (!strcmp(entry[i].name, name))
			return entry[i].fops;
	KUNIT_ASSERT_TRUE_MSG(test, false, "no file %s", name);
	return NULL;
}

static struct inode inode;
static struct file file;

static void open_file(struct kunit *test, const char *name, unsigned int mode)
{
	file = (struct file){ .f_mode = mode };
	KUNIT_ASSERT_EQ_MSG(test, ops(test, name)->open(&inode, &file), 0, "%s", name);
}

static void expect_read(struct kunit *test, const char *name, const char *wanted)
{
	static char buf[8192];
	ssize_t n;

	open_file(test, name, FMODE_READ);
	n = ops(test, name)->read(&file, buf, sizeof(buf), NULL);
	KUNIT_EXPECT_EQ_MSG(test, n, (ssize_t)strlen(wanted), "%s", name);
	KUNIT_EXPECT_STREQ(test, buf, wanted);
	if (ops(test, name)->flush)
		KUNIT_EXPECT_EQ(test, ops(test, name)->flush(&file, NULL), 0);
	KUNIT_EXPECT_EQ(test, ops(test, name)->release(&inode, &file), 0);
	KUNIT_EXPECT_EQ(test, nr_allocated, 0);
}

static void files_are_read(struct kunit *test)
{
	load(test);
	expect_read(test, "run", membar_request_usage);
	expect_read(test, "progress", "a report: progress");
	expect_read(test, "results", "a report: ktap");
	expect_read(test, "results.json", "a report: json");
	expect_read(test, "histogram", "a report: histogram");
	expect_read(test, "log", "a report: log");
	expect_read(test, "tests", "all tests");
	expect_read(test, "cells", "all cells");
	KUNIT_EXPECT_STREQ(test, notes, "");
}

static void anything_written_stops(struct kunit *test)
{
	load(test);
	open_file(test, "stop", FMODE_WRITE);
	KUNIT_EXPECT_EQ(test, ops(test, "stop")->write(&file, "1\n", 2, NULL), 2);
	KUNIT_EXPECT_STREQ(test, notes, "stop: stopped by request");
}

static void begin_writing(struct kunit *test)
{
	load(test);
	open_file(test, "run", FMODE_WRITE);
	KUNIT_EXPECT_EQ(test, nr_allocated, 2);
}

/* Written by a program, which gets this. */
static void expect_write(struct kunit *test, const char *words, size_t len,
			 ssize_t wanted)
{
	notes[0] = '\0';
	KUNIT_EXPECT_EQ(test, ops(test, "run")->write(&file, words, len, NULL), wanted);
}

static void write_text(struct kunit *test, const char *words)
{
	expect_write(test, words, strlen(words), strlen(words));
}

static void expect_flush(struct kunit *test, int wanted)
{
	notes[0] = '\0';
	KUNIT_EXPECT_EQ(test, ops(test, "run")->flush(&file, NULL), wanted);
}

static void end_writing(struct kunit *test)
{
	expect_flush(test, 0);
	KUNIT_EXPECT_STREQ(test, notes, "");
	KUNIT_EXPECT_EQ(test, ops(test, "run")->release(&inode, &file), 0);
	KUNIT_EXPECT_EQ(test, nr_allocated, 0);
}

static void a_request_is_one_write(struct kunit *test)
{
	begin_writing(test);
	write_text(test, "SB+mbs\n");
	KUNIT_EXPECT_STREQ(test, notes, "run 7");
	KUNIT_EXPECT_STREQ(test, text, "SB+mbs\n");
	/* Another one does not repeat it. */
	write_text(test, "MP+mbs");
	KUNIT_EXPECT_STREQ(test, notes, "run 6");
	KUNIT_EXPECT_STREQ(test, text, "MP+mbs");
	write_text(test, "");
	KUNIT_EXPECT_STREQ(test, notes, "run 0");
	end_writing(test);
}

static void errors_of_a_request_are_told(struct kunit *test)
{
	begin_writing(test);
	run_error = -EBUSY;
	expect_write(test, "SB+mbs", 6, -EBUSY);
	KUNIT_EXPECT_STREQ(test, notes, "run 6");
	run_error = 0;
	write_text(test, "MP+mbs");
	KUNIT_EXPECT_STREQ(test, text, "MP+mbs");
	end_writing(test);
}

#define FIRST	"C t\n{}\n"
#define LAST	"P0(int *x)\n{\n}\nexists (x=1)\n"

static void a_request_waits_for_its_file(struct kunit *test)
{
	begin_writing(test);
	write_text(test, "test=- wait=0\n");
	KUNIT_EXPECT_STREQ(test, notes, "");
	/* One of those who have the file open closes it. */
	expect_flush(test, 0);
	KUNIT_EXPECT_STREQ(test, notes, "");
	write_text(test, FIRST LAST);
	KUNIT_EXPECT_STREQ(test, text, "test=- wait=0\n" FIRST LAST);
	write_text(test, "SB+mbs");
	KUNIT_EXPECT_STREQ(test, text, "SB+mbs");
	end_writing(test);
}

/* Text of a file, as long as programs copy at a time. */
static char block[3 * 4096];

static void make_block(void)
{
	memset(block, '\n', sizeof(block));
	memcpy(block, FIRST, strlen(FIRST));
}

static void a_file_comes_in_parts(struct kunit *test)
{
	begin_writing(test);
	make_block();
	expect_write(test, block, 4096, 4096);
	KUNIT_EXPECT_STREQ(test, notes, "");
	expect_write(test, block + 4096, 2 * 4096, 2 * 4096);
	KUNIT_EXPECT_STREQ(test, notes, "");
	expect_write(test, LAST, strlen(LAST), strlen(LAST));
	KUNIT_EXPECT_EQ(test, strlen(text), 3 * 4096 + strlen(LAST));
	KUNIT_EXPECT_EQ(test, memcmp(text, block, sizeof(block)), 0);
	KUNIT_EXPECT_STREQ(test, text + sizeof(block), LAST);
	/* It is over with less. */
	expect_write(test, block, 4095, 4095);
	KUNIT_EXPECT_STREQ(test, notes, "run 4095");
	expect_write(test, block, 4097, 4097);
	KUNIT_EXPECT_STREQ(test, notes, "run 4097");
	end_writing(test);
}

static void a_file_ends_when_it_is_closed(struct kunit *test)
{
	begin_writing(test);
	make_block();
	expect_write(test, block, 4096, 4096);
	expect_flush(test, 0);
	KUNIT_EXPECT_STREQ(test, notes, "run 4096");
	expect_flush(test, 0);
	KUNIT_EXPECT_STREQ(test, notes, "");
	expect_write(test, block, 8192, 8192);
	run_error = -EINVAL;
	expect_flush(test, -EINVAL);
	KUNIT_EXPECT_STREQ(test, notes, "run 8192");
	end_writing(test);
}

static void what_cannot_be_read_is_forgotten(struct kunit *test)
{
	begin_writing(test);
	write_text(test, "test=-\n");
	expect_write(test, nowhere, 1, -EFAULT);
	KUNIT_EXPECT_STREQ(test, notes, "");
	write_text(test, "SB+mbs");
	KUNIT_EXPECT_STREQ(test, text, "SB+mbs");
	end_writing(test);
}

static void too_much_is_refused(struct kunit *test)
{
	static char much[MEMBAR_FILE_LEN + 4096];

	begin_writing(test);
	memset(much, '\n', sizeof(much));
	memcpy(much, FIRST, strlen(FIRST));
	/* As much as there may be waits for more. */
	expect_write(test, much, MEMBAR_FILE_LEN - 4096, MEMBAR_FILE_LEN - 4096);
	KUNIT_EXPECT_STREQ(test, notes, "");
	/* The session says so. */
	run_error = -EINVAL;
	expect_write(test, much, 8192, -EINVAL);
	KUNIT_EXPECT_STREQ(test, notes, "run 65536");
	/* What comes then is its end, and no request. */
	run_error = 0;
	expect_write(test, "SB+mbs", 6, -EINVAL);
	KUNIT_EXPECT_STREQ(test, notes, "");
	end_writing(test);

	begin_writing(test);
	/* Less than all may be taken at once. */
	expect_write(test, much, sizeof(much), MEMBAR_FILE_LEN);
	KUNIT_EXPECT_STREQ(test, notes, "run 65536");
	expect_write(test, much, 1, -EINVAL);
	end_writing(test);

	begin_writing(test);
	expect_write(test, much, MEMBAR_FILE_LEN - 1, MEMBAR_FILE_LEN - 1);
	KUNIT_EXPECT_STREQ(test, notes, "run 65535");
	write_text(test, "SB+mbs");
	KUNIT_EXPECT_STREQ(test, notes, "run 6");
	end_writing(test);
}

static void memory_may_be_missing(struct kunit *test)
{
	unsigned int nth;

	load(test);
	for (nth = 1; nth <= 2; nth++) {
		failing_allocation = nth;
		file = (struct file){ .f_mode = FMODE_WRITE };
		KUNIT_EXPECT_EQ(test, ops(test, "run")->open(&inode, &file), -ENOMEM);
		KUNIT_EXPECT_EQ(test, nr_allocated, 0);
	}
	failing_allocation = 0;
	/* Whoever reads writes nothing. */
	open_file(test, "run", FMODE_READ);
	KUNIT_EXPECT_EQ(test, nr_allocated, 1);
	KUNIT_EXPECT_EQ(test, ops(test, "run")->release(&inode, &file), 0);
}

static struct kunit_case main_cases[] = {
	KUNIT_CASE(the_module_comes_and_goes),
	KUNIT_CASE(what_is_broken_is_told),
	KUNIT_CASE(a_module_may_fail),
	KUNIT_CASE(the_system_tells_the_module),
	KUNIT_CASE(files_are_read),
	KUNIT_CASE(anything_written_stops),
	KUNIT_CASE(a_request_is_one_write),
	KUNIT_CASE(errors_of_a_request_are_told),
	KUNIT_CASE(a_request_waits_for_its_file),
	KUNIT_CASE(a_file_comes_in_parts),
	KUNIT_CASE(a_file_ends_when_it_is_closed),
	KUNIT_CASE(what_cannot_be_read_is_forgotten),
	KUNIT_CASE(too_much_is_refused),
	KUNIT_CASE(memory_may_be_missing),
	{}
};

static struct kunit_suite main_suite = {
	.name = "membar_main",
	.exit = forget,
	.test_cases = main_cases,
};

kunit_test_suite(main_suite);
