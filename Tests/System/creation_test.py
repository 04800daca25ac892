"""`carevaultd init` asks at a terminal for what the command line did not say."""

import os
import unittest

import harness
import terminal_test


class CreationTests(unittest.TestCase):
    """A person who makes a vault for the first time."""

    terminal = terminal_test.TerminalTests.terminal
    take_words = terminal_test.TerminalTests.take_words

    def setUp(self):
        self.office = harness.Office()
        self.addCleanup(self.office.close)

    def answer(self, terminal, question, *answers):
        """Answers a question, with wrong answers before the right one."""
        for text in answers:
            terminal.expect(question)
            terminal.type(text)

    def asked(self, confirmed):
        """The whole dialogue up to the confirmation, with a mistake at each question."""
        terminal = self.terminal("carevaultd", "init")
        self.answer(terminal, r"directory of the vault \[/var/lib/carevault\]:", "relative")
        terminal.expect("a directory begins with /")
        self.answer(terminal, "directory of the vault", str(self.office.data))
        self.answer(terminal, "name of the first operator:", "")
        terminal.expect("1 to 128 bytes")
        self.answer(terminal, "name of the first operator:", "奥尔加")
        self.answer(terminal, "account of the first operator", "nobody-of-this-name")
        terminal.expect("there is no account nobody-of-this-name")
        self.answer(terminal, "account of the first operator", str(os.getuid()))
        self.answer(terminal, "accounts that may unseal", "")
        if os.getuid() == 0:
            self.answer(terminal, "account of the service", "root")
        terminal.expect("first operator:")
        terminal.expect("奥尔加")
        self.answer(terminal, r"make this vault\? \[yes/no\]", "", "yes" if confirmed else "no")
        return terminal

    def test_a_vault_is_made_by_answering(self):
        terminal = self.asked(confirmed=True)
        seal = self.take_words(terminal)
        self.take_words(terminal)
        self.assertEqual(terminal.end(), 0, terminal.text)
        self.assertIn("carevaultd run --data", terminal.text)
        self.assertEqual(self.office.data.stat().st_mode & 0o777, 0o700)
        self.office.start()
        unseal = self.terminal("carevault", "unseal")
        unseal.expect("words")
        unseal.type_secret(" ".join(seal))
        self.assertEqual(unseal.end(), 0, unseal.text)

    def test_no_makes_nothing(self):
        terminal = self.asked(confirmed=False)
        self.assertEqual(terminal.end(), 2, terminal.text)
        self.assertIn("nothing was made", terminal.text)
        self.assertFalse(self.office.data.exists())

    def test_a_bad_name_makes_nothing(self):
        result = self.office.carevaultd(
            "init", "--data", self.office.data, "--operator", " olga", "--seal-key-file", "s.key",
            "--operator-key-file", "o.key")
        self.assertEqual(result.code, 2)
        self.assertFalse(self.office.data.exists())
        self.assertFalse(self.office.path("s.key").exists())

    @unittest.skipUnless(os.getuid() == 0, "only root hands files over")
    def test_root_hands_the_files_over(self):
        self.office.carevaultd(
            "init", "--data", self.office.data, "--operator", "olga", "--seal-key-file", "s.key",
            "--operator-key-file", "o.key", "--owner", "daemon")
        owners = {path.stat().st_uid for path in [self.office.data, *self.office.data.iterdir()]}
        self.assertEqual(len(owners), 1)
        self.assertNotEqual(owners, {0})
        # An empty directory of another account stays that account's, also after a failure.
        other = self.office.root / "other"
        other.mkdir(mode=0o700)
        os.chown(other, *[*owners] * 2)
        result = self.office.carevaultd(
            "init", "--data", other, "--operator", "olga", "--seal-key-file", "s.key",
            "--operator-key-file", "o2.key")
        self.assertEqual(result.code, 1)
        self.assertEqual({other.stat().st_uid}, owners)
        result = self.office.carevaultd(
            "init", "--data", other, "--operator", "olga", "--seal-key-file", "s2.key",
            "--operator-key-file", "o2.key")
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual({path.stat().st_uid for path in other.iterdir()}, owners)


if __name__ == "__main__":
    unittest.main()
