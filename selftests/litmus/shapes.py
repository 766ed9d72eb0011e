# SPDX-License-Identifier: GPL-2.0
"""Litmus tests by name: what SB+mb+rmb stands for.

A shape is a cycle, as diy7 writes them: what each thread does, and by which
communication each thread's last access reaches the next thread's first.  From
the cycle follow the locations, the values and the outcome that is asked for.
An edge is what stands between the two accesses of a thread; a name is the
shape and the edges, in the order of the threads that have two accesses.

The stress harness has a table of its own for the same names.  That is on
purpose: the two are compared, so neither can be wrong alone.
"""
import itertools

# shape -> threads and communications in turn; the last one closes the cycle
CYCLES = {
    "SB": "WR fre WR fre",
    "MP": "WW rfe RR fre",
    "LB": "RW rfe RW rfe",
    "S": "WW rfe RW coe",
    "R": "WW coe WR fre",
    "2+2W": "WW coe WW coe",
    "WRC": "W rfe RW rfe RR fre",
    "RWC": "W rfe RR fre WR fre",
    "IRIW": "W rfe RR fre W rfe RR fre",
    "ISA2": "WW rfe RW rfe RR fre",
    "W+RWC": "WW rfe RR fre WR fre",
    "Z6.0": "WW rfe RW coe WR fre",
    "Z6.1": "WW coe WW rfe RW coe",
    "Z6.2": "WW rfe RW rfe RW coe",
    "Z6.3": "WW coe WW rfe RR fre",
    "Z6.4": "WW coe WR fre WR fre",
    "Z6.5": "WW coe WW coe WR fre",
    "WWC": "W rfe RW rfe RW coe",
    "WRW+2W": "W rfe RW coe WW coe",
    "WRW+WR": "W rfe RW coe WR fre",
    "WRR+2W": "W rfe RR fre WW coe",
    "IRRWIW": "W rfe RR fre W rfe RW coe",
    "IRWIW": "W rfe RW coe W rfe RW coe",
    "3.SB": "WR fre WR fre WR fre",
    "3.LB": "RW rfe RW rfe RW rfe",
    "3.2W": "WW coe WW coe WW coe",
}

# One location: shape -> threads as kinds and values, and the final value.
# The outcome breaks coherence, whatever stands between the accesses.  Here as
# above, a write that comes second in coherence order writes 2.
COHERENCE = {
    "CoRR": ([[("W", 1)], [("R", 1), ("R", 0)]], None),
    "CoWW": ([[("W", 2), ("W", 1)]], 2),
    "CoRW1": ([[("R", 1), ("W", 1)]], None),
    "CoWR": ([[("W", 2), ("R", 1)], [("W", 1)]], 2),
}

SHAPES = list(CYCLES) + list(COHERENCE)

# What a fence of the table is called in a name.
FENCE_NAMES = {"full": "mb", "read": "rmb", "write": "wmb",
               "acquire": "acq", "release": "rel"}
FENCES = ("po",) + tuple(FENCE_NAMES.values())

# edge -> the kinds that it can stand between; "." is either
EDGES = {
    **{fence: ".." for fence in FENCES},
    "la": "R.",
    "sr": ".W",
    "la.sr": "RW",
    "la.la": "RR",
    "sr.sr": "WW",
    "sr.la": "WR",
    "sr.po": "W.",
    "po.la": ".R",
    "xchg": "..",
    "cmpxchg": "..",
    "fadd": "..",
    "addr": "R.",
    "data": "RW",
    "ctrl": "R.",
}


def mark(edge, first):
    """How an edge has the first or the second access: "la", "sr" or nothing."""
    if edge == "la" and first or edge == "sr" and not first:
        return edge
    if edge and "." in edge:
        return edge.split(".")[0 if first else 1].replace("po", "")
    return ""


def of_marks(first, last):
    """The edge with these marks."""
    name = f"{first or 'po'}.{last or 'po'}"
    return {"po.po": "po", "la.po": "la", "po.sr": "sr"}.get(name, name)


