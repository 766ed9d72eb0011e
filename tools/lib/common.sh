# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# Helpers of membar's scripts: sourced by them, never run.
#
# A script's standard output is its result; all talk goes to standard error.

# The comment that a script begins with is its help; asked for it, the script
# does nothing else.
print_help()
{
	sed -n '/^#!/d; /^# SPDX/d; /^#/!q; s/^#$//; s/^# //; s/^#\t/\t/; /./,$!d; p' "$1"
}
case ${1-} in
-h | --help)
	print_help "$0"
	exit
	;;
esac

# Everything downloaded or built from the kernel's side is kept here.
MEMBAR_CACHE=${MEMBAR_CACHE:-${HOME:?HOME is not set}/.cache/membar}
# The project's own directory, whichever of its folders the script lies in.
top=$(cd "$(dirname "$0")" &&
	until [ -e tools/lib/common.sh ] || [ "$PWD" = / ]; do cd ..; done &&
	pwd -P)
# Set to 1 to replace what is in the cache for longer than an hour.
MEMBAR_REFRESH=${MEMBAR_REFRESH:-0}
# How many jobs run at the same time, in make(1) and in what works like it.
jobs=${JOBS:-$(nproc 2>/dev/null || echo 1)}

# What was said to the make that called us is in the environment; the kernel's
# make, called by us, shall not take our variables for its own.
unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL

# machines_with KEY [OTHER]: the values of KEY in tools/lib/machines, of the
# machines that have the key OTHER.
machines_with()
{
	awk -v RS= -v key="$1" -v other="${2-$1}" '
	("\n" $0) ~ "\n" other "[ \t]" {
		n = split($0, line, "\n")
		for (i = 1; i <= n; i++)
			if (sub("^" key "[ \t]+", "", line[i]))
				print line[i]
	}' "$top/tools/lib/machines" | paste -s -d ' '
}

# Set by "eval" of what machine_of() prints.
# shellcheck disable=SC2034 # for the scripts
{
	its_kernel='' its_cross='' its_gcc=''
	its_fence='' its_config='' its_smp_config='' its_clang='' its_up=''
	its_atomics='' its_whole='' its_convert=''
	its_cpus='' its_qemu='' its_kunit_config='' its_kernel_args=''
	its_smp_args='' its_qemu_args='' its_boot='' its_programs=''
}

# machine_of KEY NAME: the machine that has NAME among the values of KEY, as
# assignments for eval: its_KEY='VALUE', which is empty where it has none.
machine_of()
{
	awk -v where="$1" -v name="$2" '
	/^#/ { next }
	/^$/ { n++; next }
	{
		key = $1
		sub(/^[a-z_]+[ \t]+/, "")
		keys[key]
		value[n, key] = $0
		if (key == where && index(" " $0 " ", " " name " "))
			found = n
	}
	END {
		for (key in keys) {
			gsub(/\047/, "\047\\\047\047", value[found, key])
			printf "its_%s=\047%s\047\n", key, value[found, key]
		}
		exit found == ""
	}' "$top/tools/lib/machines"
}

# One line of talk.
say()
{
	printf '%s\n' "membar: $*" >&2
}

# Give up, in one line that says what to do.  A script whose statuses have a
# meaning of their own sets die_status.
die()
{
	say "error: $*"
	exit "${die_status:-1}"
}

case $jobs in
*[!0-9]* | 0* | ?????*) die "JOBS=$jobs: use a number from 1 to 9999" ;;
esac

# Say how a script is called, and end.
usage()
{
	say "usage: $*"
	exit 2
}

# End a test that cannot run here; the status is kselftest's for "skipped".
skip()
{
	say "skipped: $*"
	exit 4
}

# step NAME COMMAND…: say what is being done, and how long it took.
step()
{
	_step_name=$1
	shift
	say "$_step_name ..."
	_step_start=$(date +%s)
	"$@" || return
	say "$_step_name: $(($(date +%s) - _step_start)) s"
}

