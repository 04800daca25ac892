"""Planted strings in every field, and secrets of every form, are found nowhere they must not be: not
in the data directory, the daemon's log, a home directory or a command line, and not in the memory of
the daemon once it is sealed and its clients have gone.

Reading the memory of a daemon takes root; without it that part is left out, and the last lines say so.
"""

import base64
import collections
import json
import os
import signal
import time
import unittest
from pathlib import Path

import canary_test_kinds as kinds
import canary_test_search as search
import harness
import kill_test_moment as moment
from kill_test_vault import Refused, Vault, identifier

AS_ROOT = os.geteuid() == 0
LAST_LINES = []

OWNERS = {
    "registry.subject": "nina", "counselling.session": "nina", "hardship.case": "carl",
    "medical.expense": "mona",
}


def say(line):
    """Printed at the very end, where it is seen."""
    LAST_LINES.append(line)


def tearDownModule():
    for line in LAST_LINES:
        print(f"canary test: {line}", flush=True)


class CanaryTest(unittest.TestCase):
    def setUp(self):
        self.lines = search.CommandLines()
        self.lines.start()
        self.addCleanup(self.lines.finish)
        self.vault = Vault()
        self.addCleanup(self.vault.close)
        self.planter = kinds.Planter()
        self.patterns = search.Patterns()
        self.started = time.time()
        self.refused = collections.Counter()

    def test_planted_text_is_found_nowhere(self):
        self.vault.make()
        self.vault.appoint("wanda", ["counsellor"], form="words")
        self.note_secrets()
        self.work_on_the_socket()
        self.work_with_the_client()
        self.send_rubbish()
        self.note_secrets()
        self.assertGreater(len(self.planter.places), 60)
        # Live files first: the write-ahead logs are full now.
        self.assert_clean("on disk while unsealed", self.on_disk())
        self.look_unsealed()
        with self.vault.login("olga") as olga:
            self.note_secrets()
            olga.ask("Vault.Seal")
        self.look_sealed()
        self.assert_clean("on disk after the seal", self.on_disk())
        self.assertEqual(self.vault.stop(signal.SIGTERM), 0)
        self.assert_clean("on disk at the end", self.on_disk())
        self.lines.finish()
        self.assertTrue(
            any(b"record\0add" in line for line in self.lines.seen), "no client was ever seen")
        self.assert_clean("in command lines", self.lines.search(self.patterns))
        say(f"{len(self.planter.places)} strings planted, {len(self.patterns.names)} patterns; "
            f"{self.lines.samples} looks at all command lines ({len(self.lines.seen)} different)")

    # What is searched for

    def note_secrets(self):
        """Everything that opens something, in text and in bytes."""
        for name, key in self.vault.keys.items():
            self.patterns.add_secret(f"the secret of {name}", key)
            if " " in key:
                words = key.split(" ")
                self.patterns.add_secret(f"half the secret of {name}", " ".join(words[:4]))
                self.patterns.add_secret(f"half the secret of {name}", " ".join(words[4:]))
            else:
                self.patterns.add_bytes(f"the secret of {name}", base64.b64decode(key))
        for code in self.vault.codes:
            self.patterns.add_secret("an enrolment code", code)
        for token in self.vault.tokens:
            self.patterns.add_secret("a token", token)
            self.patterns.add_bytes("a token", base64.b64decode(token))

    # What is done

    def work_on_the_socket(self):
        wires = {name: self.vault.login(name) for name in harness.CARE_STAFF}
        wanda = self.vault.login("wanda", "treatment", form="words")
        nina = wires["nina"]
        for _ in range(3):
            fields = kinds.body("registry.subject", self.planter)
            subject = nina.ask(
                "Subjects.Add", fields=fields, idempotency=identifier())["subject"]
            for by, term in (
                    ("employee_number", fields["employee_number"]),
                    ("national_id", fields["national_id"]), ("name", fields["names"][0]["full"])):
                hits = nina.ask("Subjects.Find", by=by, text=term)["hits"]
                self.assertEqual([hit["subject"] for hit in hits], [subject])
            self.search_in_vain(nina)
            nina.ask("Subjects.Show", subject=subject)
            for kind, owner in OWNERS.items():
                self.work_on_records(wires[owner], subject, kind)
            wanda.ask("Records.List", subject=subject)
        self.ask_wrongly(nina, subject)
        for wire in (*wires.values(), wanda):
            wire.ask("Session.Logout")
            wire.close()

    def search_in_vain(self, wire):
        for by in ("employee_number", "national_id"):
            wire.ask("Subjects.Find", by=by, text=search.text(self.planter.next(f"find {by}")))
        number = self.planter.next("find name")
        wire.ask("Subjects.Find", by="name", text=f"{search.han(number)} {search.text(number)}")

    def work_on_records(self, wire, subject, kind):
        if kind == "registry.subject":
            record = wire.ask("Subjects.Show", subject=subject)["document"]["record"]
        else:
            record = wire.ask(
                "Records.Create", subject=subject, kind=kind,
                body=kinds.body(kind, self.planter), idempotency=identifier())["record"]
        amended = kinds.body(kind, self.planter)
        wire.ask(
            "Records.Amend", subject=subject, record=record, base_version=1, body=amended,
            idempotency=identifier())
        for version in (1, 2):
            document = wire.ask(
                "Records.Get", subject=subject, record=record, version=version)["document"]
        document["body"].pop("schema", None)
        self.assertEqual(document["body"], amended)
        wire.ask("Records.History", subject=subject, record=record)
        wire.ask("Records.List", subject=subject)

    def ask_wrongly(self, wire, subject):
        """Planted text where it does not belong: each gets a typed error."""
        def refuse(method, **parameters):
            with self.assertRaises(Refused) as caught:
                wire.ask(method, **parameters)
            self.refused[caught.exception.name] += 1

        def plant(place):
            return search.text(self.planter.next(place))

        body = kinds.body("counselling.session", self.planter)
        create = {
            "subject": subject, "kind": "counselling.session", "idempotency": identifier()}
        refuse("Records.Create", **create, body=dict(body, **{plant("unknown field"): "x"}))
        refuse("Records.Create", **create, body=dict(body, risk=plant("wrong choice")))
        refuse("Records.Create", **create, body=dict(body, held_on=plant("wrong date")))
        refuse("Records.Create", **create, body=dict(body, summary=plant("too long") * 3000))
        refuse("Records.Create", **dict(create, kind=plant("unknown kind")), body=body)
        refuse("Records.Create", **dict(create, subject=plant("no identifier")), body=body)
        refuse("Records.Create", **create, body=body, purpose=plant("unknown purpose"))
        refuse("Subjects.Add", fields={"names": [{"full": plant("name") + "\x07"}]},
               idempotency=identifier())
        # A retry with other content.
        wire.ask("Records.Create", **create, body=body)
        refuse("Records.Create", **create, body=kinds.body("counselling.session", self.planter))
        # Somebody who may not.
        with self.vault.login("olga") as olga, self.assertRaises(Refused):
            olga.ask("Records.Create", **dict(create, idempotency=identifier()), body=body,
                     purpose="treatment")
        with self.vault.connect() as nobody:
            for parameters in (
                    {"name": "nina", "secret": plant("wrong secret"), "form": "words"},
                    {"name": plant("unknown name"), "secret": "x", "form": "words"}):
                with self.assertRaises(Refused):
                    nobody.ask("Session.Login", **parameters)

    def send_rubbish(self):
        """Messages that end the connection, with planted text in them."""
        def word():
            return search.text(self.planter.next("rubbish")).encode()

        for data in (
                b'{"method":"' + word() + b'"}\0',
                b'{"method":"io.carevault.Records.Get","parameters":{"subject":"' + word(),
                word() * 60000 + b"\0",
                b'{"a":"' + word() + b'","a":"' + word() + b'"}\0',
                b"[" * 40 + b'"' + word() + b'"' + b"]" * 40 + b"\0",
                b'{"method":"io.carevault.Vault.GetStatus","parameters":{"' + word() + b'":1}}\0'):
            with harness.Wire(self.vault.socket) as wire:
                try:
                    wire.send(data)
                    wire.receive(0.2)
                except (harness.ConnectionEnded, harness.NoAnswer, OSError):
                    pass

    def work_with_the_client(self):
        """The same through `carevault`: field lines, JSON and search words from files and pipes."""
        office = self.vault
        office.write("nina.key", f"CAREVAULT-SECRET-KEY-1\n{office.keys['nina']}\n", 0o400)
        office.client("login", "--key-file", "nina.key", "--purpose", "treatment", login="nina")
        flat = kinds.body(
            "registry.subject", self.planter, lambda name, _: name in ("employee_number", "unit"))
        number = self.planter.next("client names.full")
        flat["names.full"] = f"{search.han(number)} {search.text(number)}"
        subject = office.client(
            "subject", "add", "--from", "-", "--json", login="nina",
            stdin=kinds.lines(flat)).json["subject"]
        office.write("name.txt", flat["names.full"] + "\n")
        found = office.client("subject", "find", "--by", "name", "--from", "name.txt", login="nina")
        self.assertIn(search.text(number), found.out)
        office.client("subject", "show", subject, login="nina")
        first = kinds.body("counselling.session", self.planter)
        second = kinds.body("counselling.session", self.planter)
        record = office.client(
            "record", "add", subject, "counselling.session", "--from", "-", "--json", login="nina",
            stdin=json.dumps(first)).json["record"]
        office.write("second.json", json.dumps(second, ensure_ascii=False))
        office.client(
            "record", "amend", subject, record, "--from", "second.json", "--base", "1",
            login="nina")
        shown = office.client("record", "get", subject, record, "--json", login="nina")
        self.assertIn(second["summary"][:18], shown.out)
        for command in ("list", "history"):
            more = [record] if command == "history" else []
            office.client("record", command, subject, *more, login="nina")
        # Refused input: the client says what is wrong, not what was typed.
        number = self.planter.next("client wrong date")
        refusal = office.client(
            "record", "add", subject, "counselling.session", "--from", "-", login="nina",
            check=False, stdin=f"held_on: {search.text(number)}\nchannel: phone\nrisk: low\n")
        self.assertNotEqual(refusal.code, 0)
        self.assertEqual(self.patterns.find(refusal.err.encode()), [], refusal.err)
        office.client("logout", login="nina")

    # Where it is looked for

    def on_disk(self):
        vault = self.vault
        system = [
            path for path in Path("/var/log").rglob("*")
            if path.is_file() and os.access(path, os.R_OK)
            and path.stat().st_mtime >= self.started] if AS_ROOT else []
        hits, total = search.search_files(
            self.patterns, vault.data, vault.log, vault.home, *system)
        self.assertGreater(total, 1 << 20, "the data directory was not read")
        # What the client leaves in memory-backed files may be its token, and nothing else.
        left, _ = search.search_files(self.patterns, vault.runtime)
        return hits + [hit for hit in left if "token" not in hit.name]

    def in_memory(self):
        """(hits, bytes read, mappings that could not be read)."""
        moment.freeze(self.vault.pid)
        try:
            return search.search_memory(self.patterns, self.vault.pid)
        finally:
            os.kill(self.vault.pid, signal.SIGCONT)

    def look_unsealed(self):
        """Nobody is logged in, the vault is open: told, not judged, since keys are there."""
        if not AS_ROOT:
            return
        # The search is judged first: what a client has half said is in the memory for now.
        with harness.Wire(self.vault.socket) as wire:
            number = self.planter.next("half a message")
            wire.send(b'{"method":"' + search.text(number).encode())
            wire.send(b"x" * 100)
            hits, _, _ = self.in_memory()
            deadline = time.monotonic() + harness.PATIENCE
            while not hits and time.monotonic() < deadline:
                time.sleep(0.1)
                hits, _, _ = self.in_memory()
            self.assertTrue(hits, "the search does not see the memory of the daemon")
        # The daemon takes a moment to notice that the client has gone.
        time.sleep(0.5)
        hits, total, _ = self.in_memory()
        say(f"unsealed and nobody logged in: {len(hits)} finds in {total >> 20} MiB")
        self.describe(hits)

    def look_sealed(self):
        if not AS_ROOT:
            say("the memory image was not searched: this takes root (CAP_SYS_PTRACE)")
            return
        hits, total, unread = self.in_memory()
        self.assertGreater(total, 8 << 20, "the memory was not read")
        say(f"sealed, clients gone: {len(hits)} finds in {total >> 20} MiB of memory"
            + (f"; unreadable: {unread}" if unread else ""))
        self.describe(hits)
        self.assert_clean("in memory after the seal", hits)

    def describe(self, hits):
        groups = collections.defaultdict(list)
        for hit in hits:
            groups[hit.name, hit.place].append(hit)
        for (name, place), some in sorted(groups.items())[:20]:
            say(f"  {len(some)} x {name} in {place}, first: {some[0].context[:150]}")

    def assert_clean(self, where, hits):
        self.assertEqual(
            [], [str(hit) for hit in hits[:20]], f"{len(hits)} planted strings {where}")


if __name__ == "__main__":
    unittest.main()
