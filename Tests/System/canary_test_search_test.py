"""The search of the canary test finds what is there, so that its silence means something."""

import base64
import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import canary_test_search as search
import kill_test_moment as moment


class SearchTest(unittest.TestCase):
    """The search itself: it finds what is there, in every encoding, so that silence means something."""

    def test_finds_every_encoding_in_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            for value in (search.text(7), search.han(7)):
                for data, encoding in search.encodings(value).items():
                    path = Path(folder, "planted")
                    path.write_bytes(os.urandom(777) + data + os.urandom(777))
                    hits, total = search.search_files(search.Patterns(), folder)
                    self.assertGreater(total, 1554)
                    self.assertTrue(hits, f"{value} as {encoding} is not found")

    def test_finds_base64_of_a_surrounding_text(self):
        for start in range(3):
            text = base64.b64encode(b"x" * start + search.text(3).encode() + b"yyy")
            self.assertTrue(search.Patterns().find(text))

    def test_finds_nothing_in_noise(self):
        self.assertEqual(search.Patterns().find(os.urandom(1 << 22)), [])

    def test_finds_a_string_in_living_memory(self):
        code = (
            "import sys; words = [sys.stdin.readline().strip()]; print('ready', flush=True); "
            "sys.stdin.readline()")
        with subprocess.Popen(
                [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                text=True) as process:
            process.stdin.write(search.text(5) + "\n")
            process.stdin.flush()
            process.stdout.readline()
            moment.freeze(process.pid)
            try:
                hits, total, _ = search.search_memory(search.Patterns(), process.pid)
            finally:
                process.kill()
        self.assertGreater(total, 1 << 20)
        self.assertTrue(hits)

    def test_finds_a_command_line(self):
        lines = search.CommandLines()
        lines.start()
        with subprocess.Popen(
                [sys.executable, "-c", "input()", search.text(1)], stdin=subprocess.PIPE) as process:
            deadline = time.monotonic() + 30
            while not lines.search(search.Patterns()) and time.monotonic() < deadline:
                time.sleep(0.01)
            process.kill()
        lines.finish()
        self.assertTrue(lines.search(search.Patterns()))

if __name__ == "__main__":
    unittest.main()
