# SPDX-License-Identifier: GPL-2.0
"""Whole programs: the harness's memory model against herd7's."""
import glob
import os
import random
import subprocess

import diy
import herd as herd7

TOP = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.realpath(__file__))))
SOURCES = TOP + "/selftests/stress/"

# Longer than this a program is not worth it to herd7.
TIMEOUT = ("-timeout", "5")

# Wrong on purpose: the harness's model is built with one of these, and the
# comparison has to find it.  Each is (what it says, file, right, wrong).
PLANTED = (
    ("a release fence is not cumulative", "model.c",
     "\tadd(m, &rel->cumul, &rel->cumul0);\n", ""),
    ("happens-before is not checked", "model.c",
     "\tif (reflexive_somewhere(m, &rel->hb))\n\t\treturn false;\n", ""),
    ("propagation is not checked", "model.c",
     "\tif (reflexive_somewhere(m, &rel->pb))\n\t\treturn false;\n", ""),
    ("a data dependency is lost", "trace.c", "\te->data = value->from;\n", ""),
    ("an address dependency is lost", "trace.c", "\t*addr = address.from;\n",
     "\t*addr = 0;\n"),
    ("a control dependency is lost", "trace.c",
     "\trun->ctrl |= condition.from;\n", ""),
    ("a lock does not exclude", "trace.c",
     "\tpair(run->m, read, write);\n\tset_register(", "\tset_register("),
    ("an atomic operation is not atomic", "candidates.c",
     "\t       value_at(m, var, position - 1) == "
     "m->event[e->partner].value;", "\t       true;"),
    ("a grace period ends early", "model.c",
     "return !reflexive_somewhere(m, &rel->rb);", "return true;"),
    ("an SRCU section ends early", "model.c",
     "\tmatch_srcu(m);\n", "\tclear(m, &m->rel.srcu_rscs);\n"),
    ("a race is not seen", "model.c", "\tm->race |= has_race(m);\n", ""),
    ("plain accesses ignore the order of others", "model.c",
     "\tif (incoherent(m))\n\t\treturn false;\n", ""),
)

# What a statement is made of: @ is a variable, # a value, $ a new register.
LOADS = ("$ = READ_ONCE(*@);", "$ = READ_ONCE(*@);",
         "$ = smp_load_acquire(@);", "$ = rcu_dereference(*@);",
         "$ = atomic_read(@);", "$ = atomic_read_acquire(@);")
STORES = ("WRITE_ONCE(*@, #);", "WRITE_ONCE(*@, #);",
          "smp_store_release(@, #);", "rcu_assign_pointer(*@, #);",
          "smp_store_mb(*@, #);", "atomic_set(@, #);",
          "atomic_set_release(@, #);")
FENCES = ("smp_mb();", "smp_rmb();", "smp_wmb();", "smp_mb_acquire();",
          "smp_mb_release();", "smp_mb__before_atomic();",
          "smp_mb__after_atomic();", "barrier();")
ORDERS = ("", "_relaxed", "_acquire", "_release")
ATOMICS = ("$ = xchg{o}(@, #);", "$ = cmpxchg{o}(@, ?, #);",
           "$ = atomic_xchg{o}(@, #);", "$ = atomic_cmpxchg{o}(@, ?, #);",
           "$ = atomic_fetch_add{o}(#, @);", "$ = atomic_add_return{o}(#, @);",
           "$ = atomic_inc_return{o}(@);", "$ = atomic_fetch_or{o}(#, @);",
           "$ = atomic_fetch_and{o}(#, @);", "$ = atomic_fetch_xor{o}(#, @);",
           "$ = atomic_fetch_andnot{o}(#, @);")
PLAIN_ATOMICS = ("atomic_inc(@);", "atomic_add(#, @);", "atomic_or(#, @);",
                 "atomic_and(#, @);", "atomic_andnot(#, @);",
                 "atomic_dec(@);", "$ = atomic_add_unless(@, 1, ?);",
                 "$ = atomic_dec_and_test(@);", "$ = atomic_inc_and_test(@);",
                 "$ = atomic_sub_and_test(#, @);",
                 "$ = atomic_add_negative(#, @);")
PLAIN = ("$ = *@;", "*@ = #;")
GRACE = ("synchronize_rcu();", "synchronize_rcu_expedited();")

