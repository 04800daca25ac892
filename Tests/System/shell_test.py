"""The counsellor's seat: `carevault shell` at a terminal, through a day with everything that goes wrong in it."""

import fcntl
import json
import os
import re
import signal
import struct
import termios
import threading
import time
import unittest

import harness
from terminal_test import Terminal

PASTE_ON, PASTE_OFF = "\x1b[200~", "\x1b[201~"
CLEARED = r"\x1b\[H\x1b\[2J\x1b\[3J"
PARAGRAPHS = [
    "来访者讲述了近三个月的睡眠情况，夜里常醒，白天在柜台前难以集中精神。",
    "她说父亲住院后家里的开支增加，她独自承担照料，很少与同事谈起。",
    "我们一起整理了可以求助的人，并约定先与所在支行的主管谈一次排班。",
    "她愿意继续咨询，没有伤害自己的念头，风险判断为低。",
    "下次会谈定于两周之后，届时回顾睡眠记录和与主管谈话的结果。",
]


class Seat(Terminal):
    """A shell at a terminal of so many columns."""

    def __init__(self, office, *argv, columns=80, environment=None):
        self.columns, self.environment = columns, environment or {}
        plain = office._environment
        office._environment = lambda more=None, **rest: plain({**(more or {}), **self.environment}, **rest)
        try:
            super().__init__(office, "carevault", "shell", *argv)
        finally:
            office._environment = plain
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def prompt(self):
        """Waits until the shell asks for a command."""
        self.expect(r"> \x1b\[K")

    def line(self, text, answer):
        """Types a line and waits for an answer and the next prompt."""
        self.type(text)
        match = self.expect(answer)
        self.prompt()
        return match

    def write(self, data):
        """Types many bytes, reading meanwhile what is shown."""
        data = data.encode() if isinstance(data, str) else data
        writer = threading.Thread(target=self._write_all, args=(data,))
        writer.start()
        while writer.is_alive():
            self._read(0.05)
        writer.join()

    def _write_all(self, data):
        while data:
            data = data[os.write(self.master, data[:1024]):]

    @property
    def is_raw(self):
        return not termios.tcgetattr(self.slave)[3] & termios.ICANON

    def last_screen(self):
        """What a person sees: all since the screen was cleared last."""
        return re.split(CLEARED, self.text)[-1]


