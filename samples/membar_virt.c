// SPDX-License-Identifier: GPL-2.0
/*
 * The guest's half of two programs that a kernel with one CPU runs together
 * with a process of its host, see virt_host.c: store buffering, and a ring
 * whose consumer sleeps.
 *
 * Such a kernel has CONFIG_SMP=n, its smp_mb() is a compiler barrier, and the
 * host's CPUs see the stores that it leaves behind in its store buffer.
 *
 * The memory is a page of the guest's own where that is User-Mode Linux, and
 * elsewhere that of QEMU's PCI device ivshmem-plain.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "membar.h"
#include "virt_shared.h"

static __always_inline void guest_full(enum virt_fence fence)
{
	switch (fence) {
	case VIRT_FENCE_COMPILER:
		membar_compiler_mb();
		return;
	case VIRT_FENCE_SMP:
		membar_smp_mb(MEMBAR_FULL);
		return;
	case VIRT_FENCE_VIRT:
		membar_virt_mb(MEMBAR_FULL);
		return;
	}
}

/*
 * False if the host did not get to @count in time, for it may have ended, or if
 * whoever loads the module is killed.
 */
static bool guest_wait(const u32 *at, u32 count)
{
	unsigned long limit = jiffies + VIRT_PATIENCE_S * HZ;
	unsigned int turns = 0;

	while ((s32)(READ_ONCE(*at) - count) < 0) {
		cpu_relax();
		/* Rarely, so that a round is not delayed by it. */
		if (++turns % 1024)
			continue;
		if (time_after(jiffies, limit) || fatal_signal_pending(current))
			return false;
		cond_resched();
	}

	/*
	 * Whatever the host did before it got there; pairs with its release
	 * stores of the same words.
	 */
	membar_virt_mb(MEMBAR_ACQUIRE);
	return true;
}

static bool guest_sb(struct virt_shared *shared, enum virt_fence fence)
{
	u32 at = shared->guest_at;
	u32 seed = at;
	int i;

	for (i = 0; i < VIRT_SLOTS; i++) {
		struct virt_slot *slot = &shared->slots[i];

		WRITE_ONCE(shared->guest_at, ++at);
		if (!guest_wait(&shared->host_at, at))
			return false;
		virt_jitter(&seed, 7);

		WRITE_ONCE(slot->x, 1);
		/* Pairs with the seq_cst fence in host_sb(), or should. */
		guest_full(fence);
		WRITE_ONCE(slot->guest_saw, READ_ONCE(slot->y));
	}

	return true;
}

static void guest_fill(struct virt_entry *entry, u32 number)
{
	u32 sum = number;
	int i;

	WRITE_ONCE(entry->number, number);
	for (i = 0; i < VIRT_WORDS; i++) {
		u32 word = number * (2 * i + 3);

		WRITE_ONCE(entry->words[i], word);
		sum ^= word;
	}
	WRITE_ONCE(entry->sum, sum);
}

static bool guest_ring(struct virt_shared *shared, enum virt_fence fence)
{
	struct virt_ring *ring = &shared->ring;
	u32 avail = ring->avail;
	u32 seed = avail;
	int i;

	for (i = 0; i < VIRT_SLOTS; i++) {
		/* Room for one more; its old message has been read. */
		if (!guest_wait(&ring->used, avail + 1 - VIRT_ENTRIES))
			return false;
		virt_jitter(&seed, 7);
		guest_fill(&ring->entries[avail % VIRT_ENTRIES], avail + 1);
		avail++;

		/* Message before index; pairs with the acquire in host_ring(). */
		membar_virt_mb(MEMBAR_RELEASE);
		WRITE_ONCE(ring->avail, avail);

		/*
		 * Index before the look at whether the host sleeps; pairs with
		 * the seq_cst fence in host_ring(), or should.
		 */
		guest_full(fence);
		if (READ_ONCE(ring->want_kick))
			WRITE_ONCE(ring->kick, avail);

		/* The kick, if any, first; pairs with host_sleep(). */
		membar_virt_mb(MEMBAR_RELEASE);
		WRITE_ONCE(ring->settled, avail);
	}

	return true;
}

