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

import harness
import kill_test_moment as moment
from kill_test_load import Budget, Ledger, Operator, Trail, Worker, same
from kill_test_vault import Disconnected, Refused, Vault, identifier

KILLS = int(os.environ.get("KILLS", "6"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
# One `Tail` shows 1000 entries: a round makes fewer, with room for what the checks add.
ROUND = 600


class KillTest(unittest.TestCase):
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

    # MARK: Questions after a death

    def settle_open(self):
        """Retries what was not answered, under the same idempotency id."""
        requests = self.ledger.open
        self.ledger.open = []
        self.recent = []
        wires = {}
        before = {}
        for request in requests:
            if request.owner not in wires:
                wires[request.owner] = self.vault.login(request.owner)
            before[id(request)] = self.happened(wires[request.owner], request)
        for request in requests:
            wire = wires[request.owner]
            try:
                reply = wire.ask(request.method, **request.parameters)
            except Refused as error:
                self.refused_retry(request, error, before[id(request)])
                continue
            self.ledger.settle(request, reply)
            self.retried["happened" if before[id(request)] else "did not happen"] += 1
            if request.method.startswith("Records"):
                self.recent.append(reply["record"])
                # And once more: the same answer, no second effect.
                self.assertEqual(wire.ask(request.method, **request.parameters), reply)
        for wire in wires.values():
            wire.close()

    def happened(self, wire, request):
        """Whether an unanswered write took effect; a half one fails here."""
        parameters = request.parameters
        if request.method == "Directory.Enlist":
            people = wire.ask("Directory.ListPrincipals")["principals"]
            return parameters["name"] in [one["name"] for one in people]
        if request.method == "Subjects.Add":
            hits = wire.ask(
                "Subjects.Find", by="employee_number",
                text=parameters["fields"]["employee_number"])["hits"]
            self.assertLessEqual(len(hits), 1)
            if hits:
                document = wire.ask("Subjects.Show", subject=hits[0]["subject"])["document"]
                self.assertTrue(same(document["fields"], parameters["fields"]))
            return bool(hits)
        if request.method == "Records.Amend":
            versions = wire.ask(
                "Records.History", subject=parameters["subject"],
                record=parameters["record"])["versions"]
            record = self.ledger.records[parameters["record"]]
            self.assertIn(len(versions) - len(record.versions), (0, 1))
            if len(versions) == len(record.versions):
                return False
            body = wire.ask(
                "Records.Get", subject=parameters["subject"],
                record=parameters["record"])["document"]["body"]
            return same(body, parameters["body"])
        known = set(self.ledger.records)
        extra = [
            one for one in self.list_all(wire, parameters["subject"]) if one["record"] not in known]
        for one in extra:
            body = wire.ask(
                "Records.Get", subject=parameters["subject"], record=one["record"])
            if same(body["document"]["body"], parameters["body"]):
                return True
        return False

    def refused_retry(self, request, error, had_happened):
        """Only these refusals of a retry are right: somebody else amended first, the name is there."""
        if request.method == "Records.Amend":
            record = self.ledger.records[request.parameters["record"]]
            self.assertEqual(error.name, "Conflict", error)
            self.assertFalse(had_happened, "a write that took effect is refused at its retry")
            self.assertIn(request.parameters["record"], self.ledger.shared)
            self.assertGreater(len(record.versions), request.parameters["base_version"])
            self.retried["lost to another"] += 1
        elif request.method == "Directory.Enlist":
            self.assertTrue(had_happened, error)
            self.ledger.principals.add(request.parameters["name"])
            self.retried["happened"] += 1
        else:
            raise error

    def look_at_log(self):
        with self.vault.login("aude") as aude:
            self.trail.extend(aude, self)
            note = aude.ask("Audit.GetCheckpoint")["checkpoint"]
            size = int(note.split("\n")[1])
            self.assertGreaterEqual(size, self.trail.checkpoint_size, "the log became shorter")
            self.trail.checkpoint_size = size
        self.check_entries()

    def check_entries(self):
        """Every acknowledged read has its entry, every effect exactly one."""
        with self.ledger.lock:
            for (action, what), count in self.ledger.shown.items():
                self.assertGreaterEqual(
                    self.trail.shown[action, what], count,
                    f"{count} times {action} of {what} was answered, not all have an entry")
            unsettled = {one.record for one in self.ledger.open}
            for key, record in self.ledger.records.items():
                if key in unsettled:
                    continue
                self.assertEqual(
                    self.trail.effects["record.create", key], 1, f"entries of making {key}")
                self.assertEqual(
                    self.trail.effects["record.amend", key], len(record.versions) - 1,
                    f"entries of amending {key}")

    def list_all(self, wire, subject):
        cursor, records = {}, []
        while True:
            page = wire.ask("Records.List", subject=subject, limit=100, **cursor)
            records += page["records"]
            if not page.get("cursor"):
                return records
            cursor = {"cursor": page["cursor"]}

    def check_recent(self):
        """What was touched last and a sample of the rest, word for word."""
        keys = list(self.ledger.records)
        chosen = set(keys[-60:]) | set(self.recent)
        chosen |= set(self.source.sample(keys, min(40, len(keys))))
        self.check_records(chosen)

    def check_records(self, keys):
        wires = {name: self.vault.login(name) for name in Worker.KINDS}
        owners = {kind: name for name, kind in Worker.KINDS.items()}
        for number, key in enumerate(keys):
            record = self.ledger.records[key]
            wire = wires[owners.get(record.kind, record.owner)]
            for version, body in enumerate(record.versions, 1):
                document = wire.ask(
                    "Records.Get", subject=record.subject, record=key, version=version)["document"]
                self.assertTrue(
                    same(document["body"], body), f"{key} version {version} has other content")
            with self.assertRaises(Refused) as caught:
                wire.ask(
                    "Records.Get", subject=record.subject, record=key,
                    version=len(record.versions) + 1)
            self.assertEqual(caught.exception.name, "NotFound")
            if number % 100 == 99:
                self.look_at_log()
        for wire in wires.values():
            wire.close()

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
