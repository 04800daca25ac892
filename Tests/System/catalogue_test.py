"""Every text that people see stands in the catalogue, in both languages: the sources are read."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ROOT / "Sources"
HAN = r"[\u4e00-\u9fff]"


class Reader:
    """Swift text, far enough to find where a literal or a call ends."""

    def __init__(self, text):
        self.text = text

    def literal_end(self, at):
        """The place behind the literal that begins here, interpolations included."""
        mark = '"""' if self.text.startswith('"""', at) else '"'
        at += len(mark)
        while not self.text.startswith(mark, at):
            if self.text.startswith("\\(", at):
                at = self.call_end(at + 2)
            else:
                at += 2 if self.text[at] == "\\" else 1
        return at + len(mark)

    def call_end(self, at):
        """The place behind the parenthesis that closes what is open here."""
        depth = 1
        while depth:
            character = self.text[at]
            if character == '"':
                at = self.literal_end(at)
                continue
            if self.text.startswith("//", at):
                at = self.text.index("\n", at)
            depth += (character == "(") - (character == ")")
            at += 1
        return at

    def calls(self, name):
        """Every call of that name: its text and its line."""
        for match in re.finditer(rf"{name}\(", self.text):
            line_start = self.text.rfind("\n", 0, match.start()) + 1
            if "//" in self.text[line_start:match.start()]:
                continue
            end = self.call_end(match.end())
            yield self.text[match.start():end], self.text.count("\n", 0, match.start()) + 1

    def literals(self):
        """Literals of this text that stand in no other literal: label, what it says."""
        at = 0
        while (at := self.text.find('"', at)) >= 0:
            end = self.literal_end(at)
            label = re.search(r"(\w+):\s*$", self.text[:at])
            yield (label[1] if label else ""), self.text[at:end]
            at = end


def interpolations(literal):
    """The values in a literal, sorted."""
    reader, found = Reader(literal), []
    for match in re.finditer(r"\\\(", literal):
        found.append(literal[match.end():reader.call_end(match.end()) - 1])
    return sorted(found)


def words(literal):
    """What a literal says without its values."""
    reader, result, at = Reader(literal), "", 0
    for match in re.finditer(r"\\\(", literal):
        if match.start() < at:
            continue
        result += literal[at:match.start()] + "\u00a4"
        at = reader.call_end(match.end())
    text = result + literal[at:]
    return re.sub(r"\\\n\s*", "", text).strip('"').strip()


def sources(*modules):
    for module in modules or [path.name for path in SOURCES.iterdir()]:
        for path in sorted((SOURCES / module).rglob("*.swift")):
            yield path, path.read_text(encoding="utf-8")


def messages(text):
    """Calls that make a message of literals: line, call, English literals, Chinese ones."""
    for call, line in Reader(text).calls(r"(?<!\w)(?:Message|(?:Message)?\.plural)"):
        inside = list(Reader(call).literals())
        english = [literal for label, literal in inside if label in ("", "one", "other")]
        chinese = [literal for label, literal in inside if label == "chinese"]
        yield line, call, english, chinese


def pairs():
    """Every English text of the catalogue with its Chinese one: place, English, Chinese."""
    for path, text in sources():
        for line, _, english, chinese in messages(text):
            if len(chinese) == 1 and english:
                yield f"{path.relative_to(ROOT)}:{line}", english, chinese[0]
        if path.parent.name == "Texts" and path.parent.parent.name == "Help":
            found = [literal for _, literal in Reader(text[text.index("= ["):]).literals()]
            for number in range(0, len(found) - 1, 2):
                yield str(path.relative_to(ROOT)), [found[number]], found[number + 1]


def untranslated(text):
    """Lines of messages that lack a Chinese text."""
    for line, call, english, _ in messages(text):
        if english and not re.search(r"\b(chinese|verbatim|everywhere):", call):
            yield line


def bare(text):
    """Lines that show a person a literal of their own: words that no catalogue has."""
    shows = r"(?:\.output|\.errors|\.say|\.note|\.warn|\.write|StandardOutput\.write|StandardError\.write)"
    for call, line in Reader(text).calls(shows):
        for _, literal in Reader(call).literals():
            if re.search(rf"[A-Za-z]{{2,}}[,:;]? [A-Za-z]{{2,}}|{HAN}{{2}}", words(literal)):
                yield line


# Terms of the glossary that have one meaning in every text, and one Chinese word.
TERMS = ["storage lock", "care lock", "audit lock", "slot", "custodian", "auditor", "one-time code",
         "vault fingerprint", "fingerprint", "statement chain", "compartment", "storage epoch",
         "checkpoint", "quarantine", "purpose of use", "caseworker", "tombstone", "pseudonym"]


def glossary():
    text = (SOURCES / "VaultDaemon/VaultDaemon.docc/Glossary.md").read_text(encoding="utf-8")
    terms = {}
    for english, chinese in re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|", text, re.M):
        for term in english.split(", "):
            terms[term] = chinese
    return terms


class CatalogueTest(unittest.TestCase):
    def test_every_message_has_a_chinese_text(self):
        found = [f"{path.relative_to(ROOT)}:{line}" for path, text in sources()
                 for line in untranslated(text)]
        self.assertEqual(found, [])
        self.assertGreater(len(list(pairs())), 500, "the sources were not read")

    def test_chinese_says_every_value(self):
        lacking = []
        for place, english, chinese in pairs():
            said = interpolations(chinese)
            # A foreign sentence by itself has one of ours in its place.
            if words(english[-1]) == "\u00a4" or len(said) >= len(interpolations(english[-1])):
                continue
            for value in interpolations(english[-1]):
                # A value may be said in another form; what its expression names must be there.
                names = set(re.findall(r"[a-z]\w{2,}", value)) or {value}
                if not any(names & (set(re.findall(r"[a-z]\w{2,}", other)) or {other}) for other in said):
                    lacking.append(f"{place}: {value}")
        self.assertEqual(lacking, [])

    def test_nothing_is_said_outside_the_catalogue(self):
        found = [f"{path.relative_to(ROOT)}:{line}"
                 for path, text in sources("VaultCLI", "VaultDaemon", "carevaultd") for line in bare(text)]
        self.assertEqual(found, [])

    def test_chinese_has_chinese_punctuation(self):
        wrong = []
        for place, _, chinese in pairs():
            # What is to be typed stands in quotes.
            text = re.sub("“[^”]*”", "“”", words(chinese))
            if re.search(rf"{HAN}[,;:!?](?:\s|{HAN}|$)|{HAN}\.(?:{HAN}|$)|{HAN}\(|\({HAN}", text):
                wrong.append(f"{place}: {text}")
        self.assertEqual(wrong, [])

    def test_terms_are_those_of_the_glossary(self):
        terms = glossary()
        wrong = []
        for place, english, chinese in pairs():
            for term in TERMS:
                # Names of commands are no terms.
                text = re.sub(r"carevaultd?( [a-z-]+)+", "", words(english[-1]))
                if re.search(rf"(?<![\w./-]){term}s?(?![\w.-])", text) and \
                        terms[term] not in words(chinese) and re.search(HAN, chinese):
                    wrong.append(f"{place}: {term} is {terms[term]}")
        self.assertEqual(wrong, [])

    def test_faults_are_found(self):
        self.assertEqual(list(untranslated('let a = Message("one")\n.plural(n, one: "a", other: "b")')),
                         [1, 2])
        self.assertEqual(list(untranslated('Message("a \\(f("x)")) b", chinese: "c")')), [])
        self.assertEqual(list(bare('client.context.output("it is done \\(a)")')), [1])
        self.assertEqual(list(bare('client.say(Words.done("x"))')), [])
        self.assertEqual(interpolations('"\\(a(b)) c \\(d)"'), ["a(b)", "d"])
        self.assertEqual(words('"\\(a("x")) c"'), "\u00a4 c")
        self.assertTrue(all(term in glossary() for term in TERMS))


if __name__ == "__main__":
    unittest.main()
