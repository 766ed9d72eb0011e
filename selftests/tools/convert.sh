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
# What makes a difference, see membar.h below.
mkdir -p "$kernel/other"
while read -r name text; do
	printf '%s\n' '#define smp_mb() __asm__ __volatile__("cld; mfence")' \
		'#undef INSTRUCTIONS' "#define INSTRUCTIONS $text" \
		"extern int x; void f(void) { x = 1; smp_mb(); x = 2; }" \
		>"$kernel/other/$name.c"
done <<'END'
other __asm__ __volatile__("std; mfence")
weaker __asm__ __volatile__("cld; lfence")
more __asm__ __volatile__("cld; mfence; cld")
refused _Static_assert(0, "membar_smp_mb(MEMBAR_FULL): refused by name")
broken does_not_compile
both _Static_assert(0, "membar_smp_mb(MEMBAR_FULL): refused"); does_not_compile
END
cat >"$kernel/lib/left.c" <<'END'
#define smp_mb() __asm__ __volatile__("mfence")
extern int x; void f(void) { x = 1; smp_mb(); x = 2; }
#if 0
void g(void) { smp_mb(); smp_mb(); }
#endif
#define IN_A_MACRO()	do {		\
	smp_mb();		\
} while (0)
#define smp_mb__nothing()
void h(void)
{
	x = 3;
	smp_mb();
	/* smp_mb() in a comment */
}
END
# shellcheck disable=SC2016 # make's variable
echo 'obj-$(CONFIG_NEVER) += never.o' >"$kernel/kernel/Makefile"
# As kbuild does it: an object and the command that made it.
cat >"$kernel/Makefile" <<'END'
.PHONY: allmodconfig modules_prepare
allmodconfig modules_prepare:
	@echo CONFIG_LIB=y >$(O)/.config
kernel/never.o:
	false
%.o:
	mkdir -p $(O)/$(@D)
	cd $(O) && gcc -O2 -I. -c -o $@ $(CURDIR)/$*.c
	echo 'savedcmd_$@ := gcc -O2 -I. -c -o $@ $(CURDIR)/$*.c' \
		>$(O)/$(@D)/.$(@F).cmd
END
cat >"$work/project/membar.h" <<'END'
#define INSTRUCTIONS __asm__ __volatile__("mfence")
#define membar_smp_mb(order) INSTRUCTIONS
#define membar_mb(order) __asm__ __volatile__("lock; addl $0,(%rsp)")
END
cat >"$work/bin/spatch" <<'END'
#!/bin/sh
[ "$1" != --parse-c ] || exit 0
find . -name '*.c' -exec sed -i '/void f/s/smp_mb()/membar_smp_mb(MEMBAR_FULL)/' {} +
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

converts "3 passed, 0 failed, 0 skipped" DIRS="lib"
result $? "each file of a directory is compared"
grep -qx '2 left alone: it is in #if 0' "$work/said" &&
	grep -qx '1 left alone: it is in a macro that spatch does not read: by hand' \
		"$work/said" &&
	grep -qx '1 left alone: in lib/left.c: smp_mb()' "$work/said"
result $? "a call that is left alone has a reason, or is named"
converts "3 passed, 0 failed, 0 skipped" DIRS="lib lib/sub ./lib lib/ lib"
result $? "a directory that is named twice is compared once"
converts "1 passed, 0 failed, 0 skipped" \
	FILES="lib/one.c lib/../lib/one.c lib/one.c"
result $? "a file that is named twice is compared once"
converts "3 passed, 0 failed, 1 skipped" DIRS="lib kernel" &&
	grep -qx 'kernel/never.c not-compiled: CONFIG_NEVER cannot be set' \
		"$work/said"
result $? "a file that no configuration compiles is skipped, and its option named"
converts "1 passed, 0 failed, 2 skipped" \
	FILES="lib/one.c other/other.c other/refused.c" &&
	grep -q '^other/other.c explained: the compiler chose other .* not more' \
		"$work/said" &&
	grep -qx 'other/refused.c refused: membar_smp_mb(MEMBAR_FULL): refused by name' \
		"$work/said"
result $? "no more instructions are explained, and a refusal is one"
! converts "" FILES="lib/one.c other/more.c" &&
	grep -q '^other/more.c different: [0-9]* instructions, [0-9]* before' \
		"$work/said"
result $? "more instructions are a difference"
! converts "" FILES="lib/one.c other/weaker.c" &&
	grep -qx 'other/weaker.c different: not the same barriers and atomic instructions' \
		"$work/said"
result $? "another barrier is a difference, with as many instructions"
! converts "" FILES="lib/one.c other/broken.c" &&
	grep -q '^other/broken.c different: it does not compile: .*error' "$work/said"
result $? "another error of the compiler is a difference"
! converts "" FILES="lib/one.c other/both.c" &&
	grep -q '^other/both.c different: it does not compile: .*error' "$work/said"
result $? "another error beside a refusal is a difference"
! converts "" DIRS="lib none" && grep -q "error: no none in $kernel" "$work/said"
result $? "a directory that does not exist is an error"

# The control: a comparison that ends in the middle is a failure.
# shellcheck disable=SC2016 # the text of a script
sed -i 's/^\tobject=\${unit%.c}.o$/&; [ "$unit" != lib\/one.c ] || exit 3/' \
	"$work/project/tools/convert-check"
! converts "3 passed, 0 failed, 0 skipped" DIRS="lib" &&
	grep -q "error: a comparison did not end" "$work/said"
result $? "control: a comparison that ends early is an error"

finish
