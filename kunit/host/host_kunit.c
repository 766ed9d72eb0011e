// SPDX-License-Identifier: GPL-2.0
/*
 * Cases of the harness's rooms that are run on the host alone, because they
 * are many and quick there: tools/stress-host kunit.
 */
#include <kunit/test.h>

#include "stress.h"

/* Each byte there is, within a name and within a value. */
static void request_of_each_byte(struct kunit *test)
{
	char name[] = "S?B", value[] = "SB seed=1?";
	struct membar_request r;
	struct membar_why why;
	unsigned int c;

	for (c = 1; c < 256; c++) {
		const bool strange = c != '\t' && (c < ' ' || c > '~');
		const char *reason = c == '\n' ? "more than one line" :
				     "a character that cannot be printed";

		if (c == '\t')
			continue;
		name[1] = c;
		why.text[0] = '\0';
		membar_request_parse(name, strlen(name), &r, &why);
		KUNIT_EXPECT_EQ(test, !!strstr(why.text, reason), strange);
		if (c == '\n')
			continue;	/* at the end it is no matter */
		value[9] = c;
		why.text[0] = '\0';
		membar_request_parse(value, strlen(value), &r, &why);
		KUNIT_EXPECT_EQ(test, !!strstr(why.text, reason), strange);
	}
}

static struct kunit_case host_cases[] = {
	KUNIT_CASE(request_of_each_byte),
	{}
};

static struct kunit_suite host_suite = {
	.name = "membar_host",
	.test_cases = host_cases,
};

kunit_test_suite(host_suite);
