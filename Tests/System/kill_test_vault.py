"""A real vault for tests from outside: its files, its daemon, and clients that speak raw varlink.

`Vault` makes a data directory, starts and stops the daemon, and founds the vault with key files.
`Wire` is one connection: one JSON object a message, ended by a NUL byte.
"""

import contextlib
import json
import os
import pathlib
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_KEY_FILE_LINE = "CAREVAULT-SECRET-KEY-1"


def program(name):
    """The path of one of the two programs, in the folder that CAREVAULT_BIN names."""
    folder = os.environ.get("CAREVAULT_BIN")
    if not folder:
        raise RuntimeError("set CAREVAULT_BIN to the folder with carevaultd and carevault")
    path = os.path.join(folder, name)
    if not os.access(path, os.X_OK):
        raise RuntimeError(f"no program {path}")
    return path


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
    """The typed error of a reply."""

    def __init__(self, method, name, parameters):
        super().__init__(f"{method}: {name} {json.dumps(parameters, ensure_ascii=False)}")
        self.name = name.rsplit(".", 1)[1]
        self.parameters = parameters


class Disconnected(Exception):
    """The daemon went away before it answered."""


class Wire:
    """One connection to the daemon."""

    def __init__(self, path, timeout=60):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(timeout)
        self._rest = b""
        try:
            self.socket.connect(path)
        except OSError as error:
            self.socket.close()
            raise Disconnected(str(error)) from error

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send(self, message):
        data = json.dumps(message, ensure_ascii=False).encode() + b"\0"
        try:
            self.socket.sendall(data)
        except OSError as error:
            raise Disconnected(str(error)) from error

    def receive(self):
        while b"\0" not in self._rest:
            try:
                data = self.socket.recv(1 << 16)
            except TimeoutError:
                raise
            except OSError as error:
                raise Disconnected(str(error)) from error
            if not data:
                raise Disconnected("closed")
            self._rest += data
        line, self._rest = self._rest.split(b"\0", 1)
        return json.loads(line)

    def call(self, method, **parameters):
        """Calls `Interface.Method` of io.carevault; returns the reply's parameters."""
        self.send({"method": f"io.carevault.{method}", "parameters": parameters})
        return self._answer(method, self.receive())

    def stream(self, method, **parameters):
        """The same with `more`: yields the parameters of every reply."""
        self.send({"method": f"io.carevault.{method}", "parameters": parameters, "more": True})
        while True:
            message = self.receive()
            yield self._answer(method, message)
            if not message.get("continues"):
                return

    @staticmethod
    def _answer(method, message):
        if "error" in message:
            raise Refused(method, message["error"], message.get("parameters", {}))
        return message.get("parameters", {})


