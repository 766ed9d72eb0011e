/* SPDX-License-Identifier: GPL-2.0 */
/* The text of a macro's value. */
#ifndef _MEMBAR_HOST_LINUX_STRINGIFY_H
#define _MEMBAR_HOST_LINUX_STRINGIFY_H

#define __stringify_value(x)	#x
#define __stringify(x)		__stringify_value(x)

#endif /* _MEMBAR_HOST_LINUX_STRINGIFY_H */
