#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The scripts see what goes wrong, and say it in one line: KTAP.
#
# Runs on the host, where tools/run has been run before.
set -u
# shellcheck source=selftests/tools/results.sh
. "$(dirname "$0")/results.sh"
MEMBAR_CACHE=${MEMBAR_CACHE:-$HOME/.cache/membar}

# refuses NAME WORDS COMMAND…: the command fails, and the last thing it says is
# one line of error with the words in it.
refuses()
{
	name=$1
	words=$2
	shift 2
	if "$@" >"$work/said" 2>&1 </dev/null; then
		result 1 "$name"
		return
	fi
	[ "$(grep -c 'error: ' "$work/said")" = 1 ] &&
		tail -n 1 "$work/said" | grep -q "error: .*$words"
	result $? "$name"
}

# guest SCRIPT WORD…: boot the kernel at hand with a script of these lines.
guest()
{
	echo "$1" >"$work/guest.sh"
	shift
	"$tools/boot" "$@" -l "$work/console" \
		"$MEMBAR_CACHE/kernel/amd64/vmlinuz" "$work/guest.sh"
}

# A machine without these programs: a PATH of links to all others.
without()
{
	missing=$1
	shift
	mkdir -p "$work/bin"
	for dir in /bin /sbin /usr/bin /usr/sbin; do
		ln -s $dir/* "$work/bin/" 2>/dev/null
	done
	for program in $missing; do
		rm -f "$work/bin/$program"
	done
	PATH=$work/bin "$@"
}

# An unprivileged user of a machine with no package installed.
unprivileged()
{
	mkdir -p "$work/poor"
	printf '#!/bin/sh\necho 1000\n' >"$work/poor/id"
	printf '#!/bin/sh\nexit 1\n' >"$work/poor/dpkg-query"
	chmod +x "$work/poor/id" "$work/poor/dpkg-query"
	PATH=$work/poor:$PATH "$@"
}

# A full disk: a file system of a few megabytes, seen by nobody else.
on_small_disk()
{
	# shellcheck disable=SC2016 # for the inner shell
	unshare -m sh -c 'mount -t tmpfs -o size=20m none "$0" && exec "$@"' \
		"$work/disk" "$@"
}

guest 'echo hello; exit 0' >"$work/said" 2>&1 && grep -qx hello "$work/said"
result $? "boot: a script that ends well"
guest 'exit 3' >"$work/said" 2>&1
[ $? = 3 ]
result $? "boot: a script's own status"
guest 'grep -c ^processor /proc/cpuinfo' -c 1,maxcpus=2 >"$work/said" 2>&1 &&
	grep -qx 1 "$work/said"
result $? "boot: room for more CPUs than are there"
guest 'echo word >out/file' -o "$work/out" >"$work/said" 2>&1
grep -qx word "$work/out/file"
result $? "boot: a file that it leaves"
guest 'echo word >out/2+2W' -o "$work/out" >"$work/said" 2>&1
grep -qx word "$work/out/2+2W"
result $? "boot: a file with a plus in its name"
refuses "boot: a file with a space in its name" "that is no word: a b" \
	guest 'echo word >"out/a b"' -o "$work/out"
refuses "boot: a panic" "Kernel panic" guest 'echo c >/proc/sysrq-trigger'
refuses "boot: a guest that hangs" "did not end within 8 s" \
	guest 'sleep 600' -t 8
refuses "boot: a guest that goes" "ended too early" guest 'reboot -f'
ln -sf "$MEMBAR_CACHE/kernel/amd64/vmlinuz" "$work/another-name"
echo 'exit 0' >"$work/guest.sh"
"$tools/boot" -l "$work/console" "$work/another-name" "$work/guest.sh" \
	>"$work/said" 2>&1 && ! grep "does KVM run" "$work/said"
result $? "boot: whether KVM works is asked once, whatever the kernel is called"

# A kernel that dies as it boots, so many times; then its script ends with status 3.
cat >"$work/fragile" <<'END'
#!/bin/sh
boots=$(($(cat "$0.boots") + 1))
echo $boots >"$0.boots"
if [ $boots -le "$(cat "$0.deaths")" ]; then
	echo "[    1.800000] Oops: int3: 0000 [#1]"
	exit
fi
printf 'membar-boot: begin\nmembar-boot: status 3\n'
END
chmod +x "$work/fragile"
fragile()
{
	echo 0 >"$work/fragile.boots"
	echo "$1" >"$work/fragile.deaths"
	"$tools/boot" -a um -l "$work/console" "$work/fragile" "$work/guest.sh"
}
fragile 4 >"$work/said" 2>&1
[ $? = 3 ] && [ "$(grep -c "is booted again" "$work/said")" = 4 ]
result $? "boot: a kernel that dies as it boots is booted again"
fragile 5 >"$work/said" 2>&1
[ $? = 1 ] && grep -q "error: the guest's kernel complained: .*Oops" "$work/said" &&
	[ "$(cat "$work/fragile.boots")" = 5 ]
result $? "boot: a kernel that always dies is booted five times"

# bound IMAGE: the CPU of the host of each thread that is bound to one.
bound()
{
	grep -la "$1" /proc/[0-9]*/cmdline 2>/dev/null | while IFS=/ read -r _ _ guest _; do
		cat "/proc/$guest"/task/*/status 2>/dev/null
	done | awk '$1 == "Cpus_allowed_list:" && $2 ~ /^[0-9]+$/ { print $2 }' |
		sort -n >"$work/used"
}

# spreads KERNEL CPUS HOST-CPUS: on a host with these CPUs, with commas between, that
# many virtual CPUs are bound to one each, as long as there is one.  Without KVM: a
# guest that only shows whether KVM works would be taken for the one that is meant.
spreads()
{
	echo "$3" | tr , '\n' | head -n "$2" >"$work/wanted"
	echo 'sleep 600' >"$work/guest.sh"
	ln -sf "$MEMBAR_CACHE/kernel/$1/vmlinuz" "$work/$1-image"
	MEMBAR_ACCEL=tcg taskset -c "$3" "$tools/boot" -a "$1" -c "$2" \
		-t 30 -l "$work/console" \
		"$work/$1-image" "$work/guest.sh" >"$work/said" 2>&1 &
	booted=$!
	tries=0
	while [ $((tries += 1)) -le 200 ]; do
		bound "$work/$1-image"
		[ "$(wc -l <"$work/used")" -lt "$(wc -l <"$work/wanted")" ] || break
		sleep 0.1
	done
	# One that is bound after them would be one too many.
	sleep 0.5
	bound "$work/$1-image"
	kill $booted
	wait $booted
	cmp -s "$work/used" "$work/wanted"
}

cpus=$(sed -n 's/^Cpus_allowed_list:[[:blank:]]*//p' /proc/self/status |
	tr , '\n' | awk -F- '{ for (cpu = $1; cpu <= $NF; cpu++) print cpu }' |
	paste -s -d ,)
