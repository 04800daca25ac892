"""A whole office for black-box tests: the real daemon, the real client, and a bare socket.

Nothing here knows how CareVault is made inside: it starts `carevaultd`, runs `carevault`, and
speaks Varlink (JSON objects ended by a NUL byte) to the socket.

    with Office() as office:
        office.found()                       # olga, cora, aude; nina, carl and mona with care roles
        office.client("login", "--login", "nina", "--key-file", "nina.key")
        with office.connect() as wire:
            wire.ok("io.carevault.Vault.GetStatus")

The programs are looked for in the folder that the variable CAREVAULT_BIN names, else in
`.build/debug` of the repository. Every directory is new and goes when the office closes, unless
CAREVAULT_KEEP is set; every process that an office started ends with it, also when the test run
is interrupted.
"""

import atexit
import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
INTERFACES = REPOSITORY / "Sources" / "VaultWire" / "Interfaces"

# Seconds after which a client command or an answer on the socket counts as hanging. Far above
# what any takes (milliseconds; a derivation of words one second), so it is no timed assertion.
PATIENCE = float(os.environ.get("CAREVAULT_PATIENCE", "60"))

# Who works in the office that `Office.found` makes: name, roles, purpose of use.
CARE_STAFF = {
    "nina": (["counsellor"], "treatment"),
    "carl": (["caseworker"], "eligibility"),
    "mona": (["medical-officer"], "payment"),
}

# The second account for tests as root. It needs no entry in /etc/passwd.
OTHER_UID = 54321


def program(name):
    """The path of `carevault` or `carevaultd`; fails with a sentence where it is missing."""
    folder = Path(os.environ.get("CAREVAULT_BIN") or REPOSITORY / ".build" / "debug").resolve()
    path = folder / name
    if not path.exists():
        raise RuntimeError(f"no {name} in {folder}: build it first, or set CAREVAULT_BIN")
    return path


def is_on_memory(path):
    """Whether a directory is on tmpfs, as the client demands for logins."""
    best = ("", "")
    with open("/proc/mounts", encoding="utf-8") as mounts:
        for line in mounts:
            _, point, kind = line.split(" ")[:3]
            inside = (str(path) + "/").startswith(point.rstrip("/") + "/")
            if inside and len(point) >= len(best[0]):
                best = (point, kind)
    return best[1] in ("tmpfs", "ramfs")


def make_runtime_directory():
    """A new private directory on tmpfs, mode 0700."""
    for base in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"):
        if base and os.access(base, os.W_OK | os.X_OK) and is_on_memory(os.path.realpath(base)):
            return Path(tempfile.mkdtemp(prefix="cvt-", dir=base))
    raise RuntimeError("neither XDG_RUNTIME_DIR nor /dev/shm is a writable tmpfs")


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def identifier(number):
    """
    The text of a 128-bit identifier: 26 digits of Crockford's base 32, most significant first, and
    a Luhn mod 32 check character.
    """
    symbols = [number >> shift & 31 for shift in range(125, -1, -5)]
    total = 0
    for place, symbol in enumerate(reversed(symbols)):
        value = symbol * 2 if place % 2 == 0 else symbol
        total += value // 32 + value % 32
    return "".join(ALPHABET[symbol] for symbol in [*symbols, -total % 32])


def new_idempotency():
    """A fresh identifier for a request that writes."""
    return identifier(int.from_bytes(os.urandom(16), "big"))


class Result:
    """What one command came to."""

    def __init__(self, argv, code, out, err, seconds):
        self.argv, self.code, self.out, self.err, self.seconds = argv, code, out, err, seconds

    @property
    def json(self):
        """Standard output as one JSON object."""
        return json.loads(self.out)

    def __str__(self):
        words = " ".join(str(word) for word in self.argv)
        return f"$ {words}\n{self.out}{self.err}exit {self.code}"


class CommandFailed(AssertionError):
    """A command that should have succeeded did not."""


class ConnectionEnded(Exception):
    """The daemon closed the connection."""


