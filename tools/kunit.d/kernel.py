# SPDX-License-Identifier: GPL-2.0
"""Build the kernel of a configuration, and boot it with the suites."""
import os
import re
import shutil
import subprocess

from common import TOP, jobs, read, run_limited, say, write
from configuration import SUITES
from result import leaves_flags

# What takes longer than these many seconds hangs, on a busy machine too.
BUILD_LIMIT = 7200
BOOT_LIMIT = 1800
CONTROL_LIMIT = 600
# How often a guest is booted that dies for nothing.
MOST_BOOTS = 3
# A guest that waits for the host's CPUs is not stalled.
NO_STALL = "rcupdate.rcu_cpu_stall_suppress=1"
# Where tools/boot finds the kernel that it boots.
IMAGES = {"um": "linux", "amd64": "arch/x86/boot/bzImage",
          "arm64": "arch/arm64/boot/Image"}
HIDE_KVM = ["unshare", "-m", "sh", "-c",
            'mount --bind /dev/null /dev/kvm && exec "$@"', "sh"]


def without_kvm():
    """The beginning of a command that shall not find KVM.

    Where /dev/kvm exists and cannot run the kernel, kunit.py hangs without a word;
    emulated, it runs everywhere the same.
    """
    if os.path.exists("/dev/kvm") and not subprocess.run(
            ["unshare", "-m", "true"], stderr=subprocess.DEVNULL,
            check=False).returncode:
        return HIDE_KVM
    return []


