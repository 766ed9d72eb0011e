#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Check that membar.ko and the modules that use it load, unload, refuse and release
# everything as they should.
cd "$(dirname "$0")" || exit 1
. ./functions.sh

# users MODULE: how /proc/modules counts and names them, "0 -" or "1 a,".
users()
{
	awk -v m="$1" '$1 == m { print $3, $4 }' /proc/modules
}

has_users()
{
	[ "$(users "$1")" = "$2" ] || {
		echo "users of $1: $(users "$1"), not $2"
		return 1
	}
}

refused_without_membar()
{
	not insmod "$modules/membar_mailbox.ko" &&
		dmesg | grep -q 'membar_mailbox: Unknown symbol membar_'
}

# What the module itself says; the kernel's remarks on taint are not its words.
log_lines()
{
	dmesg | grep 'membar: ' | grep -v 'taint'
}

loads_in_one_line()
{
	before=$(log_lines | wc -l)
	insert membar || return
	log_lines | tail -n 1
	[ $(($(log_lines | wc -l) - before)) = 1 ]
}

# The file "symbols" has what membar.ko must export.
exported()
{
	[ -s symbols ] || {
		echo "no list of symbols"
		return 4
	}
	awk 'NR == FNR { if ($4 == "[membar]") have[$3] = 1; next }
	!($1 in have) { print $1 " is not in kallsyms"; lacks = 1 }
	END { print NR - FNR ? FNR " symbols" : "none"; exit lacks }' \
		/proc/kallsyms symbols
}

