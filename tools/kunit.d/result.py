# SPDX-License-Identifier: GPL-2.0
"""A result of tools/kunit: the files that a run left, and whether they show a pass.

built		status of the build; build: what it printed
tests		what kunit.py or the guest printed; console: the kernel's console
control-tests, control-console
		the same of the controls, which are tests that have to fail
log, guest	where the guest had a user space: its console, and what it printed
ours		the functions of the project, where data races are looked for
unexported	what the suites use and a module of them would lack
inputs, seconds, date
"""
import os
import re

from common import read, write

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
# The kernel's words for trouble.
TROUBLE = re.compile(
    r"BUG: |WARNING: |KASAN: |KCSAN: |KMSAN: |UBSAN: |ODEBUG: |kmemleak: [0-9]+ new|"
    r"INFO: (task|lockdep|trying to register)|DEBUG_LOCKS_WARN_ON|CFI failure|Oops|"
    r"Internal error|Kernel panic|Unable to handle|bad: scheduling")
# A warning of the compiler about a file of the project.
WARNING = re.compile(r"^\S*lib/membar/.*warning:.*$", re.M)


def first(pattern, text, flags=0):
    """The first line in which the pattern is found, or nothing."""
    return next((line for line in text.splitlines()
                 if re.search(pattern, line, flags)), "")


def last(text):
    """The last line that is not empty."""
    return next((line for line in reversed(text.splitlines()) if line), "")


def leaves_flags(configuration):
    """QEMU before 8.0 may leave an earlier operand in the flags after cmpxchg8b."""
    return configuration.arch == "i386" and re.search(
        r" version [1-7]\.", configuration.version(configuration.emulator))


def counts(text):
    """What kunit.py's summary says: passed, failed, skipped; None without one.

    A guest that has a user space prints the totals of each suite from debugfs.
    """
    found = None
    for line in ESCAPES.sub("", text).splitlines():
        def of(*keys):
            return sum(int(match[1]) for match in
                       (re.search(rf"{key}: *(\d+)", line) for key in keys) if match)
        if "Testing complete." in line:
            found = [of("passed"), of("failed", "crashed", "errors"), of("skipped")]
        elif line.startswith("# Totals: "):
            more = [of("pass"), of("fail"), of("skip")]
            found = [a + b for a, b in zip(found or [0, 0, 0], more)]
    return found


def without_races_of_the_kernel(lines, ours):
    """The lines without the titles of data races that are the kernel's own.

    These are races of which neither access is made by a function of ours, or by one
    that such a function called.  A title is held back until its report has ended.
    """
    title, keep, frame = None, False, 0
    for line in lines:
        if "BUG: KCSAN: " in line:
            if title:
                yield title
            title, keep, frame = line, False, 0
            continue
        if " bytes by " in line:
            frame = 0
        name, offset, _ = (line.split() or [""])[0].partition("+0x")
        if offset:
            frame += 1
            keep = keep or frame <= 2 and name in ours
        if re.fullmatch("=+", line):
            if title and keep:
                yield title
            title = None
        yield line
    if title:
        yield title


def reports(console, ours, configuration):
    """The lines of a console in which the kernel reports trouble.

    Functions called kcsan_kunit_* race on purpose.  Of the flags that an emulator
    may leave after cmpxchg8b, one single-steps.
    """
    lines = ESCAPES.sub("", console).replace("\r", "").splitlines()
    if ours:
        lines = without_races_of_the_kernel(lines, ours)
    found = [line for line in lines if TROUBLE.search(line) and
             not re.search("BUG: KCSAN: .* in kcsan_kunit_", line)]
    if leaves_flags(configuration):
        found = [line for line in found
                 if not re.search("WARNING: .*exc_debug_kernel", line)]
    return found


class Result:
    """Passed, failed and skipped; why is the first reason to fail."""

    def __init__(self, directory, configuration):
        self.directory = directory
        self.passed = self.failed = self.skipped = 0
        self.why = ""
        if last(self.read("built")) != "0":
            self.bad("it was not built: " + (
                first("error[: ]", self.read("build"), re.I) or last(self.read("build"))))
            return
        warning = WARNING.search(self.read("build"))
        if warning:
            self.bad(warning[0])
        unexported = self.read("unexported").split()
        if unexported:
            self.bad(f"the suites use {unexported[0]}, which is not exported to them")
        ours = set(self.read("ours").split())
        self.judge_control(ours, configuration)
        self.judge_suites(ours, configuration)

    def read(self, name):
        return read(self.directory, name)

    def bad(self, why):
        """It fails, whatever the suites said.  The first reason is kept."""
        self.failed += 1
        self.why = self.why or why

    def reports(self, prefix, ours, configuration):
        found = reports(self.read(prefix + "console"), ours, configuration)
        write("".join(f"{line}\n" for line in found), self.directory, prefix + "reports")
        return found

    def judge_control(self, ours, configuration):
        """A test that fails was seen to fail, and what has to be reported was."""
        counted = counts(self.read("control-tests"))
        if not counted or not counted[1]:
            self.bad("the control, a test that fails, was not seen to fail")
        found = self.reports("control-", ours, configuration)
        for want in configuration.controls:
            if not any(re.search(want, line) for line in found):
                self.bad(f"the control's '{want}' was not reported")
                break

    def judge_suites(self, ours, configuration):
        """The project's suites passed, and the kernel reported nothing."""
        counted = counts(self.read("tests"))
        if not counted:
            self.bad("it ended without a summary: " + last(self.read("console")))
            counted = 0, 0, 0
        self.passed += counted[0]
        self.failed += counted[1]
        self.skipped += counted[2]
        if counted[1]:
            self.why = self.why or first(r"\[(FAILED|CRASHED)\]|not ok|Testing complete",
                                         ESCAPES.sub("", self.read("tests")))
        if not self.passed:
            self.bad("no test passed")
        if os.path.exists(os.path.join(self.directory, "log")) and not first(
                "^membar-boot: status 0$", self.read("log")):
            self.bad("the guest did not come to its end: " + last(self.read("guest")))
        if configuration.cpus > 1 and not first(
                f"Brought up .*{configuration.cpus} CPUs", self.read("console")):
            self.bad(f"the kernel did not bring up {configuration.cpus} CPUs")
        found = self.reports("", ours, configuration)
        if found:
            self.bad(f"{len(found)} reports: {found[0]}")

    def seconds(self):
        """How long it took to build, and to run."""
        build, run = (self.read("seconds") or "0 0").split()
        return int(build), int(run)

    def failures(self):
        """The first lines of failed tests, for the user."""
        return [line for line in ESCAPES.sub("", self.read("tests")).splitlines()
                if re.search(r"\[(FAILED|CRASHED)\]|(EXPECTATION|ASSERTION) FAILED",
                             line)][:20]