class Access:
    """One read or write; the value is what the bad outcome has there."""

    def __init__(self, kind, loc, value=None):
        self.kind = kind
        self.loc = loc
        self.value = value


class Test:
    """A shape with its edges: a list of accesses and an edge a thread."""

    def __init__(self, shape, edges):
        self.shape = shape
        self.name = "+".join([shape] + list(edges))
        self.threads, self.final = build(shape)
        self.asked = None
        rest = list(edges)
        self.edges = [rest.pop(0) if len(t) == 2 and rest else None
                      for t in self.threads]
        if rest or any(len(t) == 2 and not e
                       for t, e in zip(self.threads, self.edges)):
            raise ValueError(f"{self.name}: wrong number of edges")

    def ask(self, outcome):
        """Ask for another outcome, as the harness prints it: '0:y=0 x=2'."""
        self.asked = []
        reads = [(t, a.loc, number) for t, thread in enumerate(self.threads)
                 for number, a in enumerate(r for r in thread
                                            if r.kind == "R")]
        for word in outcome.split():
            place, value = word.split("=")
            if ":" not in place:
                self.asked.append((None, place, value))
                continue
            thread, loc = place.split(":")
            read = next(r for r in reads if r[:2] == (int(thread), loc))
            reads.remove(read)
            self.asked.append((read[0], read[2], value))

    def condition(self):
        """The outcome: (thread, number of the read, value) for each read,
        (None, location, value) for each final value."""
        if self.asked is not None:
            yield from self.asked
            return
        for t, thread in enumerate(self.threads):
            reads = [a for a in thread if a.kind == "R"]
            for number, access in enumerate(reads):
                yield t, number, access.value
        for loc, value in self.final.items():
            yield None, loc, value


def build(shape):
    """The threads of a shape, and the final values that its outcome needs."""
    if shape in COHERENCE:
        threads, final = COHERENCE[shape]
        return ([[Access(k, "x", v) for k, v in t] for t in threads],
                {"x": final} if final else {})
    words = CYCLES[shape].split()
    kinds, coms = words[0::2], words[1::2]
    pairs = sum(len(k) == 2 for k in kinds)
    # Only between the accesses of a thread does the location change.
    loc, threads = 0, []
    for kind in kinds:
        thread = [Access(kind[0], "xyzw"[loc])]
        if len(kind) == 2:
            loc = (loc + 1) % pairs
            thread.append(Access(kind[1], "xyzw"[loc]))
        threads.append(thread)
    return threads, set_values(threads, coms)


def set_values(threads, coms):
    """Give each access its value in the outcome; return the final ones."""
    final = {}
    steps = [(com, threads[t][-1], threads[(t + 1) % len(threads)][0])
             for t, com in enumerate(coms)]
    # A read returns the value of its writer, so those come first.
    for com, source, target in steps:
        if com == "coe":
            source.value, target.value = 1, 2
            final[target.loc] = 2
    for com, source, target in steps:
        if com == "rfe":
            source.value = source.value or 1
            target.value = source.value
        elif com == "fre":
            source.value = 0
            target.value = target.value or 1
    return final


def fits(thread, kinds):
    """Do the accesses of a thread have these kinds?"""
    return all(k in (".", a.kind) for k, a in zip(kinds, thread))


def names(edges, shapes=None, applies=None):
    """Every name with these edges, {edge: kinds}; applies(threads, number,
    edge) may say that one cannot stand there."""
    for shape in shapes or SHAPES:
        threads = build(shape)[0]
        choices = [[e for e in edges if fits(thread, edges[e]) and
                    (applies is None or applies(threads, t, e))]
                   for t, thread in enumerate(threads) if len(thread) == 2]
        for chosen in itertools.product(*choices):
            yield "+".join((shape,) + chosen)


def parse(name):
    """The test of a name; a shape may have a + in it, too."""
    for shape in sorted(SHAPES, key=len, reverse=True):
        if name.startswith(shape + "+"):
            return Test(shape, name[len(shape) + 1:].split("+"))
    raise ValueError(f"{name}: no such shape")
