#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Only root can read or write the files; a kernel that is locked down refuses writes;
# and the modules work where debugfs is not mounted.
cd "$(dirname "$0")" || exit 1
. ./functions.sh

all="run stop progress results histogram results.json log tests cells"

# as_user COMMAND: by a shell of somebody else.
as_user()
{
	setpriv --reuid 65534 --clear-groups sh -c "$1" 2>/dev/null ||
		su -s /bin/sh nobody -c "$1" 2>/dev/null
}

# Without a passwd there is nobody to be.
need_user()
{
	[ -n "$(awk -F: '$1 == "nobody"' /etc/passwd 2>/dev/null)" ] ||
		echo 'nobody:x:65534:65534::/:/bin/sh' >>/etc/passwd
	[ "$(as_user 'id -u')" = 65534 ] || {
		echo "no way to become another user"
		return 4
	}
}

# Even where debugfs itself were open to all.
user_reads_nothing()
{
	need_user || return
	chmod 755 "$debugfs"
	as_user "ls '$dir/run'" || return
	status=0
	for file in $all; do
		! as_user "cat '$dir/$file' >/dev/null" || {
			echo "$file can be read"
			status=1
		}
		! as_user "echo 1 >'$dir/$file'" || {
			echo "$file can be written"
			status=1
		}
	done
	chmod 700 "$debugfs"
	return $status
}

user_loads_nothing()
{
	need_user || return
	chmod 755 "$debugfs"
	! as_user "rmmod membar_stress" && loaded membar_stress
	status=$?
	chmod 700 "$debugfs"
	return $status
}

# What can be told is told to root, and takes no writing.
tells_only()
{
	for file in progress results histogram results.json log tests cells; do
		cat "$dir/$file" >/dev/null || return
		! { echo 1 >"$dir/$file"; } 2>/dev/null || return
	done
	! cat "$dir/stop" 2>/dev/null
}

# A run goes on, and can be unloaded, with nobody looking.
unmounted()
{
	request 'SB duration_ms=60000 wait=0 oversubscribe=1' || return
	umount "$debugfs" || {
		echo "debugfs is in use"
		return 4
	}
	rmmod membar_stress && load
	status=$?
	mount -t debugfs none "$debugfs" || return
	[ $status = 0 ] && [ -f "$dir/run" ] && works
}

loads_unmounted()
{
	unload && umount "$debugfs" || return
	load && unload
	status=$?
	mount -t debugfs none "$debugfs" || return
	[ $status = 0 ] && [ ! -e "$dir" ] && load && works
}

# Two mounts are one file system.
mounted_twice()
{
	mkdir -p "$tmp/again" && mount -t debugfs none "$tmp/again" || return
	grep -q 'Write one request' "$tmp/again/membar/run"
	status=$?
	umount "$tmp/again" && return $status
}

# locked_down LEVEL: until the next boot, so this comes last.
locked_down()
{
	lockdown=/sys/kernel/security/lockdown
	[ -e $lockdown ] || mount -t securityfs none /sys/kernel/security \
		2>/dev/null
	[ -w $lockdown ] && [ "${MEMBAR_LOCKDOWN-}" = 1 ] || {
		echo "only with CONFIG_SECURITY_LOCKDOWN_LSM and MEMBAR_LOCKDOWN=1," \
			"as it lasts until the next boot"
		return 4
	}
	load || return
	echo "$1" >$lockdown || return
	grep -q "\[$1\]" $lockdown || return
	! { echo 'SB duration_ms=1' >"$dir/run"; } 2>/dev/null || return
	! { echo 1 >"$dir/stop"; } 2>/dev/null || return
	# What only tells may be read.
	grep -q '^state=' "$dir/progress" && grep -q '^KTAP' "$dir/results"
}

locked_module()
{
	lockdown=/sys/kernel/security/lockdown
	[ "${MEMBAR_LOCKDOWN-}" = 1 ] && grep -q '\[confidentiality\]' $lockdown || {
		echo "not locked down"
		return 4
	}
	rmmod membar_stress && [ ! -e "$dir" ] &&
		not insert membar_stress && rmmod membar
}

need_stress
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp" "$said"' EXIT
ktap_print_header
ktap_set_plan 10
check "another user reads and writes nothing" user_reads_nothing
check "another user unloads nothing" user_loads_nothing
check "what tells takes no writing, what stops no reading" tells_only
check "debugfs can be mounted twice" mounted_twice
check "unmounted below a run, which is unloaded" unmounted
check "loaded where debugfs is not mounted" loads_unmounted
check "a run where it is mounted again" works
check "lockdown=integrity: nothing can be asked" locked_down integrity
check "lockdown=confidentiality: nothing can be asked" \
	locked_down confidentiality
check "lockdown: unloaded, and an unsigned one not loaded" locked_module
ktap_finished
