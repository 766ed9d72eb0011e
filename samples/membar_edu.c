// SPDX-License-Identifier: GPL-2.0
/*
 * Driver of QEMU's educational PCI device, as a model of the barriers between
 * a CPU and a device: packets go through the device and come back checked.
 *
 * The device has 4 KiB of memory of its own and one DMA engine.  A packet fits
 * into this memory and is in a slot of a ring in coherent memory.  One transfer
 * copies a slot of the transmit ring into the device, the next one copies it from
 * there into a slot of the receive ring, and each ends with an interrupt.
 *
 *	who	does					ordered by
 *
 *	CPU	fills a transmit slot			membar_dma_mb(MEMBAR_WRITE)
 *	CPU	gives it to the device: owner = number
 *	CPU	rings the doorbell			membar_mb(MEMBAR_WRITE)
 *	device	reads the slot, interrupts
 *	CPU	rings the doorbell for the way back	membar_mb(MEMBAR_FULL)
 *	device	writes the receive slot, owner last
 *	CPU	sees owner == number			membar_dma_mb(MEMBAR_READ)
 *	CPU	checks the packet			membar_dma_mb(MEMBAR_RELEASE)
 *	CPU	returns the slot: owner = 0
 *
 * The driver binds to the device only if every packet comes back intact.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "membar.h"

static unsigned int packets = 512;
module_param(packets, uint, 0444);
MODULE_PARM_DESC(packets, "number of packets to send through the device");

/* A property of the device, that it has no register for. */
static unsigned int dma_bits = 28;
module_param(dma_bits, uint, 0444);
MODULE_PARM_DESC(dma_bits, "address bits of the device's DMA engine");

static bool impatient;
module_param(impatient, bool, 0444);
MODULE_PARM_DESC(impatient, "control: read packets without checking their owner");

/* The device's registers and memory, docs/specs/edu of QEMU. */
#define EDU_REG_ID		0x00
#define EDU_REG_IRQ_STATUS	0x24
#define EDU_REG_IRQ_ACK		0x64
#define EDU_REG_DMA_SRC		0x80
#define EDU_REG_DMA_DST		0x88
#define EDU_REG_DMA_COUNT	0x90
#define EDU_REG_DMA_COMMAND	0x98

#define EDU_ID_MASK		0x0000ffff
#define EDU_ID			0x000000ed
#define EDU_DMA_START		BIT(0)
#define EDU_DMA_TO_MEMORY	BIT(1)
#define EDU_DMA_INTERRUPT	BIT(2)
#define EDU_MEMORY		0x40000
#define EDU_MEMORY_SIZE		4096

#define EDU_SLOTS		8
#define EDU_WORDS		1018
#define EDU_PATIENCE		(10 * HZ)

/**
 * struct edu_slot - a packet, as the device sees it
 * @words: what it carries
 * @sum: the sum of @words and the packet's number
 * @owner: the number of the packet that is the device's to read, or was the
 *	   device's to write; 0 in a slot that is empty.  Comes last, because
 *	   the device copies upwards.
 */
struct edu_slot {
	__le32 words[EDU_WORDS];
	__le32 sum;
	__le32 owner;
};

/* QEMU 7.2 takes a transfer for too long that ends where the memory ends. */
static_assert(sizeof(struct edu_slot) < EDU_MEMORY_SIZE);

/**
 * struct edu_rings - coherent memory
 * @tx: packets to the device
 * @rx: packets from the device
 */
struct edu_rings {
	struct edu_slot tx[EDU_SLOTS];
	struct edu_slot rx[EDU_SLOTS];
};

/**
 * enum edu_state - where the packet is that the device is busy with
 * @EDU_IDLE: nowhere
 * @EDU_READING: on its way to the device
 * @EDU_HOLDING: in the device
 * @EDU_WRITING: on its way back
 */
enum edu_state {
	EDU_IDLE,
	EDU_READING,
	EDU_HOLDING,
	EDU_WRITING,
};

/**
 * struct edu - one device
 * @pdev: its PCI function
 * @regs: its registers
 * @rings: coherent memory
 * @bus: the device's address of @rings
 * @lock: protects @state and @number, and the device's DMA registers
 * @state: where packet @number is
 * @number: the packet that the device is busy with, or will be next
 * @wait: woken by every interrupt
 */
struct edu {
	struct pci_dev *pdev;
	void __iomem *regs;
	struct edu_rings *rings;
	dma_addr_t bus;
	spinlock_t lock; /* see above */
	enum edu_state state;
	u32 number;
	wait_queue_head_t wait;
};

static struct edu_slot *edu_tx(struct edu *edu, u32 number)
{
	return &edu->rings->tx[number % EDU_SLOTS];
}