class NoAnswer(AssertionError):
    """The daemon did not answer within PATIENCE seconds."""


class Wire:
    """One connection to the socket, without any help: bytes out, NUL-ended replies in."""

    def __init__(self, path, patience=PATIENCE):
        self.patience = patience
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(patience)
        self.pending = bytearray()
        try:
            self.socket.connect(str(path))
        except OSError:
            self.socket.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, data):
        """Sends bytes as they are. Raises ConnectionEnded if the daemon has closed."""
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise ConnectionEnded(str(error)) from None

    def send_call(self, method, parameters=None, **flags):
        """Sends one call. Flags are `more=True`, `oneway=True`, `upgrade=True`."""
        message = {"method": method}
        if parameters is not None:
            message["parameters"] = parameters
        message.update(flags)
        self.send(json.dumps(message, ensure_ascii=False).encode() + b"\0")

    def receive_bytes(self, patience=None):
        """The next message without its NUL. Raises ConnectionEnded or NoAnswer."""
        deadline = time.monotonic() + (self.patience if patience is None else patience)
        while True:
            end = self.pending.find(b"\0")
            if end >= 0:
                message = bytes(self.pending[:end])
                del self.pending[: end + 1]
                return message
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.socket], [], [], left)[0]:
                raise NoAnswer(f"no reply within the time given; so far {bytes(self.pending)!r}")
            try:
                data = self.socket.recv(1 << 16)
            except ConnectionResetError as error:
                raise ConnectionEnded(str(error)) from None
            if not data:
                raise ConnectionEnded(f"closed; unfinished: {bytes(self.pending)!r}")
            self.pending += data

    def receive(self, patience=None):
        """The next reply as a dictionary."""
        return json.loads(self.receive_bytes(patience))

    def is_closed(self, patience=None):
        """Whether the daemon closes the connection in time, with no further reply."""
        try:
            self.receive_bytes(patience)
        except ConnectionEnded:
            return True
        except NoAnswer:
            return False
        return False

    def call(self, method, parameters=None, **flags):
        """Calls and gives the one reply, whatever it is."""
        self.send_call(method, parameters, **flags)
        return self.receive()

    def ok(self, method, parameters=None):
        """Calls and gives the parameters of a reply that must not be an error."""
        reply = self.call(method, parameters)
        if "error" in reply:
            raise CommandFailed(f"{method} answered {reply}")
        return reply.get("parameters", {})

    def error(self, method, parameters=None, **flags):
        """Calls and gives (name of the error, its parameters); fails if there is no error."""
        reply = self.call(method, parameters, **flags)
        if "error" not in reply:
            raise CommandFailed(f"{method} answered {reply} where an error was due")
        return reply["error"], reply.get("parameters", {})

    def login(self, name, key_text, purpose=None):
        """
        Logs this connection in with the text of a key file; gives token and session. Waits as told
        where wrong secrets of this account went before.
        """
        parameters = {"name": name, "secret": key_text.strip(), "form": "keyfile"}
        if purpose:
            parameters["purpose"] = purpose
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            reply = self.call("io.carevault.Session.Login", parameters)
            if reply.get("error") != "io.carevault.Session.TooManyRequests":
                break
            time.sleep(reply["parameters"]["retry_us"] / 1e6)
        if "error" in reply:
            raise CommandFailed(f"the login of {name} answered {reply}")
        return reply["parameters"]


