"""What a third-party Varlink client sees: the package `varlink` 31.0.0, its API and its command."""

import json
import sys
import unittest

import harness

try:
    import varlink
except ImportError:
    varlink = None

EXPECTED = {
    "io.carevault.Audit", "io.carevault.Directory", "io.carevault.Keys", "io.carevault.Records",
    "io.carevault.Session", "io.carevault.Subjects", "io.carevault.Vault", "org.varlink.service",
}


@unittest.skipIf(varlink is None, "the Python package varlink is not installed; see Tests/System/run")
class VarlinkClientTests(unittest.TestCase):
    """One founded office, read through the third-party client."""

    @classmethod
    def setUpClass(cls):
        cls.office = harness.Office()
        cls.addClassCleanup(cls.office.close)
        cls.office.found()
        cls.address = f"unix:{cls.office.socket}"
        cls.subject = cls.office.add_subject()
        cls.record = cls.office.add_record(cls.subject)
        cls.keys = {
            name: cls.office.read(f"{name}.key").split()[1] for name in ("olga", "nina", "aude")}

    def setUp(self):
        self.client = varlink.Client(self.address)
        self.addCleanup(self.client.cleanup)

    def open(self, interface):
        connection = self.client.open(interface)
        self.addCleanup(connection.close)
        return connection

    def tearDown(self):
        self.assertTrue(self.office.alive())

    # The Python API

    def test_info(self):
        info = self.client.get_interface("org.varlink.service")
        self.assertIsNotNone(info)
        service = self.open("org.varlink.service")
        answer = service.GetInfo()
        self.assertEqual(answer["product"], "CareVault")
        self.assertTrue(answer["vendor"])
        self.assertRegex(answer["version"], r"^\d+\.\d+\.\d+$")
        self.assertIn("url", answer)
        self.assertEqual(set(answer["interfaces"]), EXPECTED)
        self.assertEqual(answer["interfaces"], sorted(answer["interfaces"]))

    def test_every_description_is_parsed_and_is_the_committed_file(self):
        service = self.open("org.varlink.service")
        names = service.GetInfo()["interfaces"]
        files = {path.stem for path in harness.INTERFACES.glob("*.varlink")}
        self.assertEqual(set(names), files)
        for name in names:
            with self.subTest(name):
                text = service.GetInterfaceDescription(name)["description"]
                self.assertEqual(
                    text, (harness.INTERFACES / f"{name}.varlink").read_text(encoding="utf-8"))
                parsed = varlink.Interface(text)
                self.assertEqual(parsed.name, name)
                methods = [m for m in parsed.members.values() if type(m).__name__ == "_Method"]
                self.assertTrue(methods)
                for method in methods:
                    self.assertTrue(method.doc.strip(), f"{name}.{method.name} is not explained")

    def test_get_status(self):
        status = self.open("io.carevault.Vault").GetStatus()
        self.assertEqual(status["state"], "unsealed")
        self.assertIs(status["founded"], True)
        self.assertEqual(status["vault_fingerprint"], self.office.vault_words)

    def test_get_without_a_login_is_an_error_of_its_type(self):
        records = self.open("io.carevault.Records")
        with self.assertRaises(varlink.VarlinkError) as raised:
            records.Get(self.subject, self.record, None, "TREAT")
        self.assertEqual(raised.exception.error(), "io.carevault.Records.LoginNeeded")
        self.assertEqual(raised.exception.parameters(), {"reason": "none"})

    def test_denied_get_is_an_error_of_its_type(self):
        session = self.open("io.carevault.Session")
        login = session.Login("olga", self.keys["olga"], "keyfile")
        self.assertEqual(login["session"]["roles"], ["operator"])
        # A login belongs to its connection; another one resumes it by the token.
        records = self.open("io.carevault.Records")
        with self.assertRaises(varlink.VarlinkError) as raised:
            records.Get(self.subject, self.record, None, "TREAT")
        self.assertEqual(raised.exception.error(), "io.carevault.Records.LoginNeeded")
        self.resume(records, login["token"])
        with self.assertRaises(varlink.VarlinkError) as raised:
            records.Get(self.subject, self.record, None, "TREAT")
        self.assertEqual(raised.exception.error(), "io.carevault.Records.Denied")
        self.assertRegex(raised.exception.parameters()["reference"], r"^[0-9A-HJKMNP-TV-Z]{10}$")

    def resume(self, handler, token):
        """Resumes a login on the connection of a handler of another interface."""
        call = {"method": "io.carevault.Session.Resume", "parameters": {"token": token}}
        handler._send_message(json.dumps(call).encode())
        self.assertNotIn("error", json.loads(next(handler._next_message())))

    def test_counsellor_reads_the_record(self):
        token = self.open("io.carevault.Session").Login(
            "nina", self.keys["nina"], "keyfile", "TREAT")["token"]
        records = self.open("io.carevault.Records")
        self.resume(records, token)
        document = records.Get(self.subject, self.record)["document"]
        self.assertEqual(document["kind"], "counselling.session")
        self.assertEqual(document["body"]["summary"], "calm")
        listing = records.List(self.subject)
        self.assertIn(self.record, [record["record"] for record in listing["records"]])

    def test_wrong_secret_is_an_error_of_its_type(self):
        with self.assertRaises(varlink.VarlinkError) as raised:
            self.open("io.carevault.Session").Login("nina", self.keys["olga"], "keyfile")
        self.assertEqual(raised.exception.error(), "io.carevault.Session.WrongSecret")

    def test_unknown_interface_is_an_error_of_its_type(self):
        with self.assertRaises(varlink.InterfaceNotFound) as raised:
            self.open("io.carevault.Nothing")
        self.assertEqual(raised.exception.parameters(), {"interface": "io.carevault.Nothing"})

    def test_wrong_parameter_is_an_error_of_its_type(self):
        service = self.open("org.varlink.service")
        with self.assertRaises(varlink.InterfaceNotFound):
            service.GetInterfaceDescription("no-interface")
        audit = self.open("io.carevault.Audit")
        with self.assertRaises(varlink.VarlinkError) as raised:
            audit.Tail(5)
        self.assertEqual(raised.exception.error(), "io.carevault.Audit.LoginNeeded")

    def test_audit_tail(self):
        token = self.open("io.carevault.Session").Login("aude", self.keys["aude"], "keyfile")["token"]
        audit = self.open("io.carevault.Audit")
        self.resume(audit, token)
        entries = audit.Tail(3)["entries"]
        self.assertEqual(len(entries), 3)
        sequences = [entry["sequence"] for entry in entries]
        self.assertEqual(sequences, list(range(sequences[0], sequences[0] + 3)))

    # The command line

    def command(self, *argv):
        """`python -m varlink.cli`; its exit status is 0 even after an error answer."""
        environment = {"PYTHONPATH": ":".join(path for path in sys.path if path)}
        return self.office.run([sys.executable, "-m", "varlink.cli", *argv], env=environment)

    def test_command_info(self):
        result = self.command("info", self.address)
        self.assertEqual((result.code, result.err), (0, ""))
        for name in EXPECTED | {"CareVault"}:
            self.assertIn(name, result.out)

    def test_command_help(self):
        for name in sorted(EXPECTED):
            with self.subTest(name):
                result = self.command("help", f"{self.address}/{name}")
                self.assertEqual((result.code, result.err), (0, ""))
                self.assertIn(f"interface {name}", result.out)
                self.assertIn("# ", result.out)

    def test_command_call(self):
        result = self.command("call", f"{self.address}/io.carevault.Vault.GetStatus", "{}")
        self.assertEqual((result.code, result.err), (0, ""))
        self.assertEqual(json.loads(result.out)["state"], "unsealed")

    def test_command_call_that_is_refused(self):
        parameters = json.dumps({"subject": self.subject, "record": self.record})
        result = self.command("call", f"{self.address}/io.carevault.Records.Get", parameters)
        self.assertIn("io.carevault.Records.LoginNeeded", result.err + result.out)
        self.assertNotIn("calm", result.err + result.out)


