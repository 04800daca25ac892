#!/usr/bin/env python3
"""Searches files, byte by byte, for everything that a batch of files holds.

search.py BATCH PATH…   looks through the files, and the files in the directories, for each text in UTF-8, UTF-16, JSON
                        escapes, hexadecimal and base64 at each of its three offsets

Prints three numbers: texts searched for, bytes looked through, hits. Names the files with hits on standard error.
"""

import base64
import json
import os
import re
import sys

import batch

# Shorter patterns would be found in random bytes by chance.
SHORTEST = 6


def patterns(text):
    """The byte strings by which a text would be found."""
    plain = text.encode()
    wide = [text.encode("utf-16-le"), text.encode("utf-16-be")]
    yield from [plain, *wide, json.dumps(text)[1:-1].encode(), plain.hex().encode(), plain.hex().upper().encode()]
    for raw in [plain, *wide]:
        for shift in range(3):
            # What stands before and after the text changes the characters at both ends: leave them out.
            coded = base64.b64encode(bytes(shift) + raw)
            first = (0, 2, 3)[shift]
            last = (shift + len(raw)) // 3 * 4
            if last - first >= SHORTEST + 2:
                yield coded[first:last]


def files(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, _, names in os.walk(path):
            yield from (os.path.join(folder, name) for name in names)


def main():
    texts = batch.texts(batch.lines(sys.argv[1]))
    # By their first bytes, so that one pass over a file looks for all of them.
    wanted = {}
    for pattern in {pattern for text in texts for pattern in patterns(text)}:
        if len(pattern) >= SHORTEST:
            wanted.setdefault(pattern[:SHORTEST], []).append(pattern)
    size = hits = 0
    for path in files(sys.argv[2:]):
        if not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            content = file.read()
        size += len(content)
        places = [at for at in range(len(content)) if content[at : at + SHORTEST] in wanted]
        found = sum(
            content.startswith(pattern, at) for at in places for pattern in wanted[content[at : at + SHORTEST]])
        if found:
            print(f"{path}: {found}", file=sys.stderr)
        hits += found
    print(len(texts), size, hits)


if __name__ == "__main__":
    main()
