/* SPDX-License-Identifier: GPL-2.0 */
/* A program is no module, and has no configuration. */
#define IS_ENABLED(option)	0
