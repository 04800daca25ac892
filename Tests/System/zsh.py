"""A zsh at a terminal, to press the tab key in: what its completion system makes of a line."""

import os
import pty
import subprocess
import tempfile
import time
from pathlib import Path

import harness

# `report` writes the line to a file and begins a new one: the keys before it have then been taken.
# Without insert-tab a tab that others follow would be taken for pasted text.
SETUP = r"""
PS1='' LISTMAX=0 LC_MESSAGES=$CV_MESSAGES
fpath=($CV_SCRIPTS $fpath)
autoload -Uz compinit && compinit -u -D
zstyle ':completion:*' insert-tab false
report() { print -r -- "$BUFFER" >>$CV_LINES; BUFFER='' }
zle -N report
bindkey '^I' complete-word '^T' report
print -r -- ready >>$CV_LINES
"""


class Zsh:
    """An interactive shell without settings of its own, from `with` to the end of its block.

    The language of messages is set in the shell, which takes it without such a locale on the machine.
    """

    def __init__(self, scripts, messages):
        self._folder = tempfile.TemporaryDirectory(prefix="cv-zsh-")
        folder = Path(self._folder.name)
        self._lines = folder / "lines"
        self._lines.touch()
        (folder / "setup").write_text(SETUP)
        self._master, slave = pty.openpty()
        self._process = subprocess.Popen(
            ["zsh", "-fi"], stdin=slave, stdout=slave, stderr=slave, cwd=folder, start_new_session=True,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "LC_CTYPE": "C.UTF-8", "TERM": "dumb",
                 "CV_SCRIPTS": str(scripts), "CV_LINES": str(self._lines), "CV_MESSAGES": messages})
        os.close(slave)
        os.set_blocking(self._master, False)
        self.shown = ""
        self._keys("source ./setup\n", 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        os.close(self._master)
        self._folder.cleanup()

    def complete(self, line):
        """The line after the tab key; what was listed below it is then in `shown`."""
        count = len(self._reported()) + 1
        self.shown = ""
        self._keys(f"{line}\t\x14", count)
        return self._reported()[-1]

    def _reported(self):
        return self._lines.read_text(encoding="utf-8").splitlines()

    def _keys(self, keys, count):
        os.write(self._master, keys.encode())
        deadline = time.monotonic() + harness.PATIENCE
        while len(self._reported()) < count:
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise harness.CommandFailed(f"zsh does not answer to {keys!r}; it shows:\n{self.shown}")
            time.sleep(0.005)
            self._read()
        self._read()

    def _read(self):
        try:
            while chunk := os.read(self._master, 1 << 16):
                self.shown += chunk.decode(errors="replace")
        except BlockingIOError:
            pass