# What it says that it has is what it exports.
counted()
{
	says=$(log_lines | tail -n 1 |
		sed -n 's/.*, \([0-9]*\) barriers, \([0-9]*\) atomics, .*/\1 \2/p')
	has=$(awk '
	NR == FNR { barrier[$1] = 1; next }
	$4 != "[membar]" || $2 !~ /^[Tt]$/ { next }
	$3 in barrier { barriers++ }
	$3 ~ /^membar_(u[0-9]+|.*_bit|.*_byte)_[a-z_]+$/ { atomics++ }
	END { print barriers + 0, atomics + 0 }' symbols /proc/kallsyms)
	echo "it says $says, and exports $has"
	[ "$says" = "$has" ]
}

no_trace()
{
	not grep '\[membar\]' /proc/kallsyms && [ ! -e /sys/module/membar ]
}

# The sample sends through both of its mailboxes, in line and out of line.
both_mailboxes()
{
	before=$(dmesg | grep -c 'membar_mailbox: .*line: .* 0 bad')
	insert membar_mailbox || return
	after=$(dmesg | grep -c 'membar_mailbox: .*line: .* 0 bad')
	[ $((after - before)) = 2 ]
}

# What is no parameter is named in the log, and does no harm.
unknown_parameter()
{
	insert membar nonsense=1 && rmmod membar &&
		dmesg | grep -q "membar: unknown parameter 'nonsense' ignored"
}

wrong_parameter()
{
	not insert membar_mailbox messages=many &&
		not loaded membar_mailbox &&
		not insert membar_mailbox messages=-1 &&
		not insert membar_mailbox messages=4294967296 &&
		not loaded membar_mailbox
}

parameter_works()
{
	insert membar_mailbox messages=0 &&
		[ "$(cat /sys/module/membar_mailbox/parameters/messages)" = 0 ] &&
		rmmod membar_mailbox
}

# Out of tree and unsigned is all that may be held against it.
taint_is_modest()
{
	gained=$(($(cat /proc/sys/kernel/tainted) & ~taint))
	echo "taint gained: $gained"
	[ $((gained & ~(4096 | 8192))) = 0 ]
}

loaded_dir()
{
	insert membar && insert membar_stress && [ -f "$dir/run" ]
}

unloaded_dir()
{
	rmmod membar_stress && rmmod membar && [ ! -e "$dir" ]
}

# reload MODULE...: load them in this order, and unload them.
reload()
{
	for module; do insert "$module" || return; done
	for module in membar_stress membar membar_leak; do
		! loaded "$module" || rmmod $module || return
	done
}

# if_exact COMMAND...: where slabs are not counted by the object, a leak is lost
# in the noise.
if_exact()
{
	grep -q 'slab_debug=F\|slub_debug=F' /proc/cmdline &&
		[ -r /proc/slabinfo ] || {
		echo "not booted with slab_debug=F"
		return 4
	}
	"$@"
}

# count_objects FILE: how many objects each cache has handed out.
count_objects()
{
	awk 'NR > 2 && $1 != "kmemleak_object" { print $1, $2 }' \
		/proc/slabinfo >"$1"
}

# snapshot FILE: the same when all that can be freed at once has been.
snapshot()
{
	drop_caches
	count_objects "$1"
}

# falls OLD NEW: has a cache fewer objects than before, but for some noise?
falls()
{
	awk 'NR == FNR { old[$1] = $2; next }
	$2 < old[$1] - 5 { fell = 1 }
	END { exit !fell }' "$1" "$2"
}

# lowest OLD NEW: the smaller count of each cache.
lowest()
{
	awk 'NR == FNR { old[$1] = $2; next }
	{ print $1, ($1 in old && old[$1] < $2 ? old[$1] : $2) }' "$1" "$2"
}

# settle_slabs FILE SECONDS [COMMAND...]: the lowest counts, when no cache has had
# fewer objects for so long, or the command fails.  Much is freed only after a grace
# period and five seconds of waiting for more (kfree_rcu()), and later on a machine
# that is busy.  What this loop itself allocates and frees comes and goes.
settle_slabs()
{
	_file=$1
	_still=$2
	_window=$2
	_waited=0
	shift 2
	snapshot "$_file"
	while [ "$_still" -gt 0 ] && [ $_waited -lt 90 ] && "$@"; do
		sleep 1
		count_objects "$_file.next"
		_waited=$((_waited + 1))
		_still=$((_still - 1))
		! falls "$_file" "$_file.next" || _still=$_window
		keep_lowest
	done
	[ $_waited = 0 ] || {
		snapshot "$_file.next"
		keep_lowest
	}
}

keep_lowest()
{
	lowest "$_file" "$_file.next" >"$_file.lowest"
	mv "$_file.lowest" "$_file"
}

# grown BEFORE AFTER: the caches with an object more for each of a hundred loads.
grown()
{
	awk 'NR == FNR { before[$1] = $2; next }
	$2 - before[$1] >= 90 {
		print $1 " grew by " $2 - before[$1]
		leaks = 1
	}
	END { exit !leaks }' "$1" "$2"
}

# grows MODULE…: do a hundred loads cost an object each, of some cache?  An
# object that is freed late is not lost; one that is lost is still there when
# nothing has been freed for twenty seconds.
grows()
{
	reload "$@" || return 2
	settle_slabs "$tmp/before" 8 true
	i=0
	while [ $i -lt 100 ]; do
		reload "$@" || return 2
		i=$((i + 1))
	done
	settle_slabs "$tmp/after" 20 grown "$tmp/before" "$tmp/after" >/dev/null
	echo "waited for $_waited s"
	grown "$tmp/before" "$tmp/after"
}

does_not_grow()
{
	grows "$@"
	[ $? = 1 ]
}

leak_grows()
{
	have membar_leak || {
		echo "no membar_leak.ko"
		return 4
	}
	grows membar_leak
}

[ "$(id -u)" = 0 ] || skip_all "must be root"
{ have membar && have membar_stress && have membar_mailbox; } ||
	skip_all "no membar.ko, membar_stress.ko and membar_mailbox.ko to load"
unload || skip_all "membar is in use"
[ -r "$modules/membar_mailbox.ko" ] || modules_known=1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp" "$said"' EXIT
ktap_print_header
ktap_set_plan 24
taint=$(cat /proc/sys/kernel/tainted)
if [ -z "${modules_known-}" ]; then
	check "a consumer is refused without membar.ko" refused_without_membar
else
	ktap_test_skip "a consumer is refused without membar.ko: modprobe loads it"
fi
check "what is no parameter is ignored, and said" unknown_parameter
check "membar.ko loads, and says one line" loads_in_one_line
check "nobody uses it yet" has_users membar "0 -"
check "it has a version" grep -q . /sys/module/membar/version
check "its symbols are in kallsyms" exported
check "it counts them as they are" counted
check "it does not load twice" not insmod "$modules/membar.ko"
check "a wrong parameter is refused" wrong_parameter
check "a parameter is heeded" parameter_works
check "a consumer works in line and out of line" both_mailboxes
check "it is seen as a user of membar" has_users membar "1 membar_mailbox,"
check "membar.ko is not unloaded below it" not rmmod membar
check "the consumer unloads" rmmod membar_mailbox
check "membar.ko unloads" rmmod membar
check "it leaves no trace" no_trace
check "the stress module has its directory" loaded_dir
check "membar.ko is not unloaded below that" not rmmod membar
check "and takes the directory away" unloaded_dir
check "the kernel is tainted as by any such module" taint_is_modest
check "a hundred loads leak nothing" if_exact does_not_grow membar membar_stress
check "kmemleak finds nothing" no_leaks
check "control: a leak is seen" if_exact leak_grows
check "control: kmemleak finds it" leaks
# What was lost on purpose is not for another test to find.
[ ! -e "$debugfs/kmemleak" ] || echo clear >"$debugfs/kmemleak"
ktap_finished
