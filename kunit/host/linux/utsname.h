/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel and the machine of the reports. */
#ifndef _MEMBAR_HOST_LINUX_UTSNAME_H
#define _MEMBAR_HOST_LINUX_UTSNAME_H

struct new_utsname {
	const char *release;
	const char *version;
	const char *machine;
};

static inline const struct new_utsname *init_utsname(void)
{
	static const struct new_utsname host = { "0.0", "#1", "host" };

	return &host;
}

#endif /* _MEMBAR_HOST_LINUX_UTSNAME_H */
