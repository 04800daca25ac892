"""Desks on other machines, through SSH: a command at the vault's machine, and its socket at the desk."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import harness

SSHD = "/usr/sbin/sshd"


def free_port():
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RemoteDesk(unittest.TestCase):
    """A real sshd on this machine, on a port of its own, with keys of its own, for this account only."""

    @classmethod
    def setUpClass(cls):
        if not os.path.exists(SSHD):
            subprocess.run(
                [str(harness.REPOSITORY / "scripts" / "setup"), "openssh-server", "openssh-client"], check=True)
        cls.folder = Path(tempfile.mkdtemp(prefix="cv-ssh-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        for name in ("host", "desk"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(cls.folder / name)], check=True)
        cls.port = free_port()
        cls.office = harness.Office()
        cls.addClassCleanup(cls.office.close)
        cls.office.begin()
        # What the vault's machine has for its accounts: the client on the path, the memory for logins.
        environment = " ".join(
            f"{key}={value}" for key, value in {
                "CAREVAULT_SOCKET": cls.office.socket, "XDG_RUNTIME_DIR": cls.office.runtime,
                "PATH": f"{harness.program('carevault').parent}:/usr/bin:/bin", "LANG": "C.UTF-8"}.items())
        (cls.folder / "sshd_config").write_text(
            f"Port {cls.port}\nListenAddress 127.0.0.1\nHostKey {cls.folder}/host\nPidFile none\nUsePAM no\n"
            f"AuthorizedKeysFile {cls.folder}/desk.pub\nPasswordAuthentication no\nStrictModes no\n"
            f"PermitRootLogin prohibit-password\nSetEnv {environment}\n")
        os.makedirs("/run/sshd", exist_ok=True)
        cls.sshd = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", str(cls.folder / "sshd_config")], stderr=open(cls.folder / "log", "wb"))
        cls.addClassCleanup(cls.sshd.wait)
        cls.addClassCleanup(cls.sshd.kill)
        deadline = time.monotonic() + harness.PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", cls.port)).close()
                break
            except OSError:
                if cls.sshd.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((cls.folder / "log").read_text()) from None
                time.sleep(0.05)

    def ssh(self, *options):
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        return ["ssh", "-F", "/dev/null", "-p", str(self.port), "-i", str(self.folder / "desk"),
                "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=no", "-o", "BatchMode=yes",
                "-o", f"UserKnownHostsFile={self.folder}/known", "-o", "LogLevel=ERROR",
                *options, f"{user}@127.0.0.1"]

    def test_a_command_at_the_vaults_machine(self):
        done = subprocess.run(
            [*self.ssh(), "carevault", "whoami", "--login", "olga"], capture_output=True, text=True,
            timeout=harness.PATIENCE, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("olga", done.stdout)

    def test_the_shell_in_a_terminal(self):
        # -tt: a terminal there although there is none here; \n is the return key.
        process = subprocess.Popen(
            [*self.ssh("-tt"), "carevault", "shell", "--login", "olga"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.addCleanup(process.stdout.close)
        said = self.read_until(process, b"olga")
        process.stdin.write(b"status\n")
        process.stdin.flush()
        said += self.read_until(process, b"unsealed")
        process.stdin.write(b"quit\n")
        process.stdin.close()
        process.wait(harness.PATIENCE)

    def read_until(self, process, wanted):
        """What is said up to a word; the terminal echoes what is typed, so the word must not be typed."""
        said = b""
        while wanted not in said:
            part = os.read(process.stdout.fileno(), 65_536)
            self.assertTrue(part, f"the connection ended after {said!r}")
            said += part
        return said

    def test_the_socket_at_the_desk(self):
        desk = Path(tempfile.mkdtemp(prefix="cv-desk-"))
        self.addCleanup(shutil.rmtree, desk)
        near = desk / "vault.sock"
        tunnel = subprocess.Popen(
            self.ssh("-N", "-o", "StreamLocalBindMask=0177", "-o", "ExitOnForwardFailure=yes",
                     "-L", f"{near}:{self.office.socket}"), stdin=subprocess.DEVNULL)
        self.addCleanup(tunnel.wait)
        self.addCleanup(tunnel.kill)
        deadline = time.monotonic() + harness.PATIENCE
        while not near.exists():
            self.assertIsNone(tunnel.poll())
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        self.assertEqual(near.stat().st_mode & 0o777, 0o600)
        status = self.office.client("status", "--json", "--socket", near).json
        self.assertEqual(status["state"], "unsealed")
        self.office.client("login", "--socket", near, "--key-file", "olga.key", login="olga")
        self.office.client("whoami", "--socket", near, login="olga")
        # A tunnel that breaks is told like a daemon that is not there.
        tunnel.kill()
        tunnel.wait()
        self.assertEqual(self.office.client("status", "--socket", near, check=False).code, 6)


if __name__ == "__main__":
    unittest.main()
