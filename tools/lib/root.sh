# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# Private Debian systems: sourced by scripts after common.sh, never run.  A system
# is a directory that mmdebstrap fills; its programs run in a chroot, as root.

# apt_settings: the apt settings of this system that say how to reach and trust
# archives.
apt_settings()
{
	apt-config dump |
		grep -E '^Acquire::(Check-|Retries|https?::|Max-)'
}

# make_root DIR PACKAGE,... SUITE...: a minimal Debian of the first suite with these
# packages.  Packages come from the last suite that has them.
make_root()
{
	_root=$1
	_packages=$2
	_settings=$1.settings
	shift 2
	apt_settings >"$_settings"
	for _suite; do
		source_line debian "$_suite" ||
			die "no Debian archive in /etc/apt/sources.list*: cannot tell where to take $_suite from"
	done >"$_root.list"
	# apt prefers the release that it is told to.  It then refuses any sources
	# without that release, which a private state of apt in the system may have.
	[ $# = 1 ] || echo "APT::Default-Release \"$_suite\";" >>"$_settings"
	mmdebstrap --variant=minbase --include="$_packages" \
		--aptopt="$_settings" "$1" "$_root" "$_root.list" &&
	cp -L /etc/resolv.conf /etc/hosts "$_root/etc/"
	_status=$?
	rm -f "$_settings" "$_root.list"
	return $_status
}

# in_root ROOT MOUNTS COMMAND...: run a command in the system, with this system's
# /dev, a /proc, and the directories of MOUNTS, one to a line, where they are here;
# "ro:" before one makes it read-only.  The mounts belong to a mount namespace of
# their own, and end with the command.
in_root()
{
	# shellcheck disable=SC2016 # for the inner shell
	unshare --mount --propagation private sh -c '
		root=$1 mounts=$2
		shift 2
		echo "$mounts" | while IFS= read -r dir; do
			[ -n "$dir" ] || continue
			from=${dir#ro:}
			mkdir -p "$root$from" &&
			mount --bind "$from" "$root$from" || exit
			[ "$from" = "$dir" ] ||
				mount -o remount,bind,ro "$root$from" || exit
		done &&
		mount -t proc proc "$root/proc" &&
		mount --rbind /dev "$root/dev" || exit
		exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
			HOME=/root LANG=C "$@"' \
		sh "$@"
}
