#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Prove, with herd7, that model, harness, lowerings and library agree.

Called by tools/litmus, which finds herd7 and the kernels' sources.
"""
import argparse
import functools
import glob
import json
import os
import random
import subprocess
import sys
import time

import c11
import herd as herd7
import hw
import lkmm
import programs
import shapes

HERE = os.path.dirname(os.path.realpath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
MODEL = "tools/memory-model"
STOCK = (MODEL + "/litmus-tests/*.litmus",
         "Documentation/litmus-tests/*/*.litmus")

# Wrong on purpose: what becomes of the overlay, and the same run has to see
# it.  Each is (what it says, line as it should be, line as it is then).
CUMUL = "A-cumul(strong-fence | po-rel | rel-fence) |"
MUTANTS = {
    "release is not A-cumulative":
        (CUMUL, "A-cumul(strong-fence | po-rel) | rel-fence |"),
    "release is not cumulative at all":
        (CUMUL, "A-cumul(strong-fence | po-rel) |"),
    "release is a strong fence":
        ("let gp = ", "let mb = mb | rel-fence\nlet gp = "),
    "release orders prior writes only":
        ("let rel-fence = [M] ;", "let rel-fence = [W] ;"),
    "release orders prior reads only":
        ("let rel-fence = [M] ;", "let rel-fence = [R] ;"),
    "release is a full barrier":
        ("let gp = ", "let mb = mb | ([M] ; fencerel(Mb-release) ; [M])\n"
                      "let gp = "),
    "acquire orders later reads only":
        ("fencerel(Mb-acquire) ; [M]", "fencerel(Mb-acquire) ; [R]"),
    "acquire orders later writes only":
        ("fencerel(Mb-acquire) ; [M]", "fencerel(Mb-acquire) ; [W]"),
    "acquire is cumulative":
        (CUMUL, "A-cumul(strong-fence | po-rel | rel-fence | acq-fence) |"),
    "acquire is a full barrier":
        ("let gp = ", "let mb = mb | ([M] ; fencerel(Mb-acquire) ; [M])\n"
                      "let gp = "),
}


class Report:
    """Counts checks and says what was found, a line a stage."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.since = time.monotonic()

    def stage(self, what, passed, wrong, more=""):
        """One stage is over; wrong is a list of lines about what failed."""
        took = time.monotonic() - self.since
        self.since = time.monotonic()
        self.passed += passed
        self.failed += len(wrong)
        print(f"{'FAIL' if wrong else 'ok':4} {what}: {passed} passed, "
              f"{len(wrong)} failed{more}, {took:.1f} s")
        for line in wrong[:20]:
            print(f"       {line}")
        if len(wrong) > 20:
            print(f"       and {len(wrong) - 20} more")
        sys.stdout.flush()

    def skip(self, what, why):
        self.skipped += 1
        print(f"skip {what}: {why}")


class Run:
    """What all stages need."""

    def __init__(self, args):
        self.report = Report()
        self.quick = args.quick
        self.seed = args.seed
        self.harness = args.harness
        self.out = args.out
        self.herd = herd7.Herd(args.herd, args.out, args.jobs)
        self.diyone = os.path.join(os.path.dirname(args.herd), "diyone7")
        self.sources = dict(s.split("=", 1) for s in args.source)
        self.results = args.results or sorted(glob.glob(
            TOP + "/build/report/**/results.json", recursive=True))
        self.contracts = {}

    def some(self, names, count):
        """All names, or as many as that by the seed."""
        names = list(names)
        if len(names) <= count:
            return names
        return sorted(random.Random(self.seed).sample(names, count))

    def overlay(self, kernel):
        return os.path.join(self.out, "model", kernel, MODEL)

    def model(self, where, stage, paths, options=("-speedcheck", "true")):
        """{name: Outcome} under the memory model in a directory."""
        return self.herd.run(stage, paths, ("-conf", "linux-kernel.cfg",
                                            *options), cwd=where)

    def contract(self, names):
        """What the stress harness says of names: {name: contract}."""
        ask = [n for n in names if n not in self.contracts]
        if ask:
            said = subprocess.run([self.harness, "verdict"], text=True,
                                  input="\n".join(ask) + "\n", check=False,
                                  stdout=subprocess.PIPE).stdout
            self.contracts.update(line.rsplit(" ", 1)
                                  for line in said.splitlines())
        return {n: self.contracts.get(n, "no answer") for n in names}

    @functools.cached_property
    def forbidden(self):
        """The names that the stress harness calls forbidden."""
        names = list(shapes.names(shapes.EDGES))
        return [n for n, c in self.contract(names).items() if c == "forbidden"]


