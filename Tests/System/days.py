"""Days at a terminal as text: what a person types, what the screen shows, and how it ended.

A day is a file of lines; the first characters say what a line is:

    #: language zh                setup, before the first step (see Day.SETUPS)
    # free words                  comment
    nina$ carevault login         a command at the terminal of that person, at their own account
    root# carevaultd init …       the same as root; with & at the end it stays in the background
    | text                        a line that the screen then shows
    ‖ text                        a line on the second screen, which leaves nothing behind
    ⎚                             the screen was cleared, and what had scrolled off
    » text                        what the person types then, and the return key
    »* text                       the same, and the screen must not show it
    » first<tab> <up><return>     keys by name (see KEYS); then no return key of its own
    +  text                       a line of a text that is pasted, as `<paste>` in the line before
    nina» text                    typed at the terminal of another person, whose program still runs
    …                             the program goes on; the next step happens elsewhere
    ? 3                           the exit status, where that is not 0
    % until NAME text             waits until the terminal of that person shows it
    % words NAME                  remembers the numbered words that the screen shows last
    % act …                       as in the transcripts (see Replay.do_…)

Placeholders are those of the transcripts. The screen has 100 columns, unless set otherwise. With
REGENERATE=1 the screen's lines are replaced by what came back.
"""

import fcntl
import os
import pty
import re
import select
import shlex
import struct
import subprocess
import termios
import time

import pyte
from wcwidth import wcwidth

import harness
import transcripts
from transcripts import WORD, Replay

KEYS = {
    "return": "\r", "tab": "\t", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C",
    "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F", "delete": "\x1b[3~", "back": "\x7f",
    "escape": "\x1b", **{f"ctrl-{letter}": chr(ord(letter) - 96) for letter in "acdeklnprtuwz"},
}
KEY = re.compile("<(" + "|".join([*KEYS, "paste"]) + ")>")
ALTERNATE = re.compile("(\x1b\\[\\?1049[hl])")
STEP = re.compile(r"(?P<who>[a-z]+)(?P<mark>[$#]) (?P<words>.*)")
TYPED = re.compile(r"(?P<who>[a-z]*)»(?P<unseen>\*?)(?: (?P<words>.*))?")
FIRST_UID = 54321
# The log grows by entries that sum up refusals, at moments of their own.
NUMBERS = [
    (r"^(number: +|序号： +)\d+$", r"\1{number}"),
    (r"(?<=\[)\d{4}-\d\d-\d\d(?=\])", "{day}"),
    (r"\{in\} \d+ (?:seconds?|minutes?|hours?)", "{in}"),
    (r"\{zhspan\} ?\{zhspan\}", "{zhspan}"),
    (r"^( +)\d+(?=  \{time\})", r"{row}"),
    (r"(?<=numbers 0 to )\d+", "{number}"),
    (r"(?<=signed over )\d+", "{number}"),
    (r"(?<=the pin of )\d+", "{number}"),
    (r"(?<=entries:)( +)\d+(?=, numbers)", r"\1{number}"),
    (r"\d+ 条，序号 0 至 \d+", "{number} 条，序号 0 至 {number}"),
    (r"(?<=签名覆盖 )\d+", "{number}"),
    (r"(?<=与 )\d+(?= 条时)", "{number}"),
    (r"\d+(?= 条的检查点)", "{number}"),
    (r"(?<=已导出 )\d+", "{number}"),
    (r"(?<=已核对 )\d+(?= 条$)", "{number}"),
    (r"已重新包装 \d+/(\d+) 个密钥$", r"已重新包装 {number}/\1 个密钥{any}"),
    (r"(?<=entry, for )\d+ (?:seconds?|minutes?|hours?|days?)", "{in}"),
]
transcripts.TYPES["day"] = r"\d{4}-\d\d-\d\d"
transcripts.TYPES["row"] = r" *\d+"


class Paper(pyte.Screen):
    """A screen that remembers which rows go on in the next one for want of columns."""

    def __init__(self, columns, rows):
        self.wrapped, self._drawing, self.clearings = set(), False, 0
        super().__init__(columns, rows)

    def draw(self, data):
        self._drawing = True
        super().draw(data)
        self._drawing = False

    def linefeed(self):
        (self.wrapped.add if self._drawing else self.wrapped.discard)(self.cursor.y)
        super().linefeed()

    def erase_in_line(self, how=0, private=False):
        self.wrapped.discard(self.cursor.y)
        super().erase_in_line(how, private)

    def erase_in_display(self, how=0, *args, **kwargs):
        self.wrapped = {row for row in self.wrapped if row < self.cursor.y}
        self.clearings += how == 2
        super().erase_in_display(how, *args, **kwargs)


