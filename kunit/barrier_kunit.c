// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit suite membar_barrier: what one CPU can tell about each barrier.  What
 * it takes two to see is the stress harness's business.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>

#define MEMBAR_EXPORTS
#include "membar.h"

#include "barrier_kunit.h"

/*
 * How many bytes of code a barrier takes: the distance of two labels that the
 * compiler can neither move nor fill with anything else, for there is nothing
 * else in the function.
 */
#define BARRIER_KUNIT_DEFINE_CELL(FLAVOUR, entry, ORDER, order, ...)	\
	static noinline bool inline_##entry##_##order(void)		\
	{								\
		return barrier_kunit_reloads(membar_##entry(MEMBAR_##ORDER)); \
	}								\
									\
	static noinline bool outline_##entry##_##order(void)		\
	{								\
		return barrier_kunit_reloads(membar_##entry##_##order()); \
	}								\
									\
	static noinline bool runtime_##entry##_##order(void)		\
	{								\
		int ret = 0;						\
		bool moved;						\
									\
		moved = barrier_kunit_reloads(				\
			ret |= membar_barrier(MEMBAR_FLAVOUR_##FLAVOUR,	\
					      MEMBAR_ORDER_##ORDER));	\
		return moved && !ret;					\
	}								\
									\
	extern const u32 barrier_kunit_bytes_##entry##_##order;		\
									\
	static noinline __noclone void measure_##entry##_##order(void)	\
	{								\
		asm volatile("771:" : : : "memory");			\
		membar_##entry(MEMBAR_##ORDER);				\
		asm volatile("772:\n"					\
			     ".pushsection .rodata,\"a\"\n"		\
			     ".balign 4\n"				\
			     ".globl barrier_kunit_bytes_" #entry "_" #order "\n" \
			     "barrier_kunit_bytes_" #entry "_" #order ":\n" \
			     ".long 772b - 771b\n"			\
			     ".popsection" : : : "memory");		\
	}

MEMBAR_FOR_EACH_BARRIER(BARRIER_KUNIT_DEFINE_CELL)
#undef BARRIER_KUNIT_DEFINE_CELL

/**
 * struct barrier_kunit_cell - one row of the table, ready to run
 * @name: text form
 * @flavour: whom it is for
 * @order: what it orders
 * @inlined: the loop over the in-line form
 * @outlined: the loop over the exported function
 * @runtime: the loop over membar_barrier()
 * @measure: holds the code that @bytes measures
 * @bytes: size of the in-line form
 */
struct barrier_kunit_cell {
	const char *name;
	enum membar_flavour flavour;
	enum membar_order order;
	bool (*inlined)(void);
	bool (*outlined)(void);
	bool (*runtime)(void);
	void (*measure)(void);
	const u32 *bytes;
};

static const struct barrier_kunit_cell barrier_kunit_cells[] = {
#define BARRIER_KUNIT_CELL(FLAVOUR, entry, ORDER, order_name, ...) {	\
	.name = #entry ":" #order_name,					\
	.flavour = MEMBAR_FLAVOUR_##FLAVOUR,				\
	.order = MEMBAR_ORDER_##ORDER,					\
	.inlined = inline_##entry##_##order_name,			\
	.outlined = outline_##entry##_##order_name,			\
	.runtime = runtime_##entry##_##order_name,			\
	.measure = measure_##entry##_##order_name,			\
	.bytes = &barrier_kunit_bytes_##entry##_##order_name,		\
},
	MEMBAR_FOR_EACH_BARRIER(BARRIER_KUNIT_CELL)
#undef BARRIER_KUNIT_CELL
};

static void barrier_kunit_describe(const struct barrier_kunit_cell *cell,
				   char *desc)
{
	strscpy(desc, cell->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(cell, barrier_kunit_cells, barrier_kunit_describe);

static noinline bool barrier_kunit_no_barrier(void)
{
	return barrier_kunit_reloads((void)0);
}

static void control_without_barrier_does_not_reload(struct kunit *test)
{
	if (barrier_kunit_instrumented())
		kunit_skip(test, "instrumented code reloads without a barrier");

	KUNIT_EXPECT_FALSE_MSG(test, barrier_kunit_no_barrier(),
			       "the loop reloads by itself: the reload cases prove nothing");
}

static void inline_stops_the_compiler(struct kunit *test)
{
	const struct barrier_kunit_cell *cell = test->param_value;

	KUNIT_EXPECT_TRUE_MSG(test, cell->inlined(), "%s", cell->name);
}

static void outline_stops_the_compiler(struct kunit *test)
{
	const struct barrier_kunit_cell *cell = test->param_value;

	KUNIT_EXPECT_TRUE_MSG(test, cell->outlined(), "%s", cell->name);
}

static void runtime_runs_each_cell(struct kunit *test)
{
	const struct barrier_kunit_cell *cell = test->param_value;

	KUNIT_EXPECT_TRUE_MSG(test, cell->runtime(), "%s", cell->name);
}

static void runtime_offers_the_table_alone(struct kunit *test)
{
	unsigned int flavour, order, i;

	for (flavour = 0; flavour < MEMBAR_NR_FLAVOURS; flavour++) {
		for (order = 0; order < MEMBAR_NR_ORDERS; order++) {
			int want = -EINVAL;

			for (i = 0; i < ARRAY_SIZE(barrier_kunit_cells); i++) {
				if (barrier_kunit_cells[i].flavour == flavour &&
				    barrier_kunit_cells[i].order == order)
					want = 0;
			}
			KUNIT_EXPECT_EQ_MSG(test, membar_barrier(flavour, order),
					    want, "flavour %u order %u",
					    flavour, order);
		}
	}
}

static void runtime_refuses_out_of_range(struct kunit *test)
{
	static const int bad[] = {
		-1, -2, INT_MIN, INT_MIN + 1, INT_MAX,
		MEMBAR_NR_FLAVOURS * MEMBAR_NR_ORDERS, 0x10000, 0x1000000,
		/* Products with the number of orders that wrap to a cell. */
		0x80000000, 0x2aaaaaab, 0x55555556, 0xd5555556,
	};
	int i;

	KUNIT_EXPECT_EQ(test, membar_barrier(MEMBAR_NR_FLAVOURS, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, membar_barrier(0, MEMBAR_NR_ORDERS), -EINVAL);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		KUNIT_EXPECT_EQ_MSG(test, membar_barrier(bad[i], 0), -EINVAL,
				    "flavour %d", bad[i]);
		KUNIT_EXPECT_EQ_MSG(test, membar_barrier(0, bad[i]), -EINVAL,
				    "order %d", bad[i]);
		KUNIT_EXPECT_EQ_MSG(test, membar_barrier(bad[i], bad[i]),
				    -EINVAL, "both %d", bad[i]);
	}
}

/*
 * What an order promises is the same for every flavour, and is what the header
 * says at its top; here it is said a second time, apart from the table.
 */
static void columns_are_those_of_the_order(struct kunit *test)
{
	static const u8 promised[MEMBAR_NR_ORDERS][2] = {
		[MEMBAR_ORDER_FULL] = { MEMBAR_RW, MEMBAR_RW },
		[MEMBAR_ORDER_READ] = { MEMBAR_R, MEMBAR_R },
		[MEMBAR_ORDER_WRITE] = { MEMBAR_W, MEMBAR_W },
		[MEMBAR_ORDER_ACQUIRE] = { MEMBAR_R, MEMBAR_RW },
		[MEMBAR_ORDER_RELEASE] = { MEMBAR_RW, MEMBAR_W },
	};

	static const struct {
		const char *name;
		u8 order, prior, later;
	} rows[] = {
#define BARRIER_KUNIT_COLUMNS(FLAVOUR, entry, ORDER, order_, primitive, PRIOR, LATER) \
		{ #entry ":" #order_, MEMBAR_ORDER_##ORDER, MEMBAR_##PRIOR, \
		  MEMBAR_##LATER },
		MEMBAR_FOR_EACH_BARRIER(BARRIER_KUNIT_COLUMNS)
		MEMBAR_FOR_EACH_PMEM_BARRIER(BARRIER_KUNIT_COLUMNS)
#undef BARRIER_KUNIT_COLUMNS
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KUNIT_EXPECT_EQ_MSG(test, rows[i].prior,
				    promised[rows[i].order][0], "prior of %s",
				    rows[i].name);
		KUNIT_EXPECT_EQ_MSG(test, rows[i].later,
				    promised[rows[i].order][1], "later of %s",
				    rows[i].name);
	}
	KUNIT_EXPECT_EQ(test, MEMBAR_R | MEMBAR_W, MEMBAR_RW);
	KUNIT_EXPECT_EQ(test, MEMBAR_R & MEMBAR_W, 0);
}

static const struct barrier_kunit_cell *
barrier_kunit_find(enum membar_flavour flavour, enum membar_order order)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(barrier_kunit_cells); i++) {
		if (barrier_kunit_cells[i].flavour == flavour &&
		    barrier_kunit_cells[i].order == order)
			return &barrier_kunit_cells[i];
	}
	return NULL;
}

/*
 * The smp flavour is a compiler barrier on a UP kernel and the code of the
 * virt flavour on an SMP one.
 */
static void smp_code_follows_config_smp(struct kunit *test)
{
	const struct barrier_kunit_cell *smp, *virt;

	if (barrier_kunit_instrumented())
		kunit_skip(test, "instrumentation is code too");

	for (smp = barrier_kunit_cells;
	     smp < barrier_kunit_cells + ARRAY_SIZE(barrier_kunit_cells);
	     smp++) {
		if (smp->flavour != MEMBAR_FLAVOUR_SMP)
			continue;
		virt = barrier_kunit_find(MEMBAR_FLAVOUR_VIRT, smp->order);
		KUNIT_ASSERT_NOT_NULL_MSG(test, virt, "%s", smp->name);
		smp->measure();
		virt->measure();
		KUNIT_EXPECT_EQ_MSG(test, *smp->bytes,
				    IS_ENABLED(CONFIG_SMP) ? *virt->bytes : 0,
				    "%s against %s", smp->name, virt->name);
	}
}

/* The control of the case above: the measure sees a fence where there is one. */
static void virt_code_is_there_on_up_too(struct kunit *test)
{
	const struct barrier_kunit_cell *virt =
		barrier_kunit_find(MEMBAR_FLAVOUR_VIRT, MEMBAR_ORDER_FULL);

	KUNIT_ASSERT_NOT_NULL(test, virt);
	if (IS_ENABLED(CONFIG_M68K))
		kunit_skip(test, "the architecture has no fences");
	if (IS_ENABLED(CONFIG_MIPS) && !IS_ENABLED(CONFIG_WEAK_ORDERING))
		kunit_skip(test, "the CPU is told to need no fences");

	virt->measure();
	KUNIT_EXPECT_GT_MSG(test, *virt->bytes, 0, "%s", virt->name);
}

static void plain_barriers_stop_the_compiler(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, barrier_kunit_reloads(membar_compiler_mb()));
	/* To QEMU 7.2 phwsync is an illegal instruction. */
	if (!IS_ENABLED(CONFIG_PPC64))
		KUNIT_EXPECT_TRUE(test, barrier_kunit_reloads(membar_pmem_mb(MEMBAR_WRITE)));
}

/*
 * In parentheses a name is the exported function's, not the macro's.  Link-time
 * optimisation puts it in line, and then it stops the compiler if the kernel's own
 * macro does: that is empty on some machines for what only follows a lock.
 */
#define BARRIER_KUNIT_PLAIN(name, primitive) {				\
	const bool reloads =						\
		barrier_kunit_reloads((membar_##name)());		\
									\
	KUNIT_EXPECT_TRUE_MSG(test, reloads ||				\
			      !barrier_kunit_reloads(primitive()),	\
			      "membar_" #name "()");			\
}

static void plain_barriers_are_there_out_of_line(struct kunit *test)
{
	MEMBAR_FOR_EACH_PLAIN_BARRIER(BARRIER_KUNIT_PLAIN)
	if (!IS_ENABLED(CONFIG_PPC64))
		KUNIT_EXPECT_TRUE(test, barrier_kunit_reloads(membar_pmem_mb_write()));
}

static void order_may_be_a_parameter(struct kunit *test)
{
	struct membar_acquire acquire = MEMBAR_ACQUIRE;
	const struct membar_full full = MEMBAR_FULL;

	/* It compiles: the type is what selects, wherever the value is from. */
	membar_smp_mb(acquire);
	membar_virt_mb(full);
	KUNIT_EXPECT_EQ(test, sizeof(acquire), 0);
}

static void store_mb_stores_each_width(struct kunit *test)
{
	struct {
		u8 before, middle, after;
	} b = { 0xaa, 0, 0xaa };
	struct {
		u16 before, middle, after;
	} h = { 0xaaaa, 0, 0xaaaa };
	u32 w = 0;
	unsigned long l = 0;
	void *p = NULL;

	membar_store_mb(&b.middle, 0x5a);
	membar_store_mb(&h.middle, 0x5a5a);
	membar_store_mb(&w, 0x5a5a5a5aU);
	membar_store_mb(&l, ~0UL);
	membar_store_mb(&p, &w);

	KUNIT_EXPECT_EQ(test, b.middle, 0x5a);
	KUNIT_EXPECT_EQ(test, b.before, 0xaa);
	KUNIT_EXPECT_EQ(test, b.after, 0xaa);
	KUNIT_EXPECT_EQ(test, h.middle, 0x5a5a);
	KUNIT_EXPECT_EQ(test, h.before, 0xaaaa);
	KUNIT_EXPECT_EQ(test, h.after, 0xaaaa);
	KUNIT_EXPECT_EQ(test, w, 0x5a5a5a5aU);
	KUNIT_EXPECT_EQ(test, l, ~0UL);
	KUNIT_EXPECT_PTR_EQ(test, p, (void *)&w);
}

static void store_mb_evaluates_each_argument_once(struct kunit *test)
{
	u32 words[3] = { 0, 0, 0 }, *p = words;
	u32 v = 7;

	membar_store_mb(p++, v++);
	KUNIT_EXPECT_PTR_EQ(test, p, &words[1]);
	KUNIT_EXPECT_EQ(test, v, 8);
	KUNIT_EXPECT_EQ(test, words[0], 7);
	KUNIT_EXPECT_EQ(test, words[1], 0);
}

static void cond_load_returns_the_value_awaited(struct kunit *test)
{
	u32 word = 5;
	u8 byte = 200;
	void *pointer = &word;

	KUNIT_EXPECT_EQ(test, membar_cond_load(&word, VAL == 5, MEMBAR_RELAXED), 5);
	KUNIT_EXPECT_EQ(test, membar_cond_load(&word, VAL > 4, MEMBAR_ACQUIRE), 5);
	KUNIT_EXPECT_EQ(test, membar_cond_load(&byte, VAL & 0x80, MEMBAR_ACQUIRE), 200);
	KUNIT_EXPECT_PTR_EQ(test, membar_cond_load(&pointer, VAL, MEMBAR_ACQUIRE),
			    (void *)&word);
}

static void cond_load_waits_and_evaluates_p_once(struct kunit *test)
{
	unsigned long ticks[2] = { 0, 0 }, *p = ticks;
	unsigned int loads = 0;

	/* The condition itself moves the value on, once per load. */
	KUNIT_EXPECT_EQ(test, 3,
			membar_cond_load(p++, (++loads, ++ticks[0], VAL == 3),
					 MEMBAR_ACQUIRE));
	KUNIT_EXPECT_PTR_EQ(test, p, &ticks[1]);
	KUNIT_EXPECT_EQ(test, loads, 4);
}

static void virt_accesses_work_on_each_width(struct kunit *test)
{
	struct {
		u8 before, middle, after;
	} b = { 0xaa, 0, 0xaa };
	u16 h = 0;
	u32 w = 0;
	unsigned long l = 0;
	void *p = NULL;

	membar_virt_store(&b.middle, 0x5a, MEMBAR_RELEASE);
	membar_virt_store(&h, 0x5a5a, MEMBAR_RELAXED);
	membar_virt_store(&w, 0x5a5a5a5aU, MEMBAR_RELEASE);
	membar_virt_store_mb(&l, ~0UL);
	membar_virt_store_mb(&p, &w);

	KUNIT_EXPECT_EQ(test, membar_virt_load(&b.middle, MEMBAR_ACQUIRE), 0x5a);
	KUNIT_EXPECT_EQ(test, b.before, 0xaa);
	KUNIT_EXPECT_EQ(test, b.after, 0xaa);
	KUNIT_EXPECT_EQ(test, membar_virt_load(&h, MEMBAR_RELAXED), 0x5a5a);
	KUNIT_EXPECT_EQ(test, membar_virt_load(&w, MEMBAR_ACQUIRE), 0x5a5a5a5aU);
	KUNIT_EXPECT_EQ(test, membar_virt_load(&l, MEMBAR_RELAXED), ~0UL);
	KUNIT_EXPECT_PTR_EQ(test, membar_virt_load(&p, MEMBAR_ACQUIRE), (void *)&w);
}

static void virt_accesses_evaluate_each_argument_once(struct kunit *test)
{
	u32 words[4] = { 1, 2, 3, 4 }, *p = words;
	u32 v = 7;

	KUNIT_EXPECT_EQ(test, membar_virt_load(p++, MEMBAR_ACQUIRE), 1);
	membar_virt_store(p++, v++, MEMBAR_RELEASE);
	membar_virt_store_mb(p++, v++);

	KUNIT_EXPECT_PTR_EQ(test, p, &words[3]);
	KUNIT_EXPECT_EQ(test, v, 9);
	KUNIT_EXPECT_EQ(test, words[1], 7);
	KUNIT_EXPECT_EQ(test, words[2], 8);
}

static void virtio_barriers_stop_the_compiler_either_way(struct kunit *test)
{
	unsigned int weak;

	for (weak = 0; weak < 2; weak++) {
		KUNIT_EXPECT_TRUE(test, barrier_kunit_reloads(membar_virtio_mb(weak, MEMBAR_FULL)));
		KUNIT_EXPECT_TRUE(test, barrier_kunit_reloads(membar_virtio_mb(weak, MEMBAR_READ)));
		KUNIT_EXPECT_TRUE(test,
				  barrier_kunit_reloads(membar_virtio_mb(weak, MEMBAR_WRITE)));
		KUNIT_EXPECT_TRUE(test,
				  barrier_kunit_reloads(membar_virtio_mb(weak, MEMBAR_ACQUIRE)));
		KUNIT_EXPECT_TRUE(test,
				  barrier_kunit_reloads(membar_virtio_mb(weak, MEMBAR_RELEASE)));
	}
	membar_virtio_mb(weak++, MEMBAR_WRITE);
	KUNIT_EXPECT_EQ(test, weak, 3);
}

static struct kunit_case barrier_kunit_cases[] = {
	KUNIT_CASE(control_without_barrier_does_not_reload),
	KUNIT_CASE_PARAM(inline_stops_the_compiler, cell_gen_params),
	KUNIT_CASE_PARAM(outline_stops_the_compiler, cell_gen_params),
	KUNIT_CASE_PARAM(runtime_runs_each_cell, cell_gen_params),
	KUNIT_CASE(runtime_offers_the_table_alone),
	KUNIT_CASE(runtime_refuses_out_of_range),
	KUNIT_CASE(columns_are_those_of_the_order),
	KUNIT_CASE(smp_code_follows_config_smp),
	KUNIT_CASE(virt_code_is_there_on_up_too),
	KUNIT_CASE(plain_barriers_stop_the_compiler),
	KUNIT_CASE(plain_barriers_are_there_out_of_line),
	KUNIT_CASE(order_may_be_a_parameter),
	KUNIT_CASE(store_mb_stores_each_width),
	KUNIT_CASE(store_mb_evaluates_each_argument_once),
	KUNIT_CASE(cond_load_returns_the_value_awaited),
	KUNIT_CASE(cond_load_waits_and_evaluates_p_once),
	KUNIT_CASE(virt_accesses_work_on_each_width),
	KUNIT_CASE(virt_accesses_evaluate_each_argument_once),
	KUNIT_CASE(virtio_barriers_stop_the_compiler_either_way),
	{ }
};

static struct kunit_suite barrier_kunit_suite = {
	.name = "membar_barrier",
	.test_cases = barrier_kunit_cases,
};

kunit_test_suite(barrier_kunit_suite);

MODULE_DESCRIPTION("KUnit tests of membar's barriers");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
