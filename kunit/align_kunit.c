// SPDX-License-Identifier: GPL-2.0
/*
 * What CONFIG_MEMBAR_DEBUG_ALIGN adds to the operations, in a file that has it
 * whatever the kernel has: a warning for a pointer that is not aligned, none
 * for one that is.  WARN_ONCE() is caught here, so that the log stays clean and
 * each call is one that counts.
 */
#include <kunit/test.h>
#include <linux/bug.h>
#include <linux/string.h>

#undef CONFIG_MEMBAR_DEBUG_ALIGN
#define CONFIG_MEMBAR_DEBUG_ALIGN	1

#include "atomic_kunit.h"

static unsigned int warnings;
static char warned[80];

#undef WARN_ONCE
#define WARN_ONCE(condition, ...) ({					\
	const bool __align_warns = condition;				\
									\
	if (__align_warns) {						\
		warnings++;						\
		snprintf(warned, sizeof(warned), __VA_ARGS__);		\
	}								\
	__align_warns;							\
})

/* Bytes to point into: from one that is aligned to any size there is. */
static u8 bytes[32] __aligned(16);

/*
 * At which of the first eight bytes a pointer to a type brings a warning, as a
 * bit set; the operation itself is not done.
 */
#define WARNS_AT(type) ({						\
	unsigned int place, set = 0;					\
									\
	for (place = 0; place < 8; place++) {				\
		type *p = (type *)&bytes[place];			\
									\
		warnings = 0;						\
		if (__membar_aligned(p) != p || warnings)		\
			set |= BIT(place);				\
	}								\
	set;								\
})

void align_kunit_places(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, WARNS_AT(u8), 0);
	KUNIT_EXPECT_EQ(test, WARNS_AT(u16), 0xaa);
	KUNIT_EXPECT_EQ(test, WARNS_AT(s32), 0xee);
	KUNIT_EXPECT_EQ(test, WARNS_AT(u64), 0xfe);
	KUNIT_EXPECT_EQ(test, WARNS_AT(void *),
			sizeof(void *) == 8 ? 0xfe : 0xee);
}

void align_kunit_operations(struct kunit *test)
{
	u32 *p = (u32 *)bytes;

	warnings = 0;
	membar_store(p, 1, MEMBAR_RELEASE);
	membar_inc(p, MEMBAR_RELAXED);
	KUNIT_EXPECT_EQ(test, membar_load(p, MEMBAR_ACQUIRE), 2);
	KUNIT_EXPECT_EQ(test, warnings, 0);

	/* Elsewhere the access itself might trap. */
	if (!IS_ENABLED(CONFIG_X86) && !IS_ENABLED(CONFIG_UML))
		kunit_skip(test, "not an architecture that takes it lightly");

	p = (u32 *)&bytes[2];
	membar_store(p, 5, MEMBAR_RELAXED);
	KUNIT_EXPECT_EQ(test, warnings, 1);
	KUNIT_EXPECT_STREQ(test, warned,
			   "membar: 4-byte operation on a misaligned pointer\n");
	KUNIT_EXPECT_EQ(test, membar_load(p, MEMBAR_RELAXED), 5);
	KUNIT_EXPECT_EQ(test, membar_fetch_add(p, 1, MEMBAR_FULL), 5);
	KUNIT_EXPECT_EQ(test, membar_cmpxchg(p, 6, 7, MEMBAR_FULL).val, 6);
	KUNIT_EXPECT_EQ(test, warnings, 4);
	KUNIT_EXPECT_EQ(test, membar_load(p, MEMBAR_RELAXED), 7);
}
