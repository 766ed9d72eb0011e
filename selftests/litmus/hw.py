# SPDX-License-Identifier: GPL-2.0
"""A test as a litmus test for a CPU: what the kernel lowers each step to.

Each architecture below knows how to load, to store and to depend.  What stands
between two accesses is in lowering.txt and, for fences, arch/*.codegen.
"""
import os
import re

import shapes

HERE = os.path.dirname(os.path.realpath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))


class X86:
    HERD = "X86"
    ADDRESS = None
    READ = RESULT = ["EAX", "EBX"]
    SKIP = []

    @staticmethod
    def load(reg, at, _edge):
        return [f"MOV {reg},[{at}]"]

    @staticmethod
    def store(value, at, _edge):
        return [f"MOV [{at}],${value}"]


class Arm64:
    HERD = "AArch64"
    ADDRESS = ["X10", "X11", "X12", "X13", "X14"]
    READ = ["W0", "W1"]
    RESULT = ["X0", "X1"]
    SKIP = ["CBZ W0,end"]

    @staticmethod
    def load(reg, at, edge):
        if edge == "la":
            return [f"LDAR {reg},[{at}]"]
        if edge == "addr":
            return ["EOR W3,W0,W0", f"LDR {reg},[{at},W3,SXTW]"]
        return [f"LDR {reg},[{at}]"]

    @staticmethod
    def store(value, at, edge):
        if edge == "addr":
            return ["EOR W3,W0,W0", f"MOV W2,#{value}",
                    f"STR W2,[{at},W3,SXTW]"]
        if edge == "data":
            return ["EOR W3,W0,W0", f"ADD W2,W3,#{value}", f"STR W2,[{at}]"]
        return [f"MOV W2,#{value}",
                f"{'STLR' if edge == 'sr' else 'STR'} W2,[{at}]"]


class Riscv:
    HERD = "RISCV"
    ADDRESS = ["x10", "x11", "x12", "x13", "x14"]
    READ = RESULT = ["x5", "x6"]
    SKIP = ["beq x5,x0,end"]

    @staticmethod
    def load(reg, at, edge):
        if edge == "addr":
            return ["xor x7,x5,x5", f"add x8,{at},x7", f"lw {reg},0(x8)"]
        fence = ["fence r,rw"] if edge == "la" else []
        return [f"lw {reg},0({at})"] + fence

    @staticmethod
    def store(value, at, edge):
        if edge == "addr":
            return ["xor x7,x5,x5", f"add x8,{at},x7", f"ori x9,x0,{value}",
                    "sw x9,0(x8)"]
        if edge == "data":
            return ["xor x7,x5,x5", f"ori x9,x7,{value}", f"sw x9,0({at})"]
        fence = ["fence rw,w"] if edge == "sr" else []
        return fence + [f"ori x9,x0,{value}", f"sw x9,0({at})"]


class Powerpc:
    HERD = "PPC"
    ADDRESS = ["r10", "r11", "r12", "r13", "r14"]
    READ = RESULT = ["r3", "r4"]
    SKIP = ["cmpwi r3,0", "beq end"]

    @staticmethod
    def load(reg, at, edge):
        if edge == "addr":
            return ["xor r6,r3,r3", f"lwzx {reg},r6,{at}"]
        fence = ["lwsync"] if edge == "la" else []
        return [f"lwz {reg},0({at})"] + fence

    @staticmethod
    def store(value, at, edge):
        if edge == "addr":
            return ["xor r6,r3,r3", f"li r5,{value}", f"stwx r5,r6,{at}"]
        if edge == "data":
            return ["xor r6,r3,r3", f"addi r5,r6,{value}", f"stw r5,0({at})"]
        fence = ["lwsync"] if edge == "sr" else []
        return fence + [f"li r5,{value}", f"stw r5,0({at})"]


ARCHES = {"x86": X86, "arm64": Arm64, "riscv": Riscv, "powerpc": Powerpc}


def codegen(arch):
    """{(cell, when): fences} of arch/<arch>.codegen; tools/codegen says how it
    is read."""
    cells = {}
    with open(os.path.join(TOP, "arch", arch + ".codegen")) as lines:
        for line in lines:
            if not line.strip() or line.startswith("#"):
                continue
            cell, words = line.split(None, 1)
            when, fences = re.match(r"((?:native|up|[ \t])*)(.*)",
                                    words).groups()
            cells[cell, " ".join(when.split())] = fences.strip()
    return cells


