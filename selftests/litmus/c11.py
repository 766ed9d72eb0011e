# SPDX-License-Identifier: GPL-2.0
"""A test as a C11 litmus test, for the comparison in c11.txt."""
import os

HERE = os.path.dirname(os.path.realpath(__file__))
RELAXED = "memory_order_relaxed"
FENCES = {"mb": "memory_order_seq_cst", "acq": "memory_order_acquire",
          "rel": "memory_order_release"}
# Columns of c11.txt after the kernel's, as herd7's models.
MODELS = ("c11_partialSC.cat", "rc11.cat")


def rows():
    """(test, [may it show, a column each]) of the table."""
    with open(os.path.join(HERE, "c11.txt")) as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                name, *columns = line.split()
                yield name, [c == "some" for c in columns]


def thread(t, accesses, edge):
    lines, number = [], 0
    for i, a in enumerate(accesses):
        # (r0 & 128) is 0 and depends on r0 all the same.
        loc = f"{a.loc} + (r0 & 128)" if i and edge == "addr" else a.loc
        if a.kind == "R":
            lines.append(f"int r{number} = "
                         f"atomic_load_explicit({loc}, {RELAXED});")
            number += 1
        else:
            lines.append(f"atomic_store_explicit({loc}, {a.value}, {RELAXED});")
        if not i and edge in FENCES:
            lines.append(f"atomic_thread_fence({FENCES[edge]});")
    locs = ", ".join(sorted({f"atomic_int *{a.loc}" for a in accesses}))
    body = "".join(f"\t{line}\n" for line in lines)
    return f"P{t}({locs})\n{{\n{body}}}\n"


def render(test):
    """The whole file."""
    parts = [thread(t, a, e)
             for t, (a, e) in enumerate(zip(test.threads, test.edges))]
    outcome = [f"{n}={v}" if t is None else f"{t}:r{n}={v}"
               for t, n, v in test.condition()]
    return (f"C {test.name}\n{{}}\n" + "\n".join(parts) +
            "exists (" + " /\\ ".join(outcome) + ")\n")