static int guest_batches(struct virt_shared *shared)
{
	u32 batch;

	for (batch = 1; ; batch++) {
		bool done = false;

		if (!guest_wait(&shared->request, batch))
			return -ETIMEDOUT;

		switch (shared->test) {
		case VIRT_TEST_END:
			return 0;
		case VIRT_TEST_SB:
			done = guest_sb(shared, shared->fence);
			break;
		case VIRT_TEST_RING:
			done = guest_ring(shared, shared->fence);
			break;
		}
		if (!done)
			return -ETIMEDOUT;

		/* All results first; pairs with the acquire in host_batch(). */
		membar_virt_mb(MEMBAR_RELEASE);
		WRITE_ONCE(shared->done, batch);
		cond_resched();
	}
}

/* Serve the host until it has seen enough; @at is for it to find the memory. */
static int guest_serve(struct virt_shared *shared, u64 at)
{
	int ret;

	if (IS_ENABLED(CONFIG_SMP))
		pr_info("CONFIG_SMP=y: smp_mb() is sufficient here\n");

	memset(shared, 0, sizeof(*shared));
	shared->at = at;
	/* Everything is in place before the host finds it. */
	membar_virt_mb(MEMBAR_RELEASE);
	WRITE_ONCE(shared->magic, VIRT_MAGIC);

	ret = guest_batches(shared);
	WRITE_ONCE(shared->magic, 0);
	return ret;
}

#ifdef CONFIG_UML

/* All of the guest's memory is a file of the host. */
static int __init membar_virt_init(void)
{
	struct virt_shared *shared;
	int ret;

	shared = alloc_pages_exact(sizeof(*shared), GFP_KERNEL);
	if (!shared)
		return -ENOMEM;

	ret = guest_serve(shared, __pa(shared));
	free_pages_exact(shared, sizeof(*shared));
	return ret;
}

static void __exit membar_virt_exit(void)
{
}

module_init(membar_virt_init);
module_exit(membar_virt_exit);

#else

#define IVSHMEM_BAR	2

static int ivshmem_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	resource_size_t start = pci_resource_start(pdev, IVSHMEM_BAR);
	resource_size_t len = pci_resource_len(pdev, IVSHMEM_BAR);
	struct virt_shared *shared;
	int ret;

	if (len < sizeof(*shared)) {
		pci_err(pdev, "%zu bytes of shared memory are needed, not %pa\n",
			sizeof(*shared), &len);
		return -ENOSPC;
	}

	ret = pcim_enable_device(pdev);
	if (ret)
		return ret;
	if (!devm_request_mem_region(&pdev->dev, start, len, KBUILD_MODNAME))
		return -EBUSY;

	/* Memory like any other: the host caches it, so must we. */
	shared = devm_memremap(&pdev->dev, start, sizeof(*shared), MEMREMAP_WB);
	if (IS_ERR(shared))
		return PTR_ERR(shared);

	/* The id says nothing about who else uses the memory. */
	if (READ_ONCE(shared->magic) != VIRT_INVITATION) {
		pci_info(pdev, "the shared memory has no invitation of virt_host in it: not used\n");
		return -ENODEV;
	}

	/* The device is the whole file. */
	return guest_serve(shared, 0);
}

/*
 * The id is that of every ivshmem device, whatever it is for.  So there is no
 * MODULE_DEVICE_TABLE(): the module is loaded by hand, and never because a
 * guest has such a device.
 */
static const struct pci_device_id ivshmem_ids[] = {
	{ PCI_DEVICE(PCI_VENDOR_ID_REDHAT_QUMRANET, 0x1110) },
	{ }
};

static struct pci_driver ivshmem_driver = {
	.name = KBUILD_MODNAME,
	.id_table = ivshmem_ids,
	.probe = ivshmem_probe,
};
module_pci_driver(ivshmem_driver);

#endif /* CONFIG_UML */

MODULE_DESCRIPTION("Sample: a UP guest that shares memory with its host");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