class Screen:
    """What a terminal shows: a long first screen, and a second one that is forgotten."""

    HEIGHT = 20_000

    def __init__(self, columns):
        self.columns = columns
        self.main = Paper(columns, self.HEIGHT)
        self.second = None
        self._streams = {self.main: pyte.Stream(self.main)}
        self._rest = ""

    @property
    def now(self):
        return self.second or self.main

    def feed(self, text):
        text, self._rest = self._rest + text, ""
        if "\x1b" in text[-10:]:  # perhaps a sequence that is not complete yet
            at = text.rindex("\x1b")
            if not re.search(r"\x1b\[[0-9;?]*[A-Za-z~]", text[at:]):
                text, self._rest = text[:at], text[at:]
        for part in ALTERNATE.split(text):
            if part.endswith("?1049h"):
                self.second = Paper(self.columns, 200)
                self._streams[self.second] = pyte.Stream(self.second)
            elif part.endswith("?1049l"):
                self.second = None
            elif part:
                self._streams[self.now].feed(part)

    @staticmethod
    def row(screen, number):
        """The text of one row."""
        cells, text, skip = screen.buffer[number], "", False
        for column in range(screen.columns):
            if skip:
                skip = False
                continue
            data = cells[column].data
            text += data
            skip = bool(data) and wcwidth(data[0]) == 2
        return text

    def rows(self, screen, first):
        """The lines from a row on, to the last that shows something, put together where wrapped."""
        later = sorted(n for n in screen.buffer if n >= first)
        last = max((n for n in later if self.row(screen, n).strip()), default=first - 1)
        lines, line = [], ""
        for number in range(first, last + 1):
            line += self.row(screen, number)
            if number not in screen.wrapped:
                lines.append(line.rstrip())
                line = ""
        return lines + [line.rstrip()] if line else lines


