# SPDX-License-Identifier: GPL-2.0
"""tools/check-matrix, whose comment says what it does."""
import fnmatch
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "../lib"))

import common
from common import TOP, die, hold, read, say
from configuration import Configuration
import run
import trials

JSON = os.path.join(TOP, "build/check-matrix.json")
LINE = "{:<10} {:<8} {:<8} {:>4} {:<22} {:>6} {:>6} {:>7} {:>7}  {}"
TITLES = ("machine", "kernel", "compiler", "CPUs", "purpose", "passed", "failed",
          "skipped", "seconds", "result")


def seconds_left():
    """How long it may take; None if that does not matter."""
    minutes = os.environ.get("MINUTES", "")
    if minutes and not minutes.isdigit():
        die(f"MINUTES={minutes} is not a number of minutes")
    return int(minutes) * 60 if minutes else None


def selected(patterns):
    """The configurations of the matrix that a pattern names, in the file's order."""
    found = []
    for line in read(TOP, "kunit/matrix").splitlines():
        words = line.partition("#")[0].split()
        if words and any(fnmatch.fnmatchcase(words[0], pattern) or pattern in words[1:]
                         for pattern in patterns):
            found.append(Configuration(words[0]))
    return found or die(f"no configuration is called {' '.join(patterns)}: see "
                        "kunit/matrix")


def planned(configurations, everything):
    """What is to be done with each, and the seconds that it takes."""
    plans = [run.plan(configuration) for configuration in configurations]
    if everything:
        plans = [("run", 100) if what == "cached" else (what, seconds)
                 for what, seconds in plans]
    kinds = [what for what, _ in plans]
    seconds = sum(seconds for _, seconds in plans)
    say(f"{len(plans)} configurations: {kinds.count('run')} to run, "
        f"{kinds.count('cached')} passed before with the same inputs, "
        f"{kinds.count('skip')} cannot run here")
    say(f"expected to take {seconds // 60} min {seconds % 60} s, by earlier times and "
        f"{run.UNKNOWN_TIME} s for each that never ran here")
    return plans


def one_row(configuration, plan, left, cached):
    """Run a configuration if there is time enough."""
    if left is not None and plan[0] == "run" and plan[1] > left:
        say(f"{configuration.name}: left out: there is not enough time")
        return run.row(configuration, 0, 0, 1, result="skipped", why="no time left")
    try:
        return run.do(configuration, cached, sys.stderr)
    except SystemExit:
        # One that leaves no word is a failure like any other.
        return run.row(configuration, 0, 1, 0, why="ended without a result")


def control(configuration):
    """Would a failure be noticed?  A row of its own."""
    say(f"control: the results of {configuration.name}, corrupted in every way that has "
        "to be detected ...")
    start = time.time()
    passed, failed = trials.attempt(configuration)
    return run.Row("spoilt", "-", "-", "-", "-", passed, failed, 0,
                   round(time.time() - start), "run", "-",
                   "not reported as failed" if failed else "")


def how_it_ended(row):
    if row.result == "skipped":
        return f"skipped: {row.why}"
    if row.failed:
        return f"FAILED: {row.why}"
    return "run" if row.result == "run" else f"{row.result}, {row.inputs}"


def main(words):
    limit = seconds_left()
    everything = "--all" in words
    patterns = [word for word in words if word not in ("--all", "--dry-run")]
    configurations = selected(patterns or os.environ.get("CELLS", "").split() or ["*"])
    with hold(JSON):
        plans = planned(configurations, everything)
        if "--dry-run" in words:
            for plan, configuration in zip(plans, configurations):
                print(*plan, configuration.name)
            return 0
        start = time.time()
        rows = []
        good = None
        for plan, configuration in zip(plans, configurations):
            left = None if limit is None else limit - (time.time() - start)
            rows.append(one_row(configuration, plan, left, not everything))
            if not good and rows[-1].passed and not rows[-1].failed:
                good = configuration
        if good:
            rows.append(control(good))

        print(LINE.format(*TITLES))
        for row in rows:
            print(LINE.format(*row[:9], how_it_ended(row)))
        with open(JSON, "w", encoding="utf-8") as file:
            json.dump([row._asdict() for row in rows], file, indent="\t")
            file.write("\n")
    print(f"{time.time() - start:.0f} s in all; logs: {run.LOGS}; also as {JSON}")
    passed, failed, skipped = (sum(getattr(row, key) for row in rows)
                               for key in ("passed", "failed", "skipped"))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed and limit is None else 0


common.run(main, sys.argv[1:])
