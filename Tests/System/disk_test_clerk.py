"""What the tests of full and failing disks share: a clerk who goes on after a refusal, and questions
afterwards."""

import collections
import os
import random
import signal
import time
import unittest

import harness
from kill_test_load import Budget, Ledger, Open, Trail, Worker, same
from kill_test_vault import Refused, Vault, identifier

AS_ROOT = os.geteuid() == 0
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
LAST_LINES = []


def say(line):
    LAST_LINES.append(line)


def print_last_lines():
    while LAST_LINES:
        print(f"disk test: {LAST_LINES.pop(0)}", flush=True)


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
