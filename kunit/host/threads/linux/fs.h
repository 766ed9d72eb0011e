/* SPDX-License-Identifier: GPL-2.0 */
/* Files, as far as a module knows them. */
#ifndef _MEMBAR_THREADS_LINUX_FS_H
#define _MEMBAR_THREADS_LINUX_FS_H

#include <sys/types.h>

#define FMODE_READ	1
#define FMODE_WRITE	2
#define __user

typedef void *fl_owner_t;

struct inode {
	void *i_private;
};

struct file {
	unsigned int f_mode;
	void *private_data;
};

struct file_operations {
	const void *owner;
	int (*open)(struct inode *inode, struct file *file);
	ssize_t (*read)(struct file *file, char *to, size_t len, loff_t *pos);
	ssize_t (*write)(struct file *file, const char *from, size_t len,
			 loff_t *pos);
	int (*flush)(struct file *file, fl_owner_t id);
	loff_t (*llseek)(struct file *file, loff_t pos, int whence);
	int (*release)(struct inode *inode, struct file *file);
};

int simple_open(struct inode *inode, struct file *file);
loff_t noop_llseek(struct file *file, loff_t pos, int whence);

#endif /* _MEMBAR_THREADS_LINUX_FS_H */
