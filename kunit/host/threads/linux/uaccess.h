/* SPDX-License-Identifier: GPL-2.0 */
/* What a program writes is not always there. */
#ifndef _MEMBAR_THREADS_LINUX_UACCESS_H
#define _MEMBAR_THREADS_LINUX_UACCESS_H

#include <stddef.h>

/* How much of it was not. */
unsigned long copy_from_user(void *to, const void *from, size_t len);

#endif /* _MEMBAR_THREADS_LINUX_UACCESS_H */
