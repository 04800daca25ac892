"""Follows the pages of the guide as a reader does: types their commands, compares what is shown.

A page is Markdown. Its blocks marked `console` hold commands and what a terminal then shows:

    olga$ carevault principal enlist cora --uid UID     a command of a person, at their own account
    root# carevaultd init --data /var/lib/carevault     the same as root
    $ scripts/quickstart                                a command of whoever reads
    full name: 张三                                      a question, and what is typed after it
    added subject …                                     a line that is shown; … stands for anything

A block that begins with such lines goes on with the last command of the block before.

In a form whoever reads presses the return key, answers no, or ends a long text, where the page is
silent; the default beside a question need not be in the page.

Not every line that is shown must be in the page; those in the page must be shown, in their order.
Words in capitals stand for what was shown before: SUBJECT and RECORD for the last that was added,
REFERENCE for that of the last refusal, UID for the account of the person named in the same command. Secrets, codes and the twelve words
are what the program showed to that person, or what another person reads out to them. The vault of
the page is in /var/lib/carevault, that of the test elsewhere.
"""

import re
import shlex
import time

import harness
from days import Desk, Week
from transcripts import WORD

PROMPT = re.compile(r"(?:(?P<who>[a-z]+)[$#]|\$) (?P<words>.*)")
DATA = "/var/lib/carevault"
ID = r"[0-9A-HJKMNP-TV-Z]{27}"
REFERENCE = r"[0-9A-HJKMNP-TV-Z]{10}"
CODE = r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}"


class Command:
    """One command of a page and the lines that follow it."""

    def __init__(self, page, number, who, words):
        self.page, self.number, self.who, self.words, self.lines = page, number, who, words, []

    def __str__(self):
        return f"{self.page}:{self.number}: {self.who or ''}$ {self.words}"


def blocks(path):
    """The fenced blocks of a page: (kind, number of the first line, lines)."""
    found, kind, start, lines = [], None, 0, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.lstrip().startswith("```"):
            if kind is None:
                kind, start, lines = line.strip()[3:], number + 1, []
            else:
                found.append((kind, start, lines))
                kind = None
        elif kind is not None:
            lines.append(line)
    if kind is not None:
        raise ValueError(f"{path.name}:{start}: a block does not end")
    return found


def commands(path):
    """Every command of a page, in order. A backslash at the end of a line continues it."""
    found = []
    for kind, start, lines in blocks(path):
        if kind != "console":
            continue
        going_on = False
        for number, line in enumerate(lines, start):
            match = PROMPT.fullmatch(line)
            if going_on:
                found[-1].words += " " + line.strip()
            elif match:
                found.append(Command(path.name, number, match["who"], match["words"]))
            elif found and line.strip():
                found[-1].lines.append(line.rstrip())
            elif not found and line.strip():
                raise ValueError(f"{path.name}:{number}: a line before the first command")
            going_on = line.endswith("\\") and (match or going_on)
            if going_on:
                found[-1].words = found[-1].words.rstrip("\\ ")
    return found


class Unclear(AssertionError):
    """The page does not say what to do, or what happens is not what it says."""


