/* SPDX-License-Identifier: GPL-2.0 */
/* As many CPUs as the golden reports have. */
#define num_online_cpus()	2