class Kernel:
    """The kernel of a configuration, in its directory of the cache."""

    def __init__(self, configuration):
        self.configuration = configuration
        self.dir = configuration.dir
        self.obj = os.path.join(self.dir, "obj")
        self.tree = os.path.join(self.dir, "tree")

    def file(self, name):
        return os.path.join(self.dir, name)

    def build(self, log):
        """Build it; returns whether there is a kernel.  All goes to the log."""
        # kunit.py makes only the last directory itself.
        os.makedirs(self.obj, exist_ok=True)
        link_tree = os.path.join(TOP, "tools/lib/link-tree")
        if self.run([link_tree, self.configuration.source, self.tree], log):
            return False
        if self.configuration.description:
            write(self.configuration.own_description(), self.file("machine.py"))
        if not self.configure(log):
            return False
        if self.kunit_py(log, BUILD_LIMIT, "build", f"--jobs={jobs()}"):
            return False
        # Under kunit.py's parser a build that fails may look like one that did not.
        return any(os.path.isfile(os.path.join(self.obj, name))
                   for name in ("vmlinux", "linux"))

    def run(self, command, log, seconds=None, **more):
        """The status of a command, which prints into the log."""
        return run_limited(command, seconds, stdin=subprocess.DEVNULL, stdout=log,
                           stderr=subprocess.STDOUT,
                           env=self.configuration.environment(), **more)

    def configure(self, log):
        """Make a configuration as small as the fragment allows; was it possible?

        It is made anew only if the fragment changed: kunit.py keeps what is
        configured alike.
        """
        configuration = self.configuration
        fragment = f"# {configuration.number} " + \
            (configuration.version(configuration.command) or "\n") + \
            configuration.fragment()
        if fragment == read(self.file("fragment")):
            return True
        if os.path.exists(self.file("fragment")):
            os.remove(self.file("fragment"))
        write(fragment, self.file("fragment.new"))
        small = self.file("allno")
        os.makedirs(small, exist_ok=True)
        command = ["make", "-s", "-C", self.tree, f"O={small}",
                   f"ARCH={configuration.karch}", *configuration.make_words,
                   f"KCONFIG_ALLCONFIG={self.file('fragment.new')}", "allnoconfig"]
        if configuration.cross:
            command.insert(-1, f"CROSS_COMPILE={configuration.cross}")
        if self.run(command, log):
            return False
        # Not everything that a description names is there in every kernel; what we
        # ask for ourselves is.
        got = configuration.parse(read(small, ".config"))
        wanted = configuration.parse(configuration.demanded() + (
            "CONFIG_SMP=y\n" if configuration.cpus > 1 else ""))
        missing = [f"CONFIG_{name}={value}" for name, value in wanted.items()
                   if got.get(name, "n") != value]
        for option in missing:
            log.write(f"error: the kernel cannot be configured with {option}\n".encode())
        log.flush()
        if missing:
            return False
        shutil.copyfile(os.path.join(small, ".config"), self.file("config"))
        shutil.rmtree(small)
        os.rename(self.file("fragment.new"), self.file("fragment"))
        return True

    def kunit_py(self, log, seconds, command, *words):
        """The status of a command of the kernel's own kunit.py."""
        configuration = self.configuration
        words = list(words) + [f"--make_options={word}"
                               for word in configuration.make_words]
        if configuration.description:
            words.append(f"--qemu_config={self.file('machine.py')}")
        if configuration.cross:
            words.append(f"--cross_compile={configuration.cross}")
        return self.run(
            [*without_kvm(), "./tools/testing/kunit/kunit.py", command,
             f"--arch={configuration.arch}", f"--build_dir={self.obj}",
             f"--kunitconfig={self.file('config')}", *words],
            log, seconds, cwd=self.tree)

    def boot(self, suites, tests, console, seconds):
        """Boot the suites, and again if the guest died for nothing."""
        self.boot_once(suites, tests, console, seconds)
        for _ in range(MOST_BOOTS - 1):
            why = self.died_for_nothing(tests, console)
            if not why:
                return
            say(f"{self.configuration.name}: {why}: it is booted again")
            self.boot_once(suites, tests, console, seconds)

    def boot_once(self, suites, tests, console, seconds):
        """Leaves what kunit.py prints in tests, and the console."""
        configuration = self.configuration
        words = [f"--timeout={seconds}"]
        if configuration.arch != "um":
            words.append("--qemu_args=" + " ".join(
                configuration.qemu_args + ["-smp", str(configuration.cpus)]))
        # A guest that has panicked is not waited for.
        words += [f"--kernel_args={word}" for word in
                  configuration.kernel_args + self.purpose_args() +
                  [NO_STALL, "panic=-1"]]
        kernel_log = os.path.join(self.obj, "test.log")
        for old in (kernel_log, console):
            if os.path.exists(old):
                os.remove(old)
        with open(tests, "wb") as log:
            self.kunit_py(log, seconds, "exec", *words, suites)
        if os.path.exists(kernel_log):
            shutil.copyfile(kernel_log, console)

    def purpose_args(self):
        return " ".join(self.configuration.words("kernel_args")).split()

    def died_for_nothing(self, tests, console):
        """Why a guest is booted again, if its results say nothing of the project.

        QEMU may lose a race with a kernel that patches its own code as it boots; what
        dies before it began has tested nothing.  With the flag of a nested task the
        return from an interrupt is a double fault.  And kunit.py reads the console
        too slowly on a busy machine; User-Mode Linux then drops lines of it, and the
        numbers of the results have gaps.
        """
        said = read(console)
        if "TAP version" not in said or (
                "PANIC: double fault" in said and leaves_flags(self.configuration)):
            return "an emulator bug ended the guest"
        if re.search(r"Expected test number \d* but found", read(tests)):
            return "lines of the console were lost"
        return ""

    def run_suites(self, result):
        """Boot it twice: the project's suites, and the controls."""
        if self.configuration.runner == "init":
            self.run_with_init(result)
            return
        self.boot(SUITES, os.path.join(result, "tests"),
                  os.path.join(result, "console"), BOOT_LIMIT)
        self.boot("control*", os.path.join(result, "control-tests"),
                  os.path.join(result, "control-console"), CONTROL_LIMIT)

    def run_with_init(self, result):
        """Boot it with a user space, which loads the suites or looks for leaks."""
        configuration = self.configuration
        if configuration.boot not in IMAGES:
            say(f"error: tools/boot cannot boot {configuration.machine}")
            return
        modules = sorted(os.path.join(directory, name)
                         for directory, _, names in os.walk(self.obj)
                         for name in names if name.endswith(".ko"))
        with open(os.path.join(result, "guest"), "wb") as log:
            self.run([os.path.join(TOP, "tools/boot"), "-a", configuration.boot,
                      "-c", str(configuration.cpus), "-t", str(BOOT_LIMIT),
                      "-k", " ".join(["log_buf_len=4M", NO_STALL, *self.purpose_args()]),
                      "-l", os.path.join(result, "log"),
                      os.path.join(self.obj, IMAGES[configuration.boot]),
                      os.path.join(TOP, "tools/guest/kunit"), *modules], log)
        # The console's end is the whole of the kernel's log.
        log = re.split(r"^membar-boot: file$", read(result, "log"), 1, re.M)
        log = log[1].lstrip() if len(log) == 2 else ""
        for text, name in ((log, "console"), (read(result, "guest"), "tests")):
            control = re.search(r"^.*membar: control", text, re.M)
            start = control.start() if control else len(text)
            write(text[:start], result, name)
            write(text[start:], result, "control-" + name)