# Each flavour: how likely a statement is of which kind.
FLAVOURS = {
    "marked": {"load": 4, "store": 4, "fence": 3, "if": 2, "set": 1},
    "atomics": {"load": 2, "store": 2, "fence": 2, "atomic": 4, "if": 2},
    "locks": {"load": 3, "store": 3, "fence": 1, "lock": 3, "look": 2,
              "if": 1},
    "rcu": {"load": 4, "store": 4, "section": 3, "grace": 3, "if": 1},
    "srcu": {"load": 3, "store": 3, "srcu": 3, "srcu_sync": 2},
    "pointers": {"load": 3, "store": 3, "fence": 2, "pointer": 4, "if": 1},
    "plain": {"load": 3, "store": 3, "fence": 2, "plain": 3, "if": 2},
    "all": {"load": 4, "store": 4, "fence": 2, "atomic": 2, "plain": 1,
            "lock": 1, "section": 1, "grace": 1, "if": 2, "pointer": 1},
}


class Thread:
    """Statements of one thread while they are made up."""

    def __init__(self, maker, number, count):
        self.maker = maker
        self.number = number
        self.registers = []
        self.lines = []
        self.depth = 0
        for _ in range(count):
            self.statement()

    def value(self):
        """A constant, or something that depends on a register."""
        pick = self.maker.random
        if not self.registers or pick.random() < 0.5:
            return str(pick.choice((1, 1, 2)))
        reg = pick.choice(self.registers)
        return pick.choice((reg, f"{reg} + 1", f"({reg} ^ {reg}) + 1",
                            f"{reg} & 1", f"({reg} == 1)", f"{reg} * 2",
                            f"({reg} != 0) | 2"))

    def emit(self, pattern):
        pick = self.maker.random
        text = pattern.replace("@", pick.choice(self.maker.variables))
        text = text.replace("#", self.value())
        text = text.replace("?", pick.choice(("0", "1", self.value())))
        text = text.replace("{o}", pick.choice(ORDERS))
        if "$" in text:
            register = f"r{len(self.registers)}"
            self.registers.append(register)
            text = text.replace("$", register)
        self.lines.append("\t" * (self.depth + 1) + text)

    def inside(self, before, after, count):
        self.emit(before)
        for _ in range(count):
            self.statement(nested=True)
        self.emit(after)

    def block(self, head):
        """Statements between braces."""
        self.lines.append("\t" * (self.depth + 1) + head)
        self.depth += 1
        for _ in range(self.maker.random.choice((1, 1, 2))):
            self.statement(nested=True)
        self.depth -= 1

    def statement(self, nested=False):
        pick = self.maker.random
        kinds = self.maker.flavour
        kind = pick.choices(list(kinds), list(kinds.values()))[0]
        if nested and kind in ("section", "lock", "srcu"):
            kind = "store"
        getattr(self, "do_" + kind)(pick)

    def do_load(self, pick):
        self.emit(pick.choice(LOADS))

    def do_store(self, pick):
        self.emit(pick.choice(STORES))

    def do_fence(self, pick):
        self.emit(pick.choice(FENCES))

    def do_atomic(self, pick):
        self.emit(pick.choice(ATOMICS + PLAIN_ATOMICS))

    def do_plain(self, pick):
        self.emit(pick.choice(PLAIN))

    def do_grace(self, pick):
        self.emit(pick.choice(GRACE))

    def do_set(self, _):
        self.emit("$ = #;")

    def do_section(self, pick):
        self.inside("rcu_read_lock();", "rcu_read_unlock();",
                    pick.choice((1, 2, 2)))

    def do_lock(self, pick):
        lock = pick.choice(self.maker.locks)
        if any(f"spin_lock({lock})" in line for line in self.lines) and \
           pick.random() < 0.7:
            self.emit("smp_mb__after_unlock_lock();")
        self.inside(f"spin_lock({lock});", f"spin_unlock({lock});",
                    pick.choice((1, 2)))
        if pick.random() < 0.2:
            self.emit("smp_mb__after_spinlock();")

    def do_look(self, pick):
        lock = pick.choice(self.maker.locks)
        self.emit(f"$ = spin_is_locked({lock});")

    def do_srcu(self, pick):
        self.emit("$ = srcu_read_lock(ss);")
        index = self.registers[-1]
        for _ in range(pick.choice((1, 2))):
            self.statement(nested=True)
        self.emit(f"srcu_read_unlock(ss, {index});")
        if pick.random() < 0.3:
            self.emit("smp_mb__after_srcu_read_unlock();")

    def do_srcu_sync(self, _):
        self.emit("synchronize_srcu(ss);")

    def do_pointer(self, pick):
        target = pick.choice(self.maker.variables)
        if pick.random() < 0.5:
            self.emit(pick.choice((f"WRITE_ONCE(*p, {target});",
                                   f"smp_store_release(p, {target});",
                                   f"rcu_assign_pointer(*p, {target});")))
            return
        self.emit(pick.choice(("$ = READ_ONCE(*p);",
                               "$ = rcu_dereference(*p);")))
        pointer = self.registers.pop()
        self.maker.pointers.add((self.number, pointer))
        name = f"q{len(self.maker.pointers)}"
        self.lines[-1] = self.lines[-1].replace(pointer + " =", name + " =")
        self.emit(pick.choice((f"$ = READ_ONCE(*{name});",
                               f"WRITE_ONCE(*{name}, #);",
                               f"smp_store_release({name}, #);")))

    def do_if(self, pick):
        if not self.registers or self.depth:
            self.do_load(pick)
            return
        reg = pick.choice(self.registers)
        test = pick.choice((reg, f"{reg} == 1", f"{reg} != 1", f"{reg} < 2"))
        self.block(f"if ({test}) {{")
        if pick.random() < 0.4:
            self.block("} else {")
        self.lines.append("\t" * (self.depth + 1) + "}")


