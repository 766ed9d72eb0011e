// SPDX-License-Identifier: GPL-2.0
/* want: incomplete type */
/* errors-gcc: 8 */
/* errors-clang: 2 */
#include "membar.h"

struct unknown;

void reject(struct unknown *p);

void reject(struct unknown *p)
{
	membar_store(p, 1, MEMBAR_RELEASE);
}
