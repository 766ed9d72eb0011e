// SPDX-License-Identifier: GPL-2.0
/*
 * Litmus tests on the CPUs of this machine, through the barriers of membar.h:
 * the module's files under debugfs, and what ends a run from outside.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpuhotplug.h>
#include <linux/debugfs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/suspend.h>
#include <linux/uaccess.h>

#include "run.h"

static struct dentry *dir;
static int hotplug_state;

static int run_show(struct seq_file *m, void *unused)
{
	seq_puts(m, membar_request_usage);
	return 0;
}

/**
 * struct text - what was written to an open file and has not run yet
 * @len: bytes in @buf
 * @over: it was more than there may be, and what still comes belongs to it
 * @buf: a litmus file, or the request that goes before it
 */
struct text {
	size_t len;
	bool over;
	char buf[MEMBAR_FILE_LEN];
};

static struct text *empty_text(void)
{
	struct text *text = kvmalloc(sizeof(*text), GFP_KERNEL);

	if (text) {
		text->len = 0;
		text->over = false;
	}
	return text;
}

static int run_open(struct inode *inode, struct file *file)
{
	struct text *text = NULL;
	int err;

	if (file->f_mode & FMODE_WRITE) {
		text = empty_text();
		if (!text)
			return -ENOMEM;
	}
	err = single_open(file, run_show, text);
	if (err)
		kvfree(text);
	return err;
}

static struct text *text_of(struct file *file)
{
	struct seq_file *m = file->private_data;

	return m->private;
}

static int run_release(struct inode *inode, struct file *file)
{
	kvfree(text_of(file));
	return single_release(inode, file);
}

static int run_text(struct text *text)
{
	const size_t len = text->len;

	/* Whatever becomes of it, it does not run twice. */
	text->len = 0;
	return membar_session_run(text->buf, len);
}

/*
 * A request is one write.  A litmus file may come in several: as long as each is
 * a multiple of what programs copy at a time, there may be more.  And a request
 * for a file waits for that file.
 */
static bool more_comes(const struct text *text, size_t written)
{
	size_t line;

	if (membar_request_split(text->buf, text->len, &line) < text->len)
		return written % 4096 == 0;
	return membar_request_wants_file(text->buf, text->len);
}

/* Add to the text, and run it if it is complete; the lock is held. */
static int add_text(struct text *text, const char __user *from, size_t len)
{
	if (text->over)
		return -EINVAL;
	if (copy_from_user(text->buf + text->len, from, len)) {
		text->len = 0;
		return -EFAULT;
	}
	text->len += len;
	/* The parser says so. */
	text->over = text->len == sizeof(text->buf);
	if (!text->over && more_comes(text, len))
		return 0;
	return run_text(text);
}

static ssize_t run_write(struct file *file, const char __user *from,
			 size_t len, loff_t *pos)
{
	struct seq_file *m = file->private_data;
	struct text *text = m->private;
	int err;

	mutex_lock(&m->lock);
	len = min(len, sizeof(text->buf) - text->len);
	err = add_text(text, from, len);
	mutex_unlock(&m->lock);
	return err ?: len;
}

/* What looked as if there were more to come was all. */
static int run_flush(struct file *file, fl_owner_t id)
{
	struct seq_file *m = file->private_data;
	struct text *text = m->private;
	size_t line;
	int err = 0;

	if (!text)
		return 0;
	mutex_lock(&m->lock);
	if (membar_request_split(text->buf, text->len, &line) < text->len)
		err = run_text(text);
	mutex_unlock(&m->lock);
	return err;
}

static const struct file_operations run_fops = {
	.owner = THIS_MODULE,
	.open = run_open,
	.read = seq_read,
	.write = run_write,
	.flush = run_flush,
	.llseek = seq_lseek,
	.release = run_release,
};

static ssize_t stop_write(struct file *file, const char __user *from,
			  size_t len, loff_t *pos)
{
	membar_session_stop("stopped by request");
	return len;
}

static const struct file_operations stop_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = stop_write,
	.llseek = noop_llseek,
};

static int progress_show(struct seq_file *m, void *unused)
{
	return membar_session_show(m, membar_report_progress);
}
DEFINE_SHOW_ATTRIBUTE(progress);

static int results_show(struct seq_file *m, void *unused)
{
	return membar_session_show(m, membar_report_ktap);
}
DEFINE_SHOW_ATTRIBUTE(results);

static int json_show(struct seq_file *m, void *unused)
{
	return membar_session_show(m, membar_report_json);
}
DEFINE_SHOW_ATTRIBUTE(json);

static int histogram_show(struct seq_file *m, void *unused)
{
	return membar_session_show(m, membar_report_histogram);
}
DEFINE_SHOW_ATTRIBUTE(histogram);

static int log_show(struct seq_file *m, void *unused)
{
	return membar_session_show(m, membar_report_log);
}
DEFINE_SHOW_ATTRIBUTE(log);

static int tests_show(struct seq_file *m, void *unused)
{
	membar_report_tests(m);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(tests);

static int cells_show(struct seq_file *m, void *unused)
{
	membar_report_cells(m);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(cells);

static int cpu_goes_offline(unsigned int cpu)
{
	membar_session_cpu_goes(cpu);
	return 0;
}

/* From the first of these events to the last, no campaign can begin. */
static int pm_event(struct notifier_block *nb, unsigned long event, void *data)
{
	switch (event) {
	case PM_SUSPEND_PREPARE:
	case PM_HIBERNATION_PREPARE:
	case PM_RESTORE_PREPARE:
		membar_session_close("the system suspends");
		break;
	case PM_POST_SUSPEND:
	case PM_POST_HIBERNATION:
	case PM_POST_RESTORE:
		membar_session_open();
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block pm_notifier = { .notifier_call = pm_event };

static void create_files(void)
{
	dir = debugfs_create_dir("membar", NULL);
	/*
	 * Not by way of the operations that debugfs puts before ours, which know
	 * no flush().  They protect an open file from its removal; this one pins
	 * the module, and is removed with it.
	 */
	debugfs_create_file_unsafe("run", 0600, dir, NULL, &run_fops);
	debugfs_create_file("stop", 0200, dir, NULL, &stop_fops);
	debugfs_create_file("progress", 0400, dir, NULL, &progress_fops);
	debugfs_create_file("results", 0400, dir, NULL, &results_fops);
	debugfs_create_file("results.json", 0400, dir, NULL, &json_fops);
	debugfs_create_file("histogram", 0400, dir, NULL, &histogram_fops);
	debugfs_create_file("log", 0400, dir, NULL, &log_fops);
	debugfs_create_file("tests", 0400, dir, NULL, &tests_fops);
	debugfs_create_file("cells", 0400, dir, NULL, &cells_fops);
}

static int __init membar_stress_init(void)
{
	int err;

	err = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN,
					"membar/stress:online", NULL,
					cpu_goes_offline);
	if (err < 0)
		return err;
	hotplug_state = err;

	err = register_pm_notifier(&pm_notifier);
	if (err) {
		cpuhp_remove_state_nocalls(hotplug_state);
		return err;
	}

	create_files();
	if (membar_broken_cell)
		pr_warn("broken on purpose: %s\n", membar_broken_cell);
	pr_info("%u shapes, %u edges\n", membar_nr_shapes, MEMBAR_NR_EDGES);
	return 0;
}

static void __exit membar_stress_exit(void)
{
	/* An open file pins the module: what may still run is in background. */
	debugfs_remove_recursive(dir);
	unregister_pm_notifier(&pm_notifier);
	membar_session_close("the module is removed");
	cpuhp_remove_state_nocalls(hotplug_state);
	membar_session_free();
}

module_init(membar_stress_init);
module_exit(membar_stress_exit);

MODULE_DESCRIPTION("Litmus tests for memory barriers with typed orderings");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
MODULE_VERSION("1.0");
