"""SIGKILL at seeded moments under a mixed load, again and again, on one and the same vault.

After every death the vault is started, unsealed (which compares store and log) and asked:
nothing acknowledged may be missing, in the files or in the log; what was not acknowledged happened
wholly or not at all, and its retry under the same idempotency id happens once.

KILLS=50 for the full run (default 6), SEED=number to repeat one.
"""

import collections
import os
import random
import signal
import threading
import time
import unittest

import kill_test_moment as moment
from kill_test_load import Budget, Ledger, Operator, Trail, Worker
from kill_test_questions import Questions
from kill_test_vault import Disconnected, Refused, Vault

KILLS = int(os.environ.get("KILLS", "6"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
# One `Tail` shows 1000 entries: a round makes fewer, with room for what the checks add.
ROUND = 600


class KillTest(Questions, unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        self.source = random.Random(SEED)
        self.ledger = Ledger()
        self.trail = Trail()
        self.vault = Vault()
        self.addCleanup(self.vault.close)
        self.within = collections.Counter()
        self.kills = 0
        self.uncounted = 0
        self.refused = 0
        self.retried = collections.Counter()
        self.rotating = False
        self.rotations = 0
        self.verifies = False

    def test_nothing_acknowledged_is_lost(self):
        print(f"\nkill test: seed {SEED}, {KILLS} kills", flush=True)
        try:
            self.vault.make()
            self.seed_files()
            self.look_at_log()
            while self.kills < KILLS:
                self.round()
            self.finish()
        finally:
            self.report()
        self.check_figures()

    # MARK: One round

    def round(self):
        """Load, death at a seeded moment, restart, questions."""
        number = self.kills + 1
        if number % 10 == 1:
            print(f"kill test: {number - 1} kills so far", flush=True)
        has_rotation = self.source.random() < 0.3
        # Logged in before: a login beside other acts of hers is a test of its own.
        olga = self.vault.login("olga")
        workers = self.start_load()
        longest = 0.45
        if has_rotation:
            time.sleep(self.source.uniform(0.02, 0.2))
            workers.append(self.rotate(olga))
            # Within the steps of its start or end, or in the walk.
            longest = self.source.choice((0.03, 0.1, 0.45))
        # Between the first answers and the end of the load.
        time.sleep(self.source.uniform(0, 0.02) + self.source.uniform(0, longest))
        where = moment.kill_here(self.vault.pid)
        self.vault.stop(signal.SIGKILL)
        self.kills += 1
        if where is None:
            self.uncounted += 1
        for what in set(where or []):
            self.within[what] += 1
        self.within["kills"] += bool(where)
        self.join(workers)
        olga.close()
        self.start_again(number)
        if has_rotation:
            self.note_rotation()
        self.settle_open()
        self.look_at_log()
        self.check_recent()
        self.look_at_log()
        extra = self.source.random()
        if extra < 0.15:
            self.die_sealed()
        elif extra < 0.25:
            self.end_politely()
        elif extra < 0.35:
            self.die_unsealing()
        elif extra < 0.5 and self.rotating:
            self.complete_rotation()

    def start_load(self):
        budget = Budget(ROUND)
        workers = []
        for login in ("nina", "nina", "nina", "carl", "mona"):
            wire = self.vault.login(login)
            workers.append(
                Worker(wire, self.ledger, login, self.source.getrandbits(64), budget))
        if self.source.random() < 0.5:
            wire = self.vault.login("olga")
            workers.append(Operator(wire, self.ledger, self.source.getrandbits(64)))
        for worker in workers:
            worker.start()
        return workers

    def join(self, workers):
        for worker in workers:
            worker.join(60)
            self.assertFalse(worker.is_alive(), f"{worker.name} hangs")
            self.refused += getattr(worker, "refusals", {}).get("Conflict draft", 0)
            if worker.fault is not None:
                raise AssertionError(f"{worker.name}: {worker.fault!r}") from worker.fault

    def start_again(self, number):
        self.vault.start()
        status = self.vault.status()
        self.assertEqual(status["state"], "sealed")
        try:
            self.vault.unseal()
        except Refused as error:
            self.fail(f"after kill {number} the vault does not open: {error}")
        self.assertNotEqual(self.vault.status()["health"], "red")
        self.verify()

    def verify(self):
        if self.verifies:
            with self.vault.login("aude") as aude:
                last = list(aude.stream("Audit.VerifyLive"))[-1]
            self.assertEqual(last.get("verdict"), "valid", last)

    # MARK: Other ends

    def die_sealed(self):
        """Killed while sealed, before any unseal: its entries of the sealed state stay."""
        with self.vault.login("olga") as olga:
            olga.ask("Vault.Seal")
        self.assertEqual(self.vault.status()["state"], "sealed")
        with self.assertRaises(Refused) as caught, self.vault.connect() as wire:
            wire.ask("Vault.Unseal", secret=self.vault.keys["nina"], form="keyfile")
        self.assertEqual(caught.exception.name, "WrongSecret")
        # An entry of the sealed state is durable within a second.
        time.sleep(1.1)
        before = self.vault.status()["log_entries"]
        self.vault.stop(signal.SIGKILL)
        self.vault.start()
        self.assertGreaterEqual(self.vault.status()["log_entries"], before)
        self.vault.unseal()
        self.verify()
        self.look_at_log()
        self.retried["killed while sealed"] += 1

    def end_politely(self):
        """SIGTERM under load: the answers that are given are kept, the daemon ends with 0."""
        workers = self.start_load()
        time.sleep(self.source.uniform(0.02, 0.3))
        self.assertEqual(self.vault.stop(signal.SIGTERM), 0)
        self.join(workers)
        self.start_again("SIGTERM")
        self.settle_open()
        self.look_at_log()
        self.check_recent()
        self.retried["ended by SIGTERM"] += 1

    def die_unsealing(self):
        """Killed somewhere in the unseal, several times: recovery can be taken again."""
        for _ in range(3):
            self.vault.stop(signal.SIGKILL)
            self.vault.start()
            thread = threading.Thread(target=self.try_unseal, daemon=True)
            thread.start()
            time.sleep(self.source.uniform(0, 0.06))
            moment.kill_here(self.vault.pid)
            self.vault.stop(signal.SIGKILL)
            thread.join(30)
            self.vault.start()
        self.vault.unseal()
        self.verify()
        self.look_at_log()
        self.retried["killed in the unseal"] += 3

    def try_unseal(self):
        try:
            self.vault.unseal()
        except (Disconnected, Refused):
            pass

    # MARK: Rotation of the storage key

    def rotate(self, olga):
        """Begins a rotation, or ends the one that runs; the daemon may die in the midst of it."""
        action = "complete" if self.rotating else "start"
        self.retried[f"rotation: {action} under load"] += 1
        thread = threading.Thread(target=self.ask_rotation, args=(olga, action), daemon=True)
        thread.fault = None
        thread.start()
        return thread

    def ask_rotation(self, olga, action):
        try:
            olga.ask("Keys.RotateStorage", action=action, dry_run=False)
        except Disconnected:
            pass
        except Refused as error:
            # Ending one is refused while its walk is not over.
            if action == "start" or error.name not in ("Conflict", "Unavailable"):
                threading.current_thread().fault = error

    def note_rotation(self):
        """Where a rotation stands after a death: before its start, between, or after its end."""
        with self.vault.login("olga") as olga:
            rotation = olga.ask(
                "Keys.RotateStorage", action="status", dry_run=False)["rotation"]
            epochs = olga.ask("Keys.GetKeyStatus")["epochs"]
        was = self.rotating
        self.rotating = rotation["state"] != "idle"
        self.rotations += was and not self.rotating
        states = [epoch["state"] for epoch in epochs]
        self.assertEqual(states.count("current"), 1, epochs)
        self.assertEqual(states.count("retiring"), int(self.rotating), epochs)

    def complete_rotation(self):
        """Waits for the walk, which goes on by itself after a restart, and completes."""
        deadline = time.monotonic() + 60
        with self.vault.login("olga") as olga:
            while True:
                rotation = olga.ask(
                    "Keys.RotateStorage", action="status", dry_run=False)["rotation"]
                if rotation["state"] in ("ready", "idle"):
                    break
                self.assertLess(time.monotonic(), deadline, f"the walk stands still: {rotation}")
                time.sleep(0.1)
            if rotation["state"] == "ready":
                rotation = olga.ask(
                    "Keys.RotateStorage", action="complete", dry_run=False)["rotation"]
                self.assertEqual(rotation["state"], "complete")
                self.rotations += 1
            self.rotating = False

    # MARK: Beginning and end

    def seed_files(self):
        """Records that several people amend at once, and what the daemon can do."""
        with self.vault.login("nina") as nina:
            worker = Worker(nina, self.ledger, "nina", self.source.getrandbits(64), Budget(0))
            for _ in range(3):
                worker.write("Subjects.Add", {"fields": worker.person()})
            for subject in list(self.ledger.subjects):
                worker.write(
                    "Records.Create",
                    {"subject": subject, "kind": "counselling.session", "body": worker.body()})
        self.ledger.shared = [
            key for key, one in self.ledger.records.items() if one.kind == "counselling.session"]
        # Nobody's own, so that they are only amended in contention.
        for key in self.ledger.shared:
            self.ledger.records[key].owner = "everybody"
        with self.vault.login("aude") as aude:
            replies = list(aude.stream("Audit.VerifyLive"))
            self.verifies = bool(replies[-1].get("verdict"))

    def finish(self):
        """Everything that was ever acknowledged, completely."""
        if self.rotating:
            self.complete_rotation()
        self.check_records(list(self.ledger.records))
        self.look_at_log()
        with self.vault.login("nina") as nina:
            expected = collections.defaultdict(set)
            for key, record in self.ledger.records.items():
                if record.kind in ("registry.subject", "counselling.session"):
                    expected[record.subject].add(key)
            for number, subject in enumerate(self.ledger.subjects.values()):
                listed = {one["record"] for one in self.list_all(nina, subject.id)}
                self.assertEqual(listed, expected[subject.id], f"records of {subject.id}")
                hits = nina.ask("Subjects.Find", by="name", text=subject.name)["hits"]
                self.assertEqual([hit["subject"] for hit in hits], [subject.id])
                if number % 200 == 199:
                    self.look_at_log()
            people = nina.ask("Directory.ListPrincipals")["principals"]
            names = [one["name"] for one in people]
            self.assertEqual(len(names), len(set(names)))
            self.assertLessEqual(self.ledger.principals, set(names))
        self.look_at_log()
        self.assertEqual(self.vault.stop(signal.SIGTERM), 0)
        self.start_again("the end")
        self.look_at_log()
        if self.verifies:
            self.verify_export()

    def verify_export(self):
        """The whole log as a file, verified by the client against a checkpoint kept apart."""
        office = self.vault
        office.write("aude.key", f"CAREVAULT-SECRET-KEY-1\n{office.keys['aude']}\n", 0o400)
        office.client("login", "--key-file", "aude.key", login="aude")
        office.client("audit", "checkpoint", "--out", "pin.txt", login="aude")
        office.client("audit", "export", "--out", "log.jsonl", login="aude")
        office.client("audit", "verify", login="aude")
        if "\n  verify " not in office.client("--help").out:
            print("kill test: this client verifies no files; the export was not verified")
            return
        office.client("verify", "log.jsonl", "--pin", "pin.txt")

    def check_figures(self):
        if not self.uncounted:
            self.assertGreaterEqual(
                self.within["kills"] * 5, self.kills,
                "too few kills fell within a commit to mean anything")

    def report(self):
        counts = self.ledger.acknowledged
        print(f"kill test: seed {SEED}: {self.kills} kills", flush=True)
        if self.uncounted:
            print("kill test: /proc/PID/syscall is not readable for this user, so the kills within "
                  "a commit could not be counted")
        else:
            where = ", ".join(
                f"{count} in {what}" for what, count in sorted(self.within.items())
                if what != "kills")
            print(f"kill test: {self.within['kills']} of them within a commit ({where})")
        print(f"kill test: acknowledged {dict(counts)}")
        print(f"kill test: unanswered requests and other ends {dict(self.retried)}; "
              f"{self.rotations} rotations completed")
        if self.refused:
            print(f"kill test: {self.refused} writes were refused because others were faster")
        if not self.verifies:
            print("kill test: this daemon does not verify its log; checked by Tail and GetCheckpoint")
        print(f"kill test: {len(self.ledger.records)} records of {len(self.ledger.subjects)} "
              f"subjects, {len(self.trail.entries)} entries", flush=True)


if __name__ == "__main__":
    unittest.main()
