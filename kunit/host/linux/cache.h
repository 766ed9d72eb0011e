/* SPDX-License-Identifier: GPL-2.0 */
/* Of no use on the host. */
#define ____cacheline_aligned_in_smp
