"""What the programs say of themselves: help in both languages, manual pages and completions."""

import fcntl
import json
import os
import pathlib
import pty
import re
import shutil
import struct
import subprocess
import tempfile
import termios
import unicodedata
import unittest

import harness
from zsh import Zsh

PROGRAMS = {"carevault": 1, "carevaultd": 8}
# In which the programs speak whatever the locale of whoever runs this.
PLAIN = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}


def run(name, *argv, env=None):
    """Runs a program without a terminal."""
    return subprocess.run([harness.program(name), *argv], capture_output=True, text=True,
                          env={**PLAIN, **(env or {})}, stdin=subprocess.DEVNULL,
                          timeout=harness.PATIENCE)


def commands(name):
    """Every command that help shows: its words and what the parser tells of it."""
    def walk(command, words):
        yield words, command
        for child in command.get("subcommands", []):
            if child.get("shouldDisplay", True) and child["commandName"] != "help":
                yield from walk(child, words + [child["commandName"]])

    dump = run(name, "--experimental-dump-help")
    return list(walk(json.loads(dump.stdout)["command"], []))


def columns(text):
    return sum(0 if unicodedata.combining(character) else
               2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def at_a_terminal(width, name, *argv, env=None):
    """What a program shows in a terminal of that width."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    process = subprocess.Popen([harness.program(name), *argv], stdin=slave, stdout=slave, stderr=slave,
                               env={**PLAIN, **(env or {})})
    os.close(slave)
    text = b""
    while True:
        try:
            chunk = os.read(master, 1 << 16)
        except OSError:
            break
        if not chunk:
            break
        text += chunk
    os.close(master)
    process.wait(harness.PATIENCE)
    return text.decode().replace("\r\n", "\n")


HAN = r"[\u4e00-\u9fff]"
# Scripts that people run in an office; scripts/test, bench and setup are for developers.
SCRIPTS = ["quickstart", "package", "install", "lib/build.sh", "lib/office.sh", "lib/installed.sh"]


def substitution_end(text, at):
    """The place behind the parenthesis that closes a command substitution."""
    depth = 1
    while depth:
        if text[at] in "\"'":
            at = quote_end(text, at)
            continue
        depth += (text[at] == "(") - (text[at] == ")")
        at += 1
    return at


def quote_end(text, at):
    """The place behind a quoted part that begins here."""
    if text[at] == "'":
        return text.index("'", at + 1) + 1
    at += 1
    while text[at] != '"':
        if text.startswith("$(", at):
            at = substitution_end(text, at + 2)
        else:
            at += 2 if text[at] == "\\" else 1
    return at + 1


def shell_words(text, at):
    """The words of a command whose arguments begin here, without redirections."""
    words, word = [], ""
    while True:
        if text.startswith("\\\n", at):
            at += 2
        elif at >= len(text) or text[at] in "\n;|&)}" and not (text[at] == "&" and word.endswith(">")):
            break
        elif text[at] in "\"'":
            end = quote_end(text, at)
            word += text[at:end]
            at = end
        elif text[at] == " ":
            words.append(word)
            word = ""
            at += 1
        else:
            word += text[at]
            at += 1
    return [word for word in [*words, word] if word and not re.match(r"\d?[<>]", word)]


def script_texts(text):
    """What a script says: line, the function that says it, its words."""
    begins = r"(?:^|[;&|{(]|\bthen|\belse|\bdo)[ \t]*(say|fail|note|step) "
    for match in re.finditer(begins, text, re.M):
        words = shell_words(text, match.end())
        if not all(word in ('"$@"', '"$1"', '"$2"') for word in words):
            yield text.count("\n", 0, match.start(1)) + 1, match[1], words


def half_said(text):
    """Lines of a script that speak one language alone."""
    for line, function, words in script_texts(text):
        counts = {"say": [2], "step": [2], "fail": [2, 4], "note": range(2, 99, 2)}
        pairs = zip(words[::2], words[1::2])
        if len(words) not in counts[function] or any(
                english != chinese and (re.search(HAN, english) or not re.search(HAN, chinese))
                for english, chinese in pairs):
            yield line
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"""^[^#]*\b(?:echo|printf|die) ["'][^"']*[A-Za-z]{2,} [A-Za-z]{2,}""", line) and not re.search(
                r"\b(?:say|fail|note|step) |>\"?\$", line):
            yield number


class ScriptsTest(unittest.TestCase):
    """The scripts of an office speak as its programs do."""

    def run_script(self, name, *argv, **env):
        shown = subprocess.run([harness.REPOSITORY / "scripts" / name, *argv], capture_output=True,
                               text=True, env={**PLAIN, **env}, timeout=harness.PATIENCE)
        # Bash complains of a locale that this machine does not have.
        shown.stderr = re.sub(r"^.*warning: setlocale.*\n", "", shown.stderr, flags=re.M)
        return shown

    def test_the_reader_finds_what_is_half_said(self):
        for text in ('say "one line"\n', 'fail "it failed" "出错" "do this"\n', 'echo "it is done"\n',
                     'note "one" "一" \\\n    "two"\n', 'step "甲乙" "one"\n', 'die "it failed"\n',
                     'if true; then say "its $(cat "$a b")" "not Chinese"; fi\n'):
            with self.subTest(text):
                self.assertEqual(list(half_said(text)), [1])
        for text in ('say "one line" "一行"\n', 'x || fail "a b" "甲" "c d" "乙" >&2\n',
                     'say "in $(cat "$x y")" "在 $(cat "$x y")"\n'):
            with self.subTest(text):
                self.assertEqual(list(half_said(text)), [])

    def test_every_text_has_both(self):
        said = 0
        for name in SCRIPTS:
            text = (harness.REPOSITORY / "scripts" / name).read_text(encoding="utf-8")
            said += len(list(script_texts(text)))
            with self.subTest(name):
                self.assertEqual(list(half_said(text)), [])
        self.assertGreater(said, 60)

    def test_the_language_is_that_of_the_locale_or_the_option(self):
        for name in ("quickstart", "package", "install"):
            for argv, env, chinese in (
                    (["--help"], {}, False), (["--help"], {"LC_ALL": "zh_CN.UTF-8"}, True),
                    (["--help"], {"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8"}, True),
                    (["--help"], {"LC_ALL": "zh_TW.UTF-8"}, False),
                    (["--language", "zh", "--help"], {}, True), (["--language=zh", "--help"], {}, True),
                    (["--help", "--language", "zh"], {}, True),
                    (["--language", "en", "--help"], {"LC_ALL": "zh_CN.UTF-8"}, False)):
                with self.subTest((name, *argv, env)):
                    shown = self.run_script(name, *argv, **env)
                    self.assertEqual((shown.returncode, shown.stderr), (0, ""))
                    self.assertEqual(bool(re.search(HAN, shown.stdout)), chinese)
            wrong = self.run_script(name, "--language", "zh_TW")
            self.assertEqual((wrong.returncode, wrong.stderr),
                             (1, "error: there is no language zh_TW\nhint: use en or zh\n"))
            wrong = self.run_script(name, "--colour", LC_ALL="zh_CN.UTF-8")
            self.assertIn("错误：没有选项 --colour", wrong.stderr)


class HelpTest(unittest.TestCase):
    """Every page of both programs."""

    def test_every_text_has_a_chinese_one(self):
        untranslated = set()
        for name in PROGRAMS:
            for words, command in commands(name):
                page = run(name, *words, "--help", env={"LC_ALL": "zh_CN.UTF-8"})
                self.assertEqual((page.returncode, page.stderr), (0, ""), words)
                flat = re.sub(r"\s", "", page.stdout)
                texts = [command.get("abstract"), command.get("discussion")]
                for argument in command.get("arguments", []):
                    if argument["shouldDisplay"]:
                        texts += [argument.get("abstract"), argument.get("discussion")]
                for text in filter(None, texts):
                    if re.sub(r"\s", "", text) in flat:
                        untranslated.add(text)
        self.assertEqual(sorted(untranslated), [], "add these to HelpTexts")

    def test_pages_fit_a_narrow_terminal(self):
        for name in PROGRAMS:
            for words, _ in commands(name):
                for locale in ("C.UTF-8", "zh_CN.UTF-8"):
                    text = at_a_terminal(40, name, *words, "--help", env={"LC_ALL": locale})
                    self.assertIn(" ".join([name, *words]), re.sub(r"\s+", " ", text))
                    for line in text.split("\n"):
                        self.assertLess(columns(line), 40, line)

    def test_a_locale_that_is_not_there(self):
        for locale, word in {"xx_YY.bogus": "OVERVIEW", "zh_CN.GB18030": "概述", "zh": "概述",
                             "zh_TW.UTF-8": "OVERVIEW", "": "OVERVIEW", "\udcff": "OVERVIEW"}.items():
            page = run("carevault", "--help", env={"LC_ALL": locale})
            self.assertEqual(page.returncode, 0, locale)
            self.assertTrue(page.stdout.startswith(word), locale)
            self.assertEqual(page.stderr, "", locale)


class FilesTest(unittest.TestCase):
    """Manual pages and completions, as they are installed."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="carevault-help-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        for name in PROGRAMS:
            made = run(name, "--generate", str(cls.folder / "new"))
            assert (made.returncode, made.stdout, made.stderr) == (0, "", ""), made
        cls.folder /= "new"

    def pages(self):
        return sorted(path for path in self.folder.glob("man/**/*") if path.is_file())

    def need(self, program):
        """Leaves a test out where a program is not there; never where everything must be tested."""
        if not shutil.which(program):
            (self.fail if os.environ.get("CI") else self.skipTest)(f"{program} is not installed")

    def shell(self, program, *argv):
        self.need(program)
        return subprocess.run([program, *argv], capture_output=True, text=True, env=PLAIN,
                              timeout=harness.PATIENCE)

    def test_every_command_has_its_pages(self):
        for name, section in PROGRAMS.items():
            for words, _ in commands(name):
                if len(words) > 1:
                    continue
                file = f"man{section}/{'-'.join([name, *words])}.{section}"
                for language in ("man", "man/zh_CN"):
                    self.assertTrue((self.folder / language / file).is_file(), file)

    def test_the_settings_file_has_its_pages(self):
        """Every setting with its whole explanation, and an example that the daemon takes."""
        (empty := self.folder / "empty.json").write_text("{}")
        for language, folder in (("en", "man"), ("zh", "man/zh_CN")):
            page = self.folder / folder / "man5/carevaultd.json.5"
            shown = re.sub(r"\s", "", self.shell(
                "groff", "-Kutf8", "-Tutf8", "-P-cbou", "-man", str(page)).stdout).replace("’", "'")
            settings = json.loads(run(
                "carevaultd", "settings", "--json", "--settings", str(empty), "--language", language).stdout)["settings"]
            self.assertGreater(len(settings), 5)
            for setting in settings:
                self.assertIn(setting["name"] + re.sub(r"\s", "", setting["explanation"]), shown)
            # The daemon takes the example, here without its blanks.
            (example := self.folder / "example.json").write_text(re.search(r"\{.*\}", shown)[0])
            taken = run("carevaultd", "settings", "--json", "--settings", str(example), "--language", language)
            given = [setting["name"] for setting in json.loads(taken.stdout)["settings"] if setting["origin"] == "file"]
            self.assertEqual(given, ["language", "contact", "idle_minutes"])

    def test_troff_takes_the_pages(self):
        for page in self.pages():
            checked = self.shell("groff", "-Kutf8", "-Tutf8", "-man", "-ww", "-z", str(page))
            self.assertEqual((checked.returncode, checked.stderr), (0, ""), page)

    def test_mandoc_takes_the_pages(self):
        # Dates would make two builds of one version differ.
        checked = self.shell("mandoc", "-Tlint", "-Wwarning", *map(str, self.pages()))
        others = [line for line in checked.stdout.split("\n") if line and "missing date" not in line]
        self.assertEqual(others, [])

    def test_pages_say_what_help_says(self):
        page = self.folder / "man/man1/carevault-record.1"
        shown = self.shell("groff", "-Kutf8", "-Tascii", "-P-cbou", "-man", str(page)).stdout
        for word in ("carevault record history", "--base <number>", "SEE ALSO", "carevaultd(8)"):
            self.assertIn(word, shown)

    def complete(self, *words):
        name = words[0]
        script = f"""source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
            _{name}; printf '%s\\n' "${{COMPREPLY[@]}}" """
        source = self.folder / "completions/bash" / name
        done = self.shell("bash", "--norc", "-uc", script, "bash", str(source), *words)
        self.assertEqual(done.stderr, "", words)
        return done.stdout.split()

    def test_bash_completes(self):
        self.assertEqual(self.complete("carevault", "subj"), ["subject"])
        self.assertIn("history", self.complete("carevault", "record", ""))
        self.assertEqual(self.complete("carevault", "--language", "zh", "record", "am"), ["amend"])
        self.assertEqual(self.complete("carevault", "help", "record", "am"), ["amend"])
        self.assertIn("--kind", self.complete("carevault", "record", "list", "X", "--"))
        self.assertNotIn("--kind", self.complete("carevault", "record", "get", "X", "--"))
        self.assertEqual(self.complete("carevault", "record", "add", "X", "counselling.s"),
                         ["counselling.session"])
        self.assertEqual(self.complete("carevault", "login", "--purpose", "treat"), ["treatment"])
        self.assertEqual(self.complete("carevault", "login", "--purpose", "=", "treat"), ["treatment"])
        self.assertEqual(self.complete("carevault", "grant", "x", "--role", "cust"), ["custodian"])
        self.assertEqual(self.complete("carevault", "status", "--language", ""), ["en", "zh"])
        self.assertEqual(self.complete("carevault", "whoami", "--login", ""), [])
        self.assertIn("/etc/passwd", self.complete("carevault", "verify", "/etc/passw"))
        self.assertEqual(self.complete("carevaultd", "i"), ["init"])
        self.assertEqual(self.complete("carevaultd", "run", "--data", "/us"), ["/usr"])

    def test_bash_completes_every_command(self):
        for name in PROGRAMS:
            for words, _ in commands(name):
                if words:
                    self.assertIn(words[-1], self.complete(name, *words), words)

    def test_zsh_takes_the_script(self):
        for name in PROGRAMS:
            script = self.folder / f"completions/zsh/_{name}"
            self.assertTrue(script.read_text().startswith(f"#compdef {name}\n"))
            checked = self.shell("zsh", "-fn", str(script))
            self.assertEqual((checked.returncode, checked.stderr), (0, ""))

    def test_zsh_completes(self):
        self.need("zsh")
        with Zsh(self.folder / "completions/zsh", "en_GB.UTF-8") as zsh:
            for typed, line in {
                    "carevault subj": "carevault subject ",
                    "carevault record am": "carevault record amend ",
                    "carevault --language zh record am": "carevault --language zh record amend ",
                    "carevault --purpose treatment --json record am":
                        "carevault --purpose treatment --json record amend ",
                    "carevault help record am": "carevault help record amend ",
                    "carevault login --purp": "carevault login --purpose=",
                    "carevault login --purpose treat": "carevault login --purpose treatment ",
                    "carevault record add X counselling.s": "carevault record add X counselling.session ",
                    "carevault grant x --role cust": "carevault grant x --role custodian ",
                    "carevault verify /etc/passw": "carevault verify /etc/passwd",
                    "carevaultd i": "carevaultd init ",
                    "carevaultd run --data /us": "carevaultd run --data /usr/"}.items():
                self.assertEqual(zsh.complete(typed).removesuffix(" "), line.removesuffix(" "), zsh.shown)
            zsh.complete("carevault record ")
            self.assertRegex(zsh.shown, r"amend +-- Write a new version")
            zsh.complete("carevault ")
            self.assertRegex(zsh.shown, r"record +-- ")
            self.assertNotIn("--purpose", zsh.shown)
        with Zsh(self.folder / "completions/zsh", "zh_CN.UTF-8") as zsh:
            zsh.complete("carevault record ")
            self.assertRegex(zsh.shown, r"amend +-- 写入记录")

    def test_zsh_completes_every_command(self):
        self.need("zsh")
        with Zsh(self.folder / "completions/zsh", "C") as zsh:
            for name in PROGRAMS:
                for words, command in commands(name):
                    line = " ".join([name, *words])
                    done = zsh.complete(line)
                    self.assertTrue(done.startswith(line), (line, done, zsh.shown))
                    # What is under it, or its options, each offered.
                    below = [child["commandName"] for child in command.get("subcommands", [])
                             if child.get("shouldDisplay", True) and child["commandName"] != "help"]
                    zsh.complete(line + (" " if below else " --"))
                    for word in below or ["--help"]:
                        self.assertIn(word, zsh.shown, line)

    def test_fish_completes(self):
        script = self.folder / "completions/fish/carevault.fish"
        for typed, word in {"carevault subj": "subject", "carevault record am": "amend",
                            "carevault --language zh record am": "amend",
                            "carevault login --purpose treat": "treatment",
                            "carevault record add X counselling.s": "counselling.session"}.items():
            done = self.shell("fish", "--no-config", "-c", f"source {script}; complete -C '{typed}'")
            self.assertEqual(done.stderr, "")
            self.assertEqual([line.split("\t")[0] for line in done.stdout.splitlines()], [word], typed)


if __name__ == "__main__":
    unittest.main()
