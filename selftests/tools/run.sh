#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Exit statuses, messages and reports of tools/campaign and tools/run.
set -u
# shellcheck source=selftests/tools/results.sh
. "$(dirname "$0")/results.sh"

# tools/campaign: the programs that load modules change a list in $work/machine, and
# tools/membar-stress is a script that ends with $LEFT and leaves its arguments.
mkdir -p "$work/modules" "$work/machine/proc"
cat >"$work/modules/insmod" <<'END'
#!/bin/sh
name=$(basename "$1" .ko)
[ "$name" != "${refused-}" ] || exit 1
echo "$name 16384 0" >>"$MEMBAR_ROOT/proc/modules"
END
cat >"$work/modules/rmmod" <<'END'
#!/bin/sh
[ "$1" != "${stays-}" ] || exit 1
grep -q "^$1 " "$MEMBAR_ROOT/proc/modules" || exit
sed -i "/^$1 /d" "$MEMBAR_ROOT/proc/modules"
END
printf '#!/bin/sh\necho an older line\necho a reason\n' >"$work/modules/dmesg"
cat >"$work/tool" <<'END'
#!/bin/sh
echo "$*" >out/arguments
[ ! -d litmus ] || find litmus -type f >>out/arguments
grep -c '^membar' "$MEMBAR_ROOT/proc/modules" >>out/arguments
[ -z "${interrupt-}" ] || kill -TERM "$PPID"
exit "$LEFT"
END
chmod +x "$work"/modules/*

# says PATTERN: the last run said it.
says()
{
	[ -z "$1" ] || grep -q -e "$1" "$work/said"
}

# campaign NAME STATUS SAYS LEFT [VARIABLE=VALUE...]: $loaded are modules that are
# loaded before, and $after those that are loaded after it.
campaign()
{
	name=$1
	want=$2
	says=$3
	LEFT=$4
	shift 4
	rm -rf "$work/campaign"
	mkdir "$work/campaign"
	cp "$tools/campaign" "$work/campaign/"
	cp "$work/tool" "$work/campaign/membar-stress"
	echo "SB seed=1" >"$work/campaign/request"
	[ ! -e "$work/litmus.tar" ] || cp "$work/litmus.tar" "$work/campaign/"
	for module in another_membar membar_of_another ${loaded-}; do
		echo "$module 16384 0"
	done >"$work/machine/proc/modules"
	status=0
	env PATH="$work/modules:$PATH" MEMBAR_ROOT="$work/machine" LEFT="$LEFT" "$@" \
		sh "$work/campaign/campaign" >"$work/said" 2>&1 || status=$?
	now=$(sed '1,2d; s/ .*//' "$work/machine/proc/modules" | tr '\n' ' ')
	[ "$status" = "$want" ] && says "$says" &&
		[ "$now" = "${after-}" ] &&
		[ "$(cat "$work/campaign/out/status")" = "$want" ]
	result $? "campaign: $name: status $status, wanted $want and '$says'; loaded: ${now:-nothing}"
}

for status in 0 1 2 3; do
	campaign "the tool's status $status" $status "" $status
done
[ ! -s "$work/said" ]
result $? "campaign: nothing is said when nothing is wrong"
printf '%s\n' "-o out SB seed=1" 3 | cmp -s - "$work/campaign/out/arguments"
result $? "campaign: the tool has its arguments and both modules"
campaign "no module loads" 2 'refused membar.ko: a reason' 0 refused=membar
campaign "the second module does not load" 2 'refused membar_stress.ko: a reason' 0 \
	refused=membar_stress
loaded="membar" after="membar " \
	campaign "a module is loaded already" 2 \
	'^membar is loaded already: run rmmod membar first' 0
loaded="membar_stress" after="membar_stress " \
	campaign "the other module is loaded already" 2 \
	'^membar_stress is loaded already: run rmmod membar_stress first' 0
