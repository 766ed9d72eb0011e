// SPDX-License-Identifier: GPL-2.0
/*
 * Litmus files in the host program: their verdicts, and the states that the
 * model allows in the words of herd7.  Not part of the module.
 */
#include <stdlib.h>

#include "host.h"
#include "model.h"

#define MAX_FILE	1048576
#define MAX_STATES	4096
#define MAX_PLACES	(MEMBAR_PROGRAM_TERMS + MEMBAR_PROGRAM_SHOWN)

static struct membar_program program;
static struct membar_model model;
static char text[MAX_FILE];

bool is_litmus_file(const char *name)
{
	static const char suffix[] = ".litmus";
	size_t len = strlen(name);

	return strchr(name, '/') || (len >= strlen(suffix) &&
				     !strcmp(name + len - strlen(suffix),
					     suffix));
}

static int refused(const char *path, const char *why)
{
	fprintf(stderr, "%s: %s\n", path, why);
	return -EINVAL;
}

/* Into program; -EINVAL if the file cannot be read or is not understood. */
static int read_program(const char *path)
{
	FILE *file = fopen(path, "r");
	struct membar_why why;
	size_t len;
	bool error;

	if (!file)
		return refused(path, strerror(errno));
	len = fread(text, 1, sizeof(text), file);
	error = ferror(file);
	fclose(file);
	if (error)
		return refused(path, "cannot be read");
	if (len == sizeof(text))
		return refused(path, "the file is too large");
	if (membar_litmus_parse(text, len, &program, &why))
		return refused(path, why.text);
	return 0;
}

int verdict_of_file(const char *path)
{
	struct membar_judgement judgement;

	if (read_program(path)) {
		printf("%s invalid\n", path);
		return -EINVAL;
	}
	model.limit = MEMBAR_MODEL_LIMIT;
	membar_program_contract(&model, &program, &judgement);
	if (*judgement.note)
		fprintf(stderr, "%s: %s\n", path, judgement.note);
	printf("%s %s%s\n", path, judgement.stated ? "stated:" : "",
	       membar_contract_names[judgement.contract]);
	return 0;
}

/*
 * States
 * ======
 */

static struct membar_place places[MAX_PLACES];
static unsigned int nr_places;
static char *states[MAX_STATES];
static unsigned int nr_states;
static unsigned long positive, negative;

static void add_place(const struct membar_place *place)
{
	unsigned int i;

	if (place->thread == MEMBAR_PLACE_NUMBER)
		return;
	for (i = 0; i < nr_places; i++)
		if (places[i].thread == place->thread &&
		    places[i].index == place->index)
			return;
	places[nr_places++] = *place;
}

static void find_places(void)
{
	const struct membar_term *term = program.term + program.condition.first;
	unsigned int i;

	nr_places = 0;
	for (i = 0; i < program.condition.nr; i++, term++) {
		if (term->kind != MEMBAR_TERM_EQUAL)
			continue;
		add_place(&term->left);
		add_place(&term->right);
	}
	for (i = 0; i < program.nr_shown; i++)
		add_place(&program.shown[i]);
}

static int print_place(char *to, size_t size, const struct membar_place *place)
{
	s64 value = membar_model_final(&model, place);
	int var = membar_variable_at(value, program.nr_vars), n;

	if (place->thread == MEMBAR_PLACE_VAR)
		n = snprintf(to, size, "[%s]=", program.var[place->index].name);
	else
		n = snprintf(to, size, "%u:%s=", place->thread,
			     program.thread[place->thread]
				.reg[place->index].name);
	if (var >= 0)
		return n + snprintf(to + n, size - n, "%s; ",
				    program.var[var].name);
	return n + snprintf(to + n, size - n, "%lld; ", value);
}

static void note_state(struct membar_model *m)
{
	char state[MAX_PLACES * 64] = "";
	bool holds = m->holds, fails = m->fails;
	unsigned int i;
	int n = 0;

	/* Which of the two this execution has set. */
	positive += holds;
	negative += fails;
	m->holds = false;
	m->fails = false;

	for (i = 0; i < nr_places; i++)
		n += print_place(state + n, sizeof(state) - n, &places[i]);
	for (i = 0; i < nr_states; i++)
		if (!strcmp(states[i], state))
			return;
	if (nr_states < MAX_STATES)
		states[nr_states++] = strdup(state);
}

static int compare_states(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void print_states(void)
{
	unsigned int i;

	printf("Test %s\nStates %u\n", program.name, nr_states);
	qsort(states, nr_states, sizeof(states[0]), compare_states);
	for (i = 0; i < nr_states; i++) {
		puts(states[i]);
		free(states[i]);
	}
	printf("Positive: %lu Negative: %lu\n", positive, negative);
	if (model.race)
		puts("Flag data-race");
	printf("Observation %s %s %lu %lu\n\n", program.name,
	       membar_observation_names[!positive ? MEMBAR_OBS_NEVER :
					negative ? MEMBAR_OBS_SOMETIMES :
					MEMBAR_OBS_ALWAYS], positive, negative);
}

static int states_of_file(const char *path)
{
	if (read_program(path))
		return -EINVAL;
	find_places();
	nr_states = 0;
	positive = 0;
	negative = 0;
	model.every = true;
	model.allowed = note_state;
	model.limit = MEMBAR_MODEL_LIMIT;
	model.count_unpromised = false;
	membar_model_run(&model, &program);
	model.every = false;
	if (model.unknown)
		return refused(path, model.unknown);
	print_states();
	return 0;
}

int states_of_files(void)
{
	char path[4096];
	int bad = 0;

	while (fgets(path, sizeof(path), stdin)) {
		path[strcspn(path, "\n")] = '\0';
		if (states_of_file(path))
			bad = 1;
	}
	return bad;
}
