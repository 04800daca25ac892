"""The counted steps of Comparison.md: ours from the replayed days, the others' from its lists."""

import re
import unittest

import harness
from days import Day
from guide import blocks

ROOT = harness.REPOSITORY
PAGE = ROOT / "Sources/VaultDaemon/VaultDaemon.docc/Comparison.md"
DAYS = ROOT / "Tests/System/days"
# Commands that only look.
LOOKING = re.compile(r"carevault (?:status|whoami)\b")


def rows(heading):
    """The rows of the table that begins with a heading: first cell to the others."""
    text = PAGE.read_text(encoding="utf-8").split(f"| {heading} |")[1].split("\n\n")[0]
    cells = [line.strip("| ").split(" | ") for line in text.splitlines()[2:]]
    return {first: rest for first, *rest in cells}


def section(day, comment=None):
    """The acts of a day, or those under one comment."""
    if comment is None:
        return day.acts
    start = next(n for n, part in enumerate(day.parts) if isinstance(part, str) and comment in part)
    acts = []
    for part in day.parts[start + 1:]:
        if isinstance(part, str) and part.startswith("# "):
            break
        acts.append(part)
    return [act for act in acts if not isinstance(act, str)]


def listed(number):
    """Commands, secrets and files of the list with that number."""
    lines = [found for kind, _, found in blocks(PAGE) if kind == "text"][number]
    files = sum(int(match[1]) if (match := re.search(r"(\d+) files$", line)) else 1
                for line in lines if line.startswith("edit "))
    return (sum(line.startswith("run ") for line in lines),
            sum(line.endswith(" secret") for line in lines), files)


class ComparisonTests(unittest.TestCase):
    def count(self, acts):
        commands = [act for act in acts if act.kind == "$" and not LOOKING.match(act.words)]
        typed = [act for act in acts if act.kind == "»" and act.words]
        secrets = [act for act in typed if act.unseen]
        others = [act for act in typed if re.fullmatch(r"\{\w+_(?:code|words)\}", act.words)]
        return commands, secrets, others

    def test_our_first_day(self):
        table = rows("First day")
        for language in ("en", "zh"):
            acts = section(Day(DAYS / f"1-first-day.{language}.txt"))
            commands, secrets, others = self.count(acts)
            self.assertEqual(table["commands"][0], str(len(commands)))
            self.assertEqual(table["secrets typed"][0], str(len(secrets)))
            self.assertEqual(
                table["one-time codes and words of others typed"][0], str(len(others)))
            kept = [act for act in acts if act.kind == "%" and act.words.startswith("words ")
                    and not act.words.endswith("_words")]
            self.assertEqual(table["secrets to write down"][0], str(len(kept)))
            people = {"olga" if act.who == "root" else act.who for act in commands}
            self.assertEqual(table["people at work"][0], str(len(people)))
            self.assertFalse([act for act in acts if act.kind == "%" and "write" in act.words])
            most = max(sum((("olga" if act.who == "root" else act.who) == who) for act in commands)
                       for who in people)
            self.assertEqual(most, 7, "the page says that nobody types more")

    def test_our_one_read(self):
        table = rows("One read, the person being known by name")
        acts = section(Day(DAYS / "2-counsellor.en.txt"), "is known")
        lines = [act for act in acts if act.kind == "»" and not act.unseen]
        secrets = [act for act in acts if act.unseen]
        self.assertEqual(table["commands"][0], str(len(lines)))
        self.assertEqual(table["secrets typed"][0], str(len(secrets)))

    def test_the_others(self):
        first, read = rows("First day"), rows("One read, the person being known by name")
        for column, number in ((1, 0), (2, 2)):
            commands, secrets, files = listed(number)
            self.assertEqual(first["commands"][column], str(commands))
            self.assertEqual(first["secrets typed"][column], str(secrets))
            self.assertEqual(first["files written or edited"][column], str(files))
            commands, secrets, _ = listed(number + 1)
            self.assertEqual(read["commands"][column], str(commands))
            self.assertEqual(read["secrets typed"][column], str(secrets))


if __name__ == "__main__":
    unittest.main()