# quietly LOG COMMAND…: keep the output in LOG, show its end only on failure.
quietly()
{
	_log=$1
	shift
	mkdir -p "$(dirname "$_log")"
	# A subshell, so that die() is a failure like any other.
	("$@") >"$_log" 2>&1 </dev/null && return
	_rc=$?
	tail -n 20 "$_log" | sed 's/^/    /' >&2
	say "failed ($_rc): $(printf '%.60s' "$*"); all of it: $_log"
	return $_rc
}

# have COMMAND…: are they all on the PATH?
have()
{
	for _cmd; do
		command -v "$_cmd" >/dev/null 2>&1 || return
	done
}

# need_cmd COMMAND PACKAGE: the last check before a tool is used.
need_cmd()
{
	have "$1" || die "$1 is missing: install the package $2"
}

# with_lock NAME COMMAND…: one at a time, among all users of the cache.
with_lock()
{
	_lock=$MEMBAR_CACHE/lock/$1
	shift
	mkdir -p "${_lock%/*}" 2>/dev/null ||
		die "cannot write to $MEMBAR_CACHE: set MEMBAR_CACHE to a directory of yours"
	(
		flock -n 9 || {
			say "waiting for another run that holds $_lock"
			flock 9
		}
		"$@" 9>&-
	) 9>"$_lock"
}

# hold DIR: keep every other run of the scripts that write to DIR waiting until
# this shell ends or holds another one.  Scripts that are started from here may
# write to it, too.
hold()
{
	case ":${MEMBAR_HELD-}:" in
	*":$1:"*) return ;;
	esac
	mkdir -p "${1%/*}" || die "cannot write to $1: is the disk full?"
	exec 4>"$1.lock"
	flock -n 4 || {
		say "waiting for another run that writes to $1"
		flock 4
	}
	MEMBAR_HELD=$1:${MEMBAR_HELD-}
	export MEMBAR_HELD
}

# fresh_dir DIR: an empty place to build DIR in; finish_dir renames it.
fresh_dir()
{
	# Whoever comes here holds the lock, so leftovers are of the dead.
	rm -rf "$1".tmp
	mkdir -p "$1".tmp || die "cannot write to $1: is the disk full?"
}

# finish_dir DIR: what fresh_dir began is whole; nobody ever sees half of it.
finish_dir()
{
	rm -rf "$1"
	mv "$1".tmp "$1" || die "cannot rename $1.tmp: is the disk full?"
}

# in_cache FILE: is it there, and not to be replaced?
in_cache()
{
	[ -e "$1" ] && { [ "$MEMBAR_REFRESH" != 1 ] ||
		[ -n "$(find "$1" -mmin -60)" ]; }
}

# need_space MEGABYTES [DIR]: stop early rather than with a half-written file.
need_space()
{
	_dir=${2:-$MEMBAR_CACHE}
	mkdir -p "$_dir" 2>/dev/null ||
		die "cannot write to $_dir: set MEMBAR_CACHE to a directory of yours"
	_free=$(df -Pm "$_dir" | awk 'NR == 2 { print $4 }')
	[ "$_free" -ge "$1" ] ||
		die "$_dir has $_free MB free, $1 MB are needed: free some, or set MEMBAR_CACHE to a place on another disk"
}

# missing_pkgs PACKAGE…: those of them that are not installed.
missing_pkgs()
{
	for _pkg; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$_pkg" \
			2>/dev/null)" = installed ] || printf ' %s' "$_pkg"
	done
}

# The first error in what apt said, without its prefix.
apt_error()
{
	sed -n 's/^E: //p' "$1" | head -n 1
}

