/* SPDX-License-Identifier: GPL-2.0 */
/* What the host program does with litmus files.  Not part of the module. */
#ifndef _MEMBAR_STRESS_HOST_H
#define _MEMBAR_STRESS_HOST_H

#include <stdbool.h>

/* A name with a slash or that ends in ".litmus" is that of a file. */
bool is_litmus_file(const char *name);
/* Print the file's name and its contract; nonzero if it was refused. */
int verdict_of_file(const char *path);
/* The same in the words of herd7, for each file named on standard input. */
int states_of_files(void);

#endif /* _MEMBAR_STRESS_HOST_H */
