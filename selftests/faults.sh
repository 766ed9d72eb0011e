#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Inject a failure into each call of membar_stress.ko that can fail, one after the
# other; then into the kernel's own allocations on its behalf, by
# /proc/self/fail-nth.  Each time there must be an error and no more than that: no
# thread, no file, no memory is left, and the next run works.
#
# The first part needs a membar_stress.ko built with MEMBAR_FAULTS=1, and the file
# "sites", which names its places; the second part needs CONFIG_FAULT_INJECTION.
cd "$(dirname "$0")" || exit 1
. ./functions.sh

fail_at=/sys/module/membar_stress/parameters/fail_at

# each_call COMMAND...: until it has no more calls that could fail.
each_call()
{
	n=0
	while :; do
		n=$((n + 1))
		echo $n >$fail_at || return
		"$@" >/dev/null 2>&1
		status=$?
		read -r _ calls site <$fail_at
		echo 0 >$fail_at
		[ "$calls" -ge $n ] || break
		case $site in
		*kthread_bind | *debugfs*) ;;
		*) [ $status != 0 ] || {
			echo "call $n, $site, failed, and the module reported no error"
			return 1
		} ;;
		esac
		clean && works || {
			echo "after call $n, $site: the next run does not work"
			return 1
		}
		echo "$site" >>"$tmp/failed"
	done
	echo "$((n - 1)) calls failed in turn"
	[ $n -gt 1 ]
}

# At load time the parameter comes with the module.
each_call_of_loading()
{
	n=0
	while :; do
		n=$((n + 1))
		rmmod membar_stress 2>/dev/null
		[ ! -e "$dir" ] && [ "$(threads)" = 0 ] || return
		if insert membar_stress fail_at=$n 2>/dev/null; then
			read -r _ calls site <$fail_at
			echo 0 >$fail_at
			[ "$calls" -ge $n ] || break
			# Without a file or two it is of use all the same.
			case $site in
			*debugfs*) ;;
			*)
				echo "call $n, $site, failed, and the module reported no error"
				return 1
				;;
			esac
		else
			site=$(dmesg | sed -n 's/.*membar_stress: fault: //p' |
				tail -n 1)
			[ ! -e "$dir" ] || {
				echo "after $site: $dir is there"
				return 1
			}
		fi
		echo "$site" >>"$tmp/failed"
	done
	echo "$((n - 1)) calls failed in turn"
	[ $n -gt 1 ] && works
}

# A litmus file with a lock and SRCU, which has a control and is no named test.
run_file()
{
	{ printf 'test=- duration_ms=1 oversubscribe=1
C counter
{}
P0(int *x, spinlock_t *l)
{
	int r0;

	spin_lock(l);
	r0 = READ_ONCE(*x);
	WRITE_ONCE(*x, r0 + 1);
	spin_unlock(l);
}
P1(int *x, spinlock_t *l, struct srcu_struct *s)
{
	int r0;
	int r1;

	spin_lock(l);
	r1 = srcu_read_lock(s);
	r0 = READ_ONCE(*x);
	WRITE_ONCE(*x, r0 + 1);
	srcu_read_unlock(s, r1);
	spin_unlock(l);
}
exists (x=1)
' >"$dir/run"; } 2>/dev/null
}

read_all()
{
	for file in run progress results histogram results.json log tests \
		cells; do
		cat "$dir/$file" || return
	done
}

# Every place that the module has was among those that failed.
all_sites()
{
	awk '{ sub(".*/", "") }
	NR == FNR { times[$0]++; next }
	{ places++ }
	$0 in times { failed++; print times[$0], $0; next }
	{ print "never failed: " $0 }
	END {
		print failed + 0 " of " places " places failed"
		exit !places || failed != places
	}' "$tmp/failed" sites >"$tmp/places"
	status=$?
	# Where each was, and how often it failed, is worth the lines.
	sed 's/^/# /' "$tmp/places" >&3
	return $status
}

if_faults()
{
	[ -e $fail_at ] || {
		echo "not built with MEMBAR_FAULTS=1"
		return 4
	}
	[ -s sites ] || {
		echo "built with MEMBAR_FAULTS=1, but the file sites names no place"
		return 1
	}
	"$@"
}

# inject WHAT...: the first allocation or copy of a system call fails, then the
# second, until it has no more of them, or MEMBAR_INJECT times; see inject.c.
inject()
{
	[ -w /proc/self/fail-nth ] && [ -x ./membar_inject ] || {
		echo "no CONFIG_FAULT_INJECTION, or no membar_inject"
		return 4
	}
	[ "$1" != load ] || [ -r "$2" ] || {
		echo "no file $2"
		return 4
	}
	n=0
	failed=0
	outcome=
	while [ $n -lt "$many" ]; do
		n=$((n + 1))
		[ "$1" != load ] || rmmod membar_stress || return
		outcome=$(./membar_inject $n "$@") || return
		[ "$outcome" != failed ] || failed=$((failed + 1))
		load && clean && works || {
			echo "after injection $n into $*: the next run does not work"
			return 1
		}
		[ "$outcome" != spared ] || break
		[ $((n % 100)) != 0 ] || echo "# $1: $n injections" >&3
	done
	if [ "$outcome" = spared ]; then
		echo "all of its $((n - 1)) injections, $failed noticed"
	else
		echo "the first $n injections, $failed noticed"
	fi
	# To unload notices nothing, and needs nothing.
	[ $failed -gt 0 ] || [ "$1" = unload ]
}

need_stress
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp" "$said"' EXIT
: >"$tmp/failed"
# The injected failures are not to be told one by one.
for how in failslab fail_page_alloc fail_usercopy; do
	[ ! -d "$debugfs/$how" ] || {
		echo 0 >"$debugfs/$how/verbose"
		echo N >"$debugfs/$how/ignore-gfp-wait"
	} 2>/dev/null
done
many=${MEMBAR_INJECT:-60}
ktap_print_header
exec 3>&1
ktap_set_plan 16
check "loading" if_faults each_call_of_loading
check "reading the files" if_faults each_call read_all
check "a run of the perpetual engine" if_faults \
	each_call request 'SB+po+po SB+mb+mb duration_ms=1 oversubscribe=1'
check "a run of the array engine" if_faults \
	each_call request 'SB duration_ms=1 engine=array oversubscribe=1'
check "a run of an invariant" if_faults \
	each_call request 'u32_add duration_ms=1 oversubscribe=1'
check "a run of a litmus file" if_faults each_call run_file
check "all of its places have failed" if_faults all_sites
check "injected into a write" inject write "$dir/run" \
	'SB duration_ms=1 oversubscribe=1'
check "injected into a refused write" inject write "$dir/run" X
check "injected into reading progress" inject read "$dir/progress"
check "injected into reading results" inject read "$dir/results"
check "injected into reading what is long" inject read "$dir/results.json"
check "injected into loading" inject load "$modules/membar_stress.ko"
check "injected into unloading" inject unload membar_stress
check "the kernel complained of nothing" no_complaints
check "kmemleak finds nothing" no_leaks
ktap_finished
