"""Batches of JSON Lines: loaded in one go, with a third of the lines wrong, cut short and begun again."""

import json
import os
import stat
import subprocess
import time
import unittest

import harness


def person(number, **more):
    return {"id": f"s{number}", "kind": "registry.subject", "fields": {
        "names": [{"full": f"甲{number:05}"}], "employee_number": f"L-{number}", **more}}


def session(number, subject, **more):
    return {"id": f"r{number}", "subject": subject, "kind": "counselling.session", "fields": {
        "held_on": "2026-03-04", "channel": "phone", "risk": "low",
        "summary": f"第{number}次", **more}}


def text(lines):
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


class LoadTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = harness.Office()
        cls.addClassCleanup(cls.office.close)
        cls.office.found()

    def load(self, lines, *more, **options):
        """Loads lines, or a text, or bytes; gives the result and the counts."""
        data = lines if isinstance(lines, (str, bytes)) else text(lines)
        result = self.office.client(
            "load", "--from", "-", "--json", *more, login="nina", stdin=data, check=False, **options)
        return result, json.loads(result.out) if result.code in (0, 1) else None

    def counts(self, answer):
        return tuple(
            answer[name] for name in ("subjects", "records", "loaded_before", "failed", "left"))

    def subjects(self, number):
        found = self.office.client(
            "subject", "find", "--by", "employee-number", "--from", "-", "--json", login="nina",
            stdin=f"L-{number}\n").json["hits"]
        return [hit["subject"] for hit in found]

    def records(self, subject):
        return self.office.client(
            "record", "list", subject, "--kind", "counselling.session", "--limit", "100", "--json",
            login="nina").json["records"]

    def test_people_and_their_records(self):
        lines = []
        for number in range(200):
            lines += [person(number), session(number, f"s{number}")]
        result, answer = self.load(lines)
        self.assertEqual(result.code, 0, result)
        self.assertEqual(self.counts(answer), (200, 200, 0, 0, 0))
        for number in (0, 117, 199):
            [subject] = self.subjects(number)
            [record] = self.records(subject)
            body = self.office.client(
                "record", "get", subject, record["record"], "--json", login="nina").json
            self.assertEqual(body["document"]["body"]["summary"], f"第{number}次")
        # The whole again does nothing twice; a corrected line goes in.
        lines[3]["fields"]["summary"] = "改正"
        again, answer = self.load(lines)
        self.assertEqual(again.code, 0, again)
        self.assertEqual(len(self.records(self.subjects(0)[0])), 1)
        self.assertEqual(len(self.records(self.subjects(1)[0])), 2)

    def test_a_name_makes_ids_binding(self):
        lines = [person(700), session(700, "s700")]
        self.assertEqual(self.load(lines, "--batch", "spring")[0].code, 0)
        lines[1]["fields"]["summary"] = "另写"
        result, answer = self.load(lines, "--batch", "spring")
        self.assertEqual(result.code, 1)
        self.assertEqual(self.counts(answer), (1, 0, 0, 1, 0))
        self.assertRegex(result.err, r"^error: line 2: ")
        self.assertEqual(len(self.records(self.subjects(700)[0])), 1)

    def test_a_third_of_the_lines_is_wrong(self):
        lines = []
        for number in range(1000, 1100):
            lines.append(json.dumps(person(number)))
            lines.append(json.dumps(session(number, f"s{number}")))
            wrong = [
                json.dumps(session(10000 + number, f"s{number}", held_on="2026-02-30")),
                '{"id":"broken","subject":', json.dumps(session(number, f"s{number}")),
                json.dumps(session(20000 + number, "nobody")),
                json.dumps({"id": f"x{number}", "kind": "gossip", "fields": {}}),
            ][number % 5]
            lines.append(wrong)
        result, answer = self.load("\n".join(lines))
        self.assertEqual(result.code, 1, result)
        self.assertEqual(self.counts(answer), (100, 100, 0, 100, 0))
        told = result.err.splitlines()
        self.assertEqual(
            [line.split(":")[1] for line in told],
            [f" line {number}" for number in range(3, 301, 3)])
        self.assertIn("held_on: is no date of the calendar; expected a date", told[0])
        self.assertIn("is not acceptable JSON at byte", told[1])
        self.assertIn("has the id of line 8", told[2])
        self.assertIn("names a subject that is no earlier line and no identifier", told[3])
        self.assertIn("has an unknown kind gossip", told[4])
        stopped, answer = self.load("\n".join(lines), "--stop-at-first")
        self.assertEqual(stopped.code, 1)
        self.assertEqual((answer["failed"], answer["left"]), (1, 297))
        self.assertEqual(stopped.err.count("error: line"), 1)

    def test_lines_of_every_bad_form(self):
        good = json.dumps(person(2000)).encode()
        lines = [
            b"\xef\xbb\xbf" + good + b"\r", b"", b"   \r", b"\xff\xfe", b"[]", b"{}",
            b'{"id":"' + b"a" * 65 + b'","kind":"registry.subject","fields":{}}',
            b'{"id":"big","kind":"registry.subject","fields":{"remarks":"' + b"x" * (1 << 21) + b'"}}',
            b'{"id":"p","kind":"registry.subject","subject":"s2000","fields":{}}',
            b'{"id":"q","kind":"registry.subject","fields":{},"colour":1}',
            b'{"id":"u","subject":"s2000","kind":"counselling.session","purpose":"fun","fields":{}}',
            b'{"id":"dup","id":"dup"}',
            json.dumps(session(2000, "s2000")).encode(),
            b'{"id":"bad","kind":"registry.subject","fields":{}}',
            json.dumps(session(2001, "bad")).encode(),
        ]
        result, answer = self.load(b"\n".join(lines))
        self.assertEqual(self.counts(answer), (1, 1, 0, 11, 0), result)
        told = {line.split(":")[1] for line in result.err.splitlines()}
        self.assertEqual(told, {f" line {number}" for number in (4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15)})
        self.assertIn("line 8: is longer than", result.err)
        self.assertIn("line 15: belongs to the person of line 14, which was not loaded", result.err)
        self.assertNotIn("xxx", result.err)

    def test_the_progress_file_goes_on(self):
        lines = [person(3000), session(3000, "s3000"), person(3001)]
        path = self.office.path("batch.progress")
        argv = ("--progress", path)
        self.assertEqual(self.counts(self.load(lines[:2], *argv)[1]), (1, 1, 0, 0, 0))
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        noted = self.office.read("batch.progress")
        self.assertRegex(noted, r"\Acarevault-load-1\ns3000\t\w{27}\nr3000\t\w{27}\n\Z")
        # A crash cut the last line off; new lines may belong to people of before.
        with open(path, "a") as file:
            file.write("s30")
        lines.append(session(3002, "s3000"))
        self.assertEqual(self.counts(self.load(lines, *argv)[1]), (1, 1, 2, 0, 0))
        self.assertEqual(len(self.records(self.subjects(3000)[0])), 2)
        self.office.write("other", "no progress")
        result, _ = self.load(lines, "--progress", "other")
        self.assertEqual(result.code, 1)
        self.assertIn("is no progress file", result.err)
        self.assertEqual(self.office.read("other"), "no progress")

    def test_a_daemon_that_goes_away_in_the_middle(self):
        lines = []
        for number in range(8000, 9500):
            lines += [person(number), session(number, f"s{number}")]
        self.office.write("batch.jsonl", text(lines))
        argv = [harness.program("carevault"), "load", "--from", "batch.jsonl", "--login", "nina"]
        running = self.office.popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        deadline = time.monotonic() + harness.PATIENCE
        while not self.subjects(8100):
            self.assertLess(time.monotonic(), deadline)
        self.office.kill()
        _, told = running.communicate(timeout=harness.PATIENCE)
        self.assertIn(running.returncode, (4, 5, 6), told)
        self.office.start()
        self.office.unseal()
        self.office.login("nina", "treatment")
        result = self.office.client(
            "load", "--from", "batch.jsonl", "--json", login="nina", check=False)
        self.assertEqual(self.counts(result.json), (1500, 1500, 0, 0, 0), result)
        for number in range(8000, 9500, 50):
            [subject] = self.subjects(number)
            self.assertEqual(len(self.records(subject)), 1)

    def test_a_check_sends_nothing(self):
        lines = [person(4000), session(4000, "s4000", risk="odd"), session(4001, "s4001")]
        result = self.office.client(
            "load", "--from", "-", "--dry-run", login="nina", stdin=text(lines), check=False)
        self.assertEqual(result.code, 1)
        self.assertIn("nothing was sent; failed: 2", result.out)
        self.assertEqual(self.subjects(4000), [])

    def test_the_language_of_the_errors(self):
        result = self.office.client(
            "load", "--from", "-", "--language", "zh", login="nina", check=False,
            stdin=text([person(5000, birth_date="1980-02-30")]))
        self.assertEqual(
            result.err.splitlines()[0],
            "错误：第 1 行：birth_date：不是有效日期；应为：1900-01-01 到 2199-12-31 的日期，写作 YYYY-MM-DD")

    def test_the_rules_hold_for_each_line(self):
        lines = [person(6000), {
            "id": "m", "subject": "s6000", "kind": "medical.expense", "fields": {
                "incurred_on": "2026-01-01", "patient": "self", "category": "outpatient",
                "total": {"amount_minor": 1, "currency": "CNY"}, "status": "submitted"}}]
        result, answer = self.load(lines)
        self.assertEqual((result.code, self.counts(answer)), (1, (1, 0, 0, 1, 0)))
        self.assertIn("line 2: the rules do not allow this to you", result.err)


if __name__ == "__main__":
    unittest.main()
