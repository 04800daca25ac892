"""Planted strings and where they turn up: in files, in the memory of a process, in command lines.

Every planted string carries the same two rare marks around its own number, so one search finds all
of them in every encoding, and a fragment that kept only one mark too.
"""

import base64
import os
import re
import threading
import time
from pathlib import Path

# For text, for values of digits only, and for Chinese text.
FRONT, BACK = "Kq7ZvWj", "Xw3JyNh"
DIGITS = "73918462"
HAN_FRONT, HAN_BACK = "犇骉麤猋", "羴鱻飝瞐"


def text(number):
    """A planted word of 18 characters: letters and digits only."""
    return f"{FRONT}{number:04d}{BACK}"


def digits(number):
    """A planted number of 12 digits."""
    return f"{DIGITS}{number:04d}"


def han(number):
    """A planted Chinese word with its number in it."""
    return f"{HAN_FRONT}{number:04d}{HAN_BACK}"


def encodings(value):
    """The byte strings that show a text, however it is written: {bytes: name}."""
    found = {value.encode(): "UTF-8", value.encode("utf-16-le"): "UTF-16"}
    if not value.isascii():
        for case in ("04x", "04X"):
            found["".join(f"\\u{ord(one):{case}}" for one in value).encode()] = "JSON escapes"
    else:
        found["".join(f"\\u{ord(one):04x}" for one in value).encode()] = "JSON escapes"
        if value.lower() != value:
            found[value.lower().encode()] = "UTF-8, folded"
    found[value.encode().hex().encode()] = "hexadecimal"
    for shift in range(3):
        # The characters that do not depend on the bytes before and after.
        data = base64.b64encode(bytes(shift) + value.encode()).decode()
        first = -(-shift * 4 // 3)
        last = (shift + len(value.encode())) * 8 // 6
        found[data[first:last].encode()] = "base 64"
    return found


class Patterns:
    """What is searched for: the marks of planted text, and secrets as they are."""

    def __init__(self):
        self.names = {}
        for mark in (FRONT, BACK, DIGITS, HAN_FRONT, HAN_BACK):
            for data, encoding in encodings(mark).items():
                self.names[data] = f"planted text as {encoding}"

    def add_secret(self, name, value):
        """A secret in text form; it is noise, so nobody encodes it again."""
        for data, encoding in encodings(value).items():
            if encoding in ("UTF-8", "UTF-16", "hexadecimal"):
                self.names[data] = f"{name} as {encoding}"

    def add_bytes(self, name, data):
        """A secret in binary form."""
        self.names[bytes(data)] = f"{name} as bytes"

    def find(self, data):
        """Every occurrence in a block of bytes: [(offset, name)]."""
        found = []
        # Stacks and reserved space are zeroes at one end.
        first = len(data) - len(data.lstrip(b"\0"))
        data = data.strip(b"\0")
        for pattern, name in self.names.items():
            start = data.find(pattern)
            while start >= 0:
                found.append((first + start, name))
                start = data.find(pattern, start + 1)
        return sorted(found)


def around(data, offset, width=72):
    """The neighbourhood of a hit, readable."""
    part = data[max(0, offset - width):offset + width]
    return re.sub(rb"[^\x20-\x7e\x80-\xff]+", b".", part).decode(errors="replace")


class Hit:
    def __init__(self, place, name, offset, context):
        self.place, self.name, self.offset, self.context = place, name, offset, context

    def __str__(self):
        return f"{self.place} +{self.offset:#x}: {self.name}: {self.context}"


def search_files(patterns, *folders):
    """Searches every file below these folders, names of files too. Gives (hits, bytes read)."""
    hits, total = [], 0
    for folder in folders:
        paths = [Path(folder)] if Path(folder).is_file() else Path(folder).rglob("*")
        for path in paths:
            for offset, name in patterns.find(os.fsencode(path.name)):
                hits.append(Hit(path, f"{name} in the name", offset, path.name))
            if path.is_symlink() or not path.is_file():
                continue
            try:
                data = path.read_bytes()
            except FileNotFoundError:
                continue
            total += len(data)
            hits += [
                Hit(path, name, offset, around(data, offset))
                for offset, name in patterns.find(data)]
    return hits, total


def mappings(pid):
    """The mappings of a process that hold anything: [(start, end, rights, name)]."""
    found = []
    area = None
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        match = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)", line)
        if match:
            area = (int(match[1], 16), int(match[2], 16), match[3], match[4] or "anonymous")
        elif area and line.startswith("Rss:") and int(line.split()[1]) > 0:
            found.append(area)
    return found


def search_memory(patterns, pid):
    """Searches the memory of a process that stands still. Gives (hits, bytes read, unread)."""
    hits, total, unread = [], 0, []
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for start, end, rights, name in mappings(pid):
            # Of the kernel, or as it stands in a program's file and not to be written to.
            if name.startswith("[v") or (name.startswith("/") and "w" not in rights):
                continue
            try:
                data = os.pread(memory.fileno(), end - start, start)
            except OSError as error:
                unread.append(f"{rights} {name} ({error.strerror})")
                continue
            total += len(data)
            hits += [
                Hit(f"{rights} {name} at {start:#x}", pattern, offset, around(data, offset))
                for offset, pattern in patterns.find(data)]
    return hits, total, unread


class CommandLines(threading.Thread):
    """Looks at the command line and environment of every process, again and again."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen = {}
        self.samples = 0
        self._end = threading.Event()

    def run(self):
        while not self._end.is_set():
            for entry in os.listdir("/proc"):
                if not entry.isdigit() or int(entry) == os.getpid():
                    continue
                for name in ("cmdline", "environ"):
                    try:
                        with open(f"/proc/{entry}/{name}", "rb") as file:
                            data = file.read()
                    except OSError:
                        continue
                    # By content, so that each is searched once.
                    self.seen[data] = f"/proc/{entry}/{name}"
            self.samples += 1
            time.sleep(0.005)

    def finish(self):
        self._end.set()
        self.join()

    def search(self, patterns):
        return [
            Hit(place, name, offset, around(data, offset))
            for data, place in self.seen.items() for offset, name in patterns.find(data)]
