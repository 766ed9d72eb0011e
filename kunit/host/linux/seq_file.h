/* SPDX-License-Identifier: GPL-2.0 */
/* As much of a seq_file as a report needs: the text goes into a buffer. */
#ifndef _MEMBAR_HOST_LINUX_SEQ_FILE_H
#define _MEMBAR_HOST_LINUX_SEQ_FILE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

struct seq_file {
	char *buf;
	size_t size;
	size_t count;
};

static inline __attribute__((format(printf, 2, 3))) void
seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	m->count += vsnprintf(m->buf + m->count, m->size - m->count, fmt, args);
	va_end(args);
	if (m->count > m->size)
		m->count = m->size;
}

#define seq_puts(m, text)	seq_printf(m, "%s", text)
#define seq_putc(m, c)		seq_printf(m, "%c", c)

#endif /* _MEMBAR_HOST_LINUX_SEQ_FILE_H */
