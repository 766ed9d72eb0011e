/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A litmus file that was written to the run file.
 */
#ifndef _MEMBAR_FILE_H
#define _MEMBAR_FILE_H

#include "interpret.h"
#include "match.h"
#include "model.h"

/**
 * struct membar_file - a litmus file that is ready to run
 * @program: the program, and the same without its order: its control
 * @translation: of both
 * @match: the named test that it is, and the control of that
 * @named: it is one
 * @hash: of its text
 * @judgement: of the program
 * @has_control: of a forbidden outcome, and the control may show it
 */
struct membar_file {
	struct membar_program program[2];
	struct membar_translation translation[2];
	struct membar_match match[2];
	bool named;
	u64 hash;
	struct membar_judgement judgement;
	bool has_control;
};

/* The jobs of a file: its control, if it has one, and itself. */
#define MEMBAR_FILE_JOBS	2

/**
 * membar_file_make() - read a litmus file
 * @text: all of it
 * @len: bytes in @text
 * @why: filled in on failure
 *
 * Context: Process; the model may take a second or two.
 *
 * Return: the file, to be freed with kvfree(), or an error pointer
 */
struct membar_file *membar_file_make(const char *text, size_t len,
				     struct membar_why *why);

/* The jobs of @file, which has to outlive them; returns how many. */
unsigned int membar_file_jobs(const struct membar_file *file,
			      struct membar_job *jobs);

#endif /* _MEMBAR_FILE_H */
