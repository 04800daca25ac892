"""Reads interface descriptions, as far as tests that are generated from them need it."""

import re

import harness

TOKEN = re.compile(r"#[^\n]*|->|\[string\]|\[\]|[A-Za-z][A-Za-z0-9_.-]*|[():,?]")

# Values of no use for a parameter of each type, and a value of the right type.
WRONG = {
    "string": [1, 0, -1.5, True, [], ["x"], {}, {"a": "b"}],
    "int": ["1", "", True, False, [], [1], {}, 1.5, 1e300],
    "bool": [0, 1, "true", [], {}],
    "object": ["x", 1, True, [], [{}]],
    "list": ["x", 1, True, {}, [1], [None], [["x"]], [{}]],
    "enum": [1, True, [], {}, "", "purple", "Words"],
}
# Texts that are more than identifiers.
MEANINGFUL = {
    "draft_hash": "0" * 64, "purpose": "TREAT", "kind": "counselling.session",
    "secret": "A" * 43 + "=", "code": "0000-0000-0000", "pending": "A" * 43 + "=",
    "interface": "org.varlink.service",
}
RIGHT = {"int": 1, "bool": True, "object": {}, "list": []}


class Parameter:
    """One parameter of a method: name, type as a word of WRONG, whether it may be absent."""

    def __init__(self, name, kind, optional, values=None):
        self.name, self.kind, self.optional, self.values = name, kind, optional, values

    @property
    def right(self):
        """A value of the right type; nothing more is promised."""
        if self.kind == "enum":
            return self.values[0]
        if self.kind == "string":
            return MEANINGFUL.get(self.name) or harness.new_idempotency()
        if self.name == "vault_fingerprint":
            return ["academic"] * 12
        return RIGHT[self.kind]

    @property
    def wrong(self):
        """Values of the wrong type."""
        return WRONG[self.kind] + ([] if self.optional else [None])


class Method:
    """A method: its full name and its parameters."""

    def __init__(self, interface, name, parameters, streaming):
        self.interface, self.name = interface, f"{interface}.{name}"
        self.parameters, self.streaming = parameters, streaming

    def right(self):
        """Parameters of the right types, optional ones included, but no cursor: those are given."""
        return {
            parameter.name: parameter.right for parameter in self.parameters
            if parameter.name != "cursor"}


def methods():
    """Every method of every interface, from the committed files."""
    found = []
    for path in sorted(harness.INTERFACES.glob("*.varlink")):
        found += _Reader(path.read_text(encoding="utf-8")).methods()
    return found


class _Reader:
    def __init__(self, text):
        self.interface = re.search(r"^interface (\S+)$", text, re.M)[1]
        self.enums = {
            name: re.findall(r"\w+", body)
            for name, body in re.findall(r"^type (\w+) \(([\w\s,]+)\)$", text, re.M)}
        self.text = text

    def methods(self):
        found = []
        for match in re.finditer(r"((?:^#[^\n]*\n)*)^method (\w+)", self.text, re.M):
            tokens = [
                token for token in TOKEN.findall(self.text[match.end():])
                if not token.startswith("#")]
            found.append(Method(
                self.interface, match[2], self._parameters(tokens),
                "[Requires 'more' flag]" in match[1]))
        return found

    def _parameters(self, tokens):
        parameters, place = [], 1
        while tokens[place] != ")":
            name, place = tokens[place], place + 2  # the name and its colon
            optional = tokens[place] == "?"
            place += optional
            if tokens[place] in ("[]", "[string]"):
                kind, place = "list", place + 1
            else:
                kind = tokens[place]
            values = self.enums.get(kind)
            if values:
                kind = "enum"
            parameters.append(Parameter(name, kind, optional, values))
            place += 1
            place += tokens[place] == ","
        return parameters
