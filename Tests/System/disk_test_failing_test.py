"""A disk that fails for a while: calls on one of the files are made to fail by a tracer."""

import collections
import shutil
import signal
import time
import unittest

from disk_test_clerk import SEED, Clerk, DiskTest, needs_root, print_last_lines, say
from disk_test_trace import Failing
from kill_test_load import Open
from kill_test_vault import Disconnected, Refused, identifier


def tearDownModule():
    print_last_lines()


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
        errors = self.clerk.errors
        self.wait_for("a login", self.logged_in_anew)
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

    def logged_in_anew(self):
        """Whether the clerk could log in: a login is a write, refused until the log was tried again."""
        try:
            self.clerk = Clerk(self.vault, self.ledger, SEED + 1)
        except Refused as error:
            self.assertEqual(error.name, "Unavailable")
            return False
        return True

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
