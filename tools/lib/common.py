# SPDX-License-Identifier: GPL-2.0
"""Helpers of membar's scripts in Python, as common.sh has for those in shell.

A script's standard output is its result; all talk goes to standard error.
"""
import collections
import contextlib
import fcntl
import glob
import os
import re
import signal
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
CACHE = os.environ.get("MEMBAR_CACHE") or os.path.expanduser("~/.cache/membar")


def say(text):
    """One line of talk."""
    print(f"membar: {text}", file=sys.stderr, flush=True)


def die(text):
    """Give up, in one line that says what to do."""
    say(f"error: {text}")
    sys.exit(1)


def run(main, *words):
    """End with the status of the main function, or with a line about what kept it."""
    # So that what was started is ended, as with SIGINT.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(*words))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        die(error)


def jobs():
    """How many jobs run at the same time: JOBS=, or one for each CPU."""
    given = os.environ.get("JOBS") or str(len(os.sched_getaffinity(0)))
    if not re.fullmatch("[1-9][0-9]{0,3}", given):
        die(f"JOBS={given}: use a number from 1 to 9999")
    return int(given)


def _family(pid):
    """A process and those that it started, even in a session of their own."""
    children = collections.defaultdict(list)
    for stat in glob.glob("/proc/[0-9]*/stat"):
        # "PID (COMMAND) STATE PARENT ..."; the process may be gone by now.
        before, _, after = read(stat).rpartition(")")
        if after:
            children[int(after.split()[1])].append(int(before.split()[0]))
    family = [pid]
    for one in family:
        family += children[one]
    return family


def _end_family(process):
    """End a process and all that it started: first they are asked to."""
    family = _family(process.pid)
    for how in (signal.SIGTERM, signal.SIGKILL):
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)


def run_limited(command, seconds, **more):
    """The status of a command; 124 if it was ended because it took longer.

    If this script is interrupted, nothing that the command started goes on.
    """
    with subprocess.Popen(command, **more) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            _end_family(process)
            return 124
        except BaseException:
            _end_family(process)
            raise


def read(*path):
    """The text of a file; nothing of one that is not there."""
    try:
        with open(os.path.join(*path), encoding="utf-8", errors="replace") as file:
            return file.read()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def write(text, *path):
    """A file with this text."""
    with open(os.path.join(*path), "w", encoding="utf-8") as file:
        file.write(text)


def script(name, *words):
    """What a script of tools/ prints; if it fails, it has said why."""
    ran = subprocess.run([os.path.join(TOP, "tools", name), *words],
                         stdout=subprocess.PIPE, text=True, check=False)
    if ran.returncode:
        sys.exit(ran.returncode)
    return ran.stdout.strip()


def shell(function, *words):
    """Call a function of common.sh, which ends the script if it fails."""
    ran = subprocess.run(
        ["sh", "-uc", '. "$0" && "$@"',
         os.path.join(TOP, "tools/lib/common.sh"), function, *words], check=False)
    if ran.returncode:
        sys.exit(ran.returncode)


@contextlib.contextmanager
def _locked(path):
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        # For the writers among several users, as a shell's ">" makes it.
        file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o666)
    except OSError:
        die(f"cannot write to {path}: set MEMBAR_CACHE to a directory of yours, "
            "or is the disk full?")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(f"waiting for another run that holds {path}")
        fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(file)


def cache_lock(name):
    """One at a time, among all users of the cache."""
    return _locked(os.path.join(CACHE, "lock", name))


@contextlib.contextmanager
def hold(path):
    """Keep every other run of the scripts that write to this directory waiting.

    Scripts that are started meanwhile may write to it, too.
    """
    held = os.environ.get("MEMBAR_HELD", "")
    if path in held.split(":"):
        yield
        return
    with _locked(path + ".lock"):
        os.environ["MEMBAR_HELD"] = f"{path}:{held}"
        try:
            yield
        finally:
            os.environ["MEMBAR_HELD"] = held
