/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ways to reach an exported function, compiled once by each of plain.c,
 * retpoline.c, thunks.c and kcfi.c, which define CALLS_FORM.  Nothing of the kernel is
 * included, because clang compiles kcfi.c without the kernel's flags.
 */
#include "call.h"

#define CALLS_JOIN(a, b)	a##_##b
#define CALLS_NAME(form, name)	CALLS_JOIN(form, name)
#define CALLS_TEXT(name)	#name
#define CALLS_STRING(name)	CALLS_TEXT(name)

/*
 * A function as membar.ko exports it, a jump to it as static_call() has on
 * architectures that do not patch the call itself, and the loops that reach it.
 */
#define CALLS_OF(name, callee, trampoline, instruction)			\
	void callee(void);						\
	void trampoline(void);						\
									\
	__attribute__((__noinline__)) void callee(void)			\
	{								\
		asm volatile(instruction : : : "memory");		\
	}								\
									\
	asm(".pushsection .text\n"					\
	    ".type " CALLS_STRING(trampoline) ", @function\n"		\
	    CALLS_STRING(trampoline) ":\n"				\
	    "jmp " CALLS_STRING(callee) "\n"				\
	    ".popsection\n");						\
									\
	static void inline_##name(unsigned long n)			\
	{								\
		while (n--)						\
			asm volatile(instruction : : : "memory");	\
	}								\
									\
	static void direct_##name(unsigned long n)			\
	{								\
		while (n--)						\
			callee();					\
	}								\
									\
	static void trampoline_##name(unsigned long n)			\
	{								\
		while (n--)						\
			trampoline();					\
	}								\
									\
	static void pointer_##name(unsigned long n)			\
	{								\
		void (*function)(void) = callee;			\
									\
		/* The compiler shall not know which one it is. */	\
		asm("" : "+r" (function));				\
		while (n--)						\
			function();					\
	}

CALLS_OF(nothing, CALLS_NAME(CALLS_FORM, nothing),
	 CALLS_NAME(CALLS_FORM, to_nothing), "")
CALLS_OF(mfence, CALLS_NAME(CALLS_FORM, mfence),
	 CALLS_NAME(CALLS_FORM, to_mfence), "mfence")

#define CALLS_ROWS(name)						\
	{ "inline:" #name, inline_##name },				\
	{ "direct:" #name, direct_##name },				\
	{ "trampoline:" #name, trampoline_##name },			\
	{ "pointer:" #name, pointer_##name },

const struct bench_call CALLS_NAME(CALLS_FORM, calls)[BENCH_NR_CALLS] = {
	CALLS_ROWS(nothing)
	CALLS_ROWS(mfence)
};