# command_of PACKAGE: a command that the package has, by which it is found where
# there is no apt; nothing for a package without a command.
command_of()
{
	case $1 in
	lib* | furo | opensbi | rust-src | python3-jsonschema | python3-yaml) ;;
	binutils) echo ld ;;
	busybox-static) echo busybox ;;
	coccinelle) echo spatch ;;
	debhelper) echo dh ;;
	dh-dkms) echo dh_dkms ;;
	dpkg-dev) echo dpkg-buildpackage ;;
	gcc-[0-9]*-*-linux-gnu*)
		_version=${1#gcc-}
		_version=${_version%%-*}
		echo "${1#gcc-"$_version"-}-gcc-$_version"
		;;
	gcc-*-linux-gnu*) echo "${1#gcc-}-gcc" ;;
	kmod) echo modprobe ;;
	lld-*) echo "ld.$1" ;;
	llvm-*) echo "llvm-ar-${1#llvm-}" ;;
	python3-sphinx) echo sphinx-build ;;
	qemu-system-arm) echo qemu-system-aarch64 ;;
	qemu-system-mips) echo qemu-system-mips64el ;;
	qemu-system-misc) echo qemu-system-riscv64 ;;
	qemu-system-ppc) echo qemu-system-ppc64 ;;
	qemu-system-sparc) echo qemu-system-sparc64 ;;
	qemu-system-x86) echo qemu-system-x86_64 ;;
	xz-utils) echo xz ;;
	*) echo "$1" ;;
	esac
}

# without_apt PACKAGE…: list what the user has to install, and end if a command
# among it is missing.
without_apt()
{
	_missing='' _unknown=''
	for _pkg; do
		_cmd=$(command_of "$_pkg")
		if [ -z "$_cmd" ]; then
			_unknown="$_unknown $_pkg"
		elif ! have "$_cmd"; then
			_missing=$_missing$(printf '\n    %-26s %s' "$_cmd" "$_pkg")
		fi
	done
	[ -z "$_unknown" ] || [ -n "${_said_no_apt-}" ] ||
		say "no apt here; also needed, but not checked (Debian's names):$_unknown"
	_said_no_apt=1
	[ -z "$_missing" ] ||
		die "no apt here; install these commands yourself (on the right the packages of Debian that have them):$_missing"
}

# need_pkgs PACKAGE…: install by name what the system lacks, and say so.
need_pkgs()
{
	have dpkg-query apt-get || {
		without_apt "$@"
		return
	}
	_missing=$(missing_pkgs "$@")
	[ -n "$_missing" ] || return 0
	[ "$(id -u)" = 0 ] ||
		die "not root; as root run: apt-get install --no-install-recommends$_missing"
	# shellcheck disable=SC2086 # a list of words
	step "installing$_missing" with_lock apt install_pkgs $_missing || exit
}

# fill_lists: apt's lists of packages, where it has none yet.
fill_lists()
{
	[ -n "$(find /var/lib/apt/lists -name '*Packages*' 2>/dev/null |
		head -n 1)" ] ||
		apt-get -qq update >"$MEMBAR_CACHE/log/apt-install" 2>&1 </dev/null
}

install_pkgs()
{
	# Another run may have done it while this one waited for the lock.
	_missing=$(missing_pkgs "$@")
	[ -n "$_missing" ] || return 0
	_log=$MEMBAR_CACHE/log/apt-install
	mkdir -p "${_log%/*}"
	fill_lists
	# shellcheck disable=SC2086 # a list of words
	try_install $_missing || {
		# Lists older than the mirror's last change name files it no
		# longer has.
		apt-get -qq update >"$_log" 2>&1 </dev/null &&
			try_install $_missing
	} || die "apt-get cannot install$_missing: $(apt_error "$_log"); check the network and the disk, or install by hand"
}

try_install()
{
	DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
		-o DPkg::Lock::Timeout=300 --no-install-recommends \
		install "$@" >"$MEMBAR_CACHE/log/apt-install" 2>&1 </dev/null
}

# need_compiler NAME: the commands of gcc-N or clang-N, fetched if this system does
# not have them.
need_compiler()
{
	! have "$1" || return 0
	_commands=$("$top/tools/get-programs" "$1") || exit
	PATH=$_commands:$PATH
	export PATH
}

