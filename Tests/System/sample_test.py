"""The sample organisation is loaded, and what the vault then holds is counted over the socket.

SAMPLE_SCALE=1 loads all of it; the default is a tenth, so that a busy machine is not held up.
"""

import collections
import json
import os
import sys
import time
import unittest

import harness

# What a published account says: person-times and yuan.
PUBLISHED = {
    "inpatient": (3_500, 17_000_000), "outpatient": (7_400, 8_000_000),
    "mutual_aid": (11, 1_100_000), "womens_policy": (9, 145_000),
}
STAFF, COVERED = 6_000, 1_300
WINDOW = 24


class SampleTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scale = os.environ.get("SAMPLE_SCALE", "1/10")
        cls.divisor = int(cls.scale.removeprefix("1/"))
        cls.office = harness.Office()
        cls.addClassCleanup(cls.office.close)
        # One person may hold the three roles that keep files, and needs them for all kinds.
        cls.office.found({"mei": (["counsellor", "caseworker", "medical-officer"], "care-management")})

    def part(self, count):
        return max(1, (count + self.divisor // 2) // self.divisor)

    def batch(self, *more):
        return self.office.client("sample", "--scale", self.scale, *more).out

    def ask(self, wire, method, questions):
        """Answers to many calls of one method, in order, a window of them under way."""
        questions = iter(questions)
        flying = collections.deque()
        while True:
            while len(flying) < WINDOW and (question := next(questions, None)) is not None:
                wire.send_call(method, question)
                flying.append(question)
            if not flying:
                return
            reply = wire.receive()
            self.assertNotIn("error", reply)
            yield flying.popleft(), reply["parameters"]

    def test_all_of_it_is_kept(self):
        batch = self.batch()
        started = time.monotonic()
        answer = self.office.client(
            "load", "--from", "-", "--progress", "loaded", "--json", login="mei", stdin=batch, patience=900).json
        seconds = time.monotonic() - started
        lines = [json.loads(line) for line in batch.splitlines()]
        print(f"sample: {len(lines)} lines in {seconds:.1f} s, {len(lines) / seconds:.0f} lines/s", file=sys.stderr)
        people = [line for line in lines if line["kind"] == "registry.subject"]
        self.assertEqual(
            (answer["subjects"], answer["records"], answer["failed"], answer["left"]),
            (self.part(STAFF), len(lines) - self.part(STAFF), 0, 0))
        self.assertEqual(len(people), self.part(STAFF))
        self.count(lines)
        self.find_namesakes(people)

    def count(self, lines):
        """Everything that the daemon has about everybody, against the batch and the account."""
        known = dict(line.split("\t")[:2] for line in self.office.read("loaded").splitlines()[1:])
        names = {known[line["id"]]: line["id"] for line in lines if "subject" not in line}
        # The registry's own record of a person is listed with the others.
        expected = collections.Counter((line.get("subject", line["id"]), line["kind"]) for line in lines)
        found = collections.Counter()
        benefits = []
        with self.office.connect() as wire:
            wire.login("mei", self.office.read("mei.key"), "care-management")
            questions = ({"subject": subject, "limit": 100} for subject in names)
            for question, page in self.ask(wire, "io.carevault.Records.List", questions):
                self.assertNotIn("cursor", page)
                for record in page["records"]:
                    found[names[question["subject"]], record["kind"]] += 1
                    if record["kind"] == "medical.benefit":
                        benefits.append({"subject": question["subject"], "record": record["record"]})
            self.assertEqual(found, expected)
            self.assertEqual(
                sum(count for (_, kind), count in found.items() if kind == "medical.coverage"), self.part(COVERED))
            paid = collections.defaultdict(list)
            for _, answer in self.ask(wire, "io.carevault.Records.Get", benefits):
                body = answer["document"]["body"]
                sort = body["care"] if body["type"] == "system_subsidy" else body["type"]
                self.assertEqual(body["amount"]["currency"], "CNY")
                paid[sort].append(body["amount"]["amount_minor"])
        self.assertEqual(
            {sort: (len(amounts), sum(amounts)) for sort, amounts in paid.items()},
            {sort: (self.part(count), yuan * 100 // self.divisor) for sort, (count, yuan) in PUBLISHED.items()})

    def find_namesakes(self, people):
        """The most frequent name is that of all who bear it and of nobody else."""
        counts = collections.Counter(person["fields"]["names"][0]["full"] for person in people)
        name, count = counts.most_common(1)[0]
        self.assertGreater(count, 1)
        hits = self.office.client(
            "subject", "find", "--by", "name", "--from", "-", "--json", login="mei", stdin=name + "\n").json["hits"]
        self.assertEqual(len(hits), min(count, 20))

    def test_a_role_loads_its_part(self):
        self.office.hire("nina", "counsellor", purpose="treatment")
        # Another seed: an employee number belongs to one person of a vault.
        batch = self.office.client("sample", "--scale", "1/100", "--seed", "99", "--kind", "counselling").out
        answer = self.office.client("load", "--from", "-", "--json", login="nina", stdin=batch).json
        self.assertEqual((answer["records"], answer["failed"]), (12, 0))
        # What the role may not write is refused line by line, and the rest is loaded.
        batch = self.office.client("sample", "--scale", "1/100", "--seed", "98", "--kind", "medical").out
        answer = self.office.client(
            "load", "--from", "-", "--json", login="nina", stdin=batch, check=False)
        self.assertEqual(answer.code, 1)
        counts = json.loads(answer.out)
        records = sum('"medical.' in line for line in batch.splitlines())
        self.assertEqual((counts["records"], counts["failed"]), (0, records))


if __name__ == "__main__":
    unittest.main()
