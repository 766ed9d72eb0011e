/* SPDX-License-Identifier: GPL-2.0 */
/* A 64-bit host divides by itself. */
#define div_u64(n, d)		((u64)(n) / (d))
#define div64_u64(n, d)		((u64)(n) / (d))