class ProtocolTests(unittest.TestCase):
    """The rules of Varlink itself, on a bare connection."""

    @classmethod
    def setUpClass(cls):
        cls.office = harness.Office()
        cls.addClassCleanup(cls.office.close)
        cls.office.found(staff={"nina": harness.CARE_STAFF["nina"]})

    def setUp(self):
        self.wire = self.office.connect()
        self.addCleanup(self.wire.close)

    def tearDown(self):
        self.assertTrue(self.office.alive())

    def login(self, name, purpose=None):
        key = self.office.read(f"{name}.key").split()[1]
        return self.wire.login(name, key, purpose)

    def test_parameters_absent_null_empty_and_flags_false(self):
        for extra in ({}, {"parameters": None}, {"parameters": {}}, {"more": False},
                      {"oneway": False}, {"upgrade": False},
                      {"more": False, "oneway": False, "parameters": {}}):
            with self.subTest(extra):
                call = {"method": "org.varlink.service.GetInfo", **extra}
                self.wire.send(json.dumps(call).encode() + b"\0")
                reply = self.wire.receive()
                self.assertNotIn("error", reply)
                self.assertIsInstance(reply["parameters"], dict)
                self.assertEqual(set(reply) - {"parameters"}, set())

    def test_reply_without_parameters_still_has_an_object(self):
        self.login("nina", "TREAT")
        reply = self.wire.call("io.carevault.Session.Logout")
        self.assertEqual(reply.get("parameters", {}), {})
        self.assertNotIn("error", reply)

    def test_pipelining_keeps_the_order(self):
        names = sorted(EXPECTED)
        calls = b""
        for name in names * 40:
            call = {
                "method": "org.varlink.service.GetInterfaceDescription",
                "parameters": {"interface": name},
            }
            calls += json.dumps(call).encode() + b"\0"
        # Reading must go on while sending: the replies are far larger than what is sent.
        self.wire.send(calls)
        for name in names * 40:
            description = self.wire.receive()["parameters"]["description"]
            self.assertIn(f"interface {name}\n", description)

    def test_pipelined_login_and_read(self):
        key = self.office.read("nina.key").split()[1]
        self.wire.send_call("io.carevault.Session.Login",
                            {"name": "nina", "secret": key, "form": "keyfile", "purpose": "TREAT"})
        for _ in range(20):
            self.wire.send_call("io.carevault.Session.Describe")
        self.wire.send_call("io.carevault.Session.Logout")
        self.wire.send_call("io.carevault.Session.Describe")
        self.assertIn("token", self.wire.receive()["parameters"])
        for _ in range(20):
            self.assertEqual(self.wire.receive()["parameters"]["session"]["name"], "nina")
        self.assertNotIn("error", self.wire.receive())
        self.assertEqual(self.wire.receive()["error"], "io.carevault.Session.LoginNeeded")

    def test_pipelined_writes_are_answered_in_the_order_of_the_calls(self):
        self.login("nina", "TREAT")
        subject = self.wire.ok("io.carevault.Subjects.Add", {
            "fields": {"names": [{"full": "王小明"}]},
            "idempotency": harness.new_idempotency()})["subject"]
        body = {"held_on": "2026-03-04", "channel": "phone", "risk": "low"}
        records = []
        for number in range(10):
            self.wire.send_call("io.carevault.Records.Create", {
                "subject": subject, "kind": "counselling.session",
                "body": {**body, "number": number + 1}, "idempotency": harness.new_idempotency()})
            self.wire.send_call("io.carevault.Vault.GetStatus")
        for _ in range(10):
            records.append(self.wire.receive()["parameters"]["record"])
            self.assertEqual(self.wire.receive()["parameters"]["state"], "unsealed")
        for number, record in enumerate(records):
            document = self.wire.ok("io.carevault.Records.Get", {
                "subject": subject, "record": record})["document"]
            self.assertEqual(document["body"]["number"], number + 1)

    def test_unknown_interface_and_method(self):
        cases = {
            "io.carevault.Nothing.Get":
                ("org.varlink.service.InterfaceNotFound", {"interface": "io.carevault.Nothing"}),
            "io.carevault.Vault.Open":
                ("org.varlink.service.MethodNotFound", {"method": "io.carevault.Vault.Open"}),
            "io.carevault.vault.GetStatus":
                ("org.varlink.service.InterfaceNotFound", {"interface": "io.carevault.vault"}),
            "org.varlink.service.Quit":
                ("org.varlink.service.MethodNotFound", {"method": "org.varlink.service.Quit"}),
        }
        for method, expected in cases.items():
            with self.subTest(method):
                self.assertEqual(self.wire.error(method), expected)
        for method in ("GetStatus", "", ".", "io.carevault.Vault."):
            with self.subTest(method):
                name, parameters = self.wire.error(method)
                self.assertIn(name, (
                    "org.varlink.service.InterfaceNotFound", "org.varlink.service.MethodNotFound"))
                self.assertEqual(len(parameters), 1)

    def test_invalid_parameter_is_named(self):
        describe = "org.varlink.service.GetInterfaceDescription"
        for parameters in ({}, {"interface": 3}, {"interface": None}, {"interface": ["x"]}):
            with self.subTest(parameters):
                self.assertEqual(self.wire.error(describe, parameters), (
                    "org.varlink.service.InvalidParameter", {"parameter": "interface"}))
        self.assertEqual(
            self.wire.error(describe, {"interface": "org.varlink.service", "colour": "red"}),
            ("org.varlink.service.InvalidParameter", {"parameter": "colour"}))

    def test_upgrade_is_refused(self):
        name, _ = self.wire.error("io.carevault.Vault.GetStatus", upgrade=True)
        self.assertIn(name, (
            "org.varlink.service.MethodNotImplemented", "org.varlink.service.InvalidParameter"))
        self.assertIn("state", self.wire.ok("io.carevault.Vault.GetStatus"))

    def test_more_on_a_method_with_one_reply(self):
        reply = self.wire.call("io.carevault.Vault.GetStatus", more=True)
        self.assertNotIn("continues", reply)
        self.assertEqual(reply["parameters"]["state"], "unsealed")

    def test_streaming_only_method_without_more(self):
        self.login("aude")
        self.assertEqual(
            self.wire.error("io.carevault.Audit.Export", {}),
            ("org.varlink.service.ExpectedMore", {}))

    def test_stream_of_several_replies(self):
        self.login("aude")
        self.wire.send_call("io.carevault.Audit.VerifyLive", {}, more=True)
        replies = [self.wire.receive()]
        while replies[-1].get("continues"):
            replies.append(self.wire.receive())
        self.assertNotIn("error", replies[-1])
        self.assertIn("verdict", replies[-1]["parameters"])
        for reply in replies[:-1]:
            self.assertNotIn("verdict", reply["parameters"])
        self.assertEqual(self.wire.call("io.carevault.Session.Describe").get("error"), None)

    def test_error_of_a_streaming_call_is_final(self):
        reply = self.wire.call("io.carevault.Audit.Export", {}, more=True)
        self.assertEqual(reply["error"], "io.carevault.Audit.LoginNeeded")
        self.assertNotIn("continues", reply)

    def test_oneway_gets_no_reply_even_for_errors(self):
        self.wire.send_call("io.carevault.Vault.GetStatus", oneway=True)
        self.wire.send_call("io.carevault.Records.Get", {"subject": 3}, oneway=True)
        self.wire.send_call("io.carevault.Nothing.Get", oneway=True)
        self.wire.send_call("org.varlink.service.GetInfo")
        self.assertEqual(self.wire.receive()["parameters"]["product"], "CareVault")
        with self.assertRaises(harness.NoAnswer):
            self.wire.receive(patience=0.3)


if __name__ == "__main__":
    unittest.main()
