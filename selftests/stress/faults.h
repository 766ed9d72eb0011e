/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Makes every call of the module that may fail, fail on demand.
 *
 * Only in a build with MEMBAR_FAULTS=1, where the compiler reads this file
 * before each source: the names of those calls become macros that ask
 * membar_fault() first.  The sources know nothing of it.
 *
 * The section membar_faults has the text of each place, so that a test can tell
 * that it came to all of them.
 */
#ifndef _MEMBAR_FAULTS_H
#define _MEMBAR_FAULTS_H

/* As the sources say it, which come too late. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpuhotplug.h>
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include <linux/string.h>
#include <linux/stringify.h>
#include <linux/suspend.h>

/* Whether this call, at @site, is the one that shall fail. */
bool membar_fault(const char *site);

#define MEMBAR_FAULT(what)						\
({									\
	static const char __site[] __used __section("membar_faults") =	\
		__FILE__ ":" __stringify(__LINE__) " " what;		\
									\
	membar_fault(__site);						\
})

/* The kernel's own may be macros, which cannot name themselves. */
static inline void *membar_kzalloc(size_t size, gfp_t flags)
{
	return kzalloc(size, flags);
}

static inline void *membar_kcalloc(size_t n, size_t size, gfp_t flags)
{
	return kcalloc(n, size, flags);
}

static inline void *membar_kvcalloc(size_t n, size_t size, gfp_t flags)
{
	return kvcalloc(n, size, flags);
}

static inline void *membar_kvzalloc(size_t size, gfp_t flags)
{
	return kvzalloc(size, flags);
}

static inline void *membar_kvmalloc(size_t size, gfp_t flags)
{
	return kvmalloc(size, flags);
}

static inline int membar_init_srcu_struct(struct srcu_struct *srcu)
{
	return init_srcu_struct(srcu);
}

static inline struct dentry *
membar_debugfs_create_file(const char *name, umode_t mode, struct dentry *dir,
			   void *data, const struct file_operations *fops)
{
	return debugfs_create_file(name, mode, dir, data, fops);
}

#undef init_srcu_struct
#define init_srcu_struct(srcu)						\
	(MEMBAR_FAULT("init_srcu_struct") ? -ENOMEM :			\
	 membar_init_srcu_struct(srcu))
#undef kzalloc
#define kzalloc(...)							\
	(MEMBAR_FAULT("kzalloc") ? NULL : membar_kzalloc(__VA_ARGS__))
/* Newer kernels' way to name what is allocated. */
#undef kzalloc_obj
#define kzalloc_obj(object, flags)	kzalloc(sizeof(object), flags)
#undef kcalloc
#define kcalloc(...)							\
	(MEMBAR_FAULT("kcalloc") ? NULL : membar_kcalloc(__VA_ARGS__))
#undef kvcalloc
#define kvcalloc(...)							\
	(MEMBAR_FAULT("kvcalloc") ? NULL : membar_kvcalloc(__VA_ARGS__))
#undef kvzalloc
#define kvzalloc(...)							\
	(MEMBAR_FAULT("kvzalloc") ? NULL : membar_kvzalloc(__VA_ARGS__))
#undef kvmalloc
#define kvmalloc(...)							\
	(MEMBAR_FAULT("kvmalloc") ? NULL : membar_kvmalloc(__VA_ARGS__))
#undef kthread_create
#define kthread_create(work, data, ...)					\
	(MEMBAR_FAULT("kthread_create") ? ERR_PTR(-ENOMEM) :		\
	 kthread_create_on_node(work, data, NUMA_NO_NODE, __VA_ARGS__))
#undef debugfs_create_file
#define debugfs_create_file(...)					\
	(MEMBAR_FAULT("debugfs_create_file") ? ERR_PTR(-ENOMEM) :	\
	 membar_debugfs_create_file(__VA_ARGS__))
#define debugfs_create_file_unsafe(...)					\
	(MEMBAR_FAULT("debugfs_create_file_unsafe") ? ERR_PTR(-ENOMEM) : \
	 debugfs_create_file_unsafe(__VA_ARGS__))
#define debugfs_create_dir(...)						\
	(MEMBAR_FAULT("debugfs_create_dir") ? ERR_PTR(-ENOMEM) :	\
	 debugfs_create_dir(__VA_ARGS__))
#define single_open(...)						\
	(MEMBAR_FAULT("single_open") ? -ENOMEM : single_open(__VA_ARGS__))
#define cpuhp_setup_state_nocalls(...)					\
	(MEMBAR_FAULT("cpuhp_setup_state_nocalls") ? -ENOSPC :		\
	 cpuhp_setup_state_nocalls(__VA_ARGS__))
#define register_pm_notifier(...)					\
	(MEMBAR_FAULT("register_pm_notifier") ? -EEXIST :		\
	 register_pm_notifier(__VA_ARGS__))

/* Returns nothing: where the CPU has gone, the thread runs on another. */
#define kthread_bind(...)						\
do {									\
	if (!MEMBAR_FAULT("kthread_bind"))				\
		kthread_bind(__VA_ARGS__);				\
} while (0)

#endif /* _MEMBAR_FAULTS_H */
