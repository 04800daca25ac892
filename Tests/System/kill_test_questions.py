"""What the kill test asks after each death: nothing acknowledged is missing, in files or log, and what
was not acknowledged happened wholly or not."""

from kill_test_load import Worker, same
from kill_test_vault import Refused


class Questions:
    """For a test case with `vault`, `ledger`, `trail`, `source` and `retried`."""

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
