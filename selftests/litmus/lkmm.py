# SPDX-License-Identifier: GPL-2.0
"""A test as a C litmus test for the kernel's memory model."""
import functools
import os
import subprocess

import shapes

TOP = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.realpath(__file__))))

# In the code below @ is a location of the thread's own.

# What stands between the accesses, apart from the fences of the table.
BETWEEN = {
    "xchg": "r8 = xchg(@, 1);",
    "cmpxchg": "r8 = cmpxchg(@, 0, 1);",
    "fadd": "r8 = atomic_fetch_add(1, @);",
    "gp": "synchronize_rcu();",
}

# More ways to order, or not, each with the edge above that it is as good as:
# edge -> (like, kinds, code between the accesses)
LIKE_BETWEEN = {
    "barrier": ("po", "..", "barrier();"),
    "xchg_relaxed": ("po", "..", "r8 = xchg_relaxed(@, 1);"),
    "xchg_acquire": ("po", "..", "r8 = xchg_acquire(@, 1);"),
    "xchg_release": ("po", "..", "r8 = xchg_release(@, 1);"),
    "cmpxchg_acquire": ("po", "..", "r8 = cmpxchg_acquire(@, 0, 1);"),
    "cmpxchg_release": ("po", "..", "r8 = cmpxchg_release(@, 0, 1);"),
    "cmpxchg_failed": ("po", "..", "r8 = cmpxchg(@, 5, 1);"),
    "fadd_relaxed": ("po", "..", "r8 = atomic_fetch_add_relaxed(1, @);"),
    "fadd_acquire": ("po", "..", "r8 = atomic_fetch_add_acquire(1, @);"),
    "fadd_release": ("po", "..", "r8 = atomic_fetch_add_release(1, @);"),
    "add_return": ("mb", "..", "r8 = atomic_add_return(1, @);"),
    "inc": ("po", "..", "atomic_inc(@);"),
    "before_inc": ("mb", "..", "smp_mb__before_atomic();\natomic_inc(@);"),
    "inc_after": ("mb", "..", "atomic_inc(@);\nsmp_mb__after_atomic();"),
    "lock": ("po", "..", "spin_lock(@);\nspin_unlock(@);"),
    "lock_mb": ("mb", "..", "spin_lock(@);\nsmp_mb__after_spinlock();\n"
                "spin_unlock(@);"),
    "sync_rcu": ("mb", "..", "synchronize_rcu();"),
    "acq_twice": ("acq", "..", "smp_mb_acquire();\nsmp_mb_acquire();"),
    "rel_twice": ("rel", "..", "smp_mb_release();\nsmp_mb_release();"),
}

# The same with another first access: edge -> (like, kinds, code)
LIKE_FIRST = {
    "store_mb": ("mb", "W.", "smp_store_mb(*{loc}, {value});"),
    "rcu_dereference": ("po", "R.", "{reg} = rcu_dereference(*{loc});"),
    "read_acquire": ("la", "R.", "{reg} = atomic_read_acquire({loc});"),
    "by_xchg": ("mb", "R.", "{reg} = xchg({loc}, 2);"),
    "by_xchg_relaxed": ("po", "R.", "{reg} = xchg_relaxed({loc}, 2);"),
    "by_xchg_acquire": ("la", "R.", "{reg} = xchg_acquire({loc}, 2);"),
    "by_xchg_release": ("po", "R.", "{reg} = xchg_release({loc}, 2);"),
    "by_cmpxchg_acquire": ("la", "R.",
                           "{reg} = cmpxchg_acquire({loc}, 1, 2);"),
}

# The same with another last access.
LIKE_LAST = {
    "rcu_assign_pointer": ("sr", ".W", "rcu_assign_pointer(*{loc}, {value});"),
    "set_release": ("sr", ".W", "atomic_set_release({loc}, {value});"),
    "to_xchg": ("mb", ".W", "r8 = xchg({loc}, {value});"),
    "to_xchg_relaxed": ("po", ".W", "r8 = xchg_relaxed({loc}, {value});"),
    "to_xchg_acquire": ("po", ".W", "r8 = xchg_acquire({loc}, {value});"),
    "to_xchg_release": ("sr", ".W", "r8 = xchg_release({loc}, {value});"),
    "to_cmpxchg_release": ("sr", ".W",
                           "r8 = cmpxchg_release({loc}, 0, {value});"),
}

LIKE = {**LIKE_BETWEEN, **LIKE_FIRST, **LIKE_LAST}

# Grace periods and read-side critical sections: what they forbid is counted.
RCU = {"gp": "..", "rscs": ".."}


@functools.lru_cache(maxsize=None)
def fences():
    """{edge: code} from arch/table.h."""
    table = subprocess.run([TOP + "/tools/table", "barriers"], check=True,
                           stdout=subprocess.PIPE, text=True).stdout
    code = {}
    for row in table.splitlines():
        flavour, _, _, order, primitive, *_ = row.split()
        if flavour == "SMP":
            name = shapes.FENCE_NAMES[order]
            code[name] = primitive.replace("__membar_", "") + "();"
    return code


def between(edge):
    """The code between the accesses, or nothing."""
    if edge in LIKE_BETWEEN:
        return LIKE_BETWEEN[edge][2]
    return fences().get(edge) or BETWEEN.get(edge, "")