after="membar " campaign "a module stays" 2 "" 0 stays=membar
after="membar_stress " campaign "the other module stays" 2 "" 0 stays=membar_stress
campaign "an interrupt" 130 "" 0 interrupt=1
echo "not a tar file" >"$work/litmus.tar"
after="membar membar_stress " campaign "a tar file that is none" 2 \
	"cannot unpack litmus.tar" 0
mkdir -p "$work/litmus/litmus"
echo "C a" >"$work/litmus/litmus/a.litmus"
tar -cf "$work/litmus.tar" -C "$work/litmus" litmus
campaign "litmus files" 0 "" 0
printf '%s\n' "-o out SB seed=1 ./litmus" litmus/a.litmus 3 |
	cmp -s - "$work/campaign/out/arguments"
result $? "campaign: the tool has the litmus files"
rm "$work/litmus.tar"
rm -r "$work/campaign/out"
sh "$work/campaign/campaign" --help >"$work/said" 2>&1 &&
	head -n 1 "$work/said" | grep -q '^Load membar.ko' &&
	! grep -q '^#' "$work/said" && [ ! -e "$work/campaign/out" ]
result $? "campaign: --help says what it does, and no more"
echo "a file" >"$work/campaign/out"
sh "$work/campaign/campaign" >"$work/said" 2>&1
status=$?
[ $status = 2 ]
result $? "campaign: the reports cannot be written: status $status, wanted 2"

# tools/run, in a tree of its own.  What it builds with and boots are scripts: the
# guest ends with $BOOT, and has left the status $LEFT, if any.
mkdir -p "$work/tree/tools/lib" "$work/kernel/kdir/include/config" "$work/path" \
	"$work/tree/tools/demo"
