// SPDX-License-Identifier: GPL-2.0
/*
 * The control of tools/soak-stress: each fault that it looks for, on purpose.
 */
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/workqueue.h>

static unsigned int leak_mb = 64;
module_param(leak_mb, uint, 0444);
MODULE_PARM_DESC(leak_mb, "memory to leak, in megabytes");

static unsigned int spin_ms = 8000;
module_param(spin_ms, uint, 0444);
MODULE_PARM_DESC(spin_ms, "milliseconds for which all CPUs spin");

static unsigned int sleep_ms = 8000;
module_param(sleep_ms, uint, 0444);
MODULE_PARM_DESC(sleep_ms, "milliseconds for which insmod sleeps uninterruptibly");

static void *leak;
static struct task_struct *leftover;

static void spin(struct work_struct *unused)
{
	preempt_disable();
	mdelay(spin_ms);
	preempt_enable();
}

static DEFINE_PER_CPU(struct work_struct, spinner);

/* On this CPU last, and while a grace period waits for all the others. */
static void spin_everywhere(void)
{
	unsigned int cpu, here;

	cpus_read_lock();
	here = raw_smp_processor_id();
	for_each_online_cpu(cpu) {
		INIT_WORK(per_cpu_ptr(&spinner, cpu), spin);
		if (cpu != here)
			schedule_work_on(cpu, per_cpu_ptr(&spinner, cpu));
	}
	msleep(100);
	start_poll_synchronize_rcu();
	msleep(100);
	schedule_work_on(here, per_cpu_ptr(&spinner, here));
	for_each_online_cpu(cpu)
		flush_work(per_cpu_ptr(&spinner, cpu));
	cpus_read_unlock();
}

static int idle(void *unused)
{
	set_current_state(TASK_INTERRUPTIBLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_INTERRUPTIBLE);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static int __init soak_control_init(void)
{
	leak = kvzalloc((size_t)leak_mb << 20, GFP_KERNEL);
	if (!leak)
		return -ENOMEM;
	leftover = kthread_run(idle, NULL, "membar/leftover");
	if (IS_ERR(leftover)) {
		kvfree(leak);
		return PTR_ERR(leftover);
	}
	spin_everywhere();
	msleep(sleep_ms);
	return 0;
}

static void __exit soak_control_exit(void)
{
	kthread_stop(leftover);
	kvfree(leak);
}

module_init(soak_control_init);
module_exit(soak_control_exit);
MODULE_DESCRIPTION("Faults on purpose, which a soak of membar_stress must detect");
MODULE_LICENSE("GPL");
