"""Plays every day of the folder `days` at a terminal, and looks at them together."""

import os
import re
import unittest
from pathlib import Path

from days import Day, Week

FOLDER = Path(__file__).parent / "days"
REGENERATE = bool(os.environ.get("REGENERATE"))
ONLY = os.environ.get("DAY", "")
PATHS = [path for path in sorted(FOLDER.glob("*.txt")) if ONLY in path.name]


class DayTests(unittest.TestCase):
    """One test for each file, made below."""

    maxDiff = None

    weeks = {}

    @classmethod
    def tearDownClass(cls):
        for week in cls.weeks.values():
            week.close()

    def play(self, path):
        """Plays a day, and those before it that the same office has not seen yet."""
        if os.getuid() != 0:
            self.skipTest("needs root: every person has an account of their own")
        language = Day(path).language
        if language not in self.weeks:
            self.weeks[language] = Week(language)
        week = self.weeks[language]
        for before in [*sorted(FOLDER.glob(f"*.{language}.txt")), path]:
            if before <= path and before not in week.played:
                problems = week.play(Day(before), REGENERATE and before == path)
                if problems:
                    self.fail("\n" + "\n\n".join(problems) + "\n\n" + week.log[-2000:])
            elif not week.played.get(before, True):
                self.fail(f"{before.name}, on which this day rests, came out differently")
        self.assertNoSecretStays(week)

    def assertNoSecretStays(self, replay):
        """No secret is in the daemon's log, nor left on the screen and in its history."""
        self.assertTrue(replay.secrets, "no secret was shown: nothing was looked for")
        second = re.compile("\x1b\\[\\?1049h.*?\x1b\\[\\?1049l", re.S)
        for secret in replay.secrets:
            self.assertFalse(secret in replay.log, "the log holds a secret")
            words = secret.split()
            for desk in replay.everything:
                left = second.sub("", desk.text)
                found = sum(re.search(rf"\b{word}\b", left) is not None for word in words)
                self.assertLess(found, 5, f"a secret stays on the screen:\n{left}")


def _add(path):
    def test(self):
        self.play(path)
    test.__name__ = "test_" + re.sub(r"\W", "_", path.stem)
    test.__doc__ = path.stem
    setattr(DayTests, test.__name__, test)


for _path in PATHS:
    _add(_path)


class PairTests(unittest.TestCase):
    """Each day stands in both languages, with the same keys."""

    def test_every_day_stands_in_both_languages_with_the_same_keys(self):
        names = {re.sub(r"\.(en|zh)$", "", path.stem) for path in FOLDER.glob("*.txt")}
        self.assertTrue(names)
        for name in sorted(names):
            keys = {}
            for language in ("en", "zh"):
                path = FOLDER / f"{name}.{language}.txt"
                self.assertTrue(path.exists(), f"{path.name} is missing")
                day = Day(path)
                self.assertEqual(day.language, language, path.name)
                keys[language] = [
                    (act.kind, act.who, act.words, act.unseen, act.code, act.paste)
                    for act in day.acts]
            self.assertEqual(keys["en"], keys["zh"], name)


if __name__ == "__main__":
    unittest.main()
