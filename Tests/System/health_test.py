"""Health as an operator's tools see it: metrics that a Prometheus parser reads, a disk that fills, and
`carevault watch` over death and return of the daemon."""

import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import harness
from harness import PATIENCE, Office

try:
    from prometheus_client.parser import text_string_to_metric_families
except ImportError:
    text_string_to_metric_families = None


def wait_for(what, condition):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"this did not come about: {what}")


class Watch:
    """A `carevault watch --json` in the background."""

    def __init__(self, office, *more, env=None):
        self.path = office.work / f"watch-{time.monotonic_ns()}"
        with self.path.open("wb") as out:
            self.process = office.popen(
                [harness.program("carevault"), "watch", "--json", *more], env=env, stdout=out,
                stderr=out)

    @property
    def notices(self):
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def codes(self, *kinds):
        return [
            notice["code"] for notice in self.notices
            if notice["kind"] != "alive" and (not kinds or notice["kind"] in kinds)]

    def wait_for(self, code, count=1):
        wait_for(f"{count} of {code} in {self.path}", lambda: self.codes().count(code) >= count)

    def end(self):
        self.process.kill()
        self.process.wait(PATIENCE)


class HealthTest(unittest.TestCase):
    maxDiff = None

    def office(self, founded=False):
        office = Office()
        self.addCleanup(office.close)
        if founded:
            office.found()
        else:
            office.init()
            office.start()
        return office

    def finding(self, office, code):
        with office.connect() as wire:
            status = wire.ok("io.carevault.Vault.GetStatus")
        return next((one for one in status["findings"] if one["code"] == code), None)

    @unittest.skipUnless(text_string_to_metric_families, "no prometheus_client")
    def test_metrics_are_what_prometheus_reads(self):
        office = self.office()
        shutil.copy(office.path("seal.key"), office.data / "seal.key")
        for state in ("sealed", "unsealed"):
            if state == "unsealed":
                office.unseal()
            text = office.client("status", "--prometheus").out
            families = {family.name: family for family in text_string_to_metric_families(text)}
            samples = {
                (sample.name, tuple(sorted(sample.labels.items()))): sample.value
                for family in families.values() for sample in family.samples}
            self.assertTrue(all(one.type == "gauge" and one.documentation
                                for one in families.values()), families)
            self.assertEqual(samples[("carevault_up", ())], 1)
            for other in ("uninitialised", "sealed", "unsealed"):
                self.assertEqual(
                    samples[("carevault_state", (("state", other),))], int(other == state))
            self.assertEqual(samples[("carevault_health", ())], 1)
            self.assertEqual(
                samples[("carevault_finding",
                         (("code", "settings.key-file"), ("severity", "amber")))], 1)
            self.assertGreater(samples[("carevault_log_entries", ())], 0)
            self.assertGreater(samples[("carevault_disk_free_bytes", ())], 0)
            for name in ("carevault_storage_epoch", "carevault_unpinned_entries",
                         "carevault_unpinned_age_seconds", "carevault_founded"):
                self.assertEqual((name, ()) in samples, state == "unsealed", name)

    def test_a_metrics_file_is_whole_at_any_moment(self):
        office = self.office()
        target = office.path("metrics.prom")
        argv = [harness.program("carevault"), "status", "--prometheus", "--out", target]
        writers = [office.popen(argv) for _ in range(8)]
        seen = set()
        while any(writer.poll() is None for writer in writers):
            if target.exists():
                text = target.read_text(encoding="utf-8")
                seen.add((text.startswith("# HELP carevault_up"), text.endswith("\n")))
                self.assertIn("carevault_disk_free_bytes ", text)
        self.assertEqual([writer.returncode for writer in writers], [0] * 8)
        self.assertEqual(seen, {(True, True)})
        left = [name for name in os.listdir(office.work) if ".prom" in name]
        self.assertEqual(left, ["metrics.prom"], "temporary files are left")

    @unittest.skipUnless(os.geteuid() == 0, "a small tmpfs of its own needs root")
    def test_a_full_disk_is_told_and_so_is_that_it_is_over(self):
        disk = Path(tempfile.mkdtemp(prefix="cv-disk-"))
        self.addCleanup(shutil.rmtree, disk, ignore_errors=True)
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "mode=0700,size=96m", "carevault", disk], check=True)
        self.addCleanup(subprocess.run, ["umount", "-l", disk], check=True)
        office = Office()
        self.addCleanup(office.close)
        office.data = disk / "data"
        office.init()
        office.start()
        office.unseal()
        watch = Watch(office)
        watch.wait_for("disk.low")
        self.assertEqual(self.finding(office, "disk.low")["severity"], "amber")
        with (disk / "filler").open("wb") as filler:
            filler.write(bytes(60 << 20))
        watch.wait_for("disk.low", 2)
        finding = self.finding(office, "disk.low")
        self.assertEqual(finding["severity"], "red")
        self.assertLess(finding["value"], 32 << 20)
        (disk / "filler").unlink()
        watch.wait_for("disk.low", 3)
        self.assertEqual(
            [one["severity"] for one in watch.notices if one["code"] == "disk.low"],
            ["amber", "red", "amber"])
        watch.end()

    def test_an_unattended_start_that_failed_is_over_when_its_secret_is_in_order(self):
        office = Office()
        self.addCleanup(office.close)
        office.init()
        key = office.path("service.key")
        shutil.copy(office.path("seal.key"), key)
        key.chmod(0o440)
        settings = office.write("settings.json", json.dumps({"seal_key_file": str(key)}))
        office.start("--settings", settings)
        wait_for("a finding", lambda: self.finding(office, "start.unattended"))
        watch = Watch(office)
        watch.wait_for("start.unattended")
        # The next start would fail as well, so a person who unseals does not end it.
        office.unseal()
        self.assertTrue(self.finding(office, "start.unattended"))
        office.client("login", "--login", "olga", "--key-file", "olga.key")
        office.client("seal", "--login", "olga")
        key.chmod(0o400)
        wait_for("no finding", lambda: not self.finding(office, "start.unattended"))
        watch.wait_for("start.unattended", 2)
        kinds = [one["kind"] for one in watch.notices if one["code"] == "start.unattended"]
        self.assertEqual(kinds, ["finding", "cleared"])
        watch.end()
        # Who sealed it meant it; the next start unseals.
        with office.connect() as wire:
            self.assertEqual(wire.ok("io.carevault.Vault.GetStatus")["state"], "sealed")
        office.stop()
        office.start("--settings", settings)
        with office.connect() as wire:
            wait_for("unsealed", lambda: wire.ok("io.carevault.Vault.GetStatus")["state"] == "unsealed")

    def test_watch_sees_death_and_return_seal_and_unseal(self):
        office = self.office(founded=True)
        office.login("olga")
        everybody, operator = Watch(office, "--login", "nobody"), Watch(office, "--login", "olga")
        for watch in (everybody, operator):
            watch.wait_for("unsealed")
        # What people do is for those who answer for them.
        office.client("principal", "enlist", "paul", "--uid", "54399", "--login", "olga")
        operator.wait_for("principal.enlist")
        office.client("seal", "--login", "olga")
        for watch in (everybody, operator):
            watch.wait_for("sealed")
        office.kill()
        for watch in (everybody, operator):
            watch.wait_for("connection.lost")
        office.start()
        for watch in (everybody, operator):
            watch.wait_for("connection.back")
            watch.wait_for("sealed", 2)
        office.unseal()
        for watch in (everybody, operator):
            watch.wait_for("unsealed", 2)
        office.stop()
        for watch in (everybody, operator):
            watch.wait_for("stopping")
            watch.wait_for("connection.lost", 2)
            self.assertIsNone(watch.process.poll(), "it ended with the daemon")
            watch.end()
        expected = [
            "unsealed", "sealed", "connection.lost", "connection.back", "sealed", "unsealed",
            "stopping", "connection.lost"]
        self.assertEqual(everybody.codes("state", "connection"), expected)
        self.assertEqual(operator.codes("state", "connection"), expected)
        self.assertEqual(everybody.codes("people"), [])
        for watch in (everybody, operator):
            text = watch.path.read_text(encoding="utf-8")
            for name in ("paul", "olga", "nina", "54399"):
                self.assertNotIn(name, text)

    def test_who_does_not_read_holds_nobody_up(self):
        """A stream that nobody reads, many streams of one account, and streams cut short: the daemon
        goes on, and ends at once when it is told to."""
        office = self.office(founded=True)
        silent = [office.connect() for _ in range(8)]
        for wire in silent:
            wire.send_call("io.carevault.Vault.Watch", more=True)
            self.assertEqual(wire.receive()["parameters"]["code"], "unsealed")
        with office.connect() as wire:
            name, _ = wire.error("io.carevault.Vault.Watch", more=True)
            self.assertEqual(name, "io.carevault.Vault.TooManyRequests")
            name, _ = wire.error("io.carevault.Vault.Watch")
            self.assertEqual(name, "org.varlink.service.ExpectedMore")
        for _ in range(20):
            office.data.chmod(0o750)
            self.assertTrue(self.finding(office, "settings.directory"))
            office.data.chmod(0o700)
            self.assertIsNone(self.finding(office, "settings.directory"))
        for wire in silent[1:]:
            wire.close()
        watch = Watch(office)
        watch.wait_for("unsealed")
        # It was told everything, in order, though it reads only now.
        codes = []
        while len(codes) < 40:
            notice = silent[0].receive()["parameters"]
            if notice["code"] == "settings.directory":
                codes.append(notice["kind"])
        self.assertEqual(codes, ["finding", "cleared"] * 20)
        begun = time.monotonic()
        self.assertEqual(office.stop(), 0)
        # The daemon's own patience with calls in hand is 15 seconds: it did not wait for streams.
        self.assertLess(time.monotonic() - begun, 14)
        last = silent[0].receive()
        self.assertEqual(last["parameters"]["code"], "stopping")
        self.assertFalse(last.get("continues", False))
        self.assertTrue(silent[0].is_closed())


if __name__ == "__main__":
    unittest.main()