cp "$tools"/lib/*.sh "$work/tree/tools/lib/"
for script in run campaign membar-stress; do
	cp "$tools/$script" "$work/tree/tools/"
done
echo 6.12 >"$work/kernel/kdir/include/config/kernel.release"
echo "a kernel" >"$work/kernel/vmlinuz"
cat >"$work/tree/tools/get-kernel" <<END
#!/bin/sh
[ -z "\${no_kernel-}" ] || exit 1
echo "$work/kernel"
END
cat >"$work/tree/tools/boot" <<'END'
#!/bin/sh
echo "$*" >"$CALLS/boot"
while getopts a:c:q:t:l:o: opt; do
	[ $opt != o ] || out=$OPTARG
done
shift $((OPTIND - 1))
for file; do [ -r "$file" ] || exit 9; done
mkdir -p "$out"
[ -z "$LEFT" ] || echo "$LEFT" >"$out/status"
[ -z "${results-}" ] || echo "$results" >"$out/results.json"
echo kvm >"$out/accel"
echo "the guest says this"
exit "$BOOT"
END
cat >"$work/tree/tools/stress-report" <<'END'
#!/bin/sh
echo "$*"
END
cat >"$work/tree/tools/compare-herd" <<'END'
#!/bin/sh
echo "$*" >"$CALLS/compare"
exit "$COMPARED"
END
printf '#!/bin/sh\necho a demonstration\nexit 5\n' >"$work/tree/tools/demo/one"
cp "$work/tree/tools/demo/one" "$work/tree/tools/demo/two"
cat >"$work/path/make" <<'END'
#!/bin/sh
echo "$*" >"$CALLS/make"
[ -z "${no_build-}" ] || exit 2
for word; do
	case $word in
	M=*) mkdir -p "${word#M=}/selftests/stress" &&
		touch "${word#M=}/membar.ko" \
			"${word#M=}/selftests/stress/membar_stress.ko" ;;
	esac
done
[ -z "${no_module-}" ] || rm "${no_module-}"
END
cat >"$work/path/dpkg-query" <<'END'
#!/bin/sh
for word; do package=$word; done
echo "$package" >>"$CALLS/packages"
printf installed
END
# shellcheck disable=SC2016 # for the program
printf '#!/bin/sh\necho ${uid:-0}\n' >"$work/path/id"
# shellcheck disable=SC2016 # likewise
printf '#!/bin/sh\n[ -z "${no_copy-}" ] && exec %s "$@"\n' "$(command -v cp)" \
	>"$work/path/cp"
chmod +x "$work"/tree/tools/* "$work"/tree/tools/demo/* "$work"/path/*

# runs NAME STATUS BOOT LEFT SAYS [VARIABLE=VALUE...]
runs()
{
	name=$1
	want=$2
	BOOT=$3
	LEFT=$4
	says=$5
	shift 5
	status=0
	rm -rf "$work/calls"
	mkdir "$work/calls"
	env PATH="$work/path:$PATH" MEMBAR_CACHE="$work/cache" RUNNER=uml \
		CALLS="$work/calls" BOOT="$BOOT" LEFT="$LEFT" REQUEST=SB "$@" \
		"$work/tree/tools/run" >"$work/said" 2>&1 </dev/null || status=$?
	[ $status = "$want" ] && says "$says"
	result $? "run: $name: status $status, wanted $want and '$says'"
}

# called PROGRAM NAME PATTERN: what the last run called it with.
called()
{
	cat "$work/calls/$1" >>"$work/said" 2>/dev/null
	grep -q -e "$3" "$work/calls/$1"
	result $? "run: $2: $1 $3"
}

# packages NAME PACKAGE...: those that the last run wanted.
packages()
{
	name=$1
	shift
	sort -u "$work/calls/packages" | tr '\n' ' ' >"$work/wanted"
	echo "packages: $(cat "$work/wanted")" >>"$work/said"
	[ "$(cat "$work/wanted")" = "$* " ]
	result $? "run: $name: the packages are $*"
}

report=$work/tree/build/report
for status in 0 1 2 3; do
	runs "the tool's status $status" $status $status $status ""
done
packages "User-Mode Linux" busybox-static gcc libc6-dev make python3
called boot "a guest" "^-a um -c 2 -q  -t 720 -l $report/uml/console.log -o $report/uml/out $work/kernel/vmlinuz "
called boot "the files of a campaign" "/tools/campaign .*/tools/membar-stress .*/request .*/membar.ko .*/membar_stress.ko$"
called make "the build" "^-s -C $work/kernel/kdir M=$work/tree/build/run/um -j[0-9]* modules$"
grep -qx -e "--limit 600 SB" "$work/tree/build/run/um/request"
result $? "run: a guest has a limit"
[ "$(cat "$report/uml/status")" = 3 ] &&
	grep -qx "the guest says this" "$report/uml/report.txt"
result $? "run: the report has the status and what the guest says"
grep -q "building the modules for 6.12" "$work/said" &&
	grep -q "^membar: report: $report/uml/$" "$work/said" &&
	grep -q "all reports and logs: $report/uml.tar.gz$" "$work/said"
result $? "run: it says what it builds and where the reports are"
! grep -q "did not complete" "$work/said"
result $? "run: it does not complain of a campaign that is complete"
runs "results" 0 0 0 "^membar: report: $report/uml/index.html$" results=some
[ "$(cat "$report/uml/index.html")" = "--on=uml $report/uml/out/results.json" ]
result $? "run: the report is made of the results"
runs "what an earlier run has left" 0 0 0 "report: $report/uml/$"
[ ! -e "$report/uml/out/results.json" ]
result $? "run: the results of an earlier run are gone"
runs "the guest died" 2 1 "" \
	"the campaign did not complete: see $report/uml/console.log"
runs "the guest's kernel complained after the campaign" 2 1 0 "did not complete"
runs "no end in time" 2 1 3 "did not complete"
runs "a build that fails" 2 0 0 "all of it: $report/uml/build.log" no_build=1
runs "a build without a module" 2 0 0 "the build made no membar.ko: see $report/uml/build.log" \
	no_module="$work/tree/build/run/um/membar.ko"
runs "no kernel" 2 0 0 "" no_kernel=1
[ ! -e "$work/calls/make" ]
result $? "run: nothing is built for no kernel"
for cpus in many 0 04; do
	runs "CPUS=$cpus" 2 0 0 "CPUS=$cpus is not a number of CPUs" CPUS=$cpus