class ShellTests(unittest.TestCase):
    """One office for all: nina counsels, and logs in with eight words."""

    @classmethod
    def setUpClass(cls):
        cls.office = harness.Office()
        cls.addClassCleanup(cls.office.close)
        cls.office.found(staff={})
        cls.words = cls.enrol("nina", "counsellor")

    @classmethod
    def enrol(cls, name, role):
        """Makes a member of staff who has words; gives them."""
        office = cls.office
        office.enlist(name)
        terminal = Terminal(
            office, "carevault", "enrol", "--login", name, "--code-file", f"{name}.code",
            "--vault-words-file", "vault.words", "--json")
        words = terminal.words(8)
        terminal.expect("press return")
        terminal.type("")
        terminal.expect("type the 8 words")
        terminal.type_secret(" ".join(words))
        if terminal.end():
            raise AssertionError(terminal.text)
        answer = json.loads(re.search(r'\{"format".*\}', terminal.text).group())
        terminal.close()
        office.write(f"{name}.words", " ".join(answer["fingerprint_words"]) + "\n")
        office.grant(name, role)
        return words

    def seat(self, *argv, **options):
        seat = Seat(self.office, "--login", "nina", *argv, **options)
        self.addCleanup(seat.close)
        return seat

    def secret(self, seat):
        seat.type_secret(" ".join(self.words))

    def begin(self, *argv, **options):
        """A shell in which nina is logged in for treatment."""
        self.office.client("logout", login="nina", check=False)
        seat = self.seat("--purpose", "treatment", *argv, **options)
        seat.expect("your secret")
        self.secret(seat)
        seat.expect("logged in as nina")
        seat.prompt()
        return seat

    def leave(self, seat):
        seat.type("quit")
        self.assertEqual(seat.end(), 0, seat.text)
        self.assertEqual(termios.tcgetattr(seat.slave), seat.before)
        self.assertTrue(seat.text.endswith("\x1b[?2004l"), repr(seat.text[-60:]))
        self.assertIn("were cleared, because files were shown", seat.last_screen())
        self.assertNotIn("> ", seat.last_screen())

    def add_person(self, seat, name, number, **more):
        """Adds a person from a file, as intake would; nothing is said about it on the screen."""
        fields = {"names.full": name, "employee_number": number, **more}
        path = self.office.write("person", "".join(f"{k}: {v}\n" for k, v in fields.items()))
        seat.line(f"subject add --from {path}", "added subject")

    def open_person(self, seat, name, number, **more):
        """A new person, whose file is open then."""
        self.add_person(seat, name, number, **more)
        seat.line(f"find {name}", rf"\s1 .*{number[-4:]}")
        seat.line("open", "person")

    def begin_note(self, seat):
        """Begins a session of counselling, and answers until the summary is asked for."""
        seat.type("add counselling.session")
        seat.expect(r"counselling session: \* is needed")
        for field, answer in (
                ("day", "2026-03-04"), ("way", "phone"), ("risk of harm", "low"), ("began at", ""),
                ("minutes", ""), ("attendance", ""), ("number", ""), ("topics", "")):
            seat.expect(rf"{field}[^\r\n]*: \x1b\[K")
            seat.type(answer)
        seat.expect(r"concern, several lines [^\r\n]*only \.\)")
        seat.type(".")
        seat.expect(r"summary, several lines [^\r\n]*only \.\)")

    def write_note(self, seat, paragraphs):
        """Types the summary, each paragraph split within a character."""
        for paragraph in paragraphs:
            data = (paragraph + "\r").encode()
            seat.write(data[:-5])
            seat.write(data[-5:])
        seat.expect(paragraphs[-1][-6:])

    def send_note(self, seat):
        """Ends the summary, passes by what follows, and sends the form."""
        seat.write(".\r")
        seat.expect(r"plan, several lines [^\r\n]*only \.\)")
        seat.type("。")
        seat.expect(r"next session[^\r\n]*: \x1b\[K")
        seat.type("")
        seat.expect(r"d drops: \x1b\[K")
        seat.type("send")

    def assert_note(self, seat, paragraphs):
        """The newest record holds the note, once."""
        seat.line("list", r"\s1 +counselling session")
        seat.line("open 1", re.escape(paragraphs[-1]))
        # Long text is wrapped to the terminal.
        shown = re.sub(r"\s", "", seat.text[seat.text.rindex("summary:"):])
        for paragraph in paragraphs:
            self.assertEqual(shown.count(paragraph), 1)

    # A day

    def test_thirty_clients_in_a_row(self):
        seat = self.begin()
        for number in range(30):
            self.add_person(
                seat, "王芳", f"E-3{number:03}", unit="城东支行", birth_date=f"{1950 + number}-05-01")
        session = self.office.write(
            "session", "held_on: 2026-03-04\nchannel: phone\nrisk: low\nsummary: calm\n")
        seat.line("find --limit 100 王芳", r"\s30 +王芳")
        found = re.findall(r"王芳 +(\d{4}) +…(\d{4}) +城东支行 +-\r", seat.text)
        self.assertEqual(sorted(found), [(str(1950 + n), f"3{n:03}") for n in range(30)])
        for number in range(1, 31):
            seat.line(f"open {number}", r"1 +person")
            seat.line(f"add counselling.session --from {session}", "added record")
            seat.line("list", r"1 +counselling session")
            seat.line("open 1", "summary: +calm")
            seat.line("back", "王芳")
            seat.line("back", r"\s30 +王芳")
        self.assertEqual(len(re.findall("your secret", seat.text)), 1)
        self.assertNotIn("a purpose of use is needed", seat.text)
        self.leave(seat)
        self.assertEqual(self.office.client("whoami", login="nina", check=False).code, 5,
                         "the login ends with the shell that opened it")

    def test_a_note_of_five_paragraphs(self):
        seat = self.begin()
        self.open_person(seat, "赵敏", "E-4001")
        self.begin_note(seat)
        self.write_note(seat, PARAGRAPHS)
        self.send_note(seat)
        seat.expect("added record")
        seat.prompt()
        self.assert_note(seat, PARAGRAPHS)
        seat.line("history", r"counselling session")
        self.leave(seat)

    def test_every_command_and_its_numbers(self):
        seat = self.begin()
        self.open_person(seat, "孙丽", "E-4101", birth_date="1980-01-02", unit="市分行")
        seat.line("show", r"employee number: +E-4101")
        seat.line("show 1", r"kind: +person \(registry\.subject\)")
        seat.line("record list 1", "1 names no person")
        seat.line("subject show 1", "1 names no person")
        seat.line("subject amend 1", "1 names no person")
        seat.line("back", r"1 +孙丽 +1980 +…4101 +市分行")
        seat.line("record list 1", r"person")
        seat.line("subject show 1", r"employee number: +E-4101")
        seat.line("find --by employee-number e-4101", r"1 +孙丽")
        seat.line("open 2", "the newest list has no number 2")
        seat.line("open １", r"person")
        seat.line("list --purpose payment", "(?:rules do not allow|not found|registry|1 +person)")
        seat.line("purpose care-management", "purpose of use: care-management")
        seat.line("whoami", r"purpose: +treatment")
        seat.line("status", r"state: +unsealed")
        seat.line("audit tail", "rules do not allow")
        seat.line("shell", "you are in the shell already")
        seat.line("list --login cora", "another seat")
        seat.line("opne 1", "did you mean open")
        seat.line("find 'unclosed", "nobody found")
        seat.line("record list 'unclosed", "a quote is not closed")
        seat.line("record", "USAGE: carevault record")
        seat.line("record get --help", "USAGE: carevault record get")
        seat.line("help", "the commands of carevault work too")
        seat.line("help lock", "hide everything")
        seat.line("back", "1 +孙丽")
        seat.line("back", "nothing is open")
        seat.line("mine", "1 +孙丽")
        seat.line("open 1", r"person")
        self.leave(seat)

    # Typing

    def test_keys_completion_and_history(self):
        seat = self.begin()
        self.open_person(seat, "周杰", "E-4201")
        os.write(seat.master, b"hel\t")
        seat.expect(r"help ")
        seat.line("", "the commands of carevault")
        os.write(seat.master, b"add coun\t")
        seat.expect(r"add counselling\.session")
        os.write(seat.master, b"\x15pur\x1b[D\x1b[D\x1b[C\x1b[C\x7f\x7f\x7fwhoamix\x7f")
        seat.line("", r"name: +nina")
        os.write(seat.master, b"\x1b[A")
        seat.line("", r"name: +nina")
        os.write(seat.master, "find 周杰x".encode() + b"\x03")
        seat.expect(r"\^C")
        seat.prompt()
        os.write(seat.master, b"\x04")
        self.assertEqual(seat.end(), 0, seat.text)
        self.assertEqual(termios.tcgetattr(seat.slave), seat.before)

    def test_pastes_run_nothing_and_may_be_long(self):
        seat = self.begin()
        self.open_person(seat, "吴迪", "E-4301")
        os.write(seat.master, f"{PASTE_ON}quit\rlock\n{PASTE_OFF}".encode())
        seat.expect("quit lock ")
        os.write(seat.master, b"\x15")
        long = "很长的文本" * 40_000
        seat.write(f"{PASTE_ON}{long}{PASTE_OFF}")
        seat.expect("too long for one line")
        seat.prompt()
        # More than the field takes: by how much is said, nothing is lost, and it is shortened or not.
        self.begin_note(seat)
        seat.write(f"{PASTE_ON}{long}\r.\rquit\r{PASTE_OFF}\r.\r")
        seat.expect(r"summary: 180008 characters more than the 20000 that fit; your text is kept")
        seat.expect("c cuts it where it is full, n takes a new text, return leaves it for later: ")
        seat.type("c")
        seat.expect(r"it would end: …(?:很长的文本){6}\| and leave out: (?:很长的文本){6}…")
        seat.expect(r"cut 180008 characters\? \[yes/no\]")
        seat.type("no")
        seat.expect("180008 characters more")
        seat.type("n")
        seat.expect(r"summary, several lines [^\r\n]*only \.\)")
        # As much as it takes is stored whole.
        note = "长" * 19_999 + "尾"
        seat.write(f"{PASTE_ON}{note}{PASTE_OFF}")
        seat.expect("尾")
        seat.write("\r")
        self.send_note(seat)
        seat.expect("added record")
        seat.prompt()
        seat.line("list", r"1 +counselling session")
        seat.type("open 1")
        seat.expect("尾")
        seat.prompt()
        # The screen is read in pieces, which cut a character now and then.
        self.assertGreater(seat.text[seat.text.rindex("open 1"):].count("长"), 19_900)
        seat.line("open 2", r"person")
        self.leave(seat)

    def test_forty_columns(self):
        seat = self.begin(columns=40)
        self.add_person(seat, "欧阳娜娜", "E-4401", birth_date="1990-01-02", unit="城东支行营业部柜面业务组")
        self.add_person(seat, "欧阳娜娜", "E-4402", birth_date="1991-01-02", unit="西区")
        start = len(seat.text)
        seat.line("find 欧阳娜娜", r"\s2 +欧阳娜娜")
        seat.line("open 1", r"person")
        os.write(seat.master, ("find " + "欧阳娜娜" * 20).encode())
        seat.expect("> <[^>]+\x1b\\[K\r\x1b\\[(?:2|3)[0-9]C")
        os.write(seat.master, b"\x01")
        seat.expect("> find 欧阳[^>]*>\x1b\\[K")
        os.write(seat.master, b"\x03")
        seat.expect(r"\^C")
        seat.prompt()
        shown = seat.text[start:]
        rows = [row for row in re.split(r"[\r\n]+", re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "\r", shown))]
        for row in rows:
            columns = sum(2 if ord(c) > 0x2E80 else 1 for c in row)
            self.assertLessEqual(columns, 40, row)
        self.leave(seat)

    def test_terminals_and_locales(self):
        result = self.office.client("shell", login="nina", check=False)
        self.assertEqual(result.code, 2)
        self.assertIn("error: the shell is for a person at a terminal", result.err)
        self.assertIn("hint: run it in a terminal", result.err)
        seat = self.begin(environment={"LC_ALL": "xx", "LANG": "xx"})
        self.add_person(seat, "郑爽", "E-4501")
        seat.line("find 郑爽", r"1 +郑爽")
        self.leave(seat)

    def test_a_terminal_that_only_knows_lines(self):
        self.office.client("logout", login="nina", check=False)
        seat = self.seat("--purpose", "treatment", environment={"TERM": "dumb"})
        seat.expect("your secret")
        self.secret(seat)
        seat.expect("only knows lines")
        seat.expect("nina treatment> ")
        seat.type("status")
        seat.expect(r"state: +unsealed")
        seat.expect("nina treatment> ")
        seat.type("lock")
        seat.expect("cannot clear its screen")
        self.secret(seat)
        seat.expect("unlocked")
        seat.expect("nina treatment> ")
        os.write(seat.master, b"\x04")
        self.assertEqual(seat.end(), 0, seat.text)
        self.assertNotIn("\x1b", seat.text)

    def test_in_chinese(self):
        self.office.client("logout", login="nina", check=False)
        seat = self.seat("--purpose", "治疗", environment={"LC_ALL": "zh_CN.UTF-8"})
        seat.expect("您的密钥")
        self.secret(seat)
        seat.expect("nina 治疗> ")
        path = self.office.write("person", "names.full: 钱多多\nemployee_number: E-4901\nunit: 城东\n")
        seat.line(f"subject add --from {path}", "已新增对象")
        seat.line("查找 钱多多", r"(?s)#  姓名 .*1  钱多多  -     …4901  城东")
        seat.line("打开 一", r"人员登记")
        seat.line("查找 E-4901", r"1  钱多多")
        seat.line("查找 --by 工号 e-4901", r"1  钱多多")
        seat.line("打开１", r"人员登记")
        seat.line("目的 支付", "使用目的：支付")
        seat.line("帮助", r"查找 .*按全名或号码查找人员")
        seat.line("锁", r"没有命令 锁\s+提示：您是否指 锁定？")
        seat.line("打开 9", "最近的列表中没有编号 9")
        seat.type("锁定")
        seat.expect("已锁定：nina 的座席")
        self.secret(seat)
        seat.expect("已解锁")
        seat.prompt()
        seat.type("退出")
        self.assertEqual(seat.end(), 0, seat.text)

    # The terminal itself

    def test_signals_leave_the_terminal_as_it_was(self):
        seat = self.begin()
        os.write(seat.master, b"half a li")
        seat.expect("half a li")
        # Nobody would continue this process: the system lets ^Z pass. The line is there again.
        os.write(seat.master, b"\x1a")
        seat.expect("half a li")
        os.write(seat.master, b"\x15")
        seat.line("status", r"state: +unsealed")
        seat.process.send_signal(signal.SIGTERM)
        self.assertEqual(seat.end(), -signal.SIGTERM)
        self.assertEqual(termios.tcgetattr(seat.slave), seat.before)

    def test_nothing_is_kept_in_a_file(self):
        seat = self.begin()
        self.open_person(seat, "独孤求败", "E-4911")
        self.begin_note(seat)
        self.write_note(seat, ["只在内存中的句子。"])
        self.send_note(seat)
        seat.expect("added record")
        seat.prompt()
        os.unlink(self.office.path("person"))
        self.leave(seat)
        for folder in (self.office.root, self.office.runtime):
            for path in folder.rglob("*"):
                if path.is_file():
                    data = path.read_bytes()
                    for secret in ("独孤求败", "只在内存中的句子"):
                        self.assertNotIn(secret.encode(), data, path)

    # Leaving the desk

    def test_the_locked_screen_shows_nothing(self):
        seat = self.begin()
        self.open_person(seat, "冯涛", "E-4601")
        seat.type("lock")
        seat.expect("locked: the seat of nina")
        seat.type_secret(" ".join(reversed(self.words)))
        seat.expect("that secret opens nothing")
        self.assertNotIn("冯涛", seat.last_screen())
        self.assertEqual(self.office.client("whoami", login="nina", check=False).code, 5,
                         "the token is gone while the screen is locked")
        seat.expect("your secret")
        os.write(seat.master, b"\x03")
        seat.expect("your secret")
        self.secret(seat)
        seat.expect(CLEARED)
        seat.expect("unlocked")
        seat.prompt()
        self.assertNotIn("locked: the", seat.last_screen().replace("unlocked", ""))
        seat.line("list", r"1 +person")
        seat.type("lock")
        seat.expect("locked: the seat of nina")
        seat.expect("your secret")
        time.sleep(0.1)
        os.write(seat.master, b"\x04")
        self.assertEqual(seat.end(), 0, seat.text)
        self.assertNotIn("冯涛", seat.last_screen())

    def test_a_key_file_unlocks_where_there_are_no_words(self):
        office = self.office
        for name in ("olga", "cora"):
            office.login(name)
        office.enlist("kim")
        office.enrol("kim")
        office.grant("kim", "counsellor")
        seat = Seat(office, "--login", "kim", "--purpose", "treatment", "--key-file", office.path("kim.key"),
                    environment={"HOME": str(office.path("."))})
        self.addCleanup(seat.close)
        seat.prompt()
        self.assertNotIn("your secret", seat.text)
        self.open_person(seat, "冯远", "E-4611")
        for path in (str(office.path("kim.key")), "~/kim.key"):
            seat.type("lock")
            seat.expect("locked: the seat of kim")
            seat.expect("or the path of your key file")
            seat.type_secret(str(office.path("nobody.key")))
            seat.expect("nobody.key")
            seat.type_secret(path)
            seat.expect("unlocked")
            seat.prompt()
        office.client("logout", login="kim")
        seat.type("list")
        seat.expect("or the path of your key file")
        seat.type_secret("~/kim.key")
        seat.expect(r"1 +person")
        seat.prompt()
        self.leave(seat)

    # What ends meanwhile

    def test_a_login_that_ended_costs_one_secret_and_nothing_else(self):
        seat = self.begin()
        self.open_person(seat, "陈晨", "E-4701")
        self.office.client("logout", login="nina")
        seat.type("list")
        seat.expect("your login was ended")
        seat.expect("your secret")
        self.secret(seat)
        seat.expect(r"1 +person")
        seat.prompt()
        self.begin_note(seat)
        self.office.client("logout", login="nina")
        self.write_note(seat, PARAGRAPHS)
        self.send_note(seat)
        seat.expect("your login ended meanwhile")
        self.secret(seat)
        seat.expect("added record")
        seat.prompt()
        self.assert_note(seat, PARAGRAPHS)
        # Given up, nothing is done, and the shell stays.
        self.office.client("logout", login="nina")
        seat.type("list")
        seat.expect("your secret")
        time.sleep(0.1)
        os.write(seat.master, b"\x03")
        seat.expect("interrupted")
        seat.prompt()
        seat.type("list")
        seat.expect("your secret")
        self.secret(seat)
        seat.expect(r"counselling session")
        seat.prompt()
        self.leave(seat)

    def test_a_daemon_that_was_killed_and_started_anew(self):
        seat = self.begin()
        self.open_person(seat, "褚遂", "E-4801")
        self.begin_note(seat)
        self.office.kill()
        self.write_note(seat, PARAGRAPHS)
        self.send_note(seat)
        seat.expect(r"send it again\? \[yes/no\]")
        seat.type("yes")
        seat.expect(r"send it again\? \[yes/no\]")
        self.office.start()
        seat.type("yes")
        seat.expect("the vault is sealed")
        seat.expect(r"send it again\? \[yes/no\]")
        self.office.unseal()
        seat.type("yes")
        seat.expect("your login ended meanwhile")
        self.secret(seat)
        seat.expect("added record")
        seat.prompt()
        self.assert_note(seat, PARAGRAPHS)
        # Between two commands.
        self.office.restart()
        seat.type("list")
        seat.expect("your secret")
        self.secret(seat)
        seat.expect(r"1 +counselling session")
        seat.prompt()
        self.office.kill()
        seat.line("list", "the line is kept")
        self.office.start()
        seat.line("list", "the vault is sealed")
        self.office.unseal()
        os.write(seat.master, b"\x1b[A")
        seat.type("")
        seat.expect("your secret")
        self.secret(seat)
        seat.expect(r"1 +counselling session")
        seat.prompt()
        self.leave(seat)

    def test_a_daemon_that_hangs_can_be_given_up(self):
        seat = self.begin()
        os.kill(self.office.daemon.pid, signal.SIGSTOP)
        self.addCleanup(os.kill, self.office.daemon.pid, signal.SIGCONT)
        seat.type("find 谁")
        time.sleep(0.3)
        os.write(seat.master, b"\x03")
        seat.expect("interrupted")
        seat.prompt()
        os.kill(self.office.daemon.pid, signal.SIGCONT)
        seat.line("find 谁", "nobody found")
        self.leave(seat)


if __name__ == "__main__":
    unittest.main()
