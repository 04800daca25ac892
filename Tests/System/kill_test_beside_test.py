"""Work goes on beside acts of the operator: rotating the storage key, signing statements."""

import threading
import time
import unittest

import harness
from kill_test_load import Budget, Ledger, Worker
from kill_test_vault import Refused, Vault, identifier


class RotationWhileWorkingTest(unittest.TestCase):
    """Writes and reads go on while the storage key is rotated, again and again."""

    ROTATIONS = 5

    def test_nobody_is_refused(self):
        vault = Vault()
        self.addCleanup(vault.close)
        vault.make()
        ledger = Ledger()
        olga = vault.login("olga")
        workers = [
            Worker(vault.login(name), ledger, name, number, Budget(100_000))
            for number, name in enumerate(("nina", "nina", "carl", "mona"))]
        for worker in workers:
            worker.start()
        for _ in range(self.ROTATIONS):
            time.sleep(0.3)
            olga.ask("Keys.RotateStorage", action="start", dry_run=False)
            deadline = time.monotonic() + harness.PATIENCE
            while True:
                rotation = olga.ask("Keys.RotateStorage", action="status", dry_run=False)
                if rotation["rotation"]["state"] == "ready":
                    break
                self.assertLess(time.monotonic(), deadline, f"the walk stands still: {rotation}")
                time.sleep(0.05)
            olga.ask("Keys.RotateStorage", action="complete", dry_run=False)
        for worker in workers:
            worker.budget.left = 0
        for worker in workers:
            worker.join(harness.PATIENCE)
            self.assertIsNone(worker.fault, worker.name)
        refused = sum(worker.refusals["Conflict draft"] for worker in workers)
        writes = sum(
            ledger.acknowledged[name]
            for name in ("Subjects.Add", "Records.Create", "Records.Amend"))
        self.assertGreater(writes, 50)
        self.assertEqual(refused, 0, f"writes refused beside {writes} that were not")
        self.assertNotEqual(vault.status()["health"], "red", vault.status())


class LoginWhileWorkingTest(unittest.TestCase):
    """Logins of somebody who signs statements at the same moment: each sees a whole chain."""

    LOGINS = 150

    def test_login_beside_statements(self):
        vault = Vault()
        self.addCleanup(vault.close)
        vault.make()
        ended = threading.Event()
        fault = []

        def enlist():
            number = 0
            try:
                with vault.login("olga") as olga:
                    while not ended.is_set():
                        number += 1
                        olga.ask(
                            "Directory.Enlist", name=f"p{number}", uid=0,
                            idempotency=identifier())
            except BaseException as error:  # noqa: BLE001 - judged below
                fault.append(error)

        thread = threading.Thread(target=enlist, daemon=True)
        thread.start()
        try:
            for number in range(self.LOGINS):
                try:
                    with vault.login("olga") as wire:
                        wire.ask("Session.Logout")
                except Refused as error:
                    self.fail(f"login {number}: {error}")
        finally:
            ended.set()
            thread.join(harness.PATIENCE)
        self.assertEqual(fault, [])

if __name__ == "__main__":
    unittest.main()