class Desk:
    """One person's terminal and the program that runs there."""

    def __init__(self, office, columns, argv, cwd, environment):
        self.master, self.slave = pty.openpty()
        size = struct.pack("HHHH", 40, columns, 0, 0)
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, size)
        self.screen, self.text = Screen(columns), ""
        self.mark, self.before, self.typed, self.clearings, self.answer = 0, "", "", 0, 0
        self._bytes, self.left = b"", None
        self.process = subprocess.Popen(
            [str(word) for word in argv], cwd=cwd, env=environment, stdin=self.slave,
            stdout=self.slave, stderr=self.slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        office._processes.append(self.process)
        self.last = time.monotonic()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)

    def read(self, seconds):
        """Reads what comes within the time; whether something came."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        self._bytes += os.read(self.master, 1 << 16)
        text = self._bytes.decode(errors="ignore")
        if text.encode() != self._bytes:  # a character is cut in two
            cut = next((n for n in (1, 2, 3) if self._whole(self._bytes[:-n])), 0)
            text = self._bytes[:-cut].decode() if cut else self._bytes.decode(errors="replace")
            self._bytes = self._bytes[-cut:] if cut else b""
        else:
            self._bytes = b""
        self.text += text
        self.screen.feed(text)
        self.last = time.monotonic()
        return True

    @staticmethod
    def _whole(data):
        try:
            data.decode()
            return True
        except UnicodeDecodeError:
            return False

    def type(self, text):
        """Types keys; what the screen shows from here on is the answer."""
        screen = self.screen.now
        self.mark, self.clearings = screen.cursor.y, self.screen.main.clearings
        self.answer = len(self.text)
        since = self.left is not None and self.left < self.mark
        if since:  # what came since somebody looked here last is an answer too
            self.mark = self.left
        self.left = None
        while self.mark - 1 in screen.wrapped:
            self.mark -= 1
        self.before = "" if since else "".join(self.screen.rows(screen, self.mark)[:1])
        self.typed = re.sub(r"[\x00-\x1f].*", "", text, flags=re.S)
        os.write(self.master, text.encode())
        self.last = time.monotonic()

    def shown(self):
        """The lines that answer, as in the file, and whether what was typed is to be seen."""
        cleared = self.screen.main.clearings > self.clearings
        rows = self.screen.rows(self.screen.main, 0 if cleared else self.mark)
        plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.text[self.answer:])
        seen = self.typed.strip() in plain
        if not cleared and rows:
            whole = [f"{self.before}{blank}{self.typed}".strip() for blank in ("", " ")]
            if self.typed and rows[0] in whole or self.before and rows[0] == self.before:
                rows = rows[1:]
        lines = ["⎚"] * cleared + [f"| {row}".rstrip() for row in rows]
        if self.screen.second:
            lines += [f"‖ {row}".rstrip() for row in self.screen.rows(self.screen.second, 0)]
        return lines, seen

    def _polls_terminal(self, words):
        """Whether the descriptors of a poll(2) are a terminal among others."""
        with open(f"/proc/{self.process.pid}/mem", "rb") as memory:
            memory.seek(int(words[1], 16))
            data = memory.read(8 * int(words[2], 16))
        numbers = [struct.unpack_from("i", data, place)[0] for place in range(0, len(data), 8)]
        places = [os.readlink(f"/proc/{self.process.pid}/fd/{n}") for n in numbers if n >= 0]
        return any(place.startswith(("/dev/pts/", "/dev/tty")) for place in places)

    def waits(self):
        """Whether the program waits for a key, as far as the system tells (root only)."""
        unread = struct.unpack("i", fcntl.ioctl(self.slave, termios.FIONREAD, bytes(4)))[0]
        if unread or time.monotonic() - self.last < 0.1:
            return False
        try:
            for task in os.listdir(f"/proc/{self.process.pid}/task"):
                with open(f"/proc/{self.process.pid}/task/{task}/syscall", encoding="ascii") as file:
                    words = file.read().split()
                if words[0] in ("7", "271") and self._polls_terminal(words):
                    return True
                if words[0] == "0":  # read(2) on x86-64 and the descriptor
                    place = os.readlink(f"/proc/{self.process.pid}/fd/{int(words[1], 16)}")
                    if place.startswith(("/dev/pts/", "/dev/tty")):
                        return True
        except (OSError, IndexError, ValueError):
            pass
        return time.monotonic() - self.last > 4 and self.process.poll() is None


class Act:
    """One line that does something, with the screen that follows."""

    def __init__(self, kind, who, words, number, unseen=False):
        self.kind, self.who, self.words, self.number = kind, who, words, number
        self.unseen, self.lines, self.paste, self.file = unseen, [], [], []
        self.code, self.goes_on, self.stdin = 0, False, []


class Day:
    """A parsed file: `parts` keeps comments (text) and acts in order."""

    SETUPS = ("language", "columns", "founded")

    def __init__(self, path):
        self.path, self.setup, self.parts = path, {}, []
        act = None
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")[:-1], 1):
            if line.startswith("#: "):
                name, _, value = line[3:].partition(" ")
                if name not in self.SETUPS:
                    raise ValueError(f"{path.name}: unknown setup {name}")
                self.setup[name] = value
                self.parts.append(line)
            elif line == "" or line.startswith("#"):
                self.parts.append(line)
            elif line.startswith("% "):
                act = self._add(Act("%", None, line[2:], number))
            elif match := TYPED.fullmatch(line):
                act = self._add(Act(
                    "»", match["who"], match["words"] or "", number, bool(match["unseen"])))
            elif match := STEP.fullmatch(line):
                act = self._add(Act("$", match["who"], match["words"], number))
            elif act and line[0] in "|‖⎚":
                act.lines.append(line)
            elif act and line[0] == "+":
                act.paste.append(line[2:])
            elif act and line == "…":
                act.goes_on = True
            elif act and line[0] == "?":
                act.code = int(line[2:])
            else:
                raise ValueError(f"{path.name}:{number}: cannot read {line!r}")

    def _add(self, act):
        self.parts.append(act)
        return act

    @property
    def acts(self):
        return [part for part in self.parts if isinstance(part, Act)]

    @property
    def language(self):
        return self.setup.get("language", "en")

    def save(self):
        """Writes the file again, with the screens as they now are."""
        lines = []
        for part in self.parts:
            if not isinstance(part, Act):
                lines.append(part)
                continue
            mark = {"$": f"{part.who}{'#' if part.who == 'root' else '$'} ", "%": "% "}.get(
                part.kind, f"{part.who}»{'*' if part.unseen else ''} ")
            lines.append((mark + part.words).rstrip())
            lines += [f"+ {text}".rstrip() for text in part.paste]
            lines += part.lines
            if part.goes_on:
                lines.append("…")
            if part.code:
                lines.append(f"? {part.code}")
        self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class Week(Replay):
    """Plays days one after the other in one office; every person has an account of their own."""

    def __init__(self, language):
        self.language = language
        self.desks, self.uids, self.everything, self.current = {}, {}, [], None
        self.commands, self.others, self.secrets, self.env, self.wide = [], [], set(), {}, False
        self.played = {}
        self.office = harness.Office(language=language, shared=False)
        self.names = {"root": str(self.office.root), "runtime": str(self.office.runtime), "uid": "-"}

    @property
    def log(self):
        return self.office.log_text() if self.office.log.exists() else ""

    def close(self):
        for desk in self.everything:
            desk.close()
        for office in (self.office, *self.others):
            office.close()

    def play(self, day, regenerate=False):
        """Plays a day; gives a text for what came out differently, after which it stops."""
        self.day = self.transcript = day
        self.regenerate, self.problems = regenerate, []
        self.played[day.path] = False
        acts = day.acts
        try:
            for act in acts:
                self._act(act, self._next(acts, act))
                if self.problems:
                    return self.problems
        finally:
            if regenerate:
                day.save()
        self.played[day.path] = True
        return []

    @staticmethod
    def _next(acts, act):
        """The next act at a terminal."""
        later = acts[acts.index(act) + 1:]
        return next((other for other in later if other.kind != "%"), None)

    def uid(self, who):
        """The account of a person; {NAME_uid} in the file."""
        if who == "root":
            return 0
        if who not in self.uids:
            self.uids[who] = FIRST_UID + len(self.uids)
        return self.uids[who]

    def _fill(self, text):
        for name in re.findall(r"\{([a-z]+)_uid\}", text):
            self.names[f"{name}_uid"] = str(self.uid(name))
        return super()._fill(text)

    def _act(self, act, after):
        if act.kind == "%":
            name, *argv = shlex.split(self._fill(act.words))
            getattr(self, f"do_{name.replace('-', '_')}")(act, *argv)
            return
        if act.kind == "$":
            desk = self._begin(act)
        else:
            self.current = act.who or self.current
            desk = self.desks[self.current]
            self._type(desk, act)
        if desk is None:
            return
        typed_next = (
            after is not None and after.kind == "»" and (after.who or self.current) == self.current)
        self._await(desk, act, ends=not (typed_next or act.goes_on), unseen=after and after.unseen)

    def _begin(self, act):
        """Starts a command; nothing for one in the background, which is the daemon."""
        argv = shlex.split(self._fill(act.words))
        self.current = act.who
        old = self.desks.get(act.who)
        if old and old.process.poll() is None:
            raise ValueError(f"{self.day.path.name}:{act.number}: {act.who} still runs a program")
        if argv[-1] == "&":
            self._start_daemon(act, argv[:-1])
            return None
        program, office = argv[0], self.office
        environment = {"TERM": "xterm"}
        if act.who == "root":
            places = {"cwd": office.work}
            argv = [office._program(program), *argv[1:]]
            environment = office._environment(environment)
        else:
            prefix, places = office.other_account(self.uid(act.who))
            argv = [*prefix, office._shared_client(), *argv[1:]]
            environment = office._environment(environment, places["runtime"], places["home"])
        columns = int(self.day.setup.get("columns", "100"))
        desk = Desk(office, columns, argv, places["cwd"], environment)
        self.desks[act.who] = desk
        self.everything.append(desk)
        return desk

    def _start_daemon(self, act, argv):
        if argv[:2] != ["carevaultd", "run"]:
            raise ValueError(f"{self.day.path.name}:{act.number}: only the daemon stays behind")
        argv = argv[2:]
        at = argv.index("--data")
        if argv[at + 1] != str(self.office.data):
            raise ValueError(f"{self.day.path.name}:{act.number}: another directory than the office's")
        self.office.start(*argv[:at], *argv[at + 2:])

    def _type(self, desk, act):
        words = self._fill(act.words)
        paste = "\x1b[200~" + "\n".join(self._fill(line) for line in act.paste) + "\x1b[201~"
        if KEY.search(words):
            words = KEY.sub(lambda m: paste if m[1] == "paste" else KEYS[m[1]], words)
        else:
            words += "\r"
        desk.type(words)

    def _await(self, desk, act, ends, unseen):
        """Waits for the screen that the file shows, or for one that stays, and compares."""
        deadline, fits = time.monotonic() + harness.PATIENCE, False
        while True:
            came = desk.read(0.05)
            over = desk.process.poll() is not None
            if came or (over and desk.read(0.05)):
                continue
            if over:
                break
            if not ends and not self.regenerate:
                fits = fits or self._fits_all(act.lines, desk.shown()[0], dry=True)
                hidden = not termios.tcgetattr(desk.slave)[3] & termios.ECHO
                if fits and (hidden or not unseen):
                    break
            # A program may watch the terminal while it waits for the daemon.
            patience = 8 if not self.regenerate else 3 if act.unseen else 0.3
            if not ends and time.monotonic() - desk.last > patience and desk.waits():
                break
            if time.monotonic() > deadline:
                break
        if act.goes_on:
            desk.left = desk.screen.main.cursor.y
        where = f"{self.day.path.name}:{act.number}: {act.who or self.current}: {act.words}"
        lines, seen = desk.shown()
        code = desk.process.poll()
        if not over and ends:
            self.problems.append(f"{where}\ndoes not end; the screen:\n" + "\n".join(lines))
            return
        if over and not ends:
            self.problems.append(
                f"{where}\nended with {code}, something is to be typed yet; the screen:\n"
                + "\n".join(lines))
            return
        if self.regenerate:
            self._renew(act, lines, seen, code or 0)
        elif not self._fits_all(act.lines, lines) or (code or 0) != act.code:
            self._report(where, act, lines, code)
        elif act.kind == "»" and act.unseen == seen and act.words:
            self.problems.append(f"{where}\nwhat was typed is {'' if seen else 'not '}to be seen")

    def _fits_all(self, expected, lines, dry=False):
        if len(expected) != len(lines):
            return False
        names = dict(self.names)
        fits = all([self._matches(wanted, line) for wanted, line in zip(expected, lines)])
        if dry:
            self.names = names
        return fits

    def _report(self, where, act, lines, code):
        import difflib
        found = [
            act.lines[n] if n < len(act.lines) and self._matches(act.lines[n], line) else line
            for n, line in enumerate(lines)]
        found.append(f"? {code or 0}")
        diff = difflib.unified_diff(
            [*act.lines, f"? {act.code}"], found, "expected", "found", lineterm="", n=40)
        self.problems.append("\n".join([where, *diff]))

    def _renew(self, act, lines, seen, code):
        fresh = {}
        for wanted in act.lines:
            named = re.findall(r"\{([a-z0-9]+):([a-z0-9_]+)\}", wanted)
            if named and not any(self._matches(wanted, line) for line in lines):
                raise ValueError(
                    f"{self.day.path.name}:{act.number}: no line fits {wanted!r}; found:\n"
                    + "\n".join(lines))
            fresh.update({name: kind for kind, name in named})
        act.lines = [
            line[:2] + self._general(line[2:], fresh) if len(line) > 2 else line for line in lines]
        act.code, act.unseen = code, act.kind == "»" and bool(act.words) and not seen

    def _general(self, line, fresh):
        if re.match(r" {2,}\d+ [a-z]", line):
            return line  # options to choose from, not the words of a secret
        line = self._generalise(line, fresh)
        for pattern, text in NUMBERS:
            line = re.sub(pattern, text, line)
        return line

    # Actions

    def do_words(self, act, name):
        """words NAME: remembers the numbered words that the screen shows last."""
        desk = self.desks[self.current]
        lines = desk.shown()[0]
        found = re.findall(rf"(?<!\S)(\d+) ({WORD})(?!\S)", "\n".join(lines))
        words, expected = [], 1
        for number, word in found:
            if int(number) == 1:
                words, expected = [], 1
            if int(number) == expected:
                words.append(word)
                expected += 1
        if len(words) not in (8, 12):
            raise ValueError(f"{self.day.path.name}:{act.number}: {len(words)} words are shown")
        self.names[name] = " ".join(words)
        if len(words) == 8:
            self.secrets.add(self.names[name])

    def do_until(self, act, who, text):
        """until NAME TEXT: until the terminal of that person shows a text."""
        desk, deadline = self.desks[who], time.monotonic() + harness.PATIENCE
        while text not in desk.text[desk.answer:]:
            if time.monotonic() > deadline:
                raise harness.NoAnswer(f"{self.day.path.name}:{act.number}: no {text!r}")
            desk.read(0.05)
