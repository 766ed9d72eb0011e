# SPDX-License-Identifier: GPL-2.0
"""Run a configuration, or take the result that it has."""
import collections
import glob
import os
import shutil
import sys
import time

from common import TOP, cache_lock, hold, read, say, shell, write
from kernel import Kernel
from result import Result
from symbols import functions_of, unexported

LOGS = os.path.join(TOP, "build/kunit")
# Other copies of the project have results of their own: so many are kept.
KEPT = 8
# What a configuration is believed to take that never ran here, in seconds.
UNKNOWN_TIME = 300


class Run:
    """A configuration's results in the cache, by the hash of its inputs."""

    def __init__(self, configuration):
        self.configuration = configuration
        self.key = configuration.key()
        self.directory = os.path.join(configuration.results, self.key)

    def result(self):
        return Result(self.directory, self.configuration)

    def known(self):
        """The result if it passed already with the same inputs."""
        if not read(self.directory, "date"):
            return None
        result = self.result()
        return None if result.failed else result

    def make(self, again):
        """Build and run it; without "again" only if it did not pass meanwhile.

        Another run may do so while this one waits for the lock.
        """
        with cache_lock("kunit-" + os.path.basename(self.configuration.dir)):
            if again or not self.known():
                self._make()

    def _make(self):
        kernel = Kernel(self.configuration)
        new = self.directory + ".tmp"
        # Whoever comes here holds the lock, so leftovers are of the dead.
        shutil.rmtree(new, ignore_errors=True)
        os.makedirs(new)
        write(self.configuration.inputs(), new, "inputs")
        if not os.path.isfile(os.path.join(kernel.obj, ".config")):
            shell("need_space", "2000")
        # Warnings are said only once: what failed is compiled anew.
        failed = kernel.file("failed")
        ours = os.path.join(kernel.obj, "lib/membar")
        if os.path.exists(failed):
            shutil.rmtree(ours, ignore_errors=True)
        os.makedirs(kernel.dir, exist_ok=True)
        write("", failed)
        start = time.time()
        with open(os.path.join(new, "build"), "wb") as log:
            built = kernel.build(log)
        write("0\n" if built else "1\n", new, "built")
        end = time.time()
        if built:
            # Where data races are looked for.
            if "kcsan" in self.configuration.purpose:
                write("\n".join(functions_of(ours)) + "\n", new, "ours")
            # Linux 6.1 leaves out all exports where it has no modules.
            lacking = [] if self.configuration.kernel == "6.1" else \
                unexported(ours, self.configuration.cross)
            write("\n".join(lacking) + "\n", new, "unexported")
            kernel.run_suites(new)
        write(f"{end - start:.0f} {time.time() - end:.0f}\n", new, "seconds")
        write(time.strftime("%Y-%m-%d %H:%M\n"), new, "date")
        shutil.rmtree(self.directory, ignore_errors=True)
        os.rename(new, self.directory)
        if not self.result().failed:
            os.remove(failed)
        for old in self.by_age()[KEPT:]:
            shutil.rmtree(old)

    def by_age(self):
        """The directories of all results, the newest first."""
        return sorted(glob.glob(os.path.join(self.configuration.results, "*/")),
                      key=os.path.getmtime, reverse=True)

    def expected(self):
        """Seconds that it may take: the longest time that it took before.

        If the kernel is there, building takes what the project's sources take.
        """
        build = boot = 0
        for old in self.by_age():
            if read(old, "date") and read(old, "built") == "0\n":
                seconds = read(old, "seconds").split()
                if len(seconds) == 2:
                    build = max(build, int(seconds[0]))
                    boot = max(boot, int(seconds[1]))
        if not boot:
            return UNKNOWN_TIME
        if os.path.isfile(os.path.join(self.configuration.dir, "obj/.config")):
            return boot + 30
        return boot + build


# What is said of a configuration: a line of the matrix.
Row = collections.namedtuple("Row", [
    "machine", "kernel", "compiler", "cpus", "purpose", "passed", "failed", "skipped",
    "seconds", "result", "inputs", "why"])


def row(configuration, passed, failed, skipped, seconds=0, result="run", inputs="-",
        why=""):
    return Row(configuration.machine, configuration.number, configuration.compiler,
               configuration.cpus, configuration.purpose, passed, failed, skipped,
               seconds, result, inputs, why)


def plan(configuration):
    """What would be done, and how many seconds that takes."""
    if configuration.skip_why:
        return "skip", 0
    # Without a compiler or an emulator, to be installed, it is another hash.
    run = Run(configuration)
    return ("cached", 0) if run.known() else ("run", run.expected())


def do(configuration, cached, out):
    """Run a configuration, or with "cached" take a result that passed; its row."""
    name = configuration.name
    configuration.prepare()
    if configuration.skip_why:
        say(f"{name}: skipped: {configuration.skip_why}")
        return row(configuration, 0, 0, 1, result="skipped", why=configuration.skip_why)
    logs = os.path.join(LOGS, configuration.file_name)
    with hold(logs):
        run = Run(configuration)
        result = run.known() if cached else None
        if result:
            date = read(run.directory, "date").strip()
            how = f"of {date}"
            say(f"{name}: from the cache, inputs {run.key}, run {date}")
        else:
            how = "run"
            say(f"{name}: KUnit, Linux {configuration.number} ...")
            run.make(again=not cached)
            result = run.result()
        shutil.rmtree(logs, ignore_errors=True)
        shutil.copytree(run.directory, logs)
    build, boot = result.seconds()
    print(f"{name}: {result.passed} passed, {result.failed} failed, {result.skipped} "
          f"skipped, {build} s to build, {boot} s to run", file=out, flush=True)
    if result.failed:
        say(f"{name}: {result.why}; all of it: {logs}/")
        for line in result.failures():
            print(line, file=sys.stderr)
    return row(configuration, result.passed, result.failed, result.skipped, build + boot,
               how, run.key, result.why)
