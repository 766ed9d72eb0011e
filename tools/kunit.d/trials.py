# SPDX-License-Identifier: GPL-2.0
"""Corrupt a result that passed, in each way that has to be detected."""
import os
import re
import shutil

from common import die, hold, read, say, write
from result import Result
from run import LOGS, Run

REPORTS = """\
BUG: KASAN: slab-use-after-free in membar_u32_xchg_full+0x1/0x2
BUG: KCSAN: data-race in kunit_try_run_case / samples_message
BUG: KMSAN: uninit-value in membar_request_parse+0x1/0x2
UBSAN: shift-out-of-bounds in lib/membar/membar_core.c:1:1
WARNING: CPU: 0 PID: 1 at lib/membar/membar_core.c:1
WARNING: possible recursive locking detected
BUG: sleeping function called from invalid context at x.c:1
ODEBUG: free active (active state 0) object: 1
kmemleak: 1 new suspected memory leaks (see /sys/kernel/debug/kmemleak)
CFI failure at membar_barrier+0x1/0x2
INFO: task kunit_try_catch:1 blocked for more than 1 seconds.
Kernel panic - not syncing: Fatal exception
""".splitlines()
SUMMARY = "Testing complete. Ran 9 tests: "


def append(name, line):
    """The file with one more line."""
    return lambda files: files.update({name: f"{files.get(name, '')}{line}\n"})


def without(name, pattern):
    """The file without the lines in which the pattern is found."""
    return lambda files: files.update({name: "".join(
        line for line in files[name].splitlines(keepends=True)
        if not re.search(pattern, line))})


def copy(source, target):
    """The file replaced by another one."""
    return lambda files: files.update({target: files[source]})


def trials_of(configuration, has_log):
    """Pairs of a name and the change that it stands for."""
    yield "a kernel that was not built", append("built", "2")
    yield "a compiler that warns", append(
        "build", "lib/membar/membar_core.c:1:1: warning: unused")
    yield "a suite that is no module", append("unexported", "membar_shape_threads")
    yield "a test that fails", append("tests", SUMMARY + "passed: 8, failed: 1")
    yield "a test that crashes", append("tests", SUMMARY + "passed: 8, crashed: 1")
    if not has_log:
        yield "a guest that died", without("tests", r"Testing complete\.")
    yield "a kernel without tests", append(
        "tests", "Testing complete. Ran 0 tests: errors: 1")
    yield "tests that are all skipped", append("tests", SUMMARY + "skipped: 9")
    if has_log:
        yield "a guest that ended early", without("log", "^membar-boot: status 0$")
    if configuration.cpus > 1:
        yield "a CPU that did not come up", without("console", "Brought up")
    for line in REPORTS:
        yield "a kernel that reports", append("console", f"[    1.0] {line}")
    yield "a control that passes", copy("tests", "control-tests")
    yield "a control that is not reported", copy("console", "control-console")


def attempt(configuration):
    """Passed and failed: a corrupted copy must no longer pass."""
    run = Run(configuration)
    if not run.known():
        die(f"{configuration.name} did not pass yet with these inputs: run "
            f"tools/kunit {configuration.name} first")
    passed, failed = 1, 0
    logs = os.path.join(LOGS, configuration.file_name)
    spoilt = logs + ".trial"
    has_log = os.path.exists(os.path.join(run.directory, "log"))
    with hold(logs):
        for name, corrupt in trials_of(configuration, has_log):
            shutil.rmtree(spoilt, ignore_errors=True)
            shutil.copytree(run.directory, spoilt)
            files = {file: read(spoilt, file) for file in os.listdir(spoilt)}
            corrupt(files)
            for file, text in files.items():
                write(text, spoilt, file)
            result = Result(spoilt, configuration)
            if result.failed:
                say(f"caught: {name}: {result.why}")
                passed += 1
            else:
                say(f"NOT caught: {name}")
                failed += 1
        shutil.rmtree(spoilt)
    return passed, failed