class Office:
    """A vault with its daemon and its people, in new directories."""

    _open = []

    def __init__(self, language=None, shared=True, bin_folder=None):
        """
        `language` is passed as the locale; `shared` says whether several principals may share
        one account (`init --shared-uid`), as a test that runs under one account needs.
        """
        self.language, self.shared = language, shared
        self.bin = Path(bin_folder) if bin_folder else None
        # Short on purpose: the path of a Unix socket has 107 bytes at most.
        base = os.environ.get("CAREVAULT_TMP", "/tmp")
        self.root = Path(tempfile.mkdtemp(prefix="cv-", dir=base))
        self.root.chmod(0o755)
        self.runtime = make_runtime_directory()
        self.data = self.root / "data"
        self.log = self.root / "daemon.log"
        sockets = self.root / "d"
        sockets.mkdir()
        sockets.chmod(0o750)
        self.socket = sockets / "s"
        self.home = self.root / "home"
        self.home.mkdir(mode=0o700)
        self.work = self.root / "work"
        self.work.mkdir()
        self.daemon = None
        self.vault_words = None
        self._processes = []
        self._other_runtimes = {}
        Office._open.append(self)

    # Life

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends every process that this office started and removes its directories."""
        if self not in Office._open:
            return
        Office._open.remove(self)
        for process in self._processes:
            if process.poll() is None:
                process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream:
                    stream.close()
        if not os.environ.get("CAREVAULT_KEEP"):
            for directory in (self.root, self.runtime, *self._other_runtimes.values()):
                shutil.rmtree(directory, ignore_errors=True)

    # Files

    def path(self, name):
        """A file in the directory in which client commands run."""
        return self.work / name

    def write(self, name, text, mode=0o600):
        """Writes a file there; text or bytes."""
        path = self.path(name)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(mode)
        return path

    def read(self, name):
        """Reads a text file there."""
        return self.path(name).read_text(encoding="utf-8")

    # The daemon

    def init(self, operator="olga", *more):
        """Makes the vault with key files `seal.key` and `<operator>.key`; gives the JSON answer."""
        argv = ["init", "--data", self.data, "--operator", operator]
        argv += ["--seal-key-file", "seal.key", "--operator-key-file", f"{operator}.key", "--json"]
        if self.shared:
            argv.append("--shared-uid")
        result = self.carevaultd(*argv, *more)
        if result.code:
            raise CommandFailed(str(result))
        return result.json

    def start(self, *more, wrapper=(), env=None, wait=True):
        """
        Starts the daemon on the office's socket; `wrapper` goes before the program. Waits until it
        serves, or raises CommandFailed with its words if it ends instead.
        """
        argv = [*wrapper, self._program("carevaultd"), "run", "--data", self.data]
        argv += ["--socket", self.socket, *more]
        with open(self.log, "ab") as log:
            start = log.tell()
            self.daemon = subprocess.Popen(
                [str(word) for word in argv], cwd=self.work, env=self._environment(env),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self._processes.append(self.daemon)
        if wait:
            self._await_service(start)
        return self.daemon

    def _await_service(self, start):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.daemon.poll() is not None:
                words = self.log.read_bytes()[start:].decode(errors="replace")
                raise CommandFailed(f"carevaultd ended with {self.daemon.returncode}:\n{words}")
            with contextlib.suppress(OSError, ConnectionEnded):
                with Wire(self.socket) as wire:
                    wire.ok("io.carevault.Vault.GetStatus")
                    return
            time.sleep(0.01)
        raise NoAnswer("carevaultd does not serve its socket")

    def stop(self, number=signal.SIGTERM):
        """Ends the daemon by a signal and gives its exit code."""
        self.daemon.send_signal(number)
        return self.daemon.wait(PATIENCE)

    def kill(self):
        """SIGKILL, and waits until the daemon is gone."""
        return self.stop(signal.SIGKILL)

    def restart(self):
        """SIGKILL, start, unseal."""
        self.kill()
        self.start()
        self.unseal()

    def alive(self):
        """Whether the daemon runs and answers a new connection."""
        if self.daemon is None or self.daemon.poll() is not None:
            return False
        with self.connect() as wire:
            return "state" in wire.ok("io.carevault.Vault.GetStatus")

    def log_text(self):
        """Everything that the daemon wrote so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    # Programs

    def _program(self, name):
        return self.bin / name if self.bin else program(name)

    def _environment(self, more=None, runtime=None, home=None):
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(home or self.home),
            "XDG_RUNTIME_DIR": str(runtime or self.runtime),
            "CAREVAULT_SOCKET": str(self.socket),
            "LANG": {"zh": "zh_CN.UTF-8"}.get(self.language, "C.UTF-8"),
            "TZ": "UTC",
        }
        for name, value in (more or {}).items():
            if value is None:
                environment.pop(name, None)
            else:
                environment[name] = str(value)
        return environment

    def popen(self, argv, env=None, cwd=None, **options):
        """Starts a program in the background; it ends with the office at the latest."""
        options.setdefault("stdin", subprocess.DEVNULL)
        process = subprocess.Popen(
            [str(word) for word in argv], cwd=cwd or self.work, env=self._environment(env),
            start_new_session=True, **options)
        self._processes.append(process)
        return process

    def run(self, argv, stdin=b"", env=None, cwd=None, runtime=None, home=None, patience=PATIENCE,
            pass_fds=()):
        """Runs any program to its end, without a terminal; gives the Result."""
        argv = [str(word) for word in argv]
        if isinstance(stdin, str):
            stdin = stdin.encode()
        begun = time.monotonic()
        process = subprocess.Popen(
            argv, cwd=cwd or self.work, env=self._environment(env, runtime, home),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True, pass_fds=pass_fds)
        try:
            out, err = process.communicate(stdin, timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise NoAnswer(f"{' '.join(argv)} did not end; so far:\n{out!r}\n{err!r}") from None
        finally:
            if process.poll() is None:
                process.kill()
                process.communicate()
        return Result(
            argv, process.returncode, out.decode(errors="backslashreplace"),
            err.decode(errors="backslashreplace"), time.monotonic() - begun)

    def carevaultd(self, *argv, **options):
        """Runs `carevaultd` to its end."""
        return self.run([self._program("carevaultd"), *argv], **options)

    def client(self, *argv, login=None, uid=None, check=True, **options):
        """
        Runs `carevault`. `login` adds `--login NAME`. `uid` runs it as another account (only as
        root), in a work directory of that account, as a member of the socket's group. `check`
        raises CommandFailed unless the exit code is 0.
        """
        argv = list(argv) + (["--login", login] if login else [])
        if uid is None or uid == os.getuid():
            result = self.run([self._program("carevault"), *argv], **options)
        else:
            prefix, places = self.other_account(uid)
            result = self.run([*prefix, self._shared_client(), *argv], **places, **options)
        if check and result.code:
            raise CommandFailed(str(result))
        return result

    def other_account(self, uid):
        """The words before a command that run it as another account, and its directories."""
        runtime = self._other_runtimes.get(uid)
        if runtime is None:
            runtime = self._other_runtimes[uid] = make_runtime_directory()
            os.chown(runtime, uid, uid)
            home = self.root / f"home-{uid}"
            home.mkdir(mode=0o700)
            os.chown(home, uid, uid)
        group = self.socket.stat().st_gid
        prefix = ["setpriv", f"--reuid={uid}", f"--regid={uid}", f"--groups={group}", "--"]
        home = self.root / f"home-{uid}"
        return prefix, {"runtime": runtime, "home": home, "cwd": home}

    def _shared_client(self):
        """A copy of the client where every account can reach it."""
        copy = self.root / "carevault"
        if not copy.exists():
            shutil.copy(self._program("carevault"), copy)
            copy.chmod(0o755)
        return copy

    def connect(self, patience=PATIENCE):
        """A new bare connection."""
        return Wire(self.socket, patience)

    def call_as(self, uid, method, parameters=None):
        """One call from another account (only as root) on a connection of its own; the reply."""
        prefix, places = self.other_account(uid)
        call = json.dumps({"method": method, "parameters": parameters or {}})
        script = (
            "import socket, sys\n"
            "s = socket.socket(socket.AF_UNIX)\n"
            "s.settimeout(float(sys.argv[2]))\n"
            "s.connect(sys.argv[1])\n"
            "s.sendall(sys.stdin.buffer.read() + bytes(1))\n"
            "data = b''\n"
            "while not data.endswith(bytes(1)):\n"
            "    part = s.recv(65536)\n"
            "    if not part: sys.exit('closed')\n"
            "    data += part\n"
            "sys.stdout.write(data[:-1].decode())\n")
        argv = [*prefix, "/usr/bin/python3", "-c", script, self.socket, PATIENCE]
        result = self.run(argv, stdin=call, **places)
        if result.code:
            raise CommandFailed(str(result))
        return result.json

    # The people

    def unseal(self):
        """Unseals with `seal.key`."""
        return self.client("unseal", "--key-file", "seal.key")

    def login(self, name, purpose=None):
        """Logs a person in through the client with `<name>.key`."""
        more = ["--purpose", purpose] if purpose else []
        return self.client("login", "--key-file", f"{name}.key", *more, login=name)

    def enlist(self, name, uid=None, by="olga"):
        """Enlists a person; `<name>.code` then holds the one-time code."""
        uid = os.getuid() if uid is None else uid
        answer = self.client("principal", "enlist", name, "--uid", uid, "--json", login=by).json
        self.write(f"{name}.code", answer["code"] + "\n")
        return answer

    def enrol(self, name, office=None):
        """
        Enrols an enlisted person; `<name>.key` and `<name>.words` then hold the key and the twelve
        words. `office` is custodian or auditor before the founding.
        """
        argv = ["enrol", "--code-file", f"{name}.code", "--new-key-file", f"{name}.key", "--json"]
        argv += ["--as", office] if office else ["--vault-words-file", "vault.words"]
        answer = self.client(*argv, login=name).json
        self.write(f"{name}.words", " ".join(answer["fingerprint_words"]) + "\n")
        return answer

    def grant(self, name, *roles, by="cora"):
        """Grants roles to an enrolled person whose words are in `<name>.words`."""
        argv = ["grant", name, "--words-file", f"{name}.words"]
        for role in roles:
            argv += ["--role", role]
        return self.client(*argv, login=by)

    def begin(self):
        """init, start, unseal, the operator's login: as far as one person gets."""
        self.init()
        self.start()
        self.unseal()
        self.login("olga")

    def found(self, staff=None):
        """
        The whole founding: operator olga, custodian cora, auditor aude, all logged in, and the
        care staff (by default nina, carl and mona), granted and logged in with their purpose.
        """
        self.begin()
        for name, office in (("cora", "custodian"), ("aude", "auditor")):
            self.enlist(name)
            self.enrol(name, office)
            self.login(name)
        self.client("found", "--other-words-file", "aude.words", login="cora")
        argv = ("found", "--other-words-file", "cora.words", "--json")
        self.vault_words = self.client(*argv, login="aude").json["vault_fingerprint"]
        self.write("vault.words", " ".join(self.vault_words) + "\n")
        self.login("cora")
        self.login("aude")
        for name, (roles, purpose) in (CARE_STAFF if staff is None else staff).items():
            self.hire(name, *roles, purpose=purpose)

    def hire(self, name, *roles, purpose=None):
        """Enlists, enrols, grants and logs in one member of staff."""
        self.enlist(name)
        self.enrol(name)
        self.grant(name, *roles)
        self.login(name, purpose)

    # Files about people

    def add_subject(self, fields="names.full: 张三\nemployee_number: E-1001\n", by="nina"):
        """Adds a subject and gives its identifier."""
        answer = self.client("subject", "add", "--from", "-", "--json", login=by, stdin=fields)
        return answer.json["subject"]

    def add_record(self, subject, kind="counselling.session",
                   fields="held_on: 2026-03-04\nchannel: phone\nrisk: low\nsummary: calm\n",
                   by="nina"):
        """Adds a record and gives its identifier."""
        argv = ("record", "add", subject, kind, "--from", "-", "--json")
        return self.client(*argv, login=by, stdin=fields).json["record"]


@atexit.register
def _close_all():
    for office in list(Office._open):
        office.close()
