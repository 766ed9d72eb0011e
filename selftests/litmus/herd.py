# SPDX-License-Identifier: GPL-2.0
"""Running herd7 over many tests."""
import concurrent.futures
import os
import re
import subprocess

# herd7 is quick at a test and slow to start.
BATCH = 250

# A state: "0:r0=1; [x]=2;"
STATE = re.compile(r"(\d+:\w+|\[\w+\])=")


class Outcome:
    """What herd7 says of a test."""

    def __init__(self, word, positive, negative, flags, states):
        # With -speedcheck it stops early, so only "is it there" counts.
        self.allowed = positive > 0
        self.word = word
        self.deadlock = positive + negative == 0
        self.flags = flags
        # Each a set of "place=value".
        self.states = states

    def has_race(self):
        return any("data-race" in flag for flag in self.flags)


def read(text):
    """{test: Outcome} of herd7's output."""
    found, flags, states = {}, [], set()
    for line in text.splitlines():
        if line.startswith("Test "):
            flags, states = [], set()
        elif STATE.match(line):
            states.add(frozenset(part.strip() for part in line.split(";")
                                 if part.strip()))
        elif line.startswith("Flag "):
            flags.append(line[5:].strip())
        elif line.startswith("Observation "):
            _, name, word, positive, negative = line.split()
            found[name] = Outcome(word, int(positive), int(negative),
                                  flags, states)
    return found


class Herd:
    """herd7 with a place for tests and a number of jobs."""

    def __init__(self, command, out, jobs):
        self.command = command
        self.out = out
        self.jobs = jobs
        self.complaints = []

    def write(self, stage, tests):
        """Write {name: text} to files of a stage and return their paths."""
        where = os.path.join(self.out, stage)
        os.makedirs(where, exist_ok=True)
        paths = []
        for name, text in tests.items():
            paths.append(os.path.join(where, name + ".litmus"))
            with open(paths[-1], "w") as sink:
                sink.write(text)
        return paths

    def batch(self, number, stage, paths, options, cwd):
        """One herd7."""
        index = os.path.join(self.out, f"@{stage.replace('/', '-')}-{number}")
        with open(index, "w") as sink:
            sink.write("\n".join(paths) + "\n")
        done = subprocess.run([self.command, *options, index], cwd=cwd,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, check=False)
        os.unlink(index)
        if done.stderr.strip() and "-timeout" not in options:
            self.complaints.append(done.stderr.strip())
        return read(done.stdout)

    def run(self, stage, paths, options=("-speedcheck", "true"), cwd=None):
        """{name: Outcome}; a test that herd7 could not read is missing."""
        size = max(1, min(BATCH, -(-len(paths) // self.jobs)))
        parts = [paths[i:i + size] for i in range(0, len(paths), size)]
        found = {}
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            for outcomes in pool.map(
                    lambda p: self.batch(p[0], stage, p[1], options, cwd),
                    enumerate(parts)):
                found.update(outcomes)
        return found


def expected(path, kernel=""):
    """What a test's own comment says of a kernel: (word, is there a race), or
    None.  "Result (6.1): ..." stands beside "Result: ..." where they differ."""
    with open(path) as source:
        text = source.read()
    for which in (rf" \({re.escape(kernel)}\)", ""):
        result = re.search(rf"^[( ]\* Result{which}: (\S+)(.*)$", text, re.M)
        if result:
            return result.group(1), "DATARACE" in result.group(2)
    return None
