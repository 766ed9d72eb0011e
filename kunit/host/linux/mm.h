/* SPDX-License-Identifier: GPL-2.0 */
/* Memory that is not always there. */
#ifndef _MEMBAR_HOST_LINUX_MM_H
#define _MEMBAR_HOST_LINUX_MM_H

#include <stdlib.h>

/* Which one of the next allocations fails; none if it is 0. */
extern unsigned int failing_allocation;

#define kvfree(p)		free(p)
#define kvzalloc(size, flags)						\
	(failing_allocation && !--failing_allocation ? NULL : calloc(1, size))

#endif /* _MEMBAR_HOST_LINUX_MM_H */