# need_suite_compiler COMPILER [PACKAGE...]: the compiler and what belongs to it, as
# packages of this system's suite; gcc-N or clang-N that it does not have are downloaded.
need_suite_compiler()
{
	! have dpkg-query apt-get || {
		[ -n "$(missing_pkgs "$@")" ] || return 0
		mkdir -p "$MEMBAR_CACHE/log"
		[ "$(id -u)" != 0 ] || with_lock apt fill_lists
	}
	if have apt-cache && [ -n "$(apt-cache madison make 2>/dev/null)" ] &&
		[ -z "$(apt-cache madison "$1" 2>/dev/null)" ]; then
		need_compiler "$1"
	else
		need_pkgs "$@"
	fi
	have "$1" || die "no compiler $1: install it, or name others in CC="
}

# debian_mirror NAME: the archive of that name (debian, debian-security) in the
# system's own sources, and the key it is trusted by: "URI KEY".
debian_mirror()
{
	# Files first in one-line style, then deb822 stanzas.
	cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
	awk -v name="/$1/?$" '$1 == "deb" {
		key = ""
		for (i = 2; $i ~ /^\[|=|\]$/ && i <= NF; i++)
			if (match($i, /signed-by=[^] ]*/))
				key = substr($i, RSTART + 10, RLENGTH - 10)
		if ($i ~ name) { print $i, key; exit }
	}' | grep . && return
	cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
	awk -v RS= -v name="/$1/?$" '{
		uri = key = ""; on = 1
		n = split($0, line, "\n")
		for (i = 1; i <= n; i++) {
			split(line[i], w, " ")
			if (w[1] == "URIs:") uri = w[2]
			if (w[1] == "Signed-By:") key = w[2]
			if (w[1] == "Enabled:" && w[2] == "no") on = 0
		}
		if (on && uri ~ name) { print uri, key; exit }
	}' | grep .
}

