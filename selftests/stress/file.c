// SPDX-License-Identifier: GPL-2.0
/*
 * From the text of a litmus file to the jobs that run it.
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "file.h"

/* The contract of the program, and whether its control can show anything. */
static int judge(struct membar_file *file)
{
	struct membar_model *model = kvzalloc(sizeof(*model), GFP_KERNEL);
	struct membar_judgement control;

	if (!model)
		return -ENOMEM;
	model->limit = MEMBAR_MODEL_LIMIT;
	membar_program_contract(model, &file->program[0], &file->judgement);
	if (file->judgement.contract == MEMBAR_FORBIDDEN ||
	    file->judgement.contract == MEMBAR_UNPROMISED) {
		/* Where the model has no answer, CPUs may have one. */
		membar_program_contract(model, &file->program[1], &control);
		file->has_control = control.contract != MEMBAR_FORBIDDEN ||
				    file->named;
		/* Without order it must not be seen either: as for names. */
		file->match[1].swap = control.contract != MEMBAR_ALLOWED;
	}
	kvfree(model);
	return 0;
}

/* The named test that the file is, if it is one, and its control. */
static void match(struct membar_file *file)
{
	file->named = membar_match_find(&file->program[0],
					&file->translation[0].places,
					&file->match[0]);
	file->match[1] = file->match[0];
	if (file->named)
		membar_test_control(&file->match[0].test,
				    &file->match[1].test);
}

static int make(struct membar_file *file, const char *text, size_t len,
		struct membar_why *why)
{
	unsigned int i;
	int err;

	err = membar_litmus_parse(text, len, &file->program[0], why);
	if (err)
		return err;
	file->hash = membar_hash(text, len);
	membar_program_weaken(&file->program[0], &file->program[1]);
	for (i = 0; i < 2 && !err; i++)
		err = membar_translate(&file->program[i],
				       &file->translation[i], why);
	if (err)
		return err;
	match(file);
	return judge(file);
}

struct membar_file *membar_file_make(const char *text, size_t len,
				     struct membar_why *why)
{
	struct membar_file *file = kvzalloc(sizeof(*file), GFP_KERNEL);
	int err;

	if (!file)
		return ERR_PTR(-ENOMEM);
	err = make(file, text, len, why);
	if (!err)
		return file;
	kvfree(file);
	return ERR_PTR(err);
}
MEMBAR_EXPORT_TO_KUNIT(membar_file_make);

static struct membar_job job_of(const struct membar_file *file, unsigned int i)
{
	struct membar_job job = {
		.program = &file->program[i],
		.places = &file->translation[i].places,
		.hash = file->hash,
		.contract = MEMBAR_ALLOWED,
		.control = MEMBAR_NO_CONTROL,
	};

	if (!file->named) {
		job.translation = &file->translation[i];
		return job;
	}
	job.match = &file->match[i];
	job.test = job.match->test;
	return job;
}

unsigned int membar_file_jobs(const struct membar_file *file,
			      struct membar_job *jobs)
{
	unsigned int nr = 0;
	struct membar_job job;

	if (file->has_control) {
		jobs[nr] = job_of(file, 1);
		jobs[nr].is_control = true;
		jobs[nr++].twin = true;
	}
	job = job_of(file, 0);
	job.contract = file->judgement.contract;
	job.stated = file->judgement.stated;
	job.note = *file->judgement.note ? file->judgement.note : NULL;
	if (nr)
		job.control = nr - 1;
	jobs[nr++] = job;
	return nr;
}
MEMBAR_EXPORT_TO_KUNIT(membar_file_jobs);