done
runs "four CPUs and words for QEMU" 0 0 0 "" CPUS=4 QEMU="-m 1G"
called boot "four CPUs" "^-a um -c 4 -q -m 1G -t "
runs "an unknown runner" 2 0 0 "RUNNER=none is not known" RUNNER=none
for limit in 10m 0 1234567890; do
	runs "LIMIT=$limit" 2 0 0 "LIMIT=$limit is not a number of seconds" LIMIT=$limit
done
runs "one file of all that is left" 0 0 0 ""
tar -tzf "$report/uml.tar.gz" >"$work/said" &&
	grep -qx uml/out/status "$work/said" && grep -qx uml/report.txt "$work/said"
result $? "run: the tar file has the reports"
runs "the limit of a guest" 0 0 0 "" LIMIT=77
grep -qx -e "--limit 77 SB" "$work/tree/build/run/um/request"
result $? "run: the limit is passed on"
called boot "the limit" " -t 197 "
rm "$report/uml.tar.gz"
mkdir "$report/uml.tar.gz"
runs "no tar file" 2 0 0 "error: cannot write $report/uml.tar.gz"
runs "a failure and no tar file" 1 1 1 "error: cannot write $report/uml.tar.gz"
rmdir "$report/uml.tar.gz"
rm "$report/uml/index.html"
mkdir "$report/uml/index.html"
runs "no page" 2 0 0 "cannot write to $report/uml: is the disk full" results=some
rmdir "$report/uml/index.html"

runs "a demonstration" 5 0 0 "^a demonstration$" DEMO=two
[ ! -e "$work/calls/make" ]
result $? "run: a demonstration is all there is"
runs "an unknown demonstration" 2 0 0 "DEMO=tw is not known: use one of one two$" DEMO=tw

runs "QEMU" 0 0 0 "" RUNNER=qemu results=some
packages "QEMU" busybox-static gcc-12 libc6-dev make pahole python3 qemu-system-x86
called boot "QEMU" "^-a amd64 "
grep -q -e "^--on=kvm " "$report/qemu/index.html"
result $? "run: the report names the accelerator"
runs "no runner" 0 0 0 "" RUNNER=
called boot "no runner" "^-a amd64 "
runs "arm64" 0 0 0 "" RUNNER=qemu ARCH=arm64
packages "arm64" busybox-static gcc-12-aarch64-linux-gnu make pahole python3 qemu-system-arm
called boot "arm64" "^-a arm64 "
runs "an unknown machine" 2 0 0 "ARCH=vax is not known" RUNNER=qemu ARCH=vax

# Litmus files in place of the default tests.
mkdir -p "$work/litmus/none" "$work/litmus/deeper/folder.litmus"
echo "C b" >"$work/litmus/deeper/a.litmus"
runs "litmus files" 0 0 0 "" \
	LITMUS="$work/litmus/litmus $work/litmus/deeper/a.litmus" results=some _n=7
tar -tf "$work/tree/build/run/um/litmus.tar" >"$work/said"
grep -qx litmus/1/litmus/a.litmus "$work/said" && grep -qx litmus/2/a.litmus "$work/said"
result $? "run: both litmus files of one name are there"
called boot "litmus files" "/litmus.tar$"
litmus=$(sed 's/.* //' "$report/uml/index.html")
[ "${litmus%/*}" = "${TMPDIR:-/tmp}" ] && [ ! -e "$litmus" ]
result $? "run: the report has the litmus files, which are gone"
runs "no litmus files" 2 0 0 "there is no file" LITMUS="$work/litmus/none"
runs "a folder of a litmus file's name" 2 0 0 "there is no file" \
	LITMUS="$work/litmus/deeper/folder.litmus"
runs "a litmus file that is missing" 2 0 0 "LITMUS: $work/none.litmus cannot be read" \
	LITMUS="$work/none.litmus"

