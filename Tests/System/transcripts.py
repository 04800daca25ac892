"""Scenarios as text: what was typed, what came back, and how it ended.

A transcript is a file of lines; the first characters say what a line is:

    #: founded                    setup, before the first step (see Replay.SETUPS)
    # free words                  comment
    $ carevault status            a command, run to its end, in the office's work directory
    other$ carevault status       the same as another account (root only)
    < text                        a line of its standard input
    > text                        a line that it must write on standard output
    ! text                        a line that it must write on standard error
    ? 3                           its exit status, where that is not 0
    % write p.txt                 something done to the office (see Replay.do_…)
    | text                        a line of that file

Expected lines hold placeholders for what differs each time: a type, such as `{id}` or `{time}`; a
type with a name, such as `{id:subject}`, which remembers the text; and the name alone, `{subject}`,
which stands for the text remembered, in commands, files and expectations alike. `{any}` stands for
anything in a line and is for writing a new scenario by hand.

With REGENERATE=1 expectations are replaced by what came back, with placeholders put in again.
"""

import difflib
import os
import re
import shlex
import shutil
import socket
import time

import harness

WORD = r"[a-z]{3,9}"
TYPES = {
    "id": r"[0-9A-HJKMNP-TV-Z]{27}",
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "instant": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
    "words": rf"(?:{WORD} ){{11}}{WORD}",
    "wordlist": rf'"{WORD}"(?:,"{WORD}"){{11}}',
    "code": r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}",
    "ref": r"[0-9A-HJKMNP-TV-Z]{10}",
    "hex": r"[0-9a-f]{32}",
    "hash": r"[0-9a-f]{64}",
    "us": r"\d{15,16}",
    "vkey": r"[0-9A-HJKMNP-TV-Z]{27}/\d+/\d+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}",
    "ago": r"(?:just now|\d+ (?:seconds?|minutes?) ago)",
    "zhago": r"(?:刚刚|\d+ (?:秒|分钟)前)",
    "in": r"(?:in )?\d+ (?:seconds?|minutes?|hours?|days?)(?: \d+ (?:seconds?|minutes?|hours?))?",
    "zhspan": r"\d+ ?(?:秒|分钟|小时|天)(?: ?\d+ ?(?:秒|分钟|小时))?",
    "number": r"\d+",
    "phase": r"running|ready",
    "row1": rf" 1 {WORD} +2 {WORD} +3 {WORD} +4 {WORD}",
    "row5": rf" 5 {WORD} +6 {WORD} +7 {WORD} +8 {WORD}",
    "row9": rf" 9 {WORD} +10 {WORD} +11 {WORD} +12 {WORD}",
    "base64": r"[A-Za-z0-9+/]{40,}={0,2}",
    "any": r".*",
}
# What REGENERATE puts in, most specific first. The rest are for writing by hand.
AUTOMATIC = ["row1", "row5", "row9", "vkey", "wordlist", "words", "id", "time", "code", "hash", "hex", "us"]
AUTOMATIC_IN_CONTEXT = [
    (r"(?<=reference )[0-9A-HJKMNP-TV-Z]{10}\b", "{ref}"),
    (r'(?<="reference":")[0-9A-HJKMNP-TV-Z]{10}\b', "{ref}"),
    (r"(?<=参考码 )[0-9A-HJKMNP-TV-Z]{10}\b", "{ref}"),
    (r"(?<=last login )(?:just now|\d+ (?:seconds?|minutes?) ago)", "{ago}"),
    (r"(?<=上次登录：)(?:刚刚|\d+ (?:秒|分钟)前)", "{zhago}"),
    (r'(?<="last_login_us":)\d+', "{us}"),
    (r"\bin \d+ (?:seconds?|minutes?|hours?|days?)\b", "{in}"),
    (r"\b\d+ (?:seconds?|minutes?|hours?|days?)(?= old\b)", "{in}"),
    (r"\d+ ?(?:秒|分钟|小时|天)", "{zhspan}"),
    # The log grows by entries that sum up refusals, at moments of their own.
    (r"(?<=audit log:)( +)\d+(?= entries)", r"\1{number}"),
    (r"(?<=not seen outside: )\d+(?= entr)", "{number}"),
    (r"(?<=exported )\d+(?= entr)", "{number}"),
    (r"(?<=valid: )\d+(?= entr)", "{number}"),
    (r"(?<=not handed out: )\d+(?= entr)", "{number}"),
    (r"(?<=entries, for )\d+ (?:seconds?|minutes?|hours?|days?)", "{in}"),
    (r"(?<=checkpoint of )\d+(?= entries)", "{number}"),
    (r"(?<=审计日志：)( +)\d+(?= 条)", r"\1{number}"),
    (r"(?<=未在外部留证： )\d+(?= 条)", "{number}"),
    (r"(?<=未交出检查点： )\d+(?= 条)", "{number}"),
    (r'(?<="age_us":)\d+', "{number}"),
    (r'(?<="size":)\d+', "{number}"),
    # How far a rotation is by the time of the answer.
    (r"(?<=to 2: )\d+ of (\d+) keys re-wrapped$", r"{number} of \1 keys re-wrapped{any}"),
    (r'"state":"running",("from_epoch":1,"to_epoch":2,"done":)\d+', r'"state":"{phase}",\1{number}'),
    (r'(?<="sequence":)\d+', "{number}"),
    (r'(?<="format":1,"entries":)\d+', "{number}"),
    (r'(?<="retry_us":)\d+', "{number}"),
    (r"(?<=hint: wait )\d+ seconds?", "{in}"),
    (r'(?<="log_entries":)\d+', "{number}"),
    (r'(?<="disk_free":)\d+', "{number}"),
    (r"(?<=carevault_log_entries )\d+", "{number}"),
    (r"(?<=carevault_unpinned_entries )\d+", "{number}"),
    (r"(?<=carevault_unpinned_age_seconds )\d+", "{number}"),
    (r"(?<=carevault_disk_free_bytes )\d+", "{number}"),
    (r'(?<="unpinned":\{"entries":)\d+', "{number}"),
    (r"(?<=\(pid )\d+", "{number}"),
    (r"(?<=（进程 )\d+", "{number}"),
    (r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "{instant}"),
    (r"\b[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])", "{base64}"),
]
# What carevaultd says about the machine it runs on; no part of a scenario.
LIMITS_HERE = re.compile(r"^\d{4}-\S+Z warning: (?:too little memory may be locked)")
# The second line of a key file: 32 bytes in base64.
SECRET = r"[A-Za-z0-9+/]{43}="
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?::([a-z][a-z0-9_]*))?\}")
PREFIXES = {"<": "stdin", ">": "out", "!": "err", "|": "file", "?": "code"}