# source_line ARCHIVE SUITE: what apt's sources.list says of it.  An archive that
# the system does not use is looked for beside the one that it does.
source_line()
{
	_mirror=$(debian_mirror "$1") ||
		_mirror=$(debian_mirror debian | sed "s|/debian/* |/$1 |" |
			grep .) || return
	_key=${_mirror#* }
	case $_key in
	/*) ;;
	*) _key=/usr/share/keyrings/debian-archive-keyring.gpg ;;
	esac
	_trust=
	[ ! -f "$_key" ] || _trust="[signed-by=$_key] "
	echo "deb $_trust${_mirror%% *} $2 main"
}

# papt SUITE ARCH TOOL ARGUMENT…: an apt tool on a private state, which has
# only that suite and knows nothing of the system's packages.  The suite
# "system" is the system's own state.
papt()
{
	_suite=$1
	_arch=$2
	_tool=$3
	shift 3
	_state=$MEMBAR_CACHE/apt/$_suite-$_arch
	"$_tool" -qq \
		-o Dir::Etc::sourcelist="$_state/sources.list" \
		-o Dir::Etc::sourceparts=/dev/null \
		-o Dir::Etc::preferences=/dev/null \
		-o Dir::Etc::preferencesparts=/dev/null \
		-o Dir::State="$_state" \
		-o Dir::State::status="$_state/status" \
		-o Dir::Cache="$_state/cache" \
		-o APT::Architecture="$_arch" \
		-o APT::Architectures="$_arch" \
		-o APT::Sandbox::User=root \
		-o Acquire::Languages=none \
		"$@"
}

# apt_state SUITE ARCH: make the private state, with lists less than a day old.
apt_state()
{
	have apt-get ||
		die "apt-get is missing, and nothing can be fetched without it: give KDIR= of a built kernel, or KSRC= of a source"
	_state=$MEMBAR_CACHE/apt/$1-$2
	! in_cache "$_state/updated" ||
		[ -z "$(find "$_state/updated" -mtime -1)" ] || return 0
	mkdir -p "$_state/lists/partial" "$_state/cache/archives/partial" ||
		die "cannot write to $_state: set MEMBAR_CACHE to a directory of yours"
	: >"$_state/status"
	source_line debian "$1" >"$_state/sources.list" ||
		die "no Debian archive in /etc/apt/sources.list*: cannot tell where to take $1 from"
	# Only a released suite has security updates of its own.
	case $1 in
	sid | *-*) ;;
	*) source_line debian-security "$1-security" >>"$_state/sources.list" ;;
	esac
	# apt-get calls a failed download a warning.
	papt "$1" "$2" apt-get update >"$_state/log" 2>&1 </dev/null &&
		! grep -q '^[WE]: ' "$_state/log" ||
		die "cannot read the package lists of $1: $(sed -n 's/^[WE]: //p' "$_state/log" | head -n 1); check the network"
	touch "$_state/updated"
}

# pkg_dep SUITE ARCH PACKAGE PATTERN: what a metapackage stands for today.
pkg_dep()
{
	papt "$1" "$2" apt-cache --no-all-versions show "$3" 2>/dev/null |
		sed -n 's/^Depends: //p' | head -n 1 | sed 's/[,|]/\n/g' |
		sed 's/(.*//; s/ //g' | grep -x -m 1 "$4"
}

# get_pkgs SUITE ARCH DIR PACKAGE…: download into DIR; nothing is installed.
get_pkgs()
{
	_suite=$1
	_arch=$2
	_dir=$3
	shift 3
	(cd "$_dir" && papt "$_suite" "$_arch" apt-get download "$@") \
		>"$_dir/apt.log" 2>&1 </dev/null ||
		die "cannot download $*: $(apt_error "$_dir/apt.log"); check the network and the disk"
}

# get_closure SUITE ARCH DIR PACKAGE…: the same with all that they depend on.
get_closure()
{
	_suite=$1
	_arch=$2
	_dir=$3
	shift 3
	mkdir -p "$_dir/partial" &&
	papt "$_suite" "$_arch" apt-get install -y --download-only \
		--no-install-recommends -o Debug::NoLocking=1 \
		-o Dir::Cache::archives="$_dir" "$@" \
		>"$_dir/apt.log" 2>&1 </dev/null ||
		die "cannot download $*: $(apt_error "$_dir/apt.log"); check the network and the disk"
}

# unpack_pkgs DIR ROOT: unpack every package of DIR under ROOT, and drop it.
unpack_pkgs()
{
	for _deb in "$1"/*.deb; do
		dpkg -x "$_deb" "$2" ||
			die "cannot unpack $_deb: is the disk full?"
		rm -f "$_deb"
	done
}

# ours: the project's files that a build needs, relative to $top.
ours()
{
	(cd "$top" && find . \( -name .git -o -path ./build \
		-o -name .tmp_versions -o -name __pycache__ \) -prune -o \
		-type f ! -name '*.o' ! -name '*.ko' ! -name '*.a' \
		! -name '*.mod' ! -name '*.mod.c' ! -name '*.cmd' \
		! -name '*.d' ! -name modules.order ! -name '*.symvers' \
		-print)
}

# sync_tree DIR: make DIR a copy of the project, touching only what changed, so
# that make(1) rebuilds what changed and nothing else, whoever's copy it was.
sync_tree()
{
	mkdir -p "$1" || die "cannot write to $1: is the disk full?"
	ours | sort >"$1/.ours.new"
	# A file that is gone must not be found by an #include of old.
	[ ! -f "$1/.ours" ] || comm -23 "$1/.ours" "$1/.ours.new" |
		while IFS= read -r _file; do rm -f "$1/$_file"; done
	while IFS= read -r _file; do
		cmp -s "$top/$_file" "$1/$_file" && continue
		mkdir -p "$1/${_file%/*}"
		cp "$top/$_file" "$1/$_file" ||
			die "cannot copy $_file to $1: is the disk full?"
	done <"$1/.ours.new"
	mv "$1/.ours.new" "$1/.ours"
}

# verdict NAME STATUS: count a test in passed or failed, and say how it ended; the
# caller's $log is where to look.
# shellcheck disable=SC2154 # of the scripts
verdict()
{
	if [ "$2" = 0 ]; then
		passed=$((passed + 1))
		echo "ok: $1"
	else
		failed=$((failed + 1))
		echo "FAIL: $1; see $log"
	fi
}

# ktap_count LOG STATUS: sets passed, failed and skipped to the results of a test.
# A failure more is counted where the plan is missing or was not kept to, where a
# result has not the number that follows the last one's, and where the test gave
# up or ended with a status that none of its results explains.
# shellcheck disable=SC2034 # for the scripts
ktap_count()
{
	# shellcheck disable=SC2046 # four words
	set -- "$1" "$2" $(awk '
	/^(not )?ok / {
		n++
		if ($(/^not/ ? 3 : 2) != n)
			wrong = "the number of result " n " is wrong"
		if (/^not/)
			failed++
		else if (tolower($0) ~ /# skip/)
			skipped++
		else
			passed++
	}
	/^(not )?ok$/ { wrong = "a result has no number" }
	/^1\.\.[0-9]+$/ {
		plans++
		planned = substr($0, 4)
	}
	/^Bail out!/ { wrong = "it gave up" }
	END {
		if (!plans)
			wrong = n + 0 " results, none planned"
		else if (plans > 1)
			wrong = plans " plans"
		else if (n == 0 || planned != n)
			wrong = n + 0 " results, " planned " planned"
		gsub(/ /, "_", wrong)
		print passed + 0, failed + 0, skipped + 0, wrong
	}' "$1")
	passed=${3:-0}
	failed=${4:-0}
	skipped=${5:-0}
	[ $# -lt 6 ] && [ $# -gt 2 ] || {
		say "$1: $(echo "${6-cannot be read}" | tr _ ' ')"
		failed=$((failed + 1))
	}
	[ "$2" = 0 ] || [ "$failed" != 0 ] || {
		say "$1: all is well, and yet it ended with status ${2:-none}"
		failed=1
	}
}

# totals_count LOG STATUS: the same for a script, whose last line has to be "N
# passed, N failed[, N skipped]".  A script that tested nothing has failed, unless it
# says so with the status 4 and what it skipped.
# shellcheck disable=SC2034 # for the scripts
totals_count()
{
	# shellcheck disable=SC2046 # three words
	set -- "$1" "$2" $(grep . "$1" 2>/dev/null | tail -n 1 | awk '
	BEGIN { number = "(0|[1-9][0-9]*)" }
	$0 ~ "^" number " passed, " number " failed(, " number " skipped)?$" {
		print $1, $3, $5 + 0
	}')
	passed=${3:-0}
	failed=${4:-0}
	skipped=${5:-0}
	if [ $# = 2 ]; then
		say "$1: has no line with the number of tests"
		failed=1
	elif [ $((passed + failed + skipped)) = 0 ]; then
		say "$1: nothing was tested"
		failed=1
	elif [ "$2" = 4 ] && [ $((passed + failed)) = 0 ]; then
		:
	elif [ "$2" != 0 ] && [ "$failed" = 0 ]; then
		say "$1: nothing failed, and yet the status is ${2:-none}"
		failed=1
	fi
}

all_passed=0
all_failed=0
all_skipped=0

# Add what passed, failed and skipped are to the totals.
add_counts()
{
	all_passed=$((all_passed + passed))
	all_failed=$((all_failed + failed))
	all_skipped=$((all_skipped + skipped))
}

# The last line of a script that counts, and its status: something was tested
# and nothing failed.  If all was skipped, it is 4.
print_totals()
{
	echo "$all_passed passed, $all_failed failed, $all_skipped skipped"
	[ "$all_failed" = 0 ] && [ $((all_passed + all_skipped)) -gt 0 ] || return 1
	[ "$all_passed" -gt 0 ] || return 4
}