class Reader(Week):
    """Follows pages in one office."""

    # What a question asks for, in both languages: (pattern of the last line shown, what).
    QUESTIONS = [
        (r"press return when you have them|抄好后请按回车键", "taken"),
        (r"type the 8 words|请输入这 8 个词", "typed back"),
        (r"^(?:unseal secret|解封密钥)", "seal"),
        (r"^(?:the twelve words of the vault|签字页上的保险库指纹)", "vault"),
        (r"^(?:the twelve words of the (?:auditor|custodian)|(?:审计员|档案主管)当面)", "other"),
        (r"^(?:the twelve words of (?P<name>\w+)|(?P<name2>\w+) 读出的十二个词)", "words"),
        (r"^(?:one-time code|一次性代码)", "code"),
        (r"secret|密钥", "own"),
    ]

    # What stands beside a question of a form and differs: the default, and that it is needed.
    BESIDE = re.compile(r" \*| \[[^\]]*\]")
    LONG = re.compile(r"end with a line that is only \.\)$|以单独一行的 \. 或 。 结束）$")
    YES_OR_NO = re.compile(r"\[y/N[^\]]*\][:：]?$")

    def __init__(self, language):
        super().__init__(language)
        self.own, self.words, self.codes, self.known = {}, {}, {}, {}
        self.names["root"] = str(self.office.root)

    def follow(self, command):
        """Runs a command of a page; raises Unclear where the page fails its reader."""
        words = command.words.replace(DATA, str(self.office.data))
        for name, value in self.known.items():
            words = re.sub(rf"\b{name}\b", value, words)
        if match := re.search(r"(?:enlist|--operator) (\w+)", words):
            words = re.sub(r"\bUID\b", str(self.uid(match[1])), words)
        argv = shlex.split(words)
        if words.endswith("&"):
            if self.office.daemon:
                self.office.stop()
            self.office.start(*self._options(argv[2:-1]))
            return
        deadline = time.monotonic() + harness.PATIENCE
        while True:
            desk = self._desk(command, argv)
            try:
                shown = self._answer(desk, command, argv)
            finally:
                desk.close()
            self._learn(command.who, argv, shown)
            try:
                return self._check(command, shown, desk.process.returncode)
            except Unclear:
                # Who waits for something looks again.
                if "status" not in argv or time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def _options(self, argv):
        """The options of `carevaultd run` without the directory, socket and group of the page."""
        kept = []
        while argv:
            name, *argv = argv
            if name in ("--data", "--socket", "--group"):
                argv = argv[1:]
            else:
                kept.append(name)
        return kept

    def _desk(self, command, argv):
        office = self.office
        if command.who == "root":
            places = {"cwd": office.work}
            argv = [office._program(argv[0]), *argv[1:]]
            environment = office._environment({"TERM": "xterm"})
        elif argv[0] == "carevault":
            prefix, places = office.other_account(self.uid(command.who or "reader"))
            argv = [*prefix, office._shared_client(), *argv[1:]]
            environment = {
                **office._environment({}, places["runtime"], places["home"]), "TERM": "xterm"}
        else:
            raise Unclear(f"{command}\nonly carevault runs at a person's account")
        return Desk(office, 100, argv, places["cwd"], environment)

    def _answer(self, desk, command, argv):
        """Answers every question until the program ends; gives all lines that were shown."""
        place, deadline, shown, taken = 0, time.monotonic() + 2 * harness.PATIENCE, [], None
        while True:
            if desk.read(0.05):
                continue
            if desk.process.poll() is not None:
                while desk.read(0.05):
                    pass
                return shown + [line[2:] for line in desk.shown()[0]]
            if time.monotonic() > deadline:
                raise Unclear(f"{command}\ndoes not end; the screen:\n" + "\n".join(shown))
            if not desk.waits():
                continue
            screen = desk.screen.now
            row = desk.screen.row(screen, screen.cursor.y).strip()
            lines = [line[2:] for line in desk.shown()[0]]
            rest = command.lines[place:]
            title = next((line for line in reversed(lines) if line), "")
            plain = self.BESIDE.sub("", row)
            at = next((n for n, line in enumerate(rest)
                       if plain and line.startswith(plain) and line.strip() != plain), None)
            typed = None
            if at is not None:
                text, place = self._fill_in(rest[at][len(plain):].strip()), place + at + 1
                typed = rest[at]
            elif not row and self.LONG.search(title) and title not in rest:
                text = typed = "."
            elif not row and rest:
                place += rest.index(title) + 1 if title in rest else 0
                text = typed = self._fill_in(command.lines[place])
                place += 1
            elif self.YES_OR_NO.search(row):
                text = "no"
            elif self._is_field(row, shown + lines):
                text = ""
            else:
                text, taken = self._known_answer(command, argv, row, lines, taken)
            shown += lines
            if typed is not None:
                if row:
                    shown.pop()
                shown.append(typed)  # as it will stand there
            desk.type(text + "\r")

    @staticmethod
    def _is_field(row, shown):
        """Whether a question belongs to a form that was begun and not sent."""
        begun = [n for n, line in enumerate(shown) if re.search(r"\? explains|\? 说明", line)]
        over = [n for n, line in enumerate(shown) if re.search(r"s sends|s 发送", line)]
        return bool(begun) and begun[-1] > max(over, default=-1) and row.endswith((":", "："))

    def _fill_in(self, text):
        for name, value in self.known.items():
            text = re.sub(rf"\b{name}\b", value, text)
        return text

    def _known_answer(self, command, argv, row, lines, taken):
        for pattern, what in self.QUESTIONS:
            match = re.search(pattern, row)
            if not match:
                continue
            who = command.who
            try:
                if what == "taken":
                    text = "\n".join(lines)
                    whose = who
                    if argv[1] == "init":
                        whose = "seal" if re.search("seal secret|解封密钥", text) else \
                            argv[argv.index("--operator") + 1]
                    self.own[whose] = numbered(lines, 8)
                    self.secrets.add(self.own[whose])
                    return "", self.own[whose]
                if what == "typed back":
                    return taken, taken
                if what == "seal":
                    return self.own["seal"], taken
                if what == "own":
                    return self.own[who], taken
                if what == "code":
                    return self.codes[who], taken
                if what == "vault":
                    return self.words["the vault"], taken
                if what == "other":
                    return next(self.words[name] for name in ("cora", "aude") if name != who), taken
                return self.words[match["name"] or match["name2"]], taken
            except KeyError as error:
                raise Unclear(f"{command}\nasks {row!r}, and nobody was told {error}") from None
        raise Unclear(
            f"{command}\nthe page does not say what to answer to {row!r}; the screen:\n"
            + "\n".join(lines))

    def _learn(self, who, argv, shown):
        text = "\n".join(shown)
        if "enlist" in argv and (match := re.search(CODE, text)):
            self.codes[argv[argv.index("enlist") + 1]] = match[0]
        if "enrol" in argv:
            self.words[who] = numbered(shown, 12)
        if "found" in argv and re.search("vault is founded|保险库已创立", text):
            self.words["the vault"] = numbered(shown, 12)
        for name, pattern in (("SUBJECT", "added subject|已新增对象"),
                              ("RECORD", "added record|已新增记录")):
            for match in re.finditer(f"(?:{pattern}) ({ID})", text):
                self.known[name] = match[1]
        for match in re.finditer(f"(?:reference|参考码) ({REFERENCE})\\b", text):
            self.known["REFERENCE"] = match[1]

    def _check(self, command, shown, code):
        place = 0
        for line in command.lines:
            line = self._fill_in(line)
            pattern = r"\s*" + r"\s+".join(
                ".*".join(re.escape(part) for part in word.split("…")) for word in line.split())
            pattern += r"\s*"
            at = next((n for n in range(place, len(shown)) if re.fullmatch(pattern, shown[n])), None)
            if at is None:
                raise Unclear(f"{command}\nnever shows {line!r}; it shows:\n" + "\n".join(shown))
            place = at + 1
        refused = any(re.match("error: |错误：", line) for line in command.lines)
        refused = refused and "shell" not in command.words
        if bool(code) != refused and not (code == 12 and "verify" in command.words):
            raise Unclear(f"{command}\nended with {code}; it shows:\n" + "\n".join(shown))


def numbered(lines, count):
    """The last words numbered from 1 on the screen."""
    words = {}
    for number, word in re.findall(rf"(?<!\S)(\d+) ({WORD})(?!\S)", "\n".join(lines)):
        words[int(number)] = word
    if sorted(words) != list(range(1, count + 1)):
        raise Unclear(f"no {count} words are shown in:\n" + "\n".join(lines))
    return " ".join(words[number] for number in range(1, count + 1))
