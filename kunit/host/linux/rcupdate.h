/* SPDX-License-Identifier: GPL-2.0 */
/* For the interpreter: what is called is noted. */
#include "../note.h"

#define rcu_read_lock()			note("rcu_read_lock")
#define rcu_read_unlock()		note("rcu_read_unlock")
#define synchronize_rcu()		note("synchronize_rcu")
#define synchronize_rcu_expedited()	note("synchronize_rcu_expedited")
