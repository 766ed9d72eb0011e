/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's own operations, and the table of their known bugs, for the suite
 * membar_kernel.
 */
#ifndef _MEMBAR_KERNEL_KUNIT_H
#define _MEMBAR_KERNEL_KUNIT_H

#include "atomic_check.h"

/**
 * struct kernel_kunit_row - one macro or function of the kernel, on one type
 * @row: how to run it, and what the model calls it
 * @macro: its name in the kernel
 * @type: the type that it is used on
 */
struct kernel_kunit_row {
	struct atomic_kunit_row row;
	const char *macro;
	const char *type;
};

/**
 * struct kernel_kunit_fence - an operation that must stop the compiler
 * @macro: its name in the kernel
 * @type: the type that it is used on
 * @reloads: whether a plain load is executed again after it
 */
struct kernel_kunit_fence {
	const char *macro;
	const char *type;
	bool (*reloads)(void);
};

/**
 * struct kernel_bug - one known bug of the kernel
 * @name: unique, and the same in Documentation/kernel-bugs.rst
 * @text: architecture, operation, type
 * @since: first version with it, as far as the sources at hand tell
 * @here: whether this kernel, on this machine, is one that has it
 * @explains: whether the bug makes this attempt differ from the model; NULL if
 *	      it is a bug of another kind
 * @unordered: whether the bug makes the operation no compiler barrier; or NULL
 * @unusable: whether something cannot be compiled or called, so that no row has
 *	      it; or NULL
 * @may_hide: whether it depends on the compiler's choices, and need not be seen
 */
struct kernel_bug {
	const char *name;
	const char *text;
	const char *since;
	bool (*here)(void);
	bool (*explains)(const struct kernel_kunit_row *row,
			 const struct atomic_kunit_try *t);
	bool (*unordered)(const struct kernel_kunit_fence *fence);
	bool (*unusable)(void);
	bool may_hide;
};

#define KERNEL_BUGS_NR	25
extern const struct kernel_bug kernel_bugs[KERNEL_BUGS_NR];

#endif /* _MEMBAR_KERNEL_KUNIT_H */
