"""A disk that is full, and one that is told to keep what was written.

Filling a disk takes a small tmpfs of its own: as root only, and left out with a printed reason
otherwise.
"""

import collections
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import harness
from disk_test_clerk import (
    AS_ROOT, SEED, Clerk, DiskTest, needs_root, print_last_lines, say)
from disk_test_trace import Calls
from kill_test_load import Ledger
from kill_test_vault import Refused, Vault


def tearDownModule():
    print_last_lines()


@needs_root("a full disk needs a small tmpfs of its own")
class FullDiskTest(DiskTest):
    SIZE = 64 << 20

    def setUp(self):
        self.disk = Path(tempfile.mkdtemp(prefix="cv-disk-"))
        self.addCleanup(shutil.rmtree, self.disk, ignore_errors=True)
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"mode=0700,size={self.SIZE}", "carevault", self.disk],
            check=True)
        self.addCleanup(subprocess.run, ["umount", "-l", self.disk], check=True)
        self.make(self.disk / "data")

    def fill(self):
        """Takes every byte that is left; gives how many those were."""
        taken = 0
        with (self.disk / f"filler-{time.monotonic_ns()}").open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 512):
                try:
                    while True:
                        taken += file.write(bytes(size))
                except OSError:
                    pass
        return taken

    def empty(self):
        for path in self.disk.glob("filler-*"):
            path.unlink()

    def test_full_disk(self):
        print(f"\ndisk test: seed {SEED}", flush=True)
        reserve = self.vault.data / "reserve"
        self.assertTrue(reserve.exists())
        self.fill()
        self.write_until_refused()
        self.assertEqual(self.vault.status()["health"], "red")
        self.assertTrue(self.vault.status()["findings"])
        # The reserve is given back, so that the log can say what is done about it ...
        self.wait_for("the reserve is given back", lambda: not reserve.exists())
        self.wait_for("the operator gets in", self.operator_works)
        self.assertIsNone(self.clerk.look(), "reads do not go on with the reserve given back")
        # ... and when that is used up too, nothing is answered without an entry.
        self.use_up()
        self.assertEqual(self.vault.status()["health"], "red")
        before = dict(self.clerk.errors)
        self.empty()
        self.resume()
        self.wait_for("the reserve is made anew", reserve.exists)
        retried = self.settle_open()
        self.check_everything()
        self.restart_and_check()
        say(f"full disk: {before} while full; {retried} refused writes retried, "
            f"{len(self.ledger.records)} records, {len(self.trail.entries)} entries")

    def operator_works(self):
        """Whether what an operator does, and its entries, is possible. For a second after a failure
        of the log the daemon refuses it unseen."""
        try:
            with self.vault.login("olga") as olga:
                olga.ask("Keys.GetKeyStatus")
        except Refused as error:
            self.assertEqual(error.name, "Unavailable", error)
            return False
        return True

    def write_until_refused(self):
        for _ in range(1000):
            error = self.clerk.create(long=True)
            if error:
                self.check_error(error)
                return
            self.fill()
        self.fail("a full disk refuses nothing")

    def check_error(self, error):
        self.assertIn(error.name, ("Unavailable", "OutcomePending"), error)
        if error.name == "Unavailable":
            self.assertTrue(error.parameters["cause"] and error.parameters["remedy"], error)

    def use_up(self):
        """Fills and writes until nothing fits, then a while longer: every answer is typed."""
        refused = 0
        for turn in range(400):
            self.fill()
            if turn % 20 == 0:
                # So that the failure of the last second does not answer for the disk.
                time.sleep(1.1)
            error = self.clerk.create(long=True)
            if error:
                refused += 1
                self.check_error(error)
            error = self.clerk.look()
            if error:
                self.assertEqual(error.name, "Unavailable", error)
            if refused >= 60:
                return
        self.assertGreater(refused, 10, "a full disk refuses nothing")

    def resume(self):
        """Space is there again: the service goes on by itself, unsealed, without a restart."""
        self.wait_for("writes go on", lambda: self.clerk.create() is None)
        self.wait_for("reads go on", lambda: self.clerk.look() is None)
        self.wait_for("health is no longer red", lambda: self.vault.status()["health"] != "red")
        self.assertEqual(self.vault.status()["state"], "unsealed")

    def test_full_disk_at_a_start(self):
        """A daemon that is started on a full disk says so, typed, or serves; it does not lose."""
        self.clerk.wire.close()
        self.vault.stop(signal.SIGKILL)
        self.fill()
        try:
            self.vault.start()
            started = True
        except harness.CommandFailed as error:
            started = False
            self.assertIn(str(self.vault.data), str(error))
        if started:
            try:
                self.vault.unseal()
                outcome = "unsealed"
            except Refused as error:
                self.assertIn(error.name, ("Unavailable", "IntegrityFailure"), error)
                outcome = f"refused to unseal: {error}"
            self.assertEqual(self.vault.stop(signal.SIGTERM), 0)
        say(f"start on a full disk: {outcome if started else 'refused'}")
        self.empty()
        self.vault.start()
        self.vault.unseal()
        self.check_everything()


class SyncTest(DiskTest):
    WRITES = 50

    def test_every_acknowledged_write_is_synced(self):
        """One after the other, each write makes at least one sync of either file."""
        if not shutil.which("strace"):
            say("syncs not counted: no strace here")
            self.skipTest("no strace")
        self.vault = Vault()
        self.addCleanup(self.vault.close)
        self.vault.init()
        output = self.vault.root / "trace"
        self.vault.start(wrapper=(
            "strace", "-f", "-ttt", "-qq", "-o", output, "-e",
            "trace=openat,fdatasync,fsync,pwrite64"))
        self.vault.unseal()
        self.vault.found({"nina": harness.CARE_STAFF["nina"]})
        ledger = Ledger()
        clerk = Clerk(self.vault, ledger, SEED)
        clerk.create()
        start = time.time()
        for _ in range(self.WRITES):
            self.assertIsNone(clerk.create())
        end = time.time()
        clerk.wire.close()
        self.vault.stop()
        counts = Calls(output).by_file(start, end)
        files = ("vault.db-wal", "audit.db-wal")
        if not AS_ROOT:
            # Without names: the two that are written to most.
            writes = collections.Counter()
            for (name, file), count in counts.items():
                writes[file] += count if name == "pwrite64" else 0
            files = [file for file, _ in writes.most_common(2)]
            say("not root, so the files have no names in the trace")
        self.assertEqual(len(files), 2, counts)
        figures = {}
        for file in files:
            figures[file] = counts["fdatasync", file] + counts["fsync", file]
            self.assertGreaterEqual(counts["pwrite64", file], self.WRITES)
            self.assertGreaterEqual(figures[file], self.WRITES, f"syncs of {file}: {counts}")
        say(f"syncs for {self.WRITES} acknowledged writes in a row: {figures}")


if __name__ == "__main__":
    unittest.main()
