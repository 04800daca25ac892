"""Runs the black-box tests and says in the last line how many passed and failed."""

import signal
import sys
import time
import unittest


class Result(unittest.TextTestResult):
    """Says how long each test took and counts those that passed, subtests apart."""

    passed = 0

    def startTest(self, test):
        super().startTest(test)
        self.begun = time.monotonic()

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1

    def stopTest(self, test):
        super().stopTest(test)
        seconds = time.monotonic() - self.begun
        if seconds >= 5:
            self.stream.writeln(f"    ({seconds:.0f} s)")


def main(names):
    # Whoever started this in the background may have had these ignored, and the programs would
    # inherit that. With a handler here they have the default there.
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    loader = unittest.defaultTestLoader
    if names:
        suite = loader.loadTestsFromNames(names)
    else:
        suite = loader.discover(".", pattern="*_test.py")
    result = unittest.TextTestRunner(verbosity=2, resultclass=Result).run(suite)
    for test, reason in result.skipped:
        print(f"skipped: {test}: {reason}", file=sys.stderr)
    # A failed subtest counts once, as the test that it is part of.
    broken = [test for test, _ in result.failures + result.errors]
    failed = len({getattr(test, "test_case", test).id() for test in broken})
    failed += len(result.unexpectedSuccesses)
    sys.stderr.flush()
    print(f"{result.passed} passed, {failed} failed", flush=True)
    return 1 if failed or not result.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
