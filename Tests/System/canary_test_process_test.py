"""What the daemon does to its own process: no cores, no new rights, keys in locked memory."""

import os
import resource
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import canary_test_search as search
from kill_test_vault import Vault, identifier

AS_ROOT = os.geteuid() == 0


class ProcessTest(unittest.TestCase):
    """What the daemon does to its own process."""

    def setUp(self):
        self.vault = Vault()
        self.addCleanup(self.vault.close)
        # A limit that would let a core be written.
        soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_CORE, (soft, hard))
        self.vault.make()

    def status(self):
        text = Path(f"/proc/{self.vault.pid}/status").read_text()
        return {
            name: value.strip()
            for name, value in (line.split(":", 1) for line in text.splitlines())}

    def test_limits_and_rights(self):
        limits = Path(f"/proc/{self.vault.pid}/limits")
        if os.access(limits, os.R_OK):
            line = next(
                one for one in limits.read_text().splitlines() if "core file size" in one)
            self.assertEqual(line.split()[4:6], ["0", "0"], line)
        status = self.status()
        self.assertEqual(status["VmSwap"], "0 kB")
        self.assertGreater(int(status["VmLck"].split()[0]), 0, "no key is in locked memory")
        self.assertEqual(status["Umask"], "0077")
        threads = list(Path(f"/proc/{self.vault.pid}/task").iterdir())
        weak = []
        for thread in threads:
            text = (thread / "status").read_text()
            if "NoNewPrivs:\t1" not in text:
                weak.append(text.split("\n", 1)[0].split("\t")[1])
        self.assertEqual(weak, [], f"{len(weak)} of {len(threads)} threads may gain privileges")

    def test_is_not_dumpable(self):
        # The kernel gives the files of a process that is not dumpable to root, so an ordinary
        # owner can no longer read this one.
        if AS_ROOT:
            self.skipTest("root reads everything; as an ordinary user this is judged")
        with self.assertRaises(PermissionError):
            Path(f"/proc/{self.vault.pid}/environ").read_bytes()

    def test_leaves_no_core(self):
        pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
        places = [self.vault.work, self.vault.data, self.vault.root]
        if pattern.startswith("/"):
            places.append(Path(pattern).parent)
        if pattern.startswith("|"):
            places.append(Path("/var/lib/systemd/coredump"))
        nina = self.vault.login("nina")
        nina.ask("Subjects.Add", fields={"names": [{"full": search.text(1)}]},
                 idempotency=identifier())
        for number in (signal.SIGSEGV, signal.SIGABRT, signal.SIGQUIT):
            with self.subTest(signal=number.name):
                self.end_by(number, places)
        nina.close()

    def end_by(self, number, places):
        """Ends the daemon by a signal that usually leaves a core; starts another one then."""
        before = {path for place in places if place.is_dir() for path in place.iterdir()}
        told = self.vault.log.stat().st_size
        try:
            self.assertEqual(self.vault.stop(number), -number)
            after = {path for place in places if place.is_dir() for path in place.iterdir()}
            self.assertEqual([], [str(path) for path in after - before])
            # Registers and stacks in a log are a core by another name.
            said = self.vault.log.read_bytes()[told:]
            self.assertEqual(b"", said, "the daemon's last words are not empty")
        except subprocess.TimeoutExpired:
            said = self.vault.log.read_bytes()[told:]
            self.fail(f"{number.name} does not end the daemon; its log says {said[:300]!r}")
        finally:
            self.vault.start()
            self.vault.unseal()

    def test_the_core_check_can_fail(self):
        """The same signals on a process that does nothing about it leave a core here."""
        pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
        if pattern.startswith(("|", "/")) or resource.getrlimit(resource.RLIMIT_CORE)[0] == 0:
            self.skipTest(f"cores go to {pattern!r} or are limited to nothing here")
        with tempfile.TemporaryDirectory() as folder:
            with subprocess.Popen(["sleep", "60"], cwd=folder) as process:
                time.sleep(0.1)
                process.send_signal(signal.SIGSEGV)
            self.assertTrue(list(Path(folder).iterdir()))

if __name__ == "__main__":
    unittest.main()