for kernel in amd64 um; do
	if [ "$(nproc)" = 1 ]; then
		skip "boot: CPUs of $kernel are spread" "there is one CPU"
		continue
	fi
	spreads $kernel 2 "$cpus"
	result $? "boot: CPUs of $kernel are spread"
	spreads $kernel $(($(nproc) + 2)) "$cpus"
	result $? "boot: CPUs of $kernel that the host does not have are not bound"
	# A thread of QEMU that is no CPU has the one CPU, too.
	spreads $kernel 2 "${cpus##*,}"
	[ "$(sort -u "$work/used")" = "${cpus##*,}" ]
	result $? "boot: CPUs of $kernel stay where the host lets them"
done
# A guest of User-Mode Linux with two CPUs wakes each of them.
cat >"$work/guest.sh" <<'END'
for status in /proc/[0-9]*/status; do
	grep -q 'read -t 1' "${status%/status}/cmdline" 2>/dev/null &&
		sed -n 's/^Cpus_allowed_list:[[:blank:]]*/woken: /p' "$status"
done | sort -u
END
"$tools/boot" -a um -c 2 -l "$work/console" "$MEMBAR_CACHE/kernel/um/vmlinuz" \
	"$work/guest.sh" >"$work/said" 2>&1
[ "$(grep -c '^woken: [01]$' "$work/said")" = 2 ]
result $? "boot: each CPU of um is woken"
refuses "boot: no kernel" "no kernel at" \
	"$tools/boot" "$work/none" "$work/guest.sh"