static struct edu_slot *edu_rx(struct edu *edu, u32 number)
{
	return &edu->rings->rx[number % EDU_SLOTS];
}

static u32 edu_owner(const struct edu_slot *slot)
{
	return le32_to_cpu(READ_ONCE(slot->owner));
}

/* The caller has ordered memory against the doorbell. */
static void edu_doorbell(struct edu *edu, const struct edu_slot *slot, u32 way)
{
	u32 address = edu->bus + ((const void *)slot - (void *)edu->rings);
	bool to_memory = way & EDU_DMA_TO_MEMORY;

	writel_relaxed(to_memory ? EDU_MEMORY : address,
		       edu->regs + EDU_REG_DMA_SRC);
	writel_relaxed(to_memory ? address : EDU_MEMORY,
		       edu->regs + EDU_REG_DMA_DST);
	writel_relaxed(sizeof(*slot), edu->regs + EDU_REG_DMA_COUNT);
	writel_relaxed(EDU_DMA_START | EDU_DMA_INTERRUPT | way,
		       edu->regs + EDU_REG_DMA_COMMAND);
}

/* Give the device its next transfer, if there is one. */
static void edu_advance(struct edu *edu)
{
	lockdep_assert_held(&edu->lock);

	if (edu->state == EDU_IDLE) {
		struct edu_slot *slot = edu_tx(edu, edu->number);

		if (edu_owner(slot) != edu->number)
			return;
		/*
		 * Make the packet visible before ringing the doorbell.  Pairs
		 * with the device, which reads it only afterwards.
		 */
		membar_mb(MEMBAR_WRITE);
		edu->state = EDU_READING;
		edu_doorbell(edu, slot, 0);
	} else if (edu->state == EDU_HOLDING) {
		struct edu_slot *slot = edu_rx(edu, edu->number);

		if (edu_owner(slot))
			return;
		/*
		 * See the slot empty before the doorbell allows the device to
		 * write there: a read against MMIO.
		 */
		membar_mb(MEMBAR_FULL);
		edu->state = EDU_WRITING;
		edu_doorbell(edu, slot, EDU_DMA_TO_MEMORY);
	}
}

static irqreturn_t edu_interrupt(int irq, void *data)
{
	struct edu *edu = data;
	u32 status;

	/* Orders the device's earlier writes against our later reads. */
	status = readl(edu->regs + EDU_REG_IRQ_STATUS);
	if (!status)
		return IRQ_NONE;
	writel(status, edu->regs + EDU_REG_IRQ_ACK);

	spin_lock(&edu->lock);
	if (edu->state == EDU_READING) {
		/* The device has a copy, so the slot can be filled again. */
		WRITE_ONCE(edu_tx(edu, edu->number)->owner, 0);
		edu->state = EDU_HOLDING;
	} else if (edu->state == EDU_WRITING) {
		edu->number++;
		edu->state = EDU_IDLE;
	}
	edu_advance(edu);
	spin_unlock(&edu->lock);

	wake_up(&edu->wait);
	return IRQ_HANDLED;
}

static void edu_kick(struct edu *edu)
{
	spin_lock_irq(&edu->lock);
	edu_advance(edu);
	spin_unlock_irq(&edu->lock);
}

static u32 edu_word(u32 number, u32 i)
{
	return (number * EDU_WORDS + i) * 2654435761u;
}

static bool edu_send(struct edu *edu, u32 number)
{
	struct edu_slot *slot = edu_tx(edu, number);
	u32 sum = number;
	u32 i;

	if (edu_owner(slot))
		return false;

	/*
	 * See the slot empty before filling it.  Pairs with the readl() in
	 * edu_interrupt(), after which the device no longer reads the slot.
	 */
	membar_dma_mb(MEMBAR_ACQUIRE);
	for (i = 0; i < EDU_WORDS; i++) {
		slot->words[i] = cpu_to_le32(edu_word(number, i));
		sum += edu_word(number, i);
	}
	slot->sum = cpu_to_le32(sum);

	/*
	 * Store the packet before its owner.  Pairs with the device, which
	 * reads the owner and the packet in one transfer.
	 */
	membar_dma_mb(MEMBAR_WRITE);
	WRITE_ONCE(slot->owner, cpu_to_le32(number));
	edu_kick(edu);
	return true;
}

static bool edu_arrived(struct edu *edu, u32 number)
{
	return edu_owner(edu_rx(edu, number)) == number;
}

static bool edu_receive(struct edu *edu, u32 number)
{
	struct edu_slot *slot = edu_rx(edu, number);
	u32 sum = number;
	u32 i, wrong = 0;

	/*
	 * Read the owner before the packet.  Pairs with the device, which
	 * writes the owner last.
	 */
	membar_dma_mb(MEMBAR_READ);
	for (i = 0; i < EDU_WORDS; i++) {
		u32 word = le32_to_cpu(slot->words[i]);

		wrong += word != edu_word(number, i);
		sum += word;
	}
	wrong += sum != le32_to_cpu(slot->sum);

	/*
	 * Finish reading the packet before returning the slot.  Pairs with the
	 * full barrier in edu_advance(), and with the device's next write.
	 */
	membar_dma_mb(MEMBAR_RELEASE);
	WRITE_ONCE(slot->owner, 0);
	edu_kick(edu);
	return !wrong;
}

/* Keep the transmit ring full and the receive ring empty. */
static int edu_test(struct edu *edu)
{
	u32 sent = 0, received = 0, bad = 0;
	ktime_t start = ktime_get();
	u64 bytes, us;

	while (received < packets) {
		while (sent < packets && sent - received < EDU_SLOTS &&
		       edu_send(edu, sent + 1))
			sent++;

		if (!impatient &&
		    !wait_event_timeout(edu->wait,
					edu_arrived(edu, received + 1),
					EDU_PATIENCE)) {
			pci_err(edu->pdev, "packet %u did not come back\n",
				received + 1);
			return -ETIMEDOUT;
		}
		bad += !edu_receive(edu, ++received);
	}

	if (bad) {
		pci_err(edu->pdev, "%u packets, %u damaged\n", packets, bad);
		return -EILSEQ;
	}

	bytes = 2ULL * packets * sizeof(struct edu_slot);
	us = max_t(u64, ktime_us_delta(ktime_get(), start), 1);
	pci_info(edu->pdev,
		 "%u packets, 0 damaged, %llu bytes by DMA at %llu bytes/s of the machine's time\n",
		 packets, bytes, div64_u64(bytes * USEC_PER_SEC, us));
	return 0;
}

static int edu_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct edu *edu;
	int ret;

	edu = devm_kzalloc(&pdev->dev, sizeof(*edu), GFP_KERNEL);
	if (!edu)
		return -ENOMEM;

	ret = pcim_enable_device(pdev);
	if (ret)
		return ret;

	ret = pcim_iomap_regions(pdev, BIT(0), KBUILD_MODNAME);
	if (ret)
		return ret;
	edu->regs = pcim_iomap_table(pdev)[0];
	if ((readl(edu->regs + EDU_REG_ID) & EDU_ID_MASK) != EDU_ID)
		return -ENODEV;

	ret = dma_set_mask_and_coherent(&pdev->dev,
					DMA_BIT_MASK(clamp(dma_bits, 1U, 32U)));
	if (ret)
		return ret;
	edu->rings = dmam_alloc_coherent(&pdev->dev, sizeof(*edu->rings),
					 &edu->bus, GFP_KERNEL);
	if (!edu->rings)
		return -ENOMEM;

	edu->pdev = pdev;
	edu->number = 1;
	spin_lock_init(&edu->lock);
	init_waitqueue_head(&edu->wait);
	pci_set_drvdata(pdev, edu);
	pci_set_master(pdev);

	ret = pci_alloc_irq_vectors(pdev, 1, 1, PCI_IRQ_ALL_TYPES);
	if (ret < 0)
		goto no_irq;
	ret = request_irq(pci_irq_vector(pdev, 0), edu_interrupt, IRQF_SHARED,
			  KBUILD_MODNAME, edu);
	if (ret)
		goto no_handler;

	pci_info(pdev, "interrupt by %s\n",
		 pdev->msi_enabled ? "MSI" : "INTx");
	ret = edu_test(edu);
	if (!ret)
		return 0;

	free_irq(pci_irq_vector(pdev, 0), edu);
no_handler:
	pci_free_irq_vectors(pdev);
no_irq:
	pci_clear_master(pdev);
	return ret;
}

static void edu_remove(struct pci_dev *pdev)
{
	free_irq(pci_irq_vector(pdev, 0), pci_get_drvdata(pdev));
	pci_free_irq_vectors(pdev);
	pci_clear_master(pdev);
}

static const struct pci_device_id edu_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{ }
};
MODULE_DEVICE_TABLE(pci, edu_ids);

static struct pci_driver edu_driver = {
	.name = KBUILD_MODNAME,
	.id_table = edu_ids,
	.probe = edu_probe,
	.remove = edu_remove,
};
module_pci_driver(edu_driver);

MODULE_DESCRIPTION("Sample driver of QEMU's educational PCI device");
MODULE_AUTHOR("membar maintainers");
MODULE_LICENSE("GPL");