class Vault:
    """A vault in a temporary directory; the running daemon is a child of the test."""

    def __init__(self, data=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cv-"))
        self.data = pathlib.Path(data) if data else self.folder / "data"
        self.socket = str(self.folder / "s")
        self.log = self.folder / "daemon.log"
        self.keys = {}
        self.principals = {}
        self.words = {}
        self.vault_words = None
        self.enrolment_codes = []
        self.process = None
        self.pid = None

    # MARK: The daemon

    def init(self):
        """Runs `carevaultd init` with key files; olga is the operator."""
        self.run_daemon_program(
            "init", "--data", self.data, "--operator", "olga", "--shared-uid",
            "--seal-key-file", self.folder / "seal.key",
            "--operator-key-file", self.folder / "olga.key", "--json")
        self.keys["seal"] = self._key("seal")
        self.keys["olga"] = self._key("olga")

    def _key(self, name):
        lines = (self.folder / f"{name}.key").read_text().split("\n")
        assert lines[0] == _KEY_FILE_LINE, lines[0]
        return lines[1]

    def run_daemon_program(self, *arguments):
        done = subprocess.run(
            [program("carevaultd"), *map(str, arguments)], capture_output=True, text=True,
            timeout=120)
        if done.returncode:
            raise AssertionError(f"carevaultd {arguments[0]}: {done.returncode}: {done.stderr}")
        return done.stdout

    def start(self, wrapper=(), timeout=60, **options):
        """Starts the daemon and waits until it accepts; `wrapper` goes before its command line."""
        assert self.process is None
        self.log_start = self.log.stat().st_size if self.log.exists() else 0
        environment = dict(os.environ, **options.pop("environment", {}))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*wrapper, program("carevaultd"), "run", "--data", str(self.data), "--socket",
                 self.socket], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=environment, **options)
        deadline = time.monotonic() + timeout
        while True:
            if self.process.poll() is not None:
                code, self.process = self.process.returncode, None
                raise AssertionError(f"the daemon ended with {code}: {self.log_text()}")
            with contextlib.suppress(Disconnected), Wire(self.socket) as wire:
                wire.call("Vault.GetStatus")
                break
            if time.monotonic() > deadline:
                raise AssertionError(f"the daemon does not accept: {self.log_text()}")
            time.sleep(0.01)
        self.pid = self._find_daemon(self.process.pid) if wrapper else self.process.pid

    @staticmethod
    def _find_daemon(parent):
        for entry in pathlib.Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError, IndexError):
                text = (entry / "stat").read_text()
                name, rest = text.split("(", 1)[1].rsplit(")", 1)
                if name == "carevaultd" and int(rest.split()[1]) == parent:
                    return int(entry.name)
        raise AssertionError("no daemon below its wrapper")

    def log_text(self):
        """What the daemon logged since its last start."""
        with self.log.open("rb") as log:
            log.seek(self.log_start)
            return log.read().decode(errors="replace")

    def stop(self, how=signal.SIGTERM, timeout=60):
        """Sends a signal to the daemon and waits for its end; returns its exit code."""
        if self.process is None:
            return None
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid or self.process.pid, how)
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.process = self.pid = None
        return code

    def remove(self):
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid or self.process.pid, signal.SIGKILL)
            self.process.kill()
            self.process.wait()
            self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    # MARK: Clients

    def connect(self, timeout=60):
        return Wire(self.socket, timeout)

    def unseal(self):
        with self.connect() as wire:
            return wire.call("Vault.Unseal", secret=self.keys["seal"], form="keyfile")

    def status(self):
        with self.connect() as wire:
            return wire.call("Vault.GetStatus")

    def login(self, name, purpose=None):
        """A connection tied to a new login; its token is in `wire.token`."""
        wire = self.connect()
        parameters = {"purpose": purpose} if purpose else {}
        try:
            reply = wire.call(
                "Session.Login", name=name, secret=self.keys[name], form="keyfile", **parameters)
        except BaseException:
            wire.close()
            raise
        wire.token = reply["token"]
        self.words[name] = reply["session"]["fingerprint_words"]
        self.principals[name] = reply["session"]["principal"]
        return wire

    def resume(self, token):
        wire = self.connect()
        try:
            wire.call("Session.Resume", token=token)
        except BaseException:
            wire.close()
            raise
        return wire

    def enrol(self, operator, name, role=None, form="keyfile"):
        code = operator.call(
            "Directory.Enlist", name=name, uid=os.getuid(), idempotency=identifier())["code"]
        self.enrolment_codes.append(code)
        more = {"founding_role": role} if role else {}
        with self.connect() as wire:
            begun = wire.call("Session.BeginEnrolment", name=name, code=code, form=form, **more)
            words = {} if self.vault_words is None else {"vault_fingerprint": self.vault_words}
            wire.call(
                "Session.CompleteEnrolment", pending=begun["pending"], secret=begun["secret"],
                **words)
        self.keys[name] = begun["secret"]
        self.words[name] = begun["fingerprint_words"]

    def found(self):
        """Enrols custodian and auditor and founds the vault. Unsealed, with olga's key file."""
        with self.login("olga") as olga:
            self.enrol(olga, "cora", "custodian")
            self.enrol(olga, "aude", "auditor")
        for name, other in (("cora", "aude"), ("aude", "cora")):
            with self.login(name) as wire:
                draft = wire.call("Directory.GetFoundingDraft")["draft_hash"]
                reply = wire.call(
                    "Directory.SignFounding", draft_hash=draft, other_words=self.words[other],
                    idempotency=identifier())
        self.vault_words = reply["vault_fingerprint"]

    def appoint(self, name, role, compartments, form="keyfile"):
        """Enlists, enrols and grants."""
        with self.login("olga") as olga:
            self.enrol(olga, name, form=form)
            people = olga.call("Directory.ListPrincipals")["principals"]
        person = next(one["id"] for one in people if one["name"] == name)
        with self.login("cora") as cora:
            cora.call(
                "Directory.Grant", principal=person, roles=[role], compartments=compartments,
                fingerprint_words=self.words[name], idempotency=identifier())

    def make(self):
        """All of it: initialised, running, unsealed, founded, with nina the counsellor, carl the
        caseworker and mona the medical officer."""
        self.init()
        self.start()
        self.unseal()
        self.found()
        self.appoint("nina", "counsellor", ["registry", "counselling"])
        self.appoint("carl", "caseworker", ["registry", "hardship"])
        self.appoint("mona", "medical-officer", ["registry", "medical"])


def export(wire):
    """Every entry of the log that the auditor's login opens, by `Tail` while the log is short."""
    return wire.call("Audit.Tail", limit=1000)["entries"]


def supports(wire, method):
    """Whether the daemon implements a method, as its own error says."""
    try:
        for _ in wire.stream(method):
            pass
    except Refused:
        return False
    return True
