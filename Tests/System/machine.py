"""A copy of this machine that a test may change: its root file system under an overlay in memory.

    with Machine() as machine:
        machine.run("dpkg", "-i", "/tmp/carevault.deb")
        machine.run("id", uid=54321)

Only for root. Everything that is installed, written or started in the copy is gone with it; /run and /tmp
are empty memory of its own, and no service manager runs, as on a machine that is being set up.
"""

import contextlib
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import harness

SETUP = r"""
set -e
mount -t tmpfs -o mode=0755 tmpfs "$1"
mkdir -m 0755 "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
mount -t proc proc "$1/root/proc"
mount --rbind /dev "$1/root/dev"
mount -t tmpfs -o mode=0755 tmpfs "$1/root/run"
mount -t tmpfs -o mode=1777 tmpfs "$1/root/tmp"
for folder in "$2" "$3"; do
    mkdir -p "$1/root$folder"
    mount --bind -o ro "$folder" "$1/root$folder"
done
echo ready
read -r _
"""

# Starts the daemon as the units say: a bound socket as descriptor 3, a socket to notify, the account, the
# limits and the command of the unit. Prints what it is notified of, then waits for its own end.
LAUNCH = r"""
import grp, os, pwd, resource, shlex, signal, socket, sys
def read(path):
    values = {}
    for line in open(path, encoding="utf-8"):
        key, _, value = line.strip().partition("=")
        values.setdefault(key, value)
    return values
folder, credentials, wrapper = sys.argv[1], sys.argv[2], sys.argv[3:]
service, unit = read(folder + "/carevaultd.service"), read(folder + "/carevaultd.socket")
account = pwd.getpwnam(service["User"])
listener = socket.socket(socket.AF_UNIX)
os.umask(0o777 & ~int(unit["SocketMode"], 8))
listener.bind(unit["ListenStream"])
os.chown(unit["ListenStream"], 0, grp.getgrnam(unit["SocketGroup"]).gr_gid)
listener.listen(128)
os.umask(int(service["UMask"], 8))
notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
notify.bind("/run/notify")
os.chmod("/run/notify", 0o777)
child = os.fork()
if child == 0:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    memory = int(service["LimitMEMLOCK"].rstrip("M")) << 20
    hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)[1]
    # Here root may lack the right to raise it.
    memory = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_MEMLOCK, (memory, memory))
    if listener.fileno() != 3: os.dup2(listener.fileno(), 3)
    os.set_inheritable(3, True)
    os.initgroups(service["User"], account.pw_gid)
    os.setgid(grp.getgrnam(service["Group"]).gr_gid)
    os.setuid(account.pw_uid)
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LISTEN_FDS": "1",
        "LISTEN_PID": str(os.getpid()), "NOTIFY_SOCKET": "/run/notify", "INVOCATION_ID": "0" * 32}
    if credentials: environment["CREDENTIALS_DIRECTORY"] = credentials
    argv = wrapper + shlex.split(service["ExecStart"])
    os.execve(argv[0], argv, environment)
signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
listener.close()
notify.settimeout(0.2)
ended = None
while ended is None:
    try:
        print(notify.recv(4096).decode(), flush=True)
    except TimeoutError:
        pass
    done, status = os.waitpid(child, os.WNOHANG)
    if done: ended = os.waitstatus_to_exitcode(status)
os.unlink("/run/notify")
sys.exit(ended)
"""


class Machine:
    """The copy, from `with` to the end of its block."""

    def __init__(self):
        self._base = Path(tempfile.mkdtemp(prefix="cv-machine-"))
        self.root = self._base / "root"
        # Outside of the copy, which hides it.
        self._log = self._base / "service.log"
        self._services = []
        binaries = harness.program("carevaultd").parent.resolve()
        self.environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
            "LANG": "C.UTF-8", "TZ": "UTC", "CAREVAULT_BIN": str(binaries), "DEBIAN_FRONTEND": "noninteractive",
        }
        self._keeper = subprocess.Popen(
            ["unshare", "--mount", "--propagation", "private", "bash", "-c", SETUP, "bash", str(self._base),
             str(harness.REPOSITORY), str(binaries)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        line = self._keeper.stdout.readline()
        if line != b"ready\n":
            said = (line + self._keeper.stdout.read()).decode(errors="replace")
            self.close()
            raise RuntimeError(f"no copy of the machine could be made: {said}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends what was started in it, then the copy itself."""
        for process in self._services:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(30)
            if process.poll() is None:
                process.kill()
                process.wait()
            process.stdout.close()
        self._keeper.stdin.close()
        self._keeper.wait()
        self._keeper.stdout.close()
        shutil.rmtree(self._base)

    def _words(self, argv, uid, groups):
        inside = ["nsenter", f"--mount=/proc/{self._keeper.pid}/ns/mnt", "chroot", str(self.root)]
        if uid is not None:
            inside += ["setpriv", f"--reuid={uid}", f"--regid={uid}"]
            inside += [f"--groups={groups}" if groups else "--clear-groups", "--"]
        return inside + [str(word) for word in argv]

    def run(self, *argv, uid=None, groups=None, code=0, env=None, stdin=""):
        """Runs a program in the copy to its end; its output. Fails unless it ends with `code` (None: with any)."""
        done = subprocess.run(
            self._words(argv, uid, groups), env={**self.environment, **(env or {})},
            input=stdin.encode(), capture_output=True, timeout=10 * harness.PATIENCE)
        out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        if code is not None and done.returncode != code:
            words = " ".join(str(word) for word in argv)
            raise harness.CommandFailed(f"{words} ended with {done.returncode}:\n{out}{err}")
        return out + err

    def start_service(self, units, credentials="", wrapper=()):
        """Starts the daemon as the units in a folder say, and waits until it is ready."""
        # The errors go to a file: a pipe that nobody reads would fill.
        log = open(self._log, "ab")
        with log:
            process = subprocess.Popen(
                self._words(["/usr/bin/python3", "-c", LAUNCH, units, credentials, *wrapper], None, None),
                env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        self._services.append(process)
        for line in process.stdout:
            if b"READY=1" in line:
                return process
        raise harness.CommandFailed(f"the service ended with {process.wait()}:\n{self.service_log()}")

    def service_log(self):
        """What the daemon said."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def stop_service(self, process):
        """Ends it as the service manager would, and gives its exit code."""
        process.send_signal(signal.SIGTERM)
        process.stdout.read()
        return process.wait(harness.PATIENCE)
