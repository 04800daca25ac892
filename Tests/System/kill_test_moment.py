"""Kills a process at a moment that can be named afterwards: which system call it was in.

SIGSTOP first; once every thread is stopped, `/proc/PID/task/*/syscall` says where it stood; SIGKILL
then ends it exactly there.
"""

import os
import pathlib
import platform
import signal
import time

_CALLS = {
    "x86_64": {18: "pwrite64", 74: "fsync", 75: "fdatasync", 76: "truncate", 77: "ftruncate",
               1: "write", 82: "rename", 87: "unlink", 296: "pwritev"},
    "aarch64": {68: "pwrite64", 82: "fsync", 83: "fdatasync", 45: "truncate", 46: "ftruncate",
                64: "write", 35: "unlink", 38: "rename", 70: "pwritev"},
}.get(platform.machine(), {})

# Calls on a database file that are made only within a commit or the checkpoint after it.
_COMMITTING = {"pwrite64", "pwritev", "fsync", "fdatasync", "ftruncate"}


def _state(task):
    return (task / "stat").read_text().rsplit(")", 1)[1].split()[0]


def freeze(pid, timeout=10):
    """Stops a process and waits until all its threads stand still."""
    os.kill(pid, signal.SIGSTOP)
    deadline = time.monotonic() + timeout
    tasks = pathlib.Path(f"/proc/{pid}/task")
    while any(_state(task) != "T" for task in tasks.iterdir()):
        if time.monotonic() > deadline:
            raise AssertionError(f"process {pid} does not stop")
        time.sleep(0.0005)


def standing(pid):
    """What the threads of a frozen process do to database files, as `call file`; None if the
    kernel does not tell this user."""
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            words = (task / "syscall").read_text().split()
        except PermissionError:
            return None
        if not words or not words[0].lstrip("-").isdigit():
            continue
        name = _CALLS.get(int(words[0]))
        if name not in _COMMITTING:
            continue
        try:
            path = os.readlink(f"/proc/{pid}/fd/{int(words[1], 16)}")
        except OSError:
            continue
        if ".db" in path:
            found.append(f"{name} {os.path.basename(path)}")
    return found


def kill_here(pid):
    """Freezes, looks, kills. The list is empty when no thread was within a commit."""
    freeze(pid)
    where = standing(pid)
    os.kill(pid, signal.SIGKILL)
    return where
