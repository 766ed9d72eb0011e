// SPDX-License-Identifier: GPL-2.0
/*
 * The machine that a log comes from.
 *
 * A log is added to those of other machines, so it names everything that its
 * counts can depend on: the module, the kernel, its configuration and the CPUs.
 */
#include <linux/cpumask.h>
#include <linux/module.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/utsname.h>
#ifdef CONFIG_ARM64
#include <asm/cputype.h>
#endif
#ifdef CONFIG_PPC
#include <asm/cputable.h>
#endif

#include "run.h"

#define MODEL_LEN	64
#define UNKNOWN		"unknown"

/* The model of the CPU that calls this, in words or as its registers say. */
#if defined(__x86_64__)

/* Also in a User-Mode Linux, whose kernel does not know the CPU. */
static void ask_cpuid(u32 leaf, u32 *reg)
{
	reg[0] = leaf;
	reg[2] = 0;
	asm volatile("cpuid"
		     : "+a" (reg[0]), "=b" (reg[1]), "+c" (reg[2]),
		       "=d" (reg[3]));
}

static void read_model(void *info)
{
	char *model = info;
	u32 reg[4], name[13] = { };
	unsigned int i;

	ask_cpuid(0x80000000, reg);
	if (reg[0] < 0x80000004)
		return;
	for (i = 0; i < 3; i++)
		ask_cpuid(0x80000002 + i, name + 4 * i);
	ask_cpuid(1, reg);
	scnprintf(model, MODEL_LEN, "%s, CPUID 0x%x", (const char *)name,
		  reg[0]);
}

#elif defined(CONFIG_ARM64)

static void read_model(void *info)
{
	scnprintf(info, MODEL_LEN, "MIDR 0x%08x", read_cpuid_id());
}

#elif defined(CONFIG_PPC)

static void read_model(void *info)
{
	scnprintf(info, MODEL_LEN, "%s", cur_cpu_spec->cpu_name ?: UNKNOWN);
}

#else

static void read_model(void *info)
{
}

#endif

/* The CPUs of a machine may differ, so each one is asked. */
static void show_models(struct seq_file *m, const struct membar_session *s)
{
	char model[MODEL_LEN];
	unsigned int i;

	for (i = 0; i < s->nr_cpus; i++) {
		strscpy(model, UNKNOWN, sizeof(model));
		if (smp_call_function_single(s->request.cpus[i], read_model,
					     model, 1))
			strscpy(model, "offline", sizeof(model));
		seq_printf(m, "%%%% CPU %u: %s\n", s->request.cpus[i],
			   strim(model));
	}
}

#ifdef __CHECKER__
/* sparse does not know it. */
# define __VERSION__	"sparse"
#endif

static void show_module(struct seq_file *m)
{
	seq_puts(m, "%% membar_stress");
#ifdef MODULE
	if (THIS_MODULE->version)
		seq_printf(m, " %s", THIS_MODULE->version);
	if (THIS_MODULE->srcversion)
		seq_printf(m, ", source %s", THIS_MODULE->srcversion);
#endif
	seq_printf(m, ", compiler %s\n", __VERSION__);
}

/* The options that change the code under test, or how its threads run. */
static void show_config(struct seq_file *m)
{
#define OPTION(name)	{ #name, IS_ENABLED(CONFIG_##name) }
	static const struct {
		const char *name;
		bool set;
	} option[] = {
		OPTION(SMP), OPTION(PREEMPT_NONE), OPTION(PREEMPT_VOLUNTARY),
		OPTION(PREEMPT), OPTION(PREEMPT_LAZY), OPTION(PREEMPT_RT),
		OPTION(PREEMPT_DYNAMIC), OPTION(HZ_PERIODIC),
		OPTION(NO_HZ_FULL), OPTION(LTO_CLANG), OPTION(CFI_CLANG),
		OPTION(KASAN), OPTION(KCSAN), OPTION(UBSAN),
		OPTION(PROVE_LOCKING), OPTION(ARM64_LSE_ATOMICS),
		OPTION(ARM64_USE_LSE_ATOMICS), OPTION(MEMBAR_NATIVE_ACQ_REL),
	};
#undef OPTION
	unsigned int i;

	seq_puts(m, "%% configuration:");
	for (i = 0; i < ARRAY_SIZE(option); i++)
		if (option[i].set)
			seq_printf(m, " %s", option[i].name);
	seq_putc(m, '\n');
}

void membar_report_machine(struct seq_file *m, const struct membar_session *s)
{
	show_module(m);
	seq_printf(m, "%%%% Linux %s %s %s, %u CPUs online\n",
		   init_utsname()->release, init_utsname()->version,
		   init_utsname()->machine, num_online_cpus());
	show_config(m);
	show_models(m, s);
}
