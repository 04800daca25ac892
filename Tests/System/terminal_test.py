"""People at a terminal: secrets are shown once, typed without echo, and leave nothing on the screen."""

import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
import unittest

import harness

ALTERNATE_ON, ALTERNATE_OFF = "\x1b[?1049h", "\x1b[?1049l"


class Terminal:
    """A program at the far end of a pseudo-terminal of its own."""

    def __init__(self, office, name, *argv, env=None):
        self.master, slave = pty.openpty()
        self.slave = slave
        self.text, self.seen = "", 0
        self.before = termios.tcgetattr(slave)
        self.process = subprocess.Popen(
            [str(word) for word in (office._program(name), *argv)], cwd=office.work,
            env=office._environment({"TERM": "xterm", **(env or {})}), stdin=slave, stdout=slave, stderr=slave,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        office._processes.append(self.process)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)

    def _read(self, seconds):
        """Reads what comes within the time; whether something came."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            self.text += os.read(self.master, 1 << 16).decode(errors="replace")
        except OSError:
            return False
        return True

    def expect(self, pattern):
        """Waits until the pattern appears after what was expected before; gives the match."""
        deadline = time.monotonic() + harness.PATIENCE
        while True:
            if match := re.compile(pattern).search(self.text, self.seen):
                self.seen = match.end()
                return match
            if time.monotonic() > deadline or (self.process.poll() is not None and not self._read(0)):
                raise AssertionError(f"no {pattern!r} in {self.text[self.seen:]!r}")
            self._read(0.1)

    def type(self, text):
        os.write(self.master, text.encode() + b"\r")

    def type_secret(self, text):
        """Types as a person does, who is slower than the program: once the echo is off."""
        deadline = time.monotonic() + harness.PATIENCE
        while termios.tcgetattr(self.slave)[3] & termios.ECHO:
            if time.monotonic() > deadline:
                raise AssertionError(f"asks for a secret with the echo on: {self.text!r}")
            time.sleep(0.01)
        self.type(text)

    def end(self):
        """Waits for the end of the program; gives its exit status."""
        deadline = time.monotonic() + harness.PATIENCE
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"does not end; the screen: {self.text!r}")
            self._read(0.05)
        while self._read(0.05):
            pass
        return self.process.returncode

    def words(self, count, after=None):
        """The numbered words that the program shows next, on a page that begins with what was wrong before."""
        self.expect(re.escape(ALTERNATE_ON))
        if after:
            self.expect(after)
        start = self.seen
        self.expect(rf" {count} [a-z]+\s")
        found = dict(re.findall(r"(?<![0-9])(\d+) ([a-z]+)", self.text[start:self.seen]))
        return [found[str(number)] for number in range(1, count + 1)]

    @property
    def main_screen(self):
        """What stays on the screen and in its history: all but the alternate screen."""
        return re.sub(
            f"{re.escape(ALTERNATE_ON)}.*?{re.escape(ALTERNATE_OFF)}", "", self.text, flags=re.S)


class TerminalTests(unittest.TestCase):
    """One office after another, at a terminal."""

    def setUp(self):
        self.office = harness.Office()
        self.addCleanup(self.office.close)

    def terminal(self, name, *argv):
        terminal = Terminal(self.office, name, *argv)
        self.addCleanup(terminal.close)
        return terminal

    def take_words(self, terminal, wrong_first=False):
        """Lets a program show eight words and types them back."""
        words = terminal.words(8)
        terminal.expect("press return")
        terminal.type("")
        terminal.expect("type the 8 words")
        if wrong_first:
            terminal.type_secret(" ".join(reversed(words)))
            again = terminal.words(8, after=r"word \d is not as shown\s")
            self.assertEqual(again, words, "the same words are shown again")
            terminal.expect("press return")
            terminal.type("")
            terminal.expect("type the 8 words")
        # Four letters of each are enough, here as at every login.
        terminal.type_secret(" ".join(word[:4] for word in words))
        return words

    def init(self, wrong_first=False):
        terminal = self.terminal(
            "carevaultd", "init", "--data", self.office.data, "--operator", "olga", "--shared-uid")
        seal = self.take_words(terminal, wrong_first)
        olga = self.take_words(terminal)
        self.assertEqual(terminal.end(), 0, terminal.text)
        return terminal, seal, olga

    def assert_nothing_stays(self, terminal, words):
        screen = terminal.main_screen
        self.assertNotIn(" ".join(words), screen)
        self.assertLess(sum(re.search(rf"\b{w}\b", screen) is not None for w in words), 3, screen)

    def test_words_from_the_making_of_the_vault_to_a_login(self):
        terminal, seal, olga = self.init()
        self.assertNotEqual(seal, olga)
        self.assert_nothing_stays(terminal, seal)
        self.assert_nothing_stays(terminal, olga)
        self.office.start()

        unseal = self.terminal("carevault", "unseal")
        unseal.expect("words")
        unseal.type_secret(" ".join(seal))
        self.assertEqual(unseal.end(), 0, unseal.text)
        self.assertIn("the vault is unsealed", unseal.text)
        self.assert_nothing_stays(unseal, seal)

        # Four letters of each word are enough.
        login = self.terminal("carevault", "login", "--login", "olga")
        login.expect("words")
        login.type_secret(" ".join(word[:4] for word in olga))
        self.assertEqual(login.end(), 0, login.text)
        self.assertIn("logged in as olga (operator)", login.text)
        self.assertNotIn(" ".join(word[:4] for word in olga), login.text)
        self.assertIn("olga", self.office.client("whoami", login="olga").out)

        # A person enrols with words of their own.
        self.office.enlist("cora")
        enrol = self.terminal(
            "carevault", "enrol", "--login", "cora", "--as", "custodian", "--code-file", "cora.code")
        cora = self.take_words(enrol)
        self.assertEqual(enrol.end(), 0, enrol.text)
        self.assert_nothing_stays(enrol, cora)
        login = self.terminal("carevault", "login", "--login", "cora")
        login.expect("words")
        login.type_secret(" ".join(cora))
        self.assertEqual(login.end(), 0, login.text)

        log = self.office.log_text()
        for words in (seal, olga, cora):
            self.assertNotIn(" ".join(words), log)

    def test_new_words_are_shown_once_and_typed_back(self):
        self.office.found(staff={})
        passwd = self.terminal("carevault", "passwd", "--login", "cora", "--key-file", "cora.key")
        first = self.take_words(passwd)
        self.assertEqual(passwd.end(), 0, passwd.text)
        self.assert_nothing_stays(passwd, first)
        self.assertIn("the old one opens nothing any more", passwd.text)
        old = self.office.client("login", "--key-file", "cora.key", login="cora", check=False)
        self.assertEqual(old.code, 3)

        # Words for words: the present ones are asked for, and count until the end.
        passwd = self.terminal("carevault", "passwd", "--login", "cora")
        passwd.expect("your present secret")
        passwd.type_secret(" ".join(first))
        passwd.words(8)
        passwd.expect("press return")
        os.write(passwd.master, b"\x03")
        self.assertNotEqual(passwd.end(), 0)
        passwd = self.terminal("carevault", "passwd", "--login", "cora")
        passwd.expect("your present secret")
        passwd.type_secret(" ".join(first))
        second = self.take_words(passwd)
        self.assertEqual(passwd.end(), 0, passwd.text)
        self.assertNotEqual(first, second)
        for words, code in ((first, 3), (second, 0)):
            login = self.terminal("carevault", "login", "--login", "cora")
            login.expect("words")
            login.type_secret(" ".join(words))
            self.assertEqual(login.end(), code, login.text)
        for words in (first, second):
            self.assertNotIn(" ".join(words), self.office.log_text())

    def test_words_that_are_not_typed_back_make_no_vault(self):
        terminal = self.terminal(
            "carevaultd", "init", "--data", self.office.data, "--operator", "olga", "--shared-uid")
        terminal.words(8)
        terminal.expect("press return")
        os.write(terminal.master, b"\x03")
        self.assertNotEqual(terminal.end(), 0)
        self.assertEqual(termios.tcgetattr(terminal.slave), terminal.before)
        self.assertFalse((self.office.data / "vault.json").exists())

    def test_a_mistake_in_typing_back_is_forgiven(self):
        self.init(wrong_first=True)
        self.assertTrue((self.office.data / "vault.json").exists())

    def test_a_mistyped_word_is_asked_again_alone_and_never_shown(self):
        _, seal, _ = self.init()
        self.office.start()
        unseal = self.terminal("carevault", "unseal")
        unseal.expect("words")
        unseal.type_secret(" ".join([*seal[:2], "zzqx", *seal[3:]]))
        unseal.expect("word 3 is not one of the list\\s+word 3 again")
        unseal.type_secret(seal[2])
        self.assertEqual(unseal.end(), 0, unseal.text)
        self.assertNotIn("zzqx", unseal.text)
        self.assert_nothing_stays(unseal, seal)

    def test_interrupting_a_secret_restores_the_terminal(self):
        self.office.init()
        self.office.start()
        for number in (b"\x03", b"\x04"):
            with self.subTest(number):
                unseal = self.terminal("carevault", "unseal")
                unseal.expect("words")
                os.write(unseal.master, number)
                self.assertNotEqual(unseal.end(), 0)
                self.assertEqual(termios.tcgetattr(unseal.slave), unseal.before)
        unseal = self.terminal("carevault", "unseal")
        unseal.expect("words")
        unseal.process.send_signal(signal.SIGTERM)
        self.assertNotEqual(unseal.end(), 0)
        self.assertEqual(termios.tcgetattr(unseal.slave), unseal.before)

    def test_a_name_to_search_for_is_asked_for(self):
        self.office.found(staff={"nina": harness.CARE_STAFF["nina"]})
        subject = self.office.add_subject()
        find = self.terminal("carevault", "subject", "find", "--login", "nina")
        find.expect("name")
        find.type("张三")
        self.assertEqual(find.end(), 0, find.text)
        self.assertIn(subject, find.text)


if __name__ == "__main__":
    unittest.main()
