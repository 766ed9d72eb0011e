# SPDX-License-Identifier: GPL-2.0
"""Programs that diyone7 makes of cycles of edges, as the kernel writes them.

The cycles are drawn by a seed.  Each has something that the public tests of the
kernel's memory model do not combine: a thread with more than two accesses, reads
from and writes to the same location within a thread, an exchange, address and
data dependencies, or one of membar's own fences.

diyone7 writes C with the atomics of C11, which have as many orders and fences as
are needed here.  What stands for what is in the tables below.
"""
import random
import re
import subprocess

# The smallest and the largest number of threads, of accesses of one thread, and
# the largest number of all accesses.
THREADS = (2, 4)
ACCESSES = (1, 4)
MOST = 8

# Between accesses to different locations, with two letters for their kinds:
# how likely each is.
PLAIN = {"Pod{0}{1}": 3, "FenceScd{0}{1}": 3, "FenceCond{0}{1}": 1,
         "FenceARd{0}{1}": 1, "FenceAcqd{0}{1}": 2, "FenceReld{0}{1}": 2}
FROM_READ = {"DpAddrd{1}": 2, "DpCtrld{1}": 2}
READ_TO_WRITE = {"DpDatadW": 2}

# Between accesses to the same location, within a thread and between threads.
INTERNAL = {"WR": "Rfi", "RW": "Fri", "WW": "Coi"}
EXTERNAL = {"WR": "Rfe", "RW": "Fre", "WW": "Coe"}
EXCHANGE = "Exch"

# How an access is made, and how likely it is.
ORDERS = {"R": {"Rlx": 3, "Acq": 1}, "W": {"Rlx": 3, "Rel": 1}}

# Edges that no public test has.
NEW = re.compile("DpAddr|DpData|FenceAcq|FenceRel|Rfi|Fri|Coi|Exch")

# The fences of C11 and the kernel's, of which two have no other counterpart.
FENCES = {"seq_cst": "smp_mb()", "acquire": "smp_mb_acquire()",
          "release": "smp_mb_release()", "acq_rel": "smp_wmb()",
          "consume": "smp_rmb()"}
STORES = {"relaxed": "WRITE_ONCE(*{}, {})",
          "release": "smp_store_release({}, {})"}
LOADS = {"relaxed": "READ_ONCE(*{})", "acquire": "smp_load_acquire({})"}
EXCHANGES = {"relaxed": "xchg_relaxed({}, {})",
             "acquire": "xchg_acquire({}, {})",
             "release": "xchg_release({}, {})", "acq_rel": "xchg({}, {})"}


def draw(pick, weights):
    return pick.choices(list(weights), list(weights.values()))[0]


def edge_between(pick, kinds):
    """An edge within a thread, and whether it changes the location."""
    if kinds in INTERNAL and pick.random() < 0.2:
        return INTERNAL[kinds], False
    if kinds == "RW" and pick.random() < 0.25:
        return EXCHANGE, False
    edges = dict(PLAIN)
    if kinds[0] == "R":
        edges.update(FROM_READ)
    if kinds == "RW":
        edges.update(READ_TO_WRITE)
    return draw(pick, edges).format(*kinds), True


def cycle(pick):
    """The edges of a cycle, or nothing if chance made none."""
    lengths = [pick.randint(*ACCESSES) for _ in range(pick.randint(*THREADS))]
    threads = [[pick.choice("RW") for _ in range(n)] for n in lengths]
    orders = [[draw(pick, ORDERS[kind]) for kind in t] for t in threads]
    found, changes = [], 0
    for t, kinds in enumerate(threads):
        for i in range(len(kinds) - 1):
            edge, changed = edge_between(pick, kinds[i] + kinds[i + 1])
            found.append(edge + orders[t][i] + orders[t][i + 1])
            changes += changed
        after = (t + 1) % len(threads)
        edge = EXTERNAL.get(kinds[-1] + threads[after][0])
        if not edge:
            return None
        found.append(edge + orders[t][-1] + orders[after][0])
    is_new = max(lengths) > 2 or any(NEW.match(edge) for edge in found)
    return found if is_new and changes > 1 and sum(lengths) <= MOST else None


def cycles(count, seed):
    """So many different cycles."""
    pick = random.Random(seed)
    found = {}
    while len(found) < count:
        edges = cycle(pick)
        if edges:
            found[" ".join(edges)] = None
    return list(found)


def as_kernel(text):
    """diyone7's C in the kernel's words."""
    head, body = text.split("{}", 1)
    name, edges = head.split("\n")[:2]

    def replaced(pattern, table):
        def one(match):
            *operands, order = match.groups()
            return table[order].format(*operands)
        return re.sub(pattern, one, body)

    body = replaced(r"atomic_thread_fence\(memory_order_(\w+)\)", FENCES)
    body = body.replace("atomic_int*", "int *")
    for function, operands, table in (("store", "(.*),(.*)", STORES),
                                      ("load", "(.*)", LOADS),
                                      ("exchange", "(.*),(.*)", EXCHANGES)):
        body = replaced(rf"atomic_{function}_explicit\({operands},"
                        r"memory_order_(\w+)\)", table)
    # An address that is computed stands in parentheses after a star.
    body = re.sub(r"\*(\w+ \+ \(.*?\))([,)])", r"*(\1)\2", body)
    return f"{name}\n{edges}\n\n{{}}\n{body}"


def generate(command, where, count, seed):
    """{name: text} of so many programs, or of fewer if diyone7 refuses many."""
    lines = [f"diy-{number:05}: {edges}"
             for number, edges in enumerate(cycles(2 * count, seed))]
    subprocess.run([command, "-arch", "C"], cwd=where, check=True,
                   input="\n".join(lines) + "\n", text=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = {}
    for line in lines:
        name = line.split(":")[0]
        if len(found) == count:
            break
        try:
            with open(f"{where}/{name}.litmus") as source:
                found[name] = as_kernel(source.read())
        except FileNotFoundError:
            continue
    return found
