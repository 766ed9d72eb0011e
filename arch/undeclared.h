/* SPDX-License-Identifier: GPL-2.0 */
/*
 * gcc declares no variable for an initialiser that is itself in error; whatever
 * uses the variable would be a second error.  It then finds this declaration,
 * which nothing defines.  As part of a system header it is no reason for
 * -Wshadow to warn.  Any alignment is enough for a char.
 */
#ifndef _MEMBAR_ARCH_UNDECLARED_H
#define _MEMBAR_ARCH_UNDECLARED_H

#ifndef __clang__
#pragma GCC system_header
extern char *__membar_q;
#endif

#endif /* _MEMBAR_ARCH_UNDECLARED_H */