def smp_edge(edge):
    """A fence of another flavour as what it is between CPUs."""
    for flavour in ("virt_", "mandatory_"):
        if edge and edge.startswith(flavour):
            return edge[len(flavour):]
    return edge


def like(name):
    """The name with each edge of LIKE replaced by what it is as good as."""
    test = shapes.parse(name)
    edges = [LIKE[e][0] if e in LIKE else e for e in test.edges if e]
    return "+".join([test.shape] + edges)


def like_applies(threads, t, edge):
    """A read-modify-write in place of an access is as good as that access
    only where the location has no third access that it could disturb."""
    if not edge.startswith(("by_", "to_")):
        return True
    loc = threads[t][0 if edge in LIKE_FIRST else 1].loc
    others = [a for thread in threads for a in thread if a.loc == loc]
    return len(others) == 2 and {a.kind for a in others} == {"R", "W"}


def access(a, edge, first, reg, plain):
    """One access, as the edge has it done."""
    instead = LIKE_FIRST if first else LIKE_LAST
    if edge in instead:
        return instead[edge][2].format(loc=a.loc, value=a.value, reg=reg)
    loc, value = "*" + a.loc, str(a.value)
    if edge == "addr" and not first:
        loc = f"*({a.loc} + (r0 & 0))"
    if edge == "data" and not first:
        value += " + (r0 & 0)"
    if a.kind == "R":
        code = f"{reg} = READ_ONCE({loc});"
        if plain:
            code = f"{reg} = {loc};"
        elif shapes.mark(edge, first) == "la":
            code = f"{reg} = smp_load_acquire({a.loc});"
    else:
        code = f"WRITE_ONCE({loc}, {value});"
        if plain:
            code = f"{loc} = {value};"
        elif shapes.mark(edge, first) == "sr":
            code = f"smp_store_release({a.loc}, {value});"
    # The branch is taken whatever was read: it is there for its dependency.
    return "if (r0 != 9)\n\t" + code if edge == "ctrl" and not first else code


def thread(t, accesses, edge, payload):
    """One function, with what it reads in r0 and r1."""
    edge = smp_edge(edge)
    lines, number = [], 0
    for i, a in enumerate(accesses):
        plain = a.loc == payload
        lines += access(a, edge, i == 0, f"r{number}", plain).split("\n")
        number += a.kind == "R"
        if i:
            continue
        # Who reads a flag goes on only if it is set.
        if payload and a.kind == "R" and not plain:
            lines.append("if (r0) {")
        lines += between(edge).replace("@", f"p{t}").splitlines()
    if "if (r0) {" in lines:
        lines.append("}")
    if edge == "rscs":
        lines = ["rcu_read_lock();"] + lines + ["rcu_read_unlock();"]
    body = "\n".join(lines)
    locs = sorted({f"int *{a.loc}" for a in accesses})
    if f"p{t}" in body:
        kind = ("spinlock_t" if "spin_" in body else
                "atomic_t" if "atomic_" in body else "int")
        locs.append(f"{kind} *p{t}")
    regs = [f"int r{n};" for n in range(number)]
    regs += ["int r8;"] if "r8" in body else []
    body = "".join(f"\t{line}\n" for line in regs + lines)
    return f"P{t}({', '.join(locs)})\n{{\n{body}}}\n"


# Shapes whose x is the payload and the rest flags, each read before it is
# relied on: they make sense with plain accesses to x.
PLAIN = ["MP", "S", "LB", "ISA2"]


def plain_edge(shape, accesses, edge):
    """What is left of an edge if the accesses to x are plain."""
    first, last = (a.loc == "x" for a in accesses)
    kinds = [a.kind for a in accesses]
    # A plain access has no mark.
    if edge and "." in edge:
        edge = shapes.of_marks("" if first else shapes.mark(edge, True),
                               "" if last else shapes.mark(edge, False))
    # The compiler keeps no dependency of a plain load, nor one that a plain
    # store has by its value or a branch.
    if first and edge in ("addr", "data", "ctrl", "la"):
        return "po"
    if last and edge in ("data", "ctrl", "sr"):
        return "po"
    # It may also load what a plain store is about to overwrite, and smp_wmb()
    # does not order that against another CPU's store.
    if shape == "S" and kinds == ["W", "W"] and edge == "wmb":
        return "po"
    # A flag that is set only if another is set depends on it.
    if not first and not last and edge in ("po", "rmb", "wmb"):
        return "ctrl"
    return edge


def plain_like(name):
    """The name with all accesses marked that is as good with x plain."""
    test = shapes.parse(name)
    return "+".join([test.shape] + [
        plain_edge(test.shape, accesses, edge)
        for accesses, edge in zip(test.threads, test.edges)])


def render(test, payload=None):
    """The whole file; the payload is a location with plain accesses."""
    parts = [thread(t, a, e, payload)
             for t, (a, e) in enumerate(zip(test.threads, test.edges))]
    outcome = [f"{n}={v}" if t is None else f"{t}:r{n}={v}"
               for t, n, v in test.condition()]
    return (f"C {test.name}\n{{}}\n" + "".join(parts) +
            "exists (" + " /\\ ".join(outcome) + ")\n")


def rcu_forbidden(name):
    """The rule of thumb: no fewer grace periods than critical sections."""
    edges = [e for e in shapes.parse(name).edges if e]
    return edges.count("gp") >= edges.count("rscs")
