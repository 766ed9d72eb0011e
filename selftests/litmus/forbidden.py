#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Write litmus files whose outcome is forbidden, for the interpreter.

usage: forbidden.py DIR COUNT <NAMES

NAMES are those of forbidden tests, one a line.  COUNT of them go to
DIR/sound-*.litmus, spread evenly, half of them with two threads, because two CPUs
show little of the others.  For each order that can be broken, all names with only
this order as edges go to DIR/NUMBER-*.litmus, and DIR/cells has NUMBER and the
cell of the table.  A filter that is always true keeps the harness from recognising
each file as the named test that it is.
"""
import argparse
import sys

import lkmm
import shapes

# The edge of a name, its cell, and how another flavour writes the fence.
CELLS = (
    ("mb", "smp_mb:full", None),
    ("mb", "mb:full", "membar_mb(MEMBAR_FULL);"),
    ("mb", "virt_mb:full", "membar_virt_mb(MEMBAR_FULL);"),
    ("rmb", "smp_mb:read", None),
    ("wmb", "smp_mb:write", None),
    ("acq", "smp_mb:acquire", None),
    ("rel", "smp_mb:release", None),
    ("la", "u32_load:acquire", None),
    ("sr", "u32_store:release", None),
    ("xchg", "u32_xchg:full", None),
    ("fadd", "u32_fetch_add:full", None),
)
# An order that does not forbid any test alone needs this one on other threads.
OTHERS = {"rmb": "wmb", "acq": "rel", "la": "sr", "wmb": "rmb", "rel": "acq",
          "sr": "la"}


def text_of(name, fence=None):
    text = lkmm.render(shapes.parse(name))
    if fence:
        text = text.replace("smp_mb();", fence)
    return text.replace("\nexists", "\nfilter (true)\nexists")


def write(path, text):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def needs(name, edge):
    """Whether a name has the edge, and no other that it would be seen without."""
    edges = set(name.split("+")[1:])
    return edge in edges and edges <= {edge, OTHERS.get(edge, edge)}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("dir")
    parser.add_argument("count", type=int)
    args = parser.parse_args()
    out, count = args.dir, args.count
    names = [line.strip() for line in sys.stdin]
    if len(names) < count:
        sys.exit(f"forbidden.py: only {len(names)} names")
    pairs = [n for n in names if len(shapes.parse(n).threads) == 2]
    for i in range(count):
        source = pairs if i % 2 else names
        name = source[i * len(source) // count]
        write(f"{out}/sound-{i:03}.litmus", text_of(name))
    cells = []
    for number, (edge, cell, fence) in enumerate(CELLS):
        cells.append(f"{number} {cell}\n")
        for name in names:
            test = shapes.parse(name)
            if needs(name, edge) and len(test.threads) == 2 and \
               test.shape in shapes.CYCLES:
                write(f"{out}/{number}-{name}.litmus", text_of(name, fence))
    write(f"{out}/cells", "".join(cells))


if __name__ == "__main__":
    main()
