"""strace on the daemon: counting its syncs, and making its system calls fail.

`strace` is not told to name files (`-y`): it may not read `/proc/PID/fd` of a process that is not
dumpable, unless it is root. The descriptors are followed through `openat` instead; to others than
root the names there are unreadable too, and a file is `descriptor N`.
"""

import collections
import os
import re
import signal
import subprocess
import time

_LINE = re.compile(r"(\d+) +([\d.]+) (.*)")
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)")


class Calls:
    """The calls of one trace file: `by_file(start, end)` counts finished ones by name and file."""

    def __init__(self, path):
        self.calls = []
        begun, files = {}, {}
        with open(path, encoding="utf-8", errors="replace") as trace:
            lines = trace.readlines()
        for line in lines:
            match = _LINE.match(line)
            if not match:
                continue
            thread, moment, rest = match.groups()
            if rest.endswith("<unfinished ...>"):
                begun[thread] = rest.removesuffix("<unfinished ...>").rstrip()
                continue
            resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", rest)
            if resumed:
                rest = begun.pop(thread, "") + resumed[1]
            call = _CALL.match(rest)
            if not call:
                continue
            name, arguments, result = call.groups()
            if name == "openat" and int(result) >= 0:
                opened = re.search(r'"([^"]*)"', arguments)
                files[int(result)] = (
                    os.path.basename(opened[1]) if opened else f"descriptor {result}")
            elif name != "openat":
                number = re.match(r"\d+", arguments)
                file = files.get(int(number[0]), "?") if number else "?"
                self.calls.append((float(moment), name, file, int(result)))

    def by_file(self, start, end):
        return collections.Counter(
            (name, file) for moment, name, file, result in self.calls
            if start <= moment <= end and result >= 0)


class Failing:
    """While entered, calls of a running process fail: `what` is an injection of strace, such as
    `fdatasync:error=EIO`, and only calls on `path` are touched."""

    def __init__(self, pid, what, path, output):
        self.output = output
        self.argv = [
            "strace", "-f", "-qq", "-p", str(pid), "-P", str(path), "-o", str(output),
            "-e", "trace=" + what.split(":")[0], "-e", "inject=" + what]
        self.pid = pid

    def __enter__(self):
        self.process = subprocess.Popen(self.argv, stderr=subprocess.PIPE)
        deadline = time.monotonic() + 30
        while not self._is_attached():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"strace: {self.process.stderr.read().decode()}")
            time.sleep(0.01)
        return self

    def _is_attached(self):
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{task}/status", encoding="utf-8") as status:
                if "TracerPid:\t0\n" in status.read():
                    return False
        return True

    def injected(self):
        """How many calls were made to fail so far."""
        with open(self.output, encoding="utf-8", errors="replace") as file:
            return file.read().count("(INJECTED)")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self.process.stderr.close()