class Step:
    """One command or action with everything that belongs to it."""

    def __init__(self, kind, words, number):
        self.kind, self.words, self.number = kind, words, number
        self.stdin, self.out, self.err, self.file = [], [], [], []
        self.code = 0


class Transcript:
    """A parsed file: `parts` keeps comments (text) and steps in order."""

    def __init__(self, path):
        self.path, self.setup, self.parts = path, [], []
        step = None
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")[:-1], 1):
            if line.startswith("#: "):
                self.setup.append(line[3:])
                self.parts.append(line)
            elif line == "" or line.startswith("#"):
                self.parts.append(line)
                step = None
            elif match := re.match(r"(\$|other\$|%) (.*)", line):
                step = Step(match[1], match[2], number)
                self.parts.append(step)
            elif step and line[0] in PREFIXES and line[1:2] in ("", " "):
                self._add(step, line[0], line[2:])
            else:
                raise ValueError(f"{path.name}:{number}: cannot read {line!r}")

    @staticmethod
    def _add(step, mark, text):
        if mark == "?":
            step.code = int(text)
        else:
            getattr(step, PREFIXES[mark]).append(text)

    @property
    def steps(self):
        return [part for part in self.parts if isinstance(part, Step)]

    def save(self):
        """Writes the file again, with the expectations as they now are."""
        lines = []
        for part in self.parts:
            if not isinstance(part, Step):
                lines.append(part)
                continue
            lines.append(f"{part.kind} {part.words}")
            for mark, name in (("|", "file"), ("<", "stdin"), (">", "out"), ("!", "err")):
                lines += [f"{mark} {text}".rstrip() for text in getattr(part, name)]
            if part.code:
                lines.append(f"? {part.code}")
        self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class Replay:
    """Runs one transcript in a new office."""

    SETUPS = ("root", "begun", "founded", "language")

    def __init__(self, transcript, regenerate=False):
        self.transcript, self.regenerate = transcript, regenerate
        self.commands = []  # (language, Result) of every command, for the checks over all of them
        self.log = ""
        self.secrets = set()
        self.env = {}
        self.problems = []
        self.others = []
        self.wide = False

    def run(self):
        """Replays every step; `problems` then holds a text for each that came out differently."""
        setup = dict((line + " ").split(" ", 1) for line in self.transcript.setup)
        for name in setup:
            if name not in self.SETUPS:
                raise ValueError(f"{self.transcript.path.name}: unknown setup {name}")
        self.language = setup.get("language", "").strip() or "en"
        self.office = harness.Office(language=self.language)
        self.names = {
            "root": str(self.office.root), "uid": str(os.getuid()), "other": str(harness.OTHER_UID),
            "runtime": str(self.office.runtime),
        }
        try:
            if "founded" in setup:
                self.office.found()
                self.names["vault_words"] = " ".join(self.office.vault_words)
                for name in ("seal", "nina"):
                    self.names[f"{name}_key"] = self.office.read(f"{name}.key").split()[1]
            elif "begun" in setup:
                self.office.begin()
            for step in self.transcript.steps:
                self._step(step)
            self._collect_secrets()
            self.log = self.office.log_text() if self.office.log.exists() else ""
        finally:
            for office in (self.office, *self.others):
                office.close()
        if self.regenerate:
            self.transcript.save()

    def _collect_secrets(self):
        for office in (self.office, *self.others):
            for path in office.work.glob("*.key"):
                lines = path.read_text(errors="replace").splitlines()
                self.secrets.update(line for line in lines if re.fullmatch(SECRET, line))

    # Steps

    def _step(self, step):
        if step.kind == "%":
            name, *argv = shlex.split(self._fill(step.words))
            getattr(self, f"do_{name.replace('-', '_')}")(step, *argv)
            return
        argv = shlex.split(self._fill(step.words))
        stdin = "".join(self._fill(line) + "\n" for line in step.stdin)
        options = {"stdin": stdin, "env": self.env}
        if argv[0] == "carevault":
            uid = harness.OTHER_UID if step.kind == "other$" else None
            result = self.office.client(*argv[1:], uid=uid, check=False, **options)
        elif argv[0] == "carevaultd":
            result = self.office.carevaultd(*argv[1:], patience=15, **options)
        else:
            raise ValueError(f"line {step.number}: {argv[0]} is no program of ours")
        self.commands.append((self.language, result, step))
        self.wide = len(self.names["uid"]) > 3 and any(
            "{uid}" in line for line in step.out + step.err)
        err = [line for line in _lines(result.err) if not LIMITS_HERE.search(line)]
        actual = (_lines(result.out), err, result.code)
        if self.regenerate:
            self._rewrite(step, *actual)
        else:
            self._compare(step, *actual)

    def _fill(self, text):
        """Puts remembered names into a command or a file."""
        def value(match):
            if match[2] or match[1] not in self.names:
                raise ValueError(f"{self.transcript.path.name}: nothing is known as {match[0]}")
            return self.names[match[1]]
        return PLACEHOLDER.sub(value, text)

    def _compare(self, step, out, err, code):
        expected = (
            [f"> {line}" for line in step.out] + [f"! {line}" for line in step.err]
            + [f"? {step.code}"])
        actual = [f"> {line}" for line in out] + [f"! {line}" for line in err] + [f"? {code}"]
        shown, differ = [], len(expected) != len(actual)
        for index, line in enumerate(actual):
            wanted = expected[index] if index < len(expected) else None
            if wanted is not None and self._matches(wanted, line):
                shown.append(wanted)
            else:
                differ = True
                shown.append(line)
        if differ:
            where = f"{self.transcript.path.name}:{step.number}"
            expected = [self._known(line) for line in expected]
            shown = [self._known(line) for line in shown]
            diff = difflib.unified_diff(expected, shown, "expected", "found", lineterm="", n=30)
            command = f"{where}: {step.kind} {self._known(step.words)}"
            self.problems.append("\n".join([command, *diff]))

    def _known(self, line):
        return PLACEHOLDER.sub(
            lambda match: self.names.get(match[1], match[0]) if not match[2] else match[0], line)

    def _matches(self, expected, line):
        """Whether a line fits; remembers its named parts if so."""
        if self._fits(expected, line):
            return True
        # A column as wide as the account number: the spacing of the others moves.
        return self.wide and self._fits(re.sub(" +", " ", expected), re.sub(" +", " ", line))

    def _fits(self, expected, line):
        pattern, place = "", 0
        for match in PLACEHOLDER.finditer(expected):
            pattern += re.escape(expected[place:match.start()])
            place = match.end()
            pattern += self._pattern(match)
        pattern += re.escape(expected[place:])
        found = re.fullmatch(pattern, line)
        if found:
            self.names.update(found.groupdict())
        return bool(found)

    def _pattern(self, match):
        kind, name = match[1], match[2]
        if name:
            return f"(?P<{name}>{TYPES[kind]})"
        if kind in self.names:
            return re.escape(self.names[kind])
        if kind in TYPES:
            return f"(?:{TYPES[kind]})"
        raise ValueError(f"{self.transcript.path.name}: {match[0]} is neither a type nor known")

    # Regenerating

    def _rewrite(self, step, out, err, code):
        fresh = {}
        for old, new in ((step.out, out), (step.err, err)):
            for line in old:
                wanted = re.findall(r"\{([a-z0-9]+):([a-z0-9_]+)\}", line)
                if not wanted:
                    continue
                if not any(self._matches(line, found) for found in new):
                    raise ValueError(
                        f"{self.transcript.path.name}:{step.number}: no line fits {line!r};"
                        f" found:\n" + "\n".join([*out, *err]))
                fresh.update({name: kind for kind, name in wanted})
        step.out = [self._generalise(line, fresh) for line in out]
        step.err = [self._generalise(line, fresh) for line in err]
        step.code = code

    def _generalise(self, line, fresh):
        line = line.replace(self.names["root"], "{root}")
        line = line.replace(self.names["runtime"], "{runtime}")
        uid = self.names["uid"]
        line = re.sub(rf'(\buid[:：]? +|"uid":|--uid ){uid}\b', r"\1{uid}", line)
        line = re.sub(rf"(/run/carevault/|-o ){uid}\b", r"\1{uid}", line)
        states = "enlisted|enrolled|granted|disabled|已"
        line = re.sub(rf"^(\w+ +){uid}(  (?:{states}))", r"\1{uid}\2", line)
        for name in sorted(self.names, key=lambda name: -len(self.names[name])):
            value = self.names[name]
            if name in ("uid", "root", "runtime") or len(value) < 5:
                continue
            if name in fresh and value in line:
                line = line.replace(value, f"{{{fresh.pop(name)}:{name}}}", 1)
            line = line.replace(value, f"{{{name}}}")
        for name in AUTOMATIC:
            line = re.sub(rf"(?<![0-9A-Za-z+/]){TYPES[name]}(?![0-9A-Za-z])", f"{{{name}}}", line)
        for pattern, text in AUTOMATIC_IN_CONTEXT:
            line = re.sub(pattern, text, line)
        return line

    # What a transcript can do to the office

    def do_write(self, step, name, mode="0600"):
        """write FILE [MODE]: makes a file of the lines that follow."""
        self.office.write(name, "".join(self._fill(line) + "\n" for line in step.file), int(mode, 8))

    def do_start(self, step, *argv):
        """start: starts the daemon and waits until it serves."""
        self.office.start(*argv)

    def do_stop(self, step):
        """stop: ends the daemon as a service manager does."""
        if code := self.office.stop():
            raise AssertionError(f"carevaultd ended with {code} after SIGTERM")

    def do_kill(self, step):
        """kill: SIGKILL."""
        self.office.kill()

    def do_unseal(self, step):
        """unseal: what `carevault unseal` does, not shown."""
        self.office.unseal()

    def do_login(self, step, name, *purpose):
        """login NAME [PURPOSE], not shown."""
        self.office.login(name, *purpose)

    def do_enlist(self, step, name, uid=None):
        """enlist NAME [UID]: enlists and enrols, not shown; NAME.key and NAME.words are there."""
        self.office.enlist(name, uid)
        if uid is None:
            self.office.enrol(name)

    def do_await_rotation(self, step):
        """await-rotation: until every key is re-wrapped."""
        deadline = time.monotonic() + harness.PATIENCE
        while time.monotonic() < deadline:
            if "state=walked" in self.office.log_text():
                return
            time.sleep(0.02)
        raise harness.NoAnswer("the rotation does not get ready")

    def do_words(self, step, name):
        """words NAME: remembers the twelve words that the command before showed in rows."""
        text = self.commands[-1][1].out
        words = dict((int(n), w) for n, w in re.findall(rf"(?<!\S)(\d+) ({WORD})(?!\S)", text))
        self.names[name] = " ".join(words[number] for number in range(1, 13))

    def do_subject(self, step, name, by="nina"):
        """subject NAME: adds a subject and remembers its identifier."""
        self.names[name] = self.office.add_subject("".join(line + "\n" for line in step.file), by)

    def do_record(self, step, name, subject, kind, by="nina"):
        """record NAME SUBJECT KIND [LOGIN]: adds a record and remembers its identifier."""
        fields = "".join(line + "\n" for line in step.file)
        self.names[name] = self.office.add_record(subject, kind, fields, by)

    def do_env(self, step, assignment):
        """env NAME=VALUE for the commands that follow; without a value the variable is absent."""
        name, value = assignment.split("=", 1)
        self.env[name] = value or None

    def do_mode(self, step, mode, path):
        """mode MODE PATH: chmod."""
        os.chmod(path, int(mode, 8))

    def do_copy(self, step, source, target):
        """copy FILE FILE, or a directory."""
        if os.path.isdir(source):
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)

    def do_remove(self, step, path):
        """remove PATH: a file or a directory."""
        shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)

    def do_truncate(self, step, path, size):
        """truncate FILE SIZE: cuts it to that many bytes."""
        os.truncate(path, int(size))

    def do_flip(self, step, path, *places):
        """flip FILE OFFSET…: inverts the lowest bit of the byte at each offset."""
        with open(path, "r+b") as file:
            for place in places:
                file.seek(int(place))
                byte = file.read(1)[0]
                file.seek(int(place))
                file.write(bytes([byte ^ 1]))

    def do_replace(self, step, path, old, new):
        """replace FILE OLD NEW: changes text that must be there exactly once."""
        with open(path, "rb") as file:
            data = file.read()
        assert data.count(old.encode()) == 1, f"{old} is not exactly once in {path}"
        with open(path, "wb") as file:
            file.write(data.replace(old.encode(), new.encode()))

    def do_edit_header(self, step, path):
        """edit-header FILE: adds an account to those that the header lets unseal."""
        with open(path, encoding="utf-8") as file:
            text = file.read()
        edited, count = re.subn(r'("unsealUIDs":\[\d+)\]', r"\g<1>,4294967000]", text)
        assert count == 1, f"no list of accounts in {text}"
        with open(path, "w", encoding="utf-8") as file:
            file.write(edited)

    def do_change_leaf(self, step, name, number):
        """change-leaf FILE N: changes one character of the longest text in line N of an export."""
        path, place = self.office.path(name), int(number)
        lines = path.read_text(encoding="utf-8").split("\n")
        text = max(re.findall(r'"([A-Za-z0-9+/]{16,})', lines[place]), key=len)
        other = text[:8] + ("A" if text[8] != "A" else "B") + text[9:]
        lines[place] = lines[place].replace(text, other)
        path.write_text("\n".join(lines), encoding="utf-8")

    def do_drop_line(self, step, name, number):
        """drop-line FILE N."""
        path = self.office.path(name)
        lines = path.read_text(encoding="utf-8").split("\n")
        del lines[int(number)]
        path.write_text("\n".join(lines), encoding="utf-8")

    def do_swap_lines(self, step, name, first, second):
        """swap-lines FILE N M."""
        path, (one, two) = self.office.path(name), (int(first), int(second))
        lines = path.read_text(encoding="utf-8").split("\n")
        lines[one], lines[two] = lines[two], lines[one]
        path.write_text("\n".join(lines), encoding="utf-8")

    def do_forge_pin(self, step, name):
        """forge-pin FILE: one entry more in a checkpoint, under the old signature."""
        path = self.office.path(name)
        lines = path.read_text(encoding="utf-8").split("\n")
        lines[1] = str(int(lines[1]) + 1)
        path.write_text("\n".join(lines), encoding="utf-8")

    def do_lend(self, step, name):
        """lend FILE: a copy in the other account's directory, its own."""
        _, places = self.office.other_account(harness.OTHER_UID)
        self._hand_over(self.office.path(name), places["cwd"] / name)

    def do_take(self, step, name):
        """take FILE: a copy from the other account's directory, the office's own."""
        _, places = self.office.other_account(harness.OTHER_UID)
        shutil.copy(places["cwd"] / name, self.office.path(name))
        self.office.path(name).chmod(0o600)

    def do_lend_token(self, step, name):
        """lend-token NAME: a copy of the login kept for NAME, where the other account keeps its."""
        _, places = self.office.other_account(harness.OTHER_UID)
        path = self._token(name)
        folder = places["runtime"] / "carevault"
        if not folder.exists():
            folder.mkdir(mode=0o700)
            os.chown(folder, harness.OTHER_UID, harness.OTHER_UID)
        self._hand_over(path, folder / path.name)

    @staticmethod
    def _hand_over(source, target):
        shutil.copy(source, target)
        target.chmod(0o600)
        os.chown(target, harness.OTHER_UID, harness.OTHER_UID)

    def _token(self, name):
        """The file in which the client keeps the login of NAME: the one that a login changes."""
        before = {path: path.read_bytes() for path in self.office.runtime.rglob("*.token")}
        self.office.login(name, harness.CARE_STAFF.get(name, (None, None))[1])
        changed = [
            path for path in self.office.runtime.rglob("*.token")
            if path.read_bytes() != before.get(path)]
        assert len(changed) == 1, f"a login changed {changed}"
        return changed[0]

    def do_spoil_token(self, step, name):
        """spoil-token NAME: puts another token of the same form in place of the one kept."""
        path = self._token(name)
        token = path.read_bytes()
        path.write_bytes(token[:4] + (b"B" if token[4:5] == b"A" else b"A") + token[5:])

    def do_listen(self, step, path):
        """listen PATH: something that is not ours listens there until the transcript ends."""
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen()
        self.names["listener"] = str(listener.fileno())
        self.listener = listener

    def do_another_office(self, step, setup="founded"):
        """another-office [begun|founded]: a second vault; its directory is {root2}."""
        office = harness.Office(language=self.language)
        self.others.append(office)
        self.names["root2"] = str(office.root)
        office.found(staff={}) if setup == "founded" else office.begin()

    def do_checkpointed_stop(self, step):
        """checkpointed-stop: like stop; the databases are then in one file each."""
        self.do_stop(step)
        for name in ("vault.db", "audit.db"):
            wal = self.office.data / f"{name}-wal"
            assert not wal.exists() or wal.stat().st_size == 0, f"{wal} is still there"


def _lines(text):
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines
