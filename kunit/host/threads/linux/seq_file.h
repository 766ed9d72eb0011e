/* SPDX-License-Identifier: GPL-2.0 */
/* A file that is shown by a function, and has a lock. */
#ifndef _MEMBAR_THREADS_LINUX_SEQ_FILE_H
#define _MEMBAR_THREADS_LINUX_SEQ_FILE_H

#include <linux/fs.h>
#include <linux/mutex.h>

struct seq_file {
	char *buf;
	size_t size;
	size_t count;
	/* Of those who share the open file. */
	struct mutex lock;
	int (*show)(struct seq_file *m, void *data);
	void *private;
};

void seq_puts(struct seq_file *m, const char *text);
int single_open(struct file *file, int (*show)(struct seq_file *m, void *data),
		void *data);
int single_release(struct inode *inode, struct file *file);
ssize_t seq_read(struct file *file, char *to, size_t len, loff_t *pos);
loff_t seq_lseek(struct file *file, loff_t pos, int whence);

#define DEFINE_SHOW_ATTRIBUTE(name)					\
static int name##_open(struct inode *inode, struct file *file)		\
{									\
	return single_open(file, name##_show, inode->i_private);	\
}									\
									\
static const struct file_operations name##_fops = {			\
	.owner = THIS_MODULE,						\
	.open = name##_open,						\
	.read = seq_read,						\
	.llseek = seq_lseek,						\
	.release = single_release,					\
}

#endif /* _MEMBAR_THREADS_LINUX_SEQ_FILE_H */
