/* SPDX-License-Identifier: GPL-2.0 */
/* The parser of litmus files, for cases that only the host runs. */
#ifndef _MEMBAR_HOST_PARSE_H
#define _MEMBAR_HOST_PARSE_H

#include "program.h"

static struct membar_program program;
static struct membar_why why;

/* Parse to @program, or say @why not. */
static int parse(const char *text)
{
	/* A copy without a null byte, so that reading past it is an error. */
	size_t len = strlen(text);
	char *copy = malloc(len ?: 1);
	int err;

	memcpy(copy, text, len);
	why.text[0] = '\0';
	err = membar_litmus_parse(copy, len, &program, &why);
	free(copy);
	return err;
}

#endif /* _MEMBAR_HOST_PARSE_H */
