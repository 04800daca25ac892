"""`carevaultd init` asks at a terminal for what the command line did not say."""

import json
import os
import re
import resource
import signal
import subprocess
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

    def shown(self, *argv):
        """A creation that has come to the words of the seal secret."""
        terminal = self.terminal(
            "carevaultd", "init", "--data", self.office.data, "--operator", "olga", "--shared-uid", *argv)
        terminal.words(8)
        terminal.expect("press return")
        return terminal

    def test_what_ends_a_creation_leaves_nothing(self):
        """^C, a terminal that is closed, a signal: each in turn at the words, in a directory that was not there."""
        ends = {
            "^C": lambda terminal: os.write(terminal.master, b"\x03"),
            "hang-up": lambda terminal: terminal.process.send_signal(signal.SIGHUP),
            "SIGTERM": lambda terminal: terminal.process.send_signal(signal.SIGTERM),
        }
        for name, end in ends.items():
            with self.subTest(name):
                terminal = self.shown("--seal-key-file", "s.key") if name == "SIGTERM" else self.shown()
                self.assertTrue((self.office.data / "vault.db").exists())
                end(terminal)
                self.assertNotEqual(terminal.end(), 0)
                self.assertFalse(self.office.data.exists())
                self.assertFalse(self.office.path("s.key").exists())
        self.office.init()

    @unittest.skipUnless(os.getuid() == 0, "only root hands files over")
    def test_an_ended_creation_gives_the_directory_back(self):
        self.office.data.mkdir(mode=0o700)
        os.chown(self.office.data, 1, 2)
        for _ in range(2):
            terminal = self.shown()
            self.assertEqual(self.office.data.stat().st_uid, 0)
            os.write(terminal.master, b"\x03")
            self.assertNotEqual(terminal.end(), 0)
            self.assertEqual([*self.office.data.iterdir()], [])
            found = self.office.data.stat()
            self.assertEqual((found.st_uid, found.st_gid), (1, 2))

    def test_a_full_disk_leaves_nothing(self):
        """The reserve is what takes most; a limit on the size of files stands for the disk."""
        def limited():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

        argv = ["init", "--data", self.office.data, "--operator", "olga", "--seal-key-file", "s.key",
                "--operator-key-file", "o.key"]
        result = subprocess.run(
            [self.office._program("carevaultd"), *argv], cwd=self.office.work, env=self.office._environment({}),
            preexec_fn=limited, restore_signals=False, capture_output=True, text=True)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("reserve", result.stderr)
        self.assertFalse(self.office.data.exists())
        self.assertFalse(self.office.path("s.key").exists() or self.office.path("o.key").exists())
        self.assertEqual(self.office.carevaultd(*argv).code, 0)

    def test_what_a_killed_creation_leaves_is_recognised(self):
        terminal = self.shown()
        terminal.process.kill()
        terminal.end()
        argv = ["init", "--data", self.office.data, "--operator", "olga", "--seal-key-file", "s.key",
                "--operator-key-file", "o.key"]
        refused = self.office.carevaultd(*argv)
        self.assertEqual(refused.code, 1)
        self.assertIn("only what an interrupted carevaultd init leaves", refused.err)
        doctor = self.office.carevaultd("doctor", "--data", self.office.data)
        self.assertIn("only what an interrupted carevaultd init leaves", doctor.out)
        remedy = re.search(r"again: (cd .* && rm .*)", refused.err).group(1)
        self.assertIn(remedy, doctor.out)
        subprocess.run(["sh", "-c", remedy], check=True)
        self.assertEqual(self.office.carevaultd(*argv).code, 0)

    @unittest.skipUnless(os.getuid() == 0, "only root hands files over")
    def test_a_vault_of_another_account_is_run_as_that_account(self):
        self.office.carevaultd(
            "init", "--data", self.office.data, "--operator", "olga", "--seal-key-file", "s.key",
            "--operator-key-file", "o.key", "--owner", "daemon")
        refused = self.office.carevaultd("run", "--data", self.office.data)
        self.assertEqual(refused.code, 1)
        self.assertIn(f"{self.office.data} belongs to daemon", refused.err)
        self.assertIn(f"runuser -u daemon -- carevaultd run --data {self.office.data}", refused.err)
        self.assertNotIn("chown", refused.err)

    def made(self, *argv, **options):
        return self.office.carevaultd(
            "init", "--data", self.office.data, "--operator", "olga", *argv, **options)

    def test_a_key_file_beside_the_vault_is_refused(self):
        for names in (("{}/s.key", "o.key"), ("s.key", "{}/o.key"), ("{}/../data/s.key", "o.key")):
            seal, own = (name.format(self.office.data) for name in names)
            refused = self.made("--seal-key-file", seal, "--operator-key-file", own)
            self.assertEqual(refused.code, 2, refused)
            self.assertIn("would lie in the directory of the vault", refused.err)
            self.assertFalse(self.office.data.exists())
        self.assertEqual(self.made("--seal-key-file", "s.key", "--operator-key-file", "o.key").code, 0)

    @unittest.skipUnless(os.getuid() == 0, "only root hands files over")
    def test_a_key_file_is_given_to_whoever_uses_it(self):
        owner = lambda name: self.office.path(name).stat().st_uid
        made = self.made("--seal-key-file", "s.key", "--operator-key-file", "o.key", "--operator-uid", "daemon")
        self.assertEqual(made.code, 0, made)
        self.assertEqual((owner("s.key"), owner("o.key")), (1, 1))
        self.assertEqual(self.office.path("o.key").stat().st_mode & 0o777, 0o400)
        self.office.data = self.office.root / "second"
        made = self.made("--seal-key-file", "s2.key", "--operator-key-file", "o2.key", "--operator-uid", "1",
                         "--unseal-uid", "daemon", "--unseal-uid", "2")
        self.assertEqual(made.code, 0, made)
        self.assertEqual((owner("s2.key"), owner("o2.key")), (0, 1))
        refused = self.made("--seal-key-file", "s3.key", "--operator-key-file", "o3.key",
                            "--operator-uid", "nobody-of-this-name")
        self.assertEqual(refused.code, 2)

    @unittest.skipUnless(os.getuid() == 0, "only root hands files over")
    def test_the_doctor_looks_at_the_seal_key_file(self):
        self.made("--seal-key-file", "s.key", "--operator-key-file", "o.key", "--owner", "daemon",
                  "--operator-uid", "2", "--unseal-uid", "1")
        key = self.office.path("s.key")

        def told(path):
            self.office.write("settings.json", json.dumps({"seal_key_file": str(path)}))
            doctor = self.office.carevaultd(
                "doctor", "--data", self.office.data, "--settings", "settings.json", "--json")
            return next(check for check in doctor.json["checks"] if check["code"] == "seal_key")

        self.assertEqual(told(key)["health"], "green")
        key.chmod(0o644)
        self.assertIn("mode 0644 instead of 0400", told(key)["finding"])
        self.assertEqual(told(key)["remedy"], f"chmod 0400 {key}")
        key.chmod(0o400)
        os.chown(key, 2, -1)
        self.assertIn("does not belong to daemon", told(key)["finding"])
        os.chown(key, 1, -1)
        inside = self.office.data / "s.key"
        inside.write_bytes(key.read_bytes())
        inside.chmod(0o400)
        self.assertIn("lies in the data directory", told(inside)["finding"])
        inside.unlink()
        self.assertIn("no such file", told(inside)["finding"])
        # The account of the service was not named: nothing that can be mended by the file.
        self.office.data = self.office.root / "second"
        self.made("--seal-key-file", "s2.key", "--operator-key-file", "o2.key", "--owner", "daemon",
                  "--operator-uid", "2")
        os.chown(self.office.path("s2.key"), 1, -1)
        self.assertIn("daemon (uid 1) is not among the accounts", told(self.office.path("s2.key"))["finding"])

    @unittest.skipUnless(os.getuid() == 0, "only root makes directories of another group")
    def test_a_socket_directory_of_another_group_is_told(self):
        self.made("--seal-key-file", "s.key", "--operator-key-file", "o.key")
        folder = self.office.root / "desk"
        folder.mkdir(mode=0o750)
        folder.chmod(0o750)
        os.chown(folder, 0, 2)
        places = ("--data", self.office.data, "--socket", folder / "s", "--group", "daemon")
        refused = self.office.carevaultd("run", *places)
        self.assertEqual(refused.code, 1)
        self.assertIn(f"{folder} of the socket belongs to the group bin", refused.err)
        self.assertIn(f"chgrp daemon {folder}", refused.err)
        self.assertIn(f"chgrp daemon {folder}", self.office.carevaultd("doctor", *places).out)
        os.chown(folder, 0, 1)
        self.assertNotIn("chgrp", self.office.carevaultd("doctor", *places).out)
        numbered = self.office.carevaultd("doctor", "--data", self.office.data, "--group", "7100").out
        self.assertIn("--group names the group 7100, which is not there", numbered)
        self.assertNotIn("groupadd", numbered)

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
