"""Replays every transcript, and checks what must hold over all of them together."""

import os
import re
import unittest
from pathlib import Path

import harness
from transcripts import Replay, Transcript

FOLDER = Path(__file__).parent / "transcripts"
REGENERATE = bool(os.environ.get("REGENERATE"))
ONLY = os.environ.get("TRANSCRIPT", "")

# Failures that do not say yet what to do next. Each is to go: a new one fails the test, and so does
# one that is no longer needed.
WITHOUT_HINT = [
    "cannot (create|open|look at|put in place|read) ",
    "there are (8|12) words, 3 were given",
    "--role is missing",
    "--until takes a date",
    "--(version|limit) takes a number",
    "there is nothing in <standard input>",
    "the record is not acceptable JSON",
]

# What carevaultd logs before it refuses to start.
LOG_LINE = re.compile(r"\d{4}-\d\d-\d\dT\S+Z (?:notice|warning): ")

# Exit codes that answer a question rather than report a failure: `status --check`, `verify`.
ANSWERS = [["status", 1], ["status", 2], ["verify", 10], ["verify", 11], ["verify", 12]]


def subcommands(run, path=()):
    """Every subcommand of a program, from its own help: tuples of words, without `help`."""
    help_text = run(*path, "--help").out
    found, listing = [], False
    for line in help_text.splitlines():
        if line.endswith("SUBCOMMANDS:"):
            listing = True
        elif not line.strip() or not line.startswith(" "):
            listing = False
        elif listing and (match := re.match(r"  ([a-z][a-z-]*)(?: .*)?$", line)):
            found.append(path + (match[1],))
    leaves = []
    for command in found:
        leaves += subcommands(run, command) or [command]
    return leaves


class TranscriptTests(unittest.TestCase):
    """One test for each file in `transcripts`, made below."""

    maxDiff = None
    replays = {}

    def replay(self, path):
        transcript = Transcript(path)
        if "root" in transcript.setup and os.getuid() != 0:
            self.skipTest("needs root: a second account takes part")
        replay = Replay(transcript, REGENERATE)
        replay.run()
        TranscriptTests.replays[path.name] = replay
        if replay.problems:
            self.fail("\n" + "\n\n".join(replay.problems) + "\n\n" + replay.log[-2000:])


def _add(path):
    def test(self):
        self.replay(path)
    test.__name__ = "test_" + re.sub(r"\W", "_", path.stem)
    test.__doc__ = path.stem
    setattr(TranscriptTests, test.__name__, test)


PATHS = [path for path in sorted(FOLDER.glob("*.txt")) if ONLY in path.name]
for _path in PATHS:
    _add(_path)
RUNNABLE = [path for path in PATHS if os.getuid() == 0 or "root" not in Transcript(path).setup]


class TranscriptsTogetherTests(unittest.TestCase):
    """Runs after TranscriptTests (in the order of names within this file) and looks at them all."""

    def setUp(self):
        self.commands = [
            (name, *command)
            for name, replay in TranscriptTests.replays.items() for command in replay.commands]
        if not self.commands:
            self.skipTest("no transcript was replayed in this run")

    def test_every_subcommand_occurs(self):
        if ONLY or len(TranscriptTests.replays) < len(RUNNABLE):
            self.skipTest("not every transcript was replayed in this run")
        with harness.Office() as office:
            programs = {
                "carevault": lambda *argv: office.client(*argv, check=False),
                "carevaultd": lambda *argv: office.carevaultd(*argv),
            }
            wanted = {
                (name, *words) for name, run in programs.items() for words in subcommands(run)}
        self.assertIn(("carevault", "key", "rotate", "storage"), wanted, "the help was not read")
        self.assertIn(("carevaultd", "init"), wanted, "the help was not read")
        lines = [["carevaultd", "run"]]  # started by `% start`
        for _, _, result, _ in self.commands:
            at = next(
                index for index, word in enumerate(result.argv)
                if os.path.basename(word) in ("carevault", "carevaultd"))
            words = [os.path.basename(result.argv[at]), *result.argv[at + 1:]]
            lines.append([word for word in words if not word.startswith("-")])
        missing = [
            " ".join(words) for words in sorted(wanted)
            if not any(line[:len(words)] == list(words) for line in lines)]
        self.assertEqual(missing, [], "these subcommands are in no transcript")

    def test_no_secret_is_shown(self):
        for name, replay in TranscriptTests.replays.items():
            if name.startswith("01"):
                self.assertTrue(replay.secrets, f"{name} made no key file to look for")
            shown = replay.log + "".join(
                result.out + result.err + "\n".join(result.argv)
                for _, result, _ in replay.commands)
            for secret in replay.secrets:
                self.assertFalse(secret in shown, f"{name} shows the text of a key file")

    def test_failures_say_what_and_what_next(self):
        without_hint = set()
        for name, language, result, step in self.commands:
            words = [word for word in result.argv if not word.startswith("-")]
            if "setpriv" in words:
                words = words[1:]
            if result.code == 0 or (words[1:2] + [result.code]) in ANSWERS:
                continue
            where = f"{name}:{step.number}: {result}"
            if "--json" in result.argv and result.out:
                continue  # the error is JSON on standard output; its shape is in the transcripts
            lines = [line for line in result.err.splitlines() if not LOG_LINE.match(line)]
            # What the command line asks for goes before the locale.
            asked = re.search(r" --language[ =](en|zh)\b", " ".join(["", *result.argv]))
            language = asked[1] if asked else language
            error, hint = {"en": ("error: ", "hint: "), "zh": ("错误：", "提示：")}[language]
            self.assertTrue(lines, f"{where}\nsays nothing on standard error")
            if lines[0].startswith(("OVERVIEW: ", "概述：")):
                continue  # a command that needs a subcommand shows its help instead
            # Before the error stands only what the person was shown to decide on.
            at = next((n for n, line in enumerate(lines) if line.startswith(error)), None)
            self.assertIsNotNone(at, f"{where}\nhas no line that begins with {error}")
            decided = words[1] == "found" or "amend" in words
            self.assertTrue(at == 0 or decided, f"{where}\ndoes not begin with {error}")
            lines = lines[at:]
            if not any(line.startswith(hint) for line in lines):
                known = [text for text in WITHOUT_HINT if re.search(text, lines[0])]
                self.assertTrue(known, f"{where}\ngives no {hint}")
                without_hint.update(known)
        if not ONLY and len(TranscriptTests.replays) == len(RUNNABLE):
            self.assertEqual(set(WITHOUT_HINT) - without_hint, set(), "these give a hint by now")



if __name__ == "__main__":
    unittest.main()