def compare(names, found, forbidden):
    """Lines about names whose outcome is not as forbidden() has it."""
    wrong = []
    for name in names:
        if name not in found:
            wrong.append(f"{name}: herd7 could not read it")
        elif found[name].allowed == forbidden(name):
            wrong.append(f"{name}: expected "
                         f"{'forbidden' if forbidden(name) else 'allowed'}, "
                         f"herd7 says {found[name].word}")
    return wrong


def make_overlays(run):
    """The extended models, one a kernel."""
    wrong = []
    for kernel, source in run.sources.items():
        out = os.path.join(run.out, "model", kernel)
        done = subprocess.run([TOP + "/tools/lkmm-overlay", source, out],
                              stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            wrong.append(f"{kernel}: {done.stderr.strip()}")
    good = [k for k in run.sources if not any(w.startswith(k + ":")
                                              for w in wrong)]
    run.sources = {k: run.sources[k] for k in good}
    run.report.stage("overlay applies", len(good), wrong,
                     f" ({', '.join(good)})")


def changed_anchor(run):
    """Control: a model whose text has changed is refused, anchor by anchor."""
    kernel = next(iter(run.sources))
    overlay = subprocess.run(
        [TOP + "/tools/lkmm-overlay", "--anchors"], check=True,
        stdout=subprocess.PIPE, text=True).stdout.splitlines()
    wrong = []
    for line in overlay:
        path, anchor = line.split("\t", 1)
        for what, text in (("gone", ""), ("twice", f"{anchor}\n{anchor}\n")):
            where = os.path.join(run.out, "changed")
            subprocess.run(["rm", "-rf", where], check=True)
            subprocess.run(["mkdir", "-p", where + "/tools"], check=True)
            subprocess.run(["cp", "-r", run.sources[kernel] + "/" + MODEL,
                            where + "/tools"], check=True)
            with open(os.path.join(where, path)) as source:
                old = source.read()
            with open(os.path.join(where, path), "w") as sink:
                sink.write(old.replace(anchor + "\n", text, 1))
            done = subprocess.run(
                [TOP + "/tools/lkmm-overlay", where, where + ".out"],
                stderr=subprocess.PIPE, text=True, check=False)
            if not done.returncode or path not in done.stderr:
                wrong.append(f"{path}: anchor {what}, not refused: {anchor}")
    run.report.stage("overlay refuses a changed model",
                     2 * len(overlay) - len(wrong), wrong)


def stock_tests(run):
    """The kernel's own tests say what they said before."""
    for kernel, source in run.sources.items():
        paths = sorted(p for s in STOCK
                       for p in glob.glob(os.path.join(source, s)))
        before = run.model(os.path.join(source, MODEL), "stock", paths, ())
        after = run.model(run.overlay(kernel), "stock", paths, ())
        wrong, passed = [], 0
        for path in paths:
            with open(path) as text:
                name = text.readline().split()[1]
            old, new = before.get(name), after.get(name)
            if old is None or new is None:
                wrong.append(f"{kernel} {name}: herd7 could not read it")
            elif (old.word, old.flags) != (new.word, new.flags):
                wrong.append(f"{kernel} {name}: was {old.word} {old.flags}, "
                             f"is {new.word} {new.flags}")
            elif not as_expected(path, kernel, new):
                wrong.append(f"{kernel} {name}: not the result it names")
            else:
                passed += 1
        run.report.stage(f"stock tests of {kernel}", passed, wrong)


def as_expected(path, kernel, outcome):
    """Does the outcome match the test's own comment?"""
    said = herd7.expected(path, kernel)
    if said is None:
        return True
    word, race = said
    if race != any("data-race" in f for f in outcome.flags):
        return False
    if word == "DEADLOCK":
        return outcome.deadlock
    return word == outcome.word and not outcome.deadlock


def written_tests(run):
    """The library's hand-written tests have the result that they name."""
    paths = sorted(glob.glob(HERE + "/*.litmus"))
    for kernel in run.sources:
        found = run.model(run.overlay(kernel), "written", paths, ())
        wrong = []
        for path in paths:
            name = os.path.basename(path)[:-len(".litmus")]
            if name not in found:
                wrong.append(f"{kernel} {name}: herd7 could not read it")
            elif herd7.expected(path) is None:
                wrong.append(f"{name}: no 'Result:' in its comment")
            elif not as_expected(path, kernel, found[name]):
                word, race = herd7.expected(path, kernel)
                said = " ".join([found[name].word] + found[name].flags)
                wrong.append(f"{kernel} {name}: expected {word}"
                             f"{' and a race' if race else ''}, herd7 says "
                             f"{said}")
        run.report.stage(f"hand-written tests on {kernel}",
                         len(paths) - len(wrong), wrong)


def systematic(run):
    """Each name that the harness accepts: contract and model agree."""
    names = list(shapes.names(shapes.EDGES))
    listed = subprocess.run([run.harness, "tests"], check=True, text=True,
                            stdout=subprocess.PIPE).stdout.split()
    odd = sorted(set(names) ^ set(listed))
    run.report.stage("names that harness and generator know",
                     len(set(names) & set(listed)),
                     [f"{n}: only one of them has it" for n in odd])
    short_names(run)
    for number, kernel in enumerate(run.sources):
        count = len(names)
        if run.quick or number:
            count = 500 if run.quick and number else 1500
        chosen = run.some(names, count)
        agree(run, kernel, f"agreement on {kernel}", "lkmm", chosen)


def short_names(run):
    """SB is SB+po+po to the harness, SB+mbs is SB+mb+mb."""
    short = {}
    for name in shapes.names(shapes.EDGES):
        test = shapes.parse(name)
        edges = {e for e in test.edges if e}
        if len(edges) == 1:
            edge = edges.pop()
            short[f"{test.shape}+{edge}s"] = name
            if edge == "po":
                short[test.shape] = name
    said = run.contract(list(short) + list(short.values()))
    wrong = [f"{s} is {said[s]}, {n} is {said[n]}"
             for s, n in short.items() if said[s] != said[n]]
    run.report.stage("short names", len(short) - len(wrong), wrong)


def agree(run, kernel, what, stage, names):
    """herd7 and the harness's contract, name by name."""
    contract = run.contract(names)
    paths = run.herd.write(stage, {n: lkmm.render(shapes.parse(n))
                                   for n in names})
    found = run.model(run.overlay(kernel), stage, paths)
    wrong = [f"{n}: the harness says {c}" for n, c in contract.items()
             if c not in ("forbidden", "allowed")]
    wrong += compare([n for n in names if contract[n] in
                      ("forbidden", "allowed")], found,
                     lambda n: contract[n] == "forbidden")
    never = sum(not o.allowed for o in found.values())
    run.report.stage(what, len(names) - len(wrong), wrong,
                     f" ({never} forbidden)")
    return paths


def flavoured(run):
    """Fences of the other flavours, mixed with everything."""
    edges = dict(shapes.EDGES)
    for flavour in ("virt", "mandatory"):
        edges.update({f"{flavour}_{f}": ".." for f in shapes.FENCES[1:]})
    names = [n for n in shapes.names(edges) if "_" in n]
    chosen = run.some(names, 500 if run.quick else 10000)
    agree(run, next(iter(run.sources)),
          f"agreement on flavours, {len(chosen)} of {len(names)}",
          "flavours", chosen)


def dma(run):
    """dma fences promise nothing between CPUs, and the harness says so."""
    kernel = next(iter(run.sources))
    edges = {**shapes.EDGES, **{f"dma_{f}": ".." for f in shapes.FENCES[1:]}}
    names = [n for n in shapes.names(edges) if "dma_" in n]
    chosen = run.some(names, 300 if run.quick else 3000)
    contract = run.contract(chosen)
    # As nothing, and as if dma were smp.
    sides = {}
    for side, word in (("without", "po"), ("with", None)):
        tests = {}
        for name in chosen:
            test = shapes.parse(name)
            test.edges = [(word or e[4:]) if e and e.startswith("dma_") else e
                          for e in test.edges]
            tests[name] = lkmm.render(test)
        stage = "dma-" + side
        sides[side] = run.model(run.overlay(kernel), stage,
                                run.herd.write(stage, tests))
    wrong, count = [], 0
    for name in chosen:
        if not all(name in s for s in sides.values()):
            wrong.append(f"{name}: herd7 could not read it")
            continue
        want = ("forbidden" if not sides["without"][name].allowed else
                "unpromised" if not sides["with"][name].allowed else "allowed")
        count += want == "unpromised"
        if contract[name] != want:
            wrong.append(f"{name}: expected {want}, the harness says "
                         f"{contract[name]}")
    run.report.stage(f"agreement on dma, {len(chosen)} of {len(names)}",
                     len(chosen) - len(wrong), wrong,
                     f" ({count} unpromised)")


def likes(run):
    """Operations that are as good as an edge of the harness."""
    kernel = next(iter(run.sources))
    two = [s for s in shapes.CYCLES
           if sum(len(t) == 2 for t in shapes.build(s)[0]) == 2]
    edges = {**shapes.EDGES, **{e: row[1] for e, row in lkmm.LIKE.items()}}

    def new(names):
        return [n for n in names
                if any(e in lkmm.LIKE for e in shapes.parse(n).edges)]
    pairs = new(shapes.names(edges, two, lkmm.like_applies))
    # Of the longer shapes only what stands beside a fence of the table.
    few = {e: k for e, k in edges.items()
           if e in shapes.FENCES or e in lkmm.LIKE}
    triples = new(shapes.names(few, [s for s in shapes.CYCLES if s not in two],
                               lkmm.like_applies))
    chosen = (run.some(pairs, 300 if run.quick else len(pairs)) +
              run.some(triples, 100 if run.quick else 3000))
    same = {n: lkmm.like(n) for n in chosen}
    contract = run.contract(sorted(set(same.values())))
    paths = run.herd.write("like", {n: lkmm.render(shapes.parse(n))
                                    for n in chosen})
    found = run.model(run.overlay(kernel), "like", paths)
    wrong = compare(chosen, found, lambda n: contract[same[n]] == "forbidden")
    run.report.stage("operations as good as an edge",
                     len(chosen) - len(wrong), wrong)


def rcu(run):
    """Grace periods against critical sections."""
    kernel = next(iter(run.sources))
    names = list(shapes.names(lkmm.RCU, shapes.CYCLES))
    paths = run.herd.write("rcu", {n: lkmm.render(shapes.parse(n))
                                   for n in names})
    found = run.model(run.overlay(kernel), "rcu", paths)
    wrong = compare(names, found, lkmm.rcu_forbidden)
    run.report.stage("grace periods counted", len(names) - len(wrong), wrong)


def from_thin_air(name):
    """Data dependencies all the way round: herd7 itself refuses a value that
    is its own reason, before any model is asked."""
    test = shapes.parse(name)
    return "LB" in test.shape and set(test.edges) == {"data"}


def can_show(run):
    """Control: under coherence alone every outcome is there."""
    names = [n for n in run.forbidden if not from_thin_air(n)]
    names = run.some(names, 300 if run.quick else len(names))
    cat = ("-model", HERE + "/coherence.cat", "-speedcheck", "true")
    model = run.overlay(next(iter(run.sources)))
    paths = run.herd.write("lkmm", {n: lkmm.render(shapes.parse(n))
                                    for n in names})
    with open(model + "/linux-kernel.cfg") as cfg:
        variant = [line.split() for line in cfg if line.startswith("variant")]
    lang = ("-bell", "linux-kernel.bell", "-macros", "linux-kernel.def",
            *(("-variant", variant[0][1]) if variant else ()))
    coherent = {n for n in names
                if shapes.parse(n).shape in shapes.COHERENCE}
    found = run.herd.run("show", paths, lang + cat, cwd=model)
    wrong = compare(names, found, coherent.__contains__)
    passed = len(names) - len(wrong)
    for arch, variants in hw.lowerings().items():
        few = run.some(names, 150 if run.quick else 1500)
        stage = f"{arch}/native"
        paths = run.herd.write(stage, {
            n: hw.render(shapes.parse(n), arch, variants["native"])
            for n in few})
        found = run.herd.run(stage, paths, cat)
        odd = compare(few, found, coherent.__contains__)
        wrong += [f"{arch} {line}" for line in odd]
        passed += len(few) - len(odd)
    run.report.stage("control: tests that could fail", passed, wrong)


def plain_accesses(run):
    """With a plain payload there is a data race just where the outcome is
    allowed with what plain accesses leave of the edges."""
    kernel = next(iter(run.sources))
    names = list(shapes.names(shapes.EDGES, lkmm.PLAIN))
    names = run.some(names, 150 if run.quick else len(names))
    like = {n: lkmm.plain_like(n) for n in names}
    contract = run.contract(sorted(set(like.values())))
    paths = run.herd.write("plain", {n: lkmm.render(shapes.parse(n), "x")
                                     for n in names})
    found = run.model(run.overlay(kernel), "plain", paths, ())
    wrong, races = [], 0
    for name in names:
        if name not in found:
            wrong.append(f"{name}: herd7 could not read it")
            continue
        race = any("data-race" in f for f in found[name].flags)
        races += race
        if race != (contract[like[name]] == "allowed"):
            wrong.append(f"{name}: herd7 sees "
                         f"{'a' if race else 'no'} data race")
    run.report.stage("plain payloads", len(names) - len(wrong), wrong,
                     f" ({races} races)")


def c11_fences(run):
    """The comparison with C11's fences says what the models say."""
    table = list(c11.rows())
    names = [name for name, _ in table]
    paths = run.herd.write("c11", {n: c11.render(shapes.parse(n))
                                   for n in names})
    kernel = run.herd.write("lkmm", {n: lkmm.render(shapes.parse(n))
                                     for n in names})
    columns = [run.model(run.overlay(next(iter(run.sources))), "lkmm", kernel)]
    columns += [run.herd.run("c11", paths, ("-model", model))
                for model in c11.MODELS]
    wrong = []
    for number, found in enumerate(columns):
        may = {name: row[number] for name, row in table}
        wrong += [f"column {number + 1}: {line}" for line in
                  compare(names, found, lambda n, may=may: not may[n])]
    run.report.stage("comparison with C11's fences",
                     len(columns) * len(names) - len(wrong), wrong)
    # What C11's fences forbid, the kernel's do.  RC11 has no load buffering
    # at all, which is a rule about loops of this kind and not about fences.
    edges = {e: ".." for e in ("po", *c11.FENCES)}
    names = list(shapes.names(edges, shapes.CYCLES))
    names = run.some(names, 100 if run.quick else len(names))
    contract = run.contract(names)
    paths = run.herd.write("c11", {n: c11.render(shapes.parse(n))
                                   for n in names})
    wrong, passed = [], 0
    for model in c11.MODELS:
        found = run.herd.run("c11", paths,
                             ("-model", model, "-speedcheck", "true"))
        ask = [n for n in names if "LB" not in n or model != "rc11.cat"]
        odd = [f"{model} {n}: forbidden with C11's fences, not with the "
               "kernel's" for n in ask
               if n not in found or (not found[n].allowed and
                                     contract[n] != "forbidden")]
        wrong += odd
        passed += len(ask) - len(odd)
    run.report.stage("no weaker than C11's fences", passed, wrong)


def outcomes_seen(reports):
    """{(test, outcome): where} of what the harness saw with honest cells."""
    seen = {}
    for where, report in reports:
        if report["broken"]:
            continue
        for result in report["results"]:
            for outcome, count in result["outcomes"].items():
                if count:
                    seen[result["test"], outcome] = where
    return seen


def not_allowed(run, seen):
    """Those of {(test, outcome): where} that the model forbids, as lines."""
    tests = {}
    for number, (name, outcome) in enumerate(seen):
        test = shapes.parse(name)
        test.ask(outcome)
        # The outcome is part of what is asked, so the name is not enough.
        test.name = f"{name}.{number}"
        tests[test.name] = (name, outcome, lkmm.render(test))
    paths = run.herd.write("seen", {n: t[2] for n, t in tests.items()})
    found = run.model(run.overlay(next(iter(run.sources))), "seen", paths)
    return [f"{seen[name, outcome]}: {name} showed {outcome}"
            for n, (name, outcome, _) in tests.items()
            if n not in found or not found[n].allowed]


def seen_outcomes(run):
    """Whatever the harness saw on a machine, the model allows."""
    lie = {"broken": "", "results": [
        {"test": "MP+mb+acq", "outcomes": {"1:y=1 1:x=1": 5,
                                           "1:y=1 1:x=0": 1}},
        {"test": "CoRR+po", "outcomes": {"1:x=1 1:x=0": 2}},
        {"test": "2+2W+mb+mb", "outcomes": {"x=2 y=2": 1, "x=2 y=1": 0}}]}
    caught = not_allowed(run, outcomes_seen([("a lie", lie)]))
    wrong = [] if len(caught) == 3 else [
        f"3 forbidden outcomes in a made-up report, found: {caught}"]
    run.report.stage("control: forbidden outcomes are found",
                     1 - len(wrong), wrong)
    if not run.results:
        run.report.skip("outcomes seen by the harness",
                        "no report under build/report; 'make run' makes one")
        return
    reports, wrong = [], []
    for path in run.results:
        try:
            with open(path) as source:
                report = json.load(source)
            outcomes_seen([(path, report)])
            reports.append((path, report))
        except (OSError, ValueError, KeyError, TypeError) as error:
            wrong.append(f"{path}: not a report of today's harness: {error!r}")
    seen = outcomes_seen(reports)
    wrong += not_allowed(run, seen)
    run.report.stage(f"outcomes seen by the harness, {len(reports)} reports",
                     max(0, len(seen) - len(wrong)), wrong)


def tables(run):
    """What herd7 is not asked about, because it is the same code: virt as smp,
    and the other TSO architectures as x86."""
    wrong, passed = [], 0

    def same(arch, cell, other, theirs, when):
        mine, yours = (c.get((name, when), c[name, ""])
                       for c, name in ((arch[1], cell), (other[1], theirs)))
        if mine != yours:
            wrong.append(f"arch/{arch[0]}.codegen: {cell} {when} is {mine}, "
                         f"{theirs} of {other[0]} is {yours}")
        return mine == yours

    for path in sorted(glob.glob(TOP + "/arch/*.codegen")):
        name = os.path.basename(path)[:-len(".codegen")]
        arch = name, hw.codegen(name)
        for order in shapes.FENCE_NAMES:
            for when in ("", "native"):
                passed += same(arch, "virt_mb:" + order, arch,
                               "smp_mb:" + order, when)
    x86 = "x86_64", hw.codegen("x86_64")
    for name in ("s390x", "sparc64"):
        for order, when in (("read", ""), ("write", ""),
                            ("acquire", "native"), ("release", "native")):
            passed += same((name, hw.codegen(name)), "smp_mb:" + order, x86,
                           "smp_mb:" + order, when)
    run.report.stage("lowerings that share a proof", passed, wrong)


def affected(names, fences, base):
    """Names with an edge whose code is not that of another variant."""
    edges = {e for e in fences if fences[e] != base.get(e)}
    return [n for n in names if edges & set(shapes.parse(n).edges)]


def hardware(run):
    """What the model forbids, no CPU does with membar's lowerings."""
    for arch, variants in hw.lowerings().items():
        for variant, fences in variants.items():
            if variant.startswith("!"):
                continue
            names = run.forbidden
            if variant != "native":
                names = affected(names, fences, variants["native"])
            names = run.some(names, 100 if run.quick else len(names))
            found = on_cpu(run, arch, variant, fences, names)
            wrong = compare(names, found, lambda n: True)
            run.report.stage(f"{arch} {variant}", len(names) - len(wrong),
                             wrong)


def on_cpu(run, arch, variant, fences, names):
    stage = f"{arch}/{variant.lstrip('!')}"
    paths = run.herd.write(stage, {n: hw.render(shapes.parse(n), arch, fences)
                                   for n in names})
    return run.herd.run(stage, paths)


def wrong_lowerings(run):
    """Control: lowerings that are too weak are found."""
    wrong, passed, found_text = [], 0, []
    plain = set(shapes.names({f: ".." for f in shapes.FENCES}))
    for arch, variants in hw.lowerings().items():
        for variant, fences in variants.items():
            if not variant.startswith("!"):
                continue
            names = affected(run.forbidden, fences, variants["native"])
            # The fences of the table tell most; they are few.
            names = [n for n in names if n in plain] or names
            names = run.some(names, 60 if run.quick else 500)
            found = on_cpu(run, arch, variant, fences, names)
            through = sum(o.allowed for o in found.values())
            found_text.append(f"{arch} {variant[1:]}: {through} of "
                              f"{len(names)} let through")
            if through:
                passed += 1
            else:
                wrong.append(f"{arch} {variant[1:]}: not found")
    run.report.stage("control: wrong lowerings are found", passed, wrong)
    print("\n".join("       " + line for line in found_text))


def mutants(run):
    """Control: a model that says something else is found."""
    kernel = next(iter(run.sources))
    few = ["MP", "LB", "S", "WRC", "R", "2+2W"]
    more = ["SB", "RWC", "IRIW", "ISA2", "Z6.0", "W+RWC"]
    names = list(shapes.names({f: ".." for f in shapes.FENCES},
                              few + ([] if run.quick else more)))
    contract = run.contract(names)
    paths = run.herd.write("lkmm", {n: lkmm.render(shapes.parse(n))
                                    for n in names})
    wrong, text = [], []
    for what, (right, mutated) in MUTANTS.items():
        where = os.path.join(run.out, "mutant")
        subprocess.run(["rm", "-rf", where], check=True)
        subprocess.run(["cp", "-r", run.overlay(kernel), where], check=True)
        with open(where + "/linux-kernel.cat") as source:
            cat = source.read()
        if cat.count(right) != 1:
            wrong.append(f"{what}: the model has no single '{right}'")
            continue
        with open(where + "/linux-kernel.cat", "w") as sink:
            sink.write(cat.replace(right, mutated))
        found = run.model(where, "mutant", paths)
        differ = compare(names, found, lambda n: contract[n] == "forbidden")
        text.append(f"{what}: {len(differ)} of {len(names)} differ")
        if len(found) != len(names) or not differ:
            wrong.append(f"{what}: not found")
    run.report.stage("control: wrong models are found",
                     len(MUTANTS) - len(wrong), wrong)
    print("\n".join("       " + line for line in text))


STAGES = {stage.__name__: stage for stage in (
    changed_anchor, stock_tests, written_tests, systematic, flavoured, dma, likes,
    rcu, plain_accesses, programs.compare_files, programs.compare_programs,
    programs.compare_generated, c11_fences, seen_outcomes, can_show, tables,
    hardware, wrong_lowerings, mutants)}


def chosen_stages(names):
    """The stages of these names, or all of them, in their order."""
    for name in names:
        if name not in STAGES:
            sys.exit(f"run.py: there is no stage {name}: use {' '.join(STAGES)}")
    return [stage for name, stage in STAGES.items()
            if not names or name in names]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--herd", required=True, help="the herd7 to run")
    parser.add_argument("--harness", required=True,
                        help="tells verdicts: tools/stress-host")
    parser.add_argument("--source", action="append", required=True,
                        metavar="NAME=DIR", help="a kernel; newest first")
    parser.add_argument("--absent", action="append", default=[],
                        help="a kernel that is left out")
    parser.add_argument("results", nargs="*",
                        help="reports of the stress harness")
    parser.add_argument("--out", required=True, help="where to write tests")
    parser.add_argument("--quick", action="store_true",
                        help="a seeded smaller part")
    parser.add_argument("--stage", action="append", default=[],
                        help="one of the stages, by the name of its function")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    args = parser.parse_args()
    run = Run(args)
    start = time.monotonic()
    print(f"seed {args.seed}, {args.jobs} jobs"
          f"{', the smaller part' if args.quick else ''}")
    make_overlays(run)
    for kernel in args.absent:
        run.report.skip(f"everything on {kernel}", "its source is not here")
    for stage in chosen_stages(args.stage):
        stage(run)
    report = run.report
    if run.herd.complaints:
        print("herd7 complained:")
        print("\n".join(run.herd.complaints[:5]))
        report.failed += len(run.herd.complaints)
    print(f"{time.monotonic() - start:.0f} s in all")
    print(f"{report.passed} passed, {report.failed} failed, "
          f"{report.skipped} skipped")
    sys.exit(report.failed > 0)


if __name__ == "__main__":
    main()