runs "a litmus file that cannot be copied" 2 0 0 \
	"cannot copy $work/litmus/litmus: is the disk full?" \
	LITMUS="$work/litmus/litmus" no_copy=1
rm "$work/tree/build/run/um/litmus.tar"
mkdir "$work/tree/build/run/um/litmus.tar"
runs "no tar file of litmus files" 2 0 0 \
	"cannot write to $work/tree/build/run/um: is the disk full?" \
	LITMUS="$work/litmus/litmus"
rmdir "$work/tree/build/run/um/litmus.tar"

# The comparison with herd7.
runs "equal outcomes" 0 0 0 "" COMPARE=herd COMPARED=0 LITMUS="$work/litmus/litmus"
called compare "herd" "^-o $report/uml/out $report/uml/out/log.txt $work/litmus/litmus$"
runs "other outcomes" 1 0 0 "" COMPARE=herd COMPARED=1
runs "no comparison" 2 0 0 "" COMPARE=herd COMPARED=2
runs "no comparison of what is inconclusive" 3 3 3 "" COMPARE=herd COMPARED=2
runs "equal outcomes of what is inconclusive" 3 3 3 "" COMPARE=herd COMPARED=0
runs "other outcomes of what is inconclusive" 1 3 3 "" COMPARE=herd COMPARED=1
runs "an unknown comparison" 2 0 0 "COMPARE=heard is not known" COMPARE=heard

# A kernel of one's own.
kdir=$work/own
mkdir -p "$kdir/include/generated" "$kdir/include/config" \
	"$kdir/arch/x86/boot" "$kdir/arch/arm64/boot"
touch "$kdir/Makefile" "$kdir/.config" "$kdir/Module.symvers" \
	"$kdir/include/generated/autoconf.h"
