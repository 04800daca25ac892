"""A disk that is full, that fails, and that is told to keep what was written.

Filling a disk takes a small tmpfs of its own, and failing calls take a tracer: both as root only,
and left out with a printed reason otherwise.
"""

import collections
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import harness
from disk_test_trace import Calls, Failing
from kill_test_load import Budget, Ledger, Open, Trail, Worker, same
from kill_test_vault import Disconnected, Refused, Vault, identifier

AS_ROOT = os.geteuid() == 0
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
LAST_LINES = []


def say(line):
    LAST_LINES.append(line)


def tearDownModule():
    for line in LAST_LINES:
        print(f"disk test: {line}", flush=True)


def needs_root(reason):
    if not AS_ROOT:
        say(f"left out, not root: {reason}")
    return unittest.skipUnless(AS_ROOT, reason)


class Clerk(Worker):
    """One person at one connection, one write at a time; notes what is refused and goes on."""

    def __init__(self, vault, ledger, seed):
        super().__init__(vault.login("nina"), ledger, "nina", seed, Budget(0))
        self.vault = vault
        self.errors = collections.Counter()

    def attempt(self, method, parameters):
        """One write. Gives None, or the error; what is refused stays in the ledger's open list."""
        request = Open(
            self.login, method, dict(parameters, idempotency=identifier(self.source)),
            parameters.get("record"))
        self.ledger.open.append(request)
        try:
            reply = self.wire.ask(method, **request.parameters)
        except Refused as error:
            self.errors[f"{method} {error.name}"] += 1
            request.error = error
            return error
        self.ledger.settle(request, reply)
        self.ledger.open.remove(request)
        return None

    def create(self, long=False):
        subject = self.ledger.pick_subject(self.source)
        if subject is None:
            return self.attempt("Subjects.Add", {"fields": self.person()})
        body = self.body()
        if long:
            body["summary"] = self.text("记录") * 900
        return self.attempt(
            "Records.Create", {"subject": subject.id, "kind": self.kind, "body": body})

    def look(self):
        """One read. Gives None, or the error."""
        try:
            self.read()
        except Refused as error:
            self.errors[f"read {error.name}"] += 1
            return error
        return None


class DiskTest(unittest.TestCase):
    def make(self, data=None):
        self.vault = Vault(data=data)
        self.addCleanup(self.vault.close)
        self.ledger = Ledger()
        self.trail = Trail()
        self.vault.make()
        self.clerk = Clerk(self.vault, self.ledger, SEED)
        for _ in range(20):
            self.assertIsNone(self.clerk.create())

    def last_words(self):
        text = self.vault.log_text()
        start = text.find("Fatal error")
        return text[start:start + 300] if start >= 0 else text[-300:]

    def wait_for(self, what, condition):
        deadline = time.monotonic() + harness.PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), deadline, f"waited in vain for: {what}")
            time.sleep(0.1)

    def check_everything(self):
        """Everything acknowledged is readable and stands in the log, each effect once."""
        with self.vault.login("aude") as aude:
            self.trail.extend(aude, self)
        with self.vault.login("nina") as nina:
            for key, record in self.ledger.records.items():
                for version, body in enumerate(record.versions, 1):
                    document = nina.ask(
                        "Records.Get", subject=record.subject, record=key, version=version)
                    self.assertTrue(same(document["document"]["body"], body), key)
        with self.vault.login("aude") as aude:
            self.trail.extend(aude, self)
        for key, record in self.ledger.records.items():
            self.assertEqual(self.trail.effects["record.create", key], 1, f"entries of {key}")
        for (action, what), count in self.ledger.shown.items():
            self.assertGreaterEqual(self.trail.shown[action, what], count, f"{action} of {what}")

    def settle_open(self):
        """Retries what was refused, under the same id: each happens once, or had happened."""
        requests, self.ledger.open = self.ledger.open, []
        with self.vault.login("nina") as nina:
            for request in requests:
                reply = nina.ask(request.method, **request.parameters)
                self.ledger.settle(request, reply)
            known = collections.defaultdict(set)
            for key, record in self.ledger.records.items():
                known[record.subject].add(key)
            for subject, keys in known.items():
                listed, cursor = [], {}
                while True:
                    page = nina.ask("Records.List", subject=subject, limit=100, **cursor)
                    listed += [one["record"] for one in page["records"]]
                    if not page.get("cursor"):
                        break
                    cursor = {"cursor": page["cursor"]}
                self.assertEqual(sorted(listed), sorted(keys), "a refused write left something")
        return len(requests)

    def restart_and_check(self):
        self.clerk.wire.close()
        self.assertEqual(self.vault.stop(signal.SIGTERM), 0)
        self.vault.start()
        self.vault.unseal()
        self.assertNotEqual(self.vault.status()["health"], "red")
        self.check_everything()


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


