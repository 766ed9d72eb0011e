#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# tools/convert-check counts each file once and ends where nothing is compiled:
# KTAP.  The kernel is a Makefile and three files, and spatch is a sed script.
set -u
# shellcheck source=selftests/tools/results.sh
. "$(dirname "$0")/results.sh"

copy project
kernel=$work/kernel
mkdir -p "$kernel/lib/sub" "$kernel/kernel" "$kernel/include/linux" "$work/bin"
echo '#define smp_mb() barrier()' >"$kernel/include/linux/barrier.h"
: >"$kernel/Kbuild"
for file in lib/one lib/sub/two kernel/never; do
	printf '%s\n' '#define smp_mb() __asm__ __volatile__("mfence")' \
		"extern int x; void f(void) { x = 1; smp_mb(); x = 2; }" \
		>"$kernel/$file.c"
done
# As kbuild does it: an object and the command that made it.
cat >"$kernel/Makefile" <<'END'
.PHONY: allmodconfig modules_prepare
allmodconfig modules_prepare:
	@:
kernel/never.o:
	false
%.o:
	mkdir -p $(O)/$(@D)
	cd $(O) && gcc -O2 -I. -c -o $@ $(CURDIR)/$*.c
	echo 'savedcmd_$@ := gcc -O2 -I. -c -o $@ $(CURDIR)/$*.c' \
		>$(O)/$(@D)/.$(@F).cmd
END
cat >"$work/project/membar.h" <<'END'
#define membar_smp_mb(order) __asm__ __volatile__("mfence")
#define membar_mb(order) __asm__ __volatile__("lock; addl $0,(%rsp)")
END
cat >"$work/bin/spatch" <<'END'
#!/bin/sh
find . -name '*.c' -exec sed -i '2s/smp_mb()/membar_smp_mb(MEMBAR_FULL)/' {} +
END
printf '#!/bin/sh\nprintf installed\n' >"$work/bin/dpkg-query"
chmod +x "$work/bin"/*

# converts LAST-LINE VARIABLE=VALUE...
converts()
{
	last=$1
	shift
	env "$@" PATH="$work/bin:$PATH" KSRC="$kernel" \
		MEMBAR_CACHE="$work/cache" "$work/project/tools/convert-check" \
		>"$work/said" 2>&1
	_status=$?
	[ $_status = 0 ] && [ "$(tail -n 1 "$work/said")" = "$last" ] &&
		! grep -q 'parameter not set\|error: ' "$work/said" &&
		grep -q 'control: a wrong barrier in .* is seen' "$work/said"
}

converts "2 passed, 0 failed, 0 skipped" DIRS="lib"
result $? "each file of a directory is compared"
converts "2 passed, 0 failed, 0 skipped" DIRS="lib lib/sub ./lib lib/ lib"
result $? "a directory that is named twice is compared once"
converts "1 passed, 0 failed, 0 skipped" \
	FILES="lib/one.c lib/../lib/one.c lib/one.c"
result $? "a file that is named twice is compared once"
converts "2 passed, 0 failed, 1 skipped" DIRS="lib kernel"
result $? "a file that no configuration compiles is skipped"
! converts "" DIRS="lib none" && grep -q "error: no none in $kernel" "$work/said"
result $? "a directory that does not exist is an error"

# The control: a comparison that ends in the middle is a failure.
# shellcheck disable=SC2016 # the text of a script
sed -i 's/^\tobject=\${unit%.c}.o$/&; [ "$unit" != lib\/one.c ] || exit 3/' \
	"$work/project/tools/convert-check"
! converts "2 passed, 0 failed, 0 skipped" DIRS="lib" &&
	grep -q "error: a comparison did not end" "$work/said"
result $? "control: a comparison that ends early is an error"

finish
