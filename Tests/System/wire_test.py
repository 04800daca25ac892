"""Bad input on the bare socket: whatever a connection sends, the daemon lives and others are served.

After each test a fresh connection must still get an answer; see tearDown.
"""

import json
import os
import random
import select
import socket
import time
import unittest

import descriptions
import harness

INVALID = "org.varlink.service.InvalidParameter"
STATUS = "io.carevault.Vault.GetStatus"
INFO = b'{"method":"org.varlink.service.GetInfo"}'
MESSAGE_LIMIT = 1 << 20
DEPTH_LIMIT = 32
WITHOUT_LOGIN = {
    "io.carevault.Vault.GetStatus", "io.carevault.Vault.Watch", "io.carevault.Vault.Unseal",
    "io.carevault.Session.Login",
    "io.carevault.Session.Resume", "io.carevault.Session.BeginEnrolment",
    "io.carevault.Session.CompleteEnrolment", "org.varlink.service.GetInfo",
    "org.varlink.service.GetInterfaceDescription",
}
SESSION = {"held_on": "2026-03-04", "channel": "phone", "risk": "low"}


class WireTestCase(unittest.TestCase):
    """One founded office for all tests of a class, and a fresh connection for each test."""

    @classmethod
    def setUpClass(cls):
        cls.office = harness.Office()
        cls.addClassCleanup(cls.office.close)
        cls.office.found()
        cls.keys = {
            name: cls.office.read(f"{name}.key").split()[1]
            for name in ("olga", "cora", "aude", "nina", "carl", "mona")}
        cls.subject = cls.office.add_subject()

    def setUp(self):
        self.daemon = self.office.daemon
        self.wire = self.connect()

    def tearDown(self):
        self.assertIsNone(self.daemon.poll(), f"the daemon ended: {self.office.log_text()[-2000:]}")
        self.assertTrue(self.office.alive())

    def connect(self):
        wire = self.office.connect()
        self.addCleanup(wire.close)
        return wire

    def logged_in(self, name):
        """A new connection on which a person is logged in."""
        wire = self.connect()
        purpose = {"nina": "TREAT", "carl": "ELIGDTRM", "mona": "HPAYMT"}.get(name)
        wire.login(name, self.keys[name], purpose)
        return wire

    def create(self, wire, idempotency, subject=None, **fields):
        return wire.call("io.carevault.Records.Create", {
            "subject": subject or self.subject, "kind": "counselling.session",
            "body": {**SESSION, **fields}, "idempotency": idempotency})

    def assert_refuses_and_closes(self, data):
        """The bytes must get that connection closed, without a reply and without delay."""
        wire = self.connect()
        try:
            wire.send(data)
        except harness.ConnectionEnded:
            return
        self.assertTrue(wire.is_closed(), f"{data[:60]!r} does not close the connection")


