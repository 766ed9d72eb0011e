/* SPDX-License-Identifier: GPL-2.0 */
/* The test keeps the files, and does what programs do with them. */
#ifndef _MEMBAR_THREADS_LINUX_DEBUGFS_H
#define _MEMBAR_THREADS_LINUX_DEBUGFS_H

#include <linux/seq_file.h>

struct dentry *debugfs_create_dir(const char *name, struct dentry *parent);
void debugfs_create_file(const char *name, unsigned int mode,
			 struct dentry *parent, void *data,
			 const struct file_operations *fops);
/* Whose operations are called as they are, flush() included. */
void debugfs_create_file_unsafe(const char *name, unsigned int mode,
				struct dentry *parent, void *data,
				const struct file_operations *fops);
void debugfs_remove_recursive(struct dentry *dentry);

#endif /* _MEMBAR_THREADS_LINUX_DEBUGFS_H */
