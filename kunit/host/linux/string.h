/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel's own copy of a string, beside those of the C library. */
#ifndef _MEMBAR_HOST_LINUX_STRING_H
#define _MEMBAR_HOST_LINUX_STRING_H

#include <stdio.h>

#define strscpy(to, from, size)	snprintf(to, size, "%s", from)

/* Without the blanks at its beginning. */
static inline char *strim(char *text)
{
	while (*text == ' ')
		text++;
	return text;
}

#endif /* _MEMBAR_HOST_LINUX_STRING_H */