@needs_root("failing system calls are injected by a tracer")
@unittest.skipUnless(shutil.which("strace"), "no strace")
class FailingDiskTest(DiskTest):
    """Calls on one of the files fail for a while: typed errors or a self-seal, and nothing
    acknowledged is lost."""

    def test_failures(self):
        for file in ("vault.db-wal", "audit.db-wal"):
            for what in (
                    "fdatasync:error=EIO", "pwrite64:error=EIO", "pwrite64:error=ENOSPC"):
                with self.subTest(file=file, what=what):
                    self.fail_for_a_while(file, what)

    def fail_for_a_while(self, file, what):
        self.make()
        answers = collections.Counter()
        output = self.vault.root / "inject"
        with Failing(self.vault.pid, what, self.vault.data / file, output) as failing:
            self.use(answers)
            injected = failing.injected()
        self.assertGreater(injected, 0, "nothing failed, so nothing was tested")
        state = self.vault.status()
        # The disk works again. What sealed itself is unsealed, everything else goes on by itself.
        if state["state"] == "sealed":
            self.vault.unseal()
        self.clerk.wire.close()
        errors, self.clerk = self.clerk.errors, Clerk(self.vault, self.ledger, SEED + 1)
        self.wait_for("writes go on", lambda: self.clerk.create() is None)
        self.wait_for(
            "health is no longer red", lambda: self.vault.status()["health"] != "red")
        retried = self.settle_open()
        self.check_everything()
        # A death right after: what the daemon holds is what is on the disk.
        self.clerk.wire.close()
        self.vault.stop(signal.SIGKILL)
        self.vault.start()
        self.vault.unseal()
        self.check_everything()
        say(f"{what} on {file}: {injected} failed calls; {dict(errors)}; then {state['state']}, "
            f"{state['health']}; {retried} retried")
        self.vault.close()

    def test_many_writes_wait_for_their_entries(self):
        """Several writes are stored, and none of their entries can be: once the log works again,
        each entry stands in it once."""
        most = 0
        # The daemon tries again every second: before the first of those, or after some.
        for pause in (0.1, 2.5, 0.1):
            self.make()
            output = self.vault.root / "inject"
            what = "pwrite64:error=EIO"
            wires = [self.vault.login("nina") for _ in range(4)]
            with Failing(self.vault.pid, what, self.vault.data / "audit.db-wal", output):
                pending = self.burst(wires)
                time.sleep(pause)
            # A slow disk: what is tried a second time meanwhile meets what is under way.
            slow = Failing(
                self.vault.pid, "fdatasync:delay_enter=300000",
                self.vault.data / "audit.db-wal", output)
            try:
                with slow:
                    self.wait_for("writes go on", lambda: self.clerk.create() is None)
            except Disconnected:
                self.fail(f"the daemon ended: {self.last_words()}")
            self.settle_open()
            self.check_everything()
            with self.vault.login("aude") as aude:
                names = [entry["entry"] for entry in aude.ask("Audit.Tail", limit=1000)["entries"]]
            self.assertEqual(len(names), len(set(names)), "an entry stands in the log twice")
            self.vault.close()
            most = max(most, pending)
        self.assertGreater(most, 1, "the writes did not meet")
        say(f"{most} writes at once whose entries could not be written: each has one now")

    def burst(self, wires):
        """Sends many writes at once over several connections; counts those that are stored without
        an entry."""
        subject = self.ledger.pick_subject(self.clerk.source)
        sent = []
        for wire in wires:
            for _ in range(6):
                request = Open("nina", "Records.Create", {
                    "subject": subject.id, "kind": self.clerk.kind, "body": self.clerk.body(),
                    "idempotency": identifier(self.clerk.source)})
                self.ledger.open.append(request)
                sent.append((wire, request))
        for wire, request in sent:
            wire.begin(request.method, request.parameters)
        pending = 0
        for wire, request in sent:
            try:
                reply = wire.answer(request.method)
                self.ledger.settle(request, reply)
                self.ledger.open.remove(request)
            except Refused as error:
                self.assertIn(error.name, ("Unavailable", "OutcomePending"))
                pending += error.name == "OutcomePending"
        return pending

    def use(self, answers):
        """Writes and reads for a while; every answer is typed, and the daemon lives."""
        for turn in range(12):
            try:
                error = self.clerk.create()
                read = self.clerk.look()
            except Disconnected:
                self.fail(f"the daemon ended: {self.last_words()}")
            for one in (error, read):
                if one:
                    self.assertIn(
                        one.name,
                        ("Unavailable", "OutcomePending", "Sealed", "LoginNeeded",
                         "TooManyRequests"), one)
                    answers[one.name] += 1
            if turn % 4 == 3:
                time.sleep(1.1)


if __name__ == "__main__":
    unittest.main()
