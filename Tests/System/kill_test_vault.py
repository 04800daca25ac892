"""What the kill, canary and disk tests add to the harness: an office whose every step is taken over
the bare socket, and connections that raise the typed error of a reply.

The client is not used here because a round of these tests is short: a command costs more than
unseal, login and a hundred requests together.
"""

import contextlib
import os
import secrets
import signal
import subprocess
import weakref
from pathlib import Path

import harness

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_KEY_FILE_LINE = "CAREVAULT-SECRET-KEY-1"


def identifier(source=None):
    """A random identifier in text form: 26 characters of Crockford base 32 and a check character."""
    raw = source.randbytes(16) if source else secrets.token_bytes(16)
    number = int.from_bytes(raw, "big")
    symbols = [number >> (5 * index) & 31 for index in range(25, -1, -1)]
    total, double = 0, True
    for symbol in reversed(symbols):
        value = symbol * (2 if double else 1)
        total += value // 32 + value % 32
        double = not double
    return "".join(_ALPHABET[symbol] for symbol in symbols + [(32 - total % 32) % 32])


class Refused(Exception):
    """The typed error of a reply; `name` without its interface."""

    def __init__(self, method, reply):
        super().__init__(f"{method}: {reply}")
        self.name = reply["error"].rsplit(".", 1)[1]
        self.parameters = reply.get("parameters", {})


class Disconnected(Exception):
    """The daemon went away before it answered."""


class Connection(harness.Wire):
    """One connection; methods are named without `io.carevault.`."""

    def __init__(self, path):
        try:
            super().__init__(path)
        except OSError as error:
            raise Disconnected(str(error)) from error

    def begin(self, method, parameters, **flags):
        """Sends a call whose answer `answer` takes later."""
        try:
            self.send_call(f"io.carevault.{method}", parameters, **flags)
        except (harness.ConnectionEnded, OSError) as error:
            raise Disconnected(str(error)) from error

    def next_reply(self, method):
        try:
            reply = self.receive()
        except (harness.ConnectionEnded, OSError) as error:
            raise Disconnected(str(error)) from error
        if "error" in reply:
            raise Refused(method, reply)
        return reply

    def answer(self, method):
        """The parameters of the next reply; raises Refused or Disconnected."""
        return self.next_reply(method).get("parameters", {})

    def ask(self, method, **parameters):
        """Calls and gives the parameters of the reply; raises Refused or Disconnected."""
        self.begin(method, parameters)
        return self.answer(method)

    def stream(self, method, **parameters):
        """The same with `more`: yields the parameters of every reply."""
        self.begin(method, parameters, more=True)
        while True:
            reply = self.next_reply(method)
            yield reply.get("parameters", {})
            if not reply.get("continues"):
                return


class Vault(harness.Office):
    """An office whose people work over the bare socket; keys are kept as the wire takes them."""

    def __init__(self, data=None, **options):
        super().__init__(**options)
        if data:
            self.data = Path(data)
        self.keys = {}
        self.words = {}
        self.codes = []
        self.tokens = []
        self.pid = None
        self._connections = weakref.WeakSet()

    # The daemon

    def init(self, operator="olga", *more):
        super().init(operator, *more)
        for name in ("seal", operator):
            first, key = self.read(f"{name}.key").split("\n")[:2]
            assert first == _KEY_FILE_LINE, first
            self.keys[name] = key

    def start(self, *more, wrapper=(), **options):
        """Starts the daemon; `pid` is its own also below a wrapper."""
        super().start(*more, wrapper=wrapper, **options)
        self.pid = self._below(self.daemon.pid) if wrapper else self.daemon.pid

    @staticmethod
    def _below(parent):
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError, IndexError):
                name, rest = (entry / "stat").read_text().split("(", 1)[1].rsplit(")", 1)
                if name == "carevaultd" and int(rest.split()[1]) == parent:
                    return int(entry.name)
        raise AssertionError("no daemon below its wrapper")

    def stop(self, number=signal.SIGTERM):
        """Signals the daemon itself, also below a wrapper, and gives the exit code."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)
        try:
            return self.daemon.wait(harness.PATIENCE)
        except subprocess.TimeoutExpired:
            os.kill(self.pid, signal.SIGKILL)
            self.daemon.wait()
            raise

    # The people

    def connect(self, patience=None):
        """A new connection; it is closed with the office at the latest."""
        wire = Connection(self.socket)
        self._connections.add(wire)
        return wire

    def close(self):
        for wire in list(self._connections):
            wire.close()
        super().close()

    def unseal(self):
        with self.connect() as wire:
            return wire.ask("Vault.Unseal", secret=self.keys["seal"], form="keyfile")

    def status(self):
        with self.connect() as wire:
            return wire.ask("Vault.GetStatus")

    def login(self, name, purpose=None, form="keyfile"):
        """A connection tied to a new login."""
        purpose = purpose or harness.CARE_STAFF.get(name, (None, None))[1]
        wire = self.connect()
        try:
            reply = wire.ask(
                "Session.Login", name=name, secret=self.keys[name], form=form,
                **({"purpose": purpose} if purpose else {}))
        except BaseException:
            wire.close()
            raise
        self.tokens.append(reply["token"])
        return wire

    def enlist_and_enrol(self, operator, name, office=None, form="keyfile"):
        """Gives the principal's identifier; `keys` and `words` then hold what was made."""
        enlisted = operator.ask(
            "Directory.Enlist", name=name, uid=os.getuid(), idempotency=identifier())
        self.codes.append(enlisted["code"])
        with self.connect() as wire:
            begun = wire.ask(
                "Session.BeginEnrolment", name=name, code=enlisted["code"], form=form,
                **({"founding_role": office} if office else {}))
            wire.ask(
                "Session.CompleteEnrolment", pending=begun["pending"], secret=begun["secret"],
                **({} if office else {"vault_fingerprint": self.vault_words}))
        self.keys[name] = begun["secret"]
        self.words[name] = begun["fingerprint_words"]
        return enlisted["principal"]

    def found(self, staff=None):
        """Founds an unsealed vault with cora and aude, and appoints the care staff."""
        with self.login("olga") as olga:
            self.enlist_and_enrol(olga, "cora", "custodian")
            self.enlist_and_enrol(olga, "aude", "auditor")
        for name, other in (("cora", "aude"), ("aude", "cora")):
            with self.login(name) as wire:
                draft = wire.ask("Directory.GetFoundingDraft")["draft_hash"]
                signed = wire.ask(
                    "Directory.SignFounding", draft_hash=draft, other_words=self.words[other],
                    idempotency=identifier())
        self.vault_words = signed["vault_fingerprint"]
        for name, (roles, _) in (harness.CARE_STAFF if staff is None else staff).items():
            self.appoint(name, roles)

    def appoint(self, name, roles, form="keyfile"):
        """Enlists, enrols and grants the roles with the compartments that they work in."""
        compartments = {
            "counsellor": ["registry", "counselling"], "caseworker": ["registry", "hardship"],
            "medical-officer": ["registry", "medical"],
        }
        with self.login("olga") as olga:
            principal = self.enlist_and_enrol(olga, name, form=form)
        with self.login("cora") as cora:
            cora.ask(
                "Directory.Grant", principal=principal, roles=roles,
                compartments=sorted({one for role in roles for one in compartments[role]}),
                fingerprint_words=self.words[name], idempotency=identifier())

    def make(self):
        """All of it: initialised, running, unsealed, founded, with the care staff."""
        self.init()
        self.start()
        self.unseal()
        self.found()
