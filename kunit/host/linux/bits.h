/* SPDX-License-Identifier: GPL-2.0 */
/* Nothing: selftests/stress/shim.h has what the host needs. */