echo 6.12 >"$kdir/include/config/kernel.release"
# own NAME CONFIG IMAGE WANTED [VARIABLE=VALUE...]: what boots is WANTED.
own()
{
	kernel=$1
	config=$2
	image=$3
	boots=$4
	shift 4
	printf '# CONFIG_UML=y\n%s\n' "$config" >"$kdir/.config"
	rm -f "$kdir/linux" "$kdir"/arch/*/boot/*
	[ -z "$image" ] || touch "$kdir/$image"
	runs "own kernel: $kernel" 0 0 0 "" RUNNER= KDIR="$kdir" "$@"
	called boot "own kernel: $kernel" "^-a $boots "
}
own "User-Mode Linux" CONFIG_UML=y linux "um .* $kdir/linux"
called make "own kernel" "^-s -C $kdir M=$work/tree/build/run/own-um "
packages "own kernel" busybox-static gcc libc6-dev make pahole python3 qemu-system-x86
[ -s "$report/uml.tar.gz" ]
result $? "run: own kernel: User-Mode Linux is its own runner"
own "x86" CONFIG_X86_64=y arch/x86/boot/bzImage "amd64 .* $kdir/arch/x86/boot/bzImage"
own "arm64" CONFIG_ARM64=y arch/arm64/boot/Image "arm64 .* $kdir/arch/arm64/boot/Image"
own "an image elsewhere" CONFIG_ARM64=y arch/arm64/boot/Image \
	"arm64 .* $work/kernel/vmlinuz" KIMAGE="$work/kernel/vmlinuz"
runs "own kernel: an image that is missing" 0 0 0 "" RUNNER= KDIR="$kdir" KIMAGE=/none
runs "own kernel: relative" 0 0 0 "" RUNNER= KDIR="$(realpath --relative-to=. "$kdir")"
called make "own kernel: relative" "^-s -C $kdir M="
rm "$kdir/arch/arm64/boot/Image"
runs "own kernel: no image" 2 0 0 "KDIR=$kdir has no image to boot" RUNNER= KDIR="$kdir"
echo CONFIG_VAX=y >"$kdir/.config"
runs "own kernel: another machine" 2 0 0 "is for a machine that tools/boot does not know" \
	RUNNER= KDIR="$kdir"
rm "$kdir/Module.symvers"
runs "own kernel: not built" 2 0 0 "KDIR=$kdir has no Module.symvers" RUNNER= KDIR="$kdir"
touch "$kdir/Module.symvers"

# On the host: no module is really loaded, and the harness is a script.
cp "$work/tool" "$work/tree/tools/membar-stress"
echo >"$work/machine/proc/modules"
cp "$work"/modules/* "$work/path/"
# host NAME STATUS LEFT SAYS [VARIABLE=VALUE...]
host()
{
	name=$1
	want=$2
	left=$3
	says=$4
	shift 4
	runs "host: $name" "$want" 0 "$left" "$says" RUNNER=host MEMBAR_YES=1 \
		MEMBAR_ROOT="$work/machine" KDIR="$kdir" "$@"
}
for status in 0 1 2 3; do
	host "the tool's status $status" $status $status ""
	[ "$(tar -xzOf "$report/host.tar.gz" host/out/status)" = "$status" ]
	result $? "run: host: the tar file has the status $status"
done
packages "host" gcc kmod libc6-dev make python3
called make "host" "^-s -C $kdir M=$work/tree/build/run/own-host "
[ ! -e "$work/calls/boot" ]
result $? "run: host: nothing boots"
host "the limit" 0 0 "" LIMIT=77
grep -qx -e "-o out --limit 77 SB" "$report/host/out/arguments"
result $? "run: host: the limit is passed on"
host "no limit" 0 0 ""
grep -qx -e "-o out SB" "$report/host/out/arguments"
result $? "run: host: there is no limit unless one is given"
host "litmus files" 0 0 "" LITMUS="$work/litmus/litmus"
grep -qx -e "-o out SB ./litmus" "$report/host/out/arguments"
result $? "run: host: the litmus files are passed on"
host "no litmus files any more" 0 0 ""
grep -qx -e "-o out SB" "$report/host/out/arguments"
result $? "run: host: the litmus files of an earlier run are gone"
host "no copies" 2 0 "cannot write to $work/tree/build/run/own-host: is the disk full?" \
	no_copy=1
host "no consent" 2 0 "there is no terminal: set MEMBAR_YES=1" MEMBAR_YES=0
host "not root" 2 0 "run it as root, or use RUNNER=uml" uid=1000
host "no module loads" 2 0 "refused membar.ko: a reason" refused=membar
runs "host: no headers" 2 0 0 "no headers of the running kernel" RUNNER=host \
	KDIR=/nonexistent
runs "a KDIR that is no kernel" 2 0 0 "KDIR=/nonexistent has no Makefile" \
	KDIR=/nonexistent

# answer WORD STATUS SAYS: to the question, on a terminal.
answer()
{
	cat >"$work/ask.py" <<'END'
import os, pty, sys
pid, terminal = pty.fork()
if not pid:
    os.execvp(sys.argv[2], sys.argv[2:])
said = b""
while b"[y/N] " not in said:
    said += os.read(terminal, 1000)
os.write(terminal, sys.argv[1].encode() + b"\n")
while True:
    try:
        more = os.read(terminal, 1000)
    except OSError:
        break
    if not more:
        break
    said += more
sys.stdout.buffer.write(said)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
	status=0
	env PATH="$work/path:$PATH" MEMBAR_CACHE="$work/cache" RUNNER=host \
		CALLS="$work/calls" LEFT=0 REQUEST=SB MEMBAR_ROOT="$work/machine" \
		KDIR="$kdir" timeout 60 python3 -B "$work/ask.py" "$1" \
		"$work/tree/tools/run" >"$work/said" 2>&1 || status=$?
	[ $status = "$2" ] && grep -q "$3" "$work/said"
	result $? "run: host: the answer '$1': status $status, wanted $2 and '$3'"
}
for word in y Y yes; do
	answer $word 0 "and keep its CPUs busy for some seconds?"
done
for word in n "" yo; do
	answer "$word" 2 "nothing was loaded; RUNNER=qemu and RUNNER=uml do not touch"
done

finish