refuses "boot: an unknown machine" "cannot boot vax" guest 'exit 0' -a vax

refuses "run: KDIR is no kernel" "has no Makefile" \
	env KDIR=/tmp "$tools/run"
refuses "run: an unknown runner" "use qemu, uml or host" \
	env RUNNER=none "$tools/run"
refuses "run: an unknown machine" "use amd64 or arm64" \
	env ARCH=vax "$tools/run"
if [ "$(id -u)" = 0 ]; then
	kdir=$MEMBAR_CACHE/kernel/amd64/kdir
	refuses "run: the host without consent" "set MEMBAR_YES=1" \
		env RUNNER=host KDIR="$kdir" "$tools/run"
else
	skip "run: the host without consent" "not root"
fi
refuses "kunit: an unknown machine" "use x86_64 " "$tools/kunit" vax
"$tools/kunit" um-smp/6.1 >"$work/said" 2>&1
[ $? = 4 ] && grep -q "skipped: User-Mode Linux has one CPU" "$work/said" &&
	[ "$(tail -n 1 "$work/said")" = "0 passed, 0 failed, 1 skipped" ]
result $? "kunit: a configuration that cannot run is no success"
refuses "check: an unknown part" "use lint " "$tools/check" none
refuses "get-source: KSRC is no kernel" "is not the source" \
	env KSRC=/tmp "$tools/get-source" newest

refuses "a cache that cannot be written" "set MEMBAR_CACHE" \
	env MEMBAR_CACHE=/proc/none "$tools/get-kernel" amd64
proxy=http://127.0.0.1:9
refuses "no network" "check the network" \
	env MEMBAR_CACHE="$work/cache" http_proxy=$proxy https_proxy=$proxy \
	"$tools/get-kernel" amd64
if unshare -m true 2>/dev/null; then
	mkdir -p "$work/disk"
	refuses "a full disk" "MB are needed" on_small_disk \
		env MEMBAR_CACHE="$work/disk/cache" "$tools/get-kernel" amd64
else
	skip "a full disk" "no mount namespaces here"
fi
refuses "packages are missing and the user is not root" \
	"as root run: apt-get install" unprivileged "$tools/run"
refuses "no apt where it is needed" "apt-get is missing" \
	without apt-get env MEMBAR_CACHE="$work/cache" "$tools/get-kernel" amd64

# shellcheck disable=SC2016 # $0 is that of the other shell
without "apt-get spatch pahole" sh -c '. "$0" &&
	need_pkgs make pahole gcc-12-none-linux-gnu coccinelle libelf-dev' \
	"$tools/lib/common.sh" >"$work/said" 2>&1
[ "$(sed -n "s/^    //p" "$work/said" | tr -s " " | paste -sd ,)" = \
	"pahole pahole,none-linux-gnu-gcc-12 gcc-12-none-linux-gnu,spatch coccinelle" ] &&
	grep -q "not checked.*: libelf-dev$" "$work/said" &&
	! grep -q "make" "$work/said"
result $? "no apt: one list of what is missing"

# An interrupted download is no kernel.
mkdir -p "$work/half/kernel/amd64.tmp"
refuses "a half cache is not taken for a whole one" "check the network" \
	env MEMBAR_CACHE="$work/half" http_proxy=$proxy https_proxy=$proxy \
	"$tools/get-kernel" amd64

finish