class Maker:
    """One program after another, from a seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.locks = ["l"]
        self.flavour = self.variables = self.pointers = None

    def program(self, name, flavour):
        pick = self.random
        self.flavour = FLAVOURS[flavour]
        self.variables = ["x", "y", "z"][:pick.choice((2, 2, 3))]
        self.pointers = set()
        count = pick.choice((2, 2, 2, 3, 3, 4))
        most = {2: 4, 3: 3, 4: 2}[count]
        threads = [Thread(self, t, pick.randint(1, most))
                   for t in range(count)]
        return self.render(name, threads)

    def atom(self, place):
        return f"{place}={self.random.choice((0, 0, 1, 1, 2))}"

    def render(self, name, threads):
        pick = self.random
        text = [f"C {name}", "{"]
        text += [f"\t{v}={pick.choice((1, 2))};" for v in self.variables
                 if pick.random() < 0.15]
        text += ["\tp=x;", "}"]
        places = [f"{t.number}:{r}" for t in threads for r in t.registers]
        places += self.variables
        for thread in threads:
            text += ["", f"P{thread.number}(int *x, int *y, int *z, "
                     "int **p, spinlock_t *l, struct srcu_struct *ss)", "{"]
            text += [f"\tint {r};" for r in thread.registers]
            text += thread.lines + ["}"]
        atoms = [self.atom(p) for p in
                 pick.sample(places, min(len(places), pick.choice((1, 2, 3))))]
        join = pick.choice((" /\\ ", " /\\ ", " \\/ "))
        shown = "; ".join(places)
        text += ["", f"locations [{shown}]",
                 f"exists ({join.join(atoms)})", ""]
        return "\n".join(text)


def write_programs(run, count):
    """So many programs of each flavour, as files: their paths."""
    maker = Maker(run.seed)
    tests = {}
    for flavour in FLAVOURS:
        for number in range(count):
            name = f"{flavour}-{number}"
            tests[name] = maker.program(name, flavour)
    return run.herd.write("programs", tests)


def name_of(path):
    with open(path) as source:
        return source.readline().split()[1]


def ask_harness(command, paths):
    """{name: Outcome} of the harness's model."""
    done = subprocess.run([*command, "states"], text=True, check=False,
                          input="\n".join(paths) + "\n",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return herd7.read(done.stdout), done.stderr


def difference(theirs, ours):
    """How two Outcomes differ, in words, or nothing."""
    if theirs.has_race() != ours.has_race():
        return f"herd7 sees {'a' if theirs.has_race() else 'no'} data race"
    if theirs.states != ours.states:
        def show(states):
            return "; ".join(sorted(next(iter(states)))) if states else "none"
        return (f"only herd7: {show(theirs.states - ours.states)}, "
                f"only the harness: {show(ours.states - theirs.states)}")
    return ""


def compare(paths, theirs, ours, said):
    """Lines about programs whose outcomes differ; how many were compared."""
    wrong, compared = [], 0
    for path in paths:
        name = name_of(path)
        if name not in theirs:
            continue
        if name not in ours:
            reason = [line for line in said.splitlines() if path in line]
            if not any("too many" in line for line in reason):
                wrong.append(f"{name}: {reason or 'no answer'}")
            continue
        compared += 1
        what = difference(theirs[name], ours[name])
        if what:
            wrong.append(f"{name}: {what}")
    return wrong, compared


def report(run, what, paths, theirs, missing=()):
    """A stage: the harness's outcomes against herd7's."""
    ours, said = ask_harness([run.harness], paths)
    wrong, compared = compare(paths, theirs, ours, said)
    wrong += missing
    run.report.stage(f"{what}, {compared} of {len(paths)}",
                     compared - len(wrong), wrong)


def compare_files(run):
    """The kernel's tests and our own have the outcomes that herd7 finds."""
    kernel, source = next(iter(run.sources.items()))
    paths = sorted(glob.glob(TOP + "/selftests/litmus/*.litmus"))
    for folder in ("tools/memory-model/litmus-tests/*.litmus",
                   "Documentation/litmus-tests/*/*.litmus"):
        paths += sorted(glob.glob(os.path.join(source, folder)))
    theirs = run.model(run.overlay(kernel), "files", paths, ())
    report(run, "outcomes of the kernel's and our files", paths, theirs,
           [f"{p}: herd7 could not read it" for p in paths
            if name_of(p) not in theirs])
    find_planted(run, paths, theirs)


def compare_programs(run):
    """Random programs have the outcomes that herd7 finds."""
    kernel = next(iter(run.sources))
    paths = write_programs(run, 4 if run.quick else 700)
    theirs = run.model(run.overlay(kernel), "programs", paths, TIMEOUT)
    few = [f"herd7 ended with only {len(theirs)}"]
    report(run, "outcomes of random programs", paths, theirs,
           few if len(theirs) < len(paths) * 3 / 4 else [])


def compare_generated(run):
    """Programs of diyone7 have the outcomes and the verdict that herd7 finds."""
    kernel = next(iter(run.sources))
    where = os.path.join(run.out, "diyone7")
    os.makedirs(where)
    count = 150 if run.quick else 5000
    tests = diy.generate(run.diyone, where, count, run.seed)
    paths = run.herd.write("generated", tests)
    theirs = run.model(run.overlay(kernel), "generated", paths, TIMEOUT)
    missing = [] if len(tests) == count else [
        f"diyone7 made only {len(tests)} of {count} programs"]
    missing += [f"{name}: herd7 has no answer" for name in tests
                if name not in theirs]
    report(run, "outcomes of programs by diyone7", paths, theirs, missing)
    paths = [p for p in paths if name_of(p) in theirs]
    contracts = run.contract(paths)
    never = [p for p in paths if not theirs[name_of(p)].allowed]
    wrong = [f"{p}: the harness says {contracts[p]}, herd7 "
             f"{theirs[name_of(p)].word}" for p in paths
             if contracts[p] != ("forbidden" if p in never else "allowed")]
    run.report.stage("verdicts of programs by diyone7",
                     len(paths) - len(wrong), wrong, f" ({len(never)} forbidden)")
    if not run.quick:
        find_planted(run, paths, theirs, [
            row for row in PLANTED if row[0].startswith(
                ("a release fence", "happens-before", "propagation",
                 "a data dep", "an address dep", "a control dep",
                 "an atomic operation"))])


def find_planted(run, paths, theirs, planted=PLANTED):
    """Control: a model with a fault in it is found by the same files."""
    wrong, text = [], []
    where = os.path.join(run.out, "planted")
    build_host(where)
    for what, name, right, mutated in planted:
        found = 0
        try:
            plant(where, name, right, mutated)
            ours, said = ask_harness([where + "/host"], paths)
            found = len(compare(paths, theirs, ours, said)[0])
        except (ValueError, subprocess.CalledProcessError) as error:
            text.append(f"{what}: {error}")
        text.append(f"{what}: {found} of {len(paths)} differ")
        if not found:
            wrong.append(f"{what}: not found")
    run.report.stage("control: faults in the harness's model are found",
                     len(planted) - len(wrong), wrong)
    print("\n".join("       " + line for line in text))


FILES = ("host host_litmus lexer parser expression statement initial condition "
         "litmus operations trace candidates model contract "
         "shapes request campaign verdict count states").split()


def compile_file(where, name):
    """One source of the host program to its object."""
    subprocess.run([os.environ.get("HOSTCC", "cc"), "-O1", "-w", "-std=gnu11",
                    "-fno-strict-aliasing", "-I" + TOP, "-c", "-o",
                    f"{where}/{name}.o", f"{where}/{name}.c"], check=True)


def build_host(where):
    """Copies of all sources in a new directory, and their objects."""
    subprocess.run(["rm", "-rf", where], check=True)
    os.makedirs(where)
    subprocess.run(["cp", *glob.glob(SOURCES + "*.[ch]"), where], check=True)
    for name in FILES:
        compile_file(where, name)


def plant(where, name, right, mutated):
    """The host program with one file changed; the copy is left unchanged."""
    path = os.path.join(where, name)
    with open(path) as source:
        text = source.read()
    if text.count(right) != 1:
        raise ValueError(f"{name} has no single {right!r}")
    stem = name[:-len(".c")]
    with open(path, "w") as sink:
        sink.write(text.replace(right, mutated))
    try:
        compile_file(where, stem)
        subprocess.run([os.environ.get("HOSTCC", "cc"), "-o", where + "/host",
                        *(f"{where}/{f}.o" for f in FILES)], check=True)
    finally:
        with open(path, "w") as sink:
            sink.write(text)
    compile_file(where, stem)