def fences_of(arch, spell):
    """The smp fences of an architecture as {variant: {edge: instructions}}."""
    variants = {"default": {}, "native": {}}
    cells = codegen(arch)
    for order, edge in shapes.FENCE_NAMES.items():
        cell = "smp_mb:" + order
        for variant, when in (("default", ""), ("native", "native")):
            fences = cells.get((cell, when), cells[cell, ""])
            if " / " in fences or " | " in fences:
                raise ValueError(f"arch/{arch}.codegen: {cell}: several "
                                 "spellings, which herd7 cannot be asked")
            variants[variant][edge] = [] if fences == "-" else [
                spell.get(f.strip(), f.strip()) for f in fences.split(";")]
    return variants


def lowerings(path=os.path.join(HERE, "lowering.txt")):
    """{arch: {variant: {edge: instructions}}}, each variant complete."""
    given, files, spell = {}, {}, {}
    with open(path) as lines:
        for line in lines:
            if line.startswith("#") or not line.strip():
                continue
            arch, variant, rest = line.strip().split(None, 2)
            if variant == "fences":
                files[arch] = rest
            elif variant == "spell":
                there, here = rest.split(" = ")
                spell.setdefault(arch, {})[there] = here
            else:
                edge, code = rest.split(None, 1)
                code = [] if code == "-" else [c.strip()
                                               for c in code.split(";")]
                given.setdefault(arch, {}).setdefault(variant, {})[edge] = code
    for arch, variants in given.items():
        fences = fences_of(files[arch], spell.get(arch, {}))
        default = {**fences["default"], **variants["default"]}
        native = {**default, **fences["native"]}
        given[arch] = {
            "default": default,
            "native": native,
            **{name: {**native, **lines} for name, lines in variants.items()
               if name != "default"},
        }
    return given


def thread(arch, t, accesses, edge, fences):
    """The registers that one thread starts with, and its code."""
    used = {}

    def address(loc):
        if arch.ADDRESS is None:
            return loc
        return used.setdefault(loc, arch.ADDRESS["xyzwp".index(loc[0])])

    code, number = [], 0
    for i, a in enumerate(accesses):
        how = shapes.mark(edge, i == 0)
        if i and edge in ("addr", "data"):
            how = edge
        if i:
            for line in fences.get(edge, []):
                code.append(line.replace("@", address(f"p{t}"))
                            if "@" in line else line)
            code += arch.SKIP if edge == "ctrl" else []
        if a.kind == "R":
            code += arch.load(arch.READ[number], address(a.loc), how)
            number += 1
        else:
            code += arch.store(a.value, address(a.loc), how)
    if any(line.endswith("end") for line in code):
        code = [line[:-3] + f"LE{t}" if line.endswith("end") else line
                for line in code] + [f"LE{t}:"]
    return [f"{t}:{reg}={loc};" for loc, reg in used.items()], code


def render(test, arch, fences):
    """The whole file; fences is a variant's {edge: instructions}."""
    arch = ARCHES[arch]
    init, rows = [], []
    for t, (accesses, edge) in enumerate(zip(test.threads, test.edges)):
        start, code = thread(arch, t, accesses, edge, fences)
        init.append(" ".join(start))
        rows.append([f"P{t}"] + code)
    length = max(len(r) for r in rows)
    rows = [r + [""] * (length - len(r)) for r in rows]
    table = "".join(" " + " | ".join(c) + " ;\n" for c in zip(*rows))
    outcome = [f"{n}={v}" if t is None else f"{t}:{arch.RESULT[n]}={v}"
               for t, n, v in test.condition()]
    # Only threads whose store-conditional succeeded have done it all.
    outcome += [f"p{t}=1" for t, edge in enumerate(test.edges)
                if any("@" in line for line in fences.get(edge, []))]
    return (f"{arch.HERD} {test.name}\n{{\n" + "\n".join(init) + f"\n}}\n"
            f"{table}exists (" + " /\\ ".join(outcome) + ")\n")