class BrokenMessageTests(WireTestCase):
    """Bytes that are no message close their connection and nothing else."""

    def test_message_of_the_limit_is_read(self):
        self.wire.send(INFO + b" " * (MESSAGE_LIMIT - len(INFO) - 1) + b"\0")
        self.assertIn("parameters", self.wire.receive())

    def test_message_beyond_the_limit(self):
        self.assert_refuses_and_closes(INFO + b" " * (MESSAGE_LIMIT + 1 - len(INFO)) + b"\0")

    def test_message_without_end(self):
        wire = self.connect()
        sent = 0
        with self.assertRaises((harness.ConnectionEnded, OSError)):
            wire.send(b'{"method":"')
            while sent < 64 << 20:
                wire.send(b"a" * (1 << 16))
                sent += 1 << 16
        self.assertLess(sent, 16 << 20)

    def nested(self, depth, left=b"[", right=b"]", core=b""):
        """A message of that many levels, the message and its two objects included."""
        inner = depth - 3
        return (b'{"method":"io.carevault.Subjects.Add","parameters":{"fields":{"a":'
                + left * inner + core + right * inner + b"}}}\0")

    def test_nesting_of_the_limit_is_read(self):
        self.wire.send(self.nested(DEPTH_LIMIT))
        self.assertIn("error", self.wire.receive())

    def test_nesting_beyond_the_limit(self):
        self.assert_refuses_and_closes(self.nested(DEPTH_LIMIT + 1))
        self.assert_refuses_and_closes(self.nested(DEPTH_LIMIT + 1, b'{"a":', b"}", b"1"))

    def test_nesting_of_a_hundred_thousand(self):
        self.assert_refuses_and_closes(self.nested(100_003))
        self.assert_refuses_and_closes(b"[" * 200_000 + b"\0")
        self.assert_refuses_and_closes(b'{"a":' * 100_000 + b"\0")

    def test_duplicate_keys(self):
        self.assert_refuses_and_closes(
            b'{"method":"org.varlink.service.GetInfo","method":"io.carevault.Vault.GetStatus"}\0')
        self.assert_refuses_and_closes(
            b'{"method":"io.carevault.Subjects.Add","parameters":{"fields":{"a":1,"a":2}}}\0')
        self.assert_refuses_and_closes(
            b'{"method":"io.carevault.Subjects.Add","parameters":{"fields":{"a":1,"\\u0061":2}}}\0')

    def test_text_that_is_not_utf8(self):
        for bad in (b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe4\xb8", b"\x80"):
            with self.subTest(bad):
                self.assert_refuses_and_closes(
                    b'{"method":"org.varlink.service.GetInterfaceDescription",'
                    b'"parameters":{"interface":"' + bad + b'"}}\0')

    def test_texts_that_are_not_json(self):
        for bad in (
                b"", b" ", b"\n", b"{", b"}", b"{}}", b"[]", b"3", b'"text"', b"null", b"true", b"nul",
                b"{'method':'x'}", b'{"method":"x",}', b'{"method" "x"}', b'{method:"x"}',
                b'{"method":"x"} {}', b'\xef\xbb\xbf{"method":"x"}', b'{"method":"a\nb"}',
                b'{"method":"\\ud800"}', b'{"method":"\\x41"}', b'{"method":"x","parameters":{"a":01}}',
                b'{"method":"x","parameters":{"a":NaN}}', b'{"method":"x","parameters":{"a":1.}}',
                b'{"method":"x","parameters":{"a":+1}}', b'// x\n{"method":"x"}',
                b'{"method":"x","parameters":{"a":Infinity}}', b"\x1f\x8b\x08", b"GET / HTTP/1.1\r\n\r\n",
        ):
            with self.subTest(bad):
                self.assert_refuses_and_closes(bad + b"\0")

    def test_numbers_beyond_64_bits(self):
        for number in (2**63, -(2**63) - 1, 10**40, 10**4000):
            with self.subTest(str(number)[:40]):
                wire = self.connect()
                wire.send(b'{"method":"io.carevault.Audit.Tail","parameters":{"limit":%d}}\0' % number)
                try:
                    self.assertEqual(wire.receive()["error"], INVALID)
                except harness.ConnectionEnded:
                    pass

    def test_messages_of_the_wrong_shape(self):
        for bad in (
                b"{}", b'{"method":null}', b'{"method":3}', b'{"method":["x"]}', b'{"parameters":{}}',
                b'{"method":"org.varlink.service.GetInfo","parameters":[]}',
                b'{"method":"org.varlink.service.GetInfo","parameters":"x"}',
                b'{"method":"org.varlink.service.GetInfo","more":"yes"}',
                b'{"method":"org.varlink.service.GetInfo","oneway":1}',
                b'{"method":"org.varlink.service.GetInfo","colour":"red"}',
        ):
            with self.subTest(bad):
                wire = self.connect()
                wire.send(bad + b"\0")
                try:
                    reply = wire.receive()
                except harness.ConnectionEnded:
                    continue
                self.assertTrue(reply.get("error", "").startswith("org.varlink.service."), reply)

    def test_storm_of_nul_bytes(self):
        self.assert_refuses_and_closes(b"\0" * 100_000)

    def test_random_bytes(self):
        source = random.Random(20261125)
        for _ in range(50):
            self.assert_refuses_and_closes(source.randbytes(source.randrange(1, 4000)) + b"\0")

    def test_every_cut_and_every_change_of_a_message(self):
        """No prefix and no changed byte of a good message hangs the connection."""
        message = b'{"method":"io.carevault.Records.Get","parameters":{"subject":"x","record":"\xe5"}}'
        source = random.Random(7)
        for place in range(len(message)):
            for data in (message[:place], message[:place] + bytes([source.randrange(1, 256)])
                         + message[place + 1:]):
                wire = harness.Wire(self.office.socket)
                with wire:
                    wire.send(data + b"\0")
                    try:
                        self.assertIn("error", wire.receive())
                    except harness.ConnectionEnded:
                        pass

    def test_answers_before_the_broken_message_still_come(self):
        self.wire.send(INFO + b"\0" + INFO + b"\0" + b"broken\0" + INFO + b"\0")
        self.assertIn("parameters", self.wire.receive())
        self.assertIn("parameters", self.wire.receive())
        self.assertTrue(self.wire.is_closed())

    def test_a_broken_message_leaves_other_connections_and_logins_alone(self):
        nina = self.logged_in("nina")
        self.assert_refuses_and_closes(b"broken\0")
        self.assertEqual(
            nina.ok("io.carevault.Session.Describe")["session"]["name"], "nina")

    def test_message_in_single_bytes(self):
        for byte in INFO + b"\0":
            self.wire.send(bytes([byte]))
        self.assertIn("parameters", self.wire.receive())

    def test_closing_in_the_middle(self):
        for _ in range(100):
            with harness.Wire(self.office.socket) as wire:
                wire.send(INFO[:20])
            with harness.Wire(self.office.socket) as wire:
                wire.send((INFO + b"\0") * 20)

    def test_end_of_sending_is_answered_first(self):
        self.wire.send((INFO + b"\0") * 10)
        self.wire.socket.shutdown(socket.SHUT_WR)
        for _ in range(10):
            self.assertIn("parameters", self.wire.receive())
        self.assertTrue(self.wire.is_closed())


class PatienceTests(WireTestCase):
    """Connections that do not go on are closed, and hold up nobody."""

    def test_silent_trickling_and_unread_connections(self):
        half = self.connect()
        half.send(INFO[:20])
        trickle = self.connect()
        unread = self.connect()
        unread.socket.setblocking(False)
        call = json.dumps({
            "method": "org.varlink.service.GetInterfaceDescription",
            "parameters": {"interface": "io.carevault.Directory"}}).encode() + b"\0"
        sent = self.fill(unread, call)
        self.assertLess(sent, 64 << 20, "no back-pressure")
        memory = self.memory()
        ended = {}
        begun = time.monotonic()
        place = 0
        while len(ended) < 3 and time.monotonic() - begun < harness.PATIENCE:
            if "trickle" not in ended:
                try:
                    trickle.send(INFO[place % len(INFO):][:1])
                    place += 1
                except harness.ConnectionEnded:
                    ended["trickle"] = True
            for name, wire in (("half", half), ("trickle", trickle)):
                if select.select([wire.socket], [], [], 0)[0]:
                    ended[name] = True
            if self.is_reset(unread):
                ended["unread"] = True
            with self.office.connect() as other:
                other.ok(STATUS)
            time.sleep(0.25)
        self.assertEqual(set(ended), {"half", "trickle", "unread"})
        self.assertLess(self.memory() - memory, 64 << 20, "what nobody reads is kept in memory")

    @staticmethod
    def fill(wire, call):
        """Sends without reading until nothing more is taken; gives the bytes sent."""
        sent = 0
        while sent < 64 << 20:
            if not select.select([], [wire.socket], [], 1)[1]:
                break
            try:
                sent += wire.socket.send(call * 200)
            except BlockingIOError:
                continue
            except (BrokenPipeError, ConnectionResetError):
                break
        return sent

    @staticmethod
    def is_reset(wire):
        """Whether the other side is gone, without reading what it sent."""
        poll = select.poll()
        poll.register(wire.socket, select.POLLRDHUP | select.POLLHUP)
        return bool(poll.poll(0))

    def memory(self):
        """Resident bytes of the daemon."""
        with open(f"/proc/{self.office.daemon.pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def test_unread_replies_come_whole_when_read_at_last(self):
        """More is asked for than the daemon may buffer; nothing is lost or out of order."""
        names = ["io.carevault.Directory", "io.carevault.Vault", "io.carevault.Keys"] * 400
        self.wire.socket.setblocking(False)
        waiting = b"".join(json.dumps({
            "method": "org.varlink.service.GetInterfaceDescription",
            "parameters": {"interface": name}}).encode() + b"\0" for name in names)
        answers = 0
        deadline = time.monotonic() + harness.PATIENCE
        time.sleep(0.5)
        while answers < len(names) and time.monotonic() < deadline:
            readable, writable, _ = select.select(
                [self.wire.socket], [self.wire.socket] if waiting else [], [], 5)
            if writable:
                waiting = waiting[self.wire.socket.send(waiting[:1 << 16]):]
            if readable:
                self.wire.pending += self.wire.socket.recv(1 << 16)
                while b"\0" in self.wire.pending:
                    text = json.loads(self.wire.receive_bytes())["parameters"]["description"]
                    self.assertIn(f"interface {names[answers]}\n", text)
                    answers += 1
        self.assertEqual(answers, len(names))


class LoadTests(WireTestCase):
    """Much of everything."""

    def test_thousands_of_tiny_messages(self):
        self.wire.socket.settimeout(harness.PATIENCE)
        for _ in range(50):
            self.wire.send((INFO + b"\0") * 200)
            for _ in range(200):
                self.assertIn("parameters", self.wire.receive())

    def test_flood_of_connections_of_one_account(self):
        """Beyond the limit of an account connections are closed; then there is room again."""
        wires, refused = [], 0
        for _ in range(400):
            try:
                wire = harness.Wire(self.office.socket)
            except OSError:
                refused += 1
                continue
            self.addCleanup(wire.close)
            try:
                wire.send(INFO + b"\0")
                wire.receive()
                wires.append(wire)
            except harness.ConnectionEnded:
                refused += 1
                wire.close()
        self.assertGreater(refused, 0, "no limit")
        self.assertGreater(len(wires), 100)
        for wire in wires:
            wire.send(INFO + b"\0")
            self.assertIn("parameters", wire.receive())
        if os.getuid() == 0:
            reply = self.office.call_as(harness.OTHER_UID, STATUS)
            self.assertEqual(reply["parameters"]["state"], "unsealed", "another account is locked out")
        for wire in wires:
            wire.close()
        deadline = time.monotonic() + harness.PATIENCE
        while time.monotonic() < deadline:
            try:
                self.assertTrue(self.office.alive())
                return
            except (harness.ConnectionEnded, OSError):
                time.sleep(0.05)
        self.fail("no room again after the flood")

    def test_reads_of_many_connections_at_once(self):
        record = self.create(self.logged_in("nina"), harness.new_idempotency())["parameters"]["record"]
        token = self.connect().login("nina", self.keys["nina"], "TREAT")["token"]
        wires = [self.connect() for _ in range(16)]
        for wire in wires:
            wire.ok("io.carevault.Session.Resume", {"token": token})
        for _ in range(10):
            for wire in wires:
                for _ in range(4):
                    wire.send_call("io.carevault.Records.Get", {
                        "subject": self.subject, "record": record})
            for wire in wires:
                for _ in range(4):
                    self.assertEqual(wire.receive()["parameters"]["document"]["record"], record)

    def test_wrong_words_in_a_row_are_slowed_down_and_answered(self):
        """A derivation is expensive: one at a time, one waiting; the rest is told to come later."""
        words = "academic acid acne acquire acrobat activity actress adapt"
        wires = [self.connect() for _ in range(8)]
        for wire in wires:
            wire.send_call("io.carevault.Session.Login", {
                "name": "nina", "secret": words, "form": "words"})
        with self.office.connect() as other:
            other.ok(STATUS)
        errors = [wire.receive()["error"] for wire in wires]
        self.assertEqual(
            set(errors) - {"io.carevault.Session.WrongSecret", "io.carevault.Session.TooManyRequests"},
            set())


class ParameterTests(WireTestCase):
    """Every parameter of every method, given what it must not be; generated from the interfaces."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.methods = descriptions.methods()

    def test_the_generator_sees_the_interfaces(self):
        names = {method.name for method in self.methods}
        self.assertGreater(len(names), 25)
        self.assertIn("io.carevault.Directory.Grant", names)
        grant = next(m for m in self.methods if m.name == "io.carevault.Directory.Grant")
        self.assertEqual([parameter.kind for parameter in grant.parameters], [
            "string", "list", "list", "string", "string", "int", "list", "string"])
        self.assertEqual([p.optional for p in grant.parameters], [
            False, False, False, True, True, True, False, False])

    def ask(self, wire, method, parameters):
        """The error of a call, or None; a streamed answer is read to its end."""
        reply = wire.call(method.name, parameters, **({"more": True} if method.streaming else {}))
        while reply.get("continues"):
            reply = wire.receive()
        return reply.get("error"), reply.get("parameters", {})

    def check_wrong_types(self, wire):
        """On one connection throughout: none of this is a reason to close it."""
        for method in self.methods:
            for parameter in method.parameters:
                for value in parameter.wrong:
                    with self.subTest(f"{method.name} {parameter.name}={value!r}"):
                        error, details = self.ask(
                            wire, method, {**method.right(), parameter.name: value})
                        if error == INVALID:
                            self.assertEqual(details["parameter"].split("[")[0], parameter.name)
                        else:
                            self.assertEqual(error, f"{method.interface}.InvalidFields")
                            self.assertTrue(details["problems"])

    def test_wrong_types_without_login(self):
        self.check_wrong_types(self.wire)

    def test_wrong_types_for_a_counsellor(self):
        self.check_wrong_types(self.logged_in("nina"))

    def test_wrong_types_for_an_operator(self):
        self.check_wrong_types(self.logged_in("olga"))

    def test_unknown_parameters(self):
        for method in self.methods:
            with self.subTest(method.name):
                error, details = self.ask(self.wire, method, {**method.right(), "colour": "red"})
                self.assertEqual((error, details), (INVALID, {"parameter": "colour"}))

    def test_missing_parameters(self):
        for method in self.methods:
            for parameter in method.parameters:
                if parameter.optional:
                    continue
                with self.subTest(f"{method.name} without {parameter.name}"):
                    parameters = method.right()
                    del parameters[parameter.name]
                    self.assertEqual(
                        self.ask(self.wire, method, parameters),
                        (INVALID, {"parameter": parameter.name}))

    def test_null_is_as_good_as_absent(self):
        for method in self.methods:
            for parameter in method.parameters:
                if not parameter.optional or method.name in WITHOUT_LOGIN:
                    continue
                with self.subTest(f"{method.name} {parameter.name}=null"):
                    parameters = {**method.right(), parameter.name: None}
                    error, _ = self.ask(self.wire, method, parameters)
                    self.assertEqual(error, f"{method.interface}.LoginNeeded")

    def test_calls_before_login(self):
        for method in self.methods:
            if method.name in WITHOUT_LOGIN:
                continue
            with self.subTest(method.name):
                self.assertEqual(
                    self.ask(self.connect(), method, method.right()),
                    (f"{method.interface}.LoginNeeded", {"reason": "none"}))

    def test_values_of_the_right_type_that_mean_nothing(self):
        """Random identifiers, empty lists: answers of the interface, from every role, no hang."""
        harmless = [
            method for method in self.methods
            # A watch has no end.
            if method.name not in ("io.carevault.Vault.Seal", "io.carevault.Session.Logout",
                                   "io.carevault.Keys.RotateStorage", "io.carevault.Vault.Watch")]
        for name in ("nina", "cora", "aude", "olga"):
            wire = self.logged_in(name)
            for method in harmless:
                with self.subTest(f"{name} {method.name}"):
                    error, _ = self.ask(wire, method, method.right())
                    if error is not None:  # of this interface, or of Varlink itself
                        self.assertTrue(error.startswith(method.interface + ".")
                                        or error.startswith("org.varlink.service."), error)
                if method.name == "io.carevault.Session.Resume":
                    wire = self.logged_in(name)

    def test_texts_that_are_too_long_or_strange(self):
        texts = ["", " ", "x" * 100_000, "\u0000", "\u202e", "😀" * 1000, "../../etc/passwd", "%s%n",
                 "0" * 27, "'; drop table", "a\u0301" * 5000]
        for name in ("nina", "olga"):
            wire = self.logged_in(name)
            for method in self.methods:
                if method.name in ("io.carevault.Session.Resume", "io.carevault.Vault.Unseal"):
                    continue
                for parameter in method.parameters:
                    if parameter.kind != "string":
                        continue
                    for text in texts:
                        with self.subTest(f"{name} {method.name} {parameter.name}={text[:12]!r}"):
                            error, _ = self.ask(
                                wire, method, {**method.right(), parameter.name: text})
                            if error is not None:
                                self.assertNotEqual(error, f"{method.interface}.Unavailable")

    def test_numbers_out_of_range(self):
        for name in ("nina", "olga", "aude"):
            wire = self.logged_in(name)
            for method in self.methods:
                for parameter in method.parameters:
                    if parameter.kind != "int":
                        continue
                    for number in (-1, 0, -(2**63), 2**63 - 1, 2**53, 2**32, 2**31):
                        with self.subTest(f"{name} {method.name} {parameter.name}={number}"):
                            error, _ = self.ask(
                                wire, method, {**method.right(), parameter.name: number})
                            if error is not None:
                                self.assertNotEqual(error, f"{method.interface}.Unavailable")


class LoginTests(WireTestCase):
    """Tokens: made up, spent, of somebody else."""

    def resume(self, token, wire=None):
        return (wire or self.connect()).call("io.carevault.Session.Resume", {"token": token})

    def test_made_up_tokens(self):
        good = self.connect().login("nina", self.keys["nina"], "TREAT")["token"]
        flipped = ("B" if good[0] == "A" else "A") + good[1:]
        for token in ("", "x", flipped, good[:-1], good + "=", good + "A", good.lower(), " " + good,
                      "A" * 43 + "=", "A" * 500_000, self.keys["nina"]):
            with self.subTest(token[:50]):
                reply = self.resume(token)
                self.assertIn(reply["error"], (
                    "io.carevault.Session.LoginNeeded", "io.carevault.Session.InvalidFields"))
        self.assertEqual(self.resume(good)["parameters"]["session"]["name"], "nina")

    def test_a_failed_resume_leaves_the_connection_without_login(self):
        wire = self.connect()
        self.resume("A" * 43 + "=", wire)
        self.assertEqual(
            wire.error("io.carevault.Session.Describe")[0], "io.carevault.Session.LoginNeeded")

    def test_a_token_ends_with_its_login(self):
        wire = self.connect()
        token = wire.login("nina", self.keys["nina"], "TREAT")["token"]
        other = self.connect()
        self.resume(token, other)
        wire.ok("io.carevault.Session.Logout")
        for reply in (self.resume(token), other.call("io.carevault.Session.Describe")):
            self.assertEqual(reply["error"], "io.carevault.Session.LoginNeeded")

    @unittest.skipIf(os.getuid() != 0, "needs root: a second account takes part")
    def test_a_token_serves_only_its_account(self):
        token = self.connect().login("nina", self.keys["nina"], "TREAT")["token"]
        reply = self.office.call_as(
            harness.OTHER_UID, "io.carevault.Session.Resume", {"token": token})
        self.assertEqual(reply["error"], "io.carevault.Session.LoginNeeded")
        self.assertEqual(self.resume(token)["parameters"]["session"]["name"], "nina")

    @unittest.skipIf(os.getuid() != 0, "needs root: a second account takes part")
    def test_a_foreign_token_is_called_foreign(self):
        token = self.connect().login("nina", self.keys["nina"], "TREAT")["token"]
        reply = self.office.call_as(
            harness.OTHER_UID, "io.carevault.Session.Resume", {"token": token})
        self.assertEqual(reply["parameters"], {"reason": "foreign"})

    @unittest.skipIf(os.getuid() != 0, "needs root: a second account takes part")
    def test_a_secret_serves_only_its_account(self):
        reply = self.office.call_as(harness.OTHER_UID, "io.carevault.Session.Login", {
            "name": "nina", "secret": self.keys["nina"], "form": "keyfile"})
        self.assertEqual(reply["error"], "io.carevault.Session.WrongSecret")

    def test_a_disabled_persons_login_has_ended(self):
        self.office.hire("temp", "counsellor", purpose="treatment")
        wire = self.connect()
        token = wire.login("temp", self.office.read("temp.key").split()[1], "TREAT")["token"]
        self.office.client("principal", "disable", "temp", login="olga")
        for reply in (wire.call("io.carevault.Session.Describe"), self.resume(token)):
            self.assertEqual(reply["error"], "io.carevault.Session.LoginNeeded")
        again = self.connect().call("io.carevault.Session.Login", {
            "name": "temp", "secret": self.office.read("temp.key").split()[1], "form": "keyfile"})
        self.assertIn(again["error"], (
            "io.carevault.Session.WrongSecret", "io.carevault.Session.Denied"))

    def test_enrolment_that_is_made_up(self):
        for parameters in (
                {"pending": "x", "secret": "y"},
                {"pending": harness.new_idempotency(), "secret": self.keys["nina"]},
                {"pending": "", "secret": "", "vault_fingerprint": []},
        ):
            with self.subTest(parameters):
                error, _ = self.wire.error("io.carevault.Session.CompleteEnrolment", parameters)
                self.assertTrue(error.startswith(("io.carevault.Session.", INVALID)), error)


class IdempotencyTests(WireTestCase):
    """A request is done once, whatever happens on the way."""

    def test_the_same_request_again_gives_the_same_answer(self):
        wire, name = self.logged_in("nina"), harness.new_idempotency()
        first = self.create(wire, name)["parameters"]
        self.assertEqual(self.create(wire, name)["parameters"], first)
        self.assertEqual(self.create(self.logged_in("nina"), name)["parameters"], first)

    def test_other_content_is_refused(self):
        wire, name = self.logged_in("nina"), harness.new_idempotency()
        record = self.create(wire, name)["parameters"]["record"]
        for reply in (
                self.create(wire, name, summary="other"),
                wire.call("io.carevault.Records.Amend", {
                    "subject": self.subject, "record": record, "base_version": 1, "body": SESSION,
                    "idempotency": name}),
        ):
            self.assertEqual(reply["error"], "io.carevault.Records.IdempotencyReused")
        self.assertEqual(
            wire.call("io.carevault.Subjects.Add", {
                "fields": {"names": [{"full": "李四"}]}, "idempotency": name})["error"],
            "io.carevault.Subjects.IdempotencyReused")
        document = wire.ok("io.carevault.Records.Get", {
            "subject": self.subject, "record": record})["document"]
        self.assertEqual(document["version"], 1)
        self.assertNotIn("summary", document["body"])

    def test_names_of_two_people_do_not_meet(self):
        name = harness.new_idempotency()
        self.assertIn("parameters", self.create(self.logged_in("nina"), name))
        reply = self.logged_in("carl").call("io.carevault.Subjects.Add", {
            "fields": {"names": [{"full": "赵六"}]}, "idempotency": name})
        self.assertNotIn("error", reply)

    def test_the_same_request_at_the_same_time(self):
        name = harness.new_idempotency()
        wires = [self.logged_in("nina") for _ in range(8)]
        for wire in wires:
            wire.send_call("io.carevault.Records.Create", {
                "subject": self.subject, "kind": "counselling.session", "body": SESSION,
                "idempotency": name})
        replies = [wire.receive() for wire in wires]
        done = [reply["parameters"]["record"] for reply in replies if "error" not in reply]
        self.assertEqual(len(set(done)), 1, replies)
        for reply in replies:
            self.assertIn(reply.get("error", ""), (
                "", "io.carevault.Records.OutcomePending", "io.carevault.Records.Conflict"))
        self.assertEqual(self.create(wires[0], name)["parameters"]["record"], done[0])

    def test_after_a_kill_the_same_request_gives_the_same_answer(self):
        name = harness.new_idempotency()
        first = self.create(self.logged_in("nina"), name)["parameters"]
        self.office.restart()
        self.daemon = self.office.daemon
        wire = self.logged_in("nina")
        self.assertEqual(self.create(wire, name)["parameters"], first)
        self.assertEqual(
            self.create(wire, name, summary="other")["error"],
            "io.carevault.Records.IdempotencyReused")

    def test_enlisting_again_with_the_same_name_of_request(self):
        wire, name = self.logged_in("olga"), harness.new_idempotency()
        parameters = {"name": "rosa", "uid": os.getuid(), "idempotency": name}
        first = wire.ok("io.carevault.Directory.Enlist", parameters)
        again = wire.ok("io.carevault.Directory.Enlist", parameters)
        self.assertEqual(again["principal"], first["principal"])
        self.assertEqual(
            wire.error("io.carevault.Directory.Enlist", {**parameters, "name": "rita"})[0],
            "io.carevault.Directory.IdempotencyReused")

    def test_names_that_are_no_identifiers(self):
        wire = self.logged_in("nina")
        for name in ("", "x", "0" * 26, "00112233445566778899aabbccddeeff", "x" * 10_000):
            with self.subTest(name[:40]):
                self.assertIn(self.create(wire, name)["error"], (
                    INVALID, "io.carevault.Records.InvalidFields"))


class SealedTests(WireTestCase):
    """What a sealed vault answers on the socket."""

    def test_every_method_of_a_sealed_vault(self):
        self.logged_in("olga").ok("io.carevault.Vault.Seal")
        self.addCleanup(self.office.unseal)
        for method in descriptions.methods():
            if method.interface == "org.varlink.service" or method.name in (
                    STATUS, "io.carevault.Vault.Watch", "io.carevault.Vault.Unseal",
                    "io.carevault.Vault.Seal", "io.carevault.Session.Logout"):
                continue
            with self.subTest(method.name):
                reply = self.connect().call(
                    method.name, method.right(), **({"more": True} if method.streaming else {}))
                allowed = {f"{method.interface}.Sealed"}
                if method.name == "io.carevault.Session.Resume":
                    allowed.add("io.carevault.Session.LoginNeeded")  # the token is made up
                if method.name == "io.carevault.Session.CompleteEnrolment":
                    allowed.add("io.carevault.Session.InvalidFields")  # none was begun here
                self.assertIn(reply.get("error"), allowed)

    def test_seal_while_others_read(self):
        nina = self.logged_in("nina")
        olga = self.logged_in("olga")
        for _ in range(50):
            nina.send_call("io.carevault.Records.List", {"subject": self.subject})
        olga.ok("io.carevault.Vault.Seal")
        self.addCleanup(self.office.unseal)
        answers = [nina.receive() for _ in range(50)]
        for answer in answers:
            self.assertIn(answer.get("error", ""), (
                "", "io.carevault.Records.Sealed", "io.carevault.Records.LoginNeeded"))
        self.assertIn(
            nina.error("io.carevault.Records.List", {"subject": self.subject})[0],
            ("io.carevault.Records.Sealed",))


if __name__ == "__main__":
    unittest.main()
