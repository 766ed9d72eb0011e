/* SPDX-License-Identifier: GPL-2.0 */
/* For the interpreter: what is called is noted. */
#include "../note.h"

#ifndef cond_resched
# define cond_resched()		note("cond_resched")
#endif
