"""Every command of the guide and of the READMEs is run, and every code is explained."""

import os
import re
import unittest
from pathlib import Path

import harness
from guide import PROMPT, Reader, Unclear, blocks, commands

ROOT = harness.REPOSITORY
GUIDE = ROOT / "Sources/VaultDaemon/VaultDaemon.docc/Guide"
# Pages that are followed one after the other in one office, with the language of the programs.
WALKS = {
    "guide": ("en", [GUIDE / f"{name}.md" for name in (
        "FirstDay", "CounsellorDay", "CustodianDay", "OperatorDay", "AuditorDay")]),
    "guide_in_Chinese": ("zh", [GUIDE / f"{name}.md" for name in (
        "FirstDayChinese", "CounsellorDayChinese")]),
    "founding": ("en", [ROOT / "keys/README.md"]),
    "README": ("en", [ROOT / "README.md"]),
}
# Commands that a test cannot run, with the reason.
NOT_RUN = {
    "scripts/quickstart": "builds everything, which takes minutes; a check of its own runs it",
    "scripts/test": "runs this test",
}


class GuideTests(unittest.TestCase):
    """One test for each walk, made below."""

    def walk(self, language, pages):
        if os.getuid() != 0:
            self.skipTest("needs root: every person has an account of their own")
        reader = Reader(language)
        self.addCleanup(reader.close)
        for page in pages:
            for command in commands(page):
                if command.words in NOT_RUN:
                    continue
                try:
                    reader.follow(command)
                except (Unclear, harness.CommandFailed) as error:
                    self.fail(str(error))


def _add(name, language, pages):
    def test(self):
        self.walk(language, pages)
    test.__name__ = "test_" + name.replace(" ", "_")
    test.__doc__ = name
    setattr(GuideTests, test.__name__, test)


for _name, (_language, _pages) in WALKS.items():
    _add(_name, _language, _pages)


class PageTests(unittest.TestCase):
    """What holds for all pages without running anything."""

    def pages(self):
        return sorted({*GUIDE.glob("*.md"), ROOT / "README.md", ROOT / "keys/README.md"})

    def test_every_page_with_commands_is_followed(self):
        followed = {page for _, pages in WALKS.values() for page in pages}
        for page in self.pages():
            if commands(page):
                self.assertIn(page, followed, f"nobody follows {page.name}")

    def test_commands_stand_in_console_blocks_only(self):
        seen = 0
        for page in self.pages():
            for kind, number, lines in blocks(page):
                seen += kind == "console"
                if kind != "console":
                    for line in lines:
                        self.assertNotRegex(
                            line, r"^(?:[a-z]*[$#] )?(?:carevaultd?|scripts/\w+)\b",
                            f"{page.name}:{number}: a command that is not run")
        self.assertGreater(seen, 5)

    def test_what_is_not_run_is_in_a_page(self):
        written = {command.words for page in self.pages() for command in commands(page)}
        self.assertEqual(set(NOT_RUN) - written, set(), "nobody writes these any more")

    def test_commands_named_in_passing_exist(self):
        """Every `carevault …` in the text of any document: its words and its options."""
        wrong, seen, helps = [], 0, {}
        with harness.Office(language="en") as office:
            def help_of(program, *words):
                if (program, words) not in helps:
                    run = office.carevaultd if program == "carevaultd" else (
                        lambda *argv: office.client(*argv, check=False))
                    result = run(*words, "--help")
                    helps[program, words] = None if result.code else result.out
                return helps[program, words]
            for page in sorted({*(ROOT / "Sources").rglob("*.md"), *self.pages()}):
                text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
                for span in re.findall(r"`(carevaultd? [^`]+)`", text):
                    seen += 1
                    program, *words = span.split()
                    names, help_text = [], help_of(program)
                    while words and re.fullmatch(r"[a-z-]+", words[0]) and re.search(
                            rf"^ +{words[0]}\b", help_text.partition("SUBCOMMANDS:")[2], re.M):
                        names.append(words.pop(0))
                        help_text = help_of(program, *names)
                    options = set(re.findall(r"(?<!\S)--[a-z][a-z-]+", " ".join(words)))
                    options -= {"--version", "--help"}
                    if words and not names and not words[0].startswith("-"):
                        wrong.append(f"{page.name}: {span}: no such command")
                    elif "SUBCOMMANDS:" in help_text and words and words[0][0] not in "-A<":
                        wrong.append(f"{page.name}: {span}: {names} has no {words[0]}")
                    wrong += [f"{page.name}: {span}: no option {name}" for name in options
                              if not re.search(rf"{name}\b", help_text)]
        self.assertGreater(seen, 40)
        self.assertEqual(wrong, [])

    def test_every_code_is_explained(self):
        """Errors of the wire, exit statuses and health codes, from where each is defined."""
        page = (GUIDE / "Troubleshooting.md").read_text(encoding="utf-8")
        errors = set()
        for path in harness.INTERFACES.glob("*.varlink"):
            errors |= set(re.findall(r"^error (\w+)", path.read_text(encoding="utf-8"), re.M))
        self.assertGreater(len(errors), 20)
        source = (ROOT / "Sources/VaultCLI/Client/ExitStatus.swift").read_text(encoding="utf-8")
        statuses = set(re.findall(r"^    case \w+ = (\d+)", source, re.M))
        self.assertGreater(len(statuses), 8)
        codes = set()
        for path in (ROOT / "Sources").rglob("*.swift"):
            text = path.read_text(encoding="utf-8")
            if match := re.search(r"enum HealthCode.*?\n}", text, re.S):
                codes |= set(re.findall(r'^    case \w+ = "([a-z.-]+)"', match[0], re.M))
        self.assertGreater(len(codes), 8)
        missing = [name for name in sorted(errors | codes) if f"`{name}`" not in page]
        missing += [number for number in sorted(statuses) if f"\n| {number} | " not in page]
        self.assertEqual(missing, [], "these are not explained")

    def test_what_errors_say_is_what_they_say(self):
        catalogue = "".join(
            path.read_text(encoding="utf-8")
            for path in (ROOT / "Sources/VaultText/Messages").glob("*.swift"))
        page = (GUIDE / "Troubleshooting.md").read_text(encoding="utf-8")
        rows = page.split("## Errors\n")[1].split("\n## ")[0]
        texts = re.findall(r"^\| `[A-Z][^|]*\| `([^`]+)` \| `([^`]+)` \|", rows, re.M)
        self.assertGreater(len(texts), 20)
        gone = [text for pair in texts for text in pair if text not in catalogue]
        self.assertEqual(gone, [], "nothing says this")


if __name__ == "__main__":
    unittest.main()
