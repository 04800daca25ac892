"""The mixed load of the kill test, and the ledger of what the daemon acknowledged.

Every request is noted before it is sent and settled when its answer came. What is still open when
the daemon dies is unknown to the client, as in real life.
"""

import collections
import random
import threading

from kill_test_vault import Disconnected, Refused, identifier

WRITES = ("record.create", "record.amend")


class Subject:
    def __init__(self, reply, fields):
        self.id = reply["subject"]
        self.record = reply["record"]
        self.pseudonym = reply["pseudonym"]
        self.name = fields["names"][0]["full"]
        self.number = fields["employee_number"]


class Record:
    def __init__(self, subject, kind, owner, body):
        self.subject = subject
        self.kind = kind
        self.owner = owner
        self.versions = [body]
        self.lock = threading.Lock()


class Open:
    """A write whose answer did not come."""

    def __init__(self, owner, method, parameters, record=None):
        self.owner = owner
        self.method = method
        self.parameters = parameters
        self.record = record


class Ledger:
    """What was acknowledged. Locked: every worker writes to it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.subjects = {}
        self.records = {}
        self.shared = []
        self.principals = set()
        self.open = []
        # Lower bounds of entries, by (action, record id or pseudonym).
        self.shown = collections.Counter()
        self.acknowledged = collections.Counter()

    def pick_subject(self, source):
        with self.lock:
            return source.choice(list(self.subjects.values())) if self.subjects else None

    def pick_record(self, source, owner):
        with self.lock:
            own = [key for key, record in self.records.items() if record.owner == owner]
            return source.choice(own) if own else None

    def settle(self, request, reply):
        """Takes over the answer to a write; the same for a first answer and for a retry."""
        parameters = request.parameters
        with self.lock:
            self.acknowledged[request.method] += 1
            if request.method == "Subjects.Add":
                subject = Subject(reply, parameters["fields"])
                assert subject.id not in self.subjects, "two answers named one subject"
                self.subjects[subject.id] = subject
                self.records[subject.record] = Record(
                    subject.id, "registry.subject", request.owner, parameters["fields"])
            elif request.method == "Records.Create":
                assert reply["record"] not in self.records, "two answers named one record"
                self.records[reply["record"]] = Record(
                    parameters["subject"], parameters["kind"], request.owner, parameters["body"])
            elif request.method == "Records.Amend":
                record = self.records[parameters["record"]]
                assert reply["version"] == parameters["base_version"] + 1
                assert len(record.versions) == parameters["base_version"], (
                    f"version {reply['version']} was given twice, or one is missing")
                record.versions.append(parameters["body"])
                if record.kind == "registry.subject":
                    self.subjects[record.subject].name = parameters["body"]["names"][0]["full"]
            elif request.method == "Directory.Enlist":
                self.principals.add(parameters["name"])

    def show(self, action, what):
        with self.lock:
            self.shown[action, what] += 1
            self.acknowledged[action] += 1


def same(body, sent):
    """Whether a body that was read is the one that was sent; `schema` is added by the daemon."""
    return {key: value for key, value in body.items() if key != "schema"} == sent


class Trail:
    """Every entry of the log as the auditor saw it, taken over piece by piece."""

    def __init__(self):
        self.entries = []
        self.effects = collections.Counter()
        self.shown = collections.Counter()
        self.checkpoint_size = 0

    def extend(self, wire, test):
        """Takes over what is new; what was seen before must still be there, unchanged."""
        for entry in wire.ask("Audit.Tail", limit=1000)["entries"]:
            sequence = entry["sequence"]
            if sequence < len(self.entries):
                known = self.entries[sequence]
                test.assertEqual(
                    (known["entry"], known["time_us"]), (entry["entry"], entry["time_us"]),
                    f"entry {sequence} changed")
                continue
            test.assertEqual(sequence, len(self.entries), "entries are missing from the log")
            self.entries.append(entry)
            self._count(entry)

    def _count(self, entry):
        if entry.get("outcome") != "success":
            return
        action = entry["action"]
        for record in entry["records"]:
            self.shown[action, record] += 1
            if action in WRITES and entry.get("rule") != "idempotent-retry":
                self.effects[action, record] += 1
        if entry.get("pseudonym"):
            self.shown[action, entry["pseudonym"]] += 1


class Worker(threading.Thread):
    """One person at one connection, until the daemon goes away or the budget is used up."""

    # Who does what: each person's compartment has one kind of record.
    KINDS = {
        "nina": "counselling.session", "carl": "hardship.case", "mona": "medical.expense",
    }

    def __init__(self, wire, ledger, login, seed, budget):
        super().__init__(name=login, daemon=True)
        self.wire = wire
        self.ledger = ledger
        self.login = login
        self.source = random.Random(seed)
        self.budget = budget
        self.kind = self.KINDS[login]
        self.fault = None
        self.refusals = collections.Counter()

    def run(self):
        try:
            with self.wire:
                while self.budget.take():
                    self.step()
        except Disconnected:
            pass
        except Refused as error:
            # Seal and shutdown answer with these; anything else is a fault.
            if error.name not in ("Sealed", "LoginNeeded", "Unavailable"):
                self.fault = error
            self.refusals[error.name] += 1
        except BaseException as error:  # noqa: BLE001 - reported by the test
            self.fault = error

    def step(self):
        choice = self.source.random()
        subject = self.ledger.pick_subject(self.source)
        if subject is None or choice < 0.15:
            return self.write("Subjects.Add", {"fields": self.person()})
        if choice < 0.35:
            return self.write(
                "Records.Create",
                {"subject": subject.id, "kind": self.kind, "body": self.body()})
        if choice < 0.40:
            return self.burst(subject)
        if choice < 0.60:
            return self.amend()
        if choice < 0.65:
            return self.contend()
        if choice < 0.75:
            return self.find(subject)
        if choice < 0.80:
            self.wire.ask("Records.List", subject=subject.id, limit=1)
            return self.ledger.show("record.list", subject.pseudonym)
        if choice < 0.85:
            key = self.ledger.pick_record(self.source, self.login)
            if key:
                record = self.ledger.records[key]
                self.wire.ask("Records.History", subject=record.subject, record=key)
                self.ledger.show("record.history", key)
            return None
        return self.read()

    # MARK: Writes

    def write(self, method, parameters, record=None):
        request = Open(
            self.login, method, dict(parameters, idempotency=identifier(self.source)), record)
        with self.ledger.lock:
            self.ledger.open.append(request)
        self.take_over(request, lambda: self.wire.ask(method, **request.parameters))

    def take_over(self, request, answer):
        """Settles the answer. A refusal because others were faster is an answer too: nothing
        happened then."""
        try:
            reply = answer()
        except Refused as error:
            if error.name != "Conflict" or error.parameters["what"] != "draft":
                raise
            self.refusals["Conflict draft"] += 1
        else:
            self.ledger.settle(request, reply)
        self.close(request)

    def close(self, request):
        with self.ledger.lock:
            self.ledger.open.remove(request)

    def burst(self, subject):
        """Several writes at once on one connection: they meet in one group commit."""
        requests = []
        for _ in range(6):
            request = Open(
                self.login, "Records.Create",
                {"subject": subject.id, "kind": self.kind, "body": self.body(),
                 "idempotency": identifier(self.source)})
            requests.append(request)
        with self.ledger.lock:
            self.ledger.open.extend(requests)
        for request in requests:
            self.wire.begin(request.method, request.parameters)
        for request in requests:
            self.take_over(request, lambda one=request: self.wire.answer(one.method))

    def amend(self):
        key = self.ledger.pick_record(self.source, self.login)
        if not key:
            return
        record = self.ledger.records[key]
        # One at a time, so that the base is the newest version.
        with record.lock:
            with self.ledger.lock:
                if any(one.record == key for one in self.ledger.open):
                    return
                base = len(record.versions)
            if record.kind == "registry.subject":
                body = dict(record.versions[-1], names=[{"full": self.text("改名")}])
            else:
                body = self.body()
            self.write(
                "Records.Amend",
                {"subject": record.subject, "record": key, "base_version": base, "body": body},
                key)

    def contend(self):
        """Amends a record that others amend too; the slower one is told so."""
        with self.ledger.lock:
            shared = [
                key for key in self.ledger.shared
                if self.ledger.records[key].kind == self.kind]
            if not shared:
                return
            key = self.source.choice(shared)
            record = self.ledger.records[key]
            base = len(record.versions)
            # Held back by nothing: two of them may send this at once.
            request = Open(
                self.login, "Records.Amend",
                {"subject": record.subject, "record": key, "base_version": base,
                 "body": self.body(), "idempotency": identifier(self.source)}, key)
            self.ledger.open.append(request)
        try:
            reply = self.wire.ask(request.method, **request.parameters)
        except Refused as error:
            if error.name != "Conflict":
                raise
            self.refusals[f"Conflict {error.parameters['what']}"] += 1
        else:
            self.ledger.settle(request, reply)
        self.close(request)

    # MARK: Reads

    def find(self, subject):
        reply = self.wire.ask("Subjects.Find", by="employee_number", text=subject.number)
        hits = [hit["subject"] for hit in reply["hits"]]
        if hits != [subject.id]:
            raise AssertionError(f"found {hits} for {subject.number}, expected {subject.id}")
        self.ledger.show("record.find", subject.pseudonym)

    def read(self):
        key = self.ledger.pick_record(self.source, self.login)
        if not key:
            return
        record = self.ledger.records[key]
        version = self.source.randint(1, len(record.versions))
        reply = self.wire.ask(
            "Records.Get", subject=record.subject, record=key, version=version)
        if not same(reply["document"]["body"], record.versions[version - 1]):
            raise AssertionError(f"record {key} version {version} is not what was written")
        self.ledger.show("record.read", key)

    # MARK: Made-up content

    def text(self, start):
        return f"{start} {self.source.getrandbits(64):016x}"

    def person(self):
        return {
            "names": [{"full": self.text("测试")}],
            "employee_number": f"E-{self.source.getrandbits(48):012x}",
            "remarks": self.text("remark") * self.source.randint(1, 20),
        }

    def body(self):
        long = self.text("记录") * self.source.choice((1, 5, 40, 400))
        if self.kind == "counselling.session":
            return {"held_on": "2026-03-04", "channel": "phone", "risk": "low", "summary": long}
        if self.kind == "hardship.case":
            return {"opened_on": "2026-03-04", "status": "draft", "circumstances": long}
        return {
            "incurred_on": "2026-03-04", "patient": "self", "category": "outpatient",
            "status": "submitted", "total": {"amount_minor": 1200, "currency": "CNY"},
            "remarks": long[:1500],
        }


class Operator(threading.Thread):
    """The operator enlists people while the others work."""

    def __init__(self, wire, ledger, seed):
        super().__init__(name="operator", daemon=True)
        self.wire = wire
        self.ledger = ledger
        self.source = random.Random(seed)
        self.fault = None

    def run(self):
        try:
            with self.wire as wire:
                for _ in range(self.source.randint(1, 3)):
                    name = f"p-{self.source.getrandbits(40):010x}"
                    request = Open(
                        "olga", "Directory.Enlist",
                        {"name": name, "uid": 0, "idempotency": identifier(self.source)})
                    with self.ledger.lock:
                        self.ledger.open.append(request)
                    wire.ask(request.method, **request.parameters)
                    self.ledger.settle(request, {})
                    with self.ledger.lock:
                        self.ledger.open.remove(request)
        except Disconnected:
            pass
        except Refused as error:
            if error.name not in ("Sealed", "LoginNeeded", "Unavailable"):
                self.fault = error
        except BaseException as error:  # noqa: BLE001 - reported by the test
            self.fault = error


class Budget:
    """How many requests one round may make, so that its entries fit into one `Tail`."""

    def __init__(self, count):
        self.lock = threading.Lock()
        self.left = count

    def take(self):
        with self.lock:
            self.left -= 1
            return self.left >= 0
