// SPDX-License-Identifier: GPL-2.0
/*
 * Whether the outcome that a litmus file asks about is forbidden.
 */
#include "model.h"

static enum membar_observation run_model(struct membar_model *model,
					 const struct membar_program *program,
					 bool count_unpromised)
{
	model->count_unpromised = count_unpromised;
	return membar_model_run(model, program);
}

/*
 * The outcome in question is one that fulfils the condition, or with "forall"
 * one that does not.
 */
static bool is_forbidden(const struct membar_program *program,
			 enum membar_observation observation)
{
	return observation == (program->quantifier == MEMBAR_FORALL ?
			       MEMBAR_OBS_ALWAYS : MEMBAR_OBS_NEVER);
}

static enum membar_contract contract_of(const struct membar_program *program,
					enum membar_observation observation)
{
	return is_forbidden(program, observation) ? MEMBAR_FORBIDDEN :
						    MEMBAR_ALLOWED;
}

static void not_computed(const struct membar_model *model,
			 const struct membar_program *program,
			 struct membar_judgement *j)
{
	scnprintf(j->note, sizeof(j->note), "not computed: %s",
		  model->unknown);
	j->stated = program->stated != MEMBAR_OBS_NONE;
	j->contract = j->stated ? contract_of(program, program->stated) :
				  MEMBAR_UNKNOWN;
}

void membar_program_contract(struct membar_model *model,
			     const struct membar_program *program,
			     struct membar_judgement *j)
{
	enum membar_observation observation = run_model(model, program, false);

	memset(j, 0, sizeof(*j));
	if (!observation) {
		not_computed(model, program, j);
		return;
	}
	if (program->stated && program->stated != observation)
		scnprintf(j->note, sizeof(j->note),
			  "the file states %s, the model says %s",
			  membar_observation_names[program->stated],
			  membar_observation_names[observation]);
	j->contract = contract_of(program, observation);
	if (j->contract == MEMBAR_FORBIDDEN)
		return;
	if (is_forbidden(program, run_model(model, program, true)))
		j->contract = MEMBAR_UNPROMISED;
}
MEMBAR_EXPORT_TO_KUNIT(membar_program_contract);
