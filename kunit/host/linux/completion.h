/* SPDX-License-Identifier: GPL-2.0 */
/* Nothing that the host needs. */

