"""Records with a planted string in every text field, made from the reference of the kinds, so that a
new field is covered without a change here."""

import re

import canary_test_search as search
import harness

REFERENCE = harness.REPOSITORY / "Sources/VaultRecords/VaultRecords.docc/Kinds.md"


class Planter:
    """Gives each planted string its own number and remembers where it went."""

    def __init__(self):
        self.places = []

    def next(self, place):
        self.places.append(place)
        return len(self.places) - 1


def kinds():
    """{kind: [(field, expected)]} of the reference."""
    found, fields = {}, None
    for line in REFERENCE.read_text(encoding="utf-8").splitlines():
        heading = re.match(r"## (\S+), version", line)
        if heading:
            fields = found[heading[1]] = []
        row = re.match(r"\| `([^`]+)` \|[^|]*\|[^|]*\| (.*) \|$", line)
        if row and fields is not None:
            fields.append((row[1], row[2]))
    return found


def value(expected, place, planter):
    """A value for a field; None where it has parts of its own."""
    if "objects" in expected or expected == "an object":
        return None
    if expected.startswith("an object with amount_minor"):
        return {"amount_minor": 1200, "currency": "CNY"}
    if "date" in expected:
        return "2026-03-04"
    if "time of day" in expected:
        return "09:30"
    if "true or false" in expected:
        return True
    if "integer" in expected:
        return 7
    if "ICD-10" in expected:
        return "F32.1"
    choice = re.search(r"one of ([a-z_]+)", expected)
    if choice and "characters" not in expected.split("one of")[0]:
        return choice[1]
    number = planter.next(place)
    word = search.text(number)
    if "phone" in expected:
        return f"+{search.digits(number)} {search.digits(number)}"
    if "e-mail" in expected:
        return f"{word}@{word}.example"
    if "of the characters 0-9" in expected:
        return f"{word}-{number}"
    longest = re.search(r"to (\d+) characters", expected)
    if not longest:
        raise AssertionError(f"no value for {place}: {expected}")
    longest = int(longest[1])
    if longest <= 300:
        return f"{search.han(number)} {word} {search.han(number)}"[:longest]
    # Long enough for several reads of the socket and several pages of the store.
    unit = f"{word} {search.han(number)}\n"
    return (unit * (longest // len(unit)))[:longest - 1] + "终"


def body(kind, planter, only=None):
    """A valid body of a kind with every field filled; `only` filters the fields."""
    result = {}
    for name, expected in kinds()[kind]:
        if name == "anonymous" or (only and not only(name, expected)):
            continue
        place = f"{kind} {name}"
        filled = value(expected, place, planter)
        *path, last = name.split(".")
        target = result
        for part in path:
            if part.endswith("[]"):
                target = target.setdefault(part[:-2], [{}])[0]
            else:
                target = target.setdefault(part, {})
        if last.endswith("[]"):
            target[last[:-2]] = [{}] if filled is None else [filled]
        else:
            target[last] = {} if filled is None else filled
    return result


def lines(body):
    """A flat body as the field lines that the client reads."""
    return "".join(f"{name}: {value}\n" for name, value in body.items())
