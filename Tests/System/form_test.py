"""Records asked for field by field at a terminal: what is typed, corrected, interrupted and lost on the way."""

import fcntl
import os
import re
import signal
import struct
import termios
import unittest

import harness
import shell_test
from shell_test import PARAGRAPHS, PASTE_OFF, PASTE_ON
from terminal_test import Terminal

PURPOSE = ("--purpose", "treatment")


class FormTests(unittest.TestCase):
    """One office for all: nina counsels, and logs in with eight words."""

    @classmethod
    def setUpClass(cls):
        cls.office = harness.Office()
        cls.addClassCleanup(cls.office.close)
        cls.office.found(staff={})
        cls.words = shell_test.ShellTests.enrol.__func__(cls, "nina", "counsellor")
        cls.login()
        cls.subject = cls.office.add_subject()

    @classmethod
    def login(cls):
        terminal = Terminal(cls.office, "carevault", "login", "--login", "nina", *PURPOSE)
        terminal.expect("your secret")
        terminal.type_secret(" ".join(cls.words))
        if terminal.end():
            raise AssertionError(terminal.text)
        terminal.close()

    def form(self, *argv, columns=80):
        terminal = Terminal(self.office, "carevault", *argv, "--login", "nina", *PURPOSE)
        self.addCleanup(terminal.close)
        fcntl.ioctl(terminal.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        return terminal

    def session(self, *argv, **options):
        """A form for a session of counselling, its needed fields answered."""
        form = self.form("record", "add", self.subject, "counselling.session", *argv, **options)
        for question, answer in (("held on", "2026/11/24"), ("channel", "phone"), ("risk", "low")):
            form.expect(rf"{question}[^\n]*: $")
            form.type(answer)
        return form

    def skip(self, form, *questions):
        for question in questions:
            form.expect(rf"{question}[^\n]*: $")
            form.type("")

    def to_concern(self, form):
        self.skip(form, "started at", "duration", "attendance", "number", "topics")
        form.expect(r"concern \(end with")

    def finish(self, form):
        """Leaves out what follows the concern, and sends."""
        for question in ("summary", "plan"):
            form.expect(rf"{question} \(end with")
            form.type(".")
        self.skip(form, "next on")
        form.expect(r"send, a number to change that field, or drop: ")
        form.type("send")

    def record(self, form):
        """The record that was added, as the vault has it."""
        record = form.expect(r"added record (\S+)").group(1)
        self.assertEqual(form.end(), 0, form.text)
        return self.office.client("record", "get", self.subject, record, "--json", login="nina").json["document"]["body"]

    def records(self):
        return len(self.office.client("record", "list", self.subject, "--json", login="nina").json["records"])

    def test_five_paragraphs_are_pasted_and_kept(self):
        form = self.session()
        self.to_concern(form)
        note = "\r".join(PARAGRAPHS[:2] + [".", "?", "<"] + PARAGRAPHS[2:])
        os.write(form.master, f"{PASTE_ON}{note}{PASTE_OFF}\r".encode())
        form.type("。")
        self.finish(form)
        body = self.record(form)
        self.assertEqual(body["concern"], note.replace("\r", "\n"))
        self.assertEqual((body["held_on"], body["channel"], body["risk"]), ("2026-11-24", "phone", "low"))

    def test_what_was_typed_wrong_is_asked_again(self):
        form = self.form("record", "add", self.subject, "counselling.session")
        form.expect(r"held on \[\d{4}-\d\d-\d\d\]: $")
        form.type("30.2.2026")
        form.expect("that is not it; expected a date")
        form.type("2026-11-24")
        form.expect(r"channel \(needed\): $")
        form.type("")
        form.expect("this cannot be left out")
        form.type("fax")
        form.expect("that is not it; expected a number from 1 to 3")
        form.type("<")
        form.expect(r"held on \[2026-11-24\]: $")
        form.type("2026-11-23")
        form.expect(r"channel \(needed\): $")
        form.type("?")
        form.expect("how it was held")
        form.type("3")
        form.expect("risk")
        form.type("low")
        self.to_concern(form)
        form.type(".")
        self.finish(form)
        self.assertEqual(self.record(form)["channel"], "in_person")

    def test_an_interrupt_and_a_hang_up_send_nothing(self):
        before = self.records()
        form = self.session()
        form.expect("started at")
        os.write(form.master, b"\x03")
        form.end()
        self.assertNotEqual(form.process.returncode, 0)
        self.assertEqual(termios.tcgetattr(form.slave), form.before)
        form = self.session()
        self.to_concern(form)
        os.write(form.master, "半句话".encode())
        form.process.send_signal(signal.SIGHUP)
        form.end()
        self.assertEqual(termios.tcgetattr(form.slave), form.before)
        form = self.session()
        form.expect("started at")
        os.write(form.master, b"\x04")
        form.expect("nothing was sent")
        self.assertEqual(form.end(), 1)
        self.assertEqual(self.records(), before)

    def test_a_restart_in_the_middle_loses_nothing(self):
        form = self.session()
        self.to_concern(form)
        form.type("在重启之前写下的话")
        self.office.kill()
        self.office.start()
        self.office.unseal()
        form.type(".")
        self.finish(form)
        form.expect("your login ended meanwhile|closed the connection")
        if "closed the connection" in form.text:
            form.expect("send it again")
            form.type("yes")
        form.expect("your secret")
        form.type_secret(" ".join(self.words))
        self.assertEqual(self.record(form)["concern"], "在重启之前写下的话")

    def test_a_narrow_terminal_and_chinese(self):
        form = self.form(
            "record", "add", self.subject, "counselling.session", "--language", "zh", columns=40)
        form.expect("心理咨询记录，逐项填写")
        form.expect(r"咨询日期 \[\d{4}-\d\d-\d\d\]：$")
        form.type("今天")
        for question, answer in (("方式", "电话"), ("风险", "低")):
            form.expect(rf"{question}（必填）：$")
            form.type(answer)
        for question in ("开始时间", "时长（分钟）", "到访情况", "次序"):
            form.expect(rf"{re.escape(question)}：$")
            form.type("")
        start = form.seen
        form.expect("主题：$")
        for line in form.text[start:form.seen].splitlines():
            self.assertLessEqual(sum(2 if ord(c) > 0x2E80 else 1 for c in line), 40, line)
        form.type("工作 哀伤")
        for question in ("来访问题", "摘要", "计划"):
            form.expect(rf"{question}（以单独一行")
            form.type("。")
        form.expect("下次日期：$")
        form.type("")
        form.expect("放弃（drop）：$")
        form.type("8")
        form.expect("主题")
        form.type("家庭")
        form.expect("放弃（drop）：$")
        form.type("发送")
        record = form.expect(r"已新增记录 (\S+)").group(1)
        self.assertEqual(form.end(), 0, form.text)
        body = self.office.client("record", "get", self.subject, record, "--json", login="nina").json["document"]["body"]
        self.assertEqual(body["topics"], ["family"])


if __name__ == "__main__":
    unittest.main()
