/* SPDX-License-Identifier: GPL-2.0 */
/* There is one CPU. */
#define DEFINE_PER_CPU(type, name)	typeof(type) name
#define raw_cpu_inc_return(name)	(++(name))
